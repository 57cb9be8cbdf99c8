"""公布的引擎: what a correction changed, codes that stay apart, feeds, letters, an index held against looking through everything."""

import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.publishing.declaring import Every, kinds, said
from luoshi.publishing.differing import GONE, NEW, changes
from luoshi.publishing.feeding import Entry, atom, sitemap
from luoshi.publishing.lettering import OTHER, by_letter, letter
from luoshi.publishing.nouns import Content, Edition, Holds, OpenColumn, Publication, Table, content_of, plain
from luoshi.publishing.packaging import data_package, harmless, row_codes, table_csv, zipped
from luoshi.publishing.searching import Page, found, index, pairs, shard_of
from tests.bureau.reading_sites import read_sdmx

COLUMNS = (OpenColumn("code", "代码"), OpenColumn("unit", "单位"), OpenColumn("funds", "经费", Holds.NUMBER, "万元"))
ROWS = (("990102", "斗城区", "12.5"), ("990121", "角阳县", ""), ("990100", "全市", "12.5"))
TABLE = Table("funds", "经费（演示数据，虚构）", COLUMNS, ROWS, 2, "990100")
CONTENT = Content("公告", "2021-12-31", "2020", ("全市12.5万元。",), (TABLE,), ())
EDITION = Edition(1, "2021-12-31", CONTENT)
TOLD = Publication(
    "2021-1", "公布〔2021〕1号", "spending", "公告", "xingzhou", "星州市教育局", (EDITION,), imaginary=True
)


def _with(rows: tuple[tuple[str, ...], ...], *text: str) -> Content:
    return replace(CONTENT, tables=(replace(TABLE, rows=rows),), text=text or CONTENT.text)


def test_a_correction_lists_every_cell_row_and_paragraph_that_differs_and_nothing_else() -> None:
    after = _with((("990102", "斗城区", "13"), ("990103", "奎西区", "2"), ROWS[2]), "全市15万元。", "另有一段。")
    told = [(one.row, one.column, one.before, one.after) for one in changes(CONTENT, after)]
    assert told == [
        ("第1段", "", "全市12.5万元。", "全市15万元。"),
        ("第2段", "", NEW, "另有一段。"),
        ("990102 斗城区", "经费", "12.5", "13"),
        ("990103 奎西区", "", NEW, "990103　奎西区　2"),
        ("990121 角阳县", "", "990121　角阳县", GONE),
    ]
    assert changes(CONTENT, CONTENT) == ()


def test_rows_of_one_name_are_told_apart() -> None:
    twice = _with((("1", "同名", "1"), ("1", "同名", "2"), ROWS[2]))
    later = _with((("1", "同名", "1"), ("1", "同名", "3"), ROWS[2]))
    assert [(one.row, one.before, one.after) for one in changes(twice, later)] == [("1 同名 2", "2", "3")]
    codes = row_codes(twice.tables[0])
    assert len(set(codes)) == len(codes) == 3
    assert codes[2] == "990100"


def test_content_survives_being_kept_as_json() -> None:
    assert content_of(json.loads(json.dumps(plain(CONTENT)))) == CONTENT


def test_the_same_edition_makes_the_same_package_which_a_stranger_reads() -> None:
    files = data_package(TOLD, EDITION)
    assert zipped(files) == zipped(data_package(TOLD, EDITION))
    rows = read_sdmx(files["funds.sdmx.csv"], files["funds.structure.json"])
    assert [(row["ROW"], row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows] == [
        ("990102", "12.5", "A"), ("990121", "", "M"), ("990100", "12.5", "A"),
    ]  # fmt: skip
    assert {row["COMMENT"] for row in rows} == {"演示数据（虚构）"}


@pytest.mark.parametrize(("words", "told"), [
    ("=1+1", "'=1+1"), ("+86", "'+86"), ("@x", "'@x"), ("-12", "-12"), ("-a", "'-a"), ("斗城区", "斗城区"), ("", ""),
])  # fmt: skip
def test_no_cell_begins_a_formula(words: str, told: str) -> None:
    assert harmless(words) == told


def test_excel_reads_chinese_headings_with_their_units() -> None:
    assert (
        table_csv(TABLE, "演示数据（虚构）", excel=True).decode().splitlines()[0] == "\ufeff代码,单位,经费（万元）,说明"
    )


def test_a_feed_says_the_newest_day_and_escapes_what_it_must() -> None:
    feed = ET.fromstring(
        atom("a & b", "局", "tag:x,2020:feed", [Entry("tag:x,2020:1", "<题>", 'x"y', "2021-12-31", "&")])
    )
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:updated", "", names) == "2021-12-31T00:00:00+08:00"
    assert feed.findtext("a:entry/a:title", "", names) == "<题>"
    assert ET.fromstring(sitemap(["a?b&c"])).findtext("{*}url/{*}loc") == "a?b&c"


@pytest.mark.parametrize(("name", "told"), [
    ("星州一小", "X"), ("洛阳市", "L"), ("嵩县", "S"), ("栾川县", "L"), ("北京路小学", "B"), ("第一中学", "D"), ("A校", "A"),
    ("3中", OTHER), ("龘小学", OTHER), ("", OTHER),
])  # fmt: skip
def test_a_name_stands_under_the_letter_its_reading_begins_with(name: str, told: str) -> None:
    assert letter(name) == told


def test_letters_come_in_order_and_the_others_last() -> None:
    assert list(by_letter(["3中", "洛阳", "安阳"], str)) == ["A", "L", OTHER]


_NAMES = some.lists(some.text("星州一二小学中AaBb1 （）", max_size=8), max_size=12)


def _searched(files: dict[str, bytes], words: str) -> set[int]:
    """As the script does it: pairs from their shards, those of one sign by what begins with it, and what all have in common."""
    shards = {name: json.loads(one.decode().partition(",")[2].rstrip(")\n")) for name, one in files.items()}
    common: set[int] | None = None
    for pair in pairs(words):
        here = set[int]()
        for key, steps in shards[f"pairs-{shard_of(pair)}.js"].items():
            if key == pair or (len(pair) == 1 and key.startswith(pair)):
                here |= {sum(steps[: at + 1]) for at in range(len(steps))}
        common = here if common is None else common & here
    return common or set()


@given(_NAMES, some.text("星州一二小学中aB1", max_size=4))
def test_the_index_finds_what_looking_through_every_page_finds(names: list[str], words: str) -> None:
    pages = [Page(f"{at}.html", name, "页") for at, name in enumerate(names)]
    assert {pages[at] for at in _searched(index(pages), words)} == set(found(pages, words))


_TWICE = """from luoshi.publishing.declaring import Every, Figure, Kind, OfMeasures
A = Kind("{key}", "甲", Every.YEAR, "甲", (OfMeasures("t", "表", ({figures},)),))
"""


@pytest.mark.parametrize(("one", "other", "figures", "why"), [
    ("k", "k", 1, "k is there twice"), ("k", "l", 2, "a column twice"),
])  # fmt: skip
def test_two_sorts_of_one_name_and_a_column_twice_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str, other: str, figures: int, why: str
) -> None:
    package = tmp_path / f"sorts_{other}"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name, key in (("first", one), ("second", other)):
        told = ", ".join(['Figure("x", "甲", "人")'] * figures)
        (package / f"{name}.py").write_text(_TWICE.format(key=key, figures=told), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=why):
        kinds(import_module(package.name))


def test_periods_are_said_as_papers_say_them() -> None:
    assert [said(Every.YEAR, "2020"), said(Every.QUARTER, "2020-Q4"), said(Every.DAY, "2020-09-01")] == [
        "2020年", "2020年第四季度", "截至2020年9月1日",
    ]  # fmt: skip
