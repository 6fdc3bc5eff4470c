"""RELEASE, WARN, REVIEW or BLOCK: the scenarios of DESIGN 6, exactly at each edge, with the reason told."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import CREDIT_DECISION, CREDIT_EXPOSURE, CREDIT_WHY, DECISION_REASON
from udfs.book.book import Book
from udfs.decision.decide import REASONS, decide, use_of_limit
from udfs.errors import OutOfRange, WrongArgument
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"
INVOICE_HEADINGS = ["client", "invoice", "kind", "date", "due date", "amount", "disputed", "paid", "paid on"]
# Grade B, computed limit 25,000: 250,000 excl. VAT at 30 days, net worth 80,000, turnover 700,000
CLIENT = {"client": "C1", "name": "Dupont", "country": "FR", "customer since": "2012-01-02",
          "payment terms": "30 jours", "sales forecast": 250_000, "granted limit": 10_000}
ACCOUNTS = {"client": "C1", "year end": "2025-12-31", "equity": 95_000, "intangible assets": 15_000,
            "turnover": 700_000}


def one_row(cells):
    return RawTable([list(cells), list(cells.values())])


def owed(amount, days_late=-20, disputed="", number="F1"):
    """An open invoice, its due date so many days ago."""
    due = np.datetime64(AS_OF) - days_late
    return [number, "invoice", str(due - 30), str(due), amount, disputed, "", ""]


def book(invoices, client=None, accounts=None, *others, **policy):
    tables = [RawTable([INVOICE_HEADINGS, *(["C1", *row] for row in invoices or [owed(0)])]),
              RawTable([["key", "value"], *map(list, policy.items())]), *others]
    if client is not False:
        tables += [one_row(CLIENT | (client or {})), one_row(ACCOUNTS | (accounts or {}))]
    return Book(AS_OF, tables)


def later(*arguments, **policy):
    """The same, made when its test runs."""
    return partial(book, *arguments, **policy)


def letters(*rows):
    return RawTable([["date", "client", "kind", "invoices"], *map(list, rows)])


def broken_promises(*days):
    return RawTable([["date", "client", "event"], *([day, "C1", "promise broken"] for day in days)])


NOTICE = letters(["2026-10-30", "C1", "mise en demeure", "F1"])

SCENARIOS = {
    # the limit, without and with an order (excl. VAT; 20 % is added)
    "nothing is owed": (later([]), None, "RELEASE", ["within_limit"]),
    "a cent below 80 % of the limit": (later([owed(7_999.99)]), None, "RELEASE", ["within_limit"]),
    "exactly 80 % of the limit": (later([owed(8_000)]), None, "WARN", ["near_limit"]),
    "exactly at the limit is not over it": (later([owed(10_000)]), None, "WARN", ["near_limit"]),
    "a cent over the limit": (later([owed(10_000.01)]), None, "REVIEW", ["over_limit"]),
    "an order that just fits with its VAT": (later([owed(4_000)]), 5_000, "WARN", ["near_limit"]),
    "an order a cent too large": (later([owed(4_000)]), 5_000.01, "REVIEW", ["over_limit"]),
    "an order that stays below 80 %": (later([owed(4_000)]), 3_333.32, "RELEASE", ["within_limit"]),
    "an order that reaches 80 %": (later([owed(4_000)]), 3_333.33, "WARN", ["near_limit"]),  # 4,000.00 with its VAT
    "an order without VAT": (later([owed(4_000)], {"vat rate": 0}), 6_000, "WARN", ["near_limit"]),
    "an order at 5.5 %": (later([owed(4_000)], {"vat rate": "5,5 %"}), 5_687.21, "REVIEW", ["over_limit"]),
    "an order for one who is in credit": (later([["A1", "avoir", AS_OF, "", 2_000, "", "", ""]]), 10_000, "WARN",
                                          ["near_limit"]),
    "over the limit within the tolerance": (later([owed(10_500)], decision_tolerance="5 %"), None, "WARN",
                                            ["near_limit"]),
    "over the limit beyond the tolerance": (later([owed(10_500.01)], decision_tolerance="5 %"), None, "REVIEW",
                                            ["over_limit"]),
    "a warning from 90 % on": (later([owed(8_999)], decision_warn_share="90 %"), None, "RELEASE", ["within_limit"]),
    # granted 0, empty, expired
    "granted 0 is no credit": (later([], {"granted limit": 0}), None, "BLOCK", ["granted_zero"]),
    "granted empty: the computed 25,000 is in force": (later([owed(12_000)], {"granted limit": ""}), None, "RELEASE",
                                                       ["within_limit"]),
    "a negative grant is no credit either": (later([owed(100)], {"granted limit": -1}), None, "BLOCK",
                                             ["granted_zero"]),
    "a grant that ends today": (later([owed(1_000)], {"limit valid until": AS_OF}), None, "RELEASE", ["within_limit"]),
    "a grant that ended yesterday": (later([owed(1_000)], {"limit valid until": "2026-11-19"}), None, "REVIEW",
                                     ["grant_expired"]),
    "granted 0, expired": (later([owed(1_000)], {"granted limit": 0, "limit valid until": "2026-11-19"}), None,
                           "REVIEW", ["grant_expired"]),
    "expired, and over the computed limit": (later([owed(26_000)], {"limit valid until": "2026-11-19"}), None,
                                             "REVIEW", ["over_limit", "grant_expired"]),
    "a grant of tomorrow is not known yet": (later([owed(12_000)], {"granted on": "2026-11-21"}), None, "RELEASE",
                                             ["within_limit"]),
    "computed 0 is for review": (later([], {"granted limit": ""}, {"equity": 10_000}), None, "REVIEW",
                                 ["computed_zero"]),
    "computed 0 does not matter under a grant": (later([owed(1_000)], None, {"equity": 10_000}), None, "RELEASE",
                                                 ["within_limit"]),
    # overdue
    "due today is not overdue": (later([owed(1_000, 0)]), None, "RELEASE", ["within_limit"]),
    "15 days late": (later([owed(5_000, 15)]), None, "RELEASE", ["within_limit"]),
    "16 days late for 500": (later([owed(500, 16)]), None, "RELEASE", ["within_limit"]),
    "16 days late for a cent more": (later([owed(500.01, 16)]), None, "REVIEW", ["overdue_review"]),
    "two small items 16 days late": (later([owed(300, 16), owed(300, 17, number="F2")]), None, "REVIEW",
                                     ["overdue_review"]),
    "60 days late": (later([owed(400, 60)]), None, "RELEASE", ["within_limit"]),
    "61 days late": (later([owed(400, 61)]), None, "BLOCK", ["overdue_block"]),
    "61 days late for much": (later([owed(900, 61)]), None, "BLOCK", ["overdue_block", "overdue_review"]),
    "91 days late": (later([owed(400, 91)]), None, "BLOCK", ["grade_d", "overdue_block"]),
    "disputed, 200 days late": (later([owed(5_000, 200, "oui")]), None, "RELEASE", ["within_limit"]),
    "disputed stays in the exposure": (later([owed(8_000, 200, "oui")]), None, "WARN", ["near_limit"]),
    "61 days late for a residue below 10": (later([owed(9.99, 61)]), None, "RELEASE", ["within_limit"]),
    "61 days late, but covered by a credit note": (
        later([owed(400, 61), ["A1", "avoir", "2026-11-02", "", 400, "", "", ""]]), None, "RELEASE", ["within_limit"]),
    # insolvency, block, grade, formal notice
    "blocked by hand": (later([], {"blocked": "oui"}), None, "BLOCK", ["blocked"]),
    "insolvency judged today ends the grant": (
        later([], {"insolvency": "redressement", "judgment date": AS_OF}), None, "BLOCK",
        ["insolvency", "grade_d", "computed_zero"]),
    "insolvency judged tomorrow": (later([], {"insolvency": "redressement", "judgment date": "2026-11-21"}), None,
                                   "RELEASE", ["within_limit"]),
    "insolvency without a date": (later([], {"insolvency": "sauvegarde"}), None, "BLOCK",
                                  ["insolvency", "grade_d", "computed_zero"]),
    "two broken promises": (later([], None, None, broken_promises("2026-10-02", "2026-11-12")), None, "BLOCK",
                            ["grade_d"]),
    "a formal notice is running": (later([owed(400, 40)], None, None, NOTICE), None, "BLOCK", ["formal_notice"]),
    "the invoice of the notice is paid": (
        later([["F1", "invoice", "2026-09-01", "2026-10-01", 400, "", 400, "2026-11-05"], owed(900, number="F2")], None,
             None, NOTICE), None, "RELEASE", ["within_limit"]),
    "the invoice of the notice is disputed": (later([owed(400, 40, "oui")], None, None, NOTICE), None, "RELEASE",
                                              ["within_limit"]),
    "an invoice due on the day of the notice": (later([owed(400, 21)], None, None, NOTICE), None, "RELEASE",
                                                ["within_limit"]),
    "an invoice that fell due after the notice": (later([owed(400, 20, number="F2")], None, None, NOTICE), None,
                                                  "RELEASE", ["within_limit"]),
    # terms
    "terms of 60 days are the standard": (later([owed(100)], {"payment terms": "60 jours"}), None, "RELEASE",
                                          ["within_limit"]),
    "45 days end of month are about 60": (later([owed(100)], {"payment terms": "45 jours fin de mois"}), None,
                                          "RELEASE", ["within_limit"]),
    "terms of 90 days": (later([owed(100)], {"payment terms": "90 jours"}), None, "REVIEW", ["long_term"]),
    # provisional limits: a new client without accounts, starter line 3,000
    "a provisional limit at 80 %": (later([owed(2_400)], False), None, "WARN", ["near_limit"]),
    "a provisional limit exceeded": (later([owed(3_000.01)], False), None, "WARN", ["provisional_exceeded"]),
    "a provisional limit exceeded by an order": (later([owed(2_400)], False), 2_000, "WARN", ["provisional_exceeded"]),
    "a grant to a new client is no provisional limit": (
        later([owed(5_000.01)], False, None, one_row({"client": "C1", "name": "Neuf", "granted limit": 5_000})), None,
        "REVIEW", ["over_limit"]),
    # everything at once
    "every reason, the deciding one first": (
        later([owed(30_000, 95)], {"blocked": "x", "granted limit": 0, "payment terms": "90 jours",
                                   "insolvency": "liquidation"}, None, NOTICE), None, "BLOCK",
        ["blocked", "insolvency", "granted_zero", "grade_d", "formal_notice", "overdue_block", "overdue_review",
         "long_term"]),
}


@pytest.mark.parametrize(("make", "order", "decision", "reasons"), SCENARIOS.values(), ids=SCENARIOS)
def test_scenario(make, order, decision, reasons):
    found = make()
    arguments = ("C1", found) if order is None else ("C1", found, order)
    assert CREDIT_DECISION(*arguments) == decision
    decided = found.decisions if order is None else found.decisions_with(np.array([order]))
    assert decided.of(0) == reasons


def test_a_disputed_item_is_out_of_the_decision_and_in_the_exposure():
    found = book([owed(5_000, 200, "oui"), owed(1_000, 10, number="F2")])
    assert CREDIT_EXPOSURE("C1", found) == 6_000
    assert CREDIT_DECISION("C1", found) == "RELEASE"


SENTENCES = {
    "near_limit": (later([owed(10_000)]), None, "100% of the limit of €10,000.00 is used."),
    "over_limit": (later([owed(4_000)]), 5_010, "€10,012.00 exceeds the limit of €10,000.00 by €12.00."),
    "overdue": (later([owed(900, 61)]), None, "An undisputed invoice is 61 days late (more than 60)."),
    "old": (later([owed(900, 16)]), None, "€900.00 overdue for more than 15 days."),
    "expired": (later([], {"limit valid until": "2026-10-31"}), None, "The granted limit expired on 31 Oct 2026."),
    "zero": (later([], {"granted limit": ""}, {"equity": 10_000}), None,
             "The computed limit is 0 (tangible net worth): ask for a 100 % deposit or a guarantee."),
    "terms": (later([], {"payment terms": "90 jours"}), None,
              "Terms of 90 days on average are longer than the standard 60."),
    "insolvency": (later([], {"insolvency": "RJ"}), None, "Insolvency: receivership."),
    "français": (later([owed(4_000)], language="fr"), 5_010,
                 "10\u202f012,00\xa0€ dépasse de 12,00\xa0€ la limite de 10\u202f000,00\xa0€."),
    "insolvabilité": (later([], {"insolvency": "RJ"}, language="fr"), None,
                      "Procédure collective : redressement judiciaire."),
}


@pytest.mark.parametrize(("make", "order", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_deciding_reason_is_told_with_its_amounts(make, order, sentence):
    found = make()
    arguments = ("C1", found) if order is None else ("C1", found, order)
    assert DECISION_REASON(*arguments) == sentence
    assert CREDIT_WHY("CREDIT_DECISION", *arguments).startswith(f"{CREDIT_DECISION(*arguments)}")
    assert sentence in CREDIT_WHY("CREDIT_DECISION", *arguments)


def test_the_words_of_the_decision_are_codes_in_every_language():
    assert CREDIT_DECISION("C1", book([owed(10_000.01)], language="fr")) == "REVIEW"


@pytest.mark.parametrize("order", [None, "", " ", 0, 0.0, "0"])
def test_an_empty_order_is_no_order(order):
    found = book([owed(7_999)])
    assert CREDIT_DECISION("C1", found, order) == "RELEASE"
    assert DECISION_REASON("C1", found, order) == DECISION_REASON("C1", found)


@pytest.mark.parametrize(("order", "error"), [(-1, OutOfRange), ("beaucoup", WrongArgument), ("#N/A", ValueError)])
def test_an_order_that_is_no_amount_is_refused_with_a_sentence(order, error):
    found = book([owed(100)])
    with pytest.raises(error):
        CREDIT_DECISION("C1", found, order)
    assert CREDIT_WHY("CREDIT_DECISION", "C1", found, order)


def test_an_order_is_read_as_people_write_it():
    assert CREDIT_DECISION("C1", book([owed(4_000)]), "5 000,01 €") == "REVIEW"


# Whatever the amounts

AMOUNT = st.integers(-1_000_000, 100_000_000).map(lambda cents: cents / 100)
LIMIT = st.none() | st.integers(0, 50_000_000).map(lambda cents: cents / 100)


@given(exposure=AMOUNT, order=st.floats(0, 1e6), more=st.floats(0, 1e6), limit=LIMIT, granted=st.booleans(),
       provisional=st.booleans(), tolerance=st.sampled_from([0, 0.05, 0.5]), warn=st.sampled_from([0.5, 0.8, 1.0]))
@pytest.mark.fuzz
def test_more_exposure_never_improves_a_decision(exposure, order, more, limit, granted, provisional, tolerance, warn):
    def code(amount, extra):
        one = np.array([np.nan if limit is None else limit])
        return int(decide(use_of_limit(np.array([amount]), extra, one, np.array([granted]), np.array([provisional]),
                                       np.array([False]), warn, tolerance)).code[0])

    assert code(exposure + more, order) >= code(exposure, order)
    assert code(exposure, order + more) >= code(exposure, order)


@given(known=st.sets(st.sampled_from([name for name, _ in REASONS])),
       more=st.sampled_from([name for name, _ in REASONS]))
@pytest.mark.fuzz
def test_one_reason_more_never_improves_a_decision(known, more):
    def code(names):
        return int(decide({name: np.array([name in names]) for name, _ in REASONS}).code[0])

    assert code(known | {more}) >= code(known)
    assert decide({name: np.array([name in known]) for name, _ in REASONS}).of(0) == (
        [name for name, _ in REASONS if name in known] or ["within_limit"])


@given(orders=st.lists(st.integers(0, 40_000), min_size=2, max_size=2).map(sorted), amount=st.integers(0, 30_000))
@pytest.mark.fuzz
def test_a_larger_order_never_gets_a_better_answer(orders, amount):
    found = book([owed(amount)])
    small, large = (int(found.decisions_with(np.array([float(order)])).code[0]) for order in orders)
    assert large >= small
