"""A message in the queue of files is read whole, however busy the machine is."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport.virtual import Channel

import stek.celery  # noqa: F401 (says which queue of files is ours)


@pytest.fixture
def channel(tmp_path):
    folders = {name: str(tmp_path / name) for name in ("data_folder_in", "data_folder_out", "control_folder")}
    for folder in folders:
        (tmp_path / folder).mkdir()
    with Connection(
        "filesystem://localhost", transport_options=folders | {"data_folder_out": folders["data_folder_in"]}
    ) as connection:
        yield connection.channel()


class Looked:
    """Part of a message that, while it is being written, lets a worker look."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.saw = channel, "nothing"

    def __json__(self) -> str:
        with suppress(Empty):
            self.saw = self.channel._get("celery")
        return "whole"


def test_who_looks_while_a_message_is_written_sees_none(channel):
    message: dict[str, Any] = {"body": Looked(channel)}

    channel._put("celery", message)

    assert message["body"].saw == "nothing"
    assert channel._size("celery") == 1
    assert channel._get("celery") == {"body": "whole"}
    assert channel._size("celery") == 0
