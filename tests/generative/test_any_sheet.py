"""Whatever a person writes into the cells of a workbook or of a CSV is read back from the same places."""

import csv
import io
import re

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading.frames import read_sheets
from tests.hostile import shared_book

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
_CELLS = st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 12)), _TEXT, min_size=1, max_size=12)
_MARKS = re.compile("密|内部|保管|保密|保存|外传|扩散|翻印|转发|复印|公开|收回|销毁|_x")


def _grid(cells: dict[tuple[int, int], str]) -> list[tuple[str | None, ...]]:
    height, width = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    return [tuple(cells.get((row, column)) for column in range(width)) for row in range(height)]


def _book(cells: dict[tuple[int, int], str]) -> bytes:
    made = openpyxl.Workbook()
    for (row, column), text in cells.items():
        cell = made.active.cell(row + 1, column + 1)
        cell.value, cell.data_type = text, "s"
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@settings(max_examples=60, deadline=None)
@given(_CELLS)
def test_a_workbook_says_what_was_written_where_it_was_written(cells) -> None:
    cells = {place: _MARKS.sub("", text) or "x" for place, text in cells.items()}
    content = _book(cells)
    assert read_sheets(content)[0].cells.rows() == _grid(cells)
    assert read_sheets(shared_book(content))[0].cells.rows() == _grid(cells)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=2, max_size=6), min_size=2, max_size=8), st.sampled_from([",", "\t", ";"]))
def test_a_csv_says_what_was_written_where_it_was_written(rows, delimiter) -> None:
    rows = [[_MARKS.sub("", re.sub('[,;\t"]', "", cell)).strip() or "x" for cell in row] for row in rows]
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    width = max(map(len, rows))
    told = read_sheets(kept.getvalue().encode("utf-8-sig"), "表.csv")
    assert [one.name for one in told] == ["表"]
    assert told[0].cells.rows() == [(*row, *[None] * (width - len(row))) for row in rows]


def test_a_delimiter_a_quote_and_a_line_end_inside_quotes_belong_to_the_cell() -> None:
    told = read_sheets('a,b\r\n"1,2","x ""y""\r\nz"\r\n'.encode("utf-16"))
    assert told[0].cells.rows() == [("a", "b"), ("1,2", 'x "y"\r\nz')]


def test_hidden_sheets_are_marked_and_blank_ones_are_kept() -> None:
    made = openpyxl.Workbook()
    made.active.title = "空表"
    made.create_sheet("藏")["C3"] = 1.5
    made["藏"].sheet_state = "veryHidden"
    kept = io.BytesIO()
    made.save(kept)
    blank, hidden = read_sheets(kept.getvalue())
    assert (blank.name, blank.hidden, blank.cells.shape) == ("空表", False, (0, 0))
    assert (hidden.name, hidden.hidden, hidden.cells.shape) == ("藏", True, (3, 3))
    assert hidden.cells.row(2) == (None, None, "1.5")
