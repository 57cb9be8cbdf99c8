"""Writing so that a power cut leaves what was there before or what is there after, never half.

A file is written under a temporary name, forced to the disk, renamed, and the folder that holds its name is forced to
the disk too; only then may another file speak of it.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

_SYNCS_FOLDERS = os.name == "posix"
"""Windows writes a rename through by itself and cannot open a folder."""
READ_ONLY = errno.EROFS
"""What is said where nothing can be written, as on a disc."""
_TOGETHER = 8
"""How many are forced at a time: a disk writes what waits together in one go, so eight take hardly longer than one."""
_LOCKED_AT = 1 << 30
"""The byte that is locked on Windows: behind anything that is ever written."""


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    if not _SYNCS_FOLDERS:
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Safe:
    """Which names this process knows to be on the disk; what an earlier one made it may have died before forcing."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._names: set[Path] = set()

    def name(self, path: Path) -> None:
        """Force the name of a file or folder that is there to the disk, once."""
        if path not in self._names:
            sync_folder(path.parent)
            self._names.add(path)

    def folder(self, folder: Path, top: Path) -> None:
        """The folder with all between it and the top, made where missing, their names forced to the disk."""
        if folder in self._names and folder.is_dir():
            return
        if folder != top:
            self.folder(folder.parent, top)
        folder.mkdir(parents=folder == top, exist_ok=True)
        self._names.discard(folder)
        self.name(folder)


def holds(path: Path, content: bytes) -> bool:
    """Whether the file is there with exactly this content."""
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def write(path: Path, content: bytes) -> None:
    """The content, forced to the disk under a name that nobody reads yet."""
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Each content under its name, all forced to the disk when this returns; names that nobody reads yet."""
    for path, content in files.items():
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
        try:
            _write_all(opened, content)
        finally:
            os.close(opened)
    _each(sync, files)


def sync_all(paths: Iterable[Path]) -> None:
    """Force what stands under these names to the disk, several at a time."""
    _each(sync, paths)


def _each(force: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Force all of them, several at a time."""
    told = list(paths)
    if len(told) < _TOGETHER // 2:
        for path in told:
            force(path)
        return
    with ThreadPoolExecutor(_TOGETHER) as crew:
        for _ in crew.map(force, told):
            pass  # what one of them raises is raised here


def sync(path: Path) -> None:
    """Force what another library wrote to the disk."""
    opened = os.open(path, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def rename(temporary: Path, path: Path) -> None:
    """Give a written file its name; the folder is forced to the disk."""
    rename_all({temporary: path})


def rename_all(names: Mapping[Path, Path]) -> None:
    """Give written files their names; then every folder that holds one is forced to the disk, once."""
    for temporary, path in names.items():
        os.replace(temporary, path)  # noqa: PTH105 -- one name for one step: os is what a proof listens to
    _each(sync_folder, dict.fromkeys(path.parent for path in names.values()))


def append(path: Path, content: bytes, after: int) -> None:
    """The content behind the first so many bytes of a file, forced to the disk; whatever stood behind them goes.

    What may stand there is the half of a line that a power cut left.
    """
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        os.ftruncate(opened, after)
        os.lseek(opened, after, os.SEEK_SET)
        _write_all(opened, content)
        os.fsync(opened)
    finally:
        os.close(opened)


def _write_all(opened: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(opened, left) :]


def remove(path: Path) -> bool:
    """Take a file away; False where another program holds it open, as Windows does not allow it then."""
    with suppress(FileNotFoundError):
        try:
            os.unlink(path)  # noqa: PTH108 -- as above
        except PermissionError:
            return False
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the file's lock, then hold it; a process that dies lets it go."""
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(opened)
        yield
    finally:
        os.close(opened)


if os.name == "posix":
    import fcntl

    def _lock(opened: int) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX)

else:
    import msvcrt

    def _lock(opened: int) -> None:  # closing the file lets the lock go, here too
        os.lseek(opened, _LOCKED_AT, os.SEEK_SET)
        while True:
            with suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(opened, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
                return
