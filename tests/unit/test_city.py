"""A city's folder as a bureau would really make it: saved by WPS, with gaps, slips and doubles, all told at once."""

import csv
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from luoshi.reading.city import load
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from tests import files

KEYS = {"schools"}
FILES = {
    "plan.txt": "星海市教育局2021年工作要点\n1.学校建设。新建学校3所。\n",
    "city.toml": 'name = "星海市"\nbureau = "星海市教育局"\nimaginary = true\nopens = 2021-12-31\n',
    "divisions.csv": "code,name,kind,doubt\nA1,东区,district,\nZZ02,市直,direct,\n",
    "offices.csv": "code,name,duties,leads,leader,doubt\nJJ,基础教育科,义务教育 学校,1 2,分管局领导,\nBGS,办公室,督查,,,\n",
    "people.csv": "login,name,role,office,division\nducha,督查室（演示）,supervisor,BGS,\njj,科室（演示）,section,JJ,\nxian,东区（演示）,county,,A1\n",
    "sources.csv": "key,title,url,published,doubt\nS1,演示数据（虚构）,,2021-12-01,\n",
    "published.csv": "indicator,on,known,value,unit,about,definition,source,doubt\n"
    "schools,2021-11-30,2021-12-01,3,所,,演示数据（虚构）,S1,\n",
    "mechanisms.csv": "key,point,name,name_en,phrases,pattern,also\nM1.1,1,学校建设,Building,新建学校3所,LEDGER,CASE DRAW\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A made-up city in order."""
    made = tmp_path / "xinghai"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def _told(folder: Path) -> list[Finding]:
    with pytest.raises(RefusedError) as refusal:
        load(folder, KEYS)
    findings = list(refusal.value.findings)
    assert all(part.strip() for one in findings for part in (one.where, one.what, one.rule, one.remedy))
    return findings


def _change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_folder_in_order_is_read_whole(folder: Path) -> None:
    city = load(folder, KEYS)
    assert (city.key, city.name, city.imaginary, city.opens) == ("xinghai", "星海市", True, date(2021, 12, 31))
    assert [one.code for one in city.offices] == ["JJ", "BGS"]
    assert city.offices[0].duties == ("义务教育", "学校")
    assert city.figures[0].value == 3
    assert city.figures[0].source.published == date(2021, 12, 1)
    assert city.mechanisms[0].phrases == ("新建学校3所",)


def test_only_the_settings_and_the_plan_must_be_there(folder: Path) -> None:
    for name in FILES:
        if name.endswith(".csv"):
            (folder / name).unlink()
    city = load(folder, KEYS)
    assert (city.offices, city.people, city.figures) == ((), (), ())


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_every_encoding_wps_and_excel_save_reads_alike(folder: Path, encoding: str) -> None:
    wanted = load(folder, KEYS)
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode(encoding))
    assert load(folder, KEYS) == wanted


def _windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def _blank_rows(text: str) -> str:
    head, *rows = text.splitlines()
    gap = "," * head.count(",")
    return "\n".join([head, gap, *rows, gap, "", gap + ",,"]) + "\n"


def _tabs(text: str) -> str:
    return text.replace(",", "\t")


def _spaces(text: str) -> str:
    return text.replace(",", " ,　")


@pytest.mark.parametrize("saved", [_windows_lines, _blank_rows, _tabs, _spaces])
def test_what_a_spreadsheet_does_to_a_table_changes_nothing(folder: Path, saved: Callable[[str], str]) -> None:
    wanted = load(folder, KEYS)
    for name, text in FILES.items():
        if name.endswith(".csv"):
            (folder / name).write_bytes(saved(text).encode())
    assert load(folder, KEYS) == wanted


@pytest.mark.parametrize("words", ["2021/11/30", "2021年11月30日", "2021.11.30", "２０２１-11-30"])
def test_days_are_read_as_spreadsheets_rewrite_them(folder: Path, words: str) -> None:
    _change(folder, "published.csv", "2021-11-30", words)
    assert load(folder, KEYS).figures[0].on == date(2021, 11, 30)


@pytest.mark.parametrize(("words", "value"), [('"8,000"', "8000"), ("８０００", "8000"), ("-1.250000", "-1.25")])
def test_numbers_are_read_as_spreadsheets_show_them(folder: Path, words: str, value: str) -> None:
    _change(folder, "published.csv", ",3,所", f",{words},所")
    assert load(folder, KEYS).figures[0].value == Decimal(value)


def test_about_is_said_by_yes_only(folder: Path) -> None:
    _change(folder, "published.csv", ",所,,", ",所,否,")
    assert load(folder, KEYS).figures[0].about is False
    _change(folder, "published.csv", ",所,否,", ",所,是,")
    assert load(folder, KEYS).figures[0].about is True


def test_a_rate_may_come_with_its_counts_and_must_fit_them(folder: Path) -> None:
    head = "indicator,on,known,value,unit,about,definition,source,doubt,numerator,denominator\n"
    row = "schools,2021-11-30,2021-12-01,{},%,,演示数据（虚构）,S1,,1,3\n"
    (folder / "published.csv").write_text(head + row.format("33.33"), encoding="utf-8")
    (figure,) = load(folder, KEYS).figures
    assert (figure.numerator, figure.denominator) == (1, 3)
    (folder / "published.csv").write_text(head + row.format("33.34"), encoding="utf-8")
    (finding,) = _told(folder)
    assert "33.33" in finding.what


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "what"),
    [
        ("offices.csv", "duties,", "", "offices.csv 第1行 duties", "缺少"),
        ("offices.csv", "leader,doubt", "code,doubt", "offices.csv 第1行 leader", "缺少"),
        ("offices.csv", "leader,doubt", "leader,doubt,doubt", "offices.csv 第1行 doubt", "两次"),
        ("offices.csv", "BGS,办公室", "JJ,办公室", "offices.csv 第3行 code", "与第2行重复"),
        ("offices.csv", "BGS,办公室", "BGS,基础教育科", "offices.csv 第3行 name", "与第2行重复"),
        ("offices.csv", "学校,1 2", "学校,1,2", "offices.csv 第2行", "多于列名"),
        ("offices.csv", "JJ,基础教育科", 'JJ,"基础教育科', "offices.csv 第2行", "引号"),
        ("offices.csv", "JJ,基础教育科", "JJ,", "offices.csv 第2行 name", "空"),
        ("offices.csv", "基础教育科", "科" * 61, "offices.csv 第2行 name", "61 个字"),
        ("divisions.csv", "district", "区", "divisions.csv 第2行 kind", "“区”"),
        ("divisions.csv", "ZZ02", "A1", "divisions.csv 第3行 code", "重复"),
        ("people.csv", "section,JJ", "section,XX", "people.csv 第3行 office", "“XX”"),
        ("people.csv", "section,JJ", "section,", "people.csv 第3行 office", "空"),
        ("people.csv", "county,,A1", "county,,B9", "people.csv 第4行 division", "“B9”"),
        ("people.csv", "county,,A1", "county,,", "people.csv 第4行 division", "空"),
        ("people.csv", "supervisor", "督查室", "people.csv 第2行 role", "“督查室”"),
        ("people.csv", "jj,科室", "ducha,科室", "people.csv 第3行 login", "重复"),
        ("people.csv", "jj,科室", "科 室,科室", "people.csv 第3行 login", "不能作账号"),
        ("sources.csv", "2021-12-01", "去年", "sources.csv 第2行 published", "“去年”"),
        ("published.csv", "2021-11-30", "2021-13-01", "published.csv 第2行 on", "不是日期"),
        ("published.csv", "2021-11-30", "44530", "published.csv 第2行 on", "不是日期"),
        ("published.csv", "2021-12-01", "2021-11-01", "published.csv 第2行 known", "早于"),
        ("published.csv", ",3,所", ",三,所", "published.csv 第2行 value", "不是数字"),
        ("published.csv", ",3,所", ",NaN,所", "published.csv 第2行 value", "不是数字"),
        ("published.csv", ",3,所", ",1e9,所", "published.csv 第2行 value", "不是数字"),
        ("published.csv", ",3,所", ",3%,所", "published.csv 第2行 value", "不是数字"),
        ("published.csv", ",3,所", ",0.1234567,所", "published.csv 第2行 value", "不是数字"),
        ("published.csv", ",3,所,", ",3,所,大概", "published.csv 第2行 about", "“大概”"),
        ("published.csv", ",S1,", ",S9,", "published.csv 第2行 source", "“S9”"),
        ("published.csv", "schools", "school", "published.csv 第2行 indicator", "“school”"),
        ("mechanisms.csv", "LEDGER", "台账", "mechanisms.csv 第2行 pattern", "“台账”"),
        ("mechanisms.csv", "CASE DRAW", "CASE LOT", "mechanisms.csv 第2行 also", "“LOT”"),
        ("city.toml", 'name = "星海市"\n', "", "city.toml name", "没有写"),
        ("city.toml", "bureau", "bureua", "city.toml bureua", "没有这一项"),
        ("city.toml", "true", '"false"', "city.toml imaginary", "写法不对"),
        ("city.toml", "2021-12-31", '"2021-12-31"', "city.toml opens", "写法不对"),
        ("city.toml", "2021-12-31", "2021-12-31T08:00:00", "city.toml opens", "写法不对"),
        ("city.toml", "2021-12-31", "十二月", "city.toml 第4行", "写法有误"),
    ],
)
def test_a_slip_is_told_with_its_place(folder: Path, name: str, old: str, new: str, where: str, what: str) -> None:
    _change(folder, name, old, new)
    assert any(one.where == where and what in one.what for one in _told(folder)), [str(one) for one in _told(folder)]


def test_findings_of_all_files_come_at_once(folder: Path) -> None:
    _change(folder, "published.csv", "2021-11-30", "昨天")
    _change(folder, "divisions.csv", "district", "区")
    (folder / "plan.txt").unlink()
    named = {one.where.split()[0].rpartition("/")[2] for one in _told(folder)}
    assert named == {"published.csv", "divisions.csv", "plan.txt"}


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("offices.csv", files.packed({"xl/workbook.xml": b"<a/>"}), "电子表格"),
        ("offices.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "电子表格"),
        ("offices.csv", bytes(range(128, 256)) * 40 + b"\x00\x01\x02" * 90, "编码"),
        ("offices.csv", b"", "缺少"),
        ("offices.csv", ('code,name,duties,leads,leader,doubt\nJJ,"' + "科" * 140_000 + '",,,,\n').encode(), "引号"),
        ("city.toml", bytes(range(128, 256)) * 40 + b"\x00\x01\x02" * 90, "编码"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(folder: Path, name: str, content: bytes, what: str) -> None:
    (folder / name).write_bytes(content)
    assert any(what in one.what and one.where.startswith(name) for one in _told(folder))


def test_a_table_of_more_than_twenty_megabytes_is_not_read(folder: Path) -> None:
    with (folder / "offices.csv").open("wb") as opened:
        opened.truncate((20 << 20) + 1)
    assert any("20 MB" in one.what for one in _told(folder))


@pytest.mark.parametrize("name", ["offices.xls", "Offices.csv", "offices.csv.txt"])
def test_a_file_with_nearly_the_right_name_is_not_passed_over(folder: Path, name: str) -> None:
    (folder / "offices.csv").rename(folder / name)
    (folder / "people.csv").unlink()
    (finding,) = _told(folder)
    assert finding.where == name
    assert "offices.csv" in finding.what


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (finding,) = _told(tmp_path / "nowhere")
    assert "文件夹" in finding.what


def test_a_folder_without_settings_says_what_to_write(folder: Path) -> None:
    (folder / "city.toml").unlink()
    (finding,) = _told(folder)
    assert "name" in finding.remedy


LEADERS = "name,title,doubt\n甲副局长,党委委员、副局长,虚构\n乙副局长,副局长,\n"
DAYS = "day,kind,name,doubt\n2021-09-06,off,建市纪念日,虚构\n2021/10/2,work,调休,\n"


def test_leaders_stand_in_protocol_order_and_sections_name_them(folder: Path) -> None:
    (folder / "leaders.csv").write_text(LEADERS, encoding="utf-8")
    _change(folder, "offices.csv", "分管局领导", "乙副局长")
    city = load(folder, KEYS)
    assert [one.name for one in city.leaders] == ["甲副局长", "乙副局长"]
    assert city.leaders[0].title == "党委委员、副局长"
    assert city.offices[0].leader == "乙副局长"
    assert city.offices[1].leader == ""


def test_without_leaders_a_section_may_name_whom_it_likes_and_with_them_it_may_not(folder: Path) -> None:
    assert load(folder, KEYS).leaders == ()
    (folder / "leaders.csv").write_text(LEADERS, encoding="utf-8")
    (finding,) = _told(folder)
    assert finding.where == "offices.csv 第2行 leader"
    assert "leaders.csv" in finding.what


def test_a_citys_own_days_go_over_the_national_calendar(folder: Path) -> None:
    assert load(folder, KEYS).calendar.is_workday(date(2021, 9, 6))
    (folder / "calendar.csv").write_text(DAYS, encoding="utf-8")
    calendar = load(folder, KEYS).calendar
    assert not calendar.is_workday(date(2021, 9, 6))
    assert calendar.is_workday(date(2021, 10, 2))
    assert not calendar.is_workday(date(2021, 10, 3))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("off", "放假", "calendar.csv 第2行 kind"),
        ("2021-09-06", "9月6日", "calendar.csv 第2行 day"),
        ("建市纪念日", "", "calendar.csv 第2行 name"),
        ("2021/10/2", "2021年9月6日", "calendar.csv 第3行 day"),
    ],
)
def test_a_slip_in_the_calendar_is_told_with_its_place(folder: Path, old: str, new: str, where: str) -> None:
    (folder / "calendar.csv").write_text(DAYS.replace(old, new, 1), encoding="utf-8")
    assert [one.where for one in _told(folder)] == [where]


def _as_book(folder: Path, name: str) -> openpyxl.Workbook:
    """A table retyped in a spreadsheet, as a person does it: numbers as numbers, days as days."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in csv.reader((folder / name).read_text("utf-8").splitlines()):
        sheet.append([_typed(cell) for cell in cells])
    (folder / name).unlink()
    return book


def _typed(cell: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"[\d.]+", cell) else cell or None


def test_every_table_may_be_a_workbook_instead(folder: Path) -> None:
    (folder / "calendar.csv").write_text(DAYS, encoding="utf-8")
    wanted = load(folder, KEYS)
    for name in [*FILES, "calendar.csv"]:
        if name.endswith(".csv"):
            _as_book(folder, name).save((folder / name).with_suffix(".xlsx"))
    assert load(folder, KEYS) == wanted


def test_a_share_typed_as_percent_is_told_and_never_a_hundred_times_too_small(folder: Path) -> None:
    book = _as_book(folder, "published.csv")
    book.worksheets[0]["D2"] = 0.0333
    book.worksheets[0]["D2"].number_format = "0.00%"
    book.save(folder / "published.xlsx")
    (finding,) = _told(folder)
    assert finding.where == "published.xlsx 第2行 value"
    assert "3.33%" in finding.what


def test_a_formula_without_its_value_is_told_with_its_cell(folder: Path) -> None:
    book = _as_book(folder, "published.csv")
    book.worksheets[0]["D2"] = "=1+2"
    book.save(folder / "published.xlsx")
    (finding,) = _told(folder)
    assert finding.where == "published.xlsx"
    assert "D2" in finding.what


def test_two_files_of_one_table_are_not_weighed_against_each_other(folder: Path) -> None:
    kept = (folder / "offices.csv").read_text("utf-8")
    _as_book(folder, "offices.csv").save(folder / "offices.xlsx")
    (folder / "offices.csv").write_text(kept, encoding="utf-8")
    (finding,) = _told(folder)
    assert finding.where == "offices.xlsx"
    assert "offices.csv" in finding.what


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,name",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        files.packed({"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
        files.packed({"word/document.xml": b"<a/>"}),
        files.packed({"xl/workbook.xml": b"0" * (90 << 20)}),
    ],
    ids=["nothing", "a csv under that name", "old excel under that name", "broken", "a document", "a bomb"],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(folder: Path, content: bytes) -> None:
    (folder / "offices.csv").unlink()
    (folder / "people.csv").unlink()
    (folder / "offices.xlsx").write_bytes(content)
    (finding,) = _told(folder)
    assert finding.where == "offices.xlsx"


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/hostname", "a\\\\b.txt", "a\\u0000b.txt", "要" * 80])
def test_the_plan_is_never_looked_for_outside_the_folder(folder: Path, name: str) -> None:
    (folder / "city.toml").write_text(f'{FILES["city.toml"]}plan = "{name}"\n', encoding="utf-8")
    (finding,) = _told(folder)
    assert finding.where == "city.toml plan"


@pytest.mark.parametrize("words", ["name = " + "[" * 5000, "opens = " + "1" * 5000])
def test_settings_no_person_would_write_are_refused_too(folder: Path, words: str) -> None:
    (folder / "city.toml").write_text(words, encoding="utf-8")
    assert any(one.where.startswith("city.toml") for one in _told(folder))


def test_other_papers_may_lie_beside(folder: Path) -> None:
    for name in ("plan-2022.txt", "ledger-2020.xlsx", "minutes-2021-03.txt", "SOURCE.md"):
        (folder / name).write_bytes(b"")
    assert load(folder, KEYS).name == "星海市"


def test_units_may_have_a_place_on_the_map_of_tiles(folder: Path) -> None:
    assert [(one.row, one.column) for one in load(folder, KEYS).divisions] == [(None, None), (None, None)]
    (folder / "divisions.csv").write_text(
        "code,name,kind,doubt,row,col\nA1,东区,district,,2,3\nZZ02,市直,direct,,,\n", "utf-8"
    )
    assert [(one.row, one.column) for one in load(folder, KEYS).divisions] == [(2, 3), (None, None)]


@pytest.mark.parametrize("cells", ["0,1", "1.5,1", "2,3"])
def test_a_tile_stands_on_a_whole_place_of_its_own(folder: Path, cells: str) -> None:
    rows = f"code,name,kind,doubt,row,col\nA1,东区,district,,2,3\nZZ02,市直,direct,,{cells}\n"
    (folder / "divisions.csv").write_text(rows, "utf-8")
    with pytest.raises(RefusedError, match=r"格子|重复"):
        load(folder, KEYS)
