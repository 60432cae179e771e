"""What an error of a mail server means for a letter: try again, not again, or nobody knows."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from .enums import Reason, State
from .smtp import OutcomeUnknown


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` is `waiting` for what may heal. `answer` is the number the server gave."""

    state: State
    reason: Reason = Reason.NONE
    answer: int | None = None


SENT = Outcome(State.SENT)


def outcome_of(error: Exception) -> Outcome:
    """Only what the server refuses for good (5xx, to this letter or its reader) is final. Never raises."""
    if isinstance(error, OutcomeUnknown):
        return Outcome(State.UNCERTAIN, Reason.SILENT)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answered(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _answered(error.smtp_code)
    if isinstance(error, OSError):
        # Nobody there, nobody answers, not the right password: about the server and not about the letter.
        return Outcome(State.WAITING, Reason.UNREACHABLE, getattr(error, "smtp_code", None))
    return Outcome(State.FAILED, Reason.REFUSED if isinstance(error, ValueError) else Reason.BROKEN)


def _answered(code: int) -> Outcome:
    if code == 421:  # it closes the door on everybody
        return Outcome(State.WAITING, Reason.UNREACHABLE, code)
    if 400 <= code < 500:
        return Outcome(State.WAITING, Reason.DEFERRED, code)
    if 500 <= code < 600:
        return Outcome(State.FAILED, Reason.REFUSED, code)
    # Neither yes nor no: it cannot be read.
    return Outcome(State.UNCERTAIN, Reason.SILENT)
