"""The finished workbooks: sheets, macros, ribbon, and the values that every formula has.

    sheets drawn by XlsxWriter -> VBA project and ribbon -> formulas evaluated, values kept -> bytes

The demonstration portfolio fills the workbooks of `workbook/`; those of `addin/start` are empty and become the
user's own by *Start with my data*. Both come in English and in French from the same source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from addin.build import demo_portfolio
from addin.build.macro_project import with_macros
from addin.build.workbook import (
    ageing,
    back_test_sheet,
    calculator,
    client_card,
    credit,
    functions_sheet,
    hidden_sheets,
    home,
    input_sheets,
    legal_rates_sheet,
    policy_sheet,
    self_test,
)
from addin.build.workbook.draft import Draft, Rows
from addin.formulas import recalculate
from addin.ooxml.package import Package
from udfs.texts import LANGUAGES

ROOT = Path(__file__).parents[3]
NAMES = {"en": "credit_manager.xlsm", "fr": "gestion_credit.xlsm"}
DRAWN: tuple[Callable[[Draft], None], ...] = (
    home.draw, client_card.draw, credit.draw, ageing.draw, input_sheets.draw, calculator.draw, back_test_sheet.draw,
    policy_sheet.draw, legal_rates_sheet.draw, functions_sheet.draw, self_test.draw, hidden_sheets.draw,
)


def files() -> dict[Path, bytes]:
    """The four workbooks by their places."""
    demo = {name: rows for name, rows in demo_portfolio.tables().items() if name not in demo_portfolio.ANSWERS}
    found = {}
    for language in LANGUAGES:
        found[ROOT / "workbook" / NAMES[language]] = workbook(language, demo)
        found[ROOT / "addin" / "start" / NAMES[language]] = workbook(language, {})
    return found


def workbook(language: str, tables: Mapping[str, Rows]) -> bytes:
    """One workbook; without tables it is the one to start with."""
    draft = Draft(language, tables, demo_portfolio.AS_OF)
    for draw in DRAWN:
        draw(draft)
    package = Package.of(with_macros(draft.content(), language))
    left = recalculate(package)
    if left:
        raise ValueError(f"formulas that have no value: {', '.join(left)}")
    return package.content()
