"""Other departments' blank tables, made by hand in three unlike shapes, and rows to fill them from. 演示数据（虚构）."""

import io
import random
from decimal import Decimal
from typing import Any

import polars as pl
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side

from luoshi.checking.tables import Rows, Unit

NAMES = (
    "斗城区 奎西区 参河区 璧东区 娄湖区 角阳县 亢南县 氐川县 房岭县 尾山县 箕水县 轸台市 翼桥市 星州高新区 鬼金湾新区 "
    "柳泽县 市直学校"
).split()
UNITS = tuple(Unit(f"9901{at:02}", name) for at, name in enumerate(NAMES, 2))
STAGES = {"primary": "小学", "junior": "初中", "senior": "普通高中"}
_LINE = Side("thin")


def held(seed: int = 7) -> dict[str, Rows]:
    """Rows of four returns, as they would come out of the lake."""
    chance = random.Random(seed)
    schools, bands, equipment, staff = [], [], [], []
    for unit in UNITS:
        for at in range(chance.randint(3, 9)):
            school = f"2199{unit.code[-3:]}{at:03}"
            kind, operator = chance.choice(["111", "211", "311", "342"]), chance.choice(["public", "public", "private"])
            schools.append({"school": school, "county": unit.code, "kind": kind, "operator": operator})
            stage = {"211": "primary", "311": "junior", "342": "senior"}.get(kind)
            if stage:
                bands.append(
                    {
                        "school": school,
                        "county": unit.code,
                        "stage": stage,
                        "operator": operator,
                        "classes": chance.randint(3, 40),
                        "pupils": chance.randint(60, 2000),
                        "girls": chance.randint(0, 60),
                    }
                )
            worth = Decimal(chance.randint(0, 10**9)).scaleb(-2)
            equipment.append(
                {"school": school, "county": unit.code, "equipment": worth, "books": chance.randint(0, 90000)}
            )
            staff += [
                {
                    "person": f"{school}{one:03}",
                    "school": school,
                    "county": unit.code,
                    "post": chance.choice(["teacher", "teacher", "worker"]),
                    "established": chance.random() < 0.8,
                }
                for one in range(chance.randint(2, 30))
            ]
    frames: dict[str, list[dict[str, Any]]] = {
        "institutions": schools,
        "class_bands": bands,
        "equipment": equipment,
        "staff": staff,
    }
    return {key: Rows(pl.DataFrame(rows, infer_schema_length=None), source=key) for key, rows in frames.items()}


def _saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def by_rows(month: str = "9") -> bytes:
    """A statistics office's table: units as rows, headers of two rows, a total first, a formula at the end, another sheet beside it."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "附表1"
    page.merge_cells("A1:J1")
    page["A1"] = f"2020年{month}月义务教育基本情况统计表"
    page["A2"] = "填报单位："
    for merged in ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4", "I3:I4", "J3:J4"):
        page.merge_cells(merged)
    heads = {"A3": "序号", "B3": "县（市、区）", "C3": "小学", "E3": "初中", "G3": "教学仪器设备值（万元）"}
    heads |= {"C4": "班数（个）", "D4": "在校生数（人）", "E4": "班数（个）", "F4": "在校生数（人）"}
    heads |= {"H3": "专任教师数（人）", "I3": "民办幼儿园（所）", "J3": "备注"}
    for address, words in heads.items():
        page[address] = words
        page[address].font = Font("黑体", 11, bold=True)
        page[address].fill = PatternFill("solid", fgColor="D9E2F3")
    page["B5"] = "合 计"
    for at, unit in enumerate(UNITS):
        page.cell(6 + at, 1).value = at + 1
        page.cell(6 + at, 2).value = unit.name.replace("学校", "")
    for row in range(5, 6 + len(UNITS)):
        for column in range(1, 11):
            page.cell(row, column).border = Border(_LINE, _LINE, _LINE, _LINE)
    last = 6 + len(UNITS)
    page.cell(last, 2).value = "校验"
    page.cell(last, 3).value = f"=SUM(C6:C{last - 1})-C5"
    page.cell(last + 1, 1).value = "填表人："
    page.column_dimensions["B"].width = 21.5
    page.row_dimensions[3].height = 33
    notes = book.create_sheet("填表说明")
    notes["A1"] = "按年报口径填写。"
    return _saved(book)


def by_sheets() -> bytes:
    """A finance office's book: one sheet a unit, indicators as rows in two columns of the page."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in [*(unit.name for unit in UNITS), "合计"]:
        page = book.create_sheet(name)
        page.merge_cells("A1:F1")
        page["A1"] = f"{name}教育基本情况"
        for column, words in zip("ABCDEF", ["指标", "计量单位", "数值"] * 2, strict=True):
            page[f"{column}2"] = words
        left = [("小学学校数", "所"), ("公办高级中学数", "所"), ("普通高中在校学生数", "人")]
        right = [("教学仪器设备资产值", "万元"), ("图书册数", "册"), ("在编教职工占比", "%")]
        for row, (one, other) in enumerate(zip(left, right, strict=True), 3):
            page[f"A{row}"], page[f"B{row}"] = one
            page[f"D{row}"], page[f"E{row}"] = other
            page[f"F{row}"].number_format = "0.00"
        page["A7"] = "审核人："
    return _saved(book)


def by_word() -> bytes:
    """A government office's Word table with merged headers."""
    paper = Document()
    paper.add_heading("各县（市、区）学校情况表", 1)
    paper.add_paragraph("单位：人")
    table = paper.add_table(3 + len(UNITS), 7)
    table.style = "Table Grid"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "县区"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "在校学生数"
    table.cell(0, 4).merge(table.cell(0, 5)).text = "教职工"
    table.cell(0, 6).merge(table.cell(1, 6)).text = "女生数"
    for column, words in enumerate(["小学", "初中", "普通高中", "专任教师", "工勤人员"], 1):
        table.cell(1, column).text = words
    for row, name in enumerate([*(unit.name for unit in UNITS), "合计"], 2):
        table.cell(row, 0).text = name
    paper.add_paragraph("填表人：        联系电话：")
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()
