"""Compile the gettext catalogues: `texts/fr/room.po` becomes `texts/fr/room.mo`."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from udfs.texts import FOLDER


def compiled(source: Path) -> bytes:
    """The .mo content of one .po file; Babel sorts by code, so it is the same everywhere."""
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.name, abort_invalid=True)
    catalog.mime_headers = [("Content-Type", "text/plain; charset=UTF-8"),
                            ("Plural-Forms", f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};")]
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def build() -> list[Path]:
    """Write every catalogue that changed; return those."""
    written = []
    for source in sorted(FOLDER.glob("*/*.po")):
        target, content = source.with_suffix(".mo"), compiled(source)
        if not target.is_file() or target.read_bytes() != content:
            target.write_bytes(content)
            written.append(target)
    return written


if __name__ == "__main__":
    for path in build():
        print(path.name)
