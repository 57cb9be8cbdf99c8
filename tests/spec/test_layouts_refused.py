"""Files of the annual return that do not fit are refused whole, and layouts are data that an official mends."""

from pathlib import Path

import polars as pl
import pytest

from luoshi.checking import import_books, import_sheets, load_layouts
from luoshi.checking.layouts.headers import columns, data_begins
from luoshi.checking.layouts.titles import bare, names, path, shift, unit
from luoshi.declared.layouts import FOLDER, LAYOUTS
from luoshi.declared.returns import RETURNS
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import Page
from luoshi.words.errors import RefusedError
from luoshi.words.layouts import Need, Shape
from luoshi.words.sheets import Sheet
from tests.spec.annual_files import COLUMNS, YEAR, sheet, told, without_column

BY_KEY = {one.key: one for one in LAYOUTS}


def _taken(manner: Manner, **more):
    return import_sheets([sheet(flat_export(told(), manner, **more))], LAYOUTS)


# What public guides say of single cells, so that generator and layouts cannot go astray together.


# Never a half import.


def _needed(key: str):
    layout = BY_KEY[key]
    return [one for one in layout.sources if one.need is not Need.MAYBE]


def _columns_of(page: Page, layout) -> dict[object, int]:
    head = [[None if cell is None else str(cell) for cell in row] for row in page.rows[:20]]
    begins = data_begins(head, {"机构编码标识码"})
    known = {part for one in layout.sources for words in (*one.table, *one.paths) for part in path(words)}
    there = columns(head[:begins], known)
    found = {}
    for source in layout.sources:
        for words in source.paths:
            hits = [c for t in source.table or ("",) for c in there if c.ends((*path(t), *path(words)))]
            if hits:
                found[source] = min(hits, key=lambda one: len(one.path)).place
                break
    return found


def _filled_headers(page: Page) -> Page:
    """Every header cell under a merge says its words, so that a column can go without its neighbours losing theirs."""
    rows = [list(row) for row in page.rows]
    for first, left, last, right in page.merges[1:]:
        for at in range(first, last + 1):
            for place in range(left, right + 1):
                rows[at][place] = rows[first][left] if right > left or at == first else rows[at][place]
    return Page(page.name, rows, ())


def _lack(key: str, numbers, chosen) -> int:
    layout, few = BY_KEY[key], told()[:4]
    page = _filled_headers(flat_export(few, Manner(numbers, words="code")))
    assert import_sheets([sheet(page)], LAYOUTS).layout.key == key
    places, gone = _columns_of(page, layout), 0
    for source in chosen(_needed(key)):
        others = [s for s in layout.sources if (s.of, s.stage, s.column) == (source.of, source.stage, source.column)]
        if source not in places or len(others) > 1:
            continue
        with pytest.raises(RefusedError) as refused:
            import_sheets([sheet(without_column(page, places[source]))], LAYOUTS)
        assert any(str(source) in one.what for one in refused.value.findings), source
        gone += 1
    return gone


@pytest.mark.parametrize(("key", "numbers"), [("flat-2020", NEW), ("flat-2019", OLD)])
def test_a_flat_export_that_lacks_a_needed_title_is_refused_by_that_title(key: str, numbers) -> None:
    assert _lack(key, numbers, lambda some: some[::9]) > 8


@pytest.mark.prove
@pytest.mark.parametrize(("key", "numbers"), [("flat-2020", NEW), ("flat-2019", OLD)])
def test_a_flat_export_that_lacks_any_needed_title_is_refused_by_that_title(key: str, numbers) -> None:
    assert _lack(key, numbers, lambda some: some) > 100


def _without_row(pages, words: str, table: str):
    for page in pages:
        rows = [row for row in page.rows if not (page.name.startswith(table) and row and row[0] == words)]
        yield Page(page.name, rows, ())


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("教基1001", "学校（机构）标识码"),
        ("教基1001", "办学类型"),
        ("教基2106", "66人及以上"),
        ("教基2106", "总计"),
        ("教基3112", "#寄宿生"),
        ("教基4153", "中级"),
        ("教基4155", "专科"),
        ("教基5170", "室内体育用房"),
        ("教基5176", "#教学仪器设备资产值"),
    ],
)
def test_a_workbook_that_lacks_a_needed_row_is_refused_by_that_row(table: str, words: str) -> None:
    one = next(one for one in told() if one.register["kind"] == "211")
    pages = _without_row(workbooks.workbook(one), words, table)
    with pytest.raises(RefusedError) as refused:
        import_sheets([sheet(page) for page in pages], LAYOUTS)
    assert any(bare(words) in bare(finding.what) for finding in refused.value.findings)


def test_one_workbook_that_does_not_fit_stops_the_whole_folder() -> None:
    files = {str(at): [sheet(page) for page in workbooks.workbook(one)] for at, one in enumerate(told()[:4])}
    files["2"] = files["2"][1:]
    with pytest.raises(RefusedError) as refused:
        import_books(files, LAYOUTS)
    assert all(finding.where.startswith("2 ") for finding in refused.value.findings)


def test_a_refusal_names_the_nearest_heading() -> None:
    page = flat_export(told()[:3], Manner())
    rows = [["66人以上班" if cell == "66人及以上" else cell for cell in row] for row in page.rows]
    with pytest.raises(RefusedError) as refused:
        import_sheets([sheet(Page("平面导出", rows, ()))], LAYOUTS)
    assert len(refused.value.findings) == 3
    assert all("最相近的是" in one.what and "66人以上班" in one.what for one in refused.value.findings)
    assert all("flat-2020.csv" in one.remedy for one in refused.value.findings)


def test_a_file_that_two_layouts_fit_is_asked_about() -> None:
    page = sheet(flat_export(told()[:3], Manner(), only=lambda path: len(path) == 1))
    with pytest.raises(RefusedError, match="几种版式都合适"):
        import_sheets([page], LAYOUTS)
    assert import_sheets([page], LAYOUTS, year=YEAR).layout.key == "flat-2020"
    assert import_sheets([page], [BY_KEY["flat-2019"]]).layout.key == "flat-2019"


def test_a_file_of_something_else_is_refused() -> None:
    other = Sheet("课表", pl.DataFrame({"a": ["星期一", "语文"], "b": ["星期二", "数学"]}))
    with pytest.raises(RefusedError, match="认不出这份文件"):
        import_sheets([other], LAYOUTS)


def test_a_year_without_layouts_is_refused() -> None:
    with pytest.raises(RefusedError, match="没有1999学年的版式"):
        import_sheets([], LAYOUTS, year=1999)


def test_a_hidden_sheet_is_told_and_not_taken() -> None:
    page = sheet(flat_export(told()[:3], Manner()))
    secret = Sheet("底稿", page.cells, hidden=True)
    imported = import_sheets([page, secret], LAYOUTS)
    assert any("底稿" in one.where and "隐藏" in one.what for one in imported.told)
    assert imported.parts[0].rows["school"].n_unique() == imported.parts[0].rows.height


# Layouts are data.


def test_a_city_mends_a_title_in_a_spreadsheet_saved_in_gbk(tmp_path: Path) -> None:
    page = flat_export(told()[:3], Manner())
    rows = [["图书馆藏书" if cell == "图书（册）" else cell for cell in row] for row in page.rows]
    changed = sheet(Page("平面导出", rows, ()))
    with pytest.raises(RefusedError):
        import_sheets([changed], LAYOUTS)
    mended = (FOLDER / "flat-2020.csv").read_text("utf-8-sig")
    (tmp_path / "layouts.csv").write_text("代号,名称,形状,起,止\nflat-2020,平面导出（本市）,平面,2020,\n", "gbk")
    (tmp_path / "flat-2020.csv").write_text(mended.replace("图书>计|图书", "图书馆藏书|图书"), "gbk")
    imported = import_sheets([changed], load_layouts(FOLDER, tmp_path, returns=RETURNS))
    assert imported.layout.name == "平面导出（本市）"
    books = next(one.rows["books"] for one in imported.parts if one.of.key == "equipment")
    assert books.to_list() == [one.equipment["books"] for one in told()[:3]]


def test_a_city_adds_a_word_of_a_choice(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("列,写法,代码\noperator,军区,public\n", "utf-8")
    assert all(one.words["operator"]["军区"] == "public" for one in load_layouts(FOLDER, tmp_path, returns=RETURNS))


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
        load_layouts(FOLDER, tmp_path, returns=RETURNS)


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
