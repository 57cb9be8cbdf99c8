"""Keeping a file. The act that needs it enters the journal; here only the bytes find their place, sealed.

Every file is: whether a scan, a reply or a workbook names somebody is nothing a program should have to guess.
"""

import io
import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import APART, checked, key_of, looked, place, secret_for, small, whole
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import PARTS
from luoshi.keeping.disk import sync_folder
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest, digest_of
from luoshi.words.sealing import Head, pieces_sealed

LARGEST = 50 << 20
_FORMS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
SCANS = {"application/pdf", "image/png", "image/jpeg"}


def form_of(actor: Actor, content: bytes) -> str:  # noqa: ARG001 (every function of this module is told who asks)
    """What a file is served as, by its first bytes; whatever is not known is only ever downloaded."""
    return next((form for magic, form in _FORMS if content.startswith(magic)), "application/octet-stream")


def keep(actor: Actor, content: bytes, name: str, media: str = "", *, apart: bool = False) -> File:
    """The file, kept once whoever brings it again; called inside the act that needs it.

    What it is served as is given by whoever looked inside (see queries.looked), else told by its first bytes.

    The bytes are on the disk before the row is written. An act that is undone leaves bytes nobody names, never a row
    without bytes. With `apart` it has a key of its own, so that it can be destroyed: rows of persons.
    """
    if len(content) > LARGEST:
        raise RefusedError(Finding(name, "文件太大", f"不超过 {LARGEST >> 20} MB", "请压缩或拆分后再上传"))
    told = digest(content)
    _written(told, io.BytesIO(content), len(content), apart=apart)
    told_as: dict[str, Any] = {
        "name": name.replace("\0", "")[-200:] or "file",
        "size": len(content),
        "form": media or form_of(actor, content),
    }
    kept, _ = File.objects.get_or_create(digest=told, defaults=told_as)
    if kept.destroyed is not None:  # somebody brings it again
        kept.destroyed = None
        kept.save(update_fields=["destroyed"])
    return kept


def destroy(actor: Actor, kept: File) -> None:  # noqa: ARG001
    """Its key and its bytes are no more, small picture and all; once more does no harm. Called inside the act that decides it.

    A file without a key of its own is taken away, but an older copy of it could still be opened by the data key.
    """
    key = key_of(kept.digest)
    if key.startswith(APART):
        keyring().destroy(PARTS, [key.removeprefix(APART)])
    place(kept.digest).unlink(missing_ok=True)
    small(kept.digest).unlink(missing_ok=True)
    if kept.destroyed is None:
        kept.destroyed = timezone.now()
        kept.save(update_fields=["destroyed"])


def keep_scan(actor: Actor, content: bytes, name: str) -> File:
    """A scanned paper: PDF, PNG or JPEG, nothing else, and looked into like evidence.

    Raises:
        RefusedError: it is of another form, broken, may act by itself, or bears a mark of secrecy.
    """
    if form_of(actor, content) not in SCANS:
        raise RefusedError(
            Finding(name, "这不是扫描件", "扫描件须为 PDF、PNG 或 JPG", "请把纸质件扫描成 PDF 或图片再上传")
        )
    return keep_looked(actor, content, name)


def keep_looked(actor: Actor, content: bytes, name: str) -> File:
    """A file that somebody brings, looked into first: nothing marked secret and nothing that acts by itself is kept.

    Raises:
        RefusedError: as `files.queries.looked` says.
    """
    return keep(actor, content, name, looked(content, name).media)


def keep_made(actor: Actor, made: Path, name: str, media: str) -> File:  # noqa: ARG001
    """A file the house made itself, of any size: sealed into its place, never read into memory, and taken away where it was made."""
    told, size = digest_of(made), made.stat().st_size
    with made.open("rb") as opened:
        _written(told, opened, size)
    made.unlink()
    kept, _ = File.objects.get_or_create(digest=told, defaults={"name": name[-200:], "size": size, "form": media})
    return kept


def reseal(actor: Actor, kept: File) -> bool:  # noqa: ARG001
    """Seal a file by the key that seals now, from whatever sealed it; False where it is so already or is not whole.

    A small picture of it goes, and is made again when it is asked for.
    """
    key = key_of(kept.digest)
    if key == keyring().current().name or key.startswith(APART):
        return False
    try:
        with checked(kept) as plain:
            _put(kept.digest, plain, kept.size)
    except RefusedError:
        return False  # what is gone or spoiled is told by whoever reads it
    small(kept.digest).unlink(missing_ok=True)
    return True


def _written(of_digest: str, plain: BinaryIO, size: int, *, apart: bool = False) -> None:
    there = whole(of_digest)  # else it is new, or what lies there was spoiled: the right bytes take their place again
    if not there or (apart and not key_of(of_digest).startswith(APART)):
        _put(of_digest, plain, size, apart=apart)


def _put(of_digest: str, plain: BinaryIO, size: int, *, apart: bool = False) -> None:
    """Sealed beside its place, forced to the disk, then given its name."""
    path, held = place(of_digest), keyring()
    path.parent.mkdir(parents=True, exist_ok=True)
    key = held.make(PARTS)[0] if apart else held.current()
    head = Head((APART if apart else "") + key.name, size, held.suite)
    plain.seek(0)
    descriptor, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces_sealed(secret_for(key.secret, of_digest), plain, head):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    Path(made).replace(path)
    sync_folder(path.parent)
