"""Calculator: note and limit of a prospect who is in no table, from what is known of it and a year of its accounts.

    what is known | a year of accounts | grade, score, confidence, PD                   | the way to the limit,
    (yellow)      | (yellow)           | the reasons, line by line (grow downwards)     | line by line (grows)
    need, limit,  |                    |                                                |
    gap, levers   |                    |                                                |
    what the models say of these accounts

Facts are columns of the table Clients, lines those of Accounts: their names stand in the cells, and a name or a box of
a tax return may be written over another. Nothing is kept and nothing in the tables changes. As it opens it shows the
published case: a need of 50,000, a limit of 28,000, and 33 days, 44 % or 22,000 that close the gap (DOMAIN 1.2).
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from addin.build.workbook import blocks, calculator_limit, charts, columns, page
from addin.build.workbook.blocks import Column
from addin.build.workbook.cells import typed, write
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import BAD, MUTED
from addin.build.workbook.validations import guard
from udfs import reference
from udfs.tables.schema import SCHEMA, ColumnSpec

CALCULATOR = "calculator"
TITLE, FIRST = 3, 4
KNOWN, ACCOUNTS, NOTE = 1, 4, 7
WIDTHS = {0: 1.5, KNOWN: 30, KNOWN + 1: 24, KNOWN + 2: 2, ACCOUNTS: 30, ACCOUNTS + 1: 15, ACCOUNTS + 2: 2}
# The columns of PROSPECT_RATING as it comes.
REASONS = (Column(28, look={"bold": True}), Column(30, look={"shrink": True}),
           Column(9, "count", {"align": "center"}), Column(9, "whole_share"), Column(14, "count"),
           Column(80, look={"indent": 1, "shrink": True}))
WHAT, VALUE, POINTS = NOTE, NOTE + 1, NOTE + 4
LAST_COLUMN = NOTE + len(REASONS) - 1
FIGURES, HEADING, ROWS = TITLE, 8, 40
FACTS = ("name", "legal_form", "founded", "country", "country_risk", "customer_since", "terms", "sales_opinion",
         "order_trend", "share_capital", "external_provider", "external_score", "external_date",
         "accounts_confidential", "insolvency_kind", "judgment_date", "liens", "sales_forecast", "forecast_months",
         "vat_rate")
# The activity tells for which firms a model was made.
ACTIVITY = "naf"
MODELS = {"financial_score": "FINANCIAL_SCORE(", "z2": "ALTMAN_Z(\"Z''\",", "z1": "ALTMAN_Z(\"Z'\",",
          "conan_holder": "CONAN_HOLDER("}
# A fictional joinery that asks for 60 days.
PROSPECT: Mapping[str, str] = {
    "name": "Menuiserie Belle-Équerre", "legal_form": "SARL", "founded": "2009-04-14", "country": "FR",
    "terms": "60 jours", "sales_opinion": "medium", "order_trend": "growing", "share_capital": "20000",
    "external_provider": "banque_de_france", "external_score": "4+", "external_date": "2026-06-15",
    "sales_forecast": "250000", "forecast_months": "12", "vat_rate": "0.2",
}
YEAR: Mapping[str, str] = {
    ACTIVITY: "16.23Z", "year_end": "2025-12-31", "months": "12", "turnover": "700000", "purchases": "310000",
    "value_added": "285000", "personnel": "205000", "ebitda": "62000", "depreciation": "22000", "ebit": "40000",
    "financial_charges": "6000", "net_income": "25000", "total_assets": "260000", "intangibles": "15000",
    "fixed_assets": "80000", "stocks": "35000", "receivables": "100000", "cash": "40000",
    "current_assets": "180000", "equity": "95000", "unpaid_capital": "0", "share_capital": "20000",
    "retained_earnings": "50000", "provisions": "5000", "long_term_debt": "40000", "total_debt": "160000",
    "current_debt": "120000", "trade_payables": "60000", "tax_social_debt": "40000",
}
LAST = FIRST + len(YEAR) - 1
MODELS_TITLE = LAST + 2
SENTENCE_HEIGHT = 36
# Far from the columns that are free.
KEPT = 40


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, CALCULATOR, "input")
    sheet = draft.sheets[CALCULATOR]
    for column, width in WIDTHS.items():
        sheet.set_column(column, column, width)
    _inputs(draft, KNOWN, "calculator_known", "ProspectFacts",
            {name: SCHEMA["Clients"][name] for name in FACTS}, PROSPECT)
    lines = {name: SCHEMA["Clients" if name == ACTIVITY else "Accounts"][name] for name in YEAR}
    _inputs(draft, ACCOUNTS, "calculator_accounts", "ProspectAccounts", lines, YEAR)
    _figures(draft)
    _reasons(draft)
    _models(draft)
    limit = FIRST + len(FACTS) + 1
    calculator_limit.draw(draft, CALCULATOR, limit, (KNOWN, KNOWN + 1), (TITLE, LAST_COLUMN + 2), _given())
    sheet.print_area(0, 0, HEADING + ROWS, LAST_COLUMN)
    sheet.freeze_panes(TITLE, 0)


def _inputs(draft: Draft, column: int, title: str, name: str, specs: Mapping[str, ColumnSpec],
            shown: Mapping[str, str]) -> None:
    """A block of names and yellow cells; the range of both has a name for formulas."""
    sheet = draft.sheets[CALCULATOR]
    blocks.section(draft, CALCULATOR, TITLE, (column, column + 1), draft.say(title))
    for row, (code, spec) in enumerate(specs.items(), start=FIRST):
        number = columns.number(spec)
        sheet.write_string(row, column, spec.label(draft.language), draft.style("result"))
        value = typed(spec, shown.get(code, ""), draft.language) if draft.demo else None
        align = "right" if number in ("money", "euros", "count", "share") else "left"
        write(sheet, row, column + 1, value, draft.style("input", number, align=align))
        guard(draft, CALCULATOR, row, row, column + 1, spec)
    area = xl_range_abs(FIRST, column, FIRST + len(specs) - 1, column + 1)
    draft.workbook.define_name(name, f"={draft.reference(CALCULATOR, area)}")


def _given() -> str:
    """How many yellow cells are filled, for formulas that show nothing while none is."""
    known, accounts = (xl_range_abs(FIRST, column + 1, FIRST + count - 1, column + 1)
                       for column, count in ((KNOWN, len(FACTS)), (ACCOUNTS, len(YEAR))))
    return f"COUNTA({known},{accounts})"


def _figures(draft: Draft) -> None:
    """Grade, score, confidence and probability of default, found among the reasons by their names."""
    sheet, first, last = draft.sheets[CALCULATOR], HEADING + 1, HEADING + ROWS
    whats, values = (xl_range_abs(first, column, last, column) for column in (WHAT, VALUE))
    grade = xl_rowcol_to_cell(FIGURES + 1, WHAT, row_abs=True, col_abs=True)
    grades, shares = (f"Grades[{SCHEMA['Grades'][name].label(draft.language)}]" for name in ("grade", "pd"))
    insolvent = xl_rowcol_to_cell(FIRST + FACTS.index("insolvency_kind"), KNOWN + 1, row_abs=True, col_abs=True)

    def found(title: str) -> str:
        return f'=IFERROR(INDEX({values},MATCH("{draft.say(f"reasons.{title}_title")}",{whats},0)),"–")'

    probability = f'=IF(AND({insolvent}<>"",{grade}<>"–"),1,IFERROR(INDEX({shares},MATCH({grade},{grades},0)),"–"))'
    figures = (("grade", WHAT, found("grade"), ""), ("score", VALUE, found("score"), ""),
               ("confidence", VALUE + 1, found("confidence"), ""), ("pd", LAST_COLUMN, probability, "share"))
    blocks.across(draft, CALCULATOR, FIGURES, (NOTE, LAST_COLUMN), "figure_label")
    sheet.set_row(FIGURES + 1, 22)
    for name, column, formula, number in figures:
        indent = int(column == LAST_COLUMN)
        sheet.write_string(FIGURES, column, draft.say(f"home.{name}"), draft.style("figure_label", indent=indent))
        style = draft.style("figure", number, font_size=16, indent=indent)
        draft.formula(CALCULATOR, FIGURES + 1, column, formula, style)
    blocks.mark_grades(draft, CALCULATOR, blocks.one(FIGURES + 1, WHAT))


def _reasons(draft: Draft) -> None:
    """The table of reasons, with bars for the points; where there is none, why."""
    arguments = "ProspectFacts,ProspectAccounts,Book"
    table = xl_rowcol_to_cell(HEADING, NOTE)
    # Kept aside, so that the cell that shows it only where there is no table calls no function.
    draft.formula(CALCULATOR, HEADING - 2, KEPT, f'=CREDIT_WHY("PROSPECT_RATING",{arguments})')
    why = xl_rowcol_to_cell(HEADING - 2, KEPT)
    draft.sheets[CALCULATOR].write_formula(HEADING - 2, NOTE, f'=IF(ISERROR({table}),{why},"")',
                                           draft.style("text", font_color=BAD))
    blocks.section(draft, CALCULATOR, HEADING - 1, (NOTE, LAST_COLUMN), draft.say("calculator_reasons"))
    first = HEADING + 1
    draft.sheets[CALCULATOR].conditional_format(first, POINTS, HEADING + 1 + len(reference.rows("scorecard")), POINTS, {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": charts.PALE, "bar_no_border": True,
        "min_type": "num", "min_value": 0})
    blocks.mark_grades(draft, CALCULATOR, (first, VALUE, first, VALUE), bold=True, **blocks.LINE_BELOW)
    blocks.spill(draft, CALCULATOR, HEADING, NOTE, f'=IF({_given()}=0,"",PROSPECT_RATING({arguments}))', REASONS, ROWS)


def _models(draft: Draft) -> None:
    """What each model says of the accounts: its score, and its zones or what is missing."""
    sheet, style = draft.sheets[CALCULATOR], draft.style("wrapped", font_color=MUTED, font_size=9)
    blocks.section(draft, CALCULATOR, MODELS_TITLE, (KNOWN, ACCOUNTS + 1), draft.say("calculator_models"))
    kept = KEPT
    sheet.set_column(kept, kept, 12, None, {"hidden": True})
    for row, (model, call) in enumerate(MODELS.items()):
        row = MODELS_TITLE + 1 + 2 * row
        name, _, before = call.partition("(")
        sheet.write_string(row, KNOWN, draft.say(f"financial.model_{model}"), draft.style("text", bold=True))
        draft.formula(CALCULATOR, row, KNOWN + 1, f'=IF({_given()}=0,"",IFERROR({call}ProspectAccounts,Book),"–"))',
                      draft.style("text", "score", bold=True, align="left"))
        # A sentence that wraps stands in merged cells, and a formula that may spill cannot.
        draft.formula(CALCULATOR, row, kept,
                      f'=IF({_given()}=0,"",CREDIT_WHY("{name}",{before}ProspectAccounts,Book))')
        sheet.set_row(row + 1, SENTENCE_HEIGHT)
        sheet.merge_range(row + 1, KNOWN, row + 1, ACCOUNTS + 1, "", style)
        sheet.write_formula(row + 1, KNOWN, f"={xl_rowcol_to_cell(row, kept)}", style)
