"""The page on which a date is counted, through its real address: on a telephone, without a script, and by the script that sends later."""

from __future__ import annotations

import re
import uuid

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.actions.counts import keep_count
from activities.actions.occurrence import cancel
from activities.count_rules import Count, count_of
from activities.models import Attendance
from activities.templatetags.counting import queue_of
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from sites.sessions import BORROWED
from tests.desk import at_desk, client_of, errors, filled, form_at, words
from tests.factories.activities import make_activity, make_attendance, make_text
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_site, make_user
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read
from tests.rows import day

pytestmark = pytest.mark.django_db

DATA = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def on_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def caw():
    return make_organisation(name="CAW")


@pytest.fixture
def date(site, caw):
    """Yesterday, by CAW; Ligo works at the place too."""
    make_engagement(site, organisation=make_organisation(name="Ligo"))
    return date_of(offer(site, organisers=[caw]), "2023-10-09")


@pytest.fixture
def worker(site, caw):
    user = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=user, organisation=caw)
    return user


@pytest.fixture
def client(worker) -> Client:
    return client_of(worker)


def page_of(date) -> str:
    return f"/mijn/tellen/{date.uuid}/"


def counted() -> list[tuple]:
    return list(Attendance.objects.order_by("pk").values_list("took_place", "people", "new_faces", "volunteers"))


# --- On one's own page


def test_own_page_lists_what_is_to_be_counted_and_counting_takes_it_off(client, date):
    assert "Te tellen Nog niet verstuurd" in words(client.get("/mijn/"))
    assert "Koffie maandag 9 oktober · 10.00 tot 12.00 uur · Hier Tel" in words(client.get("/mijn/"))

    sent = form_at(client, page_of(date)) | {"people": "14", "new_faces": "3"}
    answer = client.post(page_of(date), sent, follow=True)

    assert answer.redirect_chain == [("/mijn/", 302)]
    assert "Bewaard: 14 mensen, 3 voor het eerst." in answer.text
    assert "Alles van de laatste zeven dagen is geteld. Bedankt!" in words(answer)
    assert counted() == [(True, 14, 3, None)]


def test_title_is_in_the_readers_language(client, date):
    make_text(date.series, language="fr", title="Café")

    assert "Café lundi 9 octobre" in words(client.get("/fr/mijn/"))
    assert 'data-title="Café, lundi 9 octobre"' in client.get(f"/fr{page_of(date)}").text


def test_title_that_nobody_translated_is_marked_as_dutch_where_it_can_be(client, date, site):
    page = client.get(f"/fr{page_of(date)}").text
    assert '<h1><bdi lang="nl">Koffie</bdi></h1>' in page
    assert "<title>Compter\u00a0: Koffie</title>" in page
    assert 'data-title="Koffie, lundi 9 octobre"' in page
    turnout = at_desk(site).get(f"/fr/beheer/hier/tellingen/{date.series.activity_id}/").text
    assert "<title>Comment va Koffie\u00a0?</title>" in turnout


@pytest.mark.parametrize("kind", [RoleKind.VOLUNTEER, RoleKind.STEERING, RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR])
def test_who_works_for_no_partner_has_nothing_to_count_on_their_own_page(site, date, kind):
    scope = {RoleKind.STEERING: {"partnership": site.partnership}, RoleKind.ADMINISTRATOR: {}}.get(kind, {"site": site})

    assert "Te tellen" not in words(client_of(make_person(kind, **scope)).get("/mijn/"))


def test_own_page_costs_as_many_queries_for_one_date_as_for_twenty(client, site, caw, date):
    client.get("/mijn/")
    with CaptureQueriesContext(connection) as few:
        client.get("/mijn/")
    for number in range(19):
        offer(site, title=f"Nummer {number}", organisers=[caw], last_day=day("2023-10-09"))

    client.get("/mijn/")  # what changed is remembered anew
    with CaptureQueriesContext(connection) as many:
        page = client.get("/mijn/")

    assert page.text.count("/mijn/tellen/") == 20
    assert len(many) == len(few)


# --- The form


def test_form_asks_numbers_and_who_was_there_and_no_name(client, date):
    page = read(client.get(page_of(date)))
    fields = {one.attributes.get("name", ""): one.attributes for one in page.one("main").all("input", "textarea")}

    assert set(fields) == {
        "people", "new_faces", "volunteers", "present", "note", "seen", "key", "csrfmiddlewaretoken", "",
    } - {""}  # fmt: skip
    assert [fields[name]["inputmode"] for name in ("people", "new_faces", "volunteers")] == ["numeric"] * 3
    assert [one.text for one in page.all("label") if "CAW" in one.text or "Ligo" in one.text] == ["CAW", "Ligo"]
    assert page.one("details").text == "Er was nog een organisatie Ligo"
    ticked = [one for one in page.all("input") if "checked" in one.attributes]
    assert [one.up("label").text for one in ticked] == ["CAW"]


def test_ging_niet_door_is_a_button_that_asks_no_number(client, date):
    page = read(client.get(page_of(date)))
    (button,) = [one for one in page.all("button") if one.attributes.get("name") == "off"]
    assert "formnovalidate" in button.attributes

    answer = client.post(page_of(date), form_at(client, page_of(date)) | {"off": "1", "people": "5"}, follow=True)

    assert "Bewaard: Ging niet door." in answer.text
    assert counted() == [(False, None, None, None)]
    assert Attendance.objects.get().presences.count() == 0


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"people": ["Vul een getal in. Was er niemand? Dan is het 0."]}),
        ({"people": "veel"}, {"people": ["Vul een getal in, zonder woorden."]}),
        ({"people": "-1"}, {"people": ["Kies een getal van 0 tot 999."]}),
        ({"people": "1000"}, {"people": ["Kies een getal van 0 tot 999."]}),
        ({"people": "3", "new_faces": "4"}, {"new_faces": ["Dat is meer dan het aantal mensen."]}),
        ({"people": "3", "present": "999999"}, {"present": None}),
        ({"people": "3", "note": "Bel 0470 12 34 56"}, {"note": None}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, date, typed, wrong):
    answer = client.post(page_of(date), form_at(client, page_of(date)) | {"volunteers": "2"} | typed)

    assert answer.status_code == 200
    told = errors(answer)
    assert told.keys() == wrong.keys()
    assert all(told[name] == sentences for name, sentences in wrong.items() if sentences)
    assert 'name="volunteers" value="2"' in answer.text
    assert counted() == []


def test_a_double_click_counts_once(client, date):
    sent = form_at(client, page_of(date)) | {"people": "14"}

    for _click in range(2):
        assert client.post(page_of(date), sent).status_code == 302

    assert counted() == [(True, 14, None, None)]
    assert ChangeLog.objects.filter(about_model="activities.attendance").count() == 1


def test_who_comes_second_sees_both_versions_and_decides(client, date, site, caw):
    mine = form_at(client, page_of(date)) | {"people": "14", "note": "Veel volk"}
    keep_count(date, Count(people=11, new_faces=2, present=frozenset({caw.pk})), by=None)

    answer = client.post(page_of(date), mine)

    assert answer.status_code == 409
    said = words(answer)
    assert "Iemand anders telde intussen ook. Kijk na wat moet blijven." in said
    assert "Hoeveel mensen kwamen er langs? Staat er nu 11 Jij 14" in said
    assert "Hoeveel daarvan voor het eerst? Staat er nu 2 Jij –" in said
    assert "Wil je iets onthouden over deze keer? Staat er nu – Jij Veel volk" in said
    assert counted() == [(True, 11, 2, None)]

    sent = {name: value for name, value in filled(read(answer)).items() if value}
    assert client.post(page_of(date), sent).status_code == 302
    assert counted() == [(True, 14, None, None)]
    assert ChangeLog.objects.latest("pk").changes == {"people": [11, 14], "new_faces": [2, None], "note": [None, None]}


def test_within_a_week_another_worker_of_the_same_organisation_corrects_it(client, date, site, caw):
    colleague = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=colleague, organisation=caw)
    client.post(page_of(date), form_at(client, page_of(date)) | {"people": "14"})

    other = client_of(colleague)
    assert form_at(other, page_of(date))["people"] == "14"
    other.post(page_of(date), form_at(other, page_of(date)) | {"people": "15"})

    assert counted() == [(True, 15, None, None)]


def test_after_a_week_a_worker_reads_and_the_coordinator_writes(client, date, site):
    make_attendance(date, people=9)
    with time_machine.travel("2023-10-17T00:00+02:00", tick=False):
        page = client.get(page_of(date))
        refused = client.post(page_of(date), {"people": "3"})
        assert (counted()[0][1], "langer dan een week geleden" in words(refused)) == (9, True)
        desk = at_desk(site)
        corrected = desk.post(page_of(date), form_at(desk, page_of(date)) | {"people": "10"})

    assert "langer dan een week geleden" in words(page)
    assert "Geteld: 9 mensen." in words(page)
    assert [one.attributes.get("name") for one in read(page).one("main").all("input")] == ["csrfmiddlewaretoken"]
    assert (corrected.status_code, counted()[0][1]) == (302, 10)


def test_a_cancelled_date_has_no_form_and_a_form_that_was_open_keeps_what_was_typed(client, date):
    sent = form_at(client, page_of(date)) | {"people": "14"}
    cancel(date, by=None)

    assert "Deze datum is afgezegd. Er valt niets te tellen." in words(client.get(page_of(date)))
    answer = client.post(page_of(date), sent)
    assert "Deze datum is afgezegd." in words(answer)
    assert 'name="people" value="14"' in answer.text
    assert counted() == []


# --- Whose


def test_date_of_another_organisation_or_place_is_not_there(client, site, caw):
    of_ligo = date_of(offer(site, organisers=[make_organisation()]), "2023-10-09")
    elsewhere = date_of(offer(make_site(), organisers=[caw]), "2023-10-09")

    for path in (page_of(of_ligo), page_of(elsewhere), f"/mijn/tellen/{uuid.uuid4()}/"):
        assert [client.get(path).status_code, client.post(path, {"people": "3"}).status_code] == [404, 404]
    assert counted() == []


def test_a_control_function_counts_its_own(site):
    municipality = make_organisation(has_control_function=True)
    user = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=user, organisation=municipality)
    date = date_of(offer(site, organisers=[municipality]), "2023-10-09")

    assert client_of(user).post(page_of(date), {"people": "8"}).status_code == 302


@pytest.mark.parametrize("kind", [RoleKind.VOLUNTEER, RoleKind.STEERING, RoleKind.ADMINISTRATOR])
def test_other_roles_do_not_count(site, date, kind):
    scope = {RoleKind.STEERING: {"partnership": site.partnership}, RoleKind.ADMINISTRATOR: {}}.get(kind, {"site": site})
    client = client_of(make_person(kind, **scope))

    assert [client.get(page_of(date)).status_code, client.post(page_of(date), {"people": "3"}).status_code] == [
        403,
        403,
    ]


# --- What a script sends later


def test_script_is_answered_in_data_and_the_same_form_later_is_kept_once(client, date):
    sent = form_at(client, page_of(date)) | {"people": "14"}

    answers = [client.post(page_of(date), sent, headers=DATA) for _time in range(2)]

    assert [one.json() for one in answers] == [{"is_kept": True, "to": "/mijn/"}] * 2
    assert answers[0]["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert counted() == [(True, 14, None, None)]
    assert "Bewaard: 14 mensen." in client.get("/mijn/").text


def test_script_hears_why_not(client, date, caw):
    mine = form_at(client, page_of(date)) | {"people": "14"}
    wrong = client.post(page_of(date), mine | {"people": "-1"}, headers=DATA)
    keep_count(date, Count(people=11), by=None)
    overtaken = client.post(page_of(date), mine, headers=DATA)

    assert (wrong.status_code, overtaken.status_code) == (422, 409)
    assert overtaken.json() == {
        "is_kept": False, "why": "Iemand anders telde intussen ook. Kijk na wat moet blijven.",
    }  # fmt: skip
    assert wrong.json() == {"is_kept": False, "why": "Kies een getal van 0 tot 999."}


def test_what_waits_on_a_device_is_kept_apart_for_each_person_and_says_not_who(worker, client, date):
    owner = re.search(r'data-owner="(\w+)"', client.get(page_of(date)).text)[1]

    assert owner == queue_of(worker) != queue_of(make_user())
    assert str(worker.pk) != owner
    assert len(owner) == 20


def test_borrowed_device_keeps_nothing_and_says_to_leave_the_page_open(client, date):
    assert "data-keeps" in client.get(page_of(date)).text
    session = client.session
    session[BORROWED] = True
    session.save()

    page = client.get(page_of(date))

    assert "data-keeps" not in page.text
    assert "Dit is geen toestel van jou: laat deze pagina open tot het verstuurd is." in words(page)


# --- At the desk


def test_desk_leads_to_the_counts_and_back_to_what_is_left(site, date):
    desk = at_desk(site)
    other = date_of(offer(site, "Soep"), "2023-10-09")
    assert "Koffie op maandag 9 oktober is nog niet geteld." in words(desk.get("/beheer/hier/"))

    answer = desk.post(page_of(date), form_at(desk, page_of(date)) | {"people": "14"}, follow=True)

    assert answer.redirect_chain == [("/beheer/hier/tellingen/", 302)]
    assert read(answer).one("main").links()["Tel Soep, maandag 9 oktober"] == page_of(other)
    assert "Koffie maandag voormiddag: gemiddeld 14 mensen" in words(answer)


def test_history_says_what_was_counted(site, date, caw):
    desk = at_desk(site)
    keep_count(date, Count(people=14, present=frozenset({caw.pk})), by=None)

    said = words(desk.get("/beheer/hier/geschiedenis/"))

    assert "Geteld: Koffie, maandag 9 oktober 2023" in said
    assert f"mensen: 14 wie er was: {caw.code}" in said


def test_page_of_one_activity_draws_and_tells(site, date):
    for number, slot in enumerate(("2023-09-11", "2023-09-18", "2023-09-25", "2023-10-02", "2023-10-09")):
        make_attendance(date_of(date.series, slot), people=number + 2, is_example=number == 0)
    activity = date.series.activity

    page = at_desk(site).get(f"/beheer/hier/tellingen/{activity.pk}/")

    said = words(page)
    assert "Hoe loopt Koffie? voorbeeld De getallen zijn verzonnen. Er komen gemiddeld 4 mensen." in said
    assert "maandag voormiddag 11 september 2023 tot 9 oktober 2023 4 5" in said
    assert "september 2023 3,5 4 oktober 2023 5,5 2" not in said
    assert page.text.count('role="img"') == 2
    assert " style=" not in page.text


def test_activity_of_another_place_is_not_there(site):
    other = make_activity(make_site())

    assert at_desk(site).get(f"/beheer/hier/tellingen/{other.pk}/").status_code == 404


def test_example_becomes_real_when_somebody_counts(client, date):
    make_attendance(date, is_example=True)
    assert "voorbeeld" in words(client.get(page_of(date)))

    client.post(page_of(date), form_at(client, page_of(date)) | {"people": "14"})

    assert not Attendance.objects.get().is_example
    assert count_of(Attendance.objects.get()).people == 14
