"""Parts of a page that are rendered once in each language."""

from django.template import engines

from stek.ready import OF_LANGUAGE, Ready

PAGE = "{% load ready %}{% ready %}[{{ language }}{{ site }}]{% endready %}{{ site }}"


def test_it_is_rendered_once_in_each_language():
    page = engines["django"].from_string(PAGE)

    said = [page.render({"language": language, "site": "Kattegat"}) for language in ("nl", "fr", "nl")]

    assert said == ["[nl]Kattegat", "[fr]Kattegat", "[nl]Kattegat"]
    (node,) = page.template.nodelist.get_nodes_by_type(Ready)
    assert node.kept == {"nl": "[nl]", "fr": "[fr]"}


def test_nothing_of_one_page_stands_in_it():
    assert {"site", "path", "alternates", "chooser", "welcome", "shifted_day"}.isdisjoint(OF_LANGUAGE)
