"""The back-test: grades as they could be known twelve months ago, counted by hand against what was paid since."""

import json

import numpy as np
import pandas as pd
import pytest

from tests.small_ledgers import FRENCH, book, table
from tests.test_cli import run
from tests.test_ledger_public import counted_apart, generated_rows, public_rows
from udfs import BACK_TEST
from udfs.book.back_test import BANDS, compared, records
from udfs.book.book import Book
from udfs.errors import NotAvailable, OutOfRange, WrongArgument
from udfs.portfolio.back_test import Items, back_test
from udfs.tables.raw import RawTable

HEADINGS = "client | invoice | date | due date | amount | paid date | disputed\n"
GRADE, CLIENTS, EXPOSURE, DUE, ON_TIME, TO_30, TO_90, OVER, UNPAID, LATE_SHARE, BAD, BAD_SHARE, PD = range(13)
A, B, C, D, NOT_RATED, TOTAL = range(1, 7)


def year_2025(client, days_late=0):
    """Ten invoices of 1,000 at 30 days, one a month, each paid so many days late: evidence without accounts."""
    days = [(np.datetime64(f"2025-{month:02}-05"), np.timedelta64(30, "D")) for month in range(1, 11)]
    return "".join(f"{client} | {client}{place} | {day} | {day + term} | 1000 | {day + term + days_late} |\n"
                   for place, (day, term) in enumerate(days))


# 20 November 2026 against 20 November 2025.
LEDGER = (
    HEADINGS + year_2025("GOOD") + year_2025("BROKE") + year_2025("SLOW", 15)
    # GOOD: 2,000 on the due day, 1,000 ten days late. SLOW: 2,000 45 days late, 600 unpaid for 111 days.
    + "GOOD | G1 | 2026-03-01 | 2026-03-31 | 2000 | 2026-03-31 |\n"
    + "GOOD | G2 | 2026-05-31 | 2026-06-30 | 1000 | 2026-07-10 |\n"
    + "SLOW | S1 | 2026-03-01 | 2026-03-31 | 2000 | 2026-05-15 |\n"
    + "SLOW | S2 | 2026-07-02 | 2026-08-01 | 600 | |\n"
    # LATE: 50 days late then, still unpaid. OPEN: one open invoice then, paid 19 days late.
    + "LATE | L1 | 2025-09-01 | 2025-10-01 | 800 | |\n"
    + "OPEN | O1 | 2025-11-01 | 2025-12-01 | 500 | 2025-12-20 |\n"
    # NEW was no client then.
    + "NEW | N1 | 2026-02-01 | 2026-03-03 | 9000 | 2026-09-30 |")
FIRMS = """
client | name  | country | insolvency   | judgment date
GOOD   | Good  | FR      |              |
BROKE  | Broke | FR      | receivership | 2026-05-04
SLOW   | Slow  | FR      |              |
LATE   | Late  | FR      |              |
OPEN   | Open  | FR      |              |
NEW    | New   | FR      |              |
"""


def test_each_grade_of_then_and_what_was_paid_since():
    """Of 3,000 that fell due for B, 1,000 came late; of 2,600 for C all; L1 was overdue then already.

    BROKE went into receivership, S2 and L1 are more than 90 days late; NEW counts nowhere.
    """
    _, *rows = BACK_TEST(book(LEDGER, FIRMS))
    assert [row[:LATE_SHARE] for row in rows] == [
        ["A", 0, 0, 0, 0, 0, 0, 0, 0],
        ["B", 2, 0, 3_000, 2_000, 1_000, 0, 0, 0],
        ["C", 2, 800, 2_600, 0, 0, 2_000, 600, 600],
        ["D", 0, 0, 0, 0, 0, 0, 0, 0],
        ["n/r", 1, 500, 500, 0, 500, 0, 0, 0],
        ["Total", 5, 1_300, 6_100, 2_000, 1_500, 2_000, 600, 600]]
    assert [row[LATE_SHARE] for row in rows] == ["", pytest.approx(1 / 3), 1, "", 1, pytest.approx(41 / 61)]
    assert [row[BAD:PD] for row in rows] == [[0, ""], [1, 0.5], [2, 1], [0, ""], [0, 0], [3, 0.6]]


def test_the_probability_of_default_of_each_grade_stands_beside_it():
    """0.5, 2, 6 and 25 % (DOMAIN 2.8); none for those not rated."""
    assert [row[PD] for row in BACK_TEST(book(LEDGER, FIRMS))[1:]] == [0.005, 0.02, 0.06, 0.25, "", ""]


def test_headings_name_the_day_in_the_readers_language():
    english, french = BACK_TEST(book(LEDGER))[0], BACK_TEST(book(LEDGER, FRENCH))[0]
    assert (english[GRADE], french[GRADE]) == ("Grade on 20 Nov 2025", "Note au 20/11/2025")
    assert french[TO_90:UNPAID] == ["31 à 90 j de retard", "Plus de 90 j de retard"]
    assert BACK_TEST(book(LEDGER, FRENCH))[TOTAL][GRADE] == "Total"
    assert len(english) == len(french) == 13


def test_another_number_of_months():
    """Six months ago is 20 May 2026: S1 had been paid, S2 and G2 were to come; NEW owed 9,000, 78 days late: C."""
    rows = BACK_TEST(book(LEDGER, FIRMS), "6")
    assert rows[0][GRADE] == "Grade on 20 May 2026"
    assert rows[TOTAL][CLIENTS:LATE_SHARE] == [6, 9_800, 1_600, 0, 1_000, 0, 600, 600]
    assert rows[C][EXPOSURE] == 9_000
    assert rows[D][EXPOSURE] == 800


@pytest.mark.parametrize(("months", "error"), [(0, OutOfRange), (-3, OutOfRange), (121, OutOfRange),
                                               ("soon", WrongArgument)])
def test_months_that_are_none_are_refused(months, error):
    with pytest.raises(error) as refused:
        BACK_TEST(book(LEDGER), months)
    assert refused.value.sentence("fr") != refused.value.sentence("en")


def test_a_book_that_is_none_is_not_available():
    with pytest.raises(NotAvailable):
        BACK_TEST("no handle")


def test_before_the_first_invoice_there_was_no_client():
    rows = BACK_TEST(book(LEDGER), 60)
    assert rows[TOTAL] == ["Total", *[0] * 8, "", 0, "", ""]


# What counts for what.

def found_with(more, *tables):
    return BACK_TEST(book(LEDGER + "\n" + more, FIRMS, *tables))


@pytest.mark.parametrize(("due", "paid", "column"), [
    ("2025-11-20", "2025-11-21", TO_30), ("2026-11-19", "", TO_30), ("2026-03-31", "2026-04-30", TO_30),
    ("2026-03-31", "2026-05-01", TO_90), ("2026-03-31", "2026-06-29", TO_90), ("2026-03-31", "2026-06-30", OVER),
    ("2026-08-22", "", TO_90), ("2026-08-21", "", OVER), ("2026-03-31", "2026-01-02", ON_TIME)])
def test_the_column_of_each_delay(due, paid, column):
    """Due today is not late; 30 days are "1-30", 90 are "31-90"; what is unpaid is so late as it is today."""
    row = found_with(f"OPEN | O2 | 2025-11-05 | {due} | 70 | {paid} |")[NOT_RATED]
    without = [500, 0, 500, 0, 0]
    expected = [without[0] + 70, *(without[1 + place] + 70 * (column == ON_TIME + place) for place in range(4))]
    assert row[DUE:UNPAID] == expected
    assert row[UNPAID] == (0 if paid else 70)
    assert row[BAD] == (column == OVER)


@pytest.mark.parametrize("more", [
    # Paid before the grade was given; fallen due before it; not due yet, unpaid or paid early.
    "OPEN | O2 | 2025-11-01 | 2025-12-01 | 70 | 2025-11-20 |",
    "OPEN | O2 | 2025-10-20 | 2025-11-19 | 70 | 2025-11-25 |",
    "OPEN | O2 | 2026-10-21 | 2026-11-20 | 70 | |", "OPEN | O2 | 2026-10-21 | 2026-11-20 | 70 | 2026-11-10 |"])
def test_what_is_no_test_of_the_grade_is_left_out(more):
    assert found_with(more)[NOT_RATED][DUE:] == [500, 0, 500, 0, 0, 0, 1, 0, 0, ""]


def test_a_residue_and_what_a_credit_note_covers_are_not_late():
    """9 EUR are below the minimum of 10; 70 of O3 are covered by a credit note of 100."""
    more = "OPEN | O2 | 2026-01-01 | 2026-01-31 | 9 | |\nOPEN | O3 | 2026-01-01 | 2026-01-31 | -100 | |\n" \
           "OPEN | O4 | 2026-01-05 | 2026-02-04 | 70 | |"
    assert found_with(more)[NOT_RATED][DUE:LATE_SHARE] == [500, 0, 500, 0, 0, 0]


def test_a_disputed_item_counts_in_the_amounts_but_makes_no_client_bad():
    row = found_with("OPEN | O2 | 2026-01-01 | 2026-01-31 | 700 | | yes")[NOT_RATED]
    assert (row[OVER], row[UNPAID], row[BAD]) == (700, 700, 0)


def test_part_payments_count_each_on_its_own_day():
    """Of S2, 200 came 10 days late and 100 65 days late: 300 are left, 111 days late."""
    paid = "client | invoice | date | amount\nSLOW | S2 | 2026-08-11 | 200\nSLOW | S2 | 2026-10-05 | 100"
    assert found_with("", paid)[C][DUE:LATE_SHARE] == [2_600, 0, 200, 2_100, 300, 300]


def test_a_bill_is_paid_at_its_maturity():
    """A bill given on 20 August for S2 matures on 30 September, 60 days late; one for 2027 is not money yet."""
    bill = "client | invoice | date | amount | means | maturity\nSLOW | S2 | 2026-08-20 | 600 | LCR | {}"
    assert found_with("", bill.format("2026-09-30"))[C][TO_90:LATE_SHARE] == [2_600, 0, 0]
    assert found_with("", bill.format("2027-01-31"))[C][TO_90:LATE_SHARE] == [2_000, 600, 600]


def test_an_insolvency_without_a_day_counts_neither_then_nor_since():
    undated = FIRMS.replace("2026-05-04", "")
    row = BACK_TEST(book(LEDGER, undated))[B]
    assert (row[CLIENTS], row[BAD]) == (2, 0)


@pytest.mark.parametrize(("judged", "grade", "bad"), [("2025-11-20", D, 0), ("2025-11-21", B, 1), ("2026-11-21", B, 0)])
def test_an_insolvency_by_its_day(judged, grade, bad):
    """Judged by then it was a D; the day after it, the grade of then turned bad; judged tomorrow it is not known."""
    rows = BACK_TEST(book(LEDGER, FIRMS.replace("2026-05-04", judged)))
    assert rows[B][CLIENTS] == (1 if grade == D else 2)
    assert rows[grade][BAD] == bad


def test_the_probability_of_default_is_that_of_the_policy():
    """A grade whose cell is emptied has none."""
    grades = "grade | lowest score | share of tangible net worth | share of turnover | probability of default\n" \
             "B | 5.5 | 0.35 | 0.05 |\nC | 3.5 | 0.15 | 0.02 | 8 %"
    assert [row[PD] for row in BACK_TEST(book(LEDGER, grades))[1:]] == [0.005, "", 0.08, 0.25, "", ""]


# Arithmetic of the rule.

@pytest.mark.parametrize(("shares", "rises"), [((0.1, 0.3, 0.4), True), ((0.1, 0.4, 0.3), False), ((0.2,), None),
                                               ((0.3, 0.3), False), ((), None)])
def test_whether_the_late_share_rises(shares, rises):
    """One client a grade; of 100 euros that fell due, so many came a day late."""
    count = len(shares)
    due, late = np.array(["2026-03-01"] * 2 * count, "datetime64[D]"), np.array(shares) * 100
    amounts = np.concatenate((late, 100 - late))
    items = Items(np.tile(np.arange(count), 2), due, due + (np.arange(2 * count) < count), amounts,
                  np.zeros(2 * count, bool), np.zeros(2 * count, bool))
    found = back_test(np.arange(count) + 1, np.zeros(count), items, np.full(count, np.datetime64("NaT", "D")),
                      np.datetime64("2025-11-20"), np.datetime64("2026-11-20"), 4, 10)
    assert found.rises is rises


# A whole ledger, counted apart in pandas.

@pytest.mark.parametrize(("as_of", "months"), [("2014-01-31", 12), ("2013-06-30", 6), ("2013-03-31", 9)])
@pytest.mark.parametrize("ledger", ["generated", "public"])
def test_the_total_of_a_ledger_against_a_count_apart(ledger, as_of, months, request):
    rows = public_rows(request.getfixturevalue("real_data")) if ledger == "public" else generated_rows()
    frame, today = counted_apart(rows), pd.Timestamp(as_of)
    then = today - pd.DateOffset(months=months)
    frame = frame[(frame.InvoiceDate <= today) & (frame.SettledDate > then) & (frame.DueDate >= then)
                  & (frame.DueDate < today)]
    clients = {row[1] for row in rows[1:] if pd.to_datetime(row[4], format="%m/%d/%Y") <= then}
    # An open item below 10 EUR is a residue.
    frame = frame[frame.customerID.isin(clients) & ((frame.SettledDate <= today) | (frame.cents >= 1_000))]
    days = (frame.SettledDate.clip(upper=today) - frame.DueDate).dt.days
    bands = pd.cut(days, [-10_000, 0, 30, 90, 10_000], labels=list(BANDS))
    expected = frame.groupby(bands, observed=False).cents.sum()
    found = Book(as_of, [RawTable(rows)])
    *grades, total = records(found, compared(found, months))
    assert {band: round(total[band] * 100) for band in BANDS} == expected.to_dict()
    assert total["clients"] == len(clients)
    for name in ("clients", "exposure", "fallen_due", "unpaid", "bad"):
        assert sum(grade[name] for grade in grades) == pytest.approx(total[name])


def public(real_data, months=12):
    return compared(Book("2014-01-31", [RawTable(public_rows(real_data))]), months)


def test_on_the_public_ledger_the_late_share_rises_from_grade_to_grade(real_data):
    """The table of docs/back-test.md."""
    found = public(real_data)
    assert found.clients.tolist() == [0, 77, 22, 1, 0, 100]
    assert found.paid[[B - 1, C - 1, D - 1]].round(2).tolist() == [
        [40_428.04, 12_496.42, 0, 0], [5_470.09, 10_725.49, 130.32, 0], [37.49, 456.52, 0, 0]]
    assert found.late_share.round(3).tolist()[B - 1:D] == [0.236, 0.665, 0.924]
    assert found.rises
    assert found.bad.tolist() == [0] * 6


@pytest.mark.parametrize(("months", "clients", "late", "rises"), [
    (18, [49, 11, 2, 38], [27.7, 82.7, 97.7, 29.3], True), (15, [83, 15, 2, 0], [23.9, 84.2, 81.5], False),
    (9, [75, 25, 0, 0], [27.5, 47.6], True), (6, [71, 29, 0, 0], [25.6, 43.3], True)])
def test_on_the_public_ledger_from_other_days(real_data, months, clients, late, rises):
    """The second table of docs/back-test.md; it says where the late share does not rise."""
    found = public(real_data, months)
    assert found.clients.tolist() == [0, *clients, 100]
    shares = (found.late_share[1:-1] * 100).round(1)
    assert shares[~np.isnan(shares)].tolist() == late
    assert found.rises is rises


def test_no_draw_of_as_many_clients_is_as_late_as_the_weak_grades(real_data):
    """23 clients drawn at random in place of those graded C and D, 20,000 times, counted in pandas."""
    rows = public_rows(real_data)
    then, today = pd.Timestamp("2013-01-31"), pd.Timestamp("2014-01-31")
    frame = counted_apart(rows)
    frame = frame[(frame.SettledDate > then) & (frame.DueDate >= then) & (frame.DueDate < today)]
    before = Book("2014-01-31", [RawTable(rows)]).as_known_on(np.datetime64("2013-01-31"))
    codes, weak = before.clients.codes, before.rating.grading.rank > B
    due, late = (part.groupby("customerID").cents.sum().reindex(codes, fill_value=0).to_numpy()
                 for part in (frame, frame[frame.SettledDate > frame.DueDate]))
    own, chance = late[weak].sum() / due[weak].sum(), np.random.default_rng(2013)
    draws = [chance.choice(len(codes), int(weak.sum()), replace=False) for _ in range(20_000)]
    assert own == pytest.approx(0.673, abs=0.0005)
    assert max(late[draw].sum() / due[draw].sum() for draw in draws) < own


# On the command line.

@pytest.fixture
def files(tmp_path):
    for name, text in (("invoices", LEDGER), ("Clients", FIRMS)):
        (tmp_path / f"{name}.csv").write_text(
            "\n".join(";".join(map(str, row)) for row in table(text).rows), encoding="utf-8")
    return tmp_path


def test_the_command_prints_the_table_and_says_whether_it_rises(files):
    done = run("backtest", "invoices.csv", "Clients.csv", "--as-of", "2026-11-20", folder=files)
    assert done.returncode == 0, done.stderr
    assert "Grades of 20 Nov 2025 against what was paid until 20 Nov 2026" in done.stdout
    assert "The late share rises from each grade to the next." in done.stdout
    assert "33.33%" in done.stdout


def test_on_a_small_terminal_nothing_is_cut_off(files):
    done = run("backtest", "invoices.csv", "Clients.csv", "--as-of", "2026-11-20", folder=files, columns="80",
               language="fr_FR.UTF-8")
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if "Échu depuis" in line)
    assert [cell.replace("\u202f", " ").strip() for cell in line.split("│")[2:-1]] == [
        "0", "3 000", "2 600", "0", "500", "6 100"]


def test_the_command_gives_json(files):
    done = run("backtest", "invoices.csv", "Clients.csv", "--as-of", "2026-11-20", "--json", folder=files)
    found = json.loads(done.stdout)
    assert (found["as_of"], found["then"], found["months"]) == ("2026-11-20", "2025-11-20", 12)
    assert found["late_share_rises"] is True
    assert [grade["grade"] for grade in found["grades"]] == ["A", "B", "C", "D", "n/r"]
    assert found["grades"][0]["late_share"] is None
    assert found["total"]["fallen_due"] == 6_100


def test_the_command_says_when_the_tables_do_not_reach_back(files):
    done = run("backtest", "invoices.csv", "--as-of", "2026-11-20", "--months", "60", folder=files)
    assert done.returncode == 0
    assert "No client was known on 20 Nov 2021" in done.stdout
    assert run("backtest", "invoices.csv", "--months", "0", folder=files).returncode == 2
