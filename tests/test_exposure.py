"""Exposure and ageing: each component with its sign, what replaces what, and what was known at a past date."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import WORKED_CUSTOMER
from udfs import AGEING, CREDIT_EXPOSURE, CREDIT_HEADROOM, CREDIT_OVERDUE, CREDIT_WHY
from udfs.book.book import Book
from udfs.book.summary import balance, tie_out
from udfs.exposure.ageing import band_names, bands_of, read_edges
from udfs.exposure.components import COMPONENTS
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"


def table(text):
    """Rows written as lines, cells between bars."""
    return RawTable([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def book(*texts, as_of=AS_OF):
    return Book(as_of, [table(text) for text in texts])


def components(found, client="C1"):
    """The components of a client that are not nothing."""
    amounts = {name: CREDIT_EXPOSURE(client, found, name) for name in COMPONENTS}
    return {name: amount for name, amount in amounts.items() if amount}


def test_the_worked_customer_owes_66_500_on_a_limit_of_60_000():
    found = book(*WORKED_CUSTOMER)
    assert components(found) == {
        "open_invoices": 42_000, "credit_notes": -2_000, "unallocated": -4_000, "bills": 10_000, "cheques": 2_500,
        "delivered_not_invoiced": 6_000, "orders": 15_000, "deposits": -3_000}
    assert CREDIT_EXPOSURE("C1", found) == 66_500
    assert CREDIT_HEADROOM("C1", found) == -6_500
    assert balance(found) == 36_000  # E_accounting: what account 411 shows
    assert CREDIT_WHY("CREDIT_EXPOSURE", "C1", found) == (
        "Exposure €66,500.00 = open invoices €42,000.00, credit notes -€2,000.00, unallocated payments -€4,000.00, "
        "bills not matured €10,000.00, cheques not cleared €2,500.00, delivered not invoiced €6,000.00, "
        "orders not invoiced €15,000.00, deposits -€3,000.00.")


def test_orders_may_weigh_less():
    """Half of 15,000: 59,000 with the deposit of 3,000 still below its order."""
    assert CREDIT_EXPOSURE("C1", book(*WORKED_CUSTOMER, "key | value\norders_weight | 50 %")) == 59_000


# What replaces what

BILL = ("""client | invoice | date | due date | amount
           C1 | F1 | 2026-09-01 | 2026-10-31 | 8 000""",
        """client | payment date | amount | invoice | means | maturity | cleared on | bounced on
           C1 | 2026-09-10 | 8 000 | F1 | LCR | 2026-10-31 | {} | {}""")


@pytest.mark.parametrize(("as_of", "cleared", "bounced", "parts"), [
    ("2026-09-09", "", "", {"open_invoices": 8_000}),  # the bill is not there yet
    ("2026-09-10", "", "", {"bills": 8_000}),  # it replaces the invoice
    ("2026-10-31", "", "", {"bills": 8_000}),  # until its maturity
    ("2026-11-05", "", "", {"bills": 8_000}),  # plus five days in which it may come back
    ("2026-11-06", "", "", {}),
    ("2026-11-02", "2026-11-03", "", {"bills": 8_000}),
    ("2026-11-03", "2026-11-03", "", {}),  # the bank has cleared it: no need to wait
    ("2026-11-03", "", "2026-11-04", {"bills": 8_000}),
    ("2026-11-04", "", "2026-11-04", {"open_invoices": 8_000}),  # back unpaid: the invoice is open again
])
def test_a_bill_replaces_its_invoice_until_it_has_matured_or_bounced(as_of, cleared, bounced, parts):
    assert components(book(BILL[0], BILL[1].format(cleared, bounced), as_of=as_of)) == parts


def test_a_bill_without_a_maturity_falls_due_with_its_invoice():
    payments = "client | payment date | amount | invoice | means\nC1 | 2026-09-10 | 8 000 | F1 | LCR"
    assert components(book(BILL[0], payments, as_of="2026-11-05")) == {"bills": 8_000}
    assert components(book(BILL[0], payments, as_of="2026-11-06")) == {}


@pytest.mark.parametrize(("as_of", "cleared", "bounced", "parts"), [
    ("2026-11-09", "", "", {"cheques": 2_500}), ("2026-11-10", "", "", {}),  # ten days unless the bank says so
    ("2026-11-03", "2026-11-04", "", {"cheques": 2_500}), ("2026-11-04", "2026-11-04", "", {}),
    ("2026-11-15", "2026-11-16", "", {"cheques": 2_500}),
    ("2026-11-06", "", "2026-11-06", {"open_invoices": 2_500}),
])
def test_a_cheque_counts_until_it_has_cleared(as_of, cleared, bounced, parts):
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-10-01 | 2026-10-31 | 2 500",
                 f"""client | payment date | amount | invoice | means | cleared on | bounced on
                     C1 | 2026-10-31 | 2 500 | F1 | chèque | {cleared} | {bounced}""", as_of=as_of)
    assert components(found) == parts


def test_an_invoice_that_names_its_order_replaces_that_part_of_it():
    """24,000 ordered, 9,000 invoiced of which 4,000 are paid, 6,000 delivered: 5,000 + 6,000 + 9,000."""
    found = book("""client | invoice | date | due date | amount | order | paid
                    C1 | F1 | 2026-11-02 | 2026-12-02 | 9 000 | O1 | 4 000""",
                 "client | order | order date | amount | delivered not invoiced\nC1 | O1 | 2026-10-01 | 24 000 | 6 000")
    assert components(found) == {"open_invoices": 5_000, "delivered_not_invoiced": 6_000, "orders": 9_000}


def test_an_order_invoiced_in_full_leaves_nothing_to_deliver():
    found = book("client | invoice | date | due date | amount | order\nC1 | F1 | 2026-11-02 | 2026-12-02 | 9 000 | O1",
                 "client | order | order date | amount\nC1 | O1 | 2026-10-01 | 8 500")
    assert components(found) == {"open_invoices": 9_000}


def test_a_deposit_counts_no_further_than_its_order_and_the_rest_waits_to_be_allocated():
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-11-02 | 2026-12-02 | 5 000",
                 "client | payment date | amount | order\nC1 | 2026-11-03 | 2 400 | O1",
                 "client | order | order date | amount\nC1 | O1 | 2026-10-01 | 2 000")
    assert components(found) == {"open_invoices": 5_000, "unallocated": -400, "orders": 2_000, "deposits": -2_000}
    assert tie_out(found) == 0


def test_a_paid_deposit_invoice_lowers_the_order_and_an_unpaid_one_changes_nothing():
    orders = "client | order | order date | amount\nC1 | O1 | 2026-10-01 | 20 000"
    deposit = """client | invoice | kind | date | due date | amount | order | paid
                 C1 | AC1 | facture d'acompte | 2026-10-02 | 2026-10-12 | 6 000 | O1 | {}"""
    assert CREDIT_EXPOSURE("C1", book(deposit.format("6 000"), orders)) == 14_000
    assert CREDIT_EXPOSURE("C1", book(deposit.format(""), orders)) == 20_000


def test_a_payment_beyond_its_invoice_is_unallocated():
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-11-02 | 2026-12-02 | 1 000",
                 "client | payment date | amount | invoice\nC1 | 2026-11-03 | 1 150 | F1")
    assert components(found) == {"unallocated": -150}
    assert CREDIT_EXPOSURE("C1", found) == -150  # a credit balance is shown as it is


def test_a_credit_note_paid_back_is_settled():
    found = book("""client | invoice | kind | date | due date | amount
                    C1 | F1 | invoice | 2026-10-02 | 2026-12-02 | 1 000
                    C1 | A1 | avoir | 2026-10-20 | | 300
                    C1 | A2 | avoir | 2026-10-21 | | 200""",
                 "client | payment date | amount | invoice\nC1 | 2026-11-03 | -200 | A2")
    assert components(found) == {"open_invoices": 1_000, "credit_notes": -300}


def test_a_refund_takes_back_the_payment_it_follows():
    found = book("client | invoice | date | due date | amount\nC1 | F1 | 2026-10-02 | 2026-12-02 | 1 000",
                 """client | payment date | amount | invoice
                    C1 | 2026-10-05 | 600 | F1
                    C1 | 2026-10-09 | 400 | F1
                    C1 | 2026-10-15 | -400 | F1""")
    assert components(found) == {"open_invoices": 400}


def test_one_payment_settles_instalments_in_the_order_of_their_due_dates():
    found = book("""client | invoice | date | due date | amount
                    C1 | F1 | 2026-07-01 | 2026-10-31 | 1 000
                    C1 | F1 | 2026-07-01 | 2026-08-31 | 1 000
                    C1 | F1 | 2026-07-01 | 2026-09-30 | 1 000""",
                 "client | payment date | amount | invoice\nC1 | 2026-09-15 | 1 400 | F1")
    assert dict(zip(map(str, found.ledger.due_date), found.ledger.open.tolist(), strict=True)) == {
        "2026-08-31": 0, "2026-09-30": 600, "2026-10-31": 1_000}
    assert str(found.ledger.settled_on[1]) == "2026-09-15"


def test_a_payment_settles_an_invoice_of_its_own_client_only():
    found = book("""client | invoice | date | due date | amount
                    C1 | 1 | 2026-10-02 | 2026-12-02 | 1 000
                    C2 | 1 | 2026-10-02 | 2026-12-02 | 700""",
                 "client | payment date | amount | invoice\nC2 | 2026-11-03 | 700 | 1")
    assert CREDIT_EXPOSURE(["C1", "C2"], found) == [1_000, 0]


def test_a_disputed_invoice_stays_in_the_exposure_and_in_what_is_overdue():
    found = book("""client | invoice | date | due date | amount | disputed
                    C1 | F1 | 2026-08-02 | 2026-09-02 | 5 400 | oui""")
    assert (CREDIT_EXPOSURE("C1", found), CREDIT_OVERDUE("C1", found)) == (5_400, 5_400)
    assert AGEING(found)[1][-1] == 5_400  # of which disputed


# As of a past date

STORY = ("""client | invoice | date       | due date   | amount | kind
            C1     | F1      | 2026-08-01 | 2026-08-31 | 1 000  |
            C1     | F2      | 2026-09-15 | 2026-10-15 | 500    |
            C1     | A1      | 2026-10-01 |            | 200    | credit note
            C1     | F3      | 2026-11-20 | 2026-12-20 | 300    |
            C1     | F4      | 2026-11-21 | 2026-12-21 | 9 999  |""",
         """client | payment date | amount | invoice
            C1     | 2026-09-20   | 400    | F1
            C1     | 2026-11-20   | 600    | F1
            C1     | 2026-11-21   | 500    | F2""")


@pytest.mark.parametrize(("as_of", "exposure", "overdue"), [
    ("2026-07-31", 0, 0), ("2026-08-01", 1_000, 0), ("2026-08-31", 1_000, 0), ("2026-09-01", 1_000, 1_000),
    ("2026-09-19", 1_500, 1_000), ("2026-09-20", 1_100, 600), ("2026-10-01", 900, 600), ("2026-10-16", 900, 1_100),
    ("2026-11-19", 900, 1_100), ("2026-11-20", 600, 500), ("2026-11-21", 10_099, 0),
])
def test_at_a_past_date_only_what_was_known_then_counts(as_of, exposure, overdue):
    """Later payments are open then, later rows are ignored; due today is not overdue."""
    found = book(*STORY, "client | name\nC1 | Martin", as_of=as_of)
    assert (CREDIT_EXPOSURE("C1", found), CREDIT_OVERDUE("C1", found)) == (exposure, overdue)
    assert tie_out(found) == 0


def test_a_payment_written_in_the_invoice_row_counts_from_its_date():
    rows = """client | invoice | date | due date | amount | paid | paid on
              C1 | F1 | 2026-08-01 | 2026-08-31 | 1 000 | 1 000 | 2026-10-05
              C1 | F2 | 2026-08-01 | 2026-08-31 | 500 | 120 |"""
    assert CREDIT_EXPOSURE("C1", book(rows, as_of="2026-10-04")) == 1_380
    assert CREDIT_EXPOSURE("C1", book(rows, as_of="2026-10-05")) == 380


# Ageing (DOMAIN 5.2)

@pytest.mark.parametrize(("days", "band"), [(-30, "not_due"), (0, "not_due"), (1, "1-30"), (30, "1-30"), (31, "31-60"),
                                            (60, "31-60"), (61, "61-90"), (91, "91-180"), (180, "91-180"),
                                            (181, ">180")])
def test_30_days_belong_to_1_30_and_due_today_is_not_due(days, band):
    edges = read_edges("0;30;60;90;180")
    assert band_names(edges)[int(bands_of(np.array([days]), edges)[0])] == band


AGED = """client | invoice | kind | date | due date | amount
          C1 | F1 | invoice | 2026-10-21 | 2026-11-20 | 100.10
          C1 | F2 | invoice | 2026-10-20 | 2026-11-19 | 200.20
          C2 | F3 | invoice | 2026-09-20 | 2026-10-20 | 400.40
          C2 | A1 | credit note | 2026-10-25 | | 50.05
          C3 | F4 | invoice | 2025-01-01 | 2025-01-31 | 800.80"""


def test_the_aged_balance_adds_up_to_account_411():
    found = book(AGED, "client | payment date | amount\nC1 | 2026-11-10 | 25")
    assert AGEING(found) == [
        ["Client", "Name", "Not due", "1-30", "31-60", "61-90", "91-180", ">180", "Credits not applied", "Balance",
         "of which disputed"],
        ["C1", "C1", 100.10, 200.20, 0, 0, 0, 0, -25, 275.30, 0],
        ["C2", "C2", 0, 0, 400.40, 0, 0, 0, -50.05, 350.35, 0],
        ["C3", "C3", 0, 0, 0, 0, 0, 800.80, 0, 800.80, 0],
        ["Total", "", 100.10, 200.20, 400.40, 0, 0, 800.80, -75.05, 1_426.45, 0]]
    assert balance(found) == 1_426.45


def test_ageing_by_invoice_date_and_for_chosen_clients():
    found = book(AGED)
    lines = AGEING(found, ["C1", "C2"], "invoice_date")
    assert [line[0] for line in lines] == ["Client", "C1", "C2", "Total"]
    assert lines[1][2:8] == [0, 100.10, 200.20, 0, 0, 0]  # 30 and 31 days since the invoice
    assert lines[2][2:8] == [0, 0, 0, 400.40, 0, 0]  # 61 days


def test_ageing_bands_are_the_users():
    headings = AGEING(book(AGED, "key | value\nageing_edges | 0;15;45"))[0]
    assert headings[2:6] == ["Not due", "1-15", "16-45", ">45"]


# Whatever the ledger

DAYS = st.integers(0, 400).map(lambda days: str(np.datetime64("2025-11-01") + days))
CENTS = st.integers(1, 5_000_000).map(lambda cents: cents / 100)
INVOICE = st.tuples(st.sampled_from(["C1", "C2", "C3"]), st.sampled_from(["invoice", "credit note", "invoice"]), DAYS,
                    st.integers(0, 90), CENTS, st.sampled_from(["", "O1"]))
PAYMENT = st.tuples(st.sampled_from(["C1", "C2", "C3"]), DAYS, CENTS,
                    st.sampled_from(["", *(f"F{place}" for place in range(12))]),
                    st.sampled_from(["", "transfer", "cheque", "LCR"]), st.sampled_from(["", "O1"]),
                    st.sampled_from(["", "2026-09-01", "2026-12-01"]))


@given(invoices=st.lists(INVOICE, min_size=1, max_size=12), payments=st.lists(PAYMENT, max_size=10))
@pytest.mark.fuzz
def test_components_add_up_to_the_total_and_the_aged_balance_to_the_ledger(invoices, payments):
    documents = [[client, f"F{place}", kind, day, str(np.datetime64(day) + days), amount, order]
                 for place, (client, kind, day, days, amount, order) in enumerate(invoices)]
    found = Book(AS_OF, [
        RawTable([["client", "invoice", "kind", "date", "due date", "amount", "order"], *documents]),
        RawTable([["client", "payment date", "amount", "invoice", "means", "order", "bounced on"], *payments]),
        RawTable([["client", "order", "order date", "amount"], ["C1", "O1", "2026-02-01", 4_000]])])
    codes = found.clients.codes
    parts = np.array([CREDIT_EXPOSURE(codes, found, name) for name in COMPONENTS])
    assert parts.sum(axis=0) == pytest.approx(np.array(CREDIT_EXPOSURE(codes, found)), abs=0.05)
    signs = {"credit_notes": -1, "deposits": -1, "open_invoices": 1, "bills": 1, "cheques": 1, "orders": 1}
    for name, sign in signs.items():
        assert (sign * parts[COMPONENTS.index(name)] >= 0).all()
    *_, total = AGEING(found)
    assert total[-2] == pytest.approx(balance(found), abs=0.05)
    assert tie_out(found) == 0
    assert (np.array(CREDIT_OVERDUE(codes, found)) <= parts[0] + 0.005).all()
