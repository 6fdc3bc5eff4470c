"""A case and a Word template -> a .docx letter.

The template is read by docxtpl (which mends the tags that Word splits), compiled once and kept until its file
changes; each letter fills the compiled text and packs the parts again, so nothing of one letter can stay
in the next. Jinja runs in its sandbox: the template cannot reach outside the letter's words, and what
comes from cells is escaped, never a tag, a field or XML. A name that no letter knows is an error.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from addin.letters.case import LetterCase
from addin.letters.check import TEMPLATES, check
from addin.letters.words import context
from udfs.errors import NotAvailable

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent / "templates"

# A zip holds no earlier day; a fixed one makes the same letter the same file.
PACKED = (1980, 1, 1, 0, 0, 0)
HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")


class TemplateFault(NotAvailable):
    """The Word template names something unknown, or its tags do not fit together."""


@dataclass(frozen=True)
class _Opened:
    """A template read once: its parts in order, each as bytes or as compiled text."""

    name: str
    parts: tuple[tuple[str, bytes | Template], ...]


def render(case: LetterCase, templates: Path = FOLDER) -> bytes:
    """The letter as the bytes of a .docx file; raises a CreditError when it must not be written."""
    check(case)
    path = templates / case.language / f"{TEMPLATES[case.kind, case.level]}.docx"
    try:
        state = path.stat()
    except OSError as error:
        raise NotAvailable("letters.no_template", template=path.name) from error
    return _filled(_opened(path, state.st_mtime_ns, state.st_size), case)


def _filled(template: _Opened, case: LetterCase) -> bytes:
    from jinja2 import TemplateError
    from lxml import etree

    words, target = context(case), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in template.parts:
            if not isinstance(content, bytes):
                try:
                    content = HEAD + content.render(words).encode()
                    etree.fromstring(content)
                except (TemplateError, etree.XMLSyntaxError, TypeError, ValueError, ArithmeticError) as error:
                    raise TemplateFault(
                        "letters.template_fault", template=template.name, detail=error) from error
            package.writestr(packed(part), content)
    return target.getvalue()


def packed(part: str) -> zipfile.ZipInfo:
    """How one part is stored: the same on every day and machine."""
    entry = zipfile.ZipInfo(part, PACKED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


@lru_cache(maxsize=32)
def _opened(path: Path, modified: int, size: int) -> _Opened:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from lxml import etree

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    mend = DocxTemplate(path).patch_xml
    parts: list[tuple[str, bytes | Template]] = []
    try:
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                content = package.read(part)
                if _FILLED.fullmatch(part):
                    text = etree.tostring(etree.fromstring(content), encoding="unicode")
                    parts.append((part, environment.from_string(mend(text))))
                else:
                    parts.append((part, content))
    except (TemplateError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise TemplateFault("letters.template_fault", template=path.name, detail=error) from error
    return _Opened(path.name, tuple(parts))
