"""What a coordinator sees and does on the pages of partners and groups."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from partners.actions.engagements import add_organisation
from partners.actions.leaving import leave
from partners.actions.names import rename
from partners.models import Body, CheckIn, Engagement, Organisation, Seat
from sites.enums import Precision, RoleKind
from sites.models import ChangeLog, Site
from tests.desk import words
from tests.factories.partners import (
    make_alias,
    make_body,
    make_check_in,
    make_engagement,
    make_membership,
    make_organisation,
    make_seat,
)
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.offer import offer
from tests.reading import read

pytestmark = pytest.mark.django_db

WEDNESDAY = dt.date(2023, 10, 18)
GROUPS, TALKS, TALK, ORGANISATIONS = 11, 15, 7, 8


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def here() -> Site:
    return make_site(name="Plek A")


@pytest.fixture
def desk(here) -> Client:
    return key(RoleKind.COORDINATOR, site=here)


def key(kind: RoleKind, **scope) -> Client:
    client = Client()
    client.force_login(make_person(kind, **scope))
    return client


def partner(site: Site, name: str, **fields) -> Engagement:
    return make_engagement(site, organisation=make_organisation(name=name), **fields)


def rows(client: Client, address: str) -> dict[str, str]:
    """Heading of a row -> all its words."""
    return {node.text: node.up("li").text for node in read(client.get(address)).one("main").all("h3")}


def errors(response) -> list[str]:
    return [node.text for node in read(response).all("p") if "err" in node.attributes.get("class", "").split()]


def test_list_has_who_is_engaged_here_with_what_asks_for_attention(here, desk):
    there = make_site()
    caw = partner(here, "CAW", does="Helpt met brieven", since=dt.date(2023, 1, 9))
    make_seat(make_body(here), organisation=caw.organisation)
    late = partner(here, "Ligo", since=dt.date(2022, 1, 1))
    make_check_in(late, day=dt.date(2022, 9, 1), next_due=dt.date(2023, 9, 1))
    partner(here, "Weg", until=dt.date(2023, 1, 1))
    partner(there, "Elders")

    found = rows(desk, f"/beheer/{here.slug}/partners/")

    assert set(found) == {"CAW", "Ligo", "Weg"}
    assert "Helpt met brieven" in found["CAW"]
    assert "sinds 9 januari 2023" in found["CAW"]
    assert "werkgroep" in found["CAW"]
    assert ["check-in te laat" in found[name] for name in ("CAW", "Ligo", "Weg")] == [False, True, False]
    assert "geen engagement meer" in found["Weg"]


def test_a_known_day_has_its_article_in_french_and_a_vaguer_one_has_none(here, desk):
    known = partner(here, "CAW", since=dt.date(2023, 1, 9))
    partner(here, "Ligo", since=dt.date(2022, 9, 1), since_precision=Precision.MONTH)
    make_seat(make_body(here), organisation=known.organisation, since=dt.date(2023, 2, 2))

    found = rows(desk, f"/fr/beheer/{here.slug}/partners/")
    page = words(desk.get(f"/fr/beheer/{here.slug}/partners/{known.organisation_id}/"))

    assert "depuis le 9 janvier 2023" in found["CAW"]
    assert "depuis septembre 2022" in found["Ligo"]
    assert ["depuis le 9 janvier 2023" in page, "depuis le 2 février 2023" in page] == [True, True]
    assert "depuis le 2 février 2023" in rows(desk, f"/fr/beheer/{here.slug}/groepen/")["CAW"]


def test_desk_tells_of_offers_without_organiser_and_late_check_ins(here, desk):
    caw = partner(here, "CAW", since=dt.date(2023, 9, 1)).organisation
    offer(here, "Koffie", organisers=[caw])
    partner(here, "Ligo")
    partner(make_site(), "Elders")

    page = read(desk.get(f"/beheer/{here.slug}/")).one("main").text
    assert "1 check-in is te laat" in page
    assert "organisator" not in page

    leave(caw, here, on=WEDNESDAY, by=None)
    assert "1 aanbod heeft geen organisator" in read(desk.get(f"/beheer/{here.slug}/")).one("main").text
    assert "geen organisator" in rows(desk, f"/beheer/{here.slug}/partners/")["Koffie geen organisator"]


@pytest.mark.parametrize("number", [1, 100])
def test_list_costs_as_many_queries_for_1_as_for_100(here, desk, number, django_assert_num_queries):
    body = make_body(here)
    for position in range(number):
        engagement = partner(here, f"Partner {position}")
        make_seat(body, organisation=engagement.organisation)
    desk.get(f"/beheer/{here.slug}/partners/")

    with django_assert_num_queries(12):
        desk.get(f"/beheer/{here.slug}/partners/")


# --- Adding ------------------------------------------------------------------------------------------------------------


def test_search_finds_who_works_elsewhere_and_not_who_may_not_be_seen(here, desk):
    known = partner(make_site(), "’t Winkeltje").organisation
    make_alias(known, name="De winkel")
    partner(make_site(status="starting"), "Het Winkeltje van morgen")

    page = desk.get(f"/beheer/{here.slug}/partners/toevoegen/?zoek=twinkeltje")

    assert list(rows(desk, f"/beheer/{here.slug}/partners/toevoegen/?zoek=twinkeltje")) == ["’t Winkeltje"]
    assert f"?organisatie={known.pk}" in page.content.decode()


def test_a_known_organisation_begins_here_and_no_second_one_is_made(here, desk):
    known = partner(make_site(), "’t Winkeltje").organisation
    address = f"/beheer/{here.slug}/partners/toevoegen/bestaand/?organisatie={known.pk}"
    filled = {
        "since": "2023-10-20", "since_precision": "2", "does": "Verkoopt kleren", "does_fr": "Vend",
        "contribution": "rekken", "added_value": "klanten", "site": "999", "until": "2023-10-21",
    }  # fmt: skip

    response = desk.post(address, filled)

    assert response.status_code == 302
    one = Engagement.objects.get(site=here)
    assert (one.organisation, one.since, one.since_precision, one.until) == (known, dt.date(2023, 10, 1), 2, None)
    assert (one.does_translations, one.contribution, one.added_value) == ({"fr": "Vend"}, "rekken", "klanten")
    assert Organisation.objects.count() == 1

    again = desk.post(address, filled | {"does": "Iets anders"})
    assert errors(again) == ["Deze organisatie werkt hier dan al."]
    assert "Iets anders" in again.content.decode()


def test_a_new_organisation_in_one_form(here, desk):
    filled = {
        "name": "De Vlegels",
        "kind": "welzijnsschakel",
        "aliases": "Vlegels\n\nde vlegel ",
        "has_control_function": "on",
    }

    response = desk.post(f"/beheer/{here.slug}/partners/toevoegen/nieuw/", filled)

    assert response.status_code == 302
    one = Organisation.objects.get(engagements__site=here)
    assert (one.code, one.name_on(dt.date(2023, 1, 1)), one.has_control_function) == ("de-vlegels", "De Vlegels", False)
    assert sorted(one.aliases.values_list("name", flat=True)) == ["Vlegels", "de vlegel"]
    assert set(ChangeLog.objects.values_list("verb", flat=True)) == {"add_organisation", "engage", "set_aliases"}


def test_what_was_typed_stays_beside_what_is_wrong(here, desk):
    response = desk.post(f"/beheer/{here.slug}/partners/toevoegen/nieuw/", {"name": "De Vlegels", "does": "Koken"})

    assert len(errors(response)) == 1
    assert "De Vlegels" in response.content.decode()
    assert "Koken" in response.content.decode()
    assert not Organisation.objects.exists()


# --- One organisation ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "checks"),
    [("municipality", True), ("public_welfare", True), ("social_housing_service", True), ("welfare", False)],
)
def test_who_also_checks_on_people_does_so_from_the_first_minute(kind, checks):
    assert add_organisation(by=None, site=None, name="Nieuw", kind=kind).has_control_function is checks
    assert (
        add_organisation(by=None, site=None, name="Ook", kind=kind, has_control_function=False).has_control_function
        is checks
    )


def test_control_function_is_an_administrators_business(here, desk):
    one = partner(here, "OCMW").organisation
    address = f"/beheer/{here.slug}/partners/{one.pk}/gegevens/"
    filled = {"kind": one.kind, "has_control_function": "on"}

    desk.post(address, filled)
    assert Organisation.objects.get(pk=one.pk).has_control_function is False
    key(RoleKind.ADMINISTRATOR).post(address, filled)
    assert Organisation.objects.get(pk=one.pk).has_control_function is True
    desk.post(address, {"kind": one.kind, "website": "https://ocmw.example"})
    one.refresh_from_db()
    assert (one.has_control_function, one.website) == (True, "https://ocmw.example")


def test_renamed_by_a_form_with_the_error_beside_the_day(here, desk):
    one = partner(here, "Oud").organisation
    address = f"/beheer/{here.slug}/partners/{one.pk}/naam/"

    assert desk.post(address, {"name": "Nieuw", "since": "2023-10-16"}).status_code == 302
    again = desk.post(address, {"name": "Nieuwer", "since": "2023-10-16"})

    assert errors(again) == ["Op die dag begint al de naam “Nieuw”. Kies een andere dag."]
    assert [one.name_on(dt.date(2023, 10, day)) for day in (15, 16)] == ["Oud", "Nieuw"]


def test_check_in_is_kept_beside_earlier_ones_and_no_longer_late(here, desk):
    engagement = partner(here, "Ligo")
    make_check_in(engagement, day=dt.date(2022, 9, 1), next_due=dt.date(2023, 9, 1), action="meer folders")
    address = f"/beheer/{here.slug}/partners/engagement/{engagement.pk}/check-in/"
    assert "meer folders" in desk.get(address).content.decode()

    desk.post(address, {"day": "2023-10-09", "satisfaction": "4", "value_gained": "bereik", "action": "samen koken"})

    last = CheckIn.objects.first()
    assert (last.next_due, last.satisfaction, last.value_gained) == (dt.date(2024, 10, 9), 4, "bereik")
    assert CheckIn.objects.count() == 2
    assert not Engagement.objects.due_on(dt.date(2023, 10, 10)).exists()
    assert Engagement.objects.due_on(dt.date(2024, 10, 9)).exists()
    assert "koken" not in str(ChangeLog.objects.values_list("changes", "reason"))


def test_leaving_shows_what_stops_before_it_does(here, desk):
    caw = partner(here, "CAW").organisation
    offer(here, "Koffie", organisers=[caw], last_day=dt.date(2023, 10, 31))
    user = make_user(name="Werker Een")
    make_membership(here, organisation=caw, user=user)
    make_role(RoleKind.PARTNER_WORKER, user=user, site=here)
    make_seat(make_body(here), organisation=caw)
    address = f"/beheer/{here.slug}/partners/{caw.pk}/vertrek/"

    preview = read(desk.get(f"{address}?on=2023-10-18&reason=")).one("main").text
    for told in ("Koffie", "2 datums na die dag", "Werker Een", "Werkgroep"):
        assert told in preview
    assert Engagement.objects.get().until is None

    assert desk.post(address, {"on": "2023-10-18", "reason": "geen tijd"}).status_code == 302
    assert (Engagement.objects.get().until, Seat.objects.get().until) == (WEDNESDAY, WEDNESDAY)
    page = desk.get(f"/beheer/{here.slug}/partners/{caw.pk}/").content.decode()
    assert "18 oktober 2023 is de laatste dag" in page

    desk.post(f"/beheer/{here.slug}/partners/{caw.pk}/terug/")
    assert (Engagement.objects.get().until, Seat.objects.get().until) == (None, None)


def test_history_counts_in_words_what_ends_when_a_partner_leaves_and_only_what_there_is(here, desk):
    caw = partner(here, "CAW").organisation
    make_membership(here, user=make_person(RoleKind.PARTNER_WORKER, site=here), organisation=caw)

    leave(caw, here, on=WEDNESDAY, by=None)

    told = words(desk.get(f"/beheer/{here.slug}/geschiedenis/"))
    (counted,) = re.findall(r"wat dan eindigt: ((?:[\w ]+: \d(?: · )?)+)", told)
    # In no order: PostgreSQL keeps none.
    assert set(counted.split(" · ")) == {"engagementen: 1", "werkers: 1", "sleutels: 1"}


def test_a_day_that_cannot_be_is_refused_before_the_preview(here, desk):
    caw = partner(here, "CAW").organisation

    for send in (desk.get, desk.post):
        response = send(f"/beheer/{here.slug}/partners/{caw.pk}/vertrek/", {"on": "2023-01-01"})
        assert errors(response) == ["Wat voorbij is, verandert niet meer. Kies gisteren of later."]


def test_an_offer_is_handed_over_by_a_form_that_offers_who_is_engaged(here, desk):
    caw, ligo = partner(here, "CAW").organisation, partner(here, "Ligo").organisation
    elsewhere = partner(make_site(), "Elders").organisation
    series = offer(here, "Koffie", organisers=[caw])
    leave(caw, here, on=WEDNESDAY, by=None)
    address = f"/beheer/{here.slug}/partners/aanbod/{series.pk}/overdragen/"
    page = desk.get(address).content.decode()
    assert ["Ligo" in page, "Elders" in page, 'value="2023-10-19"' in page] == [True, False, True]

    for wrong in (elsewhere.pk, "9" * 20, "x", "\x00"):
        assert desk.post(address, {"day": "2023-10-19", "to": [wrong]}).status_code == 200
    assert desk.post(address, {"day": "2023-10-19", "to": [ligo.pk]}).status_code == 302

    assert [host.organisation for host in series.followed_by.organisers.all()] == [ligo]


# --- As many queries for one row as for a hundred -------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 100])
def test_groups_cost_as_many_queries_for_1_as_for_100(here, desk, number, django_assert_num_queries):
    body = make_body(here)
    for at in range(number):
        make_seat(body, organisation=make_organisation(name=f"Groep {at}"), since=dt.date(2023, 9, 1))

    with django_assert_num_queries(GROUPS):
        assert len(rows(desk, f"/beheer/{here.slug}/groepen/")) == number


@pytest.mark.parametrize("number", [1, 100])
def test_talks_of_one_organisation_cost_the_same(here, desk, number, django_assert_num_queries):
    caw = partner(here, "CAW")
    for at in range(number):
        make_check_in(caw, day=dt.date(2020, 1, 1) + dt.timedelta(days=at))

    with django_assert_num_queries(TALKS):
        desk.get(f"/beheer/{here.slug}/partners/{caw.organisation_id}/")
    with django_assert_num_queries(TALK):
        desk.get(f"/beheer/{here.slug}/partners/engagement/{caw.pk}/check-in/")


@pytest.mark.parametrize("number", [1, 100])
def test_organisations_of_the_network_cost_the_same(here, number, django_assert_num_queries):
    administrator = key(RoleKind.ADMINISTRATOR)
    for at in range(number):
        make_alias(partner(here, f"Organisatie {at}").organisation, name=f"Ook {at}")

    with django_assert_num_queries(ORGANISATIONS):
        assert len(rows(administrator, "/beheer/netwerk/organisaties/")) == number
    with django_assert_num_queries(ORGANISATIONS):
        administrator.get("/beheer/netwerk/organisaties/?zoek=organisatie")


# --- Groups and doubles --------------------------------------------------------------------------------------------------


def test_groups_of_the_site_and_the_steering_group_over_it(here, desk):
    there = make_site()
    for body, name in (
        (make_body(here), "Werkt"), (make_body(partnership=here.partnership), "Stuurt"),
        (make_body(there), "Elders"), (make_body(partnership=there.partnership), "Stuurt elders"),
    ):  # fmt: skip
        make_seat(body, organisation=make_organisation(name=name))

    assert set(rows(desk, f"/beheer/{here.slug}/groepen/")) == {"Werkt", "Stuurt"}


def test_organisations_are_offered_by_their_name_of_today(here, desk):
    caw = partner(here, "CAW").organisation
    rename(caw, name="Naam van volgend jaar", since=dt.date(2024, 1, 1), by=None)

    page = read(desk.get(f"/beheer/{here.slug}/groepen/{make_body(here).pk}/"))

    assert [option.text for option in page.one("select").all("option")][1:] == ["CAW"]


def test_a_seat_begins_and_ends(here, desk):
    caw = partner(here, "CAW").organisation
    desk.post(f"/beheer/{here.slug}/groepen/nieuw/", {"kind": "participation"})
    body = Body.objects.get()
    address = f"/beheer/{here.slug}/groepen/{body.pk}/"

    desk.post(address, {"organisation": caw.pk, "since": "2023-09-01"})
    again = desk.post(address, {"organisation": caw.pk, "since": "2023-10-01"})
    assert errors(again) == ["Deze organisatie zit dan al in de groep."]
    seat = Seat.objects.get()
    wrong = desk.post(f"/beheer/{here.slug}/groepen/zitje/{seat.pk}/", {"since": "2023-09-01", "until": "2023-08-01"})
    assert errors(wrong) == ["De laatste dag ligt voor de eerste dag."]
    desk.post(f"/beheer/{here.slug}/groepen/zitje/{seat.pk}/", {"since": "2023-09-01", "until": "2023-10-31"})

    seat.refresh_from_db()
    assert (seat.since, seat.until) == (dt.date(2023, 9, 1), dt.date(2023, 10, 31))


def test_doubles_are_merged_after_a_look(here):
    client = key(RoleKind.ADMINISTRATOR)
    kept, doubled = partner(here, "’t Winkeltje").organisation, partner(make_site(), "Twinkeltje").organisation
    address = f"/beheer/netwerk/organisaties/{kept.pk}/samenvoegen/"

    assert list(rows(client, "/beheer/netwerk/organisaties/?zoek=t winkeltje")) == ["’t Winkeltje", "Twinkeltje"]
    assert "Engagementen: 1" in read(client.get(f"{address}?dubbel={doubled.pk}")).one("main").text
    assert Organisation.objects.count() == 2
    client.post(address, {"dubbel": doubled.pk})

    assert list(Organisation.objects.values_list("pk", flat=True)) == [kept.pk]
    assert client.post(address, {"dubbel": doubled.pk}).status_code == 200
