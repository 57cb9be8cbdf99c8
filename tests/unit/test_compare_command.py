"""`luoshi compare`: lists as offices save them in, findings and doubtful pairs out, decisions in again. 演示数据（虚构）."""

import csv
import io

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.cli import app
from tests.lists_of_persons import child, number

HEADS = ("姓名", "身份证号码", "出生日期", "县(市、区)", "学校名称", "备注")


def _row(one):
    return [one["name"], one["number"], one["born"], one["county"], "星东一小", "无"]


def _xlsx(path, rows):
    book = openpyxl.Workbook()
    book.active.append(HEADS)
    for one in rows:
        book.active.append(_row(one))
    book.save(path)


def _csv(path, rows):
    made = io.StringIO()
    csv.writer(made).writerows([HEADS, *map(_row, rows)])
    path.write_bytes(made.getvalue().encode("gb18030"))


@pytest.fixture
def lists(tmp_path):
    """户籍 as xlsx, 学籍 as CSV in GB 18030, 在校 as Parquet whose name says otherwise."""
    _xlsx(tmp_path / "户籍.xlsx", [child(1), child(2), child(3), child(4)])
    _csv(tmp_path / "学籍.txt", [child(1), child(2), child(4, name="改名")])
    there = [child(1), child(4)]
    frame = pl.DataFrame({"身份证件号": [one["number"] for one in there], "姓名": [one["name"] for one in there]})
    frame.write_parquet(tmp_path / "在校.csv")
    (tmp_path / "key").write_bytes(b"sixteen bytes of key\n")
    return tmp_path


def _run(folder, *also, out="结果.xlsx"):
    named = ("household=户籍.xlsx", "学籍在籍=学籍.txt", "present=在校.csv")
    given = [f"{one.partition('=')[0]}={folder / one.partition('=')[2]}" for one in named]
    return CliRunner().invoke(app, ["compare", *given, "--on", "2020-09-01", "--out", str(folder / out), *also])


def _sheet(path, name):
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def test_a_workbook_tells_who_is_missing_masked_and_line_by_line(lists) -> None:
    ran = _run(lists)
    assert ran.exit_code == 0, ran.output
    rows = _sheet(lists / "结果.xlsx", "查出")
    assert rows[0] == ["比对", "名单", "行号", "县(市、区)", "学校", "姓名", "身份证件号", "代码", "缘由", "贫困疑似"]
    assert [row[:3] for row in rows[1:]] == [["疑似辍学", "学籍在籍", 3], ["疑似失学", "户籍适龄儿童", 4]]
    assert rows[2][4:7] == ["星东一小", "童*", f"9999**********{number(3)[-4:]}"]
    assert not any(
        number(serial) in str(row)
        for serial in range(1, 5)
        for name in ("查出", "待认定")
        for row in _sheet(lists / "结果.xlsx", name)
    )
    assert "没有读入的列：备注" in ran.output
    assert "没有给出外地学籍核实" in ran.output


def test_the_filled_table_of_doubts_comes_back_and_counts(lists) -> None:
    assert _run(lists, "--key", str(lists / "key")).exit_code == 0
    book = openpyxl.load_workbook(lists / "结果.xlsx")
    sheet = book["待认定"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[-3:] == ["代码", "认定", "认定人"]
    assert sheet.max_row == 3  # 户籍 with 学籍, 学籍 with 在校
    for row in (2, 3):
        sheet.cell(row, heads.index("认定") + 1).value = "同一人"
        sheet.cell(row, heads.index("认定人") + 1).value = "县教育局甲"
    book.save(lists / "认定.xlsx")
    ran = _run(lists, "--key", str(lists / "key"), "--decided", str(lists / "认定.xlsx"), out="再比")
    assert ran.exit_code == 0, ran.output
    assert "待认定：0 行" in ran.output
    written = {one.name for one in (lists / "再比").iterdir()}
    assert written == {"查出.csv", "待认定.csv", "分县.csv", "各行去向.csv"}
    assert (lists / "再比" / "查出.csv").read_bytes().startswith("\ufeff比对".encode())


def test_a_county_alone_and_the_whole_name(lists) -> None:
    ran = _run(lists, "--county", "别的县")
    assert ran.exit_code == 0, ran.output
    assert "查出：0 行" in ran.output
    assert _run(lists, "--whole", out="全.xlsx").exit_code == 0
    assert number(3) in [row[6] for row in _sheet(lists / "全.xlsx", "查出")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pupils=户籍.xlsx", "--out", "o.xlsx"], "读不懂"),
        (["household", "--out", "o.xlsx"], "读不懂"),
        (["household=没有.xlsx", "--out", "o.xlsx"], "没有这个文件"),
        (["household=户籍.xlsx", "--out", "o.xlsx"], "比对不成"),
        (["household=户籍.xlsx", "roll=空.csv", "--out", "o.xlsx"], "空的"),
        (["household=户籍.xlsx", "roll=无号.csv", "--out", "o.xlsx"], "没有“身份证件号”一列"),
        (["household=户籍.xlsx", "roll=两号.csv", "--out", "o.xlsx"], "都是“身份证件号”"),
        (["household=户籍.xlsx", "roll=坏.parquet", "--out", "o.xlsx"], "不是完好的 Parquet"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "户籍.xlsx"], "已经在了"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "."], "已经在了"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "o.xlsx", "--decided", "学籍.txt"], "没有认定的列"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "o.xlsx", "--decided", "半.csv"], "没有认定人"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "o.xlsx", "--decided", "怪.csv"], "“也许”读不懂"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "o.xlsx", "--decided", "好.csv"], "没有给出密钥"),
        (["household=户籍.xlsx", "roll=学籍.txt", "--out", "o.xlsx", "--key", "空.csv"], "密钥只有 0 字节"),
    ],
)
def test_wrong_input_is_refused_in_four_parts_and_writes_nothing(lists, monkeypatch, arguments, said) -> None:
    monkeypatch.chdir(lists)
    (lists / "空.csv").write_bytes(b"")
    (lists / "无号.csv").write_text("姓名,生日\n甲,2012-01-01\n", encoding="utf-8")
    (lists / "两号.csv").write_text("身份证号,证件号码\n1,2\n", encoding="utf-8")
    (lists / "坏.parquet").write_bytes(b"PAR1 broken PAR1")
    (lists / "半.csv").write_text("代码,认定,认定人\nabc,同一人,\n", encoding="utf-8")
    (lists / "怪.csv").write_text("代码,认定,认定人\nabc,也许,甲\n", encoding="utf-8")
    (lists / "好.csv").write_text("代码,认定,认定人\nabc,同一人,甲\nabd,,\n", encoding="utf-8")
    ran = CliRunner().invoke(app, ["compare", *arguments, "--on", "2020-09-01"])
    assert ran.exit_code == 2, ran.output
    assert said in ran.output
    assert all(word in ran.output for word in ("位置", "情况", "规则", "处理"))
    assert not (lists / "o.xlsx").exists()
