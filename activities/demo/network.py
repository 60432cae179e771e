"""Sites, places, organisations, groups and key moments of the demonstration."""

from __future__ import annotations

from collections import Counter

from partners.models import Alias, Body, Engagement, Organisation, OrganisationName, Seat
from sites.enums import Precision
from sites.models import HomeAddress, Milestone, Municipality, Partnership, Place, Site, first_day_ever

from .facts import Entry
from .rows import Rows


def load_sites(rows: Rows, partnership: Partnership, facts: Entry) -> dict[str, Site]:
    """Slug in the file -> site, with its municipality, places and home addresses."""
    for entry in facts["municipalities"]:
        values = {name: entry.get(name) for name in ("name", "inhabitants", "density")}
        rows.put(Municipality, {"code": entry["code"]}, values)
    towns = {town.code: town for town in Municipality.objects.all()}

    sites = {}
    for entry in facts["sites"]:
        # An address that was changed by hand still leads here: the site is not made a second time.
        renamed = Site.objects.filter(old_slugs__slug=entry["slug"]).first()
        site = renamed or rows.put(
            Site,
            {"slug": entry["slug"]},
            {
                "name": entry["name"],
                "partnership": partnership,
                "municipality": towns[entry["municipality"]],
                "kind": entry["kind"],
                "status": entry["status"],
                "example_fields": entry.get("example_fields", []),
            },
        )
        sites[entry["slug"]] = site
        for place in entry["places"]:
            rows.put(
                Place,
                {"site": site, "name": place["name"]},
                {
                    "kind": place["kind"],
                    "municipality": towns.get(place.get("municipality")),
                    "example_fields": place.get("example_fields", []),
                },
            )
        places = {place.name: place for place in Place.objects.filter(site=site)}
        for home in entry["home_addresses"]:
            rows.put(
                HomeAddress,
                {"site": site, "since": home["since"]},
                {"place": places[home["place"]], "example_fields": home.get("example_fields", [])},
            )
    return sites


def load_organisations(rows: Rows, sites: dict[str, Site], facts: Entry) -> dict[str, Organisation]:
    """Code -> organisation, with its names and what it engaged itself to."""
    towns = {town.code: town for town in Municipality.objects.all()}
    organisations: dict[str, Organisation] = {}
    for entry in facts["organisations"]:
        organisation = organisations[entry["code"]] = rows.put(
            Organisation,
            {"code": entry["code"]},
            {
                "kind": entry["kind"],
                "municipality": towns.get(entry.get("municipality")),
                "has_control_function": entry.get("control_function", False),
            },
        )
        rows.put(OrganisationName, {"organisation": organisation, "since": first_day_ever()}, {"name": entry["name"]})
        for alias in entry.get("aliases", []):
            rows.put(Alias, {"organisation": organisation, "name": alias}, {})
        for engagement in entry.get("engagements", []):
            rows.put(
                Engagement,
                {"organisation": organisation, "site": sites[engagement["site"]]},
                {
                    "since": engagement.get("since"),
                    "since_precision": engagement.get("since_precision", Precision.DAY),
                    "does": engagement["does"]["nl"],
                    "does_translations": _translations(engagement["does"]),
                    "days_a_month": engagement.get("days_a_month"),
                    "example_fields": engagement.get("example_fields", []),
                },
            )
    # A parent may stand further down in the file.
    for entry in facts["organisations"]:
        rows.correct(organisations[entry["code"]], {"parent": organisations.get(entry.get("parent"))})
    return organisations


def load_bodies(
    rows: Rows, partnership: Partnership, sites: dict[str, Site], organisations: dict[str, Organisation], facts: Entry
) -> None:
    """The steering group, and the working and participation groups of the sites, with who sits in them."""
    for entry in facts["bodies"]:
        body = rows.put(
            Body,
            {
                "kind": entry["kind"],
                "partnership": partnership,
                "site": sites[entry["site"]] if "site" in entry else None,
            },
            {
                "first_met": entry.get("first_met"),
                "with_volunteers": entry.get("with_volunteers", False),
                "with_visitors": entry.get("with_visitors", False),
            },
        )
        for seat in entry["seats"]:
            rows.put(
                Seat, {"body": body, "organisation": organisations[seat["organisation"]]}, {"since": seat.get("since")}
            )


def load_milestones(rows: Rows, partnership: Partnership, sites: dict[str, Site], facts: Entry) -> None:
    """Key moments, known by their site, day and order on that day: so a text may be corrected in the file."""
    on_day: Counter[tuple] = Counter()
    for entry in facts["milestones"]:
        site = sites[entry["site"]] if "site" in entry else None
        position = on_day[site, entry["day"]]
        on_day[site, entry["day"]] += 1
        note = entry.get("correction_note")
        rows.put(
            Milestone,
            {"partnership": partnership, "site": site, "day": entry["day"], "position": position},
            {
                "precision": entry.get("precision", Precision.DAY),
                "text": entry["text"]["nl"],
                "translations": _translations(entry["text"]),
                "correction_note": note["nl"] if note else "",
                "correction_translations": _translations(note) if note else {},
                "needs_check": entry.get("needs_check", False),
            },
        )


def _translations(text: dict[str, str]) -> dict[str, str]:
    return {language: words for language, words in text.items() if language != "nl"}
