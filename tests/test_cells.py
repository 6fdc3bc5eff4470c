"""Cells as people and programs write them, and what each is read as; spellings in French and English."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from udfs.tables.amounts import read_amounts
from udfs.tables.dates import read_dates
from udfs.tables.raw import RawTable
from udfs.tables.reading import read_table
from udfs.tables.words import read_choices, read_codes, read_countries, read_currencies, read_flags

EMPTY = float("nan")


def only(found: tuple[np.ndarray, list[Any]]) -> Any:
    """The one value of a column of one cell; the code of its problem if it has one."""
    values, problems = found
    assert len(values) == 1
    return problems[0][1].code.removeprefix("issues.") if problems else values.tolist()[0]


@pytest.mark.parametrize(("written", "value"), [
    # Blanks of any kind between thousands, the currency before or behind.
    ("1234,56", 1234.56), ("1 234,56", 1234.56), ("1\u00a0234,56 €", 1234.56), ("1\u202f234,56\u00a0€", 1234.56),
    ("1\u2009234,56", 1234.56), ("1'234.56", 1234.56), ("1’234,56", 1234.56), ("€1,234.56", 1234.56),
    ("EUR 1 234,56", 1234.56), ("1 234,56 euros", 1234.56), ("  12  ", 12.0), ("1 234 567", 1234567.0),
    # The last of two different signs is the decimal one.
    ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("1.234.567,8", 1234567.8), ("1,234,567.8", 1234567.8),
    ("1.234.567", 1234567.0), ("1,234,567", 1234567.0), ("0,5", 0.5), ("0.5", 0.5), (",5", 0.5), ("12,", 12.0),
    ("0,125", 0.125), ("0.125", 0.125), ("1234,567", 1234.567),
    # Negative amounts and the sides of an account.
    ("-12,50", -12.5), ("\u221212,50", -12.5), ("12,50-", -12.5), ("(12,50)", -12.5), ("(-12,50)", -12.5),
    ("(12,50 €)", -12.5), ("- 12,50", -12.5), ("12,50 C", -12.5), ("12,50 Cr", -12.5), ("12,50 D", 12.5),
    ("12,50 DB", 12.5), ("+12,50", 12.5),
    # Thousands of euros, powers of ten.
    ("12 k€", 12000.0), ("12,5 K€", 12500.0), ("12,5 kEUR", 12500.0), ("1,5E3", 1500.0), ("2e-2", 0.02),
    # Digits of other scripts, marks that no eye sees.
    ("\u200e12,50", 12.5), ("\ufeff12,50\u200b", 12.5), ("١٢", 12.0),
    # Numbers.
    (12.5, 12.5), (12, 12.0), (Decimal("12.50"), 12.5), (np.float64(12.5), 12.5), (np.int32(12), 12.0), (0.0, 0.0),
    (-0.01, -0.01), (999_999_999_999.0, 999_999_999_999.0),
])
def test_amounts(written: Any, value: float) -> None:
    """One amount alone in its column."""
    assert only(read_amounts([written])) == value


@pytest.mark.parametrize("written", [None, "", " ", "\u00a0", float("nan"), Decimal("NaN"), "-", "–", "—", " - "])
def test_an_amount_that_is_not_there(written: Any) -> None:
    """Empty is not 0: it stays unknown and is no fault."""
    values, problems = read_amounts([written, 1.0])
    assert np.isnan(values[0])
    assert problems == []


@pytest.mark.parametrize("written", [
    "12O", "abc", "1 234,56,78", "1.23.456", "12,34,567", "12 €/h", "1/2", "10+5", "=1+1", "20 %", "--5", "(12", "12M€",
    "1e400", "1e12", "732 829 320 00074", "9" * 20, "9" * 5000, "²", "#", True, np.bool_(True), dt.date(2026, 11, 20),
    dt.time(12), b"12", [12], {}, 1j, float("inf"), float("-inf"), 1e12, -1e300, pytest.param(10**400, id="huge"),
    Decimal("1e400"), Decimal("Infinity")])
def test_what_is_no_amount(written: Any) -> None:
    """Refused, never guessed, never an exception."""
    assert only(read_amounts([written])) == "amount_unreadable"


@pytest.mark.parametrize(("column", "values", "assumed"), [
    # Alone, three digits behind a sign are thousands, and the user is told.
    (["1,234"], [1234.0], True),
    (["1.234"], [1234.0], True),
    (["12", "1,234", "7"], [12.0, 1234.0, 7.0], True),
    # Another amount of the column decides, in both directions.
    (["1,234", "0,50"], [1.234, 0.5], False),
    (["1,234", "0.50"], [1234.0, 0.5], False),
    (["1.234", "0.50"], [1.234, 0.5], False),
    (["1.234", "0,50"], [1234.0, 0.5], False),
    (["1.234", "2.345,00"], [1234.0, 2345.0], False),
    (["1,234", "2,345.00"], [1234.0, 2345.0], False),
    (["1,234", "1,234,567"], [1234.0, 1234567.0], False),
    (["1.234", "1.234.567"], [1234.0, 1234567.0], False),
    # The majority decides; as many for each decide nothing.
    (["1,234", "0,5", "0,6", "0.7"], [1.234, 0.5, 0.6, 0.7], False),
    (["1,234", "0,5", "0.7"], [1234.0, 0.5, 0.7], True),
    # More than three digits before the sign cannot be thousands.
    (["1234,567"], [1234.567], False),
    (["0,123"], [0.123], False),
    # Numbers beside texts decide nothing.
    (["1,234", 0.5], [1234.0, 0.5], True),
])
def test_the_decimal_sign_comes_from_the_whole_column(column: list[Any], values: list[float], assumed: bool) -> None:
    """A lone sign before three digits follows the other amounts; where nothing decides a warning says so."""
    found, problems = read_amounts(column)
    assert found.tolist() == values
    assert [problem.code for _, problem in problems] == ["issues.decimal_sign_assumed"] * assumed
    assert [column[row] for row, _ in problems] == ["1,234" if "1,234" in column else "1.234"] * assumed


@pytest.mark.parametrize(("written", "share"), [
    ("20 %", 0.2), ("20%", 0.2), ("20", 0.2), (20.0, 0.2), (0.2, 0.2), ("0,2", 0.2), ("5,5 %", 0.055), ("0,5 %", 0.005),
    ("100 %", 1.0), (100.0, 1.0), (1.0, 1.0), (0.0, 0.0), ("1 %", 0.01), ("2,15", 0.0215),
    (-0.2, "share_out_of_range"), ("150 %", "share_out_of_range"), (101.0, "share_out_of_range"),
    ("a fifth", "amount_unreadable"), (True, "amount_unreadable"), ("-", EMPTY),
])
def test_shares(written: Any, share: Any) -> None:
    """`20 %`, 20 and 0.20 are the same; 1 is the whole."""
    found = only(read_amounts([written], share=True))
    assert found == pytest.approx(share, nan_ok=True) if isinstance(share, float) else found == share


DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(("written", "day"), [
    # ISO, and the same with points and slashes; with a time behind.
    ("2026-11-20", DAY), ("2026/11/20", DAY), ("2026.11.20", DAY), ("2026-11-20 14:30", DAY),
    ("2026-11-20T14:30:59.123Z", DAY), ("2026-11-20T14:30:00+02:00", DAY), ("20261120", DAY), (20261120.0, DAY),
    # Day first, as a 20 can only be a day.
    ("20/11/2026", DAY), ("20-11-2026", DAY), ("20.11.26", DAY), ("20 11 2026", DAY), ("20/11/2026 8:05", DAY),
    ("20/11/2026 14h30", DAY), ("20112026", DAY), ("\u200e20/11/2026", DAY),
    # In words.
    ("20 novembre 2026", DAY), ("20 nov. 2026", DAY), ("20-Nov-26", DAY), ("vendredi 20 novembre 2026", DAY),
    ("Friday, 20 November 2026", DAY), ("Nov 20, 2026", DAY), ("November 20 2026", DAY), ("20 Nov 2026", DAY),
    ("1er décembre 2026", dt.date(2026, 12, 1)), ("3 août 2026", dt.date(2026, 8, 3)),
    ("3 aout 2026", dt.date(2026, 8, 3)), ("15 févr. 2026", dt.date(2026, 2, 15)), ("2 May 2026", dt.date(2026, 5, 2)),
    ("1st March 2026", dt.date(2026, 3, 1)),
    # Serials of Excel: 61 is the first that means what it says.
    (46346.0, DAY), (46346.99, DAY), (46346, DAY), ("46346", DAY), (61.0, dt.date(1900, 3, 1)),
    (45351.0, dt.date(2024, 2, 29)), (109574.0, dt.date(2199, 12, 31)), (Decimal(46346), DAY),
    # Dates of programs.
    (DAY, DAY), (dt.datetime(2026, 11, 20, 14, 30), DAY), (np.datetime64("2026-11-20"), DAY),
    (np.datetime64("2026-11-20T14:30"), DAY),
    # Years of two digits: up to 79 they are of this century.
    ("20/11/79", dt.date(2079, 11, 20)), ("20/11/80", dt.date(1980, 11, 20)), ("29/02/2024", dt.date(2024, 2, 29)),
    # What stands for no date.
    (0.0, None), ("00/00/0000", None), ("0", None), ("-", None), ("  /  /    ", None), ("1900-01-00", None),
    (None, None), ("", None), (float("nan"), None), (np.datetime64("NaT"), None),
    # Days that do not exist, and what is no date.
    ("31/02/2026", "no_such_day"), ("29/02/2025", "no_such_day"), ("2026-13-01", "no_such_day"),
    ("32/01/2026", "no_such_day"), ("99999999", "no_such_day"), (60.0, "date_unreadable"), (-1.0, "date_unreadable"),
    (109575.0, "date_unreadable"), (2958465.0, "date_unreadable"), ("31/12/9999", "date_unreadable"),
    ("20/11/0026", "date_unreadable"), (dt.datetime(9999, 12, 31), "date_unreadable"), ("soon", "date_unreadable"),
    ("14:30", "date_unreadable"), ("20/11", "date_unreadable"), ("T4 2026", "date_unreadable"),
    (True, "date_unreadable"), (dt.time(12), "date_unreadable"), pytest.param(10**400, "date_unreadable", id="huge"),
    (float("inf"), "date_unreadable"),
    ("2" * 5000, "date_unreadable"), ("t" * 5000, "date_unreadable"), (b"2026-11-20", "date_unreadable"),
    ("20 brumaire 2026", "no_such_day"), ("{date:date}", "date_unreadable"),
])
def test_dates(written: Any, day: Any) -> None:
    """One date alone in its column, day first where both would do."""
    assert only(read_dates([written], "day_first")) == day


@pytest.mark.parametrize(("written", "day_first", "month_first"), [
    ("03/04/2026", dt.date(2026, 4, 3), dt.date(2026, 3, 4)), ("3-4-26", dt.date(2026, 4, 3), dt.date(2026, 3, 4)),
    ("04/04/2026", dt.date(2026, 4, 4), dt.date(2026, 4, 4)), ("04/20/2026", "no_such_day", dt.date(2026, 4, 20)),
    ("20/04/2026", dt.date(2026, 4, 20), "no_such_day"), ("2026-03-04", dt.date(2026, 3, 4), dt.date(2026, 3, 4)),
    ("3 avril 2026", dt.date(2026, 4, 3), dt.date(2026, 4, 3)),
])
def test_both_orders_of_day_and_month(written: str, day_first: Any, month_first: Any) -> None:
    """Only figures that read both ways depend on the order."""
    assert only(read_dates([written], "day_first")) == day_first
    assert only(read_dates([written], "month_first")) == month_first


@pytest.mark.parametrize(("dates", "dues", "read", "issues"), [
    # The column proves its own order.
    (["03/04/2026", "20/04/2026"], ["2026-12-31"] * 2, ["2026-04-03", "2026-04-20"], []),
    (["03/04/2026", "04/20/2026"], ["2026-12-31"] * 2, ["2026-03-04", "2026-04-20"], []),
    # Another date column of the table proves it.
    (["03/04/2026", "05/06/2026"], ["20/12/2026"] * 2, ["2026-04-03", "2026-06-05"], []),
    (["03/04/2026", "05/06/2026"], ["12/20/2026"] * 2, ["2026-03-04", "2026-05-06"], []),
    # Nothing proves it: day first, and one warning for the column.
    (["03/04/2026", "05/06/2026"], ["2026-12-31"] * 2, ["2026-04-03", "2026-06-05"], ["date_order_assumed"]),
    (["04/04/2026", "05/05/2026"], ["2026-12-31"] * 2, ["2026-04-04", "2026-05-05"], []),
    # Both orders are proven: what reads both ways is refused, what does not is read.
    (["20/04/2026", "04/20/2026", "03/04/2026"], ["2026-12-31"] * 3, ["2026-04-20", "2026-04-20"],
     ["date_reads_both_ways"]),
    # Two columns prove different orders: each keeps its own.
    (["20/04/2026", "03/04/2026"], ["12/20/2026", "11/10/2026"], ["2026-04-20", "2026-04-03"], []),
    # One American date in a column of ten French ones is a slip of the pen.
    ([*(f"{day}/04/2026" for day in range(13, 23)), "04/20/2026", "03/04/2026"], ["2026-12-31"] * 12,
     [*(f"2026-04-{day}" for day in range(13, 23)), "2026-04-03"], ["no_such_day"]),
])
def test_the_order_of_day_and_month_comes_from_the_table(dates: list[str], dues: list[str], read: list[str],
                                                         issues: list[str]) -> None:
    """First the column, then the other date columns, then day first with a warning."""
    rows = [["client", "invoice", "date", "due date", "amount"],
            *(["C1", f"F{place}", day, due, 1.0] for place, (day, due) in enumerate(zip(dates, dues, strict=True)))]
    table = read_table(RawTable(rows))
    assert table["date"].astype(str).tolist() == read
    assert [issue.code.removeprefix("issues.") for issue in table.issues] == issues


@pytest.mark.parametrize(("kind", "code", "spellings"), [
    ("invoice_kind", "invoice", ["Facture", "FAC", "fact.", "INVOICE", "Fa", "facture de vente"]),
    ("invoice_kind", "credit_note", ["Avoir", "AV", "Credit note", "credit-note", "note de crédit", "NOTE DE CREDIT"]),
    ("invoice_kind", "deposit_invoice", ["Acompte", "facture d'acompte", "Facture d’acompte", "Deposit invoice"]),
    ("invoice_kind", "payment", ["Règlement", "reglement", "Payment", "encaissement"]),
    ("invoice_kind", "bill", ["LCR", "effet", "Traite", "bill of exchange"]),
    ("means", "transfer", ["Virement", "VIR", "SEPA", "bank transfer"]),
    ("means", "cheque", ["Chèque", "CHQ", "check", "cheque"]),
    ("means", "direct_debit", ["Prélèvement", "prlv", "SDD", "direct debit"]),
    ("means", "note", ["Billet à ordre", "BAO", "promissory note"]),
    ("legal_form", "limited", ["SARL", "S.A.R.L.", "sas", "Ltd", "GmbH"]),
    ("legal_form", "corporation", ["SA", "S.A.", "plc", "AG"]),
    ("buyer_type", "public", ["Mairie", "collectivité", "public body"]),
    ("buyer_type", "consumer", ["Particulier", "B2C"]),
    ("insolvency_kind", "receivership", ["Redressement judiciaire", "RJ", "receivership"]),
    ("insolvency_kind", "liquidation", ["Liquidation judiciaire", "LJ", "faillite"]),
    ("security_kind", "surety", ["Caution bancaire", "surety"]),
    ("security_kind", "first_demand_guarantee", ["Garantie à première demande", "GAPD"]),
    ("dunning_kind", "formal_notice", ["Mise en demeure", "formal notice", "MED"]),
    ("journal_event", "promise_broken", ["Promesse non tenue", "broken promise"]),
    ("terms_method", "DAYS_THEN_EOM", ["jours puis fin de mois", "days then EOM", "A"]),
    ("language", "fr", ["Français", "francais", "FR", "fr-FR", "French"]),
    ("language", "en", ["Anglais", "EN", "English"]),
    ("date_order", "month_first", ["mois/jour", "MM/DD/YYYY", "month first"]),
])
def test_choices(kind: str, code: str, spellings: list[str]) -> None:
    """Words of both languages, whatever their case, accents and punctuation; the code itself always."""
    assert [only(read_choices([spelling], kind)) for spelling in [code, f" {code} ", *spellings]] == [code] * (
        len(spellings) + 2)
    assert only(read_choices(["odd"], kind)) == "unknown_choice"
    assert only(read_choices([None], kind)) == only(read_choices(["-"], kind)) == ""


@pytest.mark.parametrize(("written", "flag"), [
    *((yes, True) for yes in ("oui", "OUI", "o", "yes", "Y", "x", "X", "1", 1.0, True, "vrai", "TRUE", np.bool_(True))),
    *((no, False) for no in ("non", "Non", "n", "no", "0", 0.0, False, "faux", "FALSE", "", None, " ", "-", "sans")),
    *((odd, "flag_unreadable") for odd in ("perhaps", "?", 2.0, "oui/non", dt.date(2026, 11, 20))),
    ("#N/A", "error_cell"), (-2146826246, "error_cell"),
])
def test_flags(written: Any, flag: Any) -> None:
    """Yes, no or empty, which is no."""
    assert only(read_flags([written])) == flag


@pytest.mark.parametrize(("written", "code"), [
    ("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("Euros", "EUR"), (" usd ", "USD"), ("$", "USD"), ("US$", "USD"),
    ("£", "GBP"), ("CHF", "CHF"), ("", ""), (None, ""), ("-", ""), ("bananas", "currency_unreadable"),
    ("E", "currency_unreadable"), ("12€", "currency_unreadable"), (978.0, "currency_unreadable"),
    ("ÉUR", "currency_unreadable"),
])
def test_currencies(written: Any, code: str) -> None:
    """Three letters, or the sign."""
    assert only(read_currencies([written])) == code


@pytest.mark.parametrize(("written", "code"), [
    ("FR", "FR"), ("fr", "FR"), ("France", "FR"), ("FRANCE", "FR"), ("Allemagne", "DE"), ("Germany", "DE"),
    ("Deutschland", "DE"), ("Royaume-Uni", "GB"), ("United Kingdom", "GB"), ("UK", "GB"), ("EL", "GR"),
    ("Angleterre", "GB"), ("Pays-Bas", "NL"), ("Espagne", "ES"), ("España", "ES"), ("États-Unis", "US"),
    ("USA", "US"), ("Belgique", "BE"),
    ("", ""), ("-", ""), ("Narnia", "Narnia"),
])
def test_countries(written: str, code: str) -> None:
    """Two letters, or the name in a usual language; another text is kept as it is."""
    assert only(read_countries([written])) == code


@pytest.mark.parametrize(("written", "code"), [
    ("C001 ", "C001"), ("\u00a0C001", "C001"), ("00123", "00123"), (411001.0, "411001"), (411001, "411001"),
    (Decimal("411001.00"), "411001"), (1.5, "1.5"), (1e20, "100000000000000000000"), (True, "1"),
    (dt.datetime(2026, 11, 20), "2026-11-20"), ("c 001", "c 001"), ("", ""), (None, ""),
    pytest.param(10**5000, "<int>", id="huge"), ("#REF!", "error_cell"), ("#réf!", "#réf!"),
    (-2146826265, "error_cell"), (-2146826230, "error_cell"),
    (-2146826188, "-2146826188"), ([1, 2], "[1, 2]"),
])
def test_codes(written: Any, code: str) -> None:
    """Trimmed and otherwise as they are; a number loses its .0, leading zeros stay."""
    assert only(read_codes([written])) == code
