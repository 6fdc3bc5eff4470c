"""Exports in text, as accounting programs and people save them."""

from __future__ import annotations

import time

import pytest

from addin.readers import read
from addin.readers.errors import InputRefused

ROWS = [["client", "facture", "montant"], ["C1", "F1", "1 234,56"], ["Société Éric", "F2", "12,50"]]
TEXT = "client;facture;montant\nC1;F1;1 234,56\nSociété Éric;F2;12,50\n"


def only(path):
    (table,) = read(path)
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_accents_survive_whatever_the_encoding(tmp_path, encoding):
    file = tmp_path / "export.csv"
    file.write_bytes(TEXT.encode(encoding))
    assert only(file).rows == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_counts_one_line(tmp_path, end):
    file = tmp_path / "export.csv"
    file.write_bytes(TEXT.replace("\n", end).encode())
    assert only(file).rows == ROWS
    assert only(file).row_numbers == [1, 2, 3]


@pytest.mark.parametrize(("delimiter", "suffix"), [("\t", "tsv"), ("|", "txt"), (";", "csv"), ("\t", "xls")])
def test_the_delimiter_is_found_beside_decimal_commas(tmp_path, delimiter, suffix):
    file = tmp_path / f"export.{suffix}"
    file.write_text(TEXT.replace(";", delimiter), encoding="utf-8")
    assert only(file).rows == ROWS
    assert only(file).name == "export"


def test_a_comma_file_with_decimal_points(tmp_path):
    file = tmp_path / "ledger.csv"
    file.write_text('customer,invoice,amount\nC1,F1,"1,234.56"\nC2,F2,12.50\n', encoding="utf-8")
    assert only(file).rows[1:] == [["C1", "F1", "1,234.56"], ["C2", "F2", "12.50"]]


def test_the_first_line_of_excel_that_names_the_delimiter(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("sep=,\nclient,montant\nC1,5\n", encoding="utf-8")
    assert only(file).rows == [["client", "montant"], ["C1", "5"]]
    assert only(file).row_numbers == [2, 3]


def test_a_quoted_cell_holds_delimiters_quotes_and_lines(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text('client;adresse;montant\nC1;"3, rue ""Bleue"";\n75001 Paris";5\nC2;x;6\n',
                    encoding="utf-8")
    assert only(file).rows[1:] == [["C1", '3, rue "Bleue";\n75001 Paris', "5"], ["C2", "x", "6"]]
    assert only(file).row_numbers == [1, 2, 4]


def test_a_quote_that_is_never_closed_swallows_no_line(tmp_path):
    file = tmp_path / "export.txt"
    file.write_text('client\tlibellé\tmontant\nC1\t"VIS 3 pouces\t5\nC2\tTube 2" noir\t6\nC3\tfin"\t7\n',
                    encoding="utf-8")
    assert only(file).rows[1:] == [["C1", '"VIS 3 pouces', "5"], ["C2", 'Tube 2" noir', "6"],
                                   ["C3", 'fin"', "7"]]


def test_blank_lines_are_left_out_and_the_others_keep_their_number(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("Balance âgée\n\nclient;montant\n;\nC1;5\n\n", encoding="utf-8")
    assert only(file).rows == [["Balance âgée"], ["client", "montant"], ["C1", "5"]]
    assert only(file).row_numbers == [1, 3, 5]


def test_one_stray_byte_does_not_spoil_the_accents_of_a_utf8_file(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes("client;libellé\nSociété Éric;n".encode() + b"\xf8" + b" 12\n")
    assert only(file).rows[1] == ["Société Éric", "nø 12"]


def test_nul_bytes_are_left_out(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(b"client;mon\0tant\nC1;5\0\n")
    assert only(file).rows == [["client", "montant"], ["C1", "5"]]


def test_a_very_long_cell_is_read_whole(tmp_path):
    note = "x" * 300_000
    file = tmp_path / "export.csv"
    file.write_text(f'client;note\nC1;"{note}"\n', encoding="utf-8")
    assert only(file).rows[1] == ["C1", note]


def test_a_long_quoted_export_takes_seconds_not_minutes(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text('"client";"montant"\n' + '"C1";"12,50"\n' * 100_000, encoding="utf-8")
    start = time.perf_counter()
    assert len(only(file).rows) == 100_001
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(("content", "code"), [
    (b"", "readers.empty"), (b"\xef\xbb\xbf \r\n", "readers.empty"), (b";;\n;;\n", "readers.empty"),
    (b"%PDF-1.7 text", "readers.not_a_table"), (bytes(range(256)), "readers.not_a_table"),
    (b"<html><table><tr><td>client", "readers.web_page"),
    (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>', "readers.web_page"),
])
def test_what_is_no_table_is_refused(tmp_path, content, code):
    file = tmp_path / "export.xls"
    file.write_bytes(content)
    with pytest.raises(InputRefused) as refusal:
        read(file)
    assert refusal.value.code == code
    assert "export.xls" in refusal.value.sentence("fr")
    assert "export.xls" in refusal.value.sentence("en")
