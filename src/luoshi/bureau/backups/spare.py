"""A house beside the real one to try things out in: a folder and a database of its own, gone afterwards."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from luoshi.keeping import disk
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_NAMED = "luoshi_try_"


@contextmanager
def spare_house() -> Iterator[dict[str, str]]:
    """The environment of a program that lives in it, on the same kind of database as this one; one at a time.

    Raises:
        RefusedError: PostgreSQL does not let this account make a database.
    """
    making = Path(settings.HOME) / "making"
    making.mkdir(parents=True, exist_ok=True)
    with disk.locked(making / "try.lock"):
        folder = making / "try"
        shutil.rmtree(folder, ignore_errors=True)  # of one that died
        folder.mkdir()
        told = {**os.environ, "LUOSHI_HOME": str(folder), "LUOSHI_SECRET": secrets.token_urlsafe(), "LUOSHI_DEMO": ""}
        told.pop("DATABASE_URL", None)
        try:
            if connection.vendor != "postgresql":
                yield told
                return
            with _database() as address:
                yield {**told, "DATABASE_URL": address}
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database() -> Iterator[str]:
    import psycopg  # noqa: PLC0415 -- not there where SQLite is enough

    name = _NAMED + secrets.token_hex(4)
    with psycopg.connect(**_server(), autocommit=True) as server:
        _clear(server)
        try:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except psycopg.errors.InsufficientPrivilege as error:
            user = connection.settings_dict["USER"]
            rule = "恢复演练和升级演练在另建的空数据库里做，做完删去"
            remedy = f"请数据库管理员执行 ALTER ROLE {user or '账号'} CREATEDB，再办一次"
            raise RefusedError(Finding("PostgreSQL", "这个账号不能新建数据库", rule, remedy)) from error
        try:
            yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server() -> dict[str, Any]:
    told = connection.get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname", "sslmode")
    return {name: told[name] for name in wanted if told.get(name)}


def _clear(server: Any) -> None:
    """Databases of one that died before it could take its own away: ours by name, and nobody is in them."""
    asked = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname NOT IN (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)"
    for (name,) in server.execute(asked, [_NAMED]).fetchall():
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
