"""The two charts of Home: receivables by age, and the ten largest exposures against their limit.

The first shows the heading and total rows of the sheet Ageing; the second a small table at the right of Home,
outside the printed page.
"""

from __future__ import annotations

from addin.build.workbook import ageing, blocks, charts
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT

LARGEST = 10
EXPOSURES = (Column(36), Column(12, "euros"), Column(14, "euros_or_dash"))
HEIGHT = 312


def draw(draft: Draft, code: str, row: int, column: int, data_column: int) -> None:
    """Both charts from a row on in a column, and the table of the second at a column further right."""
    _ageing(draft, code, row, column)
    blocks.section(draft, code, row - 1, (data_column, data_column + 2), draft.say("home.largest"))
    formula = f'=CREDIT_TABLE(Book,"name,exposure,in_force","-exposure","",{LARGEST})'
    _largest(draft, code, row, column, data_column)
    blocks.spill(draft, code, row, data_column, formula, EXPOSURES, LARGEST)


def _ageing(draft: Draft, code: str, row: int, column: int) -> None:
    made = charts.chart(draft, "column", draft.say("home.ageing"))
    first, last = ageing.BANDS
    categories, values = (blocks.fixed(draft, ageing.AGEING, (line, first, line, last))
                          for line in (ageing.HEADING, ageing.HEADING + 1))
    made.add_series({
        "name": draft.say("home.ageing"), "categories": categories, "values": values, "gap": 40,
        "border": {"none": True}, "points": [charts.fill(colour) for colour in charts.AGES],
        "data_labels": {"value": True, "num_format": "#,##0;-#,##0;", "font": charts.TYPE}})
    made.set_x_axis(charts.axis())
    made.set_y_axis(charts.axis(visible=False))
    charts.put(draft, code, row, column, made, (310, HEIGHT), draft.say("home.ageing_alt"), 8)


def _largest(draft: Draft, code: str, row: int, column: int, data_column: int) -> None:
    names, exposures, limits = (blocks.fixed(draft, code, (row + 1, one, row + LARGEST, one))
                                for one in range(data_column, data_column + 3))
    made = charts.chart(draft, "bar", draft.say("home.largest"))
    for name, values, colour in (("home.bar_exposure", exposures, ACCENT), ("home.bar_limit", limits, charts.PALE)):
        made.add_series({"name": draft.say(name), "categories": names, "values": values, "gap": 50, "overlap": 0,
                         **charts.fill(colour)})
    made.set_x_axis(charts.axis(visible=False))
    made.set_y_axis(charts.axis(reverse=True))
    made.set_legend({"position": "bottom", "font": charts.TYPE})
    charts.put(draft, code, row, column, made, (365, HEIGHT), draft.say("home.largest_alt"), 326)
