"""The Word templates: rebuilt as committed, whole on paper, deaf to what stands in cells, editable."""

import datetime as dt
import io
import os
import shutil
import zipfile

import docx
import pytest
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.build import letter_templates
from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.render import FOLDER, TemplateFault, render
from addin.letters.safe_text import safe
from udfs.errors import NotAvailable

FIRM = {"company_name": "Rhône SAS", "company_form": "SAS", "company_address1": "12 quai Perrache",
        "company_postcode": "69002", "company_city": "Lyon", "company_rcs": "RCS Lyon 1",
        "company_phone": "04 78", "company_email": "",
        "company_iban": "FR7630006000011234567890189", "signatory_name": "Claire Fontaine",
        "signatory_title": "Responsable crédit"}
LEVELS = {"reminder_1": ("reminder", 1), "reminder_2": ("reminder", 2), "reminder_3": ("reminder", 3),
          "formal_notice": ("formal_notice", 4)}
EVERY = [(language, name) for language in ("en", "fr") for name in LEVELS]


def letter_case(template="reminder_1", language="fr", lines=1, **client):
    kind, level = LEVELS[template]
    line = InvoiceLine("F1", dt.date(2026, 8, 3), dt.date(2026, 9, 17), 100, 0, 100, 64, 2)
    return LetterCase(
        kind=kind, level=level, language=language, date=dt.date(2026, 11, 20), deadline=dt.date(2026, 11, 28),
        client={"client": "C1", "name": "Dupont", "address1": "1 rue Haute", "postcode": "38000",
                "city": "Grenoble"} | client,
        firm=FIRM, invoices=[line] * lines, annual_rate=0.124, indemnity_each=40)


def opened(content):
    return docx.Document(io.BytesIO(content))


def paragraphs(document):
    """All paragraphs of the body in order, those of tables included."""
    return [docx.text.paragraph.Paragraph(element, document) for element in document.element.body.iter()
            if element.tag.endswith("}p")]


def words(content):
    return "\n".join(paragraph.text for paragraph in paragraphs(opened(content)))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_committed_template_is_what_its_text_builds(language, name):
    """Compared part by part: the packing may differ from one zlib to another."""
    committed = (FOLDER / language / f"{name}.docx").read_bytes()
    rebuilt = parts(letter_templates.content(language, name))
    assert parts(committed) == rebuilt
    assert next(iter(parts(committed))) == "[Content_Types].xml"


def test_every_text_has_its_template_and_every_template_its_text():
    assert letter_templates.sources() == sorted(EVERY)
    assert sorted((path.parent.name, path.stem) for path in FOLDER.glob("*/*.docx")) == sorted(EVERY)


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_the_signature_is_never_split_from_the_closing_words_and_the_bank_account(language, name):
    all_of_them = paragraphs(opened(render(letter_case(name, language))))
    texts = [paragraph.text for paragraph in all_of_them]
    end = texts.index("Responsable crédit")
    start = texts.index(
        "Votre règlement par virement" if language == "fr" else "Your payment by bank transfer")
    assert end - start >= 10
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in all_of_them[start:end])


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_long_invoice_table_repeats_its_heading_and_splits_no_row(language, name):
    document = opened(render(letter_case(name, language, lines=60)))
    table = next(table for table in document.tables if table.rows[0].cells[0].text in ("Facture", "Invoice"))
    properties = [{child.tag.rsplit("}")[-1] for child in row._tr.trPr} for row in table.rows]
    assert len(properties) == 62
    assert "tblHeader" in properties[0]
    assert not any("tblHeader" in row for row in properties[1:])
    assert all("cantSplit" in row for row in properties)
    assert all(cell.paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
               for row in table.rows for cell in row.cells[3:])
    assert all(run.bold for run in table.rows[-1].cells[5].paragraphs[0].runs)


def test_the_paper_is_a4_in_a_font_that_exists_everywhere():
    document = opened(render(letter_case()))
    section = document.sections[0]
    assert abs(section.page_width - Cm(21)) < 1000
    assert abs(section.page_height - Cm(29.7)) < 1000
    content = parts(render(letter_case()))
    assert b'w:ascii="Calibri"' in content["word/styles.xml"]
    assert b'w:altName w:val="Carlito,Arial"' in content["word/fontTable.xml"]
    assert "docProps/thumbnail.jpeg" not in content
    assert "customXml/item1.xml" not in content


def test_the_recipient_stands_in_the_right_window_of_the_envelope():
    """Window of a French DL envelope: 100 to 200 mm from the left edge, from about 45 mm down."""
    document = opened(render(letter_case()))
    head = document.tables[0]
    left = document.sections[0].left_margin + head.columns[0].width
    top = document.sections[0].top_margin + head.rows[0].height
    assert Cm(10) <= left <= Cm(12)
    assert Cm(4.3) <= top <= Cm(5.2)
    assert head.cell(1, 1).text.startswith("Dupont")


@pytest.mark.parametrize("name", [
    "{{ 7*7 }}", "{% raw %}", "{# no #}", "{_{ 7*7 }_}", "{%tr for x in lines %}", "{{r firm }}",
    "<w:p>", "</w:t>", "A & B", "&lt;", '"quoted" \'single\'', "${HOME}", "=1+1",
    "株式会社", "שלום", "é" * 100])
@pytest.mark.parametrize("template", ["reminder_1", "formal_notice"])
def test_a_hostile_client_name_is_plain_text(name, template):
    document = opened(render(letter_case(template, name=name)))
    assert document.tables[0].cell(1, 1).paragraphs[0].text == name
    assert name in document.sections[0].header.paragraphs[0].text
    assert name in document.core_properties.title


def test_marks_that_nobody_sees_are_taken_out_and_long_texts_are_cut_visibly():
    for name, shown in (("Du\x00po\x1ant\ud800\ufffe", "Dupont"), ("\u202etnopuD\u2066\u200f", "tnopuD"),
                        ("Du\r\n\tpont", "Du pont"), ("D" * 5000, "D" * 119 + "…")):
        document = opened(render(letter_case(name=name)))
        assert document.tables[0].cell(1, 1).paragraphs[0].text == shown


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_becomes_one_line_that_xml_can_hold(text):
    line = safe(text)
    assert len(line) <= 120
    assert not any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF or letter in "\u202e\u2066\ufffe"
                   for letter in line)
    assert safe(line) == line


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda text: safe(text)))
def test_any_client_name_gives_a_letter_that_opens_and_shows_it(name):
    document = opened(render(letter_case(name=name)))
    assert document.tables[0].cell(1, 1).paragraphs[0].text == safe(name)


def test_the_same_case_gives_the_same_file_and_nothing_of_one_letter_stays_in_the_next():
    first = render(letter_case(name="Alpha"))
    second = render(letter_case(name="Beta"))
    assert render(letter_case(name="Alpha")) == first
    assert "Alpha" not in words(second)


def edited(folder, old, new):
    """A copy of the templates in which the user changed some words of the first reminder in Word."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    path = folder / "fr" / "reminder_1.docx"
    document = docx.Document(path)
    changed = [run for paragraph in paragraphs(document) for run in paragraph.runs if old in run.text]
    assert changed
    for run in changed:
        run.text = run.text.replace(old, new)
    document.save(path)
    return path


def test_a_template_edited_in_word_is_used_at_once(tmp_path):
    path = edited(tmp_path, "simple oubli", "simple contretemps")
    assert "simple contretemps" in words(render(letter_case(), tmp_path))
    shutil.copy(FOLDER / "fr" / "reminder_1.docx", path)
    os.utime(path, ns=(1, 1))
    assert "simple oubli" in words(render(letter_case(), tmp_path))


@pytest.mark.parametrize(("tag", "fault"), [
    ("{{ client.adress1 }}", "adress1"),
    ("{{ nothing }}", "nothing"),
    ("{% if one %}", "end"),
    ("{{ ''.__class__.__mro__ }}", "unsafe"),
    ("{{ 1 / 0 }}", "division"),
])
def test_a_wrong_tag_in_an_edited_template_is_named_and_no_letter_is_written(tmp_path, tag, fault):
    edited(tmp_path, "Madame", tag)
    with pytest.raises(TemplateFault, match=fault) as refused:
        render(letter_case(), tmp_path)
    assert "reminder_1.docx" in refused.value.sentence("fr")


def test_a_missing_or_broken_template_is_named(tmp_path):
    with pytest.raises(NotAvailable, match=r"reminder_1\.docx is not there"):
        render(letter_case(), tmp_path)
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "reminder_1.docx").write_bytes(b"not a Word file")
    with pytest.raises(TemplateFault, match=r"reminder_1\.docx cannot be filled in"):
        render(letter_case(), tmp_path)
