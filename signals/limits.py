"""How many signals somebody may give in an hour: more than anybody does after a busy afternoon, fewer than a program would.

Counted in the cache under a hash whose salt is in the memory of this process only: a copy of the cache tells nobody's name, also with
`SECRET_KEY`. All keys end on the hour, so how long one still lasts does not tell the minute.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.core.cache import cache

from sites.models import User
from stek.time import wall_now

MOST, HOUR = 20, 3600
# Made when the server starts, before its processes part; each replica counts for itself.
_SALT = secrets.token_bytes(32)


def is_one_too_many(user: User) -> bool:
    """Count one more of somebody; whether that is more than the hour allows. A silent cache counts nothing."""
    moment = int(wall_now().timestamp())
    who = f"{moment // HOUR} {user.pk}".encode()
    key = "signals:" + hmac.new(_SALT, who, hashlib.sha256).hexdigest()
    cache.add(key, 0, timeout=HOUR - moment % HOUR)
    try:
        return cache.incr(key) > MOST
    except ValueError:
        return False
