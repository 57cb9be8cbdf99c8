"""Sealed partitions: rows of persons lie under a key of their own, which is kept elsewhere and may be destroyed.

The digest of such a file is that of the sealed bytes, so it stays true when the key is gone. The digest of its rows is keyed, or a
guess at a child's row could be tested against it:

    total = HMAC-SHA-256(secret of the edition, "total" ‖ digest of the rows)
"""

import hmac
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

from luoshi.keeping.deposits import Ready
from luoshi.keeping.entries import Edition
from luoshi.keeping.refusing import refused
from luoshi.words.provenance import digest
from luoshi.words.sealing import PIECE, BrokenSealError, Suite, Unsealed, derived, file_sealed, head_of, is_sealed

SCHEME = "sealed"
"""How DuckDB is told to read a file through here: sealed:///path."""


class Vault(Protocol):
    """Where the keys of partitions lie."""

    suite: Suite
    """By which cipher is sealed now."""

    def make(self, many: int) -> Sequence[tuple[str, bytes]]:
        """New keys by name, on the disk when this returns."""

    def secret(self, name: str) -> bytes:
        """The secret of a key.

        Raises:
            RefusedError: it is gone.
        """

    def holds(self, name: str) -> bool:
        """Whether the key is there."""

    def destroy(self, names: Iterable[str]) -> int:
        """Make these keys be no more; what is gone already is gone. How many were there."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens files of a lake, sealed or not."""

    vault: Vault | None = None

    def opened(self, path: Path) -> BinaryIO:
        """The plain bytes, read a piece at a time.

        Raises:
            RefusedError: the key is gone, or the file was changed.
        """
        if not is_sealed(path):
            return path.open("rb")
        try:
            return cast("BinaryIO", io.BufferedReader(_Told(path, self._secret), PIECE))
        except BrokenSealError as error:
            raise _broken(path) from error

    def _secret(self, name: str) -> bytes:
        if self.vault is None:
            rule = "逐人的行加密存放，读它须有密钥"
            raise refused("数据湖", "没有给出密钥", rule, "请给出密钥文件夹（LUOSHI_KEYS），再办一次")
        return self.vault.secret(name)

    def total(self, edition: Edition, rows: str) -> str:
        """The digest of the rows as the entry of an edition says it.

        Args:
            edition: whose entry.
            rows: the plain digest of the rows.
        """
        return keyed(self._secret(edition.seal), rows) if edition.seal else rows

    def hidden(self, told: Sequence[Ready]) -> list[Ready]:
        """Deposits with their files sealed, each by a new key that is on the disk already."""
        if self.vault is None:
            return list(told)
        made = self.vault.make(len(told))
        return [_hidden(one, name, secret, self.vault.suite) for one, (name, secret) in zip(told, made, strict=True)]

    def seal(self, content: bytes) -> tuple[str, bytes]:
        """A file under a new key that is on the disk already: the key's name, the sealed file."""
        assert self.vault is not None  # noqa: S101 -- who seals was given a vault
        ((name, secret),) = self.vault.make(1)
        return name, file_sealed(secret, content, name, self.vault.suite)


class _Told(Unsealed):
    """Says in four parts where a seal is broken."""

    def __init__(self, path: Path, secret: Any) -> None:
        self._path = path
        super().__init__(path.open("rb"), lambda head: secret(head.key))

    def _piece(self, number: int) -> bytes:
        try:
            return super()._piece(number)
        except BrokenSealError as error:
            raise _broken(self._path) from error


def keyed(secret: bytes, rows: str) -> str:
    """The digest of rows as nobody can reckon it without the key."""
    return hmac.new(derived(secret, "total"), rows.encode(), "sha256").hexdigest()


def _hidden(one: Ready, name: str, secret: bytes, suite: Suite) -> Ready:
    content = file_sealed(secret, one.part.content, name, suite)
    part = replace(one.part, content=content, digest=digest(content), total=keyed(secret, one.part.total))
    told = {"content": part.digest, "size": len(content), "total": part.total, "seal": name}
    return replace(one, record={**one.record, **told}, part=part)


def _broken(path: Path) -> Exception:
    rule = "加密的分区须与入库时逐字节一致"
    return refused(path.name, "密文已改动或损坏", rule, "请用 luoshi lake verify 核验，并从备份恢复这个文件")


class SealedFiles(AbstractFileSystem):  # type: ignore[misc]  # fsspec tells no types
    """The sealed files of this computer as DuckDB reads them: only the pieces it asks for are opened, in memory."""

    protocol = SCHEME
    cachable = False

    def __init__(self, opener: Opener) -> None:
        """With the keys of a lake."""
        super().__init__()
        self._opener, self._sizes = opener, dict[str, int]()

    def _open(self, path: str, mode: str = "rb", **_: Any) -> BinaryIO:  # noqa: ARG002
        return self._opener.opened(on_disk(path))

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Name and plain size, which the head says in the clear; asked eight times a file, and no file ever changes."""
        if path not in self._sizes:
            with on_disk(path).open("rb") as held:
                head = head_of(held)
            self._sizes[path] = head.size if head else on_disk(path).stat().st_size
        return {"name": path, "size": self._sizes[path], "type": "file"}

    def exists(self, path: str, **_: Any) -> bool:
        """Whether the file is there."""
        return on_disk(path).is_file()

    def isfile(self, path: str) -> bool:
        """Whether the file is there."""
        return on_disk(path).is_file()

    def glob(self, path: str, **_: Any) -> list[str]:
        """The file itself: names of the lake hold no wildcards."""
        return [path] if self.exists(path) else []

    def modified(self, path: str) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(on_disk(path).stat().st_mtime)  # noqa: DTZ006 -- compared by DuckDB alone


def address(path: Path, *, sealed: bool) -> str:
    """What an engine is told to read."""
    return f"{SCHEME}://{path.as_posix()}" if sealed else path.as_posix()


def on_disk(address_or_path: str) -> Path:
    """The file behind an address."""
    return Path(address_or_path.removeprefix(f"{SCHEME}://"))
