"""One date changed at the desk: the form, the preview, the step, the message, the way back."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.test import Client

from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series, Step
from partners.models import Membership
from sites.enums import RoleKind
from stek.outbox.sending import send_due
from tests.desk import at_desk, client_of, errors, filled, form_at, words
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def caw():
    return make_organisation(name="CAW")


@pytest.fixture
def coffee(caw) -> Series:
    """Every Monday from 10 to 12, by CAW."""
    site = make_site()
    make_engagement(site, organisation=caw)
    return offer(site, organisers=[caw])


def address(one: Occurrence, more: str = "") -> str:
    return f"/beheer/{one.site.slug}/planner/datum/{one.uuid}/{more}"


def days(series: Series, first: str, last: str) -> list[str]:
    """Days on which the activity is held, whichever agreement says so."""
    dates = Occurrence.objects.filter(series__activity=series.activity, day__range=(first, last)).happening()
    return [str(day) for day in dates.order_by("day").values_list("day", flat=True)]


def confirm(client, path: str, data: dict, *, how: str = "stil", **more: str):
    """Send a form, look at what it touches, and do it."""
    preview = client.post(path, data)
    assert preview.status_code == 200
    assert errors_or_none(preview) is None
    return client.post(path, filled(read(preview)) | {"zeker": how} | more)


def errors_or_none(response):
    page = read(response)
    return errors(response) if [one for one in page.all("div") if one.attributes.get("class") == "errors"] else None


def test_from_a_day_on_it_is_on_another_day_of_the_week(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday) + "?dag=2023-10-19")
    assert (form["day"], form["since"], form["scope"]) == ("2023-10-19", "2023-10-16", "from")

    response = confirm(client, address(monday), form | {"reason": "Dan is de winkel open"})

    assert response.status_code == 302
    assert days(coffee, "2023-10-09", "2023-10-31") == ["2023-10-09", "2023-10-19", "2023-10-26"]


def test_nothing_is_saved_before_it_is_confirmed(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")

    preview = client.post(address(monday), form_at(client, address(monday) + "?dag=2023-10-19") | {"reason": "Winkel"})

    said = words(preview)
    assert "Er is nog niets bewaard." in said
    assert "1 partner: CAW" in said
    assert "maandag 16 oktober 2023" in said
    assert "donderdag 19 oktober 2023" in said
    assert days(coffee, "2023-10-16", "2023-10-31") == ["2023-10-16", "2023-10-23", "2023-10-30"]
    assert Step.objects.count() == 0


def test_next_eight_dates_name_the_holiday_among_them(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday) + "?dag=2023-10-18") | {"reason": "Winkel"}

    preview = client.post(address(monday), form)

    page = read(preview)
    shown = [item.text for item in page.one("main").all("ul")[-1].all("li")]
    assert len(shown) == 8
    assert any("woensdag 1 november 2023" in one and "Dicht: Allerheiligen" in one for one in shown)


def test_only_this_time_moves_one_date(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday)) | {"scope": "this", "day": "2023-10-17", "begin": "14:00", "end": "16:00"}

    confirm(client, address(monday), form)

    monday.refresh_from_db()
    assert (str(monday.day), monday.begin, monday.is_changed) == ("2023-10-17", dt.time(14), True)
    assert days(coffee, "2023-10-16", "2023-10-31") == ["2023-10-17", "2023-10-23", "2023-10-30"]


def test_always_takes_a_date_moved_by_hand_along(coffee):
    client = at_desk(coffee.activity.site)
    moved = date_of(coffee, "2023-10-23")
    confirm(client, address(moved), form_at(client, address(moved)) | {"scope": "this", "day": "2023-10-24"})
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday)) | {"scope": "always", "begin": "13:00", "end": "15:00", "reason": "Later"}

    confirm(client, address(monday), form)

    held = Occurrence.objects.filter(
        series__activity=coffee.activity, day__range=("2023-10-16", "2023-10-31")
    ).happening()
    assert [(str(one.day), one.begin) for one in held.order_by("day")] == [
        ("2023-10-16", dt.time(13)), ("2023-10-23", dt.time(13)), ("2023-10-30", dt.time(13)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"day": "31/02/2023"}, {"day": ["Deze dag bestaat niet. Schrijf ze zo: 31/12/2023."]}),
        ({"begin": "14:00", "end": "14:00"}, {"end": ["Kies een einduur na het begin, ten laatste twaalf uur later."]}),
        ({"begin": "14:00", "end": ""}, {"end": ["Vul het begin en het einde in, of geen van beide."]}),
        ({"begin": "25:00"}, {"begin": ["Dit uur bestaat niet. Schrijf het zo: 13:30."]}),
        ({"scope": "this", "day": "2024-03-31", "begin": "02:30", "end": "04:00"},
         {"begin": ["Dit uur bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een ander uur."]}),
        ({"scope": "this", "day": "2023-10-02"}, {"day": ["Wat voorbij is, verandert niet meer. Kies vandaag of later."]}),
        ({"scope": "from", "since": "", "reason": "x"}, {"since": ["Kies vanaf welke dag."]}),
        ({"scope": "from", "reason": ""},
         {"reason": ["Zeg in enkele woorden waarom. Bezoekers lezen het op de week waarin het verandert."]}),
        ({"scope": "from", "since": "2023-09-04", "reason": "x"},
         {"since": ["Wat voorbij is, verandert niet meer. Kies vandaag of later."]}),
    ],
    ids=["no-day", "no-length", "half", "no-hour", "skipped-hour", "past", "from-when", "why", "history"],
)  # fmt: skip
def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(coffee, wrong, beside):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday)) | {"scope": "this"} | wrong

    response = client.post(address(monday), form)

    said = errors(response)
    assert {name: said[name] for name in beside} == beside
    kept = filled(read(response))
    assert {name: kept[name] for name in wrong} == wrong


def test_workers_hear_of_it_once_with_all_dates_in_their_language(coffee, caw, django_capture_on_commit_callbacks):
    site = coffee.activity.site
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    worker.language = "fr"
    worker.save()
    make_membership(site, user=worker, organisation=caw)
    elsewhere = make_person(RoleKind.PARTNER_WORKER, site=make_site())
    make_membership(elsewhere.roles.get().site, user=elsewhere, organisation=caw)
    client = at_desk(site)
    monday = date_of(coffee, "2023-10-16")

    with django_capture_on_commit_callbacks(execute=True):
        form = form_at(client, address(monday) + "?dag=2023-10-19") | {"reason": "Dan is de winkel open"}
        confirm(client, address(monday), form, how="bericht")

    assert [letter.to for letter in mail.outbox] == [[worker.email]]
    body = mail.outbox[0].body
    assert "lundi 16 octobre 2023" in body
    assert "jeudi 19 octobre 2023" in body
    assert "Dan is de winkel open" in body


def test_without_message_nobody_hears(coffee, caw, django_capture_on_commit_callbacks):
    site = coffee.activity.site
    make_membership(site, user=make_person(RoleKind.PARTNER_WORKER, site=site), organisation=caw)
    client = at_desk(site)
    monday = date_of(coffee, "2023-10-16")

    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, address(monday), form_at(client, address(monday)) | {"scope": "this", "day": "2023-10-18"})

    assert (mail.outbox, Membership.objects.count(), Step.objects.get().was_told) == ([], 1, False)


def test_second_of_two_clicks_does_nothing_more(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    preview = client.post(address(monday), form_at(client, address(monday) + "?dag=2023-10-19") | {"reason": "Winkel"})
    data = filled(read(preview)) | {"zeker": "stil"}

    first, second = client.post(address(monday), data), client.post(address(monday), data)

    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert Step.objects.count() == 1
    assert days(coffee, "2023-10-16", "2023-10-31") == ["2023-10-19", "2023-10-26"]


def test_two_at_once_the_second_sees_both_versions_before_anything_is_lost(coffee):
    one, other = at_desk(coffee.activity.site), at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    mine = other.post(address(monday), form_at(other, address(monday)) | {"scope": "this", "day": "2023-10-18"})
    confirm(one, address(monday), form_at(one, address(monday)) | {"scope": "this", "day": "2023-10-17"})

    response = other.post(address(monday), filled(read(mine)) | {"zeker": "stil"})

    assert response.status_code == 409
    assert "Iemand anders veranderde dit terwijl jij bezig was" in words(response)
    assert days(coffee, "2023-10-16", "2023-10-20") == ["2023-10-17"]
    assert other.post(address(monday), filled(read(response)) | {"zeker": "stil"}).status_code == 302
    assert days(coffee, "2023-10-16", "2023-10-20") == ["2023-10-18"]


def test_two_in_one_room_only_on_purpose(coffee):
    site = coffee.activity.site
    kitchen = make_place(site, name="Keuken", kind="room")
    offer(site, title="Soep", weekday=1, begin=dt.time(11), end=dt.time(13), place=kitchen)
    client = at_desk(site)
    monday = date_of(coffee, "2023-10-16")
    form = form_at(client, address(monday)) | {"scope": "this", "day": "2023-10-17", "place": str(kitchen.pk)}
    preview = client.post(address(monday), form)
    assert "Keuken is dan bezet door Soep" in words(preview)

    refused = client.post(address(monday), filled(read(preview)) | {"zeker": "stil"})

    assert "Zeg eerst dat twee activiteiten samen in één lokaal mogen." in words(refused)
    assert days(coffee, "2023-10-16", "2023-10-20") == ["2023-10-16"]
    assert client.post(address(monday), filled(read(refused)) | {"zeker": "stil", "samen": "1"}).status_code == 302
    assert days(coffee, "2023-10-16", "2023-10-20") == ["2023-10-17"]


def test_cancelled_with_a_note_restored_and_back_to_the_series(coffee):
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")

    confirm(client, address(monday, "afzeggen/"), {"note": "De zaal is niet vrij"})
    monday.refresh_from_db()
    assert (monday.status, monday.note) == (OccurrenceStatus.CANCELLED, "De zaal is niet vrij")
    confirm(client, address(monday, "toch/"), {})
    confirm(client, address(monday), form_at(client, address(monday)) | {"scope": "this", "day": "2023-10-18"})
    confirm(client, address(monday, "terug/"), {})

    monday.refresh_from_db()
    assert (monday.status, str(monday.day), monday.is_changed) == (OccurrenceStatus.PLANNED, "2023-10-16", False)


def test_holiday_is_opened_for_one_date(coffee):
    client = at_desk(coffee.activity.site)
    easter = date_of(coffee, "2024-04-01")

    confirm(client, address(easter, "open/"), {"note": "Brunch"})

    easter.refresh_from_db()
    assert easter.opened_anyway


def test_it_stops_after_a_day(coffee):
    client = at_desk(coffee.activity.site)
    path = f"/beheer/{coffee.activity.site.slug}/planner/afspraak/{coffee.pk}/stoppen/"

    confirm(client, path, {"last_day": "2023-10-23", "reason": "De werker vertrekt"})

    assert days(coffee, "2023-10-16", "2023-11-30") == ["2023-10-16", "2023-10-23"]


def test_undo_puts_back_and_tells_who_was_told(coffee, caw, django_capture_on_commit_callbacks):
    site = coffee.activity.site
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=worker, organisation=caw)
    client = at_desk(site)
    monday = date_of(coffee, "2023-10-16")
    with django_capture_on_commit_callbacks(execute=True):
        form = form_at(client, address(monday) + "?dag=2023-10-19") | {"reason": "Winkel"}
        confirm(client, address(monday), form, how="bericht")
    path = f"/beheer/{site.slug}/planner/stap/{Step.objects.get().uuid}/terug/"
    with django_capture_on_commit_callbacks(execute=True):
        responses = [client.post(path), client.post(path)]

    assert [response.status_code for response in responses] == [302, 302]
    assert days(coffee, "2023-10-16", "2023-10-31") == ["2023-10-16", "2023-10-23", "2023-10-30"]
    assert [letter.to for letter in mail.outbox] == [[worker.email]] * 2
    assert "Dit valt weg:\n- donderdag 19 oktober 2023" in mail.outbox[1].body


def test_what_is_past_offers_no_change(coffee):
    client = at_desk(coffee.activity.site)

    said = words(client.get(address(date_of(coffee, "2023-10-09"))))

    assert "Deze datum is voorbij" in said
    assert "Bekijk wie het raakt" not in said


def test_a_date_and_a_step_of_another_site_are_not_there(coffee):
    other = offer(make_site())
    client = at_desk(coffee.activity.site)
    theirs = date_of(other, "2023-10-16")
    site = coffee.activity.site.slug

    assert client.get(f"/beheer/{site}/planner/datum/{theirs.uuid}/").status_code == 404
    assert client.post(f"/beheer/{site}/planner/datum/{theirs.uuid}/afzeggen/", {"zeker": "stil"}).status_code == 404
    assert client.get(address(theirs)).status_code == 404
    assert client.get(f"/beheer/{site}/planner/datum/{uuid.uuid4()}/").status_code == 404


def test_a_worker_and_a_volunteer_do_not_get_in(coffee):
    monday = date_of(coffee, "2023-10-16")
    for kind in (RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER):
        client = client_of(make_person(kind, site=coffee.activity.site))
        assert client.get(address(monday)).status_code == 403
        assert client.post(address(monday, "afzeggen/"), {"note": "x", "zeker": "stil"}).status_code == 403

    assert days(coffee, "2023-10-16", "2023-10-16") == ["2023-10-16"]


def test_guests_of_one_date_stand_on_its_page(coffee):
    client, monday = at_desk(coffee.activity.site), date_of(coffee, "2023-10-16")
    guest = make_organisation(name="De mutualiteit")

    preview = client.post(address(monday, "te-gast/"), {"guests": [str(guest.pk)]})
    client.post(address(monday, "te-gast/"), {"guests": [str(guest.pk)], "zeker": "stil"})

    assert preview.status_code == 200
    page = words(Client().get(f"/{coffee.activity.site.slug}/week/2023-W42/"))
    assert "Te gast: De mutualiteit." in page
    assert "De mutualiteit" not in words(Client().get(f"/{coffee.activity.site.slug}/week/2023-W43/"))


def note_on(site, language: str) -> str:
    """What stands under the title of the one date of its week, without the rest of the card."""
    page = read(Client().get(f"{language}/{site.slug}/week/2023-W42/"))
    return " ".join(node.text for node in page.all("div") if node.attributes.get("class", "").startswith("why"))


def test_a_note_is_read_in_each_language_and_in_dutch_where_it_is_not_translated(coffee):
    site, client, monday = coffee.activity.site, at_desk(coffee.activity.site), date_of(coffee, "2023-10-16")
    path = address(monday, "bericht/")

    confirm(client, path, form_at(client, path) | {"note": "Breng een tas mee", "note_fr": "Apportez un sac"})

    assert [note_on(site, language) for language in ("", "/fr", "/en")] == [
        "Breng een tas mee", "Apportez un sac", "Breng een tas mee",
    ]  # fmt: skip
    form = form_at(client, path)
    assert (form["note"], form["note_fr"], form["note_en"]) == ("Breng een tas mee", "Apportez un sac", "")


def test_translations_go_with_the_words_they_translate(coffee):
    site, client, monday = coffee.activity.site, at_desk(coffee.activity.site), date_of(coffee, "2023-10-16")
    path = address(monday, "bericht/")
    confirm(client, path, form_at(client, path) | {"note": "Breng een tas mee", "note_fr": "Apportez un sac"})

    confirm(client, address(monday, "afzeggen/"), {"note": "Ziek"})

    assert note_on(site, "/fr").startswith("Ziek")


def test_a_note_is_looked_at_in_every_language_and_is_no_translation_of_nothing(coffee):
    client, monday = at_desk(coffee.activity.site), date_of(coffee, "2023-10-16")
    path = address(monday, "bericht/")

    alone = client.post(path, form_at(client, path) | {"note_fr": "Apportez un sac"})
    number = client.post(path, form_at(client, path) | {"note": "Bel ons", "note_fr": "Appelez le 0470 12 34 56"})

    assert errors(alone) == {"note": ["Vul het bericht ook in het Nederlands in."]}
    assert list(errors(number)) == ["note_fr"]
    monday.refresh_from_db()
    assert (monday.note, monday.note_translations) == ("", {})


def test_on_the_road_with_two_stops_in_order(coffee):
    site = coffee.activity.site
    client, monday = at_desk(site), date_of(coffee, "2023-10-16")
    stops = [make_place(site, name=name, kind="stop") for name in ("Achterbroek", "Nieuwmoer")]
    form = form_at(client, address(monday, "op-pad/")) | {"stop_1": str(stops[1].pk), "stop_2": str(stops[0].pk)}

    confirm(client, address(monday, "op-pad/"), form)

    assert "In Nieuwmoer en Achterbroek." in words(Client().get(f"/{site.slug}/week/2023-W42/"))
    twice = form | {"stop_2": str(stops[1].pk)}
    assert errors(client.post(address(monday, "op-pad/"), twice))[""] == ["Kies elke halte één keer."]


def test_a_stop_of_another_site_cannot_be_chosen(coffee):
    client, monday = at_desk(coffee.activity.site), date_of(coffee, "2023-10-16")
    theirs = make_place(make_site(), kind="stop")

    response = client.post(address(monday, "op-pad/"), {"stop_1": str(theirs.pk), "zeker": "stil"})

    assert errors(response)["stop_1"]
    assert monday.stops.count() == 0


def test_what_an_activity_is_changes_with_its_reasons(coffee):
    site = coffee.activity.site
    client, other = at_desk(site), offer(site, title="De Cirkel")
    path = f"/beheer/{site.slug}/planner/activiteit/{coffee.activity_id}/"
    form = form_at(client, path) | {
        "no_volunteers_reason": "Iedereen kent iedereen",
        "combined_with": str(other.activity_id),
    }
    form.pop("volunteers_allowed")

    client.post(path, form)

    coffee.activity.refresh_from_db()
    assert (coffee.activity.volunteers_allowed, coffee.activity.combined_with) == (False, other.activity)
    preview = words(client.post(address(date_of(coffee, "2023-10-16"), "afzeggen/"), {"note": "x"}))
    assert "Iedereen kent iedereen" in preview
    assert "Hoort samen met De Cirkel" in preview
    nothing = {
        name: value
        for name, value in form_at(client, path).items()
        if name not in {"meet", "learn", "politicise", "refer"}
    }
    assert errors(client.post(path, nothing))["meet"] == ["Kies waarvoor mensen komen."]


def deliver(time_machine, minutes: int) -> list[str]:
    """What a worker sends when that many minutes have gone by."""
    time_machine.shift(dt.timedelta(minutes=minutes))
    mail.outbox.clear()
    send_due()
    return [letter.body for letter in mail.outbox]


def worker_of(coffee, caw):
    worker = make_person(RoleKind.PARTNER_WORKER, site=coffee.activity.site)
    make_membership(coffee.activity.site, user=worker, organisation=caw)
    return worker


@pytest.mark.by_worker
def test_two_changes_in_five_minutes_are_one_letter(coffee, caw, time_machine):
    worker_of(coffee, caw)
    client = at_desk(coffee.activity.site)
    for held, day in (("2023-10-16", "2023-10-17"), ("2023-10-23", "2023-10-24")):
        one = date_of(coffee, held)
        confirm(client, address(one), form_at(client, address(one)) | {"scope": "this", "day": day}, how="bericht")

    assert deliver(time_machine, 4) == []
    (body,) = deliver(time_machine, 2)
    assert "maandag 16 oktober 2023" in body
    assert "dinsdag 24 oktober 2023" in body
    assert deliver(time_machine, 60) == []


@pytest.mark.by_worker
def test_what_is_undone_before_the_letter_leaves_is_told_to_nobody(coffee, caw, time_machine):
    worker_of(coffee, caw)
    client = at_desk(coffee.activity.site)
    monday = date_of(coffee, "2023-10-16")
    confirm(
        client, address(monday), form_at(client, address(monday) + "?dag=2023-10-19") | {"reason": "x"}, how="bericht"
    )

    client.post(f"/beheer/{coffee.activity.site.slug}/planner/stap/{Step.objects.get().uuid}/terug/")

    assert deliver(time_machine, 6) == []


@pytest.mark.by_worker
def test_a_reader_of_tomorrows_date_hears_at_once(coffee, caw, time_machine):
    worker_of(coffee, caw)
    client = at_desk(coffee.activity.site)
    time_machine.move_to("2023-10-15T21:30+02:00", tick=False)
    monday = date_of(coffee, "2023-10-16")

    confirm(client, address(monday, "afzeggen/"), {"note": "Ziek"}, how="bericht")

    (body,) = deliver(time_machine, 0)
    assert "Ziek" in body
