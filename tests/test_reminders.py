"""Which letter is due on which day: the default ladder of DOMAIN 0 told as stories with dates.

Level 1 at 8 days, 2 at 20, 3 at 30, formal notice at 45; 8 days between two letters; 50 EUR at least.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.book.book import Book
from udfs.tables.raw import RawTable

DUE = np.datetime64("2026-06-01")
HEADINGS = ["client", "invoice", "kind", "date", "due date", "amount", "disputed", "promise date"]


def day(days_late):
    """The day on which F1, due on 1 June, is so many days late."""
    return str(DUE + days_late)


def document(number="F1", amount=2_000, due=0, kind="invoice", client="C1", disputed="", promise=""):
    due_date = "" if kind == "credit note" else day(due)
    return [client, number, kind, str(DUE + due - 30), due_date, amount, disputed, promise]


def table(headings, *rows):
    return RawTable([headings.split(), *map(list, rows)])


def letters(*rows):
    """Letters sent, as (days late of F1, level, invoices named)."""
    return table("date client kind level invoices",
                 *([day(late), "C1", "formal_notice" if level == 4 else "reminder", level, invoices]
                   for late, level, invoices in rows))


def due_on(days_late, *tables, documents=None):
    """The letters due when F1 is so many days late, as (client, level, amount)."""
    rows = [document()] if documents is None else documents
    book = Book(day(days_late), [RawTable([HEADINGS, *rows]), *tables])
    return [(book.clients.codes[one.client], one.step.level, one.amount) for one in book.reminders]


# The ladder

@pytest.mark.parametrize(("days_late", "due"), [(-5, []), (0, []), (4, []), (7, []), (8, [("C1", 1, 2_000)]),
                                                (19, [("C1", 1, 2_000)])])
def test_day_4_nothing_day_8_the_first_reminder(days_late, due):
    assert due_on(days_late) == due


@pytest.mark.parametrize(("sent", "days_late", "level"), [
    ([(8, 1)], 9, None), ([(8, 1)], 19, None), ([(8, 1)], 20, 2),
    ([(15, 1)], 20, None), ([(15, 1)], 22, None), ([(15, 1)], 23, 2),  # eight days after the last letter
    ([(8, 1), (20, 2)], 29, None), ([(8, 1), (20, 2)], 30, 3),
    ([(8, 1), (25, 2)], 32, None), ([(8, 1), (25, 2)], 33, 3),
    ([(8, 1), (20, 2), (30, 3)], 44, None), ([(8, 1), (20, 2), (30, 3)], 45, 4),
    ([(8, 1), (20, 2), (40, 3)], 47, None), ([(8, 1), (20, 2), (40, 3)], 48, 4),
    ([(8, 1), (20, 2), (30, 3), (45, 4)], 200, None),  # after the formal notice no letter of the ladder is left
])
def test_each_level_waits_for_its_day_and_for_the_interval(sent, days_late, level):
    found = due_on(days_late, letters(*((late, rank, "F1") for late, rank in sent)))
    assert found == ([] if level is None else [("C1", level, 2_000)])


@pytest.mark.parametrize("days_late", [20, 30, 45, 400])
def test_levels_are_never_skipped_however_late_it_is(days_late):
    assert due_on(days_late) == [("C1", 1, 2_000)]


def test_the_step_tells_its_kind():
    book = Book(day(45), [RawTable([HEADINGS, document()]), letters((8, 1, "F1"), (20, 2, "F1"), (30, 3, "F1"))])
    (one,) = book.reminders
    assert (one.step.kind, one.step.days_late, one.last_level, str(one.last_date)) == ("formal_notice", 45, 3, day(30))


def test_a_letter_of_a_later_day_is_not_known_yet():
    assert due_on(8, letters((9, 1, "F1"))) == [("C1", 1, 2_000)]


def test_any_letter_holds_the_next_one_for_the_interval_but_only_reminders_climb():
    other = table("date client kind level invoices", [day(10), "C1", "autre", "", "F1"])
    assert due_on(17, other) == []
    assert due_on(18, other) == [("C1", 1, 2_000)]


def test_a_reminder_recorded_without_its_level_counts_as_the_first():
    """So that a register kept by hand never skips to the formal notice."""
    by_hand = table("date client kind level invoices", [day(10), "C1", "relance", "", "F1"])
    assert due_on(60, by_hand) == [("C1", 2, 2_000)]


def test_a_letter_that_names_no_invoice_means_what_was_overdue_on_its_day():
    """For F2, due on day 30, the letter of day 20 was no reminder; for F1 it was."""
    sent = letters((8, 1, ""), (20, 2, ""))
    assert due_on(38, sent) == [("C1", 3, 2_000)]
    assert due_on(38, sent, documents=[document("F2", 700, due=30)]) == [("C1", 1, 700)]


# Restart

def test_all_invoices_paid_the_ladder_starts_again_with_the_next_one():
    """F1 was reminded three times and paid on day 40; F2 fell due on day 30 and is 8 days late on day 38."""
    sent = letters((8, 1, "F1"), (20, 2, "F1"), (30, 3, "F1"))
    paid = table("client payment_date amount invoice", ["C1", day(40), 2_000, "F1"])
    documents = [document(), document("F2", 700, due=30)]
    assert due_on(39, sent, paid, documents=documents) == []
    assert due_on(41, sent, paid, documents=documents) == [("C1", 1, 700)]


def test_while_one_invoice_is_open_the_next_ones_climb_with_it():
    sent = letters((8, 1, "F1"), (20, 2, "F1; F0"))
    assert due_on(38, sent, documents=[document(), document("F2", 700, due=30)]) == [("C1", 3, 2_700)]


def test_the_letter_names_every_overdue_invoice_the_oldest_first():
    documents = [document("F2", 700, due=5), document(), document("F3", 300, due=8), document("F4", 100, due=9)]
    book = Book(day(8), [RawTable([HEADINGS, *documents])])
    (one,) = book.reminders
    numbers = book.assembly.tables["Invoices"]["invoice"]
    assert [numbers[place] for place in one.documents] == ["F1", "F2"]
    assert one.amount == 2_700


# What holds a letter back

def test_a_promise_holds_it_until_the_day_after_it_should_have_been_kept():
    promised = table("date client event invoice due", [day(7), "C1", "promesse", "F1", day(12)])
    assert due_on(8, promised) == []
    assert due_on(12, promised) == []
    assert due_on(13, promised) == [("C1", 1, 2_000)]


def test_a_promise_written_in_the_invoice_row_holds_it_too():
    assert due_on(12, documents=[document(promise=day(12))]) == []
    assert due_on(13, documents=[document(promise=day(12))]) == [("C1", 1, 2_000)]


def test_a_promise_for_one_invoice_leaves_the_others():
    promised = table("date client event invoice due", [day(7), "C1", "promise", "F1", day(12)])
    assert due_on(10, promised, documents=[document(), document("F2", 700, due=1)]) == [("C1", 1, 700)]


def test_a_promise_without_an_invoice_means_all():
    promised = table("date client event invoice due", [day(7), "C1", "promise", "", day(12)])
    assert due_on(10, promised, documents=[document(), document("F2", 700, due=1)]) == []


def test_a_disputed_invoice_is_not_reminded():
    assert due_on(30, documents=[document(disputed="oui")]) == []
    assert due_on(30, documents=[document(disputed="oui"), document("F2", 700, due=10)]) == [("C1", 1, 700)]


def test_an_invoice_in_a_payment_plan_is_not_reminded():
    plan = RawTable([["client", "invoice", "instalment due", "instalment amount"], ["C1", "F1", day(40), 1_000],
                     ["C1", "F1", day(70), 1_000]])
    assert due_on(30, plan) == []
    assert due_on(30, plan, documents=[document(), document("F2", 700, due=10)]) == [("C1", 1, 700)]


def test_an_invoice_sold_to_a_factor_is_not_ours_to_remind():
    sold = RawTable([[*HEADINGS, "factored"], [*document(), "oui"], [*document("F2", 700), ""]])
    assert [one.amount for one in Book(day(8), [sold]).reminders] == [700]


def test_a_retention_is_not_asked_for_before_its_release():
    retained = RawTable([[*HEADINGS, "retention"], [*document(), 100]])
    assert [one.amount for one in Book(day(8), [retained]).reminders] == [1_900]


@pytest.mark.parametrize(("judgment", "days_late", "due"), [(9, 8, [("C1", 1, 2_000)]), (9, 9, []), (9, 60, []),
                                                            (None, 8, [])])
def test_insolvency_stops_every_letter(judgment, days_late, due):
    clients = RawTable([["client", "name", "insolvency", "judgment date"],
                        ["C1", "Dupont", "liquidation", "" if judgment is None else day(judgment)]])
    assert due_on(days_late, clients) == due


# Amounts

def test_credit_notes_and_unallocated_payments_are_netted_first():
    note = document("A1", 600, kind="credit note")
    assert due_on(8, documents=[document(), note]) == [("C1", 1, 1_400)]
    received = table("client payment_date amount", ["C1", day(2), 250])
    assert due_on(8, received, documents=[document(), note]) == [("C1", 1, 1_150)]
    (one,) = Book(day(8), [RawTable([HEADINGS, document(), note]), received]).reminders
    assert one.credits == 850


@pytest.mark.parametrize(("credit", "due"), [(1_950, [("C1", 1, 50)]), (1_950.01, []), (2_000, []), (5_000, [])])
def test_nothing_goes_out_below_50_nor_to_a_client_in_credit(credit, due):
    assert due_on(8, documents=[document(), document("A1", credit, kind="credit note")]) == due


@pytest.mark.parametrize(("amount", "due"), [(50, [("C1", 1, 50)]), (49.99, [])])
def test_the_minimum_is_50(amount, due):
    assert due_on(8, documents=[document(amount=amount)]) == due


def test_a_part_payment_lowers_the_letter():
    paid = table("client payment_date amount invoice", ["C1", day(3), 1_200, "F1"])
    assert due_on(8, paid) == [("C1", 1, 800)]


def test_an_accepted_bill_is_not_reminded_and_one_that_came_back_is():
    bill = RawTable([["client", "payment date", "amount", "invoice", "means", "maturity", "bounced on"],
                     ["C1", day(-10), 2_000, "F1", "LCR", day(0), day(4)]])
    assert due_on(3, bill) == []
    assert due_on(7, bill) == []
    assert due_on(8, bill) == [("C1", 1, 2_000)]


def test_the_largest_amount_comes_first():
    documents = [document("F1", 200), document("F2", 900, client="C2"), document("F3", 500, client="C3")]
    assert due_on(8, documents=documents) == [("C2", 1, 900), ("C3", 1, 500), ("C1", 1, 200)]


# The user's own ladder

def test_the_ladder_of_the_workbook_wins_step_by_step():
    """Level 1 already at 5 days, level 2 switched off."""
    own = RawTable([["level", "step", "days late", "active"], [1, "relance", 5, "oui"], [2, "relance", 20, "non"]])
    assert due_on(4, own) == []
    assert due_on(5, own) == [("C1", 1, 2_000)]
    assert due_on(29, own, letters((5, 1, "F1"))) == []
    assert due_on(30, own, letters((5, 1, "F1"))) == [("C1", 3, 2_000)]


def test_interval_and_minimum_are_policy():
    policy = table("key value", ["dunning_interval_days", 30], ["dunning_minimum", 2_000.01])
    assert due_on(8, policy) == []
    longer = table("key value", ["dunning_interval_days", 30])
    assert due_on(37, longer, letters((8, 1, "F1"))) == []
    assert due_on(38, longer, letters((8, 1, "F1"))) == [("C1", 2, 2_000)]


# A register kept by following the list day by day

def test_a_client_that_never_pays_gets_four_letters_in_order():
    """One working list a day for four months: 8, 20, 30 and 45 days after the due date, and never again."""
    sent = []
    for late in range(121):
        for _, level, _ in due_on(late, letters(*sent)):
            sent.append((late, level, "F1"))
    assert sent == [(8, 1, "F1"), (20, 2, "F1"), (30, 3, "F1"), (45, 4, "F1")]


@given(visits=st.sets(st.integers(0, 150), max_size=12))
@pytest.mark.fuzz
def test_whatever_the_days_on_which_the_list_is_followed_levels_climb_by_one_and_keep_their_distance(visits):
    sent = []
    for late in sorted(visits):
        sent += [(late, level, "F1") for _, level, _ in due_on(late, letters(*sent))]
    assert [level for _, level, _ in sent] == list(range(1, len(sent) + 1))
    assert all(late >= (8, 20, 30, 45)[level - 1] for late, level, _ in sent)
    assert all(after[0] - before[0] >= 8 for before, after in pairwise(sent))
