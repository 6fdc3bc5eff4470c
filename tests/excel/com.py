"""Values and objects between VBA and Python, as pywin32 carries them.

What Python gives back must be one scalar or one rectangle of scalars. pywin32 is more lenient and then wrong: of a
nested or ragged list it makes an array of another shape, of a numpy truth value a number, of nan a cell that no
formula can use. All of these fail the test (`NotCarried` is no VBA error, so no `On Error` can swallow it).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import numpy as np
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    VBASingle,
)

from tests.excel.windows import RANGE, Dispatch, Gateway, Pointer, com_error

ERROR = -2146828288  # an error cell is this plus Excel's number: #N/A, 2042, is -2146826246
ARGUMENT_MISSING = -2147352572
EXCEPTION = -2147352567
EXCEL_FAILED = -2146827284
UNKNOWN_MEMBER = (438, 461)


class NotCarried(AssertionError):
    """A value that pywin32 would refuse, or carry as something else."""


class PythonObject(VBAObject):
    """A Python object as VBA holds it: to be handed back to Python, nothing else."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway


def to_python(value: Any) -> Any:
    """A VBA value as pywin32 gives it to Python: arrays are tuples, objects are bare pointers."""
    if value is EMPTY or value is NOTHING or value is NULL:
        return None
    if value is MISSING:
        return ARGUMENT_MISSING
    if isinstance(value, VBAInt):
        return int(value)
    if isinstance(value, VBASingle):
        return float(value)
    if isinstance(value, VBACurrency):
        return Decimal(value)
    if isinstance(value, VBADate):
        return value.to_datetime().replace(tzinfo=dt.UTC)
    if isinstance(value, VBAErrorValue):
        return ERROR + value.number
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return tuple(map(to_python, value.items))
        (first, last), _ = value.bounds
        height = last - first + 1
        # VBA lays an array out column by column.
        return tuple(tuple(map(to_python, value.items[row::height])) for row in range(height))
    if isinstance(value, PythonObject):
        return value.gateway
    if isinstance(value, VBAObject):
        return Pointer(value)
    return value


def to_vba(value: Any) -> Any:
    """What Python gives, as VBA receives it; None is Null."""
    if not isinstance(value, (list, tuple)):
        return _scalar(value)
    if not any(isinstance(row, (list, tuple)) for row in value):
        return VBAArray([(0, len(value) - 1)], items=[_scalar(one) for one in _some(value)])
    if not all(isinstance(row, (list, tuple)) and len(row) == len(value[0]) for row in value):
        raise NotCarried(f"no rectangle: {value!r:.200}")
    items = [_scalar(row[column]) for column in range(len(_some(value[0]))) for row in value]
    return VBAArray([(0, len(value) - 1), (0, len(value[0]) - 1)], items=items)


def _some(cells: Sequence[Any]) -> Sequence[Any]:
    if not cells:
        raise NotCarried("an array without cells: VBA cannot ask for its bounds")
    return cells


def _scalar(value: Any) -> Any:
    if isinstance(value, (np.generic, np.ndarray)):
        raise NotCarried(f"TypeError: Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")
    if isinstance(value, float) and not math.isfinite(value):
        raise NotCarried(f"{value} would be a cell that no formula can use")
    if value is None:
        return NULL
    if isinstance(value, (str, bool, float)):
        return value
    if isinstance(value, int):
        return VBAInt(value, "Long") if -2**31 <= value < 2**31 else VBAInt(value, "LongLong")
    if isinstance(value, Decimal):
        return VBACurrency(value)
    if isinstance(value, dt.datetime):
        return VBADate.from_datetime(value.replace(tzinfo=None))
    if isinstance(value, Gateway):
        return PythonObject(value)
    if isinstance(value, Com):
        return value._target
    if isinstance(value, Pointer):
        return value.target
    raise NotCarried(f"TypeError: Objects of type '{type(value).__name__}' can not be converted to a COM VARIANT")


class Com(Dispatch):
    """An object of Excel as xlwings uses it.

    `_asked` is the property that gave it, (owner, name): Excel's properties with arguments, `Cells(1, 2)`, are first
    read without them and then called.
    """

    CLSID = RANGE

    def __init__(self, target: VBAObject, asked: tuple[Com, str] | None = None) -> None:
        self.__dict__.update(_target=target, _oleobj_=Pointer(target), _asked=asked)

    def __getattr__(self, name: str) -> Any:
        member = self._target.vba_member(name)
        if member is None and name.startswith("Get") and self._target.vba_member(name[3:]):
            return Method(self, name[3:])
        if member is not None and member.kind == "method":
            return Method(self, name)
        try:
            found = self._get(name)
        except com_error:
            if member is None or not member.parameters:
                raise
            return Method(self, name)
        return Com(found._target, (self, name)) if isinstance(found, Com) and member and member.parameters else found

    def __setattr__(self, name: str, value: Any) -> None:
        with _failing(name):
            self._target.vba_set(name, _blank(to_vba(value)))

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if self._asked is not None:
            owner, name = self._asked
            return owner._get(name, arguments, named)
        default = self._target.vba_default_member()
        # The default of a Range is its value, but Range(1, 2) is a cell of it.
        name = "Item" if default is None or self._target.vba_member("Item") else default.name
        return self._get(name, arguments, named)

    def __iter__(self) -> Iterator[Any]:
        return map(_wrapped, map(to_python, self._target.vba_iterate()))

    def __len__(self) -> int:
        return int(self._get("Count"))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Com) and other._target is self._target

    def __hash__(self) -> int:
        return id(self._target)

    def _get(self, name: str, arguments: Sequence[Any] = (), named: dict[str, Any] | None = None) -> Any:
        with _failing(name):
            return _wrapped(to_python(self._target.vba_get(
                name, list(map(to_vba, arguments)), {key: to_vba(one) for key, one in (named or {}).items()})))


class Method:
    """A method of an object of Excel, ready to be called."""

    def __init__(self, owner: Com, name: str) -> None:
        self.owner, self.name = owner, name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.owner._get(self.name, arguments, named)


@contextmanager
def _failing(member: str) -> Iterator[None]:
    """A VBA error of Excel, turned into what pywin32 raises."""
    try:
        yield
    except VBARuntimeError as failure:
        if failure.number in UNKNOWN_MEMBER:
            raise AttributeError(member) from failure
        raise com_error(EXCEPTION, "Exception occurred.",
                        (0, "Microsoft Excel", failure.description, None, 0, EXCEL_FAILED), None) from failure


def _wrapped(value: Any) -> Any:
    return Com(value.target) if isinstance(value, Pointer) else value


def _blank(value: Any) -> Any:
    """Null, which empties a cell in Excel, as the Empty that pyOpenVBA understands."""
    if isinstance(value, VBAArray):
        value.items[:] = [EMPTY if one is NULL else one for one in value.items]
    return EMPTY if value is NULL else value
