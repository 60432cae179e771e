"""What may stand in the log: one line for each thing, and nothing about who asked or what they typed.

In production a line is JSON with a fixed set of keys. Of a request it tells status, method and which page it was for, as the pattern
of its address: what somebody typed into an address, a header or a form is not in it. Of another program's line only its own words are
kept, not what it fills in; of an error where it happened and of which kind, not its text, which may repeat a row.
Elsewhere a line is for the eyes of who builds: with the path, and with the whole traceback.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPMethod, HTTPStatus
from traceback import extract_tb
from typing import Any

OURS = {"stek", "sites", "partners", "activities", "signals"}
# A second lock: our own lines are written without these.
MAIL_OR_ADDRESS = re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+|\b\d{1,3}(?:\.\d{1,3}){3}\b")
SENDER = re.compile(r"\s+from ip=.*", re.DOTALL)

# What is being done here: the id of a request or the name of a task. Never both, and a task does not know its request.
doing: ContextVar[dict[str, str] | None] = ContextVar("doing", default=None)


def one_line(record: logging.LogRecord) -> bool:
    """Leave the traceback out of an answer of 4xx: the mistake is the visitor's, and the line says which."""
    if 400 <= getattr(record, "status_code", 0) < 500:
        record.exc_info = None
    return True


def without_sender(record: logging.LogRecord) -> bool:
    """Gunicorn tells who sent a request that it cannot read, and repeats it; we do not keep that."""
    record.msg, record.args = SENDER.sub("", record.getMessage()), None
    return True


def is_quiet(request: Any) -> bool:
    """Whether a page is one that leaves nothing (`stek.quiet`)."""
    match = getattr(request, "resolver_match", None)
    return bool(match and getattr(match.func, "is_quiet", False))


def heard(record: logging.LogRecord) -> bool:
    """Nothing about a refusal on a quiet page: the minute it was would lead to who was there. What breaks there is still told."""
    return not (400 <= getattr(record, "status_code", 0) < 500 and is_quiet(getattr(record, "request", None)))


class JsonLine(logging.Formatter):
    """One object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _said(record),
            **(doing.get() or {}),
            **_of_request(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            facts |= _where(record.exc_info)
        return json.dumps(facts)


class ReadableLine(logging.Formatter):
    """For a terminal: what the program says, and the same facts behind it."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}{facts}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        if isinstance(facts, dict):  # the same record may pass here twice
            record.facts = "".join(f" {name}={value}" for name, value in facts.items())
        return super().format(record)


def _said(record: logging.LogRecord) -> str:
    """The message. Of a request it is the name of the answer: what Django says holds the path, or a header."""
    if status := getattr(record, "status_code", 0):
        return HTTPStatus(status).phrase
    ours = record.name.partition(".")[0] in OURS
    text = record.getMessage() if ours or not record.args else str(record.msg)
    return MAIL_OR_ADDRESS.sub("…", text)


def _of_request(record: logging.LogRecord) -> dict[str, Any]:
    request, status = getattr(record, "request", None), getattr(record, "status_code", 0)
    if not status or request is None or not hasattr(request, "method"):
        return {}
    match = getattr(request, "resolver_match", None)
    # Django writes its line when the middleware is done, so after the number was put away.
    number = getattr(request, "number", None)
    return ({"request": number} if number else {}) | {
        "status": status,
        "method": request.method if request.method in HTTPMethod.__members__ else "other",
        "page": match.route if match else "unknown",
    }


def _where(exc_info: Any) -> dict[str, Any]:
    kind, error, _trace = exc_info
    causes: list[dict[str, Any]] = []
    while error is not None and len(causes) < 5:
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
        causes.append({"kind": type(error).__name__, "at": frames[-25:]})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {"error": kind.__name__, "causes": causes} if kind else {}
