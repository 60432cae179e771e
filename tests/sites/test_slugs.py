"""No site may hide a page of the application: every first word of an address is reserved."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from sites.actions import rename_address
from sites.models import OldSlug, Site
from sites.slugs import RESERVED, refuse_reserved
from tests.factories.activities import make_activity
from tests.factories.sites import make_old_slug, make_partnership, make_site


def routes(patterns, prefix="") -> list[str]:
    """Every route of the project, whole."""
    found = []
    for pattern in patterns:
        own = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, prefix + own)
        elif isinstance(pattern, URLPattern):
            found.append(prefix + own)
    return found


def first_words() -> set[str]:
    """First words of addresses that are not a parameter."""
    words = {route.split("/")[0] for route in routes(get_resolver().url_patterns)}
    return {word for word in words if re.fullmatch(r"[\w.-]+", word)}


def test_first_word_of_every_address_is_reserved():
    words = first_words()

    assert {"admin", "gezond", "privacy", "wat-is-een-stek"} <= words
    assert words - RESERVED == set()


def test_files_outside_the_urls_and_languages_are_reserved():
    first_of_static = settings.STATIC_URL.strip("/").split("/")[0]

    assert {code for code, _name in settings.LANGUAGES} | {first_of_static} <= RESERVED


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_word_is_refused_in_any_case(word):
    for spelling in (word, word.upper()):
        with pytest.raises(ValidationError, match="al een adres van de website"):
            refuse_reserved(spelling)


@pytest.mark.parametrize("word", ["kattegat", "adminstek", "fr-stek", "week41"])
def test_other_words_may_be_a_site(word):
    refuse_reserved(word)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["admin", "fr", "gezond"])
def test_site_cannot_take_a_reserved_word(word):
    site, other = make_site(slug="kattegat"), make_site(slug="elders")

    with pytest.raises(ValidationError):
        rename_address(site, slug=word, by=None)
    other.slug = word
    with pytest.raises(ValidationError):
        other.full_clean()
    site.refresh_from_db()
    assert site.slug == "kattegat"


@pytest.mark.django_db
def test_address_of_another_site_now_or_once_is_refused():
    site, other = make_site(slug="kattegat"), make_site(slug="elders")
    make_old_slug(other, "vroeger")

    for slug in ("elders", "vroeger"):
        with pytest.raises(ValidationError, match="van een andere plek"):
            rename_address(site, slug=slug, by=None)


@pytest.mark.django_db
def test_old_address_of_another_site_is_refused_to_a_new_site():
    make_old_slug(make_site(), "vroeger")
    known = make_site()
    new = Site(slug="vroeger", name="Nieuw", kind="new", partnership=known.partnership, municipality=known.municipality)

    with pytest.raises(ValidationError) as refusal:
        new.full_clean()

    assert refusal.value.message_dict == {"slug": ["Dit adres is al van een andere plek. Kies een ander."]}


@pytest.mark.django_db
def test_address_of_today_is_refused_as_an_old_one():
    make_site(slug="kattegat")

    with pytest.raises(ValidationError) as refusal:
        OldSlug(slug="kattegat", site=make_site()).full_clean()

    assert refusal.value.message_dict == {"slug": ["Dit adres is al van een andere plek. Kies een ander."]}


@pytest.mark.django_db
def test_an_address_has_no_capitals():
    site, partnership = make_site(), make_partnership()
    activity, old = make_activity(site), make_old_slug(site, "vroeger")

    for row in (site, partnership, activity, old):
        row.slug = "Kattegat"
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        assert refusal.value.message_dict == {"slug": ["Schrijf het adres met kleine letters."]}
    with pytest.raises(ValidationError, match="kleine letters"):
        rename_address(site, slug="Kattegat", by=None)


@pytest.mark.django_db
def test_an_activity_may_have_the_words_that_were_a_site_once():
    """`/kattegat/activiteit/vroeger/` and `/vroeger/` are two addresses."""
    site = make_site()
    make_old_slug(site, "vroeger")

    make_activity(site, slug="vroeger").full_clean()
