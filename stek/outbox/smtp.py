"""Django's SMTP, which also knows when a letter may have come although nobody said so."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends import smtp

# Seconds. A server that looks for viruses answers late, and who hangs up on it never knows. (RFC 5321, 4.5.3.2.6, would even
# wait ten minutes; so long a worker cannot be held, see LEASE in `stek.outbox.sending`.)
PATIENCE = 60


class OutcomeUnknown(OSError):
    """The whole letter was handed over, and the connection broke before the server said what it did with it."""


class Noting:
    """Mixed into smtplib's connections."""

    _is_handed_over = False

    def send(self, data: Any) -> None:
        super().send(data)  # type: ignore[misc]
        # Commands are words; only the letter itself is bytes, sent in one call with the full stop that ends it.
        if isinstance(data, bytes):
            self._is_handed_over = True
            self.sock.settimeout(PATIENCE)  # type: ignore[attr-defined]

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._is_handed_over = False
        try:
            answer = super().data(msg)  # type: ignore[misc]
        except OSError as error:  # smtplib's errors are among these
            if self._is_handed_over:
                raise OutcomeUnknown(type(error).__name__) from error
            raise
        self.sock.settimeout(self.timeout)  # type: ignore[attr-defined]
        return answer


class Connection(Noting, smtplib.SMTP):
    pass


class SecureConnection(Noting, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SecureConnection if self.use_ssl else Connection
