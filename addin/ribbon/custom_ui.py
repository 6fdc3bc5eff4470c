"""The XML of the ribbon: Excel 2010 and later reads the second part, Excel 2007 only the first.

>>> buttons()[0]
Button(group='day', name='today', size='large', image='CalendarInsert')
>>> sorted(custom_ui("fr"))
['customUI/customUI.xml', 'customUI/customUI14.xml']
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from udfs.texts import say

NAMESPACES = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}
# The VBA procedure behind every button; it knows the button by its id.
ACTION = "CreditPress"


class Button(NamedTuple):
    """One button; its name is its id in the ribbon and the code of its texts, its image one of Office's own."""

    group: str
    name: str
    size: str
    image: str


def buttons() -> list[Button]:
    """The buttons in their order, group by group."""
    with (Path(__file__).parent / "buttons.csv").open(encoding="utf-8", newline="") as file:
        return [Button(row["group"], row["button"], row["size"], row["image"]) for row in csv.DictReader(file)]


def custom_ui(language: str) -> dict[str, bytes]:
    """The two parts of the workbook, by name."""
    return {part: _document(namespace, language).encode() for part, namespace in NAMESPACES.items()}


def _document(namespace: str, language: str) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', _open("customUI", xmlns=namespace), "<ribbon>",
             "<tabs>", _open("tab", id="credit_tab", label=say("ribbon.tab", language), insertAfterMso="TabHome")]
    for group, found in groupby(buttons(), lambda one: one.group):
        lines.append(_open("group", id=f"credit_{group}", label=say(f"ribbon.group_{group}", language)))
        lines += [_open("button", end="/>", id=one.name, label=say(f"ribbon.{one.name}", language), size=one.size,
                        imageMso=one.image, screentip=say(f"ribbon.{one.name}_tip", language),
                        supertip=say(f"ribbon.{one.name}_help", language), onAction=ACTION) for one in found]
        lines.append("</group>")
    return "\n".join([*lines, "</tab>", "</tabs>", "</ribbon>", "</customUI>", ""])


def _open(element: str, end: str = ">", **attributes: str) -> str:
    return f"<{element} {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}{end}"
