"""Numbers and addresses that no one has: valid in form, impossible in fact.

SIREN numbers start with 00 (none was ever given) and end with their Luhn digit; IBANs carry the bank
code 99999 and pass mod 97; telephones lie in the blocks reserved for fiction (Arcep decision 2018-0881);
e-mail domains are those of RFC 2606.

>>> siren(1), siret(siren(1)), vat_number(siren(1))
('001000371', '00100037100011', 'FR42001000371')
>>> iban(1)
'FR7699999999990000000000153'
"""

from __future__ import annotations

import re
import unicodedata

_GIVEN = ("Adèle", "Bastien", "Camille", "Damien", "Élodie", "Fabrice", "Gaëlle", "Henri", "Ivan",
          "Jeanne", "Karim")
_FAMILY = ("Aubépin", "Brindejonc-Valois", "Cormoran", "Delacime", "Estragon", "Fauvette", "Genestou",
           "Harfang", "Iridane", "Jolivent", "Kerloin", "Lavandin", "Mirliton")
_ZONES = {
    "1": "75 77 78 91 92 93 94 95",
    "2": "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85",
    "3": "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90",
    "5": "09 12 16 17 19 23 24 31 32 33 40 46 47 64 65 79 81 82 86 87",
}
_FICTION = {"1": "01 99 00", "2": "02 61 91", "3": "03 53 01", "4": "04 65 71", "5": "05 36 49"}
_REPS = {"1": "Inès Carvalou", "2": "Maëlle Querrec", "3": "Hugo Bellanfant", "4": "Samir Ouldali",
         "5": "Maëlle Querrec", "abroad": "Inès Carvalou"}


def siren(number: int) -> str:
    """The SIREN of the client so numbered."""
    return _with_luhn_digit(f"{100_000 + 37 * number:08d}")


def siret(company: str, establishment: int = 1) -> str:
    """The SIRET of one establishment: the SIREN, four digits, a Luhn digit over all."""
    return _with_luhn_digit(f"{company}{establishment:04d}")


def vat_number(company: str) -> str:
    """FR + key + SIREN; key = (12 + 3 x (SIREN mod 97)) mod 97."""
    return f"FR{(12 + 3 * (int(company) % 97)) % 97:02d}{company}"


def iban(number: int) -> str:
    """A French IBAN at the bank 99999; RIB key and check digits both valid."""
    bank = branch = 99_999
    key = 97 - (89 * bank + 15 * branch + 3 * number) % 97
    account = f"{bank}{branch}{number:011d}{key:02d}"
    return f"FR{98 - int(account + '152700') % 97:02d}{account}"


def phone(postcode: str, country: str, number: int) -> str:
    """A telephone number of fiction, of the client's region."""
    if country == "US":
        return f"+1 555 01{number:02d}"
    if country == "DE":
        return f"+49 30 23125 {number:03d}"
    return f"{_FICTION[zone(postcode)]} {number:02d} {(number * 7) % 100:02d}"


def zone(postcode: str) -> str:
    """The telephone zone of a French postcode."""
    return next((code for code, departments in _ZONES.items() if postcode[:2] in departments.split()), "4")


def sales_rep(postcode: str, country: str) -> str:
    """Who visits the client."""
    return _REPS["abroad" if country != "FR" else zone(postcode)]


def person(number: int) -> str:
    """A given name and a family name."""
    return f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number % len(_FAMILY)]}"


def mailbox(name: str, domain: str) -> str:
    """An address made of the name, at a reserved domain."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^a-z]+', '-', plain).strip('-')}@{domain}"


def _with_luhn_digit(digits: str) -> str:
    weighted = [int(digit) * (2, 1)[place % 2] for place, digit in enumerate(reversed(digits))]
    return f"{digits}{-sum(value // 10 + value % 10 for value in weighted) % 10}"
