"""What the accounts of each client say, and the outside note beside them: the criterion financial strength.

The latest accounts closed by the date give Altman's Z'', the tangible net worth and the statistical score of our own;
an outside note that its provider's scale knows, and that is not too old, replaces, caps or informs (policy
`outside_note_use`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from udfs.book.assembly import Assembly
from udfs.rating import altman
from udfs.rating.answers import answer_of
from udfs.rating.financial_score import FinancialScore, financial_score
from udfs.rating.latest_accounts import latest_accounts
from udfs.rating.net_worth import tangible_net_worth
from udfs.rating.outside_note import financial_answer, outside_answers
from udfs.rating.trends import lines_of
from udfs.tables.columns import months_before
from udfs.tables.schema import SCHEMA

# The lines of accounts; the other columns say whose they are and of when.
LINES = tuple(name for name, spec in SCHEMA["Accounts"].items() if spec.type in ("amount", "count"))


@dataclass(frozen=True)
class FinancialStrength:
    """By client: the lines of the latest accounts, what they tell, and the answers 1-7 by accounts and by note.

    `note` is the answer of a note that may be used, `any_note` that of one of any age; `by_note` is where it decides.
    """

    lines: Mapping[str, np.ndarray]
    year_end: np.ndarray
    z2: np.ndarray
    net_worth: np.ndarray
    score: FinancialScore
    by_accounts: np.ndarray
    any_note: np.ndarray
    note: np.ndarray
    answer: np.ndarray
    by_note: np.ndarray

    @cached_property
    def has_accounts(self) -> np.ndarray:
        """Where the accounts tell at least the net worth or the turnover."""
        return np.asarray(~np.isnan(self.net_worth) | ~np.isnan(self.lines["turnover"]))

    @cached_property
    def is_known(self) -> np.ndarray:
        """Where there are accounts or a note: evidence E2."""
        return np.asarray(self.has_accounts | ~np.isnan(self.note))


def financial_strength(book: Assembly, bands: Sequence[Mapping[str, str]]) -> FinancialStrength:
    """The financial strength of each client; `bands` are the rows of the answers."""
    policy, clients = book.policy, book.clients
    lines, year_end = _latest(book)
    z2 = altman.altman("z2", lines)
    by_accounts = answer_of("financial", "z2", z2, bands)
    given = clients.column("external_date")
    any_note = outside_answers(clients.column("external_provider"), clients.column("external_score"), given)
    oldest = months_before(book.as_of, policy.days("outside_note_months"))
    note = np.where((given < oldest) | (given > book.as_of), np.nan, any_note)
    answer = financial_answer(by_accounts, note, policy.text("outside_note_use"))
    decides = (answer == note) & ((policy.text("outside_note_use") == "replace") | (note < by_accounts))
    return FinancialStrength(
        lines, year_end, z2,
        tangible_net_worth(lines["equity"], lines["intangibles"], lines["unpaid_capital"]), financial_score(lines),
        by_accounts, any_note, note, answer, decides)


def _latest(book: Assembly) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The lines of each client's latest accounts, NaN where there are none, and their year end."""
    table = book.tables["Accounts"]
    row = latest_accounts(book.client_of["Accounts"], table["year_end"], book.as_of, len(book.clients))
    lines = lines_of({name: table[name] for name in LINES}, row)
    return lines, np.append(table["year_end"], np.datetime64("NaT", "D"))[row]
