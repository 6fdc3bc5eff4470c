"""What every block of the client card is made of: its sheet and columns, and formulas that ask about its client."""

from __future__ import annotations

from addin.build.workbook import blocks
from addin.build.workbook.draft import Draft

CARD = "client_card"
# First and last column of the two halves.
LEFT, RIGHT = (1, 6), (8, 14)


def of_client(name: str, *more: str) -> str:
    """A function of the client on the card; an empty card shows nothing."""
    return f'=IF(CardClient="","",{name}({",".join(("CardClient", "Book", *more))}))'


def known(name: str) -> str:
    """The same, with a dash where the client has no such figure."""
    return f'=IFERROR({of_client(name)[1:]},"–")'


def line(draft: Draft, row: int, columns: tuple[int, int], label: str, formula: str, number: str, *,
         bold: bool = True) -> None:
    """A label, and what a formula answers at the right end of its line."""
    blocks.line(draft, CARD, row, columns, label)
    draft.formula(CARD, row, columns[1], formula, draft.style("line", number, align="right", bold=bold))
