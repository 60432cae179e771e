"""What stays when the money stops: chosen per activity, read by who steers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.enums import Frequency, Staying
from activities.models import Continuation
from activities.what_stays import what_stays
from sites.enums import RoleKind
from sites.models import ChangeLog
from tests.desk import at_desk, client_of, form_at, words
from tests.factories.activities import make_activity, make_continuation, make_series
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_person, make_site

pytestmark = pytest.mark.django_db

PATH = "/beheer/hier/geld/blijft/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


def test_choice_is_kept_read_and_not_kept_twice(site):
    coffee, shop = make_activity(site), make_activity(site)
    make_series(coffee, title="Koffie")
    make_series(shop, title="Winkel")
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    client = at_desk(site)

    form = form_at(client, PATH) | {f"w{coffee.pk}": Staying.SMALLER, f"o{coffee.pk}": caw.pk}
    client.post(PATH, form)
    client.post(PATH, form_at(client, PATH))

    assert list(Continuation.objects.values_list("activity", "what", "organisation")) == [
        (coffee.pk, "smaller", caw.pk)
    ]
    assert ChangeLog.objects.filter(verb="choose_what_stays").count() == 1
    shown = words(client_of(make_person(RoleKind.STEERING, partnership=site.partnership)).get("/stuurgroep/geld/"))
    for piece in ("Koffie", "blijft, maar kleiner", "CAW", "Winkel", "nog niet bekend"):
        assert piece in shown, piece


def test_list_in_which_nothing_is_chosen_says_so_in_the_readers_language(site):
    make_series(make_activity(site))
    make_engagement(site, organisation=make_organisation(name="CAW"))
    client = at_desk(site)

    shown = {prefix: words(client.get(f"{prefix}{PATH}")) for prefix in ("", "/fr", "/en")}

    assert [text for text in shown.values() if "Select an option" in text] == []
    assert ["– kies –" in shown[""], "– choisissez –" in shown["/fr"]] == [True, True]


def test_second_of_two_looks_again_before_it_is_kept(site):
    coffee = make_activity(site)
    make_series(coffee, title="Koffie")
    one, other = at_desk(site), at_desk(site)
    opened = form_at(other, PATH)
    one.post(PATH, form_at(one, PATH) | {f"w{coffee.pk}": Staying.STAYS})

    answer = other.post(PATH, opened | {f"w{coffee.pk}": Staying.STOPS})

    assert answer.status_code == 200
    assert "Iemand anders veranderde dit" in words(answer)
    assert "Nu staat er bij “Koffie”: blijft" in words(answer)
    assert Continuation.objects.get().what == Staying.STAYS


def test_what_stops_is_carried_by_nobody_and_what_happens_once_is_not_asked(site):
    coffee, trip, over = make_activity(site), make_activity(site), make_activity(site)
    make_series(coffee, title="Koffie")
    make_series(trip, title="Uitstap", frequency=Frequency.ONCE, first_day=dt.date(2023, 11, 1), weekday=None)
    make_series(over, title="Voorbij", last_day=dt.date(2023, 9, 30))
    caw = make_organisation()
    make_engagement(site, organisation=caw)
    client = at_desk(site)
    client.post(PATH, form_at(client, PATH) | {f"w{coffee.pk}": Staying.STOPS, f"o{coffee.pk}": caw.pk})

    lines = what_stays(site, dt.date(2023, 10, 10))

    assert [(one.title, one.what, one.who) for one in lines] == [("Koffie", "stops", "")]


def queries_of(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_pages_ask_as_much_for_many_as_for_one(site):
    make_engagement(site)
    make_series(make_activity(site))
    desk, steering = at_desk(site), client_of(make_person(RoleKind.STEERING, partnership=site.partnership))
    pages = [(desk, PATH), (steering, "/stuurgroep/geld/")]
    for client, path in pages:
        client.get(path)
    before = [queries_of(client, path) for client, path in pages]

    for place in (site, make_site(partnership=site.partnership), make_site(partnership=site.partnership)):
        make_engagement(place)
        make_series(make_activity(place))

    assert [queries_of(client, path) for client, path in pages] == before


def test_who_could_carry_it_stays_chosen_when_they_work_here_no_more(site):
    coffee = make_activity(site)
    make_series(coffee)
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw, until=dt.date(2023, 9, 30))
    make_continuation(coffee, what=Staying.STAYS, organisation=caw)
    client = at_desk(site)

    client.post(PATH, form_at(client, PATH) | {f"w{coffee.pk}": Staying.SMALLER})

    assert Continuation.objects.values_list("what", "organisation").get() == ("smaller", caw.pk)
