"""Payment terms in German, Italian, Spanish and Dutch, and that they leave French and English alone."""

import csv
import itertools
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.errors import WrongArgument
from udfs.tables.schema import choices
from udfs.terms import lexicon
from udfs.terms.language import read_terms, try_terms
from udfs.terms.lexicon import letters, phrases, phrases_abroad, tokens
from udfs.terms.term import Discount, Maturity, Terms

VECTORS = Path(__file__).parent / "vectors"
METHODS = ["DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]
# Initials that French knows too, "date facture" and "fin de mois"; what it makes of them is tested by name.
INITIALS = {("f", "f"), ("d", "f", "f"), ("d", "f", "f", "m"), ("d", "f", "f", "d", "m"), ("e", "m")}


def rows(name):
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ABROAD = rows("term_labels_abroad.csv")
HOME = [row["text"] for row in rows("term_labels.csv")] + [row["terms"] for row in rows("terms.csv")]


def said(terms):
    """What a vector says of a term, the convention left out."""
    due = terms.maturity
    return due.days, due.months, due.on_days, due.base, terms.means


def expected(row):
    on_days = (int(row["on_day"]),) if int(row["on_day"]) else ()
    return int(row["days"]), int(row["months"]), on_days, row["base"], row["means"]


@pytest.mark.parametrize("row", ABROAD, ids=lambda row: f"{row['language']} {row['text']}")
def test_a_wording_from_abroad_is_read_as_meant(row):
    terms = read_terms(row["text"])
    assert said(terms) == expected(row)
    assert not terms.is_split
    assert not terms.maturity.decade
    assert not terms.maturity.later
    assert terms.maturity.end_of_month == row["convention"].replace("open", "DAYS_THEN_EOM")


@pytest.mark.parametrize("row", ABROAD, ids=lambda row: f"{row['language']} {row['text']}")
def test_capitals_and_missing_accents_change_nothing(row):
    assert read_terms(row["text"].upper()) == read_terms(letters(row["text"])) == read_terms(row["text"])


@pytest.mark.parametrize("method", METHODS)
def test_the_policy_decides_where_the_words_leave_the_convention_open(method):
    for row in ABROAD:
        found = read_terms(row["text"], default_method=method).maturity.end_of_month
        assert found == row["convention"].replace("open", method), row["text"]


def test_each_language_has_three_dozen_vectors_and_open_and_decided_conventions():
    for language in ("de", "it", "es", "nl"):
        conventions = [row["convention"] for row in ABROAD if row["language"] == language]
        assert len(conventions) >= 36
        assert {"", "open", "DAYS_THEN_EOM", "EOM_THEN_DAYS"} <= set(conventions)


@pytest.mark.parametrize(("text", "percent", "early", "net"), [
    ("14 Tage 2 % Skonto, 30 Tage netto", 2, 14, 30), ("2 % Skonto innerhalb von 10 Tagen, 30 Tage netto", 2, 10, 30),
    ("14 Tage 2% Skonto 30 Tage netto", 2, 14, 30), ("30 Tage netto, 10 Tage abzüglich 2 % Skonto", 2, 10, 30),
    ("zahlbar innerhalb von 14 Tagen mit 2 % oder 30 Tage netto", 2, 14, 30), ("10 Tage 3%, 30 Tage netto", 3, 10, 30),
    ("bei Zahlung innerhalb von 8 Tagen 3 % Skonto, 30 Tage netto", 3, 8, 30),
    ("14 Tage 2% / 30 Tage netto", 2, 14, 30),
    ("sconto 2% 10 gg, 60 gg", 2, 10, 60), ("10 giorni sconto 3 %, 30 giorni netto", 3, 10, 30),
    ("2% dto. pronto pago 10 días, 60 días", 2, 10, 60), ("60 días, descuento 2 % a 10 días", 2, 10, 60),
    ("2 % korting binnen 8 dagen, 30 dagen netto", 2, 8, 30), ("8 dagen 2 % korting, 30 dagen netto", 2, 8, 30)])
def test_a_cash_discount_and_the_net_term_are_told_apart(text, percent, early, net):
    terms = read_terms(text)
    assert said(terms) == (net, 0, (), "invoice", "")
    assert not terms.is_split
    assert terms.discount == Discount(Fraction(percent, 100), Maturity(days=early))


@pytest.mark.parametrize("text", [
    "30 Tage 2 % Skonto, 14 Tage netto", "2 % Skonto 30 Tage, 30 Tage netto", "Skonto", "Vorkasse 3 % Skonto",
    "10 Tage 3 % Skonto, 20 Tage 2 % Skonto, 30 Tage netto", "2 % sconto", "pronto pago"])
def test_a_cash_discount_that_makes_no_sense_or_is_one_of_several_is_refused(text):
    with pytest.raises(WrongArgument) as refused:
        read_terms(text)
    assert refused.value.code == "terms.discount"


@pytest.mark.parametrize(("text", "shares_and_days"), [
    ("30/60/90 gg FM", [("1/3", 30), ("1/3", 60), ("1/3", 90)]), ("RiBa 30/60 gg", [("1/2", 30), ("1/2", 60)]),
    ("30 % Anzahlung, Rest 30 Tage", [("3/10", 0), ("7/10", 30)]),
    ("50% im Voraus, 50% bei Lieferung", [("1/2", 0), ("1/2", 0)]),
    ("30% anticipo, saldo 60 gg", [("3/10", 0), ("7/10", 60)]),
    ("50% por adelantado, 50% a la entrega", [("1/2", 0), ("1/2", 0)]),
    ("50% voorschot, 50% bij levering", [("1/2", 0), ("1/2", 0)])])
def test_usual_shares_are_read_too(text, shares_and_days):
    found = read_terms(text).instalments
    assert [(str(one.share), one.maturity.days) for one in found] == shares_and_days


@pytest.mark.parametrize("text", [
    "30 Werktage", "10 Arbeitstage", "30 días hábiles", "30 giorni lavorativi", "10 werkdagen",
    "nach Vereinbarung", "da concordare", "según contrato", "volgens afspraak",
    "30 Tage blabla", "30 Tage giorni", "30 giorni días", "Monatsende giorni", "30 Tage Monatsende Folgemonat",
    "Tage netto", "giorni", "días", "dagen", "Monat", "mese", "mes", "maand", "netto", "fine", "Ende", "einde",
    "zum", "il", "el día", "op de", "RB", "R.D.", "N.A.", "zum 32. des Folgemonats", "il 32 del mese",
    "sofort 30 Tage", "Lieferung oder Bestellung", "alla consegna o all’ordine", "30 días vista",
    "conditions au dos", "très",
])
def test_nonsense_and_what_is_not_said_stay_refused(text):
    with pytest.raises(WrongArgument) as refused:
        read_terms(text)
    assert refused.value.code == "terms.not_understood"


@pytest.mark.parametrize("text", [
    "zum 10. und 25.", "am 10. und 25. des Monats", "il 10 e il 25 del mese", "día 10 y día 25",
    "el 10 y el 25 de cada mes", "de 10e en de 25e van de maand"])
def test_two_payment_days_in_the_month(text):
    assert read_terms(text).maturity == Maturity(on_days=(10, 25))


PIECES = (st.sampled_from(sorted(" ".join(phrase) for phrase in phrases_abroad())) | st.integers(0, 99).map(str)
          | st.sampled_from(["+", "/", "%", ",", ".", "&", "-", "jours", "fin de mois", "net", "escompte", "d", "f"]))


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.lists(PIECES, max_size=5).map("".join))
def test_any_mixture_is_read_or_refused_and_what_is_read_can_be_said_again(text):
    terms = try_terms(text)
    if isinstance(terms, Terms):
        assert sum(one.share for one in terms.instalments) == 1
        assert said(read_terms(terms.words("fr"))) == said(read_terms(terms.words("en"))) == said(terms)


# French and English come first ------------------------------------------------------------------------------------


def without_abroad(monkeypatch, texts):
    lexicon._unglued.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(lexicon, "phrases_abroad", dict)
        found = [tokens(text) for text in texts]
    lexicon._unglued.cache_clear()
    return found


def test_every_french_and_english_label_keeps_its_words(monkeypatch):
    assert [tokens(text) for text in HOME] == without_abroad(monkeypatch, HOME)


def test_what_firms_glue_together_in_french_and_english_keeps_its_words(monkeypatch):
    short = [phrase for phrase, meaning in phrases().items() if len(phrase) < 7 and lexicon.GLUED & set(meaning)]
    glued = ["30" + "".join(words) for words in itertools.product(short, repeat=2)]
    assert len(glued) > 1000
    assert [tokens(text) for text in glued] == without_abroad(monkeypatch, glued)


def test_no_phrase_from_abroad_hides_in_french_or_english_words():
    """A text of words that French or English know can hold a phrase from abroad only if all its words are known."""
    with (lexicon.FOLDER / "words.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["words"] for row in csv.DictReader(file)] + list(choices("means"))
    known = {word for text in texts for word in re.findall("[a-z]+", letters(text))}
    assert {phrase for phrase in phrases_abroad() if known.issuperset(phrase)} == INITIALS
    assert not {"".join(phrase) for phrase in phrases_abroad()} & set(phrases())


@pytest.mark.parametrize("text", ["45 j d.f. f.d.m.", "45 J D.F. F.M.", "45J DF FDM", "45JDFFM", "45 j f.m. d.f."])
def test_initials_that_french_and_others_share_mean_the_same(text):
    terms = read_terms(text)
    assert said(terms) == (45, 0, (), "invoice", "")
    assert terms.maturity.end_of_month == "DAYS_THEN_EOM"


@pytest.mark.parametrize("text", ["30 d à réception", "30 d à l’émission de la facture", "30 d to pay", "30 j à M+1"])
def test_a_word_from_abroad_is_not_found_in_two_french_or_english_ones(monkeypatch, text):
    """The Italian "da" and "dal", the Spanish "dto" and the German "am" are not "d à", "d à l", "d to" and "à M"."""
    assert [tokens(text)] == without_abroad(monkeypatch, [text])


def test_a_phrase_from_abroad_has_one_meaning_and_can_be_found():
    meanings = {}
    for file in lexicon.FOLDER.glob("words_*.csv"):
        for row in rows(file):
            for phrase in row["words"].split("|"):
                words = tuple(letters(phrase).split())
                assert words == tuple(re.findall("[a-z]+", letters(phrase))), phrase
                assert len(words) <= lexicon.LONGEST_PHRASE, phrase
                assert meanings.setdefault(words, (row["kind"], row["value"])) == (row["kind"], row["value"]), phrase
