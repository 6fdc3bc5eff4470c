"""VBA's own conversions under French settings: 1,5 and Vrai, 20/11/2026, Erreur 2042.

Only what the language converts speaks the user's settings; Excel's objects take and give numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from decimal import Decimal
from typing import Any
from unittest import mock

from pyopenvba.interpreter import VBADate, VBAErrorValue, VBAObject, _intrinsics, _runtime, _values
from pyopenvba.interpreter._values import error

# Application.International by index: country, setting, decimal, thousands, list separator, day-month-year order.
INTERNATIONAL = {"en": {1: 1, 2: 1, 3: ".", 4: ",", 5: ",", 32: 0}, "fr": {1: 33, 2: 33, 3: ",", 4: " ", 5: ";", 32: 1}}

_text, _truth, _number, _date = _values.to_text, _values.to_bool, _values.text_to_number, _values.parse_date_text


def settings(language: str) -> AbstractContextManager[None]:
    """The settings of Windows while VBA runs."""
    return _french() if language == "fr" else nullcontext()


@contextmanager
def _french() -> Iterator[None]:
    with ExitStack() as patches:
        for name, conversion in CONVERSIONS.items():
            for module in (_values, _intrinsics, _runtime):
                if hasattr(module, name):
                    patches.enter_context(mock.patch.object(module, name, conversion))
        yield


def to_text(value: Any, *, context: str = "") -> str:
    """CStr and every implicit conversion to text."""
    if isinstance(value, VBAObject):
        return to_text(value.vba_value())
    if isinstance(value, bool):
        return "Vrai" if value else "Faux"
    if isinstance(value, float | Decimal):
        return _text(value).replace(".", ",")
    if isinstance(value, VBAErrorValue):
        return f"Erreur {value.number}"
    if isinstance(value, VBADate):
        when = value.to_datetime()
        day, clock = f"{when:%d/%m/%Y}", f"{when:%H:%M:%S}"
        return clock if when.date() == VBADate.EPOCH.date() else day if when.time() == dt.time() else f"{day} {clock}"
    return _text(value, context=context)


def to_bool(value: Any) -> bool:
    """CBool and every implicit conversion to a truth value."""
    return _truth({"vrai": True, "faux": False}.get(value.strip().lower(), value) if isinstance(value, str) else value)


def to_number(text: str) -> Any:
    """CDbl and every implicit conversion of a text; a point is no decimal sign."""
    if "." in text:
        raise error(13)
    return _number(text.replace(",", "."))


def to_date(text: str) -> VBADate | None:
    """CDate of a text: the day comes first."""
    try:
        return VBADate.from_datetime(dt.datetime.strptime(text.strip(), "%d/%m/%Y"))
    except ValueError:
        return _date(text)


CONVERSIONS = {"to_text": to_text, "to_bool": to_bool, "text_to_number": to_number, "parse_date_text": to_date}
