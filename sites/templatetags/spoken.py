"""In which language words are, and dates in words."""

import datetime as dt
import re

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sites.words import Dutch, date_words
from sites.words import reachable as _reachable

register = template.Library()


@register.filter
def reachable(contact: str) -> SafeString:
    """Ways to reach a place, as links: `{{ site.contact|reachable }}`."""
    return _reachable(contact)


@register.filter
def dial(phone: str) -> str:
    """A telephone number as a link has it: `<a href="tel:{{ one.phone|dial }}">`."""
    return re.sub(r"\(0\)|[^\d+]", "", phone)


@register.filter
def dutch(words: str) -> Dutch:
    """A name, or words that are there in Dutch only: `{{ place.name|dutch }}`."""
    return Dutch(words)


@register.filter
def day(moment: dt.date | None, form: str = "j F Y") -> str:
    """A date, or the local date of a moment, in words: `{{ role.until|day }}`, `{{ on|day:"l j F Y" }}`; empty for None."""
    if moment is None:
        return ""
    local = timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
    return date_words(local, _(form))
