"""Where papers hang: which are out of date when the offer changes, and what a coordinator does about it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from activities.actions.occurrence import cancel
from activities.actions.series import change_from
from activities.actions.spots import give_up_spot, hang
from activities.actions.whole import change_whole, correct_words
from activities.iso_week import IsoWeek
from activities.models import Activity, Series, Spot
from activities.versions import Versions
from sites.actions import schedule_changed
from sites.actions.site import change_facts
from sites.enums import RoleKind
from sites.models import ChangeLog, Place, Site
from tests.desk import client_of, form_at
from tests.factories.activities import make_activity, make_spot
from tests.factories.sites import make_closure, make_home_address, make_place, make_role, make_site
from tests.offer import date_of, offer
from tests.reading import Node, read

pytestmark = pytest.mark.django_db

TUESDAY = "2023-10-10T09:00+02:00"


@pytest.fixture
def site(time_machine) -> Site:
    time_machine.move_to(TUESDAY, tick=False)
    return make_site(slug="kattegat")


@pytest.fixture
def client(site):
    return client_of(make_role(RoleKind.COORDINATOR, site=site).user)


def old(site: Site) -> list[str]:
    """Where what hangs says something else than what holds."""
    versions = Versions(Site.objects.get(pk=site.pk))
    return sorted(spot.where for spot in Spot.objects.select_related("activity") if versions.is_old(spot))


def press(client, form: Node):
    """A button of the list, as it stood there when the page was made."""
    hidden = {field.attributes["name"]: field.attributes["value"] for field in form.all("input")}
    return client.post(form.attributes["action"], hidden, follow=True)


def buttons(client, words: str) -> list[Node]:
    page = read(client.get("/beheer/kattegat/affiches/"))
    return [form for form in page.all("form") if words in form.text]


def test_a_paper_is_out_of_date_when_what_it_says_changes(site, time_machine):
    coffee, sewing = offer(site, "Koffie", weekday=0), offer(site, "Naaien", weekday=3)
    posters = [
        hang(make_spot(site, where=where, paper=paper, activity=activity), by=None)
        for where, paper, activity in [
            ("aanbod", "offer", None), ("week", "week", None), ("koffie", "poster", coffee.activity), ("naaien", "poster", sewing.activity),
        ]
    ]  # fmt: skip
    assert old(site) == []
    # Nothing that is agreed changes when one date does; the flyer of its week does.
    cancel(date_of(sewing, "2023-10-12"), by=None, note="Ziek")
    assert old(site) == ["week"]
    hang(posters[1], by=None)
    assert old(site) == []

    change_from(coffee, dt.date(2023, 10, 16), by=None, begin=dt.time(14), end=dt.time(16))
    assert old(site) == ["aanbod", "koffie"]  # as soon as it is known: a new one says from when
    hang(posters[2], by=None)
    assert old(site) == ["aanbod"]

    time_machine.move_to("2023-10-16T09:00+02:00", tick=False)
    assert old(site) == ["aanbod", "koffie", "week"]  # now only the new hours hold, and the week is over


def test_all_papers_are_out_of_date_when_the_house_moves(site, time_machine):
    for since, name in ((dt.date(2020, 1, 1), "De oude school"), (dt.date(2023, 10, 20), "De nieuwe zaal")):
        make_home_address(site, place=make_place(site, name=name), since=since)
    series = offer(site, "Koffie")
    hang(make_spot(site, where="aanbod"), by=None)
    hang(make_spot(site, where="koffie", paper="poster", activity=series.activity), by=None)
    assert old(site) == []

    time_machine.move_to("2023-10-20T09:00+02:00", tick=False)

    assert old(site) == ["aanbod", "koffie"]


def test_the_flyer_of_next_week_may_hang_before_it_begins(site, time_machine):
    offer(site, "Koffie")
    hang(make_spot(site, where="week", paper="week"), by=None, iso=IsoWeek(2023, 42))
    assert old(site) == []

    time_machine.move_to("2023-10-16T09:00+02:00", tick=False)
    assert old(site) == []

    time_machine.move_to("2023-10-23T09:00+02:00", tick=False)
    assert old(site) == ["week"]


def test_the_list_says_what_is_out_of_date_first_and_the_button_puts_it_right(site, client):
    series = offer(site, "Koffie")
    for where in ("Apotheek", "Bibliotheek"):
        hang(make_spot(site, where=where, language="fr"), by=None)
    make_spot(site, where="OCMW")
    Spot.objects.filter(where="Bibliotheek").update(version="anders")

    page = read(client.get("/beheer/kattegat/affiches/"))

    assert [node.text for node in page.all("h3")][:3] == ["Bibliotheek", "OCMW", "Apotheek"]
    spots = next(node for node in page.all("ul") if "spots" in node.attributes.get("class", ""))
    assert [node.text for node in spots if "badge" in node.attributes.get("class", "").split()] == [
        "verouderd",
        "is bij",
    ]
    assert "/kattegat/aanbod.pdf?taal=fr" in page.links().values()
    assert f"/kattegat/activiteit/{series.activity.slug}.pdf" in page.links().values()
    desk = read(client.get("/beheer/kattegat/"))
    assert "1 affiche is verouderd." in desk.one("main").text

    (form,) = [node for node in spots.all("form") if "Bibliotheek" in node.text and "nieuwe" in node.text]
    press(client, form)

    assert old(site) == []
    assert ChangeLog.objects.filter(verb="hang").count() == 3


def test_a_spot_is_written_down_changed_and_given_up(site, client):
    series = offer(site, "Koffie")
    path = "/beheer/kattegat/affiches/plaats/nieuw/"
    data = {"where": "Bibliotheek, prikbord", "paper": "poster", "activity": str(series.activity_id), "language": "ar"}

    assert client.post(path, data).status_code == 302
    spot = Spot.objects.get()
    assert (spot.where, spot.paper, spot.activity, spot.language) == (
        "Bibliotheek, prikbord",
        "poster",
        series.activity,
        "ar",
    )

    hang(spot, by=None)
    own = f"/beheer/kattegat/affiches/plaats/{spot.pk}/"
    client.post(own, form_at(client, own) | {"paper": "offer"})
    spot.refresh_from_db()
    # Another paper: what hung there was not that.
    assert (spot.paper, spot.activity, spot.hung_on, spot.version) == ("offer", None, None, "")

    client.post(f"{own}weg/")
    assert not Spot.objects.exists()
    give_up_spot(spot, by=None)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(site, client):
    path = "/beheer/kattegat/affiches/plaats/nieuw/"
    make_spot(site, where="Bibliotheek")

    poster = client.post(path, {"where": "Bij de apotheek", "paper": "poster", "language": "nl"})
    person = client.post(path, {"where": "Bij mevrouw Janssens, 0470 12 34 56", "paper": "offer", "language": "nl"})
    twice = client.post(path, {"where": "Bibliotheek", "paper": "offer", "language": "nl"})
    alike = client.post(path, {"where": "Biblio\u200btheek\u202c", "paper": "offer", "language": "nl"})

    assert "Kies van welke activiteit de affiche is." in poster.content.decode()
    assert 'value="Bij de apotheek"' in poster.content.decode()
    assert [response.status_code for response in (poster, person, twice, alike)] == [200] * 4
    assert "staat al op de lijst" in twice.content.decode()
    assert "staat al op de lijst" in alike.content.decode()
    assert Spot.objects.count() == 1


def test_looking_at_a_button_changes_nothing(site, client):
    spot = make_spot(site)

    for verb in ("hangt", "weg"):
        assert client.get(f"/beheer/kattegat/affiches/plaats/{spot.pk}/{verb}/").status_code == 302

    assert Spot.objects.get().version == ""


def test_a_season_is_chosen_on_the_page(site, client):
    offer(site, "Koffie")
    path = "/beheer/kattegat/affiches/"

    chosen = read(client.get(f"{path}?van=2023-09-01&tot=2023-12-22"))
    wrong = client.get(f"{path}?van=2023-12-22&tot=2023-09-01").content.decode()

    assert "/kattegat/aanbod.pdf?van=2023-09-01&tot=2023-12-22&taal=ar" in [
        link.attributes["href"] for link in chosen.all("a")
    ]
    assert "De laatste dag komt voor de eerste." in wrong
    assert 'value="2023-12-22"' in wrong


def test_one_spot_or_many_ask_the_same_number_of_questions(site, client, django_assert_num_queries):
    slug = offer(site, "Koffie").activity.slug
    activity = Activity.objects.get(slug=slug)
    hang(make_spot(site, paper="poster", activity=activity), by=None)
    client.get("/beheer/kattegat/affiches/")  # facts that are read once for each version
    queries = _queries(client)

    for paper in ("offer", "poster", "poster", "offer"):
        hang(make_spot(site, paper=paper, activity=activity if paper == "poster" else None), by=None)

    assert _queries(client) == queries


def _queries(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get("/beheer/kattegat/affiches/")
    return len(queries)


def test_keeping_what_is_there_already_writes_nothing_down(site, client):
    spot = make_spot(site)
    path = f"/beheer/kattegat/affiches/plaats/{spot.pk}/"

    assert client.post(path, form_at(client, path)).status_code == 302

    assert not ChangeLog.objects.exists()


def test_a_poster_of_what_begins_later_is_right_until_something_changes(site, time_machine):
    series = offer(site, "Naaien", first_day=dt.date(2023, 10, 16))
    hang(make_spot(site, where="naaien", paper="poster", activity=series.activity), by=None)
    hang(make_spot(site, where="aanbod"), by=None)

    time_machine.move_to("2023-10-16T09:00+02:00", tick=False)
    assert "naaien" not in old(site)
    time_machine.move_to(TUESDAY, tick=False)
    change_whole(series, by=None, reason="Later", begin=dt.time(14), end=dt.time(16))

    assert old(site) == ["aanbod", "naaien"]


def test_all_papers_are_out_of_date_when_the_place_has_another_name(site):
    series = offer(site, "Koffie")
    for where, paper, activity in (
        ("aanbod", "offer", None),
        ("koffie", "poster", series.activity),
        ("week", "week", None),
    ):
        hang(make_spot(site, where=where, paper=paper, activity=activity), by=None)

    change_facts(site, by=None, name="De Poort")

    assert old(site) == ["aanbod", "koffie", "week"]


def test_a_flyer_of_the_week_is_out_of_date_when_an_activity_has_another_name_or_has_no_day(site):
    series = offer(site, "Koffie")
    hang(spot := make_spot(site, where="week", paper="week"), by=None)
    correct_words(series, by=None, reason="Zo heet het", words={"title": "Thee"}, texts={})
    assert old(site) == ["week"]
    hang(spot, by=None)

    offer(site, "Lezen", weekday=None)

    assert old(site) == ["week"]


def test_all_papers_are_out_of_date_as_soon_as_a_move_is_known_or_the_bus_goes_elsewhere(site):
    place = make_place(site, name="De oude school")
    make_home_address(site, place=place, since=dt.date(2020, 1, 1))
    offer(site, "Koffie")
    hang(spot := make_spot(site, where="aanbod"), by=None)
    make_home_address(site, place=make_place(site, name="De nieuwe zaal"), since=dt.date(2023, 11, 1))
    schedule_changed(site.pk)
    assert old(site) == ["aanbod"]
    hang(spot, by=None)

    Place.objects.filter(pk=place.pk).update(by_bus="Bus 750")
    schedule_changed(site.pk)

    assert old(site) == ["aanbod"]


def test_a_version_is_the_same_whichever_language_the_coordinator_reads(site):
    offer(site, "Koffie")
    offer(site, "Lezen", weekday=None)
    for paper in ("aanbod", "week"):
        with override("fr"):
            hang(make_spot(site, where=paper, paper="week" if paper == "week" else "offer"), by=None)

    assert old(site) == []


def test_a_poster_of_what_was_taken_back_is_to_be_taken_off_the_wall(site, client):
    series = offer(site, "Koffie", first_day=dt.date(2023, 10, 16))
    hang(make_spot(site, where="Apotheek", paper="poster", activity=series.activity), by=None)
    Series.objects.update(is_undone=True)
    schedule_changed(site.pk)

    page = read(client.get("/beheer/kattegat/affiches/"))

    assert old(site) == ["Apotheek"]
    spot = next(node for node in page.all("ul") if "spots" in node.attributes.get("class", ""))
    assert "Deze activiteit gaat niet door. Haal de affiche weg." in spot.text
    assert "Koffie" in spot.text
    assert [link.text for link in spot.all("a")] == ["Verander Apotheek"]
    assert [form.text.strip() for form in spot.all("form")] == ["Hangt er niet meer Apotheek"]


def test_a_poster_of_what_is_over_keeps_its_title(site, client):
    series = offer(site, "Koffie", activity=make_activity(site, slug="dinsdag"), last_day=dt.date(2023, 10, 9))
    make_spot(site, where="Apotheek", paper="poster", activity=series.activity)

    assert "Koffie" in read(client.get("/beheer/kattegat/affiches/")).one("main").text


def test_a_button_of_a_page_that_was_open_for_long_does_not_say_what_hangs_there(site, client, time_machine):
    """The paper was printed before the offer changed, or is of the week that is over by now."""
    series = offer(site, "Koffie")
    make_spot(site, where="Apotheek", language="fr")
    make_spot(site, where="Bakker", paper="week")
    (offered,) = buttons(client, "De nieuwe hangt er")
    (this_week,) = buttons(client, "Deze week hangt er")
    change_from(series, dt.date(2023, 10, 16), by=None, begin=dt.time(14), end=dt.time(16))

    said = press(client, offered).content.decode()

    assert "Dit blad is intussen veranderd." in said
    time_machine.move_to("2023-10-16T09:00+02:00", tick=False)
    assert "Dit blad is intussen veranderd." in press(client, this_week).content.decode()
    assert set(Spot.objects.values_list("version", flat=True)) == {""}
    for words in ("De nieuwe hangt er", "Volgende week hangt er"):
        (form,) = buttons(client, words)
        assert "is weer bij." in press(client, form).content.decode()
    assert Spot.objects.get(where="Bakker").version.startswith("2023-W43:")


@pytest.mark.parametrize("version", ["", "x", "2023-W41", "2023-W41:", "9999-W52:0", "\0"])
def test_a_version_that_is_none_is_refused(site, client, version):
    spot = make_spot(site, paper="week")

    response = client.post(f"/beheer/kattegat/affiches/plaats/{spot.pk}/hangt/", {"version": version}, follow=True)

    assert "Dit blad is intussen veranderd." in response.content.decode()
    assert Spot.objects.get().version == ""


def test_who_takes_a_spot_off_the_list_twice_reads_the_list(site, client):
    spot = make_spot(site)
    path = f"/beheer/kattegat/affiches/plaats/{spot.pk}/weg/"

    answers = [client.post(path), client.post(path), client.get(path), client.post(path.replace("weg", "hangt"))]

    assert [answer["Location"] for answer in answers] == ["/beheer/kattegat/affiches/"] * 4
    assert client.post("/beheer/kattegat/affiches/plaats/999/weg/").status_code == 404
    assert ChangeLog.objects.filter(verb="give_up_spot").count() == 1


def test_a_season_that_no_place_had_is_refused_on_the_page_and_on_paper(site, client):
    page = client.get("/beheer/kattegat/affiches/?van=1999-01-01&tot=1999-03-01").content.decode()

    assert "Zo ver loopt het programma niet." in page
    assert "aanbod.pdf?van" not in page
    for days in ("van=1999-01-01&tot=1999-03-01", "van=9998-12-31", "van=9999-10-01&tot=9999-12-31", "tot=9999-12-31"):
        assert client.get(f"/kattegat/aanbod.pdf?{days}").status_code == 404


def test_a_flyer_of_a_season_is_out_of_date_when_other_days_are_shut_and_not_when_they_pass(site, time_machine):
    offer(site, "Koffie")
    hang(spot := make_spot(site, where="aanbod"), by=None)
    closure = make_closure(site=site, first_day=dt.date(2023, 10, 23), last_day=dt.date(2023, 10, 24), reason="Werken")
    schedule_changed(site.pk)
    assert old(site) == ["aanbod"]
    hang(spot, by=None)

    time_machine.move_to("2023-12-20T09:00+01:00", tick=False)  # the closure is over, All Saints too
    assert old(site) == []

    closure.delete()
    schedule_changed(site.pk)
    assert old(site) == ["aanbod"]
