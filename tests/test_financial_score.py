"""The financial score: points by hand from the table of points, what missing lines do, and what it is worth."""

from __future__ import annotations

import csv
import doctest
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import auc, bands, model, pictures, sample, table, validation
from udfs.rating import financial_score as rule

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "udfs" / "reference" / "financial_score.csv"
ACCOUNTS = {"total_assets": 1000, "equity": 300, "retained_earnings": 100, "current_assets": 600, "stocks": 200,
            "current_debt": 500, "total_debt": 700, "turnover": 2000, "net_income": 50, "depreciation": 30}


def columns(**lines):
    """One row of accounts; None is an empty cell."""
    return {name: np.array([np.nan if value is None else float(value)]) for name, value in lines.items()}


def score(**changes):
    return rule.financial_score(columns(**ACCOUNTS | changes)).score[0]


def points(**changes):
    return {name: one[0] for name, one in rule.financial_score(columns(**ACCOUNTS | changes)).points.items()}


def test_points_by_hand():
    """30 % equity 3, 10 % reserves 6, 10 % working capital 6, quick 0.80 17, cash flow 4 % 11 and 11.4 % 10: 53."""
    assert points() == {"equity_to_assets": 3, "retained_earnings_to_assets": 6, "working_capital_to_assets": 6,
                        "quick_ratio": 17, "cash_flow_to_turnover": 11, "cash_flow_to_debt": 10}
    assert score() == 53


@pytest.mark.parametrize(("equity", "expected"), [
    (-5000, 0), (0, 0), (149.99, 0), (150, 1), (259.99, 1), (260, 3), (420, 5), (490, 6), (559.99, 6), (560, 8),
    (1e12, 8)])
def test_a_band_holds_its_lower_edge(equity, expected):
    assert points(equity=equity)["equity_to_assets"] == expected


def test_cents_that_do_not_add_up_move_no_ratio_off_an_edge():
    """0.7 - 0.4 is 0.29999999999999993 to a computer; the quick ratio is 0.30 all the same, 8 points."""
    assert points(current_assets=0.7, stocks=0.4, current_debt=1)["quick_ratio"] == 8


def test_the_best_and_the_worst_firm():
    assert score(equity=900, retained_earnings=600, current_assets=900, stocks=0, current_debt=100, total_debt=100,
                 net_income=400) == 100
    assert score(equity=-400, retained_earnings=-600, current_assets=200, stocks=100, current_debt=900,
                 total_debt=1400, net_income=-300) == 0


@pytest.mark.parametrize(("missing", "ratios_lost", "expected"), [
    ("stocks", {"quick_ratio": 14}, 50),
    ("retained_earnings", {"retained_earnings_to_assets": 5}, 52),
    ("depreciation", {"cash_flow_to_turnover": 13, "cash_flow_to_debt": 10}, 55),
    ("current_debt", {"working_capital_to_assets": 5, "quick_ratio": 14}, 49),
])
def test_a_missing_line_takes_the_points_of_a_firm_about_which_nothing_is_known(missing, ratios_lost, expected):
    found = rule.financial_score(columns(**ACCOUNTS | {missing: None}))
    assert {name for name, needed in rule.RATIOS.items() if missing in needed} == set(ratios_lost)
    assert {name: found.points[name][0] for name in ratios_lost} == ratios_lost
    assert found.known[0] == 6 - len(ratios_lost)
    assert found.score[0] == expected


def test_a_profit_and_loss_account_kept_back_leaves_a_score():
    """3 + 6 + 6 + 17 from the balance sheet, 13 + 10 for what is not known."""
    assert score(turnover=None, net_income=None, depreciation=None) == 55


def test_too_little_is_known_for_a_score():
    """Three ratios of six: the balance sheet without its reserves, no profit and loss account."""
    found = rule.financial_score(columns(**ACCOUNTS | dict.fromkeys(
        ("turnover", "net_income", "depreciation", "retained_earnings"))))
    assert (found.known[0], np.isnan(found.score[0])) == (3, True)
    assert np.isnan(rule.financial_score(columns(equity=100)).score[0])


@pytest.mark.parametrize("assets", [0, -1000])
def test_accounts_without_assets_have_no_score(assets):
    found = rule.financial_score(columns(**ACCOUNTS | {"total_assets": assets}))
    assert (found.known[0], np.isnan(found.score[0])) == (3, True)


def test_without_debt_what_is_earned_or_lost_decides():
    assert points(total_debt=0, current_debt=0)["cash_flow_to_debt"] == 20
    assert points(total_debt=-0.0)["cash_flow_to_debt"] == 20
    assert points(total_debt=0, net_income=-100)["cash_flow_to_debt"] == 0
    assert points(current_debt=0)["quick_ratio"] == 22
    nothing = rule.financial_score(columns(**ACCOUNTS | {"total_debt": 0, "net_income": 0, "depreciation": 0}))
    assert (nothing.known[0], nothing.points["cash_flow_to_debt"][0]) == (5, 10)


def test_a_negative_debt_or_turnover_is_no_ratio():
    found = rule.financial_score(columns(**ACCOUNTS | {"total_debt": -700, "turnover": 0}))
    assert found.known[0] == 4
    assert (found.points["cash_flow_to_debt"][0], found.points["cash_flow_to_turnover"][0]) == (10, 13)


def test_the_cash_flow_of_eighteen_months_is_brought_to_twelve():
    """160 in 12 months are 22.9 % of debt, 16 points; in 18 months 106.67, 15.2 %, 10 points."""
    assert points(net_income=130)["cash_flow_to_debt"] == 16
    assert points(net_income=130, months=None)["cash_flow_to_debt"] == 16
    assert points(net_income=130, months=18)["cash_flow_to_debt"] == 10
    assert points(net_income=130, months=18)["cash_flow_to_turnover"] == points(net_income=130)["cash_flow_to_turnover"]


amounts = st.floats(-1e9, 1e9, allow_nan=False)
cells = st.none() | amounts
accounts = st.fixed_dictionaries(dict.fromkeys(ACCOUNTS, cells))


@given(accounts, st.sampled_from(["equity", "retained_earnings", "net_income", "depreciation", "current_assets"]),
       st.floats(0, 1e9))
def test_more_of_a_good_line_never_lowers_the_score(lines, name, more):
    before = rule.financial_score(columns(**lines)).score[0]
    if lines[name] is not None and not np.isnan(before):
        assert rule.financial_score(columns(**lines | {name: lines[name] + more})).score[0] >= before


@given(st.sampled_from(list(rule.RATIOS)), st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_a_better_ratio_never_has_fewer_points(name, one, other):
    worse, better = rule.points_table()[name].of(np.array(sorted((one, other))))
    assert worse <= better


@given(accounts)
def test_any_accounts_give_a_whole_score_of_0_to_100_or_none(lines):
    found = rule.financial_score(columns(**lines))
    assert np.isnan(found.score[0]) == (found.known[0] < 4)
    assert np.isnan(found.score[0]) or found.score[0] in range(101)


@given(accounts, st.sampled_from([2.0 ** -10, 0.5, 4.0, 1024.0]))
def test_the_currency_does_not_matter(lines, rate):
    converted = {name: None if value is None else value * rate for name, value in lines.items()}
    assert np.array_equal(rule.financial_score(columns(**lines)).score,
                          rule.financial_score(columns(**converted)).score, equal_nan=True)


def test_the_table_of_points_is_whole():
    """Bands without gap or overlap, rising points from 0, best bands totalling 100, a missing row between the two."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = defaultdict(list)
    for row in rows:
        if row["part"] == "band":
            found[row["ratio"]].append(row)
    missing = {row["ratio"]: int(row["points"]) for row in rows if row["part"] == "missing"}
    assert set(found) == set(missing) == set(rule.RATIOS)
    for name, several in found.items():
        assert [row["from"] for row in several] == ["", *(row["to"] for row in several[:-1])]
        assert several[-1]["to"] == ""
        worth = [int(row["points"]) for row in several]
        assert 5 <= len(worth) <= 7
        assert worth[0] == 0 < missing[name] < worth[-1]
        assert worth == sorted(set(worth))
    assert sum(int(several[-1]["points"]) for several in found.values()) == 100


def test_the_table_names_its_data_its_date_and_its_licence():
    told = rule.provenance()
    assert "Polish companies bankruptcy" in told["data"]
    assert (told["date"], told["licence"]) == ("2026-11", "CC BY 4.0")
    assert "Zięba" in told["citation"]
    assert "not French" in told["changes"]


def test_the_shipped_table_is_what_the_calibration_writes():
    """Read and written again it is the same file; the calibration knows the same ratios."""
    assert table.content(rule.points_table()) == TABLE.read_text(encoding="utf-8")
    assert list(model.STEPS) == list(rule.RATIOS)
    assert rule.least_known() == model.LEAST_KNOWN


@pytest.mark.parametrize("module", [auc, bands, model, pictures, validation], ids=lambda one: one.__name__)
def test_the_examples_of_the_calibration(module):
    ran = doctest.testmod(module)
    assert (ran.failed, ran.attempted > 0) == (0, True)


def test_bands_join_until_a_better_ratio_is_a_safer_one():
    """Ten values of 100 firms; the fourth fails more than the third and is joined with it."""
    rates = [40, 30, 10, 20, 9, 8, 7, 6, 5, 4]
    values = np.repeat(np.arange(10.0), 100)
    failed = np.concatenate([np.arange(100) < rate for rate in rates])
    found = bands.bands(values, failed, step=1.0, smallest=0.05, at_most=10)
    assert found.edges.tolist() == [1, 2, 4, 5, 6, 7, 8, 9]
    assert (np.diff(found.evidence) > 0).all()
    assert found.of(np.array([np.nan])).tolist() == [0]
    few = bands.bands(values, failed, step=1.0, smallest=0.25, at_most=10)
    assert np.bincount(np.searchsorted(few.edges, values, side="right")).min() >= 250


@pytest.fixture(scope="module")
def firms(real_data):
    if not (real_data / sample.FILE).is_file():
        pytest.skip("CREDIT_MANAGER_DATA has no polish_bankruptcy")
    return sample.read(real_data)


def test_it_tells_bankrupt_firms_from_sound_ones_better_than_altman(firms):
    """On the firms it was made from: 0.75 at least (0.74 out of the fold), where Z'' has 0.689 and Z' 0.633."""
    ours = rule.scored(firms.ratios, rule.points_table(), rule.least_known()).score
    known = ~np.isnan(ours) & ~np.isnan(firms.z2) & ~np.isnan(firms.z1)
    assert (len(firms), int(firms.failed.sum()), int(known.sum())) == (6945, 271, 6920)
    found, z2, z1 = (auc.placements(one[known], firms.failed[known]) for one in (ours, firms.z2, firms.z1))
    assert round(z2.auc, 3) == 0.689
    assert round(z1.auc, 3) == 0.633
    assert 0.75 <= found.auc <= 0.77
    assert (found - z2).auc > (found - z2).margin


def test_the_shipped_points_are_those_of_the_data(firms):
    pytest.importorskip("sklearn", reason="the extra `calibration` is not installed")
    assert table.content(model.fit(firms)) == TABLE.read_text(encoding="utf-8")
