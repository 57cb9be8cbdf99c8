"""What is handed in stays: editions, what was known when, what differs, what is refused."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import ibis
import polars as pl
import pyarrow as pa
import pytest

from luoshi.keeping import Deposit, Lake
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import Source, digest
from tests.lakes import BEGUN, KIND, classes, day, files, handed_in, handed_in_together, told
from tests.power import powered


def test_a_correction_stands_beside_what_it_corrects(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    first = handed_in(lake, classes(a=41, b=56))
    second = handed_in(lake, classes(a=41, b=55), on=3)
    assert (first.number, first.supersedes, second.number, second.supersedes) == (1, 0, 2, 1)
    assert [one.number for one in lake.editions(KIND, "2020")] == [1, 2]
    assert told(lake) == {("2020", "999901", "年报", 2, "a", 41), ("2020", "999901", "年报", 2, "b", 55)}
    assert ("2020", "999901", "年报", 1, "b", 56) in told(lake, known=1)
    assert len(files(lake.folder)) == 2
    assert lake.verify() == []


def test_a_restated_year_leaves_what_a_bulletin_used_readable_as_known_on_its_day(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    handed_in(lake, classes(a=60), period="2019")
    handed_in(lake, classes(a=61), period="2020", on=10)
    handed_in(lake, classes(a=50), period="2019", on=20)
    issued = date(2020, 10, 31)
    assert {row[3:] for row in told(lake, known=issued)} == {(1, "a", 60), (2, "a", 61)}
    assert {row[3:] for row in told(lake)} == {(2, "a", 61), (3, "a", 50)}
    assert told(lake, known=date(2020, 10, 11)) == set()
    assert {row[3:] for row in told(lake, known=day(20), period="2019")} == {(3, "a", 50)}


def test_a_day_ends_at_midnight_in_china(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    late = datetime.fromisoformat("2020-10-12T23:59:59+08:00")
    edition = lake.deposit(
        classes(a=1),
        kind=KIND,
        period="2020",
        division="x",
        definition="年报",
        source="s",
        key=["school"],
        at=late,
        by="y",
    )
    assert edition.known == date(2020, 10, 12)
    assert len(told(lake, known=date(2020, 10, 12))) == 1
    assert told(lake, known=date(2020, 10, 11)) == set()


def test_definitions_stand_side_by_side_in_a_column(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for definition, pupils in (("年报", 56), ("学籍", 57), ("月报", 55), ("督导", 54)):
        handed_in(lake, classes(a=pupils), definition=definition)
    counted = lake.rows(KIND).collect()
    assert dict(counted.select("definition", "pupils").iter_rows()) == {"年报": 56, "学籍": 57, "月报": 55, "督导": 54}
    assert told(lake, definition="学籍") == {("2020", "999901", "学籍", 2, "a", 57)}
    for path in files(tmp_path):
        assert {"period", "division", "definition"} <= set(pl.read_parquet_schema(tmp_path / path))


def test_rows_are_asked_by_division_and_period(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for number in range(6):
        handed_in(lake, classes(a=number), division=f"99990{number}")
    assert {row[1] for row in told(lake, divisions=["999901", "999904"])} == {"999901", "999904"}
    assert told(lake, period="2021") == set()
    assert lake.rows(KIND, period="2021").collect_schema().names() == [
        "school",
        "pupils",
        "period",
        "division",
        "definition",
        "edition",
    ]
    assert told(lake, divisions=[]) == set()


def test_asking_again_after_a_crash_makes_no_second_edition(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    first = handed_in(lake, classes(a=1, b=2))
    assert handed_in(lake, classes(b=2, a=1), on=1) == first
    again = handed_in(lake, classes(a=1, b=2), on=1, source="另一份文件")
    assert (again.number, again.content) == (2, first.content)
    assert {row[3] for row in told(lake)} == {2}
    assert {row[3] for row in told(lake, known=1)} == {1}


def test_two_editions_differ_by_key_and_cell(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    old = handed_in(lake, classes(a=1, b=2, c=3).with_columns(note=pl.Series([None, "x", "y"])))
    new = handed_in(lake, classes(b=2, c=4, d=5).with_columns(rooms=pl.Series([None, 7, 8])), on=1)
    told_apart = lake.diff(old, new)
    assert told_apart.added["school"].to_list() == ["d"]
    assert told_apart.removed["school"].to_list() == ["a"]
    assert [(one.key, one.column, one.before, one.after) for one in told_apart.changed] == [
        (("b",), "note", "x", None),
        (("c",), "pupils", 3, 4),
        (("c",), "note", "y", None),
        (("c",), "rooms", None, 7),
    ]
    assert lake.diff(old, old).none


def test_a_number_that_became_words_is_a_change_not_a_failure(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    old = handed_in(lake, pl.DataFrame({"school": ["1", "2"], "pupils": [5, 6]}))
    new = handed_in(lake, pl.DataFrame({"school": ["1", "2"], "pupils": ["5", "六"]}), on=1)
    assert [(one.key, one.before, one.after) for one in lake.diff(old, new).changed] == [(("2",), 6, "六")]
    handed_in(lake, pl.DataFrame({"school": ["1"], "pupils": [7]}), division="999902", on=1)
    assert sorted(lake.rows(KIND).collect()["pupils"]) == ["5", "7", "六"]
    assert sorted(one[0] for one in duckdb.sql(f"SELECT pupils FROM ({lake.select(KIND)})").fetchall()) == [
        "5",
        "7",
        "六",
    ]


def test_every_kind_of_cell_comes_back_as_it_went_in(tmp_path: Path) -> None:
    brought = pa.table(
        {
            "school": pa.array(["b", "a", None], pa.large_string()).fill_null("c"),
            "money": pa.array([Decimal("1.10"), None, Decimal("-2.05")], pa.decimal128(18, 2)),
            "day": pa.array([date(2020, 9, 1), None, date(1999, 1, 1)], pa.date32()),
            "boards": pa.array([True, None, False]),
            "area": pa.array([1.5, None, 0.1]),
            "level": pa.array(["x", "y", "x"]).dictionary_encode(),
            "nothing": pa.nulls(3),
        }
    )
    lake = Lake(tmp_path)
    handed_in(lake, brought)
    back = lake.rows(KIND).collect().drop("period", "division", "definition", "edition")
    assert back.rows() == [
        ("a", None, None, None, None, "y", None),
        ("b", Decimal("1.10"), date(2020, 9, 1), True, 1.5, "x", None),
        ("c", Decimal("-2.05"), date(1999, 1, 1), False, 0.1, "x", None),
    ]
    assert lake.verify() == []


def test_polars_duckdb_and_ibis_give_the_same_rows(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "an 'odd' folder")
    for number in range(5):
        handed_in(lake, classes(a=number, b=number), division=f"99990{number}")
    handed_in(lake, classes(a=9).with_columns(rooms=pl.lit(4)), division="999902", on=1)
    names = ["division", "edition", "school", "pupils", "rooms"]
    by_polars = sorted(lake.rows(KIND).collect().select(names).rows(), key=str)
    by_duckdb = sorted(duckdb.sql(f"SELECT {', '.join(names)} FROM ({lake.select(KIND)})").fetchall(), key=str)
    connection = ibis.duckdb.connect()
    connection.raw_sql(f"CREATE VIEW classes AS {lake.select(KIND)}")
    by_ibis = sorted(connection.table("classes").select(names).to_polars().rows(), key=str)
    assert by_polars == by_duckdb == by_ibis
    assert len(by_polars) == 9
    assert (
        duckdb.sql(lake.select(KIND, period="1999")).columns == lake.rows(KIND, period="1999").collect_schema().names()
    )


def test_an_entry_says_where_the_rows_came_from(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    kept = digest(b"a workbook")
    one = handed_in(lake, classes(a=1), source=kept)
    published = Source("统计公报（虚构）", published=date(2020, 5, 1))
    other = handed_in(lake, classes(a=1), source=published, on=1)  # type: ignore[arg-type]
    assert (one.source, one.told) == (kept, "")
    assert (len(other.source), other.told) == (64, "统计公报（虚构）")
    assert (other.by, other.at, other.rows, other.key) == ("统计员", day(1), 1, ("school",))


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        (pl.DataFrame({"school": ["a", "a"]}), "主键“a”", "有 2 行"),
        (pl.DataFrame({"school": ["a", None]}), "主键列“school”第 2 行", "空着"),
        (pl.DataFrame({"name": ["a"]}), "主键", "缺school"),
        (pl.DataFrame({"school": ["a"], "edition": [1]}), "列“edition”", "已有"),
        (pl.DataFrame({"school": ["a"], "grades": [[1, 2]]}), "列“grades”", "list"),
        (pl.DataFrame({"school": ["a", "b"], "division": ["999901", "410300"]}), "列“division”第 2 行", "410300"),
    ],
)
def test_rows_that_cannot_be_kept_are_refused_and_nothing_is_written(
    tmp_path: Path, rows: pl.DataFrame, where: str, what: str
) -> None:
    lake = Lake(tmp_path / "lake")
    with pytest.raises(RefusedError) as refusal:
        handed_in(lake, rows)
    (finding,) = refusal.value.findings
    assert where in finding.where
    assert what in finding.what
    assert not lake.folder.exists()


@pytest.mark.parametrize(
    "asked", [{"period": "去年"}, {"division": "../x"}, {"definition": ""}, {"division": "a/b"}, {"period": "2020-"}]
)
def test_a_name_that_is_no_name_is_refused(tmp_path: Path, asked: dict[str, str]) -> None:
    with pytest.raises(RefusedError):
        handed_in(Lake(tmp_path), classes(a=1), **asked)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_what_was_known_does_not_change_afterwards(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    handed_in(lake, classes(a=1), on=5)
    with pytest.raises(RefusedError, match="不得事后改变"):
        handed_in(lake, classes(a=2), on=4)
    behind = lake.deposit(
        classes(a=3),
        kind=KIND,
        period="2020",
        division="999902",
        definition="年报",
        source="s",
        key=["school"],
        at=day(5).replace(minute=0, hour=0, second=30),
        by="另一台电脑，钟慢了一点",
    )
    assert (behind.at < behind.since, behind.since) == (True, day(5))
    with pytest.raises(ValueError, match="zone"):
        lake.compact(KIND, "2020", at=BEGUN.replace(tzinfo=None), by="x")


def test_a_later_edition_keeps_the_key(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    handed_in(lake, classes(a=1))
    with pytest.raises(RefusedError, match="前一版是“school”"):
        lake.deposit(
            classes(a=2), kind=KIND, period="2020", division="999901", definition="年报",
            source="s", key=["school", "pupils"], at=day(1), by="x",
        )  # fmt: skip


def test_what_is_handed_in_together_is_one_line_and_many_editions(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    first = handed_in(lake, classes(a=1), division="999901")
    told_of = handed_in_together(lake, {"999902": classes(b=2), "999901": classes(a=1), "999903": classes(c=3)}, on=1)
    assert [one.number for one in told_of] == [2, first.number, 3], (
        "the same rows once more are the edition that is there"
    )
    assert len((tmp_path / "manifest.jsonl").read_bytes().splitlines()) == 2
    assert lake.verify() == Lake(tmp_path).verify() == []
    assert Lake(tmp_path).head == lake.head
    assert {row[4:] for row in told(Lake(tmp_path))} == {("a", 1), ("b", 2), ("c", 3)}
    assert {row[4] for row in told(lake, known=2)} == {"a", "b"}
    lake.compact(KIND, "2020", at=day(2), by="统计员")
    again = handed_in_together(lake, {"999902": classes(b=4), "999904": classes(d=5)}, on=3)
    assert [(one.number, one.supersedes) for one in again] == [(5, 2), (6, 0)]
    assert lake.verify() == []


def test_one_that_cannot_be_kept_keeps_all_of_them_out(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    with pytest.raises(RefusedError, match="主键"):
        handed_in_together(lake, {"999902": classes(b=2), "999903": pl.DataFrame({"school": ["a", "a"]})})
    same = Deposit(classes(a=1), KIND, "2020", "999901", "年报", "演示数据（虚构）", ["school"])
    with pytest.raises(RefusedError, match="有两份"):
        lake.deposit_all([same, same], at=day(0), by="统计员")
    assert lake.deposit_all([], at=day(0), by="统计员") == []
    assert not lake.exists


def test_many_at_once_force_far_fewer_times_than_one_by_one(tmp_path: Path) -> None:
    rows = {f"9999{number}": classes(a=number) for number in range(10, 50)}
    for name in ("one", "many"):
        (tmp_path / name).mkdir()
    with powered(tmp_path / "one") as slow:
        for division, one in rows.items():
            handed_in(Lake(tmp_path / "one"), one, division=division)
    with powered(tmp_path / "many") as fast:
        handed_in_together(Lake(tmp_path / "many"), rows)
    forced = [sum(name == "fsync" for name, _ in disk.steps) for disk in (slow, fast)]
    assert forced[1] <= len(rows) + 12 < forced[0] / 4
    one, many = ({(row[1], *row[4:]) for row in told(Lake(tmp_path / name))} for name in ("one", "many"))
    assert one == many
