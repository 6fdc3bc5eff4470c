"""Start with my data: from a file to a workbook of one's own, nothing lost and nothing overwritten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from addin.hosts.workbook import WorkbookHost
from addin.macros import new_workbook as making
from addin.macros.import_tables import imports
from addin.macros.new_workbook import new_workbook
from addin.macros.start import started_sentence
from addin.ooxml.package import Package
from addin.readers import load
from addin.readers.errors import InputRefused
from tests.plain_host import PlainHost, press
from tests.small_workbook import EMPTY, build
from tests.test_cli import FEC_HEADINGS
from udfs.book.book import Book
from udfs.tables.raw import RawTable


@pytest.fixture(scope="module")
def start_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    build(folder / "credit_manager.xlsm", EMPTY)
    build(folder / "gestion_credit.xlsm", EMPTY, language="fr")
    return folder


@pytest.fixture(autouse=True)
def small_workbooks(start_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small empty workbooks in place of those of the package."""
    monkeypatch.setattr(making, "START", start_folder)


def rows(path: Path, table: str) -> list[dict[str, object]]:
    package = Package.read(path)
    place = package.tables[table]
    found = package.rows(place.sheet, place.first_row + 1, place.first_column, place.last_row, place.last_column)
    return [{name: value for name, value in zip(place.columns, row, strict=True) if value is not None}
            for row in found]


def csv(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


LIST = ("Compte client;Nom du client;N° facture;Date;Échéance;Montant TTC;Vu par\n"
        "0042;Dupont & Fils;F1;01/10/2026;31/10/2026;1 234,56 €;Ana\n"
        "0042;Dupont & Fils;F2;02/11/2026;32/11/2026;600,00;\n"
        "0043;=cmd();F3;02/11/2026;02/12/2026;12,5O;\n"
        ";;;;Total;1 834,56;\n")


def test_a_list_becomes_a_workbook(tmp_path):
    found = new_workbook(tmp_path / "my credit.xlsm", [csv(tmp_path, "list.csv", LIST)], "en")
    assert (found.rows, found.unused, found.strangers) == ({"Invoices": 3, "Clients": 1}, {"list": ("Vu par",)}, [])
    assert rows(found.path, "Invoices") == [
        {"Client": "0042", "Client name": "Dupont & Fils", "Invoice": "F1", "Invoice date": 46296.0,
         "Due date": 46326.0, "Amount incl. VAT": 1234.56},
        {"Client": "0042", "Client name": "Dupont & Fils", "Invoice": "F2", "Invoice date": 46328.0,
         "Due date": "32/11/2026", "Amount incl. VAT": 600.0},
        {"Client": "0043", "Client name": "=cmd()", "Invoice": "F3", "Invoice date": "02/11/2026",
         "Due date": "02/12/2026", "Amount incl. VAT": "12,5O"}]
    assert rows(found.path, "Clients") == [{"Client": "0042", "Name": "Dupont & Fils"}]


def test_what_is_wrong_in_the_list_is_told_in_its_new_place(tmp_path):
    found = new_workbook(tmp_path / "my credit.xlsm", [csv(tmp_path, "list.csv", LIST)], "en")
    book = WorkbookHost(found.path, as_of="2026-11-20").book
    assert [(issue.severity, issue.source, issue.row, issue.value) for issue in book.faults] == [
        ("error", "Invoices", 6, "12,5O"), ("warning", "Invoices", 5, "32/11/2026")]
    assert found.totals is not None
    assert (found.totals["balance"], found.source_balance) == (1834.56, 1834.56)
    told = started_sentence(found, "en").split("\n")
    assert told[1:] == ["Rows taken: Invoices 3, Clients 1.",
                        "Balance €1,834.56: it is that of your file, and nothing is lost.",
                        "2 points to check: press Check data.", "Columns of list that no table has: Vu par."]


def test_the_answers_are_there_at_once(tmp_path):
    found = new_workbook(tmp_path / "my credit.xlsm", [csv(tmp_path, "list.csv", LIST)], "en")
    package = Package.read(found.path)
    assert package.rows("Home", 7, 1, 7, 2) == [["0042", "Dupont & Fils"]]
    assert package.rows("ClientCard", 2, 2, 2, 2) == [["0042"]]


def test_an_accounting_file_gives_its_tables_and_its_last_day(tmp_path):
    lines = [("VE", "Ventes", "1", "20241005", "411000", "DUP", "F1", "1200,00", "0,00"),
             ("VE", "Ventes", "1", "20241005", "706000", "", "F1", "0,00", "1200,00"),
             ("BQ", "Banque", "2", "20241231", "411000", "DUP", "R1", "0,00", "200,00"),
             ("BQ", "Banque", "2", "20241231", "512000", "", "R1", "200,00", "0,00")]
    fec = csv(tmp_path, "123456789FEC20241231.txt", FEC_HEADINGS + "".join(
        "\t".join([journal, name, number, day, account, "", client, client and "Dupont", piece, day, "", debit, credit,
                   "", "", day, "", ""]) + "\n"
        for journal, name, number, day, account, client, piece, debit, credit in lines))
    found = new_workbook(tmp_path / "mon crédit.xlsm", [fec], "fr")
    assert (found.as_of, found.rows) == (dt.date(2024, 12, 31), {"Invoices": 1, "Payments": 1, "Clients": 1})
    assert rows(found.path, "Invoices") == [{"Client": "DUP", "Facture": "F1", "Date de facture": 45570.0,
                                             "Nature": "facture", "Montant TTC": 1200.0}]
    assert WorkbookHost(found.path).as_of == dt.date(2024, 12, 31)
    assert found.totals is not None
    assert found.totals["balance"] == 1000.0


def test_dates_that_read_two_ways_keep_their_doubt(tmp_path):
    file = csv(tmp_path, "list.csv", "client,invoice,date,amount\nC1,F1,03/04/2026,100\nC1,F2,05/06/2026,200\n")
    found = new_workbook(tmp_path / "my.xlsm", [file], "en")
    assert [row["Invoice date"] for row in rows(found.path, "Invoices")] == ["03/04/2026", "05/06/2026"]
    book = WorkbookHost(found.path).book
    assert [issue.code for issue in book.faults] == ["issues.date_order_assumed"]


def test_amounts_that_read_two_ways_keep_their_doubt():
    found = imports([RawTable([["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-01", "1,234"]])])
    assert found.found[0].rows[0]["amount"] == "1,234"


def test_several_files_fill_several_tables_and_parameters_take_their_place(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    csv(source, "Invoices.csv", "client,invoice,date,amount\nC1,F1,2026-11-01,100\nC2,F2,2026-11-01,50\n")
    csv(source, "Clients.csv", "client,name,legal_form,blocked\nC1,Dupont,SARL,oui\n")
    csv(source, "Policy.csv", "key,value\nstarter_line,5000\ncompany_name,Vendeur\n")
    csv(source, "Colours.csv", "red,green,blue\n1,2,3\n")
    found = new_workbook(tmp_path / "my.xlsm", [source], "en")
    assert found.rows == {"Invoices": 2, "Clients": 1, "Policy": 2}
    assert found.strangers == ["Colours"]
    assert rows(found.path, "Policy") == [
        {"Key": "language", "Value": "en"}, {"Key": "starter_line", "Value": "5000"},
        {"Key": "company_name", "Value": "Vendeur"}]
    assert WorkbookHost(found.path).book.policy.number("starter_line") == 5000
    assert rows(found.path, "Clients") == [{"Client": "C1", "Name": "Dupont", "Legal form": "SARL", "Blocked": "oui"}]


def test_a_payments_list_that_looks_like_invoices_goes_to_payments(tmp_path):
    ledger = csv(tmp_path, "ledger.csv", "client,invoice,date,due_date,amount\nC1,F1,2026-10-01,2026-10-31,100\n")
    paid = csv(tmp_path, "bank.csv", "client,invoice,date,amount\nC1,F1,2026-11-02,60\n")
    found = new_workbook(tmp_path / "my.xlsm", [ledger, paid], "en")
    assert found.rows == {"Invoices": 1, "Payments": 1, "Clients": 1}
    assert found.totals is not None
    assert (found.totals["balance"], found.source_balance) == (40.0, 40.0)


def test_the_demonstration_comes_through_whole(tmp_path):
    """48 clients, every table, 8 dirty rows: the new workbook says what the files say."""
    demo = Path(__file__).resolve().parent.parent / "addin" / "build" / "demo"
    found = new_workbook(tmp_path / "my.xlsm", [demo], "en")
    assert found.strangers == []
    source = Book("2026-11-20", load(demo).tables)
    own = WorkbookHost(found.path, as_of="2026-11-20").book
    assert own.exposure.tolist() == source.exposure.tolist()
    assert own.limits.in_force.tolist() == source.limits.in_force.tolist()
    assert own.decisions.code.tolist() == source.decisions.code.tolist()
    assert len(own.reminders) == len(source.reminders) == 8
    assert sorted(issue.code for issue in own.faults) == sorted(issue.code for issue in source.faults)
    assert found.source_balance == 426644.67


def test_no_file_is_ever_overwritten(tmp_path):
    there = tmp_path / "my.xlsm"
    there.write_bytes(b"mine")
    with pytest.raises(InputRefused, match="is there already"):
        new_workbook(there, [], "en")
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize(("name", "reason"), [("my.xlsx", "must end with .xlsm"), ("none/my.xlsm", "is not there")])
def test_a_name_that_cannot_be_is_refused(tmp_path, name, reason):
    with pytest.raises(InputRefused, match=reason):
        new_workbook(tmp_path / name, [], "en")


def test_a_file_that_cannot_be_read_leaves_no_workbook(tmp_path):
    with pytest.raises(InputRefused, match=r"nothing\.csv"):
        new_workbook(tmp_path / "my.xlsm", [tmp_path / "nothing.csv"], "en")
    assert list(tmp_path.iterdir()) == []


def test_a_stop_while_writing_leaves_nothing(tmp_path, monkeypatch):
    def broken(package: Package, path: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Package, "write", broken)
    with pytest.raises(OSError, match="disk full"):
        new_workbook(tmp_path / "my.xlsm", [], "en")
    assert list(tmp_path.iterdir()) == []


def test_the_button_proposes_a_place_and_asks_for_the_file(tmp_path):
    source = csv(tmp_path, "list.csv", LIST)
    workbook = PlainHost(tmp_path, {})
    told = press("start", workbook, str(tmp_path / "data"), f'"{source}"')
    assert [(question.text, question.default) for question in workbook.questions] == [
        ("Where does your new workbook go?", str(tmp_path / "my credit.xlsm")),
        ("Which file or folder holds your data: an invoice list, an accounting file (FEC), an export? Leave empty to "
         "paste yourself.", "")]
    assert told.startswith(f"{tmp_path / 'data.xlsm'} is ready, as of ")
    assert workbook.seen == [("open", tmp_path / "data.xlsm")]


def test_who_pastes_gets_an_empty_workbook_as_of_today(tmp_path):
    workbook = PlainHost(tmp_path, {})
    told = press("start", workbook, str(tmp_path / "my credit.xlsm"), "")
    assert told.endswith("Paste your invoices under the headings of the sheet Invoices; client, invoice, date and "
                         "amount are enough.")
    assert WorkbookHost(tmp_path / "my credit.xlsm").as_of == dt.date.today()


def test_a_wrong_place_or_file_is_asked_again(tmp_path):
    (tmp_path / "there.xlsm").write_bytes(b"mine")
    workbook = PlainHost(tmp_path, {})
    press("start", workbook, str(tmp_path / "there.xlsm"), str(tmp_path / "my.docx"), str(tmp_path / "my.xlsm"),
          str(tmp_path / "nothing.csv"), "")
    texts = [question.text for question in workbook.questions]
    assert texts[1].startswith('"there.xlsm" is there already.')
    assert texts[2].startswith('"my.docx" must end with .xlsm')
    assert texts[4].startswith('"nothing.csv" is not there.')


def test_a_name_left_empty_is_asked_again(tmp_path):
    workbook = PlainHost(tmp_path, {})
    told = press("start", workbook, "", str(tmp_path / "mine.xlsm"), "")
    assert "mine.xlsm" in told
    assert workbook.questions[1].text.startswith("Give the new workbook a name, such as my credit.xlsm.")
    assert (tmp_path / "mine.xlsm").is_file()
