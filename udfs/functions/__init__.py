"""The border with the sheet: thin worksheet functions by family, and the registry that declares them."""

from udfs.functions import (
    back_testing,
    books,
    calculators,
    client_lists,
    decisions,
    due,
    early_payment,
    exposures,
    financial,
    gaps,
    late_interest,
    legal_maximum,
    legal_rates,
    limits,
    order_room,
    policy_testing,
    portfolio,
    prospects,
    ratings,
    scorecards,
    tax_return,
    why,
)
from udfs.functions.registry import REGISTRY

__all__ = ["REGISTRY", "back_testing", "books", "calculators", "client_lists", "decisions", "due", "early_payment",
           "exposures", "financial", "gaps", "late_interest", "legal_maximum", "legal_rates", "limits",
           "order_room", "policy_testing", "portfolio", "prospects", "ratings", "scorecards", "tax_return", "why"]
