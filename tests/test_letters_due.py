"""From the Book to the letter: amounts, rates, language and law of each client, by hand."""

from pathlib import Path

import docx
import pytest

from addin.hosts.file import FileHost
from addin.letters.case import LetterCase
from addin.macros.letters import letter_case, letters_due
from udfs.book.book import Book
from udfs.errors import CreditError, NotAvailable
from udfs.tables.raw import RawTable

FIRM = [["key", "value"], ["company_name", "Vendeur"], ["company_form", "SAS"], ["company_address1", "1 rue A"],
        ["company_postcode", "69001"], ["company_city", "Lyon"], ["company_rcs", "RCS Lyon 732 829 320"],
        ["company_iban", "FR7630006000011234567890189"], ["company_phone", "04"], ["signatory_name", "Moi"],
        ["signatory_title", "Credit manager"]]
CLIENT = ["client", "name", "address1", "postcode", "city", "country", "buyer_type", "contract_rate"]


def case(invoices, client=(), payments=(), as_of="2026-11-20", letters=()) -> LetterCase:
    """The one letter due for client D."""
    own = ["D", "Dupont", "2 rue B", "75001", "Paris", *client]
    tables = [[["client", "invoice", "date", "due_date", "amount"], *invoices], [CLIENT[:len(own)], own], FIRM,
              [["client", "date", "kind", "level", "invoices"], *letters]]
    if payments:
        tables.append([["client", "date", "amount", "invoice", "means"], *payments])
    book = Book(as_of, [RawTable(table) for table in tables])
    (reminder,) = book.reminders
    return letter_case(book, reminder)


LEVEL_3 = [["D", "2026-10-01", "reminder", 1, "F1"], ["D", "2026-11-01", "reminder", 2, "F1"]]


def test_interest_of_a_letter_is_that_of_the_half_years():
    """I1 of the dossier: 12,000 due 31/05/2025, 107 days: 129.70 + 307.58 = 437.28."""
    found = case([["D", "F1", "2025-04-01", "2025-05-31", 12000]], as_of="2025-09-15",
                 letters=[["D", "2025-07-01", "reminder", 1, "F1"], ["D", "2025-08-01", "reminder", 2, "F1"]])
    assert (found.level, float(found.penalties)) == (3, 437.28)
    assert found.annual_rate == pytest.approx(0.1215)  # ECB 2.15 % + 10 points in the second half of 2025


def test_a_part_paid_late_bears_interest_until_its_day_and_lowers_the_rest():
    """I10 as corrected, principal first, due 30/04/2026: 10,000 until 01/07, then 6,000 until 03/09/2026.

    62 days x 10,000 x 12.15 % = 206.38 up to 1 July at the old rate less one day at the new one:
    4,000: 61 d x 12.15 % + 1 d x 12.40 % = 81.22 + 1.36; 6,000: 61 d x 12.15 % + 65 d x 12.40 % = 121.83 + 132.49.
    """
    found = case([["D", "F1", "2026-03-01", "2026-04-30", 10000]], payments=[["D", "2026-07-01", 4000, "F1", ""]],
                 as_of="2026-09-03",
                 letters=[["D", "2026-06-01", "reminder", 1, "F1"], ["D", "2026-07-05", "reminder", 2, "F1"]])
    assert float(found.penalties) == pytest.approx(336.91, abs=0.01)
    (line,) = found.invoices
    assert (line.amount, line.paid, line.balance) == (10000, 4000, 6000)


def test_each_buyer_is_treated_by_its_law():
    late = [["D", "F1", "2026-08-01", "2026-09-30", 1000]]
    assert case(late).law == "commercial"
    public = case(late, ("FR", "public"), letters=LEVEL_3)
    assert (public.law, public.annual_rate) == ("public", pytest.approx(0.1040))  # ECB 2.40 % + 8 points
    consumer = case(late, ("FR", "consumer"), letters=LEVEL_3)
    assert (consumer.law, consumer.annual_rate, float(consumer.indemnity)) == ("none", None, 0)
    german = case(late, ("DE", "company"), letters=LEVEL_3)
    assert (german.law, german.language, float(german.indemnity)) == ("directive", "en", 40)
    american = case(late, ("US", "company"), letters=LEVEL_3)
    assert (american.annual_rate, float(american.indemnity)) == (None, 0)
    contract = case(late, ("FR", "company", 0.15), letters=LEVEL_3)
    assert (contract.rate_basis, contract.annual_rate) == ("contract", 0.15)


def test_a_public_buyer_pays_the_rate_of_the_half_year_in_which_the_delay_began():
    """I9 of the dossier: 8,000 due 30/05/2026, 77 days at the frozen 10.15 % = 171.30."""
    found = case([["D", "F1", "2026-04-30", "2026-05-30", 8000]], ("FR", "public"), as_of="2026-08-15",
                 letters=[["D", "2026-06-20", "reminder", 1, "F1"], ["D", "2026-07-01", "reminder", 2, "F1"]])
    assert (float(found.penalties), found.annual_rate) == (171.30, pytest.approx(0.1015))


def test_a_buyer_in_another_member_state_owes_the_margin_of_the_directive():
    """8 points, not the 10 of French law: 8,000 x 31 d x 10.15 % + 46 d x 10.40 % over 365 = 68.96 + 104.85."""
    found = case([["D", "F1", "2026-04-30", "2026-05-30", 8000]], ("DE", "company"), as_of="2026-08-15",
                 letters=[["D", "2026-06-20", "reminder", 1, "F1"], ["D", "2026-07-01", "reminder", 2, "F1"]])
    assert float(found.penalties) == 173.82


def test_money_received_without_a_number_stops_its_interest_the_day_it_came():
    """9,500 of 10,000 came a day late: 1 d on 9,500 and 51 d on 500 at 12.40 % = 3.23 + 8.66 = 11.89."""
    found = case([["D", "F1", "2026-08-01", "2026-09-30", 10000]], payments=[["D", "2026-10-01", 9500, "", "virement"]],
                 letters=LEVEL_3)
    assert (float(found.penalties), float(found.principal)) == (11.89, 500)


def test_a_retention_and_an_invoice_sold_to_a_factor_are_not_demanded():
    tables = [[["client", "invoice", "date", "due_date", "amount", "retention", "factored"],
               ["D", "F1", "2026-08-01", "2026-10-01", 1000, 50, ""],
               ["D", "F2", "2026-08-01", "2026-10-01", 700, "", "x"]],
              [["client", "name"], ["D", "Dupont"]]]
    book = Book("2026-11-20", [RawTable(table) for table in tables])
    found = letter_case(book, book.reminders[0])
    (line,) = found.invoices
    assert (line.invoice, line.balance, line.retention, float(found.principal)) == ("F1", 950, 50, 950)


def test_an_invoice_in_dollars_gets_a_letter_in_dollars():
    tables = [[["client", "invoice", "date", "due_date", "amount", "currency"],
               ["D", "F1", "2026-08-01", "2026-10-01", 1160, "USD"]],
              [["client", "name"], ["D", "Dupont"]], [["currency", "units_per_euro"], ["USD", 1.16]]]
    book = Book("2026-11-20", [RawTable(table) for table in tables])
    found = letter_case(book, book.reminders[0])
    assert (found.currency, float(found.principal), found.invoices[0].balance) == ("USD", 1160, 1160)


def test_credits_are_netted_and_the_letter_adds_up():
    found = case([["D", "F1", "2026-08-01", "2026-09-30", 1000], ["D", "A1", "2026-10-01", "", -200]])
    assert (float(found.principal), float(found.credits), float(found.total_due)) == (800, 200, 800)


def test_a_half_year_without_a_rate_refuses_the_letter_by_name(tmp_path: Path):
    """The rate of 2027 is not published: a second reminder needs it and is not written; nothing is guessed."""
    invoices = tmp_path / "Invoices.csv"
    invoices.write_text("client,invoice,date,due_date,amount,paid_date\nD,F1,2026-11-01,2026-12-01,1000,\n"
                        "D,F0,2026-11-01,2026-12-01,10,2027-01-19\n", encoding="utf-8")
    register = tmp_path / "Letters2026.csv"
    register.write_text("date,client,kind,level,invoices\n2027-01-02,D,reminder,1,F1\n", encoding="utf-8")
    host = FileHost([invoices, register], tmp_path / "out", "2027-01-20")
    (outcome,) = letters_due(host, "me")
    assert outcome.file is None
    assert "2027" in outcome.refusal.sentence("en")
    assert not (tmp_path / "out").exists()


def test_without_any_payment_nothing_is_written(tmp_path: Path):
    invoices = tmp_path / "Invoices.csv"
    invoices.write_text("client,invoice,date,due_date,amount\nD,F1,2026-08-01,2026-09-01,1000\n", encoding="utf-8")
    host = FileHost([invoices], tmp_path / "out", "2026-11-20")
    with pytest.raises(NotAvailable, match="No payment is in the tables"):
        list(letters_due(host, "me"))


def test_the_register_tells_what_was_sent(tmp_path: Path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "Invoices.csv").write_text(
        "client,invoice,date,due_date,amount,paid_date\nD,F1,2026-08-01,2026-11-01,1000,\n"
        "D,F0,2026-08-01,2026-09-01,5,2026-11-19\n", encoding="utf-8")
    (source / "Clients.csv").write_text(
        "client;name;address1;postcode;city\nD;{{ 7*7 }} & Fils;2 rue B;75001;Paris\n", encoding="utf-8")
    (source / "Policy.csv").write_text("\n".join(",".join(map(str, row)) for row in FIRM), encoding="utf-8")
    host = FileHost([source], tmp_path / "out", "2026-11-20")
    (outcome,) = letters_due(host, "me")
    assert outcome.refusal is None
    text = "\n".join(paragraph.text for paragraph in docx.Document(outcome.file).paragraphs)
    tables = "\n".join(cell.text for table in docx.Document(outcome.file).tables for row in table.rows
                       for cell in row.cells)
    assert "{{ 7*7 }} & Fils" in text + tables
    assert "49" not in text
    again = FileHost([source], tmp_path / "out", "2026-11-20")
    assert list(letters_due(again, "me")) == []
    letters = again.book.assembly.tables["Letters"]
    assert (letters["client"][0], letters["level"][0], letters["invoices"][0], letters["amount"][0]) == (
        "D", 1, "F1", 1000)


def test_a_payment_that_cannot_be_read_stops_every_letter(tmp_path: Path):
    (tmp_path / "Invoices.csv").write_text("client,invoice,date,due_date,amount\nD,F1,2026-08-01,2026-09-01,1000\n",
                                           encoding="utf-8")
    (tmp_path / "Payments.csv").write_text("client,date,amount,means\nD,2026-11-19,5 OOO\xa0€,virement\n"
                                           "D,2026-11-19,1,virement\n", encoding="utf-8")
    host = FileHost([tmp_path], tmp_path / "out", "2026-11-20")
    with pytest.raises(NotAvailable, match="1 row of Payments cannot be read"):
        list(letters_due(host, "me"))
    assert [outcome.client for outcome in letters_due(host, "me", payments_may_be_old=True)] == ["D"]


def test_a_damaged_register_stops_the_letters_even_inside_the_source_folder(tmp_path: Path):
    (tmp_path / "Invoices.csv").write_text(
        "client,invoice,date,due_date,amount,paid_date\nD,F1,2026-08-01,2026-09-01,1000,\n"
        "D,F0,2026-08-01,2026-09-01,5,2026-11-19\n", encoding="utf-8")
    (tmp_path / "Letters.csv").write_text("2026-10-01;D;reminder;1;F1;1000;me;a.docx\n", encoding="utf-8")
    with pytest.raises(CreditError, match=r"Letters\.csv"):
        list(letters_due(FileHost([tmp_path], tmp_path, "2026-11-20"), "me"))
