"""Back-test: the grades of some months ago against what has been paid since, a row a grade, and two charts.

It makes a second Book as it could have been known on the earlier day, at every change of any table. So it is computed
while the yellow cell holds a number of months: it does in the demonstration, and is empty in a workbook to start with.
"""

from __future__ import annotations

from addin.build.workbook import blocks, charts, page
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, LINE, number_format
from udfs import reference

BACK_TEST = "back_test"
MONTHS, HEADING = 3, 5
DEMO_MONTHS, LONGEST = 12, 120
ROWS = 12
# The columns of BACK_TEST as it comes.
COLUMNS = (Column(22, look={"bold": True}), Column(11, "count"), *(Column(15, "euros_or_dash") for _ in range(7)),
           Column(12, "share"), Column(12, "count"), Column(12, "share"), Column(16, "share"))
LATE_SHARE, BAD_SHARE, PD = 9, 11, 12
CHARTS, SIZE = HEADING + ROWS, (560, 260)


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, BACK_TEST, "result", widths=[int(column.width) for column in COLUMNS])
    sheet = draft.sheets[BACK_TEST]
    sheet.set_row(HEADING, blocks.HEADING_HEIGHT)
    blocks.amounts_in(draft, BACK_TEST, HEADING - 1, len(COLUMNS) - 1)
    _months(draft)
    first = HEADING + 1
    blocks.mark_grades(draft, BACK_TEST, (first, 0, first + ROWS, 0), **blocks.LINE_BELOW)
    blocks.spill(draft, BACK_TEST, HEADING, 0, '=IF(BackTestMonths="","",BACK_TEST(Book,BackTestMonths))', COLUMNS,
                 ROWS)
    _chart(draft, 0, "late", {"late_share": (LATE_SHARE, ACCENT)})
    _chart(draft, SIZE[0] + 20, "bad", {"bad_share": (BAD_SHARE, ACCENT), "pd": (PD, charts.PALE)})
    sheet.freeze_panes(HEADING + 1, 1)


def _months(draft: Draft) -> None:
    sheet = draft.sheets[BACK_TEST]
    sheet.write_string(MONTHS, 0, draft.say("back_test_months"), draft.style("label"))
    sheet.write(MONTHS, 1, DEMO_MONTHS if draft.demo else None, draft.style("input", "count"))
    sheet.write_string(MONTHS, 2, draft.say("back_test_months_hint"), draft.style("hint", indent=1))
    sheet.data_validation(*blocks.one(MONTHS, 1), {
        "validate": "integer", "criteria": "between", "minimum": 1, "maximum": LONGEST, "ignore_blank": True,
        "error_title": draft.say("back_test_months"), "error_message": draft.say("back_test_months_hint")})
    draft.name("BackTestMonths", BACK_TEST, MONTHS, 1)


def _chart(draft: Draft, offset: int, name: str, series: dict[str, tuple[int, str]]) -> None:
    """Shares by grade, the grades of the reference; more of them stand in the table alone."""
    first, last = HEADING + 1, HEADING + len(reference.rows("grades"))
    grades = blocks.fixed(draft, BACK_TEST, (first, 0, last, 0))
    title = draft.say(f"back_test_{name}")
    made = charts.chart(draft, "column", title)
    share, whole = (number_format(name, draft.language) for name in ("share", "whole_share"))
    for code, (column, colour) in series.items():
        made.add_series({
            "name": draft.say(f"back_test_bar_{code}"), "categories": grades, "gap": 80, "overlap": 0,
            "values": blocks.fixed(draft, BACK_TEST, (first, column, last, column)), **charts.fill(colour),
            "data_labels": {"value": True, "num_format": share, "font": charts.TYPE}})
    made.set_x_axis(charts.axis())
    made.set_y_axis(charts.axis(num_format=whole, min=0, major_gridlines={"visible": True, "line": {"color": LINE}}))
    if len(series) > 1:
        made.set_legend({"position": "bottom", "font": charts.TYPE})
    charts.put(draft, BACK_TEST, CHARTS, 0, made, SIZE, draft.say(f"back_test_{name}_alt"), offset)
