"""Repairs in Django's admin: in the change log, without what is personal, and seen at once in every channel."""

import datetime as dt

import pytest
from django.test import Client

from partners.models import OrganisationName
from sites.enums import RoleKind
from sites.models import ChangeLog, Erasure, OldSlug, Site, User
from tests.factories.activities import make_type
from tests.factories.partners import make_organisation
from tests.factories.sites import make_milestone, make_place, make_role, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_role(RoleKind.ADMINISTRATOR).user


@pytest.fixture
def client(administrator):
    client = Client()
    client.force_login(administrator)
    return client


def form_of(site, **changes):
    names = ["slug", "name", "kind", "status", "time_zone", "contact"]
    fields = {name: getattr(site, name) for name in names}
    fields |= {
        "partnership": site.partnership_id,
        "municipality": site.municipality_id,
        "example_fields": "[]",
        "initial-example_fields": "[]",
    }
    return fields | {"closed_on_holidays": "on"} | changes


def versions():
    return dict(Site.objects.values_list("pk", "schedule_version"))


def test_repair_of_a_place_renders_its_own_site_anew_and_no_other(client, administrator):
    here, there = make_site(), make_site()
    place = make_place(here, name="Oud")
    before = versions()

    client.post(
        f"/admin/sites/place/{place.pk}/change/",
        {"site": here.pk, "name": "Nieuw", "kind": "house", "example_fields": "[]", "initial-example_fields": "[]"},
    )

    assert versions() == before | {here.pk: before[here.pk] + 1}
    log = ChangeLog.objects.get()
    assert (log.by, log.verb, log.site, log.changes) == (administrator, "repair", here, {"name": ["Oud", "Nieuw"]})
    assert there.pk in before


def test_new_name_of_an_organisation_renders_every_site_anew(client):
    make_site(), make_site()
    organisation = make_organisation(name="Oud")
    name = organisation.names.get()
    before = versions()

    client.post(
        f"/admin/partners/organisation/{organisation.pk}/change/",
        {
            "code": organisation.code, "kind": organisation.kind, "website": "", "contact": "",
            "names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 1, "names-0-id": name.pk,
            "names-0-organisation": organisation.pk, "names-0-name": "Nieuw", "names-0-since": str(name.since),
            "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        },
    )  # fmt: skip

    assert OrganisationName.objects.get().name == "Nieuw"
    assert versions() == {pk: version + 1 for pk, version in before.items()}


def test_another_address_keeps_the_printed_one(client):
    site = make_site(slug="oud", status="active")

    client.post(f"/admin/sites/site/{site.pk}/change/", form_of(site, slug="nieuw"))

    assert Site.objects.get().slug == "nieuw"
    assert [(old.slug, old.site) for old in OldSlug.objects.all()] == [("oud", site)]
    assert Client().get("/oud/").headers["Location"] == "/nieuw/"


def test_address_that_was_of_another_site_is_refused_beside_the_field_and_nothing_is_saved(client):
    first, second = make_site(slug="eerste"), make_site(slug="tweede")
    OldSlug.objects.create(slug="vroeger", site=first)

    response = client.post(f"/admin/sites/site/{second.pk}/change/", form_of(second, slug="vroeger", name="Anders"))

    assert response.context["adminform"].form.errors == {
        "slug": ["Dit adres is al van een andere plek. Kies een ander."]
    }
    second.refresh_from_db()
    assert (second.slug, second.name) != ("vroeger", "Anders")
    assert second.slug == "tweede"


def test_name_and_address_of_a_person_never_enter_the_log(client):
    person = User.objects.create_user("geheim@voorbeeld.example", name="Geheime Naam")
    url = f"/admin/sites/user/{person.pk}/"

    client.post(
        f"{url}change/",
        {"email": "ander@voorbeeld.example", "name": "Andere Naam", "language": "fr", "is_active": "on"},
    )
    client.post(f"{url}delete/", {"post": "yes"})

    assert not User.objects.filter(pk=person.pk).exists()
    assert Erasure.objects.get().erasure_id == person.erasure_id
    logged = list(ChangeLog.objects.order_by("pk").values_list("verb", "changes"))
    assert logged == [
        ("repair", {"email": [None, None], "name": [None, None], "language": ["nl", "fr"]}),
        ("erase_person", {}),
    ]


def test_closure_begins_and_ends_in_the_log(client):
    site = make_site()
    closure = {"partnership": site.partnership_id, "site": site.pk, "reason": "Dicht"}
    days = {"first_day": str(dt.date(2023, 10, 9)), "last_day": str(dt.date(2023, 10, 10))}

    client.post("/admin/sites/closure/add/", closure | days)

    assert [(log.verb, log.site) for log in ChangeLog.objects.all()] == [("add", site)]


def test_who_has_a_role_stands_in_the_log_by_key_only(client):
    first, second = make_user(name="Geheime Naam"), make_user(name="Andere Naam")
    role = make_role(RoleKind.VOLUNTEER, user=first, site=make_site())

    client.post(
        f"/admin/sites/role/{role.pk}/change/",
        {"user": second.pk, "kind": role.kind, "site": role.site_id, "since": str(role.since)},
    )

    assert ChangeLog.objects.get().changes == {"user": [str(first.pk), str(second.pk)]}


def test_what_concerns_a_whole_partnership_is_logged_with_it_but_for_roles(client):
    site = make_site()
    make_role(RoleKind.STEERING, partnership=site.partnership)
    closure = {
        "partnership": site.partnership_id,
        "reason": "Dicht",
        "first_day": "2023-10-09",
        "last_day": "2023-10-09",
    }
    role = {"user": make_user().pk, "kind": "steering", "partnership": site.partnership_id, "since": "2023-10-09"}

    client.post("/admin/sites/closure/add/", closure)
    client.post("/admin/sites/closure/add/", closure | {"site": site.pk})
    client.post("/admin/sites/role/add/", role)

    assert list(ChangeLog.objects.order_by("pk").values_list("about_model", "site", "partnership")) == [
        ("sites.closure", None, site.partnership_id), ("sites.closure", site.pk, None), ("sites.role", None, None)
    ]  # fmt: skip


@pytest.mark.parametrize("names", ["5", '["koffie"]', "[]", "{}", '{"nl": 1}'])
def test_names_of_a_kind_that_no_page_could_show_are_refused_beside_the_field(client, names):
    kind = make_type()

    response = client.post(
        f"/admin/activities/activitytype/{kind.pk}/change/", {"code": kind.code, "pictogram": "cup", "names": names}
    )

    assert list(response.context["adminform"].form.errors) == ["names"]
    assert type(kind).objects.get(pk=kind.pk).names == kind.names


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"translations": "[1]"}, "translations"),
        ({"correction_translations": "5"}, "correction_translations"),
        ({"day": "2023-10-05", "precision": 3}, "__all__"),
    ],
)
def test_a_key_moment_that_no_page_could_show_is_refused_with_a_sentence(client, changes, field):
    moment = make_milestone(make_site())

    response = client.post(f"/admin/sites/milestone/{moment.pk}/change/", moment_form(moment) | changes)

    (sentence,) = response.context["adminform"].form.errors[field]
    assert sentence.startswith(("Schrijf een tekst per taal", "Kies de eerste dag"))


def test_an_emptied_box_of_translations_is_none_at_all(client):
    moment = make_milestone(make_site(), translations={"fr": "Oui"})

    client.post(f"/admin/sites/milestone/{moment.pk}/change/", moment_form(moment) | {"translations": ""})

    moment.refresh_from_db()
    assert moment.translations == {}


def moment_form(moment):
    return {
        "partnership": moment.partnership_id, "site": moment.site_id, "day": str(moment.day), "precision": 1,
        "position": 0, "text": moment.text, "translations": "{}", "correction_translations": "{}",
    }  # fmt: skip


def test_a_misspelt_zone_is_refused_beside_the_field(client):
    site = make_site()

    response = client.post(f"/admin/sites/site/{site.pk}/change/", form_of(site, time_zone="Europe/Brusel"))

    assert response.context["adminform"].form.errors == {
        "time_zone": ["Deze tijdzone kennen we niet. Schrijf bv. “Europe/Brussels”."]
    }


def key_form(user, kind, **fields):
    return {"user": user.pk, "kind": kind, "site": "", "partnership": "", "since": "2023-10-09", "until": ""} | fields


def letters_of(mailoutbox):
    return sorted((letter.to[0], letter.subject) for letter in mailoutbox)


def test_a_key_given_here_is_told_as_one_given_at_the_desk(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    site = make_site(name="Plek")
    coordinator, other = make_role(RoleKind.COORDINATOR, site=site).user, make_role(RoleKind.ADMINISTRATOR).user
    person = make_user()
    name = site.partnership.name

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/sites/role/add/", key_form(administrator, "coordinator", site=site.pk))
    assert letters_of(mailoutbox) == [(coordinator.email, "Nieuwe sleutel voor Plek")]
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/sites/role/add/", key_form(person, "steering", partnership=site.partnership_id))
    assert letters_of(mailoutbox) == [(coordinator.email, f"Nieuwe sleutel voor {name}")]
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/sites/role/add/", key_form(person, "administrator"))
    assert letters_of(mailoutbox) == [(other.email, "Nieuwe sleutel voor alle plekken")]
    assert [log.verb for log in ChangeLog.objects.all()] == ["add"] * 3


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({"kind": "coordinator"}, True),
        ({"since": "2023-09-01"}, True),
        ({"until": "2099-01-01"}, True),
        ({"until": "2098-01-01"}, False),
        ({"since": "2023-10-09"}, False),
        ({}, False),
    ],
)
def test_a_repaired_key_is_told_when_it_opens_more(
    client, mailoutbox, django_capture_on_commit_callbacks, changes, is_told
):
    site = make_site()
    make_role(RoleKind.COORDINATOR, site=site)
    days = {"since": dt.date(2023, 10, 8), "until": dt.date(2098, 2, 1)}
    role = make_role(RoleKind.VOLUNTEER, site=site, **days)
    form = key_form(role.user, "volunteer", site=site.pk, **{name: str(day) for name, day in days.items()}) | changes

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/sites/role/{role.pk}/change/", form)

    assert len(mailoutbox) == is_told


def test_another_address_of_a_person_is_told_to_the_old_mailbox_and_ends_their_sessions(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    person = make_role(RoleKind.COORDINATOR, site=make_site(), user=make_user(email="oud@example.org")).user
    device = Client()
    device.force_login(person)
    form = {"email": "oud@example.org", "name": "Anders", "language": "nl", "is_active": "on"}
    address = f"/admin/sites/user/{person.pk}/change/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, form)
    assert (device.get("/mijn/").status_code, mailoutbox) == (200, [])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, form | {"email": "nieuw@example.org"})

    (letter,) = mailoutbox
    assert letter.to == ["oud@example.org"]
    assert "Je codes gaan voortaan naar een ander e-mailadres." in letter.body
    assert device.get("/mijn/").status_code == 302
    assert client.get(address).status_code == 200


def test_an_administrators_own_new_address_leaves_them_signed_in_here_only(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    former, other = administrator.email, Client()
    other.force_login(administrator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/admin/sites/user/{administrator.pk}/change/",
            {"email": "nieuw@example.org", "name": "", "language": "nl", "is_active": "on"},
        )

    assert [letter.to for letter in mailoutbox] == [[former]]
    assert (client.get("/mijn/").status_code, other.get("/mijn/").status_code) == (200, 302)
