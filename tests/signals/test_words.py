"""Weeks, plain words and likeness: without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.iso_week import IsoWeek
from signals.demo import as_example, read
from signals.lines import ALIKE, VERY_ALIKE
from signals.plain import plain
from signals.similar import likeness
from signals.weeks import month_of, weeks_of
from stek.guard.inspection import inspect

pytestmark = pytest.mark.once


@given(st.dates(dt.date(2000, 1, 10), dt.date(2099, 1, 1)))
def test_every_week_belongs_to_one_month(day):
    week = IsoWeek.of(day)

    months = [month for month in (week.monday.replace(day=1), week.sunday.replace(day=1)) if week in weeks_of(month)]
    assert set(months) == {month_of(week)}
    assert 4 <= len(weeks_of(month_of(week))) <= 5


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Een\u00a0loket\u2009is  dicht.\r\n", "Een loket is dicht."),
        ("é ï ç blijven, e\u0301 wordt é", "é ï ç blijven, é wordt é"),
        ("“Zo” – ’t is ‘echt’…", "\"Zo\" - 't is 'echt'..."),
        ("a\u200bb\u2060c\ufeffd\u00ad", "abcd"),
        ("\U000e0041\u202ewoord\u0000\u0007", "woord"),
        ("", ""),
    ],
)
def test_words_stay_and_signs_of_a_keyboard_do_not(typed, kept):
    assert plain(typed) == kept


@given(st.text(max_size=80))
def test_plain_is_plain_already(text):
    assert plain(plain(text)) == plain(text)


def test_same_said_otherwise_is_alike_and_another_subject_is_not():
    told = [as_example(code, one).text for code, some in read()["told"].items() for one in some]

    def best(text: str) -> tuple[float, str]:
        return max(zip(likeness(text, told), told, strict=True))

    for text, same in (
        (
            "Je kan de wachtlijst voor een sociale woning enkel online bekijken.",
            "De wachtlijst voor een sociale woning",
        ),
        ("Itsme werkt niet op oude toestellen, zonder itsme geen premie.", "Itsme werkt niet op een oude telefoon"),
        ("Deurwaardersbrieven zijn te moeilijk, mensen doen ze niet open.", "Brieven van een deurwaarder"),
        ("Huisartsen nemen geen nieuwe PATIENTEN meer", "Huisartsen in de streek"),
    ):
        score, found = best(text)
        assert score >= VERY_ALIKE
        assert found.startswith(same)
    assert best("Voor de fanfare is er geen repetitielokaal.")[0] < ALIKE
    assert best("La facture d’énergie est incompréhensible")[0] < ALIKE


def test_nothing_is_like_nothing():
    assert likeness("", ["", "iets"]) == [0.0, 0.0]
    assert likeness("iets", []) == []
    assert likeness("het loket", ["Het loket!"])[0] == pytest.approx(1)


def test_examples_hold_nobody_and_fit_their_fields():
    facts = read()
    told = [as_example(code, one) for code, some in facts["told"].items() for one in some]
    waiting = [
        as_example(one["theme"], one["told"])
        for key in ("waiting", "held")
        for some in facts[key].values()
        for one in some
    ]

    assert len(told) > 90
    for one in [*told, *waiting]:
        assert one.text
        assert len(one.text) <= 600
        assert len(one.service) <= 120
        assert len(one.idea) <= 300
        assert [inspect(text, "nl") for text in (one.text, one.service, one.idea) if inspect(text, "nl")] == [], (
            one.text
        )
    assert len({one.text for one in told}) == len(told)
