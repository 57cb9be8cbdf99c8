"""Where a thing comes from: digests and sources."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


def digest(content: bytes) -> str:
    """SHA-256 of the bytes, 64 hexadecimal digits; the only name a stored file has."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """The same of a file, a piece at a time, however large it is."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A published place a figure or rule was taken from."""

    title: str
    url: str = ""
    published: date | None = None
    """The day it was published; None when the page does not say."""
    doubt: str = ""
    """What about the source is unsure, in Chinese; empty when nothing is."""
