"""Agreements begin, change from a day on, and end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.actions.materialise import materialise
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_dates, change_from, end_series, start_series
from activities.enums import DateChange, Frequency, OccurrenceStatus, PriceKind
from activities.models import Activity, Occurrence, Series
from sites.models import ChangeLog, Site
from tests.factories.activities import make_activity, make_series_date, make_text, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_place, make_site, make_user

pytestmark = pytest.mark.django_db

PLANNED, CANCELLED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.CANCELLED, OccurrenceStatus.WITHDRAWN
HISTORY = "Wat voorbij is, verandert niet meer. Kies vandaag of later."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-01-24T09:00+01:00", tick=False)
    return time_machine


@pytest.fixture
def activity() -> Activity:
    return make_activity(make_site(), slug="koffie-en-formulieren")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def start(activity: Activity, **fields) -> Series:
    return start_series(activity, by=None, **series_fields(**fields))


def dates(series: Series, status: str = PLANNED) -> list[str]:
    found = Occurrence.objects.filter(series=series, status=status).order_by("original_date")
    return [str(date) for date in found.values_list("original_date", flat=True)]


def refusal(function, *args, **fields) -> dict[str, list[str]] | list[str]:
    """What is said to who asks for something that cannot be."""
    with pytest.raises(ValidationError) as caught:
        function(*args, **fields)
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else caught.value.messages


# --- Begin -----------------------------------------------------------------------------------------------------------


def test_a_series_begins_with_its_organisers_in_order_and_its_dates(activity):
    by, first, second = make_user(), make_organisation(), make_organisation()
    elsewhere = make_site()

    series = start_series(activity, by=by, organisers=[second, first], **series_fields(last_day=day("2023-01-09")))

    assert [host.organisation for host in series.organisers.all()] == [second, first]
    assert dates(series) == ["2023-01-02", "2023-01-09"]
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.about_id, log.changes) == (
        by, activity.site, "start_series", str(series.pk), {"first_day": [None, "2023-01-02"]}
    )  # fmt: skip
    assert Site.objects.get(pk=activity.site_id).schedule_version > 1
    assert Site.objects.get(pk=elsewhere.pk).schedule_version == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"end": None}, "end"),
        ({"end": dt.time(23)}, "end"),
        ({"last_day": dt.date(2023, 1, 1)}, "last_day"),
        ({"frequency": Frequency.MONTHLY}, "nth"),
        ({"title": ""}, "title"),
        ({"price_kind": "duur"}, "price_kind"),
        ({"weekday": 7}, "weekday"),
    ],
)
def test_an_agreement_that_cannot_be_kept_is_refused_by_field(activity, fields, field):
    assert list(refusal(start, activity, **fields)) == [field]
    assert (Series.objects.count(), ChangeLog.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"first_day": dt.date(2023, 10, 5), "first_day_precision": 3}, "__all__"),
        ({"first_day_precision": 9}, "first_day_precision"),
        ({"example_fields": 5}, "example_fields"),
        ({"example_fields": ["uur"]}, "example_fields"),
        ({"example_fields": [["price"]]}, "example_fields"),
        ({"reason_translations": []}, "reason_translations"),
        ({"reason_translations": {"fr": 1}}, "reason_translations"),
        ({"reason_translations": {"klingon": "nuqneH"}}, "reason_translations"),
    ],
)
def test_an_agreement_that_no_page_could_show_is_refused(activity, fields, field):
    assert list(refusal(start, activity, **fields)) == [field]
    assert not Series.objects.exists()


def test_learning_has_no_price(activity):
    activity.learn = True
    activity.save()

    message = {"price_kind": ["Leren is altijd gratis. Kies “gratis”, of laat ‘leren’ weg."]}
    assert refusal(start, activity, price_kind=PriceKind.FIXED, price_cents=250) == message

    series = start(activity)
    assert refusal(change_from, series, day("2023-02-06"), by=None, price_kind=PriceKind.GOODS) == message
    assert dates(series)[-1] == "2024-01-29"


# --- From this date on -----------------------------------------------------------------------------------------------


def test_koffie_en_formulieren_goes_from_monday_to_thursday(activity):
    host = make_organisation()
    by = make_user()
    old = start_series(activity, by=None, organisers=[host], **series_fields(first_day=day("2022-11-07")))
    make_text(old, language="fr", title="Café et formulaires", audience="Tous")
    keys = dict(Occurrence.objects.values_list("original_date", "pk"))

    new = change_from(old, day("2023-02-09"), by=by, weekday=3, reason="Op donderdag is de zaal vrij")

    old.refresh_from_db()
    assert (old.last_day, new.first_day, new.follows, new.reason) == (
        day("2023-02-08"), day("2023-02-09"), old, "Op donderdag is de zaal vrij"
    )  # fmt: skip
    mondays = dates(old)
    assert (mondays[0], mondays[-1], len(mondays)) == ("2022-11-07", "2023-02-06", 14)
    assert (dates(old, WITHDRAWN)[0], dates(old, WITHDRAWN)[-1]) == ("2023-02-13", "2024-01-29")
    assert dict(Occurrence.objects.filter(series=old).values_list("original_date", "pk")) == keys
    assert (dates(new)[0], dates(new)[-1]) == ("2023-02-09", "2024-02-01")
    assert {day(date).weekday() for date in dates(new)} == {3}
    assert (new.title, new.begin, new.end, new.price_kind) == (old.title, old.begin, old.end, old.price_kind)
    assert [found.organisation for found in new.organisers.all()] == [host]
    assert [(text.language, text.title, text.audience) for text in new.texts.all()] == [
        ("fr", "Café et formulaires", "Tous")
    ]
    assert list(ChangeLog.objects.filter(by=by).order_by("pk").values_list("verb", flat=True)) == [
        "end_series", "start_series"
    ]  # fmt: skip


def test_a_successor_takes_over_everything_that_was_not_changed(activity):
    fields = series_fields(
        description="Praten", audience="Iedereen", with_volunteers=True, price_kind=PriceKind.FIXED, price_cents=150,
        place=make_place(activity.site), interval=2, last_day=day("2023-06-26"),
    )  # fmt: skip
    old = start_series(activity, by=None, **fields)

    new = change_from(old, day("2023-03-06"), by=None, price_cents=200)

    expected = fields | {"price_cents": 200, "first_day": day("2023-03-06")}
    assert {name: getattr(new, name) for name in expected} == expected
    assert new.is_published is True


def test_a_successor_may_have_other_organisers(activity):
    first, second = make_organisation(), make_organisation()
    old = start_series(activity, by=None, organisers=[first], **series_fields())

    new = change_from(old, day("2023-02-06"), by=None, organisers=[second])

    assert [host.organisation for host in old.organisers.all()] == [first]
    assert [host.organisation for host in new.organisers.all()] == [second]


def test_a_successor_takes_over_loose_dates_from_its_first_day_on(activity):
    old = start(activity, last_day=day("2023-03-06"))
    change_dates(
        old, by=None, add=[day("2023-01-31"), day("2023-02-28")], remove=[day("2023-01-30"), day("2023-02-27")]
    )

    new = change_from(old, day("2023-02-20"), by=None, price_kind=PriceKind.ASK)

    assert dates(old) == [
        "2023-01-02",
        "2023-01-09",
        "2023-01-16",
        "2023-01-23",
        "2023-01-31",
        "2023-02-06",
        "2023-02-13",
    ]
    assert dates(new) == ["2023-02-20", "2023-02-28", "2023-03-06"]
    assert {(date.day, date.change) for date in new.dates.all()} == {
        (day("2023-02-28"), DateChange.ADDED), (day("2023-02-27"), DateChange.REMOVED)
    }  # fmt: skip


def test_a_successor_takes_over_what_was_cancelled(activity):
    old = start(activity)
    for date in ("2023-02-06", "2023-02-20"):
        cancel(Occurrence.objects.get(original_date=date), by=None, note="Zaal bezet")

    new = change_from(old, day("2023-02-13"), by=None, price_kind=PriceKind.ASK)

    assert (dates(old, CANCELLED), dates(new, CANCELLED)) == (["2023-02-06"], ["2023-02-20"])
    assert Occurrence.objects.get(series=new, original_date="2023-02-20").note == "Zaal bezet"
    assert "2023-02-20" in dates(old, WITHDRAWN)


def test_what_was_cancelled_stays_with_the_old_agreement_when_the_new_one_has_no_such_date(activity):
    old = start(activity)
    cancel(Occurrence.objects.get(original_date="2023-02-20"), by=None, note="Zaal bezet")

    new = change_from(old, day("2023-02-09"), by=None, weekday=3)

    assert (dates(old, CANCELLED), dates(new, CANCELLED)) == (["2023-02-20"], [])


def test_a_successor_counts_its_weeks_from_its_own_first_day(activity):
    old = start(activity, interval=2)
    assert dates(old)[:3] == ["2023-01-02", "2023-01-16", "2023-01-30"]

    new = change_from(old, day("2023-02-06"), by=None, begin=dt.time(9))

    assert dates(new)[:3] == ["2023-02-06", "2023-02-20", "2023-03-06"]


def test_an_unpublished_agreement_has_an_unpublished_successor(activity):
    old = start_series(activity, by=None, publish=False, **series_fields())

    new = change_from(old, day("2023-02-06"), by=None, weekday=3)

    assert (new.is_published, Occurrence.objects.count()) == (False, 0)


@pytest.mark.parametrize("date", ["2022-12-31", "2023-01-30"])
def test_an_agreement_does_not_change_on_or_before_its_first_day(activity, date):
    series = start(activity, first_day=day("2023-01-30"))

    assert refusal(change_from, series, day(date), by=None, weekday=3) == {
        "first_day": ["Kies een dag na het begin van de afspraak."]
    }


def test_an_agreement_changes_once(activity):
    series = start(activity)
    change_from(series, day("2023-02-09"), by=None, weekday=3)

    assert refusal(change_from, series, day("2023-02-08"), by=None, weekday=2) == [
        "Deze afspraak is al vervangen door een andere."
    ]
    assert Series.objects.count() == 2


def test_an_agreement_that_has_ended_does_not_change(activity):
    series = start(activity, last_day=day("2023-01-30"))

    assert refusal(change_from, series, day("2023-01-31"), by=None, weekday=3) == {
        "first_day": ["De afspraak is dan al gestopt."]
    }


def test_an_agreement_does_not_change_under_history(activity):
    series = start(activity)
    before = list(Occurrence.objects.order_by("pk").values())

    assert refusal(change_from, series, day("2023-01-12"), by=None, weekday=3) == {"last_day": [HISTORY]}

    series.refresh_from_db()
    assert (series.last_day, Series.objects.count()) == (None, 1)
    assert list(Occurrence.objects.order_by("pk").values()) == before


def test_a_successor_that_cannot_be_kept_leaves_the_old_agreement_alone(activity):
    series = start(activity)
    before = list(Occurrence.objects.order_by("pk").values())

    assert list(refusal(change_from, series, day("2023-02-09"), by=None, end=dt.time(23))) == ["end"]

    series.refresh_from_db()
    assert (series.last_day, list(Occurrence.objects.order_by("pk").values())) == (None, before)


# --- End -------------------------------------------------------------------------------------------------------------


def test_an_agreement_ends_and_its_later_dates_are_withdrawn(activity):
    series = start(activity)
    by = make_user()

    ended = end_series(series, day("2023-02-06"), by=by, reason="Zaal verkocht")

    assert ended.last_day == day("2023-02-06")
    assert dates(series) == ["2023-01-02", "2023-01-09", "2023-01-16", "2023-01-23", "2023-01-30", "2023-02-06"]
    assert (dates(series, WITHDRAWN)[0], dates(series, WITHDRAWN)[-1]) == ("2023-02-13", "2024-01-29")
    log = ChangeLog.objects.get(verb="end_series")
    assert (log.by, log.reason, log.changes) == (by, "Zaal verkocht", {"last_day": [None, "2023-02-06"]})


@pytest.mark.parametrize("last_day", ["2023-02-09", "2023-12-20"])
def test_an_agreement_does_not_outlast_its_successor(activity, last_day):
    series = start(activity)
    change_from(series, day("2023-02-09"), by=None, weekday=3)
    before = list(Occurrence.objects.order_by("pk").values())

    assert refusal(end_series, series, day(last_day), by=None) == {
        "last_day": ["Vanaf donderdag 9 februari 2023 geldt een andere afspraak. Kies een vroegere dag."]
    }

    series.refresh_from_db()
    assert series.last_day == day("2023-02-08")
    assert list(Occurrence.objects.order_by("pk").values()) == before


def test_an_agreement_with_a_successor_may_end_earlier(activity):
    series = start(activity)
    successor = change_from(series, day("2023-02-09"), by=None, weekday=3)

    end_series(series, day("2023-01-31"), by=None)

    assert dates(series)[-1] == "2023-01-30"
    assert dates(successor)[0] == "2023-02-09"


def test_a_date_added_after_the_last_day_ends_too(activity):
    series = start(activity)
    change_dates(series, by=None, add=[day("2023-02-07"), day("2023-02-14")])

    end_series(series, day("2023-02-10"), by=None)

    assert dates(series)[-2:] == ["2023-02-06", "2023-02-07"]
    assert dates(series, WITHDRAWN)[:2] == ["2023-02-13", "2023-02-14"]
    assert [(date.day, date.change) for date in series.dates.all()] == [(day("2023-02-07"), DateChange.ADDED)]
    log = ChangeLog.objects.get(verb="end_series")
    assert log.changes == {"last_day": [None, "2023-02-10"], "dates": [["2023-02-14"], []]}


def test_a_date_moved_past_the_last_day_ends_too_and_stays_so(activity):
    series = start(activity)
    late = move(Occurrence.objects.get(original_date="2023-02-06"), by=None, day=day("2023-02-15"))
    cancelled = move(Occurrence.objects.get(original_date="2023-01-30"), by=None, day=day("2023-02-16"))
    cancel(cancelled, by=None, note="Ziek")

    end_series(series, day("2023-02-10"), by=None)
    materialise(series)

    row = Occurrence.objects.get(pk=late.pk)
    assert (row.status, row.day, row.sequence) == (WITHDRAWN, day("2023-02-15"), late.sequence + 1)
    assert dates(series)[-1] == "2023-01-23"
    assert dates(series, CANCELLED) == ["2023-01-30"]
    log = ChangeLog.objects.get(verb="end_series")
    assert log.changes == {"last_day": [None, "2023-02-10"], "dates": [["2023-02-15", "2023-02-16"], []]}


def test_a_date_of_last_week_that_was_moved_past_the_last_day_ends_too(activity):
    series = start(activity)
    late = move(Occurrence.objects.get(original_date="2023-01-23"), by=None, day=day("2023-02-15"))

    end_series(series, day("2023-02-10"), by=None)

    assert Occurrence.objects.get(pk=late.pk).status == WITHDRAWN


def test_a_date_moved_to_before_the_last_day_still_takes_place(activity):
    series = start(activity)
    early = move(Occurrence.objects.get(original_date="2023-02-13"), by=None, day=day("2023-02-09"))

    end_series(series, day("2023-02-10"), by=None)
    materialise(series)

    row = Occurrence.objects.get(pk=early.pk)
    assert (row.status, row.day, row.sequence) == (PLANNED, day("2023-02-09"), early.sequence)
    assert dates(series)[-2:] == ["2023-02-06", "2023-02-13"]


def test_an_agreement_that_is_prolonged_keeps_what_was_added_after_its_end(activity):
    series = start(activity, last_day=day("2023-01-30"))
    change_dates(series, by=None, add=[day("2023-02-21")])

    end_series(series, day("2023-02-06"), by=None)

    assert dates(series)[-3:] == ["2023-01-30", "2023-02-06", "2023-02-21"]
    assert ChangeLog.objects.get(verb="end_series").changes == {"last_day": ["2023-01-30", "2023-02-06"]}


@pytest.mark.parametrize("kind", ["moved", "added"])
def test_an_agreement_does_not_end_under_what_happened_on_a_loose_date(activity, clock, kind):
    series = start(activity, weekday=0)
    if kind == "moved":
        move(Occurrence.objects.get(original_date="2023-01-30"), by=None, day=day("2023-02-01"))
    else:
        change_dates(series, by=None, add=[day("2023-02-01")], remove=[day("2023-01-30")])
    clock.move_to("2023-02-02T09:00+01:00", tick=False)

    assert refusal(end_series, series, day("2023-01-31"), by=None) == {"last_day": [HISTORY]}


def test_an_agreement_does_not_end_under_history(activity):
    series = start(activity)

    assert refusal(end_series, series, day("2023-01-22"), by=None) == {"last_day": [HISTORY]}
    assert dates(series, WITHDRAWN) == []


def test_an_agreement_may_end_yesterday_when_nothing_happened_since(activity):
    series = start(activity)

    end_series(series, day("2023-01-23"), by=None)

    assert dates(series) == ["2023-01-02", "2023-01-09", "2023-01-16", "2023-01-23"]


def test_an_agreement_that_ended_long_ago_can_be_ended_again_on_the_same_day(activity, clock):
    series = start(activity)
    end_series(series, day("2023-01-30"), by=None)
    clock.move_to("2023-06-01T09:00+02:00", tick=False)

    end_series(series, day("2023-01-30"), by=None)

    assert dates(series)[-1] == "2023-01-30"


def test_an_agreement_does_not_end_before_it_begins(activity):
    series = start(activity, first_day=day("2023-01-30"))

    assert refusal(end_series, series, day("2023-01-29"), by=None) == {
        "last_day": ["De laatste dag ligt voor de eerste dag."]
    }


# --- Loose dates -----------------------------------------------------------------------------------------------------


def test_dates_are_added_taken_out_and_forgotten(activity):
    series = start(activity, last_day=day("2023-02-06"))
    monday, tuesday = day("2023-01-30"), day("2023-01-31")

    change_dates(series, by=None, add=[tuesday], remove=[monday])
    changed = dates(series)
    change_dates(series, by=None, clear=[monday, tuesday])

    assert changed[-2:] == ["2023-01-31", "2023-02-06"]
    assert dates(series)[-2:] == ["2023-01-30", "2023-02-06"]
    assert dates(series, WITHDRAWN) == ["2023-01-31"]
    assert series.dates.count() == 0
    assert list(ChangeLog.objects.filter(verb="change_dates").order_by("pk").values_list("changes", flat=True)) == [
        {"added": [None, ["2023-01-31"]], "removed": [None, ["2023-01-30"]], "cleared": [None, []]},
        {"added": [None, []], "removed": [None, []], "cleared": [None, ["2023-01-30", "2023-01-31"]]},
    ]


def test_the_last_word_on_a_date_counts(activity):
    series = start(activity)
    make_series_date(series, day("2023-01-30"), DateChange.ADDED)

    change_dates(series, by=None, remove=[day("2023-01-30")])
    change_dates(series, by=None, add=[day("2023-01-30")], remove=[day("2023-02-06")])

    assert {(str(date.day), date.change) for date in series.dates.all()} == {
        ("2023-01-30", DateChange.ADDED), ("2023-02-06", DateChange.REMOVED)
    }  # fmt: skip
    assert "2023-01-30" in dates(series)


def test_a_moved_date_that_is_taken_out_and_put_back_keeps_its_place(activity):
    series = start(activity)
    moved = move(Occurrence.objects.get(original_date="2023-01-30"), by=None, day=day("2023-02-01"))

    change_dates(series, by=None, remove=[day("2023-01-30")])
    change_dates(series, by=None, clear=[day("2023-01-30")])

    row = Occurrence.objects.get(pk=moved.pk)
    assert (row.status, row.day, row.is_changed) == (PLANNED, day("2023-02-01"), True)
