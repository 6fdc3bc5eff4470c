"""Early payment: cash discounts as a yearly rate, what they leave to pay, and the cost of factoring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import CREDIT_BOOK, DISCOUNT_BREAK_EVEN, DISCOUNT_COST, DISCOUNT_OFFER, FACTORING_COST
from udfs.errors import CreditError, OutOfRange, WrongArgument

INVOICES = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-08-01", "2026-09-30", 1_000.0]]


@pytest.mark.parametrize(("arguments", "rate"), [
    ((0.02, 20), 37.24), ((0.02, 20, "oui"), 44.59),      # 2/10 net 30, DOMAIN 3.4
    (("2 %", 20, False), 37.24), ((0.01, 30), 12.29), ((0.03, 45, True), 28.03), ((0, 30), 0)])
def test_the_yearly_rate_of_a_discount(arguments, rate):
    assert round(DISCOUNT_COST(*arguments) * 100, 2) == rate


def test_the_break_even_discount():
    """8 % for 50 days: 1.084 %, not the linear 1.096 % (DOMAIN 0)."""
    assert round(DISCOUNT_BREAK_EVEN(0.08, 50) * 100, 3) == 1.084
    assert DISCOUNT_BREAK_EVEN("8 %", 0) == 0


@pytest.mark.parametrize(("arguments", "left"), [
    ((10_000, 0.02, 0.20), 11_760),   # 9,800 + VAT 1,960, DOMAIN 3.4
    ((12_000, 0.02), 11_760),         # the same invoice incl. VAT: no VAT is added
    ((10_000, "2%", "5,5 %"), 10_339), ((99.99, 0.03, 0.2), 116.39), ((10_000, 0), 10_000), ((10_000, 1, 0.2), 0)])
def test_what_a_discount_leaves_to_pay(arguments, left):
    """99.99 less 3 % is 96.99, and its VAT 19.40."""
    assert DISCOUNT_OFFER(*arguments) == left


@pytest.mark.parametrize(("arguments", "cost"), [
    ((25_000, 60, 0.009, 0.04), 375),                # 225 + 22,500 x 4 % x 60 / 360 = 150
    ((25_000, 60, 0.009, 0.04, 0.20), 358.33),       # 225 + 20,000 x 4 % x 60 / 360 = 133.33
    ((25_000, 60, 0.009, 0.04, 0, 50), 441.67),      # 225 + 166.67 + 50
    ((25_000, 0, 0.009, 0.04), 225), ((25_000, 60, 0, "4 %"), 150)])
def test_the_cost_of_factoring(arguments, cost):
    assert FACTORING_COST(*arguments) == cost


def test_the_guarantee_fund_of_the_policy():
    book = CREDIT_BOOK("2026-11-20", INVOICES, [["key", "value"], ["factoring_reserve", 0.2]])
    assert FACTORING_COST(25_000, 60, 0.009, 0.04, book=book) == 358.33


def test_columns():
    assert [[round(one[0], 4)] for one in DISCOUNT_COST([[0.02], [0.01]], 20)] == [[0.3724], [0.1843]]
    assert DISCOUNT_OFFER([10_000, 5_000], 0.02, [0.2, None]) == [11_760, 4_900]
    found = FACTORING_COST([25_000, "x"], [60, 60], 0.009, 0.04)
    assert found[0] == 375
    assert isinstance(found[1], WrongArgument)


@pytest.mark.parametrize(("function", "arguments", "error", "named"), [
    (DISCOUNT_COST, (2, 20), OutOfRange, "write 20 % as"), (DISCOUNT_COST, (1, 20), OutOfRange, "leaves nothing"),
    (DISCOUNT_COST, (0.02, 0), OutOfRange, "days_early is 0"), (DISCOUNT_COST, (None, 20), WrongArgument, "empty"),
    (DISCOUNT_COST, (0.02, 20, "peut-être"), WrongArgument, "peut-être"),
    (DISCOUNT_COST, (0.99, 0.001, True), OutOfRange, "too large"),
    (DISCOUNT_BREAK_EVEN, (8, 50), OutOfRange, "write 12 % as"), (DISCOUNT_BREAK_EVEN, (0.08, -1), OutOfRange, "-1"),
    (DISCOUNT_OFFER, ("abc", 0.02), WrongArgument, "abc"), (DISCOUNT_OFFER, (1_000, 0.02, 20), OutOfRange, "vat"),
    (FACTORING_COST, (25_000, 60, 0.9, 4), OutOfRange, "write 12 % as"),
    (FACTORING_COST, (25_000, None, 0.009, 0.04), WrongArgument, "days is empty")])
def test_refusals(function, arguments, error, named):
    with pytest.raises(error, match=named):
        function(*arguments)


@given(st.floats(0.0001, 0.2), st.integers(1, 365))
def test_a_discount_at_the_break_even_costs_the_loan(rate, days):
    assert DISCOUNT_COST(DISCOUNT_BREAK_EVEN(rate, days), days) == pytest.approx(rate)


@given(st.floats(0.001, 0.9), st.integers(1, 300))
def test_fewer_days_cost_more_and_compounding_too(discount, days):
    assert DISCOUNT_COST(discount, days) > DISCOUNT_COST(discount, days + 1)
    try:
        assert DISCOUNT_COST(discount, days, True) > DISCOUNT_COST(discount, days)
    except CreditError:
        assert days < 10
