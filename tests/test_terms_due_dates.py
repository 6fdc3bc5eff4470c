"""Due dates: the 107 worked vectors of DOMAIN 3.6, others worked out by hand, and what must hold for every term."""

import csv
import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.terms.columns import read_terms_column
from udfs.terms.due_dates import BLOCK, Moments, due_dates
from udfs.terms.grammar import Refusal
from udfs.terms.language import read_terms
from udfs.terms.term import Instalment, Maturity, Terms

with (Path(__file__).parent / "vectors" / "terms.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = list(csv.DictReader(file))
VECTORS_IDS = [f"{row['number']} {row['label']}" for row in VECTORS]

METHODS = ["", "DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2150, 12, 31)).map(lambda day: np.datetime64(day, "D"))
DAYS_IN_MONTH = st.sets(st.integers(1, 31), max_size=3).map(lambda found: tuple(sorted(found)))
COUNTED = st.builds(
    Terms.net, days=st.integers(0, 400), months=st.integers(0, 12), end_of_month=st.sampled_from(METHODS),
    on_days=DAYS_IN_MONTH, base=st.sampled_from(["invoice", "delivery", "order", "receipt"]),
).filter(lambda terms: not terms.maturity.months or terms.maturity.days < 30)
TERMS = COUNTED | st.builds(Terms.net, days=st.integers(0, 90), decade=st.just(True), base=st.just("delivery"))
WHOLE = Fraction(1)


def days(*texts):
    return np.array(texts, "datetime64[D]")


def cells(*values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def due_date_column(invoice_dates, terms_cells, delivery_dates=None, methods=None, default_method="DAYS_THEN_EOM",
                    default_terms="", order_dates=None, receipt_dates=None):
    """Due dates of rows that each have their own cell of terms, and the rows whose cell cannot be read."""
    found, place = read_terms_column(terms_cells, methods, default_method, default_terms)
    refused = np.array([isinstance(terms, Refusal) for terms in found], dtype=bool)
    empty = np.array([terms == Refusal("terms.empty") for terms in found], dtype=bool)
    known = [Terms() if isinstance(terms, Refusal) else terms for terms in found]
    due = due_dates(Moments(invoice_dates, delivery_dates, order_dates, receipt_dates), known, place)
    due[refused[place]] = np.datetime64("NaT")
    return due, (refused & ~empty)[place]


@pytest.mark.parametrize("row", VECTORS, ids=VECTORS_IDS)
def test_the_wording_gives_the_due_date_of_the_vector(row):
    terms = read_terms(row["terms"], row["method"])
    assert str(due_dates(days(row["base_date"]), terms)[0]) == row["due_date"]
    assert (np.datetime64(row["due_date"]) - np.datetime64(row["base_date"])).astype(int) == int(row["days"])


def test_the_vectors_are_the_107_published_ones_and_those_by_hand():
    assert [int(row["number"]) for row in VECTORS] == list(range(1, 132))
    assert all(row["source"].startswith("by hand") == (int(row["number"]) > 107) for row in VECTORS)


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


def test_each_base_date_counts_where_it_is_known():
    """20 days from 1 March (invoice), 3 March (receipt), 4 March (delivery), 25 February (order)."""
    bases = ["invoice", "receipt", "delivery", "order"]
    terms = [Terms.net(days=20, base=base) for base in bases]
    known = Moments(days(*["2025-03-01"] * 4), days(*["2025-03-04"] * 4), days(*["2025-02-25"] * 4),
                    days(*["2025-03-03"] * 4))
    assert due_dates(known, terms, np.arange(4)).astype(str).tolist() == [
        "2025-03-21", "2025-03-23", "2025-03-24", "2025-03-17"]
    empty = days(*["NaT"] * 4)
    for unknown in (Moments(known.invoice), Moments(known.invoice, empty, empty, empty)):
        assert set(due_dates(unknown, terms, np.arange(4)).astype(str)) == {"2025-03-21"}


def test_a_delivery_is_enough_where_the_invoice_has_no_date():
    due = due_dates(Moments(days("NaT", "NaT"), days("2025-03-04", "NaT")), Terms.net(days=20, base="delivery"))
    assert due.tolist() == [dt.date(2025, 3, 24), None]


@pytest.mark.parametrize(("maturity", "invoice", "due"), [
    # DOMAIN 3.4: from the anchor, never from a day that a short month has clipped.
    (Maturity(), "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
    (Maturity(months=1), "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    (Maturity(months=1), "2023-12-31", ["2024-01-31", "2024-02-29", "2024-03-31"]),
    (Maturity(days=30), "2025-12-01", ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31"]),
    (Maturity(days=30, end_of_month="DAYS_THEN_EOM"), "2026-01-15", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    (Maturity(days=30, end_of_month="MONTHS_THEN_EOM"), "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    (Maturity(end_of_month="EOM_THEN_DAYS"), "2026-02-10", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    (Maturity(days=45, end_of_month="EOM_THEN_15TH"), "2025-11-20", ["2026-01-15", "2026-02-15", "2026-03-15"]),
    (Maturity(days=30, end_of_month="EOM_THEN_DAYS"), "2025-01-15", ["2025-03-02", "2025-04-02", "2025-05-02"]),
    (Maturity(on_days=(31,)), "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    (Maturity(on_days=(10, 25)), "2026-01-10", ["2026-01-25", "2026-02-25", "2026-03-25"]),
    (Maturity(days=30, end_of_month="DAYS_THEN_EOM", on_days=(10,)), "2026-01-31", ["2026-04-10", "2026-05-10"]),
])
def test_instalments_are_anchored_on_the_day_that_the_term_names(maturity, invoice, due):
    terms = [Terms((Instalment(WHOLE, replace(maturity, later=months)),)) for months in range(len(due))]
    found = due_dates(days(*[invoice] * len(due)), terms, np.arange(len(due)))
    assert found.astype(str).tolist() == due


@pytest.mark.parametrize(("invoice", "on_days", "due"), [
    ("2025-02-09", (10, 20), "2025-02-10"), ("2025-02-10", (10, 20), "2025-02-20"),
    ("2025-02-20", (10, 20), "2025-03-10"), ("2025-02-20", (10, 30), "2025-02-28"),
    ("2025-02-28", (10, 30), "2025-03-10"), ("2024-02-28", (15, 30, 31), "2024-02-29"),
    ("2025-12-31", (1, 31), "2026-01-01"), ("2025-12-25", (5, 25), "2026-01-05"),
])
def test_of_several_payment_days_the_first_strictly_after_the_date_counts(invoice, on_days, due):
    assert due_dates(days(invoice), Terms.net(on_days=on_days)).astype(str).tolist() == [due]


def test_terms_of_different_numbers_of_payment_days_stand_in_one_column():
    terms = [Terms.net(on_days=(10,)), Terms.net(), Terms.net(on_days=(5, 15, 25))]
    assert due_dates(days(*["2025-03-12"] * 3), terms, np.arange(3)).astype(str).tolist() == [
        "2025-04-10", "2025-03-12", "2025-03-15"]


def test_of_split_terms_the_last_instalment_is_the_due_date_and_a_retention_is_not():
    tenth = Fraction(1, 10)
    terms = Terms((Instalment(tenth, Maturity(base="order"), "deposit"), Instalment(tenth * 8, Maturity(days=30)),
                   Instalment(tenth, Maturity(months=12, base="delivery"), "retention")))
    assert due_dates(days("2025-03-01"), terms).tolist() == [dt.date(2025, 3, 31)]


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
    """One row is counted by itself; of many rows each day is counted once and looked up."""
    long = np.arange(day, day + 400)
    assert due_dates(long, terms)[:1] == due_dates(np.array([day]), terms)


@given(st.lists(TERMS, min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_a_column_that_looks_dates_up_gives_what_row_by_row_counting_gives(terms, seed):
    chance = np.random.default_rng(seed)
    invoices = np.datetime64("2023-11-01") + chance.integers(0, 90, 2_000)
    invoices[::11] = np.datetime64("NaT")
    place = chance.integers(0, len(terms), 2_000)
    far = np.append(invoices, np.datetime64("1950-01-01"))
    assert due_dates(far, terms, np.append(place, 0))[:-1].tolist() == due_dates(invoices, terms, place).tolist()


def test_a_column_longer_than_a_block_is_counted_to_its_end():
    invoices = np.datetime64("2025-01-01") + np.arange(2 * BLOCK + 3) % 365
    due = due_dates(invoices, [Terms.net(days=30), Terms.net(days=60)], np.arange(len(invoices)) % 2)
    assert ((due - invoices).astype(int) == np.where(np.arange(len(invoices)) % 2, 60, 30)).all()


@given(st.lists(st.tuples(DAYS, TERMS), min_size=1, max_size=10))
def test_a_mixed_column_gives_what_each_term_gives_alone(rows):
    texts = cells(*(terms.words("fr") for _, terms in rows))
    due, unreadable = due_date_column(np.array([day for day, _ in rows]), texts)
    assert not unreadable.any()
    assert due.tolist() == [due_dates(np.array([day]), terms)[0].item() for day, terms in rows]


@given(DAYS, st.integers(0, 400))
def test_days_then_end_of_month_never_falls_before_the_net_days(day, count):
    net = due_dates(np.array([day]), Terms.net(days=count))
    then_end = due_dates(np.array([day]), Terms.net(days=count, end_of_month="DAYS_THEN_EOM"))
    assert (then_end >= net).all()
    assert (then_end + 1).astype("datetime64[M]") > net.astype("datetime64[M]")


@given(DAYS, st.integers(0, 12))
def test_counting_in_whole_months_the_conventions_agree(day, months):
    """0 days, or months: what is counted first makes no difference to an end of month."""
    found = [due_dates(np.array([day]), Terms.net(months=months, end_of_month=method)) for method in METHODS[1:]]
    assert len(set(map(str, found))) == 1


@given(DAYS, st.integers(0, 29), DAYS_IN_MONTH)
def test_up_to_29_days_after_the_end_of_the_month_the_two_conventions_agree(day, count, on_days):
    """Only from 30 days on does one of them count months."""
    first, second = (due_dates(np.array([day]), Terms.net(days=count, end_of_month=method, on_days=on_days))
                     for method in ("EOM_THEN_DAYS", "EOM_THEN_15TH"))
    assert first == second


@given(DAYS, st.integers(0, 400), st.sampled_from(["DAYS_THEN_EOM", "MONTHS_THEN_EOM"]), st.integers(0, 24))
def test_what_ends_with_the_end_of_month_is_the_last_day_of_a_month(day, count, method, months):
    due = due_dates(np.array([day]), Terms((Instalment(WHOLE, Maturity(count, 0, method, later=months)),)))
    assert (due + 1).astype("datetime64[M]").astype("datetime64[D]") == due + 1


@given(DAYS, st.integers(0, 12))
def test_from_the_8th_to_the_28th_30_days_an_end_of_month_are_a_month(day, months):
    """Up to twelve months last at most 7 days more than 30 days each, and at most 2 less: hence 8 and 28."""
    start = day.astype("datetime64[M]").astype("datetime64[D]")
    dates = np.arange(start + 7, start + 28)
    by_days, by_months = (due_dates(dates, Terms.net(days=30 * months, end_of_month=method))
                          for method in ("DAYS_THEN_EOM", "MONTHS_THEN_EOM"))
    assert (by_days == by_months).all()


def test_30_days_and_a_month_differ_on_these_days_of_two_years_and_no_other():
    """From the 1st of a long month 30 days end in it; from 30 or 31 January (31 in a leap year) they pass February."""
    dates = np.arange(np.datetime64("2023-01-01"), np.datetime64("2025-01-01"))
    by_days, by_months = (due_dates(dates, Terms.net(days=30, end_of_month=method))
                          for method in ("DAYS_THEN_EOM", "MONTHS_THEN_EOM"))
    long = [f"{year}-{month}-01" for year in (2023, 2024) for month in ("01", "03", "05", "07", "08", "10", "12")]
    assert dates[by_days != by_months].astype(str).tolist() == sorted(
        [*long, "2023-01-30", "2023-01-31", "2024-01-31"])


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
