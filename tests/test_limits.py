"""Need, capacity, limit and what is in force, with the worked amounts of DOMAIN 0, 1.2 and 1.3 (DESIGN 6)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import (
    CREDIT_DECISION,
    CREDIT_HEADROOM,
    CREDIT_LIMIT,
    CREDIT_RATING,
    CREDIT_WHY,
    LIMIT_BINDING,
    LIMIT_IN_FORCE,
)
from udfs.book.book import Book
from udfs.exposure.history import highest_repaid
from udfs.limits.capacity import capacities
from udfs.limits.levers import levers
from udfs.limits.limit import floor_to_step, least
from udfs.limits.need import need
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"
STEPS = (10, 500, 1_000, 5_000, 10_000, 100_000)


def column(*values):
    return np.array([np.nan if value is None else float(value) for value in values])


def table(text):
    """Rows written as lines, cells between bars."""
    return RawTable([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def one_row(cells):
    return RawTable([list(cells), list(cells.values())])


def policy(**values):
    return RawTable([["key", "value"], *map(list, values.items())])


# Need (DOMAIN 1.2)

@pytest.mark.parametrize(("vat", "months", "days", "peak", "amount"), [
    (0.20, 12, 60, None, 50_000),  # the published example
    (0.20, 12, 45, None, 37_500),  # 45 days net, where 45 days end of month are about 60
    (0, 12, 60, None, 41_666.67),  # export
    (0.20, 6, 60, None, 100_000),  # the same sales in half a year
    (0.20, 12, 60, 35_000, 84_000),  # seasonal peak
    (0.20, 12, 60, 20_000, 50_000),  # a peak month below the average changes nothing
    (0.20, 12, 0, None, 0),  # prepaid
    (0.20, 12, None, None, None),
])
def test_need_of_250_000_excl_vat(vat, months, days, peak, amount):
    found = need(250_000, vat, months, column(days)[0], column(peak)[0])
    assert float(found) == pytest.approx(column(amount)[0], abs=0.005, nan_ok=True)


@given(sales=st.floats(0, 1e8), days=st.integers(0, 180), more=st.floats(0, 1e6))
@pytest.mark.fuzz
def test_more_sales_or_longer_terms_never_lower_the_need(sales, days, more):
    assert need(sales + more, 0.2, 12, days) >= need(sales, 0.2, 12, days)
    assert need(sales, 0.2, 12, days + 1) >= need(sales, 0.2, 12, days)


# Capacity (DOMAIN 1.2): B published, A, C and D our defaults

def test_capacity_of_the_published_example_is_the_lesser_of_28_000_and_35_000():
    found = capacities({"net_worth": column(80_000), "turnover": column(700_000)},
                       {"net_worth": column(0.35), "turnover": column(0.05)})
    assert (found["net_worth"][0], found["turnover"][0]) == (28_000, 35_000)
    chosen = least(found)
    assert (chosen.amount[0], chosen.constraint[0]) == (28_000, "net_worth")


def test_negative_net_worth_gives_0_and_a_missing_one_is_not_assessed():
    found = capacities({"net_worth": column(-24_000, None), "turnover": column(700_000, 700_000)},
                       {"net_worth": column(0.35, 0.35), "turnover": column(0.05, 0.05)})
    assert least(found).amount.tolist() == [0, 35_000]


def test_nothing_assessed_is_no_limit_at_all():
    found = least({"need": column(None), "net_worth": column(None)})
    assert np.isnan(found.amount[0])
    assert found.constraint[0] == ""


# Levers (DOMAIN 1.2)

def test_levers_close_the_gap_between_50_000_and_28_000():
    found = levers(need=50_000, limit=28_000, need_days=60)
    assert (found.term_days, found.deposit_share, found.guarantee) == (33, 0.44, 22_000)


@pytest.mark.parametrize("limit", [50_000, 60_000, float("nan")])
def test_no_lever_where_there_is_no_gap(limit):
    assert levers(need=50_000, limit=limit, need_days=60) is None


# Rounding (DOMAIN 1.5: 500, 1,000, 5,000 by size)

@pytest.mark.parametrize(("amount", "rounded"), [
    (0, 0), (9, 0), (347, 340), (499.99, 490), (500, 500), (3_499.99, 3_000), (9_999, 9_500), (10_000, 10_000),
    (28_999, 28_000), (99_999, 99_000), (104_999, 100_000), (150_000, 150_000), (None, None),
])
def test_a_limit_is_rounded_down_to_a_step_that_grows_with_it(amount, rounded):
    assert floor_to_step(column(amount), *STEPS)[0] == pytest.approx(column(rounded)[0], nan_ok=True)


@given(cents=st.integers(0, 10**10))
@pytest.mark.fuzz
def test_rounding_never_exceeds_the_amount_nor_takes_a_whole_step(cents):
    amount = cents / 100
    rounded = float(floor_to_step(column(amount), *STEPS)[0])
    assert rounded <= amount
    assert amount - rounded < (10 if amount < 500 else 500 if amount < 10_000 else 1_000 if amount < 100_000 else 5_000)


KNOWN = st.none() | st.floats(0, 1e7)


@given(amounts=st.dictionaries(st.sampled_from(["need", "net_worth", "turnover", "starter_line"]), KNOWN, min_size=1))
@pytest.mark.fuzz
def test_the_limit_is_never_above_any_known_constraint(amounts):
    found = least({name: column(amount) for name, amount in amounts.items()})
    known = {name: amount for name, amount in amounts.items() if amount is not None}
    if not known:
        assert np.isnan(found.amount[0])
        return
    limit = float(floor_to_step(found.amount, *STEPS)[0])
    assert all(limit <= amount * (1 + 1e-9) + 1e-5 for amount in known.values())
    assert found.amount[0] == known[found.constraint[0]] == min(known.values())


# The worked client in a Book: 250,000 forecast at 60 days, net worth 80,000, turnover 700,000, grade B

CLIENT = {"client": "C1", "name": "Dupont", "country": "FR", "customer since": "2012-01-02",
          "payment terms": "60 jours", "sales forecast": 250_000}
ACCOUNTS = {"client": "C1", "year end": "2025-12-31", "equity": 95_000, "intangible assets": 15_000,
            "turnover": 700_000}
INVOICES = table("""client | invoice | date       | due date   | amount
                    C1     | F1      | 2026-10-20 | 2026-12-19 | 16 800""")


def worked_client(client=None, accounts=None, *others):
    return Book(AS_OF, [INVOICES, one_row(CLIENT | (client or {})), one_row(ACCOUNTS | (accounts or {})), *others])


def answer(book):
    return CREDIT_LIMIT("C1", book), LIMIT_BINDING("C1", book)


def test_the_worked_client_gets_28_000_and_is_told_why_and_what_would_close_the_gap():
    found = worked_client()
    assert CREDIT_RATING("C1", found) == "B"
    assert answer(found) == (28_000, "tangible net worth")
    assert CREDIT_HEADROOM("C1", found) == 11_200
    assert CREDIT_WHY("CREDIT_LIMIT", "C1", found) == (
        "Limit €28,000.00: tangible net worth binds at €28,000.00. Need €50,000.00; any of these closes the gap: "
        "terms of 33 days, a deposit of 44%, a guarantee of €22,000.00.")


@pytest.mark.parametrize(("accounts", "expected"), [
    ({"equity": 10_000}, (0, "tangible net worth")),  # net worth -5,000
    ({"intangible assets": ""}, (35_000, "client's turnover")),  # net worth not assessed, never 0
    ({"turnover": ""}, (28_000, "tangible net worth")),
    ({"equity": 500_000, "turnover": 5_000_000}, (50_000, "need")),
    ({"unpaid capital": 10_000}, (24_000, "tangible net worth")),  # 35 % of 70,000 is 24,500, rounded down
])
def test_each_criterion_can_bind_and_a_missing_one_is_skipped(accounts, expected):
    assert answer(worked_client(None, accounts)) == expected


@pytest.mark.parametrize(("client", "amount"), [
    ({}, 50_000), ({"payment terms": "45 jours fin de mois"}, 50_000), ({"payment terms": "45 jours"}, 37_500),
    ({"vat rate": 0}, 41_666.67), ({"forecast months": 6}, 100_000), ({"peak month sales": 35_000}, 84_000),
    ({"sales forecast": 0}, 0),
])
def test_need_of_the_client_from_its_forecast_and_terms(client, amount):
    assert worked_client(client).limits.need[0] == pytest.approx(amount, abs=0.005)


def test_days_from_order_to_invoice_add_to_the_need():
    """60 + 15 days: 250,000 x 1.20 / 12 x 75 / 30."""
    assert worked_client(None, None, policy(order_to_invoice_days=15)).limits.need[0] == 62_500


def test_insolvency_leaves_no_limit():
    assert answer(worked_client({"insolvency": "receivership"})) == (0, "insolvency")


def test_a_ceiling_of_the_grade_and_a_share_of_own_turnover_cap_the_limit():
    grades = table("""grade | lowest score | share of tangible net worth | share of turnover | ceiling
                      B     | 5.5          | 35 %                        | 5 %               | 20 000""")
    assert answer(worked_client(None, None, grades)) == (20_000, "grade")
    assert answer(worked_client(None, None, policy(own_turnover=400_000))) == (20_000, "share of own turnover")
    assert answer(worked_client(None, None, policy(own_turnover=3_000_000)))[0] == 28_000


def test_percentages_of_the_workbook_win_over_the_defaults():
    grades = table("""grade | lowest score | share of tangible net worth | share of turnover
                      B     | 5.5          | 25 %                        | 5 %""")
    assert answer(worked_client(None, None, grades)) == (20_000, "tangible net worth")


def test_a_computed_0_is_for_review_with_its_levers_and_does_not_block():
    found = worked_client(None, {"equity": 10_000})
    assert CREDIT_DECISION("C1", found) == "REVIEW"
    assert CREDIT_WHY("CREDIT_LIMIT", "C1", found) == (
        "Limit €0.00: tangible net worth binds at €0.00. Need €50,000.00: a deposit of 100 % or a guarantee for it.")


# Need from what was invoiced

@pytest.mark.parametrize(("first", "amount"), [
    ("2026-08-20", 9_200 * 365 / 92 / 12),  # 3 months to the day, 92 days: annualised
    ("2026-08-21", None),  # less than 3 months tell nothing
    ("2025-11-20", 9_200 / 12),  # a whole year: as it is
])
def test_without_a_forecast_invoiced_sales_less_credit_notes_are_annualised_from_three_months_on(first, amount):
    """10,000 incl. VAT less a credit note of 800, 30 days: a twelfth of a year's sales."""
    book = Book(AS_OF, [table(f"""client | invoice | kind | date | due date | amount
                                  C1 | F0 | invoice | {first} | {first} | 0
                                  C1 | F1 | invoice | 2026-09-01 | 2026-10-01 | 10 000
                                  C1 | A1 | credit note | 2026-09-15 | | 800""")])
    assert book.limits.need[0] == pytest.approx(column(amount)[0], nan_ok=True)


def test_sales_of_more_than_a_year_ago_do_not_count():
    """12,000 of the last twelve months at 30 days: 1,000; the 50,000 before are history."""
    book = Book(AS_OF, [table("""client | invoice | date | due date | amount
                                 C1 | F0 | 2025-11-20 | 2025-12-20 | 50 000
                                 C1 | F1 | 2025-11-21 | 2025-12-21 | 12 000""")])
    assert book.limits.need[0] == 1_000


# Without accounts

@pytest.mark.parametrize(("days", "coefficient"), [(0, 1.2), (1, 1.1), (7, 1.1), (8, 1.0), (15, 1.0), (16, 0.9),
                                                   (30, 0.9), (31, 0.7), (60, 0.7), (61, 0.5)])
def test_highest_exposure_since_repaid_times_the_payment_coefficient(days, coefficient):
    """DOMAIN 1.3: by the average days late, here of four invoices of 1,000 of which two are never open together."""
    issued = ("2026-03-01", "2026-05-05", "2026-07-09", "2026-09-12")
    rows = [["C1", f"F{day}", day, day, 1_000, str(np.datetime64(day) + days)] for day in issued]
    rows[0][1:4] = ["F1", "2026-02-28", "2026-03-01"]
    book = Book(AS_OF, [RawTable([["client", "invoice", "date", "due date", "amount", "paid on"], *rows])])
    assert book.rating.evidence[0] == 1
    assert book.limits.constraints["highest_repaid"][0] == pytest.approx(1_000 * coefficient)


def test_a_mean_of_equal_delays_is_that_delay():
    """1,000.10, 333.33 and 777.77 all paid after 15 days weigh to 15.000000000000002: coefficient 1.00, not 0.90."""
    rows = [["C1", f"F{day}", day, day, amount, str(np.datetime64(day) + 15)] for day, amount in
            (("2026-03-01", 1_000.10), ("2026-05-05", 333.33), ("2026-07-09", 777.77))]
    book = Book(AS_OF, [RawTable([["client", "invoice", "date", "due date", "amount", "paid on"], *rows])])
    assert book.limits.constraints["highest_repaid"][0] == pytest.approx(1_000.10)


def test_what_a_bill_pays_was_owed_until_its_maturity():
    """Two invoices paid by bills that mature on 30 April and 31 May stood together: 9,000 x 1.20, paid on time."""
    book = Book(AS_OF, [
        table("""client | invoice | date | due date | amount | paid on
                 C1 | F1 | 2026-03-01 | 2026-04-30 | 5000 |
                 C1 | F2 | 2026-04-01 | 2026-05-31 | 4000 |
                 C1 | F3 | 2026-07-01 | 2026-08-30 | 1000 | 2026-08-30"""),
        table("""client | payment date | amount | invoice | means | maturity
                 C1 | 2026-03-02 | 5000 | F1 | LCR | 2026-04-30
                 C1 | 2026-04-02 | 4000 | F2 | LCR | 2026-05-31""")])
    assert book.limits.constraints["highest_repaid"][0] == pytest.approx(10_800)


CALENDAR = """
client | invoice | date       | due date   | amount
C1     | F1      | 2026-01-01 | 2026-01-31 | 5000
C1     | F2      | 2026-01-10 | 2026-02-09 | 3000
C1     | F3      | 2026-01-20 | 2026-02-19 | 4000
C1     | F4      | 2026-02-01 | 2026-12-31 | 2000
C1     | F5      | 2026-02-05 | 2026-03-07 | 6000
"""
RECEIPTS = """
client | payment date | invoice | amount
C1     | 2026-01-20   | F1      | 5000
C1     | 2026-01-31   | F2      | 3000
C1     | 2026-02-08   | F5      | 2000
C1     | 2026-02-10   | F3      | 4000
C1     | 2026-03-01   | F5      | 4000
"""


def test_highest_exposure_since_repaid_on_a_small_calendar():
    """1-9 Jan 5,000; 10-19 Jan 8,000; 20-30 Jan 7,000; 31 Jan 4,000; 5-7 Feb 10,000; 8-9 Feb 8,000; F4 is unpaid.

    Nothing was late: 10,000 x 1.20.
    """
    book = Book(AS_OF, [table(CALENDAR), table(RECEIPTS)])
    assert book.limits.constraints["highest_repaid"][0] == 12_000


@pytest.mark.parametrize(("since", "highest"), [("2025-11-20", 10_000), ("2026-02-08", 8_000), ("2026-02-09", 8_000),
                                                ("2026-02-10", 4_000), ("2026-03-01", 0), ("2026-03-02", 0)])
def test_the_window_of_twelve_months_starts_with_what_stood_then(since, highest):
    days = np.array([["2026-01-01", "2026-01-20"], ["2026-01-10", "2026-01-31"], ["2026-01-20", "2026-02-10"],
                     ["2026-02-05", "2026-02-08"], ["2026-02-05", "2026-03-01"]], "datetime64[D]")
    found = highest_repaid(np.zeros(5, dtype=int), days[:, 0], days[:, 1], column(5000, 3000, 4000, 2000, 4000),
                           np.datetime64(since), 1)
    assert found.tolist() == [highest]


@pytest.mark.parametrize(("client", "parameters", "expected"), [
    ({}, {}, (3_000, "starter line")),
    ({"share capital": "10 000"}, {}, (3_000, "starter line")),
    ({"share capital": "1 500"}, {}, (1_500, "share capital")),
    ({"share capital": "1"}, {}, (0, "share capital")),
    ({}, {"unnamed_cover": 2_000}, (2_000, "cover for unnamed buyers")),
    ({}, {"starter_line": 5_000}, (5_000, "starter line")),
    ({"sales forecast": 12_000, "payment terms": "30 jours"}, {}, (3_000, "starter line")),  # not its forecast
    ({}, {"own_turnover": 40_000}, (2_000, "share of own turnover")),
])
def test_a_new_client_gets_the_least_of_capital_starter_line_and_cover(client, parameters, expected):
    book = Book(AS_OF, [INVOICES, one_row({"client": "C1", "name": "Neuf"} | client), policy(**parameters)])
    assert answer(book) == expected


# Granted and in force: empty is not 0

@pytest.mark.parametrize(("granted", "granted_on", "valid_until", "in_force"), [
    ("", "", "", 28_000), ("0", "", "", 0), ("40 000", "", "", 40_000), ("40 000", "2026-01-15", "2026-11-20", 40_000),
    ("40 000", "2026-01-15", "2026-11-19", 28_000), ("40 000", "2026-11-20", "", 40_000),
    ("40 000", "2026-11-21", "", 28_000), ("0", "2025-01-15", "2026-01-14", 28_000),
])
def test_a_granted_limit_is_in_force_while_valid_else_the_computed_one(granted, granted_on, valid_until, in_force):
    found = worked_client({"granted limit": granted, "granted on": granted_on, "limit valid until": valid_until})
    assert LIMIT_IN_FORCE("C1", found) == in_force
    assert CREDIT_LIMIT("C1", found) == 28_000
    assert CREDIT_HEADROOM("C1", found) == in_force - 16_800
