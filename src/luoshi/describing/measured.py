"""Measures as they are declared, and which of them answer the mechanisms that want a figure."""

from collections.abc import Iterator, Mapping

from luoshi.declared import INDICATORS
from luoshi.declared.measures import MEASURES, SENSITIVE
from luoshi.describing.markdown import code, table
from luoshi.reading.city import City, Mechanism
from luoshi.spine import Better
from luoshi.words.measures import Measure

WANTED = "INDICATOR"
"""The pattern of a mechanism that wants a figure."""
_WAY: Mapping[str, str] = {Better.HIGHER: "more", Better.LOWER: "less", "": ""}


def page(city: City) -> str:
    """Mechanisms with their questions, then every measure."""
    wanting = [one for one in city.mechanisms if WANTED in {one.pattern, one.also}]
    head = f"""# Measures

{len(MEASURES)} questions that are answered from rows, of {len({one.of for one in MEASURES.values()})} returns. *Kind* is how it is summed
([how](../explanation/measures.md)); a *source* says the document and what is unsure. Those marked \\* are about few pupils: small
cells of them are withheld in public.

## What answers the mechanisms that want a figure

Measured from rows, or asked of people where no return holds rows.

"""
    columns = ("key", "mechanism", "measured", "asked of people")
    told = table(columns, (_answering(one) for one in wanting))
    every = table(
        ("key", "中文", "unit", "better", "kind", "return", "parameters", "source", "answers"),
        (_row(one) for one in MEASURES.values()),
    )
    return f"{head}{told}\n## Every measure\n\n{every}"


def _answering(one: Mechanism) -> tuple[str, ...]:
    anchor = f"[{one.key}](mechanisms.md#{one.key.lower().replace('.', '-')})"
    measured = "、".join(found.label for found in MEASURES.values() if found.answers == one.key)
    return anchor, one.name, measured, "、".join(_asked(one))


def _asked(one: Mechanism) -> Iterator[str]:
    yield from (found.label for found in INDICATORS if found.answers == one.key and found.key not in MEASURES)


def _row(one: Measure) -> tuple[str, ...]:
    return (
        code(one.key) + ("\\*" if one.key in SENSITIVE else ""),
        f"{one.label}<br>{one.label_en}",
        one.unit,
        _WAY[one.better],
        type(one).__name__,
        "、".join(dict.fromkeys(term.of.label for term in one.terms())),
        "、".join(code(key) for key in sorted(one.thresholds())),
        one.source,
        one.answers,
    )
