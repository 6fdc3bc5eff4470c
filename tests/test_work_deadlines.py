"""The lines of the work list that have a deadline, then those of orders, limits, securities and disputes."""

import pytest

from tests.small_ledgers import INSOLVENT, NOTICE, OWED, book, invoice, kinds, lines, told

# Deadlines

@pytest.mark.parametrize(("published", "day", "days"), [
    ("2026-09-24", "2026-11-24", 4), ("2026-09-20", "2026-11-20", 0),
    ("2026-09-19", "2027-03-19", 119),  # two months are over: relief from foreclosure within six
    ("2026-12-31", "NaT", None), ("", "NaT", None)])
def test_a_claim_is_to_be_declared_within_two_months_of_the_publication(published, day, days):
    """4,320 less the credit note of 320; F2 is younger than the judgment and payable at its due date."""
    found = book(OWED, INSOLVENT.format(country="FR", published=published))
    assert lines(found) == [("claim", "C1", 4_000, day, days)]


def test_the_sentences_of_a_claim():
    assert told(book(OWED, INSOLVENT.format(country="FR", published="2026-09-24")), "claim") == [
        "Insolvency (receivership), published on 24 Sept 2026: declare €4,000.00 (F1) by 24 Nov 2026."]
    assert "relief from foreclosure by 1 Feb 2027" in told(
        book(OWED, INSOLVENT.format(country="FR", published="2026-08-01")), "claim")[0]
    assert "Deadline not known: enter the day of publication" in told(
        book(OWED, INSOLVENT.format(country="DE", published="2026-09-24")), "claim")[0]


def test_after_six_months_nothing_can_be_declared_any_more():
    assert lines(book(OWED, INSOLVENT.format(country="FR", published="2026-05-19"))) == []


INSURED = "client | kind | issuer | amount | valid from | valid to | notified on | max extension | declare within\n" \
          "C1 | insurance | Atlas | 20 000 | 2025-01-01 | {to} | {cut} | 60 | 30"


@pytest.mark.parametrize(("due", "shown"), [
    ("2026-08-27", ("2026-11-25", 5)), ("2026-08-22", ("2026-11-20", 0)), ("2026-09-21", ("2026-12-20", 30)),
    ("2026-09-22", None), ("2026-08-21", ("2026-11-19", -1)), ("2026-07-23", ("2026-10-21", -30)),
    ("2026-07-22", None)])
def test_an_overdue_is_declared_to_the_insurer_after_extension_and_delay(due, shown):
    """Due date + 60 days + 30 days, shown 30 days before and after."""
    found = book(invoice(due, date="2026-07-01"), INSURED.format(to="", cut=""))
    assert [line[3:] for line in lines(found) if line[0] == "insurer"] == ([shown] if shown else [])


@pytest.mark.parametrize(("more", "to", "cut", "shown"), [
    ("", "", "", True), ("", "2026-06-30", "", False), ("", "", "2026-06-30", False), ("", "", "2026-07-01", True),
    (" | declared on; | 2026-11-10", "", "", False), (" | declared on; | 2026-12-10", "", "", True),
    (" | factored; | oui", "", "", False), (" | disputed; | oui", "", "", True)])
def test_what_the_insurer_covers_and_does_not_know_yet(more, to, cut, shown):
    """The invoice is of 1 July: cover that had ended before, or that was cut before, does not hold it."""
    found = book(invoice("2026-08-27", more=more, date="2026-07-01"), INSURED.format(to=to, cut=cut))
    assert ("insurer" in kinds(found)) == shown


def test_the_sentences_of_a_declaration():
    insured = INSURED.format(to="", cut="")
    assert told(book(invoice("2026-08-27", date="2026-07-01"), insured), "insurer") == [
        "Credit insurance (Atlas): declare €2,940.00 overdue (F1) by 25 Nov 2026."]
    assert told(book(invoice("2026-08-21", date="2026-07-01"), insured), "insurer") == [
        "Credit insurance (Atlas): declare €2,940.00 overdue (F1) at once; the time for it ended on 19 Nov 2026."]


@pytest.mark.parametrize(("client", "date", "due", "shown"), [
    ("transport | company", "2025-11-27", "2025-12-27", ("2026-11-27", 7)),  # a year from delivery
    ("transport | company", "2025-12-20", "2026-01-20", ("2026-12-20", 30)),
    ("transport | company", "2025-12-21", "2026-01-21", None),
    ("transport | company", "2025-11-19", "2025-12-19", None),               # barred since yesterday
    (" | company", "2021-11-01", "2021-12-01", ("2026-12-01", 11)),          # five years from the due date
    (" | ", "2021-11-01", "2021-12-01", ("2026-12-01", 11)),
    (" | consumer", "2024-11-01", "2024-12-01", ("2026-12-01", 11)),         # two years
    (" | public", "2022-03-01", "2022-04-01", None)])                        # 31 December 2026 is 41 days away
def test_an_action_that_is_soon_barred(client, date, due, shown):
    found = book(invoice(due, date=date), f"client | regime | buyer type\nC1 | {client}")
    assert [line[3:] for line in lines(found) if line[0] == "time_bar"] == ([shown] if shown else [])


def test_the_state_owes_until_the_end_of_the_fourth_year_after_delivery():
    found = book(invoice("2022-04-01", date="2022-03-01"), "client | buyer type\nC1 | public", as_of="2026-12-10")
    assert [line[3:] for line in lines(found) if line[0] == "time_bar"] == [("2026-12-31", 21)]
    assert told(found, "time_bar") == [
        "€2,940.00 (F1): barred after 31 Dec 2026. Go to court before, or have the debt acknowledged in writing."]


def test_time_bars_of_french_law_are_not_told_abroad():
    abroad = "key | value\nhome_country | DE"
    assert "time_bar" not in kinds(book(invoice("2021-12-01", date="2021-11-01"), abroad))


def test_what_is_soon_barred_is_told_once():
    """The formal notice is old too, but the line with the deadline says what to do."""
    found = book(invoice("2025-12-27", date="2025-11-27"), "client | regime\nC1 | transport",
                 NOTICE.format(day="2026-02-17"))
    assert kinds(found) == ["time_bar"]


# Orders, limits, securities, disputes

OPEN = invoice("2026-12-15", "9 000", date="2026-11-01")
GRANTED = "client | name | granted limit | limit valid until\nC1 | Dupont | {limit} | {until}"
ORDER = "client | order | order date | amount | expected on | delivered not invoiced\n" \
        "C1 | O1 | 2026-11-02 | {amount} | 2026-12-04 | {delivered}"


@pytest.mark.parametrize(("limit", "order", "delivered", "shown"), [
    ("12 000", "3 000", "", []),  # exactly at the limit: a warning
    ("12 000", "3 001", "", [("order", "C1", 3_001, "2026-12-04", 14)]),
    ("12 000", "6 000", "6 000", [("over_limit", "C1", 3_000, "NaT", None)]),  # nothing is left to release
    ("12 000", "6 000", "2 000", [("order", "C1", 4_000, "2026-12-04", 14)]),
    ("0", "3 000", "", [("order", "C1", 3_000, "2026-12-04", 14)]),  # a granted 0 blocks
])
def test_an_order_waits_when_its_client_is_blocked_or_to_review(limit, order, delivered, shown):
    found = book(OPEN, GRANTED.format(limit=limit, until=""), ORDER.format(amount=order, delivered=delivered))
    assert lines(found) == shown


def test_orders_of_one_client_wait_together_with_the_reason_and_the_first_day():
    orders = ORDER.format(amount="3 000", delivered="") + "\nC1 | O2 | 2026-11-02 | 1 000 | 2026-11-30 |"
    found = book(OPEN, GRANTED.format(limit="10 000", until=""), orders)
    assert lines(found) == [("order", "C1", 4_000, "2026-11-30", 10)]
    assert told(found, "order") == [
        "Orders O1, O2 wait, REVIEW: €13,000.00 exceeds the limit of €10,000.00 by €3,000.00."]


@pytest.mark.parametrize(("limit", "excess"), [("9 000", None), ("8 999", 1), ("0", None)])
def test_over_the_limit_unless_blocked_anyway(limit, excess):
    found = book(OPEN, GRANTED.format(limit=limit, until=""))
    assert lines(found) == ([("over_limit", "C1", excess, "NaT", None)] if excess else [])


@pytest.mark.parametrize(("until", "shown"), [
    ("2026-12-20", [("2026-12-20", 30)]), ("2026-12-21", []), ("2026-11-20", [("2026-11-20", 0)]),
    ("2026-11-19", [("2026-11-19", -1)]), ("", [])])
def test_a_granted_limit_that_ends(until, shown):
    found = book(invoice("2026-12-15", "1 000", date="2026-11-01"), GRANTED.format(limit="12 000", until=until))
    assert [line[3:] for line in lines(found)] == shown


def test_the_sentences_of_a_limit_that_ends():
    owed = invoice("2026-12-15", "1 000", date="2026-11-01")
    assert told(book(owed, GRANTED.format(limit="12 000", until="2026-11-30")), "limit_ends") == [
        "The granted limit of €12,000.00 ends on 30 Nov 2026: renew it."]
    assert told(book(owed, GRANTED.format(limit="12 000", until="2026-10-31")), "limit_ends") == [
        "The granted limit of €12,000.00 ended on 31 Oct 2026: renew it; until then the computed one applies."]


def test_no_limit_is_renewed_for_a_client_who_owes_nothing_or_is_blocked():
    paid = "client | payment date | amount | invoice\nC1 | 2026-11-19 | 1 000 | F1"
    ending = GRANTED.format(limit="12 000", until="2026-11-30")
    assert kinds(book(invoice("2026-12-15", "1 000", date="2026-11-01"), ending, paid)) == []
    assert "limit_ends" not in kinds(book(invoice("2026-09-01", "1 000", date="2026-08-01"), ending))  # 80 days late


GUARANTEE = "client | kind | issuer | amount | valid to\nC1 | bank guarantee | Banque Sud | 5 000 | {to}"


@pytest.mark.parametrize(("to", "shown"), [
    ("2026-12-10", [("security_ends", "C1", 5_000, "2026-12-10", 20)]), ("2026-12-21", []),
    ("2026-11-10", [("security_ends", "C1", 5_000, "2026-11-10", -10)]), ("2026-10-20", []), ("", [])])
def test_a_guarantee_that_ends(to, shown):
    assert lines(book(OPEN, GRANTED.format(limit="20 000", until=""), GUARANTEE.format(to=to))) == shown


def test_the_sentences_of_a_guarantee_and_what_is_at_stake():
    """No more than is owed: 1,000 for a guarantee of 5,000."""
    owed, limit = invoice("2026-12-15", "1 000", date="2026-11-01"), GRANTED.format(limit="20 000", until="")
    ends = book(owed, limit, GUARANTEE.format(to="2026-12-10"))
    assert lines(ends)[0][2] == 1_000
    assert told(ends, "security_ends") == [
        "First-demand guarantee (Banque Sud) of €5,000.00 ends on 10 Dec 2026: renew it, or call it in time."]
    assert told(book(owed, limit, GUARANTEE.format(to="2026-11-10")), "security_ends") == [
        "First-demand guarantee (Banque Sud) of €5,000.00 ended on 10 Nov 2026: nothing covers what is owed until it "
        "is renewed."]


@pytest.mark.parametrize(("since", "journal", "shown"), [
    ("2026-10-20", "", "20 Oct 2026"), ("2026-10-21", "", None),
    ("", "", "1 Sept 2026"),  # no day is known: since the invoice
    ("2026-10-01", "2026-11-18 | C1 | dispute_closed | F1", None),
    ("2026-11-15", "2026-10-10 | C1 | dispute | F1", "10 Oct 2026")])
def test_a_dispute_that_lasts(since, journal, shown):
    found = book(invoice("2026-11-18", more=f" | disputed | disputed on; | oui | {since}"),
                 *(["date | client | event | invoice\n" + journal] if journal else []))
    assert told(found, "dispute") == (
        [f"In dispute since {shown} (F1): settle it, by a credit note or a firm answer."] if shown else [])
