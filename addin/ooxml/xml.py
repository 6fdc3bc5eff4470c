"""XML of a workbook's parts: parsed without entities and network, written as Excel writes it."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# For iterparse too. Texts of more than 10 MB and entities that multiply are refused by the library's own limits.
SAFE = {"resolve_entities": False, "no_network": True}
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parsed(content: bytes) -> Element:
    """The root of a part; XMLSyntaxError if it is broken."""
    return etree.fromstring(content, etree.XMLParser(**SAFE))


def written(root: Element) -> bytes:
    """A part's content."""
    content: bytes = etree.tostring(root, encoding="UTF-8")
    return HEAD + content
