"""Rows of many tables in one query, each table as JSON beside one row: what the page of an item shows lies in a dozen of them.

A page may ask twelve times. An item with quotes, steps, judgements, evidence, papers and signatures would ask twenty times
if each table were asked by itself. Tables with decimals are left out: JSON knows floats only.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    Aggregate,
    DateTimeField,
    DecimalField,
    Field,
    JSONField,
    Model,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime


class _Rows(Aggregate):
    """All rows of a query as one array."""

    function = "JSON_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite's name for it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)


def at_once(beside: QuerySet[Any], asked: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """The rows of each query, in the order of their keys.

    Args:
        beside: exactly one row of any table.
        asked: queries by name, neither sliced nor with annotations.
    """
    told = beside.order_by().values(**{f"of_{name}": Subquery(_array(found)) for name, found in asked.items()}).get()
    return {name: _read(found.model, told[f"of_{name}"]) for name, found in asked.items()}


def _array(found: QuerySet[Any]) -> "QuerySet[Any, Any]":
    columns = JSONObject(**{one.attname: one.attname for one in _fields(found.model)})
    grouped: QuerySet[Any, Any] = (
        found.order_by().values(one_group=Value(1)).annotate(rows=_Rows(columns)).values("rows")
    )
    return grouped


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    return [one for one in model._meta.concrete_fields if not isinstance(one, DecimalField)]  # noqa: SLF001 (Django's documented way to the columns)


def _read(model: type[Model], told: Any) -> list[Any]:
    fields = _fields(model)
    names = [one.attname for one in fields]
    listed = json.loads(told) if isinstance(told, str) else told or []
    rows = [model.from_db(None, names, [_value(one, row[one.attname]) for one in fields]) for row in listed]
    return sorted(rows, key=lambda row: row.pk)


def _value(field: "Field[Any, Any]", told: Any) -> Any:
    """A value of JSON as the column has it; days and moments come as text, JSON in JSON on SQLite too."""
    if told is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(told) if isinstance(told, str) else told
    if isinstance(field, DateTimeField):
        return _moment(told)
    return field.to_python(told)


def _moment(told: str) -> datetime | None:
    found = parse_datetime(told)
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def laid(row: Model, relation: str, listed: list[Any]) -> None:
    """Rows that belong to a row, where its own relation finds them without asking."""
    found = getattr(row, relation).all()
    found._result_cache, found._prefetch_done = listed, True  # noqa: SLF001 (as Django's own prefetching leaves them)
    vars(row).setdefault("_prefetched_objects_cache", {})[relation] = found
