"""One function per button, written once against the host protocol.

A button's function takes a `Host` and answers the sentence to tell; it asks everything before it writes anything.
The functions behind it take what was asked as arguments: the command line calls those.
"""

from __future__ import annotations

import importlib

from addin.hosts import Host, fitting
from udfs.errors import WrongArgument

# Button, as the ribbon names it -> its function.
BUTTONS = {
    "today": "addin.macros.dates:today",
    "recalculate": "addin.macros.calculation:recalculate",
    "check_data": "addin.macros.check_data:check_data",
    "start": "addin.macros.start:start",
    "client_card": "addin.macros.client:client_card",
    "why": "addin.macros.why:why",
    "record_call": "addin.macros.record:record_call",
    "record_promise": "addin.macros.record:record_promise",
    "record_decision": "addin.macros.record:record_decision",
    "letters_selection": "addin.macros.letter_buttons:letters_selection",
    "letters_due": "addin.macros.letter_buttons:letters_due",
    "folder": "addin.macros.letter_buttons:folder",
    "frozen_copy": "addin.macros.frozen_copy:frozen_copy",
    "self_test": "addin.macros.self_test:self_test",
    "diagnostic": "addin.macros.diagnostic:diagnostic",
    "functions": "addin.macros.about:functions",
    "about": "addin.macros.about:about",
}


def run(button: str, host: Host) -> str:
    """Press a button: the sentence to tell, empty when there is none.

    Raises a `Question` where the user has to be asked, a `CreditError` where the answer is a refusal.
    """
    if button not in BUTTONS:
        raise WrongArgument("errors.unknown_choice", value=button, known=", ".join(BUTTONS))
    module, _, name = BUTTONS[button].partition(":")
    return fitting(getattr(importlib.import_module(module), name)(host))
