"""The sheets that a user fills in, the registers and the policy, as an accountant finds them."""

import csv
import re
import subprocess
import warnings
import zipfile
from shutil import which
from textwrap import wrap

import pytest
from lxml import etree

from addin import choice_words
from addin.build import demo_portfolio
from addin.build.workbook import columns, input_sheets, legal_rates_sheet, policy_sheet
from addin.build.workbook.validations import LONGEST_MESSAGE, LONGEST_TITLE
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.readers.own_workbook import own_tables
from addin.table_names import in_excel
from tests.workbook_sheets import AS_OF, DEMO, LANGUAGES, MAIN, TABLES, calculated, cell, drawn, table, xml_of
from udfs import reference
from udfs.book.book import Book
from udfs.book.summary import summary
from udfs.tables.policy import Policy, default_policy
from udfs.tables.recognise import recognise
from udfs.tables.schema import SCHEMA, choices, plain
from udfs.texts import has

# What is said of due dates that were read: no fault of a row.
OF_TERMS = ("issues.beyond_legal_maximum", "issues.due_date_contradicts_terms")
SHEETS = (*input_sheets.FILLED_IN, *input_sheets.REGISTERS)
CHOICES = sorted({"date_order", *(spec.choices for columns_of in SCHEMA.values() for spec in columns_of.values()
                                  if spec.choices)})


@pytest.fixture(params=LANGUAGES)
def demo(request):
    return request.param, calculated(request.param, True)


@pytest.fixture(params=LANGUAGES)
def start(request):
    return request.param, calculated(request.param, False)


# Tables

@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_every_column_of_the_schema_under_the_label_of_the_language(demo, name):
    language, package = demo
    headings, _ = table(package, name)
    assert sorted(headings) == sorted(spec.label(language) for spec in SCHEMA[name].values())
    assert len({heading.casefold() for heading in headings}) == len(headings)


def test_input_names_are_the_same_in_both_languages_and_run_from_the_first_to_the_last_column(demo):
    language, package = demo
    expected = {"en": "Plans[[#Headers],[#Data],[Client]:[Instalment amount]]",
                "fr": "Plans[[#Headers],[#Data],[Client]:[Montant de l''échéance]]"}
    assert package.names["PlansInput"] == expected[language]
    assert package.names["ClientCodes"] == "Clients[Client]"
    for name in TABLES:
        headings, _ = table(package, name)
        first, last = (heading.replace("'", "''") for heading in (headings[0], headings[-1]))
        assert package.names[f"{name}Input"] == f"{in_excel(name)}[[#Headers],[#Data],[{first}]:[{last}]]"


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_recognised_by_its_headings_alone(language, filled):
    package = calculated(language, filled)
    for name in TABLES:
        headings, rows = table(package, name)
        found = recognise([headings, *([*row.values()] for row in rows)])
        assert (found.table, found.unused, found.repeated) == (name, (), ())


def test_the_sheets_read_back_as_the_portfolio_with_its_eight_dirty_rows(demo):
    """The heading stands on row 4 of the sheet and on line 1 of the file: each fault is three rows further down."""
    _, package = demo
    book = Book(AS_OF, own_tables(package))
    found = summary(book)
    assert (found["clients"], found["rows"]["Invoices"]["read"], found["rows"]["Invoices"]["used"]) == (49, 423, 417)
    assert found["rows"]["Payments"] == {"read": 335, "used": 335, "later": 0, "refused": 0}
    assert (found["balance"], found["tie_out"], found["account_411_difference"]) == (426_644.67, 0, 0)
    with demo_portfolio.path("dirty_rows").open(encoding="utf-8", newline="") as file:
        declared = {(row["table"], int(row["row"]) + 3) for row in csv.DictReader(file)}
    assert {(issue.table, issue.row) for issue in book.issues if issue.row and issue.code not in OF_TERMS} == declared
    assert len(declared) == 8


def test_a_workbook_to_start_with_is_empty_and_complains_of_nothing(start):
    language, package = start
    for name in ("Invoices", "Clients", "Letters", "Journal", "Rates"):
        _, rows = table(package, name)
        assert [set(row.values()) <= {None, ""} for row in rows] == [True]
    assert cell(package, "Book").endswith({"en": "0 clients · 0 invoices · 0 issues · as of 2026-11-20",
                                           "fr": "0 clients · 0 factures · 0 anomalie · au 20/11/2026"}[language])


# Cells

def test_cells_are_typed_and_dirty_ones_stay_as_they_were_pasted(demo):
    language, package = demo
    words = {spec.name: spec.label(language) for spec in SCHEMA["Invoices"].values()}
    _, invoices = table(package, "Invoices")
    by_number = {row[words["invoice"]]: row for row in invoices}
    first = invoices[0]
    assert (first[words["client"]], first[words["date"]], first[words["amount"]]) == ("C003", 45_915, 51_565.22)
    assert first[words["kind"]] == {"en": "invoice", "fr": "facture"}[language]
    assert by_number["FA2026-0054"][words["date"]] == "31/02/2026"
    assert by_number["FA2026-0190"][words["amount"]] == "voir avoir"
    assert by_number["FA2026-0291"][words["kind"]] == "pro forma"
    assert (invoices[-1][words["client"]], invoices[-1][words["amount"]]) == ("TOTAL", 3_666_991.54)
    _, clients = table(package, "Clients")
    assert clients[0]["SIREN"] == "001000371"
    assert clients[0][SCHEMA["Clients"]["means"].label(language)] == {"en": "transfer", "fr": "virement"}[language]
    assert clients[0][SCHEMA["Clients"]["legal_form"].label(language)] == "SARL"


def test_a_text_that_looks_like_a_formula_a_link_or_a_number_is_a_text():
    texts = ["=1+1", "@SUM(A1)", "+33 1 02 03 04 05", "-3", "https://example.com", "mailto:a@example.com", "007"]
    package = Package.of(drawn("en", {"Clients": [{"client": text, "name": text} for text in texts]}, [input_sheets]))
    _, clients = table(package, "Clients")
    assert [row["Client"] for row in clients] == [row["Name"] for row in clients] == texts
    root = xml_of(package, "clients")
    assert root.find(f".//{MAIN}f") is None
    assert root.find(f".//{MAIN}hyperlink") is None


def test_rows_to_come_keep_leading_zeros_and_show_dates_and_amounts(demo):
    """Whole columns are formatted: a code typed or pasted below the table stays a text."""
    language, package = demo
    styles = etree.fromstring(package.parts["xl/styles.xml"])
    written = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{MAIN}numFmt")}
    formats = [written.get(one.get("numFmtId")) for one in styles.find(f"{MAIN}cellXfs")]
    headings, _ = table(package, "Clients")
    found = {headings[column - 1]: formats[int(one.get("style"))]
             for one in xml_of(package, "clients").iter(f"{MAIN}col")
             for column in range(int(one.get("min")), int(one.get("max")) + 1)}
    date = {"en": r"yyyy\-mm\-dd", "fr": "dd/mm/yyyy"}[language]
    expected = {"client": "@", "siren": "@", "postcode": "@", "granted_limit": "#,##0.00", "granted_on": date}
    assert {name: found[SCHEMA["Clients"][name].label(language)] for name in expected} == expected


@pytest.mark.parametrize("name", SHEETS)
def test_columns_are_wide_enough_for_the_portfolio(demo, name):
    """A capital is wider than a digit, a small letter narrower: in the mean a text needs nine tenths of a width."""
    language, package = demo
    _, rows = table(package, name.capitalize())
    for spec in SCHEMA[name.capitalize()].values():
        texts = [row[spec.label(language)] for row in rows if isinstance(row[spec.label(language)], str)]
        texts += choice_words.words(spec.choices, language) if spec.choices else ()
        assert max(map(len, texts), default=0) * 0.9 <= columns.width(spec), spec.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHEETS)
def test_a_heading_fits_its_two_lines(name, language):
    for spec in SCHEMA[name.capitalize()].values():
        room = columns.width(spec) - 1
        lines = wrap(spec.label(language), room, break_long_words=False)
        assert len(lines) <= 2, spec.name
        assert max(map(len, lines)) <= room, spec.name


def test_sheets_print_on_a4_landscape_one_page_wide_with_their_headings(demo):
    _, package = demo
    for name in SHEETS:
        root = xml_of(package, name)
        setup = root.find(f"{MAIN}pageSetup")
        assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")
        assert root.find(f".//{MAIN}pane").get("ySplit") == "4"
        assert "&P / &N" in root.find(f".//{MAIN}oddFooter").text


# Lists and warnings

@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_has_a_word_that_is_understood_and_fits_a_list(choice, language):
    words = choice_words.words(choice, language)
    codes = {choices(choice)[plain(word)] for word in words}
    assert codes == set(choices(choice).values())
    assert len(",".join(words)) <= 255
    assert not any("," in word for word in words)


def test_words_are_shown_in_the_language_of_the_workbook():
    assert choice_words.shown("dunning_kind", "formal_notice", "fr") == "mise en demeure"
    assert choice_words.shown("journal_event", "promise_broken", "en") == "promise broken"
    assert choice_words.shown("means", "VIREMENT", "en") == "transfer"


@pytest.mark.parametrize("name", [*SHEETS, "policy"])
def test_a_validation_warns_and_never_stops_a_paste(demo, name):
    _, package = demo
    found = [*xml_of(package, name).iter(f"{MAIN}dataValidation")]
    assert found
    for one in found:
        if one.get("type"):
            assert one.get("errorStyle") == "warning"
            assert 0 < len(one.get("error")) <= LONGEST_MESSAGE
        else:
            assert 0 < len(one.get("prompt")) <= LONGEST_MESSAGE
            assert 0 < len(one.get("promptTitle")) <= LONGEST_TITLE


@pytest.mark.parametrize("name", SHEETS)
def test_every_heading_says_what_its_column_takes(demo, name):
    _, package = demo
    headings, _ = table(package, name.capitalize())
    prompts = [one for one in xml_of(package, name).iter(f"{MAIN}dataValidation") if one.get("prompt")]
    assert len(prompts) == len(headings)
    assert all(re.fullmatch(r"[A-Z]+4", one.get("sqref")) for one in prompts)


def test_client_codes_are_offered_from_the_sheet_clients_and_rows_to_come_are_covered(demo):
    _, package = demo
    lists = {one.get("sqref"): one.findtext(f"{MAIN}formula1") for one in
             xml_of(package, "invoices").iter(f"{MAIN}dataValidation") if one.get("type") == "list"}
    assert lists["A5:A1048576"] == "ClientCodes"


# Policy

def test_policy_shows_every_parameter_and_reads_as_what_is_in_force(demo):
    language, package = demo
    keys = SCHEMA["Policy"]["key"].label(language)
    _, rows = table(package, "Policy")
    assert sorted(row[keys] for row in rows) == sorted(row["key"] for row in reference.rows("policy"))
    in_force = Book(AS_OF, own_tables(package)).policy
    given = {row["key"]: row["value"] for row in DEMO["Policy"]}
    for key, value in default_policy().values.items():
        expected = given.get(key, value)
        expected = float(expected) if key == "account_411_balance" else language if key == "language" else expected
        assert in_force.values[key] == expected, key
    assert in_force.issues == []
    assert in_force.weights == default_policy().weights


def test_policy_tables_beside_the_parameters_change_nothing(start):
    _, package = start
    in_force, default = Book(AS_OF, own_tables(package)).policy, Policy()
    for name in ("grades", "dunning", "scorecard"):
        found = [{key: _number(value) for key, value in row.items() if key not in ("note", "channel")}
                 for row in in_force.reference(name)]
        assert found == [{key: _number(value) for key, value in row.items() if key not in ("note", "channel")}
                         for row in default.reference(name)]


def _number(text):
    try:
        return float(text)
    except ValueError:
        return text


def test_a_changed_parameter_changes_the_answer(start):
    package = Package.of(start[1].content())
    place = package.tables["Policy"]
    keys = [row[0] for row in package.rows(place.sheet, place.first_row, place.last_column, place.last_row,
                                           place.last_column)]
    set_value(package, place.sheet, f"C{place.first_row + keys.index('starter_line')}", 1_500.0)
    assert Book(AS_OF, own_tables(package)).policy.number("starter_line") == 1_500


def test_the_order_of_dates_is_left_open_so_that_doubtful_dates_are_told(start):
    _, package = start
    assert Book(AS_OF, own_tables(package)).policy.given("date_order") == ""


def test_a_workbook_to_start_with_knows_no_firm(start):
    _, package = start
    policy = Book(AS_OF, own_tables(package)).policy
    assert policy.text("company_name") == policy.text("signatory_name") == ""
    assert policy.optional("account_411_balance") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_is_explained(language):
    codes = [*(row["key"] for row in reference.rows("policy")), *(f"grade_{row['grade']}" for row in
             reference.rows("grades")), *(f"criterion_{row['criterion']}" for row in reference.rows("scorecard")),
             *(f"dunning_{row['level']}" for row in reference.rows("dunning")),
             *(f"unit_{row['unit']}" for row in reference.rows("policy")),
             *(f"section_{section}" for section, _ in policy_sheet.parameters())]
    assert [code for code in codes if not has(f"policy.{code}", language)] == []


# Other programs

def test_openpyxl_reads_tables_and_input_names(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    warnings.filterwarnings("ignore", "Print area cannot be set")
    path = tmp_path / "drawn.xlsx"
    path.write_bytes(drawn("fr", {}, [input_sheets, policy_sheet, legal_rates_sheet]))
    book = openpyxl.load_workbook(path)
    assert {f"{name}Input" for name in TABLES} <= set(book.defined_names)
    assert sorted(name for one in book.worksheets for name in one.tables) == sorted(map(in_excel, TABLES))


@pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_understands_the_input_names(tmp_path):
    path = tmp_path / "drawn.xlsx"
    path.write_bytes(drawn("fr", {}, [input_sheets]))
    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
                    "ods", "--outdir", str(tmp_path), str(path)], capture_output=True, check=False, timeout=120)
    if not (tmp_path / "drawn.ods").exists():
        pytest.skip("LibreOffice is here without Calc")
    with zipfile.ZipFile(tmp_path / "drawn.ods") as parts:
        content = parts.read("content.xml").decode()
    found = re.search(r'table:name="PlansInput"[^>]*table:expression="([^"]*)"', content)
    assert found, "PlansInput is gone"
    assert "Err" not in found[1]
    assert "#REF" not in found[1]
