"""Small pictures, made when first asked for and kept beside the file under its digest. They may be deleted at any time."""

import os
import secrets
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content, small
from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import DATA
from luoshi.words.errors import RefusedError
from luoshi.words.sealing import BrokenSealError, Unsealed, derived, file_sealed

PICTURED = {"application/pdf", "image/png", "image/jpeg"}
"""Media types of which a small picture can be made."""
PATIENCE = 30
"""Seconds the making of one may take."""
_AT_ONCE = threading.BoundedSemaphore(2)


def thumbnail(kept: File) -> bytes | None:
    """A small jpeg of the file; None where it has none: another form, a broken picture, bytes that were changed."""
    if kept.form not in PICTURED:
        return None
    path = small(kept.digest)
    told = _held(path, kept.digest)
    if told is None:
        with _AT_ONCE:
            told = _made(kept)
        _keep(path, told, kept.digest)
    return told or None


def _held(path: Path, of_digest: str) -> bytes | None:
    """The picture that lies there; None where none does, or one that does not open."""
    try:
        with Unsealed(path.open("rb"), lambda head: _secret(head.key, of_digest)) as plain:
            return plain.read()
    except (OSError, BrokenSealError, RefusedError):
        return None


def _secret(key: str, of_digest: str) -> bytes:
    """Of one picture: made twice it may differ in a byte, so the name of its key ends with a chance of its own."""
    name, _, chance = key.partition("/")
    return derived(keyring().key(DATA, name).secret, f"picture {of_digest} {chance}")


def _made(kept: File) -> bytes:
    """The picture, by a process of its own; empty when there is none to be had."""
    try:
        told = subprocess.run(
            [sys.executable, "-m", "luoshi.reading.evidence.pictures"],
            input=content(kept),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except (RefusedError, subprocess.SubprocessError, OSError):
        return b""
    return told.stdout if told.returncode == 0 else b""


def _keep(path: Path, made: bytes, of_digest: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)  # where a file should lie and does not
    key = f"{keyring().current().name}/{secrets.token_hex(16)}"
    descriptor, written = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(file_sealed(_secret(key, of_digest), made, key, keyring().suite))
    Path(written).replace(path)
