"""*Check data*: the faults of the tables one by one, each in its cell, errors first."""

from __future__ import annotations

from addin.hosts import Host
from udfs.texts import say


def check_data(host: Host) -> str:
    """Show the first fault in its cell, and the next as long as the user wants it."""
    language, faults = host.language, host.book.faults
    if not faults:
        return say("macros.no_fault", language)
    errors = sum(fault.severity == "error" for fault in faults)
    for number, fault in enumerate(faults, start=1):
        host.select(fault.table, fault.row, fault.column)
        place = say("macros.fault_place", language, number=number, errors=errors, warnings=len(faults) - errors,
                    total=len(faults))
        told = f"{fault.sentence(language)}\n\n{place}"
        if number == len(faults):
            return told
        if not host.confirm(f"{told} {say('macros.next_fault', language)}"):
            break
    return ""
