"""What every sheet shares: its title and hint, its tab, how it is printed, how high a row of wrapped text is."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from addin.build.workbook.draft import Draft

A4 = 9
TABS = {"input": "#F5C518", "result": "#12535E", "other": "#9CA3AF"}
# Points that one line of text takes, at the size of tables and lists.
LINE_HEIGHT = 13.5


# The mean width of a letter in the units of a column's width, which are digits: of a text, of its hint, of a formula.
LETTER, HINT_LETTER, FORMULA_LETTER = 0.86, 0.82, 1.02


def begin(draft: Draft, code: str, tab: str, *, hint: str = "", widths: Sequence[int] = ()) -> None:
    """Title and hint on the first two rows, the colour of the tab, A4 landscape one page wide with its footer.

    Where the columns, whose `widths` are given, are narrower than the hint, it wraps.
    """
    sheet = draft.sheets[code]
    sheet.set_tab_color(TABS[tab])
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, draft.sheet_name(code), draft.style("title"))
    hint = hint or draft.say(f"hint_{code}")
    if widths and sum(widths) < len(hint) * HINT_LETTER:
        sheet.merge_range(1, 0, 1, len(widths) - 1, hint, draft.style("hint", text_wrap=True, valign="top"))
        sheet.set_row(1, height([hint], [sum(widths)], HINT_LETTER))
    else:
        sheet.write_string(1, 0, hint, draft.style("hint"))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def height(texts: Sequence[str], widths: Sequence[int], letter: float = LETTER) -> float:
    """The height of a row whose cells wrap: the most lines that one of its texts needs.

    >>> height(["one line", "a text that needs two lines"], [20, 20])
    27.0
    """
    lines = max(ceil(len(text) * letter / width) for text, width in zip(texts, widths, strict=True))
    return max(lines, 1) * LINE_HEIGHT
