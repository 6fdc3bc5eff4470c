"""Text -> rows of cells: the delimiter is found, quotes are understood, stray quotes swallow nothing.

`;`, tab and `|` are tried before the comma, which is also a decimal sign. A quoted cell may hold the
delimiter and line ends; a quote that is never closed (`VIS 3" ACIER`) stays text, its line stays a line.

>>> records('client;montant\\n"A;1";12,50\\n\\nB;3" vis\\n')
([['client', 'montant'], ['A;1', '12,50'], ['B', '3" vis']], [1, 2, 4])
"""

from __future__ import annotations

import csv
import re
from collections import Counter

# The largest limit that every system takes (a C long is 32 bits on Windows); the default refuses long notes.
csv.field_size_limit(2**31 - 1)

BEFORE_COMMA = ("\t", "|", ";")
SAMPLE = 200
LONGEST_CELL = 100  # lines of one quoted cell; beyond, the quote is a stray one


def records(text: str) -> tuple[list[list[str]], list[int]]:
    """The rows that are not blank, and the line of the file where each starts (from 1)."""
    lines = text.split("\n")
    first = 0
    declared = re.fullmatch(r"(?i)sep=([;,|:\t])\s*", lines[0])
    if declared:
        delimiter, first = declared[1], 1
    else:
        delimiter = find_delimiter(lines)
    width = _usual_width(lines[first:first + SAMPLE], delimiter)
    rows: list[list[str]] = []
    numbers: list[int] = []
    place = first
    while place < len(lines):
        line = lines[place]
        used = 1
        if '"' in line:
            row, used = _quoted(lines, place, delimiter, width)
        else:
            row = line.split(delimiter)
        # Nearly every first cell is filled, so that the rest is rarely looked at.
        if row[0].strip() or any(map(str.strip, row)):
            rows.append(row)
            numbers.append(place + 1)
        place += used
    return rows, numbers


def find_delimiter(lines: list[str]) -> str:
    """The delimiter of these lines; `;` when they show none.

    >>> find_delimiter(["a;b", "x;12,50", "y;13,20"]), find_delimiter(["a,b", '"x;y",12.50'])
    (';', ',')
    """
    sample = [line for line in (_unquoted(line) for line in lines[:SAMPLE]) if line.strip()]
    best, most = "", 0
    for delimiter in BEFORE_COMMA:
        counts = Counter(found for line in sample if (found := line.count(delimiter)))
        if not counts:
            continue
        often, agreeing = counts.most_common(1)[0]
        regular = agreeing > len(sample) / 2 or counts.total() >= len(sample) * 0.8
        if regular and agreeing * often > most:
            best, most = delimiter, agreeing * often
    return best or max((";", ",", "\t", "|"), key=lambda sign: sum(sign in line for line in sample))


def _usual_width(lines: list[str], delimiter: str) -> int:
    counts = Counter(_unquoted(line).count(delimiter) + 1 for line in lines if line.strip())
    return counts.most_common(1)[0][0] if counts else 1


def _unquoted(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line) if '"' in line else line


def _quoted(lines: list[str], place: int, delimiter: str, width: int) -> tuple[list[str], int]:
    """One record with quotes that starts on this line, and how many lines it takes."""
    last = min(place + LONGEST_CELL, len(lines))
    reader = csv.reader((lines[at] + "\n" for at in range(place, last)), delimiter=delimiter, strict=True)
    try:
        row = next(reader)
        # A cell that holds whole records of the table is not a cell: its quote was never closed.
        if not any("\n" in cell and cell.count(delimiter) >= max(width - 1, 1) for cell in row):
            return row, reader.line_num
    except csv.Error:
        pass
    return _stray_quote(lines[place], delimiter, width), 1


def _stray_quote(line: str, delimiter: str, width: int) -> list[str]:
    """A line whose quotes do not pair: cut at every delimiter if that gives the usual width."""
    plain = line.split(delimiter)
    if len(plain) == width:
        return plain
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return plain
