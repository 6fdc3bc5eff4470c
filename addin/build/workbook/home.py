"""Home, for 8:30 am: is the data fresh and complete, how does the portfolio stand, what is there to do today.

    macros blocked? · firm · Book · what is wrong with Python · where to start, while there is no invoice
    data: date, freshness, tie-out | portfolio: figures, charts | since the last working day
    to do today (grows downwards)

Every figure is one call of BOOK_FIGURE; words around a figure are in its number format, so that it stays a number.
While no invoice is read there is a dash instead: nothing is no 0, and what is empty does not tie out.
"""

from __future__ import annotations

import datetime as dt

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from addin.build.workbook import blocks, home_charts
from addin.build.workbook.blocks import Column
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT, ACCENT_PALE, BAD, BAD_PALE, WATCH, WATCH_PALE, number_format

HOME = "home"
BLOCKED, TITLE, BOOK, STATE, START, PANEL, TO_DO = 0, 1, 2, 3, 4, 5, 22
# First and last column of the blocks of the panel, and of the sheet.
DATA, FIGURES, PORTFOLIO, SINCE, ALL = (1, 2), (3, 3), (3, 4), (5, 7), (1, 7)
# Rows of one figure: label, figure, note.
TALL = 3
# How many invoices are read: the note of the second figure.
INVOICES = xl_rowcol_to_cell(PANEL + 3 + TALL, DATA[0], row_abs=True, col_abs=True)
PRINTED, FORMATTED = 30, 100
FIRST_DAY = dt.date(2000, 1, 1)

TABLES = ("Invoices", "Payments", "Clients", "Orders", "Plans", "Securities", "Accounts", "Rates", "Policy",
          "Grades", "Scorecard", "Answers", "Dunning", "LegalRates", "LegalTerms", "Letters", "Journal")
WORK = (Column(22, look={"shrink": True}), Column(8, "text"), Column(30, look={"shrink": True}),
        Column(98, look={"shrink": True}), Column(18, "euros"), Column(11, "date", {"align": "center"}),
        Column(9, "count"))


def draw(draft: Draft) -> None:
    """The whole sheet."""
    blocks.one_page(draft, HOME, landscape=True)
    sheet = draft.sheets[HOME]
    sheet.set_column(0, 0, 1.5)
    _to_do(draft)
    _head(draft)
    for row in range(PANEL + 1, TO_DO - 1, TALL):
        for below, height in enumerate((14, 20, 14)):
            sheet.set_row(row + below, height)
    _data(draft)
    _figures(draft)
    _since(draft)
    home_charts.draw(draft, HOME, PANEL + 1, PORTFOLIO[1], ALL[1] + 2)
    sheet.print_area(0, 0, TO_DO + 1 + PRINTED, ALL[1])
    sheet.activate()


def figure(name: str) -> str:
    """The formula of one figure of the Book."""
    return f'=BOOK_FIGURE(Book,"{name}")'


def _measured(name: str, nothing: str = "–") -> str:
    """The same once there is an invoice to measure."""
    return f'=IF({INVOICES}=0,"{nothing}",{figure(name)[1:]})'


def _known(name: str) -> str:
    """The same, with a dash where there is none yet."""
    return f'=IFERROR({figure(name)[1:]},"–")'


def _head(draft: Draft) -> None:
    """How to unblock macros, the firm, the Book, the banner that only the macros fill, and where to start."""
    sheet = draft.sheets[HOME]
    sheet.write_string(BLOCKED, 1, draft.say("home.macros_blocked"), draft.style("hint"))
    firm, title = blocks.parameter(draft, "company_name"), draft.say("title")
    sheet.set_row(TITLE, 30)
    draft.formula(HOME, TITLE, 1, f'=IFERROR(IF({firm}="","{title}",{firm}),"{title}")', draft.style("title"))
    inputs = ",".join(f"{table}Input" for table in TABLES)
    draft.formula(HOME, BOOK, 1, f"=CREDIT_BOOK(AsOf,{inputs})", draft.style("label"))
    draft.name("Book", HOME, BOOK, 1)
    blocks.amounts_in(draft, HOME, BOOK, ALL[1])
    sheet.write_blank(STATE, 1, None, draft.style("text", bold=True))
    draft.name("PythonState", HOME, STATE, 1)
    start = f'=IF({INVOICES}=0,"{draft.say("home.start")}","")'
    draft.formula(HOME, START, 1, start, draft.style("text", bold=True))
    for row, ink, paper in ((STATE, WATCH, WATCH_PALE), (START, ACCENT, ACCENT_PALE)):
        sheet.set_row(row, 16)
        said = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        blocks.mark(draft, HOME, (row, ALL[0], row, ALL[1]), f'={said}<>""', font_color=ink, bg_color=paper)


def _data(draft: Draft) -> None:
    """The date of the figures, and whether what they stand on is fresh, clean and complete."""
    sheet, say = draft.sheets[HOME], draft.say
    blocks.section(draft, HOME, PANEL, DATA, say("home.data"))
    dated, count = _figure_style(draft, "date"), _figure_style(draft, "count")
    ties, account = say("home.ties"), say("home.account_411")
    _place(draft, DATA, 0, "as_of", "", dated)
    _place(draft, DATA, 1, "last_invoice", _known("last_invoice"), dated, figure("invoices"),
           f'0" {say("home.invoices_read")}"')
    _place(draft, DATA, 2, "last_payment", _known("last_payment"), dated)
    _place(draft, DATA, 3, "errors", figure("errors"), count, figure("warnings"), f'"{say("home.warnings")} "0')
    _place(draft, DATA, 4, "tie_out", _measured("tie_out"),
           _figure_style(draft, "", num_format=f'#,##0.00;-#,##0.00;"{ties}"'),
           f'=IFERROR(BOOK_FIGURE(Book,"account_411_difference"),"{say("home.not_given")}")',
           f'"{account} "#,##0.00;"{account} "-#,##0.00;"{account} {ties}"')
    as_of, paid, refused, tied = (PANEL + 2 + TALL * place for place in (0, 2, 3, 4))
    for row, name in ((as_of, "as_of_note"), (paid, "last_payment_note")):
        sheet.write_string(row + 1, DATA[0], say(f"home.{name}"), draft.style("figure_note"))
    given = draft.style("input", "date", font_size=14, bold=True, align="left")
    sheet.write_datetime(as_of, DATA[0], draft.as_of, given)
    draft.name("AsOf", HOME, as_of, DATA[0])
    sheet.data_validation(*blocks.one(as_of, DATA[0]), {
        "validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_title": say("home.as_of"),
        "error_message": say("home.as_of_error")})
    blocks.mark(draft, HOME, blocks.one(as_of, DATA[0]), "=AsOf<>TODAY()", font_color=WATCH, bg_color=WATCH_PALE)
    cell = xl_rowcol_to_cell(paid, DATA[0], row_abs=True, col_abs=True)
    blocks.mark(draft, HOME, blocks.one(paid, DATA[0]), f"=AND(ISNUMBER({cell}),NETWORKDAYS({cell},AsOf)>4)",
                font_color=BAD, bg_color=BAD_PALE)
    for row in (refused, tied, tied + 1):
        blocks.mark_number(draft, HOME, blocks.one(row, DATA[0]), "<>0", font_color=BAD)


def _figures(draft: Draft) -> None:
    """The portfolio in figures, each with what it is measured by."""
    say = draft.say
    blocks.section(draft, HOME, PANEL, PORTFOLIO, say("home.portfolio"))
    euros, count = (_figure_style(draft, number) for number in ("euros", "count"))
    overdue, over_60 = (xl_rowcol_to_cell(PANEL + 2 + TALL * place, FIGURES[0]) for place in (1, 2))
    share = number_format("share", draft.language)
    _place(draft, FIGURES, 0, "receivables", _measured("receivables"), euros, figure("clients"),
           f'0" {say("home.of_clients")}"')
    _place(draft, FIGURES, 1, "overdue", _measured("overdue"), euros, _measured("overdue_share", ""),
           f'{share}" {say("home.of_receivables")}"')
    _place(draft, FIGURES, 2, "over_60", _measured("over_60"), euros, f'=IFERROR({over_60}/{overdue},"")',
           f'{share}" {say("home.of_overdue")}"')
    _place(draft, FIGURES, 3, "exposure", _measured("exposure"), euros, _measured("limits", ""),
           f'#,##0" {say("home.of_limits")}"')
    _place(draft, FIGURES, 4, "blocked", _measured("blocked"), count, _measured("to_review", ""),
           f'"{say("home.to_review")} "0')


def _since(draft: Draft) -> None:
    """What has changed since the last working day, and the letters that are due."""
    blocks.section(draft, HOME, PANEL, SINCE, draft.say("home.since"))
    euros, count = (_figure_style(draft, number) for number in ("euros", "count"))
    _place(draft, SINCE, 0, "cash_in", _measured("cash_in"), euros, figure("last_working_day"),
           f'"{draft.say("home.since_day")} "{number_format("date", draft.language)}')
    _place(draft, SINCE, 1, "newly_overdue", _measured("newly_overdue"), euros)
    _place(draft, SINCE, 2, "newly_over_limit", _measured("newly_over_limit"), count)
    _place(draft, SINCE, 3, "grades_down", _measured("grades_down"), count)
    _place(draft, SINCE, 4, "letters_due", _measured("letters_due"), count, _measured("promises_open", ""),
           f'"{draft.say("home.promises_open")} "0')


def _place(draft: Draft, columns: tuple[int, int], place: int, name: str, value: str, style: Format,
           note: str = "", words: str = "") -> None:
    """One figure of a block: its label, the figure, and a smaller one under it, shown as `words` say."""
    sheet, row = draft.sheets[HOME], PANEL + 1 + TALL * place
    if place:
        blocks.across(draft, HOME, row, columns, "panel_label")
    sheet.write_string(row, columns[0], draft.say(f"home.{name}"), draft.style("panel_label" if place else
                                                                               "figure_note"))
    if value:
        draft.formula(HOME, row + 1, columns[0], value, style)
    if note:
        draft.formula(HOME, row + 2, columns[0], note, draft.style("figure_note", num_format=words, shrink=True))


def _figure_style(draft: Draft, number: str, **changes: str) -> Format:
    return draft.style("figure", number, font_size=14, shrink=True, **changes)


def _to_do(draft: Draft) -> None:
    """What is most pressing, in euros and days; nothing stands below, so that the list may grow."""
    blocks.section(draft, HOME, TO_DO, ALL, draft.say("home.to_do"))
    draft.sheets[HOME].set_row(TO_DO + 1, blocks.HEADING_HEIGHT)
    blocks.mark_number(draft, HOME, (TO_DO + 2, ALL[1], TO_DO + blocks.LINED, ALL[1]), "<=0", font_color=BAD,
                       bold=True, **blocks.LINE_BELOW)
    blocks.spill(draft, HOME, TO_DO + 1, ALL[0], "=WORK_LIST(Book)", WORK, FORMATTED)
