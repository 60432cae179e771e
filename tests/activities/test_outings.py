"""Places on a date: whole groups, never one too many, the list in order; more and fewer places; and who may still join."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from activities.actions.occurrence import cancel, move, restore
from activities.actions.outings import change_places, drop_places, offer_places
from activities.actions.reservations import (
    NoRoom,
    come_with_fewer,
    correct_reservation,
    join,
    leave,
    let_go_first,
    opened_by,
    told,
)
from activities.codes import code_of, hash_of_code, new_code, read_code, shown
from activities.models import Outing, Reservation, ReservationKey
from sites.models import ChangeLog, Site
from sites.seen import Overtaken, fingerprint
from tests.factories.sites import make_closure, make_site
from tests.offer import date_of, offer
from tests.outings import DAY, group, outing_at, standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site()


def words(refusal) -> list[str]:
    return refusal.value.messages


# --- Joining


def test_groups_get_all_their_places_or_wait_whole(site):
    outing = outing_at(site, places=5)

    group(outing, 3)
    group(outing, 3)
    group(outing, 1)

    # Two places are free, but the three who asked before come first.
    assert standing_of(outing) == (3, 4, [(3, "going"), (3, "waiting"), (1, "waiting")])


def test_group_that_does_not_fit_is_asked_before_it_waits(site):
    outing = outing_at(site, places=5)
    group(outing, 3)

    with pytest.raises(NoRoom) as refusal:
        join(outing, people=3, nickname="Lien")

    assert words(refusal) == ["Er zijn nog 2 plaatsen vrij. Kom met minder, of ga samen op de wachtlijst."]
    assert standing_of(outing) == (3, 0, [(3, "going")])


def test_nobody_passes_who_waits_even_when_they_fit(site):
    outing = outing_at(site, places=5)
    group(outing, 4)
    group(outing, 2)

    with pytest.raises(NoRoom) as refusal:
        join(outing, people=1, nickname="Lien")

    assert words(refusal) == ["Alles is intussen volzet. Je kan op de wachtlijst."]


def test_same_form_twice_is_one_reservation(site):
    outing, code = outing_at(site), code_of("sleutel")

    first, is_new = join(outing, people=2, nickname="Lien", code=code)
    second, is_new_again = join(outing, people=5, nickname="Iemand", code=code)

    assert (first, is_new, is_new_again) == (second, True, False)
    assert standing_of(outing) == (2, 0, [(2, "going")])


def test_only_the_hash_of_a_code_is_kept_and_it_opens_only_its_own(site):
    outing, code = outing_at(site), new_code()
    mine, _is_new = join(outing, people=2, nickname="Lien", code=code)
    group(outing, 1, code=new_code())

    assert opened_by(code) == mine
    assert opened_by(new_code()) is None
    assert ReservationKey.objects.get(reservation=mine).hash == hash_of_code(code) != code


def test_code_still_opens_after_the_secret_of_the_installation_changed(site, settings):
    code = new_code()
    mine = group(outing_at(site), 2, code=code)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "anders " * 10

    assert opened_by(code) == mine


@pytest.mark.parametrize("typed", ["k7qf-3m9p-tz4w", " K7QF 3M9P TZ4W ", "K7QF3M9PTZ4W", "K7QF–3M9P.TZ4W"])
def test_code_is_read_as_people_write_it(typed):
    assert read_code(typed) == "K7QF3M9PTZ4W"
    assert shown(read_code(typed)) == "K7QF-3M9P-TZ4W"


def test_letters_that_look_like_figures_are_figures():
    assert read_code("OIL0-1111-2222") == "011011112222"


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-3M9P-TZ4W-K", "K7QF-3M9P-TZ4U", "x" * 10_000, "é" * 12])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_larger_group_than_the_form_allows_only_by_hand(site):
    outing = outing_at(site, places=10, largest_group=4)

    with pytest.raises(ValidationError) as refusal:
        join(outing, people=5, nickname="Lien")
    assert words(refusal) == ["Dit kan voor hoogstens 4 mensen."]

    assert group(outing, 10, by_hand=True).state == "going"
    with pytest.raises(ValidationError):
        join(outing, people=11, nickname="Lien", waits=True, by_hand=True)


# --- From when, until when


@pytest.mark.parametrize(
    ("now", "fields", "refusal"),
    [
        ("2023-10-10T09:00", {}, None),
        ("2023-10-21T08:59", {}, None),
        ("2023-10-21T09:00", {}, "Inschrijven kan niet meer."),
        ("2023-10-12T17:59", {"opens": "2023-10-12T18:00"}, "Er zijn 10 plaatsen. Inschrijven kan vanaf donderdag 12 oktober om 18.00 uur."),
        ("2023-10-12T18:00", {"opens": "2023-10-12T18:00"}, None),
        ("2023-10-19T17:59", {"closes": "2023-10-19T18:00"}, None),
        ("2023-10-19T18:00", {"closes": "2023-10-19T18:00"}, "Inschrijven kan niet meer."),
        # It ends when it begins, whatever somebody filled in.
        ("2023-10-21T09:00", {"closes": "2023-10-22T18:00"}, "Inschrijven kan niet meer."),
    ],
)  # fmt: skip
def test_names_are_taken_from_a_moment_until_a_moment(site, clock, now, fields, refusal):
    moments = {f"{name}_at": dt.datetime.fromisoformat(f"{at}+02:00") for name, at in fields.items()}
    outing = outing_at(site, **moments)

    clock.move_to(f"{now}+02:00", tick=False)

    if refusal is None:
        assert group(outing, 1).state == "going"
        return
    with pytest.raises(ValidationError) as refused:
        join(outing, people=1, nickname="Lien")
    assert words(refused) == [refusal]


def test_who_coordinates_joins_somebody_until_it_begins(site, clock):
    outing = outing_at(
        site, opens_at=dt.datetime(2023, 10, 20, tzinfo=dt.UTC), closes_at=dt.datetime(2023, 10, 20, 1, tzinfo=dt.UTC)
    )

    assert group(outing, 1, by_hand=True).state == "going"
    clock.move_to("2023-10-21T08:59+02:00", tick=False)
    assert group(outing, 1, by_hand=True).state == "going"
    clock.move_to("2023-10-21T09:00+02:00", tick=False)
    with pytest.raises(ValidationError) as refused:
        group(outing, 1, by_hand=True)
    assert words(refused) == ["Het is al begonnen."]


def test_hour_nobody_knows_counts_from_the_beginning_of_its_part_of_the_day(site, clock):
    series = offer(
        site, frequency="once", weekday=None, first_day=DAY, begin=None, end=None, part="afternoon"
    )  # fmt: skip
    outing = offer_places(date_of(series, DAY), by=None, places=5)

    clock.move_to("2023-10-21T11:59+02:00", tick=False)
    group(outing, 1)
    clock.move_to("2023-10-21T12:00+02:00", tick=False)
    with pytest.raises(ValidationError):
        group(outing, 1)


def test_nobody_joins_what_is_called_off_or_shut_and_everybody_keeps_their_place(site):
    outing = outing_at(site)
    group(outing, 2)

    cancel(outing.occurrence, by=None, note="Te nat")
    with pytest.raises(ValidationError) as refused:
        group(outing, 1)
    assert words(refused) == ["Dit gaat niet door."]

    restore(outing.occurrence, by=None)
    make_closure(site, first_day=DAY, last_day=DAY)
    with pytest.raises(ValidationError):
        group(outing, 1)
    assert standing_of(outing) == (2, 0, [(2, "going")])


def test_reservations_follow_a_date_that_moves(site, clock):
    outing = outing_at(site)
    group(outing, 2)

    move(outing.occurrence, by=None, day=dt.date(2023, 10, 28), begin=dt.time(13), end=dt.time(17))

    clock.move_to("2023-10-28T12:59+02:00", tick=False)
    group(outing, 1)
    assert standing_of(outing) == (3, 0, [(2, "going"), (1, "going")])


# --- Leaving, fewer, moving up


def test_who_leaves_has_no_row_and_the_list_moves_up_in_order(site):
    outing = outing_at(site, places=5)
    first = group(outing, 5)
    group(outing, 2)
    group(outing, 2)
    group(outing, 2)

    assert leave(first)
    assert not leave(first)

    assert standing_of(outing) == (4, 2, [(2, "going"), (2, "going"), (2, "waiting")])
    assert not Reservation.objects.filter(pk=first.pk).exists()


def test_first_group_that_does_not_fit_holds_the_places_it_waits_for(site):
    outing = outing_at(site, places=5)
    one, _two = group(outing, 2), group(outing, 3)
    group(outing, 4)
    group(outing, 1)

    leave(one)

    assert standing_of(outing) == (3, 5, [(3, "going"), (4, "waiting"), (1, "waiting")])


def test_who_comes_with_fewer_moves_up_at_once_and_lets_others_follow(site):
    outing = outing_at(site, places=5)
    group(outing, 3)
    first, _second = group(outing, 4), group(outing, 1)

    come_with_fewer(first, 1)

    assert standing_of(outing) == (5, 0, [(3, "going"), (1, "going"), (1, "going")])


def test_places_given_up_go_to_who_waits(site):
    outing = outing_at(site, places=4)
    mine = group(outing, 4)
    group(outing, 2)

    come_with_fewer(mine, 2)

    assert standing_of(outing) == (4, 0, [(2, "going"), (2, "going")])


def test_group_becomes_smaller_only(site):
    mine = group(outing_at(site), 2)

    for people in (0, 3):
        with pytest.raises(ValidationError):
            come_with_fewer(mine, people)
    assert come_with_fewer(mine, 2).people == 2


def test_nobody_leaves_by_themselves_once_it_has_begun_and_nobody_moves_up(site, clock):
    outing = outing_at(site, places=2)
    mine = group(outing, 2)
    group(outing, 1)
    clock.move_to("2023-10-21T09:00+02:00", tick=False)

    with pytest.raises(ValidationError):
        leave(mine)
    with pytest.raises(ValidationError):
        come_with_fewer(mine, 1)
    assert leave(mine, by_hand=True)

    assert standing_of(outing) == (0, 1, [(1, "waiting")])


def test_who_coordinates_lets_a_smaller_group_go_first(site):
    outing = outing_at(site, places=5)
    group(outing, 4)
    large, small = group(outing, 3), group(outing, 1)

    let_go_first(small)

    assert standing_of(outing) == (5, 3, [(4, "going"), (3, "waiting"), (1, "going")])
    with pytest.raises(ValidationError):
        let_go_first(large)


def test_who_moves_up_without_a_mailbox_is_on_the_list_to_call(site):
    outing = outing_at(site, places=2)
    mine, other = group(outing, 2), group(outing, 2, contact="+32470123456")

    leave(mine)
    other.refresh_from_db()
    assert other.news == "place"

    told(other)
    other.refresh_from_db()
    assert other.news == ""


def test_correction_by_hand_keeps_to_the_places(site):
    outing = outing_at(site, places=5)
    mine = group(outing, 2)
    group(outing, 2)

    correct_reservation(mine, people=3, nickname="Lieve", contact="lieve@voorbeeld.example")
    with pytest.raises(ValidationError) as refused:
        correct_reservation(mine, people=4, nickname="Lieve", contact="")

    assert words(refused) == ["Daarvoor zijn er niet genoeg plaatsen vrij."]
    mine.refresh_from_db()
    assert (mine.people, mine.nickname, mine.contact) == (3, "Lieve", "lieve@voorbeeld.example")
    assert standing_of(outing)[0] == 5


# --- How many places


def test_more_places_go_to_who_waits_and_the_log_says_how_many(site):
    outing = outing_at(site, places=3)
    group(outing, 2)
    group(outing, 3)

    change_places(outing, by=None, places=5)

    assert standing_of(outing) == (5, 0, [(2, "going"), (3, "going")])
    assert ChangeLog.objects.latest("pk").changes == {"places": [3, 5]}


def test_fewer_places_than_people_is_refused_in_words(site):
    outing = outing_at(site, places=5)
    group(outing, 3)

    with pytest.raises(ValidationError) as refusal:
        change_places(outing, by=None, places=2)

    assert refusal.value.message_dict == {
        "places": ["Er gaan al 3 mensen mee. Kies 3 of meer, of zeg eerst iemand af."]
    }
    assert change_places(outing, by=None, places=3).places == 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"places": 0}, "places"),
        ({"places": 301}, None),
        ({"largest_group": 0}, None),
        ({"opens_at": dt.datetime(2023, 10, 12, tzinfo=dt.UTC), "closes_at": dt.datetime(2023, 10, 12, tzinfo=dt.UTC)}, "closes_at"),
    ],
)  # fmt: skip
def test_numbers_and_moments_that_cannot_be_are_refused(site, facts, field):
    outing = outing_at(site)

    with pytest.raises(ValidationError) as refusal:
        change_places(outing, by=None, **facts)

    assert field is None or list(refusal.value.message_dict) == [field]


def test_two_at_one_form_of_places(site):
    outing = outing_at(site)
    seen = fingerprint(outing, ("places", "largest_group", "opens_at", "closes_at"))
    change_places(outing, by=None, places=12, seen=seen)

    with pytest.raises(Overtaken):
        change_places(outing, by=None, places=8, seen=seen)


def test_limit_goes_only_while_nobody_is_registered(site):
    outing = outing_at(site)
    mine = group(outing, 1)

    with pytest.raises(ValidationError):
        drop_places(outing, by=None)
    leave(mine)
    drop_places(outing, by=None)

    assert not Outing.objects.exists()
    with pytest.raises(ValidationError):
        join(outing, people=1, nickname="Lien")


def test_places_are_for_what_happens_once_and_is_to_come(site):
    weekly = offer(site, first_day=dt.date(2023, 10, 16))
    past = offer(site, frequency="once", weekday=None, first_day=dt.date(2023, 10, 9))
    off = offer(site, frequency="once", weekday=None, first_day=dt.date(2023, 10, 20))
    cancel(date_of(off, "2023-10-20"), by=None)

    for series, day in ((weekly, "2023-10-16"), (past, "2023-10-09"), (off, "2023-10-20")):
        with pytest.raises(ValidationError):
            offer_places(date_of(series, day), by=None, places=10)


def test_offering_twice_changes_the_one_there_is(site):
    outing = outing_at(site, places=5)

    again = offer_places(outing.occurrence, by=None, places=7)

    assert (again.pk, again.places, Outing.objects.count()) == (outing.pk, 7, 1)


def test_every_change_of_the_numbers_makes_the_pages_tell_it_anew(site):
    def version():
        return Site.objects.get(pk=site.pk).schedule_version

    versions = [version()]
    outing = outing_at(site, places=4)
    versions.append(version())
    for do in (
        lambda: group(outing, 3),
        lambda: group(outing, 3),
        lambda: come_with_fewer(Reservation.objects.first(), 2),
        lambda: leave(Reservation.objects.first()),
        lambda: change_places(outing, by=None, places=6),
    ):
        do()
        versions.append(version())

    assert versions == sorted(set(versions))


def test_the_database_itself_refuses_one_too_many(site):
    outing = outing_at(site, places=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Outing.objects.filter(pk=outing.pk).update(taken=3)


def test_nothing_about_a_group_stands_in_the_change_log(site):
    outing = outing_at(site)
    mine = group(outing, 2, nickname="Geheimpje", contact="geheim@voorbeeld.example")
    correct_reservation(mine, people=2, nickname="Geheimer", contact="geheim@voorbeeld.example")
    leave(mine)

    assert "eheim" not in str(list(ChangeLog.objects.values()))
