"""Forms about partners: two at once, days that cannot be meant, and what is another site's business."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from partners.models import Organisation
from sites.enums import RoleKind
from tests.factories.partners import make_body, make_engagement, make_organisation, make_seat
from tests.factories.sites import make_role, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

TUESDAY = "2023-10-10T09:00+02:00"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def site():
    return make_site(slug="hier")


@pytest.fixture
def client(site):
    client = Client()
    client.force_login(make_role(RoleKind.COORDINATOR, site=site).user)
    return client


def filled(client, path: str) -> dict[str, str]:
    """What a browser would send back unchanged."""
    page = read(client.get(path))
    inputs = [
        node for node in page.one("main").all("input") if node.attributes.get("type") not in {"checkbox", "radio"}
    ]
    values = {node.attributes["name"]: node.attributes.get("value", "") for node in inputs if "name" in node.attributes}
    chosen = [node for node in page.all("option") if "selected" in node.attributes]
    return values | {node.up("select").attributes["name"]: node.attributes["value"] for node in chosen}


def test_second_tab_is_shown_what_the_first_wrote_and_then_may_go_on(site, client):
    organisation = make_engagement(site).organisation
    path = f"/beheer/hier/partners/{organisation.pk}/gegevens/"
    first, second = filled(client, path), filled(client, path)
    client.post(path, first | {"contact": "De balie"})

    answer = client.post(path, second | {"website": "https://voorbeeld.example/"})

    page = read(answer)
    assert "Iemand anders veranderde dit terwijl jij bezig was." in page.text
    assert "Nu staat er bij “Hoe bereik je ze?”: De balie" in page.text
    assert Organisation.objects.get(pk=organisation.pk).website == ""
    (seen,) = [node.attributes["value"] for node in page.all("input") if node.attributes.get("name") == "seen"]
    client.post(path, second | {"website": "https://voorbeeld.example/", "contact": "De balie", "seen": seen})
    kept = Organisation.objects.get(pk=organisation.pk)
    assert (kept.contact, kept.website) == ("De balie", "https://voorbeeld.example/")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31/02/2023"])
@pytest.mark.parametrize("page", ["check-in/", ""])
def test_day_that_cannot_be_meant_is_refused_beside_its_field(site, client, page, day):
    engagement = make_engagement(site)
    path = f"/beheer/hier/partners/engagement/{engagement.pk}/{page}"

    answer = client.post(path, {"day": day, "since": day, "since_precision": 3, "satisfaction": 3, "does": "Koffie"})

    assert answer.status_code == 200
    assert len([node for node in read(answer).all("p") if node.attributes.get("class") == "err"]) >= 1


def test_day_is_read_as_europe_writes_it_in_every_language(site, client):
    role = make_role(RoleKind.VOLUNTEER, site=site)

    client.post(f"/en/beheer/hier/mensen/sleutel/{role.pk}/", {"on": "11/12/2023", "step": "end"})

    role.refresh_from_db()
    assert role.until == dt.date(2023, 12, 11)


@pytest.mark.parametrize(("since", "status"), [("2023-10-09", 200), ("2023-10-10", 302)])
def test_name_begins_today_at_the_earliest(site, client, since, status):
    organisation = make_engagement(site).organisation

    answer = client.post(f"/beheer/hier/partners/{organisation.pk}/naam/", {"name": "Nieuw", "since": since})

    assert answer.status_code == status
    assert organisation.names.filter(name="Nieuw").exists() == (status == 302)


def test_partner_of_another_site_with_a_seat_over_this_one_may_be_seen_and_not_changed(site, client):
    other = make_site(partnership=site.partnership)
    organisation = make_engagement(other).organisation
    steering = make_body(partnership=site.partnership)
    seat = make_seat(steering, organisation=organisation)
    page = f"/beheer/hier/partners/{organisation.pk}/"

    found = {path: client.post(page + path).status_code for path in ("gegevens/", "naam/")}

    assert client.get(page).status_code == 200
    assert found == {"gegevens/": 403, "naam/": 403}
    assert client.post(f"/beheer/hier/groepen/zitje/{seat.pk}/", {"until": "2023-10-01"}).status_code == 403
    assert (
        client.post(f"/beheer/hier/groepen/{steering.pk}/", {"organisation": make_organisation().pk}).status_code == 403
    )
    assert "Pas de gegevens aan" not in client.get(page).content.decode()


def test_two_clicks_close_once(site, client):
    days = {"first_day": "2023-11-06", "last_day": "2023-11-10", "reason": "Vloer", "zeker": "1"}

    for _ in range(2):
        client.post("/beheer/hier/sluitingen/nieuw/", days)

    assert site.closures.count() == 1


def test_refusal_is_kept_by_no_cache(client):
    assert "no-store" in client.get("/beheer/nergens/")["Cache-Control"]
