"""Sealing (加密): a value, or a file a piece at a time, under a secret that lies elsewhere. AES-256-GCM, or SM4-GCM by setting.

    file = MAGIC ‖ length of the head (2 bytes) ‖ head (JSON: key, piece, size, suite) ‖ pieces
    piece i = GCM(key, nonce = i, associated data = head) with its tag of 16 bytes

The head is bound into every piece, so pieces cannot be moved, left out or put into another file, and a file cannot be cut short:
its plain size is said in the head. Nonces count, so a key seals one content only: a partition has its own, a file's is derived
from its digest. Secrets and nonces are arguments; nothing here knows chance.
"""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"LUOSHI\x00SEALED\x001\n"
SECRET = 32
"""Bytes of a secret, whatever the suite takes of it."""
NONCE = 12
"""Bytes of a nonce (NIST SP 800-38D)."""
PIECE = 1 << 18
"""Bytes of a piece: one is opened in a fifth of a millisecond, and a reader that wants a column opens few."""
_TAG = 16
_LONGEST_HEAD = 1000


class Suite(StrEnum):
    """Which cipher."""

    AES = "aes-256-gcm"
    SM4 = "sm4-gcm"
    """GB/T 32907, where the OpenSSL inside `cryptography` has it."""


class BrokenSealError(Exception):
    """What was sealed was changed, belongs elsewhere, or the secret is another."""


def derived(secret: bytes, purpose: str) -> bytes:
    """A secret for one purpose: HMAC-SHA-256(secret, purpose), the first block of HKDF-Expand (RFC 5869)."""
    return hmac.new(secret, purpose.encode() + b"\x01", hashlib.sha256).digest()


def offered(suite: Suite) -> bool:
    """Whether this machine's library has the cipher."""
    try:
        return (
            unsealed(bytes(SECRET), sealed(bytes(SECRET), b"", b"", bytes(NONCE), suite), b"", bytes(NONCE), suite)
            == b""
        )
    except (UnsupportedAlgorithm, AttributeError):
        return False


def sealed(secret: bytes, plain: bytes, about: bytes, nonce: bytes, suite: Suite = Suite.AES) -> bytes:
    """The plain bytes under the secret, with a tag; `about` is bound to them and not kept.

    Args:
        secret: SECRET bytes.
        plain: any bytes.
        about: what they belong to.
        nonce: NONCE bytes, never twice under one secret.
        suite: the cipher.
    """
    if suite is Suite.AES:
        return AESGCM(secret).encrypt(nonce, plain, about)
    making = Cipher(algorithms.SM4(secret[:16]), modes.GCM(nonce)).encryptor()
    making.authenticate_additional_data(about)
    return making.update(plain) + making.finalize() + making.tag


def unsealed(secret: bytes, held: bytes, about: bytes, nonce: bytes, suite: Suite = Suite.AES) -> bytes:
    """The plain bytes again.

    Raises:
        BrokenSealError: changed, of another place, or under another secret.
    """
    try:
        if suite is Suite.AES:
            return AESGCM(secret).decrypt(nonce, held, about)
        opening = Cipher(algorithms.SM4(secret[:16]), modes.GCM(nonce, held[-_TAG:])).decryptor()
        opening.authenticate_additional_data(about)
        return opening.update(held[:-_TAG]) + opening.finalize()
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError from error


@dataclass(frozen=True, slots=True)
class Head:
    """What a sealed file says in the clear."""

    key: str
    """Name of the key."""
    size: int
    """Bytes of the plain content."""
    suite: Suite = Suite.AES
    piece: int = PIECE

    @property
    def words(self) -> bytes:
        """As it stands in the file."""
        told = {"key": self.key, "piece": self.piece, "size": self.size, "suite": self.suite.value}
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    @property
    def before(self) -> bytes:
        """Everything in front of the first piece."""
        return MAGIC + len(self.words).to_bytes(2, "big") + self.words


def pieces_sealed(secret: bytes, plain: BinaryIO, head: Head) -> Iterator[bytes]:
    """A sealed file a piece at a time.

    Args:
        secret: for this content alone.
        plain: opened at its beginning.
        head: of it, its size said truly.
    """
    yield head.before
    for number in range(-(-head.size // head.piece)):
        yield sealed(secret, plain.read(head.piece), head.words, number.to_bytes(NONCE, "big"), head.suite)


def file_sealed(secret: bytes, plain: bytes, key: str, suite: Suite = Suite.AES) -> bytes:
    """The content as a sealed file."""
    return b"".join(pieces_sealed(secret, io.BytesIO(plain), Head(key, len(plain), suite)))


def head_of(held: BinaryIO) -> Head | None:
    """The head of a file, which is then opened at its first piece; None where it is not sealed."""
    if held.read(len(MAGIC)) != MAGIC:
        return None
    try:
        told = json.loads(held.read(min(int.from_bytes(held.read(2), "big"), _LONGEST_HEAD)))
        return Head(str(told["key"]), int(told["size"]), Suite(told["suite"]), int(told["piece"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenSealError from error


class Unsealed(io.RawIOBase):
    """A sealed file as if it were plain: it may be read anywhere, and only the pieces that are wanted are opened."""

    def __init__(self, held: BinaryIO, secret_of: Callable[[Head], bytes]) -> None:
        """Over an opened sealed file; whoever has the secret is asked once.

        Raises:
            BrokenSealError: it is none.
        """
        super().__init__()
        head = head_of(held)
        if head is None:
            raise BrokenSealError
        self.head, self._held, self._begins = head, held, held.tell()
        self._secret, self._at = secret_of(head), 0
        self._last = (-1, b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the plain content."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.head.size}[whence]
        return self._at

    def tell(self) -> int:
        """Where of the plain content."""
        return self._at

    def readinto(self, into: Any) -> int:
        """Plain bytes from here; never short before the end."""
        wanted = memoryview(into).cast("B")
        filled = 0
        while filled < len(wanted) and self._at < self.head.size:
            number, within = divmod(self._at, self.head.piece)
            some = self._piece(number)[within : within + len(wanted) - filled]
            wanted[filled : filled + len(some)] = some
            filled, self._at = filled + len(some), self._at + len(some)
        return filled

    def _piece(self, number: int) -> bytes:
        if self._last[0] != number:
            self._held.seek(self._begins + number * (self.head.piece + _TAG))
            held = self._held.read(self.head.piece + _TAG)
            nonce = number.to_bytes(NONCE, "big")
            plain = unsealed(self._secret, held, self.head.words, nonce, self.head.suite)
            if len(plain) != min(self.head.piece, self.head.size - number * self.head.piece):
                raise BrokenSealError
            self._last = (number, plain)
        return self._last[1]

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()
        super().close()


def is_sealed(path: Path) -> bool:
    """Whether a file begins as a sealed one does."""
    with path.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def as_text(held: bytes) -> str:
    """Sealed bytes as a column of text keeps them."""
    return base64.urlsafe_b64encode(held).decode().rstrip("=")


def from_text(words: str) -> bytes:
    """The bytes again.

    Raises:
        BrokenSealError: no such text.
    """
    try:
        return base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BrokenSealError from error
