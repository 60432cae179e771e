"""New activities: in one screen, as a draft, as a proposal, from a partner's list, and last season again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from activities.enums import Frequency, PriceKind
from activities.models import Activity, Occurrence, Plan, Series
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from tests.desk import at_desk, client_of, errors, filled, form_at, words
from tests.factories.activities import make_type
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def site() -> Site:
    make_site()
    return make_site()


def path(site: Site, more: str) -> str:
    return f"/beheer/{site.slug}/planner/{more}"


def asked(**more) -> dict:
    """Sewing every Thursday afternoon from 12 October, free."""
    plain = {
        "title": "Naaicafé", "type": str(make_type().pk), "functions": ["learn"], "often": "weekly",
        "first_day": "2023-10-12", "begin": "13:30", "end": "16:00", "part": "", "price_kind": "free",
        "volunteers_allowed": "on",
    }  # fmt: skip
    return plain | more


def send(client: Client, address: str, data: dict, how: str):
    """Fill in, look, and press the last button."""
    preview = client.post(address, data)
    assert preview.status_code == 200
    return client.post(address, hidden(preview) | {"zeker": how})


def hidden(response) -> dict[str, list[str]]:
    """What the last form of a preview sends; a field may stand there several times."""
    found: dict[str, list[str]] = {}
    for node in read(response).one("main").all("input"):
        if node.attributes.get("type") == "hidden":
            found.setdefault(node.attributes["name"], []).append(node.attributes.get("value", ""))
    return found


def held(site: Site, first: str, last: str) -> list[tuple[str, str]]:
    dates = Occurrence.objects.filter(site=site, day__range=(first, last)).happening().order_by("day", "pk")
    return [(str(day), title) for day, title in dates.values_list("day", "series__title")]


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, False),
        ({"description": "Breng stof mee."}, True),
        ({"volunteers_allowed": ""}, True),
        ({"last_day": "gisteren"}, True),
    ],
)
def test_what_can_wait_is_folded_away_unless_it_says_something(site, more, is_open):
    client = at_desk(site)
    empty = read(client.get(path(site, "nieuw/"))).one("details")

    fold = read(client.post(path(site, "nieuw/"), asked(title="", **more))).one("details")

    assert "open" not in empty.attributes
    assert ("open" in fold.attributes) is is_open
    assert "Voor wie?" in fold.text


def test_one_screen_puts_it_in_the_week(site):
    client = at_desk(site)

    response = send(client, path(site, "nieuw/"), asked(), "open")

    assert response.url == f"/beheer/{site.slug}/planner/2023-W41/"
    assert held(site, "2023-10-09", "2023-10-31") == [
        ("2023-10-12", "Naaicafé"), ("2023-10-19", "Naaicafé"), ("2023-10-26", "Naaicafé"),
    ]  # fmt: skip
    assert "Naaicafé" in words(Client().get(f"/{site.slug}/"))


def test_who_enters_a_season_stays_at_it_with_the_day_filled_in(site):
    client = at_desk(site)

    response = send(client, path(site, "nieuw/"), asked(), "nog")

    assert response.url == path(site, "nieuw/?dag=2023-10-12")
    assert form_at(client, response.url)["first_day"] == "2023-10-12"
    assert held(site, "2023-10-12", "2023-10-12") == [("2023-10-12", "Naaicafé")]


def test_preview_lists_the_first_eight_dates_and_saves_nothing(site):
    preview = at_desk(site).post(path(site, "nieuw/"), asked(first_day="2023-10-25", often="fortnightly"))

    shown = [item.text for item in read(preview).one("main").all("li") if "2023" in item.text or "2024" in item.text]
    assert len(shown) == 8
    assert shown[1].startswith("woensdag 8 november 2023")
    assert (Activity.objects.count(), Series.objects.count()) == (0, 0)


def test_what_was_tapped_in_the_planner_is_filled_in(site):
    form = form_at(at_desk(site), path(site, "nieuw/?dag=2023-10-20&deel=evening"))

    assert (form["first_day"], form["part"]) == ("2023-10-20", "evening")


@pytest.mark.parametrize(
    ("often", "day", "rule"),
    [
        ("weekly", "2023-10-12", (Frequency.WEEKLY, 3, 1, None)),
        ("fortnightly", "2023-10-12", (Frequency.WEEKLY, 3, 2, None)),
        ("monthly", "2023-10-12", (Frequency.MONTHLY, 3, 1, 2)),
        ("monthly", "2023-10-31", (Frequency.MONTHLY, 1, 1, -1)),
        ("last", "2023-10-26", (Frequency.MONTHLY, 3, 1, -1)),
        ("once", "2023-10-12", (Frequency.ONCE, None, 1, None)),
    ],
)
def test_the_first_day_says_which_day_it_repeats_on(site, often, day, rule):
    send(at_desk(site), path(site, "nieuw/"), asked(often=often, first_day=day), "open")

    series = Series.objects.get()
    assert (series.frequency, series.weekday, series.interval, series.nth) == rule


def test_a_day_nobody_knows_yet_stands_apart(site):
    send(at_desk(site), path(site, "nieuw/"), asked(day_unknown="on"), "open")

    assert Series.objects.get().weekday is None
    assert "Ook elke week" in words(Client().get(f"/{site.slug}/"))


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"price_kind": "goods"}, {"price_kind": ["Leren is altijd gratis. Kies “gratis”, of laat ‘leren’ weg."]}),
        ({"functions": ["meet"], "price_kind": "fixed"}, {"price": ["Vul in hoeveel euro, of kies een andere prijs."]}),
        ({"end": "13:30"}, {"end": ["Kies een einduur na het begin, ten laatste twaalf uur later."]}),
        ({"last_day": "2023-10-01"}, {"last_day": ["De laatste dag ligt voor de eerste dag."]}),
        ({"title": ""}, {"title": ["Dit veld is verplicht."]}),
        ({"functions": []}, {"functions": ["Dit veld is verplicht."]}),
        ({"often": "once", "first_day": "2024-03-31", "begin": "02:30", "end": "04:00"},
         {"begin": ["Dit uur bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een ander uur."]}),
    ],
    ids=["learning-costs", "no-amount", "no-length", "ends-first", "no-title", "no-function", "no-such-hour"],
)  # fmt: skip
def test_mistakes_stand_beside_their_field(site, wrong, beside):
    response = at_desk(site).post(path(site, "nieuw/"), asked(**wrong))

    said = errors(response)
    assert {name: said[name] for name in beside} == beside
    assert filled(read(response))["description"] == ""
    assert Activity.objects.count() == 0


def test_everything_that_is_wrong_is_said_at_once(site):
    wrong = {"title": "", "functions": [], "end": "13:30", "price_kind": "fixed"}

    response = at_desk(site).post(path(site, "nieuw/"), asked(**wrong))

    assert errors(response).keys() == {"title", "functions", "end", "price"}


def test_a_fixed_price_is_kept_in_cents(site):
    data = asked(functions=["meet"], price_kind=PriceKind.FIXED, price="2,50")
    send(at_desk(site), path(site, "nieuw/"), data, "open")

    assert Series.objects.get().price_cents == 250


def test_a_second_of_the_same_name_gets_an_address_of_its_own(site):
    client = at_desk(site)
    for _time in range(2):
        send(client, path(site, "nieuw/"), asked(), "open")

    assert list(Activity.objects.order_by("pk").values_list("slug", flat=True)) == ["naaicafe", "naaicafe-2"]


def test_a_draft_is_seen_by_the_desk_only_until_it_is_published(site):
    client = at_desk(site)
    response = send(client, path(site, "nieuw/"), asked(), "ontwerp")
    assert "Naaicafé" not in words(Client().get(f"/{site.slug}/"))
    assert "Naaicafé is nog een ontwerp." in words(client.get(f"/beheer/{site.slug}/"))
    assert "donderdag 12 oktober 2023" in words(client.get(response.url))

    client.post(response.url)

    assert "Naaicafé" in words(Client().get(f"/{site.slug}/"))
    assert client.get(response.url).status_code == 404


def test_a_draft_changes_freely_and_goes_away_with_a_reason(site):
    client = at_desk(site)
    send(client, path(site, "nieuw/"), asked(), "ontwerp")
    series = Series.objects.get()
    change = path(site, f"afspraak/{series.pk}/")
    form = form_at(client, change) | {"since": "2023-10-13", "begin": "14:00", "reason": "Later"}
    send(client, change, form, "stil")
    series.refresh_from_db()
    assert (series.begin, series.weekday, series.is_published) == (dt.time(14), 4, False)

    client.post(path(site, f"ontwerp/{series.pk}/weg/"), {"reason": "Geen zaal"})

    assert (Series.objects.count(), Activity.objects.count()) == (0, 0)
    assert ChangeLog.objects.get(verb="discard").reason == "Geen zaal"


def test_a_worker_proposes_and_the_coordinator_decides(site):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=worker, organisation=caw)

    response = send(client_of(worker), path(site, "voorstel/"), asked(), "open")  # "open" is not theirs to say

    assert response.url == "/mijn/"
    series = Series.objects.get()
    assert (series.is_published, series.proposed_by, [one.organisation for one in series.organisers.all()]) == (
        False,
        caw,
        [caw],
    )
    coordinator = at_desk(site)
    assert "CAW stelt Naaicafé voor." in words(coordinator.get(f"/beheer/{site.slug}/"))
    coordinator.post(path(site, f"ontwerp/{series.pk}/"))
    assert held(site, "2023-10-12", "2023-10-12") == [("2023-10-12", "Naaicafé")]


def test_a_worker_cannot_propose_elsewhere_or_publish(site):
    other = make_site()
    caw = make_organisation()
    worker = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=worker, organisation=caw)
    client = client_of(worker)

    assert client.get(path(other, "voorstel/")).status_code == 404
    assert client.get(path(site, "nieuw/")).status_code == 403


def test_dates_of_a_partner_come_in_by_lines(site):
    client, address = at_desk(site), path(site, "datums/")
    lines = (
        "dag;begin;einde;naam\n12/10/2023; 13:30; 16:00; Naaicafé\n2023-10-19;13.30;16.00;\n\n26-10-2023;;;Uitstap\n"
    )
    data = {
        "title": "Naaicafé",
        "type": str(make_type().pk),
        "functions": ["meet"],
        "price_kind": "free",
        "lines": lines,
    }

    send(client, address, data, "1")
    send(client, address, data, "1")

    assert held(site, "2023-10-01", "2023-10-31") == [
        ("2023-10-12", "Naaicafé"), ("2023-10-19", "Naaicafé"), ("2023-10-26", "Uitstap"),
    ]  # fmt: skip
    assert Activity.objects.count() == 2


def test_lines_that_cannot_be_are_named_by_number_and_nothing_is_saved(site):
    lines = "12/10/2023;13:30;16:00\n31/02/2024\n2023-01-01\n12/10/2023;16:00;16:00\n12/10/2023;13:30;16:00"
    data = {
        "title": "Naaicafé",
        "type": str(make_type().pk),
        "functions": ["meet"],
        "price_kind": "free",
        "lines": lines,
    }

    response = at_desk(site).post(path(site, "datums/"), data)

    assert errors(response)["lines"] == [
        "Regel 2: Deze dag bestaat niet. Schrijf ze zo: 31/12/2023.",
        "Regel 3: Deze datum is voorbij.",
        "Regel 4: Kies een einduur na het begin, ten laatste twaalf uur later.",
        "Regel 5: Deze datum staat er al.",
    ]
    assert filled(read(response))["lines"].split() == lines.split()
    assert Series.objects.count() == 0


def test_last_season_comes_back_as_drafts_on_the_same_day_of_the_week(site):
    last = offer(site, title="Soep", first_day=dt.date(2022, 10, 3), last_day=dt.date(2023, 3, 27))
    elsewhere = offer(make_site(), title="Elders")

    response = at_desk(site).post(path(site, "seizoen/"), {"series": [str(last.pk)], "weeks": "56", "last_day": ""})

    assert response.status_code == 302
    copy = Series.objects.get(is_published=False)
    assert (copy.title, str(copy.first_day), str(copy.last_day), copy.weekday) == (
        "Soep",
        "2023-10-30",
        "2024-04-22",
        0,
    )
    refused = at_desk(site).post(path(site, "seizoen/"), {"series": [str(elsewhere.pk)], "weeks": "52"})
    assert errors(refused)["series"]


def test_plans_stand_apart_and_two_who_write_lose_nothing(site):
    client = at_desk(site)
    client.post(f"/beheer/{site.slug}/plannen/nieuw/", {"title": "SamenTuin", "with_whom": "Ferm", "status": "planned"})
    plan = Plan.objects.get()
    address = f"/beheer/{site.slug}/plannen/{plan.pk}/"
    old = form_at(client, address)
    client.post(address, form_at(client, address) | {"status": "started"})

    response = client.post(address, old | {"note": "Grond zoeken"})

    assert response.status_code == 409
    plan.refresh_from_db()
    assert (plan.status, plan.note) == ("started", "")
    assert "SamenTuin" not in words(Client().get(f"/{site.slug}/"))


def test_words_are_corrected_backwards_with_a_reason_and_translated(site):
    series = offer(site, title="Nayklas")
    client, address = at_desk(site), path(site, f"afspraak/{series.pk}/woorden/")
    form = form_at(client, address) | {"title": "Naailes", "title_fr": "Cours de couture", "reason": "Schrijffout"}

    client.post(address, form)

    assert "Naailes" in words(Client().get(f"/{site.slug}/week/2023-W10/"))
    assert "Cours de couture" in words(Client().get(f"/fr/{site.slug}/week/2023-W10/"))
    refused = client.post(address, form | {"title_en": "", "description_en": "Sewing"})
    assert errors(refused)["title_en"] == ["Vul ook in hoe het heet in die taal."]


def test_the_agreement_changes_from_a_day_on(site):
    series = offer(site)
    client, address = at_desk(site), path(site, f"afspraak/{series.pk}/")
    form = form_at(client, address) | {"since": "2023-10-25", "often": "fortnightly", "reason": "Minder volk"}

    send(client, address, form, "stil")

    assert held(site, "2023-10-16", "2023-11-22") == [
        ("2023-10-16", "Koffie"), ("2023-10-23", "Koffie"), ("2023-10-25", "Koffie"), ("2023-11-08", "Koffie"),
        ("2023-11-22", "Koffie"),
    ]  # fmt: skip
