"""The annual return in every layout: what a file says is what is taken, cell by cell, or nothing is."""

from decimal import Decimal

import polars as pl
import pytest

from luoshi.checking import import_books, import_sheets
from luoshi.checking.layouts.headers import columns, data_begins
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining import MADE_UP
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import Page, as_csv, as_xlsx
from luoshi.reading.frames import read_sheets
from luoshi.words.findings import Severity
from tests.spec.annual_files import COLUMNS, as_xls, assert_same, only, sheet, told, truth

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
