"""`/stuurgroep/brief/…`: the letter about a quarter as it would leave now, who gets it, and the two buttons."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.inside import KeyRequest, inside, opened_by
from sites.models import Partnership, User
from sites.rights import Right
from stek.outbox.models import Delivery
from stek.steering.actions.digests import hold_digest, send_digest
from stek.steering.digest_rules import is_due, leaves_on, period_of, receivers, window
from stek.steering.enums import DigestState, LetterKind
from stek.steering.letters import KINDS, for_partner, for_steering
from stek.steering.models import Digest
from stek.steering.querysets import partnerships_prepared_by
from stek.time import today


@opened_by(Right.PREPARE_REPORT)
def letter(request: KeyRequest, partnership: str, letter: str) -> HttpResponse:
    """GET shows; POST sends with `doe=stuur`, holds back with `doe=hou`."""
    row = get_object_or_404(partnerships_prepared_by(request.user), slug=partnership)
    if letter not in LetterKind:
        raise Http404
    if request.method == "POST":
        _do(request, row, letter)
        return HttpResponseRedirect(reverse("steering:letter", args=[row.slug, letter]))
    return inside(request, "steering/letter.html", _context(request.user, row, letter))


def _do(request: KeyRequest, partnership: Partnership, kind: str) -> None:
    try:
        if request.POST.get("doe") == "stuur":
            number = send_digest(partnership, kind, by=request.user)
            text = ngettext("%(number)d brief vertrekt.", "%(number)d brieven vertrekken.", number)
            messages.success(request, text % {"number": number} if number else _("Iedereen heeft deze brief al."))
        elif request.POST.get("doe") == "hou":
            hold_digest(partnership, kind, by=request.user)
            messages.success(request, _("Tegengehouden: de brief vertrekt niet vanzelf."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])


def _context(reader: User, partnership: Partnership, kind: str) -> dict[str, object]:
    day = today()
    period = period_of(day)
    digest = Digest.objects.filter(partnership=partnership, kind=kind, period=str(period)).first()
    since, until = window(partnership, kind, period, day)
    shown = digest or Digest(partnership=partnership, kind=kind, period=str(period), since=since, until=until)
    people = list(receivers(partnership, kind, day))
    words = for_steering(shown) if kind == LetterKind.STEERING else for_partner(shown, people[0]) if people else None
    about = {"kind": KINDS[kind], "about": f"partnership:{partnership.pk}", "period": str(period)}
    had = set(Delivery.objects.filter(**about).values_list("user", flat=True))
    # Who sits in the steering group is known to who prepares its meeting; workers of other places are not.
    known = (
        people
        if kind == LetterKind.STEERING
        else User.objects.visible_to(reader).filter(pk__in=[one.pk for one in people])
    )
    named = {person.pk for person in known}
    return {
        "partnership": partnership, "kind": LetterKind(kind), "period": period,
        "text": render_to_string(f"emails/{KINDS[kind]}.txt", words | {"base": ""}).strip() if words else "",
        "is_of_one": kind == LetterKind.PARTNERS,
        "people": [(person, person.pk in had) for person in people if person.pk in named],
        "unnamed": len(people) - len(named),
        "is_sent": bool(digest and digest.state == DigestState.SENT),
        "is_held": bool(digest and digest.state == DigestState.HELD),
        "left": sum(person.pk not in had for person in people),
        "leaves_on": leaves_on(period) if day < leaves_on(period) or is_due(period, day) else None,
        "kinds": [(one, reverse("steering:letter", args=[partnership.slug, one.value]), one == kind) for one in LetterKind],
    }  # fmt: skip
