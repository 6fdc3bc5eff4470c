"""Ordinary trade: invoices spread over fourteen months, with cents, and their payments.

`traffic 7 3800-9200 late=1-5` gives seven invoices between these amounts, each paid so many days after
its due date (on the bank day before, if banks are closed). The last one is old enough to be settled,
unless `to=` says up to when to invoice: then what would be paid later stays open.
Each client has its own stream of the fixed seed: a new story leaves the others as they are.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from addin.build.demo_calendar import bank_day, due_date, longest
from addin.build.demo_story import AS_OF, LAST_PAYMENT, SEED, Line, Story

FIRST_DAY = date(2025, 9, 15)


def expanded(story: Story) -> list[Line]:
    """The lines of a story with its traffic and its `settled=` shorthand written out, every row labelled."""
    lines: list[Line] = []
    for position, line in enumerate(story.lines):
        if line.verb == "traffic":
            lines += _traffic(story, line)
        elif line.verb in ("invoice", "credit_note", "deposit_invoice", "order"):
            label = line.label or f"row{position}"
            words = [label, line.date.isoformat(), line.amount]
            settled = line.values.pop("settled", "")
            lines.append(Line(line.verb, words, line.values))
            if settled:
                lines.append(_payment(story, label, line.date, date.fromisoformat(settled), line.amount))
        else:
            lines.append(line)
    return lines


def _traffic(story: Story, line: Line) -> list[Line]:
    stream = Random(f"{SEED} {story.client}")
    count = int(line.words[0])
    low, high = (float(word) for word in line.words[1].split("-"))
    earliest, _, latest = line.values["late"].partition("-")
    late = (int(earliest), int(latest or earliest))
    terms = story.facts["terms"]
    first = max(FIRST_DAY, date.fromisoformat(story.facts["customer_since"]))
    last = AS_OF - timedelta(days=longest(terms) + late[1] + 4)
    if "to" in line.values:
        last = date.fromisoformat(line.values["to"])
    lines = []
    for position in range(count):
        day = first + (last - first) * position / (count - 1) + timedelta(days=stream.randint(-6, 6))
        issued = bank_day(min(max(day, first), last))
        cents = round((low + (high - low) * stream.random() ** 1.4) / 1.2 * 100)
        vat = 0 if story.facts.get("vat_rate") == "0" else (cents + 2) // 5
        amount = f"{(cents + vat) / 100:.2f}"
        label = f"traffic{position}"
        lines.append(Line("invoice", [label, issued.isoformat(), amount]))
        paid_on = bank_day(due_date(issued, terms) + timedelta(days=stream.randint(*late)))
        if paid_on <= LAST_PAYMENT:
            lines.append(_payment(story, label, issued, paid_on, amount))
    return lines


def _payment(story: Story, label: str, issued: date, paid_on: date, amount: str) -> Line:
    """By the client's usual means; a bill is received soon and cleared at the due date."""
    means = story.facts.get("means", "transfer")
    values = {"means": means}
    received = paid_on
    if means == "LCR":
        due = due_date(issued, story.facts["terms"])
        received = bank_day(issued + timedelta(days=12))
        values |= {"maturity": due.isoformat(), "cleared_on": bank_day(due, 1).isoformat()}
    elif means == "cheque":
        cleared = bank_day(paid_on + timedelta(days=2), 1)
        values["reference"] = f"CHQ {paid_on:%m%d}{int(story.client[1:]):03d}"
        if cleared <= AS_OF:
            values["cleared_on"] = cleared.isoformat()
    else:
        kind = "PRLV" if means == "direct_debit" else "VIR"
        values["reference"] = f"{kind} {paid_on:%y%m%d}-{story.client}"
    return Line("payment", [label, received.isoformat(), amount], values)
