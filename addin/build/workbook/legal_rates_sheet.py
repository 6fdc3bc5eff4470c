"""Legal rates: the dated rates and maximum terms of the law, for the user to see and extend, and what they give.

    LegalRates: a row a half-year | the rates of late payment on the user's date | LegalTerms: a row a rule

What the reference does not know is an empty cell that stands out, with a note where the official figure is published;
an empty cell hides nothing that a later version of the reference knows. The next half-year waits to be filled.
"""

from __future__ import annotations

import datetime as dt

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook import blocks, data_table, page
from addin.build.workbook.data_table import REMARK, VALUE, Place
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import BAD_PALE, MUTED, WATCH, WATCH_PALE
from udfs import reference
from udfs.tables.schema import SCHEMA
from udfs.texts import has

LEGAL_RATES = "legal_rates"
HEADING = 3
GAP = 3
RATES, RATES_WIDTHS = 0, (12, 18, 18, 68)
NOW, NOW_WIDTHS = len(RATES_WIDTHS) + 1, (68, 12, 12, 12)
TERMS, TERMS_WIDTHS = NOW + len(NOW_WIDTHS) + 1, (22, 27, 12, 12, 9, 17, 12, 13, 29, 15, 74)
LOOKS = {"note": REMARK, "": VALUE}
# A line of the rates on the user's date: its text, and the formula for a day.
LINES = {
    "ecb": "ECB_RATE({day},Book)", "silent": 'PENALTY_RATE({day},"HALF_YEAR",Book)',
    "public": 'PENALTY_RATE({day},"PUBLIC",Book)', "union": 'PENALTY_RATE({day},"EU",Book)',
    "legal": "LEGAL_RATE({day},Book)", "floor": "PENALTY_FLOOR({day},Book)",
}
# The last day of the half-year before, the user's date, the first day of the next half-year.
DAYS = ("DATE(YEAR(AsOf),IF(MONTH(AsOf)<7,1,7),1)-1", "AsOf", "DATE(YEAR(AsOf),IF(MONTH(AsOf)<7,7,13),1)")


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, LEGAL_RATES, "input")
    sheet = draft.sheets[LEGAL_RATES]
    for column, width in enumerate((*RATES_WIDTHS, GAP, *NOW_WIDTHS, GAP, *TERMS_WIDTHS)):
        sheet.set_column(column, column, width)
    sheet.set_row(HEADING, 30)
    _rates(draft)
    _now(draft)
    _terms(draft)
    sheet.freeze_panes(HEADING + 1, 0)
    sheet.repeat_rows(HEADING)
    # The maximum terms on pages of their own: on one page with the rates they could not be read.
    sheet.set_print_scale(56)
    sheet.set_v_pagebreaks([TERMS])


def half_years() -> list[dict[str, str]]:
    """The rows of the reference, and the next half-year with nothing known."""
    known = [dict(row) for row in reference.rows("legal_rates")]
    last = dt.date.fromisoformat(known[-1]["from_date"])
    following = dt.date(last.year + last.month // 7, 8 - last.month, 1)
    return [*known, {"from_date": str(following)}]


def _rates(draft: Draft) -> None:
    """The table of half-years; that of the user's date is bold, a rate that is in force and not known is red."""
    found = half_years()
    rows = [data_table.values(draft, "LegalRates", row) | {"note": _note(draft, f"rate_note_{row['from_date']}")}
            for row in found]
    if not rows[-1]["note"]:
        rows[-1]["note"] = draft.say("rate_note_next", date=dt.date.fromisoformat(found[-1]["from_date"]))
    _title(draft, RATES, "title_LegalRates")
    data_table.put(draft, "LegalRates", Place(LEGAL_RATES, HEADING, RATES), rows, LOOKS, filters=False)
    first, last = HEADING + 1, HEADING + blocks.LINED
    begins, rate = xl_rowcol_to_cell(first, RATES, col_abs=True), xl_rowcol_to_cell(first, RATES + 1)
    blocks.mark(draft, LEGAL_RATES, (first, RATES + 1, last, RATES + 2),
                f'=AND(ISNUMBER({begins}),{begins}<=AsOf,{rate}="")', bg_color=BAD_PALE)
    blocks.mark(draft, LEGAL_RATES, (first, RATES, last, RATES + 2),
                f"=AND(ISNUMBER({begins}),{begins}<=AsOf,AsOf<EDATE({begins},6))", bold=True)


def _now(draft: Draft) -> None:
    """What the rates give: on the user's date, and on either side of its half-year."""
    sheet, heading = draft.sheets[LEGAL_RATES], draft.style("table_heading", "date", align="right")
    _title(draft, NOW, "title_rates_now")
    sheet.write_string(HEADING, NOW, draft.say("rates_on"), draft.style("table_heading"))
    for column, day in enumerate(DAYS, start=NOW + 1):
        draft.formula(LEGAL_RATES, HEADING, column, f"={day}", heading)
    unknown = draft.say("rate_unknown")
    for row, (code, formula) in enumerate(LINES.items(), start=HEADING + 1):
        sheet.write_string(row, NOW, draft.say(f"rates_{code}"), draft.style("result"))
        for column, day in enumerate(DAYS, start=NOW + 1):
            where = day if day == "AsOf" else xl_rowcol_to_cell(HEADING, column, row_abs=True)
            style = draft.style("result", "interest", align="right", bold=day == "AsOf")
            draft.formula(LEGAL_RATES, row, column, f'=IFERROR({formula.format(day=where)},"{unknown}")', style)
    first, last = HEADING + 1, HEADING + len(LINES)
    cell = xl_rowcol_to_cell(first, NOW + 1)
    blocks.mark(draft, LEGAL_RATES, (first, NOW + 1, last, NOW + len(DAYS)), f"=ISTEXT({cell})", font_color=WATCH)


def _terms(draft: Draft) -> None:
    """The table of maximum terms; what is over is grey, and amber what ends soon with nothing to follow."""
    rows = [data_table.values(draft, "LegalTerms", row) | {"note": draft.say(f"term_note_{row['regime']}")}
            for row in reference.rows("legal_terms")]
    draft.sheets[LEGAL_RATES].write_string(1, TERMS, draft.say("terms_hint"), draft.style("hint"))
    _title(draft, TERMS, "title_LegalTerms")
    data_table.put(draft, "LegalTerms", Place(LEGAL_RATES, HEADING, TERMS), rows, LOOKS, filters=False)
    first, last = HEADING + 1, HEADING + blocks.LINED
    regime, begins, until = (TERMS + list(SCHEMA["LegalTerms"]).index(name)
                             for name in ("regime", "from_date", "to_date"))
    same, end = (xl_rowcol_to_cell(first, column, col_abs=True) for column in (regime, until))
    regimes, beginnings = (xl_range_abs(first, column, last, column) for column in (regime, begins))
    blocks.mark(draft, LEGAL_RATES, (first, TERMS, last, TERMS + len(TERMS_WIDTHS) - 1),
                f"=AND(ISNUMBER({end}),{end}<AsOf)", font_color=MUTED)
    blocks.mark(draft, LEGAL_RATES, (first, until, last, until),
                f'=AND(ISNUMBER({end}),{end}>=AsOf,{end}<EDATE(AsOf,6),'
                f'COUNTIFS({regimes},{same},{beginnings},">"&{end})=0)', font_color=WATCH, bg_color=WATCH_PALE)


def _note(draft: Draft, code: str) -> str:
    """What is said of a row in the language of the workbook; nothing of most."""
    return draft.say(code) if has(f"workbook.{code}", draft.language) else ""


def _title(draft: Draft, column: int, code: str) -> None:
    draft.sheets[LEGAL_RATES].write_string(HEADING - 1, column, draft.say(code),
                                           draft.style("text", bold=True, font_size=12))
