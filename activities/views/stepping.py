"""A page that changes the offer: the form, then what it does and whom it touches, and only then, with `zeker`, it is done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities import emails
from activities.actions.steps import Change, rehearse, stamp, take_step
from activities.change_forms import RENAMED
from activities.change_words import next_dates, tell
from activities.effects import Effect, Touch, part_for, touched_by
from activities.models import Activity, Step
from sites.forms.base import add_refusal
from sites.history import latest
from sites.inside import KeyRequest, inside
from sites.models import Site, User
from sites.seen import Overtaken
from sites.views.previewing import Pages, preview_first

CONFLICT = 409
PREVIEW = "activities/change_preview.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """One change as its page asks for it. `change` does it; `verb` stands on its step; `button` is what the last button says."""

    activity: Activity
    title: str
    change: Callable[[], Change]
    verb: str
    button: str
    back: str
    to: str
    told: str


def step_page(
    request: KeyRequest, site: Site, form: forms.Form, asked: Asked, *, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the form, the preview, or do it. What somebody else did meanwhile is shown beside it."""
    key = _key(request.POST.get("stap", ""))
    if key and "zeker" in request.POST and Step.objects.filter(uuid=key, activity=asked.activity).exists():
        return HttpResponseRedirect(asked.to)  # the second of two clicks
    if not form.is_bound:
        form.initial.setdefault("seen", stamp(asked.activity))
    return preview_first(
        request, form, Pages(template, PREVIEW), {"site": site, "asked": asked} | context,
        look=lambda: rehearse(asked.activity, asked.change()),
        show=partial(_shown, request, site, key=key or uuid.uuid4()),
        do=partial(_do, request, site, form, asked, key=key),
        refuse=_refuse,
    )  # fmt: skip


def _refuse(form: forms.Form, refusal: ValidationError) -> None:
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    renamed = {RENAMED.get(name, name) if name not in form.fields else name: said for name, said in by_field.items()}
    if set(renamed) == {NON_FIELD_ERRORS}:
        form.add_error(None, renamed[NON_FIELD_ERRORS])
    else:
        add_refusal(form, ValidationError(renamed))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _do(
    request: KeyRequest, site: Site, form: forms.Form, asked: Asked, rehearsed: Effect, *, key: uuid.UUID | None
) -> HttpResponse | None:
    """None while nobody said that two may share a room."""
    if rehearsed.shared and "samen" not in request.POST:
        return None
    try:
        effect, step = take_step(
            asked.activity, asked.change(), verb=asked.verb, key=key, seen=form.cleaned_data.get("seen") or None
        )
    except Overtaken:
        return _conflict(request, site, form, asked, rehearsed, key=key or uuid.uuid4())
    number = 0
    if step and request.POST["zeker"] == "bericht":
        number = tell_of(effect, site, request.user)
        Step.objects.filter(pk=step.pk).update(was_told=True)
    messages.success(request, told_words(asked.told, number) if step else _("Het stond al zo. Er is niets veranderd."))
    return HttpResponseRedirect(asked.to)


def tell_of(effect: Effect, site: Site, by: User, *, only_places: bool = False) -> int:
    """One letter to each who is touched, but not to who does it; a volunteer hears of their own dates only. How many letters.

    `only_places`: only to who has a place on one of the dates, in a shift or on an outing.
    """
    touches = [touch for touch in touched_by(effect, site) if touch.only or touch.tell or not only_places]
    readers = readers_of(touches, by)
    for reader in readers:
        has_places = any(reader.pk in touch.only for touch in touches)
        emails.offer_changed(part_for(effect, touches, reader), to=reader, has_places=has_places)
    tell_others(touches)
    return len(readers) + others_of(touches)


def tell_others(touches: list[Touch]) -> None:
    """Those without an account."""
    for touch in touches:
        if touch.tell:
            touch.tell()


def others_of(touches: list[Touch]) -> int:
    """How many without an account get a letter."""
    return sum(touch.others for touch in touches)


def told_words(words: str, number: int) -> str:
    """What was done, and how many people hear of it."""
    if not number:
        return words
    sentence = ngettext("%(number)d mens krijgt een bericht.", "%(number)d mensen krijgen een bericht.", number)
    return f"{words} {sentence % {'number': number}}"


def readers_of(touches: list[Touch], by: User) -> list[User]:
    """Everybody once, but not who does it."""
    found = {user.pk: user for touch in touches for user in touch.users}
    found.pop(by.pk, None)
    return list(found.values())


def _shown(request: KeyRequest, site: Site, effect: Effect, *, key: uuid.UUID) -> dict[str, Any]:
    touches = touched_by(effect, site)
    return {
        "effect": effect, "told": tell(effect), "next": next_dates(effect), "key": key,
        "touches": touches, "readers": len(readers_of(touches, request.user)) + others_of(touches),
        "has_calls": any(touch.tell for touch in touches),
        "forgot_shared": "zeker" in request.POST and effect.shared and "samen" not in request.POST,
    }  # fmt: skip


def _conflict(
    request: KeyRequest, site: Site, form: forms.Form, asked: Asked, effect: Effect, *, key: uuid.UUID
) -> HttpResponse:
    """What somebody else did, and what this change does now; sending it once more is meant."""
    form.data = {**request.POST.dict(), "seen": stamp(asked.activity)}
    changes = latest(request.user, site, ["activities.series", "activities.occurrence"], number=2)
    context = {"site": site, "form": form, "asked": asked, "is_overtaken": True, "changes": changes}
    return inside(request, PREVIEW, context | _shown(request, site, effect, key=key), status=CONFLICT)
