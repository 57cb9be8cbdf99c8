"""Files back, with their bytes checked against their digest."""

from pathlib import Path

from django.conf import settings

from luoshi.bureau.files.models import File
from luoshi.declared import FORMS
from luoshi.reading.evidence import look
from luoshi.words.errors import RefusedError
from luoshi.words.evidence import Form
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest, digest_of

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


def content(kept: File) -> bytes:
    """Its bytes.

    Raises:
        RefusedError: they are gone, or are not what was handed in.
    """
    path = place(kept.digest)
    found = path.read_bytes() if path.is_file() else b""
    if digest(found) != kept.digest:
        raise _spoiled(kept)
    return found


def checked(kept: File) -> Path:
    """Where its bytes lie, looked through a piece at a time: for what is too large to be held.

    Raises:
        RefusedError: they are gone, or are not what was handed in.
    """
    path = place(kept.digest)
    if not path.is_file() or digest_of(path) != kept.digest:
        raise _spoiled(kept)
    return path


def _spoiled(kept: File) -> RefusedError:
    return RefusedError(
        Finding(kept.name, "存档的文件缺失或已改动", "存档文件须与存入时逐字节一致", "请系统管理员从备份中恢复")
    )
