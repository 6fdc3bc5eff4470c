"""The four letters in both languages: what each must say, must not say, and when none is written.

Law: Code civil 1344, 1344-1; Code de commerce L441-10, D441-5; Code de la commande publique L2192-13,
R2192-31, D2192-35; Directive 2011/7/EU; CPCE L111-8 (no fee but the 40 EUR without a title).
"""

import dataclasses
import datetime as dt
import io
import re
from decimal import Decimal

import docx
import pytest

from addin.letters.advice import advice
from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.check import MissingFields
from addin.letters.render import render
from udfs.errors import CreditError

FIRM = {
    "company_name": "Atelier du Rhône", "company_form": "SAS au capital de 50 000 €",
    "company_address1": "12 quai Perrache", "company_postcode": "69002", "company_city": "Lyon",
    "company_rcs": "RCS Lyon 732 829 320", "company_vat_number": "FR44732829320",
    "company_phone": "04 78 00 00 00", "company_email": "credit@atelier.example",
    "company_iban": "FR7630006000011234567890189", "company_bic": "AGRIFRPP",
    "signatory_name": "Claire Fontaine", "signatory_title": "Responsable crédit",
}
CLIENT = {
    "client": "C012", "name": "Menuiserie Dupont & Fils", "siren": "404833048", "address1": "8 rue des Lilas",
    "postcode": "38000", "city": "Grenoble", "country": "FR", "accounts_contact": "Mme Garnier",
}
GERMAN = {"client": "D04", "name": "Müller GmbH", "address1": "Industriestraße 7", "postcode": "80331",
          "city": "München", "country": "DE"}
CONSUMER = {"client": "P01", "name": "M. Jean Martin", "address1": "3 allée des Tilleuls",
            "postcode": "69003", "city": "Lyon", "buyer_type": "consumer"}
TOWN = {"client": "M01", "name": "Commune de Villefranche", "address1": "1 place de la Mairie",
        "postcode": "69400", "city": "Villefranche", "buyer_type": "public"}
# Interest at 12.40 % to 20 November 2026: 6000 x 64 d, 3254.40 x 36 d, 1180.56 x 28 d, each / 365.
LINES = (
    InvoiceLine("F0812", dt.date(2026, 8, 3), dt.date(2026, 9, 17), 8400, 2400, 6000, 64, 130.45),
    InvoiceLine("F0847", dt.date(2026, 8, 31), dt.date(2026, 10, 15), 3254.40, 0, 3254.40, 36, 39.80),
    InvoiceLine("F0901", dt.date(2026, 9, 8), dt.date(2026, 10, 23), 1180.56, 0, 1180.56, 28, 11.23),
)
DAYS = {1: 8, 2: 8, 3: 5, 4: 8}
ALL = [(level, language) for level in (1, 2, 3, 4) for language in ("fr", "en")]


def letter_case(level, language="fr", **changes):
    day = dt.date(2026, 11, 20)
    facts = {
        "kind": "formal_notice" if level == 4 else "reminder", "level": level, "language": language,
        "date": day, "deadline": day + dt.timedelta(days=DAYS[level]), "client": CLIENT, "firm": FIRM,
        "invoices": LINES, "annual_rate": 0.124, "indemnity_each": 40,
        "previous_letter": dt.date(2026, 11, 10) if level > 1 else None,
        "previous_level": level - 1 if level > 1 else None,
    }
    return LetterCase(**(facts | changes))


def opened(content):
    return docx.Document(io.BytesIO(content))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")


def body(document):
    """Every text of the letter in reading order, table cells included."""
    return plain("\n".join("".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
                           for paragraph in document.element.body.iter() if paragraph.tag.endswith("}p")))


def words(level, language="fr", **changes):
    return body(opened(render(letter_case(level, language, **changes))))


def rows(document, heading):
    """The rows of the table that starts with a heading, each as a list of cell texts."""
    table = next(table for table in document.tables if table.rows[0].cells[0].text == heading)
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(("level", "language"), ALL)
def test_every_letter_has_the_frame_of_a_business_letter(level, language):
    """Sender, recipient, place and date, references, bank account, signatory, legal mentions in the foot."""
    document = opened(render(letter_case(level, language)))
    text = body(document)
    for part in ("Atelier du Rhône", "12 quai Perrache", "69002 Lyon", "04 78 00 00 00", "C012",
                 "credit@atelier.example", "Menuiserie Dupont & Fils", "Mme Garnier", "8 rue des Lilas",
                 "38000 GRENOBLE", "FR76 3000 6000 0112 3456 7890 189", "BIC AGRIFRPP", "Claire Fontaine",
                 "Responsable crédit"):
        assert part in text, part
    assert ("Lyon, le 20 novembre 2026" if language == "fr" else "Lyon, 20 November 2026") in text
    section = document.sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert plain(foot.paragraphs[0].text) == (
            "Atelier du Rhône – SAS au capital de 50 000 € – 12 quai Perrache, 69002 Lyon – "
            "RCS Lyon 732 829 320 – " + ("TVA FR44732829320" if language == "fr" else "VAT FR44732829320"))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_invoice_table_lists_each_invoice_and_adds_up(level):
    table = rows(opened(render(letter_case(level))), "Facture")
    penalties = ["130,45 €", "39,80 €", "11,23 €", "181,48 €"] if level >= 3 else None
    expected = [
        ["F0812", "03/08/2026", "17/09/2026", "8 400,00 €", "2 400,00 €", "6 000,00 €", "64"],
        ["F0847", "31/08/2026", "15/10/2026", "3 254,40 €", "0,00 €", "3 254,40 €", "36"],
        ["F0901", "08/09/2026", "23/10/2026", "1 180,56 €", "0,00 €", "1 180,56 €", "28"],
        ["Total", "Total", "Total", "12 834,96 €", "2 400,00 €", "10 434,96 €", ""],
    ]
    assert table[1:] == [[*row, penalties[index]] if penalties else row for index, row in enumerate(expected)]


def test_level_1_assumes_an_oversight_and_speaks_of_no_penalty():
    french, english = words(1, "fr"), words(1, "en")
    assert "Objet : Rappel – vos factures arrivées à échéance" in french
    assert "simple oubli" in french
    assert "règlement de 10 434,96 € ou, à défaut, de nous indiquer la date" in french
    assert "appelle une réserve de votre part" in french
    assert "Subject: Reminder – your invoices now due" in english
    assert "simple oversight" in english
    assert "payment of €10,434.96 or, failing that, for the date" in english
    assert "If you have any query" in english
    for text in (french, english):
        assert not re.search(r"pénalit|indemnit|interest|compensation|12[.,]4|40[.,]00", text)
        assert not re.search(r"suspen|demeure|formal notice|deadline|au plus tard", text)


def test_level_2_recalls_the_clause_but_claims_only_the_principal():
    french, english = words(2, "fr"), words(2, "en")
    assert "Objet : Deuxième relance – 10 434,96 € restant dus" in french
    assert "Malgré notre rappel du 10 novembre 2026" in french
    assert "10 434,96 € au plus tard le 28 novembre 2026" in french
    assert ("pénalités de retard au taux annuel de 12,4 % (taux de refinancement de la Banque centrale "
            "européenne majoré de dix points, article L441-10 du Code de commerce)") in french
    assert ("40,00 € par facture, soit 120,00 € pour les 3 factures ci-dessus "
            "(articles L441-10 et D441-5 du Code de commerce)") in french
    assert "Nous ne vous réclamons pas ces sommes à ce stade" in french
    assert "suspendre nos livraisons et nos prestations" in french
    assert "Despite our reminder of 10 November 2026" in english
    assert "€10,434.96 by 28 November 2026" in english
    assert ("late-payment interest at 12.4% a year (the refinancing rate of the European Central Bank plus "
            "ten percentage points, article L441-10 of the French Commercial Code)") in english
    assert "€40.00 for each invoice, that is €120.00 for the 3 invoices above" in english
    assert "We are not claiming these sums at this stage" in english
    for text in (french, english):
        assert "181,48" not in text
        assert "181.48" not in text
        assert "demeure" not in text
        assert "formal notice" not in text


def test_level_3_shows_what_is_owed_to_date_and_announces_the_formal_notice_without_being_one():
    french, english = words(3, "fr"), words(3, "en")
    assert "Objet : Dernier avis – 10 434,96 € à régler au plus tard le 25 novembre 2026" in french
    assert "Malgré notre relance du 10 novembre 2026" in french
    assert "Pour votre information" in french
    for line in ("Principal restant dû, TTC\n10 434,96 €", "Pénalités de retard au 20/11/2026\n181,48 €",
                 "Indemnité forfaitaire de recouvrement : 40,00 € × 3 factures\n120,00 €",
                 "Total\n10 736,44 €"):
        assert line in french, line
    assert "Montant\n10 434,96 €" in french
    assert "votre compte est bloqué" in french
    assert french.count("demeure ") + french.count("demeure.") == 1
    assert "À défaut de paiement à la date indiquée, nous vous adresserons, par lettre recommandée" in french
    assert "mettons en demeure" not in french
    assert "vaut mise en demeure" not in french
    assert "Total\n€10,736.44" in english
    assert "we shall send you a formal notice by registered letter" in english
    assert "give you formal notice" not in english
    assert "mise en demeure" not in english


def test_the_formal_notice_holds_its_whole_checklist_in_french():
    text = words(4, "fr")
    for part in (
            "Objet : Mise en demeure de payer la somme de 10 736,44 €",
            "Lettre recommandée avec avis de réception",
            "Votre SIREN : 404833048",
            "Malgré notre dernier avis du 10 novembre 2026",
            "Menuiserie Dupont & Fils reste devoir à Atelier du Rhône, en exécution de ses commandes, le "
            "solde des 3 factures suivantes",
            "du lendemain de l'échéance au 20 novembre 2026, selon la formule : reste dû × taux annuel × "
            "jours de retard ÷ 365. Le taux annuel est de 12,4 %",
            "les jours d'un semestre antérieur sont comptés au taux de ce semestre",
            "Principal restant dû, TTC\n10 434,96 €", "Pénalités de retard au 20/11/2026\n181,48 €",
            "40,00 € × 3 factures\n120,00 €", "Total\n10 736,44 €", "Montant\n10 736,44 €",
            "nous vous mettons en demeure de nous payer la somme de 10 736,44 € dans un délai de 8 jours à "
            "compter de la première présentation de cette lettre",
            "vaut mise en demeure au sens de l'article 1344 du Code civil",
            "Elles ne se cumulent pas avec l'intérêt au taux légal de l'article 1344-1 du Code civil",
            "saisir la juridiction compétente", "frais de procédure", "suspendre nos livraisons",
            "mettre fin aux contrats en cours", "reprendre les marchandises impayées",
            "sous réserve de tous nos droits et actions", "joignables au 04 78 00 00 00",
            "P.J. : copie des factures"):
        assert part in text, part


def test_the_formal_notice_holds_its_whole_checklist_in_english():
    text = words(4, "en")
    for part in (
            "Subject: Formal notice to pay (mise en demeure) – €10,736.44",
            "Registered letter with acknowledgement of receipt",
            "Despite our final reminder of 10 November 2026",
            "Menuiserie Dupont & Fils still owes Atelier du Rhône, under its orders, the balance of the "
            "following 3 invoices",
            "by the formula: balance due × annual rate × days overdue ÷ 365. The annual rate is 12.4%",
            "Principal outstanding, incl. VAT\n€10,434.96", "Late-payment interest to 20 Nov 2026\n€181.48",
            "€40.00 × 3 invoices\n€120.00", "Total\n€10,736.44", "Amount\n€10,736.44",
            "We therefore give you formal notice to pay us €10,736.44 within 8 days of the first presenta"
            "tion of this letter",
            "formal notice (mise en demeure) within the meaning of article 1344 of the French Civil Code",
            "not added to interest at the legal rate under article 1344-1", "competent court",
            "costs of the proceedings", "suspend our deliveries", "terminate current contracts",
            "take back unpaid goods",
            "without prejudice to any of our rights", "You can reach us on 04 78 00 00 00",
            "Encl.: copies of the invoices"):
        assert part in text, part


FORBIDDEN = re.compile(
    r"\bpénale?s?\b|plainte|délit|escroquerie|police|tribunal|huissier|commissaire de justice|sommation|"
    r"au nom de la loi|frais de relance|frais de dossier|frais de rappel|réputation|"
    r"publi(er|cation|ons)|fichier|criminal|prosecut|bailiff|in the name of the law|"
    r"reminder fee|administration fee|reputation|publish|blacklist",
    re.IGNORECASE)


@pytest.mark.parametrize(("level", "language"), ALL)
@pytest.mark.parametrize("buyer", [
    {}, {"client": TOWN}, {"client": GERMAN, "foreign_buyer": True},
    {"client": CONSUMER, "business_buyer": False}])
def test_no_letter_threatens_shames_plays_the_court_or_adds_a_fee(level, language, buyer):
    assert not FORBIDDEN.search(words(level, language, **buyer))


@pytest.mark.parametrize(("level", "language"), ALL)
def test_a_consumer_owes_neither_penalty_nor_40_euros(level, language):
    """L441-10 is for professionals; a formal notice makes the legal rate run (Code civil 1344-1)."""
    text = words(level, language, client=CONSUMER, business_buyer=False)
    assert not re.search(r"441|pénalit|indemnité|40,00|12[.,]4|181[.,]48|compensation|Late interest", text)
    assert "10 434,96 €" in text or "€10,434.96" in text
    if level == 4:
        assert ("porte intérêt au taux légal (article 1344-1" in text) == (language == "fr")
        assert ("bears interest at the legal rate (article 1344-1" in text) == (language == "en")


@pytest.mark.parametrize(("level", "language"), ALL)
def test_a_debtor_abroad_is_cited_no_french_article(level, language):
    """The contract or Directive 2011/7/EU; the country stands in the address."""
    text = words(level, language, client=GERMAN, foreign_buyer=True)
    assert not re.search(r"441-|1344|Code (civil|de commerce)|(Civil|Commercial) Code", text)
    assert "80331 MÜNCHEN" in text
    assert ("ALLEMAGNE" if language == "fr" else "GERMANY") in text
    assert ("2011/7" in text) == (level >= 2)
    contract = words(level, language, client=GERMAN, foreign_buyer=True, rate_basis="contract",
                     indemnity_each=0)
    assert "2011/7" not in contract
    assert ("taux contractuel" in contract or "the contract rate" in contract) == (level >= 2)


def test_a_public_buyer_is_cited_the_procurement_code_and_no_suspension():
    """Interest at ECB + 8 points, frozen at its start; a supplier cannot suspend a public contract."""
    second, notice = words(2, client=TOWN, annual_rate=0.104), words(4, client=TOWN, annual_rate=0.104)
    for text in (second, notice):
        assert "10,4 %" in text
        assert "majoré de huit points, articles L2192-13 et R2192-31 du Code de la commande publique" in text
        assert "articles L2192-13 et D2192-35 du Code de la commande publique" in text
        assert "L441-10" not in text
        assert "suspendre" not in text
        assert "marchandises" not in text
    assert "au taux de ce semestre" not in notice
    assert "saisir la juridiction compétente" in notice
    assert "bloqué" not in words(3, client=TOWN)


def test_one_invoice_reads_as_one():
    for level in (1, 2, 3, 4):
        french = words(level, "fr", invoices=LINES[:1])
        assert "factures" not in french
        assert "invoices" not in words(level, "en", invoices=LINES[:1])
        assert "C012 / F0812" in french


def test_an_invoice_in_two_instalments_owes_the_40_euros_once():
    """D441-5: once for each invoice, even when it is paid in parts."""
    halves = [dataclasses.replace(LINES[0], amount=4200, paid=1200, balance=3000, interest=65.23),
              dataclasses.replace(LINES[0], amount=4200, paid=1200, balance=3000, interest=65.22,
                                  due_date=dt.date(2026, 9, 18))]
    assert "40,00 € × 1 facture\n40,00 €" in words(4, invoices=halves)


def test_credit_notes_and_retention_are_shown_and_deducted():
    document = opened(render(letter_case(2, credits=734.96, invoices=[
        dataclasses.replace(LINES[0], balance=5500, retention=500), *LINES[1:]])))
    assert [row[5] for row in rows(document, "Facture")[-3:]] == ["9 934,96 €", "-734,96 €", "9 200,00 €"]
    text = body(document)
    assert "Avoirs et règlements à déduire" in text
    assert "Reste à payer" in text
    assert "retenues de garantie non encore exigibles (500,00 €)" in text
    assert "règlement de 9 200,00 €" in text
    assert "Avoirs" not in words(2)
    assert "retenues" not in words(2)


def test_euros_of_the_indemnity_are_never_added_to_dollars():
    text = words(4, "en", client=GERMAN, foreign_buyer=True, currency="USD", rate_basis="contract")
    assert "formal notice to pay us US$10,616.44 and €120.00 within 8 days" in text
    assert "Total\nUS$10,616.44 and €120.00" in text


def test_one_day_reads_as_one_day():
    assert "dans un délai de 1 jour à" in words(4, deadline=dt.date(2026, 11, 21))
    assert "within 1 day of" in words(4, "en", deadline=dt.date(2026, 11, 21))


def test_without_an_earlier_letter_none_is_mentioned():
    for level in (2, 3, 4):
        text = words(level, previous_letter=None, previous_level=None)
        assert "Malgré l'échéance convenue" in text
        assert "10 novembre" not in text
    assert "Objet : Relance –" in words(2, previous_letter=None)


def test_a_rate_that_is_not_known_leaves_only_the_indemnity():
    text = words(4, annual_rate=None)
    assert "Total\n10 554,96 €" in text
    assert "Pénalités" not in text
    assert "porte intérêt au taux légal" in text


def test_amounts_in_decimal_give_the_same_letter_as_floats():
    names = ("amount", "paid", "balance", "interest")
    exact = [dataclasses.replace(line, **{name: Decimal(str(getattr(line, name))) for name in names})
             for line in LINES]
    assert render(letter_case(4, invoices=exact)) == render(letter_case(4))


def test_everything_missing_is_named_at_once_with_its_sheet_and_column():
    firm = FIRM | {"company_iban": " ", "company_name": "", "company_phone": "", "company_email": ""}
    client = {key: text for key, text in CLIENT.items() if key not in ("address1", "postcode")}
    line = dataclasses.replace(LINES[0], due_date=None)
    with pytest.raises(MissingFields) as refused:
        render(letter_case(2, firm=firm, client=client, invoices=[line]))
    assert refused.value.fields == [
        ("Policy", "company_name"), ("Policy", "company_iban"), ("Policy", "company_email"),
        ("Clients", "address1"), ("Clients", "postcode"), ("Invoices", "due_date")]
    assert refused.value.sentence("en") == (
        'The letter to client C012 is not written. Fill in: the value of "company_name" on sheet Policy; '
        'the value of "company_iban" on sheet Policy; the value of "company_email" on sheet Policy; '
        '"Address" on sheet Clients; "Postcode" on sheet Clients; "Due date" on sheet Invoices.')
    french = refused.value.sentence("fr")
    for cell in ("« Adresse » de la feuille Clients", "« company_iban » de la feuille Politique (Policy)",
                 "« Échéance » de la feuille Factures (Invoices)"):
        assert cell in french


@pytest.mark.parametrize(("changes", "words_of_it"), [
    ({"kind": "reminder", "level": 4}, 'no letter of kind "reminder" and level 4'),
    ({"language": "de"}, 'not in "de"'),
    ({"invoices": []}, "no late invoice"),
    ({"invoices": [dataclasses.replace(LINES[0], balance=6000.01)]}, "is 6,000, its balance 6,000.01"),
    ({"invoices": [dataclasses.replace(LINES[0], paid=8400, balance=0)]}, "nothing is owed on invoice F0812"),
    ({"invoices": [dataclasses.replace(LINES[0], days_late=0)]}, "F0812 is not late"),
    ({"invoices": [dataclasses.replace(LINES[0], amount=float("nan"))]}, "of invoice F0812 is missing"),
    ({"invoices": [dataclasses.replace(LINES[0], interest=None)]}, "an amount of invoice F0812 is missing"),
    ({"credits": 10434.96}, "cover what is late"),
    ({"credits": -1}, "credits to deduct are negative"),
    ({"total_due": 10434.95}, "its lines make 10,434.96, the account says 10,434.95"),
    ({"client": CONSUMER}, "client P01: a consumer cannot be written to as a business"),
    ({"deadline": dt.date(2026, 11, 20)}, "the deadline 20 Nov 2026 is not after"),
    ({"annual_rate": 12.4}, "write 12.4 % as 0.124"),
    ({"rate_basis": "guess"}, 'not "guess"'),
    ({"indemnity_each": -40}, "not an amount"),
])
def test_a_letter_that_would_be_wrong_is_not_written(changes, words_of_it):
    with pytest.raises(CreditError, match=re.escape(words_of_it)) as refused:
        render(dataclasses.replace(letter_case(2), **changes))
    assert refused.value.sentence("fr")


def test_a_total_that_agrees_with_the_ledger_passes():
    assert "10 434,96 €" in words(2, total_due=10434.96)


def test_the_writer_of_a_formal_notice_is_warned_of_the_time_bar_and_its_reader_is_not():
    """Cass. com., 18 May 2022, 20-23.204: a formal notice does not interrupt the time bar."""
    french = advice(letter_case(4), "fr")
    assert any("n’interrompt pas la prescription" in line and "17/09/2026" in line for line in french)
    assert any("unclaimed" in line for line in advice(letter_case(4), "en"))
    assert advice(letter_case(3), "fr") == []
    assert "prescription" not in words(4)
