"""What may stand in the log: one line for what a visitor did wrong, and never an address of a visitor."""

import logging
import re

ADDRESS = re.compile(r"\bip=\S+?(?=:?\s|$)")


def one_line(record: logging.LogRecord) -> bool:
    """Leave the traceback out of an answer of 4xx: the mistake is the visitor's, and the line says which."""
    if 400 <= getattr(record, "status_code", 0) < 500:
        record.exc_info = None
    return True


def without_address(record: logging.LogRecord) -> bool:
    """Gunicorn names the sender of a request that it cannot read; we do not keep that."""
    record.msg, record.args = ADDRESS.sub("somebody", record.getMessage()), None
    return True
