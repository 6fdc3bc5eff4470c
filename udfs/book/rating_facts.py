"""The hard facts that cap a grade or take a notch, whatever the score, each with the day since when it holds.

    at most D   insolvency; an undisputed item overdue for more than 90 days; two broken promises within 6 months
    at most C   one overdue for more than 30 days; a payment bounced within 6 months; negative equity
    at most B   accounts older than 24 months, or none since although new ones were to be filed (8 months after the
                year end, unless they are confidential); neither accounts nor outside note; no financial strength
    one notch   equity below half of the share capital (C.com L223-42, L225-248); registered liens

Where an outside note replaces the accounts, their age caps nothing. Days and months are parameters of the policy.
Source: DESIGN 6, DOMAIN 2.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.financial_strength import FinancialStrength
from udfs.book.receivables import Receivables
from udfs.exposure.ledger import EMPTY
from udfs.tables.columns import count_by, first_known, last_date_by, months_before

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Facts:
    """By fact and client: whether it holds, and the day that it is told with (NaT where there is none)."""

    holds: Mapping[str, np.ndarray]
    on: Mapping[str, np.ndarray]


def facts(book: Assembly, found: Receivables, oldest: np.ndarray, strength: FinancialStrength) -> Facts:
    """The facts of each client; `oldest` is the days late of its oldest undisputed item."""
    policy, clients, count = book.policy, book.clients, len(book.clients)
    journal, payments, lines, ends = book.tables["Journal"], book.tables["Payments"], strength.lines, strength.year_end
    broken = (journal["event"] == "promise_broken") & (
        journal["date"] > months_before(book.as_of, policy.days("override_promise_months")))
    breaker = book.client_of["Journal"][broken]
    bounced = payments["bounced_on"] <= book.as_of
    judged, kind = clients.column("judgment_date"), clients.column("insolvency_kind")
    capital = first_known(lines["share_capital"], clients.column("share_capital"))
    replaced = strength.by_note & (policy.text("outside_note_use") == "replace")
    on_accounts = strength.has_accounts & ~replaced
    filed = MONTHS_OF_A_YEAR + policy.days("override_filing_months")
    holds = {
        "insolvency": (kind != "") & ~(judged > book.as_of),
        "overdue_d": oldest > policy.number("override_overdue_d_days"),
        "broken_promises": count_by(breaker, count) >= policy.days("override_broken_promises"),
        "overdue_c": oldest > policy.number("override_overdue_c_days"),
        "bounced": found.bounced,
        "negative_equity": lines["equity"] < 0,
        "old_accounts": on_accounts & (ends < months_before(book.as_of, policy.days("override_accounts_months"))),
        "no_new_accounts": on_accounts & (ends < months_before(book.as_of, filed))
        & ~clients.column("accounts_confidential"),
        "no_accounts": ~strength.is_known,
        "financial_unknown": strength.is_known & np.isnan(strength.answer),
        "half_capital": (lines["equity"] >= 0) & (lines["equity"] < capital / 2),
        "liens": np.nan_to_num(clients.column("liens")) > 0,
    }
    since = np.where(oldest > 0, book.as_of - oldest.astype("timedelta64[D]"), EMPTY)
    checked = clients.column("checked_on")
    on = {
        "insolvency": judged, "overdue_d": since, "overdue_c": since,
        "broken_promises": last_date_by(breaker, journal["date"][broken], count),
        "bounced": last_date_by(book.client_of["Payments"][bounced], payments["bounced_on"][bounced], count),
        **dict.fromkeys(("negative_equity", "old_accounts", "no_new_accounts", "financial_unknown", "half_capital"),
                        ends),
        "no_accounts": np.full(count, EMPTY), "liens": np.where(checked > book.as_of, EMPTY, checked),
    }
    return Facts(holds, on)
