"""Free text at the desk: refused where it points at a person, asked about once where it may, and kept nowhere when refused."""

from __future__ import annotations

import json
import logging

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from sites.enums import Precision
from sites.models import ChangeLog, Milestone, Session, Site
from tests.desk import administrator, at_desk, errors, filled, words
from tests.factories.partners import make_organisation
from tests.factories.sites import make_milestone, make_place, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

NEW = "/beheer/hier/sleutelmomenten/nieuw/"
NUMBER = "0470 12 34 56"
MOMENT = {"precision": Precision.DAY.value, "day": "14/7/2022"}


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier", name="Kattegat")


def tick(response) -> dict[str, str]:
    """The tick that stands under a field, as a browser would send it."""
    node = next(one for one in read(response).all("input") if one.attributes.get("name", "").endswith("-geen-persoon"))
    return {node.attributes["name"]: node.attributes["value"]}


def everything_cached() -> str:
    """Keys and values, of a cache in memory or in Redis."""
    if hasattr(cache, "_expire_info"):
        return repr(cache._cache)
    redis = cache._cache.get_client()
    return repr([(key, redis.dump(key)) for key in redis.keys("*")])


def test_a_telephone_number_is_refused_beside_its_field_and_everything_typed_stays(site):
    response = at_desk(site).post(NEW, MOMENT | {"text": f"Bel {NUMBER}", "text_fr": "Tout le reste"})

    assert Milestone.objects.count() == 0
    assert errors(response) == {"text": ["Hier staat een telefoonnummer. Haal dat weg, dan kan je dit bewaren."]}
    page = read(response)
    assert filled(page)["text"] == f"Bel {NUMBER}"
    assert filled(page)["text_fr"] == "Tout le reste"
    assert [mark.text for mark in page.all("mark")] == [NUMBER]
    assert "-geen-persoon" not in response.content.decode()


def test_a_refusal_speaks_the_language_of_the_page(site):
    response = at_desk(site).post("/fr" + NEW, MOMENT | {"text": f"Appelez {NUMBER}"})

    assert errors(response)["text"] == ["Il y a ici un numéro de téléphone. Enlevez cela, et vous pourrez enregistrer."]
    assert "Dans un village, on se reconnaît vite." in words(response)


def test_a_name_is_asked_about_once_and_kept_when_it_is_said_to_be_no_person(site):
    client, sent = at_desk(site), MOMENT | {"text": "Fatima kookt voor ons"}

    asked = client.post(NEW, sent)

    assert Milestone.objects.count() == 0
    assert errors(asked)["text"] == [
        "Hier staat misschien een naam. Schrijf het anders, of zeg dat het geen persoon is."
    ]
    assert client.post(NEW, sent | tick(asked)).status_code == 302
    assert Milestone.objects.get().text == "Fatima kookt voor ons"


def test_a_tick_holds_for_the_words_it_was_given_for(site):
    client = at_desk(site)
    asked = client.post(NEW, MOMENT | {"text": "Fatima kookt voor ons"})

    again = client.post(NEW, MOMENT | {"text": "Zeynep kookt voor ons"} | tick(asked))

    assert Milestone.objects.count() == 0
    assert [mark.text for mark in read(again).all("mark")] == ["Zeynep"]
    assert tick(again) != tick(asked)


def test_a_tick_does_not_let_a_number_through(site):
    client = at_desk(site)
    asked = client.post(NEW, MOMENT | {"text": "Fatima kookt voor ons"})

    client.post(NEW, MOMENT | {"text": f"Fatima kookt voor ons, {NUMBER}"} | tick(asked))

    assert Milestone.objects.count() == 0


def test_a_tick_stays_when_something_else_is_wrong(site):
    client = at_desk(site)
    asked = client.post(NEW, MOMENT | {"text": "Fatima kookt voor ons"})

    response = client.post(
        NEW, {"text": "Fatima kookt voor ons", "precision": MOMENT["precision"], "day": ""} | tick(asked)
    )

    assert list(errors(response)) == ["day"]
    assert tick(asked).items() <= filled(read(response)).items()


def test_names_of_the_network_are_no_persons(site):
    make_organisation(name="Huize Fatima")

    assert at_desk(site).post(NEW, MOMENT | {"text": "Huize Fatima opent de deur"}).status_code == 302


def test_a_name_that_stood_there_is_not_asked_about_again(site):
    moment = make_milestone(site, text="Fatima kookt voor ons")
    client, path = at_desk(site), f"/beheer/hier/sleutelmomenten/{moment.pk}/"

    sent = filled(read(client.get(path))) | {"text_en": "The kitchen opens"}

    assert client.post(path, sent).status_code == 302


def test_a_channel_takes_a_number_and_no_name(site):
    client, path = at_desk(site), "/beheer/hier/plek/"
    sent = filled(read(client.get(path)))

    assert client.post(path, sent | {"contact": f"Balie, {NUMBER}"}).status_code == 302
    assert list(errors(client.post(path, sent | {"contact": f"Fatima, {NUMBER}"}))) == ["contact"]


def test_an_address_of_a_house_is_its_own(site):
    place = make_place(site)
    client, path = at_desk(site), f"/beheer/hier/adressen/{place.pk}/"
    sent = filled(read(client.get(path)))

    assert client.post(path, sent | {"address": "Dorpsstraat 5, Kalmthout"}).status_code == 302
    assert list(errors(client.post(path, sent | {"by_ride": "Vraag het in Dorpsstraat 7"}))) == ["by_ride"]


def test_what_was_refused_is_kept_nowhere(site, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    client = at_desk(site)
    secret = {"text": f"Zoulikha, {NUMBER}, zoulikha@voorbeeld.example"}

    client.post(NEW, MOMENT | secret)
    client.post("/taal-hulp/", {"text": secret["text"], "field": "text"})

    call_command("dumpdata", output=str(tmp_path / "dump.json"), verbosity=0)
    kept = (tmp_path / "dump.json").read_text() + caplog.text + json.dumps(list(client.session.items()), default=str)
    kept += repr(list(ChangeLog.objects.values())) + repr([row.get_decoded() for row in Session.objects.all()])
    kept += everything_cached() + repr(client.cookies)
    for word in ("Zoulikha", "zoulikha", NUMBER, b"Zoulikha".hex()):
        assert word not in kept
    assert "hier" in kept


def test_the_admin_refuses_and_asks_too(site):
    client, path = administrator(), "/admin/sites/closure/add/"
    sent = {"site": site.pk, "partnership": site.partnership_id, "first_day": "2024-07-01", "last_day": "2024-07-02"}

    refused = client.post(path, sent | {"reason": f"Bel {NUMBER}"})
    asked = client.post(path, sent | {"reason": "Fatima is ziek"})

    assert "Hier staat een telefoonnummer." in refused.content.decode()
    assert "Hier staat misschien een naam." in asked.content.decode()
    done = client.post(path, sent | {"reason": "Fatima is ziek"} | tick(asked))

    assert done.status_code == 302
    assert [closure.reason for closure in site.closures.all()] == ["Fatima is ziek"]


class TestWhileTyping:
    def test_it_answers_what_it_sees_and_how_to_say_it(self, site):
        response = at_desk(site).post("/taal-hulp/", {"text": "Zeynep belt", "field": "text"})

        said = response.json()
        assert said["findings"] == [{"kind": "name", "start": 0, "end": 6, "severity": "warn"}]
        assert "Schrijf bijvoorbeeld" in said["hint"]
        assert 'name="text-geen-persoon"' in said["hint"]
        assert "no-store" in response["Cache-Control"]

    def test_a_tick_given_while_typing_is_the_one_that_the_form_asks_for(self, site):
        client, text = at_desk(site), "Fatima kookt voor ons"
        helped = client.post("/taal-hulp/", {"text": text, "field": "text"})

        asked = client.post(NEW, MOMENT | {"text": text})

        assert [value for value in tick(asked).values() if value in helped.json()["hint"]]

    def test_it_speaks_the_language_of_the_page(self, site):
        said = at_desk(site).post("/fr/taal-hulp/", {"text": NUMBER, "field": "text"}).json()

        assert "Il y a ici un numéro de téléphone" in said["hint"]

    def test_nothing_seen_is_nothing_said(self, site):
        make_organisation(name="Huize Fatima")

        said = at_desk(site).post("/taal-hulp/", {"text": "Huize Fatima opent", "field": "text"}).json()

        assert said == {"findings": [], "hint": ""}

    def test_words_come_back_as_words(self, site):
        said = at_desk(site).post("/taal-hulp/", {"text": f"<b>{NUMBER}</b>", "field": '"><script>'}).json()

        assert "<b>" not in said["hint"]
        assert "<script>" not in said["hint"]

    def test_what_is_welcome_in_the_field_is_left_alone(self, site):
        assert at_desk(site).post("/taal-hulp/", {"text": NUMBER, "welcome": "phone email"}).json()["hint"] == ""

    def test_it_is_for_who_is_signed_in_and_only_asked_by_post(self, site):
        assert Client().post("/taal-hulp/", {"text": NUMBER}).status_code == 302
        assert at_desk(site).get("/taal-hulp/").status_code == 405

    def test_it_wants_the_token_of_the_form(self, site):
        client = at_desk(site)
        client.handler.enforce_csrf_checks = True

        assert client.post("/taal-hulp/", {"text": NUMBER}).status_code == 403

    def test_who_asks_too_often_waits_and_others_do_not(self, site):
        client, other = at_desk(site), at_desk(site)

        answers = [client.post("/taal-hulp/", {"text": "x"}).status_code for _ in range(122)]

        assert answers == [200] * 120 + [429] * 2
        assert other.post("/taal-hulp/", {"text": "x"}).status_code == 200
