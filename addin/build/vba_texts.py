"""The sentences that VBA needs without Python: the sheet credit.conf holds each under its name, `text_title`."""

from __future__ import annotations

# Codes of the room `ribbon`; %1 and %2 are filled in by VBA.
CONF_TEXTS: tuple[str, ...] = (
    "text_title", "text_starting", "text_working", "text_no_python", "text_button_no_python", "text_wrong_version",
    "text_old_excel", "text_answer_lost", "text_failed",
)
