"""Zip files from outside, opened with limits: docx and ofd are zips, and a zip can be a bomb."""

import io
import zipfile
from collections.abc import Iterator

from luoshi.reading.documents.refusals import broken, encrypted, guarded, overgrown, refuse

MOST_INFLATED = 200 * 1024 * 1024
"""Bytes all entries together may come to."""
MOST_XML = 32 * 1024 * 1024
"""Bytes one part that a parser will see may come to; a plan of 300 pages has five."""
MOST_ENTRIES = 5_000
MOST_RATIO = 200
"""How many times its packed size an entry over a megabyte may come to; Word's own XML stays under 40."""
_STEP = 1 << 16
_OVERLAP = 16
_MIXED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """A zip whose entries are inflated under one common limit, whatever their headers declare. Zips inside stay shut."""

    def __init__(self, content: bytes) -> None:
        """Open the directory; one that is broken, locked, too long or declares too much is refused."""
        with guarded("压缩包目录"):
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        listed = self._zip.infolist()
        self.names = [entry.filename for entry in listed]
        if len(listed) > MOST_ENTRIES:
            raise refuse(
                f"压缩包内有 {len(listed)} 个文件", f"最多 {MOST_ENTRIES} 个", "请确认这是一份文档，而不是打包的资料"
            )
        if any(entry.flag_bits & 1 for entry in listed):
            raise encrypted("压缩包")
        if any(entry.compress_type not in _MIXED for entry in listed):
            raise broken("压缩包")
        if sum(entry.file_size for entry in listed) > MOST_INFLATED:
            raise _bomb()
        self._left = MOST_INFLATED

    def check(self, most_xml: int = MOST_XML) -> None:
        """Inflate everything once and keep nothing, so that no parser ever meets a bomb of zip or of entities.

        Args:
            most_xml: bytes one part may come to; a parser that never holds a part whole can be given more.
        """
        for name in dict.fromkeys(self.names):
            spoken = name.lower().endswith((".xml", ".rels", ".vml"))
            seen, tail = 0, b""
            for chunk in self.chunks(name):
                if not spoken:
                    continue
                seen += len(chunk)
                plain = tail + chunk.replace(b"\0", b"")
                if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                    raise refuse(
                        "文档内含有自定义的 XML 实体",
                        "Word、OFD 文档不应含有实体声明，含有的可能是恶意文件",
                        "请勿打开；请向发件人核实，并用 WPS 或 Word 另存为新的 docx 再上传",
                    )
                if seen > most_xml:
                    raise _bomb()
                tail = plain[-_OVERLAP:]
        self._left = MOST_INFLATED

    def read(self, name: str) -> bytes:
        """One entry whole."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """One entry piece by piece, 64 KB at most each, under the common limit."""
        seen = 0
        with guarded("压缩包内容"):
            packed = max(self._zip.getinfo(name).compress_size, 1)
            with self._zip.open(name) as entry:
                while chunk := entry.read(_STEP):
                    seen += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or (seen > (1 << 20) and seen > MOST_RATIO * packed):
                        raise _bomb()
                    yield chunk


def _bomb() -> Exception:
    return overgrown("压缩包", f"展开后不超过 {MOST_INFLATED >> 20} MB，且不超过压缩大小的 {MOST_RATIO} 倍")
