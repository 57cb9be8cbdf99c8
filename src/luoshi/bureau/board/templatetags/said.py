"""Django's tags for languages, with `translate` looked up once a language instead of once a cell.

A table of three hundred rows says its column's name three hundred times, for screens that fold it. Django looks each of
them up anew. Constant words are the same every time, so a node keeps what they are in each language.
"""

from django.template import Context, Node
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

from luoshi.bureau.board.english import told
from luoshi.words.masking import masked_phone

register = i18n.register.__class__()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Said(Node):
    """Constant words in the language of the page."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        """Django's node, which is asked once a language."""
        self._node, self._told = node, dict[str | None, str]()

    def render(self, context: Context) -> str:
        """The words."""
        language = get_language()
        if language not in self._told:
            self._told[language] = self._node.render(context)
        return self._told[language]


def translate(parser: Parser, token: Token) -> Node:
    """Django's `translate`; what is no constant, or is kept under a name, is left to it."""
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    constant = words.var.literal is not None and not words.filters
    plain = node.asvar is None and node.message_context is None and not node.noop
    return Said(node) if constant and plain else node


register.tag("translate", translate)
register.filter("opens_to", lambda url, ways: ways.lead(url or "") if ways else False)
register.filter("told", told)
register.filter("masked_phone", lambda words: masked_phone(words or ""))
