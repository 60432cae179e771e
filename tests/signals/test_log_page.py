"""`/signalen/nieuw/`: half a minute, four things, and everything typed is kept when something is wrong."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from signals.forms import SignalForm, TellForm
from signals.models import Held, Theme
from sites.enums import RoleKind, SiteStatus
from sites.forms.guarded import GuardedForm
from tests.desk import client_of, errors, words
from tests.factories.signals import give, make_signal, make_worker, theme, told
from tests.factories.sites import make_role, make_site, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
LOG = "/signalen/nieuw/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)


def test_site_and_week_are_filled_in_and_the_rest_is_four_things():
    page = read(client_of(make_worker(make_site(name="De Brug"))).get(LOG))

    form = next(one for one in page.all("form") if one.attributes.get("id") == "tell")
    folded = form.one("details")
    shown = [
        one for one in form.all("input", "textarea", "select", "summary") if one.attributes.get("type") != "hidden"
    ]
    asked = [one.attributes.get("name") or one.tag for one in shown if one.tag == "summary" or one not in list(folded)]
    assert "De Brug · week van maandag 9 oktober" in page.one("main").text
    assert list(dict.fromkeys(asked)) == ["theme", "text", "summary", "consent"]
    assert len([one for one in asked if one == "theme"]) == 10
    assert [one.attributes["name"] for one in folded.all("input", "textarea", "select")] == [
        "barrier", "service", "idea", "is_positive",
    ]  # fmt: skip


def test_three_things_are_enough():
    site = make_site()

    give(client_of(make_worker(site)), site, theme=theme("energy").pk, text="De afrekening is niet te begrijpen.")

    row = Held.objects.get()
    assert (row.site, row.theme.code, row.text) == (site, "energy", "De afrekening is niet te begrijpen.")
    assert (row.barrier, row.service, row.idea, row.is_positive, row.was_asked) == ("", "", "", False, False)
    assert (row.year, row.week) == (2023, 41)


def test_everything_can_be_told_also_what_goes_well():
    site = make_site()

    give(
        client_of(make_worker(site)), site, barrier="hours", service="het loket", idea="een avond open", is_positive="on",
    )  # fmt: skip

    row = Held.objects.get()
    assert (row.barrier, row.service, row.idea, row.is_positive) == ("hours", "het loket", "een avond open", True)


def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays():
    site = make_site()
    client = client_of(make_worker(site))

    response = client.post(LOG, {"site": site.slug, "text": "Het loket is dicht.", "idea": "open op zaterdag"})

    assert errors(response) == {
        "theme": ["Kies waarover het gaat."],
        "consent": ["Vink dit aan. Zonder een ja geven we niets door."],
    }
    page = read(response)
    assert page.all("textarea")[0].text == "Het loket is dicht."
    assert "open" in page.one("details").attributes
    assert not Held.objects.exists()


def test_without_a_yes_nothing_is_kept_in_french_either():
    site = make_site()

    response = client_of(make_worker(site)).post("/fr" + LOG, told(site, consent=""))

    assert "consent" in errors(response)
    assert not Held.objects.exists()


def test_there_is_no_field_for_a_person():
    assert set(SignalForm().fields) == {"theme", "text", "barrier", "service", "idea", "is_positive", "consent"}
    assert issubclass(TellForm, GuardedForm)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": "Bel naar 0470 12 34 56."}, {"text"}),
        ({"text": "Bel naar 0470\u00a012\u00a034\u00a056."}, {"text"}),
        ({"text": "Bel naar 04\u200b70 1\u200d2 34\u2060 56."}, {"text"}),
        ({"text": "Bel naar ０４７０ １２ ３４ ５６."}, {"text"}),
        ({"service": "zie BE71 0961 2345 6769"}, {"service"}),
        ({"idea": "mail naar iemand@example.org"}, {"idea"}),
        ({"text": "Vraag het op 0470 12", "idea": "34 56 en zeg van wie"}, {"text", "idea"}),
        ({"text": "34 56 is de rest", "service": "0470 12"}, {"text", "service"}),
        ({"service": "rekening BE71 0961", "idea": "2345 6769 graag"}, {"service", "idea"}),
        ({"idea": "bel 0470", "text": "12", "service": "34 56"}, {"text", "service", "idea"}),
        ({"text": "Mevrouw Janssens begreep de brief niet."}, {"text"}),
        ({"text": "Ｍｅｖｒｏｕｗ Ｊａｎｓｓｅｎｓ begreep de brief niet."}, {"text"}),
        ({"text": "\u200b\u200b \u2060"}, {"text"}),
    ],
)
def test_what_points_at_somebody_is_not_kept_however_it_is_written(fields, wrong):
    site = make_site()

    response = client_of(make_worker(site)).post(LOG, told(site, **fields))

    assert errors(response).keys() == wrong
    assert not Held.objects.exists()


def test_what_is_too_long_is_refused_with_its_length_and_stays_whole():
    """A browser told of a limit cuts what is pasted without a word."""
    site = make_site()
    client, long = client_of(make_worker(site)), "De brief is te moeilijk. " * 200
    assert "maxlength" not in client.get(LOG).content.decode()

    response = client.post(LOG, told(site, text=long))

    (said,) = errors(response)["text"]
    assert ("600" in said, str(len(long.strip())) in said) == (True, True)
    assert long.strip() in response.content.decode()
    assert not Held.objects.exists()


def test_two_short_numbers_in_two_fields_are_no_telephone():
    site = make_site()

    give(client_of(make_worker(site)), site, text="De wachttijd is 4 tot 12 maanden.", idea="hoogstens 3 maanden")

    assert Held.objects.count() == 1


def test_who_says_that_it_is_no_person_is_believed_and_the_coordinator_is_told():
    site = make_site()
    client, data = client_of(make_worker(site)), told(site, text="Bij Fatima kan je alleen cash betalen.")

    page = read(client.post(LOG, data))
    (tick,) = [one for one in page.all("input") if one.attributes.get("name", "").endswith("-geen-persoon")]
    client.post(LOG, data | {tick.attributes["name"]: tick.attributes["value"]})

    assert Held.objects.get().was_asked


def test_signs_that_only_one_keyboard_makes_are_not_kept():
    site = make_site()

    give(
        client_of(make_worker(site)),
        site,
        text="  Het\u00a0loket “sociale\u200b dienst” is dicht…\r\n Altijd –\tzegt men. ",
    )

    assert Held.objects.get().text == 'Het loket "sociale dienst" is dicht... Altijd - zegt men.'


def test_sent_twice_is_one_signal():
    site = make_site()
    client, data = client_of(make_worker(site)), told(site)

    pages = [client.post(LOG, data).content.decode() for _ in range(3)]

    assert ["given" in pages[0], "changed" in pages[1], "changed" in pages[2]] == [True, True, True]
    assert Held.objects.count() == 1


def test_browser_that_sends_again_what_it_sent_last_week_makes_no_second_one(time_machine):
    site = make_site()
    client, data = client_of(make_worker(site)), told(site)
    client.post(LOG, data)
    Held.objects.all().delete()  # opened
    time_machine.move_to("2023-10-16T10:00+02:00", tick=False)

    response = client.post(LOG, data)

    assert "Dit formulier stond al een tijd open." in words(response)
    assert not Held.objects.exists()
    fresh = {
        one.attributes["name"]: one.attributes["value"]
        for one in read(response).all("input")
        if one.attributes.get("type") == "hidden"
    }
    assert fresh["code"] != data["code"]
    client.post(LOG, data | {"code": fresh["code"], "week": fresh["week"]})
    assert Held.objects.count() == 1


def test_nobody_chooses_the_week_or_another_site():
    own, other = make_site(), make_site()
    client = client_of(make_worker(own))

    assert client.post(LOG, told(own) | {"site": other.slug}).status_code == 404
    assert client.get(f"{LOG}?plek={other.slug}").status_code == 404
    client.post(LOG, told(own) | {"year": 2020, "number": 1})

    assert [(row.site, row.year, row.week) for row in Held.objects.all()] == [(own, 2023, 41)]


def test_who_works_at_two_sites_goes_to_the_other_with_one_tap():
    here, there, stopped = make_site(name="A"), make_site(name="B"), make_site(name="C", status=SiteStatus.STOPPED)
    user = make_worker(here)
    for site in (there, stopped):
        make_role(RoleKind.PARTNER_WORKER, user=user, site=site)
    client = client_of(user)

    links = read(client.get(LOG)).one("main").links()
    give(client, there)

    assert links == {"Is het in B?": f"?plek={there.slug}"}
    assert Held.objects.get().site == there


@pytest.mark.parametrize("kind", [RoleKind.VOLUNTEER, RoleKind.STEERING, RoleKind.ADMINISTRATOR])
def test_others_do_not_give_signals(kind):
    site = make_site()
    scope = {RoleKind.VOLUNTEER: {"site": site}, RoleKind.STEERING: {"partnership": site.partnership}}.get(kind, {})
    client = client_of(make_role(kind, **scope).user)

    assert client.get(LOG).status_code == 403
    assert client.post(LOG, told(site)).status_code == 403
    assert not Held.objects.exists()


def test_volunteer_reads_whom_to_tell_it_and_coordinator_that_it_can_be_for_others():
    site = make_site()
    volunteer = client_of(make_role(RoleKind.VOLUNTEER, site=site).user)
    coordinator = client_of(make_role(RoleKind.COORDINATOR, site=site).user)

    assert "Vertel het aan de opbouwwerker." in words(volunteer.get("/mijn/"))
    assert LOG not in volunteer.get("/mijn/").content.decode()
    assert "Vertelt een bezoeker of een vrijwilliger je iets?" in words(coordinator.get(LOG))
    give(coordinator, site)
    assert Held.objects.count() == 1


def test_who_also_checks_people_gives_signals_and_is_shown_none():
    site = make_site()
    make_signal(site, text="De wachtlijst kan je alleen online zien.")

    give(client_of(make_worker(site, checks_people=True)), site, text="De wachtlijst kan je alleen online zien.")

    assert Held.objects.count() == 1


def test_what_is_there_already_is_shown_once_and_can_be_counted_instead():
    site = make_site()
    row = make_signal(site, text="De wachtlijst kan je alleen online bekijken.")
    make_signal(make_site(), text="De wachtlijst kan je alleen online zien.")
    client, data = client_of(make_worker(site)), told(site)

    page = read(client.post(LOG, data))
    assert "Staat het er al?" in page.one("main").text
    assert [one.attributes["form"] for one in page.all("button") if "form" in one.attributes] == [f"also-{row.pk}"]
    assert not Held.objects.exists()

    client.post(LOG, data | {"toch": "1"})
    assert Held.objects.count() == 1


def test_twenty_in_an_hour_and_a_sentence_for_the_next(time_machine):
    site = make_site()
    client, other = client_of(make_worker(site)), client_of(make_worker(site))
    for number in range(20):
        give(client, site, text=f"Iets dat misloopt, nummer {number}.")

    response = client.post(LOG, told(site))

    assert response.status_code == 429
    assert "Je gaf dit uur al heel veel signalen door." in words(response)
    assert read(response).all("textarea")[0].text == "De wachtlijst kan je alleen online zien."
    give(other, site)
    time_machine.move_to("2023-10-10T11:00+02:00", tick=False)
    give(client, site)


def test_theme_that_is_no_longer_offered_cannot_be_chosen():
    site = make_site()
    Theme.objects.filter(code="housing").update(is_active=False)

    response = client_of(make_worker(site)).post(LOG, told(site))

    assert "theme" in errors(response)


def test_nothing_of_the_page_is_kept_by_a_browser_or_sent_along():
    site = make_site()
    client = client_of(make_worker(site))

    for response in (client.get(LOG), client.post(LOG, told(site)), client.post(LOG, {"site": site.slug})):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert set(response.cookies) <= {"stek-form"}
        for one in read(response).all("form"):
            if one.attributes.get("id") == "tell":
                assert one.attributes["autocomplete"] == "off"
                fields = [
                    field
                    for field in one.all("textarea", "input")
                    if field.attributes.get("name") in {"text", "service", "idea"}
                ]
                assert [field.attributes["autocomplete"] for field in fields] == ["off"] * 3


def test_code_is_of_chance_and_another_each_time():
    client = client_of(make_worker(make_site()))

    codes = [re.search(r'name="code" value="([\w-]{32})"', client.get(LOG).content.decode())[1] for _ in range(5)]

    assert len(set(codes)) == 5


def test_stranger_is_led_to_the_door():
    assert Client().get(LOG)["Location"].startswith("/account/aanmelden/")
    assert client_of(make_user()).get(LOG).status_code == 403
