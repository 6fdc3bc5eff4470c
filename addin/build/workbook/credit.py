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
# The columns of CREDIT_TABLE as it comes.
COLUMNS = (
    Column(9, "text"), Column(38), Column(7, look={"align": "center", "bold": True}),
    Column(9, look={"align": "center"}), Column(12, "euros"), Column(22, look={"indent": 1}),
    Column(17, "euros", {"indent": 1}), Column(14, "euros"), Column(12, "euros"),
    Column(12, "euros_or_dash"), Column(11, look={"align": "center"}), Column(70, look={"indent": 1}),
)
GRADE, IN_FORCE, EXPOSURE, HEADROOM, DECISION = 2, 6, 7, 8, 10
# Sorts that are offered; a minus puts the largest first.
SORTS = ("-exposure", "-overdue", "-decision", "headroom", "-in_force", "grade", "client", "name")
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
    blocks.spill(draft, CREDIT, HEADING, 0, '=CREDIT_TABLE(Book,"",CreditSort,CreditFilter)', COLUMNS, ROWS)
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
    exposure, limit = (xl_rowcol_to_cell(first, number, col_abs=True) for number in (EXPOSURE, IN_FORCE))
    blocks.mark(draft, CREDIT, column(EXPOSURE), f"=AND(ISNUMBER({limit}),ISNUMBER({exposure}),{exposure}>{limit})",
                font_color=BAD, bold=True, **blocks.LINE_BELOW)
    blocks.mark(draft, CREDIT, column(EXPOSURE), f"=ISNUMBER({exposure})", **blocks.LINE_BELOW)
    blocks.mark_number(draft, CREDIT, column(HEADROOM), "<0", font_color=BAD, **blocks.LINE_BELOW)
    draft.sheets[CREDIT].conditional_format(*column(EXPOSURE), {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR, "bar_no_border": True,
        "min_type": "num", "min_value": 0, "bar_negative_color_same": True})
