"""A house of its own beside the test's, on the engine this run tests: for processes that are killed."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def house(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The environment of programs that work in it; its database is empty and gone afterwards."""
    told = {**os.environ, "LUOSHI_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    if connection.vendor == "sqlite":
        yield {**told, "DATABASE_URL": f"sqlite:///{folder / 'luoshi.sqlite3'}"}
        return
    import psycopg

    address = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield {**told, "DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def asked(surroundings: dict[str, str], question: str) -> list[tuple[object, ...]]:
    """Rows of that database, through plain SQL."""
    address = surroundings["DATABASE_URL"]
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(urlsplit(address).path, timeout=20)) as opened:
            return [tuple(row) for row in opened.execute(question)]
    import psycopg

    with psycopg.connect(address) as opened:
        return [tuple(row) for row in opened.execute(question)]
