"""Local dates of an agreement: the same set as RFC 5545 gives, and as a calendar counted by hand gives."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from activities.enums import Frequency, Nth
from activities.recurrence import Rule, expand, nth_weekday

DAY = dt.timedelta(days=1)
MONDAY, THURSDAY, SUNDAY = 0, 3, 6

windows = st.builds(
    lambda first, days: (first, first + days * DAY),
    st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31)),
    st.integers(0, 800),
)


@st.composite
def rules_with_window(draw) -> tuple[Rule, dt.date, dt.date]:
    """Any agreement and any window: around each other, years after each other, or apart."""
    first, last = draw(windows)
    first_day = first + draw(st.integers(-8 * 365, 900)) * DAY
    length = draw(st.none() | st.integers(0, 3000))
    frequency = draw(st.sampled_from(Frequency.values))
    has_day = frequency != Frequency.ONCE and draw(st.integers(0, 9)) > 0
    by_hand = st.frozensets(
        st.integers(-20, (last - first).days + 20).map(lambda days: first + days * DAY)
        | st.integers(-10, 60).map(lambda weeks: first_day + weeks * 7 * DAY),
        max_size=6,
    )
    rule = Rule(
        frequency=frequency,
        first_day=first_day,
        last_day=first_day + length * DAY if length is not None else None,
        weekday=draw(st.integers(0, 6)) if has_day else None,
        interval=draw(st.integers(1, 8) | st.just(52)) if frequency == Frequency.WEEKLY else 1,
        nth=draw(st.sampled_from(Nth.values)) if frequency == Frequency.MONTHLY and has_day else None,
        added=draw(by_hand),
        removed=draw(by_hand),
    )
    return rule, first, last


def by_dateutil(rule: Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """RFC 5545 as others read it: DTSTART and RRULE, RDATE for what was added, EXDATE for what was taken out."""
    dates = rruleset()
    if rule.rrule:
        dates.rrule(rrulestr(rule.rrule, dtstart=midnight(rule.anchor)))
    elif rule.frequency == Frequency.ONCE:
        dates.rdate(midnight(rule.anchor))
    for day in rule.added:
        dates.rdate(midnight(day))
    for day in rule.removed:
        dates.exdate(midnight(day))
    return [moment.date() for moment in dates.between(midnight(first), midnight(last), inc=True)]


def by_hand(rule: Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day of the window looked at, one by one, without anything the rule computes itself."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if day not in rule.removed and (day in rule.added or is_due(rule, day))]


def is_due(rule: Rule, day: dt.date) -> bool:
    if day < rule.first_day or (rule.last_day and day > rule.last_day):
        return False
    if rule.frequency == Frequency.ONCE:
        return day == rule.first_day
    if rule.weekday is None or day.weekday() != rule.weekday:
        return False
    if rule.frequency == Frequency.WEEKLY:
        start = rule.first_day
        while start.weekday() != rule.weekday:
            start += DAY
        return (day - start).days % (7 * rule.interval) == 0
    column = [week[rule.weekday] for week in calendar.monthcalendar(day.year, day.month) if week[rule.weekday]]
    return day.day == column[rule.nth - 1 if rule.nth > 0 else -1]


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def weekly(first_day: dt.date, **fields) -> Rule:
    return Rule(**{"frequency": Frequency.WEEKLY, "first_day": first_day, "weekday": MONDAY} | fields)


# Over the new year of the three long years, in which even and odd weeks change places.
W53 = [(year, weekly(dt.date(year, 12, 7), weekday=THURSDAY, interval=2)) for year in (2020, 2026, 2032)]


@given(rules_with_window())
@example((W53[0][1], dt.date(2020, 12, 1), dt.date(2021, 2, 28)))
@example((W53[1][1], dt.date(2026, 12, 1), dt.date(2027, 2, 28)))
@example((W53[2][1], dt.date(2032, 12, 1), dt.date(2033, 2, 28)))
@example((weekly(dt.date(2016, 2, 29), interval=6), dt.date(2024, 2, 29), dt.date(2025, 3, 1)))
def test_expand_gives_the_same_set_as_dateutil(case):
    rule, first, last = case

    assert expand(rule, first, last) == by_dateutil(rule, first, last)


@given(rules_with_window())
def test_expand_gives_what_a_person_counts_on_a_calendar(case):
    rule, first, last = case

    assert expand(rule, first, last) == by_hand(rule, first, last)


@given(rules_with_window(), st.integers(0, 800))
def test_two_windows_side_by_side_give_what_one_long_window_gives(case, days):
    rule, first, last = case
    middle = min(first + days * DAY, last)

    assert expand(rule, first, middle) + expand(rule, middle + DAY, last) == expand(rule, first, last)


@given(rules_with_window())
def test_the_anchor_is_the_first_bare_date_of_an_endless_rule(case):
    rule, _, _ = case
    bare = Rule(rule.frequency, rule.first_day, None, rule.weekday, rule.interval, rule.nth)

    dates = expand(bare, rule.first_day, rule.first_day + 400 * DAY)

    assert dates[:1] == ([rule.anchor] if rule.has_day else [])


@pytest.mark.parametrize(
    ("first_day", "dates"),
    [
        # 2020 has 53 weeks: W52, W01, W03. A parity of week numbers would give W52, W02.
        (dt.date(2020, 12, 24), ["2020-12-24", "2021-01-07", "2021-01-21"]),
        (dt.date(2020, 12, 31), ["2020-12-31", "2021-01-14", "2021-01-28"]),
        # 2021 has 52: W51, W01, W03.
        (dt.date(2021, 12, 23), ["2021-12-23", "2022-01-06", "2022-01-20"]),
        (dt.date(2026, 12, 24), ["2026-12-24", "2027-01-07", "2027-01-21"]),
        (dt.date(2032, 12, 30), ["2032-12-30", "2033-01-13", "2033-01-27"]),
    ],
)
def test_fortnightly_counts_from_its_own_start_over_a_new_year(first_day, dates):
    rule = weekly(first_day, weekday=THURSDAY, interval=2)

    assert expand(rule, first_day, first_day + 41 * DAY) == [dt.date.fromisoformat(day) for day in dates]


def test_two_fortnightly_series_a_week_apart_alternate_for_twenty_years():
    one = weekly(dt.date(2015, 1, 5), interval=2)
    other = weekly(dt.date(2015, 1, 12), interval=2)
    first, last = dt.date(2015, 1, 5), dt.date(2035, 12, 31)

    dates = sorted(expand(one, first, last) + expand(other, first, last))

    assert dates == expand(weekly(first), first, last)


def test_week_53_has_its_monday():
    assert expand(weekly(dt.date(2020, 1, 6)), dt.date(2020, 12, 28), dt.date(2021, 1, 3)) == [dt.date(2020, 12, 28)]


@pytest.mark.parametrize("frequency", [Frequency.WEEKLY, Frequency.MONTHLY])
def test_without_a_weekday_only_added_dates_count(frequency):
    added, removed = dt.date(2023, 3, 14), dt.date(2023, 3, 21)
    rule = Rule(frequency, dt.date(2023, 1, 1), added=frozenset({added, removed}), removed=frozenset({removed}))

    assert expand(rule, dt.date(2022, 1, 1), dt.date(2025, 1, 1)) == [added]
    assert (rule.has_day, rule.rrule, rule.anchor) == (False, "", dt.date(2023, 1, 1))


def test_added_dates_count_outside_the_first_and_last_day():
    early, late = dt.date(2022, 12, 25), dt.date(2023, 2, 1)
    rule = weekly(dt.date(2023, 1, 2), last_day=dt.date(2023, 1, 9), added=frozenset({early, late}))

    assert expand(rule, dt.date(2022, 1, 1), dt.date(2024, 1, 1)) == [
        early, dt.date(2023, 1, 2), dt.date(2023, 1, 9), late
    ]  # fmt: skip


def test_a_date_both_added_and_removed_is_removed():
    both = frozenset({dt.date(2023, 1, 9), dt.date(2023, 1, 10)})

    assert expand(weekly(dt.date(2023, 1, 2), added=both, removed=both), dt.date(2023, 1, 2), dt.date(2023, 1, 16)) == [
        dt.date(2023, 1, 2), dt.date(2023, 1, 16)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nth", "weekday", "day"),
    [
        (Nth.FIRST, THURSDAY, 2),
        (Nth.SECOND, THURSDAY, 9),
        (Nth.THIRD, THURSDAY, 16),
        (Nth.FOURTH, THURSDAY, 23),
        (Nth.LAST, THURSDAY, 30),
        (Nth.LAST, SUNDAY, 26),
        (Nth.FIRST, SUNDAY, 5),
    ],
)
def test_nth_weekday_of_november_2023(nth, weekday, day):
    assert nth_weekday(dt.date(2023, 11, 1), weekday, nth) == dt.date(2023, 11, day)


def test_the_last_weekday_of_a_december_stays_in_its_year():
    assert nth_weekday(dt.date(2023, 12, 1), SUNDAY, Nth.LAST) == dt.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("rule", "rrule"),
    [
        (weekly(dt.date(2023, 1, 2)), "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        (weekly(dt.date(2023, 1, 2), interval=3, weekday=SUNDAY), "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU"),
        (weekly(dt.date(2023, 1, 2), last_day=dt.date(2023, 2, 6)), "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;UNTIL=20230206"),
        (Rule(Frequency.MONTHLY, dt.date(2023, 1, 2), weekday=THURSDAY, nth=Nth.LAST), "FREQ=MONTHLY;BYDAY=-1TH"),
        (Rule(Frequency.MONTHLY, dt.date(2023, 1, 2), weekday=THURSDAY, nth=Nth.SECOND), "FREQ=MONTHLY;BYDAY=+2TH"),
        (Rule(Frequency.ONCE, dt.date(2023, 1, 2)), ""),
    ],
)
def test_rrule_says_the_agreement_in_rfc_5545(rule, rrule):
    assert rule.rrule == rrule
