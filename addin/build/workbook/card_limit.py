"""The limit on the client card, granted and computed with what binds and the levers; and who bears the exposure.

CREDIT_EXPLAIN and a sentence that wraps are kept in hidden columns: a formula that may spill cannot stand in merged
cells.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook import blocks, charts
from addin.build.workbook.card_cells import CARD, LEFT, RIGHT, known, line, of_client
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import MUTED

KEPT, SENTENCE_ROWS = 16, 3
# The columns of CREDIT_EXPLAIN as it comes, hidden.
FIRST_KEPT, ROWS = 27, 40
WHAT, VALUE, SOURCE = FIRST_KEPT + 1, FIRST_KEPT + 2, FIRST_KEPT + 4
# Where words stand between a label and its amount.
WORDS = LEFT[0] + 2
# What bears the exposure, from the safest to ourselves.
BEARERS = {"insured": charts.AGES[0], "secured": "#7FA8AE", "net": charts.AGES[2]}


def draw(draft: Draft, first: int) -> None:
    """The block, from a row on."""
    sheet, small = draft.sheets[CARD], draft.style("line", font_size=9, font_color=MUTED)
    sheet.set_column(KEPT, KEPT, 12, None, {"hidden": True})
    sheet.set_column(FIRST_KEPT, SOURCE, 12, None, {"hidden": True})
    blocks.section(draft, CARD, first, LEFT, draft.say("home.limit"))
    draft.formula(CARD, first + 1, FIRST_KEPT, of_client("CREDIT_EXPLAIN"))
    line(draft, first + 1, LEFT, draft.say("home.granted"), _found(draft, first, VALUE, "–"), "money")
    draft.formula(CARD, first + 1, WORDS, _found(draft, first, SOURCE, ""), small)
    line(draft, first + 2, LEFT, draft.say("home.computed"), known("CREDIT_LIMIT"), "money")
    draft.formula(CARD, first + 2, WORDS, of_client("LIMIT_BINDING"), small)
    _sentence(draft, first + 3)
    below = first + 3 + SENTENCE_ROWS
    line(draft, below, LEFT, draft.say("home.max_order"), known("MAX_ORDER"), "money")
    line(draft, below + 1, LEFT, draft.say("home.payment_to_release"), known("PAYMENT_TO_RELEASE"), "money_or_dash")


def cover(draft: Draft, first: int) -> None:
    """What is insured, secured otherwise and at our own risk: one bar, and a line each in its colour."""
    blocks.section(draft, CARD, first, RIGHT, draft.say("home.cover"))
    made = charts.chart(draft, "bar", "", subtype="percent_stacked")
    for row, (part, colour) in enumerate(BEARERS.items(), start=first + 2):
        name = draft.say(f"reasons.component_{part}")
        name = name[0].upper() + name[1:]
        line(draft, row, RIGHT, name, of_client("CREDIT_EXPOSURE", f'"{part}"'), "money_or_dash")
        quiet = draft.style("line", font_color=MUTED)
        draft.sheets[CARD].write_rich_string(row, RIGHT[0], draft.style("line", font_color=colour), "■ ", quiet, name,
                                             quiet)
        made.add_series({"name": name, "values": blocks.fixed(draft, CARD, (row, RIGHT[1], row, RIGHT[1])), "gap": 30,
                         **charts.fill(colour)})
    charts.strip(draft, CARD, first + 1, RIGHT[0], made, draft.say("home.cover_alt"))


def _found(draft: Draft, first: int, column: int, otherwise: str) -> str:
    """What the way to the limit tells of the granted one."""
    whats, values = (xl_range_abs(first + 2, kept, first + 1 + ROWS, kept) for kept in (WHAT, column))
    name = draft.say("limits.what_granted")
    return f'=IF(CardClient="","",IFERROR(INDEX({values},MATCH("{name}",{whats},0)),"{otherwise}"))'


def _sentence(draft: Draft, row: int) -> None:
    """How the computed limit comes about, with the three levers where there is a gap."""
    style = draft.style("wrapped", font_color=MUTED)
    draft.formula(CARD, row, KEPT, '=IF(CardClient="","",CREDIT_WHY("CREDIT_LIMIT",CardClient,Book))')
    draft.sheets[CARD].merge_range(row, LEFT[0], row + SENTENCE_ROWS - 1, LEFT[1], "", style)
    draft.sheets[CARD].write_formula(row, LEFT[0], f"={xl_rowcol_to_cell(row, KEPT)}", style)
