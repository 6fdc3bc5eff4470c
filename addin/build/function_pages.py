"""The function reference in docs, generated from the registry, with an example of each on the demo portfolio."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from addin.build.workbook import example_lists
from addin.readers import load
from udfs.book.book import Book
from udfs.book.figures import FIGURES
from udfs.functions import REGISTRY
from udfs.functions.registry import FAMILIES, RATES, Function
from udfs.texts import say

ROOT = Path(__file__).parents[2]
DEMO = Path(__file__).parent / "demo"
PAGES = {"en": "functions.md", "fr": "fonctions.md"}
AS_OF = "2026-11-20"

# What stands between the brackets in the example of each function; "Book" is the cell of the demo's Book.
EXAMPLES: dict[str, tuple[Any, ...]] = {
    "CREDIT_BOOK": (AS_OF, "InvoicesInput", "ClientsInput", "PaymentsInput"),
    "BOOK_ISSUES": ("Book",), "BOOK_SUMMARY": ("Book",),
    "CREDIT_TABLE": ("Book", "client, grade, limit, decision", "-exposure", "decision=BLOCK"),
    "BOOK_FIGURE": ("Book", "overdue"), "CREDIT_WHY": ("CREDIT_LIMIT", "C001", "Book"),
    "WORK_LIST": ("Book", 5), "REMINDERS_DUE": ("Book",), "CLIENT_HISTORY": ("C034", "Book"),
    "OPEN_ITEMS": ("C035", "Book"), "DELAY_HISTORY": ("C044", "Book"),
    "CREDIT_EXPOSURE": ("C002", "Book"), "CREDIT_DECISION": ("C002", "Book"), "DECISION_REASON": ("C002", "Book"),
    "DECISION_CODE": ("C002", "Book"), "PAYMENT_TO_RELEASE": ("C033", "Book"),
    "CREDIT_UTILISATION": ("C002", "Book"), "CLIENT_SECURITIES": ("C042", "Book"),
    "CREDIT_HEADROOM": ("C002", "Book"), "CREDIT_OVERDUE": ("C031", "Book"), "AGEING": ("Book", "C031"),
    "DUE_DATE": ("2026-01-15", "45 jours fin de mois"),
    "DUE_SCHEDULE": ("2026-01-31", "30 % à la commande, solde en 2 mensualités", 10000, "", "", "", "", "Book"),
    "TERMS_TEXT": ("45 j FDM", "", "", "Book"),
    "DUE_LEGAL_MAX": ("2026-01-15",), "DUE_CHECK": ("2026-01-15", "2026-03-31", "45 jours fin de mois"),
    "DAYS_LATE": ("2025-05-31", "2025-09-15"), "LATE_INTEREST": (12000, "2025-05-31", "2025-09-15"),
    "LATE_DETAIL": (12000, "2025-05-31", "2025-09-15", "", "", "", "", "", "Book"), "LATE_INDEMNITY": (3,),
    "ECB_RATE": (AS_OF, "Book"), "LEGAL_RATE": ("2026-06-30", "Book"), "PENALTY_RATE": (AS_OF, "PUBLIC"),
    "PENALTY_FLOOR": ("2024-03-15",), "TIME_BAR": ("2026-03-31", "transport"),
    "DISCOUNT_COST": (0.02, 20), "DISCOUNT_OFFER": (10000, 0.02, 0.2), "DISCOUNT_BREAK_EVEN": (0.08, 50),
    "FACTORING_COST": (25000, 60, 0.009, 0.04),
    "LIMIT_NEED": (250000, 60), "LIMIT_CAPACITY": ("B", 80000, 700000),
    "LIMIT_METHODS": ("C001", "Book"), "CREDIT_EXPLAIN": ("C001", "Book"), "GAP_TERM": (28000, 250000),
    "GAP_DEPOSIT": (50000, 28000), "GAP_GUARANTEE": (50000, 28000), "LIMIT_AFDCC": (10000, 6000, 32000, 1, 0.9),
    "SALES_TO_RECOVER": (1000, 0.05),
    "SCORECARD": ("ExampleAnswers", "ExampleWeights"), "ALTMAN_Z": ("Z''", "ExampleFigures"),
    "CONAN_HOLDER": ("ExampleFigures",), "FINANCIAL_SCORE": ("ExampleFigures",),
    "LIASSE": ("ExampleBoxes", 2026, "Book"),
    "PROSPECT_RATING": ("ExampleFacts", "ExampleFigures", "Book"),
    "PROSPECT_LIMIT": ("ExampleFacts", "ExampleFigures", "Book"), "DAYS_BEYOND_TERMS": ("C031", "Book"),
    "BACK_TEST": ("Book",), "POLICY_TEST": ("Book", "ExampleOtherPolicy"),
}
# Lists of the workbook's sheet Self-test.
RANGES = example_lists.ranges()


def files() -> dict[Path, bytes]:
    """The pages, English and French."""
    return {ROOT / "docs" / name: _page(language).encode() for language, name in PAGES.items()}


def _page(language: str) -> str:
    book = Book(AS_OF, load(DEMO).tables, language)
    parts = [say("build.functions_title", language), say("build.functions_intro", language)]
    for family in FAMILIES:
        functions = [one for one in REGISTRY.values() if one.family == family]
        if functions:
            parts.append(f"## {say(f'build.family_{family}', language)}")
            parts += [_section(one, language, book) for one in functions]
    return "\n\n".join(parts) + "\n"


def _section(function: Function, language: str, book: Book) -> str:
    lines = [f"### {function.name}", "", function.help(language), "", f"`{function.syntax(language)}`", ""]
    for argument in function.arguments:
        optional = f" *({say('build.optional', language)})*" if argument.optional else ""
        lines.append(f"- **{argument.name}**{optional}: {function.argument_help(argument.name, language)}")
    example = EXAMPLES.get(function.name, ("C001", "Book"))
    separator = "; " if language == "fr" else ", "
    shown = separator.join(value if value == "Book" or str(value).endswith("Input") or value in RANGES else
                           f'"{value}"' if isinstance(value, str) else _number(str(value), language)
                           for value in example)
    if function.name == "BOOK_FIGURE":
        lines += ["", *_figures(language)]
    lines += ["", f"{say('build.example', language)} `={function.name}({shown})` →"]
    answer = _call(function, example, book)
    if function.name in RATES:
        return "\n".join(lines) + f" `{_number(f'{answer * 100:.2f}', language)} %`"
    return "\n".join(lines) + _answer(answer, language)


def _figures(language: str) -> list[str]:
    """Every figure with its name, its words and what it counts."""
    return ["| figure | | |", "|---|---|---|",
            *(f"| `{name}` | {say(f'book.figure_{name}', language)} | {say(f'book.figure_meaning_{name}', language)} |"
              for name in FIGURES)]


def _call(function: Function, example: tuple[Any, ...], book: Book) -> Any:
    if function.name == "CREDIT_BOOK":
        return book.handle
    return function.call(*(book if value == "Book" else RANGES.get(value, value) for value in example))


def _answer(answer: Any, language: str) -> str:
    """A value in the line, rows as a table of at most five."""
    if isinstance(answer, list):
        rows = [[str(cell).replace("|", "\\|") for cell in row] for row in answer]
        head, *rest = rows
        table = [head, ["---"] * len(head), *rest[:5]]
        return "\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in table) + ("\n\n…" if len(rest) > 5 else "")
    if isinstance(answer, dt.date):
        answer = answer.isoformat()
    elif isinstance(answer, float):
        answer = _number(f"{answer:,.2f}", language)
    return f" `{answer}`"


def _number(text: str, language: str) -> str:
    """A number as the language writes it."""
    return text.replace(",", " ").replace(".", ",") if language == "fr" else text
