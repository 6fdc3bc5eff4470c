"""The border with the sheet: thin worksheet functions by family, and the registry that declares them."""

from udfs.functions import (
    books,
    calculators,
    client_lists,
    decisions,
    due,
    early_payment,
    exposures,
    late_interest,
    legal_maximum,
    legal_rates,
    limits,
    portfolio,
    ratings,
    why,
)
from udfs.functions.registry import REGISTRY

__all__ = ["REGISTRY", "books", "calculators", "client_lists", "decisions", "due", "early_payment", "exposures",
           "late_interest", "legal_maximum", "legal_rates", "limits", "portfolio", "ratings", "why"]
