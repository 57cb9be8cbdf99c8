"""Messy ledgers as offices keep them, each with its truth: made by chance from a seed, all invented. 演示数据（虚构）."""

import io
import random
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

ROWS = 96
OFFICES = ("学前教育科", "基础教育科", "人事科", "发展规划科", "财务科", "安全科")
LEADERS = ("甲副局长", "乙副局长", "丙副局长")
UNITS = ("斗城区", "角阳县", "亢山县", "氐水市", "房陵区", "市直")
DAYS = (
    "2020-09-30", "2020.9.30", "2020年9月30日", "9月底前", "9月30日前", "长期坚持", "全年", "按省厅时限", "每季度末",
    "立即", "3月—10月", "2020年12月", "年底前", "秋季学期开学前",
)  # fmt: skip
JOINTS = ("、", "，", "；", "\n")
TASKS = ("新建幼儿园{n}所", "培训校长{n}人", "改造旱厕{n}座", "排查食堂{n}家", "建成录播教室{n}间", "资助学生{n}人次")

HEADS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "序 号", "任务编号"),
    "source": ("重点工作", "工作类别", "任务来源"),
    "title": ("督查事项", "工作任务", "任务内容", "具体\n任务", "主要任务"),
    "target": ("目标值", "年度目标", "工作目标"),
    "leader": ("分管局领导", "责任领导", "分管领导"),
    "lead": ("牵头科室", "责任科室", "主办科室", "哪个科室办"),
    "units": ("责任单位", "责任县区", "落实单位"),
    "due": ("完成时限", "完成时间", "时限要求", "何时办结"),
    "progress": ("进展情况", "形象进度", "完成情况"),
    "trouble": ("存在问题", "问题及原因"),
    "contact": ("联络员及电话", "联系人", "联络员"),
    "note": ("备注",),
}
STRANGE = ("领导批示", "督办次数", "群众满意情况", "资金来源（万元）")
"""Headings no ledger has a place for: kept as they are, and told."""
GROUPS = {"leader": "责任分工", "lead": "责任分工", "units": "责任分工", "progress": "推进情况", "trouble": "推进情况"}


@dataclass
class Made:
    """A ledger and what is in it."""

    content: bytes
    name: str
    rows: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    """By sheet and row: words by column key, or by heading where the ledger has no place for it."""
    strange: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    others: int = 0
    """Lines that are no tasks."""


@dataclass
class _Page:
    """A sheet being drawn."""

    name: str
    cells: dict[tuple[int, int], tuple[Any, str]] = field(default_factory=dict)
    """Words and kind of look, counted from 0."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    at: int = 0


def make(seed: int) -> Made:
    """One ledger of 96 tasks on one or two sheets, as xlsx, xls or et."""
    chance = random.Random(seed)
    form = ("xlsx", "xls", "et")[seed % 3]
    made = Made(b"", f"2020年台账{seed}.{form}")
    keys = [key for key in HEADS if key in {"number", "title", "lead", "due"} or chance.random() < 0.75]
    strange = chance.sample(STRANGE, chance.randint(0, 2))
    columns = [*keys[:-1], *strange, *keys[-1:]]
    names = {key: chance.choice(HEADS[key]) if key in HEADS else key for key in columns}
    made.strange = [name.replace("（", "(").replace("）", ")") for name in strange]
    depth, pages = chance.choice((1, 1, 2, 3)), list[_Page]()
    split = chance.random() < 0.3
    for at, count in enumerate((60, 36) if split else (ROWS,)):
        page = _Page(("台账", "台账（续）")[at])
        _draw(chance, page, made, columns, names, depth, count)
        pages.append(page)
    if chance.random() < 0.6:
        secret = _Page(
            "旧数据", {(0, 0): ("序号", "head"), (0, 1): ("督查事项", "head"), (1, 1): ("作废", "cell")}, hidden=True
        )
        pages.append(secret)
        made.hidden.append("旧数据")
    if chance.random() < 0.4:
        pages.append(_Page("填表说明", {(0, 0): ("请各科室于每月25日前填报。", "cell")}))
    made.content = _xlsx(pages) if form == "xlsx" else _xls(pages)
    return made


def _draw(
    chance: random.Random, page: _Page, made: Made, columns: list[str], names: dict[str, str], depth: int, count: int
) -> None:
    width = len(columns)
    _across(page, "演示数据（虚构）星州市教育局2020年重点工作台账", "title", width)
    made.others += 1
    for words in ("填报单位：星州市教育局　　　单位：个、所", "截至2020年9月")[: chance.randint(0, 2)]:
        _across(page, words, "cell", width)
        made.others += 1
    _head(page, columns, names, depth)
    made.others += depth
    head = {(at, words) for (row, at), (words, _) in page.cells.items() if row == page.at - 1}
    left, blocks = count, 0
    while left:
        block = min(left, chance.randint(3, 9))
        if chance.random() < 0.4:
            band = f"{'一二三四五六七八九十'[blocks % 10]}、第{blocks + 1}类工作"
            _across(page, band, "band", width)
            made.others += 1
        _block(chance, page, made, columns, names, block)
        left, blocks = left - block, blocks + 1
        if chance.random() < 0.3:
            page.cells[page.at, min(1, width - 1)] = (chance.choice(("小计", "合计", "小 计")), "cell")
            page.cells[page.at, width - 1] = (str(block), "cell")
            page.at, made.others = page.at + 1, made.others + 1
        if left and chance.random() < 0.15:
            page.at, made.others = page.at + 1, made.others + 1
        if depth == 1 and chance.random() < 0.15:
            for at, words in head:
                page.cells[page.at, at] = (words, "head")
            page.at, made.others = page.at + 1, made.others + 1
    for words in ("注：本台账每月更新一次。", "填表人：某某")[: chance.randint(0, 2)]:
        page.cells[page.at, 0] = (words, "cell")
        page.at, made.others = page.at + 1, made.others + 1


def _across(page: _Page, words: str, look: str, width: int) -> None:
    page.cells[page.at, 0] = (words, look)
    page.merges.append((page.at, 0, page.at, width - 1))
    page.at += 1


def _head(page: _Page, columns: list[str], names: dict[str, str], depth: int) -> None:
    """Headings of one to three rows: groups merged across, single ones merged down."""
    top, at = page.at, 0
    while at < len(columns):
        group = GROUPS.get(columns[at]) if depth > 1 else None
        end = at
        while group and end + 1 < len(columns) and GROUPS.get(columns[end + 1]) == group:
            end += 1
        if group and end > at:
            page.cells[top, at] = (group, "head")
            page.merges.append((top, at, top, end))
            for place in range(at, end + 1):
                page.cells[top + 1, place] = (names[columns[place]], "head")
                if depth > 2:
                    page.merges.append((top + 1, place, top + depth - 1, place))
            at = end + 1
            continue
        page.cells[top, at] = (names[columns[at]], "head")
        if depth > 1:
            page.merges.append((top, at, top + depth - 1, at))
        at += 1
    page.at += depth


def _block(
    chance: random.Random, page: _Page, made: Made, columns: list[str], names: dict[str, str], count: int
) -> None:
    """Some tasks under one leader, whose cell is merged down."""
    leader, source = chance.choice(LEADERS), f"第{page.at}项重点工作"
    top = page.at
    for _ in range(count):
        told = {}
        for at, key in enumerate(columns):
            words = _words(chance, key, page.at, leader, source)
            told[key] = words
            if key in {"leader", "source"} and page.at > top:
                continue
            page.cells[page.at, at] = (_typed(chance, key, words), "cell")
        kept = {
            (key if key in HEADS else names[key].replace("（", "(").replace("）", ")")): words.strip()
            for key, words in told.items()
        }
        made.rows[page.name, page.at + 1] = kept
        page.at += 1
    for at, key in enumerate(columns):
        if key in {"leader", "source"} and count > 1:
            page.merges.append((top, at, top + count - 1, at))


def _typed(chance: random.Random, key: str, words: str) -> object:
    """As it was typed: numbers now and then as numbers."""
    return int(words) if key in {"number", "督办次数"} and words.isdigit() and chance.random() < 0.7 else words


def _words(chance: random.Random, key: str, at: int, leader: str, source: str) -> str:
    number = chance.randint(1, 300)
    some = chance.choice(JOINTS).join(chance.sample(UNITS, chance.randint(1, 3)))
    every = chance.choice(("各县(市、区)教育局", "各县（市、区）", "市直学校"))
    behind = chance.choice(("", "（含改扩建）", "\n并投入使用", "，形成长效机制"))
    free = chance.choice(("", "", f"已完成{number}处", "正在推进\n下月完成", "无"))
    told = {
        "number": str(at),
        "source": source,
        "title": chance.choice(TASKS).format(n=number) + behind,
        "target": f"{number}{chance.choice(('所', '人', ' 个', '%'))}" if chance.random() < 0.8 else "",
        "leader": leader,
        "lead": chance.choice(OFFICES),
        "units": some if chance.random() < 0.7 else every,
        "due": chance.choice(DAYS),
        "progress": free,
        "trouble": free,
        "note": free,
        "contact": f"王某 {number:04}5678",
        "督办次数": str(chance.randint(0, 9)),
    }
    return told.get(key, chance.choice(("", "已阅", f"约{number}")))


_LINE = Side("thin")


def _xlsx(pages: list[_Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for (row, column), (words, look) in page.cells.items():
            cell = sheet.cell(row + 1, column + 1, words if words != "" else None)
            cell.font = Font("宋体" if look == "cell" else "黑体", 20 if look == "title" else 11, bold=look == "head")
            cell.alignment = Alignment("center" if look != "cell" else "left", "center", wrap_text=True)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            if look == "band":
                cell.fill = PatternFill("solid", fgColor="DDDDDD")
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for at in range(8):
            sheet.column_dimensions["ABCDEFGH"[at]].width = 8 + 3 * at
        sheet.row_dimensions[1].height = 36
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _xls(pages: list[_Page]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    looks = {
        look: xlwt.easyxf(
            f"font: name {'宋体' if look == 'cell' else '黑体'}, height {400 if look == 'title' else 220}, bold {'on' if look == 'head' else 'off'};"
            f"align: horiz {'left' if look == 'cell' else 'center'}, vert center, wrap on;"
            "borders: left thin, right thin, top thin, bottom thin"
            + ("; pattern: pattern solid, fore_colour gray25" if look == "band" else "")
        )
        for look in ("cell", "head", "title", "band")
    }
    for page in pages:
        sheet = book.add_sheet(page.name)
        sheet.visibility = int(page.hidden)
        merged = {(top, left): block for block in page.merges for top, left in [block[:2]]}
        for (row, column), (words, look) in page.cells.items():
            if (row, column) in merged:
                top, left, bottom, right = merged[row, column]
                sheet.write_merge(top, bottom, left, right, words, looks[look])
            else:
                sheet.write(row, column, words, looks[look])
        for at in range(8):
            sheet.col(at).width = 256 * (8 + 3 * at)
        sheet.row(0).height_mismatch, sheet.row(0).height = True, 720
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
