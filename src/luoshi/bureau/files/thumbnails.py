"""Small pictures, made when first asked for and kept beside the file under its digest. They may be deleted at any time."""

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content, place
from luoshi.words.errors import RefusedError

PICTURED = {"application/pdf", "image/png", "image/jpeg"}
"""Media types of which a small picture can be made."""
PATIENCE = 30
"""Seconds the making of one may take."""
_AT_ONCE = threading.BoundedSemaphore(2)


def thumbnail(kept: File) -> bytes | None:
    """A small jpeg of the file; None where it has none: another form, a broken picture, bytes that were changed."""
    if kept.form not in PICTURED:
        return None
    path = place(kept.digest).with_suffix(".jpg")
    if not path.is_file():
        with _AT_ONCE:
            _keep(path, _made(kept))
    return path.read_bytes() or None


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


def _keep(path: Path, made: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)  # where a file should lie and does not
    descriptor, written = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(made)
    Path(written).replace(path)
