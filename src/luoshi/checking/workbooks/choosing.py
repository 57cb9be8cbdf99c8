"""A workbook with one heading row and drop-downs, for tables that no return declares."""

import io
from collections.abc import Collection, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

_LISTS, _NOTES, _NARROW = "选项", "填写说明", 10


def choices_workbook(
    title: str,
    columns: Mapping[str, int],
    needed: Collection[str],
    choices: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    rows: int,
) -> bytes:
    """The workbook as bytes. Its first row names the columns; what is needed stands in bold.

    Drop-downs are lists on a sheet of their own: a list inside the rule ends at 255 characters, in WPS too.

    Args:
        title: of the sheet.
        columns: their names in order, with widths in characters; 0 is narrow.
        needed: columns that may not stay empty.
        choices: what may be chosen, by column.
        notes: how to fill it in, line by line, on a sheet of their own.
        rows: for how many rows there are drop-downs.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    names = list(columns)
    for at, name in enumerate(names, 1):
        head = page.cell(1, at)
        head.value = name
        head.font, head.fill = Font("黑体", 11, bold=name in needed), PatternFill("solid", fgColor="E3E3E3")
        page.column_dimensions[get_column_letter(at)].width = columns[name] or _NARROW
    page.freeze_panes = "A2"
    lists = book.create_sheet(_LISTS)
    for at, (name, words) in enumerate(choices.items(), 1):
        letter = get_column_letter(at)
        for line, one in enumerate((name, *words), 1):
            lists.cell(line, at).value = one
        if words:
            rule = DataValidation("list", f"='{_LISTS}'!${letter}$2:${letter}${len(words) + 1}", allow_blank=True)
            place = get_column_letter(names.index(name) + 1)
            rule.add(f"{place}2:{place}{rows}")
            page.add_data_validation(rule)
    told = book.create_sheet(_NOTES)
    told.column_dimensions["A"].width = 90
    for words in notes:
        told.append([words])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
