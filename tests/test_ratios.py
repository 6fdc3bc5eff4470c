"""The ratios of the accounts, on the firm whose return is worked out by hand in liasse_firm.py."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.liasse_firm import LINES
from udfs import reference
from udfs.rating.ratios import FLOWS, missing, needed, not_positive, ratio, ratios
from udfs.rating.trends import lines_of, previous_accounts, trend, trends
from udfs.tables.schema import SCHEMA
from udfs.texts import has


def accounts(**changes):
    """The lines of the firm, one row; a line changed to None is missing."""
    return {name: np.array([np.nan if value is None else float(value)]) for name, value in {**LINES, **changes}.items()}


def value(code, vat_rate=None, **changes):
    return ratio(code, accounts(**changes), vat_rate).item()


# Values worked out by hand

# What the comments of liasse_firm.py give, in euros, shares, times, days or years.
VALUES = {
    "ebitda_margin": 0.076,
    "ebit_margin": 0.04,
    "net_margin": 0.025,
    "value_added_share": 0.395,
    "personnel_share": 0.784810,            # 310 / 395
    "tax_social_share": 0.177215,           # 70 / 395
    "self_financing": 61_000,               # 25 + 36
    "tangible_net_worth": 112_000,          # 170 - 48 - 10
    "permanent_capital": 304_000,           # 170 + 14 + 120
    "working_capital": 136_000,             # 304 - 168
    "working_capital_need": 128_000,        # 80 + 228 - 110 - 70
    "net_cash": 8_000,                      # 136 - 128
    "financial_debt": 190_000,              # 370 - 110 - 70
    "external_purchases": 605_000,          # 1,000 - 395
    "working_capital_days": 49.64,          # 136 / 1,000 x 365
    "working_capital_need_days": 46.72,     # 128 / 1,000 x 365
    "net_cash_days": 2.92,                  # 8 / 1,000 x 365
    "equity_ratio": 0.306859,               # 170 / 554
    "gearing": 0.847059,                    # (190 - 46) / 170
    "current_ratio": 1.504,                 # 376 / 250
    "interest_cover": 8.941176,             # 76 / 8.5
    "charges_to_ebitda": 0.111842,          # 8.5 / 76
    "repayment_years": 3.114754,            # 190 / 61
    "dso": 69.35,                           # 228 / (1,000 x 1.2) x 365
    "dpo": 55.303030,                       # 110 / (605 x 1.2) x 365
    "stock_days": 65.617978,                # 80 / 445 x 365
    "working_assets_share": 0.227437,       # (376 - 250) / 554
    "retained_share": 0.081227,             # 45 / 554
    "return_on_assets": 0.072202,           # 40 / 554
    "equity_to_debt": 0.459459,             # 170 / 370
    "asset_turnover": 1.805054,             # 1,000 / 554
    "ebitda_to_debt": 0.205405,             # 76 / 370
    "permanent_capital_share": 0.548736,    # 304 / 554
    "liquid_share": 0.534296,               # (376 - 80) / 554
    "charges_to_turnover": 0.0085,
}


@pytest.mark.parametrize(("code", "expected"), VALUES.items())
def test_each_ratio_of_the_firm(code, expected):
    assert value(code) == pytest.approx(expected, abs=5e-7)


def test_market_value_is_a_line_that_the_caller_adds():
    assert value("market_value_to_debt", market_value=740_000) == 2
    assert missing("market_value_to_debt", accounts()).item() == "market_value"


def test_every_ratio_of_the_table_is_tested_and_has_its_words():
    assert set(ratios()) == {*VALUES, "market_value_to_debt"}
    for code in (*ratios(), *trends()):
        assert has(f"ratios.{code}", "en"), code
        assert has(f"ratios.{code}", "fr"), code


def test_the_table_of_ratios_is_made_of_lines_of_accounts():
    columns = set(SCHEMA["Accounts"]) | {"market_value"}
    assert {name for code in ratios() for name in needed(code)} <= columns
    assert columns >= FLOWS
    for row in (*reference.rows("ratios"), *reference.rows("trends")):
        assert row["unit"] in {"share", "times", "days", "years", "amount"}
        assert row["better"] in {"higher", "lower"}
        assert row["source"]


# VAT and months

@pytest.mark.parametrize(("vat_rate", "days"), [(0.20, 69.35), (0.0, 83.22), (0.10, 75.654545), (None, 69.35)])
def test_the_rate_of_vat_is_an_argument(vat_rate, days):
    """228 / (1,000 x (1 + rate)) x 365; an exporter's receivables are excl. VAT."""
    assert value("dso", vat_rate) == pytest.approx(days, abs=1e-6)


def test_each_firm_may_have_its_own_rate_of_vat():
    lines = {name: np.repeat(values, 2) for name, values in accounts().items()}
    assert ratio("dso", lines, np.array([0.2, 0.0])) == pytest.approx([69.35, 83.22])
    assert ratio("stock_days", lines, np.array([0.2, 0.0])) == pytest.approx([65.617978] * 2)


def test_a_year_of_18_months_is_brought_to_12():
    """Turnover 1,000 in 18 months is 666.67 a year: 228 / (666.67 x 1.2) x 365 = 104.025 days."""
    assert value("turnover", months=18) == pytest.approx(666_666.67, abs=0.01)
    assert value("dso", months=18) == pytest.approx(104.025)
    assert value("self_financing", months=18) == pytest.approx(40_666.67, abs=0.01)     # 61 x 12 / 18
    assert value("repayment_years", months=18) == pytest.approx(4.672131, abs=1e-6)      # 190 / 40.667
    assert value("ebitda_margin", months=18) == pytest.approx(0.076)
    assert value("working_capital", months=18) == 136_000


@pytest.mark.parametrize(("months", "expected"), [(None, 0.076), (12, 0.076), (0, None), (-3, None)])
def test_a_year_without_its_months_has_12_and_one_of_no_length_has_no_flows(months, expected):
    found = value("ebitda_margin", months=months)
    assert np.isnan(found) if expected is None else found == pytest.approx(expected)
    assert missing("ebitda_margin", accounts(months=months)).item() == ("months" if expected is None else "")
    assert value("equity_ratio", months=months) == pytest.approx(0.306859, abs=1e-6)


# What is missing

@pytest.mark.parametrize("code", sorted(ratios()))
def test_a_missing_line_gives_nothing_and_its_name(code):
    for name in needed(code):
        lines = accounts(**{"market_value": 740_000, name: None})
        assert np.isnan(ratio(code, lines)).all(), name
        assert missing(code, lines).tolist() == [name]
        lines.pop(name)
        assert np.isnan(ratio(code, lines)).all(), name
        assert missing(code, lines).tolist() == [name]


def test_of_several_missing_lines_the_first_of_the_formula_is_named():
    assert missing("net_cash", accounts(fixed_assets=None, stocks=None)).item() == "fixed_assets"
    assert missing("gearing", accounts(equity=None, cash=None, tax_social_debt=None)).item() == "tax_social_debt"


def test_each_row_names_its_own():
    lines = {"ebitda": np.array([76.0, np.nan, 76.0, 76.0]), "turnover": np.array([1000.0, 1000.0, np.nan, 0.0])}
    assert ratio("ebitda_margin", lines)[0] == 0.076
    assert missing("ebitda_margin", lines).tolist() == ["", "ebitda", "turnover", ""]
    assert not_positive("ebitda_margin", lines).tolist() == ["", "", "", "turnover"]


@pytest.mark.parametrize(("code", "changes", "named"), [
    ("gearing", {"equity": -20_000}, "equity"), ("gearing", {"equity": 0}, "equity"),
    ("repayment_years", {"net_income": -40_000}, "self_financing"), ("interest_cover", {"financial_charges": 0},
                                                                    "financial_charges"),
    ("charges_to_ebitda", {"ebitda": -1}, "ebitda"), ("personnel_share", {"value_added": 0}, "value_added"),
    ("dpo", {"value_added": 1_000_000}, "external_purchases"), ("net_cash", {"equity": -500_000}, ""),
])
def test_a_line_below_the_bar_that_is_not_positive_gives_nothing_and_its_name(code, changes, named):
    assert np.isnan(value(code, **changes)) == bool(named)
    assert not_positive(code, accounts(**changes)).item() == named
    assert missing(code, accounts(**changes)).item() == ""


@pytest.mark.parametrize(("changes", "expected"), [
    ({"provisions": None}, 290_000), ({"provisions": 14_000}, 304_000),
])
def test_provisions_count_where_they_are_given(changes, expected):
    assert value("permanent_capital", **changes) == expected


@pytest.mark.parametrize(("changes", "expected", "named"), [
    ({"unpaid_capital": None}, 122_000, ""), ({"intangibles": None}, None, "intangibles"),
    ({"intangibles": None, "equity": -5_000, "unpaid_capital": None}, -5_000, ""), ({"equity": None}, None, "equity"),
])
def test_net_worth_without_intangibles_is_known_only_where_equity_is_negative(changes, expected, named):
    found = value("tangible_net_worth", **changes)
    assert np.isnan(found) if expected is None else found == expected
    assert missing("tangible_net_worth", accounts(**changes)).item() == named


@given(st.floats(1e-3, 1e3), st.sampled_from(sorted(ratios())))
def test_amounts_in_another_unit_leave_ratios_as_they_are(factor, code):
    lines = accounts(market_value=740_000, months=9)
    scaled = {name: values * (1 if name == "months" else factor) for name, values in lines.items()}
    expected = ratio(code, lines) * (factor if ratios()[code]["unit"] == "amount" else 1)
    assert ratio(code, scaled) == pytest.approx(expected, rel=1e-9)


# Trends


def test_the_year_before_closed_9_to_15_months_earlier_for_the_same_client():
    rows = [(1, "2025-12-31"), (1, "2024-12-31"), (1, "2023-03-31"), (2, "2024-12-31"), (2, "2025-09-30"),
            (3, "2025-12-31"), (3, "2025-04-30"), (4, "NaT"), (4, "2024-12-31")]
    client = np.array([number for number, _ in rows])
    ends = np.array([end for _, end in rows], "datetime64[D]")
    assert previous_accounts(client, ends).tolist() == [1, -1, -1, -1, 3, -1, -1, -1, -1]


@pytest.mark.parametrize(("earlier", "found"), [
    ("2025-04-30", False), ("2025-03-31", True), ("2024-12-31", True), ("2024-09-30", True), ("2024-08-31", False),
])
def test_the_bounds_of_the_year_before(earlier, found):
    rows = previous_accounts(np.array([0, 0]), np.array(["2025-12-31", earlier], "datetime64[D]"))
    assert rows.tolist() == [1 if found else -1, -1]


def test_of_two_earlier_years_the_nearest_to_12_months_is_the_year_before():
    ends = np.array(["2025-12-31", "2025-03-31", "2024-11-30", "2025-12-31"], "datetime64[D]")
    assert previous_accounts(np.array([0, 0, 0, 1]), ends).tolist() == [2, -1, -1, -1]
    ends = np.array(["2025-12-31", "2025-01-31", "2024-12-31", "2024-11-30"], "datetime64[D]")
    assert previous_accounts(np.zeros(4, int), ends)[0] == 2


def test_no_accounts_have_no_year_before():
    assert previous_accounts(np.zeros(0, int), np.zeros(0, "datetime64[D]")).tolist() == []
    assert previous_accounts(np.zeros(1, int), np.array(["NaT"], "datetime64[D]")).tolist() == [-1]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 80)), max_size=25))
def test_the_year_before_is_what_a_search_row_by_row_finds(rows):
    client = np.array([number for number, _ in rows], int)
    ends = (np.array([month for _, month in rows], int) + 600).astype("datetime64[M]").astype("datetime64[D]")
    for row, before in enumerate(previous_accounts(client, ends)):
        gaps = [abs(rows[row][1] - month - 12) for number, month in rows
                if number == rows[row][0] and 9 <= rows[row][1] - month <= 15]
        if not gaps:
            assert before == -1
        else:
            assert client[before] == client[row]
            assert abs(rows[row][1] - rows[before][1] - 12) == min(gaps)


def test_trends_of_the_firm():
    """Turnover 1,000 after 800; equity 170 after 136; EBIT margin 4 % after 48 / 800 = 6 %."""
    before = accounts(turnover=800_000, equity=136_000, ebit=48_000)
    assert [trend(code, accounts(), before).item() for code in ("turnover_growth", "equity_growth")] == pytest.approx(
        [0.25, 0.25])
    assert trend("ebit_margin_change", accounts(), before).item() == pytest.approx(-0.02)


def test_a_year_of_9_months_is_compared_with_a_whole_one():
    assert trend("turnover_growth", accounts(months=9), accounts()).item() == pytest.approx(1 / 3)


@pytest.mark.parametrize("equity", [0, -10_000, None])
def test_growth_from_nothing_or_from_a_debt_says_nothing(equity):
    assert np.isnan(trend("equity_growth", accounts(), accounts(equity=equity))).all()


def test_without_a_year_before_there_is_no_trend():
    lines = {name: np.repeat(values, 2) for name, values in accounts().items()}
    before = lines_of(lines, np.array([-1, 0]))
    assert np.isnan(trend("turnover_growth", lines, before)).tolist() == [True, False]
