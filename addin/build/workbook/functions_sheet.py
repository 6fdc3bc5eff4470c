"""Functions: the catalogue from the registry, by family, each with an example that is alive on the example book."""

from __future__ import annotations

import datetime as dt

from addin.build.workbook import page
from addin.build.workbook.draft import Draft
from addin.build.workbook.example_book import formula as book_formula
from addin.build.workbook.example_checks import Expected, example_of
from addin.build.workbook.shown_formula import shown_formula
from addin.build.workbook.styles import LINE
from udfs.functions import REGISTRY
from udfs.functions.registry import FAMILIES, Function

FUNCTIONS = "functions"
HEADING = 3
HEADINGS = ("function", "answers", "syntax", "example", "result")
# Quoted, so that no editing of the cell makes a formula of its text.
FORMULA_LOOK = {"text_wrap": True, "quote_prefix": True, "bottom": 1, "bottom_color": LINE, "indent": 1}
WIDTHS = (21, 66, 57, 69, 31)
APART = {"align": "left", "indent": 1}


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, FUNCTIONS, "other", hint=draft.say("hint_functions", sheet=draft.sheet_name("self_test")))
    sheet = draft.sheets[FUNCTIONS]
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADING, column, draft.say(f"functions_{heading}"),
                           draft.style("table_heading", **(APART if column > 1 else {})))
    row, title = HEADING + 1, draft.style("text", bold=True, font_size=12, valign="bottom")
    for family in FAMILIES:
        functions = [one for one in REGISTRY.values() if one.family == family]
        if functions:
            sheet.set_row(row, 26)
            sheet.write_string(row, 0, draft.say(f"build.family_{family}"), title)
            row += 1
            for function in functions:
                _line(draft, row, function)
                row += 1
    sheet.freeze_panes(HEADING + 1, 1)
    sheet.repeat_rows(HEADING)


def _line(draft: Draft, row: int, function: Function) -> None:
    sheet, example = draft.sheets[FUNCTIONS], example_of(function.name)
    # The cell of a Book is best shown by the Book that all other examples use.
    alive = "ExampleBook" if function.name == "CREDIT_BOOK" else example.formula
    # Blanks between its many arguments let it wrap.
    shown = book_formula().replace(",", ", ") if function.name == "CREDIT_BOOK" else example.formula
    texts = (function.name, function.help(draft.language), function.syntax(draft.language),
             shown_formula(shown, draft.language))
    high = max(page.height(texts[:2], WIDTHS[:2]), page.height(texts[2:], WIDTHS[2:4], page.FORMULA_LETTER))
    sheet.set_row(row, high + 4)
    styles = (draft.style("result", bold=True), draft.style("result", text_wrap=True),
              *(draft.style("formula", **FORMULA_LOOK),) * 2)
    for column, (text, style) in enumerate(zip(texts, styles, strict=True)):
        sheet.write_string(row, column, text, style)
    number = number_of(example.expected)
    draft.formula(FUNCTIONS, row, len(texts), f"={alive}",
                  draft.style("result", number, text_wrap=True, **APART))


def number_of(expected: Expected) -> str:
    """The number format that suits an answer."""
    if isinstance(expected, dt.date):
        return "date"
    if isinstance(expected, str | bool | dict):
        return ""
    if is_rate(expected):
        return "interest"
    return "count" if abs(expected) < 100 and float(expected).is_integer() else "money"


def is_rate(expected: Expected) -> bool:
    """Whether an answer is a rate: it is shown in per cent, and compared to the hundredth of one."""
    return not isinstance(expected, str | bool | dict | dt.date) and 0 < abs(expected) < 1
