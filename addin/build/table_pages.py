"""The reference of tables and of policy in docs, generated from the schema and the reference tables."""

from __future__ import annotations

from pathlib import Path

from udfs import reference
from udfs.tables.schema import SCHEMA, ColumnSpec, choices
from udfs.texts import say

ROOT = Path(__file__).parents[2]
PAGES = {"en": "tables.md", "fr": "tableaux.md"}


def files() -> dict[Path, bytes]:
    """The pages, English and French."""
    return {ROOT / "docs" / name: _page(language).encode() for language, name in PAGES.items()}


def _page(language: str) -> str:
    parts = [say("build.tables_title", language), say("build.tables_intro", language)]
    for table, columns in SCHEMA.items():
        parts.append(f"## {table}")
        rows = [[say(f"build.table_{name}", language) for name in ("column", "heading", "kind", "also")],
                ["---"] * 4, *(_row(spec, language) for spec in columns.values())]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    parts.append(say("build.policy_title", language))
    rows = [[say(f"build.policy_{name}", language) for name in ("key", "value", "unit", "note")], ["---"] * 4]
    rows += [[f"`{row['key']}`", row["value"] or "–", row["unit"], row["note"]] for row in reference.rows("policy")]
    parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(parts) + "\n"


def _row(spec: ColumnSpec, language: str) -> list[str]:
    needed = "\\*" if spec.required == "yes" else ""
    kind = say(f"build.type_{spec.type.partition(':')[0]}", language)
    if spec.choices:
        kind += ": " + ", ".join(f"`{code}`" for code in dict.fromkeys(choices(spec.choices).values()))
    other = spec.label_en if language == "fr" else spec.label_fr
    return [f"`{spec.name}`{needed}", spec.label(language), kind, ", ".join([other, *spec.aliases])]
