"""What holds for every Book: any table gives one, rows and amounts reconcile, content alone decides its answers."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from udfs.book.book import Book
from udfs.book.figures import FIGURES
from udfs.book.portfolio import COLUMNS
from udfs.book.summary import balance, tie_out
from udfs.errors import CreditError
from udfs.exposure.components import COMPONENTS
from udfs.functions import REGISTRY
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA, ColumnSpec, choices
from udfs.texts import LANGUAGES

pytestmark = pytest.mark.fuzz

AS_OF = "2026-11-20"
TODAY = dt.date(2026, 11, 20)
CODES = ("C1", "c1", "C2", "C3", "00123", 123.0, "Dupont SARL", "{0}", "=1+1")
NUMBERS = ("F1", "F2", "F3", "f1", 7.0)
LEFT_OUT = ("issues.total_row", "issues.repeated_header", "issues.duplicate_client")

AMOUNTS = st.one_of(
    st.integers(-10**9, 10**9).map(lambda cents: cents / 100), st.integers(0, 10**7).map(float),
    st.sampled_from(("1 234,56 €", "1.234,56", "1,234.56", "(12,50)", "7,5-", "12 k€", "20 %", "-", "1,234", "1e400",
                     "100,00 C", "10\u202f000,00", "٣", "12O")))
RECENT = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
DATES = st.one_of(
    RECENT, RECENT.map(lambda day: f"{day:%d/%m/%Y}"), st.integers(45000, 46600).map(float), RECENT.map(str),
    st.one_of(st.integers(-3, 120_000).map(float), st.datetimes()),
    st.sampled_from(("03/04/2026", "04/20/2026", "31/02/2026", "20.11.26", "20261120", "20 nov. 2026", "00/00/0000")))
ANY_CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from((10**400, 10**5000, -2146826281, -2146826246, 0, 1)),
    st.floats(), st.decimals(), st.text(max_size=12), st.text("0123456789.,-+ ()%€kC/:", max_size=12),
    st.binary(max_size=4), st.lists(st.one_of(st.integers(), st.none()), max_size=2), st.times(), st.timedeltas(),
    st.sampled_from((Decimal("sNaN"), Decimal("1e400"), 1j, np.float64("nan"), np.int64(5), np.bool_(True),
                     np.datetime64("NaT"), np.datetime64("2026-11-20"), np.array([1, 2]), {}, object, "#N/A", "\x00",
                     "x" * 5000, "9" * 5000, "\ud83e", "Total", "TOTAL GÉNÉRAL", "=cmd|' /C calc'!A0", "{{ 7*7 }}")))


def usual(spec: ColumnSpec) -> st.SearchStrategy[Any]:
    """Cells that a column of this type usually holds."""
    if spec.table == "Policy" and spec.name == "key":
        from udfs import reference

        return st.sampled_from([row["key"] for row in reference.rows("policy")])
    if spec.choices:
        return st.sampled_from(sorted(choices(spec.choices)))
    if spec.name in ("client", "client_name", "name", "group"):
        return st.sampled_from(CODES)
    if spec.type == "code":
        return st.sampled_from((*NUMBERS, "A", "B", "D", "payment", "financial"))
    return {
        "amount": AMOUNTS, "share": AMOUNTS, "number": AMOUNTS, "date": DATES, "raw": st.one_of(AMOUNTS, DATES),
        "count": st.one_of(st.integers(0, 40).map(float), AMOUNTS), "flag": st.sampled_from(("oui", "no", True, "x")),
        "currency": st.sampled_from(("EUR", "USD", "£", "")), "country": st.sampled_from(("FR", "Allemagne", "?")),
        "terms": st.sampled_from(("30 jours", "45 j FDM", 60.0, "soon", "30/60/90", "")),
    }.get(spec.type, st.text(max_size=5))


@st.composite
def any_table(draw: st.DrawFn, name: str) -> RawTable:
    """A table under known headings, most of its cells usual and some of them anything at all."""
    specs = list(SCHEMA[name].values())
    needed = [spec for spec in specs if spec.required == "yes" and draw(st.integers(0, 30))]
    others = draw(st.lists(st.sampled_from(specs), max_size=8, unique=True))
    chosen = draw(st.permutations([*needed, *(spec for spec in others if spec not in needed)]))
    headings = [draw(st.sampled_from((spec.name, spec.label_en, spec.label_fr))) for spec in chosen]
    cells = [st.integers(0, 11).flatmap(lambda dice, spec=spec: usual(spec) if dice else ANY_CELL) for spec in chosen]
    rows = draw(st.lists(st.tuples(*cells), max_size=7))
    if draw(st.integers(0, 9)) == 0 and rows:
        rows.append(rows[0])
    if draw(st.integers(0, 9)) == 0:
        rows = [row[:draw(st.integers(0, len(row)))] for row in rows]
    source = draw(st.sampled_from((name, "", "Sheet1")))
    return RawTable((tuple(headings), *rows), source)


@st.composite
def any_tables(draw: st.DrawFn) -> list[RawTable]:
    names = ["Invoices", *draw(st.lists(st.sampled_from(sorted(SCHEMA)), max_size=5))]
    return draw(st.permutations([draw(any_table(name)) for name in names]))


def answer_or_error(call: Callable[..., Any], *arguments: Any) -> Any:
    """What a function answers, or its CreditError, which must have a sentence."""
    try:
        return call(*arguments)
    except CreditError as error:
        told = error
    assert all(told.sentence(language) for language in LANGUAGES)
    return told


def every_answer(book: Book) -> None:
    """Ask everything that is asked of a Book; only a CreditError with a sentence may come back."""
    asked = {one.name: [argument.name for argument in one.arguments if not argument.optional]
             for one in REGISTRY.values()}
    values = {"book": [book], "client": [*book.clients.codes, "nobody"], "figure": list(FIGURES)}
    for name, arguments in asked.items():
        if "book" not in arguments or not set(arguments) <= values.keys():
            continue
        for cells in product(*(values[argument] for argument in arguments)):
            answer = answer_or_error(REGISTRY[name].call, *cells)
            assert answer is not None
            assert answer == answer, (name, cells)
            if len(cells) > 1:
                assert REGISTRY["CREDIT_WHY"].call(name, *cells)
    REGISTRY["CREDIT_TABLE"].call(book, list(COLUMNS), "-exposure", "exposure>=0")
    REGISTRY["AGEING"].call(book, None, "invoice_date")
    assert book.reminders is not None
    for issue in book.issues:
        for language in LANGUAGES:
            assert issue.sentence(language)
        assert issue.value.isprintable()
        assert len(issue.value) <= 300


def reconciles(book: Book) -> None:
    """Rows read are used, later or left out with a reason; amounts tie; the bands add up to the balance."""
    for name, (read, used, later) in book.assembly.read.items():
        out = [issue for issue in book.issues if issue.table == name and issue.row
               and (issue.severity == "error" or issue.code in LEFT_OUT)]
        assert min(used, later, read - used - later) >= 0
        # Two rows of one client that agree are one client without a word; every other row left out has its issue.
        if name != "Clients":
            assert bool(read - used - later) == bool(out), name
            assert read - used - later <= len(out)
    assert tie_out(book) == 0
    credits = sum(book.receivables.components[name].sum() for name in COMPONENTS[1:3])
    assert float(book.ageing.sum() + credits) == pytest.approx(balance(book), abs=0.006)
    assert book.ageing.sum(axis=1) == pytest.approx(book.receivables.components["open_invoices"], abs=0.006)
    assert (book.ledger.open >= 0).all()


@given(any_tables(), st.sampled_from((AS_OF, "2025-01-31", 46346.0, dt.date(2027, 6, 1))))
@settings(suppress_health_check=list(HealthCheck))
def test_any_tables_give_a_book(tables: list[RawTable], as_of: Any) -> None:
    """Whatever the cells hold there is a Book, or the one sentence that no list of invoices was found."""
    book = answer_or_error(Book, as_of, tables)
    if isinstance(book, CreditError):
        assert book.code == "errors.no_invoices"
        return
    every_answer(book)
    reconciles(book)


@given(st.lists(st.lists(ANY_CELL, max_size=6), max_size=6))
def test_any_cells_at_all_give_a_book_or_one_sentence(rows: list[list[Any]]) -> None:
    """The same without any heading that we know, beside one good list of invoices."""
    good = RawTable((("client", "invoice", "date", "amount"), ("C1", "F1", "2026-10-01", 100.0)))
    book = Book(AS_OF, [RawTable(rows), good])
    assert balance(book) == 100.0
    with pytest.raises(CreditError) as error:
        Book(AS_OF, [RawTable(rows)])
    assert error.value.code == "errors.no_invoices"


# A ledger whose truth is known: cents as whole numbers, each fault on purpose.

EVENTS = st.fixed_dictionaries({
    "client": st.sampled_from(("C1", "C2", "C3", "C4")), "cents": st.integers(0, 10**8),
    "age": st.integers(0, 700), "term": st.sampled_from((0, 30, 45, 60)),
    "kind": st.sampled_from(("invoice", "invoice", "facture", "avoir", "deposit_invoice")),
    "paid": st.sampled_from((0, 0, 25, 100, 130)), "opening": st.sampled_from((0, 0, 50, 100)),
    "fault": st.sampled_from(("", "", "", "", "amount", "date", "client", "kind"))})
HEADINGS = ("client", "invoice", "date", "due_date", "amount", "kind", "paid")
PAID = ("client", "date", "amount", "invoice", "maturity")
KNOWN = ("client", "name", "terms", "customer_since", "granted_limit")


def ledger_of(events: Sequence[dict[str, Any]]) -> tuple[list[list[Any]], list[list[Any]]]:
    """Rows of invoices and of the payments that name them."""
    invoices, payments = [], []
    for place, event in enumerate(events):
        day = dt.datetime.combine(TODAY - dt.timedelta(event["age"]), dt.time())
        amount, number = event["cents"] / 100, f"F{place}"
        opening = event["cents"] * event["opening"] // 100 / 100
        row = [event["client"], number, day, day + dt.timedelta(event["term"]), amount, event["kind"], opening or None]
        if event["fault"]:
            row[HEADINGS.index(event["fault"])] = {"amount": "12O", "date": "31/02/2026", "client": None,
                                                   "kind": "odd"}[event["fault"]]
        invoices.append(row)
        if event["paid"]:
            paid_on = min(day + dt.timedelta(40), dt.datetime.combine(TODAY, dt.time()))
            payments.append([event["client"], paid_on, event["cents"] * event["paid"] // 100 / 100, number, None])
    return invoices, payments


def tables_of(invoices: list[list[Any]], payments: list[list[Any]], clients: Sequence[str] = ("C1", "C2", "C3")
              ) -> list[RawTable]:
    rows = [[code, f"Client {code}", "30 jours", None, 5000.0 if code == "C2" else None] for code in clients]
    return [RawTable([list(HEADINGS), *invoices], "Invoices"), RawTable([list(PAID), *payments], "Payments"),
            RawTable([list(KNOWN), *rows], "Clients")]


def owed(events: Sequence[dict[str, Any]]) -> int:
    """The balance in cents, straight from the events: invoices less credit notes less all that was paid."""
    total = 0
    for event in events:
        if not event["fault"]:
            sign = -1 if event["kind"] == "avoir" else 1
            total += sign * (event["cents"] - event["cents"] * event["opening"] // 100)
        total -= event["cents"] * event["paid"] // 100
    return total


@given(st.lists(EVENTS, min_size=1, max_size=15))
def test_amounts_reconcile_with_the_events(events: list[dict[str, Any]]) -> None:
    """The balance is that of the events summed in whole cents; each faulty row is left out, once."""
    book = Book(AS_OF, tables_of(*ledger_of(events)))
    assert round(balance(book) * 100) == owed(events)
    faulty = sum(bool(event["fault"]) for event in events)
    assert book.assembly.read["Invoices"] == (len(events), len(events) - faulty, 0)
    assert sum(issue.severity == "error" for issue in book.issues) == faulty
    reconciles(book)


def answers(book: Book) -> dict[str, Any]:
    """Every answer of a Book, by client's code."""
    table = REGISTRY["CREDIT_TABLE"].call(book, list(COLUMNS))
    ageing = REGISTRY["AGEING"].call(book)
    reminders = sorted((book.clients.codes[one.client], str(one.step), round(one.amount, 2), sorted(one.documents))
                       for one in book.reminders)
    parts = {code: {name: round(float(book.receivables.components[name][place]), 6) for name in COMPONENTS}
             for place, code in enumerate(book.clients.codes)}
    return {"portfolio": {row[0]: row[1:] for row in table}, "ageing": {row[0]: row[1:] for row in ageing},
            "reminders": reminders, "parts": parts, "balance": balance(book)}


@given(st.lists(EVENTS, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_columns_and_tables_changes_no_answer(events: list[dict[str, Any]], chance: Any) -> None:
    """Sorted otherwise, the same ledger gives the same answers."""
    tables = tables_of(*ledger_of(events))
    shuffled = []
    for table in tables:
        heading, *rows = table.rows
        chance.shuffle(rows)
        columns = list(range(len(heading)))
        chance.shuffle(columns)
        shuffled.append(RawTable([[row[place] for place in columns] for row in (heading, *rows)], table.name))
    chance.shuffle(shuffled)
    assert without_documents(Book(AS_OF, shuffled)) == without_documents(Book(AS_OF, tables))


def without_documents(book: Book) -> dict[str, Any]:
    """The answers, reminders by client and amount only: documents are told by their place in the table."""
    found = answers(book)
    return found | {"reminders": sorted(one[:3] for one in found["reminders"])}


@given(st.lists(EVENTS, min_size=2, max_size=12), st.integers(1, 11))
def test_an_invoice_file_cut_in_two_gives_the_same_answers(events: list[dict[str, Any]], cut: int) -> None:
    """Two files of invoices, or of payments, make one ledger."""
    invoices, payments = ledger_of(events)
    whole = tables_of(invoices, payments)
    first, rest = tables_of(invoices[:cut], payments[:cut]), tables_of(invoices[cut:], payments[cut:])
    assert answers(Book(AS_OF, [*first, *rest[:2]])) == answers(Book(AS_OF, whole))


@given(st.lists(EVENTS, min_size=1, max_size=10), st.lists(EVENTS, min_size=1, max_size=6), st.integers(1, 400))
def test_what_is_dated_later_changes_no_answer(events: list[dict[str, Any]], later: list[dict[str, Any]],
                                               days: int) -> None:
    """As of a past date only what was known then counts: later rows of every dated table are as if not there."""
    invoices, payments = ledger_of(events)
    new_invoices, new_payments = ledger_of(later)
    moved = dt.datetime.combine(TODAY + dt.timedelta(days), dt.time())
    for place, row in enumerate(new_invoices):
        row[2], row[3] = moved, moved + dt.timedelta(30)
        if row[1] and place % 2:
            row[1] = f"N{place}"
    for row in new_payments:
        row[1] = moved
    others = [
        RawTable([["client", "order", "order date", "amount"], ["C1", "B1", moved, 9000.0]], "Orders"),
        RawTable([["client", "year end", "turnover", "equity"], ["C1", moved, 1e6, 2e5]], "Accounts"),
        RawTable([["date", "client", "kind", "level"], [moved, "C1", "formal notice", 4.0]], "Letters"),
        RawTable([["date", "client", "event", "for the date"], [moved, "C2", "promise", moved],
                  [moved, "C2", "promise broken", moved]], "Journal"),
        RawTable([["currency", "date", "units per euro"], ["USD", moved, 2.0]], "Rates")]
    known = tables_of(invoices, payments)
    with_later = [*tables_of([*invoices, *new_invoices], [*payments, *new_payments]), *others]
    assert answers(Book(AS_OF, with_later)) == answers(Book(AS_OF, known))


# The handle.

def written_otherwise(rows: list[list[Any]]) -> list[list[Any]]:
    """The same cells as a French user types them: amounts and dates as texts, empty cells as empty texts."""
    def cell(value: Any) -> Any:
        if isinstance(value, float):
            return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + " €"
        if isinstance(value, dt.datetime):
            return f"{value:%d/%m/%Y}"
        return "" if value is None else f" {value} "
    return [[cell(value) for value in row] for row in rows]


@given(st.lists(EVENTS, min_size=1, max_size=8), st.data())
def test_the_handle_is_that_of_the_content(events: list[dict[str, Any]], data: st.DataObject) -> None:
    """The same values written otherwise have the same handle; one cent, one day, one row less have another."""
    invoices, payments = ledger_of([{**event, "fault": ""} for event in events])
    invoices.append(["C1", "F999", dt.datetime(2026, 10, 25), dt.datetime(2026, 11, 24), 1234.56, "invoice", None])
    payments.append(["C1", dt.datetime(2026, 11, 19), 10.0, "F999", None])
    own = Book(AS_OF, tables_of(invoices, payments)).id
    spelt = Book(dt.datetime(2026, 11, 20), tables_of(written_otherwise(invoices), written_otherwise(payments)))
    assert spelt.id == own
    assert not [issue for issue in spelt.issues if "assumed" in issue.code]

    turned = [RawTable([row[::-1] for row in table.rows], table.name) for table in tables_of(invoices, payments)]
    assert Book(AS_OF, turned[::-1]).id == own

    row = data.draw(st.integers(0, len(invoices) - 1))
    for column, change in ((4, 0.01), (2, dt.timedelta(-1)), (3, dt.timedelta(1))):
        other = [list(cells) for cells in invoices]
        other[row][column] += change
        assert Book(AS_OF, tables_of(other, payments)).id != own
    assert Book(AS_OF, tables_of(invoices[1:], payments)).id != own
    assert Book("2026-11-21", tables_of(invoices, payments)).id != own
    assert Book(AS_OF, tables_of(invoices, payments), "fr").id != own


def test_texts_cannot_be_moved_from_row_to_row_without_another_handle() -> None:
    """Even a separator inside a code does not make two ledgers one."""
    def book(first: str, second: str) -> Book:
        rows = [["client", "invoice", "date", "amount"], [first, "F1", "2026-10-01", 1.0],
                [second, "F2", "2026-10-01", 1.0]]
        return Book(AS_OF, [RawTable(rows)])

    assert book("a\x1fb", "c").id != book("a", "b\x1fc").id


def test_the_handle_is_the_same_in_another_process() -> None:
    """Neither the process nor its hash seed has a part in the handle."""
    rows = [["client", "invoice", "date", "due date", "amount", "kind", "disputed", "currency"],
            ["C1", "F1", "01/10/2026", 46326.0, "1 234,56", "facture", "oui", "EUR"],
            ["Café & Fils", "F2", 46296.0, None, 100.0, "avoir", None, ""], ["C1", "F1", "x", 46326.0, 1.0, "", "", ""]]
    clients = [["client", "name", "VAT rate"], ["C1", "Dupont SARL", "20 %"]]
    program = ("import json, sys; from udfs.book.book import Book; from udfs.tables.raw import RawTable; "
               "print(Book('2026-11-20', [RawTable(rows) for rows in json.loads(sys.argv[1])]).id)")
    found = {Book(AS_OF, [RawTable(rows), RawTable(clients)]).id}
    for seed in ("1", "4242"):
        done = subprocess.run([sys.executable, "-c", program, json.dumps([rows, clients])], capture_output=True,
                              text=True, check=True, cwd=Path(__file__).parents[1],
                              env={**os.environ, "PYTHONHASHSEED": seed})
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert len(found.pop()) == 12
