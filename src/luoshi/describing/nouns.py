"""The spine as a page."""

import ast
import inspect
from enum import StrEnum

from luoshi import spine
from luoshi.describing.attributes import fields
from luoshi.describing.markdown import code, table

_WRITTEN_IN = {spine.__name__, spine.Return.__module__, spine.Parameter.__module__}
"""Where nouns are written: the spine, the room that makes a return of a class, and what rules in it read."""


def page() -> str:
    """Every noun in the order of the source."""
    nouns = [one for one in vars(spine).values() if isinstance(one, type) and one.__module__ in _WRITTEN_IN]
    nouns.sort(key=lambda one: one.__module__ != spine.__name__)
    said = inspect.cleandoc(spine.__doc__ or "")
    return f"# The nouns\n\n{said}\n\n" + "\n".join(_noun(one) for one in nouns)


def _noun(one: type) -> str:
    head = f"## {one.__name__}\n\n{inspect.cleandoc(one.__doc__ or '')}\n\n"
    if issubclass(one, StrEnum):
        rows = ((code(found.name), code(ast.literal_eval(found.default)), found.said) for found in fields(one))
        return head + table(("member", "value", "meaning"), rows)
    told = ((code(found.name), code(found.annotation), code(found.default), found.said) for found in fields(one))
    return head + table(("field", "type", "default", "meaning"), told)
