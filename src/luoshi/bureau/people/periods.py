"""What the database itself keeps true of units: no two periods of one code on one day, no parent that is not above.

Neither SQLite nor the fields of the ORM know ranges of days, so a constraint here is a trigger, on both databases the same.
"""

from typing import Any

from django.db import models

_OVERLAPS = """EXISTS (SELECT 1 FROM {table} other WHERE other.city_id = NEW.city_id AND other.code = NEW.code
 AND other.id <> COALESCE(NEW.id, 0) AND COALESCE(other.begun, {first}) <= COALESCE(NEW.until, {last})
 AND COALESCE(NEW.begun, {first}) <= COALESCE(other.until, {last}))"""
_ASTRAY = """NEW.parent <> '' AND NOT EXISTS (SELECT 1 FROM {table} other
 WHERE other.city_id = NEW.city_id AND other.code = NEW.parent AND other.level < NEW.level)"""
_FIRST, _LAST = "'0001-01-01'", "'9999-12-31'"


class Never(models.BaseConstraint):
    """A condition no row may come into, told by a trigger before it is written."""

    rule = ""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Forms do not ask: what is wrong is found before, with its place; the trigger is for what nobody foresaw."""

    def __eq__(self, other: object) -> bool:
        """Whether it is the same, as migrations ask."""
        return type(self) is type(other) and isinstance(other, Never) and self.name == other.name

    def __hash__(self) -> int:
        """By its name."""
        return hash((type(self), self.name))

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """With the table come its triggers, once it stands."""
        schema_editor.deferred_sql.extend(self._made(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """The triggers of a table that stands."""
        *first, last = self._made(model, schema_editor)
        for one in first:
            schema_editor.execute(one, None)
        return last

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """Without them."""
        if schema_editor.connection.vendor == "postgresql":
            return f"DROP TRIGGER {self.name} ON {model._meta.db_table}"  # noqa: SLF001
        schema_editor.execute(f"DROP TRIGGER {self.name}_update", None)
        return f"DROP TRIGGER {self.name}_insert"

    def _made(self, model: Any, schema_editor: Any) -> list[str]:
        table, on_postgresql = model._meta.db_table, schema_editor.connection.vendor == "postgresql"  # noqa: SLF001
        cast = "::date" if on_postgresql else ""
        rule = self.rule.format(table=table, first=_FIRST + cast, last=_LAST + cast)
        return self._on_postgresql(table, rule) if on_postgresql else self._on_sqlite(table, rule)

    def _on_sqlite(self, table: str, rule: str) -> list[str]:
        return [
            f"CREATE TRIGGER {self.name}_{event} BEFORE {event.upper()} ON {table} WHEN {rule} "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for event in ("insert", "update")
        ]

    def _on_postgresql(self, table: str, rule: str) -> list[str]:
        told = f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN IF {rule} THEN {told}; END IF; RETURN NEW; END"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


class PeriodsApart(Never):
    """No day on which one code stands twice."""

    rule = _OVERLAPS


class ParentAbove(Never):
    """A unit's parent is known, and stands higher."""

    rule = _ASTRAY
