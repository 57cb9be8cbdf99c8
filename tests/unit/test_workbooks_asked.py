"""A workbook asks only what nobody holds, and comes back whole whatever was done to it."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from luoshi.checking import check
from luoshi.checking.workbooks import (
    Asked,
    AskedRow,
    Held,
    as_workbook,
    bundle,
    gathered,
    stamp_of,
    structure,
    taken_back,
    unpacked,
    with_findings,
)
from luoshi.checking.workbooks.writing import written
from luoshi.declared.returns import RETURNS
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.returns import Amount, Basis, Choice, Code, Count, Day, Flag, Grain, Key, Words, must, should
from tests.filled import changed, contents, sheets, through_office


class Canteens(Return, label="食堂情况", grain=Grain.YEAR, basis=Basis.MONTHLY, source="演示", answers=("M32.1",)):
    """One row for each canteen of a school."""

    school = Key("学校标识码", r"[0-9]{10}", "10位数字", standard="学校（机构）代码")
    canteen = Key("食堂编号", meaning="本校自编")
    meals = Count("每日供餐人数", "人", needed=True)
    area = Amount("食堂面积", "平方米")
    operator = Choice("经营方式", {"own": "自营", "let": "委托经营"}, needed=True)
    licence = Flag("有食品经营许可证")
    until = Day("许可证有效期止")
    place = Words("位置")
    phone = Code("联系电话", identifies=True)

    licensed = must(licence, "食堂有许可证", when=meals > 0)
    large = should(area >= meals, "每人不小于1平方米")


SCHOOL = Held("2199000001", "学校（机构）名录 2020", "年报")


def row(canteen: str, **held: Any) -> AskedRow:
    told = {name: Held(value, "食堂台账 2019", "月报") for name, value in held.items()}
    return AskedRow({"school": SCHOOL, "canteen": Held(canteen, "食堂台账 2019"), **told})


ASKED = Asked(
    Canteens,
    "2020",
    "2199000001",
    "斗城区第一小学",
    (row("A", area=Decimal("120.5")), row("B", operator="own", meals=80), row("C")),
    notes=("演示数据（虚构）　星教〔2020〕1号",),
)
TOP = 4


def put(**cells: Any) -> Any:
    def change(book: Workbook) -> None:
        for address, value in cells.items():
            book.worksheets[0][address] = value

    return change


FILLED = put(
    D5=100, F5="委托经营", G5="是", H5=date(2023, 5, 1), I5="东院",
    E6=90.25, G6="否", D7=300, E7=200, F7="自营", G7="是",
)  # fmt: skip


def test_held_cells_are_grey_locked_and_name_their_source_and_the_others_are_open() -> None:
    told = contents(as_workbook(ASKED))
    name = "食堂情况"
    value, _, locked, fill, said, _ = told[name, "E5"]
    assert (value, locked, fill) == (120.5, True, "00E3E3E3")
    assert "食堂台账 2019" in said
    assert "口径：月报" in said
    assert told[name, "D5"][:4] == (None, "General", False, "00FFF8DC")
    assert (ASKED.open, ASKED.answered) == (3 * 6 - 3, 9)
    assert written(ASKED, (), {}).worksheets[0].freeze_panes == "D5"
    assert not any("联系电话" in str(one[0]) for one in told.values()), "what tells who a person is, is not asked"


def test_out_filled_in_and_out_again_is_the_same_cell_by_cell() -> None:
    filled = changed(as_workbook(ASKED), FILLED)
    back = taken_back(sheets(filled), ASKED)
    assert back.told == ()
    assert back.taken.odd == ()
    again = as_workbook(ASKED, back.taken.rows.to_dicts())
    ours, theirs = contents(again), contents(filled)
    assert {key: (_plain(one[0]), *one[1:]) for key, one in ours.items()} == {
        key: (_plain(one[0]), *one[1:]) for key, one in theirs.items()
    }
    assert stamp_of(sheets(again)) == stamp_of(sheets(filled))
    assert stamp_of(sheets(again)).structure == structure(Canteens)
    assert taken_back(sheets(again), ASKED).taken.rows.equals(back.taken.rows)


def _plain(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def test_rows_that_were_sorted_are_found_again() -> None:
    def turn(book: Workbook) -> None:
        page = book.worksheets[0]
        rows = [[cell.value for cell in page[line]] for line in (5, 6, 7)]
        for line, values in zip((5, 6, 7), reversed(rows), strict=True):
            for cell, value in zip(page[line], values, strict=True):
                cell.value = value

    straight = changed(as_workbook(ASKED), FILLED)
    back = taken_back(sheets(changed(straight, turn)), ASKED)
    assert back.told == ()
    assert back.at == (0, 1, 2)
    assert back.taken.rows.equals(taken_back(sheets(straight), ASKED).taken.rows)
    assert list(back.taken.places.lines) == [7, 6, 5]


def test_an_inserted_row_is_told_unless_rows_may_be_added() -> None:
    def insert(book: Workbook) -> None:
        page = book.worksheets[0]
        page.insert_rows(6)
        for address, value in {"B6": "2199000001", "C6": "D", "D6": 7, "F6": "自营"}.items():
            page[address] = value

    sent = changed(changed(as_workbook(ASKED), FILLED), insert)
    back = taken_back(sheets(sent), ASKED)
    assert [one.what for one in back.told] == ["多出一行（2199000001、D），没有收"]
    assert back.taken.rows["canteen"].to_list() == ["A", "B", "C"]
    free = replace(ASKED, spare=2)
    wide = changed(changed(as_workbook(free), FILLED), insert)
    more = taken_back(sheets(wide), free)
    assert more.told == ()
    assert more.taken.rows["canteen"].to_list() == ["A", "B", "C", "D"]
    assert more.at[-1] == 3


def test_a_changed_held_cell_is_told_and_what_is_held_stays() -> None:
    sent = changed(changed(as_workbook(ASKED), FILLED), put(E5=99, D6=None, C7="X"))
    back = taken_back(sheets(sent), ASKED)
    told = {one.where: one for one in back.told}
    assert told["E5 食堂面积"].what == "系统已有“120.5”，改成了“99”，没有采用"
    assert told["D6 每日供餐人数"].what == "系统已有“80”，清空了，没有采用"
    assert told["C7 食堂编号"].what == "系统已有“C”，改成了“X”，没有采用"
    assert all(one.severity is Severity.ASKS for one in back.told)
    assert back.taken.rows["area"].to_list() == [Decimal("120.50"), Decimal("90.25"), Decimal("200.00")]
    assert back.taken.rows["meals"].to_list() == [100, 80, 300]
    assert back.taken.rows["canteen"].to_list() == ["A", "B", "C"]


def test_a_row_that_is_gone_and_a_row_that_came_twice_are_told() -> None:
    def spoil(book: Workbook) -> None:
        page = book.worksheets[0]
        for place in range(1, 10):
            page.cell(7, place).value = page.cell(5, place).value

    back = taken_back(sheets(changed(changed(as_workbook(ASKED), FILLED), spoil)), ASKED)
    assert [one.what for one in back.told] == [
        "与前面一行重复（2199000001、A），没有收",
        "这一行没有交回",
    ]


def test_values_pasted_over_the_form_are_read_without_the_hidden_column() -> None:
    def paste(book: Workbook) -> None:
        book.worksheets[0].delete_cols(1)

    back = taken_back(sheets(changed(changed(as_workbook(ASKED), FILLED), paste)), ASKED)
    assert back.told == ()
    assert back.at == (0, 1, 2)
    assert back.taken.rows["meals"].to_list() == [100, 80, 300]


def test_foreign_older_and_other_workbooks_are_refused_in_four_parts() -> None:
    ours = as_workbook(ASKED)

    def without(book: Workbook) -> None:
        del book["填报信息"]

    def older(book: Workbook) -> None:
        book["填报信息"]["B6"] = "0" * 64

    for spoil, said in ((without, "没有“填报信息”表"), (older, "模板是旧的")):
        with pytest.raises(RefusedError) as refused:
            taken_back(sheets(changed(ours, spoil)), ASKED)
        (finding,) = refused.value.findings
        assert said in finding.what
        assert finding.where
        assert finding.rule
        assert finding.remedy
    other = replace(ASKED, period="2021", unit="2199000002")
    with pytest.raises(RefusedError) as refused:
        taken_back(sheets(ours), other)
    assert [one.what for one in refused.value.findings] == ["期次是 2020", "单位是 2199000001"]


def test_findings_come_back_in_the_cells_and_on_a_sheet_of_their_own() -> None:
    sent = changed(changed(as_workbook(ASKED), FILLED), put(D7="三百多", E6=9))
    back = taken_back(sheets(sent), ASKED)
    checked = check(Canteens, back.taken.rows)
    told = with_findings(back, checked)
    cells = contents(told)
    name = "食堂情况"
    assert cells[name, "D7"][0] == "三百多"
    assert cells[name, "D7"][5] == "medium"
    assert "读不成整数" in cells[name, "D7"][4]
    assert cells[name, "G6"][5] == "medium"
    assert "食堂有许可证" in cells[name, "G6"][4]
    assert "改正" in cells[name, "G6"][4]
    assert cells[name, "I5"][5] == "thin"
    listed = [str(one[0]) for (sheet, _), one in cells.items() if sheet == "核对结果"]
    assert any("每人不小于1平方米（经验校验 canteens.large 第1版）" in one for one in listed)
    assert sum("食堂有许可证" in one for one in listed) == 1

    def explain(book: Workbook) -> None:
        page = book["核对结果"]
        line = next(row for row in range(3, 20) if "canteens.large" in str(page.cell(row, 4).value))
        page.cell(line, 7).value = "分两批就餐"

    again = taken_back(sheets(changed(told, explain)), ASKED)
    assert again.notes == {(("2199000001", "B"), "large"): "分两批就餐"}
    assert check(Canteens, again.taken.rows).unexplained(again.notes) == []
    assert "分两批就餐" in str(contents(with_findings(again, checked)))


def test_libreoffice_opens_it_and_the_drop_downs_bounds_and_marks_survive(tmp_path: Path) -> None:
    ours = as_workbook(ASKED)
    through = through_office(ours, "xlsx", tmp_path)
    (tmp_path / "again.xlsx").write_bytes(through)
    page = openpyxl.load_workbook(tmp_path / "again.xlsx").worksheets[0]
    rules = {(one.type, str(one.sqref)): one for one in page.data_validations.dataValidation}
    assert {kind for kind, _ in rules} == {"list", "whole", "decimal", "date", "textLength"}
    choice = next(one for (kind, where), one in rules.items() if kind == "list" and "F5" in where)
    assert "自营" in str(choice.formula1)
    assert "委托经营" in str(choice.formula1)
    assert page.protection.sheet
    assert page["E5"].protection.locked
    assert not page["D5"].protection.locked
    assert "食堂台账" in page["E5"].comment.text
    back = taken_back(sheets(changed(through, FILLED)), ASKED)
    assert back.told == ()
    assert back.taken.rows["until"].to_list()[0] == date(2023, 5, 1)


def test_a_bundle_is_matched_by_what_is_inside_and_missing_ones_are_listed() -> None:
    several = [replace(ASKED, unit=f"219900000{at}", name=f"第{at}小学") for at in range(1, 6)]
    files = unpacked(bundle(several, "斗城区"))
    assert len(files) == 5
    assert all(name.startswith("斗城区/食堂情况_第") for name, _ in files)
    mixed = [(f"新建文件 ({at}).xlsx", changed(content, FILLED)) for at, (_, content) in enumerate(files[:4])]
    mixed[3] = ("又一份.xlsx", mixed[0][1])
    opened = [(name, sheets(content)) for name, content in mixed]
    told = gathered(opened, {one.unit: one for one in several})
    assert set(told.backs) == {"2199000001", "2199000002", "2199000003"}
    assert [one.unit for one in told.missing] == ["2199000004", "2199000005"]
    ((name, (finding,)),) = told.refused
    assert name == "又一份.xlsx"
    assert "已经有一份（新建文件 (0).xlsx）" in finding.what


def test_an_archive_that_cannot_be_read_is_refused() -> None:
    for content in (b"", b"PK\x03\x04 and no more", b"nothing"):
        with pytest.raises(RefusedError, match="压缩包打不开"):
            unpacked(content)


@pytest.mark.parametrize("key", sorted(RETURNS))
def test_every_declared_return_goes_out_and_comes_back_empty(key: str) -> None:
    of = RETURNS[key]
    held = {name: Held(11 if of.columns[name].kind == "int64" else "2199000001", "名录") for name in of.keys}
    asked = Asked(of, "2020", "990102", "斗城区", (AskedRow(held),))
    back = taken_back(sheets(as_workbook(asked)), asked)
    assert back.told == ()
    assert back.taken.rows.height == 1
    assert back.empty == asked.open


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("csv:Text - txt - csv (StarCalc):44,34,76", b"")])
def test_libreoffice_prints_and_exports_it(form: str, begins: bytes, tmp_path: Path) -> None:
    told = through_office(changed(as_workbook(ASKED), FILLED), form, tmp_path)
    assert told.startswith(begins)
    if form == "pdf":
        assert b"/Type/Page" in told.replace(b" ", b"")
    else:
        assert "委托经营" in told.decode()
        assert "120.5" in told.decode()
