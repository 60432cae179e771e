"""`/mijn/` of who helps, and the roster of who coordinates: through the real addresses, without a script."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from activities.actions.needs import add_need
from activities.actions.occurrence import cancel
from activities.actions.series import change_from
from activities.actions.shifts import sign_up, stand
from activities.models import Shift, ShiftNeed, SignUp, Standing
from activities.shift_letters import ask_around
from partners.models import Away, Volunteer
from sites.enums import RoleKind
from stek.outbox.sending import send_due
from tests.desk import at_desk, client_of, errors, words
from tests.factories.partners import make_away, make_helper, make_volunteer
from tests.factories.sites import make_person, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def elsewhere():
    return make_site(slug="daar", name="Daar")


def shift_at(site, task="Onthaal", **fields) -> Shift:
    series = offer(site, "Koffie", weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 12))
    need = add_need(series, by=None, task=task, **fields)
    return Shift.objects.filter(need=need).order_by("occurrence__day").first()


@pytest.fixture
def shift(site, elsewhere):
    shift_at(elsewhere, task="Rekken vullen ginder")
    return shift_at(site)


@pytest.fixture
def helper(site):
    return make_helper(site)


@pytest.fixture
def client(helper):
    return client_of(helper.user)


def test_open_shift_is_taken_in_two_taps_and_stands_large_on_ones_own_page(client, shift, helper):
    assert "Onthaal" in words(client.get("/mijn/"))

    taken = client.post(f"/mijn/beurten/{shift.uuid}/neem/", follow=True)

    assert "Deze beurt is van jou. Bedankt!" in taken.text
    mine = words(client.get("/mijn/"))
    assert "Je volgende beurt over 2 dagen donderdag 12 oktober 13.00 tot 16.00 uur" in mine
    assert SignUp.objects.get().volunteer == helper


def test_double_tap_is_harmless(client, shift):
    for _time in range(2):
        assert client.post(f"/mijn/beurten/{shift.uuid}/neem/").status_code == 302

    assert SignUp.objects.count() == 1


def test_last_place_that_somebody_else_took_is_a_normal_page_with_another_shift(client, site, helper):
    shift = shift_at(site, maximum=1)
    other = shift_at(site, task="Opruimen", before=-180, after=60)
    sign_up(shift, make_helper(site))

    answer = client.post(f"/mijn/beurten/{shift.uuid}/neem/")

    assert answer.status_code == 409
    said = words(answer)
    assert "Iemand was je net voor: deze beurt is volzet." in said
    assert "Hier is nog plaats" in said
    assert str(other.uuid) in answer.text
    waits = client.post(f"/mijn/beurten/{shift.uuid}/lijst/", follow=True)
    assert "Je staat op de lijst." in waits.text


def test_who_cannot_come_is_not_asked_why_and_is_rid_of_it_in_three_taps(client, shift, helper):
    sign_up(shift, helper)

    page = client.get(f"/mijn/beurten/{shift.uuid}/kan-niet/")
    assert "textarea" not in page.text
    answer = client.post(f"/mijn/beurten/{shift.uuid}/kan-niet/", follow=True)

    assert "Het is doorgegeven. We zoeken iemand anders." in answer.text
    assert not SignUp.objects.exists()


def test_standing_place_is_taken_and_given_up(client, shift, helper):
    client.post(f"/mijn/beurten/{shift.uuid}/vast/")
    assert (Standing.objects.count(), SignUp.objects.filter(volunteer=helper).count() > 50) == (1, True)

    client.post(f"/mijn/beurten/{shift.uuid}/vast/", {"stop": "1"})
    assert (Standing.objects.count(), SignUp.objects.count()) == (0, 0)


def test_names_of_others_are_first_names_of_who_agreed(client, shift, helper, site):
    open_one, hidden = make_helper(site, shows_first_name=True), make_helper(site)
    open_one.user.name, hidden.user.name = "Rosa Peeters", "Miel Janssens"
    open_one.user.save()
    hidden.user.save()
    ShiftNeed.objects.update(maximum=3)
    for one in (helper, open_one, hidden):
        sign_up(shift, one)

    said = words(client.get("/mijn/"))

    assert "Samen met Rosa, nog 1 iemand" in said
    assert "Peeters" not in said
    assert "Miel" not in said


def test_shifts_of_another_site_do_not_exist(client, shift, elsewhere):
    (other,) = Shift.objects.filter(occurrence__site=elsewhere).order_by("occurrence__day")[:1]

    assert "ginder" not in client.get("/mijn/beurten/").text
    for path in ("", "kan-niet/"):
        assert client.get(f"/mijn/beurten/{other.uuid}/{path}").status_code == 404
    for path in ("neem/", "lijst/", "kan-niet/", "vast/"):
        assert client.post(f"/mijn/beurten/{other.uuid}/{path}").status_code == 404
    assert not SignUp.objects.exists()


def test_visitor_partner_and_member_of_the_steering_group_see_no_shifts(shift, site):
    for kind in (RoleKind.PARTNER_WORKER, RoleKind.STEERING):
        scope = {"partnership": site.partnership} if kind == RoleKind.STEERING else {"site": site}
        client = client_of(make_person(kind, **scope))
        assert client.get(f"/mijn/beurten/{shift.uuid}/").status_code == 404
        assert "Je volgende beurt" not in client.get("/mijn/").text


def test_as_many_queries_for_sixty_shifts_as_for_six_hundred(client, site, helper):
    need = shift_at(site).need

    def queries(needs: int) -> tuple[int, int]:
        """With so many tasks: how many lines the list has, and what it cost."""
        for _number in range(needs - ShiftNeed.objects.count()):
            add_need(need.series, by=None, task="Nog iets")
        with CaptureQueriesContext(connection) as found:
            page = client.get("/mijn/beurten/")
        return page.text.count("Neem ik"), len(found)

    (few, cost), (many, cost_of_many) = queries(8), queries(75)

    assert (few >= 60, many >= 600) == (True, True)
    assert cost_of_many == cost <= 10


def test_what_somebody_likes_decides_what_they_see(client, site):
    shift_at(site, skill="kitchen")
    assert "Onthaal" in client.get("/mijn/beurten/").text

    client.post("/mijn/hulp/", {"skills": ["computer"], "takes_calls": "on", "phone": "0470 12 34 56"})

    assert "Onthaal" not in client.get("/mijn/beurten/").text
    row = Volunteer.objects.get()
    assert (row.skills, row.takes_calls, row.wants_late_reminder, row.phone) == (
        ["computer"],
        True,
        False,
        "0470 12 34 56",
    )


def test_days_away_hide_open_shifts_and_list_ones_own(client, shift, helper):
    sign_up(shift, helper)

    wrong = client.post("/mijn/hulp/weg/", {"first_day": "2023-10-15", "last_day": "2023-10-10"})
    assert errors(wrong)["last_day"] == ["De laatste dag ligt voor de eerste dag."]
    listed = client.post("/mijn/hulp/weg/", {"first_day": "2023-10-10", "last_day": "2023-10-20"}, follow=True)

    assert "dinsdag 10 oktober tot en met vrijdag 20 oktober 2023" in words(listed)
    assert "donderdag 12 oktober" in words(listed)
    assert "19 oktober" not in client.get("/mijn/beurten/").text
    client.post(f"/mijn/hulp/weg/{Away.objects.get().pk}/terug/")
    assert "19 oktober" in client.get("/mijn/beurten/").text


def test_every_shift_in_days_away_is_handed_back_by_a_tap_each_until_none_is_left(client, shift, helper):
    sign_up(shift, helper)
    later = Shift.objects.get(need=shift.need, occurrence__day=dt.date(2023, 10, 19))
    sign_up(later, helper)
    page = client.post("/mijn/hulp/weg/", {"first_day": "2023-10-10", "last_day": "2023-10-20"})["Location"]
    period = {"away": Away.objects.get().pk}

    left = client.post(f"/mijn/beurten/{shift.uuid}/kan-niet/", period, follow=True)
    assert (left.request["PATH_INFO"], "19 oktober" in words(left), "12 oktober" in words(left)) == (page, True, False)
    none = client.post(f"/mijn/beurten/{later.uuid}/kan-niet/", period, follow=True)

    assert "Je hebt geen beurten in die dagen." in words(none)
    assert not SignUp.objects.exists()
    for odd in ("//kwaad.example", "9" * 5000, "٣", "-1"):
        assert client.post(f"/mijn/beurten/{shift.uuid}/kan-niet/", {"away": odd})["Location"] == "/mijn/"


def test_away_of_somebody_else_stays(client, site):
    other = make_helper(site)
    period = Away.objects.create(volunteer=other, first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 11))
    assert client.get(f"/mijn/hulp/weg/{period.pk}/").status_code == 404

    client.post(f"/mijn/hulp/weg/{period.pk}/terug/")

    assert Away.objects.filter(pk=period.pk).exists()


def test_hours_count_what_took_place_and_come_as_a_file_no_formula_gets_out_of(client, shift, helper):
    ShiftNeed.objects.update(task="=1+1")
    sign_up(shift, helper)
    with time_machine.travel(TUESDAY + dt.timedelta(days=3), tick=False):
        page, file = client.get("/mijn/uren/"), client.get("/mijn/uren/?csv=1")

    assert "Samen 3 u 00." in words(page)
    assert file.text.splitlines()[1] == "2023-10-12;Hier;'=1+1;180"


# --- the coordinator


def test_roster_shows_everybody_and_what_is_short(site, shift, helper):
    desk = at_desk(site)
    helper.user.name = "Jef"
    helper.user.save()
    ShiftNeed.objects.update(minimum=2)
    sign_up(shift, helper)

    said = words(desk.get("/beheer/hier/rooster/"))

    assert "donderdag 12 oktober" in said
    assert "nog 1 nodig Jef" in said
    assert "ginder" not in said
    assert "Onthaal op donderdag 12 oktober: er is nog iemand nodig." in words(desk.get("/beheer/hier/"))


def test_who_is_away_is_named_so_and_does_not_count_on_the_roster_its_paper_and_the_desk(site, shift):
    """On that day only; what they have is a place that nobody else can be asked for until it is free."""
    desk, jef = at_desk(site), make_volunteer(site=site, name="Jef")
    ShiftNeed.objects.update(maximum=1)
    following = Shift.objects.get(need=shift.need, occurrence__day=dt.date(2023, 10, 19))
    sign_up(shift, jef)
    sign_up(following, jef)
    make_away(jef, dt.date(2023, 10, 12))

    said = words(desk.get("/beheer/hier/rooster/"))
    page = words(desk.get(f"/beheer/hier/rooster/beurt/{shift.uuid}/"))
    week_after = words(desk.get("/beheer/hier/rooster/2023-W42/"))

    assert "nog 1 nodig Jef (weg)" in said
    assert "nog 1 nodig Jef (weg)" in page
    assert "Vraag rond" not in said + page
    assert "Jef (weg) vrij" in words(desk.get("/beheer/hier/rooster/2023-W41/blad/"))
    assert ("Jef" in week_after, "(weg)" in week_after, "nodig" in week_after) == (True, False, False)
    assert "Onthaal op donderdag 12 oktober: er is nog iemand nodig." in words(desk.get("/beheer/hier/"))


@pytest.mark.by_worker
def test_one_tap_asks_who_may_be_asked_and_a_second_asks_nobody_again(site, shift, mailoutbox):
    desk, willing, away = at_desk(site), make_helper(site, takes_calls=True), make_helper(site, takes_calls=True)
    make_away(away, dt.date(2023, 10, 12))
    make_helper(site)
    assert "Vraag rond" in words(desk.get("/beheer/hier/rooster/"))
    tap = f"/beheer/hier/rooster/beurt/{shift.uuid}/vraag/"

    assert "We vragen het aan 1 mens." in desk.post(tap, follow=True).text
    send_due()
    assert "is al gevraagd of kan dan niet." in desk.post(tap, follow=True).text
    send_due()

    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([willing.user.email], "Kan jij? Onthaal, donderdag 12 oktober")
    assert "Voor deze beurt is nog iemand nodig. Kan jij?" in letter.body
    with time_machine.travel(TUESDAY + dt.timedelta(days=2, hours=5), tick=False):  # it has begun
        assert "Vraag rond" not in words(desk.get("/beheer/hier/rooster/"))
        assert ask_around(shift) == 0


def test_coordinator_puts_in_and_takes_off_who_has_no_telephone(site, shift):
    desk, rosa = at_desk(site), make_volunteer(site=site, name="Rosa")

    desk.post(f"/beheer/hier/rooster/beurt/{shift.uuid}/", {"volunteer": f"v{rosa.pk}"})
    assert SignUp.objects.get().volunteer == rosa
    desk.post(f"/beheer/hier/rooster/plaats/{SignUp.objects.get().pk}/weg/")

    assert not SignUp.objects.exists()


def test_proxy_meets_the_same_refusals_beside_the_field(site, shift):
    desk, rosa = at_desk(site), make_volunteer(site=site, name="Rosa")
    ShiftNeed.objects.update(maximum=1)
    sign_up(shift, make_helper(site))

    refused = desk.post(f"/beheer/hier/rooster/beurt/{shift.uuid}/", {"volunteer": f"v{rosa.pk}"})

    assert errors(refused)["volunteer"] == ["Iemand was je net voor: deze beurt is volzet."]


def test_task_is_asked_changed_and_no_longer_asked(site):
    desk, series = at_desk(site), offer(site, weekday=3, begin=dt.time(13), end=dt.time(16))
    wanted = {"task": "Koffie zetten", "skill": "", "minimum": "1", "maximum": "2", "before": "30", "after": "0"}

    wrong = desk.post(f"/beheer/hier/rooster/hulp/{series.pk}/", wanted | {"minimum": "3"})
    assert errors(wrong)["maximum"] == ["Dat is minder dan er nodig zijn."]
    assert "Koffie zetten" in wrong.text
    desk.post(f"/beheer/hier/rooster/hulp/{series.pk}/", wanted)
    need = ShiftNeed.objects.get()
    assert (need.task, need.before, need.shifts.count() > 50) == ("Koffie zetten", 30, True)
    desk.post(f"/beheer/hier/rooster/taak/{need.pk}/", wanted | {"maximum": "4"})
    assert ShiftNeed.objects.get().maximum == 4
    desk.post(f"/beheer/hier/rooster/taak/{need.pk}/stop/")
    assert not Shift.objects.filter(occurrence__day__gt=dt.date(2023, 10, 10)).exists()


def agreements_in_roster(desk) -> list[str]:
    """Where the pages lead on which help is asked every time."""
    return [link for link in read(desk.get("/beheer/hier/rooster/")).links().values() if "/rooster/hulp/" in link]


def test_help_with_an_activity_that_has_yet_to_begin_is_asked_as_soon_as_it_is_published(site, elsewhere):
    offer(elsewhere, "Daar", first_day=dt.date(2023, 10, 18))
    series = offer(site, "Strijken", weekday=2, first_day=dt.date(2023, 10, 18))
    desk, path = at_desk(site), f"/beheer/hier/rooster/hulp/{series.pk}/"

    assert agreements_in_roster(desk) == [path]
    date = series.occurrences.order_by("day").first()
    links = read(desk.get(f"/beheer/hier/rooster/datum/{date.uuid}/")).links()
    assert links["Vraag elke keer hulp"] == path


def test_of_agreements_that_follow_each_other_the_one_in_force_is_asked_for_help_and_then_the_next(site):
    series = offer(site, "Strijken", weekday=2)
    later = change_from(series, dt.date(2023, 11, 1), by=None, weekday=3)

    assert agreements_in_roster(at_desk(site)) == [f"/beheer/hier/rooster/hulp/{series.pk}/"]
    with time_machine.travel(dt.datetime(2023, 10, 26, 7, tzinfo=dt.UTC), tick=False):  # after its last date
        assert agreements_in_roster(at_desk(site)) == [f"/beheer/hier/rooster/hulp/{later.pk}/"]


def test_activity_of_one_date_has_no_page_of_every_time(site):
    once = offer(site, "Feest", frequency="once", weekday=None, first_day=dt.date(2023, 10, 18))
    date = once.occurrences.get()

    page = at_desk(site).get(f"/beheer/hier/rooster/datum/{date.uuid}/")

    assert "Vraag deze hulp" in page.text
    assert "Vraag elke keer hulp" not in page.text


def test_activity_without_an_hour_asks_hours_of_the_task(site):
    desk, series = at_desk(site), offer(site, weekday=3, begin=None, end=None, part="afternoon")
    wanted = {"task": "Koffie zetten", "minimum": "1", "maximum": "2", "skill": ""}

    missing = desk.post(f"/beheer/hier/rooster/hulp/{series.pk}/", wanted)
    assert set(errors(missing)) == {"begin", "end"}
    desk.post(f"/beheer/hier/rooster/hulp/{series.pk}/", wanted | {"begin": "13:00", "end": "16:30"})

    assert ShiftNeed.objects.get().begin == dt.time(13)


def test_somebody_without_mail_is_kept_changed_and_forgotten_with_their_hours_left(site, shift):
    desk = at_desk(site)
    for _click in range(2):
        desk.post(
            "/beheer/hier/vrijwilligers/nieuw/",
            {"name": "Rosa Vandenonbekende", "phone": "", "skills": ["host"], "since": "2023-10-10"},
        )
    rosa = Volunteer.objects.get(site=site)
    sign_up(shift, rosa)
    with time_machine.travel(TUESDAY + dt.timedelta(days=5), tick=False):
        desk.post(f"/beheer/hier/vrijwilligers/{rosa.pk}/weg/")

    assert not Volunteer.objects.filter(site=site).exists()
    assert [place.volunteer for place in SignUp.objects.all()] == [None]


def test_desk_of_one_site_reaches_nothing_of_the_other(site, elsewhere, shift):
    desk, theirs = at_desk(elsewhere), make_volunteer(site=site)
    need = shift.need

    for path in (f"beurt/{shift.uuid}/", f"hulp/{need.series_id}/", f"taak/{need.pk}/"):
        assert desk.get(f"/beheer/daar/rooster/{path}").status_code == 404
        assert desk.get(f"/beheer/hier/rooster/{path}").status_code == 404
    assert desk.get(f"/beheer/daar/vrijwilligers/{theirs.pk}/").status_code == 404
    own = shift_at(elsewhere)
    desk.post(f"/beheer/daar/rooster/beurt/{own.uuid}/", {"volunteer": f"v{theirs.pk}"})
    assert not SignUp.objects.exists()


def test_moved_to_another_day_keeps_the_place_and_says_so_in_the_preview(site, shift, helper):
    helper.user.name = "Jef"
    helper.user.save()
    stand(shift.need, helper)
    desk = at_desk(site)

    page = desk.post(
        f"/beheer/hier/planner/datum/{shift.occurrence.uuid}/",
        {"scope": "this", "day": "2023-10-13", "begin": "13:00", "end": "16:00", "part": "", "place": "", "reason": ""},
    )

    assert "1 vrijwilligerJef" in words(page)


# --- the calendar


def address_of(page) -> str:
    (link,) = [node for node in read(page).all("a") if node.attributes["href"].endswith(".ics")]
    return urlsplit(link.attributes["href"]).path


def test_own_calendar_is_behind_an_address_nobody_guesses_and_the_old_one_ends(client, shift, helper):
    other = make_helper(shift.occurrence.site, shows_first_name=True)
    other.user.name = "Rosa Peeters"
    other.user.save()
    for one in (helper, other):
        sign_up(shift, one)
    first = address_of(client.post("/mijn/agenda/"))

    feed = Client().get(first)
    assert (feed.status_code, feed["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = Calendar.from_ical(feed.text).walk("VEVENT")
    assert (str(event["summary"]), str(event["status"])) == ("Onthaal · Koffie", "CONFIRMED")
    assert event.decoded("dtstart") == dt.datetime(2023, 10, 12, 11, tzinfo=dt.UTC)
    assert "Rosa" not in feed.text
    assert first.split("/")[2] not in str(Volunteer.objects.values())

    second = address_of(client.post("/mijn/agenda/"))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    client.post("/mijn/agenda/", {"stop": "1"})
    assert Client().get(second).status_code == 404


def test_calendar_of_a_closed_account_is_gone_and_a_shift_that_is_off_says_so(client, shift, helper):
    sign_up(shift, helper)
    path = address_of(client.post("/mijn/agenda/"))
    cancel(shift.occurrence, by=None, note="Ziek")

    (event,) = Calendar.from_ical(Client().get(path).text).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
    helper.user.is_active = False
    helper.user.save()
    assert Client().get(path).status_code == 404


def test_help_for_one_date_only_is_asked_from_the_page_of_that_date(site, shift):
    desk, date = at_desk(site), shift.occurrence
    path, wanted = f"/beheer/hier/rooster/datum/{date.uuid}/", {"skill": "", "minimum": "1", "maximum": "1"}
    assert path in desk.get(f"/beheer/hier/planner/datum/{date.uuid}/").text
    assert "Elke keer gevraagd: Onthaal." in words(desk.get(path))

    wrong = desk.post(path, wanted | {"task": "Taart bakken", "before": "300", "after": "0"})
    assert set(errors(wrong)) == {"before"}
    assert "Taart bakken" in wrong.text
    desk.post(path, wanted | {"task": "Taart bakken", "before": "30", "after": "0"})

    need = ShiftNeed.objects.get(task="Taart bakken")
    assert (need.occurrence, [one.occurrence for one in need.shifts.all()]) == (date, [date])
    assert "Taart bakken" not in desk.get(f"/beheer/hier/rooster/hulp/{date.series.pk}/").text
    changed = desk.post(
        f"/beheer/hier/rooster/taak/{need.pk}/", wanted | {"task": "Twee taarten", "before": "0", "after": "0"}
    )
    assert changed["Location"] == path
    desk.post(f"/beheer/hier/rooster/taak/{need.pk}/stop/")
    assert not need.shifts.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"before": "241"}, "before"), ({"after": "-241"}, "after"), ({"maximum": "51"}, "maximum"), ({"minimum": "0"}, "minimum"),
     ({"before": "-100", "after": "-80"}, "after"), ({"task": ""}, "task"), ({"minimum": ""}, "minimum")],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_beside_its_field(site, shift, wrong, field):
    wanted = {"task": "Taart bakken", "skill": "", "minimum": "1", "maximum": "1", "before": "0", "after": "0"}

    refused = at_desk(site).post(f"/beheer/hier/rooster/hulp/{shift.occurrence.series.pk}/", wanted | wrong)

    assert set(errors(refused)) == {field}
    assert not ShiftNeed.objects.filter(task="Taart bakken").exists()


def test_no_help_is_asked_on_a_date_that_is_past_or_off(site, shift):
    desk, path = at_desk(site), f"/beheer/hier/rooster/datum/{shift.occurrence.uuid}/"
    cancel(shift.occurrence, by=None, note="Ziek")

    assert desk.get(path).status_code == 302
    desk.post(path, {"task": "Taart", "minimum": "1", "maximum": "1", "before": "0", "after": "0"})

    assert not ShiftNeed.objects.filter(task="Taart").exists()
