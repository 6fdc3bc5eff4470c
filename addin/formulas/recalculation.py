"""All formulas of a workbook on disk calculated anew, without Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from addin.formulas.engine import Engine
from addin.formulas.our_functions import our_functions
from addin.formulas.tokens import NotEvaluable
from addin.formulas.translation import Translation
from addin.formulas.workbook_formulas import Formula, SheetCells, read_names, read_sheet
from addin.ooxml.package import Package
from addin.ooxml.patch import patch_values
from addin.ooxml.values import FILE_ERRORS, ExcelError, rounded

Rows = list[list[Any]]


def recalculate(package: Package) -> list[str]:
    """Calculate every formula and write the values that changed; the cells that could not be calculated.

    Those keep the value they have, and what depends on them takes it (on a circle: keeps its own too). TODAY and NOW
    are this machine's.
    """
    with package.understood():
        sheets = {name: read_sheet(name, package.parts[part], package.strings)
                  for name, part in package.sheets.items()}
        names = read_names(package)
    filtered = {name for name, sheet in sheets.items() if sheet.filtered}
    translation = Translation(sheets, package.tables, names, filtered)
    texts = {}
    for formula in every(sheets):
        try:
            texts[formula] = translation.of(formula)
        except NotEvaluable:
            continue
    answers = evaluated(sheets, texts, our_functions(translation.places))
    patch_values(package, {(formula.sheet, formula.cell): rows if formula.kind == "spill" else rows[0][0]
                           for formula, rows in answers.items() if _changed(rows, formula, sheets[formula.sheet])})
    return [f"{formula.sheet}!{formula.cell}" for formula in every(sheets) if formula not in answers]


def every(sheets: Mapping[str, SheetCells]) -> Iterator[Formula]:
    """The formulas of all sheets."""
    return (formula for sheet in sheets.values() for formula in sheet.formulas)


def evaluated(sheets: Mapping[str, SheetCells], texts: Mapping[Formula, str],
              functions: Mapping[str, Callable[..., Any]]) -> dict[Formula, Rows]:
    """The answers of the formulas, whose texts are for the engine; of those that it has an answer for.

    The cells of the others keep their values: so all is calculated again with these in place of the formulas.
    """
    while True:
        answers = _answers(sheets, texts, Engine(sheets, functions))
        found = {formula: rows for formula, rows in answers.items() if rows is not None}
        if len(found) == len(texts):
            return found
        texts = {formula: texts[formula] for formula in found}


def _answers(sheets: Mapping[str, SheetCells], texts: Mapping[Formula, str], engine: Engine
             ) -> dict[Formula, Rows | None]:
    """What the engine makes of each formula."""
    for name, sheet in sheets.items():
        engine.put(name, sheet.without([formula for formula in sheet.formulas if formula in texts]))
    taken = [engine.put_formula(formula.sheet, formula.row, formula.column, text) for formula, text in texts.items()]
    engine.evaluate()
    return {formula: engine.answer(formula.sheet, formula.row, formula.column) if put else None
            for formula, put in zip(texts, taken, strict=True)}


def _changed(rows: Rows, formula: Formula, sheet: SheetCells) -> bool:
    """Whether the file holds other values than these, to the digits that it keeps."""
    area = formula.area
    if area.size != len(rows) * len(rows[0]):
        return True
    cached = [[sheet.values.get(row, {}).get(column) for column in area.columns] for row in area.rows]
    return _kept(rows) != _kept(cached)


def _kept(rows: Rows) -> list[list[tuple[type, Any]]]:
    """Values with their types, as the file keeps them: an error is not the text of its name, nor TRUE the number 1."""
    return [[(type(value), _as_kept(value)) for value in row] for row in rows]


def _as_kept(value: Any) -> Any:
    if isinstance(value, ExcelError):
        return value if value in FILE_ERRORS else "#VALUE!"
    return rounded(value) if isinstance(value, float) else value
