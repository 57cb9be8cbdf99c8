"""Thirty messy ledgers (ten of them in every run) of 96 rows whose truth is known: no row lost, cells where they belong, every doubt shown; out again alike."""

import io
from contextlib import suppress
from functools import cache

import openpyxl
import pytest
import xlrd

from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.sheets import Ledger, Take, open_book, read_ledger, written_again
from luoshi.words.errors import RefusedError
from tests import ledgers
from tests.examples import some

SEEDS = range(some(30))
pytestmark = pytest.mark.xdist_group("old ledgers")  # each is made and read once


def _read(made: ledgers.Made) -> Ledger:
    return read_ledger(made.content, made.name, LEDGER_COLUMNS, offices=ledgers.OFFICES, units=ledgers.UNITS)


@cache
def _told(seed: int) -> tuple[ledgers.Made, Ledger]:
    made = ledgers.make(seed)
    return made, _read(made)


def test_no_row_is_lost_and_cells_stand_where_they_belong() -> None:
    right = wrong = 0
    strays = []
    for seed in SEEDS:
        made, told = _told(seed)
        read = {(row.sheet, row.row): {**row.cells, **row.extra} for row in told.rows}
        assert len(made.rows) == ledgers.ROWS
        assert made.rows.keys() - read.keys() == set(), (seed, "lost")
        assert read.keys() - made.rows.keys() == set(), (seed, "taken for a task")
        for place, cells in made.rows.items():
            for key, words in cells.items():
                if read[place].get(key, "") == words:
                    right += 1
                else:
                    wrong += 1
                    strays.append((seed, place, key, words, read[place].get(key)))
    assert right / (right + wrong) >= 0.99, strays[:20]


def test_every_line_of_a_sheet_is_accounted_for() -> None:
    for seed in SEEDS:
        made, told = _told(seed)
        lines = sum(
            len(sheet.rows)
            for sheet in open_book(made.content).sheets
            if not sheet.hidden and sheet.name in told.tables
        )
        assert len(told.rows) + len(told.left) == lines
        assert len(told.left) == made.others, [one for one in told.left if one.take is not Take.BLANK][:5]


def test_what_has_no_place_and_what_is_hidden_is_told() -> None:
    for seed in SEEDS:
        made, told = _told(seed)
        said = "\n".join(f"{one.where} {one.what}" for one in told.doubts)
        assert [name for name in [*made.strange, *made.hidden] if name not in said] == [], (seed, said)


def test_a_mapping_set_by_a_person_goes_before_what_was_known() -> None:
    made = next(made for seed in SEEDS if (made := _told(seed)[0]).strange)
    path = made.strange[0]
    told = read_ledger(made.content, made.name, LEDGER_COLUMNS, mapping={path: "needs"})
    assert all("needs" in row.cells and path not in row.extra for row in told.rows)
    again = read_ledger(made.content, made.name, LEDGER_COLUMNS)
    assert [table.signature for table in told.tables.values()] == [table.signature for table in again.tables.values()]


def _looks(content: bytes) -> dict[str, object]:
    """Everything a person sees of a workbook but the words."""
    told: dict[str, object] = {}
    seen: dict[tuple[int, ...], str] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        looks = {}
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            kind = tuple(cell._style or ())
            if kind not in seen:
                seen[kind] = repr((cell.font, cell.border, cell.fill, cell.alignment, cell.number_format))
            looks[cell.coordinate] = seen[kind]
        told[sheet.title] = (
            sheet.sheet_state,
            sorted(str(block) for block in sheet.merged_cells.ranges),
            {at: (one.width, one.hidden) for at, one in sheet.column_dimensions.items()},
            {at: one.height for at, one in sheet.row_dimensions.items() if one.height},
            looks,
        )
    return told


def _values(content: bytes) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_an_xlsx_comes_out_again_in_its_own_look_with_only_the_changed_cells_new(seed: int) -> None:
    made = ledgers.make(seed)
    place = next(iter(made.rows))
    again = written_again(made.content, {(*place, 2): "改过的字"}, paper="A3", headings={place[0]: 3})
    assert _looks(again) == _looks(made.content)
    before, after = _values(made.content), _values(again)
    assert {key for key in before if before[key] != after[key]} == {(place[0], f"B{place[1]}")}
    page = openpyxl.load_workbook(io.BytesIO(again))[place[0]]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 8, "$1:$3")


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed % 3])
def test_an_xls_comes_out_as_xlsx_in_the_same_look(seed: int) -> None:
    made = ledgers.make(seed)
    again = openpyxl.load_workbook(io.BytesIO(written_again(made.content, {})))
    old = xlrd.open_workbook(file_contents=made.content, formatting_info=True)
    for sheet in old.sheets():
        page = again[sheet.name]
        merges = sorted((top + 1, left + 1, below, right) for top, below, left, right in sheet.merged_cells)
        assert (
            sorted((one.min_row, one.min_col, one.max_row, one.max_col) for one in page.merged_cells.ranges) == merges
        )
        assert page.sheet_state == ("hidden" if sheet.visibility else "visible")
        for at, told in sheet.colinfo_map.items():
            assert page.column_dimensions[openpyxl.utils.get_column_letter(at + 1)].width == told.width / 256
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                cell = page.cell(row + 1, column + 1)
                if isinstance(cell, openpyxl.cell.cell.MergedCell):
                    continue
                look = old.xf_list[sheet.cell_xf_index(row, column)]
                font = old.font_list[look.font_index]
                assert (cell.font.name, cell.font.sz, cell.font.b) == (font.name, font.height / 20, bool(font.bold))
                assert (cell.border.left.style == "thin") == (look.border.left_line_style == 1)
                assert (cell.fill.fill_type == "solid") == (look.background.fill_pattern == 1)
                assert bool(cell.alignment.wrap_text) == bool(look.alignment.text_wrapped)
    assert {(row.sheet, row.row): dict(row.cells) for row in _read(made).rows} == {
        (row.sheet, row.row): dict(row.cells)
        for row in read_ledger(
            written_again(made.content, {}), "a.xlsx", LEDGER_COLUMNS, offices=ledgers.OFFICES, units=ledgers.UNITS
        ).rows
    }


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_damaged_ledger_is_refused_or_read_and_never_breaks_the_reader(kind: str) -> None:
    content = ledgers.make(0 if kind == "xlsx" else 1).content
    for at in range(0, len(content), max(1, len(content) // 60)):
        for broken in (content[:at], content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :]):
            with suppress(RefusedError):
                assert read_ledger(broken, "坏.xls", LEDGER_COLUMNS).form in {"xlsx", "xls"}


@pytest.mark.parametrize("content", [b"", b"abc", "序号,事项\n".encode(), b"PK\x03\x04" + bytes(300)])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        read_ledger(content, "甲.xls", LEDGER_COLUMNS)


def test_a_marked_ledger_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(ledgers.make(0).content))
    book.worksheets[0]["A1"] = "机密★1年"
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(RefusedError, match="密"):
        read_ledger(kept.getvalue(), "甲.xlsx", LEDGER_COLUMNS)


def _book(rows: list[list[object]], *merges: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for block in merges:
        book.worksheets[0].merge_cells(block)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_second_table_below_is_read_by_its_own_headings() -> None:
    content = _book(
        [
            ["序号", "督查事项", "牵头科室", "完成时限"],
            [1, "新建学校3所", "规划科", "9月底前"],
            [],
            ["序号", "工作任务", "办理状态", "牵头科室"],
            [1, "培训校长20人", "已完成", "人事科"],
        ]
    )
    told = read_ledger(content, "两张表.xlsx", LEDGER_COLUMNS)
    assert [(row.cells["title"], row.cells["lead"]) for row in told.rows] == [
        ("新建学校3所", "规划科"),
        ("培训校长20人", "人事科"),
    ]
    assert told.rows[1].cells["state"] == "已完成"
    assert len(told.rows) + len(told.left) == 5


def test_a_change_inside_a_merge_is_written_and_the_others_keep_what_they_said() -> None:
    content = _book(
        [["序号", "督查事项", "分管领导"], [1, "甲事", "甲副局长"], [2, "乙事", None], [3, "丙事", None]], "C2:C4"
    )
    again = written_again(content, {("Sheet", 3, 3): "乙副局长"})
    sheet = openpyxl.load_workbook(io.BytesIO(again)).worksheets[0]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == ["甲副局长", "乙副局长", "甲副局长"]


def test_a_task_that_begins_like_a_band_is_still_a_task() -> None:
    content = _book([["序号", "督查事项", "牵头科室"], [1, "甲事", "人事科"], [None, "一、乙事", None]])
    assert [row.cells["title"] for row in read_ledger(content, "a.xlsx", LEDGER_COLUMNS).rows] == ["甲事", "一、乙事"]


def test_how_a_sheet_prints_is_kept_unless_asked() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book([["序号", "督查事项"], [1, "甲事"]])))
    book.worksheets[0].page_setup.paperSize, book.worksheets[0].page_setup.orientation = 9, "portrait"
    kept = io.BytesIO()
    book.save(kept)
    page = openpyxl.load_workbook(io.BytesIO(written_again(kept.getvalue(), {}))).worksheets[0].page_setup
    assert (page.paperSize, page.orientation) == (9, "portrait")
