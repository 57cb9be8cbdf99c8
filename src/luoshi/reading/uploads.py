"""A city's folder as it is uploaded: one zip or several files, all looked at before the first byte is written."""

import re
import shutil
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath

from luoshi.reading.city import City, load
from luoshi.reading.documents import LARGEST, Converter, open_document, refuse_marked
from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.old_word import starred
from luoshi.reading.documents.plain import decode
from luoshi.reading.documents.recognition import ZIP
from luoshi.reading.documents.refusals import FILE, MARKED, guarded
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST_FILES = 60
"""Files a city's folder may have; a whole one has about a dozen."""
DOCUMENTS = (".txt", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".ofd")
"""What a plan or minutes may be: opened and read through before they are kept."""
KINDS = (*DOCUMENTS, ".csv", ".xlsx", ".toml", ".md", ".xls", ".et")
"""Suffixes of the files a city's folder may hold."""
_PLAIN = re.compile(r'[^\x00-\x1f\x7f/\\:*?"<>|]{1,100}')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names Windows keeps for itself: a folder with one cannot be copied there."""
_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
"""What macOS, Windows and an open Excel leave in folders without being asked."""
_PACKERS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_SHOWN = 120
"""Characters of a foreign name that a finding repeats."""
_CELL = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")


def load_upload(
    files: Mapping[str, bytes], folder: Path, indicators: Collection[str] = (), *, office: Converter | None = None
) -> City:
    """Write what was uploaded into a new folder and read it as a city; on a refusal nothing is left behind.

    Args:
        files: contents by name: one zip of a folder, or the files of one.
        folder: where it goes; its name becomes the city's key. It must not be there yet, or be empty.
        indicators: keys that are declared, as for `load`.
        office: turns doc and wps into docx; None where no office program is installed.

    Raises:
        RefusedError: with every finding of the names, the documents or the tables at once.
    """
    unpack(files, folder, office=office)
    try:
        return load(folder, indicators)
    except RefusedError:
        shutil.rmtree(folder)
        raise


def unpack(files: Mapping[str, bytes], folder: Path, *, office: Converter | None = None) -> Path:
    """Write the files of an upload into a new folder, flat and under plain names.

    Nothing is written unless every name is plain, every document can be read and no file bears a mark of secrecy.

    Raises:
        RefusedError: with every finding of all the files at once.
    """
    if folder.exists() and any(folder.iterdir()):
        raise RefusedError(Finding(folder.name, "已经有这个文件夹，里面有文件", "上传只写入新文件夹", "请换一个名称"))
    entries = _entries(files)
    findings = [*_misnamed(entries), *_unfit(entries, office)]
    if findings:
        raise RefusedError(*findings)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in entries:
        (folder / name).write_bytes(content)
    return folder


def _entries(files: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Names and contents, a single zip opened, junk left out, one folder around everything taken off."""
    told = [(_last(name), content) for name, content in files.items()]
    if len(told) == 1 and told[0][1].startswith((*ZIP, *_PACKERS)):
        told = _unzipped(*told[0])
    named = [(name, content) for name, content in told if not _JUNK.search(name)]
    if not named:
        raise RefusedError(Finding(FILE, "里面没有文件", "一个市的文件夹须有 city.toml 和要点", "请选对压缩包或文件"))
    outer = {name.partition("/")[0] for name, _ in named}
    if len(outer) == 1 and all("/" in name for name, _ in named):
        named = [(name.partition("/")[2], content) for name, content in named]
    return named


def _last(name: str) -> str:
    """The name of an uploaded file without the folders old browsers send along."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])


def _unzipped(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """The entries of a zip; a file that is a zip only inside (docx, xlsx, ofd) stays what it is."""
    if content.startswith(_PACKERS):
        raise RefusedError(
            Finding(name or FILE, "不是 zip 压缩包", "只打开 zip", "请解压后重新压缩成 zip，或直接选择这些文件")
        )
    try:
        archive = Archive(content)
        if {"[Content_Types].xml", "OFD.xml"} & set(archive.names):
            return [(name, content)]
        return [(printed(one), archive.read(one)) for one in _worth(archive)]
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__


def _worth(archive: Archive) -> Iterator[str]:
    """Entries that are files and not junk, few enough to be a city's folder."""
    wanted = [one for one in archive.names if not one.endswith(("/", "\\")) and not _JUNK.search(printed(one))]
    if len(wanted) > MOST_FILES:
        what, rule = f"有 {len(wanted)} 个文件", f"一个市的文件夹不超过 {MOST_FILES} 个文件"
        raise RefusedError(Finding(FILE, what, rule, "请只压缩这个市的文件夹"))
    yield from wanted


def printed(name: str) -> str:
    """An entry's name as the person saw it: WinRAR and 好压 write GBK without saying so, which zip reads as cp437."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        raw = b""
    for encoding in ("utf-8", "gb18030"):
        if raw and not name.isascii():
            try:
                name, raw = raw.decode(encoding), b""
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _misnamed(entries: list[tuple[str, bytes]]) -> Iterator[Finding]:
    met: set[str] = set()
    for name, _ in entries:
        if problem := _problem(name):
            yield Finding(_shown(name), *problem)
        elif name.lower() in met:
            yield Finding(name, "有两个同名的文件（不分大小写）", "文件名不得重复", "请删去一个，或改名")
        met.add(name.lower())


def _problem(name: str) -> tuple[str, str, str] | None:
    """What is wrong with a name, the rule and the remedy; None when it is plain."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return "路径指向文件夹之外", "只写入这个市自己的文件夹", "请勿使用这个压缩包；请向来源核实后重新压缩"
    if len(parts) > 1:
        return "在下一层文件夹里", "一个市的文件放在同一层，不分子文件夹", "请移到外层，或从压缩包中删去"
    if not _PLAIN.fullmatch(name) or name[0] == "." or name[-1] in ". " or _DEVICES.match(name):
        return "文件名不规范", "文件名用文字、数字和 - _ .，至多 100 个字", "请改名后重新上传"
    if PurePosixPath(name).suffix.lower() not in KINDS:
        return "不是一个市的文件", f"只收 {' '.join(one[1:] for one in KINDS)}", "请从文件夹中删去"
    return None


def _shown(name: str) -> str:
    """A foreign name made fit to be printed."""
    plain = re.sub(r"[\x00-\x1f\x7f]", "�", name)
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "……"


def _unfit(entries: list[tuple[str, bytes]], office: Converter | None) -> Iterator[Finding]:
    """Files that may not be kept: marked, unreadable as a document, too large. A marked file is never named."""
    for name, content in entries:
        if len(content) > LARGEST:
            what, rule = f"有 {len(content) >> 20} MB", f"不超过 {LARGEST >> 20} MB"
            yield Finding(_shown(name), what, rule, "请删去图片和附件后另存")
            continue
        try:
            _look(name, content, office)
        except RefusedError as refusal:
            yield from refusal.findings


def _look(name: str, content: bytes, office: Converter | None) -> None:
    """Read one file through for marks of secrecy, as its kind is read.

    Raises:
        RefusedError: when it is marked, or a document that cannot be read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    refuse_marked([PurePosixPath(name).stem])
    if suffix in DOCUMENTS:
        open_document(content, name, office=office)
    elif content.startswith(ZIP):
        try:
            refuse_marked(cells(content))
        except RefusedError as refusal:
            raise RefusedError(
                *(one if one.where == MARKED else replace(one, where=name) for one in refusal.findings)
            ) from refusal.__cause__
    else:
        refuse_marked([starred(content), _words(content)])


def cells(content: bytes) -> Iterator[str]:
    """The words of a workbook, each cell a text of its own, then all of them together."""
    archive = Archive(content)
    archive.check()
    with guarded("电子表格"):
        parts = [archive.read(one).decode("utf-8", "replace") for one in archive.names if one.endswith(".xml")]
    cells = list(dict.fromkeys(unescape(cell) for part in parts for cell in _CELL.findall(part)))
    yield from (cell for cell in cells if "密" in cell)
    yield "\n".join(cells)


def _words(content: bytes) -> str:
    """A text file's words; "" where the encoding is not to be told, which `load` says with its place."""
    try:
        return decode(content)[0]
    except RefusedError:
        return ""
