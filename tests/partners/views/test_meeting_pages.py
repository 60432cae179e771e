"""Pages of groups and meetings, by everybody who may look and by who may not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from partners.actions.agreements import take_back
from partners.models import ActionPoint, Decision, Meeting
from partners.views import minutes
from sites.enums import RoleKind
from stek.outbox.models import Delivery
from tests.desk import at_desk, client_of, errors, filled, form_at, words
from tests.factories.partners import (
    make_body,
    make_decision,
    make_meeting,
    make_membership,
    make_organisation,
    make_point,
    make_seat,
)
from tests.factories.sites import make_person, make_role, make_site
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

DAY = dt.date(2023, 10, 12)


def path(meeting: Meeting, rest: str = "") -> str:
    return f"/stuurgroep/vergadering/{meeting.uuid}/{rest}"


def test_meeting_is_planned_called_minuted_and_its_points_finished(site, working):
    caw = make_organisation(name="CAW")
    make_seat(working, organisation=caw)
    client = at_desk(site)
    group = f"/stuurgroep/groep/{working.pk}/"

    made = client.post(f"{group}nieuw/", {"day": "2023-10-12", "begin": "10:00", "end": "11.30", "agenda": "Kerst"})
    meeting = Meeting.objects.get()
    called = client.post(path(meeting, "uitnodigen/"))
    client.post(
        path(meeting, "verslag/"), form_at(client, path(meeting, "verslag/")) | {"notes": "Goed.", "present": caw.pk}
    )
    client.post(path(meeting, "beslissing/"), {"text": "Koffie blijft gratis"})
    client.post(path(meeting, "actiepunt/"), {"text": "Koffie kopen", "owner": f"o{caw.pk}", "due_on": "9/10/2023"})
    point = ActionPoint.objects.get()
    late = words(client.get(group))
    client.post(f"/stuurgroep/actiepunt/{point.pk}/klaar/", {"terug": group})

    assert (made["Location"], called["Location"]) == (path(meeting), path(meeting))
    assert (meeting.end, Delivery.objects.count()) == (dt.time(11, 30), 1)
    shown = words(client.get(path(meeting)))
    for piece in (
        "Donderdag 12 oktober 2023",
        "van 10.00 tot 11.30 uur",
        "Kerst",
        "Goed.",
        "Koffie blijft gratis",
        "Koffie kopen",
        "klaar op 10 oktober 2023",
    ):
        assert piece in shown, piece
    assert "te laat" in late
    assert "te laat" not in words(client.get(group))


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(site, working):
    client = at_desk(site)
    make_meeting(working)

    answer = client.post(f"/stuurgroep/groep/{working.pk}/nieuw/", {"day": "2023-10-12", "theme": "Feest"})

    assert errors(answer) == {"day": ["Deze groep komt die dag al samen."]}
    assert filled(read(answer))["theme"] == "Feest"
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("rest", "field"),
    [("aanpassen/", "agenda"), ("verslag/", "notes"), ("beslissing/", "text"), ("actiepunt/", "text")],
)
def test_name_of_a_person_is_kept_nowhere(site, working, rest, field):
    client, meeting = at_desk(site), make_meeting(working)

    answer = client.post(
        path(meeting, rest), form_at(client, path(meeting, rest)) | {field: "Bel Fatima Benali op 0478 12 34 56"}
    )

    assert answer.status_code == 200
    assert errors(answer)
    assert (Decision.objects.count(), ActionPoint.objects.count()) == (0, 0)
    meeting.refresh_from_db()
    assert "Fatima" not in meeting.agenda + meeting.notes


def test_second_of_two_at_one_meeting_sees_what_the_first_wrote(site, working):
    one, other, meeting = at_desk(site), at_desk(site), make_meeting(working)
    opened = form_at(other, path(meeting, "aanpassen/"))
    one.post(path(meeting, "aanpassen/"), form_at(one, path(meeting, "aanpassen/")) | {"agenda": "Van de eerste"})

    answer = other.post(path(meeting, "aanpassen/"), opened | {"agenda": "Van de tweede"})

    assert answer.status_code == 409
    assert "Van de eerste" in read(answer).one("main").text
    assert filled(read(answer))["agenda"] == "Van de tweede"
    other.post(path(meeting, "aanpassen/"), filled(read(answer)))
    meeting.refresh_from_db()
    assert meeting.agenda == "Van de tweede"


def test_volunteer_reads_the_own_group_and_changes_nothing(site, working):
    meeting, point = make_meeting(working), None
    point = make_point(meeting)
    client = client_of(make_person(RoleKind.VOLUNTEER, site=site))
    elsewhere = make_meeting(make_body(make_site(), with_volunteers=True))
    steering = make_meeting(make_body(partnership=site.partnership))

    found = [client.get(path(one)).status_code for one in (meeting, elsewhere, steering)]
    finished = client.post(f"/stuurgroep/actiepunt/{point.pk}/klaar/").status_code

    assert found == [200, 404, 404]
    assert (finished, client.get(path(meeting, "verslag/")).status_code) == (404, 403)
    point.refresh_from_db()
    assert point.done_on is None
    page = read(client.get(path(meeting))).one("main")
    assert [form.attributes.get("action") for form in page.all("form")] == []


def test_worker_finishes_own_point_from_the_own_page(site, working):
    membership = make_membership(site)
    make_role(RoleKind.PARTNER_WORKER, site=site, user=membership.user)
    make_seat(working, organisation=membership.organisation)
    point = make_point(make_meeting(working), organisation=membership.organisation, text="Brood bestellen")
    client = client_of(membership.user)

    assert "Brood bestellen" in words(client.get("/mijn/"))
    answer = client.post(f"/stuurgroep/actiepunt/{point.pk}/klaar/", {"terug": "/mijn/"})

    assert answer["Location"] == "/mijn/"
    assert "Klaar: Brood bestellen" in read(client.get("/mijn/")).text
    point.refresh_from_db()
    assert point.done_on == dt.date(2023, 10, 10)


def test_point_that_goes_while_somebody_finishes_it_is_said_to_be_gone(site, working, monkeypatch):
    """Between looking for it and locking it, somebody else takes it back."""
    point, desk, finish = make_point(make_meeting(working)), at_desk(site), minutes.finish_point

    def too_late(row, *, by):
        take_back(row, by=None)
        return finish(row, by=by)

    monkeypatch.setattr(minutes, "finish_point", too_late)

    answer = desk.post(f"/stuurgroep/actiepunt/{point.pk}/klaar/", {"terug": "/mijn/"})

    assert answer["Location"] == "/mijn/"
    assert "Iemand haalde dit intussen weg." in read(desk.get("/mijn/")).text


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", ""])
def test_finishing_leads_to_no_other_website(site, working, back):
    point = make_point(make_meeting(working))

    answer = at_desk(site).post(f"/stuurgroep/actiepunt/{point.pk}/klaar/", {"terug": back})

    assert answer["Location"] == path(point.meeting)


def test_steering_member_reads_all_and_keeps_the_minutes_of_their_own_group(site, working):
    client = client_of(make_person(RoleKind.STEERING, partnership=site.partnership))
    steering = make_meeting(make_body(partnership=site.partnership))
    met = make_meeting(working)

    assert client.get(path(met)).status_code == 200
    assert client.get(path(met, "verslag/")).status_code == 404
    assert client.get(path(steering, "verslag/")).status_code == 200


def test_home_shows_what_comes_what_is_late_and_what_was_decided(site, working):
    past, coming = make_meeting(working, day=dt.date(2023, 9, 1)), make_meeting(working)
    make_decision(past, text="De deur blijft open")
    make_point(past, text="Sleutel laten maken", due_on=dt.date(2023, 9, 15))
    other = make_meeting(make_body(make_site()), day=dt.date(2023, 9, 1))
    make_decision(other, text="Geheim van elders")
    client = client_of(make_person(RoleKind.STEERING, partnership=site.partnership))

    shown = words(client.get("/stuurgroep/"))

    for piece in ("Werkgroep Hier, donderdag 12 oktober 2023", "De deur blijft open", "Sleutel laten maken", "te laat"):
        assert piece in shown, piece
    assert "Geheim van elders" not in shown
    assert coming.day > past.day


def test_home_asks_as_much_for_many_as_for_one(site, working, django_assert_max_num_queries):
    client = client_of(make_person(RoleKind.STEERING, partnership=site.partnership))
    for number in range(12):
        meeting = make_meeting(working, day=DAY - dt.timedelta(days=number))
        make_point(meeting, organisation=make_organisation())
        make_decision(meeting)
    client.get("/stuurgroep/")

    with django_assert_max_num_queries(22):
        client.get("/stuurgroep/")


def test_decisions_are_searched_in_what_one_may_read(site, working):
    make_decision(make_meeting(working), text="Koffie blijft gratis")
    make_decision(make_meeting(make_body(make_site())), text="Koffie kost een euro")
    client = client_of(make_person(RoleKind.VOLUNTEER, site=site))

    assert "Koffie blijft gratis" in words(client.get("/stuurgroep/beslissingen/?zoek=koffie"))
    assert "euro" not in words(client.get("/stuurgroep/beslissingen/?zoek=koffie"))
    assert "Daarover staat hier geen beslissing" in words(client.get("/stuurgroep/beslissingen/?zoek=soep"))


def test_entry_for_a_calendar_is_behind_the_key(site, working):
    meeting = make_meeting(working)

    answer = at_desk(site).get(path(meeting, "agenda.ics"))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in answer.content
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    assert Client().get(path(meeting, "agenda.ics")).status_code == 302


def test_desk_says_what_is_late(site, working):
    make_point(make_meeting(working, day=dt.date(2023, 9, 1)), text="Sleutel laten maken", due_on=dt.date(2023, 10, 9))
    make_point(make_meeting(working, day=dt.date(2023, 9, 4)), text="Morgen pas", due_on=dt.date(2023, 10, 10))

    shown = words(at_desk(site).get(reverse("sites:desk", args=[site.slug])))

    assert "Nog te doen door de opbouwwerker: Sleutel laten maken." in shown
    assert "Morgen pas" not in shown
