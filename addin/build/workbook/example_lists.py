"""The small lists beside the example book: what a function takes as two columns, what it is and its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range_abs

from addin.build.workbook.cells import typed, write
from addin.build.workbook.columns import alignment, number
from addin.build.workbook.draft import Draft
from udfs.tables.schema import SCHEMA

# The first firm of Conan-Holder's worked cases, in euros; reserves, EBIT and current debt of Altman's second case.
FIGURES = ("turnover|2000000", "value_added|400000", "personnel|250000", "ebitda|120000", "depreciation|40000",
           "ebit|60000", "financial_charges|20000", "net_income|30000", "total_assets|1000000", "stocks|150000",
           "current_assets|500000", "equity|330000", "retained_earnings|80000", "long_term_debt|270000",
           "total_debt|670000", "current_debt|300000")
FACTS = ("legal_form|limited", "founded|2012-05-02", "country|FR", "terms|60 jours", "sales_opinion|good",
         "order_trend|growing", "sales_forecast|1000000")
# Goodwill of 40,000, software of 12,000 less 4,000, vans of 60,000; BJ and BK are the totals.
BOXES = ("FL|2000000", "DL|330000", "AF|12000", "AG|4000", "AH|40000", "AT|60000", "BJ|112000", "BK|4000")
# Another policy: new clients begin with less.
POLICY = ("starter_line|1000",)
PAIRS = {"ExampleBoxes": BOXES, "ExampleOtherPolicy": POLICY}
# Weights and answers of the published scoring rule.
SCORECARD = (("legal_form", 0.05, 4), ("company_age", 0.10, 5), ("payment", 0.20, 5), ("sales_opinion", 0.10, 5),
             ("term", 0.10, 5), ("trend", 0.10, 5), ("country", 0.05, 7), ("relation", 0.10, 4), ("financial", 0.20, 4))
OF_TABLES: Mapping[str, tuple[str, Sequence[str]]] = {
    "ExampleFigures": ("Accounts", FIGURES), "ExampleFacts": ("Clients", FACTS)}


def ranges() -> dict[str, list[list[object]]]:
    """What each named list holds, in the codes of the tables."""
    lists = {name: lines for name, (_, lines) in OF_TABLES.items()} | PAIRS
    pairs: dict[str, list[list[object]]] = {
        name: [[*line.split("|")] for line in lines] for name, lines in lists.items()}
    return pairs | {"ExampleWeights": [[weight] for _, weight, _ in SCORECARD],
                    "ExampleAnswers": [[answer] for *_, answer in SCORECARD]}


def draw(draft: Draft, code: str, row: int, column: int) -> None:
    """Write the lists one below the other from a row on, each under its name."""
    for name, (table, lines) in OF_TABLES.items():
        _title(draft, code, row, column, name)
        for place, line in enumerate(lines, start=row + 1):
            of, value = line.split("|")
            spec = SCHEMA[table][of]
            _pair(draft, code, place, column, spec.label(draft.language), typed(spec, value, draft.language),
                  number(spec))
        row = _named(draft, code, name, row + 1, column, len(lines), 2)
    for name, lines in PAIRS.items():
        _title(draft, code, row, column, name)
        for place, line in enumerate(lines, start=row + 1):
            what, value = line.split("|")
            _pair(draft, code, place, column, what, float(value), "euros")
        row = _named(draft, code, name, row + 1, column, len(lines), 2)
    _title(draft, code, row, column, "ExampleWeights, ExampleAnswers")
    for place, (criterion, weight, answer) in enumerate(SCORECARD, start=row + 1):
        _pair(draft, code, place, column, draft.say(f"reasons.criterion_{criterion}"), weight, "whole_share")
        write(draft.sheets[code], place, column + 2, answer, draft.style("result", "count"))
    _named(draft, code, "ExampleWeights", row + 1, column + 1, len(SCORECARD), 1)
    _named(draft, code, "ExampleAnswers", row + 1, column + 2, len(SCORECARD), 1)


def _title(draft: Draft, code: str, row: int, column: int, name: str) -> None:
    draft.sheets[code].write_string(row, column, name, draft.style("text", bold=True))


def _pair(draft: Draft, code: str, row: int, column: int, what: str, value: object, look: str) -> None:
    sheet = draft.sheets[code]
    sheet.write_string(row, column, what, draft.style("result"))
    write(sheet, row, column + 1, value, draft.style("result", look, **alignment(look)))


def _named(draft: Draft, code: str, name: str, row: int, column: int, rows: int, columns: int) -> int:
    """Name the cells of a list; the row of the next one."""
    area = xl_range_abs(row, column, row + rows - 1, column + columns - 1)
    draft.workbook.define_name(name, f"={draft.reference(code, area)}")
    return row + rows + 1
