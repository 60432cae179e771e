"""What asks for attention at a site: each line with the page that solves it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.closure import close
from activities.actions.occurrence import cancel
from activities.models import Activity, Occurrence
from activities.problems import problems
from sites.models import Site
from tests.factories.activities import make_activity, make_attendance, make_text
from tests.factories.partners import make_engagement, make_leaving, make_organisation
from tests.factories.sites import make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.rows import day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def site() -> Site:
    """Beside another one where everything goes wrong."""
    other = make_site()
    offer(other, title="Elders", organisers=[make_organisation()])
    make_leaving(other, last_day=day("2023-11-01"))
    return make_site()


def said(site: Site) -> list[str]:
    return [problem.words for problem in problems(site)]


def counted(site: Site, title: str = "Koffie", **fields):
    """An offer of which every date of the last week was counted."""
    series = offer(site, title=title, **fields)
    for date in Occurrence.objects.filter(series=series, day__range=("2023-10-03", "2023-10-10")):
        make_attendance(date)
    return series


def translated(site: Site, title: str = "Koffie", **fields):
    """An offer about which nothing is to be said."""
    series = counted(site, title, **fields)
    for language in ("fr", "en"):
        make_text(series, language=language)
    return series


def test_where_all_goes_well_nothing_asks_for_attention(site):
    translated(site)

    assert said(site) == []


def test_an_offer_without_an_organiser_leads_to_who_takes_it_over(site):
    series = translated(site, organisers=[make_organisation()])

    (problem,) = problems(site)

    assert problem.words == "Koffie heeft vanaf dinsdag 10 oktober geen organisator."
    assert problem.url == f"/beheer/{site.slug}/partners/aanbod/{series.pk}/overdragen/"


def test_two_in_one_room_at_once_unless_they_mean_it(site):
    kitchen = make_place(site, name="Keuken", kind="room")
    translated(site, "Soep", place=kitchen, first_day=day("2023-10-16"), last_day=day("2023-10-16"))
    other = translated(
        site,
        "Taart",
        place=kitchen,
        first_day=day("2023-10-16"),
        last_day=day("2023-10-16"),
        begin=dt.time(11),
        end=dt.time(13),
    )
    translated(site, "Thee", place=kitchen, begin=dt.time(13), end=dt.time(14))  # touching is fine
    translated(site, "Koffie")  # side by side in one house

    assert said(site) == ["Soep en Taart zijn op maandag 16 oktober samen in Keuken."]
    other.shares_room = True
    other.save()
    assert said(site) == []


def test_what_goes_together_with_something_that_is_off(site):
    grocery = translated(site, "De Cirkel")
    activity = make_activity(site, combined_with=grocery.activity)
    translated(site, "Formulieren", activity=activity)
    cancel(date_of(grocery, "2023-10-16"), by=None, note="Vakantie")

    assert said(site) == ["Formulieren gaat op maandag 16 oktober door, maar De Cirkel niet. Ze horen samen."]


def test_a_closed_day_says_how_much_falls_away(site):
    translated(site)
    translated(site, "Soep")
    close(
        by=None,
        partnership=site.partnership,
        site=site,
        first_day=day("2023-10-16"),
        last_day=day("2023-10-16"),
        reason="Schilders",
    )

    assert said(site) == ["Maandag 16 oktober is het dicht (Schilders): 2 activiteiten vallen weg."]


def test_a_partner_that_leaves_soon(site):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    make_leaving(site, organisation=caw, last_day=day("2023-11-30"))
    make_leaving(site, last_day=day("2024-06-30"))

    assert said(site) == ["CAW vertrekt: donderdag 30 november is de laatste dag."]


def test_untranslated_offers_by_language(site):
    counted(site)
    offer(site, title="Gestopt", last_day=day("2023-10-02"))
    make_text(counted(site, "Soep"), language="fr")

    assert said(site) == [
        "1 activiteit heeft nog geen tekst in het Frans.", "2 activiteiten hebben nog geen tekst in het Engels.",
    ]  # fmt: skip


def test_dates_of_the_last_seven_days_without_a_count_lead_to_counting(site):
    monday = translated(site, "Soep", first_day=day("2023-10-16"))  # still to come
    series = offer(site, "Koffie", weekday=3, first_day=day("2023-09-28"))
    make_text(series, language="fr")
    make_text(series, language="en")

    (problem,) = problems(site)

    assert problem.words == "Koffie op donderdag 5 oktober is nog niet geteld."
    assert (problem.button, problem.url) == ("Tel", f"/mijn/tellen/{date_of(series, '2023-10-05').uuid}/")
    make_attendance(date_of(series, "2023-10-05"), took_place=False, people=None)
    assert said(site) == []
    assert not Occurrence.objects.filter(series=monday, day__lt="2023-10-16").exists()


def test_a_week_without_counts_leads_to_the_first_and_then_to_all(site):
    series = [translated(site, f"Nummer {number}") for number in range(6)]
    for one in series:
        date_of(one, "2023-10-09").attendance.delete()

    assert said(site) == [
        *(f"Nummer {number} op maandag 9 oktober is nog niet geteld." for number in range(4)),
        "Nog 2 andere datums zijn niet geteld.",
    ]
    assert problems(site)[-1].url == f"/beheer/{site.slug}/tellingen/"


def test_as_many_queries_for_one_offer_as_for_twenty(site):
    offer(site, organisers=[make_organisation()])
    with CaptureQueriesContext(connection) as few:
        problems(site)
    for number in range(19):
        offer(site, title=f"Nummer {number}", organisers=[make_organisation()], last_day=day("2023-11-30"))

    with CaptureQueriesContext(connection) as many:
        problems(site)

    assert Activity.objects.filter(site=site).count() == 20
    assert len(many) == len(few)
