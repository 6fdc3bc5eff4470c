"""Rates of late payment: one for each half-year, from the reference table or the workbook's own rows."""

import datetime as dt

import numpy as np
import pytest

from udfs.errors import NotAvailable, WrongArgument
from udfs.late.rates import ecb_rate, legal_rate, penalty_floor, penalty_rate, rate_table

# DOMAIN 4.3: ECB rate + 10 points and three times the legal rate, by half-year.
PUBLISHED = [
    ("2015-01-01", 0.1005, 0.0279), ("2019-12-31", 0.1000, 0.0261), ("2023-06-30", 0.1250, 0.0618),
    ("2023-07-01", 0.1400, 0.1266), ("2024-02-29", 0.1450, 0.1521), ("2024-12-31", 0.1425, 0.1476),
    ("2025-01-01", 0.1315, 0.1113), ("2025-08-15", 0.1215, 0.0828), ("2026-06-30", 0.1215, 0.0786),
]


@pytest.mark.parametrize(("day", "default", "floor"), PUBLISHED)
def test_the_published_rates_of_a_day(day, default, floor):
    assert penalty_rate(day, 0.10) == pytest.approx(default)
    assert penalty_floor(day, 3) == pytest.approx(floor)


@pytest.mark.parametrize("day", ["2025-07-01", dt.date(2025, 12, 31), np.datetime64("2025-09-30")])
def test_a_day_in_any_form(day):
    assert (ecb_rate(day), legal_rate(day)) == (0.0215, 0.0276)


def test_a_half_year_not_published_is_refused_by_name():
    with pytest.raises(NotAvailable, match=r"No ECB rate is known for H1 2027"):
        ecb_rate("2027-01-01")
    with pytest.raises(NotAvailable, match=r"H2 2014"):
        ecb_rate("2014-12-31")


def test_the_legal_rate_not_yet_found_is_refused_while_the_ecb_rate_is_known():
    assert ecb_rate("2026-09-01") == 0.0240
    with pytest.raises(NotAvailable) as refused:
        legal_rate("2026-09-01")
    assert refused.value.sentence("fr") == (
        "Aucun taux d’intérêt légal n’est connu pour le semestre S2 2026 (à partir du 01/07/2026). "
        "Saisissez-le dans la table des taux légaux (LegalRates).")


def test_a_row_of_the_workbook_fills_what_the_reference_lacks_and_keeps_the_rest():
    rates = rate_table(np.array(["2026-07-01", "2027-01-01"], "datetime64[D]"), np.array([np.nan, 0.0265]),
                       np.array([0.0270, np.nan]))
    assert (ecb_rate("2026-08-01", rates), legal_rate("2026-08-01", rates)) == (0.0240, 0.0270)
    assert ecb_rate("2027-06-30", rates) == 0.0265
    with pytest.raises(NotAvailable):
        legal_rate("2027-06-30", rates)
    assert ecb_rate("2025-01-01", rates) == 0.0315


def test_a_row_of_the_workbook_replaces_the_reference():
    rates = rate_table(["2025-01-01"], [0.05], [0.06])
    assert (ecb_rate("2025-03-31", rates), legal_rate("2025-03-31", rates)) == (0.05, 0.06)
    assert ecb_rate("2025-03-31") == 0.0315


def test_a_row_that_starts_within_a_half_year_is_refused():
    with pytest.raises(WrongArgument, match="15 Feb 2027"):
        rate_table(["2027-02-15"], [0.03], [0.03])
