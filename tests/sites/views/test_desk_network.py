"""`/beheer/netwerk/`: an administrator opens a municipality, a partnership, a site."""

from __future__ import annotations

import pytest
from django.test import Client

from sites.enums import RoleKind
from sites.models import ChangeLog, Municipality, Partnership, Site
from tests.desk import administrator, at_desk, client_of, errors, filled, words
from tests.factories.sites import make_municipality, make_partnership, make_person, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_from_nothing_to_a_site_that_visitors_see():
    client = administrator()
    assert "Een plek heeft een gemeente en een samenwerkingsverband." in words(client.get("/beheer/netwerk/"))

    client.post("/beheer/netwerk/gemeente/", {"name": "Essen", "code": "essen", "inhabitants": "", "density": ""})
    client.post("/beheer/netwerk/samenwerking/", {"name": "STEK Noord", "slug": "noord"})
    client.post(
        "/beheer/netwerk/plek/",
        {"name": "De Statie", "slug": "Statie", "kind": "new", "contact": "", "status": "active",
         "municipality": Municipality.objects.get().pk, "partnership": Partnership.objects.get().pk},
    )  # fmt: skip

    site = Site.objects.get()
    assert (site.slug, site.status) == ("statie", "starting")
    assert Client().get("/statie/").status_code == 404
    assert read(client.get("/beheer/netwerk/")).links()["De Statie"] == "/beheer/statie/"
    assert client.get("/beheer/statie/").status_code == 200
    assert list(ChangeLog.objects.order_by("pk").values_list("verb", flat=True)) == [
        "add_municipality", "add_partnership", "open_site"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [({"slug": "beheer"}, "slug"), ({"slug": "bezet"}, "slug"), ({"slug": "met spatie"}, "slug"), ({"name": ""}, "name"),
     ({"kind": ""}, "kind"), ({"municipality": "999"}, "municipality"), ({"partnership": ""}, "partnership")],
)  # fmt: skip
def test_a_site_that_cannot_be_is_refused_and_stays_typed(change, field):
    make_site(slug="bezet")
    sent = {
        "name": "Nieuw", "slug": "nieuw", "kind": "new", "contact": "De balie", "municipality": make_municipality().pk,
        "partnership": make_partnership().pk,
    }  # fmt: skip

    response = administrator().post("/beheer/netwerk/plek/", sent | change)

    assert (response.status_code, set(errors(response))) == (200, {field})
    assert filled(read(response))["contact"] == "De balie"
    assert Site.objects.count() == 1


def test_a_code_that_is_taken_is_refused():
    make_municipality(code="essen")
    make_partnership(slug="noord")
    client = administrator()

    assert set(errors(client.post("/beheer/netwerk/gemeente/", {"name": "Essen", "code": "essen"}))) == {"code"}
    assert set(errors(client.post("/beheer/netwerk/samenwerking/", {"name": "Noord", "slug": "noord"}))) == {"slug"}
    assert ChangeLog.objects.count() == 0


@pytest.mark.parametrize("page", ["", "gemeente/", "samenwerking/", "plek/"])
def test_the_network_is_not_for_coordinators(page):
    site = make_site()

    for client in (at_desk(site), client_of(make_person(RoleKind.STEERING, partnership=site.partnership))):
        assert (
            client.get(f"/beheer/netwerk/{page}").status_code,
            client.post(f"/beheer/netwerk/{page}").status_code,
        ) == (403, 403)


@pytest.mark.parametrize("number", [1, 60])
def test_page_costs_the_same_for_one_site_and_for_many(number, django_assert_num_queries):
    for _ in range(number):
        make_site()
    client = administrator()

    with django_assert_num_queries(6):
        client.get("/beheer/netwerk/")
