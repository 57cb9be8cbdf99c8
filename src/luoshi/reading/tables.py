"""A table as offices save it: CSV in any encoding, or xlsx, from Excel or WPS; what is wrong in it is told cell by cell."""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from luoshi.reading.documents.plain import decode
from luoshi.reading.workbooks import first_sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LARGEST = 20 << 20
"""Bytes; a city's table has a few hundred rows."""
BOOK = ".xlsx"
"""The suffix a table may have instead of .csv."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,6})?")
_DIGITS = 18
_PACKED, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 xlsx 或“CSV UTF-8（逗号分隔）”，再读一次"


@dataclass(slots=True)
class Table:
    """One table of a folder, a CSV or beside no CSV the xlsx of the same name.

    Reading never fails: each thing that is wrong becomes a finding with its place.
    """

    path: Path
    findings: list[Finding]
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Keys met so far with the row they stand in."""

    def __post_init__(self) -> None:
        """Settle on the file that is there; two of one table are never weighed against each other."""
        book = self.path.with_suffix(BOOK)
        if book.exists() and self.path.exists():
            what = f"与 {self.path.name} 同时存在"
            self.findings.append(Finding(book.name, what, "一张表只放一份", "请留下最新的一份，删去另一份"))
        elif book.exists():
            self.path = book

    def rows(self, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator["Row"]:
        """Its rows that hold anything; none when the file is not there. Row numbers are those a spreadsheet shows."""
        told = len(self.findings)
        lines = self._lines()
        header = [name.strip() for name in next(lines, [])]
        if not header and (not self.path.exists() or len(self.findings) > told):
            return
        missing = [name for name in needed if name not in header]
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if missing:
            self.tell(
                1, "、".join(missing), "缺少这些列", f"第一行须有列名 {'、'.join(needed)}", "请补上列名，再读一次"
            )
        if twice:
            self.tell(1, "、".join(twice), "列名出现两次", "一列一个名", "请删去或改正多出的列")
        if missing or twice:
            return
        wanted = (*needed, *optional)
        for number, cells in enumerate(lines, 2):
            if any(cell.strip() for cell in cells):
                yield self._row(number, header, cells, wanted)

    def _row(self, number: int, header: Sequence[str], cells: Sequence[str], wanted: Sequence[str]) -> "Row":
        if len(cells) > len(header):
            remedy = "文字里如有英文逗号，请改成中文逗号，或给这一格加英文引号"
            self.tell(number, "", f"有 {len(cells)} 格，多于列名", f"每行至多 {len(header)} 格", remedy)
        held = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        return Row(self, number, {name: held.get(name, "") for name in wanted})

    def _lines(self) -> Iterator[list[str]]:
        if self.path.suffix == BOOK:
            yield from self._sheet()
            return
        text = self._text()
        head = text.partition("\n")[0]
        delimiter = max(",\t;", key=head.count)
        number = 0
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                number += 1  # asked for after the loop broke
                yield cells
        except csv.Error:
            what = "英文引号不成对，或一格过长"
            self.tell(number + 1, "", what, "CSV 的引号须成对出现", "请改正这一行的引号，或用 WPS 重新另存为 CSV")

    def _sheet(self) -> Iterator[list[str]]:
        """The first sheet's rows without the blanks behind their last cell; none after a finding."""
        content = self._content()
        try:
            rows = first_sheet(content) if content is not None else []
        except RefusedError as refusal:
            self.findings.extend(replace(one, where=self.path.name) for one in refusal.findings)
            return
        for row in rows:
            while row and not row[-1].strip():
                row.pop()
            yield row

    def _content(self) -> bytes | None:
        """The file's bytes; None after a finding."""
        try:
            if self.path.is_file() and self.path.stat().st_size <= LARGEST:
                return self.path.read_bytes()
        except OSError:
            pass
        self._whole("打不开，或超过 20 MB", "须为可读的表格文件", "请检查文件和权限，再读一次")
        return None

    def _text(self) -> str:
        """The file's text; "" after a finding, and when there is no file."""
        content = self._content() if self.path.exists() else b""
        if not content:
            return ""
        if content.startswith((_PACKED, _OLD)):
            self._whole("是电子表格，只是改了后缀", "须为 CSV 文本", _SAVE_AS)
            return ""
        try:
            return decode(content)[0]
        except RefusedError:
            self._whole("文字编码无法辨认", "须为 UTF-8 或 GBK 编码的文本", _SAVE_AS)
        return ""

    def _whole(self, what: str, rule: str, remedy: str) -> None:
        self.findings.append(Finding(self.path.name, what, rule, remedy))

    def tell(self, line: int, column: str, what: str, rule: str, remedy: str) -> None:
        """Add a finding of this file; `line` is the row a spreadsheet shows."""
        self.findings.append(Finding(f"{self.path.name} 第{line}行 {column}".rstrip(), what, rule, remedy))


@dataclass(frozen=True, slots=True)
class Row:
    """One row; asking a cell for what it does not hold adds a finding and gives nothing."""

    table: Table
    line: int
    cells: dict[str, str]

    def tell(self, column: str, what: str, rule: str, remedy: str = "请改正") -> None:
        """Add a finding of one cell."""
        self.table.tell(self.line, column, what, rule, remedy)

    def text(self, column: str, *, needed: bool = True, longest: int = 300) -> str:
        """The cell's words, at most `longest` characters."""
        words = self.cells[column]
        if needed and not words:
            self.tell(column, "是空的", "此列必填", "请填写")
        if len(words) > longest:
            self.tell(column, f"有 {len(words)} 个字", f"至多 {longest} 个字", "请写短些")
        return words

    def once(self, *columns: str) -> None:
        """These cells together stand in no earlier row."""
        key = tuple(self.cells[name] for name in columns)
        first = self.table.seen.setdefault((*columns, *key), self.line)
        if first != self.line and any(key):
            self.tell("、".join(columns), f"“{' '.join(key)}”与第{first}行重复", "不得重复", "请删去一行，或改正")

    def one_of(self, column: str, allowed: Collection[str], where: str, *, needed: bool = True) -> str:
        """The cell's words, which must be one of `allowed`; `where` says where those are listed."""
        words = self.text(column, needed=needed)
        if words and words not in allowed:
            self.tell(column, f"“{words}”不在其中", f"须为{where}之一")
        return words

    def day(self, column: str, *, needed: bool = True) -> date | None:
        """A day, also as spreadsheets rewrite it: 2020-12-31, 2020/12/31, 2020年12月31日."""
        words = self.text(column, needed=needed)
        found = _DAY.fullmatch(unicodedata.normalize("NFKC", words))
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                found = None
        if words and not found:
            self.tell(column, f"“{words}”不是日期", "日期须写成 2020-12-31")
        return None

    def number(self, column: str, *, needed: bool = True) -> Decimal | None:
        """A decimal, thousands apart or not; never %, 万, NaN, more than 18 digits or 6 places."""
        words = self.text(column, needed=needed)
        plain = unicodedata.normalize("NFKC", words)
        if _NUMBER.fullmatch(plain) and len(plain.partition(".")[0]) <= _DIGITS:
            return Decimal(plain.replace(",", ""))
        if words:
            self.tell(column, f"“{words}”不是数字", "只写数字，至多6位小数；%、万 等写进 unit 列或写全")
        return None
