"""Compile the gettext catalogues: `texts/fr/room.po` becomes `texts/fr/room.mo`, the same on every machine."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from udfs.texts import FOLDER


class _Undated(Catalog):
    """A catalogue whose header says nothing of the day or the program that wrote it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """The two lines that gettext needs."""
        plural = f"nplurals={self.num_plurals}; plural={self.plural_expr};"
        return [("Content-Type", "text/plain; charset=UTF-8"), ("Plural-Forms", plural)]


def compiled(source: Path) -> bytes:
    """The .mo content of one .po file."""
    undated = _Undated(locale=source.parent.name)
    with source.open("rb") as file:
        for message in read_po(file, locale=source.parent.name, abort_invalid=True):
            if message.id:
                undated.add(message.id, message.string)
    target = io.BytesIO()
    write_mo(target, undated)
    return target.getvalue()


def files() -> dict[Path, bytes]:
    """Every compiled catalogue."""
    return {source.with_suffix(".mo"): compiled(source) for source in sorted(FOLDER.glob("*/*.po"))}


if __name__ == "__main__":
    for path, content in files().items():
        path.write_bytes(content)
