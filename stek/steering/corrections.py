"""What changed since a report was frozen: a date that was counted late, a shift that was corrected. Shown beside it, never in it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from .telling import Cell, Json, Section, Tile, Told, in_language
from .tiles import tiles

OF_ACTIVITIES = ("held", "people", "counted", "new_faces")


def corrected_tiles(then: Told, now: Told) -> list[Tile]:
    """The figures as they were frozen; where they are others today, a word on that."""
    today = {tile.code: tile for tile in tiles(now)}
    return [_corrected(tile, today[tile.code]) for tile in tiles(then)]


def _corrected(then: Tile, now: Tile) -> Tile:
    if then.now == now.now:
        return then
    return replace(then, correction=_("Verbeterd na het vastzetten: nu %(number)s.") % {"number": now.words})


def corrections(then: Told, now: Told) -> Section:
    """Every figure that is another one today, with what it was."""
    rows: list[list[Cell]] = [
        [old.label, _("samen"), old.now, new.now]
        for old, new in zip(tiles(then), tiles(now), strict=True)
        if old.now != new.now
    ]
    rows += list(_of_activities(then, now))
    rows += list(_of_partners(then, now))
    return Section(
        "corrections", _("Verbeterd na het vastzetten"), [_("Wat"), _("Plek"), _("vastgezet"), _("nu")], rows,
        definition=_("Een telling of beurt die later ingevuld of verbeterd is, verandert niets aan wat vastgezet is. Ze staat hier."),
        empty=_("Sinds het vastzetten veranderde geen enkel cijfer."),
    )  # fmt: skip


def _of_activities(then: Told, now: Told) -> list[list[Cell]]:
    labels = {
        "held": _("keer aanbod"),
        "people": _("bezoeken"),
        "counted": _("keer geteld"),
        "new_faces": _("nieuwe gezichten"),
    }
    nothing = {key: [0] for key in OF_ACTIVITIES}
    old, new = ({(one["site"], one["slug"]): one for one in told.shot["activities"]} for told in (then, now))
    rows: list[list[Cell]] = []
    for key in sorted(old.keys() | new.keys()):
        if not then.here(key[0]):
            continue
        one: Json = old.get(key) or new[key]
        before, after = (found.get(key, {"numbers": nothing})["numbers"] for found in (old, new))
        rows += [
            [_("%(title)s: %(what)s") % {"title": in_language(one["titles"]), "what": labels[name]}, then.site_name(key[0]), before[name][-1], after[name][-1]]
            for name in OF_ACTIVITIES
            if before[name][-1] != after[name][-1]
        ]  # fmt: skip
    return rows


def _of_partners(then: Told, now: Told) -> list[list[Cell]]:
    """Under the name of then."""
    old, new = (
        {(one["code"], site): (one["name"], there["days"][-1]) for one in told.shot["partners"] for site, there in one["sites"].items()}
        for told in (then, now)
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for key in sorted(old.keys() | new.keys()):
        name = (old.get(key) or new[key])[0]
        before, after = (found.get(key, ("", 0))[1] for found in (old, new))
        if before != after and then.here(key[1]):
            rows.append([_("%(partner)s: dagen") % {"partner": name}, then.site_name(key[1]), before, after])
    return rows
