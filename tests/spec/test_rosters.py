"""Files of the national systems come in whole: cell by cell what the city holds, and nobody's name. Scenario 6."""

import io
import json
import re
import zipfile
from datetime import date
from functools import cache

import polars as pl
import pytest
import xlwt
from typer.testing import CliRunner

from luoshi.checking.rosters import Coder, Rostered, import_roster, load_rosters, reconcile
from luoshi.cli import app
from luoshi.declared.parameters import LARGE_CLASS, SUPER_LARGE_CLASS
from luoshi.declared.returns import RETURNS
from luoshi.declared.rosters import FOLDER, ROSTERS
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.rosters import (
    Filed,
    Looks,
    class_list,
    one_roster,
    preschool_files,
    roster,
    staff_files,
    template,
)
from luoshi.reading.deliveries import read_delivery
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.layouts_rosters import Purpose
from luoshi.words.sheets import Sheet

YEAR, ON = 2021, date(2021, 9, 10)
CITY = City(12, 7)
KEY = b"a key of the bureau"
LOOKS = [
    Looks(),
    Looks(encoding="gb18030", titles=3, quoted=True),
    Looks(shuffled=5, titles=0),
    Looks(shuffled=11, wide=True, encoding="utf-8"),
]


@cache
def frames(year: int = YEAR) -> dict[str, pl.DataFrame]:
    """The city's returns of a year."""
    return CITY.whole(year)


def preschool() -> dict[str, Filed]:
    """The preschool tables of the city."""
    return preschool_files(frames(), CITY.kindergarten_classes(range(CITY.schools), YEAR), YEAR)


def taken(*filed: Filed, looks: Looks = LOOKS[0], coder: Coder | None = Coder(KEY), **more) -> Rostered:  # noqa: B008
    """Files written and read again as bytes."""
    sheets = read_delivery((f"{one.name}.csv", one.csv(looks)) for one in filed)
    return import_roster(sheets, ROSTERS, frames()["institutions"], on=ON, returns=RETURNS, coder=coder, **more)


def unequal(told: Rostered, key: str, by: str = "", without: tuple[str, ...] = ()) -> list[str]:
    """Columns that are not cell by cell those of the city; the number of rows if that differs."""
    got, want = told.rows(key), frames()[key]
    assert got is not None
    got, want = (got.sort(by), want.sort(by)) if by else (got, want)
    if got.height != want.height:
        return [f"{got.height} rows for {want.height}"]
    return [one for one in got.columns if one not in without and not got[one].equals(want[one], null_equal=True)]


def refused(*sheets: Sheet, **more) -> str:
    """The words of a refusal."""
    with pytest.raises(RefusedError) as caught:
        import_roster(sheets, ROSTERS, frames()["institutions"], on=ON, returns=RETURNS, coder=Coder(KEY), **more)
    return str(caught.value)


def sheet(*rows: tuple[str | None, ...], name: str = "表") -> Sheet:
    """A sheet of rows."""
    return Sheet(name, pl.DataFrame(rows, schema=[f"column_{one}" for one in range(len(rows[0]))], orient="row"))


@pytest.mark.parametrize("looks", LOOKS)
def test_a_class_list_is_the_classes_of_the_city(looks) -> None:
    told = taken(class_list(frames()), looks=looks)
    assert unequal(told, "classes", "class_id") == []
    assert {"size", "present", "kind", "entry", "county", "operator", "urban"} <= set(told.rows("classes").columns)
    assert not [one for one in told.told if one.severity is not Severity.TELLS]


@pytest.mark.parametrize("looks", LOOKS)
def test_a_roster_is_the_pupils_of_the_city_and_their_classes_counted(looks) -> None:
    told = taken(roster(frames()), looks=looks)
    assert unequal(told, "classes", "class_id") == []
    assert unequal(told, "pupils", without=("pupil",)) == []
    assert told.rows("pupils").width == 18
    assert told.rows("pupils")["pupil"].is_unique().all()


def test_the_import_template_has_no_grade_and_its_classes_are_the_same() -> None:
    told = taken(template(frames()))
    assert [one.key for one in told.layouts] == ["roll_template"]
    assert unequal(told, "classes", "class_id") == []
    assert unequal(told, "pupils", without=("pupil",)) == []


@pytest.mark.parametrize("looks", LOOKS)
def test_the_sets_of_the_teacher_system_are_the_staff_of_the_city(looks) -> None:
    told = taken(*staff_files(frames(), YEAR).values(), looks=looks)
    assert unequal(told, "staff", without=("person",)) == []
    assert set(frames()["staff"].columns) - set(told.rows("staff").columns) == {"name", "identity", "months"}


@pytest.mark.parametrize("left_out", ["班级", "幼儿"])
def test_the_tables_of_the_preschool_system_are_the_kindergartens_of_the_city(left_out) -> None:
    told = taken(*(one for name, one in preschool().items() if name != left_out))
    assert unequal(told, "kindergartens", "school") == []
    missing = set(frames()["kindergartens"].columns) - set(told.rows("kindergartens").columns)
    assert missing == {"disposal"} | ({f"age_{age}" for age in range(2, 7)} if left_out == "幼儿" else set())


def test_one_roster_as_a_zip_gives_classes_and_pupils() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, one in one_roster(frames()).items():
            packed.writestr(name, one.csv(Looks(titles=0, encoding="utf-8")))
    sheets = read_delivery([("oneroster.zip", kept.getvalue())])
    told = import_roster(sheets, ROSTERS, frames()["institutions"], on=ON, returns=RETURNS, coder=Coder(KEY))
    assert unequal(told, "classes", "class_id") == []
    assert unequal(told, "pupils", without=("pupil",)) == []
    codes = [some.rows("pupils")["pupil"].to_list() for some in (told, taken(roster(frames())))]
    assert codes[0] == codes[1], "the same child has the same code in another system's file"


def test_school_grade_class_and_head_count_are_all_that_is_needed() -> None:
    few = class_list(frames()).frame.select("学校名称", "年级", "班级", pl.col("班级人数").alias("人数"))
    told = taken(Filed("班级表", few), coder=None)
    assert unequal(told, "classes", "class_id") == []


def test_a_workbook_of_the_old_excel_is_read() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("班级表")
    page.write(0, 0, MADE_UP)
    filed = class_list(frames()).frame
    for row, cells in enumerate([filed.columns, *filed.iter_rows()], 1):
        for column, cell in enumerate(cells):
            page.write(row, column, int(cell) if cell.isdecimal() and len(cell) < 9 else cell)
    kept = io.BytesIO()
    book.save(kept)
    sheets = read_delivery([("班级表.xls", kept.getvalue())])
    told = import_roster(sheets, ROSTERS, frames()["institutions"], on=ON, returns=RETURNS)
    assert unequal(told, "classes", "class_id") == []


def everything() -> dict[str, tuple[Filed, ...]]:
    """All files there are, by what comes together."""
    return {
        "class list": (class_list(frames()),),
        "roster": (roster(frames()),),
        "template": (template(frames()),),
        "teachers": tuple(staff_files(frames(), YEAR).values()),
        "preschool": tuple(one for name, one in preschool().items() if name != "班级"),
    }


def seen(planted: set[str], text: str) -> set[str]:
    """Which of the planted names and numbers stand anywhere in a text, whatever stands around them."""
    found = set[str]()
    for length in {len(one) for one in planted}:
        for run in re.finditer(r"[0-9XGL]{11,}", text):
            found |= {text[at : at + length] for at in range(run.start(), run.end() - length + 1)} & planted
        found |= {text[name.start() : name.start() + length] for name in re.finditer("虚构", text)} & planted
    return found


def test_the_search_for_names_finds_them() -> None:
    planted = {"虚构甲子山", "17700001234", "990101201501010013"}
    assert seen(planted, "x9虚构甲子山y 0177000012345 G990101201501010013X") == planted


@pytest.mark.parametrize("name", ["class list", "roster", "template", "teachers", "preschool"])
def test_no_name_and_no_number_of_a_person_comes_out(name, tmp_path) -> None:
    filed = everything()[name]
    planted = {one for some in filed for one in some.planted}
    assert len(planted) > 20
    paths = [tmp_path / f"{place}.csv" for place in range(len(filed))]
    for path, one in zip(paths, filed, strict=True):
        path.write_bytes(one.csv())
    assert seen(planted, paths[0].read_text("utf-8-sig")), "they are in the file"
    frames()["institutions"].write_parquet(tmp_path / "register")
    (tmp_path / "key").write_bytes(KEY)
    asked = ["import-roster", *map(str, paths), "--register", str(tmp_path / "register"), "--on", "2021-09-10"]
    asked += ["--key", str(tmp_path / "key"), "--out", str(tmp_path / "out"), "--format", "json"]
    ran = CliRunner().invoke(app, asked)
    assert ran.exit_code == 0, ran.output
    told = import_roster(
        read_delivery((path.name, path.read_bytes()) for path in paths),
        ROSTERS,
        frames()["institutions"],
        on=ON,
        returns=RETURNS,
        coder=Coder(KEY),
    )
    said = repr([(one.rows.write_csv(), one.odd, one.told) for one in told.parts]) + repr(told)
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert written.startswith(b"\xef\xbb\xbf")
    assert seen(planted, ran.output + said + written.decode()) == set()


@pytest.mark.parametrize("name", ["roster", "teachers", "preschool"])
@pytest.mark.parametrize("by", [1, 2, 3, -1])
def test_rows_that_slipped_sideways_let_no_name_out(name, by) -> None:
    filed = everything()[name]
    planted = {one for some in filed for one in some.planted}
    slipped = list[Filed]()
    for one in filed:
        rows = one.frame.rows()
        for place in (3, len(rows) // 2):
            cells = rows[place]
            rows[place] = (*cells[-by:], *cells[:-by])
        slipped.append(Filed(one.title, pl.DataFrame(rows, schema=one.frame.schema, orient="row"), one.planted))
    told = taken(*slipped)
    said = repr([(one.rows.write_csv(), one.odd, one.told) for one in told.parts]) + repr(told)
    assert seen(planted, said) == set()


def test_stray_numbers_of_persons_are_blanked_and_told_without_them() -> None:
    rows = [("学校名称", "年级", "班级", "人数", "班级类型"), (None,) * 5]
    name = frames()["institutions"].filter(pl.col("kind") == "211")["name"][0]
    rows += [(name, "一年级", "1班", "40", "17700001234"), (name, "一年级", "2班", "41", "普通班")]
    told = import_roster([sheet(*rows)], ROSTERS, frames()["institutions"], on=ON, returns=RETURNS)
    found = [one for one in told.told if "已清空" in one.what]
    assert [one.where for one in found] == ["表 E3"]
    assert "17700001234" not in repr(told)
    assert told.rows("classes")["kind"].to_list() == ["ordinary", "ordinary"]


def test_merged_schools_go_on_and_totals_are_no_classes() -> None:
    schools = frames()["institutions"].filter(pl.col("kind") == "211")["name"].to_list()[:2]
    rows = [("学校", "年级", "班级", "学生数"), (schools[0], "一年级", "1", "40"), (None, None, "2", "41")]
    rows += [("合计", None, None, "81"), (schools[1], "二年级", "1", "30"), ("合 计", None, None, "111")]
    told = import_roster([sheet(*rows)], ROSTERS, frames()["institutions"], on=ON, returns=RETURNS)
    assert told.rows("classes").select("grade", "number", "size").rows() == [(1, 1, 40), (1, 2, 41), (2, 1, 30)]
    assert any("2行没有读入" in one.what for one in told.told)


def test_a_child_has_the_same_code_next_year() -> None:
    before, after = (
        import_roster([roster(frames(year)).sheet()], ROSTERS, frames()["institutions"], on=on, returns=RETURNS, coder=Coder(KEY))
        for year, on in ((YEAR, ON), (YEAR + 1, date(2022, 9, 10)))
    )  # fmt: skip
    known = [
        dict(zip(frames(year)["pupils"]["pupil"], told.rows("pupils")["pupil"], strict=True))
        for year, told in ((YEAR, before), (YEAR + 1, after))
    ]
    both = known[0].keys() & known[1].keys()
    assert len(both) > 1000
    assert [one for one in both if known[0][one] != known[1][one]] == []


def test_without_a_key_only_classes_are_taken_and_with_a_purpose_what_it_needs() -> None:
    told = taken(roster(frames()), coder=None)
    assert [one.of.key for one in told.parts] == ["classes"]
    assert any("密钥" in one.what for one in told.told)
    filed = roster(frames())
    told = taken(filed, purpose=Purpose("学籍核查", frozenset({"name"})))
    assert told.rows("pupils")["name"].to_list() == filed.frame["姓名"].to_list()
    assert "identity" not in told.rows("pupils").columns
    assert any("用途" in one.what for one in told.told)


def test_an_unknown_layout_is_refused_whole_with_the_nearest_and_what_it_misses() -> None:
    good = class_list(frames()).sheet()
    bad = sheet(("学校名称", "年级", "班级", "备注"), ("甲", "一年级", "1", "虚构甲子山"), name="另一张")
    said = refused(good, bad)
    assert "最像“学籍 班级表”" in said
    assert "人数" in said
    assert "虚构甲子山" not in said
    assert "没有一个认得的列名" in refused(sheet(("甲", "乙", "丙"), ("1", "2", "3")))


def test_a_hidden_sheet_and_a_note_are_told_and_left() -> None:
    hidden = Sheet("码表", pl.DataFrame({"a": ["1"], "b": ["2"], "c": ["3"]}), hidden=True)
    note = sheet(("填表说明",), ("请如实填写",), name="说明")
    told = import_roster(
        [hidden, note, class_list(frames()).sheet()], ROSTERS, frames()["institutions"], on=ON, returns=RETURNS
    )
    assert len([one for one in told.told if one.where in {"码表", "说明"}]) == 2


def test_schools_that_are_not_known_are_left_out_and_have_to_be_mended() -> None:
    rows = [("学校", "年级", "班级", "人数"), ("没有这所小学", "一年级", "1", "40")]
    known = frames()["institutions"].filter(pl.col("kind") == "211")["name"][0]
    told = import_roster(
        [sheet(*rows, (known, "一年级", "1", "41"))], ROSTERS, frames()["institutions"], on=ON, returns=RETURNS
    )
    assert told.rows("classes")["size"].to_list() == [41]
    assert [one.severity for one in told.told if "没有这所小学" in one.what] == [Severity.STOPS]


def test_the_folder_of_a_city_adds_a_spelling(tmp_path) -> None:
    text = (FOLDER / "roll_classes.csv").read_text("utf-8-sig").replace("人数,学生数|", "人数,娃数|学生数|")
    (tmp_path / "roll_classes.csv").write_text(text, "utf-8")
    rows = [
        ("学校", "年级", "班级", "娃数"),
        (frames()["institutions"].filter(pl.col("kind") == "211")["name"][0], "1", "1", "40"),
    ]
    assert "缺少 人数" in refused(sheet(*rows))
    own = load_rosters([FOLDER, tmp_path])
    told = import_roster([sheet(*rows)], own, frames()["institutions"], on=ON, returns=RETURNS)
    assert told.rows("classes")["size"].to_list() == [40]
    (tmp_path / "roll_classes.csv").write_text("版式,甲\n", "utf-8")
    with pytest.raises(RefusedError, match="版式文件"):
        load_rosters([tmp_path])


def test_what_the_made_up_files_are_called_says_so() -> None:
    for some in everything().values():
        assert all(MADE_UP in one.name and MADE_UP in one.looking(Looks()).row(0)[0] for one in some)


def _grown() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The classes with one of 56, one of 66 and one of 55 pupils, in one primary school, and the bands as they were."""
    classes, bands = frames()["classes"], frames()["class_bands"]
    places = [
        place
        for place, (stage, grade) in enumerate(classes.select("stage", "grade").rows())
        if stage == "primary" and grade == 1
    ]
    sizes = classes["size"].to_list()
    for place, size in zip(places, (56, 66, 55), strict=False):
        sizes[place] = size
    return classes.with_columns(pl.Series("size", sizes)), bands


def test_the_class_list_stands_beside_the_return_school_by_school() -> None:
    same = reconcile(
        frames()["classes"], frames()["class_bands"], frames()["institutions"], LARGE_CLASS, SUPER_LARGE_CLASS
    )
    assert same.told == ()
    assert same.rows.height == frames()["class_bands"].height
    assert same.rows["classes_annual"].sum() == same.rows["classes_roll"].sum() == frames()["classes"].height
    classes, bands = _grown()
    told = reconcile(classes, bands, frames()["institutions"], LARGE_CLASS, SUPER_LARGE_CLASS)
    assert told.large.select("size", "super_large", "entry", "over").rows() == [
        (66, True, True, 11),
        (56, False, True, 1),
    ]
    assert {one.severity for one in told.told} == {Severity.TELLS}
    assert all("年报" in one.what and "学籍" in one.what and "错" not in one.what for one in told.told)
    whole = told.totals.filter((pl.col("county") == "全市") & (pl.col("stage") == "primary"))
    shown = ("large", "super_large", "over", "entry_large", "entry_super_large", "large_annual")
    assert whole.select(shown).row(0) == (2, 1, 12, 2, 1, 0)


def test_a_school_on_one_side_only_is_told_and_not_accused() -> None:
    classes = frames()["classes"].filter(pl.col("school") != frames()["classes"]["school"][0])
    told = reconcile(classes, frames()["class_bands"], frames()["institutions"], LARGE_CLASS, SUPER_LARGE_CLASS)
    assert any("学籍没有这一行" in one.what for one in told.told)


def test_the_command_prints_both_figures_and_writes_them(tmp_path) -> None:
    classes, bands = _grown()
    path = tmp_path / "班级表.csv"
    path.write_bytes(class_list({**frames(), "classes": classes}).csv(Looks(encoding="gb18030", titles=2)))
    frames()["institutions"].write_parquet(tmp_path / "register")
    bands.write_parquet(tmp_path / "bands")
    asked = ["import-roster", str(path), "--register", str(tmp_path / "register"), "--on", "2021-09-10"]
    asked += ["--against", f"class_bands={tmp_path / 'bands'}"]
    ran = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    assert "超大班额 1 / 0" in ran.output
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(
        ["班级名册.csv", "班额核对.csv", "大班额班级.csv", "班额汇总.csv"]
    )
    assert "（年报）" in (tmp_path / "out" / "班额核对.csv").read_text("utf-8-sig").partition("\n")[0]
    told = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).output)
    assert len(told["reconciled"]["large"]) == 2
    again = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "out")])
    assert again.exit_code == 2
    assert "已有东西" in again.output
