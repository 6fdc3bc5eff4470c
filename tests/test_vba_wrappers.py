"""The VBA sources: one function a worksheet function, and modules that any Excel compiles the same."""

import re
from collections import Counter
from pathlib import Path

import pytest

from addin.build.macro_project import modules
from addin.build.vba_texts import CONF_TEXTS
from addin.build.vba_wrappers import RESERVED, argument_name, module, wrapper
from udfs.functions import REGISTRY
from udfs.functions.registry import Argument, Function
from udfs.texts import LANGUAGES, has, say

SOURCES = sorted((Path(__file__).parents[1] / "addin" / "vba").glob("*.*s"))
TEXTS = {path.stem: path.read_bytes().decode("ascii") for path in SOURCES} | {"CreditFunctions": module()}


def function(name, *arguments, of_client=False):
    return Function(name, "book", arguments, print, of_client, False)


# The wrappers

def test_a_function_of_a_client_may_be_answered_from_memory():
    arguments = (Argument("client", False), Argument("book", False), Argument("component", True))
    made = function("F", *arguments, of_client=True)
    assert wrapper(made).splitlines() == [
        "Public Function F(client As Variant, book As Variant, Optional component As Variant) As Variant",
        '    F = AnswerOfClient("F", client, book, component)',
        "End Function"]


def test_an_argument_that_is_repeated_is_a_param_array():
    made = function("CREDIT_BOOK", Argument("as_of", False), Argument("table", False, True))
    assert wrapper(made).splitlines() == [
        "Public Function CREDIT_BOOK(as_of As Variant, ParamArray table() As Variant) As Variant",
        "    Dim more As Variant",
        "    more = table",
        '    CREDIT_BOOK = AnswerWithMore("CREDIT_BOOK", more, as_of)',
        "End Function"]


@pytest.mark.parametrize(("name", "written"), [
    ("function", "function_"), ("date", "date_"), ("Date", "Date_"), ("string", "string_"), ("to", "to_"),
    ("any", "any_"), ("scale", "scale_"), ("more", "more_"), ("by", "by"), ("filter", "filter"), ("book", "book"),
    ("calendar", "calendar"), ("roll", "roll"), ("terms", "terms"), ("rows", "rows"), ("name", "name"),
])
def test_a_word_of_vba_gets_an_underscore(name, written):
    assert argument_name(Argument(name, False)) == written


def test_every_function_of_the_registry_has_its_wrapper_with_its_arguments():
    found = dict(re.findall(r"^Public Function (\w+)\((.*)\) As Variant\r$", module(), re.M))
    assert list(found) == list(REGISTRY)
    for name, declared in found.items():
        names = [re.sub(r"Optional |ParamArray | As Variant|\(\)", "", one) for one in declared.split(", ")]
        assert [one.removesuffix("_") for one in names] == [one.name for one in REGISTRY[name].arguments]
        assert not {one.lower() for one in names} & RESERVED
        assert declared.count("Optional ") == sum(one.optional for one in REGISTRY[name].arguments)


def test_no_function_is_volatile():
    assert "Volatile" not in "".join(TEXTS.values())


# What any Excel compiles

@pytest.mark.parametrize("name", TEXTS)
def test_sources_are_ascii_with_the_line_ends_of_windows(name):
    text = TEXTS[name]
    assert text.isascii()
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    assert "\t" not in text
    assert max(map(len, text.splitlines())) < 1023, "the longest line that VBA reads"


@pytest.mark.parametrize("name", TEXTS)
def test_every_variable_is_declared_and_every_module_named(name):
    first = [line for line in TEXTS[name].splitlines() if line and not line.startswith("'")]
    assert "Option Explicit" in first[:2]
    assert name == "ThisWorkbook" or first[0] == f'Attribute VB_Name = "{name}"'


def test_no_public_name_stands_twice():
    """Excel and VBA would not know which is meant, and the modules of xlwings are in the same project."""
    names = Counter()
    for name, text, _ in modules():
        if name in ("Dictionary", "ThisWorkbook"):
            continue
        declared = re.findall(r"^\s*(?:Public )?(?:Function|Sub) (\w+)", text, re.M | re.I)
        names.update({one.lower() for one in declared})
    assert [name for name, count in names.items() if count > 1] == []


def test_only_the_worksheet_functions_and_the_button_are_offered_to_the_user():
    shown = {name for name, text in TEXTS.items() if name.startswith("Credit") and "Option Private Module" not in text}
    assert shown == {"CreditFunctions", "CreditRibbon"}


def test_the_users_way_of_calculating_is_never_changed():
    assert not re.search(r"^\s*Application\.(Calculation|EnableEvents|Iteration)\s*=", "".join(TEXTS.values()), re.M)


# Texts

def test_what_vba_says_without_python_is_a_text_of_the_ribbon_and_is_used():
    code = "".join(text for name, text in TEXTS.items() if name != "CreditFunctions")
    assert set(re.findall(r'"(text_\w+)"', code)) == set(CONF_TEXTS)
    for language in LANGUAGES:
        assert all(has(f"ribbon.{one}", language) for one in CONF_TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "filled"), [
    ("text_no_python", ["%1"]), ("text_button_no_python", ["%1"]), ("text_wrong_version", ["%1", "%2"]),
    ("text_failed", ["%1"]), ("text_old_excel", []), ("text_title", []), ("text_starting", []), ("text_working", []),
    ("text_answer_lost", []),
])
def test_a_text_has_the_places_that_vba_fills(language, text, filled):
    assert sorted(re.findall(r"%\d", say(f"ribbon.{text}", language))) == filled
    assert say(f"ribbon.{text}", language).encode("cp1252"), "a message box shows it"
