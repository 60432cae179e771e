"""The examples of docs/proxy/, with a real proxy before the real web server."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.demo import W
from tests.services import free_port, wait_for
from tests.serving import served_demo

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
HOST = "stek.example.be"
EXAMPLE = Path(settings.BASE_DIR) / "docs/proxy/nginx.conf"
MAIN = "daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log crit;\nevents {{ }}\nhttp {{\ninclude {folder}/stek.conf;\n}}\n"

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(
        not NGINX or not shutil.which("openssl"), reason="needs nginx (on Debian: nginx-light) and openssl"
    ),
]


def adapted(folder: Path, *, plain: int, tls: int, upstream: int) -> str:
    """The example with ports, files and a certificate of this machine; everything else as it stands."""
    text = EXAMPLE.read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        f"/etc/letsencrypt/live/{HOST}": str(folder),
        "/var/log/nginx": str(folder),
    }.items():
        assert old in text
        text = text.replace(old, new)
    return re.sub(r"\n *listen \[::\].*", "", text)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("proxy")
    plain, tls = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    others = {"STEK_BEHIND_PROXY": "1", "ALLOWED_HOSTS": HOST, "STEK_BASE_URL": f"https://{HOST}"}
    with served_demo(tmp_path_factory.mktemp("served"), workers=2, **others) as served:
        (folder / "stek.conf").write_text(adapted(folder, plain=plain, tls=tls, upstream=served.port))
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
        process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
        try:
            wait_for(lambda: socket.create_connection(("127.0.0.1", tls), 1).close() or True)
            yield SimpleNamespace(
                folder=folder, plain=plain, tls=tls, served=served, certificate=folder / "fullchain.pem"
            )
        finally:
            process.terminate()
            process.wait(20)


def trusting(proxy) -> ssl.SSLContext:
    """Believes the certificate that was made for this run, on whichever address it is shown."""
    context = ssl.create_default_context(cafile=proxy.certificate)
    context.check_hostname = False
    return context


def ask(proxy, path, fields=None, *, body=None, cookies="", **headers):
    """(status, headers, text) through the proxy."""
    if fields is not None:
        body = urlencode(fields)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(HTTPSConnection("127.0.0.1", proxy.tls, timeout=20, context=trusting(proxy))) as connection:
        connection.request("GET" if body is None else "POST", path, body, {"Host": HOST, "Cookie": cookies, **headers})
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode(errors="replace")


def test_pages_health_and_static_files_come_through(proxy, tell):
    status, headers, text = ask(proxy, f"/{W}/", **{"Accept-Encoding": "identity"})
    assert (status, headers["Content-Language"]) == (200, "nl")
    style = re.search(r'href="(/static/stek/stek\.[0-9a-f]+\.css)"', text)[1]
    assert ask(proxy, style)[0] == 200
    assert "immutable" in ask(proxy, style)[1]["Cache-Control"]
    assert ask(proxy, "/gezond/")[0] in {200, 503}
    assert ask(proxy, "/nergens/")[0] == 404
    tell("nginx: page, health, static file and our own 404 come through TLS")


def test_plain_http_leads_to_https(proxy):
    with closing(HTTPConnection("127.0.0.1", proxy.plain, timeout=20)) as connection:
        connection.request("GET", "/privacy/?a=b", headers={"Host": HOST})
        response = connection.getresponse()
        assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/privacy/?a=b")


def test_form_is_accepted_as_one_of_the_secure_site(proxy):
    _status, headers, text = ask(proxy, "/demo/", **{"Accept-Encoding": "identity"})
    cookies = "; ".join(cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    fields = {"csrfmiddlewaretoken": token}

    assert ask(proxy, "/demo/als/coordinator/", fields, cookies=cookies, Origin=f"https://{HOST}")[0] == 302
    assert ask(proxy, "/demo/als/coordinator/", fields, cookies=cookies, Origin=f"http://{HOST}")[0] == 403
    assert ask(proxy, "/demo/als/coordinator/", fields, cookies=cookies, Origin="https://elders.example")[0] == 403


def test_number_of_a_request_is_the_proxys_and_not_the_visitors(proxy):
    given = "0123456789abcdef0123456789abcdef"

    number = ask(proxy, "/privacy/", **{"X-Request-ID": given})[1]["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", number)
    assert number != given
    time.sleep(0.5)
    assert number in (proxy.folder / "stek.log").read_text()


def test_body_that_is_too_large_is_refused(proxy):
    assert ask(proxy, "/account/aanmelden/", body=b"a=" + b"x" * 2_000_000)[0] == 413


def test_closed_pages_leave_no_line_and_no_line_names_a_visitor(proxy, tell):
    closed = ["/account/aanmelden/", "/fr/account/aanmelden/", "/uitnodiging/geheim/", "/en/uitnodiging/geheim/", "/signalen/",
              "/signalen/nieuw/", "/fr/signalen/nieuw/", "/mijn/", "/account/code/?next=/uitnodiging/geheim/", "/agenda/geheim/beurten.ics",
              "/kattegat/plaats/", "/fr/kattegat/plaats/0000-0000-0000/", "/kattegat/activiteit/uitstap/inschrijven/x/"]  # fmt: skip
    for path in [*closed, "/privacy/?mail=geheim@voorbeeld.be"]:
        ask(proxy, path, **{"User-Agent": "GeheimeBladeraar", "Referer": "https://geheim.example/"})
    ask(proxy, "/uitnodiging/geheim/", body=b"x" * 2_000_000)
    time.sleep(0.5)

    lines = (proxy.folder / "stek.log").read_text().splitlines()
    assert [line for line in lines if " /privacy/ 200 " in line]
    assert [
        line
        for line in lines
        if re.search(r"account|uitnodiging|signalen|mijn|plaats|inschrijven|geheim|Geheim|127\.0\.0\.1|@", line)
    ] == []
    for name in ("stek-error.log", "error.log"):
        assert (proxy.folder / name).read_text() == ""
    assert [line for line in proxy.served.lines() if "geheim@" in line or "127.0.0.1" in line] == []
    tell(f"nginx: {len(lines)} lines in its log, none about a closed page, none with an address")


def test_slow_visitors_hold_nobody_up(proxy, tell):
    context = trusting(proxy)
    slow = []
    for _ in range(60):
        connection = context.wrap_socket(socket.create_connection(("127.0.0.1", proxy.tls), 20))
        connection.sendall(
            f"POST /account/aanmelden/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\na".encode()
        )
        slow.append(connection)
    begun = time.monotonic()
    assert [ask(proxy, f"/{W}/")[0] for _ in range(5)] == [200] * 5
    tell(f"nginx: five pages in {time.monotonic() - begun:.1f} s beside 60 visitors who send one byte of a form")
    for connection in slow:
        connection.close()


def test_visitor_in_a_hurry_is_held_back_by_the_proxy(proxy):
    statuses = [ask(proxy, "/favicon.ico")[0] for _ in range(150)]

    assert set(statuses) <= {302, 429}
    assert statuses[0] == 302


def test_without_stek_the_proxy_says_so_and_writes_down_nobody(proxy):
    text = (proxy.folder / "stek.conf").read_text()
    assert "error_log" in text
    broken = text.replace(f"server 127.0.0.1:{proxy.served.port};", f"server 127.0.0.1:{free_port()};")
    folder = proxy.folder / "broken"
    folder.mkdir()
    tls = free_port()
    broken = broken.replace(f"127.0.0.1:{proxy.tls}", f"127.0.0.1:{tls}").replace(
        f"127.0.0.1:{proxy.plain}", f"127.0.0.1:{free_port()}"
    )
    (folder / "stek.conf").write_text(broken.replace(f"{proxy.folder}/stek", f"{folder}/stek"))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", tls), 1).close() or True)
        assert ask(SimpleNamespace(tls=tls, certificate=proxy.certificate), "/uitnodiging/geheim/")[0] == 502
        assert (folder / "stek-error.log").read_text() + (folder / "error.log").read_text() == ""
    finally:
        process.terminate()
        process.wait(20)
