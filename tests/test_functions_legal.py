"""DUE_LEGAL_MAX and DUE_CHECK at the border with the sheet, and the sentence that CREDIT_WHY tells of them."""

import datetime as dt

import numpy as np
import pytest

from udfs import CREDIT_WHY, DUE_CHECK, DUE_DATE, DUE_LEGAL_MAX
from udfs.book.book import Book
from udfs.errors import NotAvailable, WrongArgument
from udfs.tables.raw import RawTable

D = dt.date
OWN_LAW = [["rule", "regime", "from date", "to date", "days", "counted from", "end of", "end of month days", "article"],
           ["general_2027", "general", "2027-01-01", "", 45, "receipt", "", "", "C.com L441-10 I (2027)"],
           ["transport_2019", "transport", "2019-04-26", "2026-12-31", 21, "", "", "", ""]]


@pytest.fixture(scope="module")
def book():
    invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-01-15", 100]]
    return Book("2026-11-20", [RawTable(invoices), RawTable(OWN_LAW, "LegalTerms"),
                               RawTable([["key", "value"], ["language", "fr"],
                                         ["end_of_month_method", "EOM_THEN_DAYS"]], "Policy")])


# Scalars

@pytest.mark.parametrize(("arguments", "day"), [
    (("2025-01-15",), D(2025, 3, 16)), (("2025-01-15", ""), D(2025, 3, 16)), ((45_672.0, "general"), D(2025, 3, 16)),
    (("15/01/2025", "droit commun"), D(2025, 3, 16)), (("2025-01-15", "Sans clause"), D(2025, 2, 14)),
    (("2025-03-31", "produits périssables", "2025-03-04"), D(2025, 4, 3)),
    (("2025-03-31", "perishable_periodic", "2025-03-04"), D(2025, 4, 9)),
    (("2025-03-31", "Bétail", "2025-03-04"), D(2025, 3, 24)), (("2025-03-10", "spirits", "2025-03-04"), D(2025, 4, 30)),
    (("2025-01-15", None, None, "45 jours fin de mois"), D(2025, 3, 31)),
    (("2025-01-15", None, None, "fin de mois 45 jours"), D(2025, 3, 17)),
    (("2026-01-28", "acheteur public", None, None, "2026-02-02"), D(2026, 3, 4)),
    (("2026-01-28", "hôpital", None, None, "2026-02-02"), D(2026, 3, 24))])
def test_the_latest_lawful_due_date(arguments, day):
    assert DUE_LEGAL_MAX(*arguments) == day


@pytest.mark.parametrize(("arguments", "days"), [
    (("2025-01-15", "2025-03-16"), 0), (("2025-01-15", "2025-02-14"), -30), (("2025-01-15", "2025-03-31"), 15),
    (("2025-01-15", "2025-03-31", "45 jours fin de mois"), 0), (("2025-01-15", "2025-03-31", "60 jours"), 15),
    (("2025-01-15", "2025-03-31", "60 jours fin de mois"), 15), (("2025-01-30", "2025-03-31", "60 j FDM"), 0),
    (("2025-01-15", "2025-03-16", None, "transport"), 30), (("2025-01-15", "2025-03-16", "", "TRANSPORT"), 30),
    (("2025-03-10", "2025-04-10", None, "périssable", "2025-03-04"), 7),
    (("2026-01-28", "2026-03-05", None, "public", None, "2026-02-02"), 1)])
def test_days_beyond_the_latest_lawful_due_date(arguments, days):
    found = DUE_CHECK(*arguments)
    assert found == days
    assert type(found) is int


def test_a_bill_of_60_days_that_a_bank_holiday_moves_is_lawful():
    assert DUE_CHECK("2025-01-15", DUE_DATE("2025-01-15", "LCR 60 jours"), "LCR 60 jours") <= 0


@pytest.mark.parametrize(("arguments", "error", "sentence"), [
    (("2027-01-01",), NotAvailable, r'regime "general" on 1 Jan 2027: the last row ends on 31 Dec 2026'),
    (("2008-01-01",), NotAvailable, r"the first row starts on 1 Jan 2009"),
    (("2026-01-01", "none"), NotAvailable, r'The regime "none" has no legal maximum'),
    (("2026-01-01", "vrac"), WrongArgument, r'"vrac" is not known here\. Write one of: general, no_clause'),
    (("2026-01-01", "general", "hier"), WrongArgument, r'"hier" is not a date'),
    (("2026-01-01", None, None, "bientôt"), WrongArgument, r'"bientôt" is not a payment term'),
    (("31/02/2026",), WrongArgument, r'"31/02/2026" is not a date'), ((None,), WrongArgument, r"invoice_date is empty"),
    (("#REF!",), NotAvailable, r"the error #REF!"), (("2026-01-01", "#N/A"), NotAvailable, r"the error #N/A")])
def test_what_has_no_answer_is_told(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        DUE_LEGAL_MAX(*arguments)


def test_a_check_needs_a_due_date():
    with pytest.raises(WrongArgument, match="due_date is empty"):
        DUE_CHECK("2026-01-01", "")


# Columns

def test_columns_keep_their_shape_and_a_row_carries_its_error():
    dates = [["2025-01-15"], ["2027-01-15"], ["hier"], ["2025-01-15"]]
    found = DUE_LEGAL_MAX(dates, [["general"], ["général"], [""], ["transport"]])
    assert [row[0] for row in (found[0], found[3])] == [D(2025, 3, 16), D(2025, 2, 14)]
    assert [type(row[0]).__name__ for row in found[1:3]] == ["NoMaximum", "WrongArgument"]
    assert DUE_CHECK(dates[:1], [["2025-03-17"]]) == [[1]]
    assert DUE_CHECK("2025-01-15", [["2025-03-17"], ["2025-03-15"]]) == [[1], [-1]]
    assert DUE_CHECK(["2025-01-15", "2025-01-16"], ["2025-03-16", "2025-03-16"]) == [0, -1]
    assert DUE_LEGAL_MAX(np.array(["2025-01-15"], "datetime64[D]")) == [D(2025, 3, 16)]
    assert DUE_LEGAL_MAX("2025-01-15", terms=[["60 jours"], ["45 jours fin de mois"]]) == [
        [D(2025, 3, 16)], [D(2025, 3, 31)]]
    assert DUE_LEGAL_MAX([]) == []
    with pytest.raises(WrongArgument, match="3 and 2 rows"):
        DUE_CHECK(["2025-01-15"] * 3, ["2025-01-15"] * 2)


# The law of a Book

def test_the_rows_of_the_book_extend_and_replace_the_law(book):
    assert DUE_LEGAL_MAX("2027-01-15", receipt_date="2027-01-20", book=book) == D(2027, 3, 6)
    assert DUE_LEGAL_MAX("2026-01-15", "transport", book=book) == D(2026, 2, 5)
    assert DUE_LEGAL_MAX("2026-01-15", book=book) == D(2026, 3, 16)
    assert DUE_CHECK("2026-01-15", "2026-02-06", regime="transport", book=book) == 1


def test_the_policy_of_the_book_says_how_an_open_end_of_month_is_counted(book):
    """31/01/2025 and 45 days."""
    assert DUE_LEGAL_MAX("2025-01-15", terms="45 jours fin de mois", book=book) == D(2025, 3, 17)


# Why

def test_why_a_due_date_is_lawful_or_not():
    assert CREDIT_WHY("DUE_LEGAL_MAX", "2025-01-15") == (
        'Latest lawful due date: 16 Mar 2025, 60 days from the invoice of 15 Jan 2025 '
        '(C.com L441-10 I, regime "general").')
    assert CREDIT_WHY("DUE_CHECK", "2025-01-15", "2025-03-31") == (
        'Latest lawful due date: 16 Mar 2025, 60 days from the invoice of 15 Jan 2025 '
        '(C.com L441-10 I, regime "general"). The due date 31 Mar 2025 is 15 days beyond it. '
        "It would be lawful if 45 days end of month is in the contract. The fine (C.com L441-16; CCP L2192-15 for "
        "public companies) is mainly the payer’s; the seller risks it for missing mentions or a clause that delays "
        "the start.")
    assert CREDIT_WHY("DUE_CHECK", "2025-01-15", "2025-03-31", "45 jours fin de mois") == (
        'Latest lawful due date: 31 Mar 2025, 45 days end of month, as contracted, from the invoice of 15 Jan 2025 '
        '(C.com L441-10 I, regime "general"). The due date 31 Mar 2025 is lawful: it is that day.')
    assert CREDIT_WHY("DUE_CHECK", "2025-01-15", "2025-03-15").endswith(
        "The due date 15 Mar 2025 is lawful, 1 day before it.")


@pytest.mark.parametrize(("arguments", "part"), [
    (("2025-01-15", "2025-04-01"), "is 16 days beyond it. The fine"),  # beyond any end-of-month clause
    (("2025-01-15", "2025-03-31", None, "transport"), "is 45 days beyond it. The fine"),
    (("2026-01-28", "2026-03-05", None, "public", None, "2026-02-02"),
     "30 days from the receipt of the invoice on 2 Feb 2026 (CCP R2192-10"),
    (("2026-01-28", "2026-03-05", None, "public"),
     "30 days from the invoice of 28 Jan 2026, in place of its receipt, which is not given"),
    (("2026-01-28", "2026-03-05", None, "public"), "No fine is set; interest runs"),
    (("2025-03-31", "2025-04-09", None, "perishable periodic", "2025-03-04"),
     "30 days from the end of the ten-day period of the delivery of 4 Mar 2025"),
    (("2025-03-31", "2025-04-09", None, "spirits", "2025-03-04"),
     "30 days from the end of the month of the delivery of 4 Mar 2025"),
    (("2025-01-15", "2025-04-09", None, "leather"), "54 days end of month"),
    (("2025-01-15", "2025-03-17", "LCR 60 jours"), "17 Mar 2025, 60 days from"),
    (("2027-01-15", "2027-04-09"), "the last row ends on 31 Dec 2026"),
    (("2025-01-15", "2025-04-09", None, "vrac"), '"vrac" is not known here')])
def test_why_names_the_rule_and_what_it_counts_from(arguments, part):
    assert part in CREDIT_WHY("DUE_CHECK", *arguments)


def test_why_in_the_language_of_the_book(book):
    assert CREDIT_WHY("DUE_CHECK", "2025-01-15", "2025-03-31", None, None, None, None, book) == (
        "Échéance légale la plus tardive : 16/03/2025, soit 60 jours à compter de la facture du 15/01/2025 (C.com "
        "L441-10 I, régime « droit commun »). L’échéance du 31/03/2025 la dépasse de 15 jours. Elle serait licite si "
        "« 45 jours fin de mois » figurait au contrat. L’amende (C.com L441-16 ; CCP L2192-15 pour une entreprise "
        "publique) vise surtout celui qui paie ; le vendeur la risque pour des mentions manquantes ou une clause qui "
        "retarde le départ du délai.")
    assert CREDIT_WHY("DUE_LEGAL_MAX", [["2025-01-15"], ["2025-02-15"]], None, None, None, None, book).startswith(
        "Échéance légale la plus tardive : 16/03/2025")


def test_why_of_a_column_whose_first_row_is_wrong_or_of_nothing():
    dates = [["2025-01-15"], ["2025-01-15"]]
    assert CREDIT_WHY("DUE_CHECK", dates, [[None], ["2025-03-31"]]) == "due_date is empty. Give a value."
    assert CREDIT_WHY("DUE_CHECK", [["soon"], ["2025-01-15"]], "2025-03-31").startswith('"soon" is not a date')
    for name, arguments in (("DUE_LEGAL_MAX", ([],)), ("DUE_CHECK", ([], []))):
        assert "= 0 × 1" in CREDIT_WHY(name, *arguments)
