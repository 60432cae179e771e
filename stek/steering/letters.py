"""What the letters about a quarter say, when they leave: to the steering group its figures and open points, to partners what became of it.

Figures and titles only, nothing of what one person wrote; a letter with nothing in it does not leave.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Membership
from sites.models import User
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.pages import current_language
from stek.time import today

from .digest_rules import receivers
from .enums import LetterKind
from .models import Digest
from .news import news_of
from .page import all_sections, live
from .periods import Period
from .telling import Section, Told
from .tiles import tiles

TO_STEERING, TO_PARTNERS = "steering/digest", "steering/what_became"
KINDS: dict[str, str] = {LetterKind.STEERING: TO_STEERING, LetterKind.PARTNERS: TO_PARTNERS}
# Sections whose rows are what is still to be done; in a letter their rows stand, of the others the title says enough.
OPEN = ("dossiers", "points", "money")


def say() -> None:
    """For `AppConfig.ready`."""
    add_kind(Kind(TO_STEERING, _("de cijfers van een kwartaal"), _to_steering, once=True, wait=AT_ONCE))
    add_kind(Kind(TO_PARTNERS, _("wat werd ervan: een kwartaal voor partners"), _to_partners, once=True, wait=AT_ONCE))


def _digest(delivery: Delivery) -> Digest | None:
    """None when its reader gets no such letter any more."""
    digest = Digest.objects.select_related("partnership").filter(pk=delivery.facts["digest"]).first()
    if digest is None or delivery.user is None:
        return None
    mine = receivers(digest.partnership, digest.kind, today()).filter(pk=delivery.user.pk)
    return digest if mine.exists() else None


def _to_steering(delivery: Delivery) -> dict[str, Any] | None:
    digest = _digest(delivery)
    return for_steering(digest) if digest else None


def for_steering(digest: Digest) -> dict[str, Any] | None:
    """The letter to the steering group in the active language; None when there is nothing to tell."""
    told = _told(digest)
    if not (told.now("held") or told.before("held")):
        return None
    found = all_sections(told)
    return _frame(digest, told) | {
        "tiles": tiles(told),
        "headlines": [str(one.title) for one in found if one.rows and one.says],
        "open": [_open(one) for one in found if one.rows and one.code in OPEN],
        "news": news_of(digest),
    }


def _open(section: Section) -> dict[str, Any]:
    return {
        "title": str(section.title),
        "lines": [_line(row) for row in section.told],
    }


def _line(row: list[tuple[str, str, bool]]) -> str:
    """“Brieven in gewone taal (bij wie: de gemeente; sinds: 5 april 2023)”: a row without the heads of its table does not say which day is which."""
    (_head, title, _is_number), *rest = row
    told = [(head.lower(), words) for head, words, _number in rest if words not in ("", "–")]
    facts = "; ".join(gettext("%(head)s: %(words)s") % {"head": head, "words": words} for head, words in told)
    return f"{title} ({facts})" if facts else title


def _to_partners(delivery: Delivery) -> dict[str, Any] | None:
    digest = _digest(delivery)
    return for_partner(digest, delivery.user) if digest and delivery.user else None


def for_partner(digest: Digest, reader: User) -> dict[str, Any] | None:
    """To somebody who works for a partner: what became of what was told, and how often the own organisation was there."""
    told = _told(digest)
    works = Membership.objects.on(today()).filter(user=reader, site__partnership=digest.partnership)
    codes = set(works.values_list("organisation__code", flat=True))
    mine = [one for one in told.shot["partners"] if one["code"] in codes]
    days = sum(there["days"][-1] for one in mine for there in one["sites"].values())
    news = news_of(digest)
    if not days and not news:
        return None
    return _frame(digest, told) | {
        "days": days, "people": tiles(told)[0], "news": news, "path": reverse("sites:mine"),
    }  # fmt: skip


def _told(digest: Digest) -> Told:
    period = Period.parse(digest.period)
    assert period is not None
    return live(digest.partnership, period, today(), "")


def _frame(digest: Digest, told: Told) -> dict[str, Any]:
    return {
        "name": digest.partnership.name, "period": capfirst(told.period.words), "is_example": told.shot["is_example"],
        "path": reverse("steering:figures", args=[digest.partnership.slug, digest.period]), "language": current_language(),
        "now_words": told.now_words(), "before_words": told.before_words(),
    }  # fmt: skip
