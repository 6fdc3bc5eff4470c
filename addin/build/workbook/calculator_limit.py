"""The limit on the calculator: need, acceptable limit, gap and what closes it, and at the right the way to them.

PROSPECT_LIMIT spills the way; what is seen at the left is found in it by the names of its lines.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook import blocks
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, MUTED, number_format

# The columns of PROSPECT_LIMIT as it comes.
WAY = (Column(11, look={"bold": True}), Column(52), Column(12, "euros"), Column(70, look={"indent": 1}), Column(30))
STEP, WHAT, VALUE = range(3)
ROWS = 30
# By line: the text that names it, the name of its line in the way, its number format.
LINES = (("need", "limits.method_need", "euros"), ("acceptable", "limits.what_computed", "euros"),
         ("gap", "limits.what_gap", "euros"), ("term", "limits.what_term", "count"),
         ("deposit", "limits.what_deposit", "share"), ("guarantee", "limits.what_guarantee", "euros"))
# What binds stands below this line.
ACCEPTABLE = "acceptable"
SHARES = ("limits.what_vat", "limits.what_deposit")


def draw(draft: Draft, code: str, row: int, columns: tuple[int, int], way: tuple[int, int], given: str) -> None:
    """The lines from a row on, and the way from the cell `way` on; nothing while nothing is `given`."""
    blocks.section(draft, code, row, columns, draft.say("calculator_limit"))
    top, left = way[0] + 1, way[1]
    steps, whats, values = (xl_range_abs(top + 1, left + column, top + ROWS, left + column)
                            for column in (STEP, WHAT, VALUE))
    for name, line, number in LINES:
        row += 1
        blocks.line(draft, code, row, columns, draft.say(f"calculator_{name}"))
        look = {"font_size": 12, "font_color": ACCENT} if name == ACCEPTABLE else {}
        draft.formula(code, row, columns[1], f'=IFERROR(INDEX({values},MATCH("{draft.say(line)}",{whats},0)),"–")',
                      draft.style("line", number, align="right", bold=True, **look))
        if name == ACCEPTABLE:
            row += 1
            draft.formula(code, row, columns[0],
                          f'=IFERROR(INDEX({whats},MATCH("{draft.say("limits.step_least")}",{steps},0)),"")',
                          draft.style("text", font_size=9, font_color=MUTED))
    _way(draft, code, top, left, given)


def _way(draft: Draft, code: str, top: int, left: int, given: str) -> None:
    """Each input, parameter and step with the source of its rule; shares are written as such."""
    blocks.section(draft, code, top - 1, (left, left + len(WAY) - 1), draft.say("calculator_way"))
    draft.sheets[code].set_column(left - 1, left - 1, 2)
    what = xl_rowcol_to_cell(top + 1, left + WHAT, col_abs=True)
    names = ",".join(f'{what}="{draft.say(name)}"' for name in SHARES)
    value = left + VALUE
    blocks.mark(draft, code, (top + 1, value, top + ROWS, value), f"=OR({names})",
                num_format=number_format("share", draft.language), **blocks.LINE_BELOW)
    formula = f'=IF({given}=0,"",IFERROR(PROSPECT_LIMIT(ProspectFacts,ProspectAccounts,Book),""))'
    blocks.spill(draft, code, top, left, formula, WAY, ROWS)
