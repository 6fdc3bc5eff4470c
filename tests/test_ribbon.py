"""The ribbon tab: every button once, with texts in both languages, a picture of Office and a macro behind it."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.macros import BUTTONS
from addin.ribbon.custom_ui import buttons, custom_ui
from udfs.texts import LANGUAGES

SCHEMAS = {"customUI/customUI.xml": "{http://schemas.microsoft.com/office/2006/01/customui}",
           "customUI/customUI14.xml": "{http://schemas.microsoft.com/office/2009/07/customui}"}
GROUPS = {
    "credit_day": ["today", "recalculate", "check_data", "start"],
    "credit_clients": ["client_card", "why", "record_call", "record_promise", "record_decision"],
    "credit_letters": ["letters_due", "letters_selection", "folder"],
    "credit_share": ["frozen_copy"],
    "credit_help": ["self_test", "diagnostic", "functions", "about"],
}
# Names of the pictures that Office 2010 to 365 holds (the gallery of imageMso names).
PICTURES = {"About", "AcceptInvitation", "AcceptTask", "AddReminder", "CalculateNow", "CalendarInsert", "Call",
            "DataValidation", "EditBusinessCard", "EnvelopesAndLabelsDialog", "FileNew", "FileOpen", "FileSaveAs",
            "FunctionWizard", "Help", "Info", "MailMergeStartLetters"}
RIBBON = Path(__file__).parents[1] / "addin" / "vba" / "CreditRibbon.bas"


@pytest.fixture(params=[(language, part) for language in LANGUAGES for part in SCHEMAS], ids=" ".join)
def ribbon(request):
    """Language, namespace and root of one part."""
    language, part = request.param
    return language, SCHEMAS[part], ElementTree.fromstring(custom_ui(language)[part])


def test_the_buttons_stand_in_their_groups(ribbon):
    _, schema, root = ribbon
    assert {group.get("id"): [one.get("id") for one in group] for group in root.iter(f"{schema}group")} == GROUPS
    assert [one.tag.removeprefix(schema) for one in root.iter()][:4] == ["customUI", "ribbon", "tabs", "tab"]


def test_no_id_stands_twice(ribbon):
    _, _, root = ribbon
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 1 + 5 + 17
    assert all(re.fullmatch(r"[a-z_]+", one) for one in ids)


def test_every_button_has_a_macro_and_every_macro_a_button():
    assert {one.name for one in buttons()} == set(BUTTONS)


def test_every_button_calls_the_one_procedure_that_takes_a_control(ribbon):
    _, schema, root = ribbon
    assert {one.get("onAction") for one in root.iter(f"{schema}button")} == {"CreditPress"}
    assert "Public Sub CreditPress(control As IRibbonControl)" in RIBBON.read_text(encoding="ascii")


def test_texts_are_there_short_enough_and_in_the_language(ribbon):
    language, schema, root = ribbon
    assert root.find(f".//{schema}tab").get("label") == {"en": "Credit", "fr": "Crédit"}[language]
    for one in root.iter(f"{schema}button"):
        assert 0 < len(one.get("label")) <= 28
        assert 0 < len(one.get("screentip")) <= 60
        assert 0 < len(one.get("supertip")) <= 250
        assert not any(one.get(name).startswith("ribbon.") for name in ("label", "screentip", "supertip"))
    labels = {one.get("id"): one.get("label") for one in root.iter(f"{schema}button")}
    assert labels["start"] == {"en": "Start with my data", "fr": "Commencer avec mes données"}[language]
    assert labels["why"] == {"en": "Why?", "fr": "Pourquoi ?"}[language]


def test_pictures_are_those_of_office_each_once(ribbon):
    _, schema, root = ribbon
    pictures = [one.get("imageMso") for one in root.iter(f"{schema}button")]
    assert sorted(pictures) == sorted(PICTURES)


def test_four_buttons_are_large(ribbon):
    _, schema, root = ribbon
    large = {one.get("id") for one in root.iter(f"{schema}button") if one.get("size") == "large"}
    assert large == {"today", "start", "client_card", "letters_due"}
