"""The cache in Redis, without which every page still works: a read that fails is a miss, a write that fails is forgotten."""

import logging
import time
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REST = 5  # seconds for which a Redis that did not answer is not asked again, so that a page waits for it once
QUIET = 60  # seconds between two lines in the log about it


class KeptClient(RedisCacheClient):
    """Django's client, which makes a Redis object for each operation; one costs as much CPU as asking it. There is one server."""

    @cached_property
    def _kept(self) -> Redis:
        return super().get_client(write=True)

    def get_client(self, key: object = None, *, write: bool = False) -> Redis:
        return self._kept


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; an operation that Redis does not answer does nothing and returns what an empty cache would."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient

    # Of the class, because every thread has an instance of its own. Both in seconds of time.monotonic().
    rest_until = 0.0
    quiet_until = 0.0

    @classmethod
    def note_silence(cls, error: RedisError) -> None:
        moment = time.monotonic()
        cls.rest_until = moment + REST
        if moment >= cls.quiet_until:
            cls.quiet_until = moment + QUIET
            # The kind of error only: its text may hold the address.
            logger.warning("Redis does not answer (%s); going on without the cache.", type(error).__name__)


def _forgiving(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def operation(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.rest_until:
            return otherwise(*args, **kwargs)
        try:
            return original(self, *args, **kwargs)
        except RedisError as error:
            self.note_silence(error)
            return otherwise(*args, **kwargs)

    return operation


def _missing(key: str, *_args: Any, **_kwargs: Any) -> None:
    raise ValueError(f"Key '{key}' not found.")  # as every cache of Django does


OTHERWISE: dict[str, Callable[..., Any]] = {
    "get": lambda key, default=None, version=None: default,
    "get_many": lambda keys, version=None: {},
    "has_key": lambda *args, **kwargs: False,
    # "Added": who uses it as a lock must not stand still because the cache does.
    "add": lambda *args, **kwargs: True,
    "set": lambda *args, **kwargs: None,
    "set_many": lambda data, *args, **kwargs: list(data),
    "touch": lambda *args, **kwargs: False,
    "incr": _missing,
    "delete": lambda *args, **kwargs: False,
    "delete_many": lambda *args, **kwargs: None,
    "clear": lambda *args, **kwargs: False,
}
for _name, _otherwise in OTHERWISE.items():
    setattr(ForgivingRedisCache, _name, _forgiving(_name, _otherwise))
