"""Time bars: the last day to sue, by kind of debt, as a function and as lines of the work list."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import INSOLVENT, book, invoice, lines, told
from udfs import CREDIT_BOOK, TIME_BAR
from udfs.errors import WrongArgument

DAY = dt.date


@pytest.mark.parametrize(("date", "kind", "last"), [
    ("30/11/2021", None, DAY(2026, 11, 30)),             # C.com L110-4: five years
    ("29/02/2024", "", DAY(2029, 2, 28)),
    ("27/11/2025", "transport", DAY(2026, 11, 27)),      # C.com L133-6: a year from delivery
    ("01/12/2024", "consommateur", DAY(2026, 12, 1)),    # C.conso L218-2: two years
    ("01/03/2022", "public", DAY(2026, 12, 31)),         # law 68-1250: four years from 1 January after
    ("31/12/2022", "State", DAY(2026, 12, 31)), ("01/01/2023", "hôpital", DAY(2027, 12, 31)),
    ("31/03/2026", "LCR", DAY(2029, 3, 31)),             # C.com L511-78: three years from maturity
    ("31/03/2026", "billet à ordre", DAY(2029, 3, 31)),
    ("02/03/2026", "chèque", DAY(2026, 9, 10)),          # CMF L131-59: 10 March and six months
    ("23/08/2026", "cheque", DAY(2027, 2, 28)),
])
def test_the_last_day_to_sue(date, kind, last):
    assert TIME_BAR(date, kind) == last


def test_a_column_and_the_policy_of_a_book():
    assert TIME_BAR([["30/11/2021"], ["01/01/2022"]]) == [[DAY(2026, 11, 30)], [DAY(2027, 1, 1)]]
    shorter = CREDIT_BOOK("2026-11-20", [["client", "invoice", "date", "due date", "amount"],
                                         ["C1", "F1", "2026-08-01", "2026-09-30", 1_000.0]],
                          [["key", "value"], ["time_bar_months", 36]])
    assert TIME_BAR("30/11/2021", book=shorter) == DAY(2024, 11, 30)


@pytest.mark.parametrize(("date", "kind", "named"), [
    (None, None, "date is empty"), ("hier", None, "hier"), ("30/11/2021", "lunaire", "general, transport")])
def test_refusals(date, kind, named):
    with pytest.raises(WrongArgument, match=named):
        TIME_BAR(date, kind)


@given(st.dates(DAY(2000, 1, 1), DAY(2100, 1, 1)),
       st.sampled_from(["general", "transport", "consumer", "state", "bill", "cheque"]))
def test_a_later_day_is_never_barred_before(date, kind):
    assert date < TIME_BAR(date, kind) <= TIME_BAR(date + dt.timedelta(1), kind)


# Bills and cheques that came back, on 20 November 2026

PAYMENTS = "client | date | amount | means | maturity | bounced on | reference\n"
OPEN = invoice("2026-06-30", "5 000", date="2026-05-31")


def barred(payment, *others):
    return [line[1:] for line in lines(book(OPEN, PAYMENTS + payment, *others)) if line[0] == "time_bar"]


@pytest.mark.parametrize(("payment", "shown"), [
    # a cheque of 20 May: presented by the 28th, barred six months later
    ("C1 | 2026-05-20 | 2 000 | cheque | | 2026-06-02 | 123", [("C1", 2_000, "2026-11-28", 8)]),
    ("C1 | 2026-05-20 | 2 000 | cheque | | | 123", []),                       # it did not come back
    ("C1 | 2026-05-20 | 2 000 | cheque | | 2026-11-25 | 123", []),            # not yet
    ("C1 | 2026-05-11 | 2 000 | cheque | | 2026-06-02 | 123", []),            # barred since yesterday
    ("C1 | 2026-06-13 | 2 000 | cheque | | 2026-06-22 | 123", []),            # in 31 days
    ("C1 | 2026-05-20 | 9 000 | cheque | | 2026-06-02 | 123", [("C1", 5_000, "2026-11-28", 8)]),  # what is owed
    # a bill drawn in 2023 for 30 November of that year: three years
    ("C1 | 2023-10-15 | 2 000 | LCR | 2023-11-30 | 2023-12-04 | 77", [("C1", 2_000, "2026-11-30", 10)]),
    ("C1 | 2023-10-15 | 2 000 | billet à ordre | 2023-11-30 | 2023-12-04 | 77", [("C1", 2_000, "2026-11-30", 10)]),
    ("C1 | 2023-10-15 | 2 000 | LCR | 2023-11-30 | | 77", []),
    ("C1 | 2023-11-30 | 2 000 | virement | 2023-11-30 | 2023-12-04 | 77", []),
])
def test_bills_and_cheques_that_came_back_are_told_before_they_are_barred(payment, shown):
    assert barred(payment) == shown


def test_nothing_is_told_of_a_client_that_owes_nothing_or_is_insolvent():
    cheque = "C1 | 2026-05-20 | 2 000 | cheque | | 2026-06-02 | 123"
    assert barred(cheque + "\nC1 | 2026-11-02 | 5 000 | virement | | | V") == []
    assert barred(cheque, INSOLVENT.format(country="FR", published="2026-09-24")) == []


def test_the_sentences():
    cheques = "C1 | 2026-05-20 | 2 000 | cheque | | 2026-06-02 | 123\nC1 | 2026-05-22 | 1 000 | cheque | | 2026-06-02 |"
    assert told(book(OPEN, PAYMENTS + cheques), "time_bar") == [
        "€3,000.00: 2 cheques returned unpaid (123), the action on the first is barred after 28 Nov 2026. "
        "Have them served before."]
    bill = "C1 | 2023-10-15 | 2 000 | LCR | 2023-11-30 | 2023-12-04 | 77"
    assert told(book(OPEN, PAYMENTS + bill, "key | value\nlanguage | fr"), "time_bar") == [
        "2\u202f000,00\xa0€ : 1 effet impayé (77), action cambiaire prescrite après le 30/11/2026. "
        "Agir en justice avant."]
