"""schema.org Events for search engines. An hour nobody knows is left out: the date stands alone."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from sites.models import Site

from .enums import PriceKind
from .free_places import Phase
from .lines import Item, State, Week

_STATUS = {
    State.CANCELLED: "https://schema.org/EventCancelled",
    State.CLOSED: "https://schema.org/EventCancelled",
    State.WITHDRAWN: "https://schema.org/EventCancelled",
    State.MOVED: "https://schema.org/EventRescheduled",
}


def events_json_ld(week: Week) -> SafeString:
    """The dates of a week, each where it now stands, ready to stand in a `<script>`."""
    return in_script(item_json_ld([item for item in week.items if item.day == item.current_day], week.site))


def item_json_ld(items: list[Item], site: Site) -> dict[str, Any]:
    """Dates as a graph of Events, each at the address of the house of its day when it takes place there."""
    return {"@context": "https://schema.org", "@graph": [_event(item, site) for item in items]}


def in_script(data: Any) -> SafeString:
    """JSON that cannot end its `<script>`: the three characters that could are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _event(item: Item, site: Site) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": ", ".join(item.stops) or item.place or site.name}
    address = item.home.place.address if item.home and not item.stops else ""
    if address := address or item.town:
        place["address"] = address
    event: dict[str, Any] = {
        "@type": "Event",
        "name": item.title,
        "startDate": item.begins_at.isoformat() if item.begins_at else str(item.day),
        "eventStatus": _STATUS.get(item.state, "https://schema.org/EventScheduled"),
        "location": place,
        "url": f"{settings.STEK_BASE_URL}/{site.slug}/activiteit/{item.slug}/",
        "inLanguage": item.language,
    }
    if item.ends_at:
        event["endDate"] = item.ends_at.isoformat()
    if item.state == State.MOVED:
        event["previousStartDate"] = str(item.original_date)
    if item.price_kind == PriceKind.FREE and "price" not in item.example:
        event["isAccessibleForFree"] = True
    if item.seats:
        places = item.seats.places
        event["maximumAttendeeCapacity"] = places.number
        is_shut = places.waiting or item.seats.phase in {Phase.OFF, Phase.CLOSED}
        event["remainingAttendeeCapacity"] = 0 if is_shut else places.free
    if item.organisers:
        event["organizer"] = [{"@type": "Organization", "name": name} for name in item.organisers]
    return event
