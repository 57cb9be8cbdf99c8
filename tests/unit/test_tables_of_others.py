"""套表: three unlike blanks are understood, confirmed and filled right for 17 units."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pytest
from docx import Document

from luoshi.checking.tables import (
    TOTAL,
    Binding,
    How,
    as_record,
    binding_of,
    fill,
    parse_filters,
    propose,
    read_form,
    say_filters,
)
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from tests.blanks import NAMES, UNITS, by_rows, by_sheets, by_word, held

HELD = held()
CODES = [unit.code for unit in UNITS]


def rows(key: str, unit: str) -> list[dict[str, Any]]:
    """The rows of a unit, or of all."""
    told = HELD[key].frame.to_dicts()
    return [one for one in told if unit in {one["county"], TOTAL}]


def total(key: str, unit: str, column: str, **where: object) -> Decimal:
    """Row by row, by hand."""
    result = Decimal(0)
    for one in rows(key, unit):
        if all(one[name] == value for name, value in where.items()):
            result += Decimal(one[column]) if column else 1
    return result


def in_10_000(value: Decimal) -> Decimal:
    return (value / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


BY_ROWS: dict[str, Callable[[str], Decimal]] = {
    "C": lambda unit: total("class_bands", unit, "classes", stage="primary"),
    "D": lambda unit: total("class_bands", unit, "pupils", stage="primary"),
    "E": lambda unit: total("class_bands", unit, "classes", stage="junior"),
    "F": lambda unit: total("class_bands", unit, "pupils", stage="junior"),
    "G": lambda unit: in_10_000(total("equipment", unit, "equipment")),
    "H": lambda unit: total("staff", unit, "", post="teacher"),
    "I": lambda unit: total("institutions", unit, "", kind="111", operator="private"),
}
BY_SHEETS: dict[str, Callable[[str], Decimal]] = {
    "C3": lambda unit: total("institutions", unit, "", kind="211"),
    "C4": lambda unit: total("institutions", unit, "", kind="342", operator="public"),
    "C5": lambda unit: total("class_bands", unit, "pupils", stage="senior"),
    "F3": lambda unit: in_10_000(total("equipment", unit, "equipment")),
    "F4": lambda unit: total("equipment", unit, "books"),
    "F5": lambda unit: share(total("staff", unit, "", established=True), total("staff", unit, "")),
}
BY_WORD: list[Callable[[str], Decimal]] = [
    lambda unit: total("class_bands", unit, "pupils", stage="primary"),
    lambda unit: total("class_bands", unit, "pupils", stage="junior"),
    lambda unit: total("class_bands", unit, "pupils", stage="senior"),
    lambda unit: total("staff", unit, "", post="teacher"),
    lambda unit: total("staff", unit, "", post="worker"),
    lambda unit: total("class_bands", unit, "girls"),
]
KINDS = {key: of for key, of in RETURNS.items() if key in HELD}


def confirmed(content: bytes) -> list[Binding]:
    """The first proposal for every field, as a person confirmed it; kept and read back."""
    form = read_form(content, UNITS)
    told = [propose(field, form.measure, KINDS)[0].binding for field in form.fields]
    return [binding_of(as_record(one), RETURNS) for one in told]


def test_units_as_rows_are_filled_right_for_17_units_and_their_total() -> None:
    blank = by_rows()
    filled = fill(blank, confirmed(blank), HELD, UNITS)
    page = openpyxl.load_workbook(io.BytesIO(filled.files[TOTAL])).worksheets[0]
    compared = 0
    for row, unit in enumerate([TOTAL, *CODES], 5):
        for letter, by_hand in BY_ROWS.items():
            assert Decimal(str(page[f"{letter}{row}"].value)) == by_hand(unit), f"{letter}{row}"
            compared += 1
        assert page[f"J{row}"].value is None, "remarks are nobody's figures"
    assert (compared, filled.cells) == (18 * 7, 18 * 7)
    assert [(one.unit, one.reason) for one in filled.gaps] == [("校验", "不是本市单位表里的单位，没有填")]


def test_one_sheet_a_unit_with_two_columns_of_indicators_is_filled_right() -> None:
    blank = by_sheets()
    filled = fill(blank, confirmed(blank), HELD, UNITS)
    book = openpyxl.load_workbook(io.BytesIO(filled.files[TOTAL]))
    for name, unit in [*zip(NAMES, CODES, strict=True), ("合计", TOTAL)]:
        for address, by_hand in BY_SHEETS.items():
            assert Decimal(str(book[name][address].value)) == by_hand(unit), f"{name} {address}"
    assert filled.cells == 18 * 6


def test_a_word_table_with_merged_headers_is_filled_right() -> None:
    blank = by_word()
    filled = fill(blank, confirmed(blank), HELD, UNITS)
    table = Document(io.BytesIO(filled.files[TOTAL])).tables[0]
    for row, unit in enumerate([*CODES, TOTAL], 2):
        for column, by_hand in enumerate(BY_WORD, 1):
            assert Decimal(table.cell(row, column).text) == by_hand(unit), f"row {row}, column {column}"
    assert filled.cells == 18 * 6


@pytest.mark.parametrize("blank", [by_rows(), by_sheets(), by_word()], ids=["rows", "sheets", "word"])
def test_everything_but_the_filled_cells_stays_byte_for_byte(blank: bytes) -> None:
    filled = fill(blank, confirmed(blank), HELD, UNITS).files[TOTAL]
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (blank, filled))
    assert before.namelist() == after.namelist()
    for name in before.namelist():
        if not name.startswith("xl/worksheets/") and name not in {"word/document.xml", "xl/workbook.xml"}:
            assert before.read(name) == after.read(name), name
    if "xl/workbook.xml" in before.namelist():
        assert _looks(blank) == _looks(filled)


def _looks(content: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        (
            page.title,
            sorted(map(str, page.merged_cells.ranges)),
            {key: one.width for key, one in page.column_dimensions.items()},
            {key: one.height for key, one in page.row_dimensions.items() if one.height},
            [[cell.style_id for cell in line] for line in page.iter_rows()],
            [[cell.value for cell in line if cell.data_type in "sf"] for line in page.iter_rows()],
        )
        for page in book.worksheets
    ]


def test_next_months_form_is_the_same_form_and_another_one_is_not() -> None:
    assert read_form(by_rows("9"), UNITS).digest == read_form(by_rows("10"), UNITS).digest
    book = openpyxl.load_workbook(io.BytesIO(by_rows()))
    book.worksheets[0]["C4"] = "班级数"
    made = io.BytesIO()
    book.save(made)
    assert read_form(made.getvalue(), UNITS).digest != read_form(by_rows(), UNITS).digest


def test_what_stays_blank_is_listed_with_its_reason() -> None:
    blank = by_rows()
    bindings = [one for one in confirmed(blank) if "专任教师" not in one.field]
    some = dict(HELD)
    del some["equipment"]
    some["class_bands"] = replace(HELD["class_bands"], reported=frozenset(CODES[:-1]))
    filled = fill(blank, bindings, some, UNITS)
    reasons = {(gap.unit, gap.field): gap.reason for gap in filled.gaps}
    assert reasons["斗城区", "教学仪器设备值（万元）"] == "系统里还没有这份报表"
    assert reasons["斗城区", "专任教师数（人）"] == "这一栏还没有对应到报表"
    assert reasons["市直学校", "小学 > 班数（个）"] == "未报"
    assert reasons["合计", "小学 > 班数（个）"] == "有 1 个单位未报，合计不完整"
    page = openpyxl.load_workbook(io.BytesIO(filled.files[TOTAL])).worksheets[0]
    assert page["C5"].value is None
    assert page["C6"].value is not None


def test_a_number_that_stands_on_too_few_schools_is_written_and_listed_as_not_whole() -> None:
    blank, some = by_rows(), dict(HELD)
    some["class_bands"] = replace(HELD["class_bands"], reported=frozenset(CODES), short={CODES[0]: 3})
    filled = fill(blank, confirmed(blank), some, UNITS)
    whole = fill(blank, confirmed(blank), HELD, UNITS)
    assert filled.cells == whole.cells
    told = [gap for gap in filled.gaps if gap.filled]
    assert {gap.unit for gap in told} == {UNITS[0].name, "合计"}
    assert {gap.reason for gap in told} == {"已填，但有 3 个学校（机构）未报，数不全"}
    assert [gap for gap in filled.gaps if not gap.filled] == list(whole.gaps)


def test_a_form_for_one_unit_is_filled_once_for_each() -> None:
    book = openpyxl.load_workbook(io.BytesIO(by_sheets()))
    for name in book.sheetnames[1:]:
        del book[name]
    book.worksheets[0].title = "Sheet1"
    made = io.BytesIO()
    book.save(made)
    blank = made.getvalue()
    filled = fill(blank, confirmed(blank), HELD, UNITS)
    assert list(filled.files) == CODES
    for unit, content in filled.files.items():
        page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert Decimal(str(page["F5"].value)) == BY_SHEETS["F5"](unit)


def test_a_binding_that_cannot_be_reckoned_is_refused_with_its_field() -> None:
    record = as_record(Binding("班数", "class_bands", "stage", How.SUM))
    for changed, said in (
        ({}, "不能求和"),
        ({"kind": "nothing"}, "没有报表"),
        ({"column": "gone"}, "没有列 gone"),
        ({"column": "pupils", "how": "share"}, "占比没有写分子的条件"),
    ):
        with pytest.raises(RefusedError, match=said) as refused:
            binding_of(record | changed, RETURNS)
        assert refused.value.findings[0].where == "班数"


def test_conditions_are_written_in_words() -> None:
    of = RETURNS["class_bands"]
    told = parse_filters("学段=小学、初中；举办者性质＝公办", of)
    assert told == (("stage", ("primary", "junior")), ("operator", ("public",)))
    assert say_filters(told, of) == "学段=小学、初中；举办者性质=公办"
    with pytest.raises(RefusedError) as refused:
        parse_filters("学段=大学；年级=1", of)
    assert len(refused.value.findings) == 2


@pytest.mark.parametrize(
    ("field", "kind", "column"),
    [
        ("在园幼儿数", "kindergartens", "children"),
        ("占地面积（平方米）", "premises", "land"),
        ("小学 > 在校生数", "class_bands", "pupils"),
        ("小学学校数 > 所 > 数值", "institutions", ""),
        ("教职工 > 专任教师", "staff", ""),
    ],
)
def test_labels_of_all_returns_lead_to_them(field: str, kind: str, column: str) -> None:
    told = propose(field, "", RETURNS)
    assert (told[0].binding.kind, told[0].binding.column) == (kind, column)


def test_nothing_is_proposed_for_what_no_return_holds() -> None:
    assert propose("上访批次", "", RETURNS) == ()
