"""What a file is, by its content and never by its name."""

import re

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.refusals import READABLE, SAVE_AS, refuse
from luoshi.words.errors import RefusedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_PICTURE = "请用 WPS 或扫描软件识别图中文字并校对，另存为 docx 再上传；最好直接取得 Word 原稿"
_UNPACK = "请先解压，再上传其中的工作要点；一次一份"
_SHEET = "请上传工作要点的文字稿（docx）；旧台账表格不在此处上传"
_SLIDES = "请把要点文字复制到 Word，另存为 docx 再上传"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "图片（png）", _PICTURE),
    (b"\xff\xd8\xff", "图片（jpg）", _PICTURE),
    (b"GIF8", "图片（gif）", _PICTURE),
    (b"II*\x00", "图片（tif）", _PICTURE),
    (b"MM\x00*", "图片（tif）", _PICTURE),
    (b"Rar!\x1a\x07", "RAR 压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _UNPACK),
    (b"\x1f\x8b\x08", "gzip 压缩包", _UNPACK),
    (b"BZh", "bzip2 压缩包", _UNPACK),
    (b"\xfd7zXZ\x00", "xz 压缩包", _UNPACK),
    (b"\x7fELF", "程序", "请勿运行；请确认选对了文件"),
    (b"SQLite format 3\x00", "数据库文件", "请确认选对了文件"),
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|span|article|section|h[1-6]|center|font)\b",
    re.IGNORECASE,
)
_WORD_XML = b'progid="Word.Document"'
_HEAD = 4096


def refuse_other_kinds(content: bytes) -> None:
    """Name what is neither text nor a document, and say what to do."""
    for magic, label, remedy in _OTHERS:
        if content.startswith(magic):
            raise _other(label, remedy)
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        raise _other("图片（bmp）", _PICTURE)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise _other("图片（webp）", _PICTURE)
    if content.startswith(b"MZ") and b"\0" in content[:_HEAD]:
        raise _other("程序", "请勿运行；请确认选对了文件")


def _other(label: str, remedy: str) -> RefusedError:
    return refuse(f"这是{label}，不是文字文件", READABLE, remedy)


def is_pdf(content: bytes) -> bool:
    """The sign stands within the first kilobyte; some mailers put lines before it."""
    at = content[:1024].find(b"%PDF-")
    return not content[:at].strip() or b" obj" in content[:_HEAD] if at >= 0 else False


def rich_text(content: bytes) -> str:
    """Tell rtf, or xml for a document Word 2003 saved as XML, mht for one saved with its pictures; "" for none of them."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"<?xml") and _WORD_XML in head:
        return "xml"
    return "mht" if head.startswith(b"MIME-Version:") and b"multipart/related" in head else ""


def is_page(text: str) -> bool:
    """Markup from the first sign on, or a page whose root comes a little later."""
    head = text[:_HEAD].lstrip("\ufeff")
    return bool(_PAGE.match(head)) or bool(re.search(r"<html[\s>]|<body[\s>]", head, re.IGNORECASE))


def refuse_markup(text: str) -> None:
    """XML that is no page: drawings, data, bombs."""
    if text[:200].lstrip("\ufeff \t\r\n").startswith(("<?xml", "<!DOCTYPE", "<svg")):
        raise _other("XML 数据文件", SAVE_AS)


def kind_of_zip(archive: Archive) -> str:
    """docx, ofd or odt; the other kinds of zip are refused by name."""
    names = set(archive.names)
    if any(name.lower() == "ofd.xml" for name in names):
        return "ofd"
    kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in kinds:
        raise refuse(
            "文档带有宏（docm）",
            "带宏的文档不读",
            "请用 WPS 或 Word 另存为不带宏的 docx，再重新上传；不清楚来源的请勿打开",
        )
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise _other("电子表格（xlsx）", _SHEET)
    if any(name.startswith("ppt/") for name in names):
        raise _other("演示文稿（pptx）", _SLIDES)
    if "mimetype" in names and b"opendocument.text" in archive.read("mimetype"):
        return "odt"
    raise _other("压缩包（zip）", _UNPACK)


def kind_of_ole(streams: set[str]) -> str:
    """Whether it is doc or wps, by the streams inside; the other kinds are refused by name."""
    if {"EncryptedPackage", "EncryptionInfo"} & streams:
        raise refuse(
            "Word 文档设有打开密码",
            "加密的文件无法阅读，也不保存",
            "请用 WPS 或 Word 取消密码后另存，再重新上传；如因涉密而加密，请勿上传",
        )
    if {"Workbook", "Book"} & streams:
        raise _other("旧版电子表格（xls、et）", _SHEET)
    if "PowerPoint Document" in streams:
        raise _other("旧版演示文稿（ppt、dps）", _SLIDES)
    if "WordDocument" not in streams:
        raise _other("旧版办公文件，但里面没有 Word 文档", SAVE_AS)
    return "wps" if any(name.lower().startswith(("wps", "kso", "etcustom")) for name in streams) else "doc"
