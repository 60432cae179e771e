from django.db import models
from django.utils.translation import gettext_lazy as _

from stek.health.querysets import HeartbeatQuerySet


class Heartbeat(models.Model):
    """The last real moment at which something that must keep going went."""

    name = models.CharField(_("naam"), max_length=50)
    at = models.DateTimeField(_("laatst"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("hartslag")
        verbose_name_plural = _("hartslagen")
        constraints = [models.UniqueConstraint(fields=["name"], name="heartbeat_name_unique")]

    def __str__(self) -> str:
        return self.name
