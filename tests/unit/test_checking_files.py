"""A file of a return: read cell by cell into its types, checked, told with the cell and what to do."""

import io
import json
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import Aside, check, take
from luoshi.cli import app
from luoshi.declared.returns import Budgets, ClassBands, Classes, Equipment, Institutions, Pupils
from luoshi.reading.frames import read_frame
from luoshi.words.errors import RefusedError

HEAD = "学校标识码,学段,区划代码,举办者性质,城乡类型,班数总计,在校学生数\n"
GOOD = HEAD + "2141000123,小学,410302,公办,主城区,3,120\n"


def _cells(headings: list[str], *rows: list[str | None]) -> tuple[list[str], pl.DataFrame]:
    return headings, pl.DataFrame(rows, orient="row", schema=[f"c{place}" for place in range(len(headings))])


def _run(*words: str):
    return CliRunner().invoke(app, ["check", *words])


@pytest.mark.parametrize(
    ("written", "read", "told"),
    [
        ("1234.5", "1234.50", None),
        ("1,234.5", "1234.50", "按1234.50读入"),
        ("１２", "12.00", "按12.00读入"),
        ("12万元", "120000.00", "按120000.00读入"),
        ("0.125", "0.13", "按0.13读入"),
        ("1,2", None, "读不成数"),
        ("约12", None, "读不成数"),
        ("1e99", None, "读不成数"),
        ("=A1", None, "读不成数"),
    ],
)
def test_an_amount_is_read_as_people_write_it_or_told_with_its_cell(written, read, told) -> None:
    taken = take(Equipment, *_cells(["学校标识码", "教学仪器设备资产值"], ["2141000123", written]))
    assert taken.rows["equipment"].to_list() == [None if read is None else Decimal(read)]
    assert [told in one.finding.what and one.address == "B2" for one in taken.odd] == ([True] if told else [])


def test_a_heading_in_ten_thousand_yuan_is_kept_in_yuan() -> None:
    headings = ["学校标识码", "教学仪器设备资产值（万元）", "图书"]
    taken = take(Equipment, *_cells(headings, ["2141000123", "12.345678", "30"], ["2141000124", "1.5", "7"]))
    assert taken.rows["equipment"].to_list() == [Decimal("123456.78"), Decimal("15000.00")]
    assert taken.odd == ()


def test_days_flags_choices_and_codes_are_read_in_their_usual_forms() -> None:
    rows = [
        ["'2141000123", "2020/9/1", "是", "小学"],
        ["2141000124.0", "2020年9月", "0", "211"],
        ["２１41000125", "20200930", "也许", "没有这种"],
    ]
    taken = take(Institutions, *_cells(["机构编码", "建校日期", "是否计校数", "办学类型"], *rows))
    assert taken.rows["school"].to_list() == ["2141000123", "2141000124", "2141000125"]
    assert [str(one) for one in taken.rows["opened"]] == ["2020-09-01", "2020-09-01", "2020-09-30"]
    assert taken.rows["counted"].to_list() == [True, False, None]
    assert taken.rows["kind"].to_list() == ["211", "211", "没有这种"]
    assert [one.address for one in taken.odd] == ["C4"]
    assert check(Institutions, taken.rows).counts["kind.choice"] == 1


def test_columns_that_name_persons_are_dropped_before_anything_is_kept() -> None:
    cells = _cells(["学生代号", "姓名", "身份证件号"], ["abcd0001", "演示", "410300201204010010"])
    taken = take(Pupils, *cells)
    assert taken.rows.columns == ["pupil"]
    assert any("姓名、身份证件号" in one.what for one in taken.told)
    assert "name" in take(Pupils, *cells, identities=True).rows.columns


def test_rules_about_columns_and_tables_that_are_not_there_are_not_asked() -> None:
    rows = pl.DataFrame({"class_id": ["a"], "size": [30]})
    checked = check(Classes, rows)
    reasons = {rule.name: why for rule, why in checked.skipped}
    assert reasons["all_there"] == "没有实际在班学生数"
    assert reasons["roster"] == "没有“学生名册”"
    assert sum(checked.counts.values()) == 0
    roll = Aside(others={"pupils": pl.DataFrame({"school": ["2141000123"]})})
    reasons = {rule.name: why for rule, why in check(Classes, rows, roll).skipped}
    assert reasons["roster"] == "没有“学生名册”的班级代号、“学生名册”的学生代号"


def test_missing_is_neither_wrong_nor_zero() -> None:
    rows = pl.DataFrame({"school": ["2141000123"], "stage": ["primary"], "pupils": [None], "classes": [2]})
    counts = check(ClassBands, rows.with_columns(pl.col("pupils").cast(pl.Int64))).counts
    assert {name for name, many in counts.items() if many} == {"pupils.filled"}


def test_a_number_too_large_to_reckon_with_is_a_refusal_and_no_traceback() -> None:
    key = {"county": ["410302"], "account": ["final"]}
    rows = pl.DataFrame({**key, "education": [Decimal(1)], "total": [Decimal(1)], "pupils": [9 * 10**18]})
    with pytest.raises(RefusedError) as refused:
        check(Budgets, rows)
    assert "无法计算" in str(refused.value)


def test_the_same_rows_of_a_workbook_and_of_a_csv_in_gbk_are_the_same_frame() -> None:
    book = openpyxl.Workbook()
    for line in GOOD.splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in line.split(",")])
    content = io.BytesIO()
    book.save(content)
    one, other = read_frame(content.getvalue()), read_frame(GOOD.encode("gb18030"))
    assert one.headings == other.headings
    assert one.cells.rows() == other.cells.rows()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rubbish", b'a,"b\n1'])
def test_what_is_no_table_is_refused_in_four_parts(content) -> None:
    with pytest.raises(RefusedError) as refused:
        read_frame(content)
    assert all(one.what and one.rule and one.remedy for one in refused.value.findings)


def test_the_command_ends_with_0_1_or_2(tmp_path) -> None:
    good, wrong, odd = (tmp_path / name for name in ("good.csv", "wrong.csv", "odd.csv"))
    good.write_text(GOOD, encoding="utf-8")
    wrong.write_text(GOOD + GOOD.splitlines()[1] + "\n", encoding="utf-8")
    odd.write_text("甲,乙\n1,2\n", encoding="utf-8")
    clean, stopped = _run("班数、班额和分年级学生数", str(good)), _run("class_bands", str(wrong), "--format", "json")
    assert clean.exit_code == 0, clean.output
    assert "须改正 0 条" in clean.output
    assert stopped.exit_code == 1
    told = json.loads(stopped.output)
    assert told["counts"] == {"stops": 2, "asks": 0, "tells": 0}
    assert [(one["row"], one["id"], one["key"]) for one in told["findings"]] == [
        (2, "one_row_a_key", ["2141000123", "primary"]),
        (3, "one_row_a_key", ["2141000123", "primary"]),
    ]
    refused = _run("class_bands", str(odd))
    assert refused.exit_code == 2
    assert "没有列 学校标识码、学段" in refused.output
    assert _run("没有这种报表", str(good)).exit_code == 2


def test_the_command_holds_a_file_against_last_year_and_the_register(tmp_path) -> None:
    now, before, register = (tmp_path / name for name in ("now.csv", "before.csv", "register.csv"))
    now.write_text(GOOD, encoding="utf-8")
    before.write_text(GOOD.replace(",120", ",90"), encoding="utf-8")
    register.write_text("学校标识码,区划代码\n2141000123,410303\n", encoding="utf-8")
    told = _run("class_bands", str(now), "--last-year", str(before), "--beside", f"institutions={register}")
    assert told.exit_code == 1
    assert "上年在校学生数为90" in told.output
    assert "学校（机构）名录的区划代码为410303" in told.output
    assert "G2（学校标识码 2141000123，学段 小学）在校学生数" in told.output


def test_an_unreadable_cell_is_told_once(tmp_path) -> None:
    file = tmp_path / "bands.csv"
    file.write_text(GOOD.replace(",120", ",许多"), encoding="utf-8")
    told = json.loads(_run("class_bands", str(file), "--format", "json").output)
    assert told["counts"]["stops"] == 1
    assert told["findings"] == []
    assert told["cells"][0]["where"] == "G2 在校学生数"


def test_a_column_saved_in_another_form_is_refused_once_and_not_told_cell_by_cell() -> None:
    many = 20_001
    cells = pl.DataFrame({"a": [f"{place}" for place in range(many)], "b": ["一千"] * many})
    with pytest.raises(RefusedError) as refused:
        take(Classes, ["班级代号", "在籍学生数"], cells)
    assert [one.where for one in refused.value.findings] == ["B列 在籍学生数"]
    assert "20001 格" in refused.value.findings[0].what


def test_the_first_findings_are_those_of_all_findings() -> None:
    frame = pl.DataFrame({"class_id": ["b", "a", "!", "b", "c"], "size": [0, 90, -1, 0, 30]})
    checked = check(Classes, frame)
    every = [one.finding for one in checked.findings()]
    assert len(every) > 6
    for most in (0, 1, 3, 5, 6, 100):
        assert [one.finding for one in checked.findings(most)] == every[:most]


def test_a_row_past_the_last_heading_and_a_formula_without_a_value_name_their_cells() -> None:
    with pytest.raises(RefusedError) as refused:
        read_frame((GOOD + "1,2,3,4,5,6,7,八\n").encode())
    assert "第 3 行在 H 列有“八”" in str(refused.value)
    book = openpyxl.Workbook()
    book.active["B7"] = "=1+1"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(RefusedError) as refused:
        read_frame(content.getvalue())
    assert "B7" in str(refused.value)
    assert "请用 WPS 或 Excel 打开、保存后再试" in str(refused.value)


def test_a_hidden_sheet_before_the_table_is_told(tmp_path) -> None:
    book, file = openpyxl.Workbook(), tmp_path / "bands.xlsx"
    book.active.title, book.active.sheet_state = "旧表", "hidden"
    book.active.append(["x"])
    shown = book.create_sheet("新表")
    for line in GOOD.splitlines():
        shown.append(line.split(","))
    book.active = 1
    book.save(file)
    told = _run("class_bands", str(file))
    assert told.exit_code == 0, told.output
    assert "工作表“旧表”：是隐藏的，没有读" in told.output
