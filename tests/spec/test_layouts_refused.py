"""A file is taken whole or not at all, and every title that is missed is named."""

import polars as pl
import pytest

from luoshi.checking import import_books, import_sheets
from luoshi.checking.layouts.headers import columns, data_begins
from luoshi.checking.layouts.titles import bare, path
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import Page
from luoshi.words.errors import RefusedError
from luoshi.words.layouts import Need
from luoshi.words.sheets import Sheet
from tests.spec.annual_files import YEAR, sheet, told, without_column

BY_KEY = {one.key: one for one in LAYOUTS}


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
