"""The file of a backup: a ZIP that any program opens, with a manifest of digests and its own digest at its very end.

    tables/NAME.jsonl    the rows of a table, see `tables`
    files/…              evidence and other kept files, under their digest
    lake/…               the lake and its manifest
    boundaries.json, layouts/…, cities/…   what the bureau laid beside them: approved boundaries, own layouts, its city's folder
    secret.key           only where it was asked for
    manifest.json        what all of these are: written last
    the comment          64 digits: SHA-256 of everything before it

Any byte that changes, anywhere, changes the last digest; the digests of the manifest then say where.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

FORMAT, VERSION = "luoshi-backup", 2
"""Version 1 had nothing of the bureau's own beside files and lake; it is read as before."""
MANIFEST = "manifest.json"
KEY = "secret.key"
OWN = ("boundaries.json", "layouts", "cities")
"""What a bureau laid into the folder of its house: files, and folders of files."""
_PIECE = 1 << 20
_DIGITS = 64
_REMEDY = "请换一份备份；这一份不能用来恢复"
Tell = Callable[[int, int, str], None]
"""Told how far it has come: done, of so many, in words. What it raises stops the work."""


def unheard(done: int, total: int, words: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file within."""

    size: int
    digest: str


class Packing:
    """A backup while it is written, under a name nobody takes for one."""

    def __init__(self, path: Path) -> None:
        """Begin; the file must not be there."""
        self.path = path
        self.members: dict[str, Member] = {}
        self._zip = ZipFile(path, "x", ZIP_STORED)
        self._zip.comment = b"0" * _DIGITS

    def add(self, name: str, pieces: Iterable[bytes], *, pressed: bool = False) -> Member:
        """One more file, pressed where that makes it smaller."""
        made, size = sha256(), 0
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED if pressed else ZIP_STORED
        entry.external_attr = 0o600 << 16
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            for piece in pieces:
                made.update(piece)
                size += len(piece)
                opened.write(piece)
        self.members[name] = Member(size, made.hexdigest())
        return self.members[name]

    def seal(self, told: Mapping[str, object]) -> str:
        """Write the manifest and close; the digest of the whole file."""
        files = {name: [one.size, one.digest] for name, one in sorted(self.members.items())}
        manifest = {"format": FORMAT, "version": VERSION, **told, "files": files}
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, [content], pressed=True)
        self._zip.close()
        whole = _whole(self.path)
        with self.path.open("r+b") as opened:
            opened.seek(-_DIGITS, 2)
            opened.write(whole.encode())
        return whole

    def give_up(self) -> None:
        """Close without an end; whoever began takes the file away."""
        if self._zip.fp is not None:
            self._zip.fp.close()
            self._zip.fp = None


def pieces_of(opened: IO[bytes]) -> Iterator[bytes]:
    """A file a piece at a time."""
    while piece := opened.read(_PIECE):
        yield piece


def _whole(path: Path) -> str:
    """The digest of everything but the last digits."""
    made, left = sha256(), path.stat().st_size - _DIGITS
    with path.open("rb") as opened:
        while left > 0 and (piece := opened.read(min(_PIECE, left))):
            made.update(piece)
            left -= len(piece)
    return made.hexdigest()


class Archive:
    """A backup that is there. Opening looks at its manifest alone; `check` at every byte."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            RefusedError: there is none, it is cut, it is something else, or a newer version made it.
        """
        self.path = path
        try:
            self._zip = ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
            told, version = self.manifest.get("format"), self.manifest.get("version")
            self.members = {name: Member(*told) for name, told in dict(self.manifest.get("files") or {}).items()}
        except OSError as error:
            raise RefusedError(_unreadable(path)) from error
        except _BROKEN as error:
            raise RefusedError(_not_one(path)) from error
        if told != FORMAT:
            raise RefusedError(_foreign(path))
        if not isinstance(version, int) or version > VERSION:
            what = f"是更新版本的备份（格式 {version}，本版本认识到 {VERSION}）"
            remedy = "请用做这份备份的版本或更新的版本来恢复"
            raise RefusedError(Finding(str(path), what, "旧版本的程序不能读新格式的备份", remedy))

    def close(self) -> None:
        """No more is read."""
        self._zip.close()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file within, a piece at a time; read to its end it is what the manifest says.

        Raises:
            RefusedError: it is not.
        """
        made, size = sha256(), 0
        with self._begun(name) as opened:
            while piece := self._next(name, opened):
                made.update(piece)
                size += len(piece)
                yield piece
        if Member(size, made.hexdigest()) != self.members[name]:
            raise RefusedError(self._spoiled(name))

    def _begun(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except _BROKEN as error:
            raise RefusedError(self._spoiled(name)) from error

    def _next(self, name: str, opened: IO[bytes]) -> bytes:
        try:
            return opened.read(_PIECE)
        except _BROKEN as error:
            raise RefusedError(self._spoiled(name)) from error

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file within, each with its end."""
        left = b""
        for piece in self.pieces(name):
            *whole, left = (left + piece).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if left:
            raise RefusedError(self._spoiled(name))

    def check(self, tell: Tell = unheard) -> None:
        """Look at every byte.

        Raises:
            RefusedError: with every file within that is damaged, missing or too many.
        """
        found = [self._strange(name) for name in self._zip.namelist() if name not in {*self.members, MANIFEST}]
        for done, name in enumerate(self.members, start=1):
            tell(done, len(self.members), f"核对备份 {done}/{len(self.members)}")
            if not harmless(name):
                found.append(self._strange(name))
                continue
            try:
                for _ in self.pieces(name):
                    pass
            except RefusedError as refusal:
                found += refusal.findings
        if not found and (self._zip.comment.decode("latin-1") != _whole(self.path)):
            rule = "全文件的摘要写在文件末尾，一个字节也不能变"
            found.append(Finding(str(self.path), "文件的某处被改过或已损坏", rule, _REMEDY))
        if found:
            raise RefusedError(*found)

    @property
    def seal(self) -> str:
        """The digest of the whole file, as it says itself."""
        return self._zip.comment.decode("latin-1")

    def _spoiled(self, name: str) -> Finding:
        rule = "备份中每个文件的内容须与清单中的摘要相符"
        return Finding(f"{self.path} 中的 {name}", "缺失、被改过或已损坏", rule, _REMEDY)

    def _strange(self, name: str) -> Finding:
        rule = "备份中只有清单所列的文件，路径不出数据文件夹"
        return Finding(f"{self.path} 中的 {name}", "清单里没有这个文件，或路径不合", rule, _REMEDY)


_BROKEN = (BadZipFile, LargeZipFile, KeyError, ValueError, TypeError, zlib.error, EOFError, NotImplementedError,
           AttributeError, RuntimeError)  # fmt: skip
"""What the library says of a file that is none, or no longer one."""


def harmless(name: str) -> bool:
    """Whether a name stays within the folder it is restored to."""
    parts = PurePosixPath(name).parts
    within = parts[:1] in {("tables",), ("files",), ("lake",), ("layouts",), ("cities",)} and len(parts) > 1
    return (within or name in {KEY, *OWN[:1]}) and ".." not in parts and not set(name) & set("\\:\0")


def _unreadable(path: Path) -> Finding:
    what = "没有这个文件" if not path.exists() else "文件打不开"
    return Finding(str(path), what, "须给出一个可读的备份文件", "请核对路径和权限，再运行一次")


def _foreign(path: Path) -> Finding:
    return Finding(str(path), "这不是落实的备份", "备份须由 luoshi backup 做成", "请核对路径，给出一个备份文件")


def _not_one(path: Path) -> Finding:
    """Cut, damaged, or something else altogether: by its first bytes, and by whether it is another's ZIP."""
    with path.open("rb") as opened:
        begins = opened.read(4) == b"PK\x03\x04"
        other = begins and b"tables/" not in opened.read(64)
    if not begins or other:
        return _foreign(path)
    rule = "备份以清单和摘要结尾，缺了结尾就核不了对"
    return Finding(str(path), "备份不完整：被截断或已损坏", rule, _REMEDY)
