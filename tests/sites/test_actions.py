"""A site takes another address; the old ones lead there for ever."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sites.actions import rename_address, schedule_changed
from sites.models import ChangeLog, OldSlug, Site
from sites.slugs import FIRST_WORDS, LANGUAGE_CODES
from tests.factories.sites import make_old_slug, make_site, make_user

pytestmark = pytest.mark.django_db

TAKEN = "Dit adres is al van een andere plek. Kies een ander."


def addresses() -> dict[str, str]:
    """Every address that works -> the one it leads to."""
    current = {site.slug: site.slug for site in Site.objects.all()}
    return current | {old.slug: old.site.slug for old in OldSlug.objects.select_related("site")}


def test_a_new_address_and_the_old_one_leads_to_it():
    here, elsewhere = make_site(slug="a"), make_site(slug="z")
    by = make_user()

    renamed = rename_address(here, slug="b", by=by)

    assert renamed.slug == "b"
    assert addresses() == {"b": "b", "a": "b", "z": "z"}
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.about_model, log.about_id) == (
        by, here, "rename_address", "sites.site", str(here.pk)
    )  # fmt: skip
    assert log.changes == {"slug": ["a", "b"]}
    versions = dict(Site.objects.values_list("pk", "schedule_version"))
    assert versions == {here.pk: 2, elsewhere.pk: 1}


def test_a_chain_of_addresses_and_back_again():
    site = make_site(slug="a")

    for slug, expected in [
        ("b", {"b": "b", "a": "b"}),
        ("c", {"c": "c", "b": "c", "a": "c"}),
        ("a", {"a": "a", "b": "a", "c": "a"}),
        ("b", {"b": "b", "a": "b", "c": "b"}),
    ]:
        rename_address(site, slug=slug, by=None)
        assert addresses() == expected


def test_the_same_address_again_changes_nothing():
    site = make_site(slug="a")

    rename_address(site, slug="a", by=None)

    assert addresses() == {"a": "a"}
    assert (ChangeLog.objects.count(), Site.objects.get().schedule_version) == (0, 1)


def test_an_address_that_is_or_was_of_another_site_is_refused():
    here, elsewhere = make_site(slug="a"), make_site(slug="z")
    make_old_slug(elsewhere, "y")

    for slug in ("z", "y"):
        with pytest.raises(ValidationError) as refusal:
            rename_address(here, slug=slug, by=None)
        assert refusal.value.messages == [TAKEN]

    assert addresses() == {"a": "a", "z": "z", "y": "z"}


@pytest.mark.parametrize("slug", sorted(LANGUAGE_CODES | FIRST_WORDS | {"FR", "Admin"}))
def test_a_reserved_word_is_refused(slug):
    site = make_site(slug="a")

    with pytest.raises(ValidationError) as refusal:
        rename_address(site, slug=slug, by=None)

    assert refusal.value.messages == [f"Het woord “{slug}” is al een adres van de website. Kies een ander."]
    assert addresses() == {"a": "a"}


@pytest.mark.parametrize("slug", ["", "met spatie", "schuine/streep", "é", "x" * 61])
def test_what_is_no_address_is_refused(slug):
    site = make_site(slug="a")

    with pytest.raises(ValidationError) as refusal:
        rename_address(site, slug=slug, by=None)

    assert list(refusal.value.message_dict) == ["slug"]
    assert addresses() == {"a": "a"}


def test_schedule_changed_makes_one_site_render_anew():
    here, elsewhere = make_site(), make_site()

    schedule_changed(here.pk)
    schedule_changed(here.pk)

    assert dict(Site.objects.values_list("pk", "schedule_version")) == {here.pk: 3, elsewhere.pk: 1}
