"""§18 of the domain: the layout of GB/T 9704—2012, measured in the Word file."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from luoshi.reporting.composing import red_bulletin, serial_bulletin
from luoshi.reporting.official import (
    Attachment,
    Block,
    Figure,
    LetterHead,
    OfficialDocument,
    RedHead,
    as_text,
    as_word,
    as_workbook,
    bookmarks_of,
    bound,
    figures_of,
    normal_number,
    official_day,
    on_even_page,
    settled,
    with_words,
    words_of,
)
from luoshi.reporting.official.bodies import edges
from luoshi.reporting.official.heads import mark_size
from luoshi.reporting.official.numbers import level_marks
from luoshi.reporting.official.sizes import breadth
from luoshi.reporting.official.titles import lines_of
from luoshi.words.errors import RefusedError
from tests.progress import month

DAY = date(2021, 9, 7)
LETTERS = OfficialDocument(
    "关于报送义务教育大班额情况的通知",
    DAY,
    RedHead("星州市教育局文件", "星教督"),
    to="各县（市、区）教育局",
    blocks=(
        Block("a", ("请报送有关情况。",)),
        Block("b", ("总体情况",), 1),
        Block("c", ("学前教育",), 2),
        Block("d", ("一件事",), 3),
        Block("e", ("又一件事",), 4),
    ),
    attachments=(Attachment("义务教育大班额情况统计表", (Block("t", ("表",)),)),),
    signer="星州市教育局",
    cc=("市政府办公室", "市委编办"),
    printer="星州市教育局办公室",
)


def opened(document: OfficialDocument, *, draft: bool = True) -> docx.document.Document:
    return docx.Document(io.BytesIO(as_word(document, draft=draft)))


def paragraph(made: docx.document.Document, words: str) -> etree._Element:
    return next(one._p for one in made.paragraphs if words in one.text)


def typeface(element: etree._Element) -> tuple[str, float]:
    run = element.find(qn("w:r"))
    return run.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")), int(
        run.find(f".//{qn('w:sz')}").get(qn("w:val"))
    ) / 2


def twips(element: etree._Element, tag: str, name: str) -> int:
    return int(element.find(f".//{qn(f'w:{tag}')}").get(qn(f"w:{name}"), "0"))


@pytest.mark.parametrize(
    "typed", ["洛教督[2020]007 号", "洛教督〔2020〕7号", "洛教督（2020）第7号", "洛教督【２０２０】７ 号"]
)
def test_tv_18a_a_number_is_brought_to_its_normal_form(typed: str) -> None:
    assert normal_number(typed) == "洛教督〔2020〕7号"


@pytest.mark.parametrize("typed", ["", "洛教督2020-7", "洛教督〔2020〕0号", "〔2020〕7号", "洛教督〔20〕7号"])
def test_what_is_no_number_is_refused_in_four_parts(typed: str) -> None:
    with pytest.raises(RefusedError) as refused:
        normal_number(typed)
    finding = refused.value.findings[0]
    assert finding.where == "发文字号"
    assert "9704" in finding.rule
    assert finding.remedy


def test_tv_18b_the_page_has_the_measures_of_the_standard() -> None:
    made = opened(LETTERS)
    for section in made.sections:
        size, edge, grid = (section._sectPr.find(qn(f"w:{tag}")) for tag in ("pgSz", "pgMar", "docGrid"))
        assert (size.get(qn("w:w")), size.get(qn("w:h"))) == ("11906", "16838")
        assert [int(edge.get(qn(f"w:{side}"))) for side in ("top", "right", "bottom", "left")] == [
            2098,
            1474,
            1984,
            1587,
        ]
        assert grid.get(qn("w:type")) == "linesAndChars"
        assert abs(int(grid.get(qn("w:linePitch"))) - 580) <= 2
        assert 28 * (16 + int(grid.get(qn("w:charSpace"))) / 4096) <= (11906 - 1474 - 1587) / 20
    body = paragraph(made, "请报送有关情况")
    assert typeface(body) == ("仿宋_GB2312", 16)
    spacing = body.find(f".//{qn('w:spacing')}")
    assert spacing.get(qn("w:lineRule")) == "exact"
    assert 28 * 20 <= int(spacing.get(qn("w:line"))) <= 29 * 20
    assert 22 * int(spacing.get(qn("w:line"))) <= 16838 - 2098 - 1984


def test_tv_18c_one_attachment_has_no_number_and_no_full_stop() -> None:
    said = [one.text for one in opened(LETTERS).paragraphs]
    assert "附件：义务教育大班额情况统计表" in said
    assert "附件" in said
    two = replace(LETTERS, attachments=(*LETTERS.attachments, Attachment("名单", ())))
    said = [one.text for one in opened(two).paragraphs]
    assert "附件：1.义务教育大班额情况统计表" in said
    assert "2.名单" in said
    assert {"附件1", "附件2"} <= set(said)


def test_tv_18d_the_page_number_stands_at_the_outer_edge() -> None:
    made = opened(LETTERS)
    assert made.settings.odd_and_even_pages_header_footer
    odd, even = (foot.paragraphs[0]._p for foot in (made.sections[0].footer, made.sections[0].even_page_footer))
    assert (odd.find(f".//{qn('w:jc')}").get(qn("w:val")), twips(odd, "ind", "right")) == ("right", 280)
    assert (even.find(f".//{qn('w:jc')}").get(qn("w:val")), twips(even, "ind", "left")) == ("left", 280)
    assert typeface(odd) == ("宋体", 14)
    assert "".join(text.text for text in odd.iter(qn("w:t"))) == "— 1 —"
    assert "".join(text.text for text in odd.iter(qn("w:instrText"))).strip() == "PAGE"


def test_each_part_has_its_typeface_and_its_mark() -> None:
    made = opened(LETTERS)
    assert typeface(paragraph(made, "星州市教育局文件"))[0] == "方正小标宋简体"
    assert "FF0000" in etree.tostring(paragraph(made, "星州市教育局文件")).decode()
    assert typeface(paragraph(made, "关于报送")) == ("方正小标宋简体", 22)
    assert typeface(paragraph(made, "一、总体情况")) == ("黑体", 16)
    assert typeface(paragraph(made, "（一）学前教育")) == ("楷体_GB2312", 16)
    assert typeface(paragraph(made, "1.一件事")) == ("仿宋_GB2312", 16)
    assert typeface(paragraph(made, "（1）又一件事")) == ("仿宋_GB2312", 16)
    assert typeface(paragraph(made, "抄送：市政府办公室，市委编办。")) == ("仿宋_GB2312", 14)
    assert paragraph(made, "2021年9月7日印发") is not None
    assert twips(paragraph(made, "各县（市、区）教育局："), "ind", "firstLine") == 0
    assert abs(twips(paragraph(made, "请报送"), "ind", "firstLine") - 2 * 316) <= 2


def test_marks_of_levels_start_anew_under_a_higher_one() -> None:
    assert level_marks([1, 2, 3, 3, 0, 2, 3, 1, 3, 4]) == "一、|（一）|1.|2.||（二）|1.|二、|1.|（1）".split("|")
    assert level_marks([1] * 21)[9::10] == ["十、", "二十、"]


def test_a_mark_is_as_large_as_one_line_allows() -> None:
    assert 48 <= mark_size("洛阳市教育局文件") / 2 <= 52
    assert mark_size("中共星州市委教育工作领导小组办公室文件") / 2 * 19 <= 442


def test_an_upward_document_names_who_signs() -> None:
    made = opened(replace(LETTERS, issuer="甲局长", doc_no="星教〔2021〕9号"), draft=False)
    line = paragraph(made, "签发人：")
    assert [text.text for text in line.iter(qn("w:t"))] == ["星教〔2021〕9号", "签发人：", "甲局长"]
    assert line.findall(f".//{qn('w:rFonts')}")[-1].get(qn("w:eastAsia")) == "楷体_GB2312"


def test_a_draft_leaves_room_for_the_number_and_a_final_text_needs_it() -> None:
    said = [one.text for one in opened(LETTERS).paragraphs]
    assert "星教督〔2021〕  号" in said
    assert "（送审稿）" in said
    with pytest.raises(RefusedError, match="发文字号"):
        as_word(LETTERS, draft=False)
    final = [one.text for one in opened(replace(LETTERS, doc_no="星教督〔2021〕7号"), draft=False).paragraphs]
    assert "星教督〔2021〕7号" in final
    assert "（送审稿）" not in final


def test_name_and_day_stand_where_seal_or_no_seal_puts_them() -> None:
    assert edges(6, 6, seal=True) == (4, 4)
    assert edges(10, 6, seal=True) == (2, 4)
    assert edges(10, 6, seal=False) == (2, 4)
    name, day = edges(6, 6, seal=False)
    assert day == 2
    assert name + 6 == day + 6 + 2, "the day begins two characters behind the name"
    assert official_day(date(2020, 1, 31)) == "2020年1月31日"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于10月份重点工作推进情况的通报", 1),
        ("关于2021年第三季度全市教育重点工作推进情况的通报", 2),
        ("关于印发《星州市义务教育大班额化解工作方案》和进一步做好学位建设有关工作的通知", 3),
    ],
)
def test_a_title_is_broken_at_words_and_never_as_a_block(title: str, lines: int) -> None:
    told = lines_of(title)
    assert len(told) == lines
    assert "".join(told) == title
    assert all(not line.startswith(("的", "和", "》")) for line in told)
    if lines > 1:
        assert len({breadth(line) for line in told}) > 1
    assert not any(line.endswith(("教", "重", "推", "大班")) for line in told)


def test_a_table_across_turns_the_margins_and_the_page_number_with_the_sheet() -> None:
    made = opened(serial_bulletin(month(), issue=10))
    across = made.sections[1]
    size, edge = across._sectPr.find(qn("w:pgSz")), across._sectPr.find(qn("w:pgMar"))
    assert (size.get(qn("w:orient")), size.get(qn("w:w"))) == ("landscape", "16838")
    assert [int(edge.get(qn(f"w:{side}"))) for side in ("top", "right", "bottom", "left")] == [1587, 2098, 1474, 1984]
    foot = etree.tostring(across.footer._element).decode()
    assert "layout-flow:vertical" in foot
    table = made.tables[0]._tbl
    assert len(table.findall(f".//{qn('w:tblHeader')}")) == 1
    rows = table.findall(qn("w:tr"))
    assert len(table.findall(f".//{qn('w:cantSplit')}")) == len(rows)
    assert sum(int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))) == 16838 - 2098 - 1984


def test_a_letter_has_its_double_lines_on_the_first_page() -> None:
    made = opened(replace(LETTERS, head=LetterHead("星州市教育局", "星教函"), attachments=()))
    first = made.sections[0]
    assert first.different_first_page_header_footer
    assert "thickThinSmallGap" in etree.tostring(first.first_page_header._element).decode()
    assert "thinThickSmallGap" in etree.tostring(first.first_page_footer._element).decode()
    assert paragraph(made, "星教函〔2021〕  号").find(f".//{qn('w:jc')}").get(qn("w:val")) == "right"


def test_the_record_goes_to_the_back_of_the_last_sheet() -> None:
    turned = opened(on_even_page(replace(LETTERS, attachments=()), 3))
    last = turned.sections[-1]._sectPr
    assert last.find(qn("w:type")).get(qn("w:val")) == "evenPage"
    assert "PAGE" not in etree.tostring(turned.sections[-1].footer._element).decode()
    assert len(opened(on_even_page(replace(LETTERS, attachments=()), 4)).sections) == 1


def test_made_up_figures_say_so_on_every_page() -> None:
    made = opened(serial_bulletin(month(), issue=10))
    for section in made.sections:
        for head in (section.header, section.even_page_header):
            assert "演示数据（虚构）" in "".join(one.text for one in head.paragraphs)
    assert as_text(serial_bulletin(month(), issue=10)).startswith("演示数据（虚构）")


def test_every_figure_comes_back_with_its_key_and_its_words() -> None:
    document = red_bulletin(month(), code="星教督")
    told = bound(as_word(document, draft=True))
    figures = list(figures_of(document))
    assert len(figures) > 60
    assert list(told.values()) == [(one.key, one.words) for one in figures]
    assert {name: key for name, (key, _) in told.items()} == dict(bookmarks_of(document))
    for name in told:
        assert name.startswith("_")
        assert len(name) <= 40
        assert name.isascii()


@settings(deadline=None, max_examples=20)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=6))
def test_any_key_comes_back(keys: list[str]) -> None:
    clean = [key.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for key in keys]
    keys = ["".join(letter for letter in key if letter.isprintable()) or "k" for key in clean]
    document = OfficialDocument(
        "标题", DAY, blocks=tuple(Block(str(at), (Figure("1", key),)) for at, key in enumerate(keys))
    )
    assert [key for key, _ in bound(as_word(document, draft=False)).values()] == keys


def test_a_settled_text_has_no_bookmark_no_key_and_the_same_words() -> None:
    draft = as_word(serial_bulletin(month(), issue=10), draft=True)
    final = settled(draft)
    assert bound(final) == {}
    texts = [[one.text for one in docx.Document(io.BytesIO(content)).paragraphs] for content in (draft, final)]
    assert texts[0] == texts[1]
    with zipfile.ZipFile(io.BytesIO(final)) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            assert b"bookmarkStart" not in content, name
            assert b"_L1_" not in content, name
            assert b"share:" not in content, name


def test_a_number_changed_in_word_is_read_as_it_now_stands() -> None:
    draft = as_word(
        OfficialDocument("标题", DAY, blocks=(Block("a", ("为", Figure("2.75%", "large"), "。")),)), draft=True
    )
    made = docx.Document(io.BytesIO(draft))
    for text in made.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace("2.75%", "2.8%")
    kept = io.BytesIO()
    made.save(kept)
    assert list(bound(kept.getvalue()).values()) == [("large", "2.8%")]


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04", as_workbook(serial_bulletin(month(), issue=1))):
        for asked in (bound, settled):
            with pytest.raises(RefusedError, match="docx"):
                asked(content)


def test_edited_words_keep_the_figures_that_still_stand() -> None:
    block = Block("a", ("截至8月31日为", Figure("2.75%", "large"), "，已建", Figure("3", "built"), "所。"))
    document = OfficialDocument("标题", DAY, blocks=(block,))
    edited = with_words(document, {"a": "截至8月31日，全市为2.75%，已建13所。\n另起一段。", "title": "新标题"})
    assert edited.title == "新标题"
    assert [words_of(one.text) for one in edited.blocks] == ["截至8月31日，全市为2.75%，已建13所。", "另起一段。"]
    assert [one.key for one in figures_of(edited)] == ["large"], "13 is not the 3 that was measured"
    assert with_words(document, {"a": words_of(block.text)}) == document
    assert with_words(document, {"a": " "}).blocks == ()


@settings(deadline=None)
@given(st.text("甲乙1235.%。", max_size=30))
def test_edited_words_are_never_changed(words: str) -> None:
    block = Block("a", ("为", Figure("2.5%", "x"), "，", Figure("13", "y"), "。"))
    edited = with_words(OfficialDocument("标题", DAY, blocks=(block,)), {"a": words})
    assert "".join(words_of(one.text) for one in edited.blocks) == words
    assert all(one.words in {"2.5%", "13"} for one in figures_of(edited))
