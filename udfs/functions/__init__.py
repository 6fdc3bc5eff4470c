"""The border with the sheet: thin worksheet functions by family, and the registry that declares them."""

from udfs.functions import books, calculators, decisions, due, exposures, limits, ratings, why
from udfs.functions.registry import REGISTRY

__all__ = ["REGISTRY", "books", "calculators", "decisions", "due", "exposures", "limits", "ratings", "why"]
