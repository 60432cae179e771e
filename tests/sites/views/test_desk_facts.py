"""`/beheer/<slug>/plek/`: facts, address on the web, stopping and beginning again, removing."""

from __future__ import annotations

import pytest
from django.test import Client

from sites.actions import rename_address
from sites.enums import RoleKind
from sites.models import ChangeLog, OldSlug, Site
from tests.desk import administrator, at_desk, client_of, errors, filled, form_at, words
from tests.factories.sites import make_change, make_old_slug, make_partnership, make_person, make_place, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db
QUERIES = 6


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier", name="Hier", contact="De balie")


def untouched(site: Site) -> bool:
    return Site.objects.filter(pk=site.pk).values().get() == {
        key: value for key, value in site.__dict__.items() if key != "_state"
    }


def test_the_page_shows_what_is_fixed_and_changes_what_is_not(site):
    client = at_desk(site)
    path = f"/beheer/{site.slug}/plek/"

    for told in ("/hier/", site.municipality.name, site.partnership.name):
        assert told in words(client.get(path))
    response = client.post(path, form_at(client, path) | {"name": "Hier en nu", "contact": ""}, follow=True)

    assert "Bewaard." in response.content.decode()
    site.refresh_from_db()
    assert (site.name, site.contact, site.kind) == ("Hier en nu", "", "new")
    assert "<title>Hier en nu" in Client().get("/hier/").content.decode()


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(site):
    client = at_desk(site)
    path = f"/beheer/{site.slug}/plek/"

    response = client.post(path, form_at(client, path) | {"name": "", "kind": "kasteel", "contact": "x" * 201})

    assert (response.status_code, set(errors(response))) == (200, {"name", "kind", "contact"})
    assert filled(read(response))["contact"] == "x" * 201
    assert untouched(site)


def test_who_comes_second_sees_both_versions_and_loses_nothing(site):
    first, second = at_desk(site), at_desk(site)
    path = f"/beheer/{site.slug}/plek/"
    typed = form_at(second, path) | {"name": "Van de tweede", "contact": "Nieuwe balie"}
    first.post(path, form_at(first, path) | {"name": "Van de eerste"})

    response = second.post(path, typed)

    assert response.status_code == 409
    assert Site.objects.get(pk=site.pk).name == "Van de eerste"
    for told in ("Iemand anders veranderde dit", "Staat er nu Van de eerste", "Jij Van de tweede"):
        assert told in words(response)
    again = filled(read(response))
    assert (again["name"], again["contact"]) == ("Van de tweede", "Nieuwe balie")
    assert second.post(path, again).status_code == 302
    site.refresh_from_db()
    assert (site.name, site.contact) == ("Van de tweede", "Nieuwe balie")


def test_a_form_that_saw_nothing_overwrites_nothing(site):
    client = at_desk(site)
    path = f"/beheer/{site.slug}/plek/"

    response = client.post(path, form_at(client, path) | {"seen": "", "name": "Blind"})

    assert (response.status_code, untouched(site)) == (409, True)


def test_fields_the_form_does_not_have_change_nothing(site):
    client, other = at_desk(site), make_site()
    path = f"/beheer/{site.slug}/plek/"
    sneaked = {
        "id": other.pk, "site": other.pk, "slug": "gekaapt", "partnership": make_partnership().pk, "schedule_version": 99,
        "municipality": other.municipality_id,
    }  # fmt: skip

    client.post(path, form_at(client, path) | sneaked)

    assert (untouched(site), untouched(other)) == (True, True)


def test_the_status_stopped_is_not_chosen_among_the_facts(site):
    client = at_desk(site)
    path = f"/beheer/{site.slug}/plek/"

    response = client.post(path, form_at(client, path) | {"status": "stopped"})

    assert (set(errors(response)), untouched(site)) == ({"status"}, True)


def test_another_address_warns_and_the_old_one_leads_there(site):
    client = at_desk(site)
    path = "/beheer/hier/plek/adres/"

    assert "Het oude adres blijft voor altijd naar deze plek leiden" in words(client.get(path))
    response = client.post(path, {"slug": "Daar"})

    assert response["Location"] == "/beheer/daar/plek/"
    assert client.get("/beheer/daar/plek/").status_code == 200
    assert Client().get("/hier/")["Location"] == "/daar/"


def test_a_letter_and_an_open_form_of_before_lead_to_the_desk_of_now(site):
    """For who has the right there; for others the old desk is not there, as the new one."""
    client = at_desk(site)
    form = form_at(client, "/beheer/hier/plek/")
    rename_address(site, slug="daar", by=None)

    looked = client.get("/fr/beheer/hier/plek/?van=brief")
    kept = client.post("/beheer/hier/plek/", form | {"name": "De Poort"}, follow=True)

    assert (looked.status_code, looked["Location"]) == (307, "/fr/beheer/daar/plek/?van=brief")
    assert (kept.redirect_chain[0], kept.status_code) == (("/beheer/daar/plek/", 307), 200)
    assert Site.objects.get(pk=site.pk).name == "De Poort"
    assert at_desk(make_site()).get("/beheer/hier/plek/").status_code == 404
    assert client_of(make_person(RoleKind.VOLUNTEER, site=site)).get("/beheer/hier/plek/").status_code == 403


@pytest.mark.parametrize("slug", ["", "met spatie", "admin", "netwerk", "van-een-ander", "vroeger", "x" * 61])
def test_an_address_that_cannot_be_is_refused_and_stays_typed(site, slug):
    make_old_slug(make_site(slug="van-een-ander"), "vroeger")
    client = at_desk(site)

    response = client.post("/beheer/hier/plek/adres/", {"slug": slug})

    assert response.status_code == 200
    assert errors(response)
    assert filled(read(response))["slug"] == slug
    assert (untouched(site), OldSlug.objects.count()) == (True, 1)


def test_a_site_stops_with_a_reason_and_begins_again(site):
    client, other = at_desk(site), make_site()

    assert set(errors(client.post("/beheer/hier/plek/stoppen/", {"reason": ""}))) == {"reason"}
    client.post("/beheer/hier/plek/stoppen/", {"reason": "Het huis wordt verkocht"})

    assert (Client().get("/hier/").status_code, Client().get(f"/{other.slug}/").status_code) == (404, 200)
    assert "Begin weer" in words(client.get("/beheer/hier/plek/"))
    assert ChangeLog.objects.get().reason == "Het huis wordt verkocht"
    client.post("/beheer/hier/plek/herbeginnen/", {"status": "active"})
    assert Client().get("/hier/").status_code == 200


def test_stopped_site_keeps_its_desk_and_its_facts_can_be_corrected(site):
    client = at_desk(site)
    client.post("/beheer/hier/plek/stoppen/", {"reason": "Verkocht"})
    path = "/beheer/hier/plek/"

    assert client.post(path, form_at(client, path) | {"name": "Hier, vroeger"}).status_code == 302

    site.refresh_from_db()
    assert (site.name, site.status) == ("Hier, vroeger", "stopped")


def test_a_site_with_a_history_is_not_removed_here_nor_in_the_admin(site):
    make_place(site)
    empty = make_site(slug="vergissing")
    client = administrator()

    refused = client.post("/beheer/hier/plek/verwijderen/")
    in_admin = client.post(f"/admin/sites/site/{site.pk}/delete/", {"post": "yes"}, follow=True)
    client.post("/admin/sites/site/", {"action": "delete_selected", "_selected_action": [site.pk], "post": "yes"})

    assert refused.status_code == 409
    assert "“Hier” heeft een verleden en kan niet weg." in words(refused)
    assert "heeft een verleden en kan niet weg" in in_admin.content.decode()
    assert Site.objects.filter(pk=site.pk).exists()
    assert client.post("/beheer/vergissing/plek/verwijderen/").status_code == 302
    assert not Site.objects.filter(pk=empty.pk).exists()


def test_removing_is_for_administrators_only(site):
    client = at_desk(site)

    assert client.get("/beheer/hier/plek/verwijderen/").status_code == 403
    assert "Plek verwijderen" not in words(client.get("/beheer/hier/plek/"))


@pytest.mark.parametrize("number", [1, 100])
def test_page_costs_the_same_whatever_happened(site, number, django_assert_num_queries):
    client = at_desk(site)
    client.get("/beheer/hier/plek/")
    for _ in range(number):
        make_change(site, verb="change_facts", about_id=str(site.pk), changes={"name": ["A", "B"]})

    with django_assert_num_queries(QUERIES):
        client.get("/beheer/hier/plek/")
