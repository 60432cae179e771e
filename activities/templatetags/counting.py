"""Whose counts wait on a telephone."""

from django import template
from django.utils.crypto import salted_hmac

from sites.models import User

register = template.Library()


@register.simple_tag
def queue_of(user: User) -> str:
    """A word that keeps what somebody counted apart on a device that several people use; it says nothing of who they are."""
    return salted_hmac("activities.count_queue", str(user.pk), algorithm="sha256").hexdigest()[:20]
