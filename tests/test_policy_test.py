"""The policy test: who is blocked, reviewed or let go under another policy, and what stands above the new limits."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_ledgers import FRENCH, book, table
from tests.test_cli import DEMO, run
from udfs import BOOK_ISSUES, CREDIT_BOOK, POLICY_TEST, reference
from udfs.book.book import Book
from udfs.book.policy_test import policy_among, records, under
from udfs.errors import NotAvailable, WrongArgument
from udfs.tables.raw import RawTable

(CLIENT, NAME, GRADE_NOW, GRADE_TESTED, LIMIT_NOW, LIMIT_TESTED, DECISION_NOW, DECISION_TESTED, EXPOSURE,
 STAKE) = range(10)

# As of 20 November 2026. NEW and LATE are new clients on the starter line of 3,000; LATE is 46 days late with 600.
# KNOWN has a granted limit, OVER one that it exceeds.
LEDGER = """
client | invoice | date       | due date   | amount
NEW    | N1      | 2026-11-02 | 2026-12-02 | 2 000
LATE   | L1      | 2026-09-05 | 2026-10-05 | 600
KNOWN  | K1      | 2026-11-02 | 2026-12-02 | 4 000
OVER   | O1      | 2026-11-02 | 2026-12-02 | 5 200
"""
FIRMS = """
client | name        | granted limit
NEW    | Nouvelle    |
LATE   | Tardive     |
KNOWN  | Connue      | 10 000
OVER   | Débordée    | 5 000
"""


def rows(found, *policy):
    """The answer without its headings."""
    return POLICY_TEST(found, [list(row) for row in policy])[1:]


def test_a_smaller_starter_line_lowers_the_limits_of_new_clients():
    """3,000 to 1,000 for NEW and LATE: 21,000 become 17,000; NEW owes 1,000 above it and is warned."""
    total, new, late = rows(book(LEDGER, FIRMS), ("starter_line", 1_000))
    assert total == ["Total", "2 clients change: 0 blocked, 0 to review, 1 warned, 0 released",
                     "", "", 21_000, 17_000, "", "", "", 1_000]
    assert new == ["NEW", "Nouvelle", "n/r", "n/r", 3_000, 1_000, "RELEASE", "WARN", 2_000, 1_000]
    assert late == ["LATE", "Tardive", "C", "C", 3_000, 1_000, "REVIEW", "REVIEW", 600, 0]


def test_a_stricter_delay_blocks():
    """46 days late are more than 30; no limit changes, nothing is above one."""
    total, late = rows(book(LEDGER, FIRMS), ("decision_block_overdue_days", "30"))
    assert total[NAME] == "1 client changes: 1 blocked, 0 to review, 0 warned, 0 released"
    assert (total[LIMIT_NOW], total[LIMIT_TESTED], total[STAKE]) == (21_000, 21_000, 0)
    assert late[CLIENT:NAME] + late[DECISION_NOW:] == ["LATE", "REVIEW", "BLOCK", 600, 0]


def test_a_tolerance_over_the_limit_lets_go():
    """5,200 are 4 % over 5,000: within 5 % a warning, as more than 80 % are used; 200 stay above the limit."""
    total, over = rows(book(LEDGER, FIRMS), ("decision_tolerance", "5 %"))
    assert total[NAME] == "1 client changes: 0 blocked, 0 to review, 1 warned, 0 released"
    assert (over[CLIENT], over[DECISION_NOW], over[DECISION_TESTED], over[STAKE]) == ("OVER", "REVIEW", "WARN", 200)


def test_a_milder_look_at_delays_releases():
    """600 are not above 1,000, and 600 of 3,000 are used."""
    total, late = rows(book(LEDGER, FIRMS), ("decision_review_overdue_amount", 1_000))
    assert total[NAME] == "1 client changes: 0 blocked, 0 to review, 0 warned, 1 released"
    assert late[CLIENT:NAME] + late[DECISION_NOW:EXPOSURE] == ["LATE", "REVIEW", "RELEASE"]


def test_who_becomes_blocked_comes_first_then_the_most_at_stake():
    found = rows(book(LEDGER, FIRMS), ("starter_line", 500), ("decision_block_overdue_days", 30),
                 ("decision_tolerance", 0.05))
    assert [row[CLIENT] for row in found] == ["Total", "LATE", "NEW", "OVER"]
    assert [row[STAKE] for row in found] == [1_800, 100, 1_500, 200]


def test_the_present_policy_changes_nothing():
    """All its rows, as the sheet Policy shows them."""
    own = [[row["key"], row["value"], row["unit"]] for row in reference.rows("policy")]
    assert rows(book(LEDGER, FIRMS), ("key", "value", "unit"), *own) == [
        ["Total", "0 clients change: 0 blocked, 0 to review, 0 warned, 0 released", "", "", 21_000, 21_000, "", "",
         "", 0]]


def test_a_key_that_is_not_named_stays_as_it_is_and_an_empty_value_is_the_reference_one():
    own = "key | value\nstarter_line | 5000\ndecision_block_overdue_days | 30"
    assert rows(book(LEDGER, FIRMS, own), ("decision_block_overdue_days", 60))[0][LIMIT_TESTED] == 25_000
    total, *_ = rows(book(LEDGER, FIRMS, own), ("starter_line", ""))
    assert (total[LIMIT_NOW], total[LIMIT_TESTED]) == (25_000, 21_000)


def test_a_client_whose_limit_is_no_longer_known():
    """No method left: no limit instead of 3,000, which is none of 0; what is above it is not known."""
    total, new, late = rows(book(LEDGER, FIRMS), ("limit_methods_new", "share_capital"))
    assert [new[column] for column in (CLIENT, LIMIT_TESTED, DECISION_TESTED, STAKE)] == ["NEW", "", "REVIEW", ""]
    assert (late[CLIENT], total[LIMIT_TESTED], total[STAKE]) == ("LATE", 15_000, 0)


def test_wrong_keys_and_values_are_told_below_the_total_as_the_issues_of_a_book():
    found = rows(book(LEDGER, FIRMS, "key | value\nno_such_key | 1"), ("key", "value"), ("starter_lin", 5),
                 ("decision_tolerance", "much"), ("limit_methods", "the moon"))
    assert found[0][NAME].startswith("0 clients change")
    assert [row[:2] for row in found[1:]] == [
        ["warning", 'Policy (tested policy), row 2, Key: there is no policy "starter_lin"; the row has no effect. '
                    "Nearest: starter_line."],
        ["warning", 'Policy (tested policy), row 3, Value: the value of policy decision_tolerance cannot be read: '
                    '"much"; the default 0 is used.'],
        ["warning", 'Policy (tested policy), row 4, Value: the value of policy limit_methods cannot be read: '
                    '"the moon"; the default need, capacity, own_turnover is used.']]


def test_what_the_cells_were_read_by_is_not_tested():
    found = rows(book(LEDGER, FIRMS), ("reporting_currency", "USD"), ("date_order", "day_first"), ("language", "fr"))
    assert [row[:2] for row in found] == [
        ["Total", "0 clients change: 0 blocked, 0 to review, 0 warned, 0 released"],
        ["warning", "Policy (tested policy), row 1, Value: USD is not tested: the tables have been read with EUR, "
                    "which stays. To change it, change the Policy table itself."]]


def test_amounts_stay_in_the_currency_of_the_book():
    """2,200 dollars are 2,000 euros, 1,000 above a starter line of 1,000."""
    dollars = LEDGER.replace("amount\n", "amount | currency\n").replace("2 000", "2 200 | USD")
    found = book(dollars, FIRMS, "currency | date | units per euro\nUSD | 2026-11-02 | 1.10")
    assert rows(found, ("reporting_currency", "USD"), ("starter_line", 1_000))[2][EXPOSURE:] == [2_000, 1_000]


def test_the_other_policy_may_be_a_frame_a_range_or_a_table_with_titles():
    found, expected = book(LEDGER, FIRMS), rows(book(LEDGER, FIRMS), ("starter_line", 1_000))
    for policy in (pd.DataFrame({"key": ["starter_line"], "value": [1_000]}), (("starter_line", 1_000.0),),
                   [["Politique"], ["Clé", "Valeur", "Unité"], ["starter_line", "1 000", "EUR"]],
                   RawTable([["Key", "Value"], [" starter_line ", "1000"]], "Sheet1")):
        assert POLICY_TEST(found, policy)[1:] == expected


@pytest.mark.parametrize(("policy", "told"), [
    ([["client", "name"], ["C1", "Dupont"]], "This is no Policy table: found client; name."),
    ([["anything", 5]], "This is no Policy table"), ([[]], "This is no Policy table: found –."),
    (1000, "is not a table"), ("", "policy is empty. Give a value."), (None, "policy is empty. Give a value."),
])
def test_what_is_no_policy_is_refused(policy, told):
    with pytest.raises(WrongArgument) as refused:
        POLICY_TEST(book(LEDGER), policy)
    assert told in refused.value.sentence("en")


def test_the_book_is_neither_read_again_nor_changed(monkeypatch):
    found = book(LEDGER, FIRMS, "key | value\nno_such_key | 1")
    before = found.id, BOOK_ISSUES(found)
    monkeypatch.setattr("udfs.tables.reading._Reading.table", reading_counted := Counted())
    rows(found, ("starter_line", 1_000))
    assert reading_counted.tables == ["Policy"]
    assert (found.id, BOOK_ISSUES(found)) == before
    with pytest.raises(NotAvailable):
        POLICY_TEST("no handle", [["starter_line", 1_000]])


class Counted:
    """Stands in for the reading of a table, and counts it."""

    def __init__(self):
        from udfs.tables.reading import _Reading

        self.tables, self._read = [], _Reading.table

    def __get__(self, reading, kind):
        def read():
            self.tables.append(reading.found.table)
            return self._read(reading)

        return read


def test_a_handle_and_french():
    handle = CREDIT_BOOK("2026-11-20", *(table(text).rows for text in (LEDGER, FIRMS, FRENCH)))
    heading, total, *_ = POLICY_TEST(handle, [["starter_line", 1_000]])
    assert heading[LIMIT_NOW:DECISION_NOW] == ["Limite actuelle", "Limite testée"]
    assert total[:2] == ["Total", "2 clients changent : 0 à bloquer, 0 à revoir, 1 à surveiller, 0 à libérer"]


# A portfolio of three new clients, a granted one and one whose accounts are known, with any amounts.
AMOUNT = st.integers(1, 200_000)


def portfolio(amounts, own):
    invoices = [["client", "invoice", "date", "due date", "amount"]]
    invoices += [[f"C{place % 5}", f"F{place}", "2026-09-20", f"2026-{10 + place % 3}-20", amount]
                 for place, amount in enumerate(amounts)]
    clients = [["client", "name", "granted limit", "sales forecast", "share capital"], ["C0", "A", 20_000, None, None],
               ["C1", "B", None, 90_000, None], ["C2", "C", None, None, 8_000], ["C3", "D", None, None, None]]
    accounts = [["client", "year end", "turnover", "equity", "total assets"],
                ["C1", "2025-12-31", 700_000, 95_000, 400_000]]
    return Book("2026-11-20", [RawTable(rows) for rows in (invoices, clients, accounts, [["key", "value"], *own])])


LISTS = st.lists(AMOUNT, min_size=1, max_size=12)
OWN = st.fixed_dictionaries({}, optional={
    "starter_line": st.integers(0, 100_000), "decision_warn_share": st.floats(0, 1).map(lambda one: round(one, 3)),
    "decision_block_overdue_days": st.integers(0, 90), "own_turnover": st.integers(1, 10_000_000),
    "group_limit": st.integers(0, 50_000), "orders_weight": st.floats(0, 1).map(lambda one: round(one, 2)),
}).map(lambda own: [list(pair) for pair in own.items()])


@settings(max_examples=40, deadline=None)
@given(LISTS, OWN)
def test_any_policy_against_itself_changes_nothing(amounts, own):
    found = portfolio(amounts, own)
    total, *others = POLICY_TEST(found, [["key", "value"], *own])[1:]
    assert others == []
    assert total[NAME].startswith("0 clients change: 0 blocked, 0 to review, 0 warned, 0 released")
    assert (total[LIMIT_TESTED], total[STAKE]) == (total[LIMIT_NOW], 0)


@settings(max_examples=40, deadline=None)
@given(LISTS, OWN, st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_higher_starter_line_never_lowers_a_limit(amounts, own, line, more):
    found = portfolio(amounts, [*own, ["starter_line", line]])
    tested = under(found, RawTable([["starter_line", line + more]]))
    changed = records(tested)
    assert tested.found.limits[1] >= tested.found.limits[0]
    assert all(row["limit_after"] > row["limit_before"] for row in changed)


def test_of_several_files_the_policy_is_found_and_two_are_refused():
    policy, other = RawTable([["key", "value"], ["starter_line", 1_000]], "a.csv"), table(FIRMS)
    assert policy_among([other, policy]) is policy
    assert policy_among([nameless := RawTable([["starter_line", 1_000]])]) is nameless
    with pytest.raises(WrongArgument, match=r"several Policy tables: a\.csv, a\.csv"):
        policy_among([policy, other, policy])
    with pytest.raises(WrongArgument, match="no Policy table: found client; name; granted limit; client; name"):
        policy_among([other, other])


def test_the_command_shows_the_clients_that_change(tmp_path):
    (tmp_path / "other.csv").write_text("key;value\nstarter_line;1000\nstarter_lin;5\n", encoding="utf-8")
    done = run("policy-test", str(DEMO), "--as-of", "2026-11-20", "--policy", "other.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Policy other.csv against the present one as of 20 Nov 2026" in done.stdout
    assert 'there is no policy "starter_lin"' in done.stdout
    assert "2 clients change: 0 blocked, 0 to review, 1 warned, 0 released" in done.stdout
    assert "Exposure above the tested limits of the clients that change: €1,040.00." in done.stdout
    narrow = run("policy-test", str(DEMO), "--as-of", "2026-11-20", "--policy", "other.csv", folder=tmp_path,
                 columns="80")
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in narrow.stdout.splitlines()) <= 80
    assert "Jeune Pousse" in narrow.stdout


def test_the_command_gives_plain_data_and_refuses_what_is_no_policy(tmp_path):
    (tmp_path / "other.csv").write_text("key;value\nstarter_line;1000\n", encoding="utf-8")
    command = ("policy-test", str(DEMO), "--as-of", "2026-11-20", "--json", "--policy")
    found = json.loads(run(*command, "other.csv", folder=tmp_path).stdout)
    assert found["total"] == {"clients": 2, "blocked": 0, "to_review": 0, "warned": 1, "released": 0,
                              "limit_before": 789_000, "limit_after": 785_000, "at_stake": 1_040}
    assert found["clients"][0]["client"] == "C005"
    assert run(*command, str(DEMO), folder=tmp_path).returncode == 0
    refused = run(*command, str(DEMO / "Clients.csv"), folder=tmp_path)
    assert (refused.returncode, "This is no Policy table" in refused.stderr) == (1, True)
