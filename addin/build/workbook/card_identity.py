"""Who the client is, on its card: facts of the Clients table, and the public registers one click away.

The links are built from the SIREN and opened by the user's browser when clicked; nothing is fetched.
"""

from __future__ import annotations

from addin.build.workbook import blocks
from addin.build.workbook.draft import Draft
from addin.build.workbook.styles import ACCENT
from udfs.tables.schema import SCHEMA
from udfs.texts import has

# Facts at the left and at the right of the card; () marks lines that are not one plain column.
FACTS = ("address1", "place", "siren", "vat_number", "legal_form", "customer_since", "terms")
CONTACTS = ("accounts_contact", "phone", "mail", "sales_rep", "group", "register", "bodacc")
REGISTER = "https://annuaire-entreprises.data.gouv.fr/entreprise/"
BODACC = "https://www.bodacc.fr/pages/annonces-commerciales/?q.registre=registre:"


def column(name: str, language: str) -> str:
    """A column of the Clients table, as formulas name it."""
    return f"Clients[{SCHEMA['Clients'][name].label(language)}]"


def fact(name: str, language: str) -> str:
    """The cell of that column for the client on the card."""
    return f"INDEX({column(name, language)},MATCH(CardClient,{column('client', language)},0))"


def text(name: str, language: str) -> str:
    """The same as a formula of text; an empty cell is no 0."""
    return f'=IFERROR({fact(name, language)}&"","")'


def name(language: str) -> str:
    """The client's name, or its code where the table gives none."""
    found = fact("name", language)
    return f'=IF(CardClient="","",IFERROR(IF({found}="",CardClient,{found}),CardClient))'


def draw(draft: Draft, code: str, row: int, left: tuple[int, int], right: tuple[int, int]) -> None:
    """Both blocks, from a row on."""
    blocks.section(draft, code, row, left, draft.say("home.identity"))
    blocks.section(draft, code, row, right, draft.say("home.contact"))
    formulas = _formulas(draft)
    for columns, names in ((left, FACTS), (right, CONTACTS)):
        for below, one in enumerate(names, start=row + 1):
            blocks.line(draft, code, below, columns, _label(draft, one))
            linked = one in ("mail", "register", "bodacc")
            style = draft.style("line", "date" if one == "customer_since" else "", align="left",
                                **({"font_color": ACCENT, "underline": 1} if linked else {}))
            draft.formula(code, below, columns[0] + 2, formulas.get(one) or text(one, draft.language), style)


def _label(draft: Draft, name: str) -> str:
    own = f"home.{name}"
    return draft.say(own) if has(own) else SCHEMA["Clients"][name].label(draft.language)


def _formulas(draft: Draft) -> dict[str, str]:
    """The lines that are more than one plain column."""
    language = draft.language
    postcode, city, country = (fact(one, language) for one in ("postcode", "city", "country"))
    since, siren = fact("customer_since", language), f'SUBSTITUTE({fact("siren", language)}&""," ","")'
    reminders, mail = (fact(one, language) for one in ("dunning_email", "email"))
    return {
        "place": f'=IFERROR({postcode}&" "&{city}&" "&{country},"")',
        "customer_since": f'=IFERROR(IF({since}="","",{since}),"")',
        "mail": f'=IFERROR(IF({reminders}&{mail}="","",IF({reminders}="",HYPERLINK("mailto:"&{mail},{mail}),'
                f'HYPERLINK("mailto:"&{reminders},{reminders}))),"")',
        **{name: f'=IFERROR(IF({siren}="","",HYPERLINK("{address}"&{siren},"{draft.say(f"home.{name}_link")}")),"")'
           for name, address in (("register", REGISTER), ("bodacc", BODACC))},
    }
