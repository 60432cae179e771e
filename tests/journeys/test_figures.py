"""The published figures as somebody reads them who needs large letters, or has a small screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import findings, findings_in_the_dark, sticks_out

pytestmark = pytest.mark.once

# Of each word in a drawing, how high its letters are beside those of the page.
LETTERS = """() => {
  const size = parseFloat(getComputedStyle(document.body).fontSize);
  return [...document.querySelectorAll(".chart text")].filter((one) => one.getClientRects().length && one.textContent)
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a / size);
}"""


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_figures_are_read_on_every_screen_with_letters_of_any_size(window, prefix):
    window.goto(f"{prefix}/signalen/cijfers/")
    window.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert findings(window) + findings_in_the_dark(window) == []

    smallest = {}
    for letters in ("100%", "200%"):
        window.evaluate("letters => { document.documentElement.style.fontSize = letters; }", letters)
        for width in (320, 390, 1280):
            window.set_viewport_size({"width": width, "height": 800})
            assert sticks_out(window) == []
            smallest[letters, width] = min(window.evaluate(LETTERS), default=1)

    assert {place: size for place, size in smallest.items() if size < 0.6} == {}
    assert {place for place, size in smallest.items() if size == 1} == {("200%", 320), ("200%", 390)}
    expect(window.get_by_role("table").first).to_be_visible()
