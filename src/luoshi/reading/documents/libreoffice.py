"""Old .doc and .wps to docx and docx to PDF by LibreOffice, where it is installed. The only place that starts a process on a file."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from luoshi.reading.documents.document import Converter
from luoshi.reading.documents.refusals import refuse

PATIENCE = 60
"""Seconds one conversion may take."""


def converter(*, program: str | None = None, patience: float = PATIENCE) -> Converter | None:
    """A converter on this machine, or None when LibreOffice is not there.

    Args:
        program: path of soffice; looked for on PATH when None.
        patience: seconds after which the program and all it started are ended.
    """
    office = _office(program)
    if office is None:
        return None

    def convert(content: bytes, kind: str) -> bytes:
        made = _converted(office, content, kind, "docx:MS Word 2007 XML", patience)
        if made is None:
            raise refuse(
                "旧版文档转换失败",
                f"LibreOffice 须在 {patience:.0f} 秒内转成 docx",
                "请用 WPS 或 Word 打开，另存为 docx，再重新上传",
            )
        return made

    return convert


def printer(*, program: str | None = None, patience: float = PATIENCE) -> Callable[[bytes], bytes] | None:
    """What makes PDF of a docx on this machine, or None when LibreOffice is not there.

    Args:
        program: path of soffice; looked for on PATH when None.
        patience: seconds after which the program and all it started are ended.
    """
    office = _office(program)
    if office is None:
        return None

    def printed(content: bytes) -> bytes:
        made = _converted(office, content, "docx", "pdf", patience)
        if made is None:
            raise refuse(
                "PDF 生成失败",
                f"LibreOffice 须在 {patience:.0f} 秒内转成 PDF",
                "请下载 docx，用 WPS 或 Word 打开后输出 PDF",
            )
        return made

    return printed


def _office(program: str | None) -> str | None:
    return program or shutil.which("soffice") or shutil.which("libreoffice")


def _converted(office: str, content: bytes, kind: str, wanted: str, patience: float) -> bytes | None:
    """One run with a profile of its own, so that an open LibreOffice does not matter and no macro is trusted."""
    with tempfile.TemporaryDirectory(prefix="luoshi-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / f"plan.{kind}", folder / "made"
        source.write_bytes(content)
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", wanted),
            *("--outdir", str(made), str(source)),
        ]
        try:
            _run(command, folder, patience)
            return (made / f"plan.{wanted.partition(':')[0]}").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None


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
