"""The catalogue of functions, the self-test and the hidden sheets of the workbook."""

import re
from pathlib import Path

import pytest
import xlwings
from lxml import etree

from addin import WORKBOOK_SCHEMA, XLWINGS_VERSION
from addin.build.vba_texts import CONF_TEXTS
from addin.build.workbook.example_checks import CHECKS, Check
from addin.formulas import recalculate
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from tests.workbook_sheets import LANGUAGES, MAIN, calculated, cell, rows_of
from udfs.functions import REGISTRY
from udfs.texts import has


@pytest.fixture(params=LANGUAGES)
def demo(request):
    return request.param, calculated(request.param, True)


@pytest.fixture(params=LANGUAGES)
def start(request):
    return request.param, calculated(request.param, False)


# Functions and self-test

def test_every_function_has_a_test_and_with_it_an_example():
    assert {check.function for check in CHECKS} == set(REGISTRY)
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_faults_are_tested_too():
    assert sum(check.expected is True for check in CHECKS) >= 6
    assert Check("any", "INDEX(AGEING(ExampleBook),2,3)", 1).function == "AGEING"


def test_the_catalogue_lists_every_function_once_with_a_live_example(demo):
    language, package = demo
    rows = [row for row in rows_of(package, "functions", width=5)[4:] if row[1]]
    assert sorted(row[0] for row in rows) == sorted(REGISTRY)
    results = {row[0]: row[4] for row in rows}
    assert (results["CREDIT_LIMIT"], results["CREDIT_RATING"], results["AGEING"]) == (28_000, "B", 3_600)
    assert results["DUE_DATE"] == 46_067
    shown = {row[0]: row[3] for row in rows}
    assert shown["LIMIT_NEED"] == {"en": "=LIMIT_NEED(250000,60)", "fr": "=LIMIT_NEED(250000;60)"}[language]
    assert None not in results.values()


@pytest.mark.parametrize(("filled", "count"), [(True, len(CHECKS) + 67), (False, len(CHECKS))])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_self_test_is_true(language, filled, count):
    package = calculated(language, filled)
    names = [name for name in package.names if name.startswith("test_") and name != "test_all"]
    assert len(names) == count
    assert {name: cell(package, name) for name in names} == dict.fromkeys(names, True)
    assert cell(package, "test_all") is True
    said = {"en": f"All {count} tests agree.", "fr": f"Les {count} tests sont conformes."}[language]
    assert rows_of(package, "self_test", width=1)[3] == [said]


def test_a_wrong_answer_and_an_error_make_their_test_false_and_are_counted(start):
    language, package = start[0], Package.of(start[1].content())
    where, row = package.cell_of("test_limit")[0], package.cell_of("test_limit")[1][1:]
    set_value(package, where, f"D{row}", 28_000.01)
    # A client who is not there: the function answers #N/A, and so does its line, but not the test.
    for code in ("release", "exposure"):
        place = package.cell_of(f"test_{code}")[1][1:]
        part = package.sheets[where]
        text = package.parts[part].decode()
        changed = re.sub(rf'(<c r="C{place}".*?)(ALPHA|BRAVO)', r"\1ZULU", text, count=1)
        assert changed != text
        package.parts[part] = changed.encode()
    assert recalculate(package) == []
    assert [cell(package, f"test_{code}") for code in ("limit", "release", "exposure", "overdue")] == [
        False, False, False, True]
    assert cell(package, "test_all") is False
    count = len(CHECKS)
    said = {"en": f"3 of {count} tests do not agree", "fr": f"3 test(s) sur {count} non conformes"}[language]
    assert rows_of(package, "self_test", width=1)[3][0].startswith(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_test_says_what_it_tests(language):
    assert [check.code for check in CHECKS if not has(f"workbook.test_{check.code}", language)] == []


# Hidden sheets

def test_xlwings_takes_nothing_from_a_file_of_the_users_own(demo):
    """Every setting that its module reads on Windows stands in the sheet, as text."""
    _, package = demo
    source = Path(xlwings.__file__).with_name("xlwings.bas").read_text(encoding="utf-8")
    asked = set(re.findall(r'GetConfig\("([^"]+)"', source))
    elsewhere = {"INTERPRETER", "INTERPRETER_MAC", "TEMP DIR", "ONEDRIVE_CONSUMER_MAC", "ONEDRIVE_COMMERCIAL_MAC",
                 "SHAREPOINT_MAC"}
    settings = dict(rows_of(package, "xlwings_conf", width=2))
    assert set(settings) == asked - elsewhere
    assert settings["INTERPRETER_WIN"] == r"%LOCALAPPDATA%\CreditManager\python\Scripts\pythonw.exe"
    assert settings["PYTHONPATH"] == r"%LOCALAPPDATA%\CreditManager\python\Lib\site-packages", "before Excel's folder"
    assert (settings["UDF MODULES"], settings["USE UDF SERVER"], settings["ADD_WORKBOOK_TO_PYTHONPATH"]) == (
        "addin.server", "true", "false")
    assert all(value is None or isinstance(value, str) for value in settings.values())


def test_credit_conf_holds_versions_and_the_sentences_that_vba_needs(demo):
    language, package = demo
    settings = dict(rows_of(package, "credit_conf", width=2))
    assert [settings[key] for key in ("language", "schema", "xlwings")] == [language, WORKBOOK_SCHEMA, XLWINGS_VERSION]
    assert re.fullmatch(r"\d+\.\d+\.\d+", settings["version"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", settings["calculated_at"])
    assert all(settings[code] and not settings[code].startswith("ribbon.") for code in CONF_TEXTS)


def test_intellisense_tells_every_function_and_argument(demo):
    language, package = demo
    assert [*package.sheets][-3:] == ["xlwings.conf", "credit.conf", "_IntelliSense_"]
    head, *rows = rows_of(package, "intelli_sense", width=24)
    assert head[:2] == ["FunctionInfo", "1"]
    assert [row[0] for row in rows] == [*REGISTRY]
    for row in rows:
        function = REGISTRY[row[0]]
        assert row[1] == function.help(language)
        assert [name.strip("[]") for name in row[3::2] if name] == [one.name for one in function.arguments]
        assert all(0 < len(text) <= 255 for text in (row[1], *(text for text in row[4::2] if text)))


def test_hidden_sheets_are_hidden(demo):
    _, package = demo
    root = etree.fromstring(package.parts["xl/workbook.xml"])
    assert [one.get("name") for one in root.iter(f"{MAIN}sheet") if one.get("state")] == [
        "xlwings.conf", "credit.conf", "_IntelliSense_"]
