"""Due dates: the 107 worked vectors of DOMAIN 3.6 and what must hold for every term."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.terms.due_dates import due_date_column, due_dates
from udfs.terms.language import read_terms
from udfs.terms.term import Terms

with (Path(__file__).parent / "vectors" / "terms.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = list(csv.DictReader(file))
VECTORS_IDS = [f"{row['number']} {row['label']}" for row in VECTORS]

METHODS = ["", "DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2150, 12, 31)).map(lambda day: np.datetime64(day, "D"))
COUNTED = st.builds(
    Terms, days=st.integers(0, 400), months=st.integers(0, 12), end_of_month=st.sampled_from(METHODS),
    on_day=st.integers(0, 31), base=st.sampled_from(["invoice", "delivery"]),
).filter(lambda terms: not terms.months or terms.days < 30)
TERMS = COUNTED | st.builds(Terms, days=st.integers(0, 90), decade=st.just(True), base=st.just("delivery"))


def days(*texts):
    return np.array(texts, "datetime64[D]")


def cells(*values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


@pytest.mark.parametrize("row", VECTORS, ids=VECTORS_IDS)
def test_the_wording_gives_the_due_date_of_the_vector(row):
    terms = read_terms(row["terms"], row["method"])
    assert str(due_dates(days(row["base_date"]), terms)[0]) == row["due_date"]
    assert (np.datetime64(row["due_date"]) - np.datetime64(row["base_date"])).astype(int) == int(row["days"])


def test_there_are_107_vectors():
    assert [int(row["number"]) for row in VECTORS] == list(range(1, 108))


def test_all_vectors_at_once_give_the_same_column():
    bases = days(*(row["base_date"] for row in VECTORS))
    texts, methods = (cells(*(row[column] for row in VECTORS)) for column in ("terms", "method"))
    due, unreadable = due_date_column(bases, texts, methods=methods)
    assert [str(day) for day in due] == [row["due_date"] for row in VECTORS]
    assert not unreadable.any()


def test_the_policy_decides_where_the_words_do_not():
    invoice = days("2025-01-15", "2025-01-15")
    texts = cells("45 jours fin de mois", "fin de mois 45 jours")
    assert due_date_column(invoice, texts, default_method="EOM_THEN_DAYS")[0].tolist() == [
        dt.date(2025, 3, 17), dt.date(2025, 3, 17)]
    assert due_date_column(invoice, texts, default_method="DAYS_THEN_EOM")[0].tolist() == [
        dt.date(2025, 3, 31), dt.date(2025, 3, 17)]


def test_the_method_of_the_client_wins_over_the_words():
    """31/01/2025 and 30 days, vectors 22 to 24: B 02/03, A 31/03, month count 28/02; B15 is 28/02 too."""
    due, _ = due_date_column(days(*["2025-01-31"] * 4), cells(*["fin de mois 30 jours"] * 4),
                             methods=cells("", "a", "fin de mois puis le 15", "M"))
    assert [str(day) for day in due] == ["2025-03-02", "2025-03-31", "2025-02-28", "2025-02-28"]


def test_an_unknown_method_makes_the_row_unreadable():
    due, unreadable = due_date_column(days("2025-01-15", "2025-01-15"), cells("30 jours", "30 jours"),
                                      methods=cells("Z9", ""))
    assert unreadable.tolist() == [True, False]
    assert np.isnat(due).tolist() == [True, False]


def test_an_empty_cell_takes_the_policy_term_and_without_one_has_no_due_date():
    invoice, texts = days("2025-01-15", "2025-01-15"), cells("", "60 jours")
    due, unreadable = due_date_column(invoice, texts, default_terms="30 jours")
    assert due.tolist() == [dt.date(2025, 2, 14), dt.date(2025, 3, 16)]
    due, unreadable = due_date_column(invoice, texts)
    assert due.tolist() == [None, dt.date(2025, 3, 16)]
    assert not unreadable.any()


def test_what_cannot_be_read_is_marked_and_the_other_rows_go_on():
    due, unreadable = due_date_column(days(*["2025-01-15"] * 3), cells("plus tard", 30.0, "30"))
    assert unreadable.tolist() == [True, False, False]
    assert due.tolist() == [None, dt.date(2025, 2, 14), dt.date(2025, 2, 14)]


def test_a_delivery_term_counts_from_delivery_and_else_from_the_invoice():
    due, _ = due_date_column(
        days("2025-03-01", "2025-03-01", "2025-03-01"),
        cells("20 jours date de livraison", "20 jours date de livraison", "20 jours"),
        days("2025-03-04", "NaT", "2025-03-04"))
    assert due.tolist() == [dt.date(2025, 3, 24), dt.date(2025, 3, 21), dt.date(2025, 3, 21)]


def test_no_invoice_date_no_due_date():
    due, unreadable = due_date_column(days("NaT", "2025-01-31"), cells("30 j FDM le 10", "30 j FDM le 10"))
    assert due.tolist() == [None, dt.date(2025, 4, 10)]
    assert not unreadable.any()


def test_no_rows_no_due_dates():
    due, unreadable = due_date_column(days(), cells())
    assert len(due) == len(unreadable) == 0


@given(st.lists(DAYS, min_size=1, max_size=8), TERMS)
def test_a_due_date_is_never_before_its_base_date(bases, terms):
    base = np.array(bases)
    assert (due_dates(base, terms) >= base).all()


@given(DAYS, TERMS)
def test_one_date_and_a_long_column_agree(day, terms):
    """A short column converts months directly, a long one through a table of the days that occur."""
    long = np.arange(day, day + 400)
    assert due_dates(long, terms)[:1] == due_dates(np.array([day]), terms)


@given(st.lists(st.tuples(DAYS, TERMS), min_size=1, max_size=10))
def test_a_mixed_column_gives_what_each_term_gives_alone(rows):
    texts = cells(*(terms.words("fr") for _, terms in rows))
    due, unreadable = due_date_column(np.array([day for day, _ in rows]), texts)
    assert not unreadable.any()
    assert due.tolist() == [due_dates(np.array([day]), terms)[0].item() for day, terms in rows]


@given(DAYS, st.integers(0, 400))
def test_days_then_end_of_month_never_falls_before_the_net_days(day, count):
    net = due_dates(np.array([day]), Terms(days=count))
    then_end = due_dates(np.array([day]), Terms(days=count, end_of_month="DAYS_THEN_EOM"))
    assert (then_end >= net).all()
    assert (then_end + 1).astype("datetime64[M]") > net.astype("datetime64[M]")


@given(DAYS, st.integers(0, 12))
def test_counting_in_whole_months_the_conventions_agree(day, months):
    """0 days, or months: what is counted first makes no difference to an end of month."""
    found = [due_dates(np.array([day]), Terms(months=months, end_of_month=method)) for method in METHODS[1:]]
    assert len(set(map(str, found))) == 1


def test_counting_days_or_months_differs_only_at_the_edges_of_a_month():
    """01/01 + 30 days is still January, 30/01 + 30 days is already March; one month is February."""
    january = np.arange(np.datetime64("2025-01-01"), np.datetime64("2025-02-01"))
    by_days = due_dates(january, read_terms("30 jours fin de mois", "DAYS_THEN_EOM"))
    by_months = due_dates(january, read_terms("30 jours fin de mois", "MONTHS_THEN_EOM"))
    assert set(by_months.tolist()) == {dt.date(2025, 2, 28)}
    assert january[by_days != by_months].tolist() == [
        dt.date(2025, 1, 1), dt.date(2025, 1, 30), dt.date(2025, 1, 31)]


def test_45_days_end_of_month_takes_60_days_on_average():
    """DOMAIN 3.3: both countings give 45 to 75 days, 59.7 on average over 2020-2029."""
    invoices = np.arange(np.datetime64("2020-01-01"), np.datetime64("2030-01-01"))
    for method in ("DAYS_THEN_EOM", "EOM_THEN_DAYS"):
        taken = (due_dates(invoices, read_terms("45 j FDM", method)) - invoices).astype(int)
        assert round(taken.mean(), 1) == 59.7
        assert (taken.min(), taken.max()) == (45, 75)
