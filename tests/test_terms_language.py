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
from udfs.terms.term import Terms

with (Path(__file__).parent / "vectors" / "term_labels.csv").open(encoding="utf-8", newline="") as file:
    LABELS = list(csv.DictReader(file))
READ = [row for row in LABELS if not row["refused"]]
REFUSED = [row for row in LABELS if row["refused"]]
METHODS = ["DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"])
def test_a_wording_is_read_as_meant(row):
    on_days = (int(row["on_day"]),) if int(row["on_day"]) else ()
    expected = Terms.net(days=int(row["days"]), months=int(row["months"]), end_of_month=row["end_of_month"],
                         on_days=on_days, base=row["base"], means=row["means"])
    assert read_terms(row["text"]) == expected


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["text"])
def test_a_wording_is_refused_with_its_reason(row):
    with pytest.raises(WrongArgument) as refused:
        read_terms(row["text"])
    assert refused.value.code == row["refused"]
    for language in ("en", "fr"):
        assert row["text"] in refused.value.sentence(language)


def test_a_decade_counts_from_delivery():
    assert read_terms("30 j fin de décade") == Terms.net(days=30, decade=True, base="delivery")


@pytest.mark.parametrize("value", [30, 30.0, "30", " 30 ", np.float64(30)])
def test_a_number_is_a_number_of_days(value):
    assert read_terms(value) == Terms.net(days=30)


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


def test_instalments_that_are_not_all_said_are_refused_with_the_remedy():
    with pytest.raises(WrongArgument) as refused:
        read_terms("acompte puis 60 jours")
    assert "sans dire la part ou la date de chacun. Écrivez par exemple « 30\u00a0% à la commande" in (
        refused.value.sentence("fr"))
    assert "without the share or the date of each" in refused.value.sentence("en")


@pytest.mark.parametrize(("words", "french", "english"), [
    ("30 % à la commande, 40 % à 30 jours", "totalisent 70\u00a0%, au lieu de 100\u00a0%", "total 70% instead of 100%"),
    ("1/3 30 j, 1/3 60 j", "totalisent 66,67\u00a0%", "total 66.67%"),
    ("60% on order, 60% on delivery", "totalisent 120\u00a0%", "total 120%")])
def test_shares_that_do_not_total_100_are_refused_with_their_total(words, french, english):
    with pytest.raises(WrongArgument) as refused:
        read_terms(words)
    assert french in refused.value.sentence("fr")
    assert english in refused.value.sentence("en")


@pytest.mark.parametrize("days", [1, 30, 45, 120])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_proposed_is_understood(form, days):
    assert isinstance(try_terms(form.format(days=days, months=min(days, 12))), Terms)


def test_the_order_of_the_words_decides_unless_a_method_is_given():
    assert read_terms("45 j FDM").maturity.end_of_month == "DAYS_THEN_EOM"
    assert read_terms("45 j FDM", None, "EOM_THEN_15TH").maturity.end_of_month == "EOM_THEN_15TH"
    assert read_terms("FDM 45 j", None, "EOM_THEN_15TH").maturity.end_of_month == "EOM_THEN_DAYS"
    assert read_terms("45 j puis FDM", None, "EOM_THEN_DAYS").maturity.end_of_month == "DAYS_THEN_EOM"
    for words in ("45 j FDM", "FDM 45 j"):
        for method in METHODS:
            assert read_terms(words, method).maturity.end_of_month == method


def test_a_method_leaves_terms_without_end_of_month_alone():
    for method in METHODS:
        assert read_terms("30 jours nets", method) == Terms.net(days=30)
        assert read_terms("fin de mois", method) == Terms.net(end_of_month="DAYS_THEN_EOM")


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
    ("30 j fin de décade", 35), ("le 10", 15), ("30/60/90 jours", 60), ("3 mensualités", 60),
    ("50 % à la commande, 50 % à 60 jours", 30)])
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


@pytest.mark.parametrize(("terms", "french", "english"), [
    (Terms(), "comptant", "payable immediately"),
    (Terms.net(base="receipt"), "à réception de facture", "due on receipt"),
    (Terms.net(days=30, base="receipt"), "30 jours nets (réception de facture)", "30 days net (receipt of invoice)"),
    (Terms.net(days=1), "1 jour net", "1 day net"),
    (Terms.net(days=30, means="LCR"), "30 jours nets, par LCR", "30 days net, by bill of exchange"),
    (Terms.net(days=30, end_of_month="DAYS_THEN_EOM", on_days=(10,), means="LCR"),
     "30 jours puis fin de mois le 10, par LCR", "30 days then end of month on day 10, by bill of exchange"),
    (Terms.net(days=45, end_of_month="DAYS_THEN_EOM"), "45 jours puis fin de mois", "45 days then end of month"),
    (Terms.net(days=45, end_of_month="EOM_THEN_DAYS"), "fin de mois puis 45 jours", "end of month then 45 days"),
    (Terms.net(days=45, end_of_month="EOM_THEN_15TH"), "fin de mois puis 1 mois et 15 jours",
     "end of month then 1 month and 15 days"),
    (Terms.net(days=60, end_of_month="MONTHS_THEN_EOM"), "2 mois puis fin de mois", "2 months then end of month"),
    (Terms.net(end_of_month="DAYS_THEN_EOM", on_days=(1,)), "le 1er du mois suivant", "on day 1 of next month"),
    (Terms.net(on_days=(10, 20, 30)), "les 10, 20 et 30", "on days 10, 20 and 30"),
    (Terms.net(days=30, decade=True, base="delivery"), "fin de décade puis 30 jours (date de livraison)",
     "end of ten-day period then 30 days (delivery date)"),
    (Terms.net(base="order"), "à la commande", "due on order"),
])
def test_a_term_prints_itself_in_clear_words(terms, french, english):
    assert (terms.words("fr"), terms.words("en")) == (french, english)


CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.decimals()


@given(CELLS | st.lists(st.integers()))
def test_any_cell_is_read_or_refused(value):
    assert isinstance(try_terms(value), Terms | Refusal)


@given(st.text(max_size=40))
def test_the_nearest_form_is_always_understood(text):
    assert isinstance(try_terms(nearest(text)), Terms)
