"""Counting people who were pointed to a service: numbers, once, and of nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.iso_week import IsoWeek
from signals.actions.referring import count_referrals, forget_sendings
from signals.actions.releasing import release_quarter
from signals.enums import Kind
from signals.kinds import counted_as
from signals.models import Pointing, Referral, ReleasedCell
from signals.quarters import quarter
from signals.referral_numbers import forget_pointings, names, recount, several, take
from signals.rules import new_code
from sites.enums import RoleKind
from sites.models import ChangeLog
from tests.desk import client_of, errors, form_at
from tests.factories.partners import make_membership, make_service
from tests.factories.signals import make_pointing, make_referral
from tests.factories.sites import make_person, make_role, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db

PATH = "/signalen/doorverwezen/"
NOW, LAST = IsoWeek(2023, 41), IsoWeek(2023, 40)
Q4 = quarter(2023, 4)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


def worker(site):
    membership = make_membership(site)
    make_role(RoleKind.PARTNER_WORKER, site=site, user=membership.user)
    return client_of(membership.user)


def count(site, numbers, **more):
    plain = {"week": NOW, "contributor": "organisation 1", "key": new_code()}
    return count_referrals(site, numbers, **plain | more)


def test_numbers_add_up_by_week_and_a_form_counts_once(site):
    help_, home = make_service(site), make_service(site)
    key = new_code()

    found = [
        count(site, {help_: 2, home: 0}, key=key), count(site, {help_: 2, home: 0}, key=key), count(site, {help_: 1}),
        count(site, {home: 3}, week=LAST),
    ]  # fmt: skip

    assert found == [2, 0, 1, 3]
    assert sorted(Referral.objects.values_list("service", "week", "number")) == [(help_.pk, 41, 3), (home.pk, 40, 3)]


@pytest.mark.parametrize(("week", "number"), [(IsoWeek(2023, 39), 1), (IsoWeek(2023, 42), 1), (NOW, 100), (NOW, -1)])
def test_other_weeks_and_numbers_nobody_means_are_refused(site, week, number):
    with pytest.raises(ValidationError):
        count(site, {make_service(site): number}, week=week)

    assert not Referral.objects.exists()


def test_several_organisations_are_known_and_not_which(site):
    alone, together = make_service(site), make_service(site)
    count(site, {alone: 1, together: 1}, contributor="organisation 1")
    count(site, {alone: 1}, contributor="organisation 1")
    count(site, {together: 1}, contributor="organisation 2")

    take(site.partnership, Q4, [site])
    assert several(site.partnership, Q4) == {together.code}
    assert sorted(Pointing.objects.values_list("service", "several")) == [(alone.code, False), (together.code, True)]
    forget_pointings(site.partnership, Q4)
    assert not Pointing.objects.exists()


def test_organisation_that_pointed_only_where_nothing_is_counted_makes_nothing_several(site):
    """A place that is still to begin is in no table."""
    to_begin = make_site(partnership=site.partnership, status="starting")
    papers, debts = make_service(site), make_service(site)
    count(site, {papers: 9, debts: 9}, contributor="organisation 1", week=LAST)
    count(site, {debts: 9}, contributor="organisation 2", week=LAST)
    count(to_begin, {papers: 9}, contributor="organisation 2", week=LAST)

    row = release_quarter(site.partnership, counted_as(Kind.REFERRALS), Q4, day=Q4.release_day)

    shown = ReleasedCell.objects.filter(release=row, site="", value__isnull=False)
    assert dict(shown.values_list("theme", "value")) == {debts.code: 18}


def test_release_takes_what_is_of_its_quarter_and_in_no_other(site):
    beside, elsewhere = make_site(partnership=site.partnership), make_site()
    service = make_service(site)
    make_referral(site, service, week=39, number=2)
    make_referral(site, service, week=40, number=3)
    make_referral(beside, service, week=52, number=4)
    make_referral(site, service, year=2024, week=1, number=9)
    make_referral(elsewhere, number=9)

    first = take(site.partnership, quarter(2023, 3), [site, beside])
    second = take(site.partnership, Q4, [site, beside])

    assert first == {(service.code, site.pk): 2}
    assert second == {(service.code, site.pk): 3, (service.code, beside.pk): 4}
    assert take(site.partnership, Q4, [site, beside]) == recount(site.partnership, Q4) == second
    assert names(site.partnership) == {service.code: {"nl": service.name}}


def test_pointings_of_later_quarters_stay(site):
    pk = site.partnership_id
    for year, number in ((2022, 4), (2023, 3), (2023, 4), (2024, 1)):
        make_pointing(pk, year=year, quarter=number)
    make_pointing(pk + 1)

    forget_pointings(site.partnership, quarter(2023, 3))

    assert sorted(Pointing.objects.filter(partnership=pk).values_list("year", "quarter")) == [(2023, 4), (2024, 1)]
    assert Pointing.objects.exclude(partnership=pk).count() == 1


def test_page_keeps_a_number_and_nobody(site):
    service = make_service(site)
    client = worker(site)
    form = form_at(client, PATH)

    first = client.post(PATH, form | {f"n{service.pk}": "3"})
    again = client.post(PATH, form | {f"n{service.pk}": "3"})

    assert (first.status_code, again.status_code) == (302, 302)
    assert list(Referral.objects.values_list("site", "service", "number")) == [(site.pk, service.pk, 3)]
    assert not ChangeLog.objects.exists()
    assert "3 mensen geteld" in read(client.get(first["Location"])).text
    assert form_at(client, PATH)[f"n{service.pk}"] == ""


@pytest.mark.parametrize("number", ["", "0", "100", "-1", "veel"])
def test_page_says_what_is_wrong_and_keeps_what_was_typed(site, number):
    service = make_service(site)
    client = worker(site)

    answer = client.post(PATH, form_at(client, PATH) | {f"n{service.pk}": number})

    assert (answer.status_code, bool(errors(answer))) == (200, True)
    assert not Referral.objects.exists()


def test_form_of_sunday_that_is_sent_on_monday_counts_in_its_own_week(site, clock):
    service = make_service(site)
    client = worker(site)
    clock.move_to("2023-10-15T23:58+02:00", tick=False)
    form = form_at(client, PATH) | {f"n{service.pk}": "3"}
    client.post(PATH, form)

    clock.move_to("2023-10-16T00:01+02:00", tick=False)
    client.post(PATH, form)

    assert list(Referral.objects.values_list("year", "week", "number")) == [(2023, 41, 3)]


def test_only_who_works_there_counts_there(site):
    service, elsewhere = make_service(site), make_site(slug="daar")
    volunteer = client_of(make_person(RoleKind.VOLUNTEER, site=site))
    client = worker(site)

    assert volunteer.get(PATH).status_code == 403
    assert client.get(f"{PATH}?plek=daar").status_code == 404
    assert client.post(PATH, {"plek": elsewhere.slug, "week": str(NOW), f"n{service.pk}": "1"}).status_code == 404


def test_services_of_another_partnership_and_closed_ones_cannot_be_counted(site):
    other, closed = make_service(make_site()), make_service(site, is_active=False)
    mine = make_service(site)

    form = form_at(worker(site), PATH)

    assert f"n{mine.pk}" in form
    assert not {f"n{other.pk}", f"n{closed.pk}"} & set(form)


def test_keys_of_forms_are_forgotten_when_nobody_can_add_any_more(site, clock):
    count(site, {make_service(site): 1})
    kept = [forget_sendings()]
    clock.move_to("2023-10-16T05:00+02:00", tick=False)
    kept.append(forget_sendings())
    clock.move_to("2023-10-23T05:00+02:00", tick=False)
    kept.append(forget_sendings())

    assert kept == [0, 0, 1]
    assert Referral.objects.get().sendings == []


def test_quarter_is_published_with_what_is_large_enough_and_of_several(site, clock):
    big, alone = make_service(site, name="Onthaal"), make_service(site, name="Wonen")
    make_referral(site, big, week=30, number=40)
    make_referral(site, alone, week=30, number=40)
    make_pointing(site.partnership_id, quarter=3, service=big.code, several=True, token="")
    make_pointing(site.partnership_id, quarter=3, service=alone.code)
    empty = make_site().partnership

    made = {partnership.pk: release_due_of(partnership) for partnership in (site.partnership, empty)}

    assert made == {site.partnership_id: 1, empty.pk: 0}
    cells = ReleasedCell.objects.filter(release__kind=Kind.REFERRALS, site="", first=3, last=3)
    assert dict(cells.values_list("theme", "value")) == {big.code: 40, alone.code: None}
    assert not Pointing.objects.filter(partnership=site.partnership_id).exists()


def release_due_of(partnership) -> int:
    row = release_quarter(partnership, counted_as(Kind.REFERRALS), quarter(2023, 3), day=dt.date(2023, 10, 9))
    return int(row is not None)
