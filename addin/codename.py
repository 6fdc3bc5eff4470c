"""The VBA name of a sheet: ASCII, the same in every language, and changed by no user.

>>> codename("client_card")
'shClientCard'
"""

from __future__ import annotations


def codename(sheet: str) -> str:
    """The VBA name of the sheet of a code."""
    return "sh" + "".join(part.capitalize() for part in sheet.split("_"))
