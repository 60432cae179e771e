"""Who helped and is forgotten: no table tells of them, and the hours of the site are what they were."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from redis import Redis

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up, stand
from activities.actions.swaps import offer_swap
from activities.actions.volunteers import forget_volunteer, keep_volunteer
from activities.hours import hours_at
from activities.models import Shift, SignUp
from partners.models import Candidate, Volunteer
from sites.actions.erasing import erase_person
from sites.models import ChangeLog
from stek.time import now
from tests.desk import at_desk, client_of, words
from tests.factories.outbox import make_delivery
from tests.factories.partners import make_away, make_candidate, make_helper, make_volunteer, make_welcome
from tests.factories.sites import make_change, make_site
from tests.offer import TUESDAY, offer

pytestmark = pytest.mark.django_db

NAME, ADDRESS, PHONE = "Zoëra Vandenonbekende", "zoera.onbekend@example.org", "0470 98 76 54"
FIRST, LAST = dt.date(2023, 10, 1), dt.date(2023, 10, 31)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def need(site):
    series = offer(site, "Koffie", weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))
    return add_need(series, by=None, task="Onthaal", maximum=9)


def shifts_of(need) -> list[Shift]:
    return list(Shift.objects.filter(need=need).order_by("occurrence__day"))


def with_account(site) -> Volunteer:
    helper = make_helper(site)
    helper.user.name, helper.user.email = NAME, ADDRESS
    helper.user.save()
    return keep_volunteer(
        helper, phone=PHONE, skills=["host"], languages=["ar"], shows_first_name=True, takes_calls=True,
        may_be_pictured=True,
    )  # fmt: skip


def without_account(site) -> Volunteer:
    return keep_volunteer(make_volunteer(site=site, name=NAME), phone=PHONE, shows_first_name=True)


def everything_about(helper: Volunteer, need, clock) -> None:
    """All that hangs on somebody who helps, before and after today."""
    site = need.series.activity.site
    shifts = shifts_of(need)
    stand(need, helper)
    make_away(helper, dt.date(2024, 1, 1))
    make_welcome(helper, site)
    make_candidate(site, name=NAME, email=ADDRESS, phone=PHONE)
    make_change(site, reason=f"{NAME} kan niet", changes={"reason": [None, ADDRESS]})
    if helper.user:
        offer_swap(shifts[5], helper)
        make_delivery(site, user=helper.user)
    sign_up(shifts[0], make_helper(site))
    clock.move_to(TUESDAY + dt.timedelta(days=10), tick=False)  # two of the shifts are over


def dump() -> str:
    """Every row of every table, of ours and of the packages, as text."""
    return "\n".join(
        serializers.serialize("json", model._base_manager.all(), ensure_ascii=False) for model in apps.get_models()
    )


def minutes_at(site) -> int:
    return sum(one.minutes for one in hours_at(site, FIRST, LAST))


def test_no_table_tells_of_who_had_an_account_and_the_hours_stay(site, need, clock):
    helper = with_account(site)
    everything_about(helper, need, clock)
    assert all(word in dump() for word in (NAME, ADDRESS, PHONE))
    before = minutes_at(site)
    assert before == 3 * 180

    erase_person(helper.user, by=None, is_guarded=False)

    left = dump()
    assert [
        word for word in (NAME, ADDRESS, PHONE, "Zoëra", "Vandenonbekende", PHONE.replace(" ", "")) if word in left
    ] == []
    assert minutes_at(site) == before
    assert "zonder naam" in words(at_desk(site).get("/beheer/hier/vrijwilligers/uren/"))
    assert not SignUp.objects.filter(shift__occurrence__day__gt=now().date(), volunteer__isnull=True).exists()


def test_no_table_tells_of_who_had_none_and_the_hours_stay(site, need, clock):
    helper = without_account(site)
    everything_about(helper, need, clock)
    Candidate.objects.all().delete()  # an offer to help is a row of its own, gone when it is answered or after sixty days
    before = minutes_at(site)

    forget_volunteer(helper)

    left = dump()
    assert [word for word in (NAME, PHONE, "Zoëra") if word in left] == []
    assert minutes_at(site) == before


def test_only_lines_of_ones_own_place_are_freed_of_who_had_no_account(site):
    helper = make_volunteer(site=site, name="Jan")
    here, theirs = make_change(site, reason="Jan kan niet"), make_change(make_site(), reason="Jan kan niet")
    january = make_change(site, reason="Weinig volk in januari")

    forget_volunteer(helper)

    assert [ChangeLog.objects.get(pk=one.pk).reason for one in (here, theirs, january)] == [
        "", "Jan kan niet", "Weinig volk in januari",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kept_with", [with_account, without_account])
def test_neither_what_is_remembered_nor_the_files_tell_of_who_is_forgotten(site, need, clock, kept_with):
    """What pages left in Redis, or in memory where there is none; and the bytes of the database, where it is a file of ours."""
    helper = kept_with(site)
    everything_about(helper, need, clock)
    Candidate.objects.all().delete()
    desk = at_desk(site)
    for page in ("rooster", "vrijwilligers", "vrijwilligers/uren"):
        assert NAME in desk.get(f"/beheer/hier/{page}/").text
    if helper.user:
        assert NAME in client_of(helper.user).get("/mijn/").text

    if helper.user:
        erase_person(helper.user, by=None, is_guarded=False)
    else:
        forget_volunteer(helper)

    # Who had no account had no mailbox here either: that one is somebody else's.
    words_of = (NAME, PHONE, "Vandenonbekende", *([ADDRESS] if kept_with is with_account else []))
    left = remembered() + b"".join(path.read_bytes() for path in database_files())
    assert [word for word in words_of if word.encode() in left or word in dump()] == []


def remembered() -> bytes:
    """All that stands in the cache: keys and values."""
    if not settings.REDIS_URL:
        return repr(cache._cache).encode()  # type: ignore[attr-defined]  # of this process
    redis = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    return b"".join(key + (redis.get(key) or b"") for key in redis.scan_iter(_type="string"))


def database_files() -> list[Path]:
    name = str(connection.settings_dict["NAME"])
    return [path for suffix in ("", "-wal") if (path := Path(name + suffix)).exists()]
