"""What only a real server meets: bytes that are no request. Refused, never a trace of who sent them, and it serves on."""

from __future__ import annotations

import re

import pytest

# The web server before it asks a database anything.
pytestmark = pytest.mark.once

RAW = {
    "overlong header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 2000 + b"\r\n",
    "overlong address": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "not HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
    "null in a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
    "space before the colon": b"GET / HTTP/1.1\r\nHost: localhost\r\nX : a\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length and chunks": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunk that is no number": b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
}


@pytest.mark.parametrize("name", RAW)
def test_server_survives_what_is_not_a_request(served, name):
    before = len(served.lines())

    answer = served.raw(RAW[name])
    well = served.raw(b"GET /gezond/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert re.match(rb"HTTP/1\.[01] (4\d\d|200) ", answer), answer[:80]
    assert re.match(rb"HTTP/1\.1 (200|503) ", well)
    said = served.lines()[before:]
    assert [line for line in said if "Traceback" in line or "127.0.0.1" in line] == []
    assert len([line for line in said if "/gezond/" not in line]) <= 1


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "Script-Name"])
def test_header_that_says_where_the_application_stands_is_not_believed(served, name):
    # The page is kept for everybody, so one reader could send the others to addresses that do not exist.
    header = f"Host: localhost\r\n{name}: /elders\r\nConnection: close\r\n\r\n".encode()

    under_it = served.raw(b"GET /elders/kattegat/week/2023-W40/ HTTP/1.1\r\n" + header)
    beside_it = served.raw(b"GET /kattegat/week/2023-W40/ HTTP/1.1\r\n" + header)
    next_reader = served.raw(b"GET /kattegat/week/2023-W40/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert under_it.startswith(b"HTTP/1.1 404 ")
    assert beside_it.startswith(b"HTTP/1.1 200 ")
    assert next_reader.startswith(b"HTTP/1.1 200 ")
    assert b"elders" not in next_reader
