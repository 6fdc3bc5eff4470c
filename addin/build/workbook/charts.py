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


def chart(draft: Draft, kind: str, title: str) -> Chart:
    """An empty chart with the house look, its title small at the left."""
    made = draft.workbook.add_chart({"type": kind})
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


def put(draft: Draft, code: str, row: int, column: int, made: Chart, size: tuple[int, int], description: str,
        offset: int) -> None:
    """Place a chart, in pixels; it moves with its cells and keeps its size."""
    made.set_size({"width": size[0], "height": size[1]})
    draft.sheets[code].insert_chart(row, column, made, {"object_position": 2, "x_offset": offset, "y_offset": 2,
                                                        "description": description})
