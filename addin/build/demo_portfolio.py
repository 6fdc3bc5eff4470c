"""Writes the demo portfolio: `python -m addin.build.demo_portfolio` rewrites `addin/build/demo`.

48 fictional clients of a fictional wholesaler on Friday 2026-11-20. The stories (`demo/stories/*.txt`) say
what is special about each, demo_traffic adds ordinary trade, demo_faults the dirty rows. The folder holds tables
only, so that it can be read whole; its folder `answers` holds `situations.csv`, what a worksheet function must answer
for each situation, worked out by hand from the rules, and `dirty_rows.csv`, where the faults are.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import udfs
from addin.build import demo_accounts, demo_clients, demo_identity
from addin.build.demo_faults import spoil
from addin.build.demo_ledger import Ledger, Row
from addin.build.demo_story import AS_OF, Story, read_all
from addin.build.demo_traffic import expanded

FOLDER = Path(__file__).parent / "demo"
ANSWERS = ("situations", "dirty_rows")
_SCHEMA = Path(udfs.__file__).parent / "tables" / "schema.csv"
_SIREN = demo_identity.siren(0)
_FIRM = {
    "company_name": "Comptoir de Valfictif",
    "company_form": "SAS au capital de 150 000 EUR",
    "company_address1": "12 quai des Exemples",
    "company_postcode": "69009",
    "company_city": "Lyon",
    "company_rcs": f"RCS Lyon {_SIREN[:3]} {_SIREN[3:6]} {_SIREN[6:]}",
    "company_vat_number": demo_identity.vat_number(_SIREN),
    "company_phone": "04 65 71 00 00",
    "company_email": "credit@valfictif.example.com",
    "company_iban": demo_identity.iban(0),
    "company_bic": "FICTFRPPXXX",
    "signatory_name": "Claire Montfaucon",
    "signatory_title": "Responsable crédit client",
    "account_411_balance": "426644.67",
}


def tables() -> dict[str, list[Row]]:
    """Every file of the demo by its name without .csv, rows in their order."""
    stories = read_all()
    ledger = Ledger([(story, expanded(story)) for story in stories])
    clients = [demo_clients.row(story) for story in stories]
    dirty = spoil(ledger, clients)
    return {
        **ledger.tables,
        "Clients": clients,
        "Accounts": [year for story in stories for year in _years(story)],
        "Rates": [{"currency": "USD", "date": AS_OF.isoformat(), "units_per_euro": "1.16"}],
        "Policy": [{"key": key, "value": value} for key, value in _FIRM.items()],
        "situations": [answer for story in stories for answer in _answers(story)],
        "dirty_rows": dirty,
    }


def path(name: str) -> Path:
    """Where one file lies: tables in the demo folder, answers in a folder of their own."""
    return (FOLDER / "answers" if name in ANSWERS else FOLDER) / f"{name}.csv"


def text(name: str, rows: list[Row]) -> str:
    """One file as csv: the columns in use, in the order of the schema."""
    order = _columns(name) or list(rows[0])
    used = [column for column in order if any(row.get(column) for row in rows)]
    strangers = {column for row in rows for column in row} - set(order)
    if strangers:
        raise ValueError(f"not columns of {name}: {', '.join(sorted(strangers))}")
    target = io.StringIO()
    writer = csv.DictWriter(target, used, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def write() -> list[Path]:
    """Rewrite every file; return them."""
    written = []
    for name, rows in sorted(tables().items()):
        target = path(name)
        target.parent.mkdir(exist_ok=True)
        target.write_text(text(name, rows), encoding="utf-8", newline="\n")
        written.append(target)
    return written


def _years(story: Story) -> list[Row]:
    return [year for line in story.lines if line.verb == "accounts"
            for year in demo_accounts.rows(story.client, line.words[0], line.words[1], line.values)]


def _answers(story: Story) -> list[Row]:
    """One row a check; a situation whose rule has no function yet keeps one row without."""
    answers = []
    for situation in story.situations:
        told = {"client": story.client, "situation": situation.code,
                "sentence_en": situation.en, "sentence_fr": situation.fr}
        answers += [
            {**told, "function": check.function, "argument": check.argument, "expected": check.expected}
            for check in situation.checks
        ] or [{**told, "function": "", "argument": "", "expected": ""}]
    return answers


def _columns(table: str) -> list[str]:
    with _SCHEMA.open(encoding="utf-8", newline="") as file:
        return [row["column"] for row in csv.DictReader(file) if row["table"] == table]


if __name__ == "__main__":
    for one in write():
        print(one.name)
