"""The lists of one client: its open items with their remarks, its events, its delay month by month."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.build import demo_portfolio
from addin.macros.explain import explain
from addin.readers import load
from tests.small_ledgers import AS_OF, FRENCH, book
from udfs import AGEING, CLIENT_HISTORY, CREDIT_WHY, DELAY_HISTORY, OPEN_ITEMS
from udfs.book.book import Book
from udfs.errors import NotAvailable

DEMO = Path(demo_portfolio.__file__).parent / "demo"
D = dt.date
LISTS = (OPEN_ITEMS, CLIENT_HISTORY, DELAY_HISTORY)


@pytest.fixture(scope="module")
def demo():
    return Book(AS_OF, load(DEMO).tables)


LEDGER = """
client | invoice | kind | date | due date | amount | disputed | dispute reason | promise date | retention | factored
C1 | F2 | invoice     | 2026-10-20 | 2026-11-19 | 2 000 |     |       | 2026-11-25 |    |
C1 | F1 | invoice     | 2026-08-01 | 2026-08-31 | 1 000 | oui | Casse |            | 50 |
C1 | A1 | credit note | 2026-11-02 | 2026-11-02 | 300   |     |       |            |    |
C1 | F3 | invoice     | 2026-11-05 | 2026-12-05 | 700   |     |       |            |    | oui
C1 | F4 | invoice     | 2026-07-01 | 2026-07-31 | 400   |     |       |            |    |
C2 | G1 | invoice     | 2026-11-05 | 2026-12-05 | 50    |     |       |            |    |
"""
PAYMENTS = """
client | payment date | amount | invoice
C1     | 2026-08-03   | 400    | F4
C1     | 2026-11-10   | 500    | F2
C1     | 2026-11-12   | 120    |
"""


# Open items

def test_the_open_items_of_a_client_total_its_balance():
    """Settled F4 is gone, 500 of F2 are paid, 120 came without reference: 1,000 - 300 + 1,500 + 700 - 120 = 2,780."""
    found = book(LEDGER, PAYMENTS)
    assert OPEN_ITEMS("C1", found) == [
        ["Invoice", "Date", "Due", "Open", "Days late", "Remark"],
        ["F1", D(2026, 8, 1), D(2026, 8, 31), 1_000, 81, "disputed · Casse · retention of €50.00"],
        ["A1", D(2026, 11, 2), D(2026, 11, 2), -300, "", "credit note"],
        ["F2", D(2026, 10, 20), D(2026, 11, 19), 1_500, 1, "promised for 25 Nov 2026"],
        ["F3", D(2026, 11, 5), D(2026, 12, 5), 700, 0, "sold to the factor"],
        ["", "", "", -120, "", "payments to allocate"]]
    assert AGEING(found, "C1")[-1][-2] == 2_780


def test_remarks_in_french():
    remarks = [row[5] for row in OPEN_ITEMS("C1", book(LEDGER, PAYMENTS, FRENCH))[1:]]
    assert remarks == ["en litige · Casse · retenue de garantie de 50,00\xa0€", "avoir", "promis pour le 25/11/2026",
                       "cédée au factor", "règlements à affecter"]


@pytest.mark.parametrize(("journal", "remark"), [
    ("2026-11-10 | C1 | promise | F2 | 2026-11-18", "promised for 25 Nov 2026"),  # the later day stands
    ("2026-11-10 | C1 | promise | F2 | 2026-11-30", "promised for 30 Nov 2026"),
    ("2026-11-10 | C1 | dispute | F2 |", "disputed since 10 Nov 2026 · promised for 25 Nov 2026")])
def test_the_journal_has_its_say_on_an_open_item(journal, remark):
    found = book(LEDGER, PAYMENTS, "date | client | event | invoice | for the date\n" + journal)
    assert [row[5] for row in OPEN_ITEMS("C1", found) if row[0] == "F2"] == [remark]


def test_a_promise_that_was_not_kept_and_a_plan():
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-08-01 | 2026-08-31 | 900\n"
                 "C1 | F2 | 2026-09-01 | 2026-10-01 | 600",
                 "date | client | event | invoice | for the date\n2026-11-02 | C1 | promise | F1 | 2026-11-06",
                 "client | due | amount | invoice\nC1 | 2026-11-05 | 300 | F2\nC1 | 2026-12-04 | 300 | F2\n"
                 "C1 | 2027-01-05 | 300 | F2")
    assert [row[5] for row in OPEN_ITEMS("C1", found)[1:]] == [
        "promised for 6 Nov 2026, not kept", "payment plan, next 4 Dec 2026"]


def test_a_client_with_nothing_open():
    found = book("client | invoice | date | due date | amount | paid on\nC1 | F1 | 2026-08-01 | 2026-08-31 | 900 | "
                 "2026-08-31")
    assert OPEN_ITEMS("C1", found)[1:] == [["", "", "", "", "", "Nothing is open."]]


@given(st.lists(st.tuples(st.sampled_from(["invoice", "credit note"]), st.integers(1, 10**6), st.integers(0, 10**6)),
                max_size=6), st.lists(st.integers(-10**5, 10**6), max_size=4))
def test_open_items_always_total_the_balance(documents, payments):
    """Cents, paid in part, too much or not at all; payments without reference, given back too."""
    rows = [f"C1 | D{place} | {kind} | 2026-09-01 | 2026-10-01 | {amount / 100} | {paid / 100}"
            for place, (kind, amount, paid) in enumerate(documents)]
    money = [f"C1 | 2026-11-01 | {amount / 100} | transfer" for amount in payments]
    found = book("client | invoice | kind | date | due date | amount | paid\n"
                 + "\n".join([*rows, "C2 | Z | invoice | 2026-09-01 | 2026-10-01 | 1 | 0"]),
                 "client | payment date | amount | means\n" + "\n".join([*money, "C2 | 2026-11-01 | 1 | transfer"]))
    if found.clients.find("C1") is None:
        return
    total = sum(row[3] or 0 for row in OPEN_ITEMS("C1", found)[1:])
    assert total == pytest.approx(AGEING(found, "C1")[-1][-2], abs=0.005)


def test_the_open_items_of_the_demonstration(demo):
    """C002 of DOMAIN 5.1: 18,000 + 14,000 + 10,000 less a credit note of 2,000 and 4,000 not allocated."""
    assert [row[3] for row in OPEN_ITEMS("C002", demo)[1:]] == [18_000, 14_000, -2_000, 10_000, -4_000]
    assert OPEN_ITEMS("C025", demo)[1:] == [
        ["FA2026-0191", D(2026, 9, 1), D(2026, 10, 31), 2_000, 20, ""],
        ["FA2026-0191", D(2026, 9, 1), D(2026, 11, 30), 2_000, 0, ""]]
    assert OPEN_ITEMS("C023", demo)[1][5] == "promised for 27 Nov 2026"
    assert OPEN_ITEMS("C036", demo)[1][3:] == [3_000, 112, "payment plan, next 4 Dec 2026"]


def test_explain_lists_the_same_items(demo):
    items = explain(demo, "C002").sections[-1]
    assert [row[3] for row in items.rows] == [18_000, 14_000, -2_000, 10_000, -4_000]
    assert items.rows[-1] == ["", "", "", -4_000, "", "payments to allocate"]


# History

HISTORY = ("""
date       | client | kind          | level | invoices | amount | author | file
2026-09-09 | C1     | reminder      | 1     | F1       | 1 000  | Claire | lettre 1.docx
2026-10-15 | C1     | formal_notice | 4     | F1       | 1 000  | Claire |
2026-10-15 | C2     | reminder      | 1     | G1       | 50     | Claire |
""", """
date       | client | event        | invoice | amount | for the date | author | note
2026-10-15 | C1     | call         | F1      |        |              | Hugo   | Rappeler lundi
2026-10-20 | C1     | promise      | F1      | 600    | 2026-10-30   | Hugo   |
2026-02-01 | C1     | decision     |         | 8 000  | 2027-01-31   | Claire | Comité
2026-11-21 | C1     | call         |         |        |              | Hugo   |
""")


def test_letters_and_entries_of_the_journal_are_one_list_the_newest_first():
    """What is dated after the date of the book is not known yet; of one day, what was said comes before what was
    written.
    """
    assert CLIENT_HISTORY("C1", book(LEDGER, *HISTORY)) == [
        ["Date", "Event", "Invoice", "Amount", "For the date", "Author", "Note"],
        [D(2026, 10, 20), "promise", "F1", 600, D(2026, 10, 30), "Hugo", ""],
        [D(2026, 10, 15), "call", "F1", "", "", "Hugo", "Rappeler lundi"],
        [D(2026, 10, 15), "formal notice", "F1", 1_000, "", "Claire", ""],
        [D(2026, 9, 9), "reminder 1", "F1", 1_000, "", "Claire", "lettre 1.docx"],
        [D(2026, 2, 1), "decision", "", 8_000, D(2027, 1, 31), "Claire", "Comité"]]


def test_events_in_french_and_a_client_without_any():
    found = book(LEDGER, *HISTORY, FRENCH)
    assert [row[1] for row in CLIENT_HISTORY("C1", found)] == [
        "Événement", "promesse", "appel", "mise en demeure", "relance 1", "décision"]
    assert CLIENT_HISTORY("C1", book(LEDGER))[1:] == [["", "", "", "", "", "", "Nothing has been recorded."]]


def test_what_a_cell_says_stays_as_it_is():
    note = book(LEDGER, "date | client | event | note\n2026-10-15 | C1 | call | =CMD() {note}")
    assert CLIENT_HISTORY("C1", note)[1][6] == "=CMD() {note}"


def test_the_history_of_the_client_of_two_broken_promises(demo):
    found = [row[:2] for row in CLIENT_HISTORY("C034", demo)[1:]]
    assert found == [[D(2026, 11, 16), "broken promise"], [D(2026, 11, 10), "promise"],
                     [D(2026, 11, 9), "broken promise"], [D(2026, 11, 2), "promise"], [D(2026, 10, 30), "reminder 1"]]


# Delays

SETTLED = """
client | invoice | date       | due date   | amount | paid  | paid on
C1     | F1      | 2025-09-01 | 2025-10-31 | 500    | 500   | 2025-11-30
C1     | F2      | 2025-10-01 | 2025-11-30 | 800    | 800   | 2025-12-01
C1     | F3      | 2026-08-01 | 2026-08-31 | 3 000  | 3 000 | 2026-10-10
C1     | F4      | 2026-09-01 | 2026-10-31 | 1 000  | 1 000 | 2026-10-20
C1     | F5      | 2026-09-01 | 2026-10-01 | 900    | 400   | 2026-11-20
C1     | F6      | 2026-09-01 | 2026-10-01 | 70     |       |
C2     | G1      | 2026-09-01 | 2026-10-01 | 70     | 70    | 2026-10-31
"""


def test_twelve_months_the_oldest_first():
    """November 2025 is out of sight. F2 is a day late; F3, 40 days, and F4, early, weigh 3,000 x 40 / 4,000 = 30;
    the 400 paid of F5 are 50 days late.
    """
    heading, *months = DELAY_HISTORY("C1", book(SETTLED))
    assert heading == ["Month", "Settled", "Days late"]
    assert [row[0] for row in months] == ["2025-12", *(f"2026-{month:02d}" for month in range(1, 12))]
    assert {row[0]: row[1:] for row in months if row[1]} == {"2025-12": [800, 1], "2026-10": [4_000, 30],
                                                             "2026-11": [400, 50]}
    assert all(row[2] == "" for row in months if not row[1])


@pytest.mark.parametrize(("payment", "months"), [
    ("2026-11-10 | 500 | transfer |           |", {"2026-11": [500, 40]}),
    ("2026-09-15 | 500 | LCR      | 2026-10-11 |", {"2026-10": [500, 10]}),  # a bill is paid when it matures
    ("2026-09-15 | 500 | LCR      | 2026-12-11 |", {}),                      # not yet
    ("2026-10-05 | 500 | cheque   |            | 2026-10-12", {})])          # came back
def test_payments_count_on_the_day_of_the_money(payment, months):
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-09-01 | 2026-10-01 | 900",
                 "client | invoice | payment date | amount | means | maturity | bounced on\nC1 | F1 | " + payment)
    assert {row[0]: row[1:] for row in DELAY_HISTORY("C1", found)[1:] if row[1]} == months


def test_the_drift_of_a_good_payer(demo):
    """The story of C044: paid to the day until May, then 5, 12, 20 and 28 days late."""
    assert [row[1:] for row in DELAY_HISTORY("C044", demo)[1:]] == [
        [0, ""], [4_350, 0], [0, ""], [4_050, 0], [0, ""], [4_650, 0], [4_800, 5], [0, ""], [4_500, 12], [5_100, 20],
        [4_950, 28], [0, ""]]


def test_part_payments_count_each_in_its_month(demo):
    """C024: 10,000 due on 1 May, 4,000 paid on 1 July, 61 days late, and 6,000 on 3 September, 125 days."""
    months = {row[0]: row[1:] for row in DELAY_HISTORY("C024", demo)[1:]}
    assert (months["2026-07"], months["2026-09"]) == ([4_000, 61], [6_000, 125])


# The client asked for

@pytest.mark.parametrize("function", LISTS)
def test_one_code_of_a_range_the_first_whatever_its_spelling(demo, function):
    one = function("C034", demo)
    assert function(" c034 ", demo) == function([["C034"], ["C001"]], demo) == one
    assert one != function("C044", demo)


@pytest.mark.parametrize("function", LISTS)
def test_an_unknown_or_empty_client_is_not_available_and_the_nearest_is_named(demo, function):
    with pytest.raises(NotAvailable, match="Nearest code: C034"):
        function("C0034", demo)
    with pytest.raises(NotAvailable, match="empty"):
        function("", demo)
    with pytest.raises(NotAvailable, match="not known here"):
        function("C034", "Book 000000000000")


def test_why_tells_what_a_list_is_and_what_is_wrong_with_it(demo):
    assert CREDIT_WHY("DELAY_HISTORY", "C044", demo).startswith("=DELAY_HISTORY(client, book) = 13 × 3. How late")
    assert "Nearest code: C034" in CREDIT_WHY("OPEN_ITEMS", "C0034", demo)
    assert "Code le plus proche" in CREDIT_WHY("OPEN_ITEMS", "C9", book(LEDGER, FRENCH))
