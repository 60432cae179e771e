"""What the change log may hold, field by field [ACC-06]. It outlives the people it speaks of, so it is closed by default.

`PERSONAL_FIELDS` stands on the model itself. Of every other field it says here whether its words may be written down. What is
not loggable is in the log as changed, without its words; so is what nobody thought about, and a test fails for it.
"""

from __future__ import annotations

from typing import Any

from django.db import models


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are public, or choices, days and numbers about a thing. A person stands in it by key, which says nothing after erasure.
LOGGABLE: dict[str, frozenset[str]] = {
    "sites.user": _names("language is_active"),
    "sites.municipality": _names("code name inhabitants density"),
    "sites.partnership": _names("slug name"),
    "sites.site": _names("slug name partnership municipality kind status time_zone closed_on_holidays languages"),
    "sites.oldslug": _names("slug site"),
    "sites.shortlink": _names("code site kind number language"),
    "sites.place": _names("site name kind municipality address by_bus by_ride ride_service facility_codes facilities"),
    "sites.homeaddress": _names("site place since"),
    "sites.closure": _names("partnership site first_day last_day reason"),
    "sites.role": _names("user kind site partnership since until"),
    "sites.milestone": _names("partnership site day precision position text correction_note needs_check"),
    "sites.sitecheck": _names("site day"),
    "partners.organisation": _names("code kind parent municipality has_control_function website needs_check"),
    "partners.organisationname": _names("organisation name since"),
    "partners.alias": _names("organisation name"),
    "partners.engagement": _names(
        "organisation site since since_precision until does days_a_month is_guest example_fields"
    ),
    "partners.body": _names("kind partnership site first_met with_volunteers with_visitors"),
    "partners.seat": _names("body organisation since until"),
    "partners.membership": _names("user organisation site since until"),
    "partners.meeting": _names("body day begin end status visitors volunteers called_on"),
    "partners.funding": _names("partnership site source first_day first_precision last_day fte approved_on follows"),
    "partners.service": _names("partnership organisation code name what_for website is_active"),
    "partners.present": _names("meeting organisation"),
    "partners.decision": _names("meeting written_on"),
    "partners.actionpoint": _names("meeting role organisation due_on done_on"),
    "partners.invitation": _names("language kind site partnership organisation"),
    "partners.leaving": _names("organisation site last_day reason ended"),
    "partners.checkin": _names("engagement day satisfaction next_due"),
    "activities.activitytype": _names("code pictogram names is_elsewhere"),
    "activities.activity": _names(
        "site slug type meet learn politicise refer volunteers_allowed no_volunteers_reason combined_with needs_check"
    ),
    "activities.series": _names(
        "activity follows title description audience with_volunteers price_kind price_cents place frequency weekday interval"
        " nth begin end part first_day first_day_precision first_day_known last_day reason is_published is_undone shares_room"
        " proposed_by"
    ),
    "activities.seriesdate": _names("series day change"),
    "activities.seriesorganiser": _names("series organisation position"),
    "activities.text": _names("series language title description audience"),
    "activities.occurrence": _names(
        "series site original_date day begin end part place status opened_anyway is_changed note"
    ),
    "activities.spot": _names("site where paper activity language hung_on"),
    "activities.plan": _names("site title with_whom status note needs_check"),
    "activities.shiftneed": _names("series occurrence task skill minimum maximum before after begin end until"),
    "activities.attendance": _names("occurrence took_place people new_faces volunteers is_example"),
    "activities.presence": _names("attendance organisation"),
    "activities.stop": _names("occurrence place position begin end"),
    "activities.guest": _names("occurrence organisation"),
    "activities.ideatable": _names("site day people"),
    "activities.idea": _names("site table status votes"),
    "activities.continuation": _names("activity what organisation reviewed_on is_example"),
    "activities.outing": _names("places largest_group opens_at closes_at"),
    "signals.theme": _names("code names is_active merged_into"),
    "signals.release": _names("version"),
    "signals.threshold": _names("k is_strict"),
    "steering.report": _names("partnership period frozen_on meeting_on version"),
    "steering.digest": _names("partnership kind period state since until"),
    "signals.dossier": _names("partnership site status is_example"),
    "signals.dossierstep": _names("dossier position status day due_on answered_on is_published published_on"),
    "signals.dossiersentence": _names("dossier approved_on"),
    "signals.dossierfigure": _names("dossier cell"),
}

# Keys that are no field of the model: what an action calls its change.
MADE_UP: dict[str, frozenset[str]] = {
    "sites.closure": _names("days"),
    "partners.organisation": _names("name since aliases parent_id municipality_id doubled kept moved"),
    "activities.series": _names("added removed cleared dates organisers help"),
    "activities.occurrence": _names("stops guests"),
    "activities.attendance": _names("present"),
    "signals.dossier": _names("chosen"),
    "activities.ideatable": _names("cards"),
}

SIGNAL = "site theme barrier text service idea is_positive was_asked year week is_example"

# Free words that may name somebody although they should not, and what only the machine needs.
KEPT_OUT: dict[str, frozenset[str]] = {
    "outbox.delivery": _names(
        "uuid kind user language site about period facts secret begins_at state reason answer tries written_at due_at settled_at"
        " retry_at lease_until claim"
    ),
    "outbox.stop": _names("user kind"),
    "push.subscription": _names("user session handle sealed since seen"),
    "push.push": _names("delivery subscription path until tries retry_at is_over"),
    "sites.session": _names("session_key session_data expire_date user since"),
    "sites.user": _names("password erasure_id idle_since"),
    "sites.erasure": _names("erasure_id day"),
    "sites.site": _names("contact schedule_version example_fields holiday_switches"),
    "sites.place": _names("example_fields"),
    "sites.homeaddress": _names("example_fields"),
    "sites.milestone": _names("translations correction_translations"),
    "sites.sitecheck": _names("answers actions"),
    "sites.changelog": _names("at by site partnership verb about_model about_id changes reason"),
    "partners.organisation": _names("contact"),
    "partners.leaving": _names("removed"),
    "partners.checkin": _names("value_gained value_given action"),
    "partners.meeting": _names("uuid place theme agenda notes reason sequence changed_at is_example"),
    "partners.funding": _names("note is_example"),
    "partners.service": _names("translations reach is_example"),
    "partners.decision": _names("text"),
    "partners.actionpoint": _names("text"),
    "partners.engagement": _names("does_translations contribution added_value"),
    "steering.report": _names("figures"),
    "partners.invitation": _names(
        "invited_by invited_at expires_at accepted_at withdrawn_at token_hash resent_on resent"
    ),
    "partners.volunteer": _names(
        "user site skills languages shows_first_name takes_calls wants_late_reminder may_be_pictured since until calendar_hash"
    ),
    "partners.candidate": _names("uuid site language skills consent_version offered_on"),
    "partners.welcome": _names("volunteer site step day"),
    "partners.consent": _names("volunteer what version given_on withdrawn_on"),
    "partners.away": _names("volunteer first_day last_day"),
    "activities.shiftneed": _names("task_translations"),
    "activities.shift": _names("need occurrence uuid"),
    "activities.signup": _names("shift volunteer state"),
    "activities.standing": _names("need volunteer"),
    "activities.outing": _names("occurrence taken waiting is_example"),
    "activities.reservation": _names("outing language people state news"),
    "activities.reservationkey": _names("reservation hash"),
    "activities.swap": _names("uuid place wanted"),
    "activities.ideatable": _names("question_1 question_2 question_3 question_4 is_example"),
    "activities.idea": _names("question text language since why activity is_example"),
    "activities.series": _names("reason_translations example_fields"),
    "activities.attendance": _names("note sendings"),
    "activities.spot": _names("version"),
    "activities.step": _names("uuid activity verb since until before after was_told is_undone at"),
    "activities.occurrence": _names("uuid begins_at ends_at note_translations sequence changed_at"),
    "signals.theme": _names("position"),
    # When somebody is recognised in a dossier its words change; the log may not keep what stood there.
    "signals.dossier": _names("title problem causes affected proposals addressee"),
    "signals.dossierstep": _names("addressee text answer effect"),
    "signals.dossiersentence": _names("text"),
    # No verb about a signal writes in the log at all.
    "signals.held": _names(f"{SIGNAL} code_hash"),
    "signals.signal": _names(f"{SIGNAL} state merged_into marks counted_year counted_quarter"),
    "signals.refused": _names("site theme reason year week is_example"),
    "signals.referral": _names("site service year week number sendings counted_year counted_quarter is_example"),
    "signals.pointing": _names("partnership year quarter service token several"),
    "signals.contribution": _names("partnership year quarter theme token several"),
    "signals.threshold": _names("partnership"),
    "signals.release": _names("partnership kind year quarter k is_strict themes sites day why is_example"),
    "signals.releasedcell": _names("release year first last theme site value"),
}

UNWRITTEN = [None, None]


def loggable(about: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """The same changes, without the words that may not be written down."""
    label = about._meta.label_lower
    allowed = LOGGABLE.get(label, frozenset()) | MADE_UP.get(label, frozenset())
    return {name: change if name in allowed else UNWRITTEN for name, change in changes.items()}
