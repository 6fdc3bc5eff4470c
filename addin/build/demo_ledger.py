"""Writes the lines of the stories as rows of the tables: numbers the documents, adds what columns need.

Documents are numbered by date within a year, as the law wants it: FA invoices, AV credit notes,
AC deposit invoices, CD orders.
"""

from __future__ import annotations

from datetime import date

from addin.build.demo_calendar import due_date, is_end_of_month
from addin.build.demo_story import Line, Story
from addin.letters.names import file_name

Row = dict[str, str]
_SERIES = {"invoice": "FA", "credit_note": "AV", "deposit_invoice": "AC", "order": "CD"}
_TABLES = ("Invoices", "Payments", "Orders", "Plans", "Securities", "Letters", "Journal")
_CREDIT_MANAGER = "Claire Montfaucon"


class Ledger:
    """The rows of every table but Clients, Accounts, Rates and Policy."""

    def __init__(self, books: list[tuple[Story, list[Line]]]) -> None:
        self.tables: dict[str, list[Row]] = {name: [] for name in _TABLES}
        self.faults: list[tuple[str, Row, Line]] = []
        self._numbers = _numbered(books)
        for story, lines in books:
            for line in lines:
                getattr(self, f"_{line.verb}", self._document)(story, line)
        for rows in self.tables.values():
            rows.sort(key=_by_date)

    def _number(self, story: Story, label: str) -> str:
        return self._numbers[story.client, label]

    def _document(self, story: Story, line: Line) -> None:
        """An invoice, a credit note or a deposit invoice."""
        values = dict(line.values)
        if "order" in values:
            values["order"] = self._number(story, values["order"])
        terms = story.facts["terms"]
        if line.verb == "invoice" and not is_end_of_month(terms):
            values.setdefault("due_date", due_date(line.date, terms).isoformat())
        if "currency" in story.facts:
            values.setdefault("currency", story.facts["currency"])
        excl_vat = float(line.amount) / (1 + float(story.facts.get("vat_rate", "0.20")))
        self.tables["Invoices"].append({
            "client": story.client, "invoice": self._number(story, line.label),
            "date": line.date.isoformat(), "kind": line.verb,
            "amount": line.amount, "amount_excl_vat": f"{excl_vat:.2f}", **values,
        })

    def _payment(self, story: Story, line: Line) -> None:
        values = {"means": "transfer", **line.values}
        if line.label:
            values["invoice"] = self._number(story, line.label)
        if "order" in values:
            values["order"] = self._number(story, values["order"])
        self.tables["Payments"].append(
            {"client": story.client, "date": line.date.isoformat(), "amount": line.amount, **values})

    def _order(self, story: Story, line: Line) -> None:
        self.tables["Orders"].append({
            "client": story.client, "order": self._number(story, line.label), "date": line.date.isoformat(),
            "amount": line.amount, "amount_excl_vat": f"{float(line.amount) / 1.2:.2f}", **line.values,
        })

    def _plan(self, story: Story, line: Line) -> None:
        invoice = self._number(story, line.label)
        self.tables["Plans"].append(
            {"client": story.client, "invoice": invoice, "due": line.date.isoformat(), "amount": line.amount})

    def _security(self, story: Story, line: Line) -> None:
        self.tables["Securities"].append({"client": story.client, "kind": line.words[0], **line.values})

    def _letter(self, story: Story, line: Line) -> None:
        sent_on, kind, level, *labels = line.words
        client = f"{story.client} {story.name}"
        file = (f"{sent_on} {client} courrier.docx" if kind == "other"
                else file_name(line.date, client, kind, int(level), "fr", ()))
        numbers = [self._number(story, label) for label in labels]
        self.tables["Letters"].append({
            "date": sent_on, "client": story.client, "kind": kind, "level": "" if kind == "other" else level,
            "invoices": "; ".join(numbers), "amount": f"{self._open(numbers, line.date):.2f}",
            "author": _CREDIT_MANAGER, "file": file,
        })

    def _journal(self, story: Story, line: Line) -> None:
        noted_on, event, *labels = line.words
        invoice = self._number(story, labels[0]) if labels else ""
        self.tables["Journal"].append({
            "date": noted_on, "client": story.client, "event": event, "invoice": invoice,
            "author": _CREDIT_MANAGER, **line.values,
        })

    def _fault(self, story: Story, line: Line) -> None:
        if "founded" in line.words:
            self.faults.append(("Clients", {"client": story.client}, line))
        else:
            self.faults.append(("Invoices", self.tables["Invoices"][-1], line))

    def _accounts(self, story: Story, line: Line) -> None:
        """Yearly accounts are written by demo_accounts."""

    def _open(self, numbers: list[str], on: date) -> float:
        """What was left of these invoices on that day; a bounced payment pays nothing."""
        billed = sum(float(row["amount"]) for row in self.tables["Invoices"] if row["invoice"] in numbers)
        return billed - sum(
            float(row["amount"]) for row in self.tables["Payments"]
            if row.get("invoice") in numbers and row["date"] <= on.isoformat()
            and not "" < row.get("bounced_on", "") <= on.isoformat()
        )


def _by_date(row: Row) -> tuple[str, str, str]:
    return row.get("date", row.get("due", "")), row.get("invoice", ""), row["client"]


def _numbered(books: list[tuple[Story, list[Line]]]) -> dict[tuple[str, str], str]:
    documents = sorted(
        {(line.date, story.client, line.label, _SERIES[line.verb])
         for story, lines in books for line in lines if line.verb in _SERIES})
    numbers: dict[tuple[str, str], str] = {}
    last: dict[tuple[str, int], int] = {}
    for issued, client, label, series in documents:
        last[series, issued.year] = last.get((series, issued.year), 0) + 1
        numbers[client, label] = f"{series}{issued.year}-{last[series, issued.year]:04d}"
    return numbers
