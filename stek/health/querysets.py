from datetime import timedelta

from django.db import models

from stek.time import wall_now


class HeartbeatQuerySet(models.QuerySet):
    def ages(self) -> dict[str, timedelta]:
        """Real time since the last beat of each name."""
        now = wall_now()
        return {name: now - at for name, at in self.values_list("name", "at")}

    def age(self, name: str) -> timedelta | None:
        """Real time since the last beat of this name; None when it never beat."""
        at = self.filter(name=name).values_list("at", flat=True).first()
        return wall_now() - at if at else None
