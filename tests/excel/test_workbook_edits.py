"""What a colleague does to the tables changes the answers that it should, by the amounts that it should, and no other.

One workbook is shared. Every edit is taken back, and then every answer is what it was before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pyopenvba.interpreter import EMPTY, VBAArray
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.built_workbooks import DEMO, Rows, kept
from tests.excel.opened import Desk

RESULTS = ("home", "client_card", "credit", "ageing")
DESCENDING, WITH_HEADINGS = 2, 1
MANUAL, AUTOMATIC = -4135, -4105
# As headings of accounting programs have it, by the label of the workbook.
ERP_HEADINGS = {
    "Invoices": {"Client": "CT_Num", "Invoice": "DO_Piece", "Invoice date": "DO_Date", "Due date": "DR_Date",
                 "Amount incl. VAT": "DO_TotalTTC"},
    "Clients": {"Name": "Raison sociale", "Payment terms": "Conditions de règlement"},
}

FIGURE = re.compile(r'BOOK_FIGURE\(Book,"(\w+)"\)')
CALL = re.compile(r"\b[A-Z]+_[A-Z_]+\([^()]*\)|\b(?:AGEING)\([^()]*\)")
CREDIT, AGED, TO_DO, TOP = (
    'CREDIT_TABLE(Book,"client,name,grade,in_force,exposure,utilisation,headroom,net,overdue,decision,max_order,'
    'reason",CreditSort,CreditFilter)', 'AGEING(Book,"",AgeingBy,"first")', "WORK_LIST(Book)",
    'CREDIT_TABLE(Book,"name,exposure,in_force","-exposure","",10)')
# The aged balance: not due, 1-30, 31-60, 61-90, 91-180, >180, credits, balance, disputed.
TOTAL = ["Total", "", 368624.67, 28970.0, 8670.0, 8640.0, 14400.0, 8040.0, -10700.0, 426644.67, 5400.0]

Answers = dict[str, Rows]
Changes = dict[str, tuple[Any, Any]]


class Colleague(Desk):
    """A desk whose user edits the input tables."""

    def __init__(self) -> None:
        super().__init__(DEMO["en"], "en")
        for code in ("functions", "self_test"):
            self.excel.book.sheet_named(self.sheet(code)).vba_set("EnableCalculation", False)
        self.headings = {name: [str(one) for one in self._cells(name, "HeaderRowRange")[0]]
                         for name in ("Invoices", "Payments", "Clients")}

    def seen(self) -> Answers:
        """All answers on the result sheets by what they are; of the Book what stands behind its name."""
        found = {}
        for place, rows in self.answers(RESULTS).items():
            text = self.built.formulas[place].text
            figure, call = FIGURE.search(text), CALL.search(text)
            found[figure[1] if figure else call[0] if call else f"{place[0]}: {text}"] = rows
        book = next(name for name in found if name.startswith("CREDIT_BOOK("))
        found["book"] = [[found.pop(book)[0][0].partition(" · ")[2]]]
        return found

    def changes(self, before: Answers) -> Changes:
        """What is otherwise than before: a value and a value, or rows gone and rows come."""
        found: Changes = {}
        for name, rows in self.seen().items():
            was = before[name]
            if rows != was and len(rows) == len(was) == 1:
                found[name] = was[0][0], rows[0][0]
            elif rows != was:
                found[name] = [row for row in was if row not in rows], [row for row in rows if row not in was]
        return found

    @contextmanager
    def one_edit(self) -> Iterator[None]:
        """Several edits that Excel calculates once."""
        application = self.excel.application.application
        application.calculation = MANUAL
        yield
        application.calculation = AUTOMATIC
        self.excel._settle()

    def row_of(self, table: str, text: str) -> int:
        """The first row of a sheet that has a text in a cell."""
        return next(number for number, row in enumerate(self.rows(table), start=5) if text in row)

    def cell(self, table: str, heading: str, row: int) -> str:
        """The cell of a column."""
        return xl_rowcol_to_cell(row - 1, self.headings[table].index(heading))

    def paste(self, table: str, row: int, cells: list[Any]) -> None:
        """Paste a row of cells."""
        place = self.excel.range(table, f"A{row}").vba_get("Resize", [1, len(cells)])
        items = [EMPTY if one is None else one for one in cells]
        place.vba_set("Value", VBAArray([(1, 1), (1, len(cells))], items=items))
        self.excel._settle()

    def paste_below(self, table: str, values: dict[str, Any]) -> int:
        """Paste a row under the last one of a table, which takes it in; its row."""
        row = 5 + len(self.rows(table))
        cells = [values.get(heading) for heading in self.headings[table]]
        self.paste(table, row, cells[:1 + max(place for place, value in enumerate(cells) if value is not None)])
        assert len(self.rows(table)) == row - 4, "the table has grown"
        return row

    def whole_row(self, sheet: str, row: int, what: str) -> None:
        """Insert above or delete a row of a sheet."""
        self.excel.range(sheet, f"A{row}").vba_get("EntireRow").vba_get(what)
        self.excel._settle()

    def sort(self, table: str, heading: str, order: int) -> None:
        """Sort a table by one of its columns, as its heading's menu does."""
        found = self.table(table)
        sheet = self.excel.book.sheet_named(table)
        key = sheet.vba_get("Range", [self.cell(table, heading, 4)])
        found.vba_get("Range").vba_get("Sort", [key, order], {"Header": WITH_HEADINGS})
        self.excel._settle()

    def _cells(self, table: str, part: str) -> Rows:
        found = self.table(table).vba_get(part)
        rows: Rows = self.excel.value(found.sheet.name, found.vba_get("Address", [False, False]))
        return rows


def with_more(row: list[Any], more: dict[int, float]) -> list[Any]:
    """A row with some of its amounts larger."""
    return [kept(value + more[place]) if place in more else value for place, value in enumerate(row)]


@pytest.fixture(scope="module")
def desk() -> Colleague:
    return Colleague()


@pytest.fixture(scope="module")
def untouched(desk: Colleague) -> Answers:
    return desk.seen()


@contextmanager
def taken_back(desk: Colleague, before: Answers) -> Iterator[None]:
    """What is done inside must leave every answer, and the name of the Book, as it was."""
    handle = desk.named("Book")
    yield
    assert desk.changes(before) == {}
    assert desk.named("Book") == handle


def test_a_new_invoice_below_the_table_is_its_client_s_and_no_other_s(desk: Colleague, untouched: Answers) -> None:
    """Due as the client's terms say, 30 days later; its limit of 3,000 is then exceeded."""
    with taken_back(desk, untouched):
        row = desk.paste_below("Invoices", {"Client": "C005", "Invoice": "FA2026-9001", "Invoice date": 46345.0,
                                            "Kind": "invoice", "Due date": 46375.0, "Amount incl. VAT": 1000.0})
        found = desk.changes(untouched)
        desk.whole_row("Invoices", row, "Delete")
    line = ["C005", "Jeune Pousse Plâtrerie", "n/r", 3000.0]
    age = ["C005", "Jeune Pousse Plâtrerie", 2040.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2040.0, 0.0]
    assert found == {
        "book": ("49 clients · 417 invoices · 9 issues · as of 2026-11-20",
                 "49 clients · 418 invoices · 9 issues · as of 2026-11-20"),
        "receivables": (426644.67, 427644.67), "exposure": (557824.67, 558824.67), "invoices": (417.0, 418.0),
        "last_invoice": (46344.0, 46345.0), "overdue_share": (kept(68720 / 426644.67), kept(68720 / 427644.67)),
        "account_411_difference": (0.0, 1000.0), "newly_over_limit": (0.0, 1.0),
        TO_DO: ([], [["Over the limit", "C005", "Jeune Pousse Plâtrerie",
                      "€3,040.00 of exposure for a limit of €3,000.00: ask for a payment, a deposit or a guarantee, "
                      "or raise the limit.", 40.0, "", ""]]),
        CREDIT: ([[*line, 2040.0, 0.68, 960.0, 2040.0, 0.0, "RELEASE", 800.0,
                   "68% of the limit of €3,000.00 is used."]],
                 [[*line, 3040.0, kept(3040 / 3000), -40.0, 3040.0, 0.0, "WARN", 0.0,
                   "€3,040.00 exceeds the provisional limit of €3,000.00 by €40.00."]]),
        AGED: ([TOTAL, age], [with_more(TOTAL, {2: 1000, 9: 1000}), with_more(age, {2: 1000, 9: 1000})]),
    }


def test_a_paid_invoice_leaves_the_exposure_and_the_balance(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        row = desk.paste_below("Payments", {"Client": "C001", "Payment date": 46346.0, "Amount": 9600.0,
                                            "Invoice": "FA2026-0227", "Means of payment": "transfer"})
        found = desk.changes(untouched)
        desk.whole_row("Payments", row, "Delete")
    assert found.pop(TOP)[0] == [["Menuiserie Tournebise", 16800.0, 28000.0]]
    line = ["C001", "Menuiserie Tournebise", "B", 28000.0]
    age = ["C001", "Menuiserie Tournebise", 16800.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 16800.0, 0.0]
    assert found == {
        "receivables": (426644.67, 417044.67), "exposure": (557824.67, 548224.67), "cash_in": (2642.16, 12242.16),
        "last_payment": (46345.0, 46346.0), "overdue_share": (kept(68720 / 426644.67), kept(68720 / 417044.67)),
        "account_411_difference": (0.0, -9600.0),
        CREDIT: ([[*line, 16800.0, 0.6, 11200.0, 16800.0, 0.0, "RELEASE", 9333.33,
                   "60% of the limit of €28,000.00 is used."]],
                 [[*line, 7200.0, kept(7200 / 28000), 20800.0, 7200.0, 0.0, "RELEASE", 17333.33,
                   "25.71% of the limit of €28,000.00 is used."]]),
        AGED: ([TOTAL, age], [with_more(TOTAL, {2: -9600, 9: -9600}), with_more(age, {2: -9600, 9: -9600})]),
    }


def test_a_date_of_payment_in_the_invoice_itself_says_the_same(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        cell = desk.cell("Invoices", "Paid on", desk.row_of("Invoices", "FA2026-0227"))
        desk.excel.enter("Invoices", cell, 46346.0)
        found = desk.changes(untouched)
        desk.excel.enter("Invoices", cell, None)
    assert (found["receivables"], found["exposure"]) == ((426644.67, 417044.67), (557824.67, 548224.67))
    assert [row[0] for row in found[CREDIT][0]] == [row[0] for row in found[CREDIT][1]] == ["C001"]


def test_a_new_client_is_one_line_more(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        row = desk.paste_below("Clients", {"Client": "C060", "Name": "Menuiserie Neuve"})
        found = desk.changes(untouched)
        desk.whole_row("Clients", row, "Delete")
    assert found == {
        "book": ("49 clients · 417 invoices · 9 issues · as of 2026-11-20",
                 "50 clients · 417 invoices · 9 issues · as of 2026-11-20"),
        "clients": (49.0, 50.0), "limits": (789000.0, 792000.0),
        CREDIT: ([], [["C060", "Menuiserie Neuve", "n/r", 3000.0, 0.0, 0.0, 3000.0, 0.0, 0.0, "RELEASE", 2500.0,
                       "0% of the limit of €3,000.00 is used."]]),
    }


def test_a_deleted_row_is_gone_from_its_client_only(desk: Colleague, untouched: Answers) -> None:
    row = desk.row_of("Invoices", "FA2026-0227")
    kept_row = desk.rows("Invoices")[row - 5]
    with taken_back(desk, untouched):
        desk.whole_row("Invoices", row, "Delete")
        found = desk.changes(untouched)
        desk.whole_row("Invoices", row, "Insert")
        desk.paste("Invoices", row, kept_row)
    assert (found["receivables"], found["exposure"], found["invoices"]) == (
        (426644.67, 417044.67), (557824.67, 548224.67), (417.0, 416.0))
    assert [row[0] for row in found[CREDIT][0]] == [row[0] for row in found[CREDIT][1]] == ["C001"]
    assert [row[0] for row in found[AGED][0]] == ["Total", "C001"]


def test_a_corrected_amount_counts_from_then_on(desk: Colleague, untouched: Answers) -> None:
    """FA2026-0190 of C046 says "voir avoir" where its amount should be; no payment names it."""
    with taken_back(desk, untouched):
        cell = desk.cell("Invoices", "Amount incl. VAT", desk.row_of("Invoices", "FA2026-0190"))
        desk.excel.enter("Invoices", cell, 1248.0)
        found = desk.changes(untouched)
        desk.excel.enter("Invoices", cell, "voir avoir")
    assert (found["errors"], found["invoices"], found["receivables"]) == (
        (5.0, 4.0), (417.0, 418.0), (426644.67, 427892.67))
    assert [row[0] for row in found[CREDIT][0]] == ["C046"]


# --- what changes nothing ---


def test_an_inserted_blank_row_changes_nothing(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        places = ("Invoices", 100), ("Clients", 20), ("Payments", 5)
        with desk.one_edit():
            for table, row in places:
                desk.whole_row(table, row, "Insert")
        assert desk.changes(untouched) == {}
        with desk.one_edit():
            for table, row in places:
                desk.whole_row(table, row, "Delete")


def test_a_filter_changes_nothing(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        desk.excel.range("Invoices", "A4").vba_get("AutoFilter", [1, "C002"])
        desk.excel.recalculate()
        assert desk.excel.range("Invoices", "A5").vba_get("EntireRow").vba_get("Hidden") is True
        assert desk.changes(untouched) == {}
        desk.excel.book.sheet_named("Invoices").vba_get("ShowAllData")


def test_headings_in_the_words_of_an_accounting_program_change_nothing(desk: Colleague, untouched: Answers) -> None:
    with taken_back(desk, untouched):
        with desk.one_edit():
            for table, words in ERP_HEADINGS.items():
                for heading, word in words.items():
                    desk.excel.enter(table, desk.cell(table, heading, 4), word)
        assert desk.changes(untouched) == {}
        with desk.one_edit():
            for table, words in ERP_HEADINGS.items():
                for heading in words:
                    desk.excel.enter(table, desk.cell(table, heading, 4), heading)


def test_sorted_tables_change_nothing_but_the_order_of_lists_that_follow_them(
        desk: Colleague, untouched: Answers) -> None:
    first = desk.rows("Invoices")[0], desk.rows("Payments")[0], desk.rows("Clients")[0]
    with desk.one_edit():
        desk.sort("Invoices", "Amount incl. VAT", DESCENDING)
        desk.sort("Payments", "Invoice", DESCENDING)
    assert desk.changes(untouched) == {}
    desk.sort("Clients", "Client", DESCENDING)
    # Clients of the same exposure, the aged balance, and work of the same urgency and amount (three companies of a
    # group, each 3,000 over) stand in the order of the table Clients.
    assert desk.changes(untouched) == {CREDIT: ([], []), AGED: ([], []), TO_DO: ([], [])}
    now = desk.rows("Invoices")[0], desk.rows("Payments")[0], desk.rows("Clients")[0]
    assert not set(map(tuple, first)) & set(map(tuple, now)), "all three are sorted"
