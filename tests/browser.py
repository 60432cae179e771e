"""What a browser can tell about a page: what sticks out, what can be reached, what axe finds, what it weighs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Locator, Page, Response

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# Words and controls that reach beyond the window; drawings may, they are cut off, and so may words for ears, code in a box that scrolls and
# what is folded away.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((one) => {
    if (one.closest("svg, .skip, .unseen, pre") || getComputedStyle(one).display === "none") return false;
    if (one.tagName !== "SUMMARY" && one.closest("details:not([open])")) return false;
    const box = one.getBoundingClientRect();
    return box.width > 1 && (box.right > width + 1 || box.left < -1);
  }).map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
  if (document.documentElement.scrollWidth > width) out.push(`the page: ${document.documentElement.scrollWidth} > ${width}`);
  return out;
}"""

FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (one === document.body) return null;
  one.dataset.seen = "1";
  return {
    name: one.innerText.trim() || one.getAttribute("aria-label"), address: one.getAttribute("href"),
    ringed: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
  };
}"""

UNREACHED = """() => [...document.querySelectorAll("a[href], button:not([hidden]), input, select, summary")]
  .filter((one) => one.offsetParent !== null && !one.dataset.seen)
  .filter((one) => one.tagName === "SUMMARY" || !one.closest("details:not([open])")).map((one) => one.outerHTML.slice(0, 90))"""


def press(control: Locator) -> None:
    """Click and wait for the page that comes of it: a click alone does not wait, and what follows would read the old page."""
    with control.page.expect_navigation():
        control.click()


def until(page: Page, what: str) -> None:
    """The worker does its work beside the page. Asked from here: a content policy like ours lets no page wait for words."""
    for _ in range(200):
        if page.evaluate(f"async () => {what}"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"It never came to {what}.")


def sticks_out(page: Page) -> list[str]:
    return page.evaluate(STICKS_OUT)


def findings(page: Page, *, rules: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Serious and critical findings of axe, of all its rules, of some, or of all but some, as "rule: element"."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # What it would fetch beforehand is for rules that are off by themselves.
    asked: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        asked["runOnly"] = list(rules)
    if without:
        asked["rules"] = {rule: {"enabled": False} for rule in without}
    result = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{found['id']}: {node['target']}"
        for found in result["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


def findings_in_the_dark(page: Page) -> list[str]:
    """The same page with the colours of the night, and nothing else that is different; axe would measure a colour half-way."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = findings(page, rules=["color-contrast"])
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def walk_by_keyboard(page: Page) -> list[dict]:
    """Every element that Tab reaches, in order, until it leaves the page."""
    found = []
    for _ in range(300):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        found.append(focus)
    return found


def weight(responses: list[Response]) -> dict[str, int]:
    """Address -> bytes over the wire, headers included."""
    found = {}
    for response in responses:
        sizes = response.request.sizes()
        found[response.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return found
