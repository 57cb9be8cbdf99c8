"""Workbooks and CSV files nobody sends on purpose, and some that somebody does: each a few lines, by name."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import xlwt

from tests import files

HEAD = "班级代号,学校标识码,区划代码,学段,年级,班号,在籍学生数,实际在班学生数,班级类型,举办者性质,城乡类型,是否起始年级"
ROWS = [
    ["990102-1", "2199000001", "990102", "小学", 1, 1, 40, 40, "普通班", "公办", "主城区", "是"],
    ["990102-2", "2199000001", "990102", "小学", 2, 1, 41, 41, "普通班", "公办", "主城区", "否"],
    ["990102-3", "2199000002", "990102", "初中", 7, 1, 52, 51, "普通班", "民办", "村庄", "是"],
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def csv(rows: list[list[object]] = ROWS, head: str = HEAD) -> str:
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"


def book(change: Callable[[openpyxl.Workbook], object] = lambda _: None, rows: list[list[object]] = ROWS) -> bytes:
    """A class list, changed."""
    made = openpyxl.Workbook()
    made.active.append(HEAD.split(","))
    for row in rows:
        made.active.append(row)
    change(made)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def old_book(rows: list[list[object]] = ROWS, change: Callable[[xlwt.Workbook], object] = lambda _: None) -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("班级")
    for at, row in enumerate([HEAD.split(","), *rows]):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell)
    change(made)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_part(name: str, into: Callable[[bytes], bytes] | bytes, content: bytes | None = None) -> bytes:
    """A class list with one part of its zip changed, or added."""
    held = parts(content or book())
    made = into if isinstance(into, bytes) else into(held[name])
    return files.packed({**held, name: made})


def rows_of(xml: bytes) -> Callable[[bytes], bytes]:
    """These rows behind those of the sheet."""
    return lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>")


def shared_book(content: bytes | None = None) -> bytes:
    """A class list whose texts stand in a table of their own, as Excel and WPS write it."""
    held, texts = parts(content or book()), list[bytes]()

    def moved(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    held[SHEET] = re.sub(rb't="inlineStr"><is>(.*?)</is></c>', moved, held[SHEET])
    held["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (
        MAIN.encode(),
        b"".join(b"<si>%s</si>" % one for one in texts),
    )
    name, link = (
        "xl/_rels/workbook.xml.rels",
        b'<Relationship Id="rIdT" Type="x/sharedStrings" Target="sharedStrings.xml"/>',
    )
    held[name] = held[name].replace(b"</Relationships>", link + b"</Relationships>")
    return files.packed(held)


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(old, new)


def _blank_rows(many: int) -> bytes:
    return b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (at, at, at) for at in range(5, many))


def _set(cells: dict[str, object]) -> Callable[[openpyxl.Workbook], object]:
    def change(made: openpyxl.Workbook) -> None:
        for place, value in cells.items():
            made.active[place] = value

    return change


def _many_strings() -> bytes:
    """A text of 32 000 characters behind 200 000 cells: 19 GB when each has its own."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(5, 200_000))
    long = b"<si><t>" + "长".encode() * 32_000 + b"</t></si>"
    content = with_part("xl/sharedStrings.xml", _swap(b"<si>", long + b"<si>"), shared_book())
    return with_part(SHEET, rows_of(cells), content)


def _entities(name: str) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 110)
    )
    return with_part(name, lambda part: re.sub(rb"^(<\?xml[^>]*\?>)?", rb"\1" + bomb + b"]>", part, count=1))


def _chart_only(made: openpyxl.Workbook) -> None:
    made.create_chartsheet("图")
    made.active.sheet_state = "hidden"
    made.active = 1


def _merged(made: openpyxl.Workbook) -> None:
    made.active.merge_cells("A2:A4")
    made.active.merge_cells("B1:D1")


def _titled(made: openpyxl.Workbook) -> None:
    made.active.insert_rows(1, 2)
    made.active["A1"] = "班级名册"


def _dates(made: openpyxl.Workbook) -> None:
    made.active["E2"], made.active["F2"], made.active["G2"] = date(2020, 9, 1), datetime(1900, 1, 1), date(1904, 1, 2)  # noqa: DTZ001
    made.active["H2"] = 1e12
    made.active["H2"].number_format = "yyyy-mm-dd"


def _epoch(made: openpyxl.Workbook) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made.epoch = CALENDAR_MAC_1904
    _dates(made)


def _hidden(made: openpyxl.Workbook) -> None:
    made.create_sheet("别的")["A1"] = "没有列名"
    made.active.sheet_state = "veryHidden"
    made.active = 1


def _locked() -> bytes:
    return files.compound({"EncryptedPackage": b"\1" * 5_000, "EncryptionInfo": b"\4\0\4\0" * 20})


def _link(made: openpyxl.Workbook) -> None:
    made.active["G2"] = "='[别的.xlsx]Sheet1'!A1"


def _nested() -> bytes:
    inner = files.packed({"x.bin": b"\0" * (8 << 20)})
    for _ in range(5):
        inner = files.packed({f"{at}.zip": inner for at in range(8)})
    return inner


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \r\n\t\n",
    "good xlsx": book,
    "good xls": old_book,
    "good csv": lambda: csv().encode(),
    "gbk": lambda: csv().encode("gb18030"),
    "utf-16": lambda: csv().encode("utf-16"),
    "byte order mark": lambda: csv().encode("utf-8-sig"),
    "mark of utf-16, bytes of utf-8": lambda: b"\xff\xfe" + csv().encode(),
    "merged cells": lambda: book(_merged),
    "title above the headings": lambda: book(_titled),
    "formulas without values": lambda: book(_set({"G2": "=1+1", "G3": "=SUM(A1:B2)"})),
    "formula with a value": lambda: with_part(
        SHEET, _swap(b'<c r="G2" t="n"><v>40</v>', b'<c r="G2"><f>20+20</f><v>40</v>')
    ),
    "formula with an error": lambda: with_part(
        SHEET, _swap(b'<c r="G2" t="n"><v>40</v>', b'<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v>')
    ),
    "formula of text": lambda: book(_set({"G2": "=cmd|' /C calc'!A0"})),
    "external link": lambda: book(_link),
    "macros": lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 9_000),
    "numbers as text": lambda: book(_set({"G2": "40", "H2": "'40", "G3": "４１", "G4": "52 人"})),
    "dates of 1900": lambda: book(_dates),
    "dates of 1904": lambda: book(_epoch),
    "error values": lambda: book(_set({"G2": "#N/A", "E3": "#REF!"})),
    "huge numbers": lambda: book(_set({"G2": 1e300, "G3": -1e300, "E2": 1e-300, "F2": 12345678901234567890})),
    "numbers that are none": lambda: with_part(SHEET, _swap(b"<v>40</v>", b"<v>NaN</v>")),
    "number of a thousand digits": lambda: with_part(SHEET, _swap(b"<v>40</v>", b"<v>" + b"9" * 1_000 + b"</v>")),
    "chart sheet only": lambda: book(_chart_only),
    "hidden sheet first": lambda: book(_hidden),
    "no cells": lambda: with_part(SHEET, lambda part: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", part)),
    "no sheets": lambda: with_part("xl/workbook.xml", lambda part: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", part)),
    "no workbook": lambda: files.packed({"a.txt": b"x"}),
    "word document": lambda: files.word("不是表格"),
    "missing sheet part": lambda: files.packed({k: v for k, v in parts(book()).items() if k != SHEET}),
    "missing links": lambda: files.packed({k: v for k, v in parts(book()).items() if "rels" not in k}),
    "missing styles": lambda: files.packed({k: v for k, v in parts(book()).items() if "styles" not in k}),
    "missing texts": lambda: files.packed({k: v for k, v in parts(shared_book()).items() if "sharedStrings" not in k}),
    "shared texts": shared_book,
    "shared texts in runs": lambda: with_part(
        "xl/sharedStrings.xml",
        _swap(b"<si><t>", b'<si><r><t xml:space="preserve"></t></r><rPh><t>no</t></rPh><t>'),
        shared_book(),
    ),
    "text that is not there": lambda: with_part(SHEET, _swap(b't="s"><v>3<', b't="s"><v>99999999<'), shared_book()),
    "negative text": lambda: with_part(SHEET, _swap(b't="s"><v>3<', b't="s"><v>-1<'), shared_book()),
    "text of no number": lambda: with_part(SHEET, _swap(b't="s"><v>3<', b't="s"><v>x<'), shared_book()),
    "far cell": lambda: with_part(SHEET, rows_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "far column": lambda: with_part(SHEET, rows_of(b'<row r="9"><c r="XFD9"><v>1</v></c></row>')),
    "far row": lambda: with_part(SHEET, rows_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "beyond the sheet": lambda: with_part(SHEET, rows_of(b'<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>')),
    "row 0": lambda: with_part(SHEET, rows_of(b'<row r="0"><c r="A0"><v>1</v></c></row>')),
    "wrong reference": lambda: with_part(SHEET, rows_of(b'<row r="9"><c r="9A"><v>1</v></c></row>')),
    "declared to be vast": lambda: with_part(
        SHEET, lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)
    ),
    "cells without places": lambda: with_part(SHEET, lambda part: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", part)),
    "rows without places": lambda: with_part(SHEET, lambda part: re.sub(rb' r="[A-Z]*\d+"', b"", part)),
    "single quotes": lambda: with_part(SHEET, lambda part: re.sub(rb'r="([A-Z]+\d+)"', rb"r='\1'", part)),
    "prefixed": lambda: with_part(
        SHEET, lambda part: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")
    ),
    "part in utf-16": lambda: with_part(SHEET, lambda part: part.decode().encode("utf-16")),
    "part in another encoding": lambda: with_part(SHEET, lambda part: b'<?xml version="1.0" encoding="gbk"?>' + part),
    "part that is not utf-8": lambda: with_part(SHEET, _swap(b"<sheetData>", b"<sheetData>\xff\xfe")),
    "comments and literals": lambda: with_part(
        SHEET, rows_of(b'<!-- <c r="A7"><v>1</v></c> --><row r="9"><c r="A9" t="str"><v><![CDATA[<b>&]]></v></c></row>')
    ),
    "cut short inside": lambda: with_part(SHEET, lambda part: part[: len(part) // 2]),
    "tag that stays open": lambda: with_part(SHEET, lambda part: part.replace(b"</c>", b"", 1)),
    "cut short": lambda: book()[:-400],
    "cut short in the middle": lambda: book()[:3_000],
    "only its head": lambda: book()[:4],
    "entities in the sheet": lambda: _entities(SHEET),
    "entities in the workbook": lambda: _entities("xl/workbook.xml"),
    "entities in the styles": lambda: _entities("xl/styles.xml"),
    "outside entity": lambda: with_part(
        SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + part
    ),
    "the same part twice": lambda: book() + book(),
    "bomb of zeros": lambda: with_part(SHEET, b"\0" * (150 << 20)),
    "bomb of rows": lambda: with_part(SHEET, rows_of(b'<row r="5"/>' * (12 << 20))),
    "bomb of one row": lambda: with_part(SHEET, rows_of(b'<row r="9">' + b'<c r="A9"/>' * (8 << 20))),
    "bomb beside": lambda: with_part("xl/media/image1.png", b"\0" * (190 << 20)),
    "bomb that lies of its size": lambda: with_part(SHEET, b"\0" * (30 << 20)).replace(
        (30 << 20).to_bytes(4, "little"), (30).to_bytes(4, "little")
    ),
    "nested zips": _nested,
    "one text behind many cells": _many_strings,
    "text of 40 MB": lambda: with_part(
        SHEET, rows_of(b'<row r="9"><c r="A9" t="str"><v>' + b"ab" * (20 << 20) + b"</v></c></row>")
    ),
    "a million blank rows": lambda: with_part(SHEET, rows_of(_blank_rows(1_000_000))),
    "ten thousand sheets": lambda: with_part(
        "xl/workbook.xml", lambda part: re.sub(rb"(<sheet [^>]*/>)", rb"\1" * 10_000, part)
    ),
    "a hundred wordy sheets": lambda: with_part(
        "xl/workbook.xml",
        lambda part: re.sub(rb"(<sheet [^>]*/>)", rb"\1" * 100, part),
        book(rows=[["注意保密内部资料机密" * 20] * 30] * 20),
    ),
    "wide and wordy": lambda: ("\n".join([",".join(["机密内部保密★资料 年"] * 900)] * 40)).encode(),
    "wide and long": lambda: ("\n".join([",".join(["机 密 内 部 （" * 60] * 900)] * 40)).encode(),
    "locked": _locked,
    "old document": lambda: files.compound({"WordDocument": b"\1" * 5_000}),
    "old rubbish": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 9_000,
    "old, cut short": lambda: old_book()[:2_000],
    "old, far cell": lambda: old_book(change=lambda made: made.get_sheet(0).write(65_535, 255, "x")),
    "old, formula": lambda: old_book(change=lambda made: made.get_sheet(0).write(4, 6, xlwt.Formula("1+1"))),
    "old, 1904": lambda: old_book(change=lambda made: setattr(made, "dates_1904", True)),
    "ragged": lambda: csv() + "a,b\n" + "c," * 30 + "\n,,,\n",
    "wider than its headings": lambda: csv() + ",".join(["x"] * 40) + "\n",
    "NUL bytes": lambda: csv().replace("小学", "小\0学").encode(),
    "only NUL bytes": lambda: b"\0" * 5_000_000,
    "control characters": lambda: csv().replace("小学", "小\x01\x02\x1b学").encode(),
    "half characters": lambda: csv().encode()[:-8],
    "two encodings": lambda: csv().encode() + csv().encode("gb18030"),
    "unbalanced quotes": lambda: csv().replace("990102-2", '"990102-2').encode(),
    "quotes inside": lambda: csv().replace("990102-2", '990"102"-2').encode(),
    "quoted lines": lambda: csv().replace("990102-2", '"990102\n-2"').encode(),
    "only quotes": lambda: b'"' * 1_000_000,
    "only commas": lambda: b"," * 50_000_000,
    "only lines": lambda: b"\n" * 50_000_000,
    "commas and lines": lambda: HEAD.encode() + b"\n" + (b"," * 11 + b"\n") * 3_000_000,
    "one line of 100 MB": lambda: b"a" * (100 << 20),
    "one quoted cell of 100 MB": lambda: HEAD.encode() + b'\n"' + b"a\n" * (50 << 20) + b'"\n',
    "a line of 100 000 cells": lambda: ",".join(map(str, range(100_000))).encode(),
    "larger than is read": lambda: b"a,b\n" * (31 << 20),
    "a million blank lines": lambda: csv().encode() + b"\n" * 1_000_000,
    "a million wrong rows": lambda: HEAD.encode() + b"\n" + b"x,x,x,x,x,x,x,x,x,x,x,x\n" * 1_000_000,
    "a million wrong rows, each its own": lambda: (
        HEAD.encode()
        + b"\n"
        + b"".join(b"x%d,x,x,x,x%d,y%d,z%d,%d?,x,x,x,u%d\n" % (at, at, at, at, at, at) for at in range(1_000_000))
    ),
    "one key a million times": lambda: HEAD.encode() + b"\n" + csv(ROWS[:1], "").encode().lstrip() * 1_000_000,
    "a million rows that break every rule": lambda: HEAD.encode() + b"\n" + b"!,1,1,x,99,0,0,9,x,x,x,1\n" * 1_000_000,
    "half a million rows in gbk": lambda: csv().encode("gb18030") + csv().split("\n", 1)[1].encode("gb18030") * 170_000,
    "old line ends": lambda: csv().replace("\n", "\r").encode(),
    "semicolons": lambda: csv().replace(",", ";").encode(),
    "tabs": lambda: csv().replace(",", "\t").encode(),
    "page saved as xls": lambda: b"<html><body><table><tr><td>" + HEAD.encode() + b"</td></tr></table></body></html>",
    "xml of 2003": lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "pdf": lambda: b"%PDF-1.7\n" + b"\1" * 500,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\1" * 500,
    "rar": lambda: b"Rar!\x1a\x07\x00" + b"\1" * 500,
    "headings only": (HEAD + "\n").encode,
    "headings twice": (HEAD + ",年级\n").encode,
    "headings shifted": lambda: csv(head="," + HEAD).encode(),
    "headings of something else": lambda: b"a,b,c\n1,2,3\n",
    "headings blank": lambda: b",,,\n1,2,3,4\n",
    "marked secret": lambda: "秘密★1年\n".encode() + csv().encode(),
}


def _bytes(made: bytes | str) -> bytes:
    return made.encode() if isinstance(made, str) else made


def hostile(name: str) -> bytes:
    """One of them."""
    return _bytes(HOSTILE[name]())
