"""Credit Manager: worksheet functions by their Excel names, usable as plain Python.

>>> from udfs import LIMIT_NEED
>>> LIMIT_NEED(250_000, 60)
50000.0
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Worksheet functions are loaded when first asked for, so that importing the package costs little."""
    if name == "__all__" or (name.isupper() and not name.startswith("_")):
        from udfs.functions import REGISTRY

        if name == "__all__":
            return list(REGISTRY)
        if name in REGISTRY:
            return REGISTRY[name].call
    raise AttributeError(f"module 'udfs' has no attribute {name!r}")


def __dir__() -> list[str]:
    from udfs.functions import REGISTRY

    return sorted(["__version__", *REGISTRY])
