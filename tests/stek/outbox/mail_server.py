"""A real SMTP server on this machine that behaves as badly as it is told to, and counts what it accepted."""

from __future__ import annotations

import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller

TAKE, REFUSE, LATER, LATER_AFTER_DATA, REFUSE_AFTER_DATA = (
    "take",
    "refuse",
    "later",
    "later after data",
    "refuse after data",
)
# After the whole letter: accepted or not, the connection breaks without a word.
TAKE_AND_HANG_UP, LOSE_AND_HANG_UP, TAKE_AND_SAY_NOTHING = "take, hang up", "lose, hang up", "take, say nothing"
HANG_UP_BEFORE_DATA = "hang up before data"


class MailServer:
    """`behaviour` is how each letter is treated, first come first served; after that all are taken."""

    def __init__(self) -> None:
        self.behaviour: list[str] = []
        self.accepted: Counter[str] = Counter()
        self.message_ids: list[str] = []
        self.letters: list[bytes] = []
        self.kill_at_data: int | None = None
        self.connections = 0
        self.port = 0
        self._now = TAKE

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        self._now = self.behaviour.pop(0) if self.behaviour else TAKE
        if self._now == REFUSE:
            return f"550 5.1.1 <{address}> is not known here"
        if self._now == LATER:
            return f"450 4.2.1 <{address}> try again later"
        if self._now == HANG_UP_BEFORE_DATA:
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self._now == LATER_AFTER_DATA:
            return "451 4.7.1 greylisted"
        if self._now == REFUSE_AFTER_DATA:
            return "554 5.7.1 this looks like spam"
        if self._now != LOSE_AND_HANG_UP:
            self.accepted.update(envelope.rcpt_tos)
            self.letters.append(envelope.content)
            self.message_ids.append(message_from_bytes(envelope.content)["Message-ID"])
        if self.kill_at_data:
            os.kill(self.kill_at_data, signal.SIGKILL)
            self.kill_at_data = None
        if self._now in {TAKE_AND_HANG_UP, LOSE_AND_HANG_UP}:
            server.transport.close()
        elif self._now == TAKE_AND_SAY_NOTHING:
            import asyncio

            await asyncio.sleep(30)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
