"""A customers' ledger exported to csv or a workbook means what a FEC means: invoices, payments, lettering."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from addin.readers import load
from addin.readers.errors import InputRefused
from udfs.book.book import Book

HEADINGS = ["Compte tiers", "Libellé", "Journal", "Date", "N° pièce", "Libellé écriture", "Lettrage", "Débit",
            "Crédit", "Solde"]


def line(client, journal, day, piece, debit="", credit="", letter="", text="Facture", solde=""):
    return [client, f"Société {client}" if client else "", journal, day, piece, text, letter, debit, credit, solde]


SMALL = [line("C1", "VE", "05/01/2026", "F1", "1 200,00", letter="A"),
         line("C1", "BQ", "03/02/2026", "VIR 1", credit="1 200,00", letter="A", text="Virement"),
         line("C1", "VE", "06/02/2026", "F2", "300,50"),
         line("C2", "VE", "07/02/2026", "F3", "80,00")]


def without(lines, *fields):
    places = [HEADINGS.index(field) for field in fields]
    return [[cell for place, cell in enumerate(row) if place not in places] for row in lines]


@pytest.fixture
def ledger(tmp_path):
    """Reads rows as the csv file of a ledger."""

    def read_rows(*rows, headings=HEADINGS, account="411"):
        path = tmp_path / "grand-livre.csv"
        path.write_text("\n".join(";".join(map(str, row)) for row in [headings, *rows]), encoding="utf-8")
        return load(path, account)

    return read_rows


def rows(reading, name):
    return [list(row) for table in reading.tables if table.name == name for row in table.rows[1:]]


def owed(reading):
    """What each client owes: invoices less credit notes less payments, in exact decimals."""
    balance = defaultdict(Decimal)
    for client, _, _, kind, amount, *_ in rows(reading, "Invoices"):
        balance[client] += Decimal(str(amount)) * (-1 if kind == "credit_note" else 1)
    for client, _, amount, *_ in rows(reading, "Payments"):
        balance[client] -= Decimal(str(amount))
    return {client: amount for client, amount in balance.items() if amount}


def told(reading):
    return [(issue.severity, issue.row, issue.column, issue.code) for issue in reading.issues]


def assert_small(reading):
    assert rows(reading, "Invoices") == [["C1", "F1", dt.date(2026, 1, 5), "invoice", 1200.0],
                                         ["C1", "F2", dt.date(2026, 2, 6), "invoice", 300.5],
                                         ["C2", "F3", dt.date(2026, 2, 7), "invoice", 80.0]]
    assert rows(reading, "Payments") == [["C1", dt.date(2026, 2, 3), 1200.0, "F1", "", "VIR 1"]]
    assert rows(reading, "Clients") == [["C1", "Société C1"], ["C2", "Société C2"]]
    assert reading.last_date == dt.date(2026, 2, 7)


def test_a_ledger_has_the_documents_the_payments_and_the_lettering_of_a_fec(ledger):
    reading = ledger(*SMALL)
    assert_small(reading)
    assert reading.issues == ()
    assert [table.row_numbers for table in reading.tables] == [[1, 2, 4, 5], [1, 3], [1, 2, 5]]


SPELLINGS = [
    ["Compte auxiliaire", "NOM", "Code journal", "DATE", "Pièce", "Libellé", "Let.", "DEBIT", "CREDIT", "SOLDE"],
    ["code client", "Intitulé", "Jnl", "Date écriture", "Référence", "Libellé écriture", "Code lettrage",
     "Débit (EUR)", "Crédit EUR", "Solde progressif"],
    ["N° tiers", "Client", "Journal", "Date comptable", "N° facture", "Désignation", "LETTRAGE", "Montant débit",
     "Montant crédit", "Solde"],
]


@pytest.mark.parametrize("headings", SPELLINGS)
def test_headings_of_every_program_in_any_order(ledger, headings):
    assert_small(ledger(*SMALL, headings=headings))
    assert_small(ledger(*(row[::-1] for row in SMALL), headings=headings[::-1]))


def test_a_workbook_with_title_lines_totals_and_repeated_headings(tmp_path):
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Auxiliaire")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(0, 0, "GRAND LIVRE AUXILIAIRE")
        sheet.write_row(1, 0, ["Société Rhône", "", "Période du 01/01/2026 au 28/02/2026"])
        sheet.write_row(3, 0, HEADINGS)
        place = 4
        for row in SMALL:
            for column, cell in enumerate(row):
                if column == 3:
                    sheet.write_datetime(place, column, dt.datetime.strptime(cell, "%d/%m/%Y"), day)
                elif column in (7, 8) and cell:
                    sheet.write_number(place, column, float(cell.replace(" ", "").replace(",", ".")))
                else:
                    sheet.write(place, column, cell)
            place += 1
        sheet.write_row(place, 0, ["Total C1", "", "", "", "", "", "", 1500.5, 1200, 300.5])
        sheet.write_row(place + 1, 0, HEADINGS)
        sheet.write_row(place + 2, 5, ["Total général", "", 1580.5, 1200, 380.5])
    reading = load(path)
    assert_small(reading)
    assert told(reading) == [("info", 9, "", "issues.total_row"), ("info", 10, "", "issues.repeated_header"),
                             ("info", 11, "", "issues.total_row")]


REGULAR = [("2026-01-05", "2026-02-03"), ("2026-02-05", "2026-03-06"), ("2026-03-05", "2026-04-03"),
           ("2026-04-06", "2026-05-05"), ("2026-05-05", "2026-06-03"), ("2026-06-05", "2026-07-04"),
           ("2026-07-06", "2026-08-04"), ("2026-08-05", "2026-09-03"), ("2026-09-07", "2026-10-06"),
           ("2026-10-05", "2026-11-03")]


def regular(letters=True):
    for place, (sold, paid) in enumerate(REGULAR):
        letter = "ABCDEFGHIJ"[place] if letters else ""
        yield line("C1", "VE", sold, f"F{place}", "1000,00", letter=letter)
        yield line("C1", "BQ", paid, f"VIR {place}", credit="1000,00", letter=letter, text="Virement")


@pytest.mark.parametrize("dropped", [[], ["Journal"], ["Lettrage"], ["Journal", "Lettrage"]])
def test_a_client_who_always_pays_in_29_days_is_not_late(ledger, dropped):
    """Ten invoices at 30 days, each paid 29 days after its date: nothing is owed, nothing was ever late."""
    (headings,) = without([HEADINGS], *dropped)
    reading = ledger(*without(regular("Lettrage" not in dropped), *dropped), headings=headings)
    assert [row[3] for row in rows(reading, "Invoices")] == ["invoice"] * 10
    book = Book("2026-11-20", reading.tables, reader_issues=reading.issues)
    assert float(book.exposure[0]) == 0
    assert book.ledger.is_settled.all()
    assert book.ledger.days_to_settle.tolist() == [29.0] * 10
    assert (book.ledger.days_late <= 0).all()
    assert book.grades[0] in ("A", "B", "C")
    assert [issue.code for issue in reading.issues] == (["readers.not_lettered"] if "Lettrage" in dropped else [])


def test_a_client_without_lettering_is_told_by_the_heading_of_the_ledger(ledger):
    reading = ledger(*SMALL, line("C3", "VE", "01/01/2026", "F8", "10,00"),
                     line("C3", "BQ", "02/02/2026", "VIR 8", credit="4,00"))
    assert rows(reading, "Payments")[1] == ["C3", dt.date(2026, 2, 2), 4.0, "F8", "", "VIR 8"]
    (note,) = reading.issues
    assert (note.severity, note.column, note.value, note.source) == ("info", "Lettrage", "C3", "grand-livre.csv")


def test_only_the_receivables_of_a_general_ledger_count(ledger):
    headings = ["Compte général", *HEADINGS]
    reading = ledger(["411000", *SMALL[0]], ["419100", *line("C1", "BQ", "01/02/2026", "ACP", credit="50,00")],
                     ["411000", *SMALL[1]], ["", *SMALL[2]], headings=headings)
    assert owed(reading) == {}
    assert told(reading) == [("error", 5, "Compte général", "issues.missing")]
    assert owed(ledger(["411000", *SMALL[0]], ["419100", *line("C1", "BQ", "01/02/2026", "ACP", credit="50,00")],
                       headings=headings, account="4191")) == {"C1": -50}
    with pytest.raises(InputRefused, match="starts with 512"):
        ledger(["411000", *SMALL[0]], headings=headings, account="512")


def test_a_column_compte_that_holds_client_codes_filters_nothing(ledger):
    assert_small(ledger(*(["DUPONT", *row] for row in SMALL), headings=["Compte", *HEADINGS]))


def test_a_client_named_once_above_its_lines_holds_until_the_total(ledger):
    grouped = [["C1", "Société C1", *[""] * 8], *[["", "", *row[2:]] for row in SMALL[:3]],
               ["", "Total", "", "", "", "", "", "1 500,50", "1 200,00", "300,50"],
               ["C2", "Société C2", *[""] * 8], ["", "", *SMALL[3][2:]],
               ["", "Total", "", "", "", "", "", "80,00", "", "80,00"],
               line("", "VE", "07/02/2026", "F9", "5,00")]
    reading = ledger(*grouped)
    assert_small(reading)
    assert [found for found in told(reading) if found[0] == "error"] == [
        ("error", 10, "Compte tiers", "issues.missing")]


FAULTS = [
    (line("C2", "VE", "31/02/2026", "F9", "5,00"), ("error", 6, "Date", "issues.no_such_day")),
    (line("C2", "VE", "", "F9", "5,00"), ("error", 6, "Date", "issues.missing")),
    (line("C2", "VE", "05/02/2026", "F9", "5,O0"), ("error", 6, "Débit", "issues.amount_unreadable")),
    (line("C2", "VE", "05/02/2026", "F9"), ("error", 6, "Débit", "issues.missing")),
    (line("", "VE", "05/02/2026", "F9", "5,00"), ("error", 6, "Compte tiers", "issues.missing")),
    (line("C2", "VE", "", "", "5,00", text="Report à nouveau"), ("error", 6, "Date", "issues.missing")),
    (line("C2", "VE", "", "", "5,00", text="Solde antérieur"), ("error", 6, "Date", "issues.missing")),
    (line("C2", "VE", "05/02/2026", "F9", "5,00", text="Vis;écrous"), ("error", 6, "", "readers.line_columns")),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_line_that_cannot_be_read_is_told_and_the_others_count(ledger, fault, expected):
    reading = ledger(*SMALL, fault)
    assert told(reading) == [expected]
    assert "left out of every sum" in reading.issues[0].sentence("en")
    assert owed(reading) == {"C1": Decimal("300.5"), "C2": 80}


def test_due_dates_stay_with_their_documents(ledger):
    """A piece with two due dates is two documents; one unreadable due date is a warning."""
    reading = ledger([*SMALL[2], "08/03/2026"], [*line("C1", "VE", "06/02/2026", "F2", "10,00"), "08/04/2026"],
                     [*SMALL[3], "fin mars"], [*SMALL[1], ""], headings=[*HEADINGS, "Échéance"])
    assert [(row[1], row[4], row[5]) for row in rows(reading, "Invoices")] == [
        ("F2", 300.5, dt.date(2026, 3, 8)), ("F2-2", 10.0, dt.date(2026, 4, 8)), ("F3", 80.0, None)]
    assert told(reading) == [("warning", 4, "Échéance", "issues.date_unreadable")]


def test_without_a_journal_the_text_tells_credit_notes_and_money_given_back(ledger):
    (headings,) = without([HEADINGS], "Journal")
    found = [line("C1", "", "05/01/2026", "F1", "100,00"), line("C1", "", "06/01/2026", "F2", "100,00"),
             line("C1", "", "07/01/2026", "AV1", credit="30,00", text="Avoir sur F1"),
             line("C1", "", "08/01/2026", "CHQ", credit="100,00", letter="A", text="Chèque"),
             line("C1", "", "20/01/2026", "IMP", "100,00", letter="A", text="Chèque impayé")]
    reading = ledger(*without(found, "Journal"), headings=headings)
    assert [(row[1], row[3]) for row in rows(reading, "Invoices")] == [
        ("F1", "invoice"), ("F2", "invoice"), ("AV1", "credit_note")]
    assert [row[2:4] for row in rows(reading, "Payments")] == [[100.0, ""], [-100.0, ""]]
    assert owed(reading) == {"C1": 170}


LISTS = {
    "no payments": (["Code client", "N° pièce", "Date", "Débit", "Crédit"],
                    [["C1", "F1", "05/01/2026", "100", ""], ["C1", "AV1 avoir", "06/01/2026", "", "20"]]),
    "debit and paid part on one line": (["Code client", "N° pièce", "Date", "Débit", "Crédit", "Solde"],
                                        [["C1", "F1", "05/01/2026", "100", "30", "70"],
                                         ["C1", "F2", "06/01/2026", "", "20", "-20"]]),
    "a column of kinds": (["Code client", "N° pièce", "Date", "Type", "Débit", "Crédit"],
                          [["C1", "F1", "05/01/2026", "Facture", "100", ""],
                           ["C1", "R1", "06/01/2026", "Règlement", "", "20"]]),
    "one amount": (["Code client", "N° pièce", "Date", "Montant", "Lettrage"],
                   [["C1", "F1", "05/01/2026", "100", "A"], ["C1", "F2", "06/01/2026", "20", ""]]),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_invoices_stays_a_list(ledger, kind):
    headings, found = LISTS[kind]
    (table,) = ledger(*found, headings=headings).tables
    assert table.rows[0] == headings


def test_month_first_dates_are_read_where_one_proves_it(ledger):
    reading = ledger(line("C1", "VE", "01/25/2026", "F1", "100,00"), line("C1", "VE", "03/04/2026", "F2", "50,00"),
                     line("C1", "BQ", "04/30/2026", "VIR", credit="100,00", letter="A"))
    assert [row[2] for row in rows(reading, "Invoices")] == [dt.date(2026, 1, 25), dt.date(2026, 3, 4)]
    assert reading.last_date == dt.date(2026, 4, 30)


LINES = st.lists(st.tuples(
    st.sampled_from(["VE", "BQ", "OD", "AN", ""]), st.integers(1, 28), st.sampled_from(["C1", "C2"]),
    st.sampled_from(["P1", "P2", ""]), st.integers(-5000, 5000).filter(bool), st.booleans(),
    st.sampled_from(["", "A", "B", "-"]),
), min_size=1, max_size=30)


@pytest.mark.fuzz
@given(found=LINES)
def test_any_ledger_ties_to_debit_less_credit_by_client(ledger, found):
    expected = defaultdict(int)
    lines = []
    for journal, day, client, piece, amount, is_debit, letter in found:
        written = f"{'-' if amount < 0 else ''}{abs(amount) // 100},{abs(amount) % 100:02d}"
        side = {"debit": written} if is_debit else {"credit": written}
        lines.append(line(client, journal, f"{day:02d}/01/2026", piece, letter=letter, **side))
        expected[client] += amount if is_debit else -amount
    reading = ledger(*lines, ["Total général", *[""] * 9])
    assert owed(reading) == {client: Decimal(cents) / 100 for client, cents in expected.items() if cents}


def test_a_real_ledger_ties_out_client_by_client(real_data):
    """56 clients of two pseudonymised ledgers: debit less credit is 222,905.96, counted from the file itself."""
    path = real_data / "fec" / "ar_411_pseudonymised.csv"
    expected = defaultdict(Decimal)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected[row["customer_id"]] += Decimal(row["debit"]) - Decimal(row["credit"])
    reading = load(path)
    assert len(expected) == 56
    assert sum(expected.values()) == Decimal("222905.96")
    assert owed(reading) == {client: amount for client, amount in expected.items() if amount}
    assert reading.last_date == dt.date(2023, 6, 30)
