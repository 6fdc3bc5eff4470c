"""Self-test: every function against answers worked out by hand, and every situation of the demonstration portfolio.

Each line has its formula alive, the literal answer, and a cell named test_... that is TRUE when they agree; the cell
test_all is TRUE when all are. Colleagues, the diagnostic and the tests of the build read these names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build import demo_portfolio
from addin.build.workbook import example_book, page
from addin.build.workbook.cells import write
from addin.build.workbook.draft import Draft
from addin.build.workbook.example_checks import CHECKS
from addin.build.workbook.functions_sheet import APART, FORMULA_LOOK, is_rate, number_of
from addin.build.workbook.shown_formula import shown_formula
from addin.build.workbook.styles import BAD, BAD_PALE, GOOD, GOOD_PALE

SELF_TEST = "self_test"
ALL, TITLE = 3, 5
HEADINGS = ("what", "formula", "result", "expected", "ok")
WHAT, FORMULA, RESULT, EXPECTED, OK = range(5)
WIDTHS = (76, 74, 30, 30, 10)
BOOK_COLUMN = len(WIDTHS) + 1
# Half of the last digit that is written by hand: of a cent, of a hundredth of one per cent.
TOLERANCE = {False: "0.005", True: "0.00005"}
BOOK_WIDTHS = (14, 20, 17, 17, 28, 24, 17, 13, 24)


class Line(NamedTuple):
    """One test as it is drawn."""

    name: str
    what: str
    formula: str
    expected: Any


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, SELF_TEST, "other")
    sheet = draft.sheets[SELF_TEST]
    for column, width in enumerate((*WIDTHS, 3, *BOOK_WIDTHS)):
        sheet.set_column(column, column, width)
    areas = [_list(draft, TITLE, "test_title", [*_checks(draft)])]
    if draft.demo:
        areas.append(_list(draft, areas[0][1] + 2, "test_title_demo", [*_situations(draft)]))
    _summary(draft, areas)
    example_book.draw(draft, SELF_TEST, TITLE, BOOK_COLUMN)
    sheet.freeze_panes(ALL + 1, 0)
    # The tests on pages of their own, readable; the book beside them follows.
    sheet.set_print_scale(62)
    sheet.set_v_pagebreaks([BOOK_COLUMN])


def _checks(draft: Draft) -> Iterator[Line]:
    for check in CHECKS:
        yield Line(f"test_{check.code}", draft.say(f"test_{check.code}"), check.formula, check.answer(draft.language))


def _situations(draft: Draft) -> Iterator[Line]:
    """What a function must answer for a situation of the portfolio, as its register says; told at its first line."""
    with demo_portfolio.path("situations").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["function"]]
    told = ""
    for count, row in enumerate(rows, start=1):
        client, sentence, expected = row["client"], row[f"sentence_{draft.language}"], row["expected"]
        if row["function"] == "LIMIT_BINDING":
            expected = draft.say(f"limits.method_{expected}")
        given = _literal(row["argument"])
        argument = "" if given == "" else f',"{given}"' if isinstance(given, str) else f",{row['argument']}"
        yield Line(f"test_demo_{count:02}", client if sentence == told else f"{client} · {sentence}",
                   f'{row["function"]}("{client}",Book{argument})', _literal(expected))
        told = sentence


def _literal(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _list(draft: Draft, row: int, title: str, lines: list[Line]) -> tuple[int, int]:
    """A title, the headings, a row a test; the first and last row of the tests."""
    sheet = draft.sheets[SELF_TEST]
    for column, heading in enumerate(HEADINGS):
        sheet.write(row, column, None, draft.style("section"))
        sheet.write_string(row + 1, column, draft.say(f"test_heading_{heading}"),
                           draft.style("table_heading", **(APART if column == FORMULA else {})))
    sheet.write_string(row, WHAT, draft.say(title), draft.style("section"))
    for place, line in enumerate(lines, start=row + 2):
        _line(draft, place, line)
    return row + 2, row + 1 + len(lines)


def _line(draft: Draft, row: int, line: Line) -> None:
    sheet, shown = draft.sheets[SELF_TEST], shown_formula(line.formula, draft.language)
    high = max(page.height([line.what], [WIDTHS[WHAT]]), page.height([shown], [WIDTHS[FORMULA]], page.FORMULA_LETTER))
    sheet.set_row(row, high + 3)
    style = draft.style("result", number_of(line.expected), align="left")
    sheet.write_string(row, WHAT, line.what, draft.style("result", text_wrap=True))
    sheet.write_string(row, FORMULA, shown, draft.style("formula", **FORMULA_LOOK))
    draft.formula(SELF_TEST, row, RESULT, f"={line.formula}", style)
    write(sheet, row, EXPECTED, line.expected, style)
    result, expected = xl_rowcol_to_cell(row, RESULT), xl_rowcol_to_cell(row, EXPECTED)
    if isinstance(line.expected, str):
        agrees = f"EXACT({result},{expected})"
    elif isinstance(line.expected, bool):
        agrees = f"{result}={expected}"
    else:
        agrees = f"ABS({result}-{expected})<{TOLERANCE[is_rate(line.expected)]}"
    draft.formula(SELF_TEST, row, OK, f"=IF(ISERROR({result}),FALSE,{agrees})", draft.style("result", align="left"))
    draft.name(line.name, SELF_TEST, row, OK)


def _summary(draft: Draft, areas: list[tuple[int, int]]) -> None:
    """One big cell for all, and how many fail; what agrees is green, what does not is red."""
    sheet, count = draft.sheets[SELF_TEST], sum(last - first + 1 for first, last in areas)
    tests = xl_range_abs(areas[0][0], OK, areas[-1][1], OK)
    draft.formula(SELF_TEST, ALL, OK, f"=AND({tests})", draft.style("text", bold=True, font_size=14, align="left"))
    draft.name("test_all", SELF_TEST, ALL, OK)
    said = (f'=IF(test_all,"{draft.say("test_all_agree", number=count)}",'
            f'COUNTIF({tests},FALSE)&"{draft.say("test_some_fail", number=count)}")')
    sheet.set_row(ALL, 28)
    draft.formula(SELF_TEST, ALL, WHAT, said, draft.style("figure"))
    for value, ink, paper in (("TRUE", GOOD, GOOD_PALE), ("FALSE", BAD, BAD_PALE)):
        look = draft.workbook.add_format({"font_color": ink, "bg_color": paper, "bold": True})
        for first, last in ((ALL, ALL), *areas):
            sheet.conditional_format(first, OK, last, OK, {
                "type": "cell", "criteria": "==", "value": value, "format": look})
