"""Which columns a table of the workbook has, in which order, how wide they are and how they show their values.

Every column of the schema is there. Those named here come first and are printed; the others follow in the order
of the schema, in a group that one click folds.

>>> [spec.name for spec in columns_of("Plans")]
['client', 'invoice', 'due', 'amount']
>>> width(SCHEMA["Clients"]["name"]), number(SCHEMA["Clients"]["siren"])
(40, 'text')
"""

from __future__ import annotations

from typing import Any

from addin.table_names import in_excel
from udfs.tables.schema import SCHEMA, ColumnSpec

FIRST: dict[str, str] = {
    "Invoices": "client invoice date kind due_date amount amount_excl_vat paid paid_date balance order terms currency "
                "disputed dispute_reason promise_date",
    "Payments": "client date amount invoice order means maturity cleared_on bounced_on bounce_reason reference "
                "currency",
    "Clients": "client name siren legal_form country customer_since terms means sales_forecast granted_limit "
               "granted_on limit_valid_until blocked accounts_contact phone sales_rep",
    "Accounts": "client year_end months turnover ebitda ebit net_income total_assets intangibles current_assets "
                "equity retained_earnings total_debt current_debt",
    # What a parameter means is read before its key.
    "Policy": "note value unit key",
}
NUMBERS = {"date": "date", "amount": "money", "number": "score", "share": "share", "count": "count"}
OWN_NUMBERS = {"units_per_euro": "rate", **dict.fromkeys(("ecb_rate", "legal_rate", "contract_rate"), "interest")}
WIDTHS = {"date": 12, "amount": 14, "number": 12, "share": 12, "count": 12, "code": 15, "text": 26, "choice": 18,
          "flag": 10, "currency": 10, "country": 10, "terms": 22, "raw": 16}
# By column, or by table and column.
OWN_WIDTHS = {
    "client": 10, "name": 40, "client_name": 40, "vat_number": 20, "siret": 17, "drawee_iban": 30, "naf": 10,
    "legal_form": 19, "terms_method": 21, "insolvency_kind": 22, "language": 10, "address1": 32, "city": 28,
    "limit_reason": 50, "email": 52, "dunning_email": 58, "dispute_reason": 32, "proof_of_delivery": 33,
    "declared_on": 15, "received_on": 16, "regime": 20,
    "contract_rate": 18, "terms_of_sale_accepted_on": 16, "sales_forecast": 16,
    "peak_month_sales": 16, "limit_valid_until": 15, "external_date": 16, "accounts_confidential": 15,
    "max_extension": 20, "declare_within": 20, "notified_on": 15, "Securities.kind": 29,
    "ebit": 16, "intangibles": 17, "retained_earnings": 17, "depreciation": 17, "cash": 15, "tax_social_debt": 16,
    "accounts_contact": 24, "phone": 18, "sales_rep": 20, "level": 9, "invoices": 40, "file": 52, "note": 60,
}


def columns_of(table: str) -> list[ColumnSpec]:
    """The columns in their order."""
    first = FIRST.get(table, "").split()
    return [*(SCHEMA[table][name] for name in first),
            *(spec for name, spec in SCHEMA[table].items() if name not in first)]


def printed(table: str) -> int:
    """How many columns, from the left, are printed."""
    return len(FIRST.get(table, "").split()) or len(SCHEMA[table])


def width(spec: ColumnSpec) -> int:
    """The width in characters."""
    usual = OWN_WIDTHS.get(spec.name, WIDTHS[spec.type.partition(":")[0]])
    return OWN_WIDTHS.get(f"{spec.table}.{spec.name}", usual)


def number(spec: ColumnSpec) -> str:
    """The name of the number format; codes and texts are kept as text, leading zeros and all."""
    if spec.table == "Accounts" and spec.type == "amount":
        return "euros"
    return OWN_NUMBERS.get(spec.name) or NUMBERS.get(spec.type, "text")


def alignment(number_format: str) -> dict[str, Any]:
    """How headings and cells stand: numbers and dates on the right, texts on the left at some distance from them."""
    return {"align": "left", "indent": 1} if number_format == "text" else {"align": "right"}


def input_range(table: str, language: str) -> str:
    """The columns of a table that are read, headings included and totals row left out.

    >>> input_range("Plans", "fr")
    "Plans[[#Headers],[#Data],[Client]:[Montant de l''échéance]]"
    """
    first, *_, last = (_escaped(spec.label(language)) for spec in columns_of(table))
    return f"{in_excel(table)}[[#Headers],[#Data],[{first}]:[{last}]]"


def _escaped(header: str) -> str:
    """A heading inside a structured reference: an apostrophe stands before each character that means something."""
    return "".join(f"'{letter}" if letter in "'#[]@" else letter for letter in header)
