"""The score of Conan and Holder: the worked firms of DOMAIN 2.3, its zones and the firms it was made for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.liasse_firm import LINES
from udfs.rating.conan_holder import conan_holder, missing, not_positive
from udfs.rating.models import outside_domain, sources, zone


def firm(ebitda, debt, permanent, assets, liquid, charges, turnover, personnel, value_added):
    """A row of DOMAIN 2.3; its permanent capital is all equity and it has no stock."""
    values = {
        "ebitda": ebitda, "total_debt": debt, "equity": permanent, "long_term_debt": 0, "total_assets": assets,
        "current_assets": liquid, "stocks": 0, "financial_charges": charges, "turnover": turnover,
        "personnel": personnel, "value_added": value_added,
    }
    return {name: np.array([np.nan if value is None else float(value)]) for name, value in values.items()}


WORKED = (120, 670, 600, 1000, 350, 20, 2000, 250, 400)


@pytest.mark.parametrize(("values", "score"), [
    (WORKED, 15.98), ((180, 900, 850, 1500, 600, 25, 2400, 640, 900), 15.65),
    ((-20, 1100, 150, 1200, 500, 45, 1600, 520, 560), -2.75),
])
def test_worked_firms(values, score):
    assert conan_holder(firm(*values)).item() == pytest.approx(score, abs=0.005)


def test_the_firm_of_the_worked_return():
    """24 x 76/370 + 22 x 304/554 + 16 x 296/554 - 87 x 0.0085 - 10 x 310/395
    = 4.9297 + 12.0722 + 8.5487 - 0.7395 - 7.8481 = 16.9630."""
    lines = {name: np.array([float(value)]) for name, value in LINES.items()}
    assert conan_holder(lines).item() == pytest.approx(16.963, abs=0.0005)


def test_a_short_year_is_brought_to_twelve_months():
    values = firm(60, 670, 600, 1000, 350, 10, 1000, 125, 200) | {"months": np.array([6.0])}
    assert conan_holder(values).item() == pytest.approx(15.98, abs=0.005)


@pytest.mark.parametrize("line", ["ebitda", "total_debt", "equity", "long_term_debt", "total_assets", "current_assets",
                                  "stocks", "financial_charges", "turnover", "personnel", "value_added"])
def test_a_missing_line_gives_no_score_and_its_name(line):
    lines = firm(*WORKED) | {line: np.array([np.nan])}
    assert np.isnan(conan_holder(lines)).all()
    assert missing(lines).tolist() == [line]
    assert not_positive(lines).tolist() == [""]


@pytest.mark.parametrize("line", ["value_added", "total_debt", "total_assets", "turnover"])
@pytest.mark.parametrize("amount", [0.0, -50.0])
def test_without_value_added_debt_assets_or_turnover_there_is_no_score(line, amount):
    lines = firm(*WORKED) | {line: np.array([amount])}
    assert np.isnan(conan_holder(lines)).all()
    assert (missing(lines).item(), not_positive(lines).item()) == ("", line)


def test_rows_do_not_touch_each_other():
    first, second = firm(*WORKED), firm(-20, 1100, 150, 1200, 500, 45, 1600, 520, 0)
    both = {name: np.concatenate((first[name], second[name])) for name in first}
    assert np.isnan(conan_holder(both)).tolist() == [False, True]
    assert not_positive(both).tolist() == ["", "value_added"]


@given(st.floats(0.001, 1000))
def test_amounts_in_another_unit_leave_the_score_as_it_is(factor):
    scaled = {name: values * factor for name, values in firm(*WORKED).items()}
    assert conan_holder(scaled) == pytest.approx(conan_holder(firm(*WORKED)), rel=1e-9)


@pytest.mark.parametrize(("source", "zones"), [
    ("public repositories", ["sound", "sound", "sound", "watch", "watch", "watch", "danger"]),
    ("urios", ["sound", "watch", "watch", "watch", "watch", "danger", "danger"]),
    ("textbooks", ["sound", "sound", "sound", "watch", "watch", "watch", "danger"]),
])
def test_zones_by_source(source, zones):
    assert zone("conan_holder", np.array([16.5, 16.4, 10.0, 9.0, 6.8, 4.0, 3.9]), source).tolist() == zones


def test_sources_disagree_between_nine_and_ten():
    found = {source: zone("conan_holder", np.array([9.5]), source).item() for source in sources("conan_holder")}
    assert found == {"public repositories": "sound", "urios": "watch", "textbooks": "watch"}


@pytest.mark.parametrize(("naf", "turnover", "why"), [
    ("25.62B", 4e6, ""), ("25.62B", 1.5e6, ""), ("25.62B", 75e6, ""), ("25.62B", 1.4e6, "turnover"),
    ("25.62B", 76e6, "turnover"), ("25.62B", np.nan, "turnover_unknown"), ("46.90Z", 4e6, "activity"),
    ("0812Z", 4e6, ""), ("41.20A", 4e6, "activity"), ("", 4e6, "activity_unknown"), ("46.90Z", 1e6, "activity"),
])
def test_the_firms_it_was_made_for(naf, turnover, why):
    assert outside_domain("conan_holder", np.array([naf], object), np.array([turnover])).tolist() == [why]
