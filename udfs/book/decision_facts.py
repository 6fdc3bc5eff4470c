"""The values that only one reason for a decision names: its group, the notice of its insurer, an approval."""

from __future__ import annotations

from typing import Any

from udfs.book.book import Book
from udfs.book.decisions import approved_risk, approver_of, last_notice


def facts_of(name: str, book: Book, client: int, order_excl_vat: float) -> dict[str, Any]:
    """What the sentence of a reason needs beside the amounts that all of them may name."""
    order = order_excl_vat * (1 + float(book.vat_rate[client]))
    if name == "group_over_limit":
        groups = book.limits.groups
        own = int(groups.of[client])
        return {"group": groups.codes[own], "group_limit": float(groups.limit[own]),
                "group_used": float(groups.exposure[own]) + order}
    if name == "reminder_level":
        return {"level": book.policy.days("decision_review_reminder_level")}
    if name == "insurer_withdrew":
        return {"notice": last_notice(book)[client], "net": float(book.secured.net[client])}
    if name == "order_ceiling":
        return {"order": order_excl_vat, "ceiling": book.policy.number("decision_order_ceiling")}
    if name == "approval":
        risk = float(book.secured.net[client]) + order
        return {"risk": risk, "approved": approved_risk(book), "approver": approver_of(book, risk)}
    return {}
