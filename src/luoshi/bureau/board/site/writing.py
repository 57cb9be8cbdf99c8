"""The site written aside and put in place whole: whoever reads meanwhile reads the old one, and a stop leaves it as it was."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from luoshi.bureau.board.site.making import SUMS
from luoshi.publishing.searching import sums_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

_READABLE = 0o755
"""A web server is another user than whoever exports."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    files: int
    bytes: int
    digest: str
    """SHA-256 of the list of digests: it stands for every byte of the site."""


def write(out: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Write the files beside `out` and put them in its place; a stop or a fault on the way leaves what was there.

    Args:
        out: the site's folder: none yet, empty, or a site that was written before.
        files: where each lies and what is in it; the list of digests is added.

    Raises:
        RefusedError: the folder holds something else, or nothing can be written there.
    """
    refuse_strange(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise _unwritable(out) from error
    try:
        told = _fill(aside, files)
        aside.chmod(_READABLE)
        _put(aside, out)
    except OSError as error:
        raise _unwritable(out) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return told


def refuse_strange(out: Path) -> None:
    """Refuse a folder that holds something else than a site: it would be gone.

    Raises:
        RefusedError: it does.
    """
    strange = out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / SUMS).is_file()))
    if strange:
        rule = f"只覆盖空文件夹，或以前导出的网站（有 {SUMS}）"
        raise RefusedError(Finding(str(out), "这里有别的文件", rule, "请换一个文件夹，或先移走里面的文件"))


def _unwritable(out: Path) -> RefusedError:
    return RefusedError(Finding(str(out), "写不进去", "须为可写的文件夹", "请换一个文件夹，再运行一次"))


def _fill(aside: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    digests, size = dict[str, str](), 0
    for name, content in files:
        path = aside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digests[name] = digest(content)
        size += len(content)
    listed = sums_of(digests)
    (aside / SUMS).write_bytes(listed)
    return Written(len(digests) + 1, size + len(listed), digest(listed))


def _put(aside: Path, out: Path) -> None:
    """Two renamings: for a moment between them there is no site, never half of one; where the second fails the old one is back."""
    if not out.exists():
        aside.rename(out)
        return
    before = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    out.rename(before / "site")
    try:
        aside.rename(out)
    except OSError:
        (before / "site").rename(out)
        raise
    finally:
        shutil.rmtree(before, ignore_errors=True)
