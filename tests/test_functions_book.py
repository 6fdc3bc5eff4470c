"""The Book and its tables as the sheet gives and shows them: CREDIT_BOOK, CREDIT_TABLE, AGEING, issues, summary."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from udfs import (
    AGEING,
    BOOK_ISSUES,
    BOOK_SUMMARY,
    CREDIT_BOOK,
    CREDIT_DECISION,
    CREDIT_EVIDENCE,
    CREDIT_EXPOSURE,
    CREDIT_OVERDUE,
    CREDIT_RATING,
    CREDIT_TABLE,
    DECISION_REASON,
    LIMIT_BINDING,
)
from udfs.book import cache
from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument

AS_OF = "2026-11-20"
INVOICES = [
    ["client", "invoice", "kind", "date", "due date", "amount", "disputed"],
    ["C001", "F1", "invoice", "2026-10-20", "2026-12-19", 16_800.0, ""],
    ["C002", "F2", "invoice", "2026-09-01", "2026-10-01", 3_600.5, ""],
    ["C002", "A1", "credit note", "2026-09-20", "2026-09-20", 600.5, ""],
    ["C003", "F3", "invoice", "2026-11-02", "2026-12-02", 1_200.0, ""],
    ["C004", "F4", "invoice", "2026-09-02", "2026-10-02", 900.0, "oui"],
]
CLIENTS = [
    ["client", "name", "country", "customer since", "payment terms", "sales forecast", "granted limit"],
    ["C001", "Dupont", "FR", "2012-01-02", "60 jours", 250_000.0, ""],
    ["C002", "Élan", "FR", "2012-01-02", "30 jours", "", ""],
    ["C003", "Martin", "FR", "", "", "", 0.0],
    ["C004", "Zola", "FR", "", "", "", ""],
]
ACCOUNTS = [["client", "year end", "equity", "intangible assets", "turnover"],
            ["C001", "2025-12-31", 95_000.0, 15_000.0, 700_000.0]]
TABLES = (INVOICES, CLIENTS, ACCOUNTS)
FRENCH = [["key", "value"], ["language", "fr"]]
CODES = ["C001", "C002", "C003", "C004"]


@pytest.fixture
def book():
    return CREDIT_BOOK(AS_OF, *TABLES)


@pytest.fixture
def livre():
    return CREDIT_BOOK(AS_OF, *TABLES, FRENCH)


# The Book

@pytest.mark.parametrize("as_of", ["2026-11-20", "20/11/2026", "20 nov. 2026", 46_346, 46_346.0, dt.date(2026, 11, 20),
                                   dt.datetime(2026, 11, 20, 8, 30), np.datetime64("2026-11-20"), [["2026-11-20"]]])
def test_the_date_is_understood_in_any_form(as_of, book):
    assert CREDIT_BOOK(as_of, *TABLES) == book


@pytest.mark.parametrize("as_of", ["", None, "demain", "31/02/2026", True, "#N/A"])
def test_without_a_date_there_is_no_book(as_of):
    with pytest.raises(CreditError):
        CREDIT_BOOK(as_of, *TABLES)


def test_the_handle_is_short_and_says_what_it_holds(book, livre):
    assert book[17:] == " · 4 clients · 5 invoices · 0 issues · as of 2026-11-20"
    assert len(livre) < 255
    assert livre != book


def test_tables_come_in_any_order_with_empty_arguments_between():
    assert CREDIT_BOOK(AS_OF, ACCOUNTS, None, CLIENTS, "", INVOICES) == CREDIT_BOOK(AS_OF, *TABLES)


def test_a_dataframe_an_array_and_tuples_are_tables_too(book):
    frame = pd.DataFrame(INVOICES[1:], columns=INVOICES[0])
    dated = frame.assign(date=pd.to_datetime(frame.date), **{"due date": pd.to_datetime(frame["due date"])})
    array = np.array(INVOICES, dtype=object)
    for invoices in (frame, dated, array, tuple(map(tuple, INVOICES))):
        handle = CREDIT_BOOK(AS_OF, invoices, CLIENTS, ACCOUNTS)
        assert CREDIT_EXPOSURE(CODES, handle) == [16_800, 3_000, 1_200, 900]
        assert CREDIT_OVERDUE(CODES, handle) == [0, 3_600.5, 0, 900]


def test_another_date_or_another_amount_is_another_book(book):
    changed = [*INVOICES[:-1], [*INVOICES[-1][:5], 900.01, "oui"]]
    assert len({book, CREDIT_BOOK("2026-11-21", *TABLES), CREDIT_BOOK(AS_OF, changed, CLIENTS, ACCOUNTS)}) == 3


@pytest.mark.parametrize("table", ["clients", 3.0, ["client", "invoice"], [1, 2]])
def test_what_is_no_table_is_refused_by_its_place(table):
    with pytest.raises(WrongArgument, match="Argument 3 is not a table"):
        CREDIT_BOOK(AS_OF, INVOICES, table)


@pytest.mark.parametrize("tables", [(), (CLIENTS,), ([["colour", "size"], ["red", 1]],), ([],), ([[]],)])
def test_without_an_invoice_list_the_needed_headings_are_named(tables):
    with pytest.raises(WrongArgument, match="client, invoice, date and amount"):
        CREDIT_BOOK(AS_OF, *tables)


def test_the_ninth_book_forgets_the_one_used_longest_ago():
    cache.forget()
    handles = [CREDIT_BOOK(f"2026-11-{day:02d}", INVOICES) for day in range(1, 9)]
    assert CREDIT_EXPOSURE("C001", handles[0]) == 16_800  # used again
    CREDIT_BOOK("2026-11-09", INVOICES)
    assert CREDIT_EXPOSURE("C001", handles[0]) == 16_800
    with pytest.raises(NotAvailable):
        CREDIT_EXPOSURE("C001", handles[1])


def test_the_summary_counts_rows_and_ties_out(book, livre):
    told = dict(BOOK_SUMMARY(book))
    assert told["Rows of Invoices"] == "5 read = 5 used + 0 later than the date + 0 refused"
    assert told["Balance of receivables"] == told["Exposure"] == 21_900
    assert told["Overdue"] == 4_500.5
    assert told["Tie-out: balance by open items less invoices, credit notes and payments"] == 0
    assert BOOK_SUMMARY(livre)[0][1] == AS_OF
    assert BOOK_SUMMARY(livre)[0][0] != BOOK_SUMMARY(book)[0][0]


def test_issues_are_rows_under_a_heading_and_nothing_to_correct_is_told(book):
    assert BOOK_ISSUES(book)[1:] == [["note", "", "", "", "", "Nothing to correct."]]
    faulty = CREDIT_BOOK(AS_OF, [*INVOICES, ["C009", "F9", "invoice", "31/02/2026", "", 5.0, ""]], CLIENTS)
    heading, *rows = BOOK_ISSUES(faulty)
    assert heading == ["Severity", "Table", "Row", "Column", "Value", "What to do"]
    assert rows[0][:5] == ["error", "Invoices", 7, "Invoice date", "31/02/2026"]


# The portfolio table

def test_the_portfolio_has_a_row_a_client_under_a_heading_row(book):
    heading, *rows = CREDIT_TABLE(book)
    assert heading == ["Client", "Name", "Grade", "Evidence", "Computed limit", "Binding constraint", "Limit in force",
                       "Exposure", "Headroom", "Overdue", "Decision", "Reason"]
    assert rows[0] == ["C001", "Dupont", "B", "E2", 28_000, "tangible net worth", 28_000, 16_800, 11_200, 0, "RELEASE",
                       "60% of the limit of €28,000.00 is used."]
    assert rows[2][-2:] == ["BLOCK", "The granted limit is 0."]
    assert [row[0] for row in rows] == CODES


@pytest.mark.parametrize("columns", ["client, exposure", "Client;Exposure", ["client", "exposure"],
                                     [["client"], ["exposure"]], "client,encours", "CLIENT, Encours"])
def test_columns_are_chosen_by_name_or_heading_in_either_language(book, columns):
    assert CREDIT_TABLE(book, columns) == [["Client", "Exposure"], ["C001", 16_800], ["C002", 3_000], ["C003", 1_200],
                                           ["C004", 900]]


@pytest.mark.parametrize(("sort_by", "order"), [
    ("exposure", "4321"), ("-exposure", "1234"), ("-Encours", "1234"), ("name", "1234"), ("-client", "4321"),
    ("-score", "1234"), ("headroom", "3241"), ("-decision", "3214"), ("decision", "1423"),
    ("score", "2341"), (None, "1234"), ("", "1234"),
])
def test_sorted_by_a_column_the_largest_first_behind_a_minus(book, sort_by, order):
    """Decisions by severity; names without their accents; what is empty first; equals as in Clients."""
    assert "".join(row[0][-1] for row in CREDIT_TABLE(book, "client", sort_by)[1:]) == order


@pytest.mark.parametrize(("condition", "clients"), [
    ("exposure>1200", "12"), ("exposure>=1200", "123"), ("exposure<>1200", "124"), ("exposure = 1 200,00 €", "3"),
    ("headroom<0", "3"), ("decision=BLOCK", "3"), ("décision = block", "3"), ("decision<>RELEASE", "23"),
    ("decision>=REVIEW", "23"), ("decision<REVIEW", "14"), ("evidence>=E1", "1"), ("grade=n/r", "34"),
    ("grade>=B", "1234"), ("name=elan", "2"), ("score=", "234"), ("score<>", "1"), ("score>0", "1"),
    ("exposure>1000, decision=RELEASE", "1"), ("encours>1000; exposure<10000", "23"), ("client=C009", ""),
    (None, "1234"), ("", "1234"),
])
def test_a_filter_keeps_the_rows_that_meet_every_condition(book, condition, clients):
    assert "".join(row[0][-1] for row in CREDIT_TABLE(book, "client", None, condition)[1:]) == clients


@pytest.mark.parametrize("most", [2, 2.0, "2", [[2]]])
def test_at_most_so_many_rows_the_largest_first(book, most):
    """C001 16,800, C002 3,000; the other two have less."""
    assert CREDIT_TABLE(book, "client, exposure", "-exposure", None, most) == [
        ["Client", "Exposure"], ["C001", 16_800], ["C002", 3_000]]
    assert CREDIT_TABLE(book, "client", None, "decision=BLOCK", most) == [["Client"], ["C003"]]
    assert len(CREDIT_TABLE(book, None, None, None, "")) == 5


@pytest.mark.parametrize("most", [0, -2, "deux"])
def test_a_number_of_rows_that_is_none_is_refused(book, most):
    with pytest.raises((OutOfRange, WrongArgument), match="rows"):
        CREDIT_TABLE(book, None, None, None, most)


@pytest.mark.parametrize("arguments", [
    ("colour",), ("client", "colour"), ("client", None, "colour=1"), ("client", None, "exposure"),
    ("client", None, "exposure~5"), ("client", None, "exposure>beaucoup"), ("client", None, "=5"),
    ("client", None, "decision=BLOK"),
])
def test_an_unknown_column_or_a_filter_that_is_none_is_refused_with_a_sentence(book, arguments):
    with pytest.raises(WrongArgument) as raised:
        CREDIT_TABLE(book, *arguments)
    assert raised.value.excel == "#VALUE!"
    assert raised.value.sentence("fr") != raised.value.sentence("en")


# The policy's language

def test_words_follow_the_language_and_codes_never_change(livre):
    heading, first, *_ = CREDIT_TABLE(livre)
    assert heading == ["Client", "Nom", "Note", "Preuves", "Limite calculée", "Contrainte", "Limite en vigueur",
                       "Encours", "Disponible", "Échu", "Décision", "Motif"]
    assert first[2:4] == ["B", "E2"]
    assert first[5] == LIMIT_BINDING("C001", livre) == "actif net corporel"
    assert first[10] == CREDIT_DECISION("C001", livre) == "RELEASE"
    assert (CREDIT_RATING("C003", livre), CREDIT_EVIDENCE("C003", livre)) == ("n/r", "E0")
    assert first[11] == DECISION_REASON("C001", livre) == "La limite de 28\u202f000,00\xa0€ est utilisée à 60\xa0%."
    assert AGEING(livre)[0][:3] == ["Client", "Nom", "Non échu"]
    assert AGEING(livre)[-1][0] == "Total"


# Ageing

def test_the_total_of_the_ageing_is_the_balance(book):
    total = AGEING(book)[-1]
    assert total == ["Total", "", 18_000, 0, 4_500.5, 0, 0, 0, -600.5, 21_900, 900]


@pytest.mark.parametrize("place", ["first", "First", "en haut"])
def test_the_total_of_the_ageing_may_stand_first_so_that_it_never_moves(book, place):
    heading, *rows, total = AGEING(book)
    assert AGEING(book, None, None, place) == [heading, total, *rows]
    assert AGEING(book, None, None, "en bas") == AGEING(book, None, None, "last") == AGEING(book)


@pytest.mark.parametrize("client", ["C002", ["C002"], [["C002"], [""]]])
def test_ageing_of_one_client_or_some(book, client):
    assert [row[0] for row in AGEING(book, client)] == ["Client", "C002", "Total"]
    assert AGEING(book, client)[-1][-2] == 3_000


@pytest.mark.parametrize("by", ["invoice_date", "Invoice date", "date de facture"])
def test_ageing_by_invoice_date_in_either_language(book, by):
    assert AGEING(book, "C001", by)[1][2:5] == [0, 0, 16_800]  # invoiced 31 days ago
    assert AGEING(book, "C001", "échéance") == AGEING(book, "C001")


def test_ageing_refuses_an_unknown_client_and_an_unknown_date(book):
    with pytest.raises(NotAvailable, match=r"Nearest code: C00"):
        AGEING(book, ["C002", "C099"])
    with pytest.raises(WrongArgument, match="due_date, invoice_date"):
        AGEING(book, None, "birthday")
    with pytest.raises(WrongArgument, match="last, first"):
        AGEING(book, None, None, "middle")
