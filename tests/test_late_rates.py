"""Rates of late payment: one for each half-year, from the reference table or the workbook's own rows, by mode."""

import datetime as dt

import numpy as np
import pytest

from udfs.errors import NotAvailable
from udfs.late.modes import MODES, moving_rates
from udfs.late.rates import half_year_starts, penalty_floor, rates_of
from udfs.tables.policy import Policy, default_policy
from udfs.tables.raw import RawTable
from udfs.tables.reading import read_table

POLICY = default_policy()
RATES = rates_of(POLICY)
# DOMAIN 4.3: ECB rate + 10 points and three times the legal rate, by half-year.
PUBLISHED = [
    ("2015-01-01", 0.1005, 0.0279), ("2019-12-31", 0.1000, 0.0261), ("2023-06-30", 0.1250, 0.0618),
    ("2023-07-01", 0.1400, 0.1266), ("2024-02-29", 0.1450, 0.1521), ("2024-12-31", 0.1425, 0.1476),
    ("2025-01-01", 0.1315, 0.1113), ("2025-08-15", 0.1215, 0.0828), ("2026-06-30", 0.1215, 0.0786),
]


def policy(*rows):
    """The parameters with rows of a table LegalRates: from, ECB rate, legal rate."""
    table = RawTable([["from_date", "ecb_rate", "legal_rate"], *map(list, rows)], "LegalRates")
    return Policy(legal_rates=read_table(table))


@pytest.mark.parametrize(("day", "default", "floor"), PUBLISHED)
def test_the_published_rates_of_a_day(day, default, floor):
    assert moving_rates("HALF_YEAR", POLICY).of(day) == pytest.approx(default)
    assert penalty_floor(POLICY).of(day) == pytest.approx(floor)


@pytest.mark.parametrize(("mode", "rate"), [("HALF_YEAR", 0.1240), ("INVOICE", 0.1240), ("PUBLIC", 0.1040),
                                            ("EU", 0.1040), ("CONTRACT", 0.1240)])
def test_the_rate_of_each_mode_in_the_second_half_of_2026(mode, rate):
    """ECB 2.40 % (DOMAIN 4.3); beside a contract rate stands what would count without it."""
    assert moving_rates(mode, POLICY).of("2026-08-15") == pytest.approx(rate)
    assert mode in MODES


def test_three_times_the_legal_rate_is_a_rate_too():
    """Legal rate of the first half of 2026: 2.62 % (DOMAIN 4.3); that of the second is not confirmed."""
    assert moving_rates("FLOOR", POLICY).of("2026-03-15") == pytest.approx(0.0786)
    with pytest.raises(NotAvailable, match="H2 2026"):
        penalty_floor(POLICY).of("2026-07-01")


@pytest.mark.parametrize("day", ["2025-07-01", dt.date(2025, 12, 31), np.datetime64("2025-09-30")])
def test_a_day_in_any_form(day):
    assert (RATES.ecb.of(day), RATES.legal.of(day)) == (0.0215, 0.0276)


def test_a_column_of_days_is_empty_where_nothing_is_known():
    days = np.array(["2014-12-31", "2015-01-01", "NaT", "2026-12-31", "2027-01-01"], "datetime64[D]")
    assert np.array_equal(RATES.ecb.at(days), [np.nan, 0.0005, np.nan, 0.0240, np.nan], equal_nan=True)


def test_the_reference_knows_every_half_year_from_2015_on():
    assert half_year_starts(RATES.ecb.first) == np.datetime64("2015-01-01")
    assert not np.isnan(RATES.ecb.values).any()
    assert len(RATES.ecb.values) == 24


def test_a_half_year_not_published_is_refused_by_name():
    with pytest.raises(NotAvailable, match=r"No ECB rate is known for H1 2027 \(from 1 Jan 2027\)"):
        RATES.ecb.of("2027-01-01")
    with pytest.raises(NotAvailable, match=r"H2 2014"):
        RATES.ecb.of("2014-12-31")


def test_a_legal_rate_not_known_is_refused_while_the_ecb_rate_is_known():
    rates = rates_of(policy(("2027-01-01", 0.0265, "")))
    assert rates.ecb.of("2027-03-01") == 0.0265
    with pytest.raises(NotAvailable) as refused:
        rates.legal.of("2027-03-01")
    assert refused.value.sentence("fr") == (
        "Aucun taux d’intérêt légal n’est connu pour le semestre S1 2027 (à partir du 01/01/2027). "
        "Saisissez-le dans la table des taux légaux (LegalRates).")


def test_a_row_of_the_workbook_fills_what_the_reference_lacks_and_keeps_the_rest():
    rates = rates_of(policy(("2026-07-01", "", 0.0270), ("2027-01-01", 0.0265, "")))
    assert (rates.ecb.of("2026-08-01"), rates.legal.of("2026-08-01")) == (0.0240, 0.0270)
    assert rates.ecb.of("2025-01-01") == 0.0315


def test_a_row_of_the_workbook_replaces_the_reference():
    rates = rates_of(policy(("2025-01-01", 0.05, 0.06)))
    assert (rates.ecb.of("2025-03-31"), rates.legal.of("2025-03-31")) == (0.05, 0.06)
    assert RATES.ecb.of("2025-03-31") == 0.0315


def test_a_row_that_starts_within_a_half_year_is_left_out_and_told():
    own = policy(("2027-02-15", 0.03, 0.03), ("2027-01-01", 0.02, 0.02))
    (issue,) = own.issues
    assert (issue.table, issue.row, issue.column, issue.value) == ("LegalRates", 2, "from_date", "2027-02-15")
    assert issue.sentence("en").endswith(
        "15 Feb 2027 is not the first day of a half-year: rates change on 1 January and 1 July. "
        "The row is left out; correct the date.")
    assert rates_of(own).ecb.of("2027-02-15") == 0.02
