"""An official text as plain values, for a database to hold, and back again without loss."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from luoshi.reporting.official.document import (
    Attachment,
    Block,
    Figure,
    Grid,
    GridColumn,
    GridRow,
    LetterHead,
    OfficialDocument,
    RedHead,
    SerialHead,
)

_NOUNS: Mapping[str, Any] = {
    one.__name__: one
    for one in (Attachment, Block, Figure, Grid, GridColumn, GridRow, LetterHead, OfficialDocument, RedHead, SerialHead)
}
_NOUN, _DAY = "noun", "day"


def as_plain(value: object) -> Any:
    """Dicts, lists, strings, numbers: what JSON holds. A noun keeps its name, a day says that it is one."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
        return {_NOUN: type(value).__name__, **told}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]
    return value


def from_plain(value: Any) -> Any:
    """What `as_plain` made, as it was.

    Raises:
        KeyError: a noun that this house does not know.
    """
    if isinstance(value, dict):
        if _DAY in value:
            return date.fromisoformat(value[_DAY])
        told = {name: from_plain(one) for name, one in value.items() if name != _NOUN}
        return _NOUNS[value[_NOUN]](**told)
    if isinstance(value, list):
        return tuple(from_plain(one) for one in value)
    return value
