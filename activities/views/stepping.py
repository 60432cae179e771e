"""A page that changes the offer: the form, then what it does and whom it touches, and only then, with `zeker`, it is done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
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
from activities.effects import Effect, Touch, touched_by
from activities.models import Activity, Step
from sites.forms.base import add_refusal
from sites.history import latest
from sites.inside import KeyRequest, inside
from sites.models import Site, User
from sites.seen import Overtaken

CONFLICT = 409


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
    """Show the form, the preview, or do it. What was typed is never lost; what somebody else did meanwhile is shown beside it."""
    if request.method == "POST" and "verander" not in request.POST and form.is_valid():
        try:
            return _go_on(request, site, form, asked)
        except ValidationError as refusal:
            _refuse(form, refusal)
    form.initial.setdefault("seen", stamp(asked.activity))
    return inside(request, template, {"site": site, "form": form, "asked": asked} | context)


def _refuse(form: forms.Form, refusal: ValidationError) -> None:
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    renamed = {RENAMED.get(name, name) if name not in form.fields else name: said for name, said in by_field.items()}
    if set(renamed) == {NON_FIELD_ERRORS}:
        form.add_error(None, renamed[NON_FIELD_ERRORS])
    else:
        add_refusal(form, ValidationError(renamed))


def _go_on(request: KeyRequest, site: Site, form: forms.Form, asked: Asked) -> HttpResponse:
    key = _key(request.POST.get("stap", ""))
    if key and Step.objects.filter(uuid=key, activity=asked.activity).exists():
        return HttpResponseRedirect(asked.to)  # the second of two clicks
    effect = rehearse(asked.activity, asked.change())
    is_overtaken = False
    if "zeker" in request.POST and (not effect.shared or "samen" in request.POST):
        try:
            return _do(request, site, form, asked, key)
        except Overtaken:
            is_overtaken = True
    return _preview(request, site, form, asked, effect, key=key or uuid.uuid4(), is_overtaken=is_overtaken)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _do(request: KeyRequest, site: Site, form: forms.Form, asked: Asked, key: uuid.UUID | None) -> HttpResponse:
    effect, step = take_step(
        asked.activity, asked.change(), verb=asked.verb, key=key, seen=form.cleaned_data.get("seen") or None
    )
    readers = readers_of(touched_by(effect, site), request.user) if step and request.POST["zeker"] == "bericht" else []
    if step and readers:
        Step.objects.filter(pk=step.pk).update(was_told=True)
        for reader in readers:
            emails.offer_changed(effect, to=reader)
    messages.success(request, _told(asked.told, len(readers)) if step else _("Het stond al zo. Er is niets veranderd."))
    return HttpResponseRedirect(asked.to)


def _told(words: str, number: int) -> str:
    if not number:
        return words
    sentence = ngettext("%(number)d mens krijgt een bericht.", "%(number)d mensen krijgen een bericht.", number)
    return f"{words} {sentence % {'number': number}}"


def readers_of(touches: list[Touch], by: User) -> list[User]:
    """Everybody once, but not who does it."""
    found = {user.pk: user for touch in touches for user in touch.users}
    found.pop(by.pk, None)
    return list(found.values())


def _preview(
    request: KeyRequest,
    site: Site,
    form: forms.Form,
    asked: Asked,
    effect: Effect,
    *,
    key: uuid.UUID,
    is_overtaken: bool,
) -> HttpResponse:
    touches = touched_by(effect, site)
    if is_overtaken:
        form.data = {**request.POST.dict(), "seen": stamp(asked.activity)}  # sending it once more is meant
    context = {
        "site": site, "form": form, "asked": asked, "effect": effect, "told": tell(effect), "next": next_dates(effect),
        "touches": touches, "readers": readers_of(touches, request.user), "key": key,
        "forgot_shared": "zeker" in request.POST and effect.shared and "samen" not in request.POST,
        "changes": latest(request.user, site, ["activities.series", "activities.occurrence"], number=2) if is_overtaken else [],
        "is_overtaken": is_overtaken,
    }  # fmt: skip
    return inside(request, "activities/change_preview.html", context, status=CONFLICT if is_overtaken else 200)
