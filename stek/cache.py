"""The cache in Redis, without which every page still works: a read that fails is a miss, a write that fails is forgotten."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 60  # seconds between two lines about the same silence


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; an operation that Redis does not answer does nothing and returns what an empty cache would."""

    _next_line = 0.0

    def _forgive(self, error: RedisError) -> None:
        if time.monotonic() >= self._next_line:
            type(self)._next_line = time.monotonic() + PAUSE
            # The kind of error only: its text may hold the address.
            logger.warning("Redis does not answer (%s); going on without the cache.", type(error).__name__)


def _forgiving(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def operation(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except RedisError as error:
            self._forgive(error)
            return otherwise(*args, **kwargs)

    return operation


def _missing(_key: str, *_args: Any, **_kwargs: Any) -> None:
    raise ValueError("The cache holds no such key.")


# add() answers True: who uses it as a lock must not stand still because the cache does.
for _name, _otherwise in {
    "get": lambda key, default=None, version=None: default,
    "get_many": lambda keys, version=None: {},
    "has_key": lambda *args, **kwargs: False,
    "add": lambda *args, **kwargs: True,
    "set": lambda *args, **kwargs: None,
    "set_many": lambda data, *args, **kwargs: list(data),
    "touch": lambda *args, **kwargs: False,
    "incr": _missing,
    "delete": lambda *args, **kwargs: False,
    "delete_many": lambda *args, **kwargs: None,
    "clear": lambda *args, **kwargs: False,
}.items():
    setattr(ForgivingRedisCache, _name, _forgiving(_name, _otherwise))
