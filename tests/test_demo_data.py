"""The demo portfolio is complete, coherent, fictional, and the same at each building."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import holidays
import pytest

from addin.build import demo_portfolio

FOLDER = Path(demo_portfolio.__file__).parent / "demo"
AS_OF = date(2026, 11, 20)

# DESIGN 7, last bullet; "reminder" levels, the two bounced cheques and the promises are told apart
SITUATIONS = {
    "capacity_28000", "exposure_66500", "overtrading_a", "provisional_b", "new_client",
    "confidential_accounts", "old_accounts", "negative_equity", "seasonal_peak", "group_over_limit",
    "same_siren_twice", "granted_zero", "granted_empty", "granted_expired", "exactly_at_limit",
    "credit_note", "unallocated_payment", "deposits", "lcr_open", "lcr_bounced", "cheque_bounced_funds",
    "cheque_bounced_signature", "cheque_lost", "part_payments", "instalments", "retention",
    "partly_invoiced_order", "factored", "usd", "credit_balance", "reminder_1", "reminder_2",
    "reminder_3", "formal_notice", "promise_kept", "promise_broken", "promise_future", "dispute",
    "plan", "public_buyer", "hospital", "german_client", "fdm_45_a", "fdm_45_b", "term_over_maximum",
    "transport_time_bar", "receivership", "cover_cut", "declaration_due", "guarantee_expiring",
    "never_pays", "drifting",
}
FUNCTIONS = {"CREDIT_RATING", "CREDIT_EVIDENCE", "CREDIT_LIMIT", "LIMIT_BINDING", "CREDIT_EXPOSURE",
             "CREDIT_HEADROOM", "CREDIT_OVERDUE", "CREDIT_DECISION"}


def table(name: str) -> list[dict[str, str]]:
    with demo_portfolio.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dirty(outcome: str = "") -> set[int]:
    """Positions in Invoices of the rows declared dirty."""
    return {int(row["row"]) - 2 for row in table("dirty_rows")
            if row["table"] == "Invoices" and outcome in row["outcome"]}


def used_invoices() -> list[dict[str, str]]:
    refused = dirty("refused")
    return [row for position, row in enumerate(table("Invoices")) if position not in refused]


@pytest.mark.parametrize("name", sorted(demo_portfolio.tables()))
def test_the_committed_files_are_what_the_generator_writes(name):
    committed = demo_portfolio.path(name).read_text(encoding="utf-8")
    assert demo_portfolio.text(name, demo_portfolio.tables()[name]) == committed


def test_nothing_else_lies_in_the_folder_and_answers_are_apart():
    """The folder is given to beginners as sample files: whatever stands in it is read as a table."""
    answers = {"situations", "dirty_rows"}
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(demo_portfolio.tables()) - answers
    assert {path.stem for path in (FOLDER / "answers").iterdir()} == answers


def test_48_named_clients_and_about_400_invoices():
    clients = table("Clients")
    assert [row["client"] for row in clients] == [f"C{number:03d}" for number in range(1, 49)]
    assert len({row["name"] for row in clients}) == 48
    assert Counter(row["country"] for row in clients) == {"FR": 46, "DE": 1, "US": 1}
    assert len({(row["client"], row["invoice"]) for row in used_invoices()}) == 415
    assert AS_OF.strftime("%A") == "Friday"


def test_every_situation_has_its_client_and_a_sentence_in_both_languages():
    clients = {row["client"] for row in table("Clients")}
    rows = table("situations")
    assert {row["situation"] for row in rows} == SITUATIONS
    assert {row["client"] for row in rows} <= clients
    assert all(row["sentence_en"].endswith(".") and row["sentence_fr"].endswith(".") for row in rows)
    owners = Counter(code for code, _ in {(row["situation"], row["client"]) for row in rows})
    assert {code: count for code, count in owners.items() if count > 1} == {
        "group_over_limit": 3, "same_siren_twice": 2}


def test_a_situation_is_answered_by_a_function_or_waits_for_its_rule():
    rows = table("situations")
    assert {row["function"] for row in rows} - {""} == FUNCTIONS
    assert all(bool(row["function"]) == bool(row["expected"]) for row in rows)
    waiting = {row["situation"] for row in rows if not row["function"]}
    assert waiting == {
        "group_over_limit", "same_siren_twice", "retention", "factored", "promise_kept", "promise_future",
        "plan", "public_buyer", "hospital", "term_over_maximum", "transport_time_bar", "cover_cut",
        "declaration_due", "guarantee_expiring"}


def luhn(digits: str) -> bool:
    doubled = str.maketrans("0123456789", "0246813579")
    return sum(map(int, digits[-1::-2])) % 10 == -sum(map(int, digits[-2::-2].translate(doubled))) % 10


def mod_97(iban: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97


def test_company_numbers_are_valid_in_form_and_fictional():
    assert luhn("732829320")
    assert not luhn("123456789")
    french = [row for row in table("Clients") if row["country"] == "FR"]
    for row in french:
        assert re.fullmatch(r"00\d{7}", row["siren"])  # no SIREN given so far starts with 0
        assert luhn(row["siren"])
        assert row["siret"].startswith(row["siren"])
        assert luhn(row["siret"])
        key = (12 + 3 * (int(row["siren"]) % 97)) % 97
        assert row["vat_number"] in (f"FR{key:02d}{row['siren']}", "")
    twins = Counter(row["siren"] for row in french)
    assert [row["client"] for row in french if twins[row["siren"]] > 1] == ["C013", "C014"]
    assert len({row["siret"] for row in french}) == 46


def test_bank_accounts_telephones_and_mailboxes_are_those_of_nobody():
    assert mod_97("FR7630006000011234567890189") == 1
    clients = table("Clients")
    policy = {row["key"]: row["value"] for row in table("Policy")}
    ibans = [policy["company_iban"], *(row["drawee_iban"] for row in clients if row["means"] == "LCR")]
    assert len(ibans) == 3
    assert all(len(iban) == 27 and iban[4:9] == "99999" and mod_97(iban) == 1 for iban in ibans)
    french = r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \d\d \d\d"
    fiction = re.compile(rf"{french}|\+1 555 01\d\d|\+49 30 23125 \d{{3}}")
    assert all(fiction.fullmatch(row["phone"]) for row in clients)
    mailboxes = [row[column] for row in clients for column in ("email", "dunning_email")]
    assert all(re.fullmatch(r"[a-z-]+@example\.(com|org)", mailbox) for mailbox in mailboxes)
    assert luhn(re.sub(r"\D", "", policy["company_rcs"]))


def test_the_eight_dirty_rows_are_where_the_register_says():
    tables = {"Invoices": table("Invoices"), "Clients": table("Clients")}
    found = {(entry["what"], entry["outcome"]): tables[entry["table"]][int(entry["row"]) - 2][entry["column"]]
             for entry in table("dirty_rows")}
    duplicate = found.pop(("duplicate_row", "refused"))
    assert found == {
        ("impossible_date", "refused"): "31/02/2026",
        ("unreadable_amount", "refused"): "voir avoir",
        ("unknown_kind", "refused"): "pro forma",
        ("currency_without_rate", "refused"): "CHF",
        ("total_row", "refused"): "TOTAL",
        ("unknown_client", "warning"): "C099",
        ("unreadable_date", "warning"): "vers 2009",
    }
    first, second = (row for row in tables["Invoices"] if row["invoice"] == duplicate)
    assert first == second


def test_every_other_row_is_clean():
    kinds = {"invoice", "credit_note", "deposit_invoice"}
    spoilt = dirty()
    clean = [row for position, row in enumerate(table("Invoices")) if position not in spoilt]
    assert all(date.fromisoformat(row["date"]) <= AS_OF and Decimal(row["amount"]) > 0 for row in clean)
    assert {row["kind"] for row in clean} == kinds
    assert {row["currency"] for row in clean} == {"", "USD"}
    assert {row["currency"] for row in table("Rates")} == {"USD"}
    identities = Counter((row["client"], row["invoice"], row["due_date"]) for row in clean)
    assert set(identities.values()) == {1}


def test_what_names_a_client_an_invoice_or_an_order_finds_it():
    clients = {row["client"] for row in table("Clients")}
    invoices = {(row["client"], row["invoice"]) for row in used_invoices()}
    orders = {(row["client"], row["order"]) for row in table("Orders")}
    for name in ("Payments", "Orders", "Plans", "Securities", "Accounts", "Letters", "Journal"):
        for row in table(name):
            assert row["client"] in clients
            named = row.get("invoices") or (row.get("invoice") if name != "Letters" else "") or ""
            assert all((row["client"], number) in invoices for number in named.split("; ") if number)
            assert name == "Orders" or not row.get("order") or (row["client"], row["order"]) in orders
    assert all((row["client"], row["order"]) in orders for row in used_invoices() if row["order"])


def test_documents_are_numbered_without_a_gap_in_the_order_of_their_dates():
    dated = sorted({(row["invoice"], row["date"]) for row in table("Invoices") if row["invoice"]})
    for series in ("FA2025", "FA2026", "AV2026", "AC2026"):
        numbers = [int(number[-4:]) for number, _ in dated if number.startswith(series)]
        assert numbers == list(range(1, len(numbers) + 1))
    days = [day for number, day in dated if number.startswith("FA") and day != "31/02/2026"]
    assert days == sorted(days)


def test_firms_invoice_and_banks_pay_on_working_days_and_the_last_payment_is_of_yesterday():
    closed = holidays.country_holidays("FR", years=(2025, 2026))
    days = [date.fromisoformat(row["date"]) for row in table("Payments")]
    days += [date.fromisoformat(row["date"]) for row in used_invoices()]
    assert [day for day in days if day.weekday() >= 5 or day in closed] == []
    assert max(row["date"] for row in table("Payments")) == "2026-11-19"
    written = [row["date"] for name in ("Letters", "Journal", "Orders") for row in table(name)]
    assert max(written) < AS_OF.isoformat()


def test_no_payment_exceeds_its_invoice():
    billed, received = defaultdict(Decimal), defaultdict(Decimal)
    for row in used_invoices():
        billed[row["invoice"]] += Decimal(row["amount"]) - Decimal(row["paid"] or 0)
    for row in table("Payments"):
        if row["invoice"] and not row["bounced_on"]:
            received[row["invoice"]] += Decimal(row["amount"])
    assert [number for number, amount in received.items() if amount > billed[number]] == []


def test_account_411_stands_at_426_644_67():
    """Open invoices less credit notes and unallocated receipts; USD at 1.16; a bill settles its invoice."""
    billed, credited, received, unallocated = Decimal(0), Decimal(0), Decimal(0), Decimal(0)
    for row in used_invoices():
        rest = Decimal(row["amount"]) - Decimal(row["paid"] or 0)
        rest /= Decimal("1.16") if row["currency"] == "USD" else 1
        if row["kind"] == "credit_note":
            credited += rest
        else:
            billed += rest
    for row in table("Payments"):
        if row["invoice"] and not row["bounced_on"]:
            received += Decimal(row["amount"])
        elif not row["invoice"] and not row["order"]:
            unallocated += Decimal(row["amount"])
    assert (billed - received, credited, unallocated) == (Decimal("437344.67"), Decimal(4700), Decimal(6000))
    assert billed - received - credited - unallocated == Decimal("426644.67")
    policy = {row["key"]: row["value"] for row in table("Policy")}
    assert policy["account_411_balance"] == "426644.67"


def test_each_step_of_the_ladder_has_a_client_whose_letters_lead_to_it():
    sent = defaultdict(list)
    for row in table("Letters"):
        sent[row["client"]].append((row["level"], (AS_OF - date.fromisoformat(row["date"])).days))
    assert sent["C030"] == []
    assert sent["C031"] == [("1", 15)]
    assert sent["C032"] == [("1", 24), ("2", 11)]
    assert sent["C033"] == [("1", 73), ("2", 45), ("3", 22)]
    assert sent["C021"] == [("1", 7)]  # too recent for another
    paid = {row["invoice"] for row in table("Payments")}
    late = {row["client"]: (AS_OF - date.fromisoformat(row["due_date"])).days for row in used_invoices()
            if row["client"] in ("C030", "C031", "C032", "C033") and row["invoice"] not in paid
            and row["due_date"] < "2026-11-20"}
    assert late == {"C030": 12, "C031": 25, "C032": 34, "C033": 85}


def test_yearly_accounts_balance():
    for row in table("Accounts"):
        figure = {name: int(value) for name, value in row.items() if name not in ("client", "year_end")}
        assert abs(figure["fixed_assets"] + figure["current_assets"] - figure["total_assets"]) <= 1
        assert abs(figure["equity"] + figure["total_debt"] - figure["total_assets"]) <= 1
        assert abs(figure["stocks"] + figure["receivables"] + figure["cash"] - figure["current_assets"]) <= 2
        assert figure["intangibles"] <= figure["fixed_assets"]
        assert figure["trade_payables"] + figure["tax_social_debt"] <= figure["current_debt"]
