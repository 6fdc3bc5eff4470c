"""Calls, promises and decisions: what is asked, what stands in the Journal, what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from addin.hosts import Question
from addin.macros.record import entered
from tests.plain_host import PlainHost, press
from udfs.book.approval import approval, unsecured_part
from udfs.errors import NotAvailable, WrongArgument

TABLES = {
    "Invoices": [["client", "invoice", "date", "due_date", "amount"],
                 ["C1", "F1", "2026-08-01", "2026-09-30", 1200.0], ["C1", "F2", "2026-11-02", "2026-12-02", 300.0],
                 ["C2", "F3", "2026-11-02", "2026-12-02", 50.0]],
    "Clients": [["client", "name", "share_capital"], ["C1", "Dupont", 10000], ["C2", "Durand", ""]],
    "Payments": [["client", "date", "amount", "means"], ["C2", "2026-11-19", 1, "transfer"]],
}


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.hosts.user.name", lambda: "ana")


def host(folder: Path, **given: object) -> PlainHost:
    return PlainHost(folder, TABLES, selected=["C1"], **given)  # type: ignore[arg-type]


def test_a_call_is_recorded_with_its_note(tmp_path):
    workbook = host(tmp_path)
    told = press("record_call", workbook, "Will pay on Friday")
    assert [question.text for question in workbook.questions] == ["C1 Dupont: what was said?"]
    assert workbook.rows("Journal") == [{"date": dt.date(2026, 11, 20), "client": "C1", "event": "call",
                                         "author": "ana", "note": "Will pay on Friday"}]
    assert told.startswith("Recorded on 20 Nov 2026: call to C1 Dupont: Will pay on Friday")


def test_a_promise_proposes_what_is_late_and_eight_days(tmp_path):
    workbook = host(tmp_path)
    told = press("record_promise", workbook, "", "1200.00", "28 Nov 2026")
    assert [(question.text, question.default) for question in workbook.questions] == [
        ("C1 Dupont promises to pay. Which invoice? Leave empty for all that is late.", ""),
        ("C1 Dupont: which amount is promised?", "1200.00"), ("C1 Dupont: promised for which day?", "28 Nov 2026")]
    assert workbook.rows("Journal") == [
        {"date": dt.date(2026, 11, 20), "client": "C1", "event": "promise", "amount": 1200.0,
         "due": dt.date(2026, 11, 28), "author": "ana"}]
    assert "C1 Dupont promises €1,200.00 for 28 Nov 2026 (all that is late)." in told


def test_a_promise_holds_back_the_reminder(tmp_path):
    workbook = host(tmp_path)
    assert [reminder.amount for reminder in workbook.book.reminders] == [1200.0]
    press("record_promise", workbook, "f1", "1200", "2026-11-28")
    assert workbook.rows("Journal")[0]["invoice"] == "F1"
    assert workbook.book.reminders == []


def test_french_amounts_and_dates_are_proposed_and_understood(tmp_path):
    workbook = host(tmp_path, language="fr")
    press("record_promise", workbook, "F2", "1 250,50 €", "05/12/2026")
    assert [question.default for question in workbook.questions] == ["", "300,00", "28/11/2026"]
    (row,) = workbook.rows("Journal")
    assert (row["invoice"], row["amount"], row["due"]) == ("F2", 1250.5, dt.date(2026, 12, 5))


def test_a_wrong_reply_is_asked_again_with_the_remedy_and_nothing_is_written(tmp_path):
    workbook = host(tmp_path)
    press("record_promise", workbook, "F9", "", "much", "0", "500", "31/02/2027", "19/11/2026", "1/12/2026")
    texts = [question.text.partition("\n")[0] for question in workbook.questions]
    assert texts[1] == '"F9" is no open invoice of client C1 Dupont. Open: F1, F2. Leave empty for all that is late.'
    assert texts[3] == 'Amount: "much" is not a number. Write it as 1234.56 or 1 234,56.'
    assert texts[4] == "Amount is 0; it must be above 0."
    assert texts[6].startswith('"31/02/2027" is not a date.')
    assert texts[7] == "19 Nov 2026 is before 20 Nov 2026, the date of the workbook. Give a later day."
    (row,) = workbook.rows("Journal")
    assert (row["amount"], row["due"]) == (500.0, dt.date(2026, 12, 1))


def test_nothing_is_written_before_the_last_reply(tmp_path):
    workbook = host(tmp_path)
    with pytest.raises(AssertionError, match="nobody replied to: C1 Dupont: promised for which day"):
        press("record_promise", workbook, "", "1200")
    assert "Journal" not in workbook.tables


def test_a_decision_shows_the_computed_limit_and_is_confirmed(tmp_path):
    """A new client, 51 days late, so C: the starter line of 3,000 binds, for three months."""
    workbook = host(tmp_path)
    seen = workbook.book.id
    press("record_decision", workbook, "5000", "28/02/2027", "Known for years", "yes")
    first, until, _, confirm = workbook.questions
    assert first.text == ("C1 Dupont: computed limit €3,000.00, grade C, exposure €1,500.00. "
                          "Which limit is granted?")
    assert (first.default, until.default) == ("3000.00", "20 Feb 2027")
    assert confirm.kind == "confirm"
    assert confirm.text.startswith("C1 Dupont: grant €5,000.00 until 28 Feb 2027?")
    assert workbook.rows("Journal") == [
        {"date": dt.date(2026, 11, 20), "client": "C1", "event": "decision", "amount": 5000.0,
         "due": dt.date(2027, 2, 28), "author": "ana", "note": "Known for years", "computed": 3000.0, "book": seen}]


def test_the_limit_in_force_is_the_one_last_recorded(tmp_path):
    """Each decision stands on the Book before it; the computed limit stays beside the granted one."""
    workbook = host(tmp_path)
    before = workbook.book.id
    press("record_decision", workbook, "5000", "28/02/2027", "Known for years", "yes")
    press("record_decision", workbook, "0", "28/02/2027", "Unpaid since", "yes")
    assert workbook.book.limits.in_force.tolist() == [0.0, 3000.0]
    first, second = workbook.rows("Journal")
    assert (first["computed"], first["book"], second["computed"]) == (3000.0, before, 3000.0)
    assert second["book"] not in (before, workbook.book.id)


def test_a_limit_that_cannot_be_computed_stays_empty_in_the_journal(tmp_path):
    """Nothing known to stand on: no starter line, no other method."""
    workbook = host(tmp_path)
    workbook.tables["Policy"] = [["key", "value"], ["limit_methods_new", "supplier_debt"]]
    press("record_decision", workbook, "500", "28/02/2027", "First order", "yes")
    assert "computed" not in workbook.rows("Journal")[0]


LADDER = [["key", "value"], ["approval_ladder", "credit manager = 10000; finance director = 50 000; board = 200000"]]
SECURITIES = [["client", "kind", "issuer", "amount", "quota", "basis"],
              ["C1", "insurance", "Confins", 20000, 0.9, "HT"], ["C1", "surety", "Banque", 4000, "", ""]]


def laddered(folder: Path) -> PlainHost:
    """Of a limit of 36,000 the insurer bears 90 % of 20,000, the surety 4,000: 14,000 are unsecured."""
    workbook = host(folder)
    workbook.tables |= {"Policy": LADDER, "Securities": SECURITIES}
    return workbook


def test_the_unsecured_part_of_a_limit_says_who_must_approve(tmp_path):
    workbook = laddered(tmp_path)
    press("record_decision", workbook, "36000", "28/02/2027", "Large order", "", "P. Morel", "yes")
    assert workbook.questions[3].text == ("C1 Dupont: €14,000.00 are unsecured, which takes the approval of: "
                                          "finance director. Who has approved?")
    assert workbook.questions[3].default == ""
    assert workbook.questions[4].text.startswith("€14,000.00 are unsecured, which takes the approval of: finance "
                                                 "director. Give the name of who has approved.")
    assert workbook.rows("Journal")[0]["approved_by"] == "P. Morel (finance director)"


def test_the_lowest_level_is_the_users_own_and_above_the_highest_nobody_may_grant(tmp_path):
    """15,000 incl. VAT are 12,500 excl. VAT, of which the insurer bears 11,250; no ceiling reaches 228,000."""
    workbook = laddered(tmp_path)
    press("record_decision", workbook, "250000", "15000", "28/02/2027", "Usual", "ana", "yes")
    assert workbook.questions[1].text.startswith(
        "€228,000.00 would be unsecured; the highest level, board, approves at most €200,000.00.")
    assert workbook.questions[4].default == "ana"
    assert workbook.rows("Journal")[0]["approved_by"] == "ana (credit manager)"


def test_a_command_gives_the_name_of_who_has_approved(tmp_path):
    workbook, given = laddered(tmp_path), {"amount": "36 000", "until": "2027-02-28", "note": "Large order"}
    with pytest.raises(WrongArgument, match="approval of: finance director"):
        entered(workbook, 0, "decision", {**given, "approved_by": None})
    assert "Journal" not in workbook.tables
    assert entered(workbook, 0, "decision", {**given, "approved_by": "Finance Director"})[
        "approved_by"] == "Finance Director"
    assert entered(workbook, 0, "decision", {**given, "amount": "15000", "approved_by": None})[
        "approved_by"] == "ana (credit manager)"
    # Without a ladder a name is kept as it is given.
    assert entered(host(tmp_path), 0, "decision", {**given, "approved_by": "P. Morel"})["approved_by"] == "P. Morel"


@pytest.mark.parametrize(("security", "limit", "part"), [
    ({}, 36_000, 14_000), ({"basis": "TTC"}, 20_000, 0), ({"basis": "TTC"}, 24_000, 2_000),
    # Notice of the insurer, an end in the past, an order alone: nothing of it counts.
    ({"notified_on": "2026-11-01"}, 36_000, 32_000), ({"valid_to": "2026-11-19"}, 36_000, 32_000),
    ({"scope": "O9"}, 36_000, 32_000), ({"scope": "group"}, 36_000, 32_000), ({}, 0, 0),
])
def test_what_counts_as_secured_of_a_limit(tmp_path, security, limit, part):
    heading, insurance, surety = SECURITIES
    heading = [*heading, "scope", "valid_to", "notified_on"]
    row = dict(zip(heading, [*insurance, "", "", ""], strict=True)) | security
    workbook = host(tmp_path)
    workbook.tables["Securities"] = [heading, list(row.values()), [*surety, "", "", ""]]
    assert unsecured_part(workbook.book, 0, limit) == part


@pytest.mark.parametrize("ladder", ["10000", "finance = 5000; sales = 1000", "board; sales = 1000", "sales = many",
                                    "= 1000", "sales = 0"])
def test_a_ladder_that_cannot_be_climbed_is_told_and_not_used(tmp_path, ladder):
    workbook = laddered(tmp_path)
    workbook.tables["Policy"] = [["key", "value"], ["approval_ladder", ladder]]
    assert [issue.value for issue in workbook.book.issues if issue.table == "Policy"] == [ladder]
    assert approval(workbook.book, 0, 1e6) is None


def test_a_decision_that_is_not_confirmed_is_none(tmp_path):
    workbook = host(tmp_path)
    assert press("record_decision", workbook, "0", "28/02/2027", "No credit", "no") == ""
    assert "Journal" not in workbook.tables


def test_a_limit_needs_a_reason(tmp_path):
    workbook = host(tmp_path)
    press("record_decision", workbook, "0", "28/02/2027", " ", "Unpaid for years", "yes")
    assert workbook.questions[3].text.startswith("The note is empty.")
    assert workbook.rows("Journal")[0]["amount"] == 0


def test_without_a_selection_the_client_is_asked_for(tmp_path):
    workbook = PlainHost(tmp_path, TABLES)
    press("record_call", workbook, "C9", "c2", "Said nothing")
    assert workbook.questions[0].text == "Which client? Give its code."
    assert 'Client "C9" is in no table of the book. Nearest code: C2.' in workbook.questions[1].text
    assert workbook.rows("Journal")[0]["client"] == "C2"


def test_the_card_of_the_selected_client_is_shown(tmp_path):
    workbook = host(tmp_path)
    assert press("client_card", workbook) == ""
    assert workbook.seen == [("card", "C1")]


def test_what_is_recorded_as_of_another_day_says_so(tmp_path):
    assert "the workbook is as of 20 Nov 2026, not of today" in press("record_call", host(tmp_path), "Busy")


def test_text_from_a_user_stays_text_of_one_line(tmp_path):
    workbook = host(tmp_path)
    press("record_call", workbook, "=cmd|' /C calc'!A0\r\n\u202eevil")
    assert workbook.rows("Journal")[0]["note"] == "=cmd|' /C calc'!A0 evil"


def test_a_question_fits_the_message_box(tmp_path):
    workbook = PlainHost(tmp_path, {**TABLES, "Clients": [["client", "name"], ["C1", "x" * 2000]]}, selected=["C1"])
    with pytest.raises(AssertionError):
        press("record_call", workbook)
    (question,) = workbook.questions
    assert isinstance(question, Question)
    assert len(question.text) == 1000
    assert question.text.endswith("…")


def test_an_unknown_client_is_refused_by_its_nearest_code(tmp_path):
    workbook = PlainHost(tmp_path, TABLES, selected=["C3"])
    with pytest.raises(NotAvailable, match="Nearest code: C2"):
        press("client_card", workbook)
