"""Folders, missing files, and any bytes at all."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from addin.readers import load, read
from addin.readers.errors import InputRefused
from addin.readers.reading import Reading
from tests.small_workbook import build
from udfs.tables.raw import RawTable
from udfs.texts import has

FEC_START = (b"JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompAuxNum\tPieceRef\t"
             b"Debit\tCredit\n"
             b"VE\t\t1\t20260105\t411000\tC1\tF1\t100,00\t0,00\n")


def test_a_folder_gives_its_tables_by_name_and_no_lock_file(tmp_path):
    for name in ("Payments.csv", "clients.csv", "Invoices.tsv", "~$Invoices.csv", ".~lock.clients.csv#",
                 ".hidden.csv", "notes.md"):
        (tmp_path / name).write_text("client;x\n", encoding="utf-8")
    (tmp_path / "old.csv").mkdir()
    assert [table.name for table in read(tmp_path)] == ["clients", "Invoices", "Payments"]


def test_an_unreadable_file_refuses_its_folder_by_name(tmp_path):
    (tmp_path / "clients.csv").write_text("client;x\n", encoding="utf-8")
    (tmp_path / "invoices.xlsx").write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(InputRefused, match=r"invoices\.xlsx"):
        read(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path):
    (tmp_path / "notes.md").write_text("hello", encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path)
    assert refusal.value.code == "readers.empty_folder"


def test_a_workbook_of_ours_among_the_files_that_it_was_made_from_would_count_twice(tmp_path):
    build(tmp_path / "mine.xlsm")
    assert "Invoices" in [table.name for table in read(tmp_path)]
    (tmp_path / "invoices.csv").write_text("client;facture;date;montant\nC1;F1;2026-11-01;100\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"\"mine\.xlsm\" is a workbook of Credit Manager") as refusal:
        read(tmp_path)
    assert "mine.xlsm" in refusal.value.sentence("fr")


@pytest.mark.parametrize("name", ["absent.csv", "absent/invoices.csv", "a\0b.csv", "x" * 300])
def test_a_missing_file_is_refused(tmp_path, name):
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path / name)
    assert refusal.value.code in ("readers.missing", "readers.unreadable")


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0,
                    reason="only a user without all rights can be denied a file")
def test_a_file_without_the_right_to_read_is_refused(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("client;x\n", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputRefused) as refusal:
        read(path)
    assert refusal.value.code == "readers.unreadable"


def outcome(path: Path) -> Reading | InputRefused:
    try:
        return load(path)
    except InputRefused as refusal:
        return refusal


def read_or_refused(path: Path) -> None:
    """Nothing but tables whose rows all have a number, or a sentence in both languages."""
    reading = outcome(path)
    if isinstance(reading, InputRefused):
        assert has(reading.code, "en")
        assert has(reading.code, "fr")
        assert path.name in reading.sentence("fr")
        return
    assert reading.tables
    for table in reading.tables:
        assert isinstance(table, RawTable)
        assert table.row_numbers is not None
        assert len(table.rows) == len(table.row_numbers)
        assert all(number >= 1 for number in table.row_numbers)
    for issue in reading.issues:
        assert issue.sentence("fr")
        assert issue.sentence("en")


@pytest.mark.fuzz
@pytest.mark.parametrize("name", ["any.csv", "any.xlsx", "any.xls", "any.txt"])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_tables_or_a_refusal(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    read_or_refused(path)


@pytest.mark.fuzz
@given(text=st.text(st.sampled_from('ab1;,\t|"\n\r\0 é-="\x85\u2028'), max_size=200),
       encoding=st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]))
def test_any_text_is_tables_or_a_refusal(tmp_path, text, encoding):
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    read_or_refused(path)


@pytest.mark.fuzz
@given(text=st.text(st.sampled_from('41120VEBQ,.-\t\t\t\n\n"é \x00'), max_size=300),
       tail=st.binary(max_size=40))
def test_any_lines_under_the_headings_of_a_fec_are_tables_or_a_refusal(tmp_path, text, tail):
    path = tmp_path / "any.txt"
    path.write_bytes(FEC_START + text.encode() + tail)
    read_or_refused(path)


@pytest.mark.fuzz
@given(part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                             "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"]),
       start=st.integers(0, 900), length=st.integers(0, 60), put=st.binary(max_size=30))
def test_a_workbook_with_any_part_spoilt_is_tables_or_a_refusal(tmp_path, part, start, length, put):
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Factures")
        sheet.write_row(0, 0, ["client", "montant", 12.5, True])
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    path = tmp_path / "any.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            spoilt = content[:start] + put + content[start + length:]
            target.writestr(name, spoilt if name == part else content)
    read_or_refused(path)
