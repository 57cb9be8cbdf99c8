"""The rules of a bulletin (users.md, 10): praise first, nothing that is not 核定, soft wording never said to lag."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reporting.composing import (
    Item,
    Practice,
    Progress,
    Situation,
    Urging,
    counts,
    lagging,
    leaders_page,
    meeting_pack,
    quarterly_report,
    red_bulletin,
    serial_bulletin,
    situation,
    urging_slip,
)
from luoshi.reporting.composing.sections import due_next
from luoshi.reporting.official import Block, Grid, OfficialDocument, as_text, as_word, as_workbook, figures_of, words_of
from luoshi.spine import State
from tests.examples import some
from tests.progress import ON, amount, item, month, unit_figures

COLOURS = (
    "红灯",
    "黄灯",
    "绿灯",
    "蓝灯",
    "橙灯",
    "红牌",
    "黄牌",
    "红色预警",
    "黄色预警",
    "橙色预警",
    "亮红",
    "标红",
    "红色灯",
)
LAGS = ("滞后", "欠进度", "逾期", "未达序时", "已过完成时限")


def all_texts(progress: Progress) -> list[OfficialDocument]:
    slip = Urging("催办单", progress.bureau, "星教督单", "学前教育科", list(progress.items), ON, ON)
    return [
        serial_bulletin(progress, issue=1),
        red_bulletin(progress, code="星教督"),
        quarterly_report(progress, code="星教督"),
        leaders_page(progress),
        meeting_pack(progress),
        urging_slip(slip),
    ]


def said(document: OfficialDocument, block: str) -> str:
    return next(words_of(one.text) for one in document.blocks if isinstance(one, Block) and one.id == block)


PIECES = (*"甲乙红黄绿橙色灯牌亮标挂，。\n ", "红灯", "亮红灯", "黄牌", "红色预警", "绿 灯", "标红", "被亮黄灯")
WORDS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ITEMS = st.builds(
    Item,
    key=st.just("2021-01-01"),
    title=WORDS.map(lambda words: f"事项{words}"),
    section=st.sampled_from(["学前教育", "义务教育"]),
    office=st.sampled_from(["基础教育科", "人事科"]),
    computed=st.none() | st.sampled_from(State),
    judged=st.none() | st.sampled_from(State),
    target=WORDS,
    amount=st.none() | st.builds(amount, st.just("k"), st.just("987654.32"), st.just("所"), verified=st.booleans()),
    gap=WORDS,
    cause=WORDS,
    next_step=WORDS,
    request=WORDS,
    due=st.none() | st.dates(date(2021, 1, 1), date(2022, 12, 31)),
    soft=st.booleans(),
    coordination=st.booleans(),
    closed=st.booleans(),
    days_late=st.integers(0, 300),
)


@settings(deadline=None, max_examples=some(60))
@given(st.lists(ITEMS, max_size=5))
def test_no_text_carries_a_colour_word(items: list[Item]) -> None:
    for document in all_texts(month(items=items)):
        told = as_text(document)
        assert [word for word in COLOURS if word in told] == []


@settings(deadline=None, max_examples=some(60))
@given(st.lists(ITEMS, max_size=6))
def test_counts_add_up_to_the_total(items: list[Item]) -> None:
    assert sum(counts(items).values()) == len(items)
    shown = {
        one.key: int(one.words) for one in figures_of(leaders_page(month(items=items))) if one.key.startswith("count:")
    }
    assert shown.pop("count:total") == len(items) == sum(shown.values())
    told = {
        one.key: int(one.words)
        for one in figures_of(serial_bulletin(month(items=items, previous={}), issue=1))
        if one.key in {f"count:{name.lower()}" for name in Situation.__members__}
    }
    if items:
        assert sum(told.values()) == len(items)


@settings(deadline=None, max_examples=some(60))
@given(ITEMS)
def test_a_soft_or_coordinated_item_is_never_said_to_lag(one: Item) -> None:
    for kind in ({"soft": True}, {"coordination": True}):
        mild = replace(one, title="某事项甲", cause="", next_step="", request="", target="", gap="", **kind)
        progress = month(items=(mild,), figures=())
        assert lagging([mild]) == []
        for document in all_texts(progress)[:5]:
            for line in as_text(document).splitlines():
                if "某事项甲" in line:
                    assert [word for word in LAGS if word in line] == [], line


@settings(deadline=None, max_examples=some(60))
@given(st.lists(ITEMS, min_size=1, max_size=4))
def test_a_figure_that_is_not_verified_is_never_printed(items: list[Item]) -> None:
    hidden = [replace(x, amount=replace(x.amount, verified=False) if x.amount else None) for x in items]
    unsure = [replace(one, verified=False, numerator=Decimal(987654)) for one in unit_figures()]
    for document in all_texts(month(items=hidden, figures=unsure)):
        assert "98765" not in as_text(document)
        assert [one.key for one in figures_of(document) if one.key.startswith(("k", "large"))] == []


def test_an_unverified_figure_is_neither_in_word_nor_in_the_workbook() -> None:
    progress = month(items=(item(judged=State.BEHIND, amount=amount("k", "98.76", verified=False), gap="差98.76"),))
    document = serial_bulletin(progress, issue=1)
    made = docx.Document(io.BytesIO(as_word(document, draft=True)))
    words = [one.text for one in made.paragraphs]
    words += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(document)))
    words += [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert any("数据待核定" in one for one in words)
    assert [one for one in words if "98.76" in one] == []


def test_the_figure_of_an_unverified_value_judges_nothing() -> None:
    unsure = item(computed=State.DONE, amount=amount("k", "1", verified=False))
    assert situation(unsure) is Situation.UNKNOWN
    assert situation(replace(unsure, judged=State.BEHIND)) is Situation.BEHIND


def test_praise_stands_before_criticism_and_sections_in_their_order() -> None:
    document = serial_bulletin(month(), issue=10, whole=34)
    chapters = [words_of(one.text) for one in document.blocks if isinstance(one, Block) and one.level == 1]
    assert chapters == ["总体情况", "主要进展", "推进较好的单位和做法", "存在问题", "下步要求"]
    assert [one.title for one in document.attachments] == ["进展情况一览表", "欠进度事项清单", "县区数据表"]
    assert [one.across for one in document.attachments] == [True, True, False]
    assert "第10期（总第34期）" in as_text(document)


def test_a_problem_names_item_office_units_figure_gap_and_cause_in_one_sentence() -> None:
    told = said(serial_bulletin(month(), issue=10), "problems.4")
    assert told == (
        "义务教育大班额比例降至2.5%以内（基础教育科牵头，涉及斗城区、亢南县），目标为不高于2.5%，截至9月1日为2.75%，"
        "高0.25个百分点，未达序时进度；斗城区、亢南县新增学位尚未全部投用。"
    )


def test_a_cause_nobody_wrote_is_not_made_up() -> None:
    told = said(serial_bulletin(month(items=(item(judged=State.BEHIND),)), issue=1), "problems.1")
    assert told.endswith("；原因待牵头科室说明。")


def test_an_empty_section_says_so() -> None:
    empty = serial_bulletin(month(items=(), figures=(), practices=(), previous={}), issue=1)
    told = as_text(empty)
    for words in ("未立项督查事项", "本期无可通报的进展", "本期无新增推进较好的单位和做法", "本期无欠进度事项"):
        assert words in told
    assert "下月无到期事项" in as_text(leaders_page(month(items=())))


def test_units_keep_their_order_until_somebody_approved_a_ranking() -> None:
    plain, ranked = (serial_bulletin(month(ranked_by=by), issue=1) for by in ("", "甲局长"))
    first = [words_of(row.cells[0]) for row in _grid(plain, 2).rows if not row.band]
    assert first == [one.unit for one in unit_figures()]
    assert "不作排名" in _grid(plain, 2).note
    second = [words_of(row.cells[0]) for row in _grid(ranked, 2).rows if not row.band]
    assert second[:3] == ["市直", "斗城区", "亢南县"]
    assert second[-1] == "鬼金湾新区", "what is not verified stands last"


def test_no_school_is_named_until_somebody_approved_it() -> None:
    figures = (replace(unit_figures()[0], unit="斗城一小", school=True),)
    practices = (Practice("奎西一小", "错峰放学", school=True),)
    plain, named = (month(figures=figures, practices=practices, named_by=by) for by in ("", "甲局长"))
    assert all("一小" not in as_text(one) for one in all_texts(plain))
    assert "斗城一小" in as_text(serial_bulletin(named, issue=1))


def test_no_person_is_named_in_a_bulletin() -> None:
    for document in all_texts(month())[:3]:
        assert "副局长" not in as_text(document)
    assert "丙副局长" in as_text(leaders_page(month()))


def test_the_page_for_leaders_has_at_most_eight_rows_and_says_what_it_leaves_out() -> None:
    many = tuple(item(f"2021-08-{at:02}", judged=State.BEHIND, days_late=at) for at in range(1, 21))
    document = leaders_page(month(items=many))
    grid = next(one for one in document.blocks if isinstance(one, Grid))
    assert len(grid.rows) == 8
    assert "共20项，列前8项" in as_text(document)


def test_a_meeting_takes_first_what_is_late_times_its_weight() -> None:
    light = item("2021-01-01", title="甲", judged=State.BEHIND, days_late=30)
    heavy = item("2021-01-02", title="乙", judged=State.BEHIND, days_late=20, weight=Decimal(2))
    document = meeting_pack(month(items=(light, heavy)))
    rows = [[words_of(cell) for cell in row.cells] for row in _grid(document, 0).rows]
    assert [row[1] for row in rows] == ["乙", "甲"]
    assert [row[4:7] for row in rows] == [["20", "2", "40"], ["30", "1", "30"]]
    assert "排序值＝滞后天数×权重" in _grid(document, 0).note


def test_coordination_is_asked_for_and_is_no_problem() -> None:
    document = quarterly_report(month(period="第三季度"), code="星教督")
    assert "支持星州学院申报硕士学位授予单位" not in "".join(
        words_of(one.text) for one in document.blocks if isinstance(one, Block) and one.id.startswith("problems")
    )
    assert any("请协调落实新校区用地" in words_of(one.text) for one in document.blocks if isinstance(one, Block))
    assert "第三季度教育重点工作推进情况的报告" in document.title


@pytest.mark.parametrize("kind", ["提醒", "催办单", "督办通知单"])
def test_a_slip_says_by_when_and_brings_its_answer(kind: str) -> None:
    slip = urging_slip(
        Urging(kind, "星州市教育局", "星教督单", "学前教育科", lagging(month().items), ON, date(2021, 11, 12))
    )
    told = as_text(slip)
    assert "请于2021年11月12日前将回执报督查室" in told
    assert f"附件：{kind}回执" in told
    assert _grid(slip, 0).to_fill
    assert len(_grid(slip, 0).rows) == 4


def test_word_and_workbook_carry_the_same_figures() -> None:
    document = serial_bulletin(month(), issue=10)
    made = docx.Document(io.BytesIO(as_word(document, draft=True)))
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(document)))
    assert [page.title for page in book] == ["附件1 进展情况一览表", "附件2 欠进度事项清单", "附件3 县区数据表"]
    for table, page in zip(made.tables, book, strict=True):
        cells = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value}
        assert {cell.text for row in table.rows for cell in row.cells} - {""} <= cells
        assert page.print_title_rows
        assert page.page_setup.fitToWidth == 1
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value} == {"s"}


def test_what_is_due_next_month_crosses_the_year() -> None:
    january = item(judged=State.ON_COURSE, due=date(2022, 1, 31))
    assert due_next(month(on=date(2021, 12, 31), items=(january,))) == [january]
    assert due_next(month(on=date(2021, 11, 30), items=(january,))) == []
    assert due_next(month(on=date(2021, 12, 31), items=(replace(january, judged=State.DONE),))) == []


def _grid(document: OfficialDocument, attachment: int) -> Grid:
    return next(one for one in document.attachments[attachment].parts if isinstance(one, Grid))


def test_the_page_for_leaders_never_cuts_a_number() -> None:
    long = item(title="甲" * 10 + "达到92.5%以上", judged=State.ON_COURSE, due=date(2021, 11, 30))
    told = as_text(leaders_page(month(items=(long, *(item(f"x{at}", judged=State.BEHIND) for at in range(8))))))
    assert "达到9" not in told
    assert "92" not in told


def test_a_figure_of_last_year_is_told_with_its_year() -> None:
    old = item(judged=State.BEHIND, amount=amount("k", "3.1", on=date(2020, 9, 1)))
    assert "截至2020年9月1日为3.1%" in said(serial_bulletin(month(items=(old,)), issue=1), "problems.1")
