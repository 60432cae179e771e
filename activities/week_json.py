"""`week.json`, version 1: the week for other websites and screens. The form is documented at /gegevens/."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .lines import Item, State, Week

VERSION = 1


def week_json(week: Week) -> dict[str, Any]:
    """Plain values only, ready for json.dumps; hours are local, `HH:MM`."""
    return {
        "version": VERSION,
        "site": {"slug": week.site.slug, "name": week.site.name},
        "week": str(week.iso),
        "language": week.language,
        "days": [{"date": str(day.date), "items": [_item(item) for item in day.items]} for day in week.days],
        "undated": [
            {"activity": _activity(item), "organisers": item.organisers, "price": _price(item), "example": item.example}
            for item in week.undated
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": str(item.uuid),
        "activity": _activity(item),
        "begin": _hour(item.begin),
        "end": _hour(item.end),
        "part": item.part or None,
        "place": ", ".join(item.stops) or item.place,
        "stops": [{"name": stop.name, "begin": _hour(stop.begin), "end": _hour(stop.end)} for stop in item.stop_lines],
        "organisers": item.organisers,
        "guests": item.guests,
        "price": _price(item),
        "status": State.PLANNED if item.is_moved_here else item.state,
        "moved_to": str(item.moved_to) if item.moved_to else None,
        "moved_from": str(item.moved_from) if item.moved_from else None,
        "note": " ".join(item.lines),
        "example": item.example,
    }


def _hour(time: dt.time | None) -> str | None:
    return f"{time:%H:%M}" if time else None


def _activity(item: Item) -> dict[str, Any]:
    return {
        "slug": item.slug,
        "title": item.title,
        "lang": item.language,
        "type": item.offer.type_code,
        "functions": list(item.functions),
    }


def _price(item: Item) -> dict[str, str]:
    return {"kind": item.price_kind, "text": item.price}
