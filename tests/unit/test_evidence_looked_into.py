"""What is kept as evidence is known by looking inside; what may act, hide something or bears a mark of secrecy is refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from luoshi.declared import FORMS
from luoshi.reading.evidence import look, thumbnail
from luoshi.words.errors import RefusedError

KEPT = {form.key: form for form in FORMS}


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = (400, 200), exif: Image.Exif | None = None) -> bytes:
    with_it = {"exif": exif} if exif else {}
    return saved(lambda made: Image.new("RGB", size, "navy").save(made, form, **with_it))


def pdf(words: str = "Notice 8") -> bytes:
    def draw(made: io.BytesIO) -> None:
        canvas = Canvas(made)
        canvas.drawString(72, 700, words)
        canvas.showPage()
        canvas.save()

    return saved(draw)


def word(words: str = "星教〔2021〕8号（虚构）") -> bytes:
    document = Document()
    document.add_paragraph(words)
    return saved(document.save)


def sheet(words: str = "名单") -> bytes:
    book = Workbook()
    book.active["A1"] = words
    return saved(book.save)


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, member)
    return made.getvalue()


def rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    change(writer)
    return saved(writer.write)


def _acting(writer: PdfWriter) -> None:
    run = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = run


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (picture(), "png"),
        (picture("JPEG"), "jpeg"),
        (pdf(), "pdf"),
        (word(), "docx"),
        (sheet(), "xlsx"),
        ("本期无新进展".encode("gb18030"), "txt"),
    ],
)
def test_a_file_is_what_is_inside_whatever_its_name_says(content: bytes, key: str) -> None:
    assert look(content, "材料.exe", KEPT).key == key


@pytest.mark.parametrize(
    ("content", "saying"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00" + b"\0" * 100, "这是程序"),
        (b"\x7fELF" + b"\0" * 100, "这是程序"),
        (b"#!/bin/sh\nrm -rf .\n", "这是脚本"),
        (b"Rar!\x1a\x07\x01", "RAR 压缩包"),
        (with_member(b"", "a.txt", b"a"), "压缩包（zip）"),
        (b"<!doctype html><script>alert(1)</script>", "网页、图形或 XML"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "网页、图形或 XML"),
        (b"{\\rtf1 }", "富文本"),
        (bytes(range(256)) * 8, "认不出的文件"),
        (with_member(word(), "word/vbaProject.bin", b"x"), "带有宏或控件"),
        (with_member(sheet(), "xl/activeX/activeX1.xml", b"<x/>"), "带有宏或控件"),
        (with_member(word(), "word/embeddings/a.exe", b"MZ"), "夹有别的文件（a.exe）"),
        (with_member(word(), "word/embeddings/b.zip", b"PK"), "夹有别的文件（b.zip）"),
        (picture()[:20], "图片已损坏"),
        (picture(size=(20_000, 6_000)), "20000×6000"),
        (with_member(picture(), "a.txt", b"a"), "文件末尾附有压缩包"),
        (pdf()[:200], "PDF已损坏"),
        (rewritten(_acting), "自己运行脚本"),
        (rewritten(lambda w: w.add_attachment("a.txt", b"a")), "PDF 里夹有附件"),
        (rewritten(lambda w: w.encrypt("secret")), "设有密码"),
        (b"a" * (31 << 20), "不超过 30 MB"),
        (b"a" * (2 << 20), "不超过 1 MB"),
    ],
)
def test_what_may_act_or_hide_something_is_named_and_refused(content: bytes, saying: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        look(content, "材料.pdf", KEPT)
    assert saying in str(refusal.value)
    assert str(refusal.value).startswith("材料.pdf：")


@pytest.mark.parametrize(
    "content",
    [word("秘密★1年"), sheet("机密★长期"), "内部资料　注意保存\n一、".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_a_marked_file_is_refused_and_nothing_of_it_repeated(content: bytes) -> None:
    with pytest.raises(RefusedError) as refusal:
        look(content, "不可说的名称.docx", KEPT)
    if not content.startswith(b"\xd0\xcf"):
        assert "不可说的名称" not in str(refusal.value)
        assert "非涉密系统" in str(refusal.value)


def test_a_marked_name_is_refused_before_the_file_is_looked_at() -> None:
    with pytest.raises(RefusedError, match="非涉密系统"):
        look(pdf(), "秘密★1年.pdf", KEPT)


def test_a_small_picture_is_turned_upright_and_carries_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    made = thumbnail(picture("JPEG", (800, 400), exif))
    assert made is not None
    with Image.open(io.BytesIO(made)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (180, 360))
        assert not seen.getexif()
    first = thumbnail(pdf())
    assert first is not None
    with Image.open(io.BytesIO(first)) as seen:
        assert max(seen.size) in {360, 361}


def test_a_broken_picture_has_no_small_one() -> None:
    noise = Image.effect_noise((400, 400), 90)
    whole = saved(lambda made: noise.save(made, "PNG"))
    assert look(whole[:-4000], "断.png", KEPT).key == "png"
    assert thumbnail(whole[:-4000]) is None
    assert thumbnail(b"%PDF-1.4 nothing") is None
    assert thumbnail(b"words") is None
