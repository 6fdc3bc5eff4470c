"""Due dates that the Book computes from the terms, instalments in the ledger, and stated dates that contradict them."""

import pytest

from tests.small_ledgers import book
from udfs import AGEING, BOOK_FIGURE, CREDIT_EXPOSURE, CREDIT_OVERDUE, OPEN_ITEMS

HEADINGS = "client | invoice | date | amount | terms"
THIRDS = "1/3 30 j, 1/3 60 j, 1/3 90 j"


def of_one(terms, date="2026-06-30", amount="9 000", more="", as_of="2026-08-31", others=()):
    """One invoice of C1; `more` are the headings and the cells of further columns, as `| paid; | 4 000`."""
    headings, _, cells = more.partition(";")
    return book(f"{HEADINGS} {headings}\nC1 | F1 | {date} | {amount} | {terms} {cells}", *others, as_of=as_of)


def items(found):
    """Day due and open amount of each open item."""
    return [(str(row[2]), row[3]) for row in OPEN_ITEMS("C1", found)[1:] if row[3] != ""]


def sentences(found, code):
    return [issue.sentence() for issue in found.issues if issue.code == code]


def test_an_invoice_in_three_parts_falls_due_in_three_parts():
    """30 June and 30, 60, 90 days: 30 July, 29 August, 28 September. On 31 August two of them are late."""
    found = of_one(THIRDS)
    assert items(found) == [("2026-07-30", 3_000), ("2026-08-29", 3_000), ("2026-09-28", 3_000)]
    assert CREDIT_EXPOSURE("C1", found) == 9_000
    assert CREDIT_OVERDUE("C1", found) == 6_000
    # Not due 3,000; 2 days late 3,000; 32 days late 3,000.
    row = AGEING(found, "C1")[1]
    assert row[2:5] == [3_000, 3_000, 3_000]
    assert BOOK_FIGURE(found, "tie_out") == 0


def test_a_payment_on_the_invoice_settles_the_first_part_first():
    paid = "client | date | amount | invoice\nC1 | 2026-08-01 | 4 000 | F1"
    found = of_one(THIRDS, others=[paid])
    assert items(found) == [("2026-08-29", 2_000), ("2026-09-28", 3_000)]
    assert CREDIT_OVERDUE("C1", found) == 2_000


def test_what_was_paid_before_counts_on_the_first_part_first():
    found = of_one(THIRDS, more="| paid; | 4 000")
    assert items(found) == [("2026-08-29", 2_000), ("2026-09-28", 3_000)]
    assert CREDIT_EXPOSURE("C1", found) == 5_000


def test_an_invoice_that_is_all_paid_leaves_nothing_open():
    found = of_one(THIRDS, more="| paid on; | 2026-08-15")
    assert CREDIT_EXPOSURE("C1", found) == 0
    assert BOOK_FIGURE(found, "tie_out") == 0


def test_more_than_all_paid_before_stays_the_clients_money():
    found = of_one(THIRDS, more="| paid; | 10 000")
    assert CREDIT_EXPOSURE("C1", found) == -1_000
    assert BOOK_FIGURE(found, "tie_out") == 0


def test_the_last_part_takes_the_cents():
    """10,000 in three: 3,333.33 + 3,333.33 + 3,333.34 (DOMAIN 3.4)."""
    found = of_one(THIRDS, amount="10 000")
    assert [amount for _, amount in items(found)] == [3_333.33, 3_333.33, 3_333.34]


def test_an_invoice_counts_once_however_many_parts_it_has():
    assert BOOK_FIGURE(of_one(THIRDS), "invoices") == 1


def test_the_parts_are_those_of_the_client_where_the_invoice_says_nothing():
    clients = f"client | name | terms\nC1 | Dupont | {THIRDS}"
    assert len(items(of_one("", others=[clients]))) == 3


def test_a_deposit_is_due_with_the_invoice_at_the_earliest():
    """Ordered on 1 June, invoiced on 30 June: the deposit is late from 1 July on, not before."""
    orders = "client | order | date | amount\nC1 | O1 | 2026-06-01 | 9 000"
    found = of_one("30 % à la commande, solde 60 jours", more="| order; | O1", others=[orders])
    assert items(found) == [("2026-06-30", 2_700), ("2026-08-29", 6_300)]


def test_a_retention_is_not_late_with_the_rest():
    """5 % are kept for twelve months from delivery (law of 16 July 1971, article 2)."""
    found = of_one("30 jours, retenue de garantie 5 %", amount="10 000", more="| delivery date; | 2026-06-15")
    assert items(found) == [("2026-07-30", 9_500), ("2027-06-15", 500)]
    assert CREDIT_OVERDUE("C1", found) == 9_500


def test_a_bill_falls_due_on_a_day_when_banks_are_open():
    """1 July and 45 days: 15 August 2026, a holiday and a Saturday; the bill is payable on Monday the 17th."""
    assert items(of_one("LCR 45 jours", date="2026-07-01")) == [("2026-08-17", 9_000)]
    assert items(of_one("45 jours", date="2026-07-01")) == [("2026-08-15", 9_000)]


def test_terms_from_receipt_count_from_the_day_it_was_received():
    found = of_one("30 jours à réception de facture", more="| received on; | 2026-07-06")
    assert items(found) == [("2026-08-05", 9_000)]


def test_a_credit_note_is_not_split():
    ledger = f"{HEADINGS} | kind\nC1 | F1 | 2026-06-30 | 9 000 | {THIRDS} | invoice\n" \
             f"C1 | A1 | 2026-07-10 | 900 | {THIRDS} | credit note"
    found = book(ledger, as_of="2026-08-31")
    assert CREDIT_EXPOSURE("C1", found) == 8_100
    assert [row[3] for row in OPEN_ITEMS("C1", found)[1:]].count(-900) == 1


# A stated due date

def contradiction(terms, due, date="2026-01-15"):
    found = book(f"{HEADINGS} | due date\nC1 | F1 | {date} | 1 200 | {terms} | {due}", as_of="2026-06-30")
    return sentences(found, "issues.due_date_contradicts_terms")


def test_a_due_date_that_the_terms_contradict_is_told_and_counts():
    assert contradiction("30 jours", "2026-04-15") == [
        'Invoices, row 2, Due date: the due date 15 Apr 2026 of this invoice of C1 is not that of the payment terms '
        '"30 jours" (14 Feb 2026); the stated date counts. Correct the date or the terms.']


@pytest.mark.parametrize(("terms", "due"), [
    ("30 jours", "2026-02-14"),
    ("30 jours", "2026-02-16"),  # the 14th is a Saturday
    ("1 mois", "2026-02-14"),
    ("45 jours fin de mois", "2026-03-31"),
    ("45 jours fin de mois", "2026-03-17"),  # the end of the month first, then 45 days
    ("45 jours fin de mois", "2026-03-15"),  # a month and a half after the end of the month
    (THIRDS, "2026-02-14"), (THIRDS, "2026-03-16"), (THIRDS, "2026-04-15"),  # each part has its own date
    ("plus tard", "2026-04-15"),  # not understood: nothing to compare
    ("", "2026-04-15"),
])
def test_a_due_date_that_some_reading_of_the_terms_gives_is_right(terms, due):
    assert contradiction(terms, due) == []


def test_one_warning_for_each_client_and_term_at_the_worst_invoice():
    rows = [("F1", "2026-01-15", "2026-04-15"), ("F2", "2026-02-01", "2026-06-30"), ("F3", "2026-02-01", "2026-03-03")]
    found = book(f"{HEADINGS} | due date\n" + "\n".join(
        f"C1 | {number} | {date} | 1 200 | 30 jours | {due}" for number, date, due in rows), as_of="2026-06-30")
    (one,) = sentences(found, "issues.due_date_contradicts_terms")
    assert one.startswith("Invoices, row 3, Due date: the due date 30 Jun 2026 is not that of the payment terms "
                          '"30 jours" (3 Mar 2026); so for 2 invoices of C1')


def test_terms_of_the_client_are_compared_too():
    found = book("client | invoice | date | amount | due date\nC1 | F1 | 2026-01-15 | 1 200 | 2026-04-15",
                 "client | name | terms\nC1 | Dupont | 30 jours", as_of="2026-06-30")
    assert len(sentences(found, "issues.due_date_contradicts_terms")) == 1


def test_terms_not_understood_take_the_default_with_one_warning():
    found = of_one("plus tard")
    assert items(found) == [("2026-07-30", 9_000)]
    assert len(sentences(found, "issues.terms_unreadable")) == 1


def test_instalments_that_the_ledger_lists_itself_contradict_nothing():
    found = book("client | invoice | date | amount | due date\n" + "\n".join(
        f"C1 | F1 | 2026-01-15 | 400 | {due}" for due in ("2026-02-14", "2026-03-31", "2026-05-15")),
                 "client | name | terms\nC1 | Dupont | 30 jours", as_of="2026-06-30")
    assert sentences(found, "issues.due_date_contradicts_terms") == []


def test_terms_not_understood_leave_those_of_the_client():
    found = of_one("plus tard", others=["client | name | terms\nC1 | Dupont | 60 jours"])
    assert items(found) == [("2026-08-29", 9_000)]
    (told,) = sentences(found, "issues.terms_unreadable")
    assert "those of the client are used" in told


def test_an_invoice_paid_by_bill_falls_due_when_banks_are_open_whatever_column_says_so():
    assert items(of_one("45 jours", date="2026-07-01", more="| means; | LCR")) == [("2026-08-17", 9_000)]


# Letters

def test_a_second_part_that_falls_late_begins_with_the_first_reminder():
    """The first part was reminded twice and paid; the second is 10 days late on 8 September."""
    paid = "client | date | amount | invoice\nC1 | 2026-09-01 | 3 000 | F1"
    letters = "date | client | kind | level | invoices\n2026-08-08 | C1 | reminder | 1 | F1\n" \
              "2026-08-20 | C1 | reminder | 2 | F1"
    found = of_one(THIRDS, as_of="2026-09-08", others=[paid, letters])
    assert [(one.step.level, one.amount) for one in found.reminders] == [(1, 3_000)]
