"""The parts of a page that are the same for everyone are rendered once for each language."""

from collections.abc import Hashable

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FixedNode(template.Node):
    """Renders its content once, knowing only the site: no request, no person, no form can leak into it.

    `name`: one more variable it knows, of which each value is kept apart; its values are few, and ours.
    """

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name
        self.kept: dict[tuple[str | None, int, Hashable], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        value = context.get(self.name)
        asked = get_language(), id(settings.PASSAVANT), value
        if asked not in self.kept:
            self.kept[asked] = self.nodelist.render(context.new({"site": context.get("site"), self.name: value}))
        return self.kept[asked]


def fixed(parser: Parser, token: Token) -> FixedNode:
    """`{% pv_fixed [variable] %}…{% endpv_fixed %}`: words and links of the house, nothing of the visitor's."""
    _tag, *names = token.split_contents()
    nodelist = parser.parse(("endpv_fixed",))
    parser.delete_first_token()
    return FixedNode(nodelist, names[0] if names else "")
