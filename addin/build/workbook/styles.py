"""The look of every sheet: one ink, one accent, quiet lines; inputs on pale yellow, results on white.

A style is a name for a set of XlsxWriter properties; `number` names a number format, so that
`("result", "money")` is a result cell that shows an amount.
"""

from __future__ import annotations

from typing import Any

INK, MUTED, LINE = "#1F2937", "#6B7280", "#D1D5DB"
ACCENT, ACCENT_PALE = "#12535E", "#E6F0F1"
INPUT, INPUT_INK = "#FFFBE6", "#1D4ED8"
GOOD, GOOD_PALE = "#166534", "#DCFCE7"
WATCH, WATCH_PALE = "#92400E", "#FEF3C7"
BAD, BAD_PALE = "#991B1B", "#FEE2E2"

BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}

STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "title": {"font_size": 18, "bold": True, "font_color": ACCENT},
    "section": {"font_size": 12, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "hint": {"font_size": 9, "font_color": MUTED, "italic": True},
    "label": {"font_color": MUTED},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "needed_heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "bottom": 2,
                       "bottom_color": ACCENT},
    "input_heading": {"bold": True, "font_color": ACCENT, "bg_color": INPUT, "text_wrap": True, "bottom": 2,
                      "bottom_color": ACCENT},
    "input": {"font_color": INPUT_INK, "bg_color": INPUT, "border": 1, "border_color": LINE},
    "result": {"bottom": 1, "bottom_color": LINE},
    "figure": {"font_size": 20, "bold": True, "font_color": ACCENT, "align": "left"},
    "figure_label": {"font_size": 9, "font_color": MUTED, "top": 2, "top_color": ACCENT},
    "figure_note": {"font_size": 9, "font_color": MUTED, "align": "left"},
    "line": {"font_size": 11, "bottom": 1, "bottom_color": LINE},
    "panel_label": {"font_size": 9, "font_color": MUTED, "top": 1, "top_color": LINE},
    "total": {"bold": True, "font_color": ACCENT, "bottom": 1, "bottom_color": ACCENT},
    "table_heading": {"bold": True, "font_color": ACCENT, "bg_color": ACCENT_PALE, "text_wrap": True, "bottom": 1,
                      "bottom_color": ACCENT},
    "formula": {"font_name": "Consolas", "font_size": 9, "font_color": MUTED},
}

NUMBERS: dict[str, str] = {
    "": "General", "text": "@", "money": "#,##0.00", "euros": "#,##0", "count": "0",
    "score": "0.00", "days": '0;-0;"–"', "rate": "0.0000", "money_or_dash": '#,##0.00;-#,##0.00;"–"',
    # Some space on the right, for a coloured cell may stand beside it.
    "euros_or_dash": '#,##0_);-#,##0_);"–"_)',
}
# What each language writes its own way.
LOCAL: dict[str, dict[str, str]] = {
    "en": {"date": "yyyy\\-mm\\-dd", "share": "0.0%", "whole_share": "0%", "interest": "0.00%"},
    "fr": {"date": "dd/mm/yyyy", "share": "0.0\\ %", "whole_share": "0\\ %", "interest": "0.00\\ %"},
}


def number_format(number: str, language: str) -> str:
    """The code of a number format in one language.

    >>> number_format("share", "en"), number_format("share", "fr")
    ('0.0%', '0.0\\\\ %')
    """
    return LOCAL[language].get(number) or NUMBERS[number]


def properties(style: str, number: str, language: str, **changes: Any) -> dict[str, Any]:
    """The XlsxWriter properties of a style with a number format; dates and shares are written as the language does."""
    code = {"num_format": number_format(number, language)} if number else {}
    return {**BASE, **STYLES[style], **code, **changes}
