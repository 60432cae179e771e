"""`/beheer/<slug>/sleutelmomenten/` and `/beheer/<slug>/nakijken/`."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from sites.enums import Criterion, Precision
from sites.models import Milestone, Site, SiteCheck
from tests.desk import administrator, at_desk, errors, filled, form_at, words
from tests.factories.sites import make_check, make_milestone, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier")


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        (Precision.DAY, "14 juli 2022"),
        (Precision.MONTH, "juli 2022"),
        (Precision.SEASON, "zomer 2022"),
        (Precision.YEAR, "2022"),
    ],
)
def test_a_moment_is_added_as_exactly_as_it_is_known_and_visitors_read_it(site, precision, told):
    other = make_site()
    sent = {
        "text": "De deur gaat open",
        "text_fr": "La porte s’ouvre",
        "precision": precision.value,
        "day": "14/7/2022",
    }

    at_desk(site).post(
        "/beheer/hier/sleutelmomenten/nieuw/", sent | {"site": other.pk, "partnership": other.partnership_id}
    )

    assert Milestone.objects.get().site == site
    assert f"{told}De deur gaat open" in words(Client().get("/hier/sleutelmomenten/"))
    assert "La porte s’ouvre" in words(Client().get("/fr/hier/sleutelmomenten/"))
    assert "De deur" not in words(Client().get(f"/{other.slug}/sleutelmomenten/"))


def test_one_form_sent_twice_is_one_moment(site):
    client, path = at_desk(site), "/beheer/hier/sleutelmomenten/nieuw/"
    sent = form_at(client, path) | {"text": "De deur gaat open", "precision": "1", "day": "2023-01-09"}

    assert [client.post(path, sent).status_code for _twice in range(2)] == [302, 302]
    assert Milestone.objects.filter(text="De deur gaat open").count() == 1


def test_a_correction_says_so_to_visitors_and_keeps_the_translations(site):
    moment = make_milestone(
        site, translations={"fr": "Bonjour", "tr": "Merhaba"}, correction_translations={"fr": "Vieux"}
    )
    client, path = at_desk(site), f"/beheer/hier/sleutelmomenten/{moment.pk}/"

    client.post(path, form_at(client, path) | {"day": "2022-06-02", "correction_note": "Het was een dag later"})

    moment.refresh_from_db()
    assert (str(moment.day), moment.translations) == ("2022-06-02", {"fr": "Bonjour", "tr": "Merhaba"})
    assert moment.correction_translations == {}
    assert "Het was een dag later" in words(Client().get("/hier/sleutelmomenten/"))


def test_two_at_one_moment_lose_nothing(site):
    moment = make_milestone(site)
    client, path = at_desk(site), f"/beheer/hier/sleutelmomenten/{moment.pk}/"
    typed = form_at(client, path) | {"text": "Van de tweede"}
    client.post(path, form_at(client, path) | {"text": "Van de eerste"})

    response = client.post(path, typed)

    assert (response.status_code, filled(read(response))["text"]) == (409, "Van de tweede")
    assert client.post(path, filled(read(response))).status_code == 302


def test_wrong_input_is_told_beside_its_field(site):
    response = at_desk(site).post(
        "/beheer/hier/sleutelmomenten/nieuw/", {"text": "", "precision": "9", "day": "30/2/2022"}
    )

    assert set(errors(response)) == {"text", "precision", "day"}
    assert not Milestone.objects.exists()


def test_a_moment_of_all_sites_is_for_who_may_act_for_all(site):
    beside = make_site(partnership=site.partnership)
    moment = make_milestone(partnership=site.partnership, text="Van allen")
    path = f"/beheer/hier/sleutelmomenten/{moment.pk}/"

    for client, status in ((at_desk(site), 403), (administrator(), 200)):
        assert (client.get(path).status_code, "Van allen" in words(client.get("/beheer/hier/sleutelmomenten/"))) == (
            status,
            True,
        )
    assert at_desk(site).post(path, {"text": "Gekaapt"}).status_code == 403
    both = at_desk(site, beside)
    assert both.get(path).status_code in {200, 403}
    assert Milestone.objects.get().text == "Van allen"


def answered(score: str = "yes") -> dict[str, str]:
    return {f"{code}_score": score for code in Criterion.values} | {
        "reachable_note": "Er is een helling",
        "actions": "Praten",
    }


def test_a_check_is_kept_beside_the_one_before(site):
    before = make_check(site, day=dt.date(2022, 10, 1))
    make_check(make_site(), day=dt.date(2022, 11, 1), actions="Van een ander")
    client = at_desk(site)

    client.post("/beheer/hier/nakijken/nieuw/", answered() | {"day": "2023-10-09"})

    check = SiteCheck.objects.at(site).first()
    assert (check.answers["reachable"], check.actions) == ({"score": "yes", "note": "Er is een helling"}, "Praten")
    listed = words(client.get("/beheer/hier/nakijken/"))
    assert "9 oktober 2023 10 van 10 keer “ja”" in listed
    assert "1 oktober 2022 0 van 1 keer “ja”" in listed
    page = words(client.get(f"/beheer/hier/nakijken/{check.pk}/"))
    for told in ("9 oktober 2023jaEr is een helling 1 oktober 2022een beetje", "Praten"):
        assert told in page
    assert "Van een ander" not in words(client.get(f"/beheer/hier/nakijken/{before.pk}/"))


def test_any_two_checks_stand_side_by_side_and_none_of_another_site(site):
    days = [dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2022, 1, 1)]
    first, second, third = (make_check(site, day=day, actions=f"in {day.year}") for day in days)
    theirs = make_check(make_site(), actions="Van hen")
    client = at_desk(site)

    def actions(query: str) -> str:
        return words(client.get(f"/beheer/hier/nakijken/{third.pk}/{query}")).split("Wat gaan we doen?")[1]

    assert "in 2021" in actions("")
    assert "in 2020" in actions(f"?naast={first.pk}")
    for query in (f"?naast={theirs.pk}", "?naast=x", "?naast="):
        assert "in 2021" in actions(query)
    assert second.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [({"day": "2023-10-11"}, "day"), ({"day": "2022-10-01"}, "day"), ({"day": "x"}, "day"), ({"useful_score": ""}, "useful_score"),
     ({"useful_score": "soms"}, "useful_score"), ({"reachable_note": "x" * 301}, "reachable_note"), ({"actions": "x" * 1001}, "actions")],
)  # fmt: skip
def test_a_check_that_cannot_be_is_refused_and_stays_typed(site, change, field):
    make_check(site, day=dt.date(2022, 10, 1))

    response = at_desk(site).post("/beheer/hier/nakijken/nieuw/", answered() | {"day": "2023-10-09"} | change)

    assert (response.status_code, set(errors(response))) == (200, {field})
    assert filled(read(response)).items() >= {"affordable_score": "yes"}.items()
    assert SiteCheck.objects.count() == 1


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize(("name", "queries"), [("sleutelmomenten", 8), ("nakijken", 6)])
def test_pages_cost_the_same_for_one_and_for_a_hundred(site, name, queries, number, django_assert_num_queries):
    client = at_desk(site)
    for at in range(number):
        make_milestone(site)
        make_check(site, day=dt.date(2020, 1, 1) + dt.timedelta(days=at))

    with django_assert_num_queries(queries):
        client.get(f"/beheer/hier/{name}/")
