"""The keyring: master keys wrap data keys and the keys of partitions, one file a key, readable by its owner alone.

    keys/masters/0001-4f….key     a secret; the one with the greatest number wraps what is made from now on
    keys/data/0001-9a….key        wrapped; the one with the greatest number seals what is written from now on
    keys/parts/c3….key            wrapped; one for each partition of the lake that holds rows of persons
    keys/signing/0001-5e….key     wrapped; the seed of the Ed25519 key this house signs what it sends to another house by
    keys/codes/0001-b7….key       wrapped; makes the codes of persons in compared lists; never turned, so that a code lasts

A file is made under another name, forced to the disk, and then given its name, so a key is durable before anything sealed by
it is acknowledged. Turning the master needs no pointer: a new one is durable first, each key is wrapped anew and says which
master wraps it, and a master nobody needs goes last. A process that dies in between leaves keys that all open.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luoshi.keeping import disk
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.sealing import NONCE, SECRET, BrokenSealError, Suite, as_text, from_text, offered, sealed, unsealed

MASTERS, DATA, PARTS, SIGNING, CODES = "masters", "data", "parts", "signing", "codes"
_ENDS = ".key"


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its name."""

    name: str
    secret: bytes = field(repr=False)


def keyring() -> "Keyring":
    """The keyring of this house: `settings.KEYS`, else the folder `keys` below its own; the suite is `settings.SUITE`."""
    return _held(Path(settings.KEYS) if settings.KEYS else Path(settings.HOME) / "keys", settings.SUITE)


@lru_cache(maxsize=8)
def _held(folder: Path, suite: str) -> "Keyring":
    """One a process, so a key is unwrapped once."""
    return Keyring(folder, suite_asked(suite))


def suite_asked(words: str) -> Suite:
    """The cipher a setting names.

    Raises:
        RefusedError: none of that name, or this machine has it not.
    """
    rule = "LUOSHI_SUITE 可为 aes-256-gcm 或 sm4-gcm"
    if words not in set(Suite):
        raise RefusedError(Finding("LUOSHI_SUITE", f"没有“{words}”", rule, "请改正，或去掉这个设置（用 aes-256-gcm）"))
    if not offered(Suite(words)):
        what = "本机的加密库没有这个算法"
        raise RefusedError(Finding(f"LUOSHI_SUITE {words}", what, rule, "请改用 aes-256-gcm，或换用带国密的 OpenSSL"))
    return Suite(words)


class Keyring:
    """A folder of keys. Any number of processes may hold it; keys are made and destroyed, never changed."""

    def __init__(self, folder: Path, suite: Suite = Suite.AES) -> None:
        """In this folder; the first key makes what is missing."""
        self.folder, self.suite = folder, suite
        self._opened = dict[tuple[str, str], bytes]()
        self._safe = disk.Safe()

    def current(self) -> Key:
        """The data key that seals what is written now; made when there is none."""
        names = self._names(DATA)
        return self.key(DATA, names[-1]) if names else self.turn_data()

    def signing(self) -> Key:
        """The seed this house signs by; made when there is none. Of two processes that make one at once the first counts."""
        if not self._names(SIGNING):
            self.make(SIGNING)
        return self.key(SIGNING, self._names(SIGNING)[0])

    def coding(self) -> Key:
        """The key that makes codes of persons; made when there is none. Of two processes that make one at once the first counts."""
        if not self._names(CODES):
            self.make(CODES)
        return self.key(CODES, self._names(CODES)[0])

    def key(self, kind: str, name: str) -> Key:
        """A key by its name.

        Raises:
            RefusedError: it is gone, or does not open.
        """
        path = self._path(kind, name)
        if not path.is_file():
            self._opened.pop((kind, name), None)  # another process may have destroyed it
            raise _lost(path)
        if (kind, name) not in self._opened:
            self._opened[kind, name] = self._unwrapped(path)
        return Key(name, self._opened[kind, name])

    def holds(self, kind: str, name: str) -> bool:
        """Whether the key is there."""
        return self._path(kind, name).is_file()

    def make(self, kind: str, many: int = 1) -> list[Key]:
        """New keys, all on the disk when this returns."""
        with self._alone():
            made = [Key(self._name(kind), secrets.token_bytes(SECRET)) for _ in range(many)]
            master = self._master()
            self._write({self._path(kind, one.name): self._wrapped(kind, one, master) for one in made})
        self._opened |= {(kind, one.name): one.secret for one in made}
        return made

    def destroy(self, kind: str, names: Iterable[str]) -> int:
        """Overwrite and take away these keys; what is gone already is gone. How many were there.

        A disk that keeps old blocks may still hold them wrapped; without the master they open nothing.
        """
        gone = 0
        for name in names:
            path = self._path(kind, name)
            self._opened.pop((kind, name), None)
            with suppress(FileNotFoundError):
                size = path.stat().st_size
                with path.open("r+b") as opened:
                    opened.write(bytes(size))
                    opened.flush()
                    os.fsync(opened.fileno())
                path.unlink()
                gone += 1
        if (self.folder / kind).is_dir():
            disk.sync_folder(self.folder / kind)
        return gone

    def turn_data(self) -> Key:
        """A new data key: what is written from now on is sealed by it; older ones still open what they sealed."""
        return self.make(DATA)[0]

    def turn_master(self) -> int:
        """A new master wraps every key; the old one goes. How many were wrapped anew. May be asked again after a crash."""
        with self._alone():
            self._make_master()
        return self.rewrap()

    def rewrap(self) -> int:
        """Wrap by the newest master what an older one wraps, then destroy masters nobody needs; how many keys that were."""
        with self._alone():
            master, done = self._master(), 0
            for kind in (DATA, PARTS, SIGNING, CODES):
                old = [name for name in self._names(kind) if _told(self._path(kind, name))["master"] != master.name]
                self._write({self._path(kind, name): self._wrapped(kind, self.key(kind, name), master) for name in old})
                done += len(old)
            self.destroy(MASTERS, [name for name in self._names(MASTERS) if name != master.name])
        return done

    def _alone(self) -> AbstractContextManager[None]:
        """Nobody wraps by a master that is being turned."""
        self._safe.folder(self.folder, self.folder)
        self.folder.chmod(0o700)
        return disk.locked(self.folder / "lock")

    def names(self, kind: str) -> list[str]:
        """Names of the keys of a kind, the oldest first."""
        return self._names(kind)

    def _names(self, kind: str) -> list[str]:
        folder = self.folder / kind
        return sorted(path.stem for path in folder.glob(f"*{_ENDS}")) if folder.is_dir() else []

    def _name(self, kind: str) -> str:
        """A name nobody has; of keys of the house the greatest so far."""
        if kind == PARTS:
            return secrets.token_hex(16)
        number = max((int(one.partition("-")[0]) for one in self._names(kind)), default=0) + 1
        return f"{number:04}-{secrets.token_hex(6)}"

    def _path(self, kind: str, name: str) -> Path:
        return self.folder / kind / f"{name}{_ENDS}"

    def _master(self) -> Key:
        names = self._names(MASTERS)
        if not names:
            if any(self._names(kind) for kind in (DATA, PARTS, SIGNING, CODES)):
                raise _lost(self.folder / MASTERS)
            return self._make_master()
        return self._secret(names[-1])

    def _make_master(self) -> Key:
        made = Key(self._name(MASTERS), secrets.token_bytes(SECRET))
        said = {"name": made.name, "secret": as_text(made.secret)}
        self._write({self._path(MASTERS, made.name): json.dumps(said).encode()})
        return made

    def _secret(self, master: str) -> Key:
        path = self._path(MASTERS, master)
        if (MASTERS, master) not in self._opened:
            try:
                self._opened[MASTERS, master] = from_text(_told(path)["secret"])
            except (BrokenSealError, KeyError) as error:
                raise _spoiled(path) from error
        return Key(master, self._opened[MASTERS, master])

    def _wrapped(self, kind: str, key: Key, master: Key) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        held = sealed(master.secret, key.secret, f"{kind}/{key.name}/{master.name}".encode(), nonce, self.suite)
        told = {"name": key.name, "master": master.name, "suite": self.suite.value, "wrapped": as_text(nonce + held)}
        return json.dumps(told).encode()

    def _unwrapped(self, path: Path) -> bytes:
        told = _told(path)
        master = self._secret(told["master"])
        about = f"{path.parent.name}/{path.stem}/{told['master']}".encode()
        try:
            held = from_text(told["wrapped"])
            return unsealed(master.secret, held[NONCE:], about, held[:NONCE], Suite(told["suite"]))
        except (BrokenSealError, ValueError, KeyError) as error:
            raise _spoiled(path) from error

    def _write(self, files: dict[Path, bytes]) -> None:
        """All of them under their names and on the disk."""
        if not files:
            return
        made = dict[Path, Path]()
        for folder in {path.parent for path in files}:
            self._safe.folder(folder, self.folder)
            folder.chmod(0o700)
        for path, content in files.items():
            descriptor, written = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".making")  # 0600
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(content)
            made[Path(written)] = path
        disk.sync_all(made)
        disk.rename_all(made)


class PartKeys:
    """The keys of partitions, as a lake asks for them (`keeping.vaults.Vault`)."""

    def __init__(self, held: Keyring) -> None:
        """Of this keyring."""
        self._held, self.suite = held, held.suite

    def make(self, many: int) -> list[tuple[str, bytes]]:
        """New keys, on the disk when this returns."""
        return [(one.name, one.secret) for one in self._held.make(PARTS, many)] if many else []

    def secret(self, name: str) -> bytes:
        """Of a key.

        Raises:
            RefusedError: it is gone.
        """
        return self._held.key(PARTS, name).secret

    def holds(self, name: str) -> bool:
        """Whether it is there."""
        return self._held.holds(PARTS, name)

    def destroy(self, names: Iterable[str]) -> int:
        """For ever."""
        return self._held.destroy(PARTS, names)


def _told(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise _lost(path) from error
    except (ValueError, TypeError) as error:
        raise _spoiled(path) from error


def _lost(path: Path) -> RefusedError:
    what, rule = "密钥不在了", "加密的内容须有加密它的密钥才能读出；密钥不在数据库里，也不随备份走"
    remedy = "请把另存的密钥文件夹放回原处（LUOSHI_KEYS 或数据文件夹下的 keys）；没有另存的，这些内容无法读出"
    return RefusedError(Finding(f"密钥 {path.parent.name}/{path.stem}", what, rule, remedy))


def _spoiled(path: Path) -> RefusedError:
    what, rule = "密钥文件已改动或损坏", "密钥文件只由本软件写入，主密钥须与它所包的密钥配套"
    return RefusedError(Finding(f"密钥 {path.parent.name}/{path.stem}", what, rule, "请把另存的密钥文件夹整个放回原处"))
