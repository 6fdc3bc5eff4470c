"""Build the Word templates: `letters/texts/fr/reminder_1.txt` -> `letters/templates/fr/reminder_1.docx`.

A text source begins with `key: value` lines (object, delivery); then each line is one paragraph:

    **words**            bold
    30~days              a blank at which no line ends
    - words              an item of a list
    {%p if name %}       a condition on whole paragraphs, as docxtpl writes it
    [invoices]           the table of invoices; `[invoices interest]` adds the column of penalties
    [amounts]            principal, penalties, indemnity and total
    [payment]            amount, payee, bank account and reference
    [signature]          the closing words and the signatory, never split from each other by a page
    [enclosures] words   what is sent with the letter

Names in {{ }} are those of `letters.words.context`. Labels of tables are in `labels.txt`. Typed apostrophes
and blanks become those of a printed text: ’, and before : ; ? ! a no-break blank in French, none in English.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.build.letter_paper import GREY, add_field, bare_document, set_margins, set_row, shade, style_table
from addin.letters.render import FOLDER, packed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

TEXTS = FOLDER.parent / "texts"

INVOICE_COLUMNS = {"invoice": 3.1, "date": 2.0, "due_date": 2.0, "amount": 2.6, "paid": 2.6, "balance": 2.6,
                   "days_late": 1.9}
INTEREST_COLUMNS = {"invoice": 2.5, "date": 1.95, "due_date": 1.95, "amount": 2.35, "paid": 2.25,
                    "balance": 2.35, "days_late": 1.4, "interest": 2.05}
AMOUNTS = {"amount", "paid", "balance", "days_late", "interest"}
TOTALS = {"amount": "{{ total_amount }}", "paid": "{{ total_paid }}", "balance": "{{ total_balance }}",
          "interest": "{{ penalties }}"}

RECIPIENT = ("{{ client.name }}",
             "{%p if business_buyer and client.accounts_contact %}",
             "<attention> {{ client.accounts_contact }}",
             "{%p elif business_buyer and client.contact %}",
             "<attention> {{ client.contact }}",
             "{%p endif %}",
             "{{ client.address1 }}",
             "{%p if client.address2 %}", "{{ client.address2 }}", "{%p endif %}",
             "{{ client.postcode }} {{ client.city|upper }}",
             "{%p if foreign_buyer %}", "{{ client.country_name|upper }}", "{%p endif %}")
SENDER = ("{{ firm.company_address1 }}",
          "{%p if firm.company_address2 %}", "{{ firm.company_address2 }}", "{%p endif %}",
          "{{ firm.company_postcode }} {{ firm.company_city }}",
          "{%p if firm.company_phone %}", "<phone> {{ firm.company_phone }}", "{%p endif %}",
          "{%p if firm.company_email %}", "<email> : {{ firm.company_email }}", "{%p endif %}")
REFERENCES = ("<account> : {{ client.client }}",
              "{%p if business_buyer and client.siren %}", "<siren> : {{ client.siren }}", "{%p endif %}")


@dataclass(frozen=True)
class Source:
    """A text source: what stands in its head, and its lines."""

    head: dict[str, str]
    lines: tuple[str, ...]


def read(path: Path) -> Source:
    """Read a text source; the head ends at the first empty line."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    pairs = (line.partition(": ") for line in head.splitlines())
    return Source({key: value for key, _, value in pairs}, tuple(filter(None, body.splitlines())))


def typeset(text: str, language: str) -> str:
    """Apostrophes and blanks as printed, outside the tags.

    >>> typeset("l'objet : {{ 'a' }} ?", "fr")
    "l’objet\\xa0: {{ 'a' }}\\xa0?"
    """
    marks, joined = (r" ([:;?!»÷×])", "\xa0\\1") if language == "fr" else (r" ([:;?!])", "\\1")
    parts = re.split(r"(\{[{%].*?[%}]\})", text)
    for index in range(0, len(parts), 2):
        parts[index] = parts[index].replace("'", "’").replace("~", "\xa0")
        parts[index] = re.sub(marks, joined, parts[index].replace("« ", "«\xa0"))
    return "".join(parts)


class Letter:
    """One template while it is built."""

    def __init__(self, source: Source, labels: dict[str, str], language: str) -> None:
        self.source, self.language = source, language
        self.labels = {key: typeset(text, language) for key, text in labels.items()}
        self.document: Document = bare_document(language)

    def build(self) -> Document:
        """The whole letter, from the head of the page to the signature."""
        self.letterhead()
        for line, following in zip(self.source.lines, (*self.source.lines[1:], ""), strict=True):
            block, _, rest = line.removeprefix("[").partition("]")
            if not line.startswith("["):
                self.paragraph(line, following)
            elif block == "enclosures":
                self.add(self.document, rest.strip(), "Letter enclosures")
            else:
                name, *options = block.split()
                {"invoices": self.invoices, "amounts": self.amounts, "payment": self.payment,
                 "signature": self.signature}[name](*options)
        return self.document

    def add(self, where: Any, text: str, style: str) -> Paragraph:
        """A paragraph of typeset text with its bold words."""
        text = re.sub(r"<(\w+)>", lambda label: self.labels[label[1]], text)
        paragraph: Paragraph = where.add_paragraph(style=style)
        for index, words in enumerate(typeset(text, self.language).split("**")):
            if words:
                paragraph.add_run(words).bold = True if index % 2 else None
        return paragraph

    def paragraph(self, line: str, following: str) -> None:
        """One line of the source; what announces a list or a table, and a list, stay together."""
        if line.startswith("- "):
            paragraph = self.add(self.document, f"–\t{line[2:]}", "Letter list")
        else:
            paragraph = self.add(self.document, line, "Letter text")
        paragraph.paragraph_format.keep_with_next = line.endswith(":") or following.startswith("- ") or None

    def letterhead(self) -> None:
        """Sender, recipient in the right window of the envelope, place and date, object."""
        table = self.table((8.8, 8.0), rows=2)
        set_margins(table, 0)
        for row, height in zip(table.rows, (2.9, 3.1), strict=True):
            set_row(row, height=height)
        self.fill(table.cell(0, 0), ("{{ firm.company_name }}",), "Letter firm")
        self.fill(table.cell(0, 0), SENDER, "Letter small", more=True)
        self.fill(table.cell(1, 0), REFERENCES, "Letter small")
        self.fill(table.cell(1, 1), RECIPIENT, "Letter address")
        table.cell(1, 1).paragraphs[0].runs[0].bold = True
        self.add(self.document, "<place_and_date>", "Letter date")
        if "delivery" in self.source.head:
            self.add(self.document, f"**{self.source.head['delivery']}**", "Letter delivery")
        self.add(self.document, f"**<object> : {self.source.head['object']}**", "Letter object")
        section = self.document.sections[0]
        for footer in (section.first_page_footer, section.footer):
            self.fill(footer, ("{{ legal_mentions }}",), "Letter foot")
        self.fill(section.first_page_header, ("",), "Letter foot")
        head = "{{ firm.company_name }} – {{ client.name }} – {{ date_long }} – <page> "
        self.fill(section.header, (head,), "Letter foot")
        running = section.header.paragraphs[0]
        add_field(running, "PAGE")
        running.add_run(f" {self.labels['of']} ")
        add_field(running, "NUMPAGES")

    def invoices(self, interest: str = "") -> None:
        """The table of invoices: heading repeated on each page, one row each, totals."""
        columns = INTEREST_COLUMNS if interest else INVOICE_COLUMNS
        table = self.table(tuple(columns.values()), rows=0)
        style_table(table)
        heading = self.row(table, {name: f"<{name}>" for name in columns}, "Letter heading", keep=True)
        set_row(heading, heading=True)
        shade(heading.cells, GREY)
        self.control(table, "for line in lines")
        self.row(table, {name: f"{{{{ line.{name} }}}}" for name in columns})
        self.control(table, "endfor")
        self.total(table, columns, "<total>", TOTALS)
        self.control(table, "if credits")
        self.total(table, columns, "<credits>", {"balance": "{{ credits }}"})
        self.total(table, columns, "<net>", {"balance": "{{ principal }}"})
        self.control(table, "endif")
        self.add(self.document, "{%p if retention %}", "Letter text")
        self.add(self.document, "<retention>", "Letter small")
        self.add(self.document, "{%p endif %}", "Letter text")
        self.add(self.document, "", "Letter gap")

    def amounts(self) -> None:
        """Principal, penalties, indemnity and their sum."""
        table = self.table((12.2, 4.6), rows=0)
        style_table(table)
        self.row(table, {"label": "<principal_line>", "amount": "{{ principal }}"}, keep=True)
        for condition, name in (("penalties_apply", "penalties"), ("indemnity_applies", "indemnity")):
            self.control(table, f"if {condition}")
            self.row(table, {"label": f"<{name}_line>", "amount": f"{{{{ {name} }}}}"}, keep=True)
            self.control(table, "endif")
        last = self.row(table, {"label": "**<sum_line>**", "amount": "**{{ claimed }}**"})
        shade(last.cells, GREY)
        self.add(self.document, "", "Letter gap")

    def payment(self) -> None:
        """What to pay, to whom, on which account, under which reference; never split by a page."""
        self.add(self.document, "**<payment>**", "Letter text").paragraph_format.keep_with_next = True
        table = self.table((3.0, 5.4, 4.0, 4.4), rows=0)
        style_table(table)
        account = ("**{{ firm.company_iban }}**"
                   "{% if firm.company_bic %} – BIC {{ firm.company_bic }}{% endif %}")
        for texts in (("<payable>", "**{{ demanded }}**", "<reference>", "{{ reference }}"),
                      ("<payee>", "{{ firm.company_name }}"), ("IBAN", account)):
            row = table.add_row()
            set_row(row)
            if len(texts) == 2:
                row.cells[1].merge(row.cells[3])
            for index, text in enumerate(texts):
                self.fill(row.cells[index], (text,), "Letter cell")
                row.cells[index].paragraphs[0].paragraph_format.keep_with_next = True
                if index % 2 == 0:
                    shade(row.cells[index:index + 1], GREY)
        self.add(self.document, "", "Letter gap").paragraph_format.keep_with_next = True

    def signature(self) -> None:
        """The closing words, the firm, room for the hand, name and quality of the signatory."""
        for text, style in (("<closing>", "Letter text"), ("**{{ firm.company_name }}**", "Letter signatory"),
                            ("{{ firm.signatory_name }}", "Letter hand")):
            self.add(self.document, text, style).paragraph_format.keep_with_next = True
        self.add(self.document, "{{ firm.signatory_title }}", "Letter signatory")

    def table(self, widths: Sequence[float], rows: int) -> Table:
        """A table of fixed widths, in centimetres."""
        from docx.shared import Cm

        table = self.document.add_table(rows, len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def row(self, table: Table, texts: dict[str, str], style: str = "Letter cell",
            keep: bool = False) -> _Row:
        """A row that no page splits; amounts stand to the right."""
        row = table.add_row()
        set_row(row)
        for cell, (name, text) in zip(row.cells, texts.items(), strict=True):
            self.fill(cell, (text,), style, right=name in AMOUNTS)
            cell.paragraphs[0].paragraph_format.keep_with_next = keep or None
        return row

    def control(self, table: Table, tag: str) -> None:
        """A row that only holds a tag on whole rows."""
        self.fill(table.add_row().cells[0], (f"{{%tr {tag} %}}",), "Letter cell")

    def total(self, table: Table, columns: dict[str, float], label: str, values: dict[str, str]) -> None:
        """A bold row whose label spans the columns before its first amount."""
        names = list(columns)
        first = names.index(next(iter(values)))
        row = table.add_row()
        set_row(row, ruled=True)
        head = row.cells[0].merge(row.cells[first - 1])
        self.fill(head, (f"**{label}**",), "Letter cell")
        for index in range(first, len(names)):
            text = values.get(names[index])
            self.fill(row.cells[index], (f"**{text}**" if text else "",), "Letter cell", right=True)

    def fill(self, cell: _Cell | Any, texts: Sequence[str], style: str, right: bool = False,
             more: bool = False) -> None:
        """Paragraphs into a cell, a header or a footer, in place of its first empty one."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        first = cell.paragraphs[0]
        for text in texts:
            paragraph = self.add(cell, text, style)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if not more:
            first._element.getparent().remove(first._element)


def content(language: str, name: str) -> bytes:
    """One template as the bytes of a .docx file, the same on every machine in its parts."""
    lines = (TEXTS / language / "labels.txt").read_text(encoding="utf-8").splitlines()
    labels = dict(line.split(": ", 1) for line in lines)
    built, target = io.BytesIO(), io.BytesIO()
    Letter(read(TEXTS / language / f"{name}.txt"), labels, language).build().save(built)
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            package.writestr(packed(part), source.read(part))
    return target.getvalue()


def sources() -> list[tuple[str, str]]:
    """Language and name of every template."""
    return sorted((path.parent.name, path.stem) for path in TEXTS.glob("*/*.txt") if path.stem != "labels")


def build() -> list[Path]:
    """Write every template; return their paths."""
    written = []
    for language, name in sources():
        path = FOLDER / language / f"{name}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(language, name))
        written.append(path)
    return written


if __name__ == "__main__":
    for path in build():
        print(path.relative_to(FOLDER))
