"""What a file is, by its first bytes and by looking inside; whatever can act by itself or hide something is refused.

A file is kept for years and opened by many. Programs, macros, scripts, locked files, files inside files and archives are
named and refused; so is what bears a mark of secrecy, as far as its text can be read.
"""

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

import olefile
from PIL import Image

from luoshi.reading.documents import open_document, refuse_marked
from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.old_word import starred
from luoshi.reading.documents.plain import decode
from luoshi.reading.documents.recognition import OLE, ZIP, is_page, is_pdf, rich_text
from luoshi.reading.documents.refusals import FILE, MARKED, encrypted, guarded, refuse
from luoshi.reading.evidence.leaflets import look_into_pdf
from luoshi.reading.uploads import cells
from luoshi.words.errors import RefusedError
from luoshi.words.evidence import Form

MOST_PIXELS = 100_000_000
"""Points a picture may have: A3 scanned at 600 to the inch is 70 million."""
_PRINT = "请打印成 PDF 或另存为 docx、xlsx，再报送"
_UNPACK = "请解压后逐份报送"
_STRANGE = "请勿打开；请向来源核实，另存为 PDF 再报送"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "图片（gif）", "请另存为 jpg 或 png，再报送"),
    (b"II*\x00", "图片（tif）", "请另存为 PDF 或 jpg，再报送"),
    (b"MM\x00*", "图片（tif）", "请另存为 PDF 或 jpg，再报送"),
    (b"BM", "图片（bmp）", "请另存为 jpg 或 png，再报送"),
    (b"Rar!\x1a\x07", "RAR 压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _UNPACK),
    (b"\x1f\x8b\x08", "gzip 压缩包", _UNPACK),
    (b"BZh", "bzip2 压缩包", _UNPACK),
    (b"\xfd7zXZ\x00", "xz 压缩包", _UNPACK),
    (b"MZ", "程序", _STRANGE),
    (b"\x7fELF", "程序", _STRANGE),
    (b"\xca\xfe\xba\xbe", "程序", _STRANGE),
    (b"\xcf\xfa\xed\xfe", "程序", _STRANGE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式", _STRANGE),
    (b"#!", "脚本", _STRANGE),
    (b"SQLite format 3\x00", "数据库文件", "请确认选对了文件"),
)
_ACTING = ".exe .dll .com .scr .bat .cmd .ps1 .vbs .vbe .js .jse .wsf .hta .msi .lnk .jar .sh .html .htm .svg".split()
_PACKED = ".zip .rar .7z .gz .tar .iso .cab".split()
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/")
_HIDING = "\x01Ole10Native"
"""The stream in which an office program keeps a whole foreign file."""


def look(content: bytes, name: str, forms: Mapping[str, Form]) -> Form:
    """What a file is kept as.

    Args:
        content: the whole file.
        name: as the person knows it; said in a refusal and looked at for a mark of secrecy, never believed.
        forms: what is kept, by key.

    Raises:
        RefusedError: with where, what, rule and remedy. A marked file's name and words are not part of it.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    try:
        form = _form(content, forms)
        _refuse_large(content, [form])
        _INSIDE[form.key](content)
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__
    return form


def _form(content: bytes, forms: Mapping[str, Form]) -> Form:
    if not content:
        raise refuse("文件是空的（0 字节）", "材料须有内容", "请打开原文件看看内容是否还在，保存并关闭后重新选择")
    _refuse_large(content, list(forms.values()))
    key = _key(content)
    if key not in forms:
        raise _other(key, _PRINT, forms)
    return forms[key]


def _key(content: bytes) -> str:
    if content.startswith(ZIP):
        return _key_of_zip(content)
    if content.startswith(OLE):
        return _key_of_ole(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    for magic, label, remedy in _OTHERS:
        if content.startswith(magic):
            raise _other(label, remedy)
    return "pdf" if is_pdf(content) else _key_of_text(content)


def _refuse_large(content: bytes, forms: Sequence[Form]) -> None:
    most = max(form.largest for form in forms)
    if len(content) > most:
        size = f"{len(content) / (1 << 20):.1f} MB"
        label = forms[0].label if len(forms) == 1 else "材料"
        raise refuse(f"文件有 {size}", f"{label}不超过 {most >> 20} MB", "请压缩图片、只留有关的页，再报送")


def _other(label: str, remedy: str, forms: Mapping[str, Form] | None = None) -> RefusedError:
    kept = "、".join(form.label for form in forms.values()) if forms else "PDF、OFD、图片、文字文档、电子表格和文本"
    return refuse(f"这是{label}", f"佐证材料只收{kept}", remedy)


def _key_of_zip(content: bytes) -> str:
    archive = Archive(content)
    names = [name.lower().replace("\\", "/") for name in archive.names]
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" not in names:
        raise _other("压缩包（zip）", _UNPACK)
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise _other("演示文稿或其他办公文件", "请打印成 PDF，再报送")


def _key_of_ole(content: bytes) -> str:
    with guarded("旧版文档"), olefile.OleFileIO(io.BytesIO(content)) as ole:
        streams = {part.lower() for path in ole.listdir() for part in path}
    if {"encryptedpackage", "encryptioninfo"} & streams:
        raise encrypted("文档")
    if {"vba", "_vba_project_cur", "macros", "_vba_project"} & streams:
        raise _macros("文档带有宏")
    if {"workbook", "book"} & streams:
        return "xls"
    if "worddocument" in streams:
        return "doc"
    raise _other("旧版办公文件，但不是文字文档或电子表格", "请打印成 PDF，再报送")


def _macros(what: str) -> RefusedError:
    return refuse(
        what, "带宏、控件或脚本的文件打开时会自己运行，不收", "请另存为不带宏的 docx、xlsx，或打印成 PDF，再报送"
    )


def _key_of_text(content: bytes) -> str:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other("认不出的文件", _PRINT)
    if rich_text(content):
        raise _other("富文本或网页存档（rtf、mht、xml）", _PRINT)
    try:
        text = decode(content)[0]
    except RefusedError:
        raise _other("认不出的文件", _PRINT) from None
    head = text[:4096].lower()
    if is_page(text) or any(sign in head for sign in ("<svg", "<script", "<!doctype", "<?xml", "<html")):
        raise _other("网页、图形或 XML 文件", _PRINT)
    return "txt"


def _into_office(content: bytes) -> None:
    """A zip of an office program: nothing in it may run, nothing may be packed in it, no foreign file may hide in it."""
    archive = Archive(content)
    archive.check()
    names = [name.lower().replace("\\", "/") for name in archive.names]
    types = next((one for one in archive.names if one.lower() == "[content_types].xml"), "")
    if any(sign in name for name in names for sign in _MACROS) or (types and b"macroEnabled" in archive.read(types)):
        raise _macros("文档带有宏或控件")
    hidden = next((name for name in names if name.endswith((*_ACTING, *_PACKED))), "") or _hiding(archive)
    if hidden:
        what = f"文档里夹有别的文件（{PurePath(hidden).name[:40]}）"
        raise refuse(what, "材料里不得夹带程序、网页和压缩包", "请删去夹带的文件，另存后再报送")


def _hiding(archive: Archive) -> str:
    """Name of an embedded object that is a whole foreign file; "" for none. Formulas and charts are objects too, and stay."""
    for name in archive.names:
        if not name.lower().endswith(".bin"):
            continue
        content = archive.read(name)
        if content.startswith(OLE):
            with guarded("文档中的对象"), olefile.OleFileIO(io.BytesIO(content)) as ole:
                if any(_HIDING in path for path in ole.listdir()):
                    return name
    return ""


def _into_document(content: bytes) -> None:
    _into_office(content)
    _refuse_marked_words(content)


def _into_text(content: bytes) -> None:
    _refuse_marked_words(content)


def _refuse_marked_words(content: bytes) -> None:
    """Refused for a mark only: a paper without words, or one that the plan reader would not read, may still be evidence."""
    try:
        open_document(content)
    except RefusedError as refusal:
        if any(one.where == MARKED for one in refusal.findings):
            raise


def _into_workbook(content: bytes) -> None:
    _into_office(content)
    refuse_marked(cells(content))


def _into_old(content: bytes) -> None:
    refuse_marked([starred(content)])


def _into_picture(content: bytes) -> None:
    """Its head has to be a picture's, its size what can be shown; a body that is cut short is kept, without a small picture."""
    _refuse_appended(content)
    with warnings.catch_warnings(), guarded("图片"):
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            width, height = opened.size
    if width * height > MOST_PIXELS:
        what = f"图片有 {width}×{height} 点"
        raise refuse(what, f"不超过 {MOST_PIXELS // 1_000_000} 百万点", "请缩小分辨率（A4 用 200—300 dpi），再报送")


def _into_pdf(content: bytes) -> None:
    _refuse_appended(content)
    refuse_marked(look_into_pdf(content))


def _refuse_appended(content: bytes) -> None:
    """A picture or a pdf with an archive behind it is two files in one."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refuse("文件末尾附有压缩包", "一份材料只是一份文件", _STRANGE)


_INSIDE: Mapping[str, Callable[[bytes], None]] = {
    "pdf": _into_pdf,
    "png": _into_picture,
    "jpeg": _into_picture,
    "ofd": _into_document,
    "docx": _into_document,
    "xlsx": _into_workbook,
    "doc": _into_old,
    "xls": _into_old,
    "txt": _into_text,
}
