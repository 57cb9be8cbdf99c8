"""The plan saved in every way a bureau saves it reads to the same points and the same targets."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from luoshi.reading import read_text
from luoshi.reading.documents import open_document
from luoshi.spine import Plan
from tests import files, layouts

PLAN = (Path(__file__).resolve().parents[2] / "cities" / "luoyang" / "plan.txt").read_text("utf-8")
READ = read_text(PLAN)


def _points(plan: Plan) -> list[tuple[str, str]]:
    return [(point.number, "".join(point.title.split())) for point in plan.points]


def _targets(plan: Plan) -> list[tuple]:
    return [
        (one.sentence.point, target.value, target.value_max, target.unit, target.comparator, target.deadline)
        for one in plan.commitments
        for target in one.targets
    ]


MADE = {
    "txt, utf-8": PLAN.encode,
    "txt, utf-8 with its mark": lambda: PLAN.encode("utf-8-sig"),
    "txt, gb18030": lambda: PLAN.encode("gb18030"),
    "txt, utf-16": lambda: PLAN.encode("utf-16"),
    "txt, utf-16 without its mark": lambda: PLAN.encode("utf-16-le"),
    "txt, line ends of Windows": lambda: PLAN.replace("\n", "\r\n").encode("gbk", "replace"),
    "docx, plain paragraphs": lambda: files.word(PLAN),
    "docx, drawn numbers": lambda: layouts.numbered_word(PLAN),
    "docx, headings": lambda: layouts.word_with_headings(PLAN),
    "docx, a reviewer's changes": lambda: layouts.reviewed_word(PLAN),
    "docx, all in one layout table": lambda: layouts.word_in_a_table(PLAN),
    "docx, all in text boxes": lambda: layouts.word_in_boxes(PLAN),
    "pdf, page numbers": lambda: files.portable(PLAN),
    "pdf, running heads": lambda: layouts.portable_with_heads(PLAN, "洛阳市教育局文件"),
    "html, saved page": lambda: files.web_page(PLAN),
    "html, government page": lambda: layouts.government_page(PLAN),
    "html, government page in gbk": lambda: layouts.government_page(PLAN, "gbk"),
    "ofd": lambda: files.ofd(PLAN),
}


@pytest.mark.parametrize("form", MADE)
def test_the_plan_reads_the_same_in_every_form(form: str) -> None:
    opened = open_document(MADE[form]())
    assert opened.format == form.split(",", maxsplit=1)[0]
    found = read_text(opened.text)
    assert _points(found) == _points(READ)
    assert _targets(found) == _targets(READ)
    assert len(found.commitments) == len(READ.commitments)


def test_the_plan_has_points_and_targets_to_compare() -> None:
    assert len(READ.points) == 32
    assert len(_targets(READ)) > 40


def test_what_a_reviewer_deleted_is_not_read_and_said_so() -> None:
    opened = open_document(layouts.reviewed_word("1.新建学校3所。"))
    assert opened.text == "1.新建学校3所。"
    assert any("修订" in notice.what for notice in opened.notices)


def test_a_table_of_targets_reads_row_by_row() -> None:
    made = docx.Document()
    made.add_paragraph("某市教育局2021年工作要点")
    table = made.add_table(0, 3)
    for row in (("指标", "单位", "2021年目标"), ("学前教育毛入园率", "%", "93"), ("新建公办幼儿园", "所", "50")):
        for cell, word in zip(table.add_row().cells, row, strict=True):
            cell.text = word
    kept = io.BytesIO()
    made.save(kept)
    assert open_document(kept.getvalue()).text.split("\n")[1:] == [
        "指标 | 单位 | 2021年目标",
        "学前教育毛入园率 | % | 93",
        "新建公办幼儿园 | 所 | 50",
    ]


def test_a_text_box_stands_behind_the_paragraph_it_hangs_on() -> None:
    made = docx.Document()
    made.add_paragraph("1.前一条。")
    made.paragraphs[0].runs[0]._r.append(parse_xml(layouts.box(["2.框内一条。"], nsdecls("w"))))
    made.add_paragraph("3.后一条。")
    kept = io.BytesIO()
    made.save(kept)
    assert open_document(kept.getvalue()).text == "1.前一条。\n2.框内一条。\n3.后一条。"
