"""`{% ready %}…{% endready %}`: a part of a page that only depends on the language, rendered once in each of them.

A small page is mostly such parts, and rendering them anew each time costs more than its dates.
"""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

# What `stek.pages.frame` gives that is the same on every page in a language. Inside there is nothing else, so nothing of one page
# can stay for the next.
OF_LANGUAGE = ("language", "prefix", "icons", "is_of_desk", "is_unread", "about_links")


@register.tag
def ready(parser: Parser, _token: Token) -> Ready:
    nodelist = parser.parse(("endready",))
    parser.delete_first_token()
    return Ready(nodelist)


class Ready(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.kept: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = context["language"]
        if language not in self.kept:
            known = context.flatten()
            self.kept[language] = self.nodelist.render(
                context.new({name: known[name] for name in OF_LANGUAGE if name in known})
            )
        return self.kept[language]
