"""Late interest: the worked examples of DOMAIN 4.4 to the cent, and what must hold for every debt."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.test_late_rates import policy
from udfs.errors import NotAvailable, OutOfRange
from udfs.late.interest import late_interest
from udfs.late.modes import moving_rates
from udfs.tables.policy import default_policy

MOVING = moving_rates("HALF_YEAR", default_policy())

# name, amount, due, paid, fixed rate (None = ECB + 10), interest
EXAMPLES = [
    ("I1 across two half-years", 12000, "2025-05-31", "2025-09-15", None, 437.28),
    ("I3 across a year end, 365 days in a leap year too", 10000, "2023-11-30", "2024-03-15", None, 416.85),
    ("I5 at 14.25 %", 10000, "2024-09-30", "2024-10-30", None, 117.12),
    ("I5 as a contract rate", 10000, "2024-09-30", "2024-10-30", 0.1425, 117.12),
    ("I6 at 12 %", 1500, "2025-07-31", "2025-08-31", 0.12, 15.29),
    ("I7 at 10 % for 30 days", 5000, "2025-03-01", "2025-03-31", 0.10, 41.10),
    ("I8 across 1 July 2026", 8000, "2026-05-30", "2026-08-15", None, 207.57),
    ("I9 frozen at 10.15 %", 8000, "2026-05-30", "2026-08-15", 0.1015, 171.30),
]

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31)).map(lambda day: np.datetime64(day, "D"))


def cents(value):
    return round(float(value), 2)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_a_worked_example_to_the_cent(example):
    _, amount, due, paid, contract, expected = example
    assert cents(late_interest(amount, due, paid, MOVING, contract)) == expected


def test_all_examples_in_one_column():
    _, amounts, due, paid, contract, expected = zip(*EXAMPLES, strict=True)
    rates = np.array([np.nan if rate is None else rate for rate in contract])
    found = late_interest(np.array(amounts), np.array(due, "datetime64[D]"), np.array(paid, "datetime64[D]"),
                          MOVING, rates)
    assert [cents(value) for value in found] == list(expected)


@pytest.mark.parametrize("paid", ["2025-05-31", "2025-05-01"])
def test_paid_on_the_due_day_or_before_costs_nothing(paid):
    assert late_interest(12000, "2025-05-31", paid, MOVING) == 0


def test_an_empty_amount_or_date_gives_an_empty_interest():
    found = late_interest([np.nan, 100, 100], np.array(["2025-05-31", "NaT", "2025-05-31"], "datetime64[D]"),
                          np.array(["2025-06-30", "2025-06-30", "NaT"], "datetime64[D]"), MOVING)
    assert np.isnan(found).all()


@pytest.mark.parametrize(("day_count", "interest"), [("365", 416.85), ("actual", 416.04), ("360", 422.64)])
def test_the_day_count_is_the_one_given(day_count, interest):
    """I3 and I4: 31 days at 14 % and 75 days at 14.5 % on 10,000; 75 / 366 in the leap year; x 365 / 360."""
    assert cents(late_interest(10000, "2023-11-30", "2024-03-15", MOVING, day_count=day_count)) == interest
    at_one_rate = late_interest(10000, "2023-11-30", "2024-03-15", MOVING, 0.14, day_count)
    assert cents(at_one_rate) == {"365": 406.58, "actual": 405.79, "360": 412.22}[day_count]


def test_a_due_day_at_the_end_of_a_half_year_takes_the_rate_of_the_next():
    """31 days of July 2025 at 12.15 % on 10,000 = 103.19; 30 June is the due day and not counted."""
    assert cents(late_interest(10000, "2025-06-30", "2025-07-31", MOVING)) == 103.19


def test_the_half_year_of_the_due_day_alone_is_not_needed():
    """Due on the last day before the rates that are known: 31 days of January 2015 at 10.05 % on 10,000 = 85.36."""
    assert cents(late_interest(10000, "2014-12-31", "2015-01-31", MOVING)) == 85.36


def test_a_half_year_without_a_rate_is_refused_by_name():
    with pytest.raises(NotAvailable, match=r"H1 2027 \(from 1 Jan 2027\)"):
        late_interest(1000, "2026-10-31", "2027-02-28", MOVING)
    with pytest.raises(NotAvailable, match="H2 2014"):
        late_interest([1000, 1000], np.array(["2025-05-31", "2014-11-30"], "datetime64[D]"),
                      np.datetime64("2025-07-31"), MOVING)
    with pytest.raises(NotAvailable) as refused:
        late_interest(1000, "2026-10-31", "2027-02-28", MOVING)
    assert "semestre S1 2027 (à partir du 01/01/2027)" in refused.value.sentence("fr")


def test_a_half_year_without_a_rate_may_empty_its_row_only():
    due = np.array(["2025-05-31", "2026-10-31", "2014-11-30"], "datetime64[D]")
    paid = np.array(["2025-09-15", "2027-02-28", "2015-03-31"], "datetime64[D]")
    found = late_interest([12000, 1000, 1000], due, paid, MOVING, [np.nan, np.nan, 0.12], refused="nan")
    assert [cents(found[0]), cents(found[2])] == [437.28, 39.78]
    assert np.isnan(found[1])


def test_a_hole_between_two_known_half_years_is_refused():
    """The half-year that the workbook left out is named, though those around it are known."""
    moving = moving_rates("HALF_YEAR", policy(("2028-01-01", 0.03, 0.02)))
    with pytest.raises(NotAvailable, match="H1 2027"):
        late_interest(1000, "2026-06-30", "2028-02-28", moving)
    assert cents(late_interest(1000, "2028-01-31", "2028-02-29", moving)) == 10.33


def test_a_rate_of_the_workbook_counts():
    """10,000 for the 31 days of January 2027 at 2.5 % + 10 = 106.16."""
    moving = moving_rates("HALF_YEAR", policy(("2027-01-01", 0.025, "")))
    assert cents(late_interest(10000, "2026-12-31", "2027-01-31", moving)) == 106.16


@pytest.mark.parametrize("rate", [12.0, -0.01])
def test_a_contract_rate_is_a_fraction(rate):
    with pytest.raises(OutOfRange):
        late_interest(1000, "2025-05-31", "2025-06-30", MOVING, rate)
    assert np.isnan(late_interest(1000, "2025-05-31", "2025-06-30", MOVING, rate, refused="nan"))


@given(DAYS, DAYS, DAYS, st.sampled_from([None, 0.12]), st.sampled_from(["365", "360", "actual"]))
def test_splitting_a_period_splits_the_interest(first, second, third, contract, count):
    due, between, paid = sorted([first, second, third])
    whole = late_interest(10000.0, due, paid, MOVING, contract, count)
    parts = late_interest(10000.0, due, between, MOVING, contract, count) + late_interest(
        10000.0, between, paid, MOVING, contract, count)
    assert whole == pytest.approx(parts, abs=1e-6)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), DAYS, DAYS), min_size=1, max_size=8))
def test_a_column_gives_what_each_row_gives_alone(rows):
    amounts, due, paid = zip(*rows, strict=True)
    column = late_interest(np.array(amounts), np.array(due), np.array(paid), MOVING)
    assert column.tolist() == [late_interest(*row, MOVING).item() for row in rows]


@given(DAYS, DAYS)
def test_a_day_more_never_costs_less(due, paid):
    assume(paid < np.datetime64("2026-12-31"))
    assert late_interest(1000.0, due, paid + 1, MOVING) >= late_interest(1000.0, due, paid, MOVING)


@given(DAYS, DAYS, st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_larger_debt_never_costs_less(due, paid, amount, more):
    assert late_interest(amount + more, due, paid, MOVING) >= late_interest(amount, due, paid, MOVING)
