"""Public holidays, computed for any year."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.easter import easter
from django.conf import settings

from sites.holidays import NAMES as NAMES_OF_OURS
from sites.holidays import holidays_between, public_holidays
from sites.words import Dutch

DAY = dt.timedelta(days=1)

# Royal decree of 18 April 1974, article 1: ten days. Their Sundays, Easter and Whitsun, are holidays of old.
FIXED = {"01-01": "Nieuwjaar", "05-01": "Dag van de Arbeid", "07-21": "Nationale feestdag"}
FIXED |= {"08-15": "O. L. V. Hemelvaart", "11-01": "Allerheiligen", "11-11": "Wapenstilstand", "12-25": "Kerstmis"}
AFTER_EASTER = {1: "Paasmaandag", 39: "O. L. H. Hemelvaart", 50: "Pinkstermaandag"}
SUNDAYS = {0: "Pasen", 49: "Pinksteren"}


@pytest.mark.parametrize("year", [1999, *range(2015, 2041), 2099])
def test_the_ten_legal_holidays_and_the_two_sundays_of_any_year(year):
    expected = {dt.date.fromisoformat(f"{year}-{day}"): [name] for day, name in FIXED.items()}
    for days, name in (AFTER_EASTER | SUNDAYS).items():
        expected.setdefault(easter(year) + days * DAY, []).append(name)

    # Ascension can be the first of May: then the day has both names.
    assert {day: sorted(name.split("; ")) for day, name in public_holidays(year).items()} == {
        day: sorted(names) for day, names in expected.items()
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2022-04-18", "Paasmaandag"),
        ("2023-05-29", "Pinkstermaandag"),
        ("2023-05-18", "O. L. H. Hemelvaart"),
        ("2035-03-26", "Paasmaandag"),
        ("2035-05-14", "Pinkstermaandag"),
        ("2038-04-26", "Paasmaandag"),
    ],
)
def test_holidays_that_move_with_easter(day, name):
    day = dt.date.fromisoformat(day)

    assert public_holidays(day.year)[day] == name


NAMES = {
    "nl": "Nieuwjaar, Paasmaandag, Dag van de Arbeid, O. L. H. Hemelvaart, Pinkstermaandag, Nationale feestdag, "
    "O. L. V. Hemelvaart, Allerheiligen, Wapenstilstand, Kerstmis",
    "fr": "Nouvel An, Lundi de Pâques, Fête du Travail, Ascension, Lundi de Pentecôte, Fête nationale, "
    "Assomption, Toussaint, Jour de l’Armistice, Noël",
    "en": "New Year’s Day, Easter Monday, Labour Day, Ascension Day, Whit Monday, National Day, "
    "Assumption Day, All Saints’ Day, Armistice Day, Christmas Day",
    "uk": "Новий рік, Великодній понеділок, День праці, Вознесіння Господнє, Понеділок П’ятидесятниці, Національне свято, "
    "Успіння Богородиці, День усіх святих, День перемир’я, Різдво",
}


@pytest.mark.parametrize("language", NAMES)
def test_the_ten_have_names_in_the_language_of_the_reader(language):
    sundays = {dt.date(2023, 4, 9), dt.date(2023, 5, 28)}
    days = public_holidays(2023, language)

    assert ", ".join(days[day] for day in sorted(days.keys() - sundays)) == NAMES[language]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "nl"])
def test_every_language_has_names_of_its_own(language):
    names, dutch = public_holidays(2023, language), public_holidays(2023)

    assert len(set(names.values())) == 12
    # All Saints' Day has one name in Dutch and in German.
    assert {name for day, name in names.items() if name == dutch[day]} <= {"Allerheiligen"}


def test_two_holidays_on_one_day_are_both_named():
    assert public_holidays(2008, "fr")[dt.date(2008, 5, 1)] == "Fête du Travail; Ascension"


def test_a_name_that_is_not_known_yet_stays_dutch_and_says_so(monkeypatch):
    monkeypatch.delitem(NAMES_OF_OURS, "Kerstmis")
    public_holidays.cache_clear()

    name = public_holidays(2023, "ar")[dt.date(2023, 12, 25)]

    public_holidays.cache_clear()
    assert (name, type(name)) == ("Kerstmis", Dutch)


def test_holidays_between_are_inclusive_and_cross_years():
    days = holidays_between(dt.date(2023, 12, 25), dt.date(2024, 1, 1))

    assert days == {dt.date(2023, 12, 25): "Kerstmis", dt.date(2024, 1, 1): "Nieuwjaar"}
    assert holidays_between(dt.date(2023, 12, 26), dt.date(2023, 12, 31)) == {}
