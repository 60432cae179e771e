"""Who and what changes of the offer touch: partners, who helps, what is read of it, what goes together with it.

Each is a collector (`effects.add_collector`): some changes in, for each of them its lines out.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Membership, Organisation
from sites.models import Site, User

from .effects import Effect, Touch
from .enums import SignUpState
from .models import Activity, Series, SignUp
from .words import list_words

type Lines = Sequence[Sequence[Touch]]


def partners(effects: Sequence[Effect], site: Site) -> Lines:
    """The organisations that organise it before or after, and their workers with a key here today; nobody if no date changes."""
    day = effects[0].since
    keys = {key for effect in effects for key in effect.organisations}
    rows = Organisation.objects.filter(pk__in=keys).with_names().order_by("pk")
    names = {one.pk: one.name_on(day) for one in rows}
    workers = _workers(keys, site, day)
    return [[_partners_of(effect, names, workers)] if effect else [] for effect in effects]


def _workers(organisations: Collection[int], site: Site, day: dt.date) -> dict[int, list[User]]:
    """Organisation -> who works there with an open account, by key."""
    rows = Membership.objects.on(day).filter(organisation__in=organisations, site=site, user__is_active=True)
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("user"):
        found[row.organisation_id].append(row.user)
    return found


def _partners_of(effect: Effect, names: Mapping[int, str], workers: Mapping[int, Sequence[User]]) -> Touch:
    named = [name for key, name in names.items() if key in effect.organisations]
    if not named:
        return Touch("people", _("Geen partner"), _("De plek organiseert dit zelf."))
    number = len(named)
    words = ngettext("%(number)d partner: %(names)s", "%(number)d partners: %(names)s", number)
    found = {user.pk: user for key in effect.organisations for user in workers.get(key, ())}
    users = tuple(found[key] for key in sorted(found))
    return Touch("people", words % {"number": number, "names": list_words(named)}, _told_words(users), users)


def _told_words(workers: Sequence[User]) -> str:
    number = len(workers)
    if not number:
        return _("Geen werker met een sleutel: zij horen het niet vanzelf.")
    words = ngettext(
        "%(number)d werker kan een bericht krijgen.", "%(number)d werkers kunnen een bericht krijgen.", number
    )
    return words % {"number": number}


def volunteers(effects: Sequence[Effect], site: Site) -> Lines:
    """Who has a place on a date that changes, or opens again; where nobody may help, why not."""
    dates = {held.id for effect in effects for date in effect.dates if (held := date.old or date.new)}
    rows = SignUp.objects.filter(shift__occurrence__in=dates, state=SignUpState.TAKEN, volunteer__isnull=False)
    places: dict[int, list[SignUp]] = defaultdict(list)
    for place in rows.select_related("volunteer__user", "shift").order_by("pk"):
        places[place.shift.occurrence_id].append(place)
    return [_volunteers_of(effect, places) for effect in effects]


def _volunteers_of(effect: Effect, places: Mapping[int, Sequence[SignUp]]) -> list[Touch]:
    if effect.activity.volunteers_allowed:
        keys = [held.id for date in effect.dates if (held := date.old or date.new)]
        return _who_helps([place for key in keys for place in places.get(key, ())])
    reason = effect.activity.no_volunteers_reason or _("Hier werken we zonder vrijwilligers.")
    return [Touch("me", _("Geen vrijwilligers"), reason)]


def _who_helps(places: Sequence[SignUp]) -> list[Touch]:
    """Each of them is told of their own dates only."""
    people = {place.volunteer.pk: place.volunteer for place in places if place.volunteer}
    own: dict[int, set[int]] = defaultdict(set)
    for place in places:
        if place.volunteer and place.volunteer.user_id:
            own[place.volunteer.user_id].add(place.shift.occurrence_id)
    if not people:
        return []
    users = tuple(one.user for one in people.values() if one.user)
    words = ngettext("%(number)d vrijwilliger", "%(number)d vrijwilligers", len(people)) % {"number": len(people)}
    names = list_words([one.first_name for one in people.values() if one.first_name])
    helping = Touch("me", words, names, users, {key: frozenset(some) for key, some in own.items()})
    to_call = [one.first_name for one in people.values() if not one.user]
    if not to_call:
        return [helping]
    calls = ngettext(
        "%(names)s heeft geen account en krijgt geen bericht: bel zelf.",
        "%(names)s hebben geen account en krijgen geen bericht: bel zelf.",
        len(to_call),
    )
    return [helping, Touch("warn", calls % {"names": list_words(to_call)})]


def channels(effects: Sequence[Effect], site: Site) -> Lines:
    line = Touch("page", _("Weekpagina en agenda veranderen mee"), _("Weken van vroeger blijven zoals ze waren."))
    return [[line] for _effect in effects]


def rooms(effects: Sequence[Effect], site: Site) -> Lines:
    """Only what shares a room is worth a line: side by side in one house is what the place is for."""
    return [_rooms_of(effect) for effect in effects]


def _rooms_of(effect: Effect) -> list[Touch]:
    words = _("%(room)s is dan bezet door %(other)s")
    found = dict.fromkeys((one.room, one.other) for one in effect.shared)
    return [Touch("warn", words % {"room": room, "other": other}) for room, other in found]


def combined(effects: Sequence[Effect], site: Site) -> Lines:
    """What goes together with it, now or later, does not move along by itself; what changes with it is left out."""
    together = _together([effect.activity for effect in effects])
    rows = Series.objects.published().filter(activity__in=set().union(*together.values()))
    titles: dict[int, list[str]] = defaultdict(list)
    for activity, title in rows.on(effects[0].since, dt.date.max).order_by("pk").values_list("activity", "title"):
        titles[activity].append(title)
    return [_combined_of(together[effect.activity.pk], titles) for effect in effects]


def _together(activities: Sequence[Activity]) -> dict[int, set[int]]:
    """Activity -> what it goes together with, said on either of the two."""
    found: dict[int, set[int]] = {one.pk: set() for one in activities}
    rows = Activity.objects.filter(Q(pk__in=found) | Q(combined_with__in=found), combined_with__isnull=False)
    for pair in rows.values_list("pk", "combined_with__pk"):
        for one, other in (pair, reversed(pair)):
            if one in found and other not in found:
                found[one].add(other)
    return found


def _combined_of(others: Collection[int], titles: Mapping[int, Sequence[str]]) -> list[Touch]:
    named = dict.fromkeys(title for key in sorted(others) for title in titles.get(key, ()))
    return [
        Touch("warn", _("Hoort samen met %(title)s") % {"title": title}, _("Dat verandert niet vanzelf mee."))
        for title in named
    ]
