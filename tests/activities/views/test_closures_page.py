"""`/beheer/<slug>/sluitingen/`: first what it touches, then the closing; lifting; public holidays [SIT-05..07]."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

import pytest
from django.core import mail
from django.test import Client

from activities.actions.closure import close
from activities.actions.occurrence import cancel, open_anyway
from activities.models import Occurrence, SeriesOrganiser
from sites.enums import RoleKind
from sites.models import ChangeLog, Closure, Site, User
from tests.desk import administrator, at_desk, client_of, errors, filled, words
from tests.factories.activities import make_activity
from tests.factories.partners import make_membership, make_organisation
from tests.factories.sites import make_closure, make_person, make_role, make_site
from tests.offer import date_of, offer
from tests.reading import cards, read

pytestmark = pytest.mark.django_db

NEW = "/beheer/hier/sluitingen/nieuw/"
WEEKS = {"first_day": "2023-10-23", "last_day": "2023-11-05", "reason": "Herfst"}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """What begins when the change is certain: the sending of letters."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def site() -> Site:
    """Open every Monday from 10 to 12."""
    site = make_site(slug="hier", name="Hier")
    offer(site, "Koffie")
    return site


@pytest.fixture
def beside(site) -> Site:
    beside = make_site(slug="ernaast", name="Ernaast", partnership=site.partnership)
    offer(beside, "Thee")
    return beside


def state(site: Site, week: str) -> list[str]:
    return [card.text for card in cards(read(Client().get(f"/{site.slug}/week/{week}/")))]


def is_shut(site: Site, week: str) -> bool:
    texts = state(site, week)
    assert texts
    return all("Dicht" in text for text in texts)


def test_nothing_is_saved_before_it_was_shown_week_by_week(site, beside):
    client = at_desk(site)

    preview = client.post(NEW, WEEKS)

    assert [node.text for node in read(preview).one("main").all("h1", "h2")] == [
        "2 datums vallen dan weg", "Wie raakt dit?", "Week van 23 tot 29 oktober 2023", "Week van 30 oktober tot 5 november 2023"
    ]  # fmt: skip
    assert "Er is nog niets bewaard." in words(preview)
    assert [item.text for item in read(preview).one("main").all("li") if "maandag" in item.text] == [
        "maandag 23 oktober 10.00 tot 12.00 uur Koffie", "maandag 30 oktober 10.00 tot 12.00 uur Koffie"
    ]  # fmt: skip
    assert not Closure.objects.exists()


def test_what_was_shown_is_what_closes_here_only_and_at_once(site, beside):
    client = at_desk(site)
    old = {week: state(site, week) for week in ("2023-W41", "2023-W42", "2023-W45")}
    assert not is_shut(site, "2023-W43")

    response = client.post(NEW, filled(read(client.post(NEW, WEEKS))) | {"zeker": "1"}, follow=True)

    assert "De dagen zijn dicht." in response.content.decode()
    assert [is_shut(site, week) for week in ("2023-W43", "2023-W44")] == [True, True]
    assert not is_shut(beside, "2023-W43")
    assert {week: state(site, week) for week in old} == old
    assert Closure.objects.get().site == site


def test_what_is_shut_cancelled_or_open_anyway_is_not_counted(site):
    series = offer(site, "Later op de dag", begin=dt.time(14), end=dt.time(15))
    close(
        by=None,
        partnership=site.partnership,
        site=site,
        first_day=dt.date(2023, 10, 30),
        last_day=dt.date(2023, 10, 30),
        reason="Brug",
    )
    cancel(date_of(series, "2023-10-23"), by=None, note="Ziek")
    open_anyway(date_of(series, "2023-10-30"), by=None)

    page = words(at_desk(site).post(NEW, WEEKS))

    assert "1 datum valt dan weg" in page
    assert "1 datum was al dicht." in page
    assert "1 datum blijft open, zoals je eerder koos." in page


def test_changing_ones_mind_keeps_what_was_typed(site):
    client = at_desk(site)

    response = client.post(NEW, filled(read(client.post(NEW, WEEKS))) | {"verander": "1"})

    assert filled(read(response)).items() >= WEEKS.items()
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_day": "2023-10-09"}, "first_day"),
        ({"first_day": "2026-01-01", "last_day": "2026-01-02"}, "first_day"),
        ({"last_day": "2023-10-22"}, "last_day"),
        ({"last_day": "2033-11-05"}, "last_day"),
        ({"first_day": "31/2/2024"}, "first_day"),
        ({"last_day": ""}, "last_day"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
@pytest.mark.parametrize("sure", [{}, {"zeker": "1"}])
def test_days_that_cannot_be_closed_are_refused_also_when_sure(site, change, field, sure):
    response = at_desk(site).post(NEW, WEEKS | change | sure)

    assert (response.status_code, set(errors(response))) == (200, {field})
    typed = WEEKS | change
    assert filled(read(response)).items() >= typed.items()
    assert not Closure.objects.exists()


def test_all_sites_close_together_only_for_who_may_act_for_all(site, beside):
    elsewhere = make_site(slug="elders")
    offer(elsewhere)
    both = make_person(RoleKind.COORDINATOR, site=site)
    sent = WEEKS | {"everywhere": "on", "zeker": "1", "site": beside.pk, "partnership": elsewhere.partnership_id}

    assert "Alle plekken van" not in words(client_of(both).get(NEW))
    client_of(both).post(NEW, sent)
    assert [is_shut(one, "2023-W43") for one in (site, beside, elsewhere)] == [True, False, False]
    Closure.objects.all().delete()
    make_role(RoleKind.COORDINATOR, user=both, site=beside)
    assert "4 datums vallen dan weg" in words(client_of(both).post(NEW, WEEKS | {"everywhere": "on"}))
    client_of(both).post(NEW, sent)

    assert Closure.objects.get().site is None
    assert [is_shut(one, "2023-W44") for one in (site, beside, elsewhere)] == [True, True, False]
    for one in (site, beside):
        told = words(at_desk(one).get(f"/beheer/{one.slug}/geschiedenis/"))
        assert "Sluiting ingepland" in told
    assert "Sluiting ingepland: Herfst" not in words(at_desk(elsewhere).get("/beheer/elders/geschiedenis/"))


def test_lifting_opens_exactly_what_the_closure_shut(site):
    series = offer(site, "Thee", begin=dt.time(14), end=dt.time(15))
    cancel(date_of(series, "2023-10-23"), by=None, note="Ziek")
    client = at_desk(site)
    client.post(NEW, WEEKS | {"zeker": "1"})
    path = f"/beheer/hier/sluitingen/{Closure.objects.get().pk}/open/"

    assert "3 datums gaan dan weer door." in words(client.get(path))
    client.post(path)

    assert not Closure.objects.exists()
    assert "Gaat niet door" in " ".join(state(site, "2023-W43"))
    assert Occurrence.objects.filter(status="cancelled").count() == 1


def lines_under(page, heading: str) -> list[str]:
    """The lines of the list under a heading."""
    following = read(page).one("main").all("h2", "li")
    (at,) = [place for place, node in enumerate(following) if node.text == heading]
    return [node.text for node in takewhile(lambda node: node.tag == "li", following[at + 1 :])]


def test_days_that_are_shut_for_another_reason_are_named_before_lifting_and_nobody_says_that_the_door_is_open(site):
    make_closure(site, first_day=dt.date(2023, 10, 31), last_day=dt.date(2023, 11, 3), reason="Vloer")
    closure = make_closure(site, first_day=dt.date(2023, 10, 30), last_day=dt.date(2023, 11, 11), reason="Herfst")
    offer(site, "Thee", weekday=2)
    client, path = at_desk(site), f"/beheer/hier/sluitingen/{closure.pk}/open/"

    page = client.get(path)

    assert "3 datums gaan dan weer door. 1 datum blijft dicht." in words(page)
    assert lines_under(page, "Deze dagen blijven dicht") == [
        "dinsdag 31 oktober tot en met vrijdag 3 november 2023 Vloer", "zaterdag 11 november 2023 Wapenstilstand"
    ]  # fmt: skip
    told = client.post(path, follow=True).text
    assert "De sluiting is opgeheven. Wat om een andere reden dicht is, blijft dicht." in told
    assert "De deur is weer open." not in told


def test_of_several_places_each_day_that_stays_shut_says_where(site, beside):
    for one in (site, beside):
        make_closure(one, first_day=dt.date(2023, 10, 24), last_day=dt.date(2023, 10, 24), reason="Brug")
    make_closure(beside, first_day=dt.date(2023, 10, 25), last_day=dt.date(2023, 10, 26), reason="Vloer")
    closure = make_closure(
        partnership=site.partnership, first_day=dt.date(2023, 10, 23), last_day=dt.date(2023, 10, 29)
    )

    page = administrator().get(f"/beheer/hier/sluitingen/{closure.pk}/open/")

    assert lines_under(page, "Deze dagen blijven dicht") == [
        "dinsdag 24 oktober 2023 Brug", "woensdag 25 oktober tot en met donderdag 26 oktober 2023 Vloer Ernaast"
    ]  # fmt: skip


def test_lifting_while_it_runs_leaves_the_days_that_were(site, time_machine):
    at_desk(site).post(NEW, WEEKS | {"zeker": "1"})
    closure = Closure.objects.get()
    time_machine.move_to("2023-10-25T09:00+02:00", tick=False)

    at_desk(site).post(f"/beheer/hier/sluitingen/{closure.pk}/open/")

    closure.refresh_from_db()
    assert (str(closure.first_day), str(closure.last_day)) == ("2023-10-23", "2023-10-24")
    assert [is_shut(site, week) for week in ("2023-W43", "2023-W44")] == [True, False]
    assert ChangeLog.objects.get(verb="lift").changes == {
        "days": [["2023-10-23", "2023-11-05"], ["2023-10-23", "2023-10-24"]]
    }


def test_a_closure_that_is_over_stays(site):
    closure = make_closure(site, first_day=dt.date(2023, 9, 4), last_day=dt.date(2023, 9, 5))
    client = at_desk(site)

    response = client.post(f"/beheer/hier/sluitingen/{closure.pk}/open/")

    assert "Deze sluiting is voorbij" in words(response)
    assert Closure.objects.get() == closure
    assert "Toch open" not in words(client.get("/beheer/hier/sluitingen/"))


def test_a_closure_of_all_sites_is_not_lifted_by_one(site, beside):
    closure = make_closure(partnership=site.partnership, first_day=dt.date(2024, 1, 1), last_day=dt.date(2024, 1, 2))
    path = f"/beheer/hier/sluitingen/{closure.pk}/open/"

    assert [at_desk(site).get(path).status_code, at_desk(site).post(path).status_code] == [403, 403]
    assert "Toch open" not in words(at_desk(site).get("/beheer/hier/sluitingen/"))
    administrator().post(path)
    assert not Closure.objects.exists()


def test_public_holidays_of_two_years_stand_there_to_read(site):
    site.closed_on_holidays, site.holiday_switches = False, ["2023-10-10"]
    site.save()
    make_closure(site, first_day=dt.date(2023, 12, 25), last_day=dt.date(2024, 1, 1))

    page = words(at_desk(site).get("/beheer/hier/sluitingen/"))

    assert "maandag 10 april Paasmaandagdicht" in page
    assert "woensdag 1 november Allerheiligenopen" in page
    assert "maandag 1 april Paasmaandagopen" in page
    assert "maandag 25 december Kerstmisdicht" in page  # shut for another reason


@pytest.mark.parametrize("number", [1, 40])
def test_pages_cost_the_same_for_one_date_and_for_many(site, number, django_assert_num_queries):
    client = at_desk(site)
    for at in range(number):
        other = offer(site, f"Soep {at}", organisers=[make_organisation()]).activity
        working_for(other, site)
        offer(site, f"Brood {at}", activity=make_activity(site, combined_with=other))
        monday = dt.date(2024, 1, 8) + at * dt.timedelta(weeks=1)
        closure = make_closure(site, first_day=monday, last_day=monday)

    with django_assert_num_queries(8):
        client.get("/beheer/hier/sluitingen/")
    with django_assert_num_queries(16):
        client.post(NEW, WEEKS)
    with django_assert_num_queries(15):
        client.get(f"/beheer/hier/sluitingen/{closure.pk}/open/")


def working_for(activity, site) -> User:
    """A partner's worker with a key here, of who organises an activity."""
    organisation = SeriesOrganiser.objects.get(series__activity=activity).organisation
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=worker, organisation=organisation)
    return worker


def test_planner_fills_in_the_days_and_is_come_back_to(site):
    client, planner = at_desk(site), "/beheer/hier/planner/?dag=2023-10-23"
    path = f"{NEW}?dag=2023-10-23&tot=2023-10-29"

    form = client.get(path)

    assert filled(read(form)) == {"first_day": "2023-10-23", "last_day": "2023-10-29", "reason": ""}
    assert read(form).one("main").links()["Terug"] == planner
    preview = client.post(path, filled(read(form)) | {"reason": "Herfst"})
    done = client.post(path, filled(read(preview)) | {"zeker": "stil"})
    assert (done.url, client.get(planner).url) == (planner, "/beheer/hier/planner/2023-W43/")
    assert is_shut(site, "2023-W43")
    lift = f"/beheer/hier/sluitingen/{Closure.objects.get().pk}/open/?dag=2023-10-23"
    assert client.post(lift, {"zeker": "stil"}).url == planner
    assert not is_shut(site, "2023-W43")


def test_day_that_does_not_exist_is_left_open(site):
    assert filled(read(at_desk(site).get(f"{NEW}?dag=2023-02-30&tot=x"))) == {
        "first_day": "", "last_day": "", "reason": "",
    }  # fmt: skip


def test_who_has_no_planner_comes_back_to_the_list(site):
    done = administrator().post(f"{NEW}?dag=2023-10-23", WEEKS | {"zeker": "stil"})

    assert done.url == "/beheer/hier/sluitingen/"


def hits(response) -> list[str]:
    (found,) = [node for node in read(response).all("ul") if node.attributes.get("class") == "hits"]
    return [item.text for item in found.all("li")]


def test_who_is_touched_is_said_once_with_the_activities_it_is_about(site, beside):
    caw = make_organisation(name="CAW")
    advice = offer(site, "Advies", organisers=[caw])
    offer(site, "Koken", activity=make_activity(site, combined_with=advice.activity, volunteers_allowed=False))
    working_for(advice.activity, site)

    assert hits(at_desk(site).post(NEW, WEEKS)) == [
        "Geen partnerKoffie · KokenDe plek organiseert dit zelf.",
        "1 partner: CAWAdvies1 werker kan een bericht krijgen.",
        "Geen vrijwilligersKokenHier werken we zonder vrijwilligers.",
        "Weekpagina en agenda veranderen meeWeken van vroeger blijven zoals ze waren.",
    ]


def test_of_several_sites_each_activity_is_named_with_its_own(site, beside):
    caw = make_organisation(name="CAW")
    offer(site, "Advies", organisers=[caw])
    offer(beside, "Advies", organisers=[caw])

    found = hits(at_desk(site, beside).post(NEW, WEEKS | {"everywhere": "on"}))

    assert [line for line in found if "CAW" in line] == [
        "1 partner: CAWAdvies, Ernaast · Advies, HierGeen werker met een sleutel: zij horen het niet vanzelf."
    ]


@pytest.fixture
def mira(site, beside) -> User:
    """Works for CAW, which gives advice here on Mondays and sews next door on Tuesdays; reads French."""
    caw = make_organisation(name="CAW")
    mira = working_for(offer(site, "Advies", organisers=[caw]).activity, site)
    offer(beside, "Naaien", weekday=1, organisers=[caw])
    make_membership(beside, user=mira, organisation=caw)
    mira.language = "fr"
    mira.save()
    return mira


def test_everyone_who_works_there_gets_one_letter_with_all_their_dates(site, beside, mira, on_commit):
    both = at_desk(site, beside)
    data = WEEKS | {"everywhere": "on"}
    preview = both.post(NEW, data)
    assert "Sluit deze dagen en verwittig 1 mens" in words(preview)

    with on_commit(execute=True):
        for _click in range(2):
            both.post(NEW, filled(read(preview)) | {"zeker": "bericht"})

    (letter,) = mail.outbox
    assert letter.to == [mira.email]
    assert [line for line in letter.body.splitlines() if line.startswith("- ")] == [
        "- lundi 23 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Advies, Hier",
        "- mardi 24 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Naaien, Ernaast",
        "- lundi 30 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Advies, Hier",
        "- mardi 31 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Naaien, Ernaast",
    ]
    assert "Herfst" in letter.body


def test_who_closes_hears_nothing_and_without_message_nobody_does(site, mira, on_commit):
    make_role(RoleKind.COORDINATOR, user=mira, site=site)

    with on_commit(execute=True):
        preview = client_of(mira).post(NEW, WEEKS)
        assert "verwittig" not in words(preview)
        client_of(mira).post(NEW, WEEKS | {"zeker": "bericht"})
        Closure.objects.all().delete()
        at_desk(site).post(NEW, WEEKS | {"zeker": "stil"})

    assert (mail.outbox, Closure.objects.count()) == ([], 1)


def test_what_opens_again_is_told_and_what_was_lifted_in_time_is_told_to_nobody(site, mira, on_commit):
    client = at_desk(site)
    with on_commit(execute=True):
        client.post(NEW, WEEKS | {"zeker": "bericht"})
        path = f"/beheer/hier/sluitingen/{Closure.objects.get().pk}/open/"
        with on_commit(execute=False):  # the letter still waits
            assert "Doe weer open en verwittig 1 mens" in words(client.get(path))
            client.post(path, {"zeker": "bericht"})
    assert (mail.outbox, Closure.objects.count()) == ([], 0)

    client.post(NEW, WEEKS | {"zeker": "stil"})
    with on_commit(execute=True):
        client.post(f"/beheer/hier/sluitingen/{Closure.objects.get().pk}/open/", {"zeker": "bericht"})

    (letter,) = mail.outbox
    assert [line for line in letter.body.splitlines() if line.startswith("- ")] == [
        "- lundi 23 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Advies, Hier",
        "- lundi 30 octobre 2023, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 à 12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00 · Advies, Hier",
    ]
