"""What the database itself keeps true of units: no two periods of one code on one day, no parent that is not above.

Neither SQLite nor the fields of the ORM know ranges of days, so both databases are given triggers that say the same.
"""

from typing import Any

TABLES = {"people_division": "unit", "people_institution": "school"}
_OVERLAPS = """SELECT 1 FROM {table} other WHERE other.city_id = NEW.city_id AND other.code = NEW.code AND other.id <> COALESCE(NEW.id, 0)
 AND COALESCE(other.begun, {first}) <= COALESCE(NEW.until, {last})
 AND COALESCE(NEW.begun, {first}) <= COALESCE(other.until, {last})"""
_ASTRAY = """NEW.parent <> '' AND NOT EXISTS (SELECT 1 FROM people_division other
 WHERE other.city_id = NEW.city_id AND other.code = NEW.parent AND other.level < NEW.level)"""
_FIRST, _LAST = "'0001-01-01'", "'9999-12-31'"


def _rules(table: str, cast: str) -> list[tuple[str, str]]:
    """What may not be, as conditions, and how it is called."""
    overlaps = _OVERLAPS.format(table=table, first=_FIRST + cast, last=_LAST + cast)
    rules = [(f"EXISTS ({overlaps})", "periods of one code overlap")]
    return [*rules, (_ASTRAY, "a parent is not above")] if table == "people_division" else rules


def guard(_: object, schema: Any) -> None:
    """Give the database its triggers. For a migration."""
    for table, name in TABLES.items():
        for said in _postgresql(table, name) if schema.connection.vendor == "postgresql" else _sqlite(table, name):
            schema.execute(said)


def _sqlite(table: str, name: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name}_{at}_{event.lower()} BEFORE {event} ON {table} WHEN {rule} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for at, (rule, said) in enumerate(_rules(table, ""))
        for event in ("INSERT", "UPDATE")
    ]


def _postgresql(table: str, name: str) -> list[str]:
    checks = " ".join(
        f"IF {rule} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for rule, said in _rules(table, "::date")
    )
    body = f"BEGIN {checks} RETURN NEW; END"
    return [
        f"CREATE FUNCTION {name}_guard() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name}_guard BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_guard()",
    ]
