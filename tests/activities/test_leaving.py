"""The offer of an organisation that leaves: named until its last day, then flagged until somebody takes over or it stops."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from activities.actions.organisers import hand_over, stop_from
from activities.enums import Frequency, OccurrenceStatus
from activities.models import Occurrence, Series
from activities.without_organiser import losses, without_organiser
from partners.actions.leaving import come_back, leave
from sites.enums import RoleKind
from sites.models import Site, User
from tests.desk import client_of
from tests.factories.activities import make_activity, make_series
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_site
from tests.offer import offer
from tests.reading import cards, read

pytestmark = pytest.mark.django_db

WEDNESDAY, AFTER = dt.date(2023, 10, 18), dt.date(2023, 10, 19)
WEEKS = ["2023-W20", "2023-W41", "2023-W42", "2023-W43", "2023-W50"]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def here() -> Site:
    return make_site()


def engaged(site: Site, name: str, **fields):
    organisation = make_organisation(name=name)
    make_engagement(site, organisation=organisation, **fields)
    return organisation


def pages(site: Site) -> dict[str, bytes]:
    addresses = [f"/{site.slug}/week/{week}/" for week in WEEKS]
    addresses += [f"/{site.slug}/week/{week}.json" for week in WEEKS]
    addresses += [f"/{site.slug}/agenda.ics", f"/{site.slug}/partners/"]
    return {address: Client().get(address).content for address in addresses}


def named(site: Site, week: str, name: str) -> list[str]:
    """The headings of the days on which a card of the week names an organisation."""
    page = read(Client().get(f"/{site.slug}/week/{week}/"))
    return [card.under for card in cards(page) if name in card.text]


def flagged(site: Site) -> list[tuple]:
    return [(one.series.title, one.since, one.dates) for one in without_organiser(site)]


def test_organiser_is_named_to_its_last_day_and_older_pages_stay(here):
    there = make_site()
    caw = engaged(here, "CAW Antwerpen")
    make_engagement(there, organisation=caw)
    for site in (here, there):
        activity = make_activity(site)
        for weekday in (0, 4):
            offer(site, organisers=[caw], activity=activity, weekday=weekday)
    before, elsewhere = pages(here), pages(there)
    assert len(named(here, "2023-W42", "CAW Antwerpen")) == 2

    leave(caw, here, on=WEDNESDAY, by=None)

    after = pages(here)
    for week in ("2023-W20", "2023-W41"):
        for address in (f"/{here.slug}/week/{week}/", f"/{here.slug}/week/{week}.json"):
            assert after[address] == before[address]
    assert len(named(here, "2023-W42", "CAW Antwerpen")) == 1
    assert named(here, "2023-W43", "CAW Antwerpen") == []
    assert pages(there) == elsewhere


def test_worker_sees_no_date_after_the_organisation_has_left(here):
    caw = engaged(here, "CAW Antwerpen")
    offer(here, "Soep", weekday=3)
    offer(here, "Koffie", organisers=[caw], weekday=3)
    mira = make_person(RoleKind.PARTNER_WORKER, site=here)
    make_membership(here, user=mira, organisation=caw)

    assert own_days(mira) == [f"donderdag {day}" for day in ("12 oktober", "19 oktober", "26 oktober", "2 november")]
    leave(caw, here, on=WEDNESDAY, by=None)

    assert own_days(mira) == ["donderdag 12 oktober"]


def own_days(worker: User) -> list[str]:
    """The days under the own organisation on `/mijn/`."""
    dates = [
        node for node in read(client_of(worker).get("/mijn/")).all("ul") if node.attributes.get("class") == "dates"
    ]
    return [item.one("b").text for node in dates for item in node.all("li")]


def test_pages_after_coming_back_are_as_before(here):
    caw = engaged(here, "CAW Antwerpen")
    offer(here, organisers=[caw])
    before = pages(here)

    leave(caw, here, on=WEDNESDAY, by=None)
    assert pages(here) != before
    come_back(caw, here, by=None)

    assert said(pages(here)) == said(before)


def said(found: dict[str, bytes]) -> dict[str, bytes]:
    """Without what only counts: a calendar must hear that a date says something again, so its version is higher."""
    return {path: re.sub(rb"(SEQUENCE|LAST-MODIFIED|DTSTAMP):[^\r\n]*", b"", body) for path, body in found.items()}


def test_pages_of_days_between_leaving_and_coming_back_stay(here, time_machine):
    caw = engaged(here, "CAW Antwerpen")
    offer(here, organisers=[caw])
    leave(caw, here, on=WEDNESDAY, by=None)
    time_machine.move_to("2023-11-15T09:00+01:00", tick=False)
    weeks = ("2023-W20", "2023-W43", "2023-W45")
    before = [len(named(here, week, "CAW Antwerpen")) for week in weeks]

    come_back(caw, here, by=None)

    assert [len(named(here, week, "CAW Antwerpen")) for week in weeks] == before == [1, 0, 0]
    assert len(named(here, "2023-W47", "CAW Antwerpen")) == 1


def test_an_activity_that_is_over_still_names_who_did_it(here):
    caw = engaged(here, "CAW Antwerpen")
    activity = make_activity(here, slug="oud")
    offer(here, organisers=[caw], activity=activity, last_day=dt.date(2023, 6, 30))
    before = Client().get(f"/{here.slug}/activiteit/oud/").content
    assert b"CAW Antwerpen" in before

    leave(caw, here, on=dt.date(2023, 10, 9), by=None)

    assert Client().get(f"/{here.slug}/activiteit/oud/").content == before


def test_who_never_had_an_engagement_is_named_all_the_same(here):
    offer(here, organisers=[make_organisation(name="CAW Antwerpen")])

    assert len(named(here, "2023-W43", "CAW Antwerpen")) == 1


def test_an_offer_is_flagged_from_the_first_day_nobody_is_engaged(here):
    there = make_site()
    caw, ligo = engaged(here, "CAW"), engaged(here, "Ligo")
    make_engagement(there, organisation=caw)
    offer(here, "alleen", organisers=[caw], last_day=dt.date(2023, 11, 30))
    offer(here, "samen", organisers=[caw, ligo])
    offer(here, "van Ligo", organisers=[ligo])
    offer(here, "van de plek zelf")
    offer(here, "al voorbij", organisers=[caw], last_day=WEDNESDAY)
    offer(here, "geen dag", organisers=[caw], weekday=None)
    offer(there, "elders", organisers=[caw])
    assert flagged(here) == []

    leave(caw, here, on=WEDNESDAY, by=None)

    assert flagged(here) == [("alleen", AFTER, 6), ("geen dag", AFTER, 0)]
    assert flagged(there) == []


def test_preview_counts_the_dates_that_lose_their_organiser(here):
    caw, ligo = engaged(here, "CAW"), engaged(here, "Ligo")
    offer(here, "alleen", organisers=[caw], last_day=dt.date(2023, 11, 30))
    offer(here, "samen", organisers=[caw, ligo], last_day=dt.date(2023, 10, 31))
    offer(here, "van Ligo", organisers=[ligo])

    found = [(one.series.title, one.dates, one.others) for one in losses(caw, here, WEDNESDAY)]

    assert found == [("alleen", 6, []), ("samen", 2, ["Ligo"])]


@pytest.mark.parametrize("number", [1, 100])
def test_flags_cost_as_many_queries_for_1_as_for_100(here, number, django_assert_num_queries):
    for position in range(number):
        series = make_series(make_activity(here), weekday=None, title=f"Aanbod {position}")
        series.organisers.create(organisation=make_organisation())

    with django_assert_num_queries(6):
        assert len(without_organiser(here)) == number


def test_handed_over_the_old_weeks_say_who_it_was(here):
    caw, ligo = engaged(here, "CAW Antwerpen"), engaged(here, "Ligo Kempen")
    series = offer(here, organisers=[caw])
    before = pages(here)
    leave(caw, here, on=WEDNESDAY, by=None)

    successor = hand_over(series, day=AFTER, to=[ligo], by=None)

    assert (successor.follows_id, successor.first_day) == (series.pk, AFTER)
    assert flagged(here) == []
    for week in ("2023-W20", "2023-W41"):
        assert pages(here)[f"/{here.slug}/week/{week}/"] == before[f"/{here.slug}/week/{week}/"]
    assert [len(named(here, "2023-W43", name)) for name in ("CAW Antwerpen", "Ligo Kempen")] == [0, 1]
    assert len(named(here, "2023-W42", "CAW Antwerpen")) == 1


def test_who_is_still_engaged_goes_on_beside_the_new_one(here):
    caw, ligo, new = (engaged(here, name) for name in ("CAW", "Ligo", "Nieuw"))
    series = offer(here, organisers=[caw, ligo])
    leave(caw, here, on=WEDNESDAY, by=None)

    successor = hand_over(series, day=AFTER, to=[new], by=None)

    assert [host.organisation for host in successor.organisers.all()] == [ligo, new]


def test_an_agreement_that_has_not_begun_changes_itself(here):
    caw, ligo = engaged(here, "CAW"), engaged(here, "Ligo")
    series = offer(here, organisers=[caw], first_day=dt.date(2023, 12, 4))
    leave(caw, here, on=WEDNESDAY, by=None)

    assert hand_over(series, day=AFTER, to=[ligo], by=None) == series
    assert [host.organisation for host in series.organisers.all()] == [ligo]
    assert flagged(here) == []


def test_nobody_from_elsewhere_takes_over(here):
    caw, elsewhere = engaged(here, "CAW"), engaged(make_site(), "Elders")
    series = offer(here, organisers=[caw])

    for to in ([], [elsewhere]):
        with pytest.raises(ValidationError) as caught:
            hand_over(series, day=AFTER, to=to, by=None)
        assert list(caught.value.message_dict) == ["to"]
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        pytest.param({}, 42, id="begun"),
        pytest.param({"first_day": dt.date(2023, 12, 4)}, 0, id="not begun"),
        pytest.param(
            {"frequency": Frequency.ONCE, "weekday": None, "first_day": dt.date(2023, 12, 4)}, 0, id="one date"
        ),
    ],
)
def test_stopped_nothing_is_planned_from_that_day(here, fields, left):
    caw = engaged(here, "CAW")
    series = offer(here, organisers=[caw], **fields)
    leave(caw, here, on=WEDNESDAY, by=None)

    stop_from(series, day=AFTER, by=None)

    planned = Occurrence.objects.filter(series=series, status=OccurrenceStatus.PLANNED)
    assert (planned.count(), planned.filter(day__gte=AFTER).count()) == (left, 0)
    assert flagged(here) == []
