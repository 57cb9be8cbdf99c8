"""Tables as lines of text that mean the same on every database: read from one, written to another.

A row is a JSON list of its columns in the order of their names; rows stand in the order of their key. What a column holds is taken
as the database has it, below whatever a field makes of it: what is encrypted stays encrypted.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps as current
from django.db.migrations.loader import MigrationLoader
from django.db.models import AutoField, Field

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

PIECE = 2000
"""Rows that are read or written together."""
Connection = Any
"""Django's wrapper of a database."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table and its columns."""

    name: str
    fields: tuple["Field[Any, Any]", ...]
    """In the order of the names of their columns."""
    key: "Field[Any, Any]"

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [str(one.column) for one in self.fields]


@dataclass(frozen=True, slots=True)
class Schema:
    """What migrations have made of a database."""

    migrations: list[str]
    """Those that were applied, as room.name."""
    pending: list[str]
    """Those that were not."""
    tables: tuple[Table, ...]


def named(node: tuple[str, str]) -> str:
    """A migration as it is said: room.name."""
    return ".".join(node)


def schema(connection: Connection) -> Schema:
    """The tables of a database as its own migrations left them, which may be fewer than this version has.

    Raises:
        RefusedError: a newer version of the software has worked on it.
    """
    loader = MigrationLoader(connection)
    applied, known = set(loader.applied_migrations), set(loader.graph.nodes)
    strange = sorted(named(one) for one in applied - set(loader.disk_migrations or ()))
    if strange:
        raise RefusedError(_newer("数据库", strange))
    state = current if applied >= known else loader.project_state(sorted(applied & known)).apps
    return Schema(sorted(named(one) for one in applied), sorted(named(one) for one in known - applied), _tables(state))


def _newer(where: str, strange: list[str]) -> Finding:
    what = f"有本版本不认识的升级步骤 {strange[0]}" + (f" 等 {len(strange)} 个" if len(strange) > 1 else "")
    return Finding(where, what, "旧版本的程序不能读写新版本的数据", "请换用做这份数据的版本或更新的版本，再运行一次")


def _tables(apps: Any) -> tuple[Table, ...]:
    told = dict[str, Table]()
    for model in apps.get_models(include_auto_created=True):
        of = model._meta  # noqa: SLF001 (Django's documented way to the columns)
        if of.managed and not of.proxy:
            fields = sorted(of.local_concrete_fields, key=lambda one: str(one.column))
            told[of.db_table] = Table(of.db_table, tuple(fields), of.pk)
    return tuple(told[name] for name in sorted(told))


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row as a line, by its key.

    Raises:
        RefusedError: a cell holds what its column cannot.
    """
    quoted = connection.ops.quote_name
    asked = ", ".join(quoted(name) for name in table.columns)
    by = quoted(table.key.column) + (' COLLATE "C"' if _is_text(connection, table.key) else "")
    readers = [_reader(connection, one) for one in table.fields]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM {quoted(table.name)} ORDER BY {by}")  # noqa: S608 (names are our own)
        while rows := cursor.fetchmany(PIECE):
            for row in rows:
                yield _line(table, readers, row)


def _line(table: Table, readers: list[Callable[[Any], Any]], row: Any) -> bytes:
    try:
        told = [read(value) for read, value in zip(readers, row, strict=True)]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except (TypeError, ValueError, ArithmeticError) as error:
        place = f"数据表 {table.name}，{table.key.column}={row[table.fields.index(table.key)]}"
        rule, remedy = "每格须合于它的类型", "请停用并原样复制整个数据文件夹，由系统维护人员核查这一行"
        raise RefusedError(Finding(place, f"有一格读不出（{error}）"[:200], rule, remedy)) from error


def _is_text(connection: Connection, field: "Field[Any, Any]") -> bool:
    """Whether it has to be put in the order of its bytes, as SQLite does by itself."""
    return connection.vendor == "postgresql" and field.get_internal_type() in {"CharField", "TextField", "SlugField"}


def _reader(connection: Connection, field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """From what the driver gives to what the line says; the field's own conversions are left out."""
    column, kind = field.get_col(str(field.model._meta.db_table)), field.get_internal_type()  # noqa: SLF001 (as above)
    converters = connection.ops.get_db_converters(column)

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        if kind == "JSONField" and value is not None:
            return _canonical(json.loads(value) if isinstance(value, str) else value)
        return _plain(value)

    return read


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(type(value).__name__)


def _writer(connection: Connection, field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """From what a line says to what the driver takes."""
    ops, told = connection.ops, field
    by_kind: dict[str, Callable[[Any], Any]] = {
        "DateTimeField": lambda said: ops.adapt_datetimefield_value(datetime.fromisoformat(said)),
        "DateField": lambda said: ops.adapt_datefield_value(date.fromisoformat(said)),
        "TimeField": lambda said: ops.adapt_timefield_value(time.fromisoformat(said)),
        "DecimalField": lambda said: ops.adapt_decimalfield_value(
            Decimal(said),
            told.max_digits,  # type: ignore[attr-defined]
            told.decimal_places,  # type: ignore[attr-defined]
        ),
        "BinaryField": lambda said: connection.Database.Binary(base64.b64decode(said)),
        "JSONField": lambda said: ops.adapt_json_value(json.loads(said), None),
        "UUIDField": lambda said: UUID(said) if connection.features.has_native_uuid_field else UUID(said).hex,
    }
    write = by_kind.get(field.get_internal_type(), lambda said: said)
    return lambda said: None if said is None else write(said)


def fill(connection: Connection, table: Table, told: Iterable[bytes]) -> int:
    """Write rows into an empty table, within a transaction; how many they are."""
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(name) for name in table.columns)
    marks = ", ".join(["%s"] * len(table.fields))
    into = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 (names are our own)
    writers, source, written = [_writer(connection, one) for one in table.fields], iter(told), 0
    with connection.cursor() as cursor:
        while some := list(islice(source, PIECE)):
            rows = [[write(said) for write, said in zip(writers, json.loads(line), strict=True)] for line in some]
            cursor.executemany(into, rows)
            written += len(rows)
    return written


def empty(connection: Connection, table: Table) -> None:
    """Take out what making the tables has put into one."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 (names are our own)


def digest_of(connection: Connection, table: Table) -> tuple[int, str]:
    """Rows of a table, and the digest of their lines."""
    rows, made = 0, sha256()
    for line in lines(connection, table):
        rows += 1
        made.update(line)
    return rows, made.hexdigest()


def last_number(connection: Connection, table: Table) -> int:
    """The highest number a table has ever given by itself, also to rows that are gone; 0 where it gives none."""
    if not isinstance(table.key, AutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        cursor.execute(f"SELECT last_value, is_called FROM {_sequence(cursor, table)}")  # noqa: S608 (its own name)
        last, given = cursor.fetchone()
        return int(last) if given else 0


def go_on_from(connection: Connection, table: Table, number: int) -> None:
    """The next number a table gives is behind this one: a number that was given once names nothing else, ever."""
    if not number:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
        else:
            cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, table), number])


def _sequence(cursor: Any, table: Table) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key.column])
    return str(cursor.fetchone()[0])
