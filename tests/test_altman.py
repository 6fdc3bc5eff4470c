"""Altman's scores: the worked firms of DOMAIN 2.4, what they need, and the zones of each source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.liasse_firm import LINES
from udfs.errors import WrongArgument
from udfs.rating.altman import COEFFICIENTS, altman, missing, not_positive
from udfs.rating.models import outside_domain, sources, zone

FIRM = {
    "current_assets": 700, "current_debt": 500, "retained_earnings": 250, "ebit": 120, "equity": 600,
    "market_value": 600, "total_debt": 900, "total_assets": 1500, "turnover": 2400,
}
SECOND = {
    "current_assets": 600, "current_debt": 400, "retained_earnings": 80, "ebit": 60, "equity": 330, "total_debt": 670,
    "total_assets": 1000,
}


def lines(values, **changes):
    return {name: np.array([np.nan if value is None else float(value)])
            for name, value in {**values, **changes}.items()}


@pytest.mark.parametrize(("model", "firm", "score"), [
    ("z", FIRM, 2.656), ("z1", FIRM, 2.362), ("z2", FIRM, 2.656), ("z2_em", FIRM, 5.906), ("z2_em", SECOND, 5.7432),
    # 6.56 x 126/554 + 3.26 x 45/554 + 6.72 x 40/554 + 1.05 x 170/370 = 1.4920 + 0.2648 + 0.4852 + 0.4824
    ("z2", LINES, 2.7244),
    # 0.717 x 126/554 + 0.847 x 45/554 + 3.107 x 40/554 + 0.420 x 170/370 + 0.998 x 1000/554
    # = 0.1631 + 0.0688 + 0.2243 + 0.1930 + 1.8014
    ("z1", LINES, 2.4506),
])
def test_worked_firms(model, firm, score):
    assert altman(model, lines(firm)).item() == pytest.approx(score, abs=0.0005)


def test_the_listed_model_takes_the_market_value_of_the_shares():
    """0.6 x (900 - 600) / 900 = 0.2 more at a market value of 900."""
    more = altman("z", lines(FIRM, market_value=900)) - altman("z", lines(FIRM))
    assert more.item() == pytest.approx(0.2)
    assert missing("z", lines(LINES)).item() == "market_value"


def test_a_short_year_is_brought_to_twelve_months():
    """EBIT 60 and turnover 1,200 in 6 months are 120 and 2,400 a year."""
    assert altman("z1", lines(FIRM, ebit=60, turnover=1200, months=6)).item() == pytest.approx(2.362, abs=0.0005)


@pytest.mark.parametrize("model", sorted(COEFFICIENTS))
@pytest.mark.parametrize("line", ["current_assets", "current_debt", "retained_earnings", "ebit", "total_debt",
                                  "total_assets"])
def test_a_missing_line_gives_no_score_and_its_name(model, line):
    found = lines(FIRM, **{line: None})
    assert np.isnan(altman(model, found)).all()
    assert missing(model, found).item() == line


@pytest.mark.parametrize("line", ["total_debt", "total_assets"])
@pytest.mark.parametrize("amount", [0, -10])
def test_debt_or_assets_that_are_not_positive_give_no_score_and_their_name(line, amount):
    found = lines(FIRM, **{line: amount})
    assert np.isnan(altman("z2", found)).all()
    assert (missing("z2", found).item(), not_positive("z2", found).item()) == ("", line)


@given(st.floats(0.001, 1000), st.sampled_from(sorted(COEFFICIENTS)))
def test_amounts_in_another_unit_leave_the_score_as_it_is(factor, model):
    scaled = {name: values * factor for name, values in lines(FIRM).items()}
    assert altman(model, scaled) == pytest.approx(altman(model, lines(FIRM)), rel=1e-9)


@given(st.floats(0, 1e6), st.sampled_from(["current_assets", "retained_earnings", "ebit", "equity"]))
def test_more_of_what_is_good_never_lowers_the_score(more, line):
    assert altman("z2", lines(FIRM, **{line: FIRM[line] + more})) >= altman("z2", lines(FIRM)) - 1e-12


# Zones

@pytest.mark.parametrize(("model", "source", "scores", "zones"), [
    ("z", "probsee", [3.0, 2.99, 1.81, 1.80], ["sound", "watch", "watch", "danger"]),
    ("z1", "quant.stackexchange", [2.91, 2.9, 1.23, 1.22], ["sound", "watch", "watch", "danger"]),
    ("z2", "financialratioss", [2.61, 2.6, 1.1, 1.09], ["sound", "watch", "watch", "danger"]),
    ("z2", "creditguru", [2.91, 2.61, 1.22, 1.1], ["sound", "watch", "danger", "danger"]),
    ("z2_em", "financialratioss", [5.86, 5.85, 4.35, 4.34], ["sound", "watch", "watch", "danger"]),
    ("z2_em", "textbooks", [5.86, 4.34, 4.15, 4.14], ["sound", "watch", "watch", "danger"]),
])
def test_zones_by_source(model, source, scores, zones):
    assert zone(model, np.array(scores), source).tolist() == zones


def test_the_first_source_is_the_default_and_no_score_has_no_zone():
    assert sources("z2") == ["financialratioss", "creditguru"]
    assert zone("z2", np.array([2.7, np.nan])).tolist() == ["sound", ""]


def test_a_source_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(WrongArgument, match=r"nobody publishes no zones .* known: financialratioss, creditguru"):
        zone("z2", np.array([1.0]), "nobody")


@given(st.sampled_from(sorted(COEFFICIENTS)), st.floats(-50, 50))
def test_every_score_has_one_zone(model, score):
    for source in sources(model):
        assert zone(model, np.array([score]), source).item() in {"sound", "watch", "danger"}


def test_z_and_z1_were_made_for_manufacturers_and_z2_for_any_firm():
    naf = np.array(["25.62B", "1071C", "46.90Z", "", "?"], object)
    turnover = np.full(5, np.nan)
    expected = ["", "", "activity", "activity_unknown", "activity_unknown"]
    assert outside_domain("z", naf, turnover).tolist() == expected
    assert outside_domain("z1", naf, turnover).tolist() == expected
    assert outside_domain("z2", naf, turnover).tolist() == [""] * 5
