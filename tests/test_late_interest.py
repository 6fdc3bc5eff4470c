"""Late interest: the worked examples of DOMAIN 4.4 to the cent, and what must hold for every debt."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from udfs.errors import NotAvailable, OutOfRange
from udfs.late.interest import late_interest, late_segments
from udfs.late.rates import rate_table

MARGIN = 0.10

# name, amount, due, paid, contract rate (None = ECB + 10), interest
EXAMPLES = [
    ("I1 across two half-years", 12000, "2025-05-31", "2025-09-15", None, 437.28),
    ("I3 across a year end, 365 days in a leap year too", 10000, "2023-11-30", "2024-03-15", None, 416.85),
    ("I5 at 14.25 %", 10000, "2024-09-30", "2024-10-30", None, 117.12),
    ("I5 as a contract rate", 10000, "2024-09-30", "2024-10-30", 0.1425, 117.12),
    ("I6 at 12 %", 1500, "2025-07-31", "2025-08-31", 0.12, 15.29),
    ("I7 at 10 % for 30 days", 5000, "2025-03-01", "2025-03-31", 0.10, 41.10),
    ("I8 across 1 July 2026", 8000, "2026-05-30", "2026-08-15", None, 207.57),
]
# name, amount, due, paid, [(first day, last day, days, rate, interest)]
SEGMENTS = [
    ("I1", 12000, "2025-05-31", "2025-09-15", [("2025-06-01", "2025-06-30", 30, 0.1315, 129.70),
                                               ("2025-07-01", "2025-09-15", 77, 0.1215, 307.58)]),
    ("I3", 10000, "2023-11-30", "2024-03-15", [("2023-12-01", "2023-12-31", 31, 0.14, 118.90),
                                               ("2024-01-01", "2024-03-15", 75, 0.145, 297.95)]),
    ("I8", 8000, "2026-05-30", "2026-08-15", [("2026-05-31", "2026-06-30", 31, 0.1215, 82.55),
                                              ("2026-07-01", "2026-08-15", 46, 0.124, 125.02)]),
]

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31)).map(lambda day: np.datetime64(day, "D"))


def cents(value):
    return round(float(value), 2)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_a_worked_example_to_the_cent(example):
    _, amount, due, paid, contract, expected = example
    assert cents(late_interest(amount, due, paid, MARGIN, contract)) == expected


def test_all_examples_in_one_column():
    _, amounts, due, paid, contract, expected = zip(*EXAMPLES, strict=True)
    rates = np.array([np.nan if rate is None else rate for rate in contract])
    found = late_interest(np.array(amounts), np.array(due, "datetime64[D]"), np.array(paid, "datetime64[D]"),
                          MARGIN, rates)
    assert [cents(value) for value in found] == list(expected)


@pytest.mark.parametrize("example", SEGMENTS, ids=[example[0] for example in SEGMENTS])
def test_the_segments_of_a_letter(example):
    _, amount, due, paid, expected = example
    assert [(str(s.first_day), str(s.last_day), s.days, round(s.rate, 6), cents(s.interest))
            for s in late_segments(amount, due, paid, MARGIN)] == expected


def test_a_contract_rate_gives_one_segment():
    segments = late_segments(1500, "2025-06-15", "2025-08-31", MARGIN, contract_rate=0.12)
    assert [(str(s.first_day), str(s.last_day), s.days, s.rate, cents(s.interest)) for s in segments] == [
        ("2025-06-16", "2025-08-31", 77, 0.12, 37.97)]


@pytest.mark.parametrize("paid", ["2025-05-31", "2025-05-01"])
def test_paid_on_the_due_day_or_before_costs_nothing(paid):
    assert late_interest(12000, "2025-05-31", paid, MARGIN) == 0
    assert late_segments(12000, "2025-05-31", paid, MARGIN) == []


def test_an_empty_amount_or_date_gives_an_empty_interest():
    found = late_interest([np.nan, 100, 100], np.array(["2025-05-31", "NaT", "2025-05-31"], "datetime64[D]"),
                          np.array(["2025-06-30", "2025-06-30", "NaT"], "datetime64[D]"), MARGIN)
    assert np.isnan(found).all()


def test_the_day_count_is_the_one_given():
    """I5 on 360 days: 10,000 x 14.25 % x 30 / 360 = 118.75."""
    assert cents(late_interest(10000, "2024-09-30", "2024-10-30", MARGIN, day_count=360)) == 118.75


def test_a_due_day_at_the_end_of_a_half_year_takes_the_rate_of_the_next():
    """31 days of July 2025 at 12.15 % on 10,000 = 103.19; 30 June is the due day and not counted."""
    assert cents(late_interest(10000, "2025-06-30", "2025-07-31", MARGIN)) == 103.19
    [segment] = late_segments(10000, "2025-06-30", "2025-07-31", MARGIN)
    assert segment.rate == pytest.approx(0.1215)


def test_a_half_year_without_a_rate_is_refused_by_name():
    with pytest.raises(NotAvailable, match=r"H1 2027 \(from 1 Jan 2027\)"):
        late_interest(1000, "2026-10-31", "2027-02-28", MARGIN)
    with pytest.raises(NotAvailable, match="H2 2014"):
        late_interest([1000, 1000], np.array(["2025-05-31", "2014-11-30"], "datetime64[D]"),
                      np.datetime64("2025-07-31"), MARGIN)
    with pytest.raises(NotAvailable) as refused:
        late_segments(1000, "2026-10-31", "2027-02-28", MARGIN)
    assert "semestre S1 2027 (à partir du 01/01/2027)" in refused.value.sentence("fr")


def test_a_half_year_without_a_rate_may_empty_its_row_only():
    due = np.array(["2025-05-31", "2026-10-31", "2014-11-30"], "datetime64[D]")
    paid = np.array(["2025-09-15", "2027-02-28", "2015-03-31"], "datetime64[D]")
    found = late_interest([12000, 1000, 1000], due, paid, MARGIN, [np.nan, np.nan, 0.12], refused="nan")
    assert [cents(found[0]), cents(found[2])] == [437.28, 39.78]
    assert np.isnan(found[1])


def test_a_hole_between_two_known_half_years_is_refused():
    """The half-year that the workbook left out is named, though those around it are known."""
    rates = rate_table(["2028-01-01"], [0.03], [0.02])
    with pytest.raises(NotAvailable, match="H1 2027"):
        late_interest(1000, "2026-06-30", "2028-02-28", MARGIN, rates=rates)
    assert cents(late_interest(1000, "2028-01-31", "2028-02-29", MARGIN, rates=rates)) == 10.33


def test_a_rate_of_the_workbook_counts():
    """10,000 for the 31 days of January 2027 at 2.5 % + 10 = 106.16."""
    rates = rate_table(["2027-01-01"], [0.025], [np.nan])
    assert cents(late_interest(10000, "2026-12-31", "2027-01-31", MARGIN, rates=rates)) == 106.16


@pytest.mark.parametrize("rate", [12.0, -0.01])
def test_a_contract_rate_is_a_fraction(rate):
    with pytest.raises(OutOfRange):
        late_interest(1000, "2025-05-31", "2025-06-30", MARGIN, rate)
    with pytest.raises(OutOfRange):
        late_segments(1000, "2025-05-31", "2025-06-30", MARGIN, rate)
    assert np.isnan(late_interest(1000, "2025-05-31", "2025-06-30", MARGIN, rate, refused="nan"))


@given(DAYS, DAYS, DAYS, st.sampled_from([None, 0.12]))
def test_splitting_a_period_splits_the_interest(first, second, third, contract):
    due, between, paid = sorted([first, second, third])
    whole = late_interest(10000.0, due, paid, MARGIN, contract)
    parts = late_interest(10000.0, due, between, MARGIN, contract) + late_interest(
        10000.0, between, paid, MARGIN, contract)
    assert whole == pytest.approx(parts, abs=1e-6)


@given(DAYS, DAYS, st.floats(0, 1e7), st.sampled_from([None, 0.12]))
def test_the_segments_of_a_letter_add_up_to_the_interest(due, paid, amount, contract):
    segments = late_segments(amount, due, paid, MARGIN, contract)
    assert sum(s.interest for s in segments) == pytest.approx(
        float(late_interest(amount, due, paid, MARGIN, contract)), abs=1e-6)
    assert sum(s.days for s in segments) == max(0, int((paid - due).astype(int)))


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), DAYS, DAYS), min_size=1, max_size=8))
def test_a_column_gives_what_each_row_gives_alone(rows):
    amounts, due, paid = zip(*rows, strict=True)
    column = late_interest(np.array(amounts), np.array(due), np.array(paid), MARGIN)
    assert column.tolist() == [late_interest(*row, MARGIN).item() for row in rows]


@given(DAYS, DAYS)
def test_a_day_more_never_costs_less(due, paid):
    assume(paid < np.datetime64("2026-12-31"))
    assert late_interest(1000.0, due, paid + 1, MARGIN) >= late_interest(1000.0, due, paid, MARGIN)
