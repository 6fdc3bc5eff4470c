"""The worksheet functions of late payment: scalars and columns, payments, modes, refusals, and CREDIT_WHY."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs import (
    BOOK_ISSUES,
    CREDIT_BOOK,
    CREDIT_WHY,
    DAYS_LATE,
    ECB_RATE,
    LATE_DETAIL,
    LATE_INDEMNITY,
    LATE_INTEREST,
    LEGAL_RATE,
    PENALTY_FLOOR,
    PENALTY_RATE,
)
from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument

I10 = (10_000, "01/05/2026", "03/09/2026")
PAID = [["01/07/2026", 4_000]]
INVOICES = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-08-01", "2026-09-30", 1_000.0]]


def interest_of(payments=None, **more):
    return LATE_INTEREST(*I10, payments=payments, **more)


def book(*policy, rates=()):
    tables = [INVOICES, [["key", "value"], *map(list, policy)]]
    if rates:
        tables.append([["from_date", "ecb_rate", "legal_rate"], *map(list, rates)])
    return CREDIT_BOOK("2026-11-20", *tables)


# Days and interest

@pytest.mark.parametrize(("due", "paid", "days"), [
    ("31/05/2025", "15/09/2025", 107), ("2025-05-31", "2025-05-31", 0), ("2025-05-31", "2025-05-01", 0),
    (dt.date(2025, 5, 31), np.datetime64("2025-06-01"), 1), (45808.0, 45809.0, 1)])
def test_days_late(due, paid, days):
    assert DAYS_LATE(due, paid) == days


@pytest.mark.parametrize(("arguments", "more", "interest"), [
    ((12_000, "31/05/2025", "15/09/2025"), {}, 437.28),                                     # I1
    ((12_000, "31/05/2025", "15/09/2025"), {"mode": "plancher"}, 319.38),                   # I2
    ((10_000, "30/11/2023", "15/03/2024"), {}, 416.85),                                     # I3
    ((10_000, "30/09/2024", "30/10/2024"), {}, 117.12),                                     # I5
    ((1_500, "31/07/2025", "31/08/2025"), {"annual_rate": 0.12}, 15.29),                    # I6
    ((1_500, "31/07/2025", "31/08/2025"), {"annual_rate": "12 %", "mode": "contrat"}, 15.29),
    ((5_000, "01/03/2025", "31/03/2025"), {"annual_rate": "10%"}, 41.10),                   # I7
    ((8_000, "30/05/2026", "15/08/2026"), {"mode": "semestre"}, 207.57),                    # I8
    ((8_000, "30/05/2026", "15/08/2026"), {"mode": "public"}, 171.30),                      # I9
    ((8_000, "30/05/2026", "15/08/2026"), {"mode": "EU"}, 173.82),                          # ECB + 8, moving
    ((8_000, "30/05/2026", "15/08/2026"), {"mode": "facture", "invoice_date": "30/04/2026"}, 205.05),  # 77 d, 12.15 %
    ((8_000, "30/05/2026", "30/05/2026"), {}, 0.0),
    (("8 000,00 €", "30/05/2026", "15/08/2026"), {}, 207.57),
])
def test_interest_of_the_worked_examples(arguments, more, interest):
    assert LATE_INTEREST(*arguments, **more) == interest


def test_interest_by_actual_days_of_the_year():
    """I4."""
    debt = (10_000, "30/11/2023", "15/03/2024")
    for word in ("actual", "réel", "année réelle", "ACTUAL"):
        assert LATE_INTEREST(*debt, book=book(("day_count", word))) == 416.04
    assert LATE_INTEREST(*debt, book=book(("day_count", 365))) == 416.85
    wrong = book(("day_count", "lunaire"))
    assert LATE_INTEREST(*debt, book=wrong) == 416.85
    assert any("lunaire" in str(cell) for row in BOOK_ISSUES(wrong) for cell in row)


def test_money_is_rounded_half_up_at_the_end():
    """A year at 10 % on 100.05 is 10.005."""
    assert LATE_INTEREST(100.05, "2025-01-01", "2026-01-01", 0.10) == 10.01


# Payments

@pytest.mark.parametrize(("imputation", "interest"), [
    (None, 333.58), ("PRINCIPAL_FIRST", 333.58), ("principal d'abord", 333.58), ("INTEREST_FIRST", 337.99),
    ("Intérêts d’abord", 337.99)])
def test_part_paid_on_the_way(imputation, interest):
    assert interest_of(PAID, imputation=imputation) == interest


@pytest.mark.parametrize("payments", [
    ("01/07/2026", 4_000), [["01/07/2026", 4_000], [None, None]], [["01/07/2026", 4_000, "avoir"]],
    np.array([["01/07/2026", 4_000]], dtype=object), [[dt.date(2026, 7, 1), "4 000,00"]]])
def test_payments_as_a_range_gives_them(payments):
    assert interest_of(payments) == 333.58


def test_no_payments_are_an_empty_range():
    assert interest_of([[None, None], ["", ""]]) == interest_of() == 420.55  # 60 d and 65 d on 10,000


def test_a_credit_note_lowers_the_principal():
    assert interest_of([["01/07/2026", 4_000, "credit note"]], imputation="INTEREST_FIRST") == 333.58


@pytest.mark.parametrize(("payments", "error", "named"), [
    ([["01/07/2026"]], WrongArgument, "two columns"), (4_000, WrongArgument, "two columns"),
    ([["hier", 4_000]], WrongArgument, "hier"), ([["01/07/2026", "beaucoup"]], WrongArgument, "beaucoup"),
    ([["01/07/2026", -200]], OutOfRange, "-200"), ([["01/07/2026", None]], WrongArgument, "amount is empty"),
    ([["01/07/2026", 5, "facture"]], WrongArgument, "facture"), ([["01/07/2026", "#REF!"]], NotAvailable, "#REF!")])
def test_payments_that_cannot_be_read(payments, error, named):
    with pytest.raises(error, match=named):
        interest_of(payments)


def test_payments_are_those_of_one_debt():
    with pytest.raises(WrongArgument, match="one debt"):
        LATE_INTEREST([[1_000], [2_000]], "01/05/2026", "03/09/2026", payments=PAID)


# Refusals

@pytest.mark.parametrize(("arguments", "more", "error", "named"), [
    ((None, "01/05/2026", "03/09/2026"), {}, WrongArgument, "amount is empty"),
    ((1_000, None, "03/09/2026"), {}, WrongArgument, "due_date is empty"),
    ((1_000, "01/05/2026", ""), {}, WrongArgument, "paid_or_as_of is empty"),
    (("mille", "01/05/2026", "03/09/2026"), {}, WrongArgument, "mille"),
    ((-5, "01/05/2026", "03/09/2026"), {}, OutOfRange, "negative"),
    ((1_000, "32/05/2026", "03/09/2026"), {}, WrongArgument, "32/05/2026"),
    (("#N/A", "01/05/2026", "03/09/2026"), {}, NotAvailable, "#N/A"),
    ((1_000, "01/05/2026", "03/09/2026"), {"annual_rate": 12}, OutOfRange, r"write 12 % as 0\.12 or 12%"),
    ((1_000, "01/05/2026", "03/09/2026"), {"annual_rate": 0.12, "mode": "PUBLIC"}, WrongArgument, "not with PUBLIC"),
    ((1_000, "01/05/2026", "03/09/2026"), {"mode": "CONTRACT"}, WrongArgument, "annual_rate is empty"),
    ((1_000, "01/05/2026", "03/09/2026"), {"mode": "INVOICE"}, WrongArgument, "needs the invoice date"),
    ((1_000, "01/05/2026", "03/09/2026"), {"mode": "lunaire"}, WrongArgument, "HALF_YEAR"),
    ((1_000, "01/05/2026", "03/09/2026"), {"imputation": "tout"}, WrongArgument, "INTEREST_FIRST"),
    ((1_000, "31/10/2026", "28/02/2027"), {}, NotAvailable, "H1 2027"),
    ((1_000, "31/12/2026", "28/02/2027"), {"mode": "PUBLIC"}, NotAvailable, "H1 2027"),
    ((1_000, "31/10/2015", "28/02/2016"), {"mode": "INVOICE", "invoice_date": "30/09/2014"}, NotAvailable, "H2 2014"),
    ((1_000, "31/10/2015", "28/02/2016"), {"book": "no book"}, NotAvailable, "no book"),
])
def test_what_cannot_be_computed_is_refused_by_name(arguments, more, error, named):
    for function in (LATE_INTEREST, LATE_DETAIL):
        with pytest.raises(error, match=named):
            function(*arguments, **more)


def test_a_half_year_is_needed_only_where_the_delay_needs_it():
    assert LATE_INTEREST(1_000, "31/10/2026", "28/02/2027", 0.12) == 39.45
    assert LATE_INTEREST(1_000, "31/12/2026", "31/12/2026") == 0
    assert LATE_INTEREST(1_000, "31/10/2026", "28/02/2027", mode="PUBLIC") == 34.19  # frozen at 10.40 %, 120 days


# Columns

def test_a_column_carries_the_error_of_each_row():
    found = LATE_INTEREST([[12_000], [None], [1_000], [1_000], ["mille"]],
                          [["31/05/2025"], ["31/05/2025"], ["31/10/2026"], ["31/05/2026"], ["31/05/2026"]],
                          [["15/09/2025"], ["15/09/2025"], ["28/02/2027"], ["30/05/2026"], ["15/09/2025"]])
    assert [found[0], found[3]] == [[437.28], [0.0]]
    assert [str(found[row][0])[:20] for row in (1, 2, 4)] == [
        "amount is empty. Giv", "No ECB rate is known", "amount: \"mille\" is n"]


def test_rows_with_and_without_a_contract_rate():
    found = LATE_INTEREST([1_500, 12_000, 1_000], ["31/07/2025", "31/05/2025", "31/05/2025"],
                          ["31/08/2025", "15/09/2025", "15/09/2025"], [0.12, None, 1.5])
    assert found[:2] == [15.29, 437.28]
    assert isinstance(found[2], OutOfRange)


def test_one_cell_counts_for_every_row_and_the_shape_is_that_asked():
    assert DAYS_LATE([["30/06/2026", "31/07/2026"]], "31/08/2026") == [[62, 31]]
    assert ECB_RATE([["2026-01-01"], ["2026-07-01"]]) == [[0.0215], [0.024]]
    assert LATE_INTEREST([], [], []) == []
    with pytest.raises(WrongArgument, match="3 and 2 rows"):
        DAYS_LATE(["30/06/2026", "31/07/2026"], ["31/08/2026"] * 3)


def test_ten_thousand_rows_are_no_loop(monkeypatch):
    """No row is read or refused by itself where nothing is wrong."""
    chance = np.random.default_rng(1)
    due = np.datetime64("2024-01-01") + chance.integers(0, 700, 10_000)
    amounts = chance.integers(100, 9_999_999, 10_000) / 100
    monkeypatch.setattr("udfs.functions.columns.Columns.refuse", lambda self, rows, error: rows.any() and 1 / 0)
    found = LATE_INTEREST(amounts, due, due + 50)
    assert found[:3] == [LATE_INTEREST(float(amounts[row]), due[row], due[row] + 50) for row in range(3)]


DAYS = st.dates(dt.date(2014, 6, 1), dt.date(2027, 6, 30))
ROWS = st.tuples(st.one_of(st.none(), st.floats(0, 1e6), st.just("abc")), st.one_of(st.none(), DAYS), DAYS,
                 st.one_of(st.none(), st.just(0.12), st.just(12)))


def alone(function, *arguments):
    try:
        return function(*arguments)
    except CreditError as error:
        return str(error)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=5))
def test_a_column_gives_what_each_row_gives_alone(rows):
    amounts, due, paid, rates = map(list, zip(*rows, strict=True))
    column = LATE_INTEREST(amounts, due, paid, rates)
    assert [str(one) if isinstance(one, CreditError) else one for one in column] == [
        alone(LATE_INTEREST, *row) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1e6), DAYS, DAYS, st.lists(st.tuples(DAYS, st.floats(0, 1e5)), max_size=3),
       st.sampled_from(["HALF_YEAR", "PUBLIC", "EU", "FLOOR"]), st.sampled_from(["PRINCIPAL_FIRST", "INTEREST_FIRST"]))
def test_the_total_of_the_lines_is_the_interest(amount, due, paid, payments, mode, imputation):
    arguments = (amount, due, paid, None, mode, list(map(list, payments)), imputation)
    interest, detail = alone(LATE_INTEREST, *arguments), alone(LATE_DETAIL, *arguments)
    if isinstance(interest, str):
        assert detail == interest
    else:
        assert detail[-1][5] == interest
        assert round(sum(row[5] for row in detail[1:-1]), 2) == interest


# Lines

def test_the_lines_of_a_debt_add_up_to_the_cent():
    """I2: 109.776 + 209.607 = 319.38, so that the last line is a cent less than it would be alone."""
    assert LATE_DETAIL(12_000, "31/05/2025", "15/09/2025", mode="FLOOR") == [
        ["From", "To", "Days", "Balance", "Yearly rate", "Interest", "Lawful rate (contract rate below the floor)"],
        [dt.date(2025, 6, 1), dt.date(2025, 6, 30), 30, 12_000, 0.1113, 109.78, ""],
        [dt.date(2025, 7, 1), dt.date(2025, 9, 15), 77, 12_000, 0.0828, 209.60, ""],
        ["Total", "", 107, "", "", 319.38, ""]]


def test_the_lines_of_a_debt_paid_in_part():
    found = LATE_DETAIL(*I10, payments=PAID, imputation="INTEREST_FIRST", book=book(("language", "fr")))
    assert found[0][:3] == ["Du", "Au", "Jours"]
    assert [row[2:6] for row in found[1:]] == [
        [60, 10_000, 0.1215, 199.73], [1, 10_000, 0.124, 3.40], [64, 6_203.12, 0.124, 134.86], [125, "", "", 337.99]]


def test_a_contract_rate_below_the_floor_and_one_whose_floor_is_not_known():
    """61 days of May and June 2026 at a floor of 7.86 %; the legal rate of July 2026 is not confirmed."""
    found = LATE_DETAIL(10_000, "30/04/2026", "31/07/2026", "5 %")
    assert [[row[2], row[4], row[6]] for row in found[1:-1]] == [[61, 0.05, 0.1215], [31, 0.05, "floor not known"]]
    assert found[-1][5] == LATE_INTEREST(10_000, "31/10/2026", "31/01/2027", "5 %") == 126.03


def test_a_debt_paid_in_time_has_no_lines():
    assert LATE_DETAIL(10_000, "31/10/2026", "31/10/2026")[1:] == [["Total", "", 0, "", "", 0.0, ""]]


# Compensation

@pytest.mark.parametrize(("arguments", "amount"), [
    ((3,), 120), ((0,), 0), (([[1], [2]],), [[40], [80]]), ((3, "oui"), 0), ((3, False), 0 + 120),
    ((3, None, "particulier"), 0), ((3, "", "hôpital"), 120), (([1, 2], ["non", "x"]), [40, 0])])
def test_forty_euros_a_late_invoice(arguments, amount):
    assert LATE_INDEMNITY(*arguments) == amount


@pytest.mark.parametrize(("arguments", "named"), [((2.5,), "2.5"), ((None,), "empty"), ((1, "peut-être"), "peut-être"),
                                                  ((-1,), "negative"), ((1, None, "martien"), "martien")])
def test_compensation_refuses_what_it_cannot_read(arguments, named):
    with pytest.raises(CreditError, match=named):
        LATE_INDEMNITY(*arguments)


def test_the_compensation_of_the_policy():
    assert LATE_INDEMNITY(2, book=book(("late_indemnity", 50))) == 100


# Rates

def test_rates_of_a_day():
    assert (ECB_RATE("15/08/2026"), LEGAL_RATE("31/03/2026"), PENALTY_FLOOR("31/03/2026")) == (0.024, 0.0262, 0.0786)
    assert [PENALTY_RATE("15/08/2026", mode) for mode in (None, "PUBLIC", "directive")] == [0.124, 0.104, 0.104]
    assert PENALTY_RATE("31/03/2026", "plancher") == 0.0786


def test_rates_of_the_book():
    own = book(rates=[("2027-01-01", 0.0265, 0.03)])
    assert (ECB_RATE("2027-03-01", own), PENALTY_RATE("2027-03-01", book=own)) == (0.0265, 0.1265)
    assert LATE_INTEREST(10_000, "31/12/2026", "31/01/2027", book=own) == 107.44
    with pytest.raises(NotAvailable, match="H1 2027"):
        ECB_RATE("2027-03-01")


def test_a_contract_has_its_own_rate():
    with pytest.raises(WrongArgument, match="stands in the contract"):
        PENALTY_RATE("15/08/2026", "CONTRACT")


def test_a_row_of_legal_rates_that_is_no_half_year_is_an_issue_of_the_book():
    own = book(rates=[("2027-01-01", 0.0265, 0.03), ("2027-02-15", 0.05, 0.05)])
    (told,) = [row for row in BOOK_ISSUES(own) if "LegalRates" in map(str, row)]
    assert any("15 Feb 2027 is not the first day of a half-year" in str(cell) for cell in told)
    assert ECB_RATE("2027-03-01", own) == 0.0265


# Why

def test_why_tells_the_lines():
    assert CREDIT_WHY("LATE_INTEREST", *I10, None, None, PAID, "INTEREST_FIRST") == (
        "Interest of €337.99: 60 days at 12.15% on €10,000.00 = €199.73, 1 day at 12.4% on €10,000.00 = €3.40, "
        "64 days at 12.4% on €6,203.12 = €134.86.")
    assert CREDIT_WHY("LATE_INTEREST", 100, "31/10/2026", "31/10/2026") == (
        "No interest: nothing was owed after 31 Oct 2026, the due date.")


def test_why_names_a_contract_rate_below_the_floor_with_the_lawful_one():
    told = CREDIT_WHY("LATE_INTEREST", 10_000, "28/02/2026", "31/03/2026", 0.05)
    assert told.endswith(
        "The contract rate of 5% is below 7.86%, three times the legal rate, from 1 Mar 2026 to 31 Mar 2026: such a "
        "clause does not hold, and the rate would be 12.15% (C. com. L441-10 II).")


def test_why_in_french_and_of_a_column_and_of_an_error():
    own = book(("language", "fr"), rates=[("2027-01-01", 0.0265, None)])
    told = CREDIT_WHY("LATE_INTEREST", 10_000, "31/12/2026", "31/01/2027", 0.05, None, None, None, None, own)
    assert told.startswith("Intérêts de 42,47 € : 31 jours à 5 % sur 10 000,00 € = 42,47 €. On ne peut dire si".replace(
        "42,47 €", "42,47\xa0€").replace("5 %", "5\xa0%").replace("10 000,00 €", "10\u202f000,00\xa0€"))
    assert "2 × 1" in CREDIT_WHY("LATE_INTEREST", [[1], [2]], "31/10/2026", "30/11/2026")
    assert "= 0 × 1" in CREDIT_WHY("LATE_INTEREST", [], "31/10/2026", "30/11/2026")
    assert "H1 2027" in CREDIT_WHY("LATE_INTEREST", 100, "31/10/2026", "31/01/2027")
