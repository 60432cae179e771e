from stek.health.models import Heartbeat
from stek.time import wall_now


def beat(name: str) -> None:
    """Record that this went well just now, in real time. One statement, so two processes may beat at once."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=wall_now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )
