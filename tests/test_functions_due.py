"""DUE_DATE and the calculators at the border with the sheet: arguments as cells give them, shapes, refusals."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from udfs import DUE_DATE, LIMIT_CAPACITY, LIMIT_NEED
from udfs.errors import NotAvailable, OutOfRange, WrongArgument

D = dt.date


# Due dates

@pytest.mark.parametrize(("terms", "method", "due"), [
    ("45 jours fin de mois", None, D(2025, 3, 31)), ("45 jours fin de mois", "DAYS_THEN_EOM", D(2025, 3, 31)),
    ("45 jours fin de mois", "EOM_THEN_DAYS", D(2025, 3, 17)), ("fin de mois 45 jours", None, D(2025, 3, 17)),
    ("45 jours fin de mois", "fin de mois puis jours", D(2025, 3, 17)),
    ("45 jours fin de mois", "fin de mois puis le 15", D(2025, 3, 15)),
    ("30 days net", None, D(2025, 2, 14)), (30, None, D(2025, 2, 14)), ("30", None, D(2025, 2, 14)),
    (0, None, D(2025, 1, 15)),
])
def test_due_date_of_15_january_2025(terms, method, due):
    assert DUE_DATE("2025-01-15", terms, method) == due


@pytest.mark.parametrize("invoice_date", ["15/01/2025", 45_672.0, D(2025, 1, 15), dt.datetime(2025, 1, 15, 9),
                                          np.datetime64("2025-01-15")])
def test_due_date_takes_a_date_in_any_form(invoice_date):
    assert DUE_DATE(invoice_date, 30) == D(2025, 2, 14)


@pytest.mark.parametrize(("dates", "due"), [
    ([["2025-01-15"]], [[D(2025, 2, 14)]]), (["2025-01-15", "2025-02-15"], [D(2025, 2, 14), D(2025, 3, 17)]),
    ([["2025-01-15"], ["2025-02-15"]], [[D(2025, 2, 14)], [D(2025, 3, 17)]]),
    ([["2025-01-15", "2025-02-15"]], [[D(2025, 2, 14), D(2025, 3, 17)]]),
    (np.array(["2025-01-15"], "datetime64[ns]"), [D(2025, 2, 14)]),
    (pd.Series(pd.to_datetime(["2025-01-15"])), [D(2025, 2, 14)]), ([], []),
])
def test_a_column_of_dates_gives_a_column_of_the_same_shape(dates, due):
    assert DUE_DATE(dates, "30 jours") == due


def test_a_column_of_terms_for_one_date_and_for_a_column_of_dates():
    assert DUE_DATE("2025-01-15", [["30"], ["60 jours"]]) == [[D(2025, 2, 14)], [D(2025, 3, 16)]]
    assert DUE_DATE([["2025-01-15"], ["2025-01-31"]], [["30"], ["1 mois"]]) == [[D(2025, 2, 14)], [D(2025, 2, 28)]]


def test_in_a_column_each_row_carries_its_own_error():
    dates = [["2025-01-15"], ["31/02/2025"], [None], ["2025-01-15"], ["2025-01-15"], ["#REF!"]]
    terms = [["30"], ["30"], ["30"], ["bientôt"], [""], ["30"]]
    (first,), *others = DUE_DATE(dates, terms)
    assert first == D(2025, 2, 14)
    assert [type(row[0]) for row in others] == [WrongArgument] * 4 + [NotAvailable]
    assert [str(row[0]).split(".")[0] for row in others] == [
        '"31/02/2025" is not a date', "invoice_date is empty", '"bientôt" is not a payment term known here',
        "terms is empty", "The cell holds the error #REF!"]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(WrongArgument, match="3 and 2 rows"):
        DUE_DATE(["2025-01-15"] * 3, ["30", "60"])


@pytest.mark.parametrize(("arguments", "error"), [
    (("", 30), WrongArgument), (("2025-01-15", ""), WrongArgument), (("31/02/2025", 30), WrongArgument),
    (("2025-01-15", "bientôt"), WrongArgument), (("2025-01-15", -5), WrongArgument),
    (("2025-01-15", 30, "EOM"), WrongArgument), (("2025-01-15", 30, None, None, "DE"), WrongArgument),
    (("2025-01-15", 30, None, None, "FR", "up"), WrongArgument), (("#N/A", 30), NotAvailable),
    (("2025-01-15", "1/3 30 j, 1/3 60 j, 1/3 90 j"), WrongArgument),
    (("2025-01-15", "30 jours date de livraison", None, "31/02/2025"), WrongArgument),
])
def test_what_is_no_date_term_or_method_is_refused_with_a_sentence(arguments, error):
    with pytest.raises(error) as raised:
        DUE_DATE(*arguments)
    assert str(raised.value)
    assert raised.value.sentence("fr") != str(raised.value)


def test_terms_from_delivery_count_from_it_and_others_do_not():
    assert DUE_DATE("2025-01-15", "30 jours date de livraison", None, "2025-02-01") == D(2025, 3, 3)
    assert DUE_DATE("2025-01-15", "30 jours date de livraison") == D(2025, 2, 14)
    assert DUE_DATE("2025-01-15", "30 jours", None, "2025-02-01") == D(2025, 2, 14)


@pytest.mark.parametrize(("invoice_date", "calendar", "roll", "due"), [
    ("2026-04-14", None, None, D(2026, 5, 14)),  # Ascension day: the law moves no ordinary due date
    ("2026-04-14", "FR", None, D(2026, 5, 15)), ("2026-04-14", "TARGET", None, D(2026, 5, 14)),
    ("2026-04-14", "FR", "preceding", D(2026, 5, 13)), ("2026-04-14", "FR", "précédent", D(2026, 5, 13)),
    ("2026-04-14", "fr", "none", D(2026, 5, 14)), ("2026-04-14", "FR", "aucun", D(2026, 5, 14)),
    ("2026-05-01", "FR", "following", D(2026, 6, 1)),  # 31 May is a Sunday
    ("2026-05-01", "FR", "suivant", D(2026, 6, 1)), ("2026-05-01", "FR", "modified_following", D(2026, 5, 29)),
    ("2026-05-01", "FR", "suivant modifié", D(2026, 5, 29)), ("2026-05-01", None, "following", D(2026, 6, 1)),
])
def test_a_bank_calendar_moves_the_due_date_when_asked(invoice_date, calendar, roll, due):
    assert DUE_DATE(invoice_date, 30, None, None, calendar, roll) == due
    assert DUE_DATE([[invoice_date]], 30, None, None, calendar, roll) == [[due]]


# Calculators

@pytest.mark.parametrize(("arguments", "need"), [
    ((250_000, 60), 50_000), ((250_000, 45), 37_500), ((250_000, 60, 0.2, 12, 35_000), 84_000),
    ((250_000, 60, "20 %"), 50_000), ((250_000, 60, "20%"), 50_000), ((250_000, 60, ""), 50_000),
    ((240_000, 60, 0), 40_000), ((240_000, 60, "0 %"), 40_000), ((125_000, 60, None, 6), 50_000),
    (("250 000,00 €", "60"), 50_000), (([[250_000]], [[60]]), 50_000), ((0, 60), 0), ((250_000, 0), 0),
])
def test_limit_need_of_the_published_example_and_around_it(arguments, need):
    assert LIMIT_NEED(*arguments) == pytest.approx(need)


@pytest.mark.parametrize(("arguments", "error"), [
    ((250_000, 60, 1.2), OutOfRange), ((250_000, 60, 20), OutOfRange), ((250_000, 60, "120 %"), OutOfRange),
    ((250_000, 60, -0.2), OutOfRange), ((-1, 60), OutOfRange), ((250_000, -60), OutOfRange),
    ((250_000, 60, 0.2, 0), OutOfRange), ((250_000, 60, 0.2, -3), OutOfRange), (("", 60), WrongArgument),
    ((250_000, None), WrongArgument), (("beaucoup", 60), WrongArgument), ((True, 60), WrongArgument),
    (("#DIV/0!", 60), NotAvailable),
])
def test_limit_need_refuses_what_it_cannot_read(arguments, error):
    with pytest.raises(error) as raised:
        LIMIT_NEED(*arguments)
    assert raised.value.excel == {OutOfRange: "#NUM!", WrongArgument: "#VALUE!", NotAvailable: "#N/A"}[error]


@pytest.mark.parametrize(("arguments", "capacity"), [
    (("B", 80_000, 700_000), 28_000), (("b", 80_000, 700_000), 28_000), (("B", 120_000, 700_000), 35_000),
    (("A", 80_000, 700_000), 40_000), (("C", 80_000, 700_000), 12_000), (("D", 80_000, 700_000), 0),
    (("B", "", 700_000), 35_000), (("B", 80_000, None), 28_000), (("B", 0, 700_000), 0), (("B", -24_000, 700_000), 0),
    (("B", "(24 000)", ""), 0),
])
def test_limit_capacity_is_the_least_of_what_is_assessed(arguments, capacity):
    """50, 35, 15, 0 % of net worth and 8, 5, 2, 0 % of turnover; a negative net worth carries nothing."""
    assert LIMIT_CAPACITY(*arguments) == pytest.approx(capacity)


@pytest.mark.parametrize(("arguments", "error", "named"), [
    (("B", "", ""), NotAvailable, "not assessed"), (("B", None, [[""]]), NotAvailable, "not assessed"),
    (("E", 1, 1), WrongArgument, "A, B, C, D"), (("", 1, 1), WrongArgument, "grade is empty"),
    (("n/r", 1, 1), WrongArgument, "A, B, C, D"), (("B", "x", 1), WrongArgument, "tangible_net_worth"),
    (("B", 1, "x"), WrongArgument, "turnover"),
])
def test_limit_capacity_refuses_what_it_cannot_read(arguments, error, named):
    with pytest.raises(error, match=named):
        LIMIT_CAPACITY(*arguments)
