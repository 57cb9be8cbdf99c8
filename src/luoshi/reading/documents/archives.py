"""Zip files from outside, opened with limits: docx and ofd are zips, and a zip can be a bomb."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from luoshi.reading.documents.document import refuse

MOST_INFLATED = 200 * 1024 * 1024
"""Bytes all entries together may come to."""
MOST_ENTRIES = 5_000
MOST_RATIO = 200
"""How many times its packed size an entry over a megabyte may come to; Word's own XML stays under 40."""
_STEP = 1 << 16


class Archive:
    """A zip whose entries are inflated under one common limit, whatever their headers declare."""

    def __init__(self, content: bytes) -> None:
        """Open the directory; a broken one is refused."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refuse(
                "压缩包目录已损坏", "docx、ofd 都是压缩包，目录须完整", "请重新下载或从原电脑另存一份"
            ) from error
        if len(self.names) > MOST_ENTRIES:
            raise refuse(
                f"压缩包内有 {len(self.names)} 个文件",
                f"最多 {MOST_ENTRIES} 个",
                "请确认这是一份文档，而不是打包的资料",
            )
        self._left = MOST_INFLATED

    def check(self) -> None:
        """Inflate everything once and keep nothing, so that no parser ever meets a bomb."""
        for name in self.names:
            for _ in self._chunks(name):
                pass
        self._left = MOST_INFLATED

    def read(self, name: str) -> bytes:
        """One entry whole."""
        return b"".join(self._chunks(name))

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise refuse("压缩包设有密码", "加密的文件无法阅读，也不保存", "请取消密码后另存，再重新上传")
        seen = 0
        try:
            with self._zip.open(info) as entry:
                while chunk := entry.read(_STEP):
                    seen += len(chunk)
                    self._left -= len(chunk)
                    swollen = seen > (1 << 20) and seen > MOST_RATIO * max(info.compress_size, 1)
                    if self._left < 0 or swollen:
                        raise refuse(
                            "压缩包展开后异常庞大",
                            f"展开后不超过 {MOST_INFLATED >> 20} MB，且不超过压缩大小的 {MOST_RATIO} 倍",
                            "请用 Word 或 WPS 打开原文件，另存为新的 docx 再上传",
                        )
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise refuse("压缩包内容已损坏", "docx、ofd 的内容须完整", "请重新下载或从原电脑另存一份") from error
