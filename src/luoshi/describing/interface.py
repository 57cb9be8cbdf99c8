"""`luoshi read --format json`, field by field: the keys from a real answer, their meaning from the nouns."""

import json
from collections.abc import Mapping
from enum import StrEnum

from luoshi import spine, telling
from luoshi.describing.attributes import Field, fields
from luoshi.describing.markdown import code, table
from luoshi.reading import weak

Origin = tuple[type, str]

_COMMITMENT: Mapping[str, Origin] = {
    "point": (spine.Sentence, "point"),
    "sentence": (spine.Sentence, "text"),
    "start": (spine.Sentence, "start"),
    "end": (spine.Sentence, "end"),
    "clause_start": (spine.Commitment, "start"),
    "clause_end": (spine.Commitment, "end"),
}
"""Keys that do not have their field's name."""
_SHAPES = {
    "str": "string",
    "bool": "true or false",
    "int": "integer",
    "int | None": "integer or null",
    "Decimal | None": "number or null",
    "date | None": "`YYYY-MM-DD` or null",
    "str | None": "string or null",
    "tuple[str, ...]": "list of strings",
    "tuple[tuple[int, int], ...]": "list of [start, end]",
    "tuple[Target, ...]": "list of targets",
    "tuple[Point, ...]": "list of points",
    "tuple[Commitment, ...]": "list of commitments",
}
_HEAD = """# `luoshi read --format json`

One object. All offsets are characters into `text`, the text that was read; `text[start:end]` is the sentence, always.
Counts and money are written out (2万 is 20000); rates keep the printed figure with `%`. A key is never dropped: what is
not known is `null`, `""` or `[]`. Exit code 0; 2 when the file is refused, with the refusal in four lines on the error
stream.

"""


def page(plan: spine.Plan) -> str:
    """The interface, from what a plan really answers."""
    told = json.loads(telling.as_json(plan))
    commitment = next(one for one in told["commitments"] if one["targets"])
    return (
        _HEAD
        + _section("The plan", told, spine.Plan, {})
        + _section("A point", told["points"][0], spine.Point, {})
        + _section("A commitment", commitment, spine.Commitment, _COMMITMENT)
        + _section("A target", commitment["targets"][0], spine.Target, {})
        + _words("Comparators", spine.Comparator)
        + _words("Kinds", spine.Kind)
        + _words("Strengths", spine.Strength)
        + "## Lacks\n\n"
        + table(("value", "中文", "meaning"), ((code(one.value), one.label, one.meaning) for one in weak.Lack))
    )


def _section(title: str, answer: Mapping[str, object], noun: type, moved: Mapping[str, Origin]) -> str:
    rows = [_row(key, *moved.get(key, (noun, key))) for key in answer]
    return f"## {title}\n\n" + table(("key", "type", "meaning"), rows) + "\n"


def _row(key: str, noun: type, name: str) -> tuple[str, str, str]:
    if key == "missing":
        return code(key), "list of [lacks](#lacks)", "What the promise lacks as written."
    found = next((one for one in fields(noun) if one.name == name), None)
    if found is None or not found.said:
        message = f"{noun.__name__}.{name} has no sentence in the spine"
        raise LookupError(message)
    return code(key), _shape(found), found.said.replace("None", "null")


def _shape(found: Field) -> str:
    noun = getattr(spine, found.annotation, None)
    if isinstance(noun, type) and issubclass(noun, StrEnum):
        return " ".join(code(one.value) for one in noun)
    return _SHAPES[found.annotation]


def _words(title: str, noun: type[StrEnum]) -> str:
    rows = ((code(noun[one.name].value), one.said) for one in fields(noun))
    return f"## {title}\n\n" + table(("value", "meaning"), rows) + "\n"
