"""How large a table may be: a file that says more is refused before it takes memory or time."""

from collections.abc import Iterator
from contextlib import contextmanager

from luoshi.reading.documents.refusals import broken, refuse
from luoshi.words.errors import RefusedError

LARGEST = 120 << 20
"""Bytes of a file: a million rows of a class list are under it."""
LARGEST_OLD = 24 << 20
"""Bytes of an xls or et: its 65 536 rows by 40 columns are under it."""
ROWS, COLUMNS = 2_000_000, 1_000
CELLS = 20_000_000
"""Rows by columns: every cell takes 16 bytes, empty ones too."""
SHEETS = 100
"""Sheets of a workbook; an institution's annual return has some forty."""
TEXT = 200 << 20
"""Characters of all cells together; one long text may stand behind a million cells of a workbook."""
SAVE_AS = "请用 WPS 或 Excel 打开，另存为 xlsx 或“CSV UTF-8（逗号分隔）”，再试一次"
DIVIDE = "请按县(市、区)分成几份"
KINDS = "须为 xlsx、xls、et 或 csv"


def refuse_size(size: int, largest: int = LARGEST) -> None:
    """Refuse a file with more bytes than are read."""
    if size > largest:
        raise refuse(f"文件超过 {largest >> 20} MB", f"不超过 {largest >> 20} MB", DIVIDE)


def refuse_sheets(many: int) -> None:
    """Refuse a workbook with more sheets than anybody fills in."""
    if many > SHEETS:
        raise refuse(f"有 {many} 张工作表", f"不超过 {SHEETS} 张", "请删去不用的工作表，或" + DIVIDE)


def refuse_extent(rows: int, columns: int, name: str = "") -> None:
    """Refuse a table that reaches too far."""
    if rows > ROWS or columns > COLUMNS or rows * columns > CELLS:
        size = f"{f'工作表“{name}”' if name else ''}有 {rows} 行、{columns} 列"
        limit = f"不超过 {ROWS} 行、{COLUMNS} 列，行数乘列数不超过 {CELLS // 10_000} 万"
        raise refuse(size, limit, "请删去表格以外的空行、空列，另存后再试一次；数据确实多的，" + DIVIDE)


def too_long() -> RefusedError:
    """All cells together hold more text than is read."""
    return refuse("各格的文字合计过长", f"不超过 {TEXT // 100_000_000} 亿字", "请删去长篇说明的列，或" + DIVIDE)


@contextmanager
def bounded() -> Iterator[None]:
    """A file that takes more memory than there is, or stops a library, is refused like any other.

    What a compiled library throws when it stops is no Exception, so it is known by its name alone.
    """
    try:
        yield
    except MemoryError as error:
        raise refuse("这台电脑的内存不够读入这个文件", "文件须能在内存中展开", DIVIDE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise broken("电子表格") from error
