"""A repair in Django's admin, whatever the row, is read on the page of the week right after, and stands in the log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.forms import BaseForm
from django.test import Client

from activities.models import Occurrence, Series
from partners.models import Organisation
from sites.enums import RoleKind
from sites.models import ChangeLog, Closure, Place, Site
from tests.factories.activities import make_activity, make_text, make_type
from tests.factories.partners import make_organisation
from tests.factories.sites import make_closure, make_home_address, make_place, make_role, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@dataclass
class House:
    site: Site
    series: Series
    host: Organisation
    home: Place


@pytest.fixture
def house() -> House:
    """Thursdays, by a host, at an address of its own, with a French title."""
    site, host = make_site(slug="hier"), make_organisation(name="Oude naam")
    home = make_place(site, name="Oud huis", address="Oude straat 1")
    make_home_address(site, place=home)
    activity = make_activity(site, slug="koffie", type=make_type(pictogram="cup"))
    series = offer(site, "Koffie", activity=activity, organisers=[host], weekday=3)
    make_text(series, language="fr", title="Café")
    make_site(slug="elders")
    return House(site, series, host, home)


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_role(RoleKind.ADMINISTRATOR).user)
    return client


def fields_of(form: BaseForm) -> dict[str, object]:
    """What a browser would send back unchanged."""
    fields = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False:
            fields[field.html_name] = "on" if value is True else value
        if field.field.show_hidden_initial:
            fields[field.html_initial_name] = value
    return fields


def page_to_change(admin: Client, row) -> dict[str, object]:
    context = admin.get(address(row)).context
    fields = fields_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        fields |= fields_of(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            fields |= fields_of(form)
    return fields


def address(row) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def repair(admin: Client, row, **changes) -> None:
    response = admin.post(address(row), page_to_change(admin, row) | changes)
    assert response.status_code == 302, response.context["errors"]


def page(path: str = "/hier/") -> str:
    """All a visitor gets, drawings too."""
    response = Client().get(path)
    assert read(response)
    return response.content.decode()


REPAIRS = {
    "name of a host": (lambda house: house.host, {"names-0-name": "Nieuwe naam"}, "Nieuwe naam"),
    "another name of a host": (
        lambda house: house.host,
        {"names-TOTAL_FORMS": 2, "names-1-name": "Nieuwe naam", "names-1-since": "2023-10-01"},
        "Nieuwe naam",
    ),
    "place": (lambda house: house.home, {"address": "Nieuwe straat 2"}, "Nieuwe straat 2"),
    "kind of activity": (lambda house: house.series.activity.type, {"pictogram": "bike"}, "p-bike"),
    "activity": (lambda house: house.series.activity, {"learn": "on"}, "Iets leren"),
    "agreement": (lambda house: house.series, {"title": "Thee"}, "Thee"),
    "date put in": (
        lambda house: house.series,
        {"dates-TOTAL_FORMS": 1, "dates-0-day": "2023-10-13", "dates-0-change": "added"},
        "/hier/activiteit/koffie/",
    ),
    "home": (
        lambda house: house.site.home_addresses.get(),
        {"place": lambda house: make_place(house.site, name="Nieuw huis", address="Nieuwe straat 2").pk},
        "Nieuwe straat 2",
    ),
    "closure": (lambda house: make_closure(house.site, first_day=DAY, last_day=DAY), {"reason": "Verbouwing"}, "Verbouwing"),
    "closure of all": (
        lambda house: make_closure(partnership=house.site.partnership, first_day=DAY, last_day=DAY),
        {"reason": "Verbouwing"},
        "Verbouwing",
    ),
    "place of the house": (lambda house: house.site, {"name": "Nieuwe plek"}, "Nieuwe plek"),
}  # fmt: skip
DAY = dt.date(2023, 10, 12)


@pytest.mark.parametrize("name", REPAIRS)
def test_a_repair_shows_at_once_and_stands_in_the_log(house, admin, name):
    find, changes, words = REPAIRS[name]
    row = find(house)
    changes = {field: value(house) if callable(value) else value for field, value in changes.items()}
    before = page().count(words)
    version = Site.objects.get(pk=house.site.pk).schedule_version

    repair(admin, row, **changes)

    assert page().count(words) > before
    assert Site.objects.get(pk=house.site.pk).schedule_version == version + 1
    assert ChangeLog.objects.filter(by__isnull=False, verb__in=["add", "repair"]).exists()


def test_a_translation_shows_at_once(house, admin):
    assert "Café" in page("/fr/hier/")

    repair(admin, house.series, **{"texts-0-title": "Thé"})

    assert "Thé" in page("/fr/hier/")
    log = ChangeLog.objects.get(about_model="activities.text")
    assert (log.verb, log.site, log.changes) == ("repair", house.site, {"title": ["Café", "Thé"]})


def test_an_organisation_itself_renders_every_site_anew(house, admin):
    before = dict(Site.objects.values_list("slug", "schedule_version"))

    repair(admin, house.host, website="https://voorbeeld.be/")

    assert dict(Site.objects.values_list("slug", "schedule_version")) == {
        slug: version + 1 for slug, version in before.items()
    }


@pytest.mark.parametrize("kind", ["home", "closure", "name"])
def test_what_is_deleted_is_gone_at_once(house, admin, kind):
    later = make_home_address(
        house.site, place=make_place(house.site, address="Nieuwe straat 2"), since=DAY.replace(day=1)
    )
    closure = make_closure(house.site, first_day=DAY, last_day=DAY, reason="Verbouwing")
    assert ("Nieuwe straat 2" in page(), "Verbouwing" in page(), "Oude naam" in page()) == (True, True, True)

    if kind == "name":
        repair(admin, house.host, **{"names-0-DELETE": "on"})
    else:
        row = {"home": later, "closure": closure}[kind]
        # The whole list at once, as from its page.
        listing = f"/admin/sites/{row._meta.model_name}/"
        admin.post(listing, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})

    gone = {"home": "Nieuwe straat 2", "closure": "Verbouwing", "name": "Oude naam"}[kind]
    assert gone not in page()
    assert ChangeLog.objects.filter(verb="delete").count() == 1


def test_rows_inside_the_page_of_another_are_in_the_log(house, admin):
    name = house.host.names.get()

    repair(
        admin, house.host,
        **{"names-TOTAL_FORMS": 2, "names-0-name": "Beter", "names-1-name": "Later", "names-1-since": "2023-11-01"},
    )  # fmt: skip
    later = house.host.names.get(name="Later")
    repair(admin, house.host, **{"names-1-DELETE": "on"})

    logged = ChangeLog.objects.filter(about_model="partners.organisationname").order_by("pk")
    assert list(logged.values_list("verb", "about_id", "changes")) == [
        ("repair", str(name.pk), {"name": ["Oude naam", "Beter"]}),
        ("add", str(later.pk), {"name": ["None", "Later"], "since": ["None", "2023-11-01"]}),
        ("delete", str(later.pk), {}),
    ]


def test_a_closure_that_goes_to_another_site_opens_the_first(house, admin):
    there = make_site(slug="daar", partnership=house.site.partnership)
    closure = make_closure(house.site, first_day=DAY, last_day=DAY, reason="Verbouwing")
    assert "Verbouwing" in page()

    repair(admin, closure, site=there.pk)

    assert "Verbouwing" not in page()


def test_an_activity_keeps_its_address_and_its_site(house, admin):
    repair(admin, house.series.activity, slug="thee", site=Site.objects.get(slug="elders").pk)

    house.series.activity.refresh_from_db()
    assert (house.series.activity.slug, house.series.activity.site) == ("koffie", house.site)


def test_calendars_hear_of_a_closure_that_begins_changes_and_ends(house, admin):
    thursday, friday = (
        date_of(offer(house.site, weekday=weekday), DAY + dt.timedelta(weekday - 3)) for weekday in (3, 4)
    )

    def sequences() -> list[int]:
        return [Occurrence.objects.get(pk=date.pk).sequence for date in (thursday, friday)]

    days = {"first_day": str(DAY), "last_day": str(DAY), "reason": "Verbouwing"}
    admin.post("/admin/sites/closure/add/", {"partnership": house.site.partnership_id, "site": house.site.pk} | days)
    closure = Closure.objects.get()
    begun = sequences()
    repair(admin, closure, first_day="2023-10-13", last_day="2023-10-13")
    changed = sequences()
    admin.post(f"/admin/sites/closure/{closure.pk}/delete/", {"post": "yes"})

    assert [begun, changed, sequences()] == [[1, 0], [2, 1], [2, 2]]
