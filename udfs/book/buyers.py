"""What kind of buyer a client is, as far as the law of payment tells them apart: public, at home, in the Union.

>>> "hospital" in PUBLIC_BUYERS, "DE" in member_states(), "CH" in member_states()
(True, True, False)
"""

from __future__ import annotations

from functools import cache

from udfs import reference

# The types of buyer that the law of public procurement binds.
PUBLIC_BUYERS = ("public", "hospital", "public_company")


@cache
def member_states() -> frozenset[str]:
    """The codes of the member states of the European Union."""
    return frozenset(row["code"] for row in reference.rows("eu_members"))
