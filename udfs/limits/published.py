"""The other published ways to a limit, each a line of arithmetic; amounts in the reporting currency.

| rule | formula | source |
|---|---|---|
| afdcc | (orders + to be invoiced + open invoices) x term x payment coefficient | AFDCC, DOMAIN 1.3 |
| purchases_twelfths | yearly purchases incl. VAT x months of credit / 12 | AFDCC, DOMAIN 1.3 |
| average_of_three | mean of a share of net worth, the credit of references, the need | highako, DOMAIN 1.4 L4 |
| double_cap | least of a share of net worth and a share of our own turnover | Bernstein, DOMAIN 1.4 L5 |
| new_customer | a share of net worth, nothing where there is no profit before tax | DOMAIN 1.4 L6 |
| insurer | the insurer's agreed amount and the layer of own risk upon it | DOMAIN 1.4 L11 |

The rules that are a share of one base (own turnover, equity, working capital ...) are `capacity.share_of`.

Worked example, one client of DOMAIN 1.4: net worth 80,000, references 25,000, need 50,000, own turnover 3,000,000;
orders 10,000, to be invoiced 6,000, open 32,000, pays at 0.90:

>>> round(float(afdcc(10_000.0, 6_000.0, 32_000.0, 1.0, 0.9)), 2), purchases_twelfths(300_000.0, 60.0)
(43200.0, 50000.0)
>>> round(float(average_of_three(80_000.0, 0.10, 25_000.0, 50_000.0)), 2)
27666.67
>>> float(double_cap(80_000.0, 0.10, 3_000_000.0))
8000.0
>>> [round(float(new_customer(80_000.0, 12_000.0, share)), 2) for share in (0.05, 0.15)]
[4000.0, 12000.0]
>>> insurer(40_000.0, 5_000.0)
45000.0
"""

from __future__ import annotations

import numpy as np

from udfs.limits.capacity import share_of

Amounts = np.ndarray | float


def afdcc(orders: Amounts, to_invoice: Amounts, open_invoices: Amounts, term_coefficient: Amounts,
          payment_coefficient: Amounts) -> Amounts:
    """What is under way with the client, more of it for long terms and good payers."""
    return (orders + to_invoice + open_invoices) * term_coefficient * payment_coefficient


def purchases_twelfths(yearly_purchases: Amounts, need_days: Amounts) -> Amounts:
    """As many twelfths of a year's purchases as the term has months of 30 days."""
    return yearly_purchases * (need_days / 30) / 12


def average_of_three(net_worth: Amounts, share: Amounts, references: Amounts, need: Amounts) -> np.ndarray:
    """The mean of what the finances bear, what other suppliers give and what the sales call for."""
    return np.asarray((share_of(np.asarray(net_worth), np.asarray(share)) + references + need) / 3)


def double_cap(net_worth: Amounts, share: Amounts, own_turnover: Amounts) -> np.ndarray:
    """Neither much of the client's net worth nor much of our own business."""
    return np.asarray(np.minimum(share_of(np.asarray(net_worth), np.asarray(share)), own_turnover * share))


def new_customer(net_worth: Amounts, pretax_profit: Amounts, share: Amounts) -> np.ndarray:
    """A share of the net worth of a client that earns money."""
    allowed = share_of(np.asarray(net_worth), np.asarray(share))
    return np.where(np.asarray(pretax_profit) > 0, allowed, 0.0)


def insurer(agreed: Amounts, own_risk: Amounts) -> Amounts:
    """What the insurer covers, and what we risk upon it."""
    return agreed + own_risk
