"""What is reckoned from an imported annual return is what the city itself says; teaching points; the command."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import import_books, import_sheets, merged
from luoshi.cli import app
from luoshi.declared.layouts import LAYOUTS
from luoshi.declared.returns import RETURNS
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.filing import workbooks
from luoshi.imagining.filing.exports import OLD, Manner, flat_export
from luoshi.imagining.filing.writing import write_files
from tests.spec.annual_files import YEAR, sheet, told, truth

BY_KEY = {one.key: one for one in LAYOUTS}


def _taken(manner: Manner, **more):
    return import_sheets([sheet(flat_export(told(), manner, **more))], LAYOUTS)


# What public guides say of single cells, so that generator and layouts cannot go astray together.


# Indicators reckoned from the import are those of the city's own rows.


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


# Teaching points are merged into their schools once and remembered.


def _parents() -> dict[str, str]:
    register = truth()["institutions"].filter(~pl.col("counted"))
    return dict(register.select("school", "parent").iter_rows())


def test_teaching_points_are_added_to_their_schools_and_what_was_taken_stays() -> None:
    imported, parents = _taken(Manner()), _parents()
    told_ = merged(imported.parts, parents)
    before, after = ({one.of.key: one.rows for one in some} for some in (told_.unmerged, told_.parts))
    assert told_.orphans == ()
    assert told_.parents == parents
    assert set(after["institutions"]["school"]) == set(before["institutions"]["school"]) - set(parents)
    assert after["class_bands"]["pupils"].sum() == before["class_bands"]["pupils"].sum()
    home = next(iter(parents.values()))
    own = [home, *(point for point, at in parents.items() if at == home)]
    bands = before["class_bands"].filter(pl.col("school").is_in(own) & (pl.col("stage") == "primary"))
    one = after["class_bands"].filter((pl.col("school") == home) & (pl.col("stage") == "primary")).row(0, named=True)
    assert bands.height > 1
    assert one["pupils"] == bands["pupils"].sum()
    assert one["urban"] == bands.filter(pl.col("school") == home)["urban"][0]
    land = before["premises"].filter(pl.col("school").is_in(own))["land"].sum()
    assert after["premises"].filter(pl.col("school") == home)["land"][0] == land


def test_bandwidth_is_no_stock_and_is_not_summed() -> None:
    after = {one.of.key: one.rows for one in merged(_taken(Manner()).parts, _parents()).parts}
    assert after["equipment"]["bandwidth"].unique().to_list() == [200]


def test_points_nobody_has_given_a_school_are_listed_and_stand_alone() -> None:
    imported, parents = _taken(Manner()), _parents()
    point = next(iter(parents))
    told_ = merged(imported.parts, {one: home for one, home in parents.items() if one != point})
    assert [one.school for one in told_.orphans] == [point]
    register = next(one.rows for one in told_.parts if one.of.key == "institutions")
    assert point in register["school"].to_list()


def test_a_school_that_is_not_in_the_register_is_told() -> None:
    point = next(iter(_parents()))
    told_ = merged(_taken(Manner()).parts, {**_parents(), point: "2199999999"})
    assert [point in one.where and "2199999999" in one.what for one in told_.told] == [True]


# The command.


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    assert len(list(write_files(City(20, seed=1), YEAR, folder))) == 22
    return folder


def _run(*words: object):
    return CliRunner().invoke(app, ["import", *(str(one) for one in words)])


def test_the_command_takes_a_flat_export_and_says_what_of_it(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.xlsx")
    assert MADE_UP in export.name
    done = _run(export, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "版式　平面导出（教基，2020学年起）（flat-2020）" in done.output
    assert "读入　学校（机构）名录 20 行" in done.output
    assert pl.read_parquet(tmp_path / "out/class_bands.parquet").schema == RETURNS["class_bands"].schema()


def test_the_command_takes_a_csv_in_gbk_and_ends_with_1_where_a_rule_is_broken(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.csv")
    rows = list(csv.reader(io.StringIO(export.read_bytes().decode("gbk"))))
    heads = [one for one in range(len(rows[-1])) if any(row[one : one + 1] == ["66人及以上"] for row in rows[:8])]
    rows[-20][heads[0]] = str(int(rows[-20][heads[0]] or 0) + 9)
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    (tmp_path / "坏.csv").write_bytes(kept.getvalue().encode("gbk"))
    done = _run(tmp_path / "坏.csv", "--format", "json")
    assert done.exit_code == 1, done.output
    told_ = json.loads(done.output)
    assert told_["counts"]["stops"] >= 1
    rules = [one for part in told_["returns"] for one in part["rules"] if one["broken"]]
    assert "各段班数之和等于班数总计" in {one["sentence"] for one in rules}


def test_the_command_takes_a_folder_and_a_zip_of_workbooks(files: Path, tmp_path: Path) -> None:
    (folder,) = (one for one in files.iterdir() if one.is_dir())
    some = sorted(folder.iterdir())[:4]
    with zipfile.ZipFile(tmp_path / "四校.zip", "w") as packed:
        for one in some:
            packed.write(one, one.name)
    done = _run(tmp_path / "四校.zip")
    assert done.exit_code == 0, done.output
    assert "book-2020" in done.output
    assert "读入　学校（机构）名录 4 行" in done.output
    alone = _run(some[0], "--layout", "book-2019")
    assert alone.exit_code == 2
    assert "book-2019.csv" in alone.output


def test_the_command_refuses_an_unknown_layout_and_an_empty_folder(files: Path, tmp_path: Path) -> None:
    (export,) = files.glob("*.csv")
    assert "没有版式" in _run(export, "--layout", "flat-1900").output
    (tmp_path / "empty").mkdir()
    assert _run(tmp_path / "empty").exit_code == 2
