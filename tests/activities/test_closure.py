"""The door shuts for some days, or opens again; no date is touched."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from activities.actions.closure import close, lift
from activities.actions.occurrence import cancel, open_anyway
from activities.actions.series import start_series
from activities.models import Occurrence
from sites.enums import RoleKind
from sites.models import ChangeLog, Closure, Site
from sites.rules import closed_days
from tests.factories.activities import make_activity, series_fields
from tests.factories.sites import make_partnership, make_person, make_site, make_user

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2023, 10, 30), dt.date(2023, 11, 5)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def here(beside) -> Site:
    return make_site(partnership=beside.partnership)


@pytest.fixture
def beside() -> Site:
    return make_site(partnership=make_partnership())


@pytest.fixture
def elsewhere() -> Site:
    return make_site()


def shut(*, site: Site | None, partnership=None, **fields) -> Closure:
    plain = {"first_day": FIRST, "last_day": LAST, "reason": "Herfstvakantie", "by": None}
    return close(site=site, partnership=partnership or site.partnership, **plain | fields)


def closed(site: Site) -> set[dt.date]:
    return set(closed_days(site, Closure.objects.at(site), dt.date(2023, 10, 23), dt.date(2023, 10, 31)))


def versions() -> dict[int, int]:
    return dict(Site.objects.values_list("pk", "schedule_version"))


def test_closing_one_site(here, beside, elsewhere):
    seen, by = versions(), make_user()

    closure = shut(site=here, by=by)

    assert [len(closed(site)) for site in (here, beside, elsewhere)] == [2, 0, 0]
    assert versions() == seen | {here.pk: seen[here.pk] + 1}
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.about_id, log.reason, log.changes) == (
        by, here, "close", str(closure.pk), "Herfstvakantie", {"days": [None, ["2023-10-30", "2023-11-05"]]}
    )  # fmt: skip


def test_closing_the_whole_partnership(here, beside, elsewhere):
    seen = versions()

    shut(site=None, partnership=here.partnership)

    assert [len(closed(site)) for site in (here, beside, elsewhere)] == [2, 2, 0]
    assert versions() == seen | {here.pk: seen[here.pk] + 1, beside.pk: seen[beside.pk] + 1}


def test_lifting_opens_again_and_twice_changes_nothing(here, beside, elsewhere):
    closure = shut(site=None, partnership=here.partnership)
    copy, seen = Closure.objects.get(), versions()

    lift(closure, by=None)
    lifted = versions()
    lift(copy, by=None)

    assert [len(closed(site)) for site in (here, beside, elsewhere)] == [0, 0, 0]
    assert lifted == versions() == seen | {here.pk: seen[here.pk] + 1, beside.pk: seen[beside.pk] + 1}
    assert list(ChangeLog.objects.order_by("pk").values_list("verb", flat=True)) == ["close", "lift"]
    assert ChangeLog.objects.get(verb="lift").changes == {"days": [["2023-10-30", "2023-11-05"], None]}


def test_closing_and_lifting_rewrite_no_date_and_calendars_hear_of_those_covered(here, beside):
    for site in (here, beside):
        start_series(make_activity(site), by=None, **series_fields())
    cancel(Occurrence.objects.get(site=here, original_date="2023-10-30"), by=None, note="Ziek")
    open_anyway(Occurrence.objects.get(site=here, original_date="2023-11-06"), by=None)
    before = list(Occurrence.objects.order_by("pk").values())

    lift(shut(site=here, last_day=dt.date(2023, 11, 6)), by=None)

    after = list(Occurrence.objects.order_by("pk").values())
    newer = [row["day"] for row, old in zip(after, before, strict=True) if row["sequence"] != old["sequence"]]
    told = {"sequence", "changed_at"}
    assert [drop(row, told) for row in after] == [drop(row, told) for row in before]
    assert newer == [dt.date(2023, 10, 30), dt.date(2023, 11, 6)]


def drop(row: dict, names: set[str]) -> dict:
    return {name: value for name, value in row.items() if name not in names}


def test_one_closure_is_lifted_and_the_other_one_still_holds(here):
    shut(site=None, partnership=here.partnership, last_day=FIRST)

    lift(shut(site=here), by=None)

    assert closed(here) == {FIRST}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last_day": FIRST - dt.timedelta(days=1)}, "__all__"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(here, fields, field):
    seen = versions()

    with pytest.raises(ValidationError) as refusal:
        shut(site=here, **fields)

    assert list(refusal.value.message_dict) == [field]
    assert (versions(), Closure.objects.count(), ChangeLog.objects.count()) == (seen, 0, 0)


def test_a_closure_of_one_day(here):
    shut(site=here, last_day=FIRST)

    assert closed(here) == {FIRST}


def test_site_of_another_partnership_is_refused_and_nothing_closes():
    here, there = make_site(), make_site()

    with pytest.raises(ValidationError) as refusal:
        close(
            by=None, partnership=here.partnership, site=there, reason="Dicht",
            first_day=dt.date(2023, 10, 9), last_day=dt.date(2023, 10, 9),
        )  # fmt: skip

    assert list(refusal.value.message_dict) == ["site"]
    assert not Closure.objects.exists()


def test_coordinators_read_in_the_log_what_closed_their_house_and_no_other(here, beside, elsewhere):
    coordinators = [make_person(RoleKind.COORDINATOR, site=site) for site in (here, beside, elsewhere)]
    steering = make_person(RoleKind.STEERING, partnership=here.partnership)
    worker = make_person(RoleKind.PARTNER_WORKER, site=here)
    shut(site=here, reason="Alleen hier")
    lift(shut(site=None, partnership=here.partnership, reason="Overal"), by=None)

    def read_by(person) -> list[tuple[str, str]]:
        return list(ChangeLog.objects.visible_to(person).order_by("pk").values_list("verb", "reason"))

    everywhere = [("close", "Overal"), ("lift", "Overal")]
    assert [read_by(person) for person in coordinators] == [[("close", "Alleen hier"), *everywhere], everywhere, []]
    assert [read_by(person) for person in (steering, worker, AnonymousUser())] == [[], [], []]
