from django.urls import path, register_converter

from .iso_week import IsoWeekConverter
from .views import (
    activity,
    change,
    closures,
    data,
    home,
    needs,
    offers,
    one_date,
    partner_desk,
    partners,
    planner,
    roster,
    season,
    shifts,
    swaps,
    volunteers,
    week,
)

app_name = "activities"

register_converter(IsoWeekConverter, "week")

urlpatterns = [
    path("beheer/<slug:slug>/planner/", planner.planner, name="planner"),
    path("beheer/<slug:slug>/planner/<week:iso>/", planner.planner_week, name="planner_week"),
    path("beheer/<slug:slug>/partners/", partner_desk.partners_desk, name="partners_desk"),
    path("beheer/<slug:slug>/partners/<int:organisation>/vertrek/", partner_desk.leave_page, name="leave"),
    path(
        "beheer/<slug:slug>/partners/aanbod/<int:agreement>/overdragen/", partner_desk.hand_over_page, name="hand_over"
    ),
    path("beheer/<slug:slug>/partners/aanbod/<int:agreement>/stoppen/", partner_desk.stop_page, name="stop"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/", change.change_date, name="change_date"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/afzeggen/", one_date.cancel_date, name="cancel_date"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/toch/", one_date.restore_date, name="restore_date"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/terug/", one_date.reset_date, name="reset_date"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/open/", one_date.open_date, name="open_date"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/bericht/", one_date.note, name="change_note"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/te-gast/", one_date.guests, name="guests"),
    path("beheer/<slug:slug>/planner/datum/<uuid:date>/op-pad/", one_date.on_the_road, name="on_the_road"),
    path("beheer/<slug:slug>/planner/activiteit/<int:offer>/", offers.identity, name="identity"),
    path("beheer/<slug:slug>/planner/afspraak/<int:agreement>/stoppen/", change.end_agreement, name="end_agreement"),
    path("beheer/<slug:slug>/planner/afspraak/<int:agreement>/", offers.change_agreement, name="change_agreement"),
    path("beheer/<slug:slug>/planner/afspraak/<int:agreement>/woorden/", offers.correct, name="correct_words"),
    path("beheer/<slug:slug>/planner/nieuw/", offers.new_offer, name="new_offer"),
    path("beheer/<slug:slug>/planner/voorstel/", offers.propose, name="propose"),
    path("beheer/<slug:slug>/planner/ontwerp/<int:draft>/", offers.draft, name="draft"),
    path("beheer/<slug:slug>/planner/ontwerp/<int:draft>/weg/", offers.discard_draft, name="discard_draft"),
    path("beheer/<slug:slug>/planner/seizoen/", season.copy, name="copy_season"),
    path("beheer/<slug:slug>/planner/datums/", season.import_page, name="import_dates"),
    path("beheer/<slug:slug>/plannen/", season.plans, name="plans"),
    path("beheer/<slug:slug>/plannen/nieuw/", season.new_plan, name="new_plan"),
    path("beheer/<slug:slug>/plannen/<int:plan>/", season.plan, name="plan"),
    path("beheer/<slug:slug>/planner/stap/<uuid:step>/terug/", change.undo_step, name="undo_step"),
    path("beheer/<slug:slug>/rooster/", roster.roster_now, name="roster"),
    path("beheer/<slug:slug>/rooster/<week:iso>/", roster.roster_week, name="roster_week"),
    path("beheer/<slug:slug>/rooster/beurt/<uuid:shift>/", roster.roster_shift, name="roster_shift"),
    path("beheer/<slug:slug>/rooster/plaats/<int:taken>/weg/", roster.take_off, name="take_off"),
    path("beheer/<slug:slug>/rooster/hulp/<int:agreement>/", needs.needs, name="needs"),
    path("beheer/<slug:slug>/rooster/datum/<uuid:date>/", needs.date_help, name="date_help"),
    path("beheer/<slug:slug>/rooster/taak/<int:need>/", needs.need, name="need"),
    path("beheer/<slug:slug>/rooster/taak/<int:need>/stop/", needs.need_ends, name="need_ends"),
    path("beheer/<slug:slug>/vrijwilligers/", volunteers.volunteers, name="volunteers"),
    path("beheer/<slug:slug>/vrijwilligers/nieuw/", volunteers.new_volunteer, name="new_volunteer"),
    path("beheer/<slug:slug>/vrijwilligers/<int:helper>/", volunteers.volunteer, name="volunteer"),
    path(
        "beheer/<slug:slug>/vrijwilligers/<int:helper>/weg/", volunteers.forget_volunteer_page, name="forget_volunteer"
    ),
    path("mijn/hulp/", shifts.help_settings, name="help_settings"),
    path("mijn/hulp/weg/", shifts.away, name="away"),
    path("mijn/hulp/weg/<int:period>/terug/", shifts.back_again, name="back_again"),
    path("mijn/agenda/", shifts.calendar_link, name="calendar_link"),
    path("mijn/uren/", shifts.hours, name="hours"),
    path("mijn/beurten/", shifts.open_shifts, name="open_shifts"),
    path("mijn/beurten/mijn/", shifts.own_shifts, name="own_shifts"),
    path("mijn/beurten/<uuid:shift>/", shifts.shift, name="shift"),
    path("mijn/beurten/<uuid:shift>/neem/", shifts.take_shift, name="take_shift"),
    path("mijn/beurten/<uuid:shift>/lijst/", shifts.wait_for_shift, name="wait_for_shift"),
    path("mijn/beurten/<uuid:shift>/kan-niet/", shifts.cannot_come, name="cannot_come"),
    path("mijn/beurten/<uuid:shift>/vast/", shifts.standing_place, name="standing_place"),
    path("mijn/beurten/<uuid:shift>/ruilen/", swaps.offer, name="offer_swap"),
    path("mijn/beurten/<uuid:shift>/ruilen/stop/", swaps.withdraw, name="withdraw_swap"),
    path("mijn/ruilen/<uuid:swap>/", swaps.swap, name="swap"),
    path("mijn/ruilen/<uuid:swap>/ja/", swaps.agree_to_swap, name="agree_to_swap"),
    path("", home.home, name="home"),
    path("beheer/<slug:slug>/sluitingen/", closures.closures, name="closures"),
    path("beheer/<slug:slug>/sluitingen/nieuw/", closures.new_closure, name="new_closure"),
    path("beheer/<slug:slug>/sluitingen/<int:closure>/open/", closures.lift_closure, name="lift_closure"),
    path("<slug:slug>/", week.this_week, name="this_week"),
    path("<slug:slug>/week/<week:iso>/", week.any_week, name="week"),
    path("<slug:slug>/activiteit/<slug:activity>/", activity.activity, name="activity"),
    path("<slug:slug>/partners/", partners.partners, name="partners"),
]

# Data formats take no language prefix.
data_urlpatterns = [
    path("agenda/<str:secret>/beurten.ics", shifts.own_calendar, name="own_calendar"),
    path("<slug:slug>/agenda.ics", data.agenda, name="agenda"),
    path("<slug:slug>/week/<week:iso>.json", data.week_data, name="week_data"),
]
