"""Letters about the offer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from sites.models import User
from stek.outbox import send

from .change_words import tell
from .effects import Effect


def offer_changed(effect: Effect, *, to: User, title: str, reason: str) -> None:
    """To who works on it: everything that changes, in one letter, in their language."""
    site = effect.activity.site
    with override(to.language):
        context = {
            "site": site, "title": title, "told": tell(effect), "reason": reason,
            "path": reverse("activities:activity", args=[site.slug, effect.activity.slug]),
        }  # fmt: skip
    send("activities/offer_changed", to=to.email, language=to.language, context=context)
