"""Schedules: which instalment is due when, and amounts that total the invoice to the cent."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.terms.due_dates import Moments, due_dates
from udfs.terms.schedule import schedule
from udfs.terms.term import Instalment, Maturity, Terms


def days(*texts):
    return np.array(texts, "datetime64[D]")


def split(*shares, kinds=(), **maturity):
    """Instalments of these shares, 30, 60, 90 ... days after the invoice."""
    kinds = list(kinds) + [""] * len(shares)
    return Terms(tuple(Instalment(Fraction(share), Maturity(days=30 * place, **maturity), kind)
                       for place, (share, kind) in enumerate(zip(shares, kinds, strict=False), start=1)))


def amounts(terms, amount):
    return schedule(days("2026-01-15"), [terms], np.zeros(1, np.intp), np.array([amount])).amount.tolist()


THIRDS = split("1/3", "1/3", "1/3")


@pytest.mark.parametrize(("terms", "amount", "expected"), [
    (THIRDS, 10_000.0, [3_333.33, 3_333.33, 3_333.34]),  # DOMAIN 3.4
    (THIRDS, -10_000.0, [-3_333.33, -3_333.33, -3_333.34]), (THIRDS, 0.0, [0, 0, 0]), (THIRDS, 0.01, [0, 0, 0.01]),
    (THIRDS, 100.0, [33.33, 33.33, 33.34]), (THIRDS, 200.0, [66.67, 66.67, 66.66]),
    (split("3/10", "7/10"), 12_000.0, [3_600, 8_400]),  # DOMAIN 3.4: a deposit of 30 %
    (split("1/2", "1/2"), 0.05, [0.03, 0.02]), (split("1/2", "1/2"), -0.05, [-0.03, -0.02]),
    (split("1/2", "1/2"), 1.01, [0.51, 0.5]), (split("1/20", "19/20"), 8.10, [0.41, 7.69]),  # 40.5 cents
    (split("1"), 1.005, [1.01]), (split("1"), -1.005, [-1.01]), (split("1/2", "1/2"), 1.005, [0.51, 0.5]),
    (split("1"), 332_797_664.965, [332_797_664.97]), (THIRDS, 999_999_999_999.99, [333_333_333_333.33] * 3),
    (split("33333/100000", "66667/100000"), 1_000_000.0, [333_330, 666_670]),
])
def test_amounts_are_rounded_half_up_and_the_last_takes_the_rest(terms, amount, expected):
    assert amounts(terms, amount) == expected


def test_a_schedule_says_row_number_date_share_and_kind_of_each_line():
    terms = [Terms.net(days=60), split("3/10", "13/20", "1/20", kinds=["deposit", "", "retention"])]
    found = schedule(days("2026-01-15", "2026-02-01", "NaT"), terms, np.array([1, 0, 0]),
                     np.array([1_000.0, np.nan, 50.0]))
    assert found.row.tolist() == [0, 0, 0, 1, 2]
    assert found.number.tolist() == [1, 2, 3, 1, 1]
    assert found.due.astype(str).tolist() == ["2026-02-14", "2026-03-16", "2026-04-15", "2026-04-02", "NaT"]
    assert found.share.tolist() == [0.3, 0.65, 0.05, 1, 1]
    assert found.kind.tolist() == ["deposit", "", "retention", "", ""]
    np.testing.assert_array_equal(found.amount, [300, 650, 50, np.nan, 50])


def test_an_amount_that_is_not_known_leaves_every_instalment_open():
    assert np.isnan(amounts(THIRDS, np.nan)).all()


def test_each_line_counts_from_its_own_base_date():
    """30 % at the order, the rest 30 days from delivery; without these dates from the invoice."""
    terms = Terms((Instalment(Fraction(3, 10), Maturity(base="order"), "deposit"),
                   Instalment(Fraction(7, 10), Maturity(days=30, base="delivery"))))
    moments = Moments(days("2026-03-01", "2026-03-01"), days("2026-03-10", "NaT"), days("2026-02-01", "NaT"))
    found = schedule(moments, [terms], np.zeros(2, np.intp), np.array([100.0, 100.0]))
    assert found.due.astype(str).tolist() == ["2026-02-01", "2026-04-09", "2026-03-01", "2026-03-31"]


def test_six_monthly_instalments_from_31_january():
    """DOMAIN 3.4: 31/01, 28/02, 31/03, 30/04, 31/05, 30/06."""
    terms = Terms(tuple(Instalment(Fraction(1, 6), Maturity(later=months)) for months in range(6)))
    found = schedule(days("2026-01-31"), [terms], np.zeros(1, np.intp), np.array([600.0]))
    assert found.due.astype(str).tolist() == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31",
                                              "2026-06-30"]


def test_no_rows_no_lines():
    assert all(len(column) == 0 for column in schedule(days(), [THIRDS], np.empty(0, np.intp), np.empty(0)))


SHARES = st.lists(st.integers(1, 1_000), min_size=1, max_size=6).map(
    lambda parts: [Fraction(part, sum(parts)) for part in parts])
CENTS = st.integers(-10**12, 10**12)
ROWS = st.lists(st.tuples(SHARES, CENTS), min_size=1, max_size=8)


def in_cents(amount):
    return int(Decimal(repr(amount)) * 100)


@given(ROWS)
def test_the_lines_of_an_invoice_total_its_amount_to_the_cent(rows):
    found = schedule(np.repeat(days("2026-01-31"), len(rows)), [split(*shares) for shares, _ in rows],
                     np.arange(len(rows)), np.array([cents / 100 for _, cents in rows]))
    for row, (shares, cents) in enumerate(rows):
        lines = [in_cents(amount) for amount in found.amount[found.row == row].tolist()]
        assert len(lines) == len(shares)
        assert sum(lines) == cents
        # All but the last are rounded half-up by themselves, as on paper.
        assert lines[:-1] == [int((Decimal(cents) * share.numerator / share.denominator).quantize(
            Decimal(1), ROUND_HALF_UP)) for share in shares[:-1]]


@given(SHARES, CENTS)
def test_a_credit_note_has_the_lines_of_the_invoice_with_the_other_sign(shares, cents):
    assert amounts(split(*shares), -cents / 100) == [-amount for amount in amounts(split(*shares), cents / 100)]


@given(st.integers(0, 10**13))
def test_half_a_cent_counts_as_half_whatever_the_binary_number_says(cents):
    assert [in_cents(amount) for amount in amounts(split("1"), (10 * cents + 5) / 1000)] == [cents + 1]


@given(st.dates(), SHARES, st.integers(0, 11))
def test_the_last_line_falls_on_the_due_date(day, shares, months):
    terms, invoice = split(*shares, later=months), days(day)
    found = schedule(invoice, [terms], np.zeros(1, np.intp), np.array([1.0]))
    assert found.due[-1] == due_dates(invoice, terms)[0]
    assert (found.due >= invoice).all()
