"""Terms in several payments: shares, deposits, retentions, instalments, discounts, as ERPs and contracts write them."""

from fractions import Fraction

import pytest

from udfs.errors import WrongArgument
from udfs.terms.grammar import Refusal
from udfs.terms.language import read_terms, try_terms
from udfs.terms.term import Discount, Instalment, Maturity, Terms

ORDER, DELIVERY, RECEIPT = Maturity(base="order"), Maturity(base="delivery"), Maturity(base="receipt")


def days(number, **more):
    return Maturity(days=number, **more)


def split(*parts):
    """(percentage, maturity, kind) for each payment."""
    return Terms(tuple(Instalment(Fraction(part[0]) / 100, *part[1:]) for part in parts))


def equal(*maturities):
    return Terms(tuple(Instalment(Fraction(1, len(maturities)), one) for one in maturities))


def monthly(count, **first):
    return equal(*(Maturity(later=later, **first) for later in range(count)))


HALF_AND_HALF = split((50, ORDER, "deposit"), (50, DELIVERY))
DEPOSIT_30 = split((30, ORDER, "deposit"), (70, DELIVERY))
IN_THIRDS = equal(days(30), days(60), days(90))
A_YEAR_FROM_DELIVERY = Maturity(months=12, base="delivery")
EOM = "DAYS_THEN_EOM"

# The labels and codes of Axelor and Dolibarr with their meaning in the programs' own tables.
ERP = {
    "Ech. 30/50/20 %": split((30, days(0)), (50, days(30)), (20, days(60))),
    "ECH30/50/20": split((30, days(0)), (50, days(30)), (20, days(60))),
    "Ech. 40/40/20 %": split((40, days(0)), (40, days(30)), (20, days(60))),
    "ECH40/40/20": split((40, days(0)), (40, days(30)), (20, days(60))),
    "Ech. 30/50/15/RG5 %": split((30, days(0)), (50, days(30)), (15, days(60)), (5, days(90), "retention")),
    "ECH30/50/15/RG5": split((30, days(0)), (50, days(30)), (15, days(60)), (5, days(90), "retention")),
    "Ech. 40/40/15/RG5 %": split((40, days(0)), (40, days(30)), (15, days(60)), (5, days(90), "retention")),
    "ECH40/40/15/RG5": split((40, days(0)), (40, days(30)), (15, days(60)), (5, days(90), "retention")),
    "50% on order, 50% on delivery": HALF_AND_HALF,
    "PT_5050": HALF_AND_HALF,
    "30% deposit, remainder on delivery": DEPOSIT_30,
    "DEP30PCTDEL": DEPOSIT_30,
}
SHARES = {
    "30 % à la commande, solde à la livraison": DEPOSIT_30,
    "30% a la commande solde a la livraison": DEPOSIT_30,
    "30 POUR CENT A LA COMMANDE, LE SOLDE A LA LIVRAISON": DEPOSIT_30,
    "à la commande 30 %, à la livraison 70 %": DEPOSIT_30,
    "acompte de 30 % à la commande puis le reste à la livraison": DEPOSIT_30,
    "30 % à la commande, solde 60 jours": split((30, ORDER, "deposit"), (70, days(60))),
    "acompte 30 %, 60 jours": split((30, ORDER, "deposit"), (70, days(60))),
    "30% deposit, balance at 60 days": split((30, ORDER, "deposit"), (70, days(60))),
    "30 % d’acompte à la commande, 40 % à la livraison et le solde à 30 jours fin de mois le 10": split(
        (30, ORDER, "deposit"), (40, DELIVERY), (30, days(30, end_of_month=EOM, on_days=(10,)))),
    "1/3 30 j, 1/3 60 j, 1/3 90 j": IN_THIRDS,
    "un tiers à 30 jours, un tiers à 60 jours, le solde à 90 jours": IN_THIRDS,
    "moitié à la commande, moitié à 30 jours": split((50, ORDER, "deposit"), (50, days(30))),
    "half on order, half 30 days": split((50, ORDER, "deposit"), (50, days(30))),
    "33,33 % 30 j ; 33,33 % 60 j ; 33,34 % 90 j": split(("33.33", days(30)), ("33.33", days(60)), ("33.34", days(90))),
    "50 % comptant, solde à réception de facture": split((50, days(0)), (50, RECEIPT)),
    "20 % à 30 jours, 80 % les 10, 20 et 30 du mois": split((20, days(30)), (80, Maturity(on_days=(10, 20, 30)))),
    "solde à 30 jours, acompte de 40 %": split((40, ORDER, "deposit"), (60, days(30))),
}
RETENTIONS = {
    "30 jours, retenue de garantie 5 %": split((95, days(30)), (5, A_YEAR_FROM_DELIVERY, "retention")),
    "30 jours nets, RG 5%": split((95, days(30)), (5, A_YEAR_FROM_DELIVERY, "retention")),
    "5 % de retenue de garantie, 95 % à 30 jours": split((95, days(30)), (5, A_YEAR_FROM_DELIVERY, "retention")),
    "60 days, 10% retention 6 months from delivery": split(
        (90, days(60)), (10, Maturity(months=6, base="delivery"), "retention")),
    "acompte 30 %, solde 30 jours, retenue de garantie de 5 % à 1 an": split(
        (30, ORDER, "deposit"), (65, days(30)), (5, Maturity(months=12), "retention")),
}
SERIES = {
    "30/60/90 jours": IN_THIRDS,
    "30/60/90": IN_THIRDS,
    "30 60 90 jours": IN_THIRDS,
    "30, 60 et 90 jours": IN_THIRDS,
    "30,60,90 jours": IN_THIRDS,
    "30-60-90 jours": IN_THIRDS,
    "par tiers à 30, 60 et 90 jours": IN_THIRDS,
    "en 3 fois à 30, 60 et 90 jours": IN_THIRDS,
    "30 jours et 60 jours": equal(days(30), days(60)),
    "1 et 2 mois": equal(Maturity(months=1), Maturity(months=2)),
    "30/60 jours fin de mois le 10": equal(*(days(each, end_of_month=EOM, on_days=(10,)) for each in (30, 60))),
    "3 mensualités": monthly(3, months=1),
    "3 mensualités égales": monthly(3, months=1),
    "en 3 fois": monthly(3, months=1),
    "3x": monthly(3, months=1),
    "3 equal monthly instalments": monthly(3, months=1),
    "3 mensualités à 30 jours fin de mois": monthly(3, days=30, end_of_month=EOM),
    "3 mensualités à compter de la livraison": monthly(3, months=1, base="delivery"),
    "3 mensualités, la première à la commande": monthly(3, base="order"),
    "2 mensualités comptant": monthly(2),
    "4 échéances trimestrielles": equal(*(Maturity(months=3, later=later) for later in (0, 3, 6, 9))),
}


@pytest.mark.parametrize(("words", "terms"), [*ERP.items(), *SHARES.items(), *RETENTIONS.items(), *SERIES.items()])
def test_payments_are_read_with_their_shares_and_dates(words, terms):
    assert read_terms(words) == terms


def test_a_rest_is_paid_by_instalments_too():
    terms = read_terms("30 % à la commande, solde en 2 mensualités")
    assert [one.share for one in terms.instalments] == [Fraction(30, 100), Fraction(35, 100), Fraction(35, 100)]
    assert [(one.maturity.base, one.maturity.later) for one in terms.instalments] == [
        ("order", 0), ("invoice", 0), ("invoice", 1)]


@pytest.mark.parametrize(("words", "rate", "within", "net"), [
    ("2 % 10 jours, net 30", "0.02", days(10), days(30)),
    ("2/10 net 30", "0.02", days(10), days(30)),
    ("2/10, n/30", "0.02", days(10), days(30)),
    ("1.5/10 net 30 EOM", "0.015", days(10), days(30, end_of_month=EOM)),
    ("escompte 2 % sous 8 jours, sinon 30 jours nets", "0.02", days(8), days(30)),
    ("30 jours nets, escompte de 2 % pour paiement sous 8 jours", "0.02", days(8), days(30)),
    ("30 days, 2% cash discount within 8 days", "0.02", days(8), days(30)),
    ("2% escompte à 10 jours, 60 jours net", "0.02", days(10), days(60)),
    ("escompte de 1,5 % comptant, 45 jours fin de mois", "0.015", days(0), days(45, end_of_month=EOM)),
])
def test_a_discount_is_kept_and_does_not_move_the_due_date(words, rate, within, net):
    assert read_terms(words) == Terms((Instalment(Fraction(1), net),), "", Discount(Fraction(rate), within))


def test_the_balance_is_paid_by_the_means_named_last():
    terms = read_terms("30 % à la commande par virement, solde LCR 60 jours")
    assert (terms.means, terms.is_bill, terms.maturity) == ("LCR", True, days(60))


def test_the_term_ends_before_its_retention():
    assert read_terms("30 jours, retenue de garantie 5 %").maturity == days(30)


def test_the_method_holds_for_every_instalment():
    for method in ("EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"):
        terms = read_terms("30/60 jours fin de mois", method)
        assert [one.maturity.end_of_month for one in terms.instalments] == [method, method]


@pytest.mark.parametrize(("words", "on_days"), [
    ("30 jours le 10 et le 25", (10, 25)), ("30 jours fin de mois le 25 et le 10", (10, 25)),
    ("30 jours les 10, 20 et 30", (10, 20, 30)), ("les 10, 20 et 30 du mois", (10, 20, 30)),
    ("10 et 25 du mois", (10, 25)), ("le 5 ou le 20", None), ("on the 10th and 25th of next month", (10, 25)),
    ("le 15 et fin de mois", (15, 31)), ("le 10 et le 10", (10,)), ("le 10 et le 32", None), ("le 0", None)])
def test_several_payment_days_in_the_month(words, on_days):
    found = try_terms(words)
    assert found.maturity.on_days == on_days if on_days else isinstance(found, Refusal)


@pytest.mark.parametrize("words", ["50 % à 30 jours, 50 % à 12 mois, 5 % de retenue", "acompte de 110 %, 30 jours",
                                   "Ech. 50/30 %", "40 % commande 40 % livraison"])
def test_shares_are_never_completed_by_themselves(words):
    with pytest.raises(WrongArgument) as refused:
        read_terms(words)
    assert refused.value.code == "terms.shares_total"
    assert refused.value.values["total"] != 1


@pytest.mark.parametrize(("words", "french", "english"), [
    ("30 % à la commande, solde 60 jours", "acompte de 30 % à la commande, 70 % à 60 jours nets",
     "deposit of 30% due on order, 70% at 60 days net"),
    ("1/3 30 j, 1/3 60 j, solde fin de mois le 10",
     "1/3 à 30 jours nets, 1/3 à 60 jours nets, 1/3 le 10 du mois suivant",
     "1/3 at 30 days net, 1/3 at 60 days net, 1/3 on day 10 of next month"),
    ("12,5 % 30 j, solde 60 j", "12,5 % à 30 jours nets, 87,5 % à 60 jours nets",
     "12.5% at 30 days net, 87.5% at 60 days net"),
    ("3 mensualités, RG 5 %", "95 % en 3 mensualités égales, la première à 1 mois net, "
     "retenue de garantie de 5 % à 12 mois nets (date de livraison)",
     "95% in 3 equal monthly instalments, the first at 1 month net, retention of 5% at 12 months net (delivery date)"),
    ("2/10 net 30", "30 jours nets, escompte de 2 % si règlement à 10 jours nets",
     "30 days net, cash discount of 2% if paid at 10 days net"),
    ("4 trimestrialités", "4 échéances trimestrielles égales, la première à 3 mois nets",
     "4 equal quarterly instalments, the first at 3 months net"),
])
def test_several_payments_print_themselves_in_clear_words(words, french, english):
    terms = read_terms(words)
    assert (terms.words("fr").replace("\u00a0", " "), terms.words("en")) == (french, english)
