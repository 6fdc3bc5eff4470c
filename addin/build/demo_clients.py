"""The Clients rows of the demo: the facts of each story, and the identity nobody has."""

from __future__ import annotations

from addin.build import demo_identity as identity
from addin.build.demo_ledger import Row
from addin.build.demo_story import Story

_COLUMNS_OF_STORY = ("same_siren_as",)


def row(story: Story) -> Row:
    """One client, every column it has."""
    number = int(story.client[1:])
    facts = {name: value for name, value in story.facts.items() if name not in _COLUMNS_OF_STORY}
    country = facts.setdefault("country", "FR")
    facts.setdefault("language", "fr")
    facts.setdefault("means", "transfer")
    facts.setdefault("buyer_type", "company")
    return {
        "client": story.client,
        "name": story.name,
        **(_french_numbers(story, number) if country == "FR" else {}),
        "naf": story.naf,
        "legal_form": story.form,
        "terms_of_sale_accepted_on": story.facts["customer_since"],
        "address1": story.address,
        "postcode": story.postcode,
        "city": story.city,
        "contact": identity.person(number),
        "accounts_contact": identity.person(number * 5 + 3),
        "email": identity.mailbox(story.name, "example.com"),
        "dunning_email": identity.mailbox(f"compta {story.name}", "example.org"),
        "phone": identity.phone(story.postcode, country, number),
        "sales_rep": identity.sales_rep(story.postcode, country),
        "drawee_iban": identity.iban(number) if facts["means"] == "LCR" else "",
        **facts,
    }


def _french_numbers(story: Story, number: int) -> Row:
    """SIREN and SIRET; the VAT number too, except for a public body."""
    twin = story.facts.get("same_siren_as")
    siren = identity.siren(int(twin[1:]) if twin else number)
    taxable = story.facts.get("buyer_type") not in ("public", "hospital")
    return {"siren": siren, "siret": identity.siret(siren, 2 if twin else 1),
            "vat_number": identity.vat_number(siren) if taxable else ""}
