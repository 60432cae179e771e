"""The queue of the embedded column: files in a folder, as Kombu does it, but for how a message is written.

Kombu opens a file, then writes it. A worker that looks in between reads nothing, and stops; on a busy machine it does.
"""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # two names in Kombu
        """The message is there whole or not at all. Names sort by their moment."""
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        written = Path(self.data_folder_out) / f"{name}.part"
        written.write_bytes(dumps(payload).encode())
        written.rename(written.with_name(name))


class Transport(filesystem.Transport):
    Channel = Channel


def use_it() -> None:
    """For whoever opens `filesystem://`."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
