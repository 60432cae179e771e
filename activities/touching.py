"""Who and what a change of the offer touches: partners, who helps, what is read of it, what goes together with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Membership, Organisation
from sites.models import Site, User

from .effects import Effect, Touch
from .models import Activity, Series
from .words import list_words


def partners(effect: Effect, site: Site) -> Sequence[Touch]:
    """The organisations that organise it before or after, and their workers with a key here today; nobody if no date changes."""
    if not effect:
        return []
    rows = Organisation.objects.filter(pk__in=effect.organisations).with_names().order_by("pk")
    names = [one.name_on(effect.since) for one in rows]
    if not names:
        return [Touch("people", _("Geen partner"), _("De plek organiseert dit zelf."))]
    number = len(names)
    words = ngettext("%(number)d partner: %(names)s", "%(number)d partners: %(names)s", number)
    workers = tuple(_workers(effect, site))
    return [Touch("people", words % {"number": number, "names": list_words(names)}, _told_words(workers), workers)]


def _workers(effect: Effect, site: Site) -> list[User]:
    at_work = Membership.objects.on(effect.since).filter(organisation__in=effect.organisations, site=site)
    return list(User.objects.filter(pk__in=at_work.values("user"), is_active=True).order_by("pk"))


def _told_words(workers: Sequence[User]) -> str:
    number = len(workers)
    if not number:
        return _("Geen werker met een sleutel: zij horen het niet vanzelf.")
    words = ngettext(
        "%(number)d werker kan een bericht krijgen.", "%(number)d werkers kunnen een bericht krijgen.", number
    )
    return words % {"number": number}


def volunteers(effect: Effect, site: Site) -> Sequence[Touch]:
    """Where nobody may help, why not."""
    if effect.activity.volunteers_allowed:
        return []
    reason = effect.activity.no_volunteers_reason or _("Hier werken we zonder vrijwilligers.")
    return [Touch("me", _("Geen vrijwilligers"), reason)]


def channels(effect: Effect, site: Site) -> Sequence[Touch]:
    return [Touch("page", _("Weekpagina en agenda veranderen mee"), _("Weken van vroeger blijven zoals ze waren."))]


def rooms(effect: Effect, site: Site) -> Sequence[Touch]:
    """Only what shares a room is worth a line: side by side in one house is what the place is for."""
    words = _("%(room)s is dan bezet door %(other)s")
    found = dict.fromkeys((one.room, one.other) for one in effect.shared)
    return [Touch("warn", words % {"room": room, "other": other}) for room, other in found]


def combined(effect: Effect, site: Site) -> Sequence[Touch]:
    """What goes together with it does not move along by itself."""
    activity = effect.activity
    others = Activity.objects.filter(combined_with=activity)
    if activity.combined_with_id:
        others = others | Activity.objects.filter(pk=activity.combined_with_id)
    titles = (
        Series.objects.published().filter(activity__in=others).on(effect.since, effect.since).order_by("pk")
        .values_list("title", flat=True)
    )  # fmt: skip
    return [
        Touch("warn", _("Hoort samen met %(title)s") % {"title": title}, _("Dat verandert niet vanzelf mee."))
        for title in dict.fromkeys(titles)
    ]
