"""The demo portfolio answers every situation as its register says, tells its eight faults and ties to account 411."""

import csv
from pathlib import Path

import numpy as np
import pytest

import udfs
from addin.build import demo_portfolio
from addin.readers import load
from udfs import AGEING, BOOK_SUMMARY, CREDIT_TABLE, CREDIT_WHY
from udfs.book.book import Book
from udfs.book.reasons import binding_words

FOLDER = Path(demo_portfolio.__file__).parent / "demo"
TABLES = ("Invoices", "Payments", "Clients", "Orders", "Plans", "Securities", "Accounts", "Letters", "Journal", "Rates",
          "Policy")


def rows(name):
    with (FOLDER / "answers" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SITUATIONS = [row for row in rows("situations") if row["function"]]
IDS = [" ".join(filter(None, (row[name] for name in ("client", "situation", "function", "argument"))))
       for row in SITUATIONS]


def demo_book(language=""):
    return Book("2026-11-20", [table for name in TABLES for table in load(FOLDER / f"{name}.csv").tables], language)


@pytest.fixture(scope="module")
def book():
    return demo_book()


def test_67_answers_are_expected():
    assert len(SITUATIONS) == 67


@pytest.mark.parametrize("row", SITUATIONS, ids=IDS)
def test_a_situation_has_its_answer(book, row):
    argument = [row["argument"]] if row["argument"] else []
    found, expected = getattr(udfs, row["function"])(row["client"], book, *argument), row["expected"]
    if isinstance(found, float):
        assert found == pytest.approx(float(expected), abs=0.005)
    else:
        assert found == (binding_words(expected, "en") if row["function"] == "LIMIT_BINDING" else expected)


# Terms of 90 days net, and an invoice in three parts of which the last is due after 90 days: more than the 60 of
# C.com L441-10 I.
BEYOND_THE_MAXIMUM = {("Invoices", 11, "due_date", "warning"), ("Invoices", 295, "due_date", "warning")}


def test_the_issues_are_the_eight_dirty_rows_and_what_is_beyond_the_legal_maximum(book):
    severity = {"refused": "error", "warning": "warning"}
    declared = {(row["table"], int(row["row"]), "" if row["what"] == "total_row" else row["column"],
                 "info" if row["what"] == "total_row" else severity[row["outcome"]]) for row in rows("dirty_rows")}
    found = [(issue.table, issue.row, issue.column, issue.severity) for issue in book.issues if issue.row]
    assert len(found) == 8 + 2
    assert set(found) == declared | BEYOND_THE_MAXIMUM
    assert [issue.code for issue in book.issues if not issue.row] == ["issues.due_date_computed"]


def test_rows_reconcile(book):
    """424 lines of the file less its headings: 423 read, five faults and the total line refused."""
    assert book.assembly.read["Invoices"] == (423, 417, 0)
    assert all(read == used for name, (read, used, _) in book.assembly.read.items() if name != "Invoices")
    assert (len(book.clients), book.clients.codes[-1]) == (49, "C099")


def test_the_balance_ties_to_account_411(book):
    told = dict(BOOK_SUMMARY(book))
    assert told["Balance of receivables"] == 426_644.67
    assert told["Tie-out: balance by open items less invoices, credit notes and payments"] == 0
    assert told["Difference with account 411"] == 0
    assert AGEING(book)[-1][-2] == 426_644.67


def test_eight_letters_are_due_the_largest_first(book):
    assert [(book.clients.codes[one.client], one.step.level, one.amount) for one in book.reminders] == [
        ("C033", 4, 8_640), ("C044", 2, 4_860), ("C031", 2, 3_120), ("C034", 2, 2_940), ("C032", 3, 2_520),
        ("C046", 1, 2_184), ("C025", 1, 2_000), ("C030", 1, 1_860)]


def test_no_limit_is_above_any_known_constraint_and_what_binds_is_the_least(book):
    limits = book.limits
    for name, amounts in limits.constraints.items():
        known = ~np.isnan(amounts)
        assert (limits.computed[known] <= amounts[known] + 0.005).all(), name
    least = np.nanmin(np.stack(list(limits.constraints.values())), axis=0)
    assert limits.before_rounding.tolist() == least.tolist()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_client_has_a_row_and_a_sentence_for_each_answer(language):
    found = demo_book(language)
    table = CREDIT_TABLE(found)
    assert len(table) == 50
    assert all(row[-1] for row in table)
    for code in found.clients.codes:
        for name in ("CREDIT_RATING", "CREDIT_LIMIT", "CREDIT_EXPOSURE", "CREDIT_OVERDUE", "CREDIT_DECISION"):
            assert CREDIT_WHY(name, code, found).endswith(".")
