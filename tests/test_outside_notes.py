"""Notes of outside providers: each scale in its own direction, each version by the date of the note."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import reference
from udfs.rating.outside_note import outside_answers


def answer(provider, note, date="2026-05-01"):
    found = outside_answers(np.array([provider], dtype=object), np.array([note], dtype=object),
                            np.array([date], "datetime64[D]"))
    return None if np.isnan(found[0]) else found[0]


@pytest.mark.parametrize(("provider", "note", "expected"), [
    ("coface", "9", 7), ("coface", "1", 1), ("coface", "7.5", 5), ("coface", "8/10", 6),
    ("allianz_trade", "1", 7), ("allianz_trade", "9", 1), ("allianz_trade", "2.5", 6),
    ("atradius", "5", 7), ("atradius", "85", 1),
    ("creditsafe", "71", 7), ("creditsafe", "70", 6), ("creditsafe", "29", 2), ("creditsafe", "0", 1),
    ("creditsafe", "NC", None), ("creditsafe", "101", None), ("infoproff", "bbb", 5), ("paydex", "80", 6),
    ("banque_de_france", "1+", 7), ("banque_de_france", "5 -", 2), ("banque_de_france", "P", 1),
    ("banque_de_france", "0", None), ("banque_de_france", "3++", None),
    ("coface", "", None), ("", "8", None), ("my_neighbour", "8", None), ("coface", "inf", None), ("coface", "A", None),
])
def test_a_note_is_worth_what_its_provider_means(provider, note, expected):
    """DOMAIN 2.8: Coface 10 is best; Allianz Trade and Atradius 1 is best; Creditsafe 71-100 is very low risk."""
    assert answer(provider, note) == expected


@pytest.mark.parametrize(("date", "expected"), [("2021-12-31", 5), ("2022-01-07", 5), ("2022-01-08", 4), ("NaT", 4)])
def test_a_4_of_the_banque_de_france_is_worth_less_since_8_january_2022(date, expected):
    """DOMAIN 2.7: the same symbol, another meaning; an old 4 lies between the new 4+ and 3+."""
    assert answer("banque_de_france", "4", date) == expected


@pytest.mark.parametrize(("provider", "best_first"), [("coface", False), ("creditsafe", False), ("paydex", False),
                                                      ("altares", False), ("allianz_trade", True), ("atradius", True)])
def test_a_better_note_never_has_a_lower_answer(provider, best_first):
    rows = [row for row in reference.rows("outside_notes") if row["provider"] == provider and row["from"]]
    last = int(max(float(row["to"]) for row in rows))
    first = int(min(float(row["from"]) for row in rows))
    answers = [answer(provider, str(note)) for note in range(first, last + 1)]
    assert None not in answers, "the bands must leave no note out"
    assert answers == sorted(answers, reverse=best_first)


@given(st.sampled_from(["coface", "banque_de_france", "creditsafe", "x"]), st.text(max_size=20))
def test_no_text_breaks_it(provider, note):
    assert answer(provider, note) in (None, 1, 2, 3, 4, 5, 6, 7)
