"""Thirty-odd clients as a credit manager meets them, and what is decided: DESIGN 6, DOMAIN 5.3, 5.4.

Every client was granted 10,000 unless its story says otherwise; VAT is 20 %; today is 20 November 2026.
"""

from functools import partial

import pytest

from tests.small_ledgers import book
from udfs import CREDIT_DECISION, CREDIT_WHY, DECISION_CODE, DECISION_REASON

CODES = {"RELEASE": 0, "WARN": 1, "REVIEW": 2, "BLOCK": 3}
INVOICES = "client | invoice | kind | date | due date | amount | disputed | order | delivered on"
LETTERS = "date | client | kind | level | invoices"
SECURITIES = "client | kind | issuer | amount | basis | quota | valid from | valid to | notified on | scope"
ORDERS = "client | order | date | amount | expected on"
JOURNAL = "date | client | event | invoice | amount | for the date"


def rows(heading, *lines):
    return "\n".join([heading, *(f"C1 | {line}" if heading.startswith("client") else line for line in lines)])


def story(*invoices, letters=(), securities=(), orders=(), journal=(), policy=(), others="", **client):
    columns = {"client": "C1", "name": "Dupont", "country": "FR", "customer since": "2012-01-02",
               "payment terms": "30 jours", "granted limit": "10 000", "granted on": "2026-01-05"} | {
                   name.replace("_", " "): value for name, value in client.items()}
    tables = [rows(INVOICES, *(invoices or ("F0 | invoice | 2026-11-02 | 2026-12-02 | 0.01",))),
              " | ".join(columns) + "\n" + " | ".join(map(str, columns.values())) + others]
    for heading, lines in ((LETTERS, letters), (SECURITIES, securities), (ORDERS, orders), (JOURNAL, journal)):
        if lines:
            tables.append(rows(heading, *lines))
    if policy:
        tables.append("\n".join(["key | value", *policy]))
    return book(*tables)


def later(*arguments, **named):
    return partial(story, *arguments, **named)


NOT_DUE_4 = "F1 | invoice | 2026-11-02 | 2026-12-02 | 4 000"
NOT_DUE_9 = "F1 | invoice | 2026-11-02 | 2026-12-02 | 9 000"
LATE_10_DAYS = "F2 | invoice | 2026-10-11 | 2026-11-10 | 2 000"
LATE_40_DAYS = "F3 | invoice | 2026-09-11 | 2026-10-11 | 400"
LATE_70_DAYS = "F4 | invoice | 2026-08-12 | 2026-09-11 | 400"
COVER = "insurance | Assureur | 20 000 | excl | 0.9 | 2025-01-01 | | {notice} |"
CUT = COVER.format(notice="2026-11-02")
SISTERS = "\nP | Mère | FR | | | 15 000 | 2026-01-05 | P\nS | Soeur | FR | | | 10 000 | 2026-01-05 | P"
OF_SISTER = "S | F9 | invoice | 2026-11-02 | 2026-12-02 | {owed}"


def in_group(own, sister):
    """C1 and S belong to P, whose group may owe 15,000 in all."""
    found = rows(INVOICES, f"F1 | invoice | 2026-11-02 | 2026-12-02 | {own}") + "\n" + OF_SISTER.format(owed=sister)
    return book(found, "client | name | country | customer since | payment terms | granted limit | granted on | group\n"
                "C1 | Dupont | FR | 2012-01-02 | 30 jours | 10 000 | 2026-01-05 | P" + SISTERS)


LADDER = "approval_ladder | credit manager = 5 000; finance director = 50 000"

STORIES = {
    # Everyday
    "a good client orders within its limit": (later(NOT_DUE_4), 2_000, "RELEASE", ["within_limit"]),
    "the order brings it to 88 % of the limit": (later(NOT_DUE_4), 4_000, "WARN", ["near_limit"]),
    "the order fills the limit to the cent": (later(NOT_DUE_4), 5_000, "WARN", ["near_limit"]),
    "the order is a cent too much": (later(NOT_DUE_4), 5_000.01, "REVIEW", ["over_limit"]),
    "the same order under a tolerance of 5 %": (
        later(NOT_DUE_4, policy=["decision_tolerance | 5 %"]), 5_000.01, "WARN", ["near_limit"]),
    "beyond the tolerance": (
        later(NOT_DUE_4, policy=["decision_tolerance | 5 %"]), 5_416.68, "REVIEW", ["over_limit"]),
    "an open order was counted before the new one": (
        later(NOT_DUE_4, orders=["CD1 | 2026-11-10 | 5 000 | 2026-12-10"]), 1_000, "REVIEW", ["over_limit"]),
    "a credit note makes room": (
        later(NOT_DUE_9, "A1 | avoir | 2026-11-04 | | 3 000"), 3_000, "WARN", ["near_limit"]),
    # Late payers
    "ten days late is no matter yet": (later(LATE_10_DAYS), None, "RELEASE", ["within_limit"]),
    "forty days late for less than 500": (later(LATE_40_DAYS), None, "RELEASE", ["within_limit"]),
    "seventy days late for 400": (later(LATE_70_DAYS), None, "BLOCK", ["overdue_block"]),
    "seventy days late, in dispute": (later(f"{LATE_70_DAYS} | oui"), None, "RELEASE", ["within_limit"]),
    "the policy gives ninety days": (
        later(LATE_70_DAYS, policy=["decision_block_overdue_days | 90"]), None, "RELEASE", ["within_limit"]),
    # Letters
    "two reminders were sent": (later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 2 | F3"]), None, "RELEASE",
                                ["within_limit"]),
    "the third reminder was sent": (later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 3 | F3"]), None,
                                    "REVIEW", ["reminder_level"]),
    "the third reminder named no invoice": (later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 3 |"]), None,
                                            "REVIEW", ["reminder_level"]),
    "the third reminder was for an invoice since paid": (
        later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 3 | F0"]), None, "RELEASE", ["within_limit"]),
    "the third reminder, then a dispute": (
        later(f"{LATE_40_DAYS} | oui", letters=["2026-11-12 | C1 | reminder | 3 | F3"]), None, "RELEASE",
        ["within_limit"]),
    "the policy reviews from the second reminder on": (
        later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 2 | F3"],
              policy=["decision_review_reminder_level | 2"]), None, "REVIEW", ["reminder_level"]),
    "the policy reviews for no reminder": (
        later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 3 | F3"],
              policy=["decision_review_reminder_level | 0"]), None, "RELEASE", ["within_limit"]),
    "a formal notice is running": (later(LATE_40_DAYS, letters=["2026-11-12 | C1 | mise en demeure | | F3"]), None,
                                   "BLOCK", ["formal_notice"]),
    # The insurer
    "insured as ever": (later(NOT_DUE_4, securities=[COVER.format(notice="")]), None, "RELEASE", ["within_limit"]),
    "the insurer cancelled, an order came after": (
        later(NOT_DUE_4, securities=[CUT], orders=["CD1 | 2026-11-10 | 1 000 | 2026-12-10"]), None, "REVIEW",
        ["insurer_withdrew"]),
    "the insurer cancels tomorrow": (later(NOT_DUE_4, securities=[COVER.format(notice="2026-11-21")]), None,
                                     "RELEASE", ["within_limit"]),
    "the insurer cancelled, nothing is owed": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 100", "A1 | avoir | 2026-11-02 | | 100", securities=[CUT]),
        None, "RELEASE", ["within_limit"]),
    "the insurer cancelled, nothing is owed, a new order": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 100", "A1 | avoir | 2026-11-02 | | 100", securities=[CUT]),
        0.01, "REVIEW", ["insurer_withdrew"]),
    "the insurer cancelled, a guarantee covers all": (
        later(NOT_DUE_4, securities=[CUT, "surety | Banque | 10 000 | | 1 | 2026-01-05 | | |"]), None, "RELEASE",
        ["within_limit"]),
    "a limit was granted the day before the notice": (
        later(NOT_DUE_4, securities=[CUT], journal=["2026-11-01 | C1 | decision | | 10 000 | 2027-05-31"]), None,
        "REVIEW", ["insurer_withdrew"]),
    "a limit was granted with the notice on the table": (
        later(NOT_DUE_4, securities=[CUT], journal=["2026-11-02 | C1 | decision | | 10 000 | 2027-05-31"]), 1_000,
        "RELEASE", ["within_limit"]),
    # The limit itself
    "no credit was granted": (later(granted_limit=0), None, "BLOCK", ["granted_zero"]),
    "the grant has ended": (later(NOT_DUE_4, limit_valid_until="2026-11-19", share_capital=8_000,
                                  policy=["starter_line | 9 000"]), None, "REVIEW", ["grant_expired"]),
    "terms of ninety days": (later(NOT_DUE_4, payment_terms="90 jours"), None, "REVIEW", ["long_term"]),
    "blocked by hand and over the limit": (later(NOT_DUE_9, blocked="oui"), 1_000, "BLOCK", ["blocked", "over_limit"]),
    "in receivership": (later(NOT_DUE_4, insolvency="RJ", judgment_date="2026-10-05"), None, "BLOCK",
                        ["insolvency", "grade_d", "computed_zero"]),
    "a newcomer beyond its first line": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 2 900", granted_limit="", granted_on=""), 1_000, "WARN",
        ["provisional_exceeded"]),
    # The group
    "its group leaves enough": (partial(in_group, "4 000", "5 000"), None, "RELEASE", ["within_limit"]),
    "an order fills the group exactly": (partial(in_group, "4 000", "6 000"), 4_166.66, "WARN", ["near_limit"]),
    "the group is over its limit": (partial(in_group, "7 000", "9 000"), None, "REVIEW", ["group_over_limit"]),
    "the sister uses up the group": (partial(in_group, "4 000", "15 000"), None, "REVIEW", ["group_over_limit"]),
    "the order takes the group over": (partial(in_group, "4 000", "6 000"), 4_166.68, "REVIEW", ["group_over_limit"]),
    # Approvals
    "an order at the ceiling": (later(policy=["decision_order_ceiling | 5 000"]), 5_000, "RELEASE", ["within_limit"]),
    "an order above the ceiling": (later(policy=["decision_order_ceiling | 5 000"]), 5_000.01, "REVIEW",
                                   ["order_ceiling"]),
    "own risk above what the credit manager approves": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 5 000.01", granted_limit="", share_capital="20 000",
              policy=["starter_line | 20 000", LADDER]), None, "REVIEW", ["approval"]),
    "a granted limit is an approval": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 5 000.01", policy=[LADDER]), None, "RELEASE",
        ["within_limit"]),
    "what is secured needs no approval": (
        later("F1 | invoice | 2026-11-02 | 2026-12-02 | 5 000.01", granted_limit="", share_capital="20 000",
              securities=["surety | Banque | 1 000 | | 1 | 2026-01-05 | | |"],
              policy=["starter_line | 20 000", LADDER]), None, "RELEASE", ["within_limit"]),
}


@pytest.mark.parametrize(("make", "order", "decision", "reasons"), STORIES.values(), ids=STORIES)
def test_story(make, order, decision, reasons):
    found = make()
    arguments = ("C1", found) if order is None else ("C1", found, order)
    place = found.clients.find("C1")
    assert CREDIT_DECISION(*arguments) == decision
    assert DECISION_CODE(*arguments) == CODES[decision]
    decided = found.decisions if order is None else found.decisions_with(found.vat_rate * 0 + order)
    assert decided.of(place) == reasons
    assert CREDIT_WHY("DECISION_CODE", *arguments) == CREDIT_WHY("CREDIT_DECISION", *arguments)


SENTENCES = {
    "the third reminder was sent": "An invoice of reminder 3 or a later one is still late.",
    "the insurer cancelled, an order came after":
        "Cover reduced or cancelled on 2 Nov 2026: €2,000.00 at our own risk.",
    "the group is over its limit": "Group P owes €16,000.00 of €15,000.00: €6,000.00 left for this client, who owes "
                                   "€7,000.00.",
    "the order takes the group over": "Group P owes €15,000.02 of €15,000.00: €9,000.00 left for this client, who "
                                      "owes €9,000.02.",
    "an order above the ceiling": "The order of €5,000.01 excl. VAT is above €5,000.00: it needs an approval.",
    "own risk above what the credit manager approves":
        "Own risk of €5,000.01, above €5,000.00: to be approved by finance director.",
}


@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_the_reason_is_told(name, sentence):
    make, order, *_ = STORIES[name]
    assert DECISION_REASON("C1", make(), order) == sentence


@pytest.mark.parametrize(("make", "order", "sentence"), [
    (later(NOT_DUE_4, securities=[CUT], policy=["language | fr"]), None,
     "Garantie réduite ou résiliée le 02/11/2026 : 1\u202f000,00\xa0€ à nos risques."),
    (later(LATE_40_DAYS, letters=["2026-11-12 | C1 | reminder | 3 | F3"], policy=["language | fr"]), None,
     "Une facture de la relance 3 ou d’une suivante est toujours en retard."),
    (later(policy=["decision_order_ceiling | 5 000", "language | fr"]), 6_000,
     "La commande de 6\u202f000,00\xa0€ HT dépasse 5\u202f000,00\xa0€ : il lui faut un accord."),
], ids=["assureur", "relance", "plafond"])
def test_the_reason_is_told_in_french(make, order, sentence):
    assert DECISION_REASON("C1", make(), order) == sentence
