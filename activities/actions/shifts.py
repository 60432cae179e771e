"""A place in a shift: taken, handed back, waited for; for now or for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from activities import shift_letters
from activities.enums import SignUpState
from activities.models import Series, Shift, ShiftNeed, SignUp, Standing
from activities.rules import Closed, closed_where
from activities.shift_rules import Refusal, Why, moments_of, who_helps, why_not
from partners.models import Volunteer
from sites.models import User
from stek.time import now, today

TAKEN, WAITING = SignUpState.TAKEN, SignUpState.WAITING


class Refused(Exception):
    """It cannot be; `refusal` says why, in words for who asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal


def volunteer_of(user: User) -> Volunteer:
    """The row of somebody with an account, made when it is first needed. Twice at once gives one."""
    return Volunteer.objects.get_or_create(user=user)[0]


@transaction.atomic
def sign_up(shift: Shift, volunteer: Volunteer) -> SignUp:
    """Take a place; once more changes nothing. Raises Refused.

    The person is locked before the shift, always: two shifts at one time by one person, and the last place by two.
    """
    return _take(shift, volunteer, closed=closed_where([shift.occurrence]))


def _take(shift: Shift, volunteer: Volunteer, *, closed: Closed) -> SignUp:
    shift, mine = _locked(shift, volunteer)
    if mine and mine.state == TAKEN:
        return mine
    if refusal := why_not(shift, volunteer, now=now(), closed=closed):
        raise Refused(refusal)
    if _taken(shift) >= shift.need.maximum:
        raise Refused(Refusal(Why.FULL, _("Iemand was je net voor: deze beurt is volzet.")))
    place = SignUp.objects.update_or_create(shift=shift, volunteer=volunteer, defaults={"state": TAKEN})[0]
    if _taken(shift) >= shift.need.maximum:
        shift_letters.shift_is_filled(shift, by=volunteer)
    return place


@transaction.atomic
def wait_for_a_place(shift: Shift, volunteer: Volunteer) -> SignUp:
    """On the list of a shift that is full; in it at once when it is not full any more. Raises Refused."""
    shift, mine = _locked(shift, volunteer)
    if mine:
        return mine
    if refusal := why_not(shift, volunteer, now=now(), closed=closed_where([shift.occurrence])):
        raise Refused(refusal)
    state = WAITING if _taken(shift) >= shift.need.maximum else TAKEN
    return SignUp.objects.create(shift=shift, volunteer=volunteer, state=state)


@transaction.atomic
def hand_back(shift: Shift, volunteer: Volunteer) -> bool:
    """ "Ik kan niet": the place is free at once, and nothing is kept of who had it or why. False when they had none.

    Raises Refused once it has begun: then somebody calls.
    """
    shift, mine = _locked(shift, volunteer)
    if mine is None:
        return False
    moments = moments_of(shift)
    if moments and moments[0] <= now():
        raise Refused(Refusal(Why.TOO_LATE, _("Deze beurt is al begonnen. Bel de opbouwwerker.")))
    mine.delete()
    if mine.state == TAKEN:
        shift_letters.place_is_free(shift, by=volunteer)
    return mine.state == TAKEN


@transaction.atomic
def stand(need: ShiftNeed, volunteer: Volunteer) -> list[Shift]:
    """A standing place: every date to come, as far as there is place and time, also under the agreements that follow. The shifts that were
    not to be had, by date.

    Also those on days that are shut: who knows, it opens.

    Raises Refused when all standing places are given, and when the task has a last day.
    """
    lock_places([volunteer.pk], [])
    need = ShiftNeed.objects.select_for_update(of=("self",)).select_related("series__activity__site").get(pk=need.pk)
    if need.until is not None:
        raise Refused(Refusal(Why.OFF, _("Deze taak loopt af. Een vaste plaats kan niet meer.")))
    standing = [one.volunteer for one in Standing.objects.filter(need=need).select_related("volunteer")]
    if volunteer not in standing and _still_help(standing, need) >= need.maximum:
        raise Refused(Refusal(Why.FULL, _("Alle vaste plaatsen zijn gegeven.")))
    needs = [need, *_after(need)]
    for one in needs:
        Standing.objects.get_or_create(need=one, volunteer=volunteer)
    coming = Shift.objects.filter(need__in=needs).coming(now())
    lock_places([], coming.order_by().values_list("pk", flat=True))
    missed = []
    for shift in coming:
        try:
            _take(shift, volunteer, closed={})
        except Refused:
            missed.append(shift)
    return missed


def _still_help(standing: list[Volunteer], need: ShiftNeed) -> int:
    """How many of them do: a key may end by itself, and its standing place goes the night after."""
    site, helps = need.series.activity.site, who_helps(standing)
    return sum(helps(one, site.pk, today(site.time_zone)) for one in standing)


@transaction.atomic
def stand_no_more(need: ShiftNeed, volunteer: Volunteer) -> None:
    """From today no standing place; the dates to come are handed back, and who waits for one of them hears of it."""
    lock_places([volunteer.pk], [])
    needs = [*_before(need), need, *_after(need)]
    Standing.objects.filter(need__in=needs, volunteer=volunteer).delete()
    day = today(need.series.activity.site.time_zone)
    free_places(SignUp.objects.filter(shift__need__in=needs, volunteer=volunteer, shift__occurrence__day__gt=day))


def _after(need: ShiftNeed) -> list[ShiftNeed]:
    """The same task under the agreements that follow on the same day: to who helps they are one."""
    following = Series.objects.filter(follows=need.series).first()
    again = _same_task(need, following) if following else None
    return [again, *_after(again)] if again else []


def _before(need: ShiftNeed) -> list[ShiftNeed]:
    """And under those that it followed."""
    again = _same_task(need, need.series.follows) if need.series.follows else None
    return [*_before(again), again] if again else []


def _same_task(need: ShiftNeed, series: Series) -> ShiftNeed | None:
    if series.rhythm != need.series.rhythm:
        return None
    asked = ShiftNeed.objects.filter(series=series, task=need.task, begin=need.begin, until__isnull=True)
    return asked.filter(occurrence__isnull=True).select_related("series__activity__site").order_by("pk").first()


def free_places(places: QuerySet[SignUp]) -> None:
    """Without a letter to who coordinates, but with one to who waits for them."""
    shifts = list(places.filter(state=TAKEN).values_list("shift", flat=True))
    places.delete()
    shift_letters.tell_who_waits(Shift.objects.filter(pk__in=shifts))


def lock_places(people: Iterable[int], shifts: Iterable[int]) -> dict[int, Shift]:
    """Key -> each shift as it is now. People are locked before shifts, and both in the order of their keys: so whoever takes, swaps or
    gives up places waits for others, and never for ever.
    """
    list(Volunteer.objects.select_for_update(no_key=True).filter(pk__in=list(people)).order_by("pk"))
    rows = Shift.objects.filter(pk__in=list(shifts)).order_by("pk")
    list(rows.select_for_update(no_key=True))
    # Read only now: who waited for a row gets it as it is, but what is joined to it as it was when they began to wait.
    return rows.select_related("need", "occurrence__site", "occurrence__series__activity").in_bulk()


def _locked(shift: Shift, volunteer: Volunteer) -> tuple[Shift, SignUp | None]:
    locked = lock_places([volunteer.pk], [shift.pk])[shift.pk]
    return locked, SignUp.objects.filter(shift=locked, volunteer=volunteer).first()


def _taken(shift: Shift) -> int:
    return SignUp.objects.filter(shift=shift, state=TAKEN).count()
