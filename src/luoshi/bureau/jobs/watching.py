"""Beside the website: one worker, started with it, started again when it dies, ended with it."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from luoshi.bureau.jobs.programs import program
from luoshi.bureau.jobs.worker import GRACE, new_name

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before a dead worker is followed by another: doubled each time, from the beginning again after a long life."""

REMEMBERED = 20
"""So many dead workers in a row are known to the next; what one before them held is free when its lease ends."""

_WORKER = "from luoshi.cli import main; main()"


class Watch:
    """Holds the pipe whose closing ends the worker; nobody else may hold it."""

    def __init__(self) -> None:
        self.worker: subprocess.Popen[bytes] | None = None
        self._pipe = -1
        self._lock = threading.Lock()
        self._ending = threading.Event()
        if hasattr(os, "register_at_fork"):
            # The web server forks. A fork that kept the pipe would keep the worker alive after its parent.
            os.register_at_fork(
                before=self._lock.acquire, after_in_parent=self._lock.release, after_in_child=self._let_go
            )

    def _let_go(self) -> None:
        with suppress(OSError):
            os.close(self._pipe)
        self._lock.release()

    def _start(self, after: str) -> str:
        name = new_name()
        command = program(_WORKER, "work", "--watched", "--name", name)
        with self._lock:
            read, self._pipe = os.pipe()
            with suppress(OSError):
                self.worker = subprocess.Popen([*command, "--after", after], stdin=read)  # noqa: S603 (our own program)
            os.close(read)
        return name

    def _close(self) -> None:
        with self._lock, suppress(OSError):
            os.close(self._pipe)
            self._pipe = -1

    def run(self) -> None:
        """Start a worker whenever there is none, until `end`."""
        wait, dead = FIRST_WAIT, list[str]()
        while not self._ending.is_set():
            begun = time.monotonic()
            # One that died before it could free what its predecessor held leaves that to its successor.
            dead = [*dead, self._start(",".join(dead))][-REMEMBERED:]
            if self.worker is not None:
                self.worker.wait()
            self._close()
            wait = FIRST_WAIT if time.monotonic() - begun > LONGEST_WAIT else min(2 * wait, LONGEST_WAIT)
            self._ending.wait(wait)

    def end(self) -> None:
        """Let the worker finish its step; one that does not is killed."""
        self._ending.set()
        self._close()
        if self.worker is None:
            return
        try:
            self.worker.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.worker.kill()
            self.worker.wait()


@contextmanager
def worker_beside() -> Iterator[Watch | None]:
    """A worker as long as the website runs; none with LUOSHI_WORKER=off."""
    if os.environ.get("LUOSHI_WORKER") == "off":
        yield None
        return
    watch = Watch()
    threading.Thread(target=watch.run, daemon=True).start()
    try:
        yield watch
    finally:
        watch.end()
