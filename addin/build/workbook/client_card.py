"""Client card: one client on one A4 page, chosen in the yellow cell or by the ribbon.

    client · name                                          what we decide, and why
    grade · limit in force · exposure · headroom · overdue · use of the limit
    identity                        | contact and links
    rating, line by line, with the points of each criterion as bars
    limit, exposure by component    | delays of twelve months, exposure insured, secured and own
    open items (grows)              | letters, calls, promises, decisions (grows)

The two lists of unknown length stand side by side at the bottom. An empty client cell leaves the card empty.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from addin.build.workbook import blocks, card_identity, card_limit, card_rating, card_tables
from addin.build.workbook.card_cells import CARD, LEFT, RIGHT, known, of_client
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, BAD, LINE, number_format
from udfs.exposure.components import COMPONENTS

CHOICE, BANNER, FIGURES, IDENTITY, RATING, LIMIT, EXPOSURE = 1, 3, 5, 9, 18, 40, 49
LISTS = EXPOSURE + len(COMPONENTS) + 3
PRINTED, ROW_HEIGHT = 12, 18
# In the demonstration: over the limit with every component of the exposure.
SHOWN_FIRST = "C002"

PLACES = ((1, 2), (3, 5), (6, 6), (8, 9), (10, 11), (12, 14))


def draw(draft: Draft) -> None:
    """The whole sheet."""
    blocks.one_page(draft, CARD, landscape=False)
    sheet = draft.sheets[CARD]
    sheet.set_column(0, 0, 1.5)
    sheet.set_column(7, 7, 2)
    card_tables.lists(draft, LISTS)
    for row in range(IDENTITY, LISTS):
        sheet.set_row(row, ROW_HEIGHT)
    _choice(draft)
    _banner(draft)
    _figures(draft)
    card_identity.draw(draft, CARD, IDENTITY, LEFT, RIGHT)
    card_rating.draw(draft, RATING)
    card_limit.draw(draft, LIMIT)
    card_tables.exposure(draft, EXPOSURE)
    card_tables.delays(draft, LIMIT)
    card_limit.cover(draft, LIMIT + card_tables.MONTHS + 3)
    sheet.print_area(0, 0, LISTS + 1 + PRINTED, RIGHT[1])


def _choice(draft: Draft) -> None:
    sheet = draft.sheets[CARD]
    sheet.write_string(0, 1, draft.say("home.card_hint"), draft.style("hint"))
    sheet.set_row(CHOICE, 30)
    sheet.write(CHOICE, 1, SHOWN_FIRST if draft.demo else None, draft.style("input", "text", font_size=14, bold=True))
    sheet.data_validation(CHOICE, 1, CHOICE, 1, {"validate": "list", "source": "=ClientCodes", "error_type": "warning",
                                                 "error_message": draft.say("home.card_error")})
    draft.name("CardClient", CARD, CHOICE, 1)
    draft.formula(CARD, CHOICE, 2, card_identity.name(draft.language), draft.style("title", indent=1))
    blocks.amounts_in(draft, CARD, 0, RIGHT[1])
    day = number_format("date", draft.language)
    draft.formula(CARD, CHOICE, RIGHT[1], "=AsOf", draft.style(
        "label", align="right", num_format=f'"{draft.say("home.card_as_of")} "{day}'))


def _banner(draft: Draft) -> None:
    sheet = draft.sheets[CARD]
    sheet.set_row(BANNER, 26)
    blocks.across(draft, CARD, BANNER, (LEFT[0], RIGHT[1]), "text")
    draft.formula(CARD, BANNER, 1, of_client("CREDIT_DECISION"), draft.style("text", bold=True, font_size=13, indent=1))
    decision = xl_rowcol_to_cell(BANNER, 1, row_abs=True, col_abs=True)
    words = '""'
    for code in reversed(tuple(blocks.DECISION_COLOURS)):
        words = f'IF({decision}="{code}","{draft.say(f"home.decision_{code.lower()}")}",{words})'
    draft.formula(CARD, BANNER, 2, f"={words}", draft.style("text", bold=True, font_size=11, indent=1))
    draft.formula(CARD, BANNER, 5, of_client("DECISION_REASON"), draft.style("text", font_size=11))
    for code, (ink, paper) in blocks.DECISION_COLOURS.items():
        blocks.mark(draft, CARD, (BANNER, LEFT[0], BANNER, RIGHT[1]), f'={decision}="{code}"', font_color=ink,
                    bg_color=paper)


def _figures(draft: Draft) -> None:
    sheet = draft.sheets[CARD]
    euros = draft.style("figure", "euros", font_size=16, shrink=True)
    parts: tuple[tuple[str, str, Any], ...] = (
        ("grade", of_client("CREDIT_RATING"), draft.style("figure", font_size=16)),
        ("in_force", known("LIMIT_IN_FORCE"), euros), ("exposure", of_client("CREDIT_EXPOSURE"), euros),
        ("headroom", known("CREDIT_HEADROOM"), euros), ("overdue", of_client("CREDIT_OVERDUE"), euros),
        ("use", known("CREDIT_UTILISATION"), draft.style("figure", "whole_share", font_size=16, shrink=True)),
    )
    for columns, (name, formula, style) in zip(PLACES, parts, strict=True):
        blocks.across(draft, CARD, FIGURES, columns, "figure_label")
        sheet.write_string(FIGURES, columns[0], draft.say(f"home.{name}"), draft.style("figure_label"))
        draft.formula(CARD, FIGURES + 1, columns[0], formula, style)
    sheet.set_row(FIGURES + 1, 24)
    blocks.mark_grades(draft, CARD, blocks.one(FIGURES + 1, PLACES[0][0]))
    for place, comparison in ((3, "<0"), (4, ">0"), (5, ">1")):
        blocks.mark_number(draft, CARD, blocks.one(FIGURES + 1, PLACES[place][0]), comparison, font_color=BAD)
    sheet.set_row(FIGURES + 2, 7)
    bar, unseen = (FIGURES + 2, PLACES[5][0]), draft.style("text", num_format=";;;")
    sheet.merge_range(*bar, FIGURES + 2, PLACES[5][1], "", unseen)
    sheet.write_formula(*bar, f"={xl_rowcol_to_cell(FIGURES + 1, PLACES[5][0])}", unseen)
    sheet.conditional_format(*blocks.one(*bar), {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_only": True, "bar_color": ACCENT,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "bar_border_color": LINE})
