"""Cells that public guides name, so that generator and layouts cannot go astray together."""

from luoshi.imagining import MADE_UP
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import Manner, flat_export
from luoshi.imagining.filing.pages import Page
from tests.spec.annual_files import told


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
