"""Invoices whose due date lies beyond the legal maximum, as the Book tells them: whom, by how much, whose fine."""

import numpy as np
import pytest

from tests.small_ledgers import table
from udfs import BOOK_ISSUES, CREDIT_BOOK
from udfs.book.assembly import assemble
from udfs.book.legal_check import legal_issues
from udfs.reference import rows

AS_OF = np.datetime64("2026-11-20")
PAYERS_FINE = ("The fine (C.com L441-16; CCP L2192-15 for public companies) is mainly the payer’s; the seller risks it "
               "for missing mentions or a clause that delays the start.")


def found(*texts):
    book = assemble(AS_OF, [table(text) for text in texts])
    dated = book.dated
    return legal_issues(book, book.tables["Invoices"]["due_date"], dated.terms, dated.place)


def invoice(date, due, more=""):
    """One invoice of C1; `more` are the headings and the cells of further columns, as `| terms; | 60 jours`."""
    headings, _, cells = more.partition(";")
    return f"client | invoice | date | due date | amount {headings}\nC1 | F1 | {date} | {due} | 100 {cells}"


def client(headings, cells):
    return f"client | name | {headings}\nC1 | Dupont | {cells}"


def test_the_sentence_of_one_invoice():
    """15/01/2026 and 60 days: 16/03/2026; 45 days end of month under either way of counting: 31/03 at most."""
    issue, = found(invoice("2026-01-15", "2026-04-15"))
    assert (issue.severity, issue.table, issue.row, issue.column, issue.value) == (
        "warning", "Invoices", 2, "due_date", "2026-04-15")
    assert issue.sentence() == (
        "Invoices, row 2, Due date: the due date 15 Apr 2026 of this invoice of C1 lies 30 days beyond the latest "
        f'lawful one, 16 Mar 2026 (C.com L441-10 I, regime "general"). {PAYERS_FINE}')
    assert issue.sentence("fr") == (
        "Invoices, ligne 2, Échéance : l’échéance du 15/04/2026 de cette facture de C1 dépasse de 30 jours la plus "
        "tardive que la loi permet, le 16/03/2026 (C.com L441-10 I, régime « droit commun »). L’amende (C.com "
        "L441-16 ; CCP L2192-15 pour une entreprise publique) vise surtout celui qui paie ; le vendeur la risque pour "
        "des mentions manquantes ou une clause qui retarde le départ du délai.")


def test_a_due_date_that_only_an_end_of_month_clause_allows_is_told_so():
    issue, = found(invoice("2026-01-15", "2026-03-31"))
    assert ('(C.com L441-10 I, regime "general"); it is lawful if 45 days end of month is in the contract: write it in '
            "the terms. The fine") in issue.sentence()
    assert "elle est licite si « 45 jours fin de mois » figure au contrat" in issue.sentence("fr")


@pytest.mark.parametrize(("date", "due", "more", "lawful"), [
    ("2026-01-15", "2026-03-16", "", True), ("2026-01-15", "2026-03-17", "", False),
    ("2026-01-15", "2026-03-31", "| terms; | 45 jours fin de mois", True),
    ("2026-01-15", "2026-04-01", "| terms; | 45 jours fin de mois", False),
    ("2026-01-15", "2026-03-31", "| terms; | fin de mois 45 jours", False),  # 17/03
    ("2026-01-15", "2026-03-31", "| terms; | 60 jours", False),
    ("2026-01-15", "2026-03-31", "| terms; | bientôt", False),
    ("2026-01-15", "", "| terms; | 60 jours fin de mois", False), ("2026-01-15", "", "| terms; | 60 jours", True),
    ("2026-01-15", "", "", True), ("2026-01-15", "", "| terms; | LCR 60 jours", True),
    ("2026-01-15", "2026-06-15", "| kind; | credit note", True)])
def test_an_invoice_under_its_own_terms(date, due, more, lawful):
    assert (found(invoice(date, due, more)) == []) == lawful


def test_a_due_date_computed_from_the_terms_is_told_at_the_terms():
    """15/01/2026 and 90 days: 15/04/2026."""
    issue, = found(invoice("2026-01-15", "", "| terms; | 90 jours"))
    assert (issue.column, issue.value, issue.details["days"]) == ("terms", "90 jours", 30)


@pytest.mark.parametrize(("headings", "cells", "date", "due", "more", "article"), [
    ("regime", "transport", "2026-01-15", "2026-02-15", "", "C.com L441-11 II 5°"),
    ("regime", "Transport routier", "2026-01-15", "2026-02-14", "", None),
    ("regime", "périssable", "2026-01-15", "2026-02-12", "| delivery date; | 2026-01-12", "C.com L441-11 II 1° a"),
    ("regime", "périssable", "2026-01-15", "2026-02-11", "| delivery date; | 2026-01-12", None),
    ("regime", "aucun", "2026-01-15", "2026-12-31", "", None),
    ("buyer type", "mairie", "2026-01-28", "2026-03-05", "| received on; | 2026-02-02", "CCP R2192-10"),
    ("buyer type", "mairie", "2026-01-28", "2026-03-04", "| received on; | 2026-02-02", None),
    ("buyer type", "mairie", "2026-01-28", "2026-03-04", "", "CCP R2192-10"),
    ("buyer type", "hôpital", "2026-01-28", "2026-03-20", "", "CCP R2192-11 1°"),
    ("buyer type", "entreprise publique", "2026-01-28", "2026-03-30", "", "CCP R2192-11 2°"),
    ("buyer type", "particulier", "2026-01-28", "2026-12-30", "", None),
    ("buyer type | regime", "mairie | transport", "2026-01-15", "2026-02-15", "", "C.com L441-11 II 5°"),
    ("country", "DE", "2026-01-15", "2026-04-15", "", "directive 2011/7, art. 3 (5)"),
    ("country | buyer type", "DE | hôpital", "2026-01-15", "2026-03-15", "", None),
    ("country", "US", "2026-01-15", "2026-12-31", "", None), ("country", "CH", "2026-01-15", "2026-12-31", "", None),
    ("country", "FR", "2026-01-15", "2026-04-15", "", "C.com L441-10 I"),
    ("terms", "45 jours fin de mois", "2026-01-15", "2026-03-31", "", None)])
def test_the_regime_is_the_clients_else_its_buyer_types_else_its_countrys(headings, cells, date, due, more, article):
    issues = found(invoice(date, due, more), client(headings, cells))
    assert [issue.details["article"] for issue in issues] == ([article] if article else [])


def test_another_member_state_is_an_information_for_nobodys_fine():
    issue, = found(invoice("2026-01-15", "2026-04-15"), client("country", "DE"))
    assert issue.severity == "info"
    assert issue.sentence().endswith("No fine is set; interest runs from the end of the delay.")


def test_where_our_law_is_not_french_nothing_is_checked():
    assert found(invoice("2026-01-15", "2026-12-31"), "key | value\nhome_country | DE") == []


def test_one_issue_for_each_client_and_rule_at_its_worst_invoice():
    """An invoice of two instalments counts once; C2 and the year 2018 are of their own."""
    issues = found("client | invoice | date | due date | amount\n"
                   "C1 | F1 | 2026-01-15 | 2026-03-20 | 100\nC1 | F1 | 2026-01-15 | 2026-04-20 | 100\n"
                   "C1 | F2 | 2026-02-15 | 2026-05-31 | 100\nC1 | F3 | 2026-02-15 | 2026-03-31 | 100\n"
                   "C2 | F4 | 2026-02-15 | 2026-04-20 | 100\nC1 | F5 | 2018-02-15 | 2018-05-31 | 100")
    assert sorted((issue.details["client"], issue.row, issue.details["count"], issue.details["days"],
                   issue.details["article"]) for issue in issues) == [
        ("C1", 4, 2, 45, "C.com L441-10 I"), ("C1", 7, 1, 45, "C.com L441-6 I"), ("C2", 6, 1, 4, "C.com L441-10 I")]
    assert "2 invoices of C1 go beyond theirs, this one the most." in next(
        issue.sentence() for issue in issues if issue.row == 4)


def test_invoices_dated_after_the_last_row_are_one_warning_for_each_regime():
    later = assemble(np.datetime64("2027-03-01"), [table(
        "client | invoice | date | due date | amount\nC1 | F1 | 2026-12-31 | 2027-03-01 | 100\n"
        "C1 | F2 | 2027-01-01 | 2027-12-31 | 100\nC2 | F3 | 2027-02-01 | 2027-02-28 | 100\n"
        "C3 | F4 | 2027-02-01 | 2027-02-28 | 100"), table("client | name | buyer type\nC3 | Lyon | mairie")])
    issue, = legal_issues(later, later.tables["Invoices"]["due_date"], later.dated.terms, later.dated.place)
    assert (issue.severity, issue.row, issue.column) == ("warning", 3, "date")
    assert issue.sentence() == (
        'Invoices, row 3, Invoice date: the due dates of 2 invoices of the regime "general" are not checked: the last '
        "row of the law ends on 31 Dec 2026. Check the law, then add a row to the table LegalTerms (sheet Legal "
        "rates).")


def test_invoices_dated_before_the_first_row_are_an_information():
    issue, = found(invoice("2008-06-30", "2008-12-31"))
    assert (issue.severity, issue.code) == ("info", "issues.legal_maximum_before_first")
    assert "la première ligne de la loi commence le 01/01/2009" in issue.sentence("fr")


def test_the_users_rows_of_the_law_count():
    law = "rule | regime | from date | to date | days | article\n{} | general | 2026-01-01 | | {} | our law"
    assert [issue.details["article"] for issue in found(invoice("2026-01-15", "2026-02-15"), law.format("mine", 30))
            ] == ["our law"]
    issue, = found(invoice("2026-01-15", "2026-02-15"),
                   "rule | regime | from date | days | who is fined\nmine | general | 2026-01-01 | 30 | les deux")
    assert issue.sentence().endswith("The fine may be the payer’s and the seller’s.")
    for days in ("", "-30", "999999999"):
        issue, = found(invoice("2026-01-15", "2026-02-15"), law.format("mine", days))
        assert (issue.table, issue.row, issue.code) == ("LegalTerms", 2, "issues.legal_term_without_days")


def test_a_users_row_that_ends_before_it_begins_is_told():
    issue, = found(invoice("2026-01-15", "2026-02-15"), "rule | regime | from date | to date | days\n"
                   "mine | general | 2026-01-01 | 2025-12-31 | 30")
    assert (issue.column, issue.value, issue.code) == ("to_date", "2025-12-31", "issues.legal_term_never")
    assert issue.sentence() == (
        "LegalTerms, row 2, Until: this rule ends before it begins, on 1 Jan 2026; it does not count. Correct one of "
        "the dates.")


def test_a_users_row_that_names_no_fine_is_not_taken_for_one_without():
    issue, = found(invoice("2026-01-15", "2026-02-15"), "rule | regime | from date | days\n"
                   "mine | general | 2026-01-01 | 30")
    assert issue.sentence().endswith("The table LegalTerms does not say who is fined.")
    assert issue.sentence("fr").endswith("La table LegalTerms ne dit pas qui encourt l’amende.")


def test_a_regime_that_no_row_knows_is_told(monkeypatch):
    known = [row for row in rows("legal_terms") if row["regime"] != "wine"]
    book = assemble(AS_OF, [table(invoice("2026-01-15", "2026-12-31")), table(client("regime", "vin"))])
    monkeypatch.setattr(book.policy, "reference", lambda name: known)
    issue, = legal_issues(book, book.tables["Invoices"]["due_date"], book.dated.terms, book.dated.place)
    assert issue.sentence() == (
        'Invoices, row 2, Invoice date: the due date of 1 invoice of the regime "wine" is not checked: the law has no '
        "row for it. Add one to the table LegalTerms (sheet Legal rates).")


def test_an_unknown_regime_is_an_issue_and_the_general_one_counts():
    book = assemble(AS_OF, [table(invoice("2026-01-15", "2026-04-15")), table(client("regime", "vrac"))])
    assert "issues.unknown_choice" in [issue.code for issue in book.issues]
    issue, = legal_issues(book, book.tables["Invoices"]["due_date"], book.dated.terms, book.dated.place)
    assert issue.details["regime"] == "legal.regime_general"


def test_instalments_are_checked_one_by_one_and_a_retention_is_lawful():
    """30, 60 and 90 days: only the last one is beyond; 5 % kept for twelve months is not."""
    issue, = found(invoice("2026-01-15", "", "| terms; | 1/3 30 j, 1/3 60 j, 1/3 90 j"))
    assert (issue.details["due"], issue.details["count"]) == (np.datetime64("2026-04-15"), 1)
    assert found(invoice("2026-01-15", "", "| terms; | 95 % 45 jours fin de mois, retenue de garantie 5 %")) == []


def test_the_retentions_of_two_files_whose_rows_have_the_same_numbers_are_lawful():
    """Each file has its invoice in row 2."""
    assert found(*(f"client | invoice | date | amount | terms\nC1 | {number} | 2026-01-15 | 100 | "
                   "95 % 45 jours fin de mois, retenue de garantie 5 %" for number in ("F1", "F2"))) == []


def test_an_end_of_month_that_february_shortens_is_checked_to_the_day():
    """54 days are a month and 24 days: 28 February and 24 days, 52 days after 31 January."""
    leather = client("regime | terms | terms method", "cuir | fin de mois 54 jours | EOM_THEN_15TH")
    assert found(invoice("2026-01-31", "2026-03-24"), leather) == []
    issue, = found(invoice("2026-01-31", "2026-03-25"), leather)
    assert issue.details["latest"] == np.datetime64("2026-03-24")


def test_one_day_beyond_is_told_in_the_singular():
    issue, = found(invoice("2026-01-15", "2026-03-17"))
    assert "lies 1 day beyond the latest lawful one" in issue.sentence()
    assert "dépasse de 1 jour la plus tardive" in issue.sentence("fr")


def test_the_book_tells_it_among_its_issues():
    invoices = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-01-15", "2026-04-15", 100]]
    told = BOOK_ISSUES(CREDIT_BOOK("2026-11-20", invoices))[1:]
    assert [row[:5] for row in told if "L441-10 I" in row[5]] == [
        ["warning", "Invoices", 2, "Due date", "2026-04-15"]]
