"""Payment terms as accountants, contracts and ERPs write them, tried one by one by a fresh reader; what a cell answers
to a wrong one."""

import datetime as dt

import pytest

from tests.small_ledgers import book
from udfs import CREDIT_WHY, DUE_DATE, LATE_INDEMNITY, LATE_INTEREST, OPEN_ITEMS, TERMS_TEXT
from udfs.errors import WrongArgument
from udfs.terms.grammar import Refusal
from udfs.terms.language import nearest, read_terms, try_terms

D = dt.date


def words(text):
    return read_terms(text).words("fr").replace("\u00a0", " ").replace("\u202f", " ")


# Contracts

@pytest.mark.parametrize(("text", "read"), [
    ("trente (30) jours", "30 jours nets"),
    ("60 (soixante) jours", "60 jours nets"),
    ("soixante (60) jours à compter de la date d’émission de la facture", "60 jours nets"),
    ("quarante-cinq (45) jours fin de mois", "45 jours puis fin de mois"),
    ("quarante jours", "40 jours nets"),
    ("cinquante jours", "50 jours nets"),
    ("dernier jour du mois", "fin de mois"),
    ("le dernier jour du mois suivant", "fin du mois suivant"),
    ("last day of the following month", "fin du mois suivant"),
    ("last day of the month following", "fin du mois suivant"),
    ("45 jours fin de mois avec escompte de 1 % à 15 jours",
     "45 jours puis fin de mois, escompte de 1 % si règlement à 15 jours nets"),
    ("30% cde, 70% liv", "acompte de 30 % à la commande, 70 % à la livraison"),
    ("payable dans un délai de 30 jours", "30 jours nets"),
    ("dans un délai maximum de 60 jours à compter de la date d'émission", "60 jours nets"),
    ("within a period of 30 days from receipt of the invoice", "30 jours nets (réception de facture)"),
    ("dans les trente jours qui suivent la réception de la facture", "30 jours nets (réception de facture)"),
    ("délai global de paiement : 30 jours", "30 jours nets"),
    ("30 jours à compter de la réception de la demande de paiement", "30 jours nets (réception de facture)"),
    ("30 jours à partir de la date de réception de la facture sur Chorus Pro", "30 jours nets (réception de facture)"),
    ("Facture payable comptant à réception", "à réception de facture"),
    ("Net à payer sous 30 jours", "30 jours nets"),
    ("fin de mois en cours", "fin de mois"),
    ("60 jours (LME)", "60 jours nets"),
    ("45 jours fin de mois, loi LME", "45 jours puis fin de mois"),
    ("Merci de régler sous 30 jours", "30 jours nets"),
    ("30 % à la signature du devis, solde à réception de facture",
     "acompte de 30 % à la commande, 70 % à réception de facture"),
    ("30% à la signature, 70% à la livraison", "acompte de 30 % à la commande, 70 % à la livraison"),
])
def test_wordings_of_contracts(text, read):
    assert words(text) == read


@pytest.mark.parametrize("text", [
    "30 jours, pas d'escompte pour paiement anticipé", "30 jours. Escompte pour paiement anticipé : néant",
    "30 jours - aucun escompte en cas de paiement anticipé", "30 jours, sans escompte pour règlement anticipé",
    "Escompte néant, 30 jours nets", "Escompte 0 %, 30 jours", "30 jours, escompte : 0 %",
])
def test_that_there_is_no_discount_says_nothing_of_the_date(text):
    assert read_terms(text) == read_terms("30 jours")


# ERPs

@pytest.mark.parametrize(("text", "read"), [
    ("10 Days after End of Next Month", "fin du mois suivant puis 10 jours"),
    ("10 jours après la fin du mois suivant", "fin du mois suivant puis 10 jours"),
    ("fin du mois suivant + 15 jours", "fin du mois suivant puis 15 jours"),
    ("fin du mois suivant + 45 jours", "fin du mois suivant puis 45 jours"),
    ("30% Now, Balance 60 Days", "30 % comptant, 70 % à 60 jours nets"),
    ("30 % maintenant, solde à 60 jours", "30 % comptant, 70 % à 60 jours nets"),
    ("CIA", "à la commande"),
    ("BOR 60 jours", "60 jours nets, par billet à ordre"),
    ("billet à ordre relevé 60 jours", "60 jours nets, par billet à ordre"),
    ("TRT 30 FDM", "30 jours puis fin de mois, par LCR"),
    ("Lettre de change relevé 60 jours", "60 jours nets, par LCR"),
    ("60 jours fin de mois le 15 par LCR sans acceptation", "60 jours puis fin de mois le 15, par LCR"),
    ("VCOM 60 jours", "60 jours nets, par virement"),
    ("Mandat administratif 30 jours", "30 jours nets, par virement"),
    ("30 jrs date fact.", "30 jours nets"),
    ("60 j dt fact", "60 jours nets"),
    ("CPT", "comptant"),
    ("Carte bleue à la commande", "à la commande, par carte bancaire"),
    ("45 jours récept. facture", "45 jours nets (réception de facture)"),
    ("« 45 jours fin de mois »", "45 jours puis fin de mois"),
    ("30 jours !", "30 jours nets"),
    ("30 jours*", "30 jours nets"),
])
def test_wordings_of_erps(text, read):
    assert words(text) == read
    assert read_terms(read) == read_terms(text)


def test_days_after_the_end_of_the_next_month():
    assert DUE_DATE("2026-01-31", "10 days after end of next month") == D(2026, 3, 10)
    assert DUE_DATE("2026-01-15", "10 days after end of next month") == D(2026, 3, 10)
    assert DUE_DATE("2024-01-15", "1 day after end of next month") == D(2024, 3, 1)


# What is not sure is refused

@pytest.mark.parametrize("text", [
    "le 15 du 2ème mois suivant",  # was read as the 2nd and the 15th of next month
    "le 10 du 3e mois suivant",
    "30 jours après le 10 du mois suivant",  # the 12th of the month after, was read as the 10th
    "plus de 30 jours", "more than 30 days",
    "end of the month after",  # which month?
    "45 jours fin de mois ou 60 jours nets", "30 ou 60 jours",
    "30 jours fin de mois suivant",
    "0001", "0002", "0030",  # codes of SAP: "0001" is payable at once, not in one day
])
def test_what_could_mean_something_else_is_refused(text):
    assert isinstance(try_terms(text), Refusal)


@pytest.mark.parametrize("text", ["Virement", "Espèces", "carte bancaire", "par chèque", "LCR", "mandat administratif",
                                  "Prélèvement SEPA", "BB"])
def test_a_means_alone_is_told_to_say_no_date(text):
    with pytest.raises(WrongArgument) as refused:
        TERMS_TEXT(text)
    assert refused.value.sentence("fr") == (f"« {text} » dit comment on règle, non quand. "
                                            "Ajoutez le délai, par exemple « virement à 30 jours ».")
    assert "how it is paid, not when" in refused.value.sentence("en")


@pytest.mark.parametrize("text", ["n/a", "?", "-", "abc"])
def test_where_nothing_resembles_the_usual_form_is_proposed(text):
    assert nearest(text) == "30 jours fin de mois"


def test_a_serial_where_terms_belong_is_quoted_as_the_cell_shows_it():
    with pytest.raises(WrongArgument, match=r'^"45750" is longer than 999 days'):
        DUE_DATE("15/01/2025", 45750.0)


# Arguments

def test_a_calendar_goes_by_its_name_too():
    assert DUE_DATE("01/05/2025", "30 j", calendar="France", roll="suivant") == D(2025, 6, 2)
    assert DUE_DATE("01/05/2025", "30 j", calendar="Alsace-Moselle") == D(2025, 6, 2)
    assert DUE_DATE("01/05/2025", "30 j", calendar="Allemagne") == DUE_DATE("01/05/2025", "30 j", calendar="DE")
    with pytest.raises(WrongArgument, match=r'"LUNE" is not a calendar'):
        DUE_DATE("01/05/2025", "30 j", calendar="Lune")


def test_buyers_of_a_column_each_have_their_compensation():
    assert LATE_INDEMNITY([[1], [2], [3]], None, [["particulier"], ["société"], [None]]) == [[0.0], [80.0], [120.0]]
    assert LATE_INDEMNITY(2, None, [["particulier"], ["société"]]) == [[0.0], [80.0]]
    assert LATE_INDEMNITY(2, [["oui"], ["non"]]) == [[0.0], [80.0]]
    answers = LATE_INDEMNITY([[1], [2]], None, [["martien"], ["société"]])
    assert isinstance(answers[0][0], WrongArgument)
    assert answers[1] == [80.0]


def test_a_payment_may_stand_with_its_means():
    given = (10_000, "2026-05-01", "2026-09-03", "", "")
    for means in ("chèque", "virement", "prélèvement", "LCR", "règlement"):
        assert LATE_INTEREST(*given, [["2026-07-01", 4000, means]], "INTEREST_FIRST") == 337.99
    assert LATE_INTEREST(*given, [["2026-07-01", 4000, "avoir"]], "INTEREST_FIRST") == 333.58


def test_an_unknown_kind_of_payment_names_only_those_that_are_possible():
    with pytest.raises(WrongArgument, match=r"Write one of: payment, bill, credit_note\.$"):
        LATE_INTEREST(10_000, "2026-05-01", "2026-09-03", "", "", [["2026-07-01", 4000, "truc"]])


@pytest.mark.parametrize(("mode", "code"), [
    ("gelé au début", "PUBLIC"), ("gelé au début du retard", "PUBLIC"), ("intérêts moratoires", "PUBLIC"),
    ("gelé à la facture", "INVOICE"), ("taux du contrat", "CONTRACT"),
])
def test_modes_in_french_words(mode, code):
    rate = 0.12 if code == "CONTRACT" else None
    given = (8000, "2026-05-30", "2026-08-15", rate)
    assert LATE_INTEREST(*given, mode, invoice_date="2026-04-30") == LATE_INTEREST(
        *given, code, invoice_date="2026-04-30")


@pytest.mark.parametrize(("function", "arguments", "shown"), [
    ("PENALTY_RATE", ("2026-11-20",), "= 12.4%."), ("ECB_RATE", ("2026-11-20",), "= 2.4%."),
    ("LEGAL_RATE", ("2026-06-30",), "= 2.62%."), ("PENALTY_FLOOR", ("2024-03-15",), "= 15.21%."),
    ("DISCOUNT_COST", (0.02, 20), "= 37.24%."), ("DISCOUNT_BREAK_EVEN", (0.08, 50), "= 1.08%."),
])
def test_why_shows_a_rate_as_a_percentage(function, arguments, shown):
    assert shown in CREDIT_WHY(function, *arguments)


# The Book

@pytest.mark.parametrize("heading", ["Conditions", "Conditions règlement", "Terms"])
def test_headings_of_terms(heading):
    found = book(f"client | facture | date | montant TTC | {heading}\nC1 | F1 | 2026-01-15 | 100 | 45 j FDM")
    assert OPEN_ITEMS("C1", found)[1][2] == D(2026, 3, 31)
