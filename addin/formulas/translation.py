"""A formula of the file as the engine takes it: A1 ranges instead of table references and defined names.

    Book: CREDIT_BOOK(AsOf,InvoicesInput)  ->  CREDIT_BOOK(0,'Home'!$C$3,'Invoices'!$A$5:$K$424)

What the engine would answer otherwise than Excel is NotEvaluable: functions and names that it does not know,
other workbooks, unions and intersections of ranges, sums that depend on a filter, texts that depend on the
language of Windows. (A number joined to a text with & is written the English way all the same.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from addin.formulas.books import Places, places_of
from addin.formulas.engine import NOWHERE, knows
from addin.formulas.references import Reference, quoted
from addin.formulas.table_references import table_range
from addin.formulas.tokens import Call, NotEvaluable, Piece, checked, pieces
from addin.formulas.workbook_formulas import Formula
from udfs.functions import REGISTRY

if TYPE_CHECKING:
    from addin.ooxml.places import Place

INFIXES = frozenset({"+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>", ":"})
OPERANDS = frozenset({"Range", "Number", "Text", "Logical", "Error", "Closed"})
# They ask for the file itself: its names, its formulas as they are written, its formats, how many sheets it has.
OF_THE_FILE = frozenset({"CELL", "FORMULATEXT", "INDIRECT", "INFO", "ISFORMULA", "SHEETS"})
# "jj/mm/aaaa" and "1,5" are understood where Windows speaks French, and nowhere else.
OF_THE_LANGUAGE = frozenset({"DATEVALUE", "DOLLAR", "FIXED", "TEXT", "TIMEVALUE", "VALUE"})
# They leave out the rows that a filter hides.
OF_THE_FILTER = frozenset({"SUBTOTAL", "AGGREGATE"})
# Names that stand for names: more of them, or longer texts, are no workbook's but somebody's joke.
DEEPEST, LONGEST = 20, 8192


class Translation:
    """What the formulas of one workbook may name.

    A defined name is known on one sheet or, with "" for its sheet, on all; `filtered` are the sheets with hidden rows.
    """

    def __init__(self, sheets: Iterable[str], tables: Mapping[str, Place], names: Mapping[tuple[str, str], str],
                 filtered: Collection[str] = ()) -> None:
        self._sheets = {sheet.casefold(): sheet for sheet in sheets}
        self._tables = {name.casefold(): table for name, table in tables.items()}
        self._names = {(sheet, name.casefold()): text.removeprefix("=") for (sheet, name), text in names.items()}
        self._filtered = filtered
        self.places: list[Places] = []

    def of(self, formula: Formula) -> str:
        """The formula's text for the engine, without its equals sign; NotEvaluable if there is none."""
        fixed = formula.kind == "array" and formula.area.size > 1
        if not formula.text or formula.kind == "table" or fixed:
            raise NotEvaluable(formula.kind)
        text = checked("".join(piece.text for piece in self._read(formula.text, formula, *formula.moved)))
        if formula.kind == "spill":
            return text
        # The engine spills whatever is a rectangle; in the file only a dynamic array does.
        return f"@({text})" if formula.kind == "plain" else f"INDEX(({text}),1,1)"

    def _read(self, text: str, formula: Formula, rows: int, columns: int, within: tuple[str, ...] = ()) -> list[Piece]:
        """The pieces of a text, each call as one piece."""
        calls = [Call("(")]
        for piece in self._known(text, formula, rows, columns, within):
            if piece.kind == "Open":
                calls.append(Call(piece.text))
            elif piece.kind == "Arg" and calls[-1].opening != "{":
                calls[-1].arguments.append([])
            elif piece.kind == "Close":
                _append(calls[-2].arguments[-1], self._closed(calls.pop()))
            else:
                _append(calls[-1].arguments[-1], piece)
        if len(calls) != 1 or len(calls[0].arguments) != 1:
            raise NotEvaluable(text)
        return calls[0].arguments[0]

    def _known(self, text: str, formula: Formula, rows: int, columns: int, within: tuple[str, ...]) -> Iterator[Piece]:
        """The pieces of a text with what they stand for."""
        for piece in pieces(text):
            if piece.kind == "Infix" and piece.text not in INFIXES:
                raise NotEvaluable(piece.text)
            if piece.kind == "Range" and not piece.text.lower().startswith("_xlpm."):
                yield self._operand(piece.text, formula, rows, columns, within)
            else:
                yield piece

    def _operand(self, text: str, formula: Formula, rows: int, columns: int, within: tuple[str, ...]) -> Piece:
        """A reference, a table reference or a defined name."""
        reference = Reference.read(text)
        if reference:
            sheet = self._sheets.get((reference.sheet or formula.sheet).casefold())
            moved = reference.moved(rows, columns)
            if moved is None or sheet is None:
                raise NotEvaluable(text)
            return _range(moved._replace(sheet=sheet))
        name, bracket, rest = text.partition("[")
        if name.casefold() in self._tables:
            found = table_range(self._tables[name.casefold()], bracket + rest, formula.sheet, formula.row)
            if found is None:
                raise NotEvaluable(text)
            return _range(found)
        return self._name(text.casefold(), formula, within)

    def _name(self, name: str, formula: Formula, within: tuple[str, ...]) -> Piece:
        """What a defined name stands for; its relative references are written for cell A1."""
        text = self._names.get((formula.sheet, name), self._names.get(("", name)))
        if text is None or name in within or len(within) == DEEPEST:
            raise NotEvaluable(name)
        found = self._read(text, formula, formula.row - 1, formula.column - 1, (*within, name))
        if len(found) == 1:
            return found[0]
        text = "".join(piece.text for piece in found)
        if len(text) > LONGEST:
            raise NotEvaluable(name)
        return Piece(f"({text})", "Closed", None, tuple(one for piece in found for one in piece.ranges))

    def _closed(self, call: Call) -> Piece:
        """A call with its arguments as one piece."""
        name, texts, ranges = call.name, call.texts, call.ranges
        reference = call.references[0] if len(call.references) == 1 else None
        if not name or call.opening == "{":
            closing = "}" if call.opening == "{" else ")"
            return Piece(call.opening + ",".join(texts) + closing, "Closed", reference, ranges)
        if name == "SINGLE":
            return Piece(f"@({','.join(texts)})", "Closed", None, ranges)
        if name in REGISTRY:
            # The engine would send 0 for an argument that is left out.
            texts = [text if text.strip() else f"{quoted(NOWHERE)}!A1" for text in texts]
        elif name in OF_THE_FILE | OF_THE_LANGUAGE or not knows(name):
            raise NotEvaluable(name)
        if name in OF_THE_FILTER and any(one.sheet in self._filtered for one in ranges):
            raise NotEvaluable(name)
        if name == "CREDIT_BOOK":
            texts = [str(len(self.places)), *texts]
            self.places.append(places_of(call))
        return Piece(f"{name}({','.join(texts)})", "Closed", reference if name == "ANCHORARRAY" else None, ranges)


def _range(reference: Reference) -> Piece:
    return Piece(str(reference), "Range", reference, (reference,))


def _append(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece; two operands in a row, as where the result of LAMBDA is called, are beyond the engine."""
    if pieces and pieces[-1].kind in OPERANDS and piece.kind in OPERANDS:
        raise NotEvaluable(piece.text)
    pieces.append(piece)
