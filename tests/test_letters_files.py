"""Letters on disk: their names, their writing whole or not at all, and the register of those sent."""

import csv
import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.letters import register, write
from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.names import file_name
from addin.letters.write import FileInUse, write_letter
from udfs.errors import CreditError

DAY = dt.date(2026, 11, 20)
FIRM = {"company_name": "Rhône SAS", "company_form": "SAS", "company_address1": "12 quai Perrache",
        "company_postcode": "69002", "company_city": "Lyon", "company_rcs": "RCS Lyon 1",
        "company_phone": "04 78", "company_iban": "FR7630006000011234567890189",
        "signatory_name": "Claire Fontaine", "signatory_title": "Responsable crédit"}


def letter_case(name="Dupont", balance=100.0, level=2):
    lines = [InvoiceLine(number, dt.date(2026, 8, 3), dt.date(2026, 9, 17), balance, 0, balance, 64, 2)
             for number in ("F1", "F2")]
    return LetterCase(
        kind="formal_notice" if level == 4 else "reminder", level=level, language="fr", date=DAY,
        deadline=dt.date(2026, 11, 28), firm=FIRM, invoices=lines, annual_rate=0.124, indemnity_each=40,
        client={"client": "C012", "name": name, "address1": "1 rue Haute", "postcode": "38000",
                "city": "Grenoble"})


@pytest.mark.parametrize(("client", "kind", "level", "language", "expected"), [
    ("C012 Dupont", "reminder", 2, "en", "2026-11-20 C012 Dupont reminder-2.docx"),
    ("C012 Dupont", "reminder", 2, "fr", "2026-11-20 C012 Dupont relance-2.docx"),
    ("C012 Dupont", "formal_notice", 4, "en", "2026-11-20 C012 Dupont formal-notice.docx"),
    ("C012 Dupont", "formal_notice", 4, "fr", "2026-11-20 C012 Dupont mise-en-demeure.docx"),
    ("../../etc/passwd", "reminder", 1, "en", "2026-11-20 etc passwd reminder-1.docx"),
    ("C:\\Windows\\x", "reminder", 1, "en", "2026-11-20 C Windows x reminder-1.docx"),
    ("CON", "reminder", 1, "en", "2026-11-20 CON reminder-1.docx"),
    ("Dupont S.A. . ", "reminder", 1, "en", "2026-11-20 Dupont S.A reminder-1.docx"),
    ("a<b>|c?*\"d", "reminder", 1, "en", "2026-11-20 a b c d reminder-1.docx"),
    ("x\x00y\u202ez\n", "reminder", 1, "en", "2026-11-20 xyz reminder-1.docx"),
    ("", "reminder", 1, "en", "2026-11-20 reminder-1.docx"),
    ("...", "reminder", 1, "en", "2026-11-20 reminder-1.docx"),
])
def test_the_name_of_a_letter_is_safe_and_telling(client, kind, level, language, expected):
    assert file_name(DAY, client, kind, level, language, set()) == expected


def test_a_name_in_use_gets_a_number_upper_and_lower_case_alike():
    taken = {"2026-11-20 DUPONT reminder-1.DOCX", "2026-11-20 dupont reminder-1 (2).docx"}
    assert file_name(DAY, "Dupont", "reminder", 1, "en", taken) == "2026-11-20 Dupont reminder-1 (3).docx"
    decomposed = "2026-11-20 De\u0301s reminder-1.docx"
    assert file_name(DAY, "Dés", "reminder", 1, "en", {decomposed}) == "2026-11-20 Dés reminder-1 (2).docx"


RESERVED = {"con", "prn", "aux", "nul", *(f"com{digit}" for digit in range(1, 10)),
            *(f"lpt{digit}" for digit in range(1, 10))}


@given(st.text(alphabet=st.characters(), max_size=200) | st.sampled_from(sorted(RESERVED)))
def test_any_client_gives_a_name_that_every_system_takes(client):
    name = file_name(DAY, client, "reminder", 1, "fr", set())
    assert name.startswith("2026-11-20 ")
    assert name.endswith(" relance-1.docx")
    assert len(name) <= 100
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*\u202e')
    assert not any(ord(letter) < 32 for letter in name)
    assert name.split(".")[0].casefold() not in RESERVED
    assert not name.removesuffix(".docx").endswith((" ", "."))
    again = file_name(DAY, client, "reminder", 1, "fr", {name.upper(), name})
    assert again != name
    assert len(again) <= 100


def test_a_letter_is_written_under_a_new_name_and_opens_again(tmp_path):
    folder = tmp_path / "out" / "letters"
    first, second = write_letter(letter_case(), folder), write_letter(letter_case(), folder)
    assert first.name == "2026-11-20 C012 Dupont relance-2.docx"
    assert second.name == "2026-11-20 C012 Dupont relance-2 (2).docx"
    assert sorted(os.listdir(folder)) == [second.name, first.name]
    assert "Dupont" in docx.Document(str(first)).tables[0].cell(1, 1).text


def test_a_letter_that_cannot_be_finished_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "replace", full)
    with pytest.raises(FileInUse, match="No space left on device"):
        write_letter(letter_case(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_refused_letter_creates_no_folder(tmp_path):
    with pytest.raises(CreditError):
        write_letter(letter_case(balance=0), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused_by_name(tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(FileInUse, match="out"):
        write_letter(letter_case(), tmp_path / "out")


def test_the_register_starts_with_the_columns_of_the_table_letters(tmp_path):
    assert register.read(tmp_path / "Letters.csv").rows == [
        ["date", "client", "kind", "level", "invoices", "amount", "author", "file"]]


def test_letters_are_added_to_the_register_in_order(tmp_path):
    """Reminders for the principal of 200.00; the formal notice for 200 + 4 + 80 = 284.00."""
    path = tmp_path / register.FILE
    register.append(path, [register.row(letter_case(), Path("out/a.docx"), "Claire")])
    register.append(path, [register.row(letter_case(level=4), Path("out/b.docx"), "Claire")])
    assert register.read(path).rows[1:] == [
        ["2026-11-20", "C012", "reminder", "2", "F1; F2", "200.00", "Claire", "a.docx"],
        ["2026-11-20", "C012", "formal_notice", "4", "F1; F2", "284.00", "Claire", "b.docx"]]
    assert os.listdir(tmp_path) == ["Letters.csv"]


def test_what_a_spreadsheet_would_run_is_guarded_in_the_file_and_read_back_exactly(tmp_path):
    path = tmp_path / register.FILE
    texts = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "'already", "''twice", "'s-Hertogenbosch"]
    register.append(path, [{"client": text, "amount": Decimal("12.5")} for text in texts])
    with path.open(encoding="utf-8-sig", newline="") as file:
        held = [line[1] for line in csv.reader(file, delimiter=";")][1:]
    assert all(text.startswith("'") for text in held)
    assert [line[1] for line in register.read(path).rows[1:]] == texts
    assert [line[5] for line in register.read(path).rows[1:]] == ["12.50"] * len(texts)


CELL = st.text(max_size=30) | st.text(alphabet="=+-@'\t\r\n\";, x", max_size=8)


@settings(max_examples=60)
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=5), st.integers(0, 5))
def test_any_text_comes_back_as_it_went_in_however_often_rows_are_added(tmp_path_factory, lines, split):
    path = tmp_path_factory.mktemp("register") / register.FILE
    for part in (lines[:split], lines[split:]):
        register.append(path, [dict(zip(register.COLUMNS, line, strict=True)) for line in part])
    assert [list(line) for line in register.read(path).rows] == [list(register.COLUMNS), *lines]


def test_a_register_saved_again_by_a_user_is_read_and_keeps_its_columns(tmp_path):
    """Comma or semicolon, the Windows code page, French headings, a column added, another missing."""
    path = tmp_path / register.FILE
    text = ("Remarque;Client;Date;Nature du courrier;Niveau\r\n"
            "rappelé;Dés à Coudre;01/10/2026;relance;1\r\n")
    path.write_bytes(text.encode("cp1252"))
    register.append(path, [register.row(letter_case(), Path("a.docx"), "Claire")])
    assert register.read(path).rows == [
        ["Remarque", "Client", "Date", "Nature du courrier", "Niveau", "invoices", "amount", "author",
         "file"],
        ["rappelé", "Dés à Coudre", "01/10/2026", "relance", "1", "", "", "", ""],
        ["", "C012", "2026-11-20", "reminder", "2", "F1; F2", "200.00", "Claire", "a.docx"]]
    path.write_text("date,client,kind,level\n2026-11-20,C1,reminder,1\n", encoding="utf-8")
    assert register.read(path).rows == [["date", "client", "kind", "level"], ["2026-11-20", "C1", "reminder", "1"]]


SENT = "2026-11-20;C012;reminder;2;F1;200.00;Claire;a.docx\n"
DAMAGED = {
    "heading deleted": SENT,
    "heading cut": "date;client;ki\n" + SENT,
    "heading emptied in Excel": ";;;;;;;\n" + SENT,
    "one heading changed": "date;client;kind;lvl\n" + SENT,
    "a title above": "Courriers envoyés\ndate;client;kind;level;invoices;amount;author;file\n" + SENT,
    "a stray quote": '"date;client;kind;level;invoices;amount;author;file\n' + SENT,
    "another file": "\x00\x01\x02\x03",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_register_is_never_taken_for_an_empty_one(tmp_path, damage):
    """Letters would go out twice: reading and adding are refused, the file stays as it is."""
    path = tmp_path / register.FILE
    path.write_text(DAMAGED[damage], encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CreditError) as refused:
        register.read(path)
    for language, remedy in (("en", "move the file away"), ("fr", "déplacez le fichier")):
        sentence = refused.value.sentence(language)
        assert "Letters.csv" in sentence
        assert "date;client;kind;level;invoices;amount;author;file" in sentence
        assert remedy in sentence
    with pytest.raises(CreditError, match="damaged"):
        register.append(path, [register.row(letter_case(), Path("b.docx"), "Claire")])
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["Letters.csv"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_an_empty_file_is_a_new_register(tmp_path, content):
    path = tmp_path / register.FILE
    path.write_bytes(content)
    register.append(path, [register.row(letter_case(), Path("a.docx"), "Claire")])
    assert [line[1] for line in register.read(path).rows] == ["client", "C012"]


def test_a_register_that_cannot_be_replaced_keeps_its_rows(tmp_path, monkeypatch):
    path = tmp_path / register.FILE
    register.append(path, [{"client": "C1"}])
    before = path.read_bytes()

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(write.os, "replace", refused)
    with pytest.raises(FileInUse, match=r"Letters\.csv"):
        register.append(path, [{"client": "C2"}])
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["Letters.csv"]
