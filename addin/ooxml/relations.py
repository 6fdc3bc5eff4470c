"""How the parts of a package hang together: relationships and content types."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from addin.ooxml.xml import RELATIONS, TYPES, parsed, written

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relation:
    """One relationship; `kind` is the last word of its type, `target` a part."""

    id: str
    kind: str
    target: str


def relations_part(part: str) -> str:
    """Where the relationships of a part are; those of the package for "".

    >>> relations_part("xl/workbook.xml"), relations_part("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """The relationships of a part to other parts."""
    content = parts.get(relations_part(part))
    if content is None:
        return []
    folder = posixpath.join("/", posixpath.dirname(part))
    return [Relation(found.get("Id", ""), found.get("Type", "").rpartition("/")[2],
                     posixpath.normpath(posixpath.join(folder, found.get("Target", ""))).lstrip("/"))
            for found in parsed(content).iter(f"{RELATIONS}Relationship") if found.get("TargetMode") != "External"]


def remove_part(parts: MutableMapping[str, bytes], part: str) -> None:
    """Take a part away with every relationship to it, its content type, and the parts that only it led to."""
    before = _reached(parts)
    for rels in [name for name in parts if name.endswith(".rels")]:
        folder, file = posixpath.split(rels)
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        gone = {found.id for found in relations(parts, owner) if found.target == part}
        if gone:
            root = parsed(parts[rels])
            for found in root.findall(f"{RELATIONS}Relationship"):
                if found.get("Id") in gone:
                    root.remove(found)
            parts[rels] = written(root)
    left = before - _reached(parts)
    for name in left:
        parts.pop(name, None)
        parts.pop(relations_part(name), None)
    types = parsed(parts[CONTENT_TYPES])
    for found in types.findall(f"{TYPES}Override"):
        if found.get("PartName", "").lstrip("/") in left:
            types.remove(found)
    parts[CONTENT_TYPES] = written(types)


def _reached(parts: Mapping[str, bytes]) -> set[str]:
    """The parts that something leads to; what a program keeps beside them is none of ours."""
    reached, waiting = {""}, [""]
    while waiting:
        for found in relations(parts, waiting.pop()):
            if found.target in parts and found.target not in reached:
                reached.add(found.target)
                waiting.append(found.target)
    return reached - {""}
