"""Columns as this house keeps them."""

from typing import Any

from django.db import models

_EMPTY: dict[object, type[list[Any]] | type[dict[str, Any]]] = {"[]": list, "{}": dict}


class JSON(models.JSONField):
    """A JSON column whose empty lists and objects, most of a ledger's, are not sent through the parser."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What the database holds as Python has it."""
        empty = _EMPTY.get(value) if isinstance(value, str) else None
        return super().from_db_value(value, expression, connection) if empty is None else empty()

    def deconstruct(self) -> Any:
        """In a migration it is a JSON column like any other."""
        name, _, told, named = super().deconstruct()
        return name, "django.db.models.JSONField", told, named
