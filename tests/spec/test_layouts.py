"""The annual return in every layout: what a file says is what is taken, cell by cell, or nothing is."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import import_books, import_sheets, merged
from luoshi.checking.layouts.headers import columns, data_begins
from luoshi.checking.layouts.titles import bare, names, path, shift, unit
from luoshi.cli import app
from luoshi.declared.layouts import LAYOUTS, layouts
from luoshi.declared.returns import RETURNS
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import Page, as_csv, as_xlsx
from luoshi.imagining.filing.writing import write_files
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.layouts import Need, Shape
from luoshi.words.sheets import Sheet
from tests.spec.annual_files import COLUMNS, YEAR, as_xls, assert_same, only, sheet, told, truth, without_column

BY_KEY = {one.key: one for one in LAYOUTS}


def _taken(manner: Manner, **more):
    return import_sheets([sheet(flat_export(told(), manner, **more))], LAYOUTS)


# What public guides say of single cells, so that generator and layouts cannot go astray together.


def _book(kind: str, tables=workbooks.NEW) -> dict[str, Page]:
    one = next(one for one in told() if one.register["kind"] == kind and one.bands)
    return {page.name: page for page in workbooks.workbook(one, tables)}, one


def _cell(page: Page, address: str) -> object:
    letters = address.rstrip("0123456789")
    return page.rows[int(address[len(letters) :]) - 1][ord(letters) - ord("A")]


def test_the_bands_of_2106_stand_in_the_cells_that_guides_name() -> None:
    pages, one = _book("211")
    bands, page = one.bands["primary"], pages["教基2106_小学"]
    assert _cell(page, "C5") == bands["classes"]
    assert [_cell(page, f"C{row}") for row in range(6, 11)] == [
        bands[name] for name in ("up_to_25", "from_26", "from_31", "from_36", "from_41")
    ]
    assert [_cell(page, f"A{row}") for row in range(13, 16)] == ["56-60人", "61-65人", "66人及以上"]
    assert [_cell(page, f"C{row}") for row in range(13, 16)] == [bands[f"from_{at}"] for at in (56, 61, 66)]
    assert _cell(page, "A5") == "总计"


def test_pupils_of_3112_stand_in_column_i_with_the_total_in_row_6() -> None:
    pages, one = _book("211")
    page = pages["教基3112_小学"]
    assert (_cell(page, "A6"), _cell(page, "I6")) == ("总计", one.bands["primary"]["pupils"])


def test_rooms_grounds_books_and_equipment_stand_in_the_cells_that_guides_name() -> None:
    pages, one = _book("211")
    rooms, land = pages["教基5170_小学"], pages["教基5176_小学"]
    assert (_cell(rooms, "C10"), _cell(rooms, "C17")) == (one.premises["teaching"], one.premises["indoor_sports"])
    assert (_cell(land, "D7"), _cell(land, "D12")) == (one.premises["sports_ground"], one.equipment["books"])
    assert (_cell(land, "D17"), _cell(land, "C19")) == (one.premises["media_rooms"], "万元")
    assert _cell(land, "D19") * 10_000 == one.equipment["equipment"]


def test_backbone_teachers_stand_in_d12_of_1102_and_in_d30_and_d31_of_112() -> None:
    pages, one = _book("312")
    page = next(page for name, page in pages.items() if name.startswith("教基1102续"))
    assert _cell(page, "D12") == one.staff["primary"]["backbone"]
    old, one = _book("312", workbooks.OLD)
    assert [_cell(old["基础基112"], f"D{row}") for row in (30, 31)] == [
        one.staff[stage]["backbone"] for stage in ("primary", "junior")
    ]


def test_the_old_tables_have_their_totals_and_bands_where_guides_name_them() -> None:
    pages, one = _book("211", workbooks.OLD)
    classes, bands = pages["基础基212"], one.bands["primary"]
    assert (_cell(classes, "A6"), _cell(classes, "E6")) == ("总计", bands["classes"])
    assert [_cell(classes, f"E{row}") for row in range(8, 12)] == [
        bands[name] for name in ("up_to_25", "from_26", "from_31", "from_36")
    ]
    land = pages["基础基522"]
    assert _cell(land, "F9") == one.premises["sports_ground"]
    assert _cell(land, "L9") + _cell(land, "N9") == one.premises["media_rooms"]
    assert _cell(land, "O9") * 10_000 == one.equipment["equipment"]


def test_213_counts_its_rows_from_01_and_says_no_bands_by_grade() -> None:
    pages = _book("311", workbooks.OLD)[0]
    rows = pages["基础基213"].rows[5:]
    assert [row[1] for row in rows] == [f"{at:02d}" for at in range(1, 13)]
    assert [row[0] for row in rows][:3] == ["总计", "#四年制", "25人及以下"]
    assert rows[-1][0] == "66人及以上"
    assert all(row[3:6] == [None] * 3 for row in rows[2:])


def test_a_flat_export_has_over_three_hundred_columns_and_says_that_it_is_made_up() -> None:
    page = flat_export(told(), Manner())
    assert len(page.rows[-1]) > 300
    assert MADE_UP in str(page.rows[0][0])
    assert sum(1 for first, left, last, right in page.merges if right > left) > 30


# What a file says is what is taken.

MANNERS = {
    "as it comes": Manner(),
    "old numbering": Manner(OLD),
    "shuffled": Manner(shuffled=3),
    "shuffled, old numbering": Manner(OLD, shuffled=4),
    "words only": Manner(words="word"),
    "codes only": Manner(words="code", quoted=True),
    "more titles": Manner(extra=True),
    "all at once": Manner(OLD, shuffled=9, extra=True, words="word", quoted=True),
}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=list(MANNERS))
def test_a_flat_export_is_taken_cell_by_cell(manner: Manner) -> None:
    imported = _taken(manner)
    assert imported.layout.key == ("flat-2019" if manner.numbers is OLD else "flat-2020")
    assert_same(imported, truth())
    assert not [odd for one in imported.parts for odd in one.odd]


def test_a_workbook_with_merged_cells_is_taken_cell_by_cell() -> None:
    content = as_xlsx([flat_export(told(), Manner(shuffled=5))])
    assert_same(import_sheets(read_sheets(content, "导出.xlsx"), LAYOUTS), truth())


def test_a_csv_in_gbk_is_taken_cell_by_cell() -> None:
    content = as_csv(flat_export(told(), Manner(OLD, words="word", quoted=True)))
    assert content.decode("gbk")
    assert_same(import_sheets(read_sheets(content, "导出.csv"), LAYOUTS), truth())


@pytest.mark.parametrize("numbers", [NEW, OLD])
def test_an_old_xls_with_its_columns_on_two_sheets_is_taken_cell_by_cell(numbers) -> None:
    half = only(*numbers.pupils.values(), *numbers.classes.values(), numbers.children, numbers.kindergarten)
    pages = [
        flat_export(told(), Manner(numbers), only=half),
        flat_export(told(), Manner(numbers), only=lambda path: len(path) == 1 or not half(path)),
    ]
    assert all(len(page.rows[-1]) <= 256 for page in pages)
    named = [Page(name, page.rows, ()) for name, page in zip(("一", "二"), pages, strict=True)]
    assert_same(import_sheets(read_sheets(as_xls(named), "导出.xls"), LAYOUTS), truth())


@pytest.mark.parametrize(("tables", "key"), [(workbooks.NEW, "book-2020"), (workbooks.OLD, "book-2019")])
def test_workbooks_of_all_institutions_are_taken_cell_by_cell(tables, key: str) -> None:
    files = {workbooks.file_name(one): [sheet(page) for page in workbooks.workbook(one, tables)] for one in told()}
    imported = import_books(files, LAYOUTS)
    assert imported.layout.key == key
    assert_same(imported, truth())


def test_workbooks_as_files_are_taken_cell_by_cell() -> None:
    some = told()[:20]
    files = {f"{at}.xlsx": as_xlsx(workbooks.workbook(one)) for at, one in enumerate(some[:3])}
    imported = import_books({name: read_sheets(content, name) for name, content in files.items()}, LAYOUTS)
    rows = {one.of.key: one.rows for one in imported.parts}
    assert rows["institutions"]["school"].to_list() == [one.register["school"] for one in some[:3]]
    assert rows["equipment"]["equipment"].to_list() == [one.equipment["equipment"] for one in some[:3]]


def test_a_sheet_that_is_missing_is_told_and_the_rest_is_taken() -> None:
    files = {
        workbooks.file_name(one): [sheet(p) for p in workbooks.workbook(one, without=["教基5176"])] for one in told()
    }
    imported = import_books(files, LAYOUTS)
    assert any("教基5176" in one.what and f"{len(files)}份" in one.where for one in imported.told)
    assert {one.of.key for one in imported.parts} == set(COLUMNS) - {"equipment"}
    premises = next(one.rows for one in imported.parts if one.of.key == "premises")
    assert premises["teaching"].to_list() == truth()["premises"]["teaching"].to_list()


def test_a_few_blocks_of_a_flat_export_are_enough() -> None:
    imported = _taken(Manner(), only=only(NEW.classes["primary"], NEW.land))
    rows = {one.of.key: one.rows for one in imported.parts}
    assert set(rows) == {"institutions", "class_bands", "premises", "equipment"}
    assert rows["class_bands"]["stage"].unique().to_list() == ["primary"]
    wanted = truth()["class_bands"].filter(pl.col("stage") == "primary").sort("school")["from_66"]
    assert rows["class_bands"].sort("school")["from_66"].to_list() == wanted.to_list()


def test_zeros_under_the_stages_a_school_does_not_teach_make_no_rows() -> None:
    page = flat_export(told(), Manner())
    head = data_begins([[None if c is None else str(c) for c in row] for row in page.rows], {"机构编码标识码"})
    rows = [*page.rows[:head], *([0 if cell is None else cell for cell in row] for row in page.rows[head:])]
    imported = import_sheets([sheet(Page("平面导出", rows, ()))], LAYOUTS)
    for key in ("class_bands", "staff_counts", "kindergartens"):
        got = next(one.rows for one in imported.parts if one.of.key == key)
        wanted = (
            truth()[key].filter(pl.col("stage") != "vocational") if "stage" in truth()[key].columns else truth()[key]
        )
        wanted = wanted.filter(pl.col("stage") != "special") if key == "class_bands" else wanted
        assert got.height == wanted.height, key


def test_titles_nobody_asks_for_are_told_and_those_of_persons_are_dropped() -> None:
    imported = _taken(Manner(extra=True))
    words = [one.what for one in imported.told]
    assert any("备注一" in one or "等" in one for one in words)
    assert any("能认出个人的列：校长姓名、联系电话" in one for one in words)
    assert all(one.severity is Severity.TELLS for one in imported.told)


def test_an_address_in_a_finding_is_the_cell_of_the_file() -> None:
    page = flat_export(told(), Manner())
    head = [[None if c is None else str(c) for c in row] for row in page.rows[:20]]
    begins = data_begins(head, {"机构编码标识码"})
    there = columns(head[:begins], {"教基5176", "计", "占地面积", "图书", "其中"})
    books = next(one for one in there if one.ends(["图书"]))
    rows = [list(row) for row in page.rows]
    rows[begins + 4][books.place] = "约三千"
    imported = import_sheets([sheet(Page("平面导出", rows, ()))], LAYOUTS)
    odd = [one for part in imported.parts for one in part.odd]
    assert [(one.address, one.raw) for one in odd] == [(f"{books.letters}{begins + 5}", "约三千")]
    part = next(part for part in imported.parts if part.of.key == "equipment")
    assert part.rows["school"][odd[0].row] == told()[4].register["school"]


def test_money_is_in_元_whatever_the_title_prints() -> None:
    page = flat_export(told()[:5], Manner())
    rows = [[str(c).replace("（万元）", "（元）") if isinstance(c, str) else c for c in row] for row in page.rows]
    scaled = import_sheets([sheet(page)], LAYOUTS).parts
    plain = import_sheets([sheet(Page("平面导出", rows, ()))], LAYOUTS).parts
    of = lambda parts: next(one.rows["equipment"][0] for one in parts if one.of.key == "equipment")  # noqa: E731
    assert of(scaled) == told()[0].equipment["equipment"]
    assert of(plain) == (of(scaled) / 10_000).quantize(Decimal("0.01"), "ROUND_HALF_UP")


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


# Indicators reckoned from the import are those of the city's own rows.


def _indicators(frames) -> dict[str, object]:
    bands, kindergartens = frames["class_bands"], frames["kindergartens"]
    compulsory = bands.filter(pl.col("stage").is_in(["primary", "junior"]))
    large = sum(int(compulsory[f"from_{at}"].sum()) for at in (56, 61, 66))
    total, children = int(compulsory["classes"].sum()), int(kindergartens["children"].sum())
    by = dict(kindergartens.group_by("nature").agg(pl.col("children").sum()).iter_rows())
    public = by.get("public", 0) + by.get("quasi_public", 0)
    register = frames["institutions"]
    towns = set(register["township"].to_list())
    central = kindergartens.filter(pl.col("central") & (pl.col("nature") == "public"))["township"].to_list()
    return {
        "大班额": Decimal(large) / total,
        "超大班额": Decimal(int(compulsory["from_66"].sum())) / total,
        "普惠率": Decimal(public + by.get("inclusive", 0)) / children,
        "公办占比": Decimal(public) / children,
        "空白乡镇": sorted(towns - set(central)),
        "七项": _seven(frames),
    }


_STOCKS = {
    "R1": lambda row: (
        row["doctors"] + row["masters"] + row["bachelors"] + (row["college"] if row["stage"] == "primary" else 0)
    ),
    "R2": lambda row: row["backbone"],
    "R3": lambda row: row["sports"] + row["arts"],
    "R4": lambda row: row["teaching"] - row["indoor_sports"],
    "R5": lambda row: row["sports_ground"] + row["indoor_sports"],
    "R6": lambda row: row["equipment"],
    "R7": lambda row: row["media_rooms"],
}


def _seven(frames) -> dict[tuple[str, str, str], Decimal | None]:
    """Coefficient of variation of each of the seven, by county and stage; weighted by pupils."""
    keyed = ["school", "stage"]
    rows = frames["class_bands"].select(*keyed, "county", "pupils").filter(pl.col("stage").is_in(["primary", "junior"]))
    rows = rows.join(frames["staff_counts"].drop("county"), on=keyed)
    rows = rows.join(frames["premises"].drop("county"), on="school").join(
        frames["equipment"].drop("county"), on="school"
    )
    told = {}
    for (county, stage), some in rows.sort(keyed).group_by(["county", "stage"], maintain_order=True):
        for name, stock in _STOCKS.items():
            pairs = [(Decimal(stock(row)), Decimal(row["pupils"])) for row in some.iter_rows(named=True)]
            pupils = sum(people for _, people in pairs)
            mean = sum(held for held, _ in pairs) / pupils
            spread = sum(people / pupils * (held / people - mean) ** 2 for held, people in pairs).sqrt()
            told[county, stage, name] = spread / mean if mean else None
    return told


def _as_frames(imported) -> dict[str, pl.DataFrame]:
    return {one.of.key: one.rows for one in imported.parts}


@pytest.mark.parametrize("manner", [Manner(shuffled=1), Manner(OLD, shuffled=2, words="word", extra=True)])
def test_indicators_from_a_flat_export_are_those_of_the_city(manner: Manner) -> None:
    got = _indicators(_as_frames(_taken(manner)))
    assert got == _indicators(truth())
    assert 0 < got["大班额"] < 1
    assert 0 < got["公办占比"] < got["普惠率"] < 1
    assert len({county for county, _, _ in got["七项"]}) > 2


def test_indicators_from_workbooks_are_those_of_the_city() -> None:
    files = {workbooks.file_name(one): [sheet(p) for p in workbooks.workbook(one, workbooks.OLD)] for one in told()}
    assert _indicators(_as_frames(import_books(files, LAYOUTS))) == _indicators(truth())


# Teaching points are merged into their schools once and remembered.


def _parents() -> dict[str, str]:
    register = truth()["institutions"].filter(~pl.col("counted"))
    return dict(register.select("school", "parent").iter_rows())


def test_teaching_points_are_added_to_their_schools_and_what_was_taken_stays() -> None:
    imported, parents = _taken(Manner()), _parents()
    told_ = merged(imported.parts, parents)
    before, after = ({one.of.key: one.rows for one in some} for some in (told_.unmerged, told_.parts))
    assert told_.orphans == ()
    assert told_.parents == parents
    assert set(after["institutions"]["school"]) == set(before["institutions"]["school"]) - set(parents)
    assert after["class_bands"]["pupils"].sum() == before["class_bands"]["pupils"].sum()
    home = next(iter(parents.values()))
    own = [home, *(point for point, at in parents.items() if at == home)]
    bands = before["class_bands"].filter(pl.col("school").is_in(own) & (pl.col("stage") == "primary"))
    one = after["class_bands"].filter((pl.col("school") == home) & (pl.col("stage") == "primary")).row(0, named=True)
    assert bands.height > 1
    assert one["pupils"] == bands["pupils"].sum()
    assert one["urban"] == bands.filter(pl.col("school") == home)["urban"][0]
    land = before["premises"].filter(pl.col("school").is_in(own))["land"].sum()
    assert after["premises"].filter(pl.col("school") == home)["land"][0] == land


def test_bandwidth_is_no_stock_and_is_not_summed() -> None:
    after = {one.of.key: one.rows for one in merged(_taken(Manner()).parts, _parents()).parts}
    assert after["equipment"]["bandwidth"].unique().to_list() == [200]


def test_points_nobody_has_given_a_school_are_listed_and_stand_alone() -> None:
    imported, parents = _taken(Manner()), _parents()
    point = next(iter(parents))
    told_ = merged(imported.parts, {one: home for one, home in parents.items() if one != point})
    assert [one.school for one in told_.orphans] == [point]
    register = next(one.rows for one in told_.parts if one.of.key == "institutions")
    assert point in register["school"].to_list()


def test_a_school_that_is_not_in_the_register_is_told() -> None:
    point = next(iter(_parents()))
    told_ = merged(_taken(Manner()).parts, {**_parents(), point: "2199999999"})
    assert [point in one.where and "2199999999" in one.what for one in told_.told] == [True]


# Layouts are data.


def test_a_city_mends_a_title_in_a_spreadsheet_saved_in_gbk(tmp_path: Path) -> None:
    page = flat_export(told()[:3], Manner())
    rows = [["图书馆藏书" if cell == "图书（册）" else cell for cell in row] for row in page.rows]
    changed = sheet(Page("平面导出", rows, ()))
    with pytest.raises(RefusedError):
        import_sheets([changed], LAYOUTS)
    mended = (Path(layouts.__globals__["FOLDER"]) / "flat-2020.csv").read_text("utf-8-sig")
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


# The command.


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
