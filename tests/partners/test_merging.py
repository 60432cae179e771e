"""Two rows that are one organisation become one, and nothing that hung on either is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from activities.models import Continuation, Guest, Presence, Series, SeriesOrganiser
from partners.actions.leaving import come_back, leave
from partners.actions.merging import merge
from partners.enums import BodyKind
from partners.leaving import last_leaving
from partners.models import (
    ActionPoint,
    Alias,
    CheckIn,
    Engagement,
    Invitation,
    Leaving,
    Membership,
    Organisation,
    Present,
    Seat,
    Service,
)
from partners.relations import relations
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from tests.factories.activities import (
    make_activity,
    make_attendance,
    make_continuation,
    make_guest,
    make_organiser,
    make_presence,
    make_series,
)
from tests.factories.partners import (
    make_alias,
    make_body,
    make_check_in,
    make_engagement,
    make_invitation,
    make_leaving,
    make_meeting,
    make_membership,
    make_organisation,
    make_organisation_name,
    make_point,
    make_present,
    make_seat,
    make_service,
)
from tests.factories.sites import make_municipality, make_role, make_site, make_user
from tests.offer import date_of, offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    return make_organisation(name="’t Winkeltje"), make_organisation(name="Twinkeltje")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_every_foreign_key_to_an_organisation_says_how_it_moves():
    pointing = [
        one for one in Organisation._meta.get_fields(include_hidden=True) if one.auto_created and one.is_relation
    ]
    keys = {f"{one.related_model._meta.label}.{one.field.name}" for one in pointing}

    assert len(keys) >= 8
    assert keys == {relation.name for relation in relations()}


def test_all_that_hung_on_the_doubled_one_hangs_on_the_kept_one(pair):
    kept, doubled = pair
    here, there = make_site(), make_site()
    user, by = make_user(), make_user()
    make_alias(doubled, name="TWinkeltje")
    make_organisation_name(doubled, name="Het Winkeltje", since=day("2023-05-01"))
    engagement = make_engagement(there, organisation=doubled)
    make_check_in(engagement)
    make_seat(make_body(there), organisation=doubled)
    make_membership(there, organisation=doubled, user=user)
    child = make_organisation(parent=doubled)
    series = offer(there, organisers=[doubled])
    make_guest(date_of(series, "2023-10-16"), doubled)
    make_presence(make_attendance(date_of(series, "2023-10-09")), doubled)
    meeting = make_meeting(make_body(there, kind=BodyKind.PARTICIPATION))
    make_present(meeting, doubled)
    make_point(meeting, organisation=doubled)
    make_continuation(series.activity, organisation=doubled)
    make_service(there, organisation=doubled)
    make_leaving(here, organisation=doubled)
    make_invitation(there, organisation=doubled, kind=RoleKind.PARTNER_WORKER)
    make_engagement(here, organisation=kept, until=day("2023-12-31"))
    ChangeLog.objects.all().delete()

    make_series(make_activity(here), is_published=False, proposed_by=doubled)

    merge(kept, doubled, by=by)

    assert not Organisation.objects.filter(pk=doubled.pk).exists()
    assert Series.objects.get(is_published=False).proposed_by == kept
    of_meetings = (Present, ActionPoint, Continuation, Service)
    for model in (Seat, Membership, SeriesOrganiser, Guest, Presence, Leaving, Invitation, *of_meetings):
        assert list(model.objects.values_list("organisation", flat=True)) == [kept.pk], model
    assert set(Engagement.objects.values_list("organisation", "site")) == {(kept.pk, here.pk), (kept.pk, there.pk)}
    assert CheckIn.objects.get().engagement == engagement
    assert Organisation.objects.get(pk=child.pk).parent == kept
    assert set(Alias.objects.filter(organisation=kept).values_list("name", flat=True)) == {
        "Twinkeltje", "TWinkeltje", "Het Winkeltje"
    }  # fmt: skip
    log = ChangeLog.objects.get(site=None)
    assert (log.by, log.verb, log.about_id) == (by, "merge", str(kept.pk))
    assert set(log.changes["moved"][1]) == {relation.name for relation in relations()}


def test_pages_of_another_organisation_and_site_stay_as_they_were(pair):
    kept, doubled = pair
    here, there = make_site(), make_site()
    other = make_organisation(name="Ligo")
    make_engagement(here, organisation=doubled)
    offer(here, organisers=[doubled])
    make_engagement(there, organisation=other)
    offer(there, organisers=[other])
    weeks = ["2023-W20", "2023-W41", "2023-W50"]
    before = [Client().get(f"/{there.slug}/week/{week}/").content for week in weeks]
    own = [Client().get(f"/{here.slug}/week/{week}/").content.decode() for week in weeks]
    version = Site.objects.get(pk=there.pk).schedule_version

    merge(kept, doubled, by=None)

    assert [Client().get(f"/{there.slug}/week/{week}/").content for week in weeks] == before
    assert Site.objects.get(pk=there.pk).schedule_version == version
    # The same facts, under the name the kept one had in those days.
    after = [Client().get(f"/{here.slug}/week/{week}/").content.decode() for week in weeks]
    assert after == [page.replace("Twinkeltje", "’t Winkeltje") for page in own]
    assert after != own


def test_engagements_with_a_day_in_common_are_joined_and_others_stand_side_by_side(pair):
    kept, doubled = pair
    here, there = make_site(), make_site()
    make_engagement(here, organisation=kept, since=day("2022-03-01"), until=day("2023-03-31"), does="verkoopt")
    late = make_engagement(here, organisation=doubled, since=day("2022-01-01"), does="winkelt", contribution="rekken")
    check_in = make_check_in(late)
    make_engagement(there, organisation=kept, since=None, until=day("2022-12-31"))
    make_engagement(there, organisation=doubled, since=day("2023-01-01"))

    merge(kept, doubled, by=None)

    joined = Engagement.objects.get(site=here)
    assert (joined.since, joined.until, joined.does, joined.contribution) == (
        day("2022-01-01"), None, "verkoopt", "rekken"
    )  # fmt: skip
    assert CheckIn.objects.get(pk=check_in.pk).engagement == joined
    assert list(Engagement.objects.filter(site=there).order_by("until").values_list("since", "until")) in (
        [(None, day("2022-12-31")), (day("2023-01-01"), None)],
        [(day("2023-01-01"), None), (None, day("2022-12-31"))],
    )
    moved = ChangeLog.objects.get(site=None).changes["moved"][1]["partners.Engagement.organisation"]
    assert "winkelt" in str(moved), "what the joined row no longer says stands in the log"


def test_collisions_are_one_row(pair):
    kept, doubled = pair
    site, user = make_site(), make_user()
    body, series = make_body(site), offer(site)
    guested = date_of(series, "2023-10-16")
    make_alias(kept, name="Winkel")
    make_alias(doubled, name="Winkel")
    for organisation in pair:
        make_engagement(site, organisation=organisation, until=day("2023-12-31"))
        make_engagement(site, organisation=organisation, since=None, until=day("2021-12-31"))
        make_seat(body, organisation=organisation, since=None)
        make_membership(site, organisation=organisation, user=user)
        make_organiser(series, organisation)
        make_guest(guested, organisation)
        make_leaving(site, organisation=organisation)

    merge(kept, doubled, by=None)

    counts = {model: model.objects.count() for model in (Seat, Membership, SeriesOrganiser, Guest, Leaving)}
    assert set(counts.values()) == {1}, counts
    assert Engagement.objects.count() == 2


def test_facts_the_kept_one_lacks_are_taken_over_and_control_stays(pair):
    kept, doubled = pair
    place = make_municipality()
    Organisation.objects.filter(pk=kept.pk).update(website="https://kept.example")
    Organisation.objects.filter(pk=doubled.pk).update(
        website="https://doubled.example", contact="aan de toog", municipality=place, has_control_function=True
    )
    Organisation.objects.filter(pk=kept.pk).update(parent=doubled)

    merge(kept, doubled, by=None)

    one = Organisation.objects.get(pk=kept.pk)
    assert (one.website, one.contact, one.municipality, one.has_control_function, one.parent) == (
        "https://kept.example", "aan de toog", place, True, None
    )  # fmt: skip


def test_a_leaving_can_be_undone_after_the_merge(pair):
    kept, doubled = pair
    site = make_site()
    make_engagement(site, organisation=doubled)
    membership = make_membership(site, organisation=doubled)
    leave(doubled, site, on=day("2023-10-31"), by=None)

    merge(kept, doubled, by=None)
    assert come_back(kept, site, by=None)

    assert Engagement.objects.get().until is None
    assert Membership.objects.get(pk=membership.pk).until is None


@pytest.mark.parametrize("leaver", [0, 1])
def test_an_organisation_that_goes_on_after_the_merge_can_leave(pair, leaver):
    kept, doubled = pair
    site, last = make_site(), day("2023-10-31")
    for organisation in pair:
        make_engagement(site, organisation=organisation)
    leave(pair[leaver], site, on=last, by=None)

    merge(kept, doubled, by=None)
    assert (Leaving.objects.count(), last_leaving(kept, site)) == (0, None)
    membership = make_membership(site, organisation=kept)
    role = make_role(RoleKind.PARTNER_WORKER, user=membership.user, site=site)
    leave(kept, site, on=last, by=None)

    for row in (Engagement.objects.get(), membership, role):
        row.refresh_from_db()
        assert row.until == last


def test_merging_twice_is_merging_once(pair):
    kept, doubled = pair

    merge(kept, doubled, by=None)
    merge(kept, doubled, by=None)

    assert ChangeLog.objects.count() == 1
    with pytest.raises(ValidationError, match="twee verschillende"):
        merge(kept, kept, by=None)
    with pytest.raises(ValidationError, match="intussen samengevoegd"):
        merge(doubled, kept, by=None)
