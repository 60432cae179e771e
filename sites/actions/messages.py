"""A message that failed or may not have come is sent again, by hand."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.models import User
from stek.outbox.actions import send_again
from stek.outbox.models import Delivery

from .log import log_change


@transaction.atomic
def send_message_again(delivery: Delivery, *, by: User) -> None:
    """It leaves at once, as it is true by now. Raises ValidationError for what did not fail, or has no address any more."""
    if not send_again(delivery):
        raise ValidationError(
            _("Dit bericht kan je niet opnieuw sturen. Misschien vertrok het al, of is er een nieuwer.")
        )
    log_change(by=by, verb="send_message_again", about=delivery, site=delivery.site, changes={})
