"""Two volunteers swap: offered, asked, agreed in one tap, withdrawn, too late; and never somebody in two places."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.needs import add_need
from activities.actions.occurrence import cancel
from activities.actions.series import change_from
from activities.actions.shifts import Refused, hand_back, sign_up, wait_for_a_place
from activities.actions.steps import take_step, undo
from activities.actions.swaps import agree, offer_swap, withdraw_swap
from activities.models import Shift, ShiftNeed, SignUp, Swap
from activities.shift_letters import SWAP
from activities.shift_rules import Why
from activities.tasks import extend_horizon as night
from sites.actions.erasing import erase_person
from sites.actions.roles import end_role
from sites.enums import RoleKind
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.desk import client_of, words
from tests.factories.partners import make_away, make_helper
from tests.factories.sites import make_person, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

TODAY, THURSDAY, NEXT = (dt.date(2023, 10, day) for day in (10, 12, 19))


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    make_site(slug="daar")
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def need(site):
    """Two people every Thursday from 13 to 16."""
    series = offer(site, weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))
    return add_need(series, by=None, task="Onthaal", maximum=2)


@pytest.fixture
def anna(need, site):
    """Has this Thursday."""
    return with_shift(on(need), site)


@pytest.fixture
def ben(need, site):
    """Has next Thursday."""
    return with_shift(on(need, NEXT), site)


def with_shift(shift, site, **fields):
    helper = make_helper(site, **fields)
    sign_up(shift, helper)
    return helper


def on(need, day=THURSDAY) -> Shift:
    return Shift.objects.get(need=need, occurrence__original_date=day)


def why(action, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        action(*args, **kwargs)
    assert refused.value.refusal.words
    return refused.value.refusal.why


def people(shift) -> set:
    return set(SignUp.objects.filter(shift=shift, state="taken").values_list("volunteer", flat=True))


def sent(clock, minutes=6) -> list[tuple[str, str]]:
    """To whom and about what, once the five minutes are over."""
    clock.move_to(TUESDAY + dt.timedelta(minutes=minutes), tick=False)
    mail.outbox.clear()
    send_due()
    return sorted((one.to[0], one.subject) for one in mail.outbox)


def test_one_gives_and_the_other_takes_it_over(need, site, anna, clock):
    taker = make_helper(site, takes_calls=True)
    make_helper(site)
    swap = offer_swap(on(need), anna)
    assert people(on(need)) == {anna.pk}
    assert sent(clock) == [(taker.user.email, "Kan jij? Onthaal, donderdag 12 oktober")]

    agree(swap, taker)

    assert people(on(need)) == {taker.pk}
    assert not Swap.objects.exists()
    assert sent(clock, 7) == [(anna.user.email, "Overgenomen: Onthaal, donderdag 12 oktober")]


def test_two_places_change_hands_at_once(need, site, anna, ben, clock):
    make_helper(site, takes_calls=True)
    swap = offer_swap(on(need), anna, wanted=on(need, NEXT))
    assert sent(clock) == [(ben.user.email, "Wil je ruilen? Onthaal, donderdag 12 oktober")]
    assert "19 oktober" in mail.outbox[0].body

    agree(swap, ben)

    assert (people(on(need)), people(on(need, NEXT))) == ({ben.pk}, {anna.pk})
    assert sent(clock, 7) == [(anna.user.email, "Geruild: Onthaal, donderdag 12 oktober")]
    assert "In ruil heb jij nu deze beurt:" in mail.outbox[0].body


def test_letters_name_nobody(need, site, anna, ben, clock):
    for one, name in ((anna, "Anna Vandenonbekende"), (ben, "Ben Vandenvreemde")):
        one.user.name = name
        one.user.save()
    swap = offer_swap(on(need), anna, wanted=on(need, NEXT))
    sent(clock)
    asked = mail.outbox[0].body
    agree(swap, ben)
    sent(clock, 7)

    for text in (asked, mail.outbox[0].body):
        assert not {"Anna", "Ben", "Vanden", anna.user.email, ben.user.email} & set(text.replace(",", " ").split())


def test_shift_at_the_same_hour_may_be_swapped_for_itself(need, site, anna):
    """Who gives a shift away is free at its hour."""
    other = add_need(need.series, by=None, task="Opruimen")
    ben = with_shift(on(other), site)

    agree(offer_swap(on(need), anna, wanted=on(other)), ben)

    assert (people(on(need)), people(on(other))) == ({ben.pk}, {anna.pk})


@pytest.mark.parametrize(
    "case", ["busy", "away", "key ends", "in it", "giver busy", "giver away", "handed back", "cancelled", "begun"]
)
def test_each_side_is_looked_at_again_when_somebody_says_yes(need, site, anna, ben, case, clock):
    swap, shift, theirs = offer_swap(on(need), anna, wanted=on(need, NEXT)), on(need), on(need, NEXT)
    beside = add_need(need.series, by=None, task="Opruimen")
    expected = {
        "busy": Why.OVERLAP, "away": Why.AWAY, "key ends": Why.NOT_HERE, "in it": Why.ALREADY, "giver busy": Why.OTHER,
        "giver away": Why.OTHER, "handed back": Why.NOT_YOURS, "cancelled": Why.OFF, "begun": Why.TOO_LATE,
    }  # fmt: skip
    match case:
        case "busy":
            sign_up(on(beside), ben)
        case "away":
            make_away(ben, THURSDAY)
        case "key ends":
            ben.user.roles.update(since=dt.date(2023, 10, 13))
        case "in it":
            sign_up(shift, ben)
        case "giver busy":
            sign_up(on(beside, NEXT), anna)
        case "giver away":
            make_away(anna, NEXT)
        case "handed back":
            hand_back(theirs, ben)
        case "cancelled":
            cancel(shift.occurrence, by=None, note="Ziek")
        case "begun":
            clock.move_to(dt.datetime(2023, 10, 12, 11, tzinfo=dt.UTC), tick=False)
    before = people(shift), people(theirs)

    assert why(agree, swap, ben) == expected[case]
    assert (people(shift), people(theirs)) == before


@pytest.mark.parametrize("end", ["withdrawn", "handed back", "key", "forgotten", "taken off"])
def test_offer_that_is_over_gives_nothing_and_asks_nobody(need, site, anna, end, clock):
    taker = make_helper(site, takes_calls=True)
    swap = offer_swap(on(need), anna)
    match end:
        case "withdrawn":
            assert withdraw_swap(on(need), anna)
        case "handed back" | "taken off":
            hand_back(on(need), anna)
        case "key":
            end_role(anna.user.roles.get(), on=TODAY, by=None)
        case "forgotten":
            erase_person(anna.user, by=None, is_guarded=False)

    assert why(agree, swap, taker) == Why.GONE
    sent(clock)
    assert Delivery.objects.get(kind=SWAP).state == State.DROPPED
    assert taker.pk not in people(on(need))


def test_who_waited_is_asked_first_and_waits_no_more(need, site, anna, clock):
    with_shift(on(need), site)
    waiting = make_helper(site)
    wait_for_a_place(on(need), waiting)

    swap = offer_swap(on(need), anna)
    assert [to for to, _subject in sent(clock)] == [waiting.user.email]
    agree(swap, waiting)

    assert waiting.pk in people(on(need))
    assert SignUp.objects.filter(shift=on(need)).count() == 2


def test_others_who_were_asked_hear_that_it_is_filled(need, site, anna, clock):
    with_shift(on(need), site)
    first, second = (make_helper(site, takes_calls=True) for _ in range(2))
    swap = offer_swap(on(need), anna)
    sent(clock)

    agree(swap, first)

    assert (second.user.email, "Ingevuld: Onthaal, donderdag 12 oktober") in sent(clock, 7)


def test_what_the_taker_asked_for_their_own_place_is_over_with_it(need, site, anna, ben):
    offer_swap(on(need, NEXT), ben)

    agree(offer_swap(on(need), anna, wanted=on(need, NEXT)), ben)

    assert not Swap.objects.exists()


def test_asking_again_asks_once_and_something_else_instead(need, site, anna, ben):
    first = offer_swap(on(need), anna)
    assert offer_swap(on(need), anna) == first

    second = offer_swap(on(need), anna, wanted=on(need, NEXT))

    assert list(Swap.objects.all()) == [second]


def test_nobody_offers_what_they_do_not_have_or_wants_what_they_could_not_do(need, site, anna, ben):
    sign_up(add_need(need.series, by=None, task="Opruimen").shifts.get(occurrence__original_date=NEXT), anna)

    assert why(offer_swap, on(need, NEXT), anna) == Why.NOT_YOURS
    assert why(offer_swap, on(need), anna, wanted=on(need, NEXT)) == Why.OVERLAP
    assert why(agree, offer_swap(on(need), anna), anna) == Why.NOT_YOURS


def test_old_offers_go_at_night(need, site, anna, clock):
    offer_swap(on(need), anna)
    clock.move_to(TUESDAY + dt.timedelta(days=4), tick=False)

    night()

    assert not Swap.objects.exists()
    assert people(on(need)) == {anna.pk}


def test_old_link_to_a_shift_that_is_over_has_no_button_and_says_so(need, site, anna, clock):
    clock.move_to(TUESDAY + dt.timedelta(days=3), tick=False)

    for reader in (anna, make_helper(site)):
        page = client_of(reader.user).get(f"/mijn/beurten/{on(need).uuid}/")

        assert "Voorbij" in words(page)
        assert list(read(page).one("main").all("form")) == []


# --- another agreement takes the place of the one before it


def later_from(day, **changes):
    """A change of the hours from a day on, that can be undone."""

    def change(series):
        return take_step(series.activity, lambda: change_from(series, day, by=None, **changes), verb="change_series")[1]

    return change


def test_offers_go_along_with_the_agreement_that_follows_and_come_back_when_it_is_undone(need, site, anna, ben, clock):
    taker = make_helper(site, takes_calls=True)
    given, asked = offer_swap(on(need), anna), offer_swap(on(need, NEXT), ben, wanted=on(need, dt.date(2023, 10, 26)))
    step = later_from(THURSDAY, begin=dt.time(14), end=dt.time(17))(need.series)
    later = ShiftNeed.objects.exclude(pk=need.pk).get()

    assert swaps() == {
        (given.uuid, on(later).pk, anna.pk, None),
        (asked.uuid, on(later, NEXT).pk, ben.pk, on(later, dt.date(2023, 10, 26)).pk),
    }
    assert "14.00 tot 17.00 uur" in words(client_of(taker.user).get(f"/mijn/ruilen/{given.uuid}/"))

    undo(step, by=None)

    assert swaps() == {
        (given.uuid, on(need).pk, anna.pk, None),
        (asked.uuid, on(need, NEXT).pk, ben.pk, on(need, dt.date(2023, 10, 26)).pk),
    }
    agree(given, taker)
    assert people(on(need)) == {taker.pk}


def test_offer_of_a_date_that_goes_to_another_day_is_over_and_its_link_says_so(need, site, anna):
    taker = make_helper(site, takes_calls=True)
    swap = offer_swap(on(need), anna)

    later_from(THURSDAY, weekday=4)(need.series)

    assert why(agree, swap, taker) == Why.OFF
    page = client_of(taker.user).get(f"/mijn/ruilen/{swap.uuid}/")
    assert "Deze beurt gaat niet door" in words(page)
    assert "Ja, ik neem ze over" not in words(page)


def swaps() -> set:
    return set(Swap.objects.values_list("uuid", "place__shift", "place__volunteer", "wanted"))


# --- on the pages


def test_offered_in_a_form_and_agreed_in_one_tap(need, site, anna, ben):
    giver, taker = client_of(anna.user), client_of(ben.user)
    path = f"/mijn/beurten/{on(need).uuid}/ruilen/"
    assert "donderdag 19 oktober, 13.00 tot 16.00 uur: Onthaal, Hier" in words(giver.get(path))

    giver.post(path, {"wanted": str(on(need, NEXT).uuid)})
    assert "In ruil vraag je donderdag 19 oktober" in words(giver.get(f"/mijn/beurten/{on(need).uuid}/"))
    assert "in ruil voor je beurt op donderdag 19 oktober" in words(taker.get("/mijn/"))
    done = taker.post(f"/mijn/ruilen/{Swap.objects.get().uuid}/ja/", follow=True)

    assert "Geruild: deze beurt is nu van jou." in done.text
    assert (people(on(need)), people(on(need, NEXT))) == ({ben.pk}, {anna.pk})


def test_withdrawn_by_a_button_and_then_the_link_says_so(need, site, anna, ben):
    swap = offer_swap(on(need), anna)
    giver, taker = client_of(anna.user), client_of(ben.user)
    assert "Ja, ik neem ze over" in words(taker.get(f"/mijn/ruilen/{swap.uuid}/"))
    assert "Je vraagt een ruil" in words(giver.get(f"/mijn/ruilen/{swap.uuid}/"))

    giver.post(f"/mijn/beurten/{on(need).uuid}/ruilen/stop/")

    # Whether they follow the link of a letter, or tap the button of a page that was open.
    for gone in (taker.get(f"/mijn/ruilen/{swap.uuid}/"), taker.post(f"/mijn/ruilen/{swap.uuid}/ja/")):
        assert gone.status_code == 404
        assert "Deze ruil is er niet meer" in words(gone)
        assert "Hier is nog plaats" in words(gone)


def test_refusal_is_a_page_with_what_else_there_is(need, site, anna, ben):
    swap = offer_swap(on(need), anna)
    make_away(ben, THURSDAY)

    refused = client_of(ben.user).post(f"/mijn/ruilen/{swap.uuid}/ja/")

    assert refused.status_code == 409
    assert "Je zei dat je die dag weg bent." in words(refused)
    assert "Hier is nog plaats" in words(refused)


def test_swap_of_another_site_does_not_exist(need, site, anna):
    swap = offer_swap(on(need), anna)
    stranger = client_of(make_helper(make_site(slug="ginder")).user)
    partner = client_of(make_person(RoleKind.PARTNER_WORKER, site=site))

    for client in (stranger, partner):
        assert client.get(f"/mijn/ruilen/{swap.uuid}/").status_code == 404
        assert client.post(f"/mijn/ruilen/{swap.uuid}/ja/").status_code == 404
        assert client.post(f"/mijn/beurten/{on(need).uuid}/ruilen/stop/").status_code == 404
    assert Swap.objects.exists()


def test_own_page_asks_as_much_for_ten_swaps_as_for_one(need, site):
    looker = make_helper(site)
    client = client_of(looker.user)
    shifts = list(Shift.objects.filter(need=need).order_by("occurrence__day"))

    def queries(some) -> int:
        for shift in some:
            offer_swap(shift, with_shift(shift, site))
        with CaptureQueriesContext(connection) as found:
            assert "Iemand wil ruilen" in client.get("/mijn/").text
        return len(found)

    assert queries(shifts[:1]) == queries(shifts[1:10])


def test_nothing_is_left_of_who_swapped_with_whom(need, site, anna, ben, clock):
    agree(offer_swap(on(need), anna, wanted=on(need, NEXT)), ben)
    sent(clock)
    sent(clock, 12)

    assert {tuple(row.facts) for row in Delivery.objects.all()} == {()}
    assert not Swap.objects.exists()
