"""What must hold for every payment term: its words are read back to it, and any text is read or refused, at once."""

import cProfile
import pstats
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from udfs.errors import WrongArgument
from udfs.tables.schema import choices
from udfs.terms.grammar import Refusal
from udfs.terms.language import LONGEST_TEXT, MOST_DAYS, nearest, read_terms, try_terms
from udfs.terms.lexicon import phrases, phrases_abroad
from udfs.terms.term import Discount, Instalment, Maturity, Terms

METHODS = ["DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"]
MEANS = ["", *dict.fromkeys(choices("means").values())]
LANGUAGES = st.sampled_from(["en", "fr"])

BASES = st.sampled_from(["invoice", "receipt", "delivery", "order"])
ON_DAYS = st.sets(st.integers(1, 31), max_size=4).map(lambda days: tuple(sorted(days)))
SPANS = st.tuples(st.integers(0, 400), st.just(0)) | st.tuples(st.integers(0, 29), st.integers(1, 12))


def as_written(maturity):
    """The maturity as its words say it: days that a convention counts as months are months."""
    months, days = maturity.counted
    convention = {"EOM_THEN_15TH": "EOM_THEN_DAYS", "MONTHS_THEN_EOM": "DAYS_THEN_EOM"}.get(
        maturity.end_of_month, maturity.end_of_month)
    if convention and not (months or days):
        convention = "DAYS_THEN_EOM"
    return replace(maturity, months=months, days=days, end_of_month=convention)


MATURITIES = st.builds(
    lambda span, convention, on_days, base: as_written(Maturity(span[0], span[1], convention, on_days, base=base)),
    SPANS, st.sampled_from(["", *METHODS]), ON_DAYS, BASES) | st.builds(
    lambda days, base: Maturity(days=days, decade=True, base=base), st.integers(0, 90), BASES)
# The words of a decade name its base, those of an instalment its months after the first one.
LATER = st.builds(lambda maturity, later: replace(maturity, later=later), MATURITIES, st.integers(0, 12))
DISCOUNTS = st.none() | st.builds(
    lambda per_mille, days: Discount(Fraction(per_mille, 1000), Maturity(days=days)),
    st.integers(1, 300), st.integers(0, 60))


def kind_of(maturity, kind):
    return "deposit" if maturity == Maturity(base="order") and not kind else kind


def split(weights, maturities, kinds, means, discount):
    total = sum(weights)
    found = [Instalment(Fraction(weight, total), maturity, kind_of(maturity, kind))
             for weight, maturity, kind in zip(weights, maturities, kinds, strict=False)]
    found.sort(key=lambda one: ["deposit", "", "retention"].index(one.kind))
    return Terms(tuple(found), means, discount)


WEIGHTS = st.lists(st.integers(1, 100), min_size=2, max_size=6)
SPLIT = WEIGHTS.flatmap(lambda weights: st.builds(
    split, st.just(weights), st.lists(LATER, min_size=len(weights), max_size=len(weights)),
    st.lists(st.sampled_from(["", "", "deposit", "retention"]), min_size=len(weights), max_size=len(weights)),
    st.sampled_from(MEANS), DISCOUNTS))
REGULAR = st.builds(
    lambda count, apart, first, means: Terms(tuple(
        Instalment(Fraction(1, count), replace(first, later=place * apart)) for place in range(count)), means),
    st.integers(2, 24), st.sampled_from([1, 3]), MATURITIES, st.sampled_from(MEANS))
SINGLE = st.builds(lambda maturity, means, discount: Terms((Instalment(Fraction(1), maturity),), means, discount),
                   LATER, st.sampled_from(MEANS), DISCOUNTS)


def with_early_discount(terms):
    """A discount that is no earlier than the term is refused."""
    due, early = terms.maturity, terms.discount and terms.discount.maturity
    late = early and early.base == due.base and early.effective_days >= due.effective_days
    return replace(terms, discount=None) if late else terms


TERMS = (SINGLE | SPLIT | REGULAR).map(with_early_discount)


@given(TERMS, LANGUAGES, st.sampled_from(METHODS))
def test_the_words_of_a_term_are_read_back_to_it(terms, language, default_method):
    assert read_terms(terms.words(language), None, default_method) == terms


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_words_of_each_convention_are_read_back_to_the_months_that_it_counts(method, language):
    terms = Terms.net(days=75, end_of_month=method)
    assert read_terms(terms.words(language)) == Terms((Instalment(Fraction(1), as_written(terms.maturity)),))


PIECES = st.sampled_from(sorted(phrases())) | st.sampled_from([" ".join(one) for one in sorted(phrases_abroad())])
MARKS = st.integers(0, 99).map(str) | st.sampled_from(
    ["+", "/", "%", ".", ",", ";", "&", "-", " %", "1/3", "2/10", "30 %", "70 %", "net 30", "30/60/90", "RG5", "Ech. "])
WORDS = st.lists(PIECES | MARKS, max_size=12)
TEXTS = st.text(max_size=60) | WORDS.map(" ".join) | WORDS.map("".join)


@pytest.mark.fuzz
@given(TEXTS)
@example("２/１０ net ３０")
@example("/0 1/0 % 0/0 du montant")
def test_any_text_is_read_or_refused_with_a_sentence(text):
    if isinstance(try_terms(text), Refusal):
        with pytest.raises(WrongArgument) as refused:
            read_terms(text)
        assert refused.value.sentence("en") != refused.value.sentence("fr")
        return
    terms = read_terms(text)
    assert sum(one.share for one in terms.instalments) == 1
    for one in terms.instalments:
        assert one.share > 0
        assert 0 <= one.maturity.days + 30 * one.maturity.months <= MOST_DAYS
        assert all(1 <= day <= 31 for day in one.maturity.on_days)
        assert one.maturity.base in ("invoice", "receipt", "delivery", "order")


@pytest.mark.fuzz
@given(TEXTS, LANGUAGES)
@example("60 jours net, 1/3 à la commande le 10 et le 25, 2/3 en 3 fois", "fr")
def test_whatever_is_read_prints_words_that_are_read_back(text, language):
    terms = try_terms(text)
    if isinstance(terms, Terms):
        assert read_terms(terms.words(language)) == terms


@given(st.text(max_size=80) | WORDS.map(" ".join))
def test_the_nearest_form_is_always_understood(text):
    assert isinstance(try_terms(nearest(text)), Terms)


LONG = [
    "j" * LONGEST_TEXT, "j" * 39 + "z", "gg" * 19 + "z", "dff" * 13 + "z", "1 " * 1000, "1, " * 600, "1/" * 1000,
    "30 % " * 400, "1,1" * 600, "le 10 et " * 200, "30 jours " * 200, "retenue de garantie " * 100, "solde, " * 280,
    "en 3 fois " * 200, "9" * LONGEST_TEXT, "%" * LONGEST_TEXT, "1/3 " * 500, "Ech. " + "10/" * 600 + "10 %",
    "- " * 1000,
    "\u3251" * LONGEST_TEXT, "\ufdfa" * LONGEST_TEXT, " " * 1000 + "x", "fin de mois " * 160, "1" + " " * 1990 + "%",
    "ech" + " " * 1990 + "%", "escompte 2 % 8 jours, " * 80, "30 jours, " * 190, "1 mois et demi " * 130,
    "x" * (LONGEST_TEXT + 1)]


# Steps of Python that 2,000 letters may cost (some of them are 18 letters each); a search of every cut takes millions.
MOST_STEPS = 1_000_000


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:12].strip()} x{len(text)}")
def test_a_long_text_costs_few_steps(text):
    """The first sentence needs the texts of the product: they are read before."""
    nearest("")
    phrases_abroad()
    steps = cProfile.Profile()
    found = steps.runcall(try_terms, text)
    assert isinstance(found, Terms | Refusal)
    assert pstats.Stats(steps).total_calls < MOST_STEPS
