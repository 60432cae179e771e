"""Who helps, as their coordinator sees it: welcomed step by step, thanked in time, hours as a file, a week on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.needs import add_need
from activities.actions.occurrence import cancel
from activities.actions.shifts import sign_up
from activities.models import Shift, ShiftNeed
from activities.team import Member, thanks
from partners.models import Consent, Volunteer, Welcome
from sites.actions.erasing import erase_person
from sites.models import ChangeLog
from tests.desk import at_desk, client_of, errors, form_at, words
from tests.factories.partners import make_helper, make_volunteer, make_welcome
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = pytest.mark.django_db

PATH = "/beheer/hier/vrijwilligers/"
STEPS = ("talk", "agreement", "insurance", "privacy")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def elsewhere():
    return make_site(slug="daar", name="Daar")


def since(site, day: dt.date, name="Tine") -> Volunteer:
    """A helper with a key from a day on."""
    helper = make_helper(site)
    helper.user.name = name
    helper.user.save()
    helper.user.roles.update(since=day)
    return helper


def sent(desk, path: str, **days: str) -> dict[str, str]:
    """The form of the steps as it stands, with other days in it."""
    return form_at(desk, path) | days


# --- welcomed


def test_who_is_new_stands_on_top_until_every_step_has_its_day(site, elsewhere):
    desk = at_desk(site)
    helper = since(site, dt.date(2023, 10, 2))
    since(site, dt.date(2022, 1, 1), "Oude Rot")
    since(elsewhere, dt.date(2023, 10, 2), "Elders")
    path = f"{PATH}onthaal/u{helper.user_id}/"
    said = words(desk.get(PATH))
    assert "Nieuw, en nog iets te doen Tine kennismaking, afsprakennota gekregen, uitleg over de verzekering" in said
    assert "Elders" not in said
    assert "Tine is nieuw: er is nog iets te doen." in words(desk.get("/beheer/hier/"))

    desk.post(path, sent(desk, path, talk="2023-10-02", privacy="2023-10-03"))
    assert "Tine afsprakennota gekregen, uitleg over de verzekering Vink af" in words(desk.get(PATH))
    desk.post(path, sent(desk, path, agreement="2023-10-03", insurance="2023-10-03"))

    assert "Nieuw, en nog iets te doen" not in words(desk.get(PATH))
    assert "is nieuw" not in words(desk.get("/beheer/hier/"))
    assert sorted(Welcome.objects.values_list("step", flat=True)) == sorted(STEPS)
    assert not ChangeLog.objects.filter(about_model__startswith="partners.welcome").exists()


def test_step_in_the_future_is_refused_beside_it_and_what_was_typed_stays(site):
    desk, helper = at_desk(site), make_volunteer(site=site, name="Rosa")
    path = f"{PATH}onthaal/v{helper.pk}/"

    refused = desk.post(path, sent(desk, path, talk="2023-10-11", privacy="2023-10-03"))

    assert errors(refused) == {"talk": ["Die dag moet nog komen."]}
    assert "2023-10-03" in refused.text
    assert not Welcome.objects.exists()


def test_two_coordinators_at_one_form_lose_nothing(site):
    desk, helper = at_desk(site), make_volunteer(site=site, name="Rosa")
    path = f"{PATH}onthaal/v{helper.pk}/"
    mine = sent(desk, path, talk="2023-10-02")

    desk.post(path, sent(desk, path, privacy="2023-10-03"))
    desk.post(path, mine)

    assert dict(Welcome.objects.values_list("step", "day")) == {
        "talk": dt.date(2023, 10, 2), "privacy": dt.date(2023, 10, 3),
    }  # fmt: skip


def test_step_that_was_not_done_after_all_is_emptied(site):
    desk, helper = at_desk(site), make_volunteer(site=site, name="Rosa")
    path = f"{PATH}onthaal/v{helper.pk}/"
    make_welcome(helper, site, day=dt.date(2023, 10, 2))

    desk.post(path, sent(desk, path, talk=""))

    assert not Welcome.objects.exists()


def test_steps_of_one_site_are_not_those_of_another(site, elsewhere):
    helper = since(site, dt.date(2023, 10, 2))
    make_welcome(helper, elsewhere)

    assert "kennismaking" in words(at_desk(site).get(PATH))
    assert at_desk(elsewhere).get(f"/beheer/daar/vrijwilligers/onthaal/u{helper.user_id}/").status_code == 404


# --- thanked


@pytest.mark.parametrize(
    ("began", "first", "last", "found"),
    [
        (dt.date(2022, 10, 12), "2023-10-10", "2023-10-17", [("2023-10-12", 1)]),
        (dt.date(2022, 10, 17), "2023-10-10", "2023-10-17", [("2023-10-17", 1)]),
        (dt.date(2022, 10, 18), "2023-10-10", "2023-10-17", []),
        (dt.date(2021, 10, 12), "2023-10-10", "2023-10-17", []),
        (dt.date(2018, 10, 12), "2023-10-10", "2023-10-17", [("2023-10-12", 5)]),
        (dt.date(2013, 10, 12), "2023-10-10", "2023-10-17", [("2023-10-12", 10)]),
        (dt.date(2024, 2, 29), "2025-02-27", "2025-03-02", [("2025-02-28", 1)]),
        (dt.date(2022, 1, 2), "2022-12-29", "2023-01-04", [("2023-01-02", 1)]),
        (dt.date(2023, 10, 12), "2023-10-10", "2023-10-17", []),
        (None, "2023-10-10", "2023-10-17", []),
    ],
)
def test_thanks_come_after_a_year_and_every_five(began, first, last, found):
    member = Member(Volunteer(name="Rosa"), began, {}, None)

    said = thanks([member], dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert [(str(one.day), one.years) for one in said] == found


def test_whom_to_thank_stands_on_the_desk_and_the_page(site, elsewhere):
    since(site, dt.date(2022, 10, 12))
    make_volunteer(site=site, name="Rosa", since=dt.date(2018, 10, 30))
    make_volunteer(site=elsewhere, name="Lutgart", since=dt.date(2022, 10, 12))
    desk = at_desk(site)

    assert "Tine helpt op donderdag 12 oktober 1 jaar mee. Een bedankje?" in words(desk.get("/beheer/hier/"))
    said = words(desk.get(PATH))
    assert "Rosa helpt op maandag 30 oktober 5 jaar mee." in said
    assert "Lutgart" not in said


# --- what is kept


def test_languages_and_likes_are_shown_to_the_coordinator_only(site):
    helper = since(site, dt.date(2022, 1, 1))
    client_of(helper.user).post("/mijn/hulp/", {"skills": ["host"], "languages": ["ar", "tr"], "phone": ""})

    said = words(at_desk(site).get(PATH))

    assert "Doet graag: onthaal" in said
    assert "Talen: Arabisch, Turks" in said


def test_a_yes_is_written_down_with_its_text_and_day_and_a_no_ends_it(site, clock):
    helper = since(site, dt.date(2022, 1, 1))
    client = client_of(helper.user)
    client.post("/mijn/hulp/", {"shows_first_name": "on", "may_be_pictured": "on", "phone": ""})
    assert "Anderen mogen mijn voornaam zien: sinds dinsdag 10 oktober 2023" in words(client.get("/mijn/hulp/"))
    clock.move_to(TUESDAY + dt.timedelta(days=3), tick=False)

    client.post("/mijn/hulp/", {"shows_first_name": "on", "phone": ""})

    ten, thirteen = dt.date(2023, 10, 10), dt.date(2023, 10, 13)
    rows = Consent.objects.order_by("what").values_list("what", "given_on", "withdrawn_on")
    assert list(rows) == [("first_name", ten, None), ("pictures", ten, thirteen)]
    assert all(Consent.objects.values_list("version", flat=True))
    client.post("/mijn/hulp/", {"shows_first_name": "on", "may_be_pictured": "on", "phone": ""})
    assert Consent.objects.filter(what="pictures").count() == 2


def test_consents_say_what_the_choices_of_now_say(site):
    helper = since(site, dt.date(2022, 1, 1))
    client = client_of(helper.user)
    for ticks in ({"takes_calls": "on"}, {}, {"shows_first_name": "on", "takes_calls": "on"}):
        client.post("/mijn/hulp/", ticks | {"phone": ""})

        row = Volunteer.objects.get()
        holds = set(Consent.objects.filter(withdrawn_on__isnull=True).values_list("what", flat=True))
        said = {"first_name": row.shows_first_name, "calls": row.takes_calls, "pictures": row.may_be_pictured}
        assert holds == {what for what, yes in said.items() if yes}


# --- hours


@pytest.fixture
def shifts(site):
    """Every Thursday from 13 to 16, for two."""
    series = offer(site, "Koffie", weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))
    need = add_need(series, by=None, task="Onthaal", maximum=9)
    return list(Shift.objects.filter(need=need).order_by("occurrence__day"))


def test_hours_of_everybody_in_a_period_as_a_page_and_a_file(site, elsewhere, shifts, clock):
    tine, rosa, gone = (
        since(site, dt.date(2022, 1, 1), "=Tine"),
        make_volunteer(site=site, name="Rosa"),
        make_helper(site),
    )
    for shift, people in zip(shifts[:4], ([tine, rosa, gone], [tine], [tine, rosa], [tine]), strict=True):
        for one in people:
            sign_up(shift, one)
    cancel(shifts[2].occurrence, by=None, note="Ziek")
    clock.move_to(TUESDAY + dt.timedelta(days=17), tick=False)  # after the third
    erase_person(gone.user, by=None, is_guarded=False)
    desk = at_desk(site)

    said = words(desk.get(f"{PATH}uren/"))
    assert "=Tine 2 6 u 00 Rosa 1 3 u 00 zonder naam 1 3 u 00 samen 12 u 00" in said
    one_day = "?first=2023-10-13&last=2023-10-19"
    assert "=Tine 1 3 u 00 samen 3 u 00" in words(desk.get(f"{PATH}uren/{one_day}"))
    file = desk.get(f"{PATH}uren/{one_day}&csv=1")
    assert file.text.splitlines() == ["\ufeffnaam;beurten;minuten", "'=Tine;1;180"]
    assert "no-store" in file["Cache-Control"]
    assert "Rosa" not in words(at_desk(elsewhere).get("/beheer/daar/vrijwilligers/uren/"))


def test_period_that_is_none_is_said_beside_the_field(site):
    desk = at_desk(site)

    assert errors(desk.get(f"{PATH}uren/?first=2023-10-13&last=2023-10-12"))["last"] == [
        "De laatste dag ligt voor de eerste dag."
    ]
    assert set(errors(desk.get(f"{PATH}uren/?first=gisteren&last=&csv=1"))) == {"first", "last"}


# --- a week on paper, and words to send on


def test_week_on_paper_has_every_name_and_a_line_for_each_free_place(site, shifts):
    tine = since(site, dt.date(2022, 1, 1), "Tine Vandenonbekende")
    sign_up(shifts[0], tine)

    page = read(at_desk(site).get("/beheer/hier/rooster/2023-W41/blad/"))

    main = page.one("main")
    assert "Tine Vandenonbekende" in main.text
    assert len([one for one in main.all("li") if one.attributes.get("class") == "to-write"]) == 8
    assert "Onthaal" in main.text


def test_words_to_send_on_name_nobody_and_lead_to_the_shift(site, shifts):
    sign_up(shifts[0], since(site, dt.date(2022, 1, 1), "Tine"))
    desk, path = at_desk(site), f"/beheer/hier/rooster/beurt/{shifts[0].uuid}/"

    said = read(desk.get(path)).one("textarea").text

    assert said == (
        "Wie helpt mee? Onthaal bij Koffie in Hier, donderdag 12 oktober, 13.00 tot 16.00 uur: nog 8 van 9 plaatsen vrij. "
        f"Zeg hier ja: http://127.0.0.1:8000/mijn/beurten/{shifts[0].uuid}/"
    )
    ShiftNeed.objects.update(maximum=1)
    assert "textarea" not in desk.get(path).text


def test_pages_ask_as_much_for_ten_helpers_as_for_two(site, shifts):
    desk = at_desk(site)

    def queries(number: int) -> list[int]:
        for _ in range(number):
            helper = since(site, dt.date(2022, 10, 12))
            make_welcome(helper, site)
            sign_up(shifts[4 if number > 2 else 1], helper)
        found = []
        for path in (PATH, f"{PATH}uren/", "/beheer/hier/rooster/2023-W42/blad/", "/beheer/hier/"):
            with CaptureQueriesContext(connection) as some:
                assert desk.get(path).status_code == 200
            found.append(len(some))
        return found

    desk.get("/beheer/hier/")  # standing facts are remembered from here on
    few = queries(2)
    assert queries(8) == few
