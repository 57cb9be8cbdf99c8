"""Every file a bureau has reads to the same plan, or is refused with what to do."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest

from luoshi.reading import read, read_text
from luoshi.reading.documents import LARGEST, marks, open_document
from luoshi.words.errors import RefusedError
from tests import files

PLAN = (Path(__file__).resolve().parents[2] / "cities" / "luoyang" / "plan.txt").read_text("utf-8")


def _said(content: bytes) -> str:
    with pytest.raises(RefusedError) as refusal:
        open_document(content)
    (finding,) = refusal.value.findings
    assert all((finding.where, finding.what, finding.rule, finding.remedy))
    return str(finding)


def test_a_text_file_reads_without_losing_a_character() -> None:
    opened = open_document(PLAN.encode())
    assert opened.text == PLAN
    assert "\n".join(paragraph.text for paragraph in opened.paragraphs) == PLAN
    assert all(PLAN[one.start : one.end] == one.text for one in opened.paragraphs)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encodings_of_chinese_offices_are_told_apart(encoding: str) -> None:
    assert open_document(PLAN.encode(encoding)).text == PLAN


def test_word_reads_to_the_same_text() -> None:
    opened = open_document(files.word(PLAN))
    assert (opened.format, opened.text) == ("docx", PLAN)


@pytest.mark.parametrize(("made", "form"), [(files.portable, "pdf"), (files.ofd, "ofd"), (files.web_page, "html")])
def test_pages_read_to_the_same_points_and_targets(made, form) -> None:
    opened = open_document(made(PLAN))
    assert opened.format == form
    wanted, found = read_text(PLAN), read_text(opened.text)
    assert [point.number for point in found.points] == [str(number) for number in range(1, 33)]
    told = [[(t.value, t.unit) for c in plan.commitments for t in c.targets] for plan in (wanted, found)]
    assert told[0] == told[1]


def test_a_page_saved_as_gbk_keeps_its_characters_and_loses_its_furniture() -> None:
    opened = open_document(files.web_page("某市教育局2021年工作要点\n1.新建学校3所。", "gbk"))
    assert opened.text == "某市教育局2021年工作要点\n1.新建学校3所。"


def test_numbers_that_word_draws_by_itself_are_in_the_text() -> None:
    made = docx.Document()
    made.add_paragraph("某市教育局2021年工作要点")
    for words in ("新建学校3所。", "培训教师200名。"):
        made.add_paragraph(words, style="List Number")
    kept = io.BytesIO()
    made.save(kept)
    assert open_document(kept.getvalue()).text.split("\n")[1:] == ["1.新建学校3所。", "2.培训教师200名。"]


def test_a_table_reads_row_by_row_between_the_paragraphs_around_it() -> None:
    made = docx.Document()
    made.add_paragraph("前")
    table = made.add_table(2, 2)
    for row, words in enumerate([("指标", "目标值"), ("毛入学率", "93%")]):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    made.add_paragraph("后")
    kept = io.BytesIO()
    made.save(kept)
    assert open_document(kept.getvalue()).text == "前\n指标 | 目标值\n毛入学率 | 93%\n后"


def test_an_empty_file_is_refused() -> None:
    assert "空" in _said(b"")
    assert "空白" in _said(b" \n\t ")


def test_an_encrypted_pdf_is_refused_with_what_to_do() -> None:
    assert "取消密码" in _said(files.portable("内容", password="secret"))


def test_a_scan_without_text_is_refused_with_what_to_do() -> None:
    assert "扫描件" in _said(files.portable("", numbered=False))


def test_a_pdf_cut_short_is_refused() -> None:
    assert _said(files.portable(PLAN)[:500])


def test_an_encrypted_word_file_is_refused() -> None:
    assert "密码" in _said(files.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))
    assert "密码" in _said(files.compound({"WordDocument": b"\xec\xa5".ljust(10, b"\0") + b"\0\x01"}))


def test_a_broken_old_document_is_refused() -> None:
    assert "旧版文档已损坏" in _said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


def test_a_zip_bomb_is_refused_quickly() -> None:
    bomb = files.packed({"word/document.xml": b"0" * (300 << 20)})
    begun = time.perf_counter()
    assert "异常庞大" in _said(bomb)
    assert time.perf_counter() - begun < 2


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    honest = files.packed({"word/document.xml": b"<a/>" * 1000})
    assert _said(honest[:200] + b"\x00" * 50 + honest[250:])


def test_an_entity_bomb_in_a_word_file_is_refused_or_harmless() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
        + b"]><z>&m;</z>"
    )
    begun = time.perf_counter()
    assert _said(files.packed({"word/document.xml": bomb, "[Content_Types].xml": b"<Types/>"}))
    assert time.perf_counter() - begun < 5


def test_two_hundred_megabytes_are_refused_without_being_read() -> None:
    begun = time.perf_counter()
    assert str(LARGEST >> 20) in _said(b"a" * (200 << 20))
    assert time.perf_counter() - begun < 2


def test_mojibake_is_refused_with_what_to_do() -> None:
    assert "UTF-8" in _said(bytes(range(128, 256)) * 40 + b"\x00\x01\x02" * 90)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50 + b"x", "图片"),
        (b"Rar!\x1a\x07\x00x", "RAR"),
        (b"{\\rtf1 x}", "RTF"),
        (files.packed({"xl/workbook.xml": b"<a/>"}), "电子表格"),
        (files.packed({"ppt/presentation.xml": b"<a/>"}), "演示文稿"),
        (files.packed({"要点.txt": b"a"}), "压缩包"),
    ],
)
def test_other_kinds_of_files_are_named_and_refused(content: bytes, name: str) -> None:
    assert name in _said(content)


@pytest.mark.parametrize(
    "mark", ["秘密★1年", "机密★", "绝密★长期", "秘 密 ★ 6个月", "内部资料 注意保存", "【内部资料】", "机密"]
)
def test_a_marked_file_is_refused_and_its_words_are_not_repeated(mark: str) -> None:
    said = _said(f"{mark}\n某市教育局工作要点\n1.新建学校3所。".encode())
    assert "不存" in said
    assert "新建学校" not in said


@pytest.mark.parametrize(
    "words", ["加强保守国家秘密教育。", "保护商业秘密。", "机密性要求", "不得泄露工作秘密和个人隐私。", PLAN]
)
def test_the_mere_words_are_no_mark(words: str) -> None:
    assert marks(words) == ()


def test_an_old_document_asks_for_docx_where_no_converter_is() -> None:
    assert "另存为 docx" in _said(files.compound({"WordDocument": b"\xec\xa5"}))


def test_an_old_document_reads_through_a_converter() -> None:
    opened = open_document(
        files.compound({"WordDocument": b"\xec\xa5"}), office=lambda content, kind: files.word("1.新建学校3所。")
    )
    assert opened.text == "1.新建学校3所。"


def test_reading_a_file_needs_no_name() -> None:
    assert len(read(files.word(PLAN)).points) == 32


def test_a_broken_zip_is_refused() -> None:
    content = files.word(PLAN)
    assert _said(content[: len(content) // 2])
    assert zipfile.is_zipfile(io.BytesIO(content))
