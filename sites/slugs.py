"""Slugs stand on posters: short, permanent, and never a word the application needs itself."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Every language a page may be offered in, now or later: `/fr/` can never be a site.
LANGUAGE_CODES = frozenset({"nl", "fr", "en", "ar", "fa", "tr", "uk", "pl", "ro", "es", "de"})

# First words of addresses, today's and those `docs/architecture.md` plans. A test holds them against the URLs.
FIRST_WORDS = frozenset(
    [
        "account",
        "activiteit",
        "admin",
        "agenda",
        "api",
        "beheer",
        "berichten",
        "delen",
        "demo",
        "dossiers",
        "favicon.ico",
        "flyer",
        "gegevens",
        "gezond",
        "humans.txt",
        "inbedden",
        "manifest.webmanifest",
        "media",
        "mensen",  # `/beheer/mensen/` is of the network
        "mijn",
        "netwerk",
        "offline",
        "partners",
        "privacy",
        "q",
        "robots.txt",
        "scherm",
        "service-worker.js",
        "signalen",
        "sitemap.xml",
        "sleutelmomenten",
        "static",
        "stek",
        "stuurgroep",
        "sw.js",
        "taal-hulp",
        "toegankelijkheid",
        "uitnodiging",
        "wat-is-een-stek",
        "week",
        "wegwijzer",
        "well-known",
        ".well-known",
    ]
)

RESERVED = LANGUAGE_CODES | FIRST_WORDS


def refuse_reserved(slug: str) -> None:
    """Model validator. Raises ValidationError when a slug would hide a page of the application."""
    if slug.lower() in RESERVED:
        raise ValidationError(
            _("Het woord “%(slug)s” is al een adres van de website. Kies een ander."), params={"slug": slug}
        )


def refuse_capitals(slug: str) -> None:
    """Model validator. Raises ValidationError for an address that would be another one when read aloud."""
    if slug != slug.lower():
        raise ValidationError(_("Schrijf het adres met kleine letters."))


def at_new_slug(address: str, old: str, new: str) -> str:
    """Only the first of equal words is the site: /kattegat/activiteit/kattegat/."""
    return address.replace(f"/{old}/", f"/{new}/", 1)
