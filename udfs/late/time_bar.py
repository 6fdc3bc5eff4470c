"""Time bars: the last day on which an action for payment may be brought, by kind of debt.

general     5 years from the due date                               C.com L110-4 I
transport   1 year from delivery                                    C.com L133-6
consumer    2 years from the due date                               C.conso L218-2
state       31 December of the 4th year after that of delivery      law 68-1250 of 31 December 1968, art. 1
bill        3 years from maturity, against the acceptor             C.com L511-78
cheque      6 months from the end of the 8 days to present it       CMF L131-32, L131-59

The spans are parameters of the policy. They are counted from day to day (C.civ 2228, 2229): what fell due on
30/11/2021 may be sued for until 30/11/2026. A formal notice does not interrupt them, an acknowledgement of the
debt does (C.civ 2240).

>>> from udfs.tables.policy import default_policy
>>> last_days(np.array(["2021-11-30"], "datetime64[D]"), "general", default_policy()).tolist()
[datetime.date(2026, 11, 30)]
>>> last_days(np.array(["2026-03-02"], "datetime64[D]"), "cheque", default_policy()).tolist()
[datetime.date(2026, 9, 10)]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.policy import Policy
from udfs.terms.months import Dates, later

# Months from the day of the kind; the State's years end with a year.
MONTHS = {"general": "time_bar_months", "transport": "time_bar_carriage_months",
          "consumer": "time_bar_consumer_months", "bill": "time_bar_bill_months", "cheque": "time_bar_cheque_months"}
KINDS = (*MONTHS, "state")


def last_days(dates: Dates, kind: str, policy: Policy) -> Dates:
    """The last day to sue for each date, which is the one that the kind counts from; NaT stays NaT."""
    found = dates.astype("datetime64[D]")
    known = ~np.isnat(found)
    if kind == "state":
        years = policy.days("time_bar_state_years")
        found[known] = (found[known].astype("datetime64[Y]") + years + 1).astype("datetime64[D]") - 1
        return found
    wait = policy.days("cheque_presentation_days") if kind == "cheque" else 0
    found[known] = later(found[known] + wait, np.int64(policy.days(MONTHS[kind])))
    return found
