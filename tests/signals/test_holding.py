"""While a signal waits: changed, taken back, and that more than one organisation spoke of it."""

from __future__ import annotations

import pytest

from partners.models import Membership
from signals.actions import holding
from signals.contributors import contributor_of, note_contribution
from signals.models import Contribution, Held
from signals.quarters import quarter
from signals.rules import hash_of, new_code
from sites.enums import RoleKind
from tests.desk import client_of, words
from tests.factories.partners import make_membership, make_organisation
from tests.factories.signals import give, make_held, make_worker, theme, told
from tests.factories.sites import make_role, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db
LOG, AGAIN, BACK = "/signalen/nieuw/", "/signalen/nieuw/veranderen/", "/signalen/nieuw/intrekken/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)
    return time_machine


def hold(site, contributor="organisation 1", **fields):
    plain = {
        "theme": theme(),
        "text": "Er is iets.",
        "barrier": "",
        "service": "",
        "idea": "",
        "is_positive": False,
        "was_asked": False,
    }
    return holding.hold(site, code=fields.pop("code", new_code()), contributor=contributor, **plain | fields)


# --- Changing and taking back -------------------------------------------------------------------------------------------------------


def test_with_its_code_a_signal_is_looked_at_changed_and_still_one():
    site = make_site()
    client = client_of(make_worker(site))
    code = give(client, site, idea="een brief")

    page = read(client.post(AGAIN, {"code": code, "site": site.slug}))
    assert page.all("textarea")[0].text == "De wachtlijst kan je alleen online zien."
    hidden = {
        one.attributes["name"]: one.attributes["value"]
        for one in page.all("input")
        if one.attributes.get("type") == "hidden" and one.up("form").attributes.get("id") == "tell"
    }
    response = client.post(LOG, hidden | {"theme": theme("energy").pk, "text": "Nu anders.", "consent": "on"})

    assert "Bewaard" in words(response)
    row = Held.objects.get()
    assert (row.theme.code, row.text, row.idea, row.code_hash) == ("energy", "Nu anders.", "", hash_of(code))


def test_who_takes_it_back_leaves_no_row():
    site = make_site()
    client = client_of(make_worker(site))
    code = give(client, site)
    other = make_held(site)

    response = client.post(BACK, {"code": code, "site": site.slug})

    assert "Je signaal is teruggehaald" in words(response)
    assert [row.code_hash for row in Held.objects.all()] == [other.code_hash]


def test_of_what_no_longer_waits_nothing_is_changed_or_made():
    site = make_site()
    client = client_of(make_worker(site))
    code = give(client, site)
    Held.objects.all().delete()  # opened

    for path, data in ((AGAIN, {}), (BACK, {}), (LOG, told(site, wijzig="1"))):
        response = client.post(path, {"code": code, "site": site.slug} | data | {"code": code})
        assert "Dit signaal wacht niet meer" in words(response)
        assert response.status_code == 200
    assert not Held.objects.exists()


def test_signal_that_waits_longer_stays_of_its_own_week(clock):
    site = make_site()
    worker = make_worker(site)
    client = client_of(worker)
    code = give(client, site)
    assert "ten vroegste tot maandag 16 oktober" in words(client.post(LOG, told(site, code=code, wijzig="1")))
    clock.move_to("2023-10-19T10:00+02:00", tick=False)
    client = client_of(worker)

    assert "week van maandag 9 oktober" in words(client.post(AGAIN, {"code": code, "site": site.slug}))
    assert "week van maandag 9 oktober" in words(client.post(LOG, told(site, code=code, wijzig="1", consent="")))
    assert "ten vroegste tot vrijdag 20 oktober" in words(client.post(LOG, told(site, code=code, wijzig="1")))
    assert [(row.year, row.week) for row in Held.objects.all()] == [(2023, 41)]


@pytest.mark.parametrize("path", [AGAIN, BACK])
def test_code_opens_nothing_to_who_has_no_key_of_the_site(path):
    site, other = make_site(), make_site()
    code = give(client_of(make_worker(site)), site, text="Een geheim van hier.")

    response = client_of(make_worker(other)).post(path, {"code": code})

    assert "Dit signaal wacht niet meer" in words(response)
    assert "geheim" not in response.content.decode()
    assert Held.objects.count() == 1


@pytest.mark.parametrize("path", [AGAIN, BACK])
def test_looking_leads_to_the_form(path):
    response = client_of(make_worker(make_site())).get(path)

    assert (response.status_code, response["Location"]) == (302, LOG)


@pytest.mark.parametrize("code", ["", "x", "' OR 1=1", "a" * 33, "é" * 32])
def test_what_is_no_code_is_none(code):
    site = make_site()
    client = client_of(make_worker(site))
    make_held(site)

    assert "wacht niet meer" in words(client.post(BACK, {"code": code}))
    client.post(LOG, told(site, code=code))
    assert Held.objects.count() == 2


def test_signal_stays_where_it_was_given():
    here, there = make_site(), make_site()
    user = make_worker(here)
    make_role(RoleKind.PARTNER_WORKER, user=user, site=there)
    client = client_of(user)
    code = give(client, here)

    client.post(LOG, told(there, code=code, text="Nu anders."))

    assert [(row.site, row.text) for row in Held.objects.all()] == [(here, "Nu anders.")]


def test_code_of_a_site_one_has_no_key_of_any_more_makes_nothing():
    here, there = make_site(), make_site()
    code = give(client_of(make_worker(here)), here)

    response = client_of(make_worker(there)).post(LOG, told(there, code=code))

    assert "Dit signaal wacht niet meer" in words(response)
    assert [row.site for row in Held.objects.all()] == [here]


def test_code_itself_is_nowhere():
    site = make_site()
    code = give(client_of(make_worker(site)), site)

    row = Held.objects.values().get()
    assert code not in str(row)
    assert row["code_hash"] == hash_of(code)


# --- Several organisations ----------------------------------------------------------------------------------------------------------


def flags():
    return {(row.quarter, row.theme): row.several for row in Contribution.objects.all()}


def test_second_organisation_makes_it_several_and_the_token_is_gone():
    site = make_site()
    hold(site, "organisation 1")
    token = Contribution.objects.get().token
    hold(site, "organisation 1")
    assert flags() == {(4, "housing"): False}
    assert Contribution.objects.get().token == token

    hold(site, "organisation 2")

    assert flags() == {(4, "housing"): True}
    assert Contribution.objects.get().token == ""
    hold(site, "organisation 1")
    assert flags() == {(4, "housing"): True}


def test_two_sites_of_a_partnership_count_together_and_another_partnership_apart():
    site = make_site()
    beside, elsewhere = make_site(partnership=site.partnership), make_site()
    hold(site, "organisation 1")
    hold(elsewhere, "organisation 2")
    assert [row.several for row in Contribution.objects.all()] == [False, False]

    hold(beside, "organisation 2")

    assert {row.partnership: row.several for row in Contribution.objects.all()} == {
        site.partnership_id: True, elsewhere.partnership_id: False,
    }  # fmt: skip


def test_tokens_of_one_organisation_are_not_alike():
    site = make_site()
    hold(site, "organisation 1", theme=theme("energy"))
    hold(site, "organisation 1", theme=theme("housing"))

    note_contribution(
        "organisation 1", partnership=site.partnership_id, quarter=quarter(2024, 1), theme=theme("energy")
    )

    tokens = [row.token for row in Contribution.objects.all()]
    assert len(set(tokens)) == 3


def test_token_says_nothing_without_the_secret(settings):
    site = make_site()
    hold(site, "organisation 1")
    token = Contribution.objects.get().token
    Contribution.objects.all().delete()
    settings.SECRET_KEY = "another secret altogether, of some length"

    hold(site, "organisation 1")

    assert Contribution.objects.get().token != token


def test_new_secret_makes_no_second_organisation_of_the_first(settings):
    site = make_site()
    hold(site, "organisation 1")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret altogether, of some length"

    hold(site, "organisation 1")
    assert flags() == {(4, "housing"): False}
    hold(site, "organisation 2")
    assert flags() == {(4, "housing"): True}


def test_somebody_speaks_for_their_organisation_there_and_all_coordinators_for_the_desk():
    here, there = make_site(), make_site()
    organisation, other = make_organisation(), make_organisation()
    worker = make_worker(here, organisation=organisation)
    make_membership(there, user=worker, organisation=other)
    first, second = (make_role(RoleKind.COORDINATOR, site=site).user for site in (here, there))

    assert contributor_of(worker, here) == f"organisation {organisation.pk}"
    assert contributor_of(worker, there) == f"organisation {other.pk}"
    assert contributor_of(first, here) == contributor_of(second, there) == "desk"
    Membership.objects.filter(user=worker).update(until="2023-10-09")
    assert contributor_of(worker, here) == "desk"
