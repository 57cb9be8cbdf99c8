"""A machine whose power is cut at a chosen step, with a disk that keeps only what was forced to it.

It listens to the operating system's calls, not to ours. Strictly kept is what POSIX promises: the content of a file as it
was when the file was last forced, and the names in a folder as they were when the folder was.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import pytest

Identity = tuple[int, int]
STEPS = ("fsync", "replace", "unlink", "write", "ftruncate", "mkdir")


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a cut."""


class Disk:
    """What is safe of everything below a folder."""

    def __init__(self, root: Path, cut_at: int = 0) -> None:
        self.root, self.cut_at, self.done = root, cut_at, 0
        self.steps: list[tuple[str, str]] = []
        self._turn = RLock()
        """Files are forced several at a time."""
        self._lives: Counter[int] = Counter()
        self._content: dict[Identity, bytes] = {}
        self._names: dict[Identity, dict[str, tuple[Identity, bool]]] = {}
        self._keep_names(root)

    def _identity(self, told: os.stat_result) -> Identity:
        return told.st_ino, self._lives[told.st_ino]

    def _keep_names(self, folder: Path) -> None:
        self._names[self._identity(folder.stat())] = {
            one.name: (self._identity(one.stat()), one.is_dir()) for one in folder.iterdir()
        }

    def step(self, name: str, path: str) -> None:
        """One call is about to happen; the power may go before it."""
        with self._turn:
            self.done += 1
            self.steps.append((name, path))
            if self.cut_at and self.done >= self.cut_at:
                raise PowerCut

    def forced(self, path: Path) -> None:
        with self._turn:
            if path.is_dir():
                self._keep_names(path)
            else:
                self._content[self._identity(path.stat())] = path.read_bytes()

    def gone(self, path: Path) -> None:
        if path.exists():
            self._lives[path.stat().st_ino] += 1

    def rebuild(self, folder: Path) -> None:
        """The disk as it is strictly kept, written elsewhere."""
        self._rebuild(self._identity(self.root.stat()), folder)

    def _rebuild(self, identity: Identity, folder: Path) -> None:
        folder.mkdir()
        for name, (one, is_folder) in self._names.get(identity, {}).items():
            if is_folder:
                self._rebuild(one, folder / name)
            else:
                (folder / name).write_bytes(self._content.get(one, b""))


@contextmanager
def powered(root: Path, cut_at: int = 0) -> Iterator[Disk]:
    """Run what is inside on such a disk; cut_at counts its calls from 1, 0 is never."""
    disk = Disk(root, cut_at)
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, _listened(disk, name, getattr(os, name)))
        yield disk


def _listened(disk: Disk, name: str, call: Callable[..., object]) -> Callable[..., object]:
    def listened(*args: object, **more: object) -> object:
        path = Path(f"/proc/self/fd/{args[0]}").readlink() if isinstance(args[0], int) else Path(str(args[0]))
        if not path.is_relative_to(disk.root):
            return call(*args, **more)
        target = Path(str(args[1])) if name == "replace" else path
        try:
            disk.step(name, target.relative_to(disk.root).as_posix())
        except PowerCut:
            if name == "write" and disk.done == disk.cut_at:
                call(args[0], args[1][: len(args[1]) // 2])  # type: ignore[index, arg-type]
            raise
        if name in {"replace", "unlink"}:
            disk.gone(target)
        answer = call(*args, **more)
        if name == "fsync":
            disk.forced(path)
        return answer

    return listened
