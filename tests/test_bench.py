"""The speed measurements: every budget has its line, and the page says what was measured. No time is judged here."""

from __future__ import annotations

import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What is measured, and at most how many times its yardstick (DESIGN 9); "–" is for information.
BUDGETS = (
    ("1,000 invoices × 12, 50 clients: read, exposure, ageing", "2"),
    ("the same and every family: rating, limits, decisions, overdue, reminders, handle", "3"),
    ("an unchanged table of 1,000 invoices in the next Book", "0.1"),
    ("growth from 500 invoices of 25 clients to 2,000 of 100: read, exposure, ageing", "1.1"),
    ("the same growth: every family", "1.1"),
    ("CREDIT_LIMIT of one of 50 clients through call_udf", "2"),
    ("CREDIT_LIMIT of all 50 clients in one column call", "200"),
    ("import udfs", "2"),
    ("from udfs import CREDIT_LIMIT", "2"),
    ("the server, ready for its first call", "1.5"),
    ("the demo workbook, cold calc", "1"),
    ("the demo workbook, cold calc", "–"),
    ("1,000 due dates under 10 different terms", "10"),
    ("the same from the cells, each different term read once", "–"),
    ("the schedules of as many, one term in five in two instalments: dates, shares, amounts, kinds", "–"),
    ("2 reminders of three invoices each", "–"),
)


@pytest.fixture
def bench(monkeypatch):
    """The modules of bench, which is not installed with the product."""
    monkeypatch.syspath_prepend(ROOT)
    return lambda name: importlib.import_module(f"bench.{name}")


def run(*options: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-m", "bench", *options], cwd=ROOT, env=surroundings, capture_output=True,
                          encoding="utf-8", check=False)


def test_a_quick_run_prints_a_line_for_each_budget():
    found = run("--quick")
    assert found.returncode == 0, found.stderr
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in found.stdout.splitlines() if "│" in line]
    told = [(what, at_most) for what, _, _, _, at_most, within in lines if within]
    assert told == list(BUDGETS)
    for what, ours, theirs, _, at_most, within in lines:
        if within:
            assert all(text[0].isdigit() or text.startswith("× ") for text in (ours, theirs)), what
            assert within in (("–",) if at_most == "–" else ("yes", "no")), what


def test_figures_of_a_quick_run_are_not_kept():
    before = (ROOT / "docs" / "benchmarks.md").read_bytes()
    found = run("--quick", "--write")
    assert found.returncode == 2
    assert "--quick measures too little to be kept" in found.stderr
    assert (ROOT / "docs" / "benchmarks.md").read_bytes() == before


@pytest.mark.parametrize(("ours", "budget", "expected"), [(2.0, 2.0, "yes"), (2.001, 2.0, "no"), (9.0, None, "–")])
def test_exactly_at_the_budget_is_within(bench, ours, budget, expected):
    assert bench("measure").Row("ours", ours, "yardstick", 1.0, budget).within == expected


def test_the_best_of_several_turns_counts_and_input_is_made_for_each(bench):
    measure, made = bench("measure"), []
    task = measure.Task(lambda number: number, lambda: (made.append(1) or len(made),))
    assert len(measure.best(task, task, turns=3)) == 2
    assert len(made) == 6


def test_the_page_shows_each_line_with_its_units(bench):
    rows = [bench("measure").Row("reading", 0.3, "pandas", 0.2, 2.0),
            bench("measure").Row("growth", 11.0, "growth of pandas", 10.0, 1.1, "times")]
    page = bench("report").page(rows, 20)
    assert "| reading | 300.0 ms | pandas | 200.0 ms | 1.50 | 2 | yes |\n" in page
    assert "| growth | × 11.0 | growth of pandas | × 10.0 | 1.10 | 1.1 | yes |\n" in page
    assert "{" not in page


@pytest.mark.parametrize("name", ["measure", "portfolio"])
def test_examples(bench, name):
    failed, tried = doctest.testmod(bench(name))
    assert tried
    assert not failed
