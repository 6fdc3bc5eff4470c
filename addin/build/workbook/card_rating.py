"""The note on the client card: its reasons line by line across the page, with a bar for the points of each criterion.

RATING_REASONS spills into hidden columns, for its sentences need more room than the columns of the card have: what is
seen takes its cells from there. The bars are a chart of the height of the criteria, so that each stands in its line.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook import blocks, charts
from addin.build.workbook.card_cells import CARD, LEFT, RIGHT, of_client
from addin.build.workbook.draft import Draft
from udfs import reference

# The columns of RATING_REASONS, hidden, and the bars: what a line gives and could give, of the most that any could.
FIRST_KEPT = 18
WHAT, VALUE, ANSWER, WEIGHT, POINTS, REMARK, GIVEN, MOST = range(FIRST_KEPT, FIRST_KEPT + 8)
# The lines that are shown: the criteria and what makes the grade, with an outside note and four hard facts.
LINES = 19
BARS = 6
SMALL: dict[str, Any] = {"font_size": 9, "shrink": True}
# By kept column: where it is shown, its number format, what else its cells look like.
SHOWN: dict[int, tuple[tuple[int, int], str, dict[str, Any]]] = {
    WHAT: ((1, 2), "", {"bold": True}), VALUE: ((3, 5), "", {}),
    ANSWER: ((6, 6), "count", {"align": "left", "indent": 1}),
    WEIGHT: ((8, 8), "whole_share", {"align": "right"}), POINTS: ((9, 9), "count", {"align": "right"}),
    REMARK: ((10, 14), "", {"indent": 1}),
}


def draw(draft: Draft, first: int) -> None:
    """The block, from a row on."""
    blocks.section(draft, CARD, first, (LEFT[0], RIGHT[1]), draft.say("home.rating"))
    head, last = first + 1, first + 1 + LINES
    draft.sheets[CARD].set_column(FIRST_KEPT, MOST, 12, None, {"hidden": True})
    draft.formula(CARD, head, FIRST_KEPT, of_client("RATING_REASONS"))
    blocks.across(draft, CARD, head, (LEFT[0], RIGHT[1]), "table_heading")
    for kept, (columns, _, look) in SHOWN.items():
        _shown(draft, head, columns, f'{_cell(head, kept)}&""', draft.style("table_heading", **look))
    filled = xl_rowcol_to_cell(head + 1, WHAT, col_abs=True)
    blocks.mark(draft, CARD, (head + 1, LEFT[0], last, RIGHT[1]), f'={filled}<>""', **blocks.LINE_BELOW)
    for row in range(head + 1, last + 1):
        _line(draft, row, last=row == last)
    _bars(draft, head + 1)


def _line(draft: Draft, row: int, *, last: bool) -> None:
    """One line; the last one says when there are more of them than fit."""
    for kept, (columns, number, look) in SHOWN.items():
        formula = f'IF({_cell(row, kept)}="","",{_cell(row, kept)})'
        if last and kept == REMARK:
            formula = f'IF({_cell(row + 1, WHAT)}="",{formula},"{draft.say("home.more_reasons")}")'
        _shown(draft, row, columns, formula, draft.style("text", number, **SMALL, **look))


def _bars(draft: Draft, first: int) -> None:
    """The points of the criteria, which are all there and come first; an answer 7 gives 600 times the weight."""
    last = first + len(reference.rows("scorecard")) - 1
    weights = xl_range_abs(first, WEIGHT, last, WEIGHT)
    for row in range(first, last + 1):
        for column, share in ((GIVEN, f"{_cell(row, POINTS)}/600"), (MOST, _cell(row, WEIGHT))):
            draft.formula(CARD, row, column, f"=IFERROR({share}/MAX({weights}),0)")
    names, given, most = (blocks.fixed(draft, CARD, (first, column, last, column))
                          for column in (WHAT, GIVEN, MOST))
    charts.points(draft, CARD, (first, BARS, last, BARS), names, given, most)


def _shown(draft: Draft, row: int, columns: tuple[int, int], formula: str, style: Any) -> None:
    """A formula of one value, in one cell or in cells that are merged."""
    if columns[0] < columns[1]:
        draft.sheets[CARD].merge_range(row, columns[0], row, columns[1], "", style)
    draft.sheets[CARD].write_formula(row, columns[0], f"={formula}", style)


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))
