"""The referral guide: kept by coordinators, read by everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.actions.services import change_service
from partners.models import Service
from sites.enums import RoleKind, SiteStatus
from sites.history import latest
from tests.desk import at_desk, errors, form_at, words
from tests.factories.partners import make_engagement, make_organisation, make_service
from tests.factories.sites import make_person, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

DESK = "/beheer/hier/wegwijzer/"


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier", languages=["fr"])


def guide(language: str = "") -> str:
    return read(Client().get(f"{language}/wegwijzer/")).one("main").text


def test_line_is_written_changed_and_taken_out(site):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    client = at_desk(site)

    said = {
        "organisation": caw.pk,
        "name": "Onthaal",
        "what_for": "Luisteren",
        "what_for_fr": "Écouter",
        "reach": "03 123 45 67",
    }
    for _twice in range(2):
        client.post(f"{DESK}nieuw/", said)
    service = Service.objects.get()
    path = f"{DESK}{service.pk}/"
    client.post(path, form_at(client, path) | {"what_for": "Luisteren en zoeken"})
    shown, french = guide(), guide("/fr")
    client.post(f"{path}aan-of-uit/", {"uit": "1"})

    for piece in ("CAW", "Onthaal", "Luisteren en zoeken", "03 123 45 67"):
        assert piece in shown, piece
    assert "Écouter" in french
    assert service.code == "onthaal"
    assert "Onthaal" not in guide()
    assert "niet meer in de wegwijzer" in words(client.get(DESK))
    client.post(f"{path}aan-of-uit/", {"aan": "1"})
    assert "Onthaal" in guide()


def test_line_that_was_taken_out_comes_back_as_it_is_told_now_and_none_is_lost_silently(site):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    client, said = at_desk(site), {"organisation": caw.pk, "name": "Onthaal", "what_for": "Luisteren"}
    client.post(f"{DESK}nieuw/", said)
    client.post(f"{DESK}{Service.objects.get().pk}/aan-of-uit/", {"uit": "1"})

    client.post(f"{DESK}nieuw/", said | {"what_for": "Luisteren en zoeken"})
    assert "Luisteren en zoeken" in guide()

    twice = client.post(f"{DESK}nieuw/", said | {"what_for": "Iets anders"})
    assert errors(twice)["name"] == ["Deze dienst staat al in de wegwijzer. Verander ze daar."]
    assert "Iets anders" in twice.content.decode()
    assert Service.objects.get().what_for == "Luisteren en zoeken"


def test_person_is_no_way_to_reach_a_service(site):
    caw = make_organisation()
    make_engagement(site, organisation=caw)

    answer = at_desk(site).post(
        f"{DESK}nieuw/", {"organisation": caw.pk, "name": "Onthaal", "what_for": "Vraag naar Fatima Benali"}
    )

    assert "what_for" in errors(answer)
    assert not Service.objects.exists()


def test_guide_shows_what_is_on_the_street_only():
    make_service(make_site(), name="Zichtbaar")
    make_service(make_site(status=SiteStatus.STARTING), name="Verborgen")

    shown = guide()

    assert "Zichtbaar" in shown
    assert "Verborgen" not in shown


def test_second_of_two_sees_what_the_first_wrote(site):
    service = make_service(site)
    path = f"{DESK}{service.pk}/"
    one, other = at_desk(site), at_desk(site)
    opened = form_at(other, path)
    one.post(path, form_at(one, path) | {"what_for": "Van de eerste"})

    answer = other.post(path, opened | {"what_for": "Van de tweede"})

    assert answer.status_code == 409
    assert Service.objects.get().what_for == "Van de eerste"


def test_two_organisations_of_one_name_stand_apart(site):
    for reach in ("in Essen", "in Kalmthout"):
        make_service(site, organisation=make_organisation(name="Rap op Stap"), name="Reizen", reach=reach)

    sections = [section.text for section in read(Client().get("/wegwijzer/")).all("section")]

    assert [[place in one for place in ("Essen", "Kalmthout")] for one in sections] == [[True, False], [False, True]]


def test_every_place_of_the_guide_reads_who_changed_it(site):
    beside = make_site(partnership=site.partnership, slug="ernaast")
    elsewhere = make_site(slug="elders")
    service = make_service(site, name="Onthaal")

    change_service(service, by=None, name="Onthaal in Hier")

    told = [
        len(latest(make_person(RoleKind.COORDINATOR, site=one), one, ["partners.service"]))
        for one in (site, beside, elsewhere)
    ]
    assert told == [1, 1, 0]
