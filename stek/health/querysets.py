from datetime import timedelta

from django.db import models

from stek.time import wall_now


class HeartbeatQuerySet(models.QuerySet):
    def age(self, name: str) -> timedelta | None:
        """Real time since the last beat of this name; None when it never beat."""
        at = self.filter(name=name).values_list("at", flat=True).first()
        return wall_now() - at if at else None
