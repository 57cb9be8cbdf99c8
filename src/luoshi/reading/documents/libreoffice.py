"""Old .doc and .wps by LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from luoshi.reading.documents.document import Converter, refuse

PATIENCE = 60
"""Seconds one conversion may take."""


def converter() -> Converter | None:
    """A converter on this machine, or None when LibreOffice is not there."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None

    def convert(content: bytes) -> bytes:
        with tempfile.TemporaryDirectory(prefix="luoshi-") as folder:
            return _converted(office, content, Path(folder))

    return convert


def _converted(office: str, content: bytes, folder: Path) -> bytes:
    """One run with a profile of its own, so that an open LibreOffice does not matter."""
    source = folder / "plan.doc"
    source.write_bytes(content)
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    try:
        subprocess.run(  # noqa: S603  (the program is the one found on PATH, the file is our own copy)
            [*command, "--outdir", str(folder), str(source)], capture_output=True, timeout=PATIENCE, check=True
        )
        return (folder / "plan.docx").read_bytes()
    except (subprocess.SubprocessError, OSError) as error:
        raise refuse(
            "旧版文档转换失败",
            f"LibreOffice 须在 {PATIENCE} 秒内转成 docx",
            "请用 WPS 或 Word 打开，另存为 docx 再上传",
        ) from error
