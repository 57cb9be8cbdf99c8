"""The door: what a file is by its content, and who reads it."""

import io

import olefile

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.document import Converter, Document, refuse
from luoshi.reading.documents.plain import read_page, read_text_file
from luoshi.reading.documents.portable import read_ofd, read_pdf
from luoshi.reading.documents.secrecy import marks
from luoshi.reading.documents.word import read_word

LARGEST = 50 * 1024 * 1024
"""Bytes a plan may have. The longest published plan known is under one megabyte of text."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"{\\rtf": "RTF 文档",
}
_SAVE_AS = "请用 WPS 或 Word 打开原文件，另存为 docx 再上传"


def open_document(content: bytes, *, office: Converter | None = None) -> Document:
    """The text of a file, by its content and never by its name.

    Args:
        content: the whole file.
        office: turns .doc and .wps into docx; None where LibreOffice is not installed.

    Raises:
        RefusedError: with where, what, rule and remedy, for a file that is empty, too large, encrypted, a scan, broken,
            of another kind, or marked secret. A marked file's text is not part of the refusal.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise refuse("文件是空的" if not content else "文件里只有空白", "须有文字", "请确认选对了文件，再重新上传")
    if len(content) > LARGEST:
        raise refuse(
            f"文件有 {len(content) / (1 << 20):.0f} MB",
            f"不超过 {LARGEST >> 20} MB",
            "请只保留工作要点的文字，另存为 docx 再上传",
        )
    opened = _opened(content, office)
    if not opened.text.strip():
        raise refuse("文件里没有文字", "须有文字", "如果是扫描件，请取得 Word 原稿，或先识别文字再上传")
    found = marks(opened.text)
    if found:
        raise refuse(
            f"文件带有“{'、'.join(found)}”标志",
            "本系统为非涉密系统，涉密和内部资料不读、不存（保守国家秘密法）",
            "请勿上传；如系误标，请由定密责任人更正后再上传",
        )
    return opened


def _opened(content: bytes, office: Converter | None) -> Document:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _from_zip(content)
    if content.startswith(_OLE):
        return _from_ole(content, office)
    if b"%PDF-" in content[:1024]:
        return read_pdf(content)
    for magic, name in _OTHERS.items():
        if content.startswith(magic):
            raise refuse(f"这是{name}", "可读 txt、docx、pdf、html、ofd", _SAVE_AS)
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head:
        return read_page(content)
    if head.startswith(b"<?xml"):
        raise refuse("这是 XML 文件", "可读 txt、docx、pdf、html、ofd", _SAVE_AS)
    return read_text_file(content)


def _from_zip(content: bytes) -> Document:
    archive = Archive(content)
    archive.check()
    names = set(archive.names)
    if "OFD.xml" in names:
        return read_ofd(archive)
    if any(name.startswith("word/") for name in names):
        return read_word(content)
    if any(name.startswith("xl/") for name in names):
        raise refuse("这是电子表格", "工作要点须为文字文件；旧台账请从台账导入页读入", _SAVE_AS)
    if any(name.startswith("ppt/") for name in names):
        raise refuse("这是演示文稿", "可读 txt、docx、pdf、html、ofd", "请把要点文字复制到 Word，另存为 docx 再上传")
    raise refuse("这是压缩包", "一次读一份文件", "请先解压，再上传其中的工作要点")


def _from_ole(content: bytes, office: Converter | None) -> Document:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            streams = {"/".join(path) for path in ole.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, MemoryError) as error:
        raise refuse("旧版文档已损坏", "doc、wps 须能打开", _SAVE_AS) from error
    if {"EncryptedPackage", "EncryptionInfo"} & streams:
        raise refuse("Word 文档设有密码", "加密的文件无法阅读，也不保存", "请取消密码后另存，再重新上传")
    if {"Workbook", "Book"} & streams:
        raise refuse("这是旧版电子表格（xls、et）", "工作要点须为文字文件；旧台账请从台账导入页读入", _SAVE_AS)
    if office is None:
        raise refuse("这是旧版文档（doc 或 wps），本机没有装 LibreOffice", "可读 txt、docx、pdf、html、ofd", _SAVE_AS)
    return _from_zip(office(content))
