"""French accounting files: documents, payments and lettering, tied to debit less credit of account 411."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from addin.readers import load, read
from addin.readers.errors import InputRefused
from addin.readers.fec import last_date, read_fec

COLUMNS = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
           "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
           "ValidDate", "Montantdevise", "Idevise"]
WITH_SIDES = [*COLUMNS[:11], "Montant", "Sens", *COLUMNS[13:]]
CASH_BASIS = [*COLUMNS, "DateRglt", "ModeRglt", "NatOp", "IdClient"]


def line(journal, date, client, piece, debit="0,00", credit="0,00", letter="", **other):
    """One line of account 411, as a FEC has it."""
    return {"JournalCode": journal, "EcritureNum": "1", "EcritureDate": date, "CompteNum": "411000",
            "CompteLib": "Clients", "CompAuxNum": client, "CompAuxLib": f"Société {client}",
            "PieceRef": piece, "PieceDate": date, "EcritureLib": "Libellé", "Debit": debit, "Credit": credit,
            "EcritureLet": letter, "ValidDate": date, **other}


def content(lines, columns=COLUMNS, delimiter="\t", end="\r\n", cell=str, tail=""):
    rows = [columns, *([found.get(column, "") for column in columns] for found in lines)]
    return "".join(delimiter.join(map(cell, row)) + tail + end for row in rows)


@pytest.fixture
def ledger(tmp_path):
    """Reads lines as a FEC file."""

    def read_lines(*lines):
        path = tmp_path / "123456789FEC20261231.txt"
        path.write_text(content(lines), encoding="utf-8", newline="")
        return load(path)

    return read_lines


def rows(reading, name):
    return [list(row) for table in reading.tables if table.name == name for row in table.rows[1:]]


def owed(reading, at=dt.date.max):
    """What each client owes at a date: invoices less credit notes less payments, in exact decimals."""
    balance = defaultdict(Decimal)
    for client, _, date, kind, amount in rows(reading, "Invoices"):
        if date <= at:
            balance[client] += Decimal(str(amount)) * (-1 if kind == "credit_note" else 1)
    for client, date, amount, *_ in rows(reading, "Payments"):
        if date <= at:
            balance[client] -= Decimal(str(amount))
    return {client: amount for client, amount in balance.items() if amount}


def open_documents(reading):
    """(client, number) -> what stays open of a document, below 0 for a credit note."""
    left = {}
    for client, number, _, kind, amount in rows(reading, "Invoices"):
        assert (client, number) not in left
        left[client, number] = Decimal(str(amount)) * (-1 if kind == "credit_note" else 1)
    for client, _, amount, number, *_ in rows(reading, "Payments"):
        if number:
            left[client, number] -= Decimal(str(amount))
    return {key: amount for key, amount in left.items() if amount}


SHAPED = [line("AN", "20260101", "C1", "F25-9", "69,60", letter="AA", PieceDate="20251112"),
          line("VE", "20260105", "C1", "F1", "100,00", letter="AA"),
          line("VE", "20260106", "C2", "F2", "50,25"),
          line("BQ", "20260210", "C1", "VIR 7", credit="169,60", letter="AA")]
SHAPED_INVOICES = [["C1", "F25-9", dt.date(2025, 11, 12), "invoice", 69.6],
                   ["C1", "F1", dt.date(2026, 1, 5), "invoice", 100.0],
                   ["C2", "F2", dt.date(2026, 1, 6), "invoice", 50.25]]
SHAPED_PAYMENTS = [["C1", dt.date(2026, 2, 10), 69.6, "F25-9", "", "VIR 7"],
                   ["C1", dt.date(2026, 2, 10), 100.0, "F1", "", "VIR 7"]]


def by_side(found):
    debit, credit = found["Debit"], found["Credit"]
    sign = ("D", debit) if debit != "0,00" else ("C", credit)
    return {**found, "Sens": sign[0], "Montant": sign[1]}


SHAPES = {
    "tab, UTF-8 with BOM": content(SHAPED).encode("utf-8-sig"),
    "Windows-1252": content(SHAPED).encode("windows-1252"),
    "one byte that is not UTF-8": content(SHAPED).encode().replace(b"Libell\xc3\xa9", b"Libell\xf8", 1),
    "line ends CR CR LF": content(SHAPED, end="\r\r\n").encode(),
    "pipe, cells padded, trailing separator":
        content(SHAPED, delimiter="|", cell=lambda cell: f"{cell:<20}", tail="|").encode(),
    "trailing separator on the lines only":
        content(SHAPED, delimiter="|", tail="|").replace("Idevise|", "Idevise").encode(),
    "semicolon, every cell quoted": content(SHAPED, delimiter=";", cell='"{}"'.format).encode(),
    "22 columns of the cash basis": content(SHAPED, columns=CASH_BASIS).encode(),
    "headings in capitals, other order":
        content([{key.upper(): cell for key, cell in found.items()} for found in SHAPED],
                columns=[column.upper() for column in reversed(COLUMNS)]).encode(),
    "EcritureNum always 0": content([{**found, "EcritureNum": "0"} for found in SHAPED]).encode(),
    "amounts with leading zeros":
        content([{**found, "Debit": found["Debit"].zfill(13), "Credit": found["Credit"].zfill(13)}
                 for found in SHAPED]).encode(),
    "Montant and Sens":
        content(map(by_side, SHAPED), columns=WITH_SIDES).encode(),
    "decimal points": content([{**found, "Debit": found["Debit"].replace(",", "."),
                                "Credit": found["Credit"].replace(",", ".")} for found in SHAPED]).encode(),
    "trailing blank cells cut": content(SHAPED).replace("\t\t\t\r\n", "\r\n").encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_file_gives_the_same_ledger(tmp_path, shape):
    path = tmp_path / "987654321FEC20991231.txt"
    path.write_bytes(SHAPES[shape])
    reading = load(path)
    assert reading.issues == ()
    assert [table.name for table in reading.tables] == ["Invoices", "Payments", "Clients"]
    assert rows(reading, "Invoices") == SHAPED_INVOICES
    assert rows(reading, "Payments") == SHAPED_PAYMENTS
    assert [code for code, _ in rows(reading, "Clients")] == ["C1", "C2"]
    assert reading.last_date == dt.date(2026, 2, 10)


def test_a_ledger_kept_in_a_workbook_is_the_same_ledger(tmp_path):
    path = tmp_path / "FEC.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("FEC")
        sheet.write_row(0, 0, COLUMNS)
        for place, found in enumerate(SHAPED, 1):
            numbers = {"EcritureDate", "PieceDate", "CompteNum", "Debit", "Credit"}
            sheet.write_row(place, 0, [float(cell.replace(",", ".")) if column in numbers else cell
                                       for column in COLUMNS for cell in [found.get(column, "")]])
    reading = load(path)
    assert reading.issues == ()
    assert (rows(reading, "Invoices"), rows(reading, "Payments")) == (SHAPED_INVOICES, SHAPED_PAYMENTS)


def test_rows_name_the_lines_of_the_file_and_clients_their_names(ledger):
    invoices, payments, clients = ledger(*SHAPED).tables
    assert invoices.row_numbers == [1, 2, 3, 4]
    assert payments.row_numbers == [1, 5, 5]
    assert list(clients.rows[1]) == ["C1", "Société C1"]


def test_a_credit_note_settles_an_invoice_by_set_off(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00", letter="A"),
                     line("VE", "20260106", "C1", "F2", "5,00"),
                     line("VE", "20260120", "C1", "AV1", credit="30,00", letter="A"))
    assert rows(reading, "Invoices")[2] == ["C1", "AV1", dt.date(2026, 1, 20), "credit_note", 30.0]
    assert rows(reading, "Payments") == [["C1", dt.date(2026, 1, 20), 30.0, "F1", "set_off", "AV1"],
                                         ["C1", dt.date(2026, 1, 20), -30.0, "AV1", "set_off", "F1"]]
    assert open_documents(reading) == {("C1", "F1"): 70, ("C1", "F2"): 5}


BANK = [line("BQ", "20260301", "C9", "VIR", credit="1,00"),
        line("BQ", "20260302", "C9", "VIR", credit="2,00"),
        line("BQ", "20260302", "C9", "VIR", credit="4,00")]


def test_a_refund_settles_a_credit_note(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "9,00"), line("VE", "20260106", "C1", "F2", "5,00"),
                     line("VE", "20260120", "C1", "AV1", credit="30,00", letter="A"),
                     line("BQ", "20260215", "C1", "VIR 8", "30,00", letter="A"), *BANK)
    assert rows(reading, "Payments")[0] == ["C1", dt.date(2026, 2, 15), -30.0, "AV1", "", "VIR 8"]
    assert open_documents(reading) == {("C1", "F1"): 9, ("C1", "F2"): 5}


def test_an_invoice_is_not_settled_by_the_payment_that_bounced(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00", letter="A"),
                     line("BQ", "20260205", "C1", "CHQ 1", credit="100,00", letter="A"),
                     line("BQ", "20260212", "C1", "IMPAYE", "100,00", letter="A"),
                     line("BQ", "20260415", "C1", "VIR 2", credit="100,00", letter="A"), *BANK)
    assert rows(reading, "Payments")[:3] == [["C1", dt.date(2026, 2, 5), 100.0, "", "", "CHQ 1"],
                                             ["C1", dt.date(2026, 2, 12), -100.0, "", "", "IMPAYE"],
                                             ["C1", dt.date(2026, 4, 15), 100.0, "F1", "", "VIR 2"]]
    for day, amount in (("2026-02-04", 100), ("2026-02-06", 0), ("2026-02-13", 100), ("2026-04-15", 0)):
        assert owed(reading, dt.date.fromisoformat(day)).get("C1", 0) == amount


def test_a_bounced_payment_that_nothing_settles_is_a_claim(ledger):
    reading = ledger(line("BQ", "20260212", "C1", "IMPAYE", "100,00"), *BANK)
    assert rows(reading, "Invoices") == [["C1", "IMPAYE", dt.date(2026, 2, 12), "invoice", 100.0]]


def test_a_negative_credit_is_a_debit_and_a_negative_debit_a_credit_note(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00"), line("VE", "20260106", "C1", "F2", "5,00"),
                     line("VE", "20260107", "C1", "AV1", "-30,00"),
                     line("BQ", "20260110", "C1", "R1", credit="-7,00"), *BANK)
    assert open_documents(reading) == {("C1", "F1"): 70, ("C1", "F2"): 5, ("C1", "R1"): 7}
    assert owed(reading) == {"C1": 82, "C9": -7}


def test_a_client_without_any_lettering_pays_its_oldest_invoices_first(ledger):
    """C.civ 1342-10; a client that has letters keeps what is not lettered apart."""
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00"), line("VE", "20260205", "C1", "F2", "50,00"),
                     line("BQ", "20260301", "C1", "VIR 1", credit="120,00"),
                     line("VE", "20260105", "C2", "F3", "10,00", letter="A"),
                     line("BQ", "20260205", "C2", "VIR 2", credit="10,00", letter="A"),
                     line("VE", "20260305", "C2", "F4", "30,00"),
                     line("BQ", "20260405", "C2", "VIR 3", credit="5,00"))
    assert open_documents(reading) == {("C1", "F2"): 30, ("C2", "F4"): 30}
    assert owed(reading) == {"C1": 30, "C2": 25}
    (note,) = reading.issues
    assert (note.severity, note.code, note.value) == ("info", "readers.not_lettered", "C1")


def test_what_a_group_lacks_stays_open_and_what_it_has_too_much_unallocated(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00", letter="A"),
                     line("VE", "20260106", "C1", "F2", "50,00", letter="A"),
                     line("BQ", "20260205", "C1", "VIR 1", credit="120,00", letter="A"),
                     line("VE", "20260105", "C2", "F3", "10,00", letter="A"),
                     line("BQ", "20260205", "C2", "VIR 2", credit="12,00", letter="A"))
    assert open_documents(reading) == {("C1", "F2"): 30}
    assert rows(reading, "Payments")[-1] == ["C2", dt.date(2026, 2, 5), 2.0, "", "", "VIR 2"]


def test_one_letter_of_two_accounts_is_two_groups(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00", letter="A"),
                     line("BQ", "20260205", "C1", "VIR 1", credit="100,00", letter="A", CompteNum="411700"))
    assert open_documents(reading) == {("C1", "F1"): 100}
    assert rows(reading, "Payments")[0][3] == ""


def test_lines_of_one_piece_are_one_invoice_and_a_repeated_number_gets_a_suffix(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00"),
                     line("VE", "20260105", "C1", "F1", "20,00"),
                     line("VE", "20260205", "C1", "F1", "7,00"), line("VE", "20260105", "C1", "f1-2", "3,00"),
                     line("VE", "20260305", "C1", "F1", "8,00"), line("VE", "20260105", "C2", "F1", "1,00"),
                     line("VE", "20260105", "C3", "", "4,00", EcritureNum="17"),
                     line("VE", "20260105", "C3", "-", "5,00", EcritureNum="0"))
    assert [(client, number, amount) for client, number, _, _, amount in rows(reading, "Invoices")] == [
        ("C1", "F1", 120.0), ("C1", "F1-2", 7.0), ("C1", "f1-2-2", 3.0), ("C1", "F1-3", 8.0),
        ("C2", "F1", 1.0), ("C3", "VE-17", 4.0), ("C3", "VE-L9", 5.0)]


def test_opening_lines_keep_their_age_and_an_opening_credit_is_money(ledger):
    reading = ledger(line("RAN", "20260101", "C1", "F25", "100,00", PieceDate="20251015"),
                     line("RAN", "20260101", "C1", "F26", "100,00", PieceDate="20251115"),
                     line("RAN", "20260101", "C2", "ACOMPTE", credit="40,00", PieceDate="20251201"))
    assert [row[2] for row in rows(reading, "Invoices")] == [dt.date(2025, 10, 15), dt.date(2025, 11, 15)]
    assert rows(reading, "Payments") == [["C2", dt.date(2025, 12, 1), 40.0, "", "", "ACOMPTE"]]


def test_a_piece_dated_after_its_entry_counts_from_the_entry(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "100,00", PieceDate="20270105"))
    assert rows(reading, "Invoices")[0][2] == dt.date(2026, 1, 5)
    assert reading.last_date == dt.date(2026, 1, 5)


def test_a_client_without_auxiliary_account_is_its_account(ledger):
    reading = ledger(line("VE", "20260105", "", "F1", "9,00", CompteNum="411DUPONT", CompteLib="Dupont SARL"),
                     line("VE", "20260106", "c2 ", "F2", "1,00"), line("VE", "20260107", "C2", "F3", "1,00"))
    assert rows(reading, "Clients") == [["411DUPONT", "Dupont SARL"], ["c2", "Société c2"]]
    assert owed(reading) == {"411DUPONT": 9, "c2": 2}


def test_lines_of_nothing_and_of_other_accounts_are_no_documents(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F0"), line("VE", "20260105", "C1", "F1", "5,00", "5,00"),
                     line("VE", "20260105", "C1", "F2", "10,00"),
                     line("VE", "20261231", "", "F2", credit="10,00", CompteNum="707000"))
    assert owed(reading) == {"C1": 10}
    assert len(rows(reading, "Invoices")) == 1
    assert reading.last_date == dt.date(2026, 12, 31)


def test_only_a_journal_that_posts_to_sales_accounts_has_credit_notes(ledger):
    reading = ledger(line("VE", "20260105", "C1", "F1", "10,00"),
                     line("VE", "20260106", "C1", "AV", credit="2,00"),
                     line("VE", "20260107", "C1", "F2", "10,00"),
                     line("VE", "20260105", "", "F1", credit="10,00", CompteNum="707000"),
                     line("OD", "20260108", "C1", "T1", "10,00"), line("OD", "20260108", "C1", "T2", "10,00"),
                     line("OD", "20260108", "C1", "T3", credit="3,00"))
    assert [row[1] for row in rows(reading, "Invoices") if row[3] == "credit_note"] == ["AV"]
    assert [row for row in rows(reading, "Payments") if row[5] == "T3"] == [
        ["C1", dt.date(2026, 1, 8), 3.0, "F1", "", "T3"]]


FAULTS = [
    (line("VE", "20260105", "C1", "F1", "1O0,00"), ("Debit", "1O0,00", "issues.amount_unreadable", "error")),
    (line("VE", "20260231", "C1", "F1", "10,00", PieceDate=""),
     ("EcritureDate", "20260231", "readers.line_date", "error")),
    (line("VE", "20260105", "C1", "F1", "10,00", EcritureLib="Facture\tF1"),
     ("", "19", "readers.line_columns", "error")),
    (line("VE", "?", "C1", "F1", "10,00", PieceDate="20260105"),
     ("EcritureDate", "?", "readers.line_entry_date", "warning")),
    (line("VE", "20260105", "C1", "F1", "10,00", PieceDate="janvier"),
     ("PieceDate", "janvier", "readers.line_piece_date", "warning")),
    (line("VE", "20260105", "C1", "F1", "10,005"), ("Debit", "10,005", "readers.line_rounded", "warning")),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_line_that_cannot_be_read_is_an_issue_and_the_others_count(ledger, fault, expected):
    reading = ledger(line("VE", "20260105", "C2", "F2", "5,50"), fault,
                     line("VE", "20260105", "C2", "F3", "5,50"))
    (issue,) = reading.issues
    assert (issue.column, issue.value, issue.code, issue.severity) == expected
    assert (issue.row, issue.source) == (3, "123456789FEC20261231.txt")
    assert owed(reading)["C2"] == 11
    assert ("C1" in owed(reading)) == (issue.severity == "warning")
    assert ("left out of every sum" in issue.sentence("en")) == (issue.severity == "error")


def test_an_unknown_side_is_an_issue(tmp_path):
    path = tmp_path / "FEC.txt"
    lines = [{**by_side(line("VE", "20260105", "C1", "F1", "10,00")), "Sens": side}
             for side in ("D", "-1", "X")]
    path.write_text(content(lines, columns=WITH_SIDES), encoding="utf-8")
    reading = load(path)
    assert [(issue.row, issue.column, issue.value, issue.code) for issue in reading.issues
            if issue.severity != "info"] == [(4, "Sens", "X", "readers.line_sense")]
    assert owed(reading) == {}


def test_a_file_without_receivables_or_that_is_no_ledger_is_refused(tmp_path):
    other = tmp_path / "FEC.txt"
    sales = line("VE", "20260105", "", "F1", "1,00", CompteNum="707000")
    other.write_text(content([sales]), encoding="utf-8")
    with pytest.raises(InputRefused, match="411"):
        read(other)
    assert [row[0] for row in read_fec(other, account="707")[0].rows[1:]] == ["707000"]
    assert last_date(other, account="707") == dt.date(2026, 1, 5)
    plain = tmp_path / "invoices.csv"
    plain.write_text("client;invoice\nC1;F1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="JournalCode"):
        read_fec(plain)


ENTRIES = st.lists(st.tuples(
    st.sampled_from(["VE", "BQ", "OD", "AN"]), st.integers(1, 28), st.sampled_from(["C1", "C2"]),
    st.sampled_from(["P1", "P2", ""]), st.integers(-5000, 5000), st.booleans(),
    st.sampled_from(["", "A", "B"]),
), min_size=1, max_size=40)


def cents(amount):
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100},{abs(amount) % 100:02d}"


@pytest.mark.fuzz
@given(entries=ENTRIES)
def test_any_ledger_ties_to_debit_less_credit_on_every_day(tmp_path, entries):
    lines, turnover, groups = [], defaultdict(int), defaultdict(int)
    for journal, day, client, piece, amount, is_debit, letter in entries:
        sides = {"debit": cents(amount)} if is_debit else {"credit": cents(amount)}
        lines.append(line(journal, f"202601{day:02d}", client, piece, letter=letter, **sides))
        turnover[client, day] += amount if is_debit else -amount
        groups[client, letter] += amount if is_debit else -amount
    path = tmp_path / "FEC.txt"
    path.write_text(content(lines), encoding="utf-8")
    reading = load(path)
    for last in range(29):
        expected = {client: Decimal(sum(value for (found, day), value in turnover.items()
                                        if found == client and day <= last)) / 100 for client in ("C1", "C2")}
        at = dt.date(2026, 1, last) if last else dt.date(2025, 12, 31)
        assert owed(reading, at) == {client: value for client, value in expected.items() if value}
    kinds = {(row[0], row[1]): row[3] for row in rows(reading, "Invoices")}
    left = open_documents(reading)
    assert all((value > 0) == (kinds[key] == "invoice") for key, value in left.items())
    if not any(groups.values()) and all(entry[6] for entry in entries):
        assert left == {}
        assert sum(row[2] for row in rows(reading, "Payments") if not row[3]) == pytest.approx(0)
