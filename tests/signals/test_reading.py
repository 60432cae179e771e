"""Who reads what: the rows that must stay hidden are there in every one of these tests."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from partners.models import Membership
from signals.lines import alike
from signals.models import Signal
from signals.views.reading import COOKIE
from sites.enums import RoleKind
from sites.models import Site, User
from tests.desk import client_of, words
from tests.factories.partners import make_membership, make_organisation
from tests.factories.signals import make_refused, make_signal, make_worker, theme, told
from tests.factories.sites import make_partnership, make_role, make_site, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
LIST = "/signalen/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)


class Corner:
    """A site with one signal of each kind, each with words of its own."""

    def __init__(self, name: str, **fields) -> None:
        self.site: Site = make_site(name=name, **fields)
        self.accepted = make_signal(self.site, text=f"{name} aanvaard over wachtlijsten")
        self.opened = make_signal(self.site, text=f"{name} wachtend over wachtlijsten", state="opened")
        self.merged = make_signal(self.site, text="", merged_into=self.accepted)
        self.old = make_signal(self.site, text="", year=2021, week=3)
        make_refused(self.site)

    @property
    def mine(self) -> list[Signal]:
        return [self.accepted, self.opened, self.merged, self.old]


@pytest.fixture
def here() -> Corner:
    return Corner("Hier")


@pytest.fixture
def beside(here) -> Corner:
    """Another site of the same partnership."""
    return Corner("Ernaast", partnership=here.site.partnership)


def coordinator(site: Site) -> User:
    return make_role(RoleKind.COORDINATOR, site=site).user


def sees(user, corner: Corner) -> str:
    """Which of the readable and the waiting one: "both", "accepted", "" …"""
    rows = set(Signal.objects.visible_to(user).values_list("pk", flat=True))
    return {(True, True): "both", (True, False): "accepted", (False, False): ""}[
        corner.accepted.pk in rows, corner.opened.pk in rows
    ]


NOBODY = {
    "stranger": lambda site: AnonymousUser(),
    "nobody in particular": lambda site: make_user(),
    "volunteer": lambda site: make_role(RoleKind.VOLUNTEER, site=site).user,
    "steering": lambda site: make_role(RoleKind.STEERING, partnership=site.partnership).user,
    "administrator": lambda site: make_role(RoleKind.ADMINISTRATOR).user,
    "worker who also checks people": lambda site: make_worker(site, checks_people=True),
    "worker of nobody known": lambda site: make_role(RoleKind.PARTNER_WORKER, site=site).user,
    "worker whose work ended": lambda site: ended(make_worker(site)),
    "worker whose key ended": lambda site: make_worker(site, until="2023-10-09"),
    "closed account": lambda site: make_worker(site, user=make_user(is_active=False)),
    "coordinator whose key ended": lambda site: make_role(RoleKind.COORDINATOR, site=site, until="2023-10-09").user,
}


def ended(user: User) -> User:
    Membership.objects.filter(user=user).update(until="2023-10-09")
    return user


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_else_reads_anything_by_any_way(who, here, beside):
    user = NOBODY[who](here.site)

    assert (sees(user, here), sees(user, beside)) == ("", "")
    client = client_of(user) if isinstance(user, User) else Client()
    paths = [
        LIST,
        f"{LIST}?plek={here.site.slug}",
        f"{LIST}?maand=2023-10",
        f"{LIST}?thema=housing",
        f"/beheer/{here.site.slug}/signalen/",
        "/mijn/",
    ]
    paths += [f"/signalen/{row.pk}/{tail}" for row in here.mine for tail in ("", "ook-gezien/")]
    paths += [
        f"/beheer/{here.site.slug}/signalen/{row.pk}/{tail}"
        for row in here.mine
        for tail in ("", "herschrijven/", "weigeren/", "samenvoegen/")
    ]
    for path in paths:
        for response in (client.get(path), client.post(path)):
            assert "wachtlijsten" not in response.content.decode(), path
            assert response.status_code in {302, 403, 404, 200}
    assert Signal.objects.filter(marks="").count() == 8


@pytest.mark.parametrize("who", ["worker who also checks people", "worker of nobody known"])
def test_worker_who_may_not_read_is_told_why_by_the_list_and_finds_no_object(who, here):
    client = client_of(NOBODY[who](here.site))

    page = client.get(LIST)
    answers = {client.get(f"/signalen/{pk}/").status_code for pk in (here.accepted.pk, here.opened.pk, uuid.uuid4())}

    assert page.status_code == 403
    assert ("Je werkt voor een organisatie die mensen ook controleert." in words(page)) is (
        who == "worker who also checks people"
    )
    assert "Geef een signaal door" in words(page)
    assert answers == {404}
    assert not any(str(number) in words(page) for number in range(1, 10))


@pytest.mark.parametrize(
    ("who", "own", "other"),
    [("worker", "accepted", ""), ("coordinator", "both", "")],
)
def test_worker_reads_the_accepted_and_coordinator_the_waiting_too_of_the_own_site(who, own, other, here, beside):
    user = make_worker(here.site) if who == "worker" else coordinator(here.site)
    client = client_of(user)

    assert (sees(user, here), sees(user, beside)) == (own, other)
    text = words(client.get(LIST))
    assert "Hier aanvaard" in text
    assert "wachtend over" not in text
    assert "Ernaast" not in text
    assert client.get(f"/signalen/{here.accepted.pk}/").status_code == 200
    hidden = [here.opened, here.merged, here.old, *beside.mine]
    assert {client.get(f"/signalen/{row.pk}/").status_code for row in hidden} == {404}
    assert {client.post(f"/signalen/{row.pk}/ook-gezien/").status_code for row in hidden} == {404}


def test_two_roles_add_up_to_what_each_opens_and_to_no_more(here, beside):
    steering = make_role(RoleKind.STEERING, partnership=here.site.partnership).user
    make_role(RoleKind.PARTNER_WORKER, user=steering, site=here.site)
    make_membership(here.site, user=steering)
    administrator = make_role(RoleKind.ADMINISTRATOR).user
    make_role(RoleKind.COORDINATOR, user=administrator, site=here.site)

    assert (sees(steering, here), sees(steering, beside)) == ("accepted", "")
    assert (sees(administrator, here), sees(administrator, beside)) == ("both", "")


def test_who_checks_people_anywhere_reads_nowhere_as_a_worker(here, beside):
    user = make_worker(here.site)
    make_role(RoleKind.PARTNER_WORKER, user=user, site=beside.site)
    make_membership(beside.site, user=user)
    assert (sees(user, here), sees(user, beside)) == ("accepted", "accepted")

    make_membership(make_site(), user=user, organisation=make_organisation(has_control_function=True))

    assert (sees(user, here), sees(user, beside)) == ("", "")
    assert client_of(user).get(LIST).status_code == 403


def test_who_coordinates_one_site_and_checks_people_at_another_reads_the_first_only(here, beside):
    user = coordinator(here.site)
    make_role(RoleKind.PARTNER_WORKER, user=user, site=beside.site)
    make_membership(beside.site, user=user, organisation=make_organisation(has_control_function=True))

    assert (sees(user, here), sees(user, beside)) == ("both", "")
    assert client_of(user).get(LIST).status_code == 200


def test_organisation_that_begins_to_check_people_closes_the_list_at_once(here):
    organisation = make_organisation()
    client = client_of(make_worker(here.site, organisation=organisation))
    assert client.get(LIST).status_code == 200

    organisation.has_control_function = True
    organisation.save()

    assert client.get(LIST).status_code == 403
    assert client.get(f"/signalen/{here.accepted.pk}/").status_code == 404


def test_what_is_like_it_is_looked_for_among_what_one_may_read(here, beside):
    text = "aanvaard over wachtlijsten"

    found = {who: [line.row for line in alike(user, here.site, text, least=0.1)] for who, user in {
        "worker": make_worker(here.site), "coordinator": coordinator(here.site),
        "checks": make_worker(here.site, checks_people=True), "beside": make_worker(beside.site),
    }.items()}  # fmt: skip

    assert found == {"worker": [here.accepted], "coordinator": [here.accepted], "checks": [], "beside": []}


def test_signal_is_from_a_partner_and_of_a_month():
    site = make_site(name="Hier", slug="hier")
    row = make_signal(
        site, week=39, text="Iets van eind september.", barrier="money", service="het loket", idea="een brief"
    )
    page = words(client_of(make_worker(site)).get(f"/signalen/{row.pk}/"))

    assert "van een partner" in page
    assert "september 2023" in page
    for shown in ("te duur", "het loket", "een brief", "Wonen"):
        assert shown in page
    assert "week" not in page.lower()
    assert "39" not in page


def test_month_holds_what_was_told_in_it_or_told_again_and_nothing_before_or_after():
    site = make_site()
    summer = make_signal(site, week=28, text="Verteld in juli.")
    make_signal(site, week=36, text="", merged_into=summer)
    make_signal(site, week=40, text="Verteld in oktober.")  # its Thursday is 5 October
    client = client_of(make_worker(site))

    def texts(path: str) -> list[str]:
        return [
            one.text for one in read(client.get(path)).one("main").all("p") if one.attributes.get("class") == "said"
        ]

    assert texts(LIST) == ["Verteld in oktober."]
    assert texts(f"{LIST}?maand=2023-09") == texts(f"{LIST}?maand=2023-07") == ["Verteld in juli."]
    assert "2 keer verteld" in words(client.get(f"{LIST}?maand=2023-09"))
    assert {client.get(f"{LIST}?maand={month}").status_code for month in ("2023-08", "2023-13", "x", "2024-01")} == {
        404
    }
    assert texts(f"{LIST}?maand=2023-07&thema=energy") == []


def test_month_of_others_is_no_month_of_mine(here, beside):
    make_signal(beside.site, year=2023, week=20)
    client = client_of(make_worker(here.site))

    assert client.get(f"{LIST}?maand=2023-05").status_code == 404
    assert (
        client.get(f"{LIST}?plek={beside.site.slug}").status_code
        == client.get(f"{LIST}?plek=nergens").status_code
        == 404
    )
    options = [one.text for one in read(client.get(LIST)).all("option")]
    assert options == ["oktober 2023", "Alle thema’s", "Wonen"]


def test_within_a_month_the_order_is_of_chance_and_not_of_weeks():
    site = make_site()
    for week in (40, 41):
        for _ in range(12):
            make_signal(site, week=week)
    rows = list(Signal.objects.visible_to(make_worker(site)).legible().told_in(dt.date(2023, 10, 1), [site]))

    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    weeks = [row.week for row in rows]
    assert weeks not in (sorted(weeks), sorted(weeks, reverse=True))


def test_refusals_are_told_to_readers_without_saying_for_whom(here, beside):
    text = words(client_of(make_worker(here.site)).get(LIST))

    assert "1 signaal is niet opgenomen" in text
    assert "Het ging over één persoon." in text
    assert "We weten niet wie ze gaf" in text
    assert "Ernaast" not in text


def test_list_costs_as_many_queries_for_one_as_for_forty(django_assert_num_queries):
    site = make_site()
    client = client_of(make_worker(site))
    make_signal(site)
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)
    for number in range(40):
        row = make_signal(site, theme=theme(["housing", "energy", "debts"][number % 3]))
        make_signal(site, merged_into=row, text="", theme=row.theme)
        make_refused(site)
    with django_assert_num_queries(9):
        client.get(LIST)


# --- Ook gezien ------------------------------------------------------------------------------------------------------------------------


def test_seen_too_counts_once_in_a_browser_and_again_in_another(here):
    client, other = client_of(make_worker(here.site)), client_of(make_worker(here.site))
    path = f"/signalen/{here.accepted.pk}/ook-gezien/"

    first, second = client.post(path), client.post(path)
    other.post(path)

    assert "we telden er één bij" in words(first)
    assert "Dat zei je al" in words(second)
    here.accepted.refresh_from_db()
    assert here.accepted.seen == 2
    assert "2 keer ook gezien" in words(client.get(LIST))


def test_cookie_is_of_chance_comes_with_the_button_only_and_no_script_reads_it(here):
    client = client_of(make_worker(here.site))

    looking = [
        client.get(LIST),
        client.get(f"/signalen/{here.accepted.pk}/"),
        client.post("/signalen/nieuw/", told(here.site)),
    ]
    pressed = client.post(f"/signalen/{here.accepted.pk}/ook-gezien/")

    assert [COOKIE in response.cookies for response in looking] == [False] * 3
    morsel = pressed.cookies[COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Strict", "/")
    assert len(morsel.value) == 32
    assert COOKIE not in client.post(f"/signalen/{here.accepted.pk}/ook-gezien/").cookies


def test_somebody_elses_browser_counts_for_another_account_too(here):
    """It is of the browser and never of the person: a second account on it is the same one."""
    first, second = client_of(make_worker(here.site)), client_of(make_worker(here.site))
    path = f"/signalen/{here.accepted.pk}/ook-gezien/"
    first.post(path)
    second.cookies[COOKIE] = first.cookies[COOKIE].value

    assert "Dat zei je al" in words(second.post(path))


@pytest.mark.parametrize("cookie", ["", "x", "a" * 33, "ÿ" * 32])
def test_broken_cookie_is_replaced(here, cookie):
    client = client_of(make_worker(here.site))
    client.cookies[COOKIE] = cookie

    assert len(client.post(f"/signalen/{here.accepted.pk}/ook-gezien/").cookies[COOKIE].value) == 32


def test_looking_at_the_button_counts_nothing(here):
    client = client_of(make_worker(here.site))

    response = client.get(f"/signalen/{here.accepted.pk}/ook-gezien/")

    assert (response.status_code, response["Location"]) == (302, f"/signalen/{here.accepted.pk}/")
    here.accepted.refresh_from_db()
    assert here.accepted.marks == ""


def test_admin_counts_no_signals_when_something_is_to_be_deleted(here):
    """Django's page before a deletion lists what hangs on a row."""
    make_partnership()
    client = client_of(make_role(RoleKind.ADMINISTRATOR).user)

    for model, pk in (
        ("partnership", here.site.partnership_id),
        ("municipality", here.site.municipality_id),
        ("site", here.site.pk),
    ):
        page = client.get(f"/admin/sites/{model}/{pk}/delete/", follow=True).content.decode()
        assert "signa" not in page.lower()
        assert "wachtlijsten" not in page
