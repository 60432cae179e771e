"""Getting in, in a real browser: by a code without a script, by a passkey, by keyboard; on a phone and at a desk."""

from __future__ import annotations

import re
import time
from email import message_from_string, policy

import pytest
from playwright.sync_api import expect

from tests.browser import UNREACHED, findings, findings_in_the_dark, press, sticks_out, walk_by_keyboard

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
MIRA, SAMIRA, JEF = (
    f"{name}@voorbeeld.example"
    for name in ("coordinator.kantine-bezemheide", "coordinator.kattegat", "vrijwilliger.kantine-bezemheide")
)
CODE = re.compile(r"\b\d{4} \d{4}\b")
OWN = [
    "gegevens",
    "gegevens/adres",
    "gegevens/alles",
    "gegevens/vergeten",
    "sessies",
    "sleutels",
    "sleutels/nieuw",
    "tweede-stap",
    "opnieuw",
    "afmelden",
]


@pytest.fixture
def newest_code(served):
    """Wait for the next letter to an address and give its code."""
    folder = served.log.parent / "mail"

    def codes(address: str) -> list[tuple]:
        letters = [part for file in sorted(folder.glob("*")) for part in file.read_text().split("-" * 79 + "\n")]
        read = [message_from_string(letter.strip(), policy=policy.default) for letter in letters if letter.strip()]
        found = [(one["Date"].datetime, CODE.search(one.get_content())) for one in read if one["To"] == address]
        return [(sent, code.group(0)) for sent, code in found if code]

    seen = {address: len(codes(address)) for address in (MIRA, SAMIRA, JEF)}

    def newest_code(address: str) -> str:
        for _ in range(100):
            found = codes(address)
            if len(found) > seen[address]:
                seen[address] = len(found)
                return max(found)[1]
            time.sleep(0.05)
        raise AssertionError(f"No letter came for {address}.")

    return newest_code


@pytest.fixture
def sign_in(newest_code):
    def sign_in(window, address: str, prefix: str = "") -> None:
        window.goto(f"{prefix}/account/aanmelden/")
        window.locator("#id_email").fill(address)
        press(window.locator("main button[type=submit]"))
        window.locator("#id_code").fill(newest_code(address))
        press(window.locator("main button[type=submit]").first)
        window.wait_for_url(f"**{prefix}/mijn/")

    return sign_in


@pytest.fixture
def own_phone(open_window, served):
    """A window on a device that recognises its owner. Passkeys want a name, not a number, for the place."""
    window = open_window(viewport=PHONE)
    cdp = window.context.new_cdp_session(window)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    window.goto(f"http://localhost:{served.port}/account/aanmelden/")
    return window


@pytest.mark.parametrize(
    ("size", "prefix", "address", "button"),
    [(PHONE, "", JEF, "Stuur me een code"), (DESK, "/fr", SAMIRA, "Envoyez-moi un code")],
    ids=["phone-nl", "desk-fr"],
)
def test_code_from_the_mail_opens_without_a_script(open_window, newest_code, size, prefix, address, button):
    window = open_window(java_script_enabled=False, viewport=size)
    window.goto(f"{prefix}/mijn/")
    window.get_by_role("textbox").fill(address.upper())
    expect(window.get_by_role("button").locator("visible=true")).to_have_count(1)
    press(window.get_by_role("button", name=button))
    expect(window.locator("main b")).to_have_text(address)

    window.locator("#id_code").fill("0000 0000")
    press(window.locator("main button[type=submit]").first)
    expect(window.locator(".errors")).to_be_visible()
    window.locator("#id_code").fill(newest_code(address))
    press(window.locator("main button[type=submit]").first)

    assert window.url.endswith(f"{prefix}/mijn/")
    cookies = {cookie["name"]: cookie for cookie in window.context.cookies()}
    assert set(cookies) == {"stek", "stek-form"}
    assert cookies["stek"]["httpOnly"]
    window.goto(f"{prefix}/account/afmelden/")
    press(window.locator("main button[type=submit]"))
    expect(window.get_by_role("status")).to_be_visible()
    window.goto(f"{prefix}/mijn/")
    assert "/account/aanmelden/" in window.url


def test_passkey_is_added_opens_and_is_taken_away(own_phone, served, sign_in):
    window = own_phone
    here = f"http://localhost:{served.port}"
    sign_in(window, MIRA, here)
    window.goto(f"{here}/account/sleutels/")
    window.get_by_role("link", name="Voeg dit toestel toe").click()
    window.get_by_label("Hoe noem je dit toestel?").fill("Mijn gsm")
    window.get_by_role("button", name="Ga verder").click()
    expect(window.get_by_role("heading", name="Mijn gsm")).to_be_visible()

    _sign_out(window, here)
    _by_passkey(window)
    window.wait_for_url(f"{here}/mijn/")

    window.goto(f"{here}/account/sleutels/")
    window.locator("main a", has_text="Mijn gsm").click()
    window.get_by_label("Naam van het toestel").fill("Oude gsm")
    window.get_by_role("button", name="Bewaar").click()
    window.locator("main a", has_text="Oude gsm").click()
    window.get_by_role("button", name="Haal dit toestel weg").click()
    expect(window.get_by_role("heading", name="Oude gsm")).to_have_count(0)

    _sign_out(window, here)
    _by_passkey(window)
    expect(window.get_by_role("status")).to_have_text("Dat lukte niet. Vul je e-mailadres in, dan krijg je een code.")


def _sign_out(window, here: str) -> None:
    window.goto(f"{here}/account/afmelden/")
    window.get_by_role("button", name="Ja, meld me af").click()
    expect(window.get_by_role("status")).to_contain_text("Je bent afgemeld")


def _by_passkey(window) -> None:
    window.get_by_role("button", name="Met vinger, gezicht of pincode").click()


def test_keyboard_alone_gets_somebody_in(open_window, newest_code):
    window = open_window(viewport=DESK)
    window.goto("/account/aanmelden/")
    window.locator("#id_email").focus()
    window.keyboard.type(SAMIRA)
    window.keyboard.press("Enter")
    window.wait_for_url("**/account/code/")
    window.locator("#id_code").focus()
    window.keyboard.type(newest_code(SAMIRA))
    window.keyboard.press("Enter")

    window.wait_for_url("**/mijn/")


def look_at(window) -> list:
    """What is wrong with a page for who uses a keyboard, large letters, a small screen, or ears."""
    unringed = [one for one in walk_by_keyboard(window) if not (one["ringed"] and one["shown"])]
    # Of a row of choices Tab reaches the chosen one, arrows the others.
    unreached = [one for one in window.evaluate(UNREACHED) if 'type="radio"' not in one]
    return [*findings(window), *findings_in_the_dark(window), *unreached, *unringed, *too_wide(window)]


def too_wide(window) -> list[str]:
    """For who has a small screen, and on a desk. Words are longer in French."""
    window.set_viewport_size({"width": 320, "height": 640})
    wrong = sticks_out(window)
    window.set_viewport_size(DESK)
    wrong += sticks_out(window)
    window.set_viewport_size(PHONE)
    return wrong


@pytest.mark.once
@pytest.mark.parametrize(("prefix", "look"), [("", look_at), ("/fr", too_wide)], ids=["nl", "fits-in-fr"])
def test_every_page_is_for_everyone(open_window, sign_in, prefix, look):
    # Without motion: a colour half-way is no colour to measure.
    window = open_window(viewport=PHONE, reduced_motion="reduce")
    pages, found = [f"{prefix}/account/aanmelden/", f"{prefix}/account/code/"], {}
    window.goto(pages[0])
    found |= {window.url: look(window)}
    window.locator("#id_email").fill("niemand@voorbeeld.example")
    window.locator("main button[type=submit]").click()
    window.wait_for_url(f"**{pages[1]}")
    found |= {window.url: look(window)}
    sign_in(window, JEF, prefix)
    for name in OWN:
        window.goto(f"{prefix}/account/{name}/")
        found |= {window.url: look(window)}
    window.goto(f"{prefix}/account/tweede-stap/")
    window.locator("main button[type=submit]").click()
    window.wait_for_url("**/aan/")
    found |= {window.url: look(window)}

    assert len(found) == len(pages) + len(OWN) + 1
    assert {url: wrong for url, wrong in found.items() if wrong} == {}
