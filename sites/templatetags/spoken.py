"""In which language words are."""

from django import template

from sites.words import Dutch

register = template.Library()


@register.filter
def dutch(words: str) -> Dutch:
    """A name, or words that are there in Dutch only: `{{ place.name|dutch }}`."""
    return Dutch(words)
