"""The queue on files: nobody ever reads half a message."""

from __future__ import annotations

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from stek import broker
from stek.celery import app

pytestmark = pytest.mark.once


@pytest.fixture
def channel(tmp_path):
    folders = dict.fromkeys(["data_folder_in", "data_folder_out", "control_folder"], str(tmp_path))
    with Connection("filesystem://localhost", transport_options=folders) as connection:
        yield connection.channel()


def test_a_message_is_not_there_before_it_is_whole(channel, monkeypatch):
    whole, met = Path.write_bytes, []

    def halfway(path, content):
        whole(path, content[:5])
        with pytest.raises(Empty):
            channel._get("celery")
        met.append(path)
        return whole(path, content)

    monkeypatch.setattr(Path, "write_bytes", halfway)
    channel._put("celery", {"task": "één"})

    assert len(met) == 1
    assert channel._get("celery") == {"task": "één"}


def test_a_queue_without_room_is_told_as_before(channel, monkeypatch):
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("No space left on device")))

    with pytest.raises(ChannelError):
        channel._put("celery", {})


def test_the_application_uses_it():
    with app.connection_for_write("filesystem://localhost") as connection:
        assert connection.get_transport_cls() is broker.Transport
