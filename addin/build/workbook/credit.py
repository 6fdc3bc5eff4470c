"""Credit: the whole portfolio, sorted and filtered by two yellow cells; one row a client, with the reason."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from addin.build.workbook import blocks, page
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import BAD
from udfs.texts import say

CREDIT = "credit"
LEGEND, SORT, FILTER, HEADING = 2, 3, 4, 6
ROWS = 200
# What is read in one look; how a limit and a grade come about stands on the client card.
COLUMNS = {
    "client": Column(9, "text"), "name": Column(38), "grade": Column(7, look={"align": "center", "bold": True}),
    "in_force": Column(11, "euros"), "exposure": Column(11, "euros"), "utilisation": Column(16, "whole_share"),
    "headroom": Column(11, "euros"), "net": Column(11, "euros_or_dash"), "overdue": Column(11, "euros_or_dash"),
    "decision": Column(11, look={"align": "center"}), "max_order": Column(13, "euros_or_dash"),
    "reason": Column(70, look={"indent": 1}),
}
GRADE, USE, HEADROOM, DECISION = (
    list(COLUMNS).index(name) for name in ("grade", "utilisation", "headroom", "decision"))
# Sorts that are offered; a minus puts the largest first.
SORTS = ("-exposure", "-utilisation", "-net", "-overdue", "-decision", "headroom", "grade", "client", "name")
BAR = "#BFD8DB"


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, CREDIT, "result", hint=draft.say("home.credit_hint"))
    sheet = draft.sheets[CREDIT]
    sheet.write_string(LEGEND, 0, draft.say("home.credit_legend"), draft.style("hint"))
    sheet.set_row(HEADING, blocks.HEADING_HEIGHT)
    blocks.amounts_in(draft, CREDIT, HEADING - 1, HEADROOM + 1)
    _choices(draft)
    _marks(draft)
    formula = f'=CREDIT_TABLE(Book,"{",".join(COLUMNS)}",CreditSort,CreditFilter)'
    blocks.spill(draft, CREDIT, HEADING, 0, formula, tuple(COLUMNS.values()), ROWS)
    sheet.freeze_panes(HEADING + 1, 2)
    sheet.repeat_rows(HEADING)


def sorts(language: str) -> list[str]:
    """The sorts that are offered, in words that CREDIT_TABLE understands."""
    return [name[:-len(plain)] + say(f"book.column_{plain}", language)
            for name in SORTS for plain in (name.lstrip("-"),)]


def _choices(draft: Draft) -> None:
    """Sort and filter are text cells: Excel would read -Exposure as a formula."""
    sheet, words = draft.sheets[CREDIT], sorts(draft.language)
    for row, name, value in ((SORT, "sort", words[0]), (FILTER, "filter", "")):
        sheet.write_string(row, 0, draft.say(f"home.{name}"), draft.style("label"))
        sheet.write(row, 1, value or None, draft.style("input", "text"))
        sheet.write_string(row, 2, draft.say(f"home.{name}_hint"), draft.style("hint", indent=1))
    sheet.data_validation(SORT, 1, SORT, 1, {"validate": "list", "source": words, "error_type": "information",
                                             "error_message": draft.say("home.sort_hint")})
    draft.name("CreditSort", CREDIT, SORT, 1)
    draft.name("CreditFilter", CREDIT, FILTER, 1)


def _marks(draft: Draft) -> None:
    first, last = HEADING + 1, HEADING + blocks.LINED

    def column(number: int) -> tuple[int, int, int, int]:
        return first, number, last, number

    cell = xl_rowcol_to_cell(first, DECISION)
    for code, (ink, paper) in blocks.DECISION_COLOURS.items():
        # What is released is the rule: it needs no colour behind it.
        behind = {"bg_color": paper} if code != "RELEASE" else {}
        blocks.mark(draft, CREDIT, column(DECISION), f'={cell}="{code}"', font_color=ink, **behind,
                    **blocks.LINE_BELOW)
    blocks.mark_grades(draft, CREDIT, column(GRADE), **blocks.LINE_BELOW)
    blocks.mark_number(draft, CREDIT, column(USE), ">1", font_color=BAD, bold=True, **blocks.LINE_BELOW)
    blocks.mark_number(draft, CREDIT, column(USE), ">=0", **blocks.LINE_BELOW)
    blocks.mark_number(draft, CREDIT, column(HEADROOM), "<0", font_color=BAD, **blocks.LINE_BELOW)
    # A bar that fills its cell is a limit that is used up.
    draft.sheets[CREDIT].conditional_format(*column(USE), {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR, "bar_no_border": True,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1})
