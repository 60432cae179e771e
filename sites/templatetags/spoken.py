"""In which language words are."""

from django import template
from django.utils.safestring import SafeString

from sites.words import Dutch
from sites.words import reachable as _reachable

register = template.Library()


@register.filter
def reachable(contact: str) -> SafeString:
    """Ways to reach a place, as links: `{{ site.contact|reachable }}`."""
    return _reachable(contact)


@register.filter
def dutch(words: str) -> Dutch:
    """A name, or words that are there in Dutch only: `{{ place.name|dutch }}`."""
    return Dutch(words)
