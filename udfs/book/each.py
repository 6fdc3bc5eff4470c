"""Answers made for the clients that are asked: a sentence costs more than a number, and a cell asks for one.

>>> Each(3, lambda client: f"client {client}")[2]
'client 2'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class Each(Sequence[Any]):
    """A column whose value of each client is made when it is looked at."""

    def __init__(self, count: int, answer: Callable[[int], Any]) -> None:
        self._count, self._answer = count, answer

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, client: Any) -> Any:
        return self._answer(client)
