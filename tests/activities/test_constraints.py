"""The database refuses what must never be, by name; the forms before it only say so more kindly."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from activities.models import Series
from sites.enums import Precision, RoleKind
from sites.models import Erasure
from tests.factories.activities import (
    make_activity,
    make_attendance,
    make_continuation,
    make_guest,
    make_idea,
    make_idea_table,
    make_need,
    make_occurrence,
    make_organiser,
    make_outing,
    make_plan,
    make_presence,
    make_reservation,
    make_series,
    make_series_date,
    make_shift,
    make_sign_up,
    make_spot,
    make_standing,
    make_stop,
    make_text,
)
from tests.factories.partners import (
    make_alias,
    make_away,
    make_body,
    make_candidate,
    make_check_in,
    make_consent,
    make_decision,
    make_engagement,
    make_funding,
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
    make_volunteer,
    make_welcome,
)
from tests.factories.signals import (
    make_cell,
    make_contribution,
    make_dossier,
    make_dossier_step,
    make_figure,
    make_held,
    make_pointing,
    make_referral,
    make_refused,
    make_release,
    make_sentence,
    make_signal,
    make_theme,
    make_threshold,
)
from tests.factories.sites import (
    make_check,
    make_closure,
    make_home_address,
    make_milestone,
    make_old_slug,
    make_partnership,
    make_place,
    make_role,
    make_short_link,
    make_site,
    make_user,
)
from tests.factories.steering import make_digest, make_report

DAY = dt.date(2023, 10, 9)
ONE_ID = uuid.UUID("0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11")
BEFORE, AFTER = dt.date(2023, 10, 8), dt.date(2023, 10, 10)
NOON = dt.datetime(2023, 10, 9, 12, tzinfo=dt.UTC)
NINE, TEN = dt.time(9), dt.time(10)
NINE_UTC, TEN_UTC = dt.datetime(2023, 10, 9, 7, tzinfo=dt.UTC), dt.datetime(2023, 10, 9, 8, tzinfo=dt.UTC)


def twice(make: Callable, *args, **fields) -> None:
    make(*args, **fields)
    make(*args, **fields)


def series(**fields) -> Series:
    return make_series(make_activity(make_site()), **fields)


def occurrence(**fields):
    return make_occurrence(series(), DAY, **fields)


def role(kind: RoleKind, **fields):
    return make_role(kind, **fields)


def an_outing(**fields):
    return make_outing(occurrence(), **fields)


def follow_oneself() -> None:
    own = series()
    own.follows = own
    own.save()


def money_after_itself() -> None:
    own = make_funding(make_site())
    own.follows = own
    own.save()


def merge_into_itself() -> None:
    own = make_theme(is_active=False)
    own.merged_into = own
    own.save()


WHOLE = {"begin": NINE, "end": TEN, "begins_at": NINE_UTC, "ends_at": TEN_UTC}

# Constraint -> the ways to break it. Two rows are the same only in what the constraint names.
BROKEN: dict[str, list[Callable[[], object]]] = {
    # sites
    "user_email_once": [lambda: twice(make_user, email="mens@example.org")],
    "user_erasure_id_once": [lambda: twice(make_user, erasure_id=ONE_ID)],
    "erasure_once": [lambda: twice(Erasure.objects.create, erasure_id=ONE_ID, day=DAY)],
    "user_email_lower_case": [lambda: make_user(email="Mens@example.org")],
    "site_slug_not_empty": [lambda: make_site(slug="")],
    "site_slug_lower_case": [lambda: make_site(slug="Kattegat")],
    "short_link_once_per_page": [lambda: [make_short_link(site) for site in [make_site()] * 2]],
    "short_link_code_lower_case": [
        lambda: make_short_link(make_site(), code="ABC"),
        lambda: make_short_link(make_site(), code=""),
    ],
    "old_slug_lower_case": [lambda: make_old_slug(make_site(), "Kattegat")],
    "partnership_slug_lower_case": [lambda: make_partnership(slug="Kempen")],
    "activity_slug_lower_case": [lambda: make_activity(make_site(), slug="Koffie")],
    "site_kind_known": [lambda: make_site(kind="kasteel"), lambda: make_site(kind="")],
    "site_status_known": [lambda: make_site(status="open"), lambda: make_site(status="")],
    "place_name_once_per_site": [lambda: twice(make_place, make_site(), name="Keuken")],
    "place_kind_known": [lambda: make_place(make_site(), kind="kasteel")],
    "home_address_once_per_day": [lambda: twice(make_home_address, make_site(), since=DAY)],
    "closure_ends_after_begin": [lambda: make_closure(make_site(), first_day=DAY, last_day=BEFORE)],
    "role_ends_after_begin": [lambda: role(RoleKind.ADMINISTRATOR, since=DAY, until=BEFORE)],
    "role_has_the_scope_of_its_kind": [
        lambda: role(RoleKind.ADMINISTRATOR, site=make_site()),
        lambda: role(RoleKind.ADMINISTRATOR, partnership=make_partnership()),
        lambda: role(RoleKind.STEERING),
        lambda: role(RoleKind.STEERING, site=make_site()),
        lambda: role(RoleKind.STEERING, site=make_site(), partnership=make_partnership()),
        *(
            lambda kind=kind, scope=scope: role(kind, **{name: make() for name, make in scope.items()})
            for kind in (RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER)
            for scope in ({}, {"partnership": make_partnership}, {"site": make_site, "partnership": make_partnership})
        ),
        lambda: role("koning"),
    ],
    "site_check_once_per_day": [lambda: twice(make_check, make_site())],
    "site_check_has_answers": [lambda: make_check(make_site(), answers={})],
    "milestone_precision_known": [lambda: make_milestone(make_site(), precision=5, day=dt.date(2023, 1, 1))],
    "milestone_vague_day_is_a_first_day": [
        lambda: make_milestone(make_site(), precision=Precision.MONTH, day=dt.date(2023, 6, 2)),
        lambda: make_milestone(make_site(), precision=Precision.SEASON, day=dt.date(2023, 6, 21)),
        lambda: make_milestone(make_site(), precision=Precision.SEASON, day=dt.date(2023, 7, 1)),
        lambda: make_milestone(make_site(), precision=Precision.YEAR, day=dt.date(2023, 6, 1)),
    ],
    # partners
    "engagement_since_precision_known": [
        lambda: make_engagement(make_site(), since_precision=0),
        lambda: make_engagement(make_site(), since=None, since_precision=5),
    ],
    "engagement_vague_since_is_a_first_day": [
        lambda precision=precision: make_engagement(make_site(), since_precision=precision, since=dt.date(2023, 10, 5))
        for precision in (2, 3, 4)
    ],
    "engagement_promises_days_of_a_month": [
        lambda: make_engagement(make_site(), days_a_month=0),
        lambda: make_engagement(make_site(), days_a_month=32),
    ],
    "organisation_kind_known": [lambda: make_organisation(kind="club"), lambda: make_organisation(kind="")],
    "organisation_name_once_per_day": [lambda: twice(make_organisation_name, make_organisation(), since=DAY)],
    "alias_once": [lambda: twice(make_alias, make_organisation(), name="RoS")],
    "engagement_once_per_beginning": [
        lambda: twice(make_engagement, make_site(), organisation=make_organisation(), since=DAY)
    ],
    "engagement_once_per_beginning_unknown": [
        lambda: twice(make_engagement, make_site(), organisation=make_organisation(), since=None)
    ],
    "engagement_ends_after_begin": [lambda: make_engagement(make_site(), since=DAY, until=BEFORE)],
    "body_has_the_scope_of_its_kind": [
        lambda: make_body(make_site(), kind="steering"),
        lambda: make_body(kind="working", partnership=make_partnership()),
        lambda: make_body(kind="participation", partnership=make_partnership()),
        lambda: make_body(make_site(), kind="koor"),
    ],
    "seat_once_per_beginning": [
        lambda: twice(make_seat, make_body(make_site()), organisation=make_organisation(), since=DAY)
    ],
    "seat_once_per_beginning_unknown": [
        lambda: twice(make_seat, make_body(make_site()), organisation=make_organisation(), since=None)
    ],
    "leaving_once_per_day": [
        lambda: twice(make_leaving, make_site(), organisation=make_organisation()),
    ],
    "check_in_satisfaction_known": [
        lambda: make_check_in(make_engagement(make_site()), satisfaction=0),
        lambda: make_check_in(make_engagement(make_site()), satisfaction=6),
    ],
    "check_in_next_is_later": [lambda: make_check_in(make_engagement(make_site()), day=DAY, next_due=DAY)],
    "invitation_email_lower_case": [lambda: make_invitation(make_site(), email="Gast@example.org")],
    "invitation_has_the_scope_of_its_kind": [
        lambda: make_invitation(None),
        lambda: make_invitation(make_site(), kind=RoleKind.STEERING),
        lambda: make_invitation(make_site(), kind=RoleKind.ADMINISTRATOR),
    ],
    "invitation_names_an_organisation_as_its_kind_asks": [
        lambda: make_invitation(make_site(), kind=RoleKind.PARTNER_WORKER),
        lambda: make_invitation(make_site(), organisation=make_organisation()),
    ],
    "invitation_is_not_both_accepted_and_withdrawn": [
        lambda: make_invitation(make_site(), accepted_at=NINE_UTC, withdrawn_at=TEN_UTC),
    ],
    "seat_ends_after_begin": [lambda: make_seat(make_body(make_site()), since=DAY, until=BEFORE)],
    "membership_once": [
        lambda: twice(make_membership, make_site(), user=make_user(), organisation=make_organisation(), since=DAY)
    ],
    "membership_once_unknown": [
        lambda: twice(make_membership, None, user=make_user(), organisation=make_organisation(), since=DAY)
    ],
    "membership_ends_after_begin": [lambda: make_membership(make_site(), since=DAY, until=BEFORE)],
    # steering
    "report_once_per_period": [lambda: twice(make_report, make_partnership(), period="2023-K3")],
    "report_is_of_a_period": [lambda: make_report(make_partnership(), period="K3")],
    "report_has_a_shape": [lambda: make_report(make_partnership(), version=0)],
    "digest_once_per_period": [lambda: twice(make_digest, make_partnership())],
    "digest_ends_after_begin": [lambda: make_digest(make_partnership(), since=DAY, until=BEFORE)],
    "digest_state_known": [lambda: make_digest(make_partnership(), state="lost")],
    "digest_kind_known": [lambda: make_digest(make_partnership(), kind="pers")],
    # signals
    "merged_theme_is_not_active": [lambda: make_theme(merged_into=make_theme())],
    "theme_is_not_merged_into_itself": [merge_into_itself],
    "held_has_text": [lambda: make_held(make_site(), text="")],
    "held_week_exists": [lambda: make_held(make_site(), week=0), lambda: make_held(make_site(), week=54)],
    "signal_week_exists": [lambda: make_signal(make_site(), week=0), lambda: make_signal(make_site(), week=54)],
    "signal_state_known": [lambda: make_signal(make_site(), state="published")],
    "merged_signal_is_accepted_and_has_no_text": [
        lambda: make_signal(site := make_site(), merged_into=make_signal(site)),
        lambda: make_signal(site := make_site(), merged_into=make_signal(site), text="", state="opened"),
    ],
    "refused_reason_known": [lambda: make_refused(make_site(), reason="no time")],
    "refused_week_exists": [lambda: make_refused(make_site(), week=0)],
    "signal_that_is_counted_is_accepted_and_has_a_quarter": [
        lambda: make_signal(make_site(), counted_year=2023),
        lambda: make_signal(make_site(), counted_year=2023, counted_quarter=5),
        lambda: make_signal(make_site(), counted_year=2023, counted_quarter=3, state="opened"),
    ],
    "threshold_is_5_to_100": [lambda: make_threshold(make_site(), k=4), lambda: make_threshold(make_site(), k=101)],
    "release_once_per_quarter_and_version": [lambda: twice(make_release, make_site())],
    "release_kind_known": [lambda: make_release(make_site(), kind="people")],
    "release_quarter_exists": [lambda: make_release(make_site(), quarter=5)],
    "release_shows_nothing_below_5": [lambda: make_release(make_site(), k=4)],
    "release_that_takes_a_place_says_why": [
        lambda: make_release(make_site(), version=2),
        lambda: make_release(make_site(), why="Zomaar."),
    ],
    "released_cell_once": [lambda: twice(make_cell, site := make_site(), release=make_release(site))],
    "released_cell_has_a_period": [
        lambda: make_cell(make_site(), first=2, last=3),
        lambda: make_cell(make_site(), first=5, last=5),
    ],
    "released_cell_is_hidden_or_5_at_least": [
        lambda: make_cell(make_site(), value=4),
        lambda: make_cell(make_site(), value=0),
    ],
    "dossier_status_known": [lambda: make_dossier(make_site(), status="kwijt")],
    "dossier_says_what_is_wrong": [
        lambda: make_dossier(make_site(), title=""),
        lambda: make_dossier(make_site(), problem=""),
    ],
    "dossier_step_once_per_position": [lambda: make_dossier_step(make_dossier(make_site()), position=1)],
    "dossier_step_status_known": [lambda: make_dossier_step(make_dossier(make_site()), status="kwijt")],
    "dossier_step_published_on_a_day": [
        lambda: make_dossier_step(make_dossier(make_site()), is_published=True, published_on=None)
    ],
    "dossier_step_due_not_before_its_day": [
        lambda: make_dossier_step(make_dossier(make_site()), day=DAY, due_on=BEFORE)
    ],
    "dossier_step_answer_has_a_day_not_before_it": [
        lambda: make_dossier_step(make_dossier(make_site()), answer="ja"),
        lambda: make_dossier_step(make_dossier(make_site()), answered_on=DAY, day=DAY),
        lambda: make_dossier_step(make_dossier(make_site()), effect="een loket"),
        lambda: make_dossier_step(make_dossier(make_site()), answer="ja", day=DAY, answered_on=BEFORE),
    ],
    "dossier_sentence_once": [lambda: twice(make_sentence, make_dossier(make_site()), text="Dicht.")],
    "dossier_sentence_has_text": [lambda: make_sentence(make_dossier(make_site()), text="")],
    "dossier_figure_once": [lambda: twice(make_figure, make_dossier(site := make_site()), make_cell(site))],
    "contribution_once_per_theme_and_quarter": [lambda: twice(make_contribution, make_site())],
    "contribution_quarter_exists": [lambda: make_contribution(make_site(), quarter=5)],
    "contribution_is_of_one_or_of_several": [
        lambda: make_contribution(make_site(), token=""),
        lambda: make_contribution(make_site(), several=True),
    ],
    # activities
    "activity_slug_once_per_site": [lambda: twice(make_activity, make_site(), slug="koffie")],
    "activity_serves_a_function": [lambda: make_activity(make_site(), meet=False)],
    "series_ends_after_begin": [lambda: series(first_day=DAY, last_day=BEFORE)],
    "series_first_day_precision_known": [lambda: series(first_day_precision=5)],
    "series_vague_first_day_is_a_first_day": [
        lambda precision=precision: series(first_day_precision=precision, first_day=dt.date(2023, 10, 5))
        for precision in (2, 3, 4)
    ],
    "series_has_both_hours_or_none": [lambda: series(end=None), lambda: series(begin=None)],
    "series_lasts_some_time": [lambda: series(begin=TEN, end=TEN)],
    "series_has_hours_or_a_part": [lambda: series(part="morning")],
    "series_interval_in_a_year": [lambda: series(interval=0), lambda: series(interval=53)],
    "series_rule_is_whole": [
        lambda: series(frequency="once"),
        lambda: series(frequency="once", weekday=None, nth=1),
        lambda: series(nth=1),
        lambda: series(frequency="monthly"),
        lambda: series(frequency="monthly", weekday=None, nth=1),
        lambda: series(frequency="monthly", nth=5),
        lambda: series(frequency="monthly", nth=0),
        lambda: series(frequency="monthly", nth=-2),
        lambda: series(frequency="yearly"),
    ],
    "series_weekday_known": [lambda: series(weekday=7)],
    "series_amount_with_fixed_price_only": [
        lambda: series(price_kind="fixed"),
        lambda: series(price_kind="free", price_cents=100),
        lambda: series(price_kind="ask", price_cents=0),
    ],
    "series_does_not_follow_itself": [follow_oneself],
    "series_date_once": [lambda: twice(make_series_date, series(), DAY)],
    "series_organiser_once": [lambda: twice(make_organiser, series(), make_organisation())],
    "text_once_per_language": [lambda: twice(make_text, series(), language="fr")],
    "text_is_not_the_source": [lambda: make_text(series(), language="nl")],
    "occurrence_once_per_slot": [lambda: twice(make_occurrence, series(), DAY)],
    "occurrence_hours_are_whole": [
        *(lambda missing=missing: occurrence(**WHOLE | {missing: None}) for missing in WHOLE),
        *(lambda name=name: occurrence(**{name: WHOLE[name]}) for name in WHOLE),
        lambda: occurrence(**WHOLE | {"ends_at": NINE_UTC}),
        lambda: occurrence(**WHOLE | {"begins_at": TEN_UTC, "ends_at": NINE_UTC}),
    ],
    "occurrence_has_hours_or_a_part": [lambda: occurrence(**WHOLE, part="morning")],
    "occurrence_status_known": [lambda: occurrence(status="moved"), lambda: occurrence(status="")],
    "stop_once_per_occurrence": [lambda: twice_a_stop()],
    "stop_hours_are_whole": [
        lambda: make_stop(occurrence(), begin=NINE),
        lambda: make_stop(occurrence(), end=NINE),
        lambda: make_stop(occurrence(), begin=NINE, end=NINE),
        lambda: make_stop(occurrence(), begin=TEN, end=NINE),
    ],
    "series_undone_was_told_and_follows_nothing": [
        lambda: series(is_undone=True, is_published=False),
        lambda: make_series((first := series()).activity, is_undone=True, follows=first),
    ],
    "spot_paper_known": [lambda: make_spot(make_site(), paper="beeld")],
    "spot_once_per_paper": [lambda: [make_spot(site, where="Bib") for site in [make_site()] * 2]],
    "spot_once_per_poster": [
        lambda: [
            make_spot(activity.site, where="Bib", paper="poster", activity=activity)
            for activity in [make_activity(make_site())] * 2
        ]
    ],
    "spot_poster_is_of_an_activity": [
        lambda: make_spot(make_site(), paper="poster"),
        lambda: make_spot((activity := make_activity(make_site())).site, activity=activity),
    ],
    "spot_hangs_with_its_version": [
        lambda: make_spot(make_site(), version="x"),
        lambda: make_spot(make_site(), hung_on=dt.date(2023, 10, 1)),
    ],
    "plan_once_per_site": [lambda: twice(make_plan, make_site(), title="SamenTuin")],
    "plan_status_known": [lambda: make_plan(make_site(), status="droom")],
    "need_bounds_in_order": [
        lambda: make_need(series(), minimum=0),
        lambda: make_need(series(), minimum=3, maximum=2),
        lambda: make_need(series(), maximum=51),
    ],
    "need_close_to_its_activity": [lambda: make_need(series(), before=241), lambda: make_need(series(), after=-241)],
    "need_says_what_to_do": [lambda: make_need(series(), task="")],
    "need_hours_are_whole": [
        lambda: make_need(series(), begin=NINE),
        lambda: make_need(series(), end=NINE),
        lambda: make_need(series(), begin=TEN, end=NINE),
        lambda: make_need(series(), begin=NINE, end=TEN, before=10),
    ],
    "shift_once_per_date": [lambda: twice(make_shift, make_need((date := occurrence()).series), date)],
    "outing_has_places": [lambda: an_outing(places=0), lambda: an_outing(places=301)],
    "outing_is_never_over": [lambda: an_outing(places=2, taken=3)],
    "outing_group_has_somebody": [lambda: an_outing(largest_group=0), lambda: an_outing(largest_group=21)],
    "outing_opens_before_it_closes": [lambda: an_outing(opens_at=NOON, closes_at=NOON)],
    "reservation_is_for_somebody": [lambda: make_reservation(an_outing(), people=0)],
    "reservation_state_known": [lambda: make_reservation(an_outing(), state="misschien")],
    "reservation_news_known": [lambda: make_reservation(an_outing(), news="oud")],
    "sign_up_once": [lambda: twice(make_sign_up, a_shift(), volunteer=make_volunteer())],
    "sign_up_state_known": [lambda: make_sign_up(a_shift(), state="misschien")],
    "attendance_numbers_of_what_took_place": [
        lambda: make_attendance(occurrence(), people=None),
        lambda: make_attendance(occurrence(), took_place=False),
        lambda: make_attendance(occurrence(), took_place=False, people=None, new_faces=0),
        lambda: make_attendance(occurrence(), took_place=False, people=None, volunteers=0),
    ],
    "attendance_new_faces_are_people": [lambda: make_attendance(occurrence(), people=3, new_faces=4)],
    "attendance_within_reason": [
        lambda: make_attendance(occurrence(), people=1000),
        lambda: make_attendance(occurrence(), volunteers=1000),
    ],
    "presence_once": [
        lambda: twice(make_presence, make_attendance(occurrence()), organisation=make_organisation()),
    ],
    "standing_once": [lambda: twice(make_standing, make_need(series()), volunteer=make_volunteer())],
    "volunteer_has_an_account_or_a_name_at_a_site": [
        lambda: make_volunteer(site=make_site(), name=""),
        lambda: make_volunteer(site=make_site(), user=make_user()),
        lambda: make_volunteer(site=None, name="Rosa"),
        lambda: make_volunteer(name="Rosa"),
        lambda: make_volunteer(until=DAY),
        lambda: make_volunteer(since=DAY),
        lambda: make_volunteer(site=make_site(), since=None),
    ],
    "candidate_can_be_reached": [lambda: make_candidate(make_site(), email="")],
    "candidate_email_lower_case": [lambda: make_candidate(make_site(), email="Gast@example.org")],
    "candidate_has_a_name": [lambda: make_candidate(make_site(), name="")],
    "candidate_said_yes_to_a_text": [lambda: make_candidate(make_site(), consent_version="")],
    "meeting_once_per_day": [lambda: twice(make_meeting, make_body(make_site()))],
    "meeting_status_known": [lambda: make_meeting(make_body(make_site()), status="misschien")],
    "meeting_ends_after_begin": [
        lambda: make_meeting(make_body(make_site()), end=dt.time(10)),
        lambda: make_meeting(make_body(make_site()), begin=None),
    ],
    "present_once": [lambda: twice(make_present, make_meeting(make_body(make_site())), make_organisation())],
    "decision_has_words": [lambda: make_decision(make_meeting(make_body(make_site())), text="")],
    "action_point_has_words": [lambda: make_point(make_meeting(make_body(make_site())), text="")],
    "action_point_is_of_a_role_or_an_organisation": [
        lambda: make_point(make_meeting(make_body(make_site())), role=""),
        lambda: make_point(make_meeting(make_body(make_site())), role="koning"),
        lambda: make_point(make_meeting(make_body(make_site())), organisation=make_organisation(), role="coordinator"),
    ],
    "funding_has_a_source": [lambda: make_funding(make_site(), source="")],
    "funding_ends_after_begin": [lambda: make_funding(make_site(), first_day=DAY, last_day=BEFORE)],
    "funding_precision_known": [lambda: make_funding(make_site(), first_precision=5)],
    "funding_vague_day_is_a_first_day": [
        lambda: make_funding(make_site(), first_day=dt.date(2023, 6, 21), first_precision=Precision.SEASON),
    ],
    "funding_fte_is_something": [lambda: make_funding(make_site(), fte=0)],
    "funding_does_not_follow_itself": [money_after_itself],
    "continuation_known": [lambda: make_continuation(make_activity(make_site()), what="misschien")],
    "continuation_carries_what_stays": [
        lambda: make_continuation(make_activity(make_site()), what="stops", organisation=make_organisation()),
    ],
    "idea_table_once_per_day": [lambda: twice(make_idea_table, make_site())],
    "idea_table_asks_something": [lambda: make_idea_table(make_site(), question_1="")],
    "idea_has_words": [lambda: make_idea(make_site(), text="")],
    "idea_status_known": [lambda: make_idea(make_site(), status="misschien")],
    "idea_says_why_not": [lambda: make_idea(make_site(), status="impossible")],
    "idea_answers_a_question_of_its_table": [
        lambda: make_idea(make_site(), question=1),
        lambda: make_idea(make_site(), table=make_idea_table(make_site())),
        lambda: make_idea(make_site(), table=make_idea_table(make_site()), question=5),
    ],
    "idea_on_a_card_waits_for_nobody": [
        lambda: make_idea(make_site(), table=make_idea_table(make_site()), question=1, status="waiting"),
    ],
    "idea_is_of_a_month": [lambda: make_idea(make_site(), since=dt.date(2023, 10, 2))],
    "service_code_once_per_partnership": [lambda: twice(make_service, make_site(), code="hulp")],
    "service_code_lower_case": [
        lambda: make_service(make_site(), code="Hulp"),
        lambda: make_service(make_site(), code=""),
    ],
    "service_has_a_name": [lambda: make_service(make_site(), name="")],
    "service_is_for_something": [lambda: make_service(make_site(), what_for="")],
    "referral_once_per_week": [lambda: (site := make_site()) and twice(make_referral, site, make_service(site))],
    "referral_is_of_somebody": [lambda: make_referral(make_site(), number=0)],
    "referral_week_exists": [lambda: make_referral(make_site(), week=54)],
    "referral_counts_in_a_quarter": [
        lambda: make_referral(make_site(), counted_year=2023),
        lambda: make_referral(make_site(), counted_quarter=4),
        lambda: make_referral(make_site(), counted_year=2023, counted_quarter=5),
    ],
    "pointing_once_per_service_and_quarter": [lambda: twice(make_pointing)],
    "pointing_quarter_exists": [lambda: make_pointing(quarter=5)],
    "pointing_is_by_one_or_by_several": [
        lambda: make_pointing(several=True),
        lambda: make_pointing(token=""),
    ],
    "welcome_once_per_step": [lambda: twice(make_welcome, make_volunteer(), make_site())],
    "welcome_step_known": [lambda: make_welcome(make_volunteer(), make_site(), step="koffie")],
    "consent_given_once": [lambda: twice(make_consent, make_volunteer())],
    "consent_withdrawn_after_given": [lambda: make_consent(make_volunteer(), given_on=DAY, withdrawn_on=BEFORE)],
    "consent_about_something_known": [lambda: make_consent(make_volunteer(), what="koffie")],
    "away_ends_after_begin": [lambda: make_away(make_volunteer(), DAY, DAY - dt.timedelta(days=1))],
    "guest_once": [lambda: twice(make_guest, occurrence(), make_organisation())],
}


def a_shift():
    date = occurrence()
    return make_shift(make_need(date.series), date)


def twice_a_stop() -> None:
    date = occurrence()
    twice(make_stop, date, place=make_place(date.site))


def named_constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    return {
        constraint.name: (model, constraint)
        for label in ("sites", "partners", "activities", "signals", "steering")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }


def refused_by(name: str, error: IntegrityError) -> bool:
    """Whether it was this constraint. SQLite names the columns of a unique one and not the constraint."""
    model, constraint = named_constraints()[name]
    if isinstance(constraint, models.UniqueConstraint):
        columns = [f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint.fields]
        return name in str(error) or str(error) == f"UNIQUE constraint failed: {', '.join(columns)}"
    return name in str(error)


def test_every_named_constraint_is_broken_here():
    assert len(named_constraints()) > 40
    assert BROKEN.keys() == named_constraints().keys()


def ways_to_break() -> list:
    return [
        pytest.param(name, way, id=f"{name}-{number}")
        for name, ways in BROKEN.items()
        for number, way in enumerate(ways)
    ]


@pytest.mark.django_db
@pytest.mark.every_case
@pytest.mark.parametrize(("name", "break_it"), ways_to_break())
def test_a_broken_row_is_refused_by_name(name, break_it):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it()

    assert refused_by(name, refusal.value), refusal.value


@pytest.mark.django_db
def test_rows_at_the_edge_are_welcome():
    """So that none of the refusals above comes from a row that is broken in another way."""
    site = make_site()
    make_closure(site, first_day=DAY, last_day=DAY)
    make_engagement(site, since=None, until=DAY)
    make_seat(make_body(partnership=site.partnership), since=None, until=DAY)
    make_membership(None, since=DAY, until=DAY)
    for kind in (RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER):
        role(kind, site=site, since=DAY, until=DAY)
    role(RoleKind.STEERING, partnership=site.partnership)
    role(RoleKind.ADMINISTRATOR)
    for precision, day in [(1, AFTER), (2, dt.date(2023, 10, 1)), (3, dt.date(2023, 9, 1)), (4, dt.date(2023, 1, 1))]:
        make_milestone(site, precision=precision, day=day)
        make_engagement(site, since_precision=precision, since=day)
        series(first_day_precision=precision, first_day=day)
    series(interval=52, weekday=6, first_day=DAY, last_day=DAY)
    series(frequency="monthly", nth=-1)
    series(frequency="monthly", weekday=None)
    series(frequency="once", weekday=None, begin=None, end=None, part="evening")
    series(price_kind="fixed", price_cents=0)
    make_stop(occurrence(**WHOLE), begin=NINE, end=TEN)
    make_reservation(an_outing(places=300, taken=300, largest_group=20), people=1, state="waiting", news="date")
    an_outing(places=1, largest_group=1, opens_at=NOON, closes_at=NOON + dt.timedelta(seconds=1))
    make_stop(occurrence(part="morning", uuid=uuid.uuid4()))
    make_attendance(occurrence(), people=0)
    make_attendance(occurrence(), people=999, new_faces=999, volunteers=999)
    make_attendance(occurrence(), took_place=False, people=None)
