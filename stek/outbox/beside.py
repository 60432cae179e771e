"""Channels beside mail. They hear of a letter that is true and due, and may say so in their own way; mail never waits for them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Delivery

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Channel:
    """`write` gets the row, the path its letter leads to (empty for none) and the moment, each time the letter is tried; `send` the moment."""

    name: str
    write: Callable[[Delivery, str, dt.datetime], object]
    send: Callable[[dt.datetime], object]


_channels: dict[str, Channel] = {}


def add_channel(channel: Channel) -> None:
    """For `AppConfig.ready`."""
    _channels[channel.name] = channel


def write(delivery: Delivery, path: str, moment: dt.datetime) -> None:
    for channel in _channels.values():
        _try(channel.name, partial(channel.write, delivery, path, moment))


def send(moment: dt.datetime) -> None:
    for channel in _channels.values():
        _try(channel.name, partial(channel.send, moment))


def _try(name: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Exception as error:  # whatever it is, the letter leaves
        logger.error("Beside mail, %s failed (%s).", name, type(error).__name__)  # noqa: TRY400 (its trace may hold a name)
