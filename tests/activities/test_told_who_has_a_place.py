"""Who has a place hears of the new day and why, and that a change was taken back; the coordinator reads who cannot hear."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from activities.actions.identity import change_activity
from activities.actions.needs import add_need
from activities.actions.occurrence import cancel
from activities.actions.series import change_from
from activities.actions.shifts import sign_up, stand, stand_no_more
from activities.hours import hours_of
from activities.models import Occurrence, Series, Shift, ShiftNeed, SignUp, Standing, Step
from activities.rules import closed_where
from activities.shift_rules import takes_place
from sites.actions.site import stop_site
from tests.desk import at_desk, client_of, confirm, form_at, words
from tests.factories.activities import make_attendance
from tests.factories.partners import make_helper, make_volunteer
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer
from tests.outings import group, outing_at
from tests.reading import read

pytestmark = pytest.mark.django_db

THURSDAY = "2023-10-19"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """What is done within it is committed, and its letters leave."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def coffee() -> Series:
    """Every Thursday from 13 to 16, with somebody at the door."""
    series = offer(make_site(slug="hier", name="Hier"), weekday=3, begin=dt.time(13), end=dt.time(16))
    add_need(series, by=None, task="Onthaal", maximum=3)
    return series


def on(coffee: Series, day: str = THURSDAY) -> Shift:
    return Shift.objects.get(need__series=coffee, occurrence__original_date=day)


def address(date: Occurrence, more: str = "") -> str:
    return f"/beheer/{date.site.slug}/planner/datum/{date.uuid}/{more}"


def undo_the_last(desk, site) -> str:
    step = Step.objects.latest("pk")
    return read(desk.post(f"/beheer/{site.slug}/planner/stap/{step.uuid}/terug/", follow=True)).text


def test_letter_names_the_new_day_and_the_reason_and_leads_to_new_shifts(coffee, sent):
    helper = make_helper(coffee.activity.site)
    for day in (THURSDAY, "2023-10-26"):
        sign_up(on(coffee, day), helper)
    cancel(date_of(coffee, "2023-10-26"), by=None, note="Geen sleutel")
    desk, date = at_desk(coffee.activity.site), date_of(coffee, THURSDAY)
    with sent():
        form = form_at(desk, address(date) + "?dag=2023-10-20") | {"reason": "De zaal is dan vrij"}
        confirm(desk, address(date), form, how="bericht")

    (letter,) = mail.outbox
    assert "De zaal is dan vrij" in letter.body
    assert "Geen sleutel" not in letter.body
    assert (
        "Vanaf vrijdag 20 oktober is dit op vrijdag. Je beurten gaan niet mee naar die dag. Wil je dan ook helpen? Kies hier je beurten:\n"
        "http://127.0.0.1:8000/mijn/beurten/\n"
    ) in letter.body


def test_taken_back_in_silence_is_told_to_who_has_a_place(coffee, sent):
    site, helper = coffee.activity.site, make_helper(coffee.activity.site)
    desk, date = at_desk(site), date_of(coffee, THURSDAY)
    form = form_at(desk, address(date)) | {"day": "2023-10-20", "scope": "this"}
    confirm(desk, address(date), form, how="stil")
    sign_up(Shift.objects.get(occurrence=date), helper)

    with sent():
        said = undo_the_last(desk, site)

    assert "Ongedaan gemaakt. Alles staat weer zoals het was. 1 mens krijgt een bericht." in said
    (letter,) = mail.outbox
    assert letter.to == [helper.user.email]
    assert (
        "vrijdag 20 oktober 2023, 13.00 tot 16.00 uur → donderdag 19 oktober 2023, 13.00 tot 16.00 uur" in letter.body
    )


def test_taken_back_in_silence_is_told_to_who_registered(sent):
    site = make_site(slug="hier", name="Hier")
    outing = outing_at(site)
    desk, date = at_desk(site), outing.occurrence
    form = form_at(desk, address(date)) | {"day": "2023-10-22", "scope": "this"}
    confirm(desk, address(date), form, how="stil")
    group(outing, 2, contact="lea@voorbeeld.example")
    group(outing, 1)

    with sent():
        undo_the_last(desk, site)

    (letter,) = mail.outbox
    assert letter.to == ["lea@voorbeeld.example"]
    assert "zaterdag 21 oktober" in letter.body
    assert outing.reservations.exclude(news="").count() == 1  # on the list to call


def test_who_has_no_account_is_to_be_called(coffee):
    site = coffee.activity.site
    for helper in (make_helper(site), make_volunteer(site=site, name="Lutgart De Smet")):
        sign_up(on(coffee), helper)
    desk, path = at_desk(site), address(date_of(coffee, THURSDAY), "afzeggen/")

    said = words(desk.post(path, form_at(desk, path)))

    assert "2 vrijwilligers" in said
    assert "Lutgart heeft geen account en krijgt geen bericht: bel zelf." in said


def test_shifts_that_fell_away_are_listed_for_the_coming_weeks_only(coffee, sent):
    helper = make_helper(coffee.activity.site)
    coming = Shift.objects.filter(need__series=coffee, occurrence__day__range=("2023-10-11", "2023-12-31"))
    assert len(coming) == 12
    for shift in coming:
        sign_up(shift, helper)
        cancel(shift.occurrence, by=None)

    page = words(client_of(helper.user).get("/mijn/beurten/mijn/"))

    assert page.count("Gaat niet door") == 8


def test_second_of_two_who_move_one_date_reads_why_not_and_keeps_what_was_typed(coffee):
    site = coffee.activity.site
    one, two = at_desk(site), at_desk(site)
    date = date_of(coffee, THURSDAY)
    typed = form_at(two, address(date) + "?dag=2023-10-17") | {"reason": "Mijn reden"}
    confirm(one, address(date), form_at(one, address(date) + "?dag=2023-10-20") | {"reason": "Zaal"}, how="stil")

    said = two.post(address(date), typed)

    assert "Deze datum is weggevallen." in words(said)
    assert "Deze afspraak is al vervangen door een andere." in words(said)
    assert "Mijn reden" in said.content.decode()


def test_hours_on_the_page_that_asks_for_help_are_words(coffee):
    desk = at_desk(coffee.activity.site)

    said = desk.get(f"/beheer/hier/rooster/datum/{date_of(coffee, THURSDAY).uuid}/")

    assert "donderdag 19 oktober 2023 · 13.00 tot 16.00 uur" in words(said)
    assert "&lt;bdi" not in said.content.decode()


def test_what_goes_on_under_another_agreement_did_not_fall_away(coffee):
    """A change from a day on makes an agreement of its own; to who helps it is the same shift."""
    helper = make_helper(coffee.activity.site)
    shift = on(coffee)
    for day in (THURSDAY, "2023-10-26"):
        sign_up(on(coffee, day), helper)
    later = change_from(coffee, dt.date(2023, 10, 19), by=None, price_kind="ask")
    client = client_of(helper.user)

    page = words(client.get("/mijn/beurten/mijn/"))
    assert ("Gaat niet door" in page, page.count("donderdag 19 oktober")) == (False, 1)
    told = words(client.get(f"/mijn/beurten/{shift.uuid}/"))
    assert "Gaat niet door" not in told
    assert client.get(f"/mijn/beurten/{on(later).uuid}/").status_code == 200
    assert "Ik kan niet" in told


def test_nobody_is_reminded_or_asked_where_a_place_stopped_or_nobody_may_help(coffee):
    site, helper = coffee.activity.site, make_helper(coffee.activity.site)
    sign_up(on(coffee, "2023-10-12"), helper)

    def off() -> bool:
        closed = closed_where([on(coffee, "2023-10-12").occurrence])
        return not takes_place(Shift.objects.whole().get(pk=on(coffee, "2023-10-12").pk), closed)

    assert not off()
    change_activity(coffee.activity, by=None, volunteers_allowed=False, no_volunteers_reason="Vertrouwelijk")
    assert off()
    change_activity(coffee.activity, by=None, volunteers_allowed=True, no_volunteers_reason="")
    stop_site(site, by=None, reason="Verkocht")
    assert off()


def test_hours_of_what_was_counted_as_not_held_are_no_hours(coffee, time_machine):
    helper = make_helper(coffee.activity.site)
    sign_up(on(coffee), helper)
    time_machine.move_to("2023-10-20T09:00+02:00", tick=False)
    assert [month.minutes for month in hours_of(helper)] == [180]

    make_attendance(date_of(coffee, THURSDAY), took_place=False, people=None)

    assert hours_of(helper) == []


def test_standing_place_goes_on_under_an_agreement_that_follows_and_ends_there_too(coffee):
    helper = make_helper(coffee.activity.site)
    later = change_from(coffee, dt.date(2023, 11, 2), by=None, price_kind="ask")
    needs = [ShiftNeed.objects.get(series=one) for one in (coffee, later)]

    def days() -> list[str]:
        found = SignUp.objects.filter(volunteer=helper).order_by("shift__occurrence__day")
        return [str(day) for day in found.values_list("shift__occurrence__day", flat=True)][:5]

    stand(needs[0], helper)
    assert days() == ["2023-10-12", THURSDAY, "2023-10-26", "2023-11-02", "2023-11-09"]
    assert Standing.objects.filter(volunteer=helper).count() == 2

    stand_no_more(needs[1], helper)
    assert (days(), Standing.objects.filter(volunteer=helper).count()) == ([], 0)


def test_standing_place_stays_on_its_own_day_of_the_week(coffee):
    helper = make_helper(coffee.activity.site)
    change_from(coffee, dt.date(2023, 11, 2), by=None, weekday=4)

    stand(ShiftNeed.objects.get(series=coffee), helper)

    assert {place.shift.occurrence.day.weekday() for place in SignUp.objects.filter(volunteer=helper)} == {3}
