"""Drawings of figures: right lengths, words that stay inside, nothing inline, and a table a screen reader can walk."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from stek.charts import WIDTH, Bar, Line, Mark, bars, lines, nice, table

BARS = [Bar("maandag", 2.5, "2,5", note="tot 8 februari", is_before=True), Bar("donderdag", 10, "10")]


def drawn(markup: str) -> ET.Element:
    """Well-formed, so that it can be walked."""
    return ET.fromstring(markup)  # noqa: S314  # our own drawing


def texts(drawing: ET.Element) -> list[str]:
    return [one.text or "" for one in drawing.iter("text")]


def of_class(drawing: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in drawing.iter() if name in one.get("class", "").split()]


def test_bars_are_as_long_as_their_value_and_say_it():
    drawing = drawn(bars("one", "Titel", "Uitleg", BARS))

    before, now = of_class(drawing, "c-bar")
    assert float(now.get("width")) == 4 * float(before.get("width"))
    assert texts(drawing) == ["maandag", "tot 8 februari", "2,5", "donderdag", "", "10"]
    assert ("is-before" in before.get("class"), "is-before" in now.get("class")) == (True, False)
    assert float(now.get("width")) + 60 <= WIDTH


def test_a_drawing_is_one_picture_with_a_name_and_a_story():
    drawing = drawn(bars("one", "Titel", "Uitleg", BARS))

    assert (drawing.get("role"), drawing.get("aria-labelledby")) == ("img", "one-title one-about")
    assert [(one.tag, one.get("id"), one.text) for one in list(drawing)[:2]] == [
        ("title", "one-title", "Titel"), ("desc", "one-about", "Uitleg"),
    ]  # fmt: skip


def test_nothing_to_draw_or_only_zeros_draws_no_mistake():
    assert of_class(drawn(bars("one", "", "", [])), "c-bar") == []
    (bar,) = of_class(drawn(bars("one", "", "", [Bar("niets", 0, "0")])), "c-bar")
    assert bar.get("width") == "1"
    assert of_class(drawn(lines("one", "", "", [], [])), "c-dot") == []
    assert len(of_class(drawn(lines("one", "", "", ["a"], [Line("x", [0])])), "c-dot")) == 1


def test_lines_break_where_there_is_no_value_and_before_has_another_dot():
    drawing = drawn(
        lines(
            "one", "", "", ["2023", "", "", "juli"],
            [Line("ervoor", [1, 2, None, None], is_before=True), Line("nu", [None, 4, None, 8])],
            [Mark(1, "verplaatst")],
        )
    )  # fmt: skip

    before, now = (one.get("d") for one in of_class(drawing, "c-line"))
    assert [re.sub(r"[\d. ]+", "", path) for path in (before, now)] == ["ML", "MM"]
    assert [one.tag for one in of_class(drawing, "c-dot")] == ["rect", "rect", "circle", "circle"]
    assert texts(drawing) == ["0", "5", "10", "2023", "juli", "verplaatst"]


def test_higher_is_more_and_the_axis_reaches_above_the_highest():
    drawing = drawn(lines("one", "", "", [""] * 3, [Line("x", [0, 5, 10])]))

    heights = [float(one.get("cy")) for one in of_class(drawing, "c-dot")]
    rungs = [float(re.search(r"M\d+ ([\d.]+)H", one.get("d"))[1]) for one in of_class(drawing, "c-rung")]
    assert heights == rungs  # 0, 5 and 10 are the rungs of an axis to 10
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(("value", "end"), [(0, 2), (0.4, 2), (2, 2), (2.1, 4), (7, 10), (10, 10), (11, 20), (99, 100), (101, 200), (250, 400)])  # fmt: skip
def test_an_axis_ends_at_a_number_people_can_halve(value, end):
    assert nice(value) == end


def test_words_at_the_edge_stay_in_the_drawing():
    words = "verplaatst op 22 september 2023"
    labels = ["2022", *[""] * 18, "december"]
    drawing = drawn(lines("one", "", "", labels, [Line("x", [1] * 20)], [Mark(0, words), Mark(19, words)]))

    for one in [*of_class(drawing, "c-said"), *of_class(drawing, "c-axis")[3:]]:
        half = len(one.text) * 4
        assert half <= float(one.get("x")) <= WIDTH - half


def test_what_somebody_wrote_is_text_and_nothing_has_a_style_of_its_own():
    evil = '<script>alert("x")</script>'
    markup = (
        bars("one", evil, evil, [Bar(evil, 1, evil, note=evil)])
        + lines("two", evil, evil, [evil], [Line(evil, [1])], [Mark(0, evil)])
        + table(evil, [evil], [[evil, evil]])
    )

    class Tags(HTMLParser):
        found: list = []

        def handle_starttag(self, tag, attrs):
            self.found += [tag, *(name for name, _value in attrs)]

    Tags().feed(markup)
    assert {"script", "style", "onload", "href"} & set(Tags.found) == set()
    assert len(Tags.found) > 20


def test_a_table_names_its_rows_and_columns():
    drawing = drawn(table("Per moment", ["Moment", "Gemiddeld"], [("maandag", "2,5"), ("donderdag", "10")]))

    assert drawing.find("caption").text == "Per moment"
    assert [(one.text, one.get("scope")) for one in drawing.iter("th")] == [
        ("Moment", "col"), ("Gemiddeld", "col"), ("maandag", "row"), ("donderdag", "row")
    ]  # fmt: skip
    assert [one.text for one in drawing.iter("td")] == ["2,5", "10"]
