"""The parts of a page that are the same for everyone are rendered once for each language."""

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FixedNode(template.Node):
    """Renders its content once, knowing only the site: no request, no person, no form can leak into it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.kept: dict[tuple[str | None, int], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        asked = get_language(), id(settings.PASSAVANT)
        if asked not in self.kept:
            self.kept[asked] = self.nodelist.render(context.new({"site": context.get("site")}))
        return self.kept[asked]


def fixed(parser: Parser, token: Token) -> FixedNode:
    """`{% pv_fixed %}…{% endpv_fixed %}`: words and links of the house, nothing of the visitor's."""
    nodelist = parser.parse(("endpv_fixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)
