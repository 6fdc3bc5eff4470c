"""Bank calendars: the ten vectors of DOMAIN 3.6 and the days that banks are open."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.errors import WrongArgument
from udfs.terms.calendars import bank_days_between, roll, roll_bills
from udfs.terms.term import Terms

with (Path(__file__).parent / "vectors" / "calendars.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = list(csv.DictReader(file))

# Official French holidays of 2026 and 2027 (DOMAIN 3.5), and the six TARGET days of 2026.
FRENCH = ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14",
          "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01",
          "2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11",
          "2027-12-25"]
TARGET_2026 = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26"]


def days(*texts):
    return np.array(texts, "datetime64[D]")


@pytest.mark.parametrize(("column", "calendar", "rule"), [
    ("following_fr", "FR", "following"), ("following_target", "TARGET", "following"),
    ("modified_following_fr", "FR", "modified_following"), ("preceding_fr", "FR", "preceding"),
    ("following_fr", "fr", "suivant"), ("modified_following_fr", "FR", "Suivant modifié"),
    ("preceding_fr", "FR", "précédent")])
def test_the_ten_vectors_move_as_published(column, calendar, rule):
    assert len(VECTORS) == 10
    moved = roll(days(*(row["raw"] for row in VECTORS)), calendar, rule)
    assert [str(day) for day in moved] == [row[column] for row in VECTORS]


@pytest.mark.parametrize(("calendar", "closed", "years"), [
    ("FR", FRENCH, ("2026-01-01", "2028-01-01")), ("TARGET", TARGET_2026, ("2026-01-01", "2027-01-01"))])
def test_open_days_are_all_but_weekends_and_holidays(calendar, closed, years):
    every = np.arange(*days(*years))
    weekday = (every.astype(np.int64) + 3) % 7
    expected = (weekday < 5) & ~np.isin(every, days(*closed))
    assert ((roll(every, calendar) == every) == expected).all()


def test_an_empty_date_stays_empty():
    assert roll(days("NaT", "2026-05-14"), "FR").tolist() == [None, dt.date(2026, 5, 15)]
    assert roll(days("NaT"), "FR").tolist() == [None]
    assert roll(days(), "FR").tolist() == []


@pytest.mark.parametrize(("start", "end", "count"), [
    ("2026-11-20", "2026-11-20", 0), ("2026-11-20", "2026-11-22", 0), ("2026-11-20", "2026-11-23", 1),
    ("2026-04-02", "2026-04-07", 1), ("2025-12-24", "2025-12-29", 1), ("2026-11-23", "2026-11-20", -1)])
def test_bank_days_between_counts_the_open_days_after_the_first(start, end, count):
    """Easter 2026: from Thursday 2 April to Tuesday 7 April the banks opened once more."""
    assert bank_days_between(np.datetime64(start), np.datetime64(end)) == count


def test_the_french_calendar_closes_where_target_does_not():
    armistice = np.datetime64("2026-11-10"), np.datetime64("2026-11-11")
    assert bank_days_between(*armistice, "FR") == 0
    assert bank_days_between(*armistice, "TARGET") == 1


def test_unknown_codes_are_refused_with_the_known_ones():
    for name in ("MARS", "XX", "DE-ZZ", "", "D", "PUBLIC", "DE-", "FR-AM-1"):
        with pytest.raises(WrongArgument, match="FR, FR-AM, TARGET, or the code of a country"):
            roll(days("2026-11-20"), name)
    with pytest.raises(WrongArgument, match="following, modified_following, preceding"):
        roll(days("2026-11-20"), "FR", "sideways")


@pytest.mark.parametrize(("calendar", "closed", "following"), [
    ("FR-AM", "2026-04-03", "2026-04-07"), ("fr-am", "2025-12-26", "2025-12-29"),  # Good Friday, Saint Stephen
    ("DE", "2026-10-03", "2026-10-05"), ("DE-BY", "2026-01-06", "2026-01-07"), ("DE", "2026-01-06", "2026-01-06"),
    ("IT", "2026-06-02", "2026-06-03"), ("GB-ENG", "2026-08-31", "2026-09-01"), ("GB-SCT", "2026-08-31", "2026-08-31"),
    ("BE", "2026-05-15", "2026-05-18"),  # the day after Ascension: closed by the banks alone
    ("SA", "2026-11-20", "2026-11-22"),  # a Friday; the weekend is Friday and Saturday
])
def test_other_countries_and_regions_by_their_code(calendar, closed, following):
    assert roll(days(closed), calendar).astype(str).tolist() == [following]


def test_bills_move_and_plain_invoices_do_not():
    """Ascension 2026 (C.com L511-79): a bill and a note fall on Friday 15 May, an invoice stays on the 14th."""
    terms = [Terms.net(means="LCR"), Terms.net(), Terms.net(means="note"), Terms.net(means="cheque")]
    moved = roll_bills(days(*["2026-05-14"] * 4), terms, np.arange(4))
    assert moved.astype(str).tolist() == ["2026-05-15", "2026-05-14", "2026-05-15", "2026-05-14"]


@pytest.mark.parametrize(("calendar", "name"), [
    ("FR", "jours_feries_metropole.csv"), ("FR-AM", "jours_feries_alsace-moselle.csv")])
def test_the_official_french_lists_of_2008_to_2031(real_data, calendar, name):
    """Etalab, data.gouv.fr: beside the weekends the banks are closed on these days and on no other."""
    with (real_data / "holidays_fr" / name).open(encoding="utf-8", newline="") as file:
        official = days(*(row["date"] for row in csv.DictReader(file)))
    every = np.arange(*days("2008-01-01", "2032-01-01"))
    weekday = (every.astype(np.int64) + 3) % 7
    assert ((roll(every, calendar) == every) == ((weekday < 5) & ~np.isin(every, official))).all()


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)).map(lambda day: np.datetime64(day, "D"))


@given(DAYS, st.sampled_from(["FR", "FR-AM", "TARGET", "DE-BY"]))
def test_moving_a_date_keeps_to_its_side(day, calendar):
    one = np.array([day])
    before, after = roll(one, calendar, "preceding"), roll(one, calendar, "following")
    modified = roll(one, calendar, "modified_following")
    assert before <= one <= after
    assert modified.astype("datetime64[M]") == one.astype("datetime64[M]")
    assert (roll(after, calendar) == after).all()
