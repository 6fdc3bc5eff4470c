"""The floors of the house: a room imports only rooms below it, and the worksheet side stands alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import addin
import udfs

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["reference", "texts", "errors", "tables", "identifiers", "terms", "late", "exposure", "rating",
          "limits", "decision", "dunning", "portfolio", "forecast", "book", "functions"]
FILES = sorted(path.relative_to(ROOT) for path in (ROOT / "udfs").rglob("*.py"))
# What `import udfs` must never wait for, nor a worksheet need.
NOT_AT_TOP = {"pandas", "xlwings"}


def imports(source: str, package: str) -> Iterator[tuple[str, bool]]:
    """Every module that a source imports, in full, and whether it does so on import."""

    def walk(node: ast.AST, at_top: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((name.name, at_top) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    parts = package.split(".")
                    base = ".".join([*parts[:len(parts) - child.level + 1], *filter(None, [child.module])])
                yield from ((f"{base}.{name.name}", at_top) for name in child.names)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, at_top and not inside)

    yield from walk(ast.parse(source), True)


def room_of(module: str) -> str:
    """`udfs.texts.writing` -> texts; the package itself -> functions, the top floor."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else "functions"


def breaches(source: str, path: Path) -> list[str]:
    """The imports of one file of udfs that the floors forbid."""
    module = ".".join(path.with_suffix("").parts)
    package = module.removesuffix(".__init__") if path.name == "__init__.py" else module.rpartition(".")[0]
    floor = FLOORS.index(room_of(module))
    found = []
    for name, at_top in imports(source, package):
        root = name.split(".")[0]
        above = root == "udfs" and FLOORS.index(room_of(name)) > floor
        if above or root == "addin" or (root in NOT_AT_TOP and at_top):
            found.append(name)
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_room_imports_only_what_stands_below_it(path):
    assert breaches((ROOT / path).read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(("source", "path", "expected"), [
    ("from udfs.book import Book", "udfs/tables/raw.py", ["udfs.book.Book"]),
    ("def late():\n    from udfs.limits import need", "udfs/rating/score.py", ["udfs.limits.need"]),
    ("from udfs import CREDIT_LIMIT", "udfs/book/book.py", ["udfs.CREDIT_LIMIT"]),
    ("from ..decision import rules", "udfs/limits/need.py", ["udfs.decision.rules"]),
    ("import addin.cli", "udfs/functions/limit.py", ["addin.cli"]),
    ("import pandas as pd", "udfs/tables/raw.py", ["pandas"]),
    ("if True:\n    import xlwings", "udfs/functions/limit.py", ["xlwings"]),
    ("def show():\n    import pandas", "udfs/tables/raw.py", []),
    ("from udfs.tables import raw\nfrom .need import need\nimport numpy", "udfs/limits/need.py", []),
])
def test_a_breach_would_be_seen(source, path, expected):
    assert breaches(source, Path(path)) == expected


def test_every_room_has_its_floor():
    rooms = {path.parts[1].removesuffix(".py") for path in FILES} - {"__init__"}
    assert rooms <= set(FLOORS)


def test_the_packages_are_ours():
    """A stray udfs.py in a user's folder must not stand before ours."""
    assert Path(udfs.__file__) == ROOT / "udfs" / "__init__.py"
    assert Path(addin.__file__) == ROOT / "addin" / "__init__.py"
