"""Layouts are data that an official mends; and the command that uses them."""

import csv
import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import import_sheets, load_layouts
from luoshi.checking.layouts.headers import columns
from luoshi.checking.layouts.titles import bare, names, shift, unit
from luoshi.cli import app
from luoshi.declared.layouts import FOLDER, LAYOUTS
from luoshi.declared.returns import RETURNS
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.filing.exports import Manner, flat_export
from luoshi.imagining.filing.pages import Page
from luoshi.imagining.filing.writing import write_files
from luoshi.words.errors import RefusedError
from luoshi.words.layouts import Need, Shape
from tests.spec.annual_files import COLUMNS, YEAR, sheet, told


def layouts(*folders: Path):
    return load_layouts(FOLDER, *folders, returns=RETURNS)


def test_a_city_mends_a_title_in_a_spreadsheet_saved_in_gbk(tmp_path: Path) -> None:
    page = flat_export(told()[:3], Manner())
    rows = [["图书馆藏书" if cell == "图书（册）" else cell for cell in row] for row in page.rows]
    changed = sheet(Page("平面导出", rows, ()))
    with pytest.raises(RefusedError):
        import_sheets([changed], LAYOUTS)
    mended = (FOLDER / "flat-2020.csv").read_text("utf-8-sig")
    (tmp_path / "layouts.csv").write_text("代号,名称,形状,起,止\nflat-2020,平面导出（本市）,平面,2020,\n", "gbk")
    (tmp_path / "flat-2020.csv").write_text(mended.replace("图书>计|图书", "图书馆藏书|图书"), "gbk")
    imported = import_sheets([changed], layouts(tmp_path))
    assert imported.layout.name == "平面导出（本市）"
    books = next(one.rows["books"] for one in imported.parts if one.of.key == "equipment")
    assert books.to_list() == [one.equipment["books"] for one in told()[:3]]


def test_a_city_adds_a_word_of_a_choice(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("列,写法,代码\noperator,军区,public\n", "utf-8")
    assert all(one.words["operator"]["军区"] == "public" for one in layouts(tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("layouts.csv", "代号,名称,形状,起,止\nmine,我的,方的,2020,\n", "形状或年份读不懂"),
        ("layouts.csv", "代号,名称\nmine,我的\n", "没有列 形状、起、止"),
        ("flat-2020.csv", "报表,学段,列,表,行,表头,单位,须有,取法\n学校名单,,名称,,,名称,,,\n", "没有声明的"),
    ],
)
def test_a_layout_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(RefusedError, match=words):
        layouts(tmp_path)


def test_layouts_name_only_declared_columns_and_carry_every_return_of_the_annual_files() -> None:
    assert {one.shape for one in LAYOUTS} == set(Shape)
    for layout in LAYOUTS:
        assert {one.of.key for one in layout.sources if one.of} == set(COLUMNS)
        assert sum(one.need is Need.ALWAYS for one in layout.sources) >= 4
        for source in layout.sources:
            of = [source.of] if source.of else list(RETURNS.values())
            assert any(source.column in one.columns for one in of), source
            assert source.paths, source


def test_titles_are_compared_without_what_differs_from_paper_to_paper() -> None:
    assert bare("#其中：运动场地 面积（平方米）") == bare("运动场地面积") == "运动场地面积"
    assert bare("一、教学及辅助用房") == "教学及辅助用房"
    assert names("教基2106 小学班数、班额") >= {"教基2106", "小学班数班额"}
    assert [bare(one) for one in ("合计", "总 计", "计")] == ["计"] * 3
    assert (unit("设备（万元）"), shift(unit("设备（万元）"))) == ("万元", 4)
    assert (unit("单位：平方米"), unit("教师（小学）")) == ("平方米", "")


def test_upper_headers_reach_over_merged_cells_and_no_further() -> None:
    rows = [
        ["演示", None, None, None, None],
        ["编码", "在校生数", None, None, "面积（平方米）"],
        [None, "合计", "其中", None, None],
        [None, None, "女", "寄宿", None],
    ]
    found = columns(rows, {"编码", "在校生数", "计", "女", "面积", "寄宿"})
    assert [one.said for one in found] == [
        "编码",
        "在校生数＞合计",
        "在校生数＞其中＞女",
        "在校生数＞其中＞寄宿",
        "面积（平方米）",
    ]
    assert [one.ends(["在校生数", "女"]) for one in found] == [False, False, True, False, False]
    assert found[-1].unit == "平方米"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    assert len(list(write_files(City(20, seed=1), YEAR, folder))) == 22
    return folder


def _run(*words: object):
    return CliRunner().invoke(app, ["import", *(str(one) for one in words)])


def test_the_command_takes_a_flat_export_and_says_what_of_it(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.xlsx")
    assert MADE_UP in export.name
    done = _run(export, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "版式　平面导出（教基，2020学年起）（flat-2020）" in done.output
    assert "读入　学校（机构）名录 20 行" in done.output
    assert pl.read_parquet(tmp_path / "out/class_bands.parquet").schema == RETURNS["class_bands"].schema()


def test_the_command_takes_a_csv_in_gbk_and_ends_with_1_where_a_rule_is_broken(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.csv")
    rows = list(csv.reader(io.StringIO(export.read_bytes().decode("gbk"))))
    heads = [one for one in range(len(rows[-1])) if any(row[one : one + 1] == ["66人及以上"] for row in rows[:8])]
    rows[-20][heads[0]] = str(int(rows[-20][heads[0]] or 0) + 9)
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    (tmp_path / "坏.csv").write_bytes(kept.getvalue().encode("gbk"))
    done = _run(tmp_path / "坏.csv", "--format", "json")
    assert done.exit_code == 1, done.output
    told_ = json.loads(done.output)
    assert told_["counts"]["stops"] >= 1
    rules = [one for part in told_["returns"] for one in part["rules"] if one["broken"]]
    assert "各段班数之和等于班数总计" in {one["sentence"] for one in rules}


def test_the_command_takes_a_folder_and_a_zip_of_workbooks(files: Path, tmp_path: Path) -> None:
    (folder,) = (one for one in files.iterdir() if one.is_dir())
    some = sorted(folder.iterdir())[:4]
    with zipfile.ZipFile(tmp_path / "四校.zip", "w") as packed:
        for one in some:
            packed.write(one, one.name)
    done = _run(tmp_path / "四校.zip")
    assert done.exit_code == 0, done.output
    assert "book-2020" in done.output
    assert "读入　学校（机构）名录 4 行" in done.output
    alone = _run(some[0], "--layout", "book-2019")
    assert alone.exit_code == 2
    assert "book-2019.csv" in alone.output


def test_the_command_refuses_an_unknown_layout_and_an_empty_folder(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.csv")
    assert "没有版式" in _run(export, "--layout", "flat-1900").output
    (tmp_path / "empty").mkdir()
    assert _run(tmp_path / "empty").exit_code == 2
