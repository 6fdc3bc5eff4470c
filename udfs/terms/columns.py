"""A column of payment terms: each distinct cell is read once, however long the column.

>>> cells = np.array(["30 jours", "45 j FDM", "30 jours", "", "bientôt"], dtype=object)
>>> found, place = read_terms_column(cells, default_terms="60 jours")
>>> place.tolist(), found[1].words("en"), found[2].words("en"), found[3].code
([0, 1, 0, 2, 3], '45 days then end of month', '60 days net', 'terms.not_understood')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.errors import WrongArgument
from udfs.tables.cells import distinct, is_blank
from udfs.terms.grammar import Refusal
from udfs.terms.language import method_code, read_terms, try_terms
from udfs.terms.term import Terms


def read_terms_column(cells: Sequence[Any] | np.ndarray, methods: Sequence[Any] | np.ndarray | None = None,
                      default_method: str = "DAYS_THEN_EOM", default_terms: str = ""
                      ) -> tuple[list[Terms | Refusal], np.ndarray]:
    """The distinct terms, or why a cell is refused, and the place of each row in them.

    `methods` holds the end-of-month convention of each row, empty where the words decide. An empty cell
    takes `default_terms`, and without them is refused as `terms.empty`.
    """
    texts, place = distinct(_plain_list(cells))
    codes, method_place = distinct(_plain_list(methods)) if methods is not None else ([""], None)
    pairs = place if method_place is None else place * len(codes) + method_place
    present = np.flatnonzero(np.bincount(pairs, minlength=len(texts) * len(codes)))
    where = np.empty(len(texts) * len(codes), np.intp)
    where[present] = np.arange(len(present))

    default: Terms | Refusal = Refusal("terms.empty")
    if default_terms:
        default = read_terms(default_terms, None, default_method)
    found = [_read(texts[text], codes[code], default_method, default_terms, default)
             for text, code in (divmod(pair, len(codes)) for pair in present.tolist())]
    return found, where[pairs]


def _read(cell: Any, method: Any, default_method: str, default_terms: str, default: Terms | Refusal
          ) -> Terms | Refusal:
    if is_blank(method):
        return default if is_blank(cell) else try_terms(cell, None, default_method)
    try:
        chosen = method_code(str(method))
    except WrongArgument as refused:
        return Refusal(refused.code)
    return try_terms(default_terms if is_blank(cell) else cell, chosen, default_method)


def _plain_list(cells: Sequence[Any] | np.ndarray) -> Sequence[Any]:
    return cells.tolist() if isinstance(cells, np.ndarray) else cells
