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
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "border": 1,
                "border_color": ACCENT},
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
    "banner": {"font_size": 11, "bold": True, "font_color": WATCH, "bg_color": WATCH_PALE, "text_wrap": True},
    "formula": {"font_name": "Consolas", "font_size": 9, "font_color": MUTED},
}

NUMBERS: dict[str, str] = {
    "": "General", "text": "@", "money": "#,##0.00", "euros": "#,##0", "count": "0", "share": "0.0%",
    "score": "0.00", "days": '0;-0;"–"', "rate": "0.0000", "money_or_dash": '#,##0.00;-#,##0.00;"–"',
    "euros_or_dash": '#,##0;-#,##0;"–"', "date": "yyyy\\-mm\\-dd", "date_fr": "dd/mm/yyyy",
}


def properties(style: str, number: str, language: str, **changes: Any) -> dict[str, Any]:
    """The XlsxWriter properties of a style with a number format; dates are written as the language does."""
    code = NUMBERS["date_fr" if number == "date" and language == "fr" else number]
    return {**BASE, **STYLES[style], **({"num_format": code} if number else {}), **changes}
