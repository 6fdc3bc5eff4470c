"""The language of payment terms: wordings of accountants and ERPs, and what is refused."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.errors import WrongArgument
from udfs.terms.due_dates import due_dates
from udfs.terms.grammar import Refusal
from udfs.terms.language import FORMS, LONGEST_TEXT, method_code, nearest, read_terms, try_terms
from udfs.terms.lexicon import phrases
from udfs.terms.term import Terms

with (Path(__file__).parent / "vectors" / "term_labels.csv").open(encoding="utf-8", newline="") as file:
    LABELS = list(csv.DictReader(file))
READ = [row for row in LABELS if not row["refused"]]
REFUSED = [row for row in LABELS if row["refused"]]
METHODS = ["DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"])
def test_a_wording_is_read_as_meant(row):
    expected = Terms(days=int(row["days"]), months=int(row["months"]), end_of_month=row["end_of_month"],
                     on_day=int(row["on_day"]), base=row["base"], means=row["means"])
    assert read_terms(row["text"]) == expected


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["text"])
def test_a_wording_is_refused_with_its_reason(row):
    with pytest.raises(WrongArgument) as refused:
        read_terms(row["text"])
    assert refused.value.code == row["refused"]
    for language in ("en", "fr"):
        assert row["text"] in refused.value.sentence(language)


def test_a_decade_counts_from_delivery():
    assert read_terms("30 j fin de décade") == Terms(days=30, decade=True, base="delivery")


@pytest.mark.parametrize("value", [30, 30.0, "30", " 30 ", np.float64(30)])
def test_a_number_is_a_number_of_days(value):
    assert read_terms(value) == Terms(days=30)


@pytest.mark.parametrize(("value", "code"), [
    (None, "terms.empty"), ("", "terms.empty"), ("  ", "terms.empty"), (float("nan"), "terms.empty"),
    (30.5, "terms.not_understood"), (-30, "terms.not_understood"), (1000.0, "terms.too_long"),
    (46000.0, "terms.too_long"), (dt.date(2026, 12, 31), "terms.is_a_date"),
    (dt.datetime(2026, 12, 31), "terms.is_a_date"), ("x" * (LONGEST_TEXT + 1), "terms.not_understood"),
])
def test_a_cell_that_holds_no_term_says_so(value, code):
    with pytest.raises(WrongArgument) as refused:
        read_terms(value)
    assert refused.value.code == code


def test_the_sentence_quotes_the_text_and_names_the_nearest_form():
    with pytest.raises(WrongArgument) as refused:
        read_terms("60 jorus fin de moi")
    assert refused.value.sentence("fr") == (
        "« 60 jorus fin de moi » n’est pas un délai de paiement connu. "
        "Formulation comprise la plus proche : « 60 jours fin de mois ».")
    assert refused.value.sentence("en") == (
        '"60 jorus fin de moi" is not a payment term known here. '
        'Nearest one understood: "60 jours fin de mois".')


def test_instalments_are_refused_by_name_with_the_remedy():
    with pytest.raises(WrongArgument) as refused:
        read_terms("30 % à la commande, solde à 60 jours")
    assert "pas encore lus : indiquez la date d’échéance" in refused.value.sentence("fr")
    assert "not read yet: give the due date" in refused.value.sentence("en")


@pytest.mark.parametrize("days", [1, 30, 45, 120])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_proposed_is_understood(form, days):
    assert isinstance(try_terms(form.format(days=days, months=min(days, 12))), Terms)


def test_the_order_of_the_words_decides_unless_a_method_is_given():
    assert read_terms("45 j FDM").end_of_month == "DAYS_THEN_EOM"
    assert read_terms("45 j FDM", None, "EOM_THEN_15TH").end_of_month == "EOM_THEN_15TH"
    assert read_terms("FDM 45 j", None, "EOM_THEN_15TH").end_of_month == "EOM_THEN_DAYS"
    assert read_terms("45 j puis FDM", None, "EOM_THEN_DAYS").end_of_month == "DAYS_THEN_EOM"
    for words in ("45 j FDM", "FDM 45 j"):
        for method in METHODS:
            assert read_terms(words, method).end_of_month == method


def test_a_method_leaves_terms_without_end_of_month_alone():
    for method in METHODS:
        assert read_terms("30 jours nets", method) == Terms(days=30)
        assert read_terms("fin de mois", method) == Terms(end_of_month="DAYS_THEN_EOM")


@pytest.mark.parametrize(("word", "code"), [
    ("Jours puis fin de mois", "DAYS_THEN_EOM"), ("B", "EOM_THEN_DAYS"),
    ("fin de mois puis le 15", "EOM_THEN_15TH"), ("mois puis fin de mois", "MONTHS_THEN_EOM"),
    ("eom_then_days", "EOM_THEN_DAYS"), ("", "")])
def test_methods_are_accepted_in_both_languages(word, code):
    assert method_code(word) == code


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(WrongArgument, match="DAYS_THEN_EOM, EOM_THEN_DAYS, EOM_THEN_15TH, MONTHS_THEN_EOM"):
        read_terms("45 j FDM", "au hasard")


@pytest.mark.parametrize(("words", "effective"), [
    ("comptant", 0), ("30 jours nets", 30), ("45 j FDM", 60), ("fin de mois 45 jours", 60), ("2 mois", 60),
    ("fin du mois suivant", 45), ("le 10 du mois suivant", 25), ("30 j FDM le 10", 55), ("fin de mois", 15),
    ("30 j fin de décade", 35), ("le 10", 15)])
def test_effective_days_of_the_credit_need(words, effective):
    """DOMAIN 0: mean effective days of the term; "45 j FDM" is about 60."""
    assert read_terms(words).effective_days == effective


@pytest.mark.parametrize("words", ["45 j FDM", "fin du mois suivant", "le 10 du mois suivant",
                                   "30 j FDM le 10", "30 j fin de décade", "le 10"])
def test_effective_days_are_the_mean_of_four_years_within_two_days(words):
    terms = read_terms(words)
    invoices = np.arange(np.datetime64("2024-01-01"), np.datetime64("2028-01-01"))
    mean = float((due_dates(invoices, terms) - invoices).astype(int).mean())
    assert abs(mean - terms.effective_days) < 2


MEANS = ["", "transfer", "cheque", "LCR", "note", "direct_debit", "card", "cash", "set_off"]
SPANS = st.integers(0, 400)
COUNTED = st.builds(
    Terms, days=SPANS, months=st.integers(0, 12), end_of_month=st.sampled_from(["", *METHODS]),
    on_day=st.integers(0, 31), base=st.sampled_from(["invoice", "delivery", "order"]),
    means=st.sampled_from(MEANS),
).filter(lambda terms: not terms.months or terms.days < 30)
TERMS = COUNTED | st.builds(Terms, days=SPANS, decade=st.just(True), base=st.just("delivery"))


@given(TERMS, st.sampled_from(["en", "fr"]), st.sampled_from(METHODS))
def test_a_term_in_words_is_read_back_to_the_same_due_dates(terms, language, default_method):
    invoices = np.arange(np.datetime64("2024-01-01"), np.datetime64("2025-01-01"), 13)
    again = read_terms(terms.words(language), None, default_method)
    assert (due_dates(invoices, again) == due_dates(invoices, terms)).all()
    assert (again.base, again.means) == (terms.base, terms.means)


@pytest.mark.parametrize(("terms", "french", "english"), [
    (Terms(), "à réception de facture", "due on receipt"),
    (Terms(days=1), "1 jour net", "1 day net"),
    (Terms(days=30, means="LCR"), "30 jours nets, par LCR", "30 days net, by bill of exchange"),
    (Terms(days=45, end_of_month="EOM_THEN_15TH"), "fin de mois puis 1 mois et 15 jours",
     "end of month then 1 month and 15 days"),
    (Terms(days=60, end_of_month="MONTHS_THEN_EOM"), "2 mois puis fin de mois", "2 months then end of month"),
    (Terms(end_of_month="DAYS_THEN_EOM", on_day=1), "le 1er du mois suivant", "on day 1 of next month"),
    (Terms(days=30, decade=True, base="delivery"), "fin de décade puis 30 jours (date de livraison)",
     "end of ten-day period then 30 days (delivery date)"),
    (Terms(base="order"), "à la commande", "due on order"),
])
def test_a_term_prints_itself_in_clear_words(terms, french, english):
    assert (terms.words("fr"), terms.words("en")) == (french, english)


PIECES = st.sampled_from(sorted(phrases())) | st.integers(0, 99).map(str) | st.sampled_from("+/%.,&-")
WORDS = st.lists(PIECES)


@given(st.text() | WORDS.map(" ".join) | WORDS.map("".join))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    terms, refused = None, None
    try:
        terms = read_terms(text)
    except WrongArgument as error:
        refused = error
    if refused:
        assert refused.sentence("en") != refused.sentence("fr")
    else:
        assert 0 <= terms.days + 30 * terms.months <= 999
        assert 0 <= terms.on_day <= 31
        assert terms.base in ("invoice", "delivery", "order")


CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.decimals()


@given(CELLS | st.lists(st.integers()))
def test_any_cell_is_read_or_refused(value):
    assert isinstance(try_terms(value), Terms | Refusal)


@given(st.text(max_size=40))
def test_the_nearest_form_is_always_understood(text):
    assert isinstance(try_terms(nearest(text)), Terms)
