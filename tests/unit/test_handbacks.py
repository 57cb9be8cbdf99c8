"""Papers out and back through real files, and what people do to them meanwhile."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlwt
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.handbacks import Handback, read_handback, same
from luoshi.reporting.papers import Paper, PaperRow, printable
from luoshi.reporting.word import as_word_table
from luoshi.reporting.workbook import as_workbook
from luoshi.words.errors import RefusedError
from tests.examples import some

CODE = "LS-0123456789"
KEYS = ("number", "title", "target", "lead", "due", "progress")
COLUMNS = [column for column in LEDGER_COLUMNS if column.key in KEYS]


def _paper(cells: list[dict[str, str]], group: str = "1 学前教育") -> Paper:
    rows = [
        PaperRow(f"2021-1-{at:02}", {"number": f"2021-1-{at:02}", **told}, frozenset({"progress"}), group)
        for at, told in enumerate(cells, 1)
    ]
    choices = {"lead": ["学前教育科", "基础教育科"], "progress": [f"第{n}种说法" for n in range(60)]}
    return Paper(CODE, "星州市教育局2021年工作要点督查台账", "发往：学前教育科", COLUMNS, rows, True, choices)


def _told(count: int = 4) -> list[dict[str, str]]:
    return [
        {"title": f"新建幼儿园{at}所", "target": f"{at} 所", "lead": "学前教育科", "due": "2021-12-31", "progress": ""}
        for at in range(1, count + 1)
    ]


def _back(content: bytes, name: str = "返回.xlsx") -> Handback:
    return read_handback(content, name, LEDGER_COLUMNS)


def _edited(content: bytes, change: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _place(sheet: Worksheet, key: str, label: str) -> tuple[int, int]:
    """Where the cell of a row and a column stands on a workbook, as a person looks for it."""
    labels = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value == label}
    rows = {cell.value: cell.row for row in sheet.iter_rows(max_col=2) for cell in row if cell.value == key}
    return rows[key], labels[label]


def _expected(paper: Paper) -> dict[str, dict[str, str]]:
    return {row.key: {column.key: row.cells.get(column.key, "") for column in COLUMNS} for row in paper.rows}


def test_an_untouched_workbook_says_what_went_out() -> None:
    paper = _paper(_told())
    back = _back(as_workbook(paper))
    assert (back.code, back.form, back.doubts) == (CODE, "xlsx", ())
    assert back.rows == _expected(paper)


def test_an_untouched_word_table_says_what_went_out_and_no_comment() -> None:
    paper = _paper(_told())
    back = _back(
        as_word_table(paper, asks="请于3月20日前反馈。", issuer="星州市教育局", day="2021年3月1日"), "返回.docx"
    )
    assert (back.code, back.form, back.doubts, back.comments) == (CODE, "docx", (), {})
    assert back.rows == _expected(paper)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    ["=1+1", "+86", "-3", "@甲", '"引号"', "'单引号", "第一行\n第二行", "0012", "1e5", "50%", "2021-12-31", "<b>&amp;"]
)


@settings(max_examples=some(60), deadline=None)
@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=4))
def test_whatever_a_cell_says_comes_back(cells: list[tuple[str, str]]) -> None:
    paper = _paper([{"title": "一所" + title, "progress": progress} for title, progress in cells])
    for content, name in ((as_workbook(paper), "返回.xlsx"), (as_word_table(paper), "返回.docx")):
        back = _back(content, name)
        for row in paper.rows:
            for key in ("title", "progress"):
                assert same(back.rows[row.key][key], printable(row.cells[key])), (name, row.cells[key])


def test_nothing_on_a_workbook_is_a_formula_and_only_what_may_be_filled_is_open() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(as_workbook(_paper([{"title": "=HYPERLINK(1)", "progress": "+1"}])))
    ).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for row in sheet.iter_rows() for cell in row if not cell.protection.locked} == {"+1"}
    assert sheet.protection.sheet
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        8,
        "$4:$4",
    )
    assert sheet.column_dimensions["A"].hidden


def test_a_band_is_written_once_before_the_rows_of_its_point() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(_paper(_told(3))))).worksheets[0]
    assert [cell.value for row in sheet.iter_rows() for cell in row].count("1 学前教育") == 1


def test_rows_sorted_left_out_and_columns_moved_are_still_known() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "2021-1-03", "形象进度")
        sheet.cell(row, column, "开工1所")
        sheet.delete_rows(_place(sheet, "2021-1-02", "形象进度")[0])
        sheet.move_range(f"H{row - 3}:H{row + 3}", cols=4)
        sheet.insert_cols(3)

    back = _back(_edited(as_workbook(_paper(_told())), change))
    assert set(back.rows) == {"2021-1-01", "2021-1-03", "2021-1-04"}
    assert back.rows["2021-1-03"]["progress"] == "开工1所"
    assert back.rows["2021-1-01"]["progress"] == ""


def test_a_doubled_row_that_says_otherwise_is_a_doubt_and_the_first_counts() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "2021-1-04", "形象进度")
        for at in range(1, column + 1):
            sheet.cell(row + 1, at, sheet.cell(row, at).value)
        sheet.cell(row + 1, column, "另一种说法")

    back = _back(_edited(as_workbook(_paper(_told())), change))
    assert back.rows["2021-1-04"]["progress"] == ""
    (doubt,) = back.doubts
    assert "2021-1-04 出现两次" in doubt.what


def test_a_number_that_was_overwritten_is_a_doubt_and_never_guessed() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "2021-1-02", "序号")
        sheet.cell(row, column, "2021-1-03")

    back = _back(_edited(as_workbook(_paper(_told())), change))
    assert "2021-1-02" not in back.rows
    assert any("第一列是“2021-1-02”" in doubt.what for doubt in back.doubts)


def test_a_new_row_without_number_is_told() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "2021-1-04", "督查事项")
        sheet.cell(row + 1, column, "新增一项")
        sheet.cell(row + 1, column + 1, "3 所")

    back = _back(_edited(as_workbook(_paper(_told())), change))
    assert len(back.rows) == 4
    assert ["没有编号" in doubt.what for doubt in back.doubts] == [True]


def _reported(count: int = 3) -> Paper:
    return _paper([{**told, "progress": f"已开工{at}所"} for at, told in enumerate(_told(count), 1)])


def test_a_cell_that_a_merge_hides_is_a_doubt_and_does_not_empty_the_ledger() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "2021-1-01", "形象进度")
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)

    back = _back(_edited(as_workbook(_reported()), change))
    assert back.rows["2021-1-01"]["progress"] == "已开工1所"
    assert "progress" not in back.rows["2021-1-02"]
    assert [doubt.what for doubt in back.doubts] == ["“形象进度”被合并单元格盖住"]


def test_a_cell_that_a_merge_hides_in_word_is_a_doubt_too() -> None:
    document = Document(io.BytesIO(as_word_table(_reported())))
    table = document.tables[0]
    table.cell(2, 5).merge(table.cell(3, 5))
    kept = io.BytesIO()
    document.save(kept)
    back = _back(kept.getvalue(), "返回.docx")
    assert "progress" not in back.rows["2021-1-02"]
    assert [doubt.what for doubt in back.doubts] == ["“形象进度”被合并单元格盖住"]


def test_a_heading_typed_anew_is_known_by_its_other_name_and_a_strange_one_is_told() -> None:
    def change(sheet: Worksheet) -> None:
        row, column = _place(sheet, "序号", "形象进度")
        sheet.cell(row, column, "进展情况")
        sheet.cell(row, column + 1, "我的想法")

    back = _back(_edited(as_workbook(_reported()), change))
    assert back.rows["2021-1-02"]["progress"] == "已开工2所"
    assert [doubt.what for doubt in back.doubts] == ["不认识“我的想法”这一栏"]


def test_numbers_typed_in_full_width_are_the_same_numbers_and_a_lone_comment_is_not_lost() -> None:
    document = Document(io.BytesIO(as_word_table(_reported())))
    table = document.tables[0]
    table.cell(2, 0).text, table.cell(3, 0).text = "２０２１－1－01", "2021—1—02"
    for place in range(6):
        table.cell(4, place).text = ""
    table.cell(4, 6).text = "建议删去此项"
    kept = io.BytesIO()
    document.save(kept)
    back = _back(kept.getvalue(), "返回.docx")
    assert set(back.rows) == {"2021-1-01", "2021-1-02"}
    assert [doubt.what for doubt in back.doubts] == ["没有编号：“建议删去此项”"]


def test_numbers_and_days_typed_as_such_are_words_again() -> None:
    def change(sheet: Worksheet) -> None:

        sheet.cell(*_place(sheet, "2021-1-01", "形象进度")).value = 3.0
        cell = sheet.cell(*_place(sheet, "2021-1-02", "完成时限"))
        cell.value, cell.number_format = date(2021, 10, 31), "yyyy-mm-dd"

    back = _back(_edited(as_workbook(_paper(_told())), change))
    assert back.rows["2021-1-01"]["progress"] == "3"
    assert back.rows["2021-1-02"]["due"] == "2021-10-31"


def test_the_same_table_saved_as_xls_is_read() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(_paper(_told())))).worksheets[0]
    old = xlwt.Workbook()
    page = old.add_sheet("台账")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                page.write(cell.row - 1, cell.column - 1, cell.value)
    kept = io.BytesIO()
    old.save(kept)
    back = _back(kept.getvalue(), "返回.et")
    assert back.code == CODE
    assert back.rows == _expected(_paper(_told()))


def _commented(content: bytes) -> bytes:
    document = Document(io.BytesIO(content))
    table = document.tables[0]
    for row in table.rows:
        if row.cells[0].text == "2021-1-01":
            row.cells[-1].text = "请改为5所"
        if row.cells[0].text == "2021-1-02":
            row.cells[-1].text = "无意见。"
        if row.cells[0].text == "2021-1-03":
            paragraph = row.cells[4].paragraphs[0]
            old, new = OxmlElement("w:del"), OxmlElement("w:ins")
            for run in list(paragraph._p.findall(qn("w:r"))):
                for text in run.findall(qn("w:t")):
                    text.tag = qn("w:delText")
                old.append(run)
            run, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = "2021-10-31"
            run.append(text)
            new.append(run)
            paragraph._p.append(old)
            paragraph._p.append(new)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_comments_and_tracked_changes_are_read_as_they_are_meant() -> None:
    paper = _paper(_told())
    back = _back(_commented(as_word_table(paper)), "返回.docx")
    assert back.comments == {"2021-1-01": "请改为5所"}
    labels = [column.key for column in COLUMNS]
    assert back.rows["2021-1-03"][labels[4]] == "2021-10-31"


@pytest.mark.parametrize(
    ("content", "name", "saying"),
    [
        (b"", "空.xlsx", "不是 Excel"),
        (b"PK\x03\x04" + bytes(200), "坏.xlsx", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(700), "坏.xls", "doc|损坏|Word"),
        ("秘密★1年\n".encode(), "甲.txt", "不是 Excel"),
    ],
)
def test_what_is_no_returned_table_is_refused(content: bytes, name: str, saying: str) -> None:
    with pytest.raises(RefusedError, match=saying):
        _back(content, name)


def test_a_workbook_without_our_table_is_refused() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "别的表"
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(RefusedError, match="找不到外发的那张表"):
        _back(kept.getvalue())


def test_a_marked_table_is_refused_and_its_words_are_not_repeated() -> None:
    content = _edited(as_workbook(_paper(_told())), lambda sheet: sheet.cell(1, 2, "机密★1年"))
    with pytest.raises(RefusedError) as refusal:
        _back(content)
    assert "督查台账" not in str(refusal.value)


def test_a_damaged_file_ends_in_a_refusal_or_is_read() -> None:
    chance = random.Random(7)
    for content, name in ((as_workbook(_paper(_told())), "a.xlsx"), (as_word_table(_paper(_told())), "a.docx")):
        for _ in range(40):
            at = chance.randrange(len(content))
            broken = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
            try:
                told = _back(broken, name)
            except RefusedError as refusal:
                told = None
                assert refusal.findings  # noqa: PT017 (either way is right, an exception of a library is not)
            assert told is None or told.form in {"xlsx", "docx"}


def test_a_bomb_is_not_unpacked() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/workbook.xml", b"0" * (200 << 20))
    with pytest.raises(RefusedError):
        _back(kept.getvalue())
