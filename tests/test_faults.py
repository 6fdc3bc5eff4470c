"""Each fault of `tests/faults/*.txt`: the Book is built, says exactly what is wrong, and its amounts reconcile."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from udfs.book.book import Book
from udfs.book.issue_list import issue_rows
from udfs.book.summary import balance, tie_out
from udfs.errors import WrongArgument
from udfs.tables.issues import Issue
from udfs.tables.raw import RawTable
from udfs.texts import LANGUAGES, has

FOLDER = Path(__file__).parent / "faults"
AS_OF = "2026-11-20"
ROW = {"en": "row {}", "fr": "ligne {}"}
# What leaves a row out of the sums without being an error to correct.
LEFT_OUT = ("issues.total_row", "issues.repeated_header", "issues.duplicate_client")


@dataclass
class Case:
    """One case of a file: its tables as Excel would hand them over, and what is expected."""

    title: str
    as_of: str = AS_OF
    tables: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    issues: list[tuple[str, ...]] = field(default_factory=list)
    balance: float | None = None
    clients: str = ""
    says: list[str] = field(default_factory=list)


def cell(text: str) -> Any:
    """A cell as `tests/faults/README.txt` says."""
    if not text:
        return None
    if not (text.startswith("[") and text.endswith("]")):
        return text
    inner = text[1:-1]
    if match := re.fullmatch(r'(".*?")(?: \* (\d+))?', inner, re.S):
        written: str = json.loads(match[1])
        return written * int(match[2] or 1)
    if inner in ("TRUE", "FALSE"):
        return inner == "TRUE"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", inner):
        return dt.datetime.fromisoformat(inner)
    return int(inner.removeprefix("error ")) if inner.startswith("error ") else float(inner)


def cells(line: str) -> list[str]:
    """What stands between bars that have a blank on both sides."""
    return [text.strip() for text in re.split(r"(?<!\S)\|(?!\S)", line)]


def cases_of(path: Path) -> list[Case]:
    """The cases of one file."""
    found: list[Case] = []
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found.append(Case(line[3:]))
            section = ""
        elif line.startswith("as of "):
            found[-1].as_of = line[6:].strip()
        elif line.startswith("-- "):
            section = line[3:].strip()
            if section != "expected":
                found[-1].tables.append((section, []))
        elif line.startswith("balance = "):
            found[-1].balance = float(line[10:])
        elif line.startswith("clients = "):
            found[-1].clients = line[10:].strip()
        elif line.startswith("says = "):
            found[-1].says.append(line[7:].strip())
        elif section == "expected" and line.strip() not in ("", "none"):
            found[-1].issues.append(tuple(cells(line)))
        elif section not in ("", "expected") and line.strip():
            found[-1].tables[-1][1].append([cell(text) for text in cells(line)])
    return found


CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.txt")) if path.stem != "README" for case in cases_of(path)]


def book_of(case: Case) -> Book:
    return Book(case.as_of, [RawTable(tuple(map(tuple, rows)), name) for name, rows in case.tables])


def told(issue: Issue) -> tuple[str, ...]:
    return (issue.severity, issue.table, str(issue.row), issue.column, issue.code.removeprefix("issues."), issue.value)


def test_at_least_seventy_kinds_of_fault() -> None:
    """Every case has its own title, its expected issues as six places, and a balance."""
    titles = [case.title for _, case in CASES]
    assert len(titles) >= 70
    assert len(set(titles)) == len(titles)
    assert all(len(issue) == 6 and case.balance is not None for _, case in CASES for issue in case.issues)
    assert len({issue[4] for _, case in CASES for issue in case.issues}) >= 30


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{stem}: {case.title}") for stem, case in CASES])
def test_fault(case: Case) -> None:
    """Exactly the expected issues, sentences that say where and what, and sums that reconcile."""
    book = book_of(case)
    assert sorted(map(told, book.issues)) == sorted(case.issues)
    assert balance(book) == case.balance
    assert tie_out(book) == 0
    assert not case.clients or "; ".join(book.clients.codes) == case.clients
    told_to_user = [issue.sentence() for issue in book.issues]
    assert [words for words in case.says if not any(words in sentence for sentence in told_to_user)] == []

    for issue in book.issues:
        for language in LANGUAGES:
            assert has(issue.code, language), issue.code
            sentence = issue.sentence(language)
            around = sentence.replace(issue.value, "") if issue.value else sentence
            assert not re.search(r"[{}]|issues\.", around), sentence
            assert issue.value in sentence or issue.code not in VALUE_NAMED, sentence
            if issue.row:
                assert ROW[language].format(issue.row) in sentence
        assert issue.sentence("en") != issue.sentence("fr")
    assert len(issue_rows(book)) == max(len(book.issues), 1) + 1

    for name, (read, used, later) in book.assembly.read.items():
        out = {(issue.source, issue.row) for issue in book.issues if issue.table == name and issue.row
               and (issue.severity == "error" or issue.code in LEFT_OUT)}
        assert read - used - later == len(out), name


# Codes whose sentence must quote the cell; others say what is missing or count rows.
VALUE_NAMED = ("issues.amount_unreadable", "issues.date_unreadable", "issues.no_such_day", "issues.unknown_choice",
               "issues.flag_unreadable", "issues.currency_unreadable", "issues.error_cell", "issues.unknown_client",
               "issues.duplicate_row", "issues.policy_unknown", "issues.policy_unreadable", "issues.terms_unreadable",
               "issues.columns_unused", "issues.two_columns", "issues.total_row", "issues.count_unreadable")


@pytest.mark.parametrize("rows", [
    [], [[]], [["client"]], [["fruit", "price"], ["apple", 2.0]], [["client", "name"], ["C1", "Dupont SARL"]],
    [["client", "invoice", "date"], ["C1", "F1", "2026-10-01"]],
    [*([["a title"]] * 40), ["client", "invoice", "date", "amount"], ["C1", "F1", "2026-10-01", 100.0]]])
def test_without_a_list_of_invoices_there_is_no_book(rows: list[list[Any]]) -> None:
    """The one refusal: a sentence that tells what is needed, and never a Book of nothing."""
    with pytest.raises(WrongArgument) as refused:
        Book(AS_OF, [RawTable(rows)])
    assert refused.value.code == "errors.no_invoices"
    assert "amount" in refused.value.sentence("en")
    assert "montant" in refused.value.sentence("fr")
    assert "{" not in refused.value.sentence("en") + refused.value.sentence("fr")


def test_errors_come_first_then_by_table_and_row() -> None:
    """The list of issues is in the order in which a user mends them."""
    rows = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-10-01", "soon", 100.0],
            ["C1", "F2", "2026-10-01", "2026-10-31", "x"], ["C1", "F3", "x", "2026-10-31", 100.0]]
    paid = [["client", "invoice", "date", "amount", "maturity"], ["C1", "F9", "2026-10-01", "y", None]]
    issues = Book(AS_OF, [RawTable(rows, "Invoices"), RawTable(paid, "Payments")]).issues
    assert [(issue.severity, issue.table, issue.row) for issue in issues] == [
        ("error", "Invoices", 3), ("error", "Invoices", 4), ("error", "Payments", 2), ("warning", "Invoices", 2),
        ("info", "Invoices", 0)]
