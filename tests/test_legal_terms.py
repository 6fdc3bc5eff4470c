"""Legal maxima of payment terms: the latest lawful due date of each kind of sale, worked out by hand from the articles.

Days are counted as in DOMAIN 3.2: the base day excluded, the last one included.
"""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.errors import NotAvailable
from udfs.reference import rows
from udfs.tables.schema import choices
from udfs.terms.due_dates import Moments, due_dates
from udfs.terms.legal import end_of_month_maxima, legal_maxima, legal_terms, no_maximum
from udfs.terms.term import WHOLE, Instalment, Maturity, Terms

LAW = legal_terms(rows("legal_terms"))
FIRST = np.zeros(1, int)


def column(day):
    return np.array([day or "NaT"], "datetime64[D]")


def moments(invoice, delivery=None, receipt=None):
    return Moments(column(invoice), column(delivery), None, column(receipt))


def latest(regime, invoice, delivery=None, receipt=None, terms=None, law=None):
    found = legal_maxima(LAW if law is None else law, [regime], FIRST, moments(invoice, delivery, receipt), [terms],
                         FIRST)
    return str(found.latest[0])


def rule(regime, invoice):
    found = legal_maxima(LAW, [regime], FIRST, moments(invoice))
    return LAW[found.rule[0]] if found.rule[0] >= 0 else None


def end_of_month(days, convention="DAYS_THEN_EOM", **more):
    return Terms.net(days=days, end_of_month=convention, **more)


# Each regime, without terms

@pytest.mark.parametrize(("regime", "dates", "day"), [
    ("general", {"invoice": "2025-01-15"}, "2025-03-16"),  # L441-10 I: 60 days
    ("general", {"invoice": "2024-01-15"}, "2024-03-15"),  # leap year
    ("general", {"invoice": "2026-12-31"}, "2027-03-01"),  # the last invoice that the row knows
    ("general", {"invoice": "2015-06-30"}, "2015-08-29"),  # L441-6 I
    ("no_clause", {"invoice": "2025-01-15", "delivery": "2025-01-20"}, "2025-02-19"),  # 30 days from the goods
    ("periodic", {"invoice": "2025-01-31"}, "2025-03-17"),  # 45 days
    ("transport", {"invoice": "2025-01-31", "delivery": "2025-01-10"}, "2025-03-02"),  # 30 days from the invoice
    ("perishable", {"invoice": "2025-03-10", "delivery": "2025-03-04"}, "2025-04-03"),  # 30 days from delivery
    ("perishable_periodic", {"invoice": "2025-03-31", "delivery": "2025-03-04"}, "2025-04-09"),  # DOMAIN 3.6 no 93
    ("perishable_periodic", {"invoice": "2025-03-31", "delivery": "2025-03-11"}, "2025-04-19"),  # no 95
    ("perishable_periodic", {"invoice": "2025-03-31", "delivery": "2025-02-25"}, "2025-03-30"),  # no 98
    ("perishable", {"invoice": "2021-10-31", "delivery": "2021-10-04"}, "2021-11-09"),  # the decade, before 01/11/2021
    ("meat", {"invoice": "2025-03-31", "delivery": "2025-03-04"}, "2025-03-24"),  # no 99
    ("spirits", {"invoice": "2025-03-10", "delivery": "2025-03-04"}, "2025-04-30"),  # no 100
    ("seasonal_fruit", {"invoice": "2025-03-31", "delivery": "2025-03-04"}, "2025-04-30"),
    ("wine", {"invoice": "2025-01-15"}, "2025-03-16"),
    ("green_spaces", {"invoice": "2025-01-15"}, "2025-03-31"),  # 55 days: 11/03, then the end of March
    ("farm_machinery", {"invoice": "2025-01-15"}, "2025-05-31"),  # 110 days: 05/05
    ("leather", {"invoice": "2025-01-15"}, "2025-03-31"),  # 54 days: 10/03
    ("watches", {"invoice": "2025-01-15"}, "2025-03-30"),  # 74 days
    ("toys", {"invoice": "2025-09-30"}, "2026-01-03"),  # 95 days until September
    ("toys", {"invoice": "2025-10-01"}, "2025-12-15"),  # 75 from October on
    ("snow_sports", {"invoice": "2025-01-15"}, "2025-04-15"),  # 90 days
    ("export", {"invoice": "2025-01-15"}, "2025-04-15"),  # L441-12: 90 days
    ("overseas", {"invoice": "2025-01-15", "delivery": "2025-02-10"}, "2025-04-11"),  # 60 days from customs clearance
    ("public", {"invoice": "2026-01-28", "receipt": "2026-02-02"}, "2026-03-04"),  # R2192-10: 30 days
    ("hospital", {"invoice": "2026-01-28", "receipt": "2026-02-02"}, "2026-03-24"),  # R2192-11: 50 days
    ("public_company", {"invoice": "2026-01-28", "receipt": "2026-02-02"}, "2026-04-03"),  # 60 days
    ("eu", {"invoice": "2026-01-28", "receipt": "2026-02-02"}, "2026-04-03"),  # directive, art. 3 (5)
])
def test_the_latest_lawful_due_date(regime, dates, day):
    assert latest(regime, **dates) == day


@pytest.mark.parametrize("regime", ["no_clause", "perishable", "meat", "public", "overseas"])
def test_a_base_date_that_is_not_known_is_the_invoice_date(regime):
    assert latest(regime, "2025-01-15") == latest(regime, "2025-01-15", "2025-01-15", "2025-01-15")


# End-of-month terms

@pytest.mark.parametrize(("regime", "invoice", "terms", "day"), [
    ("general", "2025-01-15", end_of_month(45), "2025-03-31"),  # DOMAIN 3.6 no 36: 75 days, lawful
    ("general", "2025-01-15", end_of_month(45, "EOM_THEN_DAYS"), "2025-03-17"),  # no 37
    ("general", "2025-01-15", end_of_month(45, "EOM_THEN_15TH"), "2025-03-16"),  # no 38 is 15/03; 60 days are later
    ("general", "2025-10-05", end_of_month(45, "EOM_THEN_15TH"), "2025-12-15"),  # no 59: 71 days
    ("general", "2024-01-15", end_of_month(45), "2024-03-15"),  # no 68 is 29/02; 60 days are later
    ("general", "2025-01-15", end_of_month(30), "2025-03-31"),  # the contract could say 45
    ("general", "2025-01-15", end_of_month(0), "2025-03-31"),
    ("general", "2025-01-15", Terms.net(months=1, end_of_month="DAYS_THEN_EOM"), "2025-03-31"),
    ("general", "2025-01-15", end_of_month(60), "2025-03-16"),  # counts more than 45: 60 days at most
    ("general", "2025-01-15", end_of_month(46), "2025-03-16"),
    ("general", "2025-01-15", Terms.net(days=60), "2025-03-16"),
    # A payment day after the end of the month: the days may be counted from the end of the month too.
    ("general", "2025-02-28", end_of_month(30, on_days=(10,)), "2025-04-30"),  # 28/02 + 45 days: 14/04
    ("general", "2023-01-05", end_of_month(30, on_days=(10,)), "2023-03-17"),  # 31/01 + 45 days
    ("periodic", "2025-01-15", end_of_month(45), "2025-03-01"),  # no end of month for summary invoices
    ("transport", "2025-01-15", end_of_month(45), "2025-02-14"),
    ("wine", "2025-01-15", end_of_month(45), "2025-03-31"),
    ("watches", "2025-01-15", end_of_month(59), "2025-03-31"),  # 59 days: 15/03
    ("watches", "2025-01-20", end_of_month(59), "2025-04-04"),  # 20/03, so 31/03; 74 days are later
    ("green_spaces", "2025-01-15", end_of_month(55, "EOM_THEN_DAYS"), "2025-03-27"),  # 31/01 + 55 days
    ("green_spaces", "2025-01-15", end_of_month(90), "2025-03-31"),  # 55 days end of month for all
    ("green_spaces", "2025-01-15", Terms.net(days=60), "2025-03-31"),
    ("snow_sports", "2025-01-15", end_of_month(75), "2025-04-15"),  # 31/03; 90 days are later
    ("overseas", "2025-01-15", end_of_month(45), "2025-03-31"),
    ("public", "2026-01-28", end_of_month(45), "2026-02-27"),
])
def test_end_of_month_terms_are_lawful_as_contracted(regime, invoice, terms, day):
    assert latest(regime, invoice, terms=terms) == day


def test_of_instalments_the_last_one_decides_and_a_retention_does_not():
    kept = Terms((Instalment(WHOLE * 19 / 20, Maturity(days=45, end_of_month="DAYS_THEN_EOM")),
                  Instalment(WHOLE / 20, Maturity(months=12, base="delivery"), "retention")))
    assert latest("general", "2025-01-15", terms=kept) == "2025-03-31"


def test_a_bill_whose_last_day_is_a_bank_holiday_is_lawful_on_the_next():
    """60 days after 15/01/2025 are Sunday 16 March (L511-79)."""
    assert latest("general", "2025-01-15", terms=Terms.net(days=60, means="LCR")) == "2025-03-17"
    assert latest("general", "2025-01-15", terms=Terms.net(days=60, means="transfer")) == "2025-03-16"


def test_what_an_end_of_month_clause_would_make_lawful():
    """Under either way of counting: 31/03 and 17/03 for an invoice of 15/01; 31/05 and 14/06 for one of 10/04."""
    invoices = Moments(np.array(["2025-01-15", "2025-04-10", "2025-01-15"], "datetime64[D]"))
    found = legal_maxima(LAW, ["general", "transport"], np.array([0, 0, 1]), invoices)
    assert end_of_month_maxima(LAW, found.rule, invoices).astype(str).tolist() == ["2025-03-31", "2025-06-14", "NaT"]


# Dated rows

@pytest.mark.parametrize(("regime", "invoice", "code", "sentence"), [
    ("general", "2027-01-01", "legal.after_last",
     'No legal maximum is known for the regime "general" on 1 Jan 2027: the last row ends on 31 Dec 2026. '
     "Check the law, then add a row to the table LegalTerms (sheet Legal rates)."),
    ("general", "2008-12-31", "legal.before_first",
     'No legal maximum is known for the regime "general" on 31 Dec 2008: the first row starts on 1 Jan 2009. '
     "If you need it, add a row to the table LegalTerms (sheet Legal rates)."),
    ("none", "2026-01-01", "legal.none",
     'The regime "none" has no legal maximum in the table LegalTerms (sheet Legal rates): choose another regime or '
     "add a row.")])
def test_beyond_its_rows_the_law_gives_no_answer_but_a_sentence(regime, invoice, code, sentence):
    assert latest(regime, invoice) == "NaT"
    assert rule(regime, invoice) is None
    refusal = no_maximum(LAW, regime, np.datetime64(invoice))
    assert isinstance(refusal, NotAvailable)
    assert (refusal.code, refusal.sentence("en")) == (code, sentence)


def test_the_refusal_names_the_regime_in_french():
    assert no_maximum(LAW, "general", np.datetime64("2027-02-01")).sentence("fr") == (
        "Aucun plafond légal n’est connu pour le régime « droit commun » au 01/02/2027 : la dernière ligne s’arrête au "
        "31/12/2026. Vérifiez le texte en vigueur, puis ajoutez une ligne à la table LegalTerms (feuille Taux légaux).")


@pytest.mark.parametrize(("regime", "invoice", "article"), [
    ("general", "2019-04-25", "C.com L441-6 I"), ("general", "2019-04-26", "C.com L441-10 I"),
    ("perishable", "2021-10-31", "C.com L441-11 II 1°"), ("perishable", "2021-11-01", "C.com L441-11 II 1° a"),
    ("watches", "2019-04-25", "C.com D441-5-1 IV"), ("public", "2019-03-31", "décret 2013-269, art. 1"),
    ("public", "2031-01-01", "CCP R2192-10"), ("transport", "2026-12-31", "C.com L441-11 II 5°")])
def test_the_article_is_that_of_the_invoice_date(regime, invoice, article):
    assert rule(regime, invoice).article == article


def test_a_later_row_counts_before_an_older_one_that_still_holds():
    own = {"rule": "mine", "regime": "public", "from_date": "2026-07-01", "to_date": "", "days": "20",
           "counted_from": "", "end_of": "", "end_of_month_days": "", "article": "", "fine": "", "note": ""}
    law = legal_terms([own, *rows("legal_terms")])
    assert latest("public", "2026-07-01", law=law) == "2026-07-21"
    assert latest("public", "2026-06-30", law=law) == "2026-07-30"
    assert latest("public", "2026-07-01", law=legal_terms([{**own, "days": ""}, *rows("legal_terms")])) == "2026-07-31"


def test_every_regime_has_rows_that_follow_each_other_without_a_gap():
    for regime in dict.fromkeys(choices("regime").values()):
        own = [term for term in LAW if term.regime == regime]
        assert bool(own) == (regime != "none"), regime
        for one, following in pairwise(own):
            assert one.to_date + 1 == following.from_date, following.rule
    assert len({term.rule for term in LAW}) == len(LAW) == len(rows("legal_terms"))


def test_the_words_of_the_table_are_known():
    for row in rows("legal_terms"):
        assert row["regime"] in choices("regime").values()
        assert row["counted_from"] in choices("term_base").values()
        assert row["end_of"] in ("", *choices("period").values())
        assert row["fine"] in choices("fined").values()
        assert "" not in (row["article"], row["note"])


# Columns

DAYS = st.dates(dt.date(2019, 5, 1), dt.date(2026, 12, 31))
REGIMES = st.sampled_from(["general", "transport", "perishable_periodic", "watches", "green_spaces", "public", "none"])
TERMS = st.sampled_from([None, end_of_month(45), end_of_month(30, "EOM_THEN_DAYS"), Terms.net(days=60),
                         end_of_month(30, on_days=(10,)), Terms.net(days=90, means="LCR")])


@given(st.lists(st.tuples(DAYS, REGIMES, TERMS), min_size=1, max_size=30))
def test_a_column_gives_what_each_of_its_rows_gives(lines):
    names = sorted({regime for _, regime, _ in lines})
    terms = list(dict.fromkeys(one for _, _, one in lines))
    found = legal_maxima(LAW, names, np.array([names.index(regime) for _, regime, _ in lines]),
                         Moments(np.array([day for day, _, _ in lines], "datetime64[D]")), terms,
                         np.array([terms.index(one) for _, _, one in lines]))
    assert found.latest.astype(str).tolist() == [
        latest(regime, day.isoformat(), terms=one) for day, regime, one in lines]


CONVENTIONS = st.sampled_from(list(dict.fromkeys(choices("terms_method").values())))


@given(DAYS, st.integers(0, 60), st.integers(0, 45), CONVENTIONS)
def test_up_to_60_days_and_45_days_end_of_month_are_always_lawful(day, net, days, convention):
    for terms in (Terms.net(days=net), end_of_month(days, convention)):
        assert due_dates(Moments(column(day.isoformat())), terms)[0] <= np.datetime64(
            latest("general", day.isoformat(), terms=terms))


@given(DAYS, st.integers(61, 200), CONVENTIONS)
def test_from_61_days_on_terms_are_beyond_the_maximum(day, net, convention):
    due = due_dates(Moments(column(day.isoformat())), Terms.net(days=net))[0]
    assert due > np.datetime64(latest("general", day.isoformat(), terms=Terms.net(days=net)))
    assert latest("general", day.isoformat(), terms=end_of_month(net, convention)) == latest(
        "general", day.isoformat())


def test_no_row_gives_no_row():
    empty = np.empty(0, "datetime64[D]")
    found = legal_maxima(LAW, ["general"], np.empty(0, int), Moments(empty), [None], np.empty(0, int))
    assert len(found.latest) == len(found.rule) == 0
