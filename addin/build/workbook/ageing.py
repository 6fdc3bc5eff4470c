"""Ageing: the aged balance of every client, by due date or by invoice date; its total is account 411.

The total stands first, under the headings, so that the chart on Home always finds it.
"""

from __future__ import annotations

from addin.build.workbook import blocks, page
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from udfs.texts import say

AGEING = "ageing"
BY, HEADING = 3, 5
# First and last column of the ages, from not due to the oldest.
BANDS = (2, 7)
TINTS = ("#FEF9E7", "#FDEFC8", "#FBE0B5", "#F8CFAE", "#F4BDB0")
ROWS = 200
COLUMNS = (Column(9, "text"), Column(38), *(Column(13, "money_or_dash") for _ in range(6)),
           Column(13, "money_or_dash"), Column(14, "money_or_dash", {"bold": True}), Column(13, "money_or_dash"))


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, AGEING, "result", hint=draft.say("home.ageing_hint"))
    sheet = draft.sheets[AGEING]
    sheet.set_row(HEADING, blocks.HEADING_HEIGHT)
    blocks.amounts_in(draft, AGEING, HEADING - 1, len(COLUMNS) - 1)
    _by(draft)
    first, last = HEADING + 1, HEADING + blocks.LINED
    for band, tint in enumerate(TINTS, start=BANDS[0] + 1):
        blocks.mark_number(draft, AGEING, (first + 1, band, last, band), ">0", bg_color=tint,
                           **blocks.LINE_BELOW)
    blocks.spill(draft, AGEING, HEADING, 0, '=AGEING(Book,"",AgeingBy,"first")', COLUMNS, ROWS)
    for place, column in enumerate(COLUMNS):
        sheet.write_blank(first, place, None, draft.style("total", column.number, align=column.align))
    sheet.freeze_panes(HEADING + 2, 2)
    sheet.repeat_rows(HEADING)


def _by(draft: Draft) -> None:
    """The date that ages an item, chosen among the words of the language."""
    sheet = draft.sheets[AGEING]
    words = [say(f"functions.by_{name}", draft.language) for name in ("due_date", "invoice_date")]
    sheet.write_string(BY, 0, draft.say("home.ageing_by"), draft.style("label"))
    sheet.write_string(BY, 1, words[0], draft.style("input", "text"))
    sheet.data_validation(BY, 1, BY, 1, {"validate": "list", "source": words})
    draft.name("AgeingBy", AGEING, BY, 1)
