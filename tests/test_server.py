"""The calls of VBA, through the real Windows code of xlwings: one rectangle of scalars, marks in its first row."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import addin.macros
import udfs
from addin import log
from addin.hosts import Replies
from tests.excel.windows import install
from udfs.errors import WrongArgument

AS_OF = 46346.0
INVOICES = (("client", "invoice", "date", "due date", "amount"),
            ("C001", "F1", 46200.0, 46230.0, 1200.0),
            ("lost 0,0,2042", "F2", 46210.0, 46400.0, 600.5))


@pytest.fixture(autouse=True)
def log_file(tmp_path, monkeypatch):
    """The log, in a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    log._logger.cache_clear()
    yield log.path()
    log._logger.cache_clear()


@pytest.fixture
def hop():
    """One call as VBA makes it: CallUDF of xlwings' COM server."""
    install()
    from xlwings import udfs as xlwings_udfs
    from xlwings.com_server import XLPython

    sys.modules.pop("addin.server", None)
    xlwings_udfs.udf_modules.pop("addin.server", None)
    return lambda name, *arguments: XLPython().CallUDF("addin.server", name, arguments)


@pytest.fixture
def button(hop, monkeypatch):
    """Press a button whose macro is given, in a French workbook."""
    import xlwings

    class Host(Replies):
        language = "fr"

        def __init__(self, book, replies):
            super().__init__(replies)
            self.book = book

    excel = ModuleType("addin.hosts.excel")
    excel.ExcelHost = Host
    monkeypatch.setitem(sys.modules, "addin.hosts.excel", excel)
    monkeypatch.setattr(xlwings.Book, "caller", classmethod(lambda book: "the workbook"))

    def press(macro, *replies):
        monkeypatch.setattr(addin.macros, "run", lambda name, host: macro(host))
        return hop("press", "today", replies)

    return press


def book(hop):
    return hop("answer", "CREDIT_BOOK", (AS_OF, INVOICES), (("Home", 1.0, 1.0), ("Invoices", 4.0, 1.0)))[1][0]


def test_an_answer_is_marks_and_rows(hop):
    handle = book(hop)
    assert hop("answer", "LIMIT_NEED", (250_000.0, 60.0, None), None) == [[""], [50_000.0]]
    assert hop("answer", "LIMIT_NEED", ("much", 60.0), None) == [["0,0,2015"], [""]]
    assert hop("answer", "DUE_DATE", ((("2026-01-15",), ("x",)), "30 jours"), None) == [
        ["0,0,0 1,0,2015"], [46067.0], [""]]
    assert hop("answer", "CREDIT_TABLE", (handle, "client, exposure"), None) == [
        ["", ""], ["Client", "Exposure"], ["C001", 1200.0], ["lost 0,0,2042", 600.5]]


def test_a_column_of_a_book_and_its_codes(hop):
    handle = book(hop)
    assert hop("clients", handle) == [[""], ["C001"], ["lost 0,0,2042"]]
    assert hop("column", "CREDIT_EXPOSURE", handle) == [[""], [1200.0], [600.5]]
    assert hop("column", "CREDIT_SCORE", handle) == [["0,0,2042 1,0,2042"], [""], [""]]


def test_a_book_that_is_not_known_is_told_as_lost(hop):
    lost = [["lost 0,0,2042"], [""]]
    assert hop("answer", "CREDIT_LIMIT", ("C001", "Book 0123456789ab"), None) == lost
    assert hop("clients", "Book 0123456789ab") == hop("column", "CREDIT_LIMIT", "Book 0123456789ab") == lost


def test_hello_says_what_is_installed(hop):
    first, (version, xlwings, python, folder, schema) = hop("hello")
    assert first == [""] * 5
    assert (version, xlwings, schema) == (udfs.__version__, "0.37.8", "1")
    assert python == ".".join(map(str, sys.version_info[:3]))
    assert Path(folder) == Path(udfs.__file__).parent


def test_a_macro_tells_or_says_nothing(button):
    assert button(lambda host: f"Fait dans {host.book}.") == [["", "", ""], ["tell", "Fait dans the workbook.", ""]]
    assert button(lambda host: "")[1] == ["done", "", ""]


def test_a_macro_asks_until_it_has_every_reply(button):
    def macro(host):
        return f"{host.ask('Combien ?', '10')} {host.confirm('Sûr ?')}"

    assert button(macro)[1] == ["ask", "Combien ?", "10"]
    assert button(macro, "500")[1] == ["confirm", "Sûr ?", ""]
    assert button(macro, "500", "yes")[1] == ["tell", "500 True", ""]
    assert button(macro, "500", "no")[1] == ["tell", "500 False", ""]


def test_a_refusal_speaks_the_language_of_the_workbook(button):
    def macro(host):
        raise WrongArgument("errors.negative", argument="montant", value="-1")

    assert button(macro)[1] == ["refuse", "montant vaut -1 ; ce nombre ne peut pas être négatif.", ""]


def test_what_nobody_foresaw_is_refused_and_names_the_log(button, log_file):
    def macro(host):
        raise RuntimeError("client Dupont")

    kind, told, _ = button(macro)[1]
    assert kind == "refuse"
    assert told.startswith("Un incident inattendu s’est produit.")
    assert told.endswith(str(log_file))
    assert "button today: RuntimeError in " in log_file.read_text(encoding="utf-8")
    assert "Dupont" not in log_file.read_text(encoding="utf-8")


def test_a_message_box_gets_only_characters_that_it_can_show(button):
    told = button(lambda host: "28\u202f000,00\u00a0€ ≤ 30\u202f000 → d’accord")[1][1]
    assert told == "28\u00a0000,00\u00a0€ <= 30\u00a0000 -> d’accord"
    assert told.encode("cp1252")


def test_the_server_can_be_imported_where_there_is_no_excel():
    code = "import addin.server as server; print(server.answer('LIMIT_NEED', (250000.0, 60.0), None))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(udfs.__file__).parents[1])
    assert done.stdout.strip() == "[[''], [50000.0]]"


def test_the_functions_answer_even_when_the_macros_are_broken(hop, monkeypatch):
    monkeypatch.setitem(sys.modules, "addin.macros", None)
    importlib.import_module("addin.server")
    assert hop("answer", "LIMIT_NEED", (250_000.0, 60.0), None) == [[""], [50_000.0]]
