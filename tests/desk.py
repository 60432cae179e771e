"""Somebody at the desk, through the real address, as a browser without a script does it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from sites.enums import RoleKind
from sites.models import Site, User
from tests.factories.sites import make_person
from tests.reading import Node, read


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_desk(*sites: Site) -> Client:
    """The coordinator of these sites."""
    user = make_person(RoleKind.COORDINATOR, site=sites[0])
    for site in sites[1:]:
        make_person(RoleKind.COORDINATOR, site=site, user=user)
    return client_of(user)


def administrator() -> Client:
    return client_of(make_person(RoleKind.ADMINISTRATOR))


def filled(page: Node) -> dict[str, Any]:
    """What the form of a page would send as it stands: hidden fields, chosen and typed ones; a list for boxes of one name."""
    found: dict[str, Any] = {}
    for node in page.one("main").all("input", "textarea", "select"):
        name, kind = node.attributes.get("name", ""), node.attributes.get("type", "")
        if node.tag == "select":
            chosen = [option for option in node.all("option") if "selected" in option.attributes]
            found[name] = chosen[0].attributes["value"] if chosen else ""
        elif node.tag == "textarea":
            found[name] = node.text
        elif kind not in {"radio", "checkbox"}:
            found[name] = node.attributes.get("value", "")
        elif "checked" in node.attributes:
            value = node.attributes.get("value", "on")
            found[name] = (
                [*found[name], value]
                if isinstance(found.get(name), list)
                else [found[name], value]
                if name in found
                else value
            )
    return {name: value for name, value in found.items() if name and name != "csrfmiddlewaretoken"}


def form_at(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    return filled(read(response))


def sent_by(page: Node) -> dict[str, list[str]]:
    """What the last form of a preview sends besides its button; a field may stand there several times."""
    found: dict[str, list[str]] = {}
    for node in page.one("main").all("input"):
        if node.attributes.get("type") == "hidden" and node.attributes["name"] != "csrfmiddlewaretoken":
            found.setdefault(node.attributes["name"], []).append(node.attributes.get("value", ""))
    return found


def confirm(client: Client, path: str, data: dict, *, how: str = "", tells: bool = False):
    """Send a form, look at what it does, and press a button: the one named, or with a message where there is one that `tells`."""
    preview = client.post(path, data)
    page = read(preview)
    assert preview.status_code == 200
    assert "Er is nog niets bewaard." in page.text, errors(preview)
    buttons = [one.attributes["value"] for one in page.all("button") if one.attributes.get("name") == "zeker"]
    button = how or ("bericht" if tells and "bericht" in buttons else "stil")
    assert button in buttons
    done = client.post(path, sent_by(page) | {"zeker": button})
    assert done.status_code == 302
    return done


def errors(response) -> dict[str, list[str]]:
    """Field -> what is said beside it; "" for what stands above the form only."""
    page = read(response)
    beside = {
        node.attributes["id"].removeprefix("div_id_"): [error.text for error in paragraph.all("span")]
        for node in page.all("div")
        if node.attributes.get("id", "").startswith("div_id_")
        for paragraph in node.all("p")
        if paragraph.attributes.get("class") == "err"
    }
    (summary,) = [node for node in page.all("div") if node.attributes.get("class") == "errors"]
    above = [item.text for item in summary.all("li") if not item.all("a")]
    return beside | ({"": above} if above else {})


def words(response) -> str:
    return read(response).one("main").text
