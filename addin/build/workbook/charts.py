"""The charts of the workbook: no frame, no shadow, small grey type, the colours of the sheets."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart

from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, BAD, LINE, MUTED

TYPE = {"name": "Calibri", "size": 9, "color": MUTED}
# Not due, then ever later: from the house colour to red.
AGES = (ACCENT, "#E9C46A", "#E7A54A", "#DF7F3C", "#C4542F", BAD)
PALE = "#C9D6D8"
# Pixels of the bars that stand in rows of 18 points.
POINTS_LEFT, POINTS_WIDTH, POINTS_ROW = 36, 156, 24
STRIP = (690, 21)


def chart(draft: Draft, kind: str, title: str, subtype: str = "") -> Chart:
    """An empty chart with the house look, its title small at the left."""
    made = draft.workbook.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
    assert made is not None
    made.set_title({"name": title, "name_font": {**TYPE, "bold": False}, "overlay": True,
                    "layout": {"x": 0.01, "y": 0.01}})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    made.set_legend({"none": True})
    return made


def axis(**more: Any) -> dict[str, Any]:
    """An axis in small grey type on a fine line."""
    return {"num_font": TYPE, "line": {"color": LINE}, "major_gridlines": {"visible": False},
            "major_tick_mark": "none", "minor_tick_mark": "none", **more}


def fill(colour: str) -> dict[str, Any]:
    """A series in one flat colour."""
    return {"fill": {"color": colour}, "border": {"none": True}}


def points(draft: Draft, code: str, lines: tuple[int, int, int, int], names: str, given: str, most: str) -> None:
    """Bars of what criteria give before what they could, as shares, one in each row of an area of one column.

    It has no axes and no margins and is as high as its rows, so that every bar stands in the line that names it.
    """
    made = chart(draft, "bar", "")
    made.set_title({"none": True})
    for name, values, colour in (("most_points", most, PALE), ("points", given, ACCENT)):
        made.add_series({"name": draft.say(f"home.{name}"), "categories": names, "values": values, "gap": 90,
                         "overlap": 100, **fill(colour)})
    made.set_x_axis(axis(visible=False, min=0, max=1))
    made.set_y_axis(axis(visible=False, reverse=True))
    made.set_plotarea({"fill": {"none": True}, "layout": {"x": 0, "y": 0, "width": 1, "height": 1}})
    made.show_hidden_data()
    first, column, last, _ = lines
    sheet = draft.sheets[code]
    made.set_size({"width": POINTS_WIDTH, "height": POINTS_ROW * (last - first + 1)})
    sheet.insert_chart(first, column, made, {"object_position": 1, "x_offset": POINTS_LEFT,
                                             "description": draft.say("home.points_alt")})


def strip(draft: Draft, code: str, row: int, column: int, made: Chart, description: str) -> None:
    """A chart without axes and margins in one row, as wide as the right half of a page."""
    made.set_title({"none": True})
    made.set_x_axis(axis(visible=False))
    made.set_y_axis(axis(visible=False))
    made.set_plotarea({"fill": {"none": True}, "layout": {"x": 0, "y": 0, "width": 1, "height": 1}})
    put(draft, code, row, column, made, STRIP, description, 0)


def put(draft: Draft, code: str, row: int, column: int, made: Chart, size: tuple[int, int], description: str,
        offset: int) -> None:
    """Place a chart, in pixels; it moves with its cells and keeps its size."""
    made.set_size({"width": size[0], "height": size[1]})
    draft.sheets[code].insert_chart(row, column, made, {"object_position": 2, "x_offset": offset, "y_offset": 2,
                                                        "description": description})
