"""The worksheet functions of clients: shapes, errors, words, and the sentences of CREDIT_WHY."""

import inspect
import re

import numpy as np
import pandas as pd
import pytest

import udfs
from udfs import (
    CREDIT_BOOK,
    CREDIT_DECISION,
    CREDIT_EXPOSURE,
    CREDIT_HEADROOM,
    CREDIT_LIMIT,
    CREDIT_SCORE,
    CREDIT_WHY,
)
from udfs.errors import CreditError, NotAvailable, WrongArgument
from udfs.functions import REGISTRY

AS_OF = "2026-11-20"
INVOICES = [
    ["client", "invoice", "kind", "date", "due date", "amount", "disputed", "paid on"],
    ["C001", "F0", "invoice", "2026-08-20", "2026-10-19", 12_000.0, "", "2026-10-19"],
    ["C001", "F1", "invoice", "2026-10-20", "2026-12-19", 16_800.0, "", ""],
    ["C002", "F2", "invoice", "2026-09-01", "2026-10-01", 3_600.5, "", ""],
    ["C002", "A1", "credit note", "2026-09-20", "2026-09-20", 600.5, "", ""],
    ["C003", "F3", "invoice", "2026-11-02", "2026-12-02", 1_200.0, "", ""],
    ["C004", "F4", "invoice", "2026-09-02", "2026-10-02", 900.0, "oui", ""],
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
OF_CLIENT = sorted(name for name, function in REGISTRY.items() if function.of_client)
NUMERIC = sorted({"CREDIT_SCORE", "CREDIT_LIMIT", "LIMIT_IN_FORCE", "CREDIT_EXPOSURE", "CREDIT_HEADROOM",
                  "CREDIT_OVERDUE", "CREDIT_CONFIDENCE", "CREDIT_PD", "DAYS_BEYOND_TERMS"})


@pytest.fixture
def book():
    return CREDIT_BOOK(AS_OF, *TABLES)


@pytest.fixture
def livre():
    return CREDIT_BOOK(AS_OF, *TABLES, FRENCH)


def call(name, *arguments):
    return getattr(udfs, name)(*arguments)


# The registry

def test_the_functions_of_this_release_are_declared():
    assert set(REGISTRY) >= {
        "CREDIT_BOOK", "BOOK_ISSUES", "BOOK_SUMMARY", "CREDIT_TABLE", "CREDIT_RATING", "CREDIT_SCORE",
        "CREDIT_EVIDENCE", "CREDIT_LIMIT", "LIMIT_BINDING", "CREDIT_EXPOSURE", "CREDIT_HEADROOM", "CREDIT_OVERDUE",
        "CREDIT_DECISION", "DECISION_REASON", "DUE_DATE", "AGEING", "CREDIT_WHY", "LIMIT_NEED", "LIMIT_CAPACITY"}


@pytest.mark.parametrize("name", sorted(REGISTRY))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_function_and_argument_has_help_of_at_most_255_characters(name, language):
    function = REGISTRY[name]
    texts = [function.help(language), *(function.argument_help(one.name, language) for one in function.arguments)]
    assert all(0 < len(text) <= 255 and "functions." not in text for text in texts)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_help_is_not_the_same_in_both_languages(name):
    assert REGISTRY[name].help("en") != REGISTRY[name].help("fr")


def test_functions_are_imported_by_their_excel_names():
    assert CREDIT_LIMIT is REGISTRY["CREDIT_LIMIT"].call
    assert set(REGISTRY) <= set(dir(udfs))
    with pytest.raises(ImportError):
        from udfs import CREDIT_NOTHING  # noqa: F401


def test_a_function_of_clients_shows_its_arguments_and_takes_them_by_name(book):
    assert list(inspect.signature(CREDIT_DECISION).parameters) == ["client", "book", "order_ht"]
    assert CREDIT_DECISION(client="C001", book=book, order_ht=10_000) == "REVIEW"
    assert REGISTRY["CREDIT_DECISION"].syntax("fr") == "=CREDIT_DECISION(client; book; [order_ht])"


# Answers, scalar and column

ANSWERS = {
    "CREDIT_RATING": ["B", "C", "n/r", "n/r"], "CREDIT_EVIDENCE": ["E2", "E0", "E0", "E0"],
    "CREDIT_LIMIT": [28_000, 3_000, 3_000, 3_000], "LIMIT_IN_FORCE": [28_000, 3_000, 0, 3_000],
    "LIMIT_BINDING": ["tangible net worth", "starter line", "starter line", "starter line"],
    "CREDIT_EXPOSURE": [16_800, 3_000, 1_200, 900], "CREDIT_HEADROOM": [11_200, 0, -1_200, 2_100],
    "CREDIT_OVERDUE": [0, 3_600.5, 0, 900], "CREDIT_DECISION": ["RELEASE", "REVIEW", "BLOCK", "RELEASE"],
}
CODES = ["C001", "C002", "C003", "C004"]


def test_a_first_look_at_the_four_clients(book):
    """C002 is 50 days late for 3,600.50: grade C on adverse evidence alone."""
    assert {name: call(name, CODES, book) for name in ANSWERS} == ANSWERS


@pytest.mark.parametrize("name", OF_CLIENT)
def test_scalar_in_scalar_out_and_a_column_keeps_its_shape(book, name):
    one = call(name, "C001", book)
    assert not isinstance(one, list)
    assert call(name, ["C001"], book) == [one]
    assert call(name, [["C001"]], book) == [[one]]
    assert call(name, (("C001",), ("C001",)), book) == [[one], [one]]
    assert call(name, [["C001", "C001"], ["C001", "C001"]], book) == [[one, one], [one, one]]
    assert call(name, np.array(["C001", "C001"]), book) == [one, one]
    assert call(name, pd.Series(["C001"]), book) == [one]
    assert call(name, np.str_("C001"), book) == one
    assert call(name, [], book) == []


@pytest.mark.parametrize("name", OF_CLIENT)
def test_codes_are_found_whatever_their_case_and_blanks(book, name):
    assert call(name, " c001 ", book) == call(name, "C001", book)


def test_a_code_that_excel_holds_as_a_number_is_found():
    handle = CREDIT_BOOK(AS_OF, [["client", "invoice", "date", "due date", "amount"],
                                 [411_001.0, 1.0, 46_300.0, 46_330.0, 100.0]])
    assert CREDIT_EXPOSURE(411_001.0, handle) == CREDIT_EXPOSURE("411001", handle) == 100


@pytest.mark.parametrize("name", OF_CLIENT)
def test_an_unknown_client_raises_in_a_cell_and_carries_its_error_in_a_column(book, name):
    with pytest.raises(NotAvailable) as raised:
        call(name, "C0O2", book)
    assert str(raised.value) == 'Client "C0O2" is in no table of the book. Nearest code: C002.'
    assert raised.value.excel == "#N/A"
    first, second = call(name, [["C001"], ["C0O2"]], book)
    assert first == [call(name, "C001", book)]
    assert isinstance(second[0], NotAvailable)
    assert "C002" in str(second[0])
    assert "Code le plus proche" in second[0].sentence("fr")


@pytest.mark.parametrize("name", OF_CLIENT)
@pytest.mark.parametrize("empty", ["", "  ", None, float("nan")])
def test_an_empty_client_is_not_available(book, name, empty):
    with pytest.raises(NotAvailable, match="empty"):
        call(name, empty, book)
    assert isinstance(call(name, [[empty]], book)[0][0], NotAvailable)


@pytest.mark.parametrize("name", OF_CLIENT)
@pytest.mark.parametrize("handle", ["Book 000000000000 · 4 clients", "", None, "C001", 0.0])
def test_an_unknown_handle_is_not_available(name, handle):
    with pytest.raises(NotAvailable, match="not known here"):
        call(name, "C001", handle)


@pytest.mark.parametrize("name", ["BOOK_ISSUES", "BOOK_SUMMARY", "CREDIT_TABLE", "AGEING"])
def test_functions_of_a_book_refuse_an_unknown_handle(name):
    with pytest.raises(NotAvailable):
        call(name, "Book 000000000000")


@pytest.mark.parametrize("name", NUMERIC)
def test_numeric_functions_give_numbers_or_errors_and_never_text(book, name):
    answers = call(name, [*CODES, "nobody", ""], book)
    assert all(type(answer) is float or isinstance(answer, CreditError) for answer in answers)


def test_a_client_without_a_note_has_no_score_and_says_why(book):
    with pytest.raises(NotAvailable, match=r"C003 .*nothing but open items is known \(E0\)") as raised:
        CREDIT_SCORE("C003", book)
    assert raised.value.excel == "#N/A"
    assert isinstance(CREDIT_SCORE(CODES, book)[2], NotAvailable)


@pytest.mark.parametrize("name", OF_CLIENT)
def test_two_calls_are_equal(book, name):
    again = CREDIT_BOOK(AS_OF, *TABLES)
    assert again == book
    assert list(map(str, call(name, CODES, book))) == list(map(str, call(name, CODES, again)))


# Component of the exposure, order

@pytest.mark.parametrize(("component", "amount"), [
    (None, 3_000), ("", 3_000), ("total", 3_000), ("open_invoices", 3_600.5), ("Open invoices", 3_600.5),
    ("factures ouvertes", 3_600.5), ("credit_notes", -600.5), ("Avoirs", -600.5), ("règlements non affectés", 0),
    ("effets non échus", 0), ("chèques non encaissés", 0), ("livré non facturé", 0), ("commandes non facturées", 0),
    ("acomptes", 0),
])
def test_components_by_their_code_or_their_words_in_both_languages(book, component, amount):
    assert CREDIT_EXPOSURE("C002", book, component) == amount


def test_an_unknown_component_names_those_that_there_are(book):
    with pytest.raises(WrongArgument, match=r"Write one of: total, open_invoices, credit_notes"):
        CREDIT_EXPOSURE("C002", book, "brouillons")


def test_nothing_is_0_and_not_minus_0(book):
    assert str(CREDIT_EXPOSURE("C001", book, "credit_notes")) == "0.0"
    assert str(CREDIT_EXPOSURE("C001", book, "deposits")) == "0.0"


# Why?

WHY = {
    ("CREDIT_LIMIT", "C001"): (
        "Limit €28,000.00: tangible net worth binds at €28,000.00. Need €50,000.00; any of these closes the gap: terms "
        "of 33 days, a deposit of 44%, a guarantee of €22,000.00.",
        "actif net corporel"),
    ("LIMIT_BINDING", "C003"): ("Limit €3,000.00: starter line binds at €3,000.00. Provisional, for 3 months.",
                                "ligne de départ"),
    ("LIMIT_IN_FORCE", "C003"): ("Granted limit of €0.00 in force; €3,000.00 is computed.", "accordée"),
    ("CREDIT_EXPOSURE", "C002"): ("Exposure €3,000.00 = open invoices €3,600.50, credit notes -€600.50.", "avoirs"),
    ("CREDIT_HEADROOM", "C001"): ("Limit in force €28,000.00 less exposure €16,800.00: €11,200.00.", "11\u202f200,00"),
    ("CREDIT_OVERDUE", "C001"): ("Nothing is overdue.", "Rien n’est échu."),
    ("CREDIT_OVERDUE", "C002"): (
        "Invoices overdue: 1, for €3,600.50; the oldest undisputed one is 50 days late.", "50 jours de retard"),
    ("CREDIT_OVERDUE", "C004"): ("Invoices overdue: 1, for €900.00, all of them disputed.", "toutes en litige"),
    ("CREDIT_DECISION", "C003"): ("BLOCK: The granted limit is 0.", "BLOCK : La limite accordée est 0."),
    ("CREDIT_RATING", "C003"): ("Not rated. E0: open items only.", "Non noté"),
}


@pytest.mark.parametrize(("asked", "told"), WHY.items(), ids=" ".join)
def test_why_tells_what_an_answer_stands_on_in_both_languages(book, livre, asked, told):
    name, client = asked
    assert CREDIT_WHY(name, client, book) == told[0]
    assert told[1] in CREDIT_WHY(name, client, livre)
    assert CREDIT_WHY(name, [[client]], book) == told[0]


@pytest.mark.parametrize("name", OF_CLIENT)
def test_why_tells_an_error_in_the_language_of_the_book(book, livre, name):
    assert CREDIT_WHY(name, "C0O2", book) == 'Client "C0O2" is in no table of the book. Nearest code: C002.'
    assert "C002" in CREDIT_WHY(name, [["C0O2"]], livre)
    assert CREDIT_WHY(name, "C0O2", livre) != CREDIT_WHY(name, "C0O2", book)
    assert "not known here" in CREDIT_WHY(name, "C001", "Book 000000000000")
    assert CREDIT_WHY(name) == "client is empty. Give a value."
    assert CREDIT_WHY(name, "C001") == "book is empty. Give a value."


@pytest.mark.parametrize("name", OF_CLIENT)
def test_why_has_a_sentence_for_every_client_and_function(book, livre, name):
    for client in CODES:
        english, french = CREDIT_WHY(name, client, book), CREDIT_WHY(name, client, livre)
        assert len(english) > 10
        assert english != french
        assert "{" not in english + french
        assert not re.search(r"\bnan\b", english)


def test_why_of_an_order(book):
    assert CREDIT_WHY("CREDIT_DECISION", "C001", book, 10_000) == (
        "REVIEW: €28,800.00 exceeds the limit of €28,000.00 by €800.00.")
    assert CREDIT_WHY("CREDIT_DECISION", "C001", book, -1) == "order_ht is -1; it cannot be negative."


@pytest.mark.parametrize(("arguments", "told"), [
    (("DUE_DATE", "31/02/2025", 30), '"31/02/2025" is not a date. Write it as 2026-11-20 or 20/11/2026.'),
    (("DUE_DATE", "2025-01-15", 30), "= 14 Feb 2025."), (("DUE_DATE", [["x"]], 30), '"x" is not a date.'),
    (("LIMIT_NEED", 250_000, 60), "= 50,000."), (("LIMIT_NEED", 250_000, 60, 1.2), "write 20 % as 0.20 or 20 %."),
    (("LIMIT_NEED",), "forecast_ht is empty."), (("LIMIT_CAPACITY", "B", 80_000, 700_000), "= 28,000."),
    (("LIMIT_CAPACITY", "B", "", ""), "not assessed"), (("CREDIT_BOOK", "demain", INVOICES), '"demain" is not a date.'),
    (("CREDIT_BOOK", AS_OF, INVOICES), "4 clients · 6 invoices"),
    (("LIMIT_CAPACITY", "B", 1, 1, 1), "Too many arguments for LIMIT_CAPACITY: 3 at most, and 4 are given."),
    (("=credit_limit", "C001", "Book 000000000000"), "not known here"),
])
def test_why_of_functions_without_a_client(arguments, told):
    assert told in CREDIT_WHY(*arguments)


def test_why_of_a_spill_tells_its_size_in_the_language_of_the_book(book, livre):
    assert CREDIT_WHY("CREDIT_TABLE", book).startswith(
        "=CREDIT_TABLE(book, [columns], [sort_by], [filter], [rows]) = 5 × 12. The whole portfolio")
    assert CREDIT_WHY("CREDIT_TABLE", livre).startswith(
        "=CREDIT_TABLE(book; [columns]; [sort_by]; [filter]; [rows]) = 5 × 12. ")
    assert "colonne" in CREDIT_WHY("CREDIT_TABLE", livre, "couleur")


def test_why_of_an_unknown_function_names_the_nearest(book):
    with pytest.raises(WrongArgument, match="Nearest: CREDIT_LIMIT"):
        CREDIT_WHY("CREDI_LIMIT", "C001", book)


def test_headroom_and_limit_agree_with_the_exposure(book):
    limits, exposures = CREDIT_LIMIT(CODES, book), CREDIT_EXPOSURE(CODES, book)
    assert CREDIT_HEADROOM(CODES[:2], book) == [limits[place] - exposures[place] for place in range(2)]
