"""Old .doc and .wps by LibreOffice, where it is installed. The only place of the engine that starts a process."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from luoshi.reading.documents.document import Converter
from luoshi.reading.documents.refusals import refuse

PATIENCE = 60
"""Seconds one conversion may take."""


_FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}


def converter(*, program: str | None = None, patience: float = PATIENCE, to: str = "docx") -> Converter | None:
    """A converter on this machine, or None when LibreOffice is not there.

    Args:
        program: path of soffice; looked for on PATH when None.
        patience: seconds after which the program and all it started are ended.
        to: docx, or pdf for a text that is to be looked at as it prints.
    """
    office = program or shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None

    def convert(content: bytes, kind: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="luoshi-", ignore_cleanup_errors=True) as folder:
            return _converted(office, content, (kind, to), Path(folder), patience)

    return convert


def _converted(office: str, content: bytes, kinds: tuple[str, str], folder: Path, patience: float) -> bytes:
    """One run with a profile of its own, so that an open LibreOffice does not matter and no macro is trusted."""
    kind, to = kinds
    source, made = folder / f"plan.{kind}", folder / "made"
    source.write_bytes(content)
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTERS[to]),
        *("--outdir", str(made), str(source)),
    ]
    try:
        _run(command, folder, patience)
        return (made / f"plan.{to}").read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        raise refuse(
            "旧版文档转换失败" if to == "docx" else "转换失败",
            f"LibreOffice 须在 {patience:.0f} 秒内转成 {to}",
            "请用 WPS 或 Word 打开，另存为 docx，再重新上传",
        ) from error


def _run(command: list[str], folder: Path, patience: float) -> None:
    """Wait so long and no longer; soffice is a script that starts others, so the whole group is ended."""
    quiet = subprocess.DEVNULL
    own_group = os.name == "posix"
    with subprocess.Popen(  # noqa: S603  (the program is the one found on PATH, the file is our own copy)
        command, cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=own_group
    ) as running:
        try:
            running.wait(patience)
        except subprocess.TimeoutExpired:
            if own_group:
                os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
            raise
