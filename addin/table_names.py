"""What the tables of the schema are called in Excel.

They bear their own name, but for one that a worksheet function bears too: in a formula Excel could take one for the
other, since names know no case.

>>> in_excel("Invoices"), in_excel("Scorecard"), of_schema("ScorecardTable")
('Invoices', 'ScorecardTable', 'Scorecard')
"""

from __future__ import annotations

TAKEN_BY_A_FUNCTION = {"Scorecard": "ScorecardTable"}


def in_excel(table: str) -> str:
    """The name of the Excel table that holds a table of the schema."""
    return TAKEN_BY_A_FUNCTION.get(table, table)


def of_schema(name: str) -> str:
    """The table of the schema that an Excel table holds, whatever the case of its name; its own name else."""
    return next((table for table, taken in TAKEN_BY_A_FUNCTION.items() if taken.casefold() == name.casefold()), name)
