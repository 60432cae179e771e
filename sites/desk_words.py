"""What the sites room says when it starts: its doors at the desk, and its words in the history."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from stek.outbox.models import Delivery
from stek.time import today

from . import blocks, history
from .models import HomeAddress, Site, SiteCheck
from .rights import Right
from .words import date_words

VERBS = {
    "open_site": _("Plek begonnen"),
    "change_facts": _("Gegevens veranderd"),
    "rename_address": _("Ander adres op het web"),
    "stop_site": _("Plek gestopt"),
    "reopen_site": _("Plek opnieuw begonnen"),
    "remove_site": _("Plek weggehaald"),
    "add_place": _("Adres toegevoegd"),
    "change_place": _("Adres verbeterd"),
    "remove_place": _("Adres weggehaald"),
    "move_house": _("Nieuw thuisadres"),
    "change_house": _("Thuisadres verbeterd"),
    "remove_house": _("Verhuis geschrapt"),
    "add_milestone": _("Sleutelmoment toegevoegd"),
    "change_milestone": _("Sleutelmoment verbeterd"),
    "keep_check": _("Plek nagekeken"),
    "grant_role": _("Sleutel gegeven"),
    "extend_role": _("Sleutel verlengd"),
    "end_role": _("Sleutel laten eindigen"),
    "create_account": _("Account gemaakt"),
    "second_step_off": _("Tweede stap uitgezet"),
    "change_details": _("Eigen gegevens veranderd"),
    "change_address": _("Eigen mailadres veranderd"),
    "add_municipality": _("Gemeente toegevoegd"),
    "add_partnership": _("Samenwerkingsverband toegevoegd"),
    "send_message_again": _("Bericht opnieuw gestuurd"),
    "repair": _("Hersteld door een beheerder"),
    "add": _("Toegevoegd door een beheerder"),
    "delete": _("Weggehaald door een beheerder"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    _add_doors()
    history.add_group("plek", _("De plek"))
    history.add_group("adressen", _("Adressen"))
    history.add_group("sluitingen", _("Sluitingen"))
    history.add_group("mensen", _("Mensen"))
    history.add_subject("sites.site", history.Subject("plek", str))
    history.add_subject("sites.oldslug", history.Subject("plek", str))
    history.add_subject(
        "sites.sitecheck", history.Subject("plek", lambda check: date_words(check.day, gettext("j F Y")))
    )
    history.add_subject("sites.milestone", history.Subject("plek", lambda milestone: milestone.text))
    history.add_subject("sites.place", history.Subject("adressen", str))
    history.add_subject("sites.homeaddress", history.Subject("adressen", lambda home: home.place.name, ("place",)))
    history.add_subject("sites.closure", history.Subject("sluitingen", lambda closure: closure.reason))
    # Whose key it is, the history does not say: it outlives them.
    history.add_subject("sites.role", history.Subject("mensen", lambda role: role.get_kind_display()))
    history.add_subject("sites.user", history.Subject("mensen", lambda user: ""))
    history.add_subject(
        "outbox.delivery", history.Subject("mensen", lambda row: str(row.sort.about) if row.sort else "")
    )
    history.add_words(VERBS, {"days": _("dagen")})


def _add_doors() -> None:
    for position, name, about, view, tell in (
        (64, _("De plek"), _("Naam, toestand, feestdagen, contact, adres op het web."), "sites:facts", None),
        (65, _("Adressen"), _("Huizen, lokalen, haltes. Verhuizen doe je hier."), "sites:addresses", _no_house),
        (70, _("Sleutelmomenten"), _("Hoe de plek werd wat ze is."), "sites:moments", None),
        (71, _("Nakijken"), _("Is de plek bereikbaar, betaalbaar, bruikbaar? Eén keer per jaar."),
         "sites:checks", _last_check),
        (80, _("Berichten"), _("Welke mails vertrokken, en wat ervan kwam."), "sites:messages", _messages_to_look_at),
        (90, _("Geschiedenis"), _("Wie veranderde wat, wanneer en waarom."), "sites:history", None),
    ):  # fmt: skip
        right = Right.READ_MESSAGES if view == "sites:messages" else Right.MANAGE_PEOPLE
        blocks.add_door(blocks.Door(position, name, about, view, right, tell))


def _messages_to_look_at(site: Site) -> list[str]:
    number = Delivery.objects.at(site).to_look_at().count()
    text = ngettext("%(number)d bericht vraagt aandacht.", "%(number)d berichten vragen aandacht.", number)
    return [text % {"number": number}] if number else []


def _no_house(site: Site) -> list[str]:
    return [] if HomeAddress.objects.at(site).exists() else [gettext("Er is nog geen thuisadres.")]


def _last_check(site: Site) -> list[str]:
    last = SiteCheck.objects.at(site).order_by("-day").values_list("day", flat=True).first()
    if last is None:
        return [gettext("Nog niet nagekeken.")]
    if (today(site.time_zone) - last).days < 365:
        return []
    return [gettext("Laatst nagekeken op %(day)s.") % {"day": date_words(last, gettext("j F Y"))}]
