"""Payment terms and the calculators at the border with the sheet: arguments as cells give them, shapes, refusals."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import CREDIT_BOOK, DUE_DATE, DUE_SCHEDULE, LIMIT_CAPACITY, LIMIT_NEED, TERMS_TEXT
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
    (("2025-01-15", 30, "EOM"), WrongArgument), (("2025-01-15", 30, None, None, "MARS"), WrongArgument),
    (("2025-01-15", 30, None, None, "FR", "up"), WrongArgument), (("#N/A", 30), NotAvailable),
    (("2025-01-15", "1/3 30 j, 1/3 60 j"), WrongArgument), (("31/12/9999", 30), WrongArgument),
    ((2_958_465.0, 30), WrongArgument), ((1.0, 30), WrongArgument), ((dt.date(9999, 12, 31), 30), WrongArgument),
    (("1850-01-01", 30), OutOfRange), (("1899-11-30", 30), OutOfRange),
    (("1900-01-01", 0, None, None, "FR", "preceding"), OutOfRange),
    (("2025-01-15", "30 jours date de livraison", None, "31/02/2025"), WrongArgument),
])
def test_what_is_no_date_term_or_method_is_refused_with_a_sentence(arguments, error):
    with pytest.raises(error) as raised:
        DUE_DATE(*arguments)
    assert str(raised.value)
    assert raised.value.sentence("fr") != str(raised.value)


def test_the_first_days_of_excel_are_dates():
    assert DUE_DATE("01/01/1900", 30) == D(1900, 1, 31)
    assert DUE_DATE("1899-12-02", 30) == D(1900, 1, 1)


def test_a_date_that_excel_cannot_show_is_an_error_in_its_row():
    good, wrong = DUE_DATE(["2025-01-15", "1850-01-15"], 30)
    assert good == D(2025, 2, 14)
    assert str(wrong) == ("The due date would be 1850-02-14: Excel shows the years 1900 to 9999 only. Check the date "
                          "of the invoice and the payment term.")


def test_of_instalments_the_due_date_is_the_last():
    assert DUE_DATE("2026-01-15", "1/3 30 j, 1/3 60 j, 1/3 90 j") == D(2026, 4, 15)
    assert DUE_DATE("2026-01-15", "30 % à la commande, solde 60 jours") == D(2026, 3, 16)


def test_terms_from_order_and_receipt_count_from_them():
    arguments = [None] * 4
    assert DUE_DATE("2026-03-01", "30 jours date de commande", *arguments, "2026-02-01") == D(2026, 3, 3)
    assert DUE_DATE("2026-03-01", "30 jours date de réception", *arguments, None, "2026-03-04") == D(2026, 4, 3)
    assert DUE_DATE("2026-03-01", "30 jours date de réception") == D(2026, 3, 31)
    late = DUE_DATE([["2026-03-01"], ["2026-03-01"]], "30 jours date de commande", *arguments,
                    [["2026-02-01"], ["31/02/2026"]])
    assert late[0] == [D(2026, 3, 3)]
    assert str(late[1][0]).startswith('"31/02/2026" is not a date')


def test_a_column_of_methods_decides_row_by_row():
    """45 days end of month from 15 January 2025, vectors 36 to 38 of DOMAIN 3.6."""
    found = DUE_DATE("2025-01-15", "45 jours fin de mois", [["A"], ["B"], ["B15"], [""], ["Z9"]])
    assert found[:4] == [[D(2025, 3, 31)], [D(2025, 3, 17)], [D(2025, 3, 15)], [D(2025, 3, 31)]]
    assert str(found[4][0]).startswith('"Z9" is not known here. Write one of: DAYS_THEN_EOM')


@pytest.fixture(scope="module")
def livre():
    """A French Book whose policy counts from the end of the month."""
    return CREDIT_BOOK("2026-11-20", [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-10-01", 100.0]],
                       [["key", "value"], ["language", "fr"], ["end_of_month_method", "EOM_THEN_DAYS"]])


def test_the_policy_of_a_book_decides_where_words_and_method_do_not(livre):
    rest = [None] * 6
    assert DUE_DATE("2025-01-15", "45 jours fin de mois", None, *rest[1:], livre) == D(2025, 3, 17)
    assert DUE_DATE("2025-01-15", "45 jours fin de mois", "A", *rest[1:], livre) == D(2025, 3, 31)
    with pytest.raises(NotAvailable):
        DUE_DATE("2025-01-15", 30, None, *rest[1:], "Book 000000000000")


@given(st.lists(st.tuples(st.dates(D(1900, 1, 1), D(2190, 1, 1)), st.sampled_from([
    "30 jours", "45 j FDM", "fin de mois 45 jours", "LCR 60 jours", "le 10 et le 25", 15, "1/2 30 j, 1/2 60 j"])),
    min_size=1, max_size=8), st.sampled_from([None, "FR", "TARGET"]))
def test_a_column_gives_what_its_cells_give(rows, calendar):
    column = DUE_DATE([[day] for day, _ in rows], [[terms] for _, terms in rows], None, None, calendar)
    assert column == [[DUE_DATE(day, terms, None, None, calendar)] for day, terms in rows]


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


@pytest.mark.parametrize(("terms", "calendar", "roll", "due"), [
    ("30 jours", None, None, D(2026, 5, 14)), ("LCR 30 jours", None, None, D(2026, 5, 15)),
    ("30 jours par billet à ordre", None, None, D(2026, 5, 15)), ("LCR 30 jours", None, "none", D(2026, 5, 14)),
    ("LCR 30 jours", "TARGET", None, D(2026, 5, 14)), ("LCR 30 jours", None, "preceding", D(2026, 5, 13)),
    ("30 jours", "DE-BY", None, D(2026, 5, 15)), ("30 jours", "FR-AM", None, D(2026, 5, 15)),
    ("30 jours", None, "following", D(2026, 5, 15)),
])
def test_a_bill_moves_off_ascension_day_by_itself_and_an_invoice_when_asked(terms, calendar, roll, due):
    assert DUE_DATE("2026-04-14", terms, None, None, calendar, roll) == due


# Schedules

def test_a_schedule_of_three_thirds():
    assert DUE_SCHEDULE("2026-01-15", "1/3 30 j, 1/3 60 j, 1/3 90 j", 10_000) == [
        ["due date", "amount", "share", "what"],
        [D(2026, 2, 14), 3_333.33, 1 / 3, "instalment 1 of 3"], [D(2026, 3, 16), 3_333.33, 1 / 3, "instalment 2 of 3"],
        [D(2026, 4, 15), 3_333.34, 1 / 3, "instalment 3 of 3"]]


def test_a_schedule_in_french_with_deposit_balance_and_retention(livre):
    """Of 12,000: 30 % with the order, 5 % kept twelve months from delivery, the rest 60 days after the invoice."""
    found = DUE_SCHEDULE("2026-03-01", "30 % à la commande, solde à 60 jours, retenue de garantie 5 %", "12 000,00 €",
                         None, "2026-03-10", "2026-02-01", None, livre)
    assert found == [["échéance", "montant", "part", "objet"], [D(2026, 2, 1), 3_600, 0.3, "acompte"],
                     [D(2026, 4, 30), 7_800, 0.65, "solde"], [D(2027, 3, 10), 600, 0.05, "retenue de garantie"]]


def test_a_schedule_of_a_column_names_the_row_and_carries_errors():
    heading, *rows = DUE_SCHEDULE([["2026-01-15"], ["x"], ["2026-04-14"], ["2026-01-15"], ["2026-01-15"]],
                                  [["50 % à la commande, solde 30 jours"], [30], ["LCR 30 jours"], ["bientôt"], [30]],
                                  [[-100.01], [5], ["12,5"], [5], [""]])
    assert heading == ["row", "due date", "amount", "share", "what"]
    assert [row[0] for row in rows] == [1, 1, 2, 3, 4, 5]
    assert rows[0] == [1, D(2026, 1, 15), -50.01, 0.5, "deposit"]
    assert rows[1] == [1, D(2026, 2, 14), -50.0, 0.5, "balance"]
    assert rows[3] == [3, D(2026, 5, 15), 12.5, 1, "whole amount"]  # a bill, off Ascension day
    for place, sentence in ((2, '"x" is not a date'), (4, '"bientôt" is not'), (5, "amount is empty")):
        _, due, amount, share, what = rows[place]
        assert str(due).startswith(sentence)
        assert (str(amount), share, what) == (str(due), "", "")


@pytest.mark.parametrize(("arguments", "error"), [
    (("2026-01-15", 30, ""), WrongArgument), (("2026-01-15", 30, "beaucoup"), WrongArgument),
    (("", 30, 5), WrongArgument), (("2026-01-15", "", 5), WrongArgument), (("#N/A", 30, 5), NotAvailable),
    (("2026-01-15", 30, "#DIV/0!"), NotAvailable), (("1850-01-15", 30, 5), OutOfRange),
    (("2026-01-15", 30, 5, "Z9"), WrongArgument), (("2026-01-15", [30, 60, 90], [1, 2]), WrongArgument),
])
def test_a_schedule_of_wrong_arguments_is_refused(arguments, error):
    with pytest.raises(error) as raised:
        DUE_SCHEDULE(*arguments)
    assert raised.value.sentence("fr") != str(raised.value)


def test_no_invoices_no_schedule():
    assert DUE_SCHEDULE([], 30, 5) == [["row", "due date", "amount", "share", "what"]]


# Terms in words

def test_terms_in_words(livre):
    assert TERMS_TEXT("45 j FDM", "fr") == "45 jours puis fin de mois"
    assert TERMS_TEXT("45 j FDM", "anglais") == "45 days then end of month"
    assert TERMS_TEXT("45 j FDM", None, "B") == "end of month then 45 days"
    assert TERMS_TEXT("45 j FDM", None, None, livre) == "fin de mois puis 45 jours"
    (first,), (second,), (third,) = TERMS_TEXT([["30"], ["bientôt"], [None]], "fr")
    assert first == "30 jours nets"
    assert str(second).startswith('"bientôt" is not')
    assert str(third).startswith("terms is empty")


@pytest.mark.parametrize("arguments", [("",), ("bientôt",), ("30", "klingon"), ("30", "fr", "Z9"), ("#REF!",)])
def test_terms_that_have_no_words_are_refused(arguments):
    with pytest.raises((WrongArgument, NotAvailable)):
        TERMS_TEXT(*arguments)


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
