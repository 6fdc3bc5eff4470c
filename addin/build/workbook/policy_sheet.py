"""Policy: every parameter with its value in force; beside it grades, scorecard, reminder steps, rates, and answers.

The workbook's tables override the defaults of `udfs/reference` row by row, so what stands here is what counts. One
key is left empty on purpose: with a value, `date_order` would also silence the warning about doubtful dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from addin.build.workbook import columns, data_table, page
from addin.build.workbook.data_table import REMARK, RESULT, VALUE, Place
from addin.build.workbook.draft import Draft
from addin.build.workbook.validations import guard
from addin.choice_words import shown
from udfs import reference
from udfs.tables.policy import CODES, WORDS
from udfs.tables.schema import SCHEMA

POLICY = "policy"
HEADING = 3
FIRST_COLUMN, SIDE_COLUMN, ANSWERS_COLUMN = 1, 6, 14
WIDTHS = (19, 84, 31, 12, 32, 3, 17, 18, 26, 20, 22, 24, 38, 3, 24, 10, 14, 12, 12, 14, 60)
# The first key of each section, in the order of the reference table.
SECTIONS = {
    "language": "general", "vat_rate": "limits", "orders_weight": "exposure", "behaviour_months": "rating",
    "decision_warn_share": "decision", "dunning_interval_days": "dunning", "work_promise_bank_days": "work",
    "claim_months": "deadlines", "late_margin": "late", "company_name": "company",
}
# It stands among decisions in the reference table, and is a figure of the user's own firm.
OF_THE_FIRM = "account_411_balance"
UNSET = "date_order"
NUMBERS = {"share": "share", "EUR": "money", "days": "count", "months": "count", "count": "count",
           "number": "score"}
TYPES = {"share": "share", "EUR": "amount", "days": "count", "months": "count", "count": "count", "number": "number"}
# What the user does not change: the names of things, and what is said of them.
PARAMETERS = {"value": VALUE, "": RESULT}
FIXED = {"grade": RESULT, "criterion": RESULT, "band": RESULT, "note": REMARK, "": VALUE}
# Tables beside the parameters: the reference table, and the texts of their notes.
BESIDE = {"Grades": "grade", "Scorecard": "criterion", "Dunning": "dunning"}
# The words of a criterion that is entered, where they are not called as the criterion is.
ENTERED = {"trend": "order_trend", "country": "country_risk"}


def draw(draft: Draft) -> None:
    """The whole sheet."""
    page.begin(draft, POLICY, "input")
    sheet = draft.sheets[POLICY]
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(HEADING, 30)
    _parameters(draft)
    row = HEADING
    for table, texts in BESIDE.items():
        rows = [_row(draft, table, texts, given) for given in reference.rows(table.lower())]
        row = _beside(draft, table, row, rows)
    _beside(draft, "Rates", row, data_table.rows_of(draft, "Rates"))
    answers = [data_table.values(draft, "Answers", given) | {"note": _answer_note(draft, given)}
               for given in reference.rows("answers")]
    _beside(draft, "Answers", HEADING, answers, ANSWERS_COLUMN)
    sheet.freeze_panes(HEADING + 1, 0)
    sheet.repeat_rows(HEADING)
    # The parameters and the answers on pages of their own: on one page with the others they could not be read.
    sheet.set_print_scale(72)
    sheet.set_v_pagebreaks([SIDE_COLUMN, ANSWERS_COLUMN])


def parameters() -> Iterator[tuple[str, dict[str, str]]]:
    """Each parameter of the reference table with its section."""
    section, own = "", next(row for row in reference.rows("policy") if row["key"] == OF_THE_FIRM)
    for row in reference.rows("policy"):
        section = SECTIONS.get(row["key"], section)
        if row["key"] != OF_THE_FIRM:
            yield section, row
    yield section, own


def _parameters(draft: Draft) -> None:
    given = {row["key"]: row["value"] for row in draft.tables.get("Policy", ())} | {"language": draft.language}
    sheet, rows, numbers, last = draft.sheets[POLICY], [], [], ""
    value_column = FIRST_COLUMN + columns.columns_of("Policy").index(SCHEMA["Policy"]["value"])
    for row, (section, known) in enumerate(parameters(), start=HEADING + 1):
        key, unit = known["key"], known["unit"]
        rows.append({"key": key, "value": _value(draft, key, unit, given.get(key, known["value"])),
                     "unit": draft.say(f"policy.unit_{unit}"), "note": draft.say(f"policy.{key}")})
        numbers.append({"value": NUMBERS.get(unit, "text")})
        kind = f"choice:{CODES[key]}" if key in CODES else TYPES.get(unit, "text")
        guard(draft, POLICY, row, row, value_column, replace(SCHEMA["Policy"]["value"], type=kind))
        if section != last:
            sheet.write_string(row, 0, draft.say(f"policy.section_{section}"), draft.style("text", bold=True))
            last = section
    sheet.write_string(HEADING - 1, FIRST_COLUMN, draft.say("policy.title_Policy"), _title(draft))
    data_table.put(draft, "Policy", Place(POLICY, HEADING, FIRST_COLUMN), rows, PARAMETERS, numbers=numbers,
                   filters=False)


def _value(draft: Draft, key: str, unit: str, text: str) -> Any:
    if key == UNSET or not text:
        return None
    if key in CODES:
        return shown(CODES[key], text, draft.language)
    return text if unit in WORDS else float(text)


def _row(draft: Draft, table: str, texts: str, given: dict[str, str]) -> dict[str, Any]:
    """A row of a reference table as values; its note is said in the language of the workbook."""
    row = data_table.values(draft, table, given)
    row["note"] = draft.say(f"policy.{texts}_{next(iter(given.values()))}")
    if row.get("channel"):
        row["channel"] = draft.say(f"policy.channel_{given['channel']}")
    return row


def _answer_note(draft: Draft, given: dict[str, str]) -> str:
    """Of what a band is a band, or which word it stands for."""
    criterion, code = given["criterion"], given["choice"]
    if criterion == "legal_form":
        word = draft.say(f"policy.form_{code}")
    else:
        word = shown(ENTERED.get(criterion, criterion), code, draft.language) if code else ""
    return draft.say(f"policy.answers_{criterion}_{given['measure']}", word=word)


def _beside(draft: Draft, table: str, heading: int, rows: list[dict[str, Any]], column: int = SIDE_COLUMN) -> int:
    """A table with its title above; the row of the next table's headings."""
    draft.sheets[POLICY].write_string(heading - 1, column, draft.say(f"policy.title_{table}"), _title(draft))
    data_table.put(draft, table, Place(POLICY, heading, column), rows, FIXED, filters=False)
    return heading + len(rows) + 3


def _title(draft: Draft) -> Any:
    return draft.style("text", bold=True, font_size=12)
