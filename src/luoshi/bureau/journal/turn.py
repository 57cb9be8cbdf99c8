"""Whose turn it is to write, on SQLite: one queue for all processes of a house.

SQLite lets a writer who comes too early sleep and ask again, up to a tenth of a second apart: with eight writers most
acts then take three milliseconds and every twentieth a hundred. A lock on a file beside the database is a queue kept by
the operating system, and the next one is woken at once. It only orders; what protects is still SQLite's own lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

try:
    import fcntl
except ImportError:  # Windows has no such lock: there SQLite's own waiting has to do
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn() -> Iterator[None]:
    """Wait until nobody else writes.

    PostgreSQL queues by itself. Whoever is inside a transaction holds the database already and
    must not queue again: the one in front of him would wait for him.
    """
    beside = _beside()
    if beside is None or fcntl is None or connection.in_atomic_block:
        yield
        return
    with beside.open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)  # freed when the file is closed, also by a process that dies
        yield


def _beside() -> Path | None:
    """The file that is locked; None without a database file."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name + ".queue")
