"""Files back, with their bytes checked against their digest."""

import hashlib
import io
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.files.models import File
from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import DATA, PARTS
from luoshi.declared import FORMS
from luoshi.reading.evidence import look
from luoshi.words.errors import RefusedError
from luoshi.words.evidence import Form
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest
from luoshi.words.sealing import PIECE, BrokenSealError, Unsealed, derived, head_of, is_sealed

APART = "parts/"
"""What the name of a key begins with that is one file's alone."""
_FORMS = {form.key: form for form in FORMS}


def place(of_digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return Path(settings.HOME) / "files" / of_digest[:2] / of_digest


def looked(content: bytes, name: str) -> Form:
    """What a file that somebody brings is, by looking inside; nothing is kept yet.

    Raises:
        RefusedError: it is of a form that is not kept, too large, may act by itself, or bears a mark of secrecy.
    """
    return look(content, name, _FORMS)


def file(of_digest: str) -> File | None:
    """The file with this digest."""
    return File.objects.filter(digest=of_digest).first()


def small(of_digest: str) -> Path:
    """Where a small picture of it lies, once somebody asked for it."""
    return place(of_digest).with_suffix(".jpg")


def content(kept: File) -> bytes:
    """Its bytes.

    Raises:
        RefusedError: they are gone, or are not what was handed in, or their key is gone.
    """
    try:
        with _opened(kept.digest) as plain:
            found = plain.read()
    except (OSError, BrokenSealError) as error:
        raise _spoiled(kept) from error
    if digest(found) != kept.digest:
        raise _spoiled(kept)
    return found


def checked(kept: File) -> BinaryIO:
    """Its bytes, looked through a piece at a time and then opened at their beginning: for what is too large to be held.

    Raises:
        RefusedError: they are gone, or are not what was handed in, or their key is gone.
    """
    if not whole(kept.digest):
        raise _spoiled(kept)
    return _opened(kept.digest)


def whole(of_digest: str) -> bool:
    """Whether the bytes of this digest are there, and are those.

    Raises:
        RefusedError: their key is gone.
    """
    try:
        with _opened(of_digest) as plain:
            return hashlib.file_digest(plain, "sha256").hexdigest() == of_digest  # type: ignore[arg-type]
    except (OSError, BrokenSealError):
        return False


def key_of(of_digest: str) -> str:
    """Name of the key its bytes are sealed by; empty where they are not, or are gone."""
    try:
        with place(of_digest).open("rb") as held:
            head = head_of(held)
    except (OSError, BrokenSealError):
        return ""
    return head.key if head else ""


def secret_for(secret: bytes, of_digest: str) -> bytes:
    """What seals this content alone, from the data key."""
    return derived(secret, f"file {of_digest}")


def _secret(key: str) -> bytes:
    apart = key.startswith(APART)
    return keyring().key(PARTS if apart else DATA, key.removeprefix(APART)).secret


def _opened(of_digest: str) -> BinaryIO:
    """Its plain bytes; those kept before files were sealed are as they are."""
    path = place(of_digest)
    if not is_sealed(path):
        return path.open("rb")
    found = Unsealed(path.open("rb"), lambda head: secret_for(_secret(head.key), of_digest))
    return cast("BinaryIO", io.BufferedReader(found, PIECE))


def _spoiled(kept: File) -> RefusedError:
    if kept.destroyed is not None:
        what = f"已于 {timezone.localdate(kept.destroyed)} 销毁"
        return RefusedError(Finding(kept.name, what, "销毁的文件不能恢复，名称和摘要保留", "需要的，请重新报送"))
    return RefusedError(
        Finding(kept.name, "存档的文件缺失或已改动", "存档文件须与存入时逐字节一致", "请系统管理员从备份中恢复")
    )
