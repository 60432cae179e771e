"""The pages of ideas: the box for everybody, what became of them, and the coordinator's board."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from activities.enums import IdeaStatus
from activities.models import Activity, ActivityType, Idea, IdeaTable
from activities.views.idea_box import MOST
from tests.desk import at_desk, errors, filled, form_at, sent_by, words
from tests.factories.activities import make_idea, make_idea_table
from tests.factories.sites import make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

BOX, PAGE, DESK = "/hier/ideeen/geef/", "/hier/ideeen/", "/beheer/hier/ideeen/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    cache.clear()
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    make_site(slug="daar", name="Daar")
    return make_site(slug="hier", name="Hier")


def give(clock, text: str, *, after: float = 20, path: str = BOX, **more):
    """As a person does: look, think for some seconds, send."""
    client = Client()
    form = filled(read(client.get(path)))
    clock.shift(dt.timedelta(seconds=after))
    return client.post(path, form | {"text": text} | more)


def test_idea_goes_into_the_box_of_that_place_and_no_cookie_but_the_forms(site, clock):
    client = Client(enforce_csrf_checks=True)
    form = filled(read(client.get(BOX)))
    clock.shift(dt.timedelta(seconds=20))
    done = client.post(
        BOX, form | {"text": "Samen zwemmen", "csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    )

    assert (done.status_code, done["Location"]) == (302, "/hier/ideeen/bedankt/")
    assert set(client.cookies) == {settings.CSRF_COOKIE_NAME}
    assert list(Idea.objects.values_list("site", "text", "status")) == [(site.pk, "Samen zwemmen", "waiting")]
    assert "Samen zwemmen" not in Client().get(PAGE).content.decode()
    assert client.get(done["Location"]).status_code == 200


def test_idea_in_another_language_keeps_it(site, clock):
    give(clock, "السباحة معا", path=f"/ar{BOX}")
    Idea.objects.update(status=IdeaStatus.PROPOSED)

    page = read(Client().get(PAGE))

    assert Idea.objects.get().language == "ar"
    assert [node.text for node in page.all("span") if node.attributes.get("lang") == "ar"] == ["السباحة معا"]


@pytest.mark.parametrize(
    ("after", "more", "said"),
    [
        (1, {}, "heel snel"),
        (25 * 3600, {}, "lang open"),
        (20, {"homepage": "x"}, "Laat dit leeg"),
        (20, {"sleutel": "verzonnen"}, "lang open"),
    ],
)
def test_what_a_program_sends_is_not_kept_and_a_person_loses_nothing(site, clock, after, more, said):
    answer = give(clock, "Koken", after=after, **more)

    assert said in " ".join(errors(answer)[""])
    assert filled(read(answer))["text"] == "Koken"
    assert not Idea.objects.exists()


def test_name_of_a_person_is_refused_beside_the_field_and_kept_nowhere(site, clock):
    answer = give(clock, "Laat Fatima Benali koken, bel 0478 12 34 56")

    assert "text" in errors(answer)
    assert not Idea.objects.exists()


def test_one_address_fills_no_box(site, clock):
    found = [give(clock, f"Idee nummer {number}").status_code for number in range(MOST + 1)]

    assert (found, Idea.objects.count()) == ([302] * MOST + [429], MOST)


def test_place_that_does_not_run_takes_no_ideas(site):
    make_site(slug="dicht", status="stopped")

    assert [Client().get(f"/dicht/ideeen/{rest}").status_code for rest in ("", "geef/", "bedankt/")] == [404] * 3


def test_coordinator_reads_rewrites_and_accepts_what_waits(site):
    good, bad = (make_idea(site, text=text, status=IdeaStatus.WAITING) for text in ("Zwemmen", "Iets over de buurman"))
    make_idea(make_site(), text="Van elders", status=IdeaStatus.WAITING)
    client = at_desk(site)

    shown = words(client.get(DESK))
    client.post(f"{DESK}{good.pk}/erbij/")
    path = f"{DESK}{bad.pk}/"
    client.post(
        path, form_at(client, path) | {"text": "Rustiger buiten", "status": "impossible", "why": "Dat kiezen we niet"}
    )

    assert "Zwemmen" in shown
    assert "Van elders" not in shown
    public = read(Client().get(PAGE)).one("main").text
    assert "Dit stelden mensen voor" in public
    for piece in ("Zwemmen", "Rustiger buiten", "Dat kiezen we niet"):
        assert piece in public, piece
    assert "2 ideeën" not in words(client.get("/beheer/hier/"))


def test_table_with_four_questions_takes_cards_and_shows_them(site):
    client = at_desk(site)
    client.post(f"{DESK}tafel/", form_at(client, f"{DESK}tafel/"))
    table = IdeaTable.objects.get()
    path = f"{DESK}tafel/{table.pk}/"

    asked = form_at(client, path)
    client.post(path, asked | {"cards_1": "- Koken\n- Naaien", "cards_4": "Muziek"})
    wrong = client.post(path, asked | {"cards_2": "Bel Fatima Benali op 0478 12 34 56"})

    assert set(asked) == {"cards_1", "cards_2", "cards_3", "cards_4"}
    assert sorted(Idea.objects.values_list("question", "text")) == [(1, "Koken"), (1, "Naaien"), (4, "Muziek")]
    assert set(errors(wrong)) == {"cards_2"}
    assert "Koken" in words(client.get(path))


def test_activity_comes_of_an_idea_in_one_step(site):
    idea = make_idea(site, text="Samen soep maken", table=make_idea_table(site), question=1)
    client = at_desk(site)
    link = next(one for one in read(client.get(f"{DESK}{idea.pk}/")).all("a") if "idee=" in one.attributes["href"])
    path = link.attributes["href"]

    form, meeting = form_at(client, path), ActivityType.objects.get(code="meeting")
    preview = client.post(
        path,
        form | {"type": form["type"] or meeting.pk, "functions": ["meet"], "often": "once", "first_day": "2023-11-07"},
    )
    done = client.post(path, sent_by(read(preview)) | {"zeker": "ontwerp"})

    assert form["title"] == "Samen soep maken"
    assert done.status_code == 302, errors(preview)
    idea.refresh_from_db()
    assert (idea.status, idea.activity) == (IdeaStatus.CHOSEN, Activity.objects.get())


def test_idea_of_another_place_becomes_nothing_here(site):
    other = make_idea(make_site(), text="Van elders")

    assert form_at(at_desk(site), f"/beheer/hier/planner/nieuw/?idee={other.pk}")["title"] == ""
    assert form_at(at_desk(site), "/beheer/hier/planner/nieuw/?idee=99999999999999999999")["title"] == ""
