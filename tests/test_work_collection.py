"""The lines of the work list that collecting calls for: promises, letters, what follows a formal notice, calls."""

import pytest

from tests.small_ledgers import BROKEN, FRENCH, JOURNAL, NOTICE, book, invoice, kinds, lines, told

# Promises. F1 over 2,940 is 3 days late, so that no letter and no call is due.

LATE = invoice("2026-11-17")


def test_a_promise_whose_day_is_past_and_whose_money_has_not_come_is_broken():
    found = book(LATE, BROKEN)
    assert lines(found) == [("promise_broken", "C1", 2_940, "2026-11-18", -2)]
    assert told(found, "promise_broken") == ["€2,940.00 promised for 18 Nov 2026 (F1) have not come: call."]


@pytest.mark.parametrize(("payment", "left"), [
    ("2026-11-17 | 2 940 | F1", None), ("2026-11-19 | 2 940 | F1", None), ("2026-11-17 | 940 | F1", 2_000),
    ("2026-11-17 | 2 940 |", None),    # no reference, but it is the money promised
    ("2026-11-10 | 940 |", 2_000),     # on the day it was made
    ("2026-11-09 | 940 | F1", 2_000),  # paid before the promise: 2,000 are open
    ("2026-11-09 | 940 |", 2_940),     # received before the promise, for something else
])
def test_a_promise_is_kept_by_what_has_come_since_it_was_made(payment, left):
    found = book(LATE, BROKEN, "client | payment date | amount | invoice\nC1 | " + payment)
    assert [amount for kind, _, amount, _, _ in lines(found) if kind == "promise_broken"] == ([left] if left else [])


def test_a_part_promised_and_paid_is_kept_though_the_invoice_stays_open():
    part = JOURNAL + "2026-11-10 | C1 | promise | F1 | 1 000 | 2026-11-18"
    paid = "client | payment date | amount | invoice\nC1 | 2026-11-18 | 1 000 | F1"
    assert lines(book(LATE, part)) == [("promise_broken", "C1", 1_000, "2026-11-18", -2)]
    assert lines(book(LATE, part, paid)) == []


@pytest.mark.parametrize(("entry", "shown"), [
    ("2026-11-19 | C1 | promise_broken | F1 | | 2026-11-18", ["promise_broken"]),  # noted, but nobody called yet
    ("2026-11-19 | C1 | call | F1 | |", []),
    ("2026-11-19 | C1 | promise | F1 | 2 940 | 2026-11-24", ["promise_due"]),
    ("2026-11-18 | C1 | call | F1 | |", ["promise_broken"]),  # the day itself was not over
])
def test_a_broken_promise_stands_until_something_is_done_about_it(entry, shown):
    assert kinds(book(LATE, f"{BROKEN}\n{entry}")) == shown


def test_a_letter_after_its_day_answers_a_broken_promise():
    letter = "date | client | kind | level | invoices\n2026-11-19 | C1 | reminder | 1 | F1"
    assert kinds(book(LATE, BROKEN, letter)) == []


@pytest.mark.parametrize(("due", "shown"), [
    ("2026-11-20", ("promise_due", 0)), ("2026-11-25", ("promise_due", 5)),  # Wednesday, the third working day
    ("2026-11-26", None), ("2026-11-19", ("promise_broken", -1))])
def test_a_promise_for_today_or_the_next_three_working_days_is_due(due, shown):
    found = book(LATE, JOURNAL + f"2026-11-10 | C1 | promise | F1 | 2 940 | {due}")
    assert [(kind, days) for kind, *_, days in lines(found)] == ([shown] if shown else [])


def test_the_promise_of_the_invoice_and_of_the_journal_are_one_and_the_later_day_stands():
    both = invoice("2026-11-17", more=" | promise date; | 2026-11-18")
    assert lines(book(both)) == [("promise_broken", "C1", 2_940, "2026-11-18", -2)]
    later = JOURNAL + "2026-11-16 | C1 | promise | F1 | 2 940 | 2026-11-23"
    assert lines(book(both, later)) == [("promise_due", "C1", 2_940, "2026-11-23", 3)]


def test_a_promise_without_an_invoice_means_what_was_owed_on_its_day():
    owed = LATE + "\nC1 | F2 | 2026-11-15 | 2026-12-15 | 50"
    assert lines(book(owed, JOURNAL + "2026-11-10 | C1 | promise | | | 2026-11-18")) == [
        ("promise_broken", "C1", 2_940, "2026-11-18", -2)]


# Letters, what follows a formal notice, calls

def test_a_letter_due_is_told_with_its_level():
    two = invoice("2026-10-22") + "\nC1 | F2 | 2026-10-01 | 2026-11-10 | 60"
    found = book(two)
    assert lines(found) == [("letter", "C1", 3_000, "NaT", None)]
    assert told(found, "letter") == ["Reminder 1: 2 invoices, the oldest 29 days late."]
    assert told(book(two, FRENCH), "letter") == ["Relance 1 : 2 factures, la plus ancienne a 29 jours de retard."]


@pytest.mark.parametrize(("day", "shown"), [
    ("2026-11-12", []),                                                  # until the 20th, its last day
    ("2026-11-11", [("formal_notice", "C1", 2_940, "2026-11-19", -1)]),  # eight days, as the ladder says
])
def test_a_formal_notice_without_effect_calls_for_a_decision(day, shown):
    found = book(invoice("2026-08-20"), NOTICE.format(day=day), "date | client | event\n2026-11-16 | C1 | call")
    assert lines(found) == shown
    if shown:
        assert told(found, "formal_notice") == [
            "Formal notice of 11 Nov 2026 without effect, €2,940.00 overdue (F1): decide on legal action."]


@pytest.mark.parametrize("change", [
    "client | payment date | amount | invoice\nC1 | 2026-11-19 | 2 940 | F1",
    "client | due | amount | invoice\nC1 | 2026-12-15 | 2 940 | F1",  # a payment plan runs
])
def test_a_formal_notice_that_worked_calls_for_nothing(change):
    assert kinds(book(invoice("2026-08-20"), NOTICE.format(day="2026-10-01"), change)) == []


FIRST = "date | client | kind | level | invoices\n{day} | C1 | reminder | 1 | F1"


@pytest.mark.parametrize(("due", "letter", "shown"), [
    ("2026-11-06", "2026-11-15", ["call"]),  # 14 days late, the letter is five days old
    ("2026-11-07", "2026-11-15", []),        # 13 days late
    ("2026-11-06", "2026-11-16", []),        # the letter is four days old
    ("2026-10-31", "2026-11-12", ["letter"]),  # the second letter is due
])
def test_a_call_when_nothing_was_heard_and_no_letter_goes_today(due, letter, shown):
    assert kinds(book(invoice(due), FIRST.format(day=letter))) == shown


def test_a_call_is_told_with_the_last_contact_and_a_recent_one_holds_it():
    texts = invoice("2026-11-03"), FIRST.format(day="2026-11-13")
    assert told(book(*texts), "call") == ["17 days late (F1), last contact on 13 Nov 2026: call."]
    assert kinds(book(*texts, "date | client | event\n2026-11-18 | C1 | call")) == []


def test_a_call_where_the_ladder_writes_no_letter():
    silent = "level | kind | days late | active\n1 | reminder | 8 | no\n2 | reminder | 20 | no\n" \
             "3 | reminder | 30 | no\n4 | formal_notice | 45 | no"
    assert told(book(invoice("2026-10-22"), silent), "call") == ["29 days late (F1), no contact so far: call."]
    assert kinds(book(invoice("2026-10-22", "40"), silent)) == []  # below the 50 of a letter
