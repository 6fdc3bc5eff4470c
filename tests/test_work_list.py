"""WORK_LIST and REMINDERS_DUE: what comes first, what is silenced, the rows of the sheet, the demo's morning."""

import datetime as dt
from pathlib import Path

import pytest

from addin.build import demo_portfolio
from addin.readers import load
from tests.small_ledgers import AS_OF, BROKEN, INSOLVENT, JOURNAL, NOTICE, OWED, book, invoice, kinds, lines, told
from udfs import CREDIT_WHY, REMINDERS_DUE, WORK_LIST
from udfs.book.book import Book
from udfs.book.work_list import KINDS
from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument
from udfs.reference import rows as reference_rows

DEMO = Path(demo_portfolio.__file__).parent / "demo"
D = dt.date
HEADING = ["What", "Client", "Name", "To do", "Amount", "Date", "Days left"]


# The list

def test_the_most_urgent_euros_come_first():
    """9,000 x 0.5 of an order in 14 days, halved twice: 1,125; 2,940 x 0.6 of a promise broken: 1,764; 1,000 over the
    limit of C3 x 0.4: 400; 6,000 of a letter x 0.5: 3,000.
    """
    found = book("""
client | invoice | date       | due date   | amount
C1     | F1      | 2026-10-18 | 2026-11-17 | 2 940
C2     | F2      | 2026-11-01 | 2026-12-15 | 9 000
C3     | F3      | 2026-11-01 | 2026-12-15 | 3 000
C4     | F4      | 2026-09-22 | 2026-11-02 | 6 000
""", """
client | granted limit
C1     | 50 000
C2     | 10 000
C3     | 2 000
C4     | 50 000
""", "client | order | order date | amount | expected on\nC2 | O1 | 2026-11-02 | 9 000 | 2026-12-04", BROKEN)
    assert [line[:3] for line in lines(found)] == [
        ("letter", "C4", 6_000), ("promise_broken", "C1", 2_940), ("order", "C2", 9_000), ("over_limit", "C3", 1_000)]


def test_nothing_to_do_is_said():
    calm = book(invoice("2026-12-15", "1 000", date="2026-11-01"))
    assert WORK_LIST(calm) == [HEADING, ["", "", "", "Nothing to do today.", "", "", ""]]
    assert REMINDERS_DUE(calm)[1] == ["", "No letter is due.", "", "", "", "", ""]


def test_every_kind_has_its_weight():
    weights = {row["kind"]: (float(row["weight"]), float(row["half_in_days"])) for row in reference_rows("work_list")}
    assert weights.keys() == KINDS.keys()
    assert all(0 < weight <= 1 and days > 0 for weight, days in weights.values())


@pytest.mark.parametrize(("entry", "shown"), [
    ("2026-11-19 | C1 | silence | | |", []), ("2026-11-19 | C1 | silence | | 2026-11-21 |", []),
    ("2026-11-19 | C1 | silence | | 2026-11-20 |", ["dispute"]),  # its day has come
    ("2026-11-19 | C1 | silence | F1 | |", []), ("2026-11-19 | C1 | silence | F9 | |", ["dispute"]),
    ("2026-11-19 | C1 | silence | | | Dispute", []), ("2026-11-19 | C1 | silence | | | litige", []),
    ("2026-11-19 | C1 | silence | | | call", ["dispute"]), ("2026-11-19 | C2 | silence | | |", ["dispute"]),
    ("2026-11-21 | C1 | silence | | |", ["dispute"])])
def test_a_client_is_silenced_by_the_journal(entry, shown):
    disputed = invoice("2026-11-18", more=" | disputed; | oui")
    assert kinds(book(disputed, "date | client | event | invoice | for the date | note\n" + entry)) == shown


@pytest.mark.parametrize(("note", "shown"), [("", ["claim"]), ("Claim to declare", []), ("créance à déclarer", []),
                                             ("claim", []), ("declared by post", ["claim"])])
def test_a_deadline_is_silenced_by_its_name_only(note, shown):
    found = book(OWED, INSOLVENT.format(country="FR", published="2026-09-24"),
                 f"date | client | event | note\n2026-11-19 | C1 | silence | {note}")
    assert kinds(found) == shown


def test_a_letter_that_will_be_written_is_never_silenced():
    found = book(invoice("2026-10-22"), "date | client | event\n2026-11-19 | C1 | silence")
    assert kinds(found) == ["letter"]


def test_a_client_in_insolvency_is_not_asked_for_its_old_debts():
    judged = INSOLVENT.format(country="FR", published="2026-09-24")
    promised = JOURNAL + "2026-08-25 | C1 | promise | F1 | 4 320 | 2026-08-31"
    noticed = NOTICE.format(day="2026-09-01")
    assert kinds(book(OWED, judged, promised)) == kinds(book(OWED, judged, noticed)) == ["claim"]
    assert "promise_broken" in kinds(book(OWED, promised))


def test_a_name_from_a_cell_is_data():
    odd = invoice("2026-11-18", number="{client.__class__} =1+1", more=" | disputed; | oui")
    assert told(book(odd), "dispute") == [
        "In dispute since 1 Sept 2026 ({client.__class__} =1+1): settle it, by a credit note or a firm answer."]


# The functions

def test_so_many_lines_as_are_asked_for():
    found = Book(AS_OF, load(DEMO).tables)
    whole = WORK_LIST(found)
    assert WORK_LIST(found, 3) == WORK_LIST(found, [["3"]]) == whole[:4]
    assert WORK_LIST(found, "") == WORK_LIST(found, 1_000) == whole


@pytest.mark.parametrize(("most", "error"), [(0, OutOfRange), (-1, OutOfRange), ("many", WrongArgument)])
def test_a_number_of_lines_that_is_none_is_refused(most, error):
    with pytest.raises(error) as raised:
        WORK_LIST(book(OWED), most)
    assert raised.value.sentence("fr") != str(raised.value)


@pytest.mark.parametrize("function", [WORK_LIST, REMINDERS_DUE])
def test_an_unknown_handle_is_not_available(function):
    with pytest.raises(NotAvailable, match="not known here"):
        function("Book 000000000000")


def test_why_tells_what_the_list_is():
    found = Book(AS_OF, load(DEMO).tables)
    assert CREDIT_WHY("REMINDERS_DUE", found) == (
        "=REMINDERS_DUE(book) = 9 × 7. The letters due today, the largest amount first, with their level.")
    assert CREDIT_WHY("WORK_LIST", found, 2).startswith("=WORK_LIST(book, [rows]) = 3 × 7. What there is to do today")
    assert CREDIT_WHY("WORK_LIST", found, 0) == OutOfRange("errors.zero", argument="rows").sentence("en")


# The demonstration, as the credit manager finds it on Friday 20 November 2026

MORNING = [
    ("insurer", "C033", 8_640, "2026-11-25", 5), ("claim", "C041", 7_020, "2026-11-24", 4),
    ("security_ends", "C003", 25_000, "2026-12-10", 20), ("formal_notice", "C043", 8_160, "2026-05-20", -184),
    ("letter", "C033", 8_640, "NaT", None), ("order", "C003", 30_000, "2026-12-04", 14),
    ("letter", "C044", 4_860, "NaT", None), ("promise_broken", "C034", 2_940, "2026-11-13", -7),
    ("dispute", "C035", 5_400, "NaT", None), ("letter", "C031", 3_120, "NaT", None),
    ("letter", "C034", 2_940, "NaT", None), ("over_limit", "C008", 3_600, "NaT", None),
    ("order", "C002", 15_000, "2026-12-07", 17), ("order", "C042", 21_000, "2026-12-11", 21),
    ("letter", "C032", 2_520, "NaT", None), ("over_limit", "C010", 3_000, "NaT", None),
    ("over_limit", "C011", 3_000, "NaT", None), ("over_limit", "C012", 3_000, "NaT", None),
    ("call", "C021", 2_760, "NaT", None), ("time_bar", "C040", 1_560, "2026-11-27", 7),
    ("letter", "C046", 2_184, "NaT", None), ("letter", "C025", 2_000, "NaT", None),
    ("over_limit", "C004", 2_500, "NaT", None), ("limit_ends", "C016", 4_800, "2026-09-30", -51),
    ("letter", "C030", 1_860, "NaT", None), ("over_limit", "C006", 1_500, "NaT", None)]


def test_the_morning_of_the_demonstration():
    """The dates and amounts are those of the stories of the demo portfolio.

    Scores by hand: 8,640 x 0.5^(5/14) = 6,745; 7,020 x 0.5^(4/14) = 5,759; 25,000 x 0.8 x 0.5^(20/10) = 5,000;
    8,160 x 0.6 = 4,896; 8,640 x 0.5 = 4,320; 30,000 x 0.5 x 0.5^(14/7) = 3,750; 2,430; 1,764; 5,400 x 0.3 = 1,620;
    1,560; 1,470; 1,440; 15,000 x 0.5 x 0.5^(17/7) = 1,393; 21,000 x 0.5 x 0.5^(21/7) = 1,313; 1,260; 3,000 x 0.4
    = 1,200 three times, the group over its limit; 1,104; 1,560 x 0.5^(7/14) = 1,103; 1,092; 1,000; 1,000; 960; 930;
    600. C042 ordered 21,000, and its insurer has withdrawn.
    """
    assert lines(Book(AS_OF, load(DEMO).tables)) == MORNING


def test_the_rows_of_the_sheet():
    heading, first, second, *_ = WORK_LIST(Book(AS_OF, load(DEMO).tables))
    assert heading == HEADING
    assert first == ["Insurer’s declaration", "C033", "Façades Montlumière",
                     "Credit insurance (Assurance des Confins): declare €8,640.00 overdue (FA2026-0170) by 25 Nov "
                     "2026.",
                     8_640, D(2026, 11, 25), 5]
    assert second[4:] == [7_020, D(2026, 11, 24), 4]


def test_the_words_follow_the_language_of_the_policy():
    heading, first, *others = WORK_LIST(Book(AS_OF, load(DEMO).tables, "fr"))
    assert heading == ["Objet", "Client", "Nom", "À faire", "Montant", "Date", "Jours restants"]
    assert first[0] == "Déclaration à l’assureur"
    assert first[3].startswith("Assurance-crédit (Assurance des Confins) : déclarer 8\u202f640,00\xa0€ impayés")
    assert all(row[3].endswith(".") and row[0] for row in others)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sentence_fits_its_column_on_home(language):
    """About 130 letters stand in it as they are; longer ones would shrink."""
    assert max(len(row[3]) for row in WORK_LIST(Book(AS_OF, load(DEMO).tables, language))) <= 130


def test_the_letters_of_the_demonstration():
    found = REMINDERS_DUE(Book(AS_OF, load(DEMO).tables))
    assert found == [
        ["Client", "Name", "Letter", "Level", "Invoices", "Days late", "Amount"],
        ["C033", "Façades Montlumière", "formal notice", 4, 1, 85, 8_640],
        ["C044", "Outillage Bonpied", "reminder", 2, 1, 23, 4_860],
        ["C031", "Piscines Belleflaque", "reminder", 2, 1, 25, 3_120],
        ["C034", "Rénovation Promesac", "reminder", 2, 1, 29, 2_940],
        ["C032", "Terrasses Solébois", "reminder", 3, 1, 34, 2_520],
        ["C046", "Toitures Vent-Debout", "reminder", 1, 1, 20, 2_184],
        ["C025", "Ébénisterie Veinardoux", "reminder", 1, 1, 20, 2_000],
        ["C030", "Ferronnerie Toquenclume", "reminder", 1, 1, 12, 1_860]]
    assert [row[2] for row in REMINDERS_DUE(Book(AS_OF, load(DEMO).tables, "fr"))[1:3]] == [
        "mise en demeure", "relance"]


def test_the_list_is_the_same_each_time_and_asks_nothing_of_the_order_of_tables():
    tables = load(DEMO).tables
    assert WORK_LIST(Book(AS_OF, tables)) == WORK_LIST(Book(AS_OF, [*tables][::-1]))
    assert not any(isinstance(cell, CreditError) for row in WORK_LIST(Book(AS_OF, tables)) for cell in row)
