"""BOOK_FIGURE: each figure of a small ledger by hand, what is new since the last working day, and the demo's."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from addin.build import demo_portfolio
from addin.readers import load
from tests.small_ledgers import AS_OF, FRENCH, book, table
from udfs import AGEING, BOOK_FIGURE, CREDIT_BOOK, CREDIT_WHY
from udfs.book.book import Book
from udfs.book.figures import FIGURES
from udfs.errors import NotAvailable, WrongArgument

DEMO = Path(demo_portfolio.__file__).parent / "demo"
D = dt.date


def figures(found, *names):
    return {name: BOOK_FIGURE(found, name) for name in names}


LEDGER = """
client | invoice | kind        | date       | due date   | amount | disputed
C1     | F1      | invoice     | 2026-08-01 | 2026-09-01 | 2 400  |
C1     | F2      | invoice     | 2026-08-20 | 2026-09-21 | 600    |
C1     | A1      | credit note | 2026-11-10 |            | 500    |
C2     | F3      | invoice     | 2026-07-01 | 2026-08-01 | 1 000  | oui
C2     | F4      | invoice     | 2026-11-02 | 2026-12-02 | 2 000  |
"""
CLIENTS = """
client | name   | granted limit
C1     | Dupont | 10 000
C2     | Martin | 0
"""
PAYMENTS = """
client | payment date | amount | invoice
C2     | 2026-11-18   | 500    |
"""


def test_the_amounts_of_a_small_ledger():
    """Open 2,400 + 600 + 1,000 + 2,000, less a credit note of 500 and 500 received without reference.

    F1 is 80 days late, F2 60 and F3, disputed, 111: over 60 days are 2,400 + 1,000.
    """
    assert figures(book(LEDGER, CLIENTS, PAYMENTS), "receivables", "overdue", "overdue_share", "over_60", "exposure",
                   "limits", "clients", "invoices", "tie_out") == {
        "receivables": 5_000, "overdue": 4_000, "overdue_share": 0.8, "over_60": 3_400, "exposure": 5_000,
        "limits": 10_000, "clients": 2, "invoices": 5, "tie_out": 0}


def test_the_dates():
    found = book(LEDGER, CLIENTS, PAYMENTS)
    assert figures(found, "last_invoice", "last_payment", "last_working_day") == {
        "last_invoice": D(2026, 11, 10), "last_payment": D(2026, 11, 18), "last_working_day": D(2026, 11, 19)}


def test_the_counts_of_what_there_is_to_do():
    """C1: 80 days late, so blocked, and a first reminder is due; C2: a granted 0 blocks."""
    found = book(LEDGER, CLIENTS, PAYMENTS, """
date       | client | event   | invoice | for the date
2026-11-18 | C2     | promise | F4      | 2026-12-02
2026-11-18 | C2     | promise | F3      | 2026-11-19""")
    assert figures(found, "letters_due", "blocked", "to_review", "promises_open") == {
        "letters_due": 1, "blocked": 2, "to_review": 0, "promises_open": 1}


def test_errors_and_warnings_are_those_of_the_tables():
    faulty = LEDGER + "C1 | F9 | invoice | 31/02/2026 | | 5 |\nC3 | F8 | invoice | 2026-11-01 | 2026-12-01 | 5 |\n"
    assert figures(book(faulty, CLIENTS), "errors", "warnings") == {"errors": 1, "warnings": 1}


def test_nothing_open_is_no_share_of_anything():
    found = book("client | invoice | date | due date | amount | paid on\n"
                 "C1 | F1 | 2026-08-01 | 2026-09-01 | 100 | 2026-09-01")
    assert figures(found, "receivables", "overdue", "overdue_share") == {
        "receivables": 0, "overdue": 0, "overdue_share": 0}


@pytest.mark.parametrize(("own", "difference"), [("5 200", -200.0), ("5 000", 0.0)])
def test_the_difference_with_account_411(own, difference):
    found = book(LEDGER, CLIENTS, PAYMENTS, f"key | value\naccount_411_balance | {own}")
    assert BOOK_FIGURE(found, "account_411_difference") == difference


@pytest.mark.parametrize(("name", "told"), [
    ("account_411_difference", "account_411_balance in Policy"), ("last_payment", "no payment up to its date")])
def test_what_the_tables_do_not_tell_is_not_available_and_says_why(name, told):
    with pytest.raises(NotAvailable, match=told) as raised:
        BOOK_FIGURE(book(LEDGER, CLIENTS), name)
    assert raised.value.excel == "#N/A"
    assert raised.value.sentence("fr") != str(raised.value)


# The last working day

@pytest.mark.parametrize(("as_of", "country", "day"), [
    ("2026-11-23", "FR", D(2026, 11, 20)),  # a Monday
    ("2026-11-22", "FR", D(2026, 11, 20)),  # a Sunday
    ("2026-11-12", "FR", D(2026, 11, 10)),  # after the 11th of November
    ("2026-11-12", "DE", D(2026, 11, 11)),  # the banks of the euro area were open
    ("2026-04-07", "FR", D(2026, 4, 3)),    # after Easter Monday; Good Friday is worked in France
    ("2026-04-07", "DE", D(2026, 4, 2)),    # TARGET is closed on both
])
def test_the_last_working_day_is_one_on_which_the_bank_was_open(as_of, country, day):
    found = book(LEDGER, f"key | value\nhome_country | {country}", as_of=as_of)
    assert BOOK_FIGURE(found, "last_working_day") == day


RECEIVED = """
client | invoice | date       | due date   | amount | paid | paid on
C1     | F1      | 2026-10-01 | 2026-10-31 | 9 000  |      |
C1     | F2      | 2026-10-01 | 2026-11-19 | 4 000  |      |
C1     | F3      | 2026-10-01 | 2026-10-31 | 700    | 300  | {day}
"""


@pytest.mark.parametrize(("payment", "cash"), [
    ("2026-11-18 | 100 | F1 | transfer |            |", 0),    # in yesterday's list already
    ("2026-11-19 | 100 | F1 | transfer |            |", 100),
    ("2026-11-20 | 100 |    | cheque   |            |", 100),
    ("2026-11-21 | 100 | F1 | transfer |            |", 0),    # not known yet
    ("2026-11-19 | 100 | F1 | cheque   |            | 2026-11-20", 0),    # came back
    ("2026-11-20 | -40 | F1 | transfer |            |", -40),  # given back
    ("2026-10-15 | 100 | F1 | LCR      | 2026-11-20 |", 100),  # a bill brings money when it matures
    ("2026-11-19 | 100 | F1 | LCR      | 2026-12-31 |", 0),
    ("2026-10-15 | 100 | F2 | LCR      |            |", 100),  # without a maturity: the due date of its invoice
])
def test_cash_in_is_what_came_since_the_last_working_day_that_day_included(payment, cash):
    payments = "client | payment date | amount | invoice | means | maturity | bounced on\nC1 | " + payment
    assert BOOK_FIGURE(book(RECEIVED.format(day="2026-11-01"), payments), "cash_in") == cash


@pytest.mark.parametrize(("day", "cash"), [("2026-11-18", 0), ("2026-11-19", 300), ("2026-11-20", 300), ("", 0)])
def test_cash_in_counts_what_the_invoice_itself_says_was_paid(day, cash):
    assert BOOK_FIGURE(book(RECEIVED.format(day=day)), "cash_in") == cash


@pytest.mark.parametrize(("row", "new"), [
    ("F1 | 2026-10-19 | 2026-11-18 | 900 |    ", 0),    # overdue on the 19th already
    ("F1 | 2026-10-19 | 2026-11-19 | 900 |    ", 900),  # due on the 19th, late from the 20th on
    ("F1 | 2026-10-19 | 2026-11-20 | 900 |    ", 0),    # due today is not late
    ("F1 | 2026-10-19 | 2026-11-19 | 900 | oui", 0),
])
def test_newly_overdue_is_what_became_late_since_then(row, new):
    found = book(f"client | invoice | date | due date | amount | disputed\nC1 | {row}")
    assert BOOK_FIGURE(found, "newly_overdue") == new


def test_on_a_monday_the_weekend_counts_as_new():
    """Due on Friday, Saturday and Sunday: 100 + 10 + 1 are late since; due on Thursday was late on Friday."""
    found = book("client | invoice | date | due date | amount\n"
                 + "\n".join(f"C1 | F{day} | 2026-10-19 | 2026-11-{day} | {amount}"
                             for day, amount in ((19, 1000), (20, 100), (21, 10), (22, 1))), as_of="2026-11-23")
    assert BOOK_FIGURE(found, "newly_overdue") == 111


@pytest.mark.parametrize(("invoice", "limit", "new"), [
    ("2026-11-18 | 200", "1 000", 0),  # over since the 18th
    ("2026-11-19 | 200", "1 000", 1),
    ("2026-11-20 | 200", "1 000", 1),
    ("2026-11-19 | 100", "1 000", 0),  # exactly at the limit
    ("2026-11-19 | 200", "0", 0),      # a granted 0 was exceeded long ago
    ("2026-11-19 | 200", "2 000", 0),
])
def test_newly_over_the_limit(invoice, limit, new):
    """900 are open since October."""
    date, amount = invoice.split(" | ")
    found = book(f"client | invoice | date | due date | amount\nC1 | F1 | 2026-10-01 | 2026-12-31 | 900\n"
                 f"C1 | F2 | {date} | 2026-12-31 | {amount}", f"client | granted limit\nC1 | {limit}")
    assert BOOK_FIGURE(found, "newly_over_limit") == new


def test_a_client_that_the_tables_did_not_know_before_may_be_newly_over_its_limit():
    """C9 stands in no Clients table: its first invoice of 4,000 is over the starter line of 3,000."""
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-10-01 | 2026-12-31 | 900\n"
                 "C9 | F2 | 2026-11-20 | 2026-12-31 | 4000", CLIENTS)
    assert BOOK_FIGURE(found, "newly_over_limit") == 1


@pytest.mark.parametrize(("as_of", "down"), [
    ("2026-11-19", 0), ("2026-11-20", 1), ("2026-11-23", 1), ("2026-11-24", 0)])
def test_a_grade_is_down_on_the_day_an_invoice_is_31_days_late_and_in_the_next_list(as_of, down):
    """Three invoices paid to the day make E1 and B; F4, due on 20 October, is 31 days late on Friday the 20th: C."""
    found = book("""
client | invoice | date       | due date   | amount | paid on
C1     | F1      | 2026-01-10 | 2026-02-09 | 1000   | 2026-02-09
C1     | F2      | 2026-03-10 | 2026-04-09 | 1000   | 2026-04-09
C1     | F3      | 2026-05-10 | 2026-06-09 | 1000   | 2026-06-09
C1     | F4      | 2026-09-20 | 2026-10-20 | 600    |
""", "client | name | country | customer since | legal form | founded | sales opinion\n"
     "C1 | Dupont | FR | 2010-01-01 | SA | 1990-01-01 | good", as_of=as_of)
    assert found.grades == (["B"] if as_of == "2026-11-19" else ["C"])
    assert BOOK_FIGURE(found, "grades_down") == down


def test_the_look_back_reads_nothing_again_and_knows_nothing_later():
    found = book(LEDGER, CLIENTS, PAYMENTS)
    before = found.on(np.datetime64("2026-11-09"))
    assert before.assembly.read_tables is found.assembly.read_tables
    assert BOOK_FIGURE(before, "receivables") == 6_000  # neither the credit note nor the payment
    assert AGEING(before) == AGEING(book(LEDGER, CLIENTS, PAYMENTS, as_of="2026-11-09"))
    assert BOOK_FIGURE(found, "receivables") == 5_000


# Names

@pytest.mark.parametrize("name", ["cash_in", "Cash in", "CASH_IN", " Encaissé ", "encaisse", [["cash_in"]]])
def test_a_figure_is_asked_for_by_its_name_or_its_words_in_either_language(name):
    assert BOOK_FIGURE(book(LEDGER, PAYMENTS, as_of="2026-11-18"), name) == 500


def test_every_name_has_words_and_a_meaning_in_both_languages():
    for language in (LEDGER, CLIENTS, PAYMENTS, "key | value\naccount_411_balance | 5 000"), (
            LEDGER, CLIENTS, PAYMENTS, FRENCH + "\naccount_411_balance | 5 000"):
        found = book(*language)
        told = [CREDIT_WHY("BOOK_FIGURE", found, name) for name in FIGURES]
        assert all(sentence.endswith(".") and "book." not in sentence for sentence in told)
        assert len(set(told)) == len(FIGURES)


def test_an_unknown_name_is_refused_with_all_that_there_are():
    with pytest.raises(WrongArgument) as raised:
        BOOK_FIGURE(book(LEDGER), "turnover")
    assert all(name in str(raised.value) for name in FIGURES)
    with pytest.raises(WrongArgument, match="figure is empty"):
        BOOK_FIGURE(book(LEDGER), "")


def test_an_unknown_handle_is_not_available():
    with pytest.raises(NotAvailable, match="not known here"):
        BOOK_FIGURE("Book 000000000000", "overdue")
    handle = CREDIT_BOOK(AS_OF, table(LEDGER))
    assert BOOK_FIGURE([[handle]], "overdue") == 4_000


def test_why_tells_the_figure_with_what_it_counts():
    found = book(LEDGER, CLIENTS, PAYMENTS)
    assert CREDIT_WHY("BOOK_FIGURE", found, "overdue_share") == (
        "Overdue share: 80%. Overdue as a share of the receivables.")
    assert CREDIT_WHY("BOOK_FIGURE", found, "last payment") == (
        "Last payment: 18 Nov 2026. Date of the latest payment.")
    assert CREDIT_WHY("BOOK_FIGURE", found, "account_411_difference") == (
        "The difference is not known: enter account_411_balance in Policy.")
    assert CREDIT_WHY("BOOK_FIGURE", book(LEDGER, FRENCH), "Échu").startswith("Échu : 4\u202f000. Factures ouvertes")


# The demonstration

def test_the_figures_of_the_demonstration():
    """Overdue: the 24 open invoices past their due date, added by hand from Invoices.csv and Payments.csv.

    Receivables are the balance of account 411 in Policy.csv. Exposure and limits add up a column of the portfolio,
    whose single answers test_demo_answers has. Over 60 days: C040 1,560, C043 8,160, C036 3,000, C035 5,400, C041
    4,320, C033 8,640. Cash: 1,104 of C030 and 1,538.16 of C045 on the 19th. Promise: that of C023 for 27 November. Of
    the 50,000 of their group C010 to C012 are left 44,000, not the 95,000 granted: the three are to review. So is
    C042, whose insurer has withdrawn.
    """
    found = Book(AS_OF, load(DEMO).tables)
    assert figures(found, *FIGURES) == {
        "receivables": 426_644.67, "overdue": 68_720, "overdue_share": pytest.approx(0.161071, abs=1e-6),
        "over_60": 31_080, "exposure": 557_824.67, "limits": 789_000, "clients": 49, "invoices": 417, "errors": 5,
        "warnings": 4, "tie_out": 0, "account_411_difference": 0, "last_invoice": D(2026, 11, 18),
        "last_payment": D(2026, 11, 19), "last_working_day": D(2026, 11, 19), "cash_in": 2_642.16,
        "newly_overdue": 0, "newly_over_limit": 0, "grades_down": 0, "letters_due": 8, "promises_open": 1,
        "blocked": 7, "to_review": 17}
