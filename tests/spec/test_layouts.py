"""The annual return in every layout: what a file says is what is taken, cell by cell."""

from decimal import Decimal

import polars as pl
import pytest

from luoshi.checking import import_books, import_sheets
from luoshi.checking.layouts.headers import columns, data_begins
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import Page, as_csv, as_xlsx
from luoshi.reading.frames import read_sheets
from luoshi.words.findings import Severity
from tests.spec.annual_files import COLUMNS, as_xls, assert_same, only, sheet, told, truth


def _taken(manner: Manner, **more):
    return import_sheets([sheet(flat_export(told(), manner, **more))], LAYOUTS)


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


def _indicators(frames) -> dict[str, object]:
    bands, kindergartens = frames["class_bands"], frames["kindergartens"]
    compulsory = bands.filter(pl.col("stage").is_in(["primary", "junior"]))
    large = sum(int(compulsory[f"from_{at}"].sum()) for at in (56, 61, 66))
    total, children = int(compulsory["classes"].sum()), int(kindergartens["children"].sum())
    by = dict(kindergartens.group_by("nature").agg(pl.col("children").sum()).iter_rows())
    public = by.get("public", 0) + by.get("quasi_public", 0)
    register = frames["institutions"]
    towns = set(register["township"].to_list())
    central = kindergartens.filter(pl.col("central") & (pl.col("nature") == "public"))["township"].to_list()
    return {
        "大班额": Decimal(large) / total,
        "超大班额": Decimal(int(compulsory["from_66"].sum())) / total,
        "普惠率": Decimal(public + by.get("inclusive", 0)) / children,
        "公办占比": Decimal(public) / children,
        "空白乡镇": sorted(towns - set(central)),
        "七项": _seven(frames),
    }


_STOCKS = {
    "R1": lambda row: (
        row["doctors"] + row["masters"] + row["bachelors"] + (row["college"] if row["stage"] == "primary" else 0)
    ),
    "R2": lambda row: row["backbone"],
    "R3": lambda row: row["sports"] + row["arts"],
    "R4": lambda row: row["teaching"] - row["indoor_sports"],
    "R5": lambda row: row["sports_ground"] + row["indoor_sports"],
    "R6": lambda row: row["equipment"],
    "R7": lambda row: row["media_rooms"],
}


def _seven(frames) -> dict[tuple[str, str, str], Decimal | None]:
    """Coefficient of variation of each of the seven, by county and stage; weighted by pupils."""
    keyed = ["school", "stage"]
    rows = frames["class_bands"].select(*keyed, "county", "pupils").filter(pl.col("stage").is_in(["primary", "junior"]))
    rows = rows.join(frames["staff_counts"].drop("county"), on=keyed)
    rows = rows.join(frames["premises"].drop("county"), on="school").join(
        frames["equipment"].drop("county"), on="school"
    )
    told = {}
    for (county, stage), some in rows.sort(keyed).group_by(["county", "stage"], maintain_order=True):
        for name, stock in _STOCKS.items():
            pairs = [(Decimal(stock(row)), Decimal(row["pupils"])) for row in some.iter_rows(named=True)]
            pupils = sum(people for _, people in pairs)
            mean = sum(held for held, _ in pairs) / pupils
            spread = sum(people / pupils * (held / people - mean) ** 2 for held, people in pairs).sqrt()
            told[county, stage, name] = spread / mean if mean else None
    return told


def _as_frames(imported) -> dict[str, pl.DataFrame]:
    return {one.of.key: one.rows for one in imported.parts}


@pytest.mark.parametrize("manner", [Manner(shuffled=1), Manner(OLD, shuffled=2, words="word", extra=True)])
def test_indicators_from_a_flat_export_are_those_of_the_city(manner: Manner) -> None:
    got = _indicators(_as_frames(_taken(manner)))
    assert got == _indicators(truth())
    assert 0 < got["大班额"] < 1
    assert 0 < got["公办占比"] < got["普惠率"] < 1
    assert len({county for county, _, _ in got["七项"]}) > 2


def test_indicators_from_workbooks_are_those_of_the_city() -> None:
    files = {workbooks.file_name(one): [sheet(p) for p in workbooks.workbook(one, workbooks.OLD)] for one in told()}
    assert _indicators(_as_frames(import_books(files, LAYOUTS))) == _indicators(truth())
