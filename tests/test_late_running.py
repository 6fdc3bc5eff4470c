"""One debt as it runs: lines of interest between half-years, payments and credit notes; the floor of a contract."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_late_rates import policy
from udfs.errors import NotAvailable, OutOfRange
from udfs.late.interest import late_interest
from udfs.late.modes import moving_rates
from udfs.late.rates import penalty_floor
from udfs.late.running import Payment, lines
from udfs.tables.policy import default_policy

POLICY = default_policy()
MOVING = moving_rates("HALF_YEAR", POLICY)
FLOOR = penalty_floor(POLICY)


def day(text):
    return np.datetime64(text, "D")


def paid(*rows):
    return [Payment(day(when), amount) for when, amount in rows]


def run(amount, due, until, moving=MOVING, payments=(), **more):
    return lines(amount, day(due), day(until), moving, payments, **more)


def shown(found):
    """First day, last day, days, balance, rate, interest to the cent."""
    return [(str(line.first_day), str(line.last_day), line.days, round(line.balance, 2), round(line.rate, 6),
             round(line.interest, 2)) for line in found]


def total(found):
    return round(sum(line.interest for line in found), 2)


# The ten cases of DOMAIN 4.4 as section 0 corrects them: name, arguments, lines, total

CASES = [
    ("I1", (12000, "2025-05-31", "2025-09-15"), {}, [
        ("2025-06-01", "2025-06-30", 30, 12000, 0.1315, 129.70),
        ("2025-07-01", "2025-09-15", 77, 12000, 0.1215, 307.58)], 437.28),
    ("I2", (12000, "2025-05-31", "2025-09-15", moving_rates("FLOOR", POLICY)), {}, [
        ("2025-06-01", "2025-06-30", 30, 12000, 0.1113, 109.78),
        ("2025-07-01", "2025-09-15", 77, 12000, 0.0828, 209.61)], 319.38),
    ("I3", (10000, "2023-11-30", "2024-03-15"), {}, [
        ("2023-12-01", "2023-12-31", 31, 10000, 0.14, 118.90),
        ("2024-01-01", "2024-03-15", 75, 10000, 0.145, 297.95)], 416.85),
    ("I4", (10000, "2023-11-30", "2024-03-15"), {"day_count": "actual"}, [
        ("2023-12-01", "2023-12-31", 31, 10000, 0.14, 118.90),
        ("2024-01-01", "2024-03-15", 75, 10000, 0.145, 297.13)], 416.04),
    ("I5", (10000, "2024-09-30", "2024-10-30"), {}, [
        ("2024-10-01", "2024-10-30", 30, 10000, 0.1425, 117.12)], 117.12),
    ("I6", (1500, "2025-07-31", "2025-08-31"), {"fixed": 0.12}, [
        ("2025-08-01", "2025-08-31", 31, 1500, 0.12, 15.29)], 15.29),
    ("I7", (5000, "2025-03-01", "2025-03-31"), {"fixed": 0.10}, [
        ("2025-03-02", "2025-03-31", 30, 5000, 0.10, 41.10)], 41.10),
    ("I8", (8000, "2026-05-30", "2026-08-15"), {}, [
        ("2026-05-31", "2026-06-30", 31, 8000, 0.1215, 82.55),
        ("2026-07-01", "2026-08-15", 46, 8000, 0.124, 125.02)], 207.57),
    ("I9 frozen: one line", (8000, "2026-05-30", "2026-08-15"), {"fixed": 0.1015}, [
        ("2026-05-31", "2026-08-15", 77, 8000, 0.1015, 171.30)], 171.30),
    ("I10 interest first", (10000, "2026-05-01", "2026-09-03"),
     {"payments": paid(("2026-07-01", 4000)), "imputation": "INTEREST_FIRST"}, [
        ("2026-05-02", "2026-06-30", 60, 10000, 0.1215, 199.73),
        ("2026-07-01", "2026-07-01", 1, 10000, 0.124, 3.40),
        ("2026-07-02", "2026-09-03", 64, 6203.12, 0.124, 134.87)], 337.99),
    ("I10 principal first", (10000, "2026-05-01", "2026-09-03"), {"payments": paid(("2026-07-01", 4000))}, [
        ("2026-05-02", "2026-06-30", 60, 10000, 0.1215, 199.73),
        ("2026-07-01", "2026-07-01", 1, 10000, 0.124, 3.40),
        ("2026-07-02", "2026-09-03", 64, 6000, 0.124, 130.45)], 333.58),
    ("I10 due a day earlier, interest first", (10000, "2026-04-30", "2026-09-03"),
     {"payments": paid(("2026-07-01", 4000)), "imputation": "INTEREST_FIRST"}, [
        ("2026-05-01", "2026-06-30", 61, 10000, 0.1215, 203.05),
        ("2026-07-01", "2026-07-01", 1, 10000, 0.124, 3.40),
        ("2026-07-02", "2026-09-03", 64, 6206.45, 0.124, 134.94)], 341.40),
    ("I10 due a day earlier, principal first", (10000, "2026-04-30", "2026-09-03"),
     {"payments": paid(("2026-07-01", 4000))}, [
        ("2026-05-01", "2026-06-30", 61, 10000, 0.1215, 203.05),
        ("2026-07-01", "2026-07-01", 1, 10000, 0.124, 3.40),
        ("2026-07-02", "2026-09-03", 64, 6000, 0.124, 130.45)], 336.91),
]


@pytest.mark.parametrize(("arguments", "more", "expected", "interest"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])
def test_the_lines_of_a_worked_example(arguments, more, expected, interest):
    found = run(*arguments, **more)
    assert shown(found) == expected
    assert total(found) == interest


# Payments

@pytest.mark.parametrize("rows", [
    [("2026-07-01", 2500), ("2026-07-01", 1500)],                          # several a day
    [("2026-07-01", 4000), ("2026-12-01", 1000)],                          # one after the day counted to
    [("2026-07-01", 3000), ("2026-07-01", 0), ("2026-07-01", 1000)],
])
@pytest.mark.parametrize(("imputation", "interest"), [("INTEREST_FIRST", 337.99), ("PRINCIPAL_FIRST", 333.58)])
def test_payments_of_one_day_count_together(rows, imputation, interest):
    assert total(run(10000, "2026-05-01", "2026-09-03", payments=paid(*rows), imputation=imputation)) == interest


@pytest.mark.parametrize("imputation", ["INTEREST_FIRST", "PRINCIPAL_FIRST"])
@pytest.mark.parametrize("when", ["2026-04-15", "2026-05-01"])
def test_what_is_paid_up_to_the_due_date_lowers_the_debt(when, imputation):
    """6,000 from 02/05: 60 d x 12.15 % = 119.84, 65 d x 12.40 % = 132.49."""
    found = run(10000, "2026-05-01", "2026-09-03", payments=paid((when, 4000)), imputation=imputation)
    assert shown(found) == [("2026-05-02", "2026-06-30", 60, 6000, 0.1215, 119.84),
                            ("2026-07-01", "2026-09-03", 65, 6000, 0.124, 132.49)]


def test_in_any_order():
    rows = [("2026-08-01", 1000), ("2026-04-15", 2000), ("2026-06-10", 3000)]
    assert run(10000, "2026-05-01", "2026-09-03", payments=paid(*rows)) == run(
        10000, "2026-05-01", "2026-09-03", payments=paid(*sorted(rows)))


@pytest.mark.parametrize("amount", [10000, 25000])
def test_a_debt_paid_off_bears_nothing_more(amount):
    found = run(10000, "2026-05-01", "2026-09-03", payments=paid(("2026-06-30", amount), ("2026-07-15", 500)))
    assert shown(found) == [("2026-05-02", "2026-06-30", 60, 10000, 0.1215, 199.73)]
    assert run(10000, "2026-05-01", "2026-09-03", payments=paid(("2026-05-01", amount))) == []


def test_the_principal_alone_does_not_pay_off_where_interest_comes_first():
    """10,000 paid after 60 days: 199.73 of it is interest, 199.73 of principal stays for 65 days at 12.40 % = 4.41."""
    found = run(10000, "2026-05-01", "2026-09-03", payments=paid(("2026-06-30", 10000)), imputation="INTEREST_FIRST")
    assert shown(found)[1] == ("2026-07-01", "2026-09-03", 65, 199.73, 0.124, 4.41)


def test_a_credit_note_lowers_the_principal_even_where_interest_comes_first():
    credit = [Payment(day("2026-07-01"), 4000, credit_note=True)]
    assert total(run(10000, "2026-05-01", "2026-09-03", payments=credit, imputation="INTEREST_FIRST")) == 333.58


# Rates

def test_a_fixed_rate_is_one_line_but_years_of_their_own_length_where_that_counts():
    assert len(run(10000, "2023-11-30", "2024-08-15", fixed=0.14)) == 1
    found = run(10000, "2023-11-30", "2024-08-15", fixed=0.14, day_count="actual")
    assert [(line.days, round(line.interest, 2)) for line in found] == [(31, 118.90), (228, 872.13)]


def test_a_contract_rate_below_the_floor_stands_beside_the_lawful_one_and_is_never_swapped():
    """14.5 % in 2024: below 3 x 5.07 = 15.21 % and 3 x 4.92 = 14.76 %, above 3 x 3.71 = 11.13 % in 2025."""
    found = run(10000, "2024-05-31", "2025-01-31", fixed=0.145, floor=FLOOR)
    assert [(str(line.first_day), line.days, line.rate, line.lawful and round(line.lawful, 4)) for line in found] == [
        ("2024-06-01", 30, 0.145, 0.145), ("2024-07-01", 184, 0.145, 0.1425), ("2025-01-01", 31, 0.145, None)]
    assert total(found) == 973.29  # 245 days at 14.5 %


def test_three_times_the_legal_rate_is_lawful():
    (line,) = run(10000, "2025-07-31", "2025-08-31", fixed=0.0828, floor=FLOOR)
    assert line.lawful is None


def test_a_floor_that_is_not_known_does_not_stop_the_interest():
    own = policy(("2027-01-01", 0.0265, ""))
    (line,) = run(10000, "2026-12-31", "2027-01-31", moving_rates("CONTRACT", own), fixed=0.05,
                  floor=penalty_floor(own))
    assert (round(line.interest, 2), np.isnan(line.lawful)) == (42.47, True)


def test_refusals():
    with pytest.raises(NotAvailable, match="H1 2027"):
        run(1000, "2026-10-31", "2027-02-28")
    with pytest.raises(OutOfRange, match="write 12 % as"):
        run(1000, "2026-05-31", "2026-06-30", fixed=12.0)


# What holds for every debt

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31)).map(lambda one: np.datetime64(one, "D"))
AMOUNTS = st.integers(1, 10_000_000).map(lambda cents: cents / 100)
PAYMENTS = st.lists(st.builds(Payment, DAYS, AMOUNTS, st.booleans()), max_size=5)


@given(AMOUNTS, DAYS, DAYS, st.sampled_from([np.nan, 0.12]), st.sampled_from(["365", "360", "actual"]))
def test_without_payments_the_lines_add_up_to_the_interest(amount, due, until, fixed, count):
    found = lines(amount, due, until, MOVING, fixed=fixed, day_count=count)
    assert sum(line.interest for line in found) == pytest.approx(
        float(late_interest(amount, due, until, MOVING, fixed, count)), abs=1e-6)
    assert sum(line.days for line in found) == max(0, int((until - due).astype(int)))


@given(AMOUNTS, DAYS, DAYS, PAYMENTS)
def test_interest_first_never_costs_the_debtor_less(amount, due, until, payments):
    principal, interest = (sum(line.interest for line in lines(amount, due, until, MOVING, payments, one))
                           for one in ("PRINCIPAL_FIRST", "INTEREST_FIRST"))
    assert interest >= principal - 1e-9


@given(AMOUNTS, DAYS, DAYS, DAYS, PAYMENTS)
def test_the_lines_of_a_longer_delay_begin_with_those_of_the_shorter(amount, first, second, third, payments):
    due, between, until = sorted([first, second, third])
    short, long = (lines(amount, due, end, MOVING, payments, "INTEREST_FIRST") for end in (between, until))
    assert sum(line.interest for line in long) >= sum(line.interest for line in short) - 1e-9
    assert all(long[row] == line for row, line in enumerate(short[:-1]))


@given(AMOUNTS, DAYS, DAYS, PAYMENTS)
def test_lines_follow_one_another_and_a_balance_only_falls(amount, due, until, payments):
    found = lines(amount, due, until, MOVING, payments)
    for before, after in pairwise(found):
        assert after.first_day == before.last_day + 1
        assert after.balance <= before.balance
    assert all(line.first_day <= line.last_day and line.first_day > due and line.last_day <= until for line in found)
