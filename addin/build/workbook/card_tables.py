"""The lists of the client card: exposure by component, twelve months of delays, open items, what was said and written.

Open items and history are of unknown length: they stand side by side, and nothing stands below them.
"""

from __future__ import annotations

from typing import Any

from addin.build.workbook import blocks, card_cells, charts
from addin.build.workbook.blocks import Column
from addin.build.workbook.card_cells import CARD, LEFT, RIGHT, of_client
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, BAD, LINE
from udfs.exposure.components import COMPONENTS
from udfs.texts import say

FORMATTED = 60
# The height of a row whose remark takes two lines.
TWO_LINES = 24
MONTHS = 12

SMALL: dict[str, Any] = {"font_size": 9}
WRAPPED: dict[str, Any] = {"font_size": 9, "text_wrap": True}
OPEN_ITEMS = (Column(11.5, "text", SMALL), Column(9.5, "date", SMALL), Column(9.5, "date", SMALL),
              Column(10, "money", SMALL), Column(7.5, "days", SMALL), Column(22, look={**WRAPPED, "indent": 1}))
HISTORY = (Column(9.5, "date", SMALL), Column(14, look=WRAPPED), Column(12, "text", WRAPPED),
           Column(10, "money", SMALL), Column(10.5, "date", {**SMALL, "align": "center"}), Column(12, look=WRAPPED),
           Column(25, look={**WRAPPED, "indent": 1}))


def exposure(draft: Draft, first: int) -> None:
    """What the exposure is made of, with its total."""
    blocks.section(draft, CARD, first, LEFT, draft.say("home.components"))
    for row, component in enumerate((*COMPONENTS, "total"), start=first + 1):
        known = f"reasons.component_{component}" if component != "total" else "book.column_exposure"
        label = say(known, draft.language)
        card_cells.line(draft, row, LEFT, label[0].upper() + label[1:], of_client("CREDIT_EXPOSURE", f'"{component}"'),
                        "money_or_dash", bold=component == "total")


def delays(draft: Draft, first: int) -> None:
    """Twelve months of settlements; a month without any has no bar."""
    sheet = draft.sheets[CARD]
    blocks.section(draft, CARD, first, RIGHT, draft.say("home.delays"))
    row = first + 1
    for column, number in zip(range(RIGHT[0], RIGHT[0] + 3), ("", "euros_or_dash", "count"), strict=True):
        align = "right" if number else "left"
        sheet.write_blank(row, column, None, draft.style("table_heading", align=align))
        for below in range(row + 1, row + 1 + MONTHS):
            sheet.write_blank(below, column, None, draft.style("result", number, align=align))
    draft.formula(CARD, row, RIGHT[0], of_client("DELAY_HISTORY"), draft.style("table_heading"))
    made = charts.chart(draft, "column", draft.say("home.delays_axis"))
    names, values = (blocks.fixed(draft, CARD, (row + 1, column, row + MONTHS, column))
                     for column in (RIGHT[0], RIGHT[0] + 2))
    made.add_series({"name": draft.say("home.delays"), "categories": names, "values": values, "gap": 60,
                     **charts.fill(ACCENT)})
    made.set_x_axis(charts.axis(label_position="low", num_font={**charts.TYPE, "rotation": -90}))
    made.set_y_axis(charts.axis(num_format="0", major_gridlines={"visible": True, "line": {"color": LINE}}))
    charts.put(draft, CARD, row, RIGHT[0] + 3, made, (425, 300), draft.say("home.delays_alt"), 8)


def lists(draft: Draft, first: int) -> None:
    """What is open, and what was written and said; both grow."""
    sheet = draft.sheets[CARD]
    sheet.set_row(first + 1, blocks.HEADING_HEIGHT)
    for row in range(first + 2, first + 2 + FORMATTED):
        sheet.set_row(row, TWO_LINES)
    blocks.mark_number(draft, CARD, (first + 2, 5, first + blocks.LINED, 5), ">0", font_color=BAD,
                       **blocks.LINE_BELOW)
    for columns, title, function, shown in ((LEFT, "open_items", "OPEN_ITEMS", OPEN_ITEMS),
                                            (RIGHT, "history", "CLIENT_HISTORY", HISTORY)):
        blocks.section(draft, CARD, first, columns, draft.say(f"home.{title}"))
        blocks.spill(draft, CARD, first + 1, columns[0], of_client(function), shown, FORMATTED)
