"""What the activities room says when it starts: its door at the desk, its words in the history, who hears of changed days."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sites import blocks, history
from sites.actions.days import on_days_changed
from sites.actions.keys import foretell, on_keys_changed
from sites.models import Closure, Site
from sites.rights import Right
from stek.time import today

from . import day_emails, emails, need_letters, outing_letters, shift_letters, swap_letters, week_letters
from .actions.closure import tell_calendars_of_days
from .actions.volunteers import keys_changed
from .desk_today import desk_today
from .key_words import what_ends_with_key
from .models import Attendance, Outing, Spot
from .roster import understaffed
from .versions import Versions
from .words import day_words, period_words

SOON = dt.timedelta(weeks=8)

VERBS = {
    "hold_table": _("Ideeëntafel gehouden"),
    "change_table": _("Vragen van een ideeëntafel veranderd"),
    "add_cards": _("Kaartjes overgetypt"),
    "accept_idea": _("Idee uit de bus aanvaard"),
    "answer_idea": _("Idee beantwoord"),
    "idea_becomes": _("Van een idee een activiteit gemaakt"),
    "drop_idea": _("Idee weggehaald"),
    "choose_what_stays": _("Gekozen wat blijft als het geld stopt"),
    "close": _("Sluiting ingepland"),
    "lift": _("Sluiting opgeheven"),
    "start_series": _("Afspraak begonnen"),
    "end_series": _("Afspraak gestopt"),
    "change_dates": _("Losse datums veranderd"),
    "change_organisers": _("Andere organisatoren"),
    "cancel": _("Datum afgezegd"),
    "restore": _("Datum gaat toch door"),
    "move": _("Datum verplaatst"),
    "back_to_series": _("Datum weer zoals afgesproken"),
    "open_anyway": _("Toch open op een sluitingsdag"),
    "change_from": _("Afspraak veranderd vanaf een dag"),
    "change_series": _("Afspraak veranderd voor ze begon"),
    "correct_words": _("Woorden verbeterd"),
    "begin_offer": _("Nieuwe activiteit"),
    "publish": _("Zichtbaar gemaakt"),
    "discard": _("Ontwerp weggelegd"),
    "keep_plan": _("Plan bewaard"),
    "keep_spot": _("Plaats voor een affiche bewaard"),
    "hang": _("Affiche opgehangen"),
    "give_up_spot": _("Plaats voor een affiche geschrapt"),
    "change_activity": _("Activiteit veranderd"),
    "undo": _("Ongedaan gemaakt"),
    "go_on_the_road": _("Op pad langs haltes"),
    "invite_guests": _("Te gast deze keer"),
    "add_need": _("Hulp gevraagd"),
    "change_need": _("Andere hulp gevraagd"),
    "end_need": _("Geen hulp meer gevraagd"),
    "change_note": _("Bericht veranderd"),
    "offer_places": _("Plaatsen beperkt"),
    "change_places": _("Aantal plaatsen of inschrijven veranderd"),
    "drop_places": _("Geen inschrijving meer nodig"),
    "count": _("Geteld"),
    "change_count": _("Telling veranderd"),
}
KEYS = {
    "added": _("erbij"),
    "removed": _("eruit"),
    "cleared": _("vergeten"),
    "dates": _("losse datums"),
    "organisers": _("organisatoren"),
    "stops": _("haltes"),
    "guests": _("te gast"),
    "help": _("hulp"),
    "present": _("wie er was"),
    "cards": _("kaartjes"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    on_days_changed(tell_calendars_of_days)
    on_keys_changed(keys_changed)
    foretell(what_ends_with_key)
    about = _("De week: wat er is, wat verandert, wat erbij komt.")
    blocks.add_door(blocks.Door(10, _("Planner"), about, "activities:planner", Right.MANAGE_OFFER))
    about = _("Een tekst voor een groep of voor het gemeenteblad, een kader op een website, een scherm in de zaal.")
    blocks.add_door(blocks.Door(12, _("Delen"), about, "activities:share", Right.MANAGE_OFFER))
    emails.say()
    shift_letters.say()
    need_letters.say()
    swap_letters.say()
    week_letters.say()
    day_emails.say()
    outing_letters.say()
    blocks.add_door(
        blocks.Door(
            30, _("Sluitingen"), _("Vakantie, feestdagen, een dag dicht."), "activities:closures",
            Right.MANAGE_PEOPLE, _soon_closed,
        )
    )  # fmt: skip
    about = _("Wie helpt wanneer, en welke hulp je vraagt.")
    blocks.add_door(blocks.Door(15, _("Rooster"), about, "activities:roster", Right.MANAGE_ROSTER, _short_of_people))
    about = _("Wie meegaat op een uitstap, wie wacht, en wie je nog belt.")
    blocks.add_door(
        blocks.Door(17, _("Inschrijvingen"), about, "activities:outings", Right.MANAGE_RESERVATIONS, _places_left)
    )
    about = _("Hoeveel mensen er waren, en wanneer ze komen.")
    blocks.add_door(blocks.Door(20, _("Tellingen"), about, "activities:counts", Right.MANAGE_OFFER))
    about = _("Ideeëntafels, de ideeënbus, en wat ervan kwam.")
    blocks.add_door(blocks.Door(44, _("Ideeën"), about, "activities:ideas", Right.MANAGE_OFFER))
    blocks.add_door(blocks.Door(45, _("Plannen"), _("Wat nog kan komen."), "activities:plans", Right.MANAGE_OFFER))
    about = _("Wat je afdrukt, waar het hangt en wat verouderd is.")
    blocks.add_door(
        blocks.Door(25, _("Affiches en flyers"), about, "activities:posters", Right.MANAGE_OFFER, _old_papers)
    )
    blocks.add_desk_block(blocks.DeskBlock(10, "activities/_today.html", Right.MANAGE_OFFER, desk_today))
    history.add_group("aanbod", _("Aanbod"))
    series = history.Subject("aanbod", lambda series: series.title)
    history.add_subject("activities.series", series)
    history.add_subject("activities.activity", history.Subject("aanbod", lambda activity: activity.slug))
    history.add_subject("activities.spot", history.Subject("aanbod", lambda spot: spot.where))
    history.add_subject("activities.plan", history.Subject("aanbod", lambda plan: plan.title))
    history.add_subject(
        "activities.occurrence",
        history.Subject("aanbod", lambda date: f"{date.series.title}, {day_words(date.day, year=True)}", ("series",)),
    )
    history.add_subject(
        "activities.outing",
        history.Subject(
            "aanbod", lambda outing: f"{outing.occurrence.series.title}, {day_words(outing.occurrence.day, year=True)}",
            ("occurrence__series",),
        ),
    )  # fmt: skip
    # Of an idea the history says that it changed, and not its words: it outlives them.
    history.add_subject("activities.idea", history.Subject("aanbod", lambda row: ""))
    history.add_subject("activities.ideatable", history.Subject("aanbod", str, ("site",)))
    stays = history.Subject("aanbod", lambda row: row.activity.slug, ("activity",))
    history.add_subject("activities.continuation", stays)
    history.add_subject("activities.attendance", history.Subject("aanbod", _name_of_count, ("occurrence__series",)))
    history.add_words(VERBS, KEYS)


def _name_of_count(row: Attendance) -> str:
    return f"{row.occurrence.series.title}, {day_words(row.occurrence.day, year=True)}"


def _old_papers(site: Site) -> list[str]:
    """How many papers on walls say what is no longer so."""
    versions = Versions(site)
    number = sum(versions.is_old(spot) for spot in Spot.objects.at(site).select_related("activity"))
    words = ngettext("%(number)d affiche is verouderd.", "%(number)d affiches zijn verouderd.", number)
    return [words % {"number": number}] if number else []


def _short_of_people(site: Site) -> list[str]:
    """How many shifts of this week and the next miss somebody."""
    day = today(site.time_zone)
    number = len(understaffed(site, day, day + dt.timedelta(days=13)))
    sentence = ngettext(
        "Bij %(number)d beurt is nog iemand nodig.", "Bij %(number)d beurten is nog iemand nodig.", number
    )
    return [sentence % {"number": number}] if number else []


def _places_left(site: Site) -> list[str]:
    """How the next two dates with places stand."""
    rows = (
        Outing.objects.at(site).filter(occurrence__day__gte=today(site.time_zone)).select_related("occurrence__series")
    )
    words = gettext("%(title)s: %(taken)d van %(places)d")
    return [
        words % {"title": row.occurrence.series.title, "taken": row.taken, "places": row.places}
        for row in rows.order_by("occurrence__day", "pk")[:2]
    ]


def _soon_closed(site: Site) -> list[str]:
    """Closures of the coming weeks, the first two."""
    day = today(site.time_zone)
    rows = Closure.objects.at(site).touching(day, day + SOON).order_by("first_day")[:2]
    return [gettext("Dicht: %(days)s") % {"days": period_words(row.first_day, row.last_day)} for row in rows]
