"""Write the generated files again, or with --check say which are not what their sources give."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

from addin.build import demo_portfolio, function_pages, letter_templates, table_pages, texts
from addin.build.workbook import assembly
from udfs.texts import catalogue

ROOT = Path(__file__).parents[2]


def templates() -> dict[Path, bytes]:
    """The Word templates of the letters."""
    return {letter_templates.FOLDER / language / f"{name}.docx": letter_templates.content(language, name)
            for language, name in letter_templates.sources()}


def demo() -> dict[Path, bytes]:
    """The tables of the demonstration portfolio, and its answers."""
    return {demo_portfolio.path(name): demo_portfolio.text(name, rows).encode()
            for name, rows in demo_portfolio.tables().items()}


# Each speaks through what stands before it.
GENERATED = (texts.files, templates, demo, function_pages.files, table_pages.files, assembly.files)


def same(path: Path, content: bytes) -> bool:
    """Whether the file on disk has that content; Office files are compared by parts, since zlib differs by machine."""
    if not path.is_file():
        return False
    known = path.read_bytes()
    if path.suffix not in (".docx", ".xlsm"):
        return known.replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n")
    return _parts(known) == _parts(content)


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def main(check: bool) -> int:
    """Write what changed, or list it; the exit code is 1 when a check finds something."""
    found = False
    for generate in GENERATED:
        for path, content in generate().items():
            if same(path, content):
                continue
            found = True
            print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        catalogue.cache_clear()
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
