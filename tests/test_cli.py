"""The command line as a user types it: what it prints, what it writes, and its exit codes."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from addin.screen.terminal import Unbroken

DEMO = Path(__file__).parents[1] / "addin" / "build" / "demo"
TABLES = [str(DEMO / f"{name}.csv") for name in (
    "Invoices", "Payments", "Clients", "Orders", "Plans", "Securities", "Accounts", "Letters", "Journal", "Rates",
    "Policy")]


FEC_HEADINGS = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\t"
    "PieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise\n")


def run(*arguments: str, folder: Path, language: str = "en_GB.UTF-8", columns: str = ""
        ) -> subprocess.CompletedProcess[str]:
    """One call of the installed command, in a folder of its own; `columns` is the width of a terminal."""
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": columns} if columns else {}
    command = [sys.executable, "-c", "from addin.cli import main; main()", *arguments]
    system = {"LC_ALL": language, "PYTHONUTF8": "1", "PATH": "", "SYSTEMROOT": "C:\\Windows"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
                          env=system | terminal)


def test_the_demo_shows_the_portfolio_and_writes_the_letters_due(tmp_path):
    done = run("demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "C001" in done.stdout
    assert "28,000.00" in done.stdout          # the 28,000 case, bound by the tangible net worth
    assert "€66,500.00 exceeds the limit of €60,000.00 by €6,500.00." in done.stdout
    assert "49 clients" in done.stdout         # 48 clients and the stub of an unknown one
    assert "It equals the balance of account 411." in done.stdout
    assert "9 points to check" in done.stdout
    assert f"8 letters written into {tmp_path / 'out'}" in done.stdout
    written = sorted(path.name for path in (tmp_path / "out").glob("*.docx"))
    assert [name.split()[1] for name in written] == [
        "C025", "C030", "C031", "C032", "C033", "C034", "C044", "C046"]
    texts = [paragraph.text for paragraph in docx.Document(tmp_path / "out" / written[4]).paragraphs]
    assert any("mise en demeure" in text.lower() for text in texts)


def test_the_demo_starts_anew_each_time_and_speaks_french(tmp_path):
    run("demo", folder=tmp_path)
    again = run("demo", folder=tmp_path, language="fr_FR.UTF-8")
    assert again.returncode == 0, again.stderr
    assert "Portefeuille au 20/11/2026" in again.stdout
    assert "8 courriers rédigés dans" in again.stdout
    assert len(list((tmp_path / "out").glob("*.docx"))) == 8


def test_the_demo_never_touches_letters_that_are_not_its_own(tmp_path):
    register = tmp_path / "out" / "Letters.csv"
    register.parent.mkdir()
    register.write_text("date;client;kind;level;invoices;amount;author;file\n"
                        "2026-10-01;DUPONT;reminder;1;F1;100;me;a.docx\n", encoding="utf-8")
    before = register.read_bytes()
    done = run("demo", folder=tmp_path)
    assert done.returncode == 1
    assert "Give another one with --out" in done.stderr
    assert register.read_bytes() == before


def test_letters_are_not_written_twice(tmp_path):
    first = run("letters", *TABLES, "--as-of", "2026-11-20", "--out", "post", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert len(list((tmp_path / "post").glob("*.docx"))) == 8
    second = run("letters", *TABLES, "--as-of", "2026-11-20", "--out", "post", folder=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "No letter is due." in second.stdout
    assert len(list((tmp_path / "post").glob("*.docx"))) == 8


def test_no_letter_goes_out_when_the_last_payments_are_not_in(tmp_path):
    refused = run("letters", *TABLES, "--as-of", "2026-11-26", folder=tmp_path)
    assert refused.returncode == 1
    assert "The last payment in the tables is of 19 Nov 2026, more than 3 bank days ago." in refused.stderr
    assert not (tmp_path / "letters").exists()
    confirmed = run("letters", *TABLES, "--as-of", "2026-11-26", "--payments-complete", folder=tmp_path)
    assert confirmed.returncode == 0, confirmed.stderr
    assert list((tmp_path / "letters").glob("*.docx"))


def test_a_letter_that_lacks_a_field_is_refused_and_the_others_are_written(tmp_path):
    lines = (DEMO / "Clients.csv").read_text(encoding="utf-8").splitlines()
    headings = lines[0].split(",")
    place = headings.index("address1")
    for at, line in enumerate(lines):
        if line.startswith("C031,"):
            cells = line.split(",")
            cells[place] = ""
            lines[at] = ",".join(cells)
    own = tmp_path / "Clients.csv"
    own.write_text("\n".join(lines), encoding="utf-8")
    tables = [str(own) if table.endswith("Clients.csv") else table for table in TABLES]
    done = run("letters", *tables, "--as-of", "2026-11-20", folder=tmp_path)
    assert done.returncode == 1
    assert len(list((tmp_path / "letters").glob("*.docx"))) == 7
    assert "C031" in done.stdout
    assert "address1" in done.stdout or "Address" in done.stdout


def test_calc_gives_json_with_untranslated_keys(tmp_path):
    done = run("calc", *TABLES, "--as-of", "20/11/2026", "--json", folder=tmp_path, language="fr_FR.UTF-8")
    found = json.loads(done.stdout)
    assert found["as_of"] == "2026-11-20"
    first = found["clients"][0]
    assert (first["client"], first["grade"], first["limit"], first["binding"]) == ("C001", "B", 28000.0, "net_worth")
    assert (first["need"], first["exposure"], first["decision"]) == (50000.0, 16800.0, "RELEASE")
    assert found["balance"] == 426644.67
    assert found["tie_out"] == 0
    assert {issue["code"] for issue in found["issues"]} >= {"issues.no_such_day", "issues.duplicate_row"}


def test_calc_sorts_filters_and_ages(tmp_path):
    blocked = run("calc", *TABLES, "--as-of", "2026-11-20", "--filter", "decision=BLOCK", "--sort=-exposure",
                  "--json", folder=tmp_path)
    codes = [client["client"] for client in json.loads(blocked.stdout)["clients"]]
    assert codes == ["C033", "C041", "C043", "C036", "C034", "C040", "C015"]
    ageing = run("calc", *TABLES, "--as-of", "2026-11-20", "--ageing", "--json", folder=tmp_path)
    found = json.loads(ageing.stdout)
    assert found["total"]["balance"] == 426644.67
    assert list(found["rows"][0]) == ["client", "name", "not_due", "1-30", "31-60", "61-90", "91-180", ">180",
                                      "credits", "balance", "disputed"]
    assert "-0.0" not in ageing.stdout


def test_check_lists_what_to_correct_and_says_so_by_its_exit_code(tmp_path):
    done = run("check", *TABLES, "--as-of", "2026-11-20", folder=tmp_path)
    assert done.returncode == 1
    assert "Invoices, row 156, Invoice date: there is no such day as 31/02/2026." in done.stdout
    assert "423 read = 417 used + 0 later than the date + 6 refused" in done.stdout
    clean = tmp_path / "clean.csv"
    clean.write_text("client,invoice,date,amount\nC1,F1,2026-11-01,100\n", encoding="utf-8")
    assert run("check", str(clean), "--as-of", "2026-11-20", folder=tmp_path).returncode == 0


def test_explain_gives_the_levers(tmp_path):
    done = run("explain", *TABLES, "C001", "--as-of", "2026-11-20", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ("Limit €28,000.00: tangible net worth binds at €28,000.00. Need €50,000.00; any of these closes the gap: "
            "terms of 33 days, a deposit of 44%, a guarantee of €22,000.00.") in done.stdout
    unknown = run("explain", *TABLES, "C0001", "--as-of", "2026-11-20", folder=tmp_path)
    assert unknown.returncode == 1
    assert 'Client "C0001" is in no table of the book. Nearest code: C001.' in unknown.stderr


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["calc", "nothing.csv"], 1, '"nothing.csv" is not there.'),
    (["calc", str(DEMO / "Clients.csv")], 1, "No invoice list was found."),
    (["calc", TABLES[0], "--as-of", "31/02/2026"], 1, '"31/02/2026" is not a date.'),
    (["calc", TABLES[0], "--as-of", "2026-11-20", "--sort", "colour"], 1, 'There is no column "colour".'),
    (["calc"], 2, "Missing argument"),
    (["sell"], 2, "No such command"),
    (["calc", TABLES[0], "--language", "xx"], 2, "is not one of"),
])
def test_refusals_are_one_sentence_and_an_exit_code(tmp_path, arguments, code, sentence):
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_text_from_cells_never_becomes_markup_or_control_characters(tmp_path):
    hostile = tmp_path / "hostile.csv"
    hostile.write_text("client,client_name,invoice,date,amount\n"
                       "[red]C1[/],\u009b31m=cmd|' /C calc'!A0,F1,2026-11-01,100\n", encoding="utf-8")
    done = run("calc", str(hostile), "--as-of", "2026-11-20", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[red]C1[/]" in done.stdout
    assert "\u009b" not in done.stdout


@pytest.fixture
def fec(tmp_path: Path) -> Path:
    """Dupont owes 1,000.00 at the end of 2024; his last payment is of 31 December."""
    file = tmp_path / "123456789FEC20241231.txt"
    file.write_text(
        FEC_HEADINGS +
        "VE\tVentes\t1\t20241005\t411000\tClients\tDUP\tDupont\tF1\t20241005\tVente\t1200,00\t0,00\t\t\t20241005\t\t\n"
        "VE\tVentes\t1\t20241005\t706000\tVentes\t\t\tF1\t20241005\tVente\t0,00\t1200,00\t\t\t20241005\t\t\n"
        "BQ\tBanque\t2\t20241231\t411000\tClients\tDUP\tDupont\tR1\t20241231\tVirement\t0,00\t200,00\t\t\t20241231\t\t\n"
        "BQ\tBanque\t2\t20241231\t512000\tBanque\t\t\tR1\t20241231\tVirement\t200,00\t0,00\t\t\t20241231\t\t\n",
        encoding="utf-8")
    return file


def test_an_accounting_file_gives_its_own_date(tmp_path, fec):
    found = json.loads(run("calc", str(fec), "--json", folder=tmp_path).stdout)
    assert found["as_of"] == "2024-12-31"
    assert found["balance"] == 1000.0
    assert [client["name"] for client in found["clients"]] == ["Dupont"]


def test_letters_are_dated_today_even_from_an_accounting_file_of_long_ago(tmp_path, fec):
    """Who paid since the file was made must not be reminded: its last payment is too old today."""
    refused = run("letters", str(fec), folder=tmp_path)
    assert refused.returncode == 1
    assert "The last payment in the tables is of 31 Dec 2024" in refused.stderr
    confirmed = run("letters", str(fec), "--payments-complete", "--json", folder=tmp_path)
    assert json.loads(confirmed.stdout)["as_of"] == dt.date.today().isoformat()


def test_the_sample_folder_read_whole_tells_the_declared_faults_and_the_terms_beyond_the_law(tmp_path):
    done = run("check", str(DEMO), "--as-of", "2026-11-20", "--json", folder=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [(issue["table"], issue["row"]) for issue in found["issues"] if issue["row"]] == [
        ("Invoices", 156), ("Invoices", 292), ("Invoices", 376), ("Invoices", 385), ("Invoices", 397),
        ("Clients", 49), ("Invoices", 11), ("Invoices", 295), ("Invoices", 400), ("Invoices", 424)]


def test_the_summary_in_json_has_the_same_keys_in_every_language(tmp_path):
    """The balance is that of account 411 of the demo; 424 lines less the headings, 6 refused."""
    for language in ("en", "fr"):
        done = run("check", str(DEMO), "--as-of", "2026-11-20", "--json", "--language", language, folder=tmp_path)
        found = json.loads(done.stdout)["summary"]
        rows = found.pop("rows")
        assert rows["Invoices"] == {"read": 423, "used": 417, "later": 0, "refused": 6}
        assert found == {
            "as_of": "2026-11-20", "clients": 49, "balance": 426644.67, "overdue": 68720.0, "exposure": 557824.67,
            "tie_out": 0.0, "account_411_difference": 0.0, "issues": {"error": 5, "warning": 4, "info": 2}}
        assert "-0.0" not in done.stdout


def test_what_only_reads_knows_nothing_of_letters_written_before(tmp_path):
    """The register of the demonstration lies in `out`, that of `letters` where it is told: neither is a source."""
    run("demo", folder=tmp_path)
    tables = [table for table in TABLES if not table.endswith("Letters.csv")]
    done = run("check", *tables, "--as-of", "2026-11-20", "--json", folder=tmp_path)
    assert "Letters" not in json.loads(done.stdout)["summary"]["rows"]


def test_when_every_letter_due_is_refused_only_the_refusals_are_told(tmp_path):
    tables = [table for table in TABLES if not table.endswith("Policy.csv")]
    done = run("letters", *tables, "--as-of", "2026-11-20", folder=tmp_path)
    assert done.returncode == 1
    assert "No letter is due" not in done.stdout
    assert done.stdout.startswith("C033: ")
    assert done.stdout.count("is not written. Fill in:") == 8
    assert not (tmp_path / "letters").exists()


@pytest.mark.parametrize(("condition", "known"), [
    ("decision=BLOK", "RELEASE, WARN, REVIEW, BLOCK"), ("grade<>E", "A, B, C, D, n/r"), ("evidence>=E7", "E0, E1, E2")])
def test_a_filter_on_a_code_that_does_not_exist_names_those_that_do(tmp_path, condition, known):
    done = run("calc", str(DEMO), "--as-of", "2026-11-20", "--filter", condition, folder=tmp_path)
    assert done.returncode == 1
    assert f"is not known here. Write one of: {known}." in done.stderr


@pytest.mark.parametrize("condition", ["decision=BLOCK", "decision==BLOCK", "décision = block"])
def test_a_filter_is_written_with_one_equals_sign_or_two(tmp_path, condition):
    done = run("calc", str(DEMO), "--as-of", "2026-11-20", "--filter", condition, "--json", folder=tmp_path)
    assert len(json.loads(done.stdout)["clients"]) == 7


@pytest.mark.parametrize(("columns", "language", "line"), [
    ("200", "en", "│  42,000.00 │      0.00 │     0.00 │     0.00 │      0.00 │     0.00 │"),
    ("80", "en", " C002    42,000      0     0     0      0     0  -6,000  36,000        0"),
    ("80", "fr", " C002    42\u202f000      0     0     0      0     0  -6\u202f000  36\u202f000       0"),
    ("60", "en", "│Menuiserie          │      0│    0│     0│ 16,800│        │"),
])
def test_the_aged_balance_is_never_cut_off(tmp_path, columns, language, line):
    done = run("calc", str(DEMO), "--as-of", "2026-11-20", "--ageing", "--language", language, folder=tmp_path,
               columns=columns)
    assert done.returncode == 0, done.stderr
    assert line in done.stdout
    assert "…" not in done.stdout


def test_an_amount_never_breaks_across_lines(tmp_path):
    done = run("calc", str(DEMO), "--as-of", "2026-11-20", "--language", "fr", folder=tmp_path, columns="80")
    assert "│28\u202f000,00\xa0€ est    │" in done.stdout
    text = Unbroken("de 28\u202f000,00\xa0€ à")
    assert text.plain == "de 28\u202f000,00\xa0€ à"


def test_a_refusal_is_punctuated_as_its_language_wants(tmp_path):
    assert run("calc", "nothing.csv", folder=tmp_path).stderr.startswith('Refused: "nothing.csv"')
    french = run("calc", "rien.csv", folder=tmp_path, language="fr_FR.UTF-8")
    assert french.stderr.startswith("Refusé\xa0: «")
