"""Planted faults: the checking engine finds all of them, and nothing that must be so is found broken elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import Aside, check
from luoshi.cli import app
from luoshi.declared.returns import RETURNS, Aid, ClassBands, Classes, Staff
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.oracle import Oracle
from luoshi.imagining.planting import Planted, plant
from luoshi.spine import Parameter
from luoshi.words.findings import Severity
from luoshi.words.returns import RuleKind

pytestmark = pytest.mark.xdist_group("planted")  # planted once, looked at by all

Found = set[tuple[str, int, str]]
UNPLANTED = {
    ("class_bands", "pupils.at_least"),
    ("class_bands", "graduates_of_five"),
    ("communities", "kept_transformed"),
}
"""Pupils of a school are looked at by its boarders; the city has no school of five years; no adult school has changed by the first
year of a small city."""


def _planted(schools: int, share: float, seed: int = 7) -> tuple[Planted, dict[str, pl.DataFrame]]:
    city = City(schools, seed)
    before = city.whole(2020)
    return plant(city.whole(2021), seed + 4, share, before), before


def _found(
    planted: Planted, before: dict[str, pl.DataFrame], *, on: date | None = None, own: Sequence[Parameter] = ()
) -> Iterator[tuple[str, int, str]]:
    for key, of in RETURNS.items():
        told = check(of, planted.frames[key], Aside(before[key], planted.frames), on=on, own=own).broken()
        yield from ((key, row, rule) for row, rule in told.select("row", "rule").iter_rows())


def _must(some: Found) -> Found:
    return {one for one in some if RETURNS[one[0]].rules[one[2]].severity is Severity.STOPS}


@pytest.fixture(scope="module")
def small() -> tuple[Planted, Found]:
    planted, before = _planted(150, 0.003)
    return planted, set(_found(planted, before))


def test_every_planted_fault_is_found_and_no_must_rule_breaks_elsewhere(small) -> None:
    planted, found = small
    truth = {(one.of, one.row, one.rule) for one in planted.truth}
    assert truth - found == set()
    assert _must(found) == _must(truth)


@pytest.mark.prove
def test_every_planted_fault_is_found_among_three_thousand_schools() -> None:
    planted, before = _planted(3000, 0.002)
    truth = {(one.of, one.row, one.rule) for one in planted.truth}
    found = set(_found(planted, before))
    assert truth - found == set()
    assert _must(found) == _must(truth)


@pytest.mark.prove
@pytest.mark.parametrize(("schools", "seed"), [(1, 1), (2, 3), (7, 123_456_789), (19, -4), (21, 2**70), (60, 77)])
def test_every_planted_fault_is_found_where_few_rows_bear_many(schools: int, seed: int) -> None:
    planted, before = _planted(schools, 0.01, seed)
    truth = {(one.of, one.row, one.rule) for one in planted.truth}
    found = set(_found(planted, before))
    assert truth - found == set()
    assert _must(found) == _must(truth)


def test_faults_are_planted_and_found_by_the_values_a_bureau_set_for_its_day() -> None:
    before, now = (City(12, 7).whole(year) for year in (2020, 2021))
    stock = Parameter("stock_change", "", Decimal("0.5"), "%", date(2021, 9, 1), "虚构的局内通知")
    found, truth = dict[date, Found](), dict[date, Found]()
    for on in (date(2021, 8, 31), stock.begun):
        planted = plant(now, 3, 0.01, before, on=on, own=[stock])
        truth[on] = {(one.of, one.row, one.rule) for one in planted.truth}
        found[on] = set(_found(planted, before, on=on, own=[stock]))
        assert truth[on] - found[on] == set()
        assert _must(found[on]) == _must(truth[on])
    many = [sum(rule == "steady" for _, _, rule in found[on]) for on in found]
    assert many[1] > 2 * many[0] > 0


def test_every_must_rule_is_broken_somewhere_but_for_three(small) -> None:
    planted, _ = small
    broken = {(one.of, one.rule) for one in planted.truth if one.aimed}
    must = {
        (key, name) for key, of in RETURNS.items() for name, one in of.rules.items() if one.severity is Severity.STOPS
    }
    assert must - broken <= UNPLANTED
    assert set(planted.missed) >= must - broken


def test_rules_of_every_kind_are_broken(small) -> None:
    planted, _ = small
    assert {RETURNS[one.of].rules[one.rule].kind for one in planted.truth if one.aimed} == set(RuleKind)


def test_a_planted_row_stands_where_the_truth_says(small) -> None:
    planted, _ = small
    for one in planted.truth:
        row = planted.frames[one.of].row(one.row, named=True)
        assert tuple(row[name] for name in RETURNS[one.of].keys) == one.key


def test_planting_with_the_same_seed_breaks_the_same_rows_and_a_larger_share_breaks_more() -> None:
    whole = City(40, seed=1).whole(2020)
    frames = {key: whole[key] for key in ("institutions", "premises", "population")}
    few = plant(frames, 5, 0.001).truth
    assert plant(frames, 5, 0.001).truth == few != plant(frames, 6, 0.001).truth
    assert len(plant(frames, 5, 0.2).truth) > len(few) + 40


def _bands(**cells: object) -> dict[str, object]:
    return {**dict.fromkeys(ClassBands.columns), "school": "2199000001", "stage": "primary", **cells}


def _names(of: type, row: dict[str, object]) -> set[str]:
    return {rule.name for rule in Oracle(of, [row], None, {}).broken(row)}


def test_the_judge_of_one_row_finds_the_sum_that_is_wrong() -> None:
    sizes = (
        "up_to_25",
        "from_26",
        "from_31",
        "from_36",
        "from_41",
        "from_46",
        "from_51",
        "from_56",
        "from_61",
        "from_66",
    )
    row = _bands(**dict(zip(sizes, (0, 2, 5, 9, 8, 4, 2, 0, 0, 0), strict=True)), classes=31)
    assert "bands_add_up" in _names(ClassBands, row)
    assert "bands_add_up" not in _names(ClassBands, {**row, "classes": 30})


def test_the_judge_of_one_row_says_nothing_of_an_empty_cell() -> None:
    row = {**dict.fromkeys(Classes.columns), "stage": "primary", "grade": None, "size": None}
    assert {"grade_of_stage", "not_empty", "plausible"} & _names(Classes, row) == set()
    assert "size.filled" in _names(Classes, row)


def test_the_judge_of_one_row_looks_beside_it() -> None:
    row = {**dict.fromkeys(Aid.columns), "school": "2199000001", "stage": "primary", "boarders": 31, "aid": Decimal(0)}
    beside = pl.DataFrame([_bands(pupils=30)], schema=ClassBands.schema())
    judge = Oracle(Aid, [row], None, {"class_bands": beside})
    assert "boarders_of_pupils" in {rule.name for rule in judge.broken(row)}
    assert "boarders_of_pupils" not in {rule.name for rule in judge.broken({**row, "boarders": 30})}


def test_the_judge_of_one_row_compares_with_last_year() -> None:
    row = {**dict.fromkeys(Staff.columns), "person": "A0000001", "born": date(1980, 1, 2)}
    before = pl.DataFrame([{**row, "born": date(1980, 2, 1)}], schema=Staff.schema())
    assert "born_once" in {rule.name for rule in Oracle(Staff, [row], before, {}).broken(row)}
    assert "born_once" not in {rule.name for rule in Oracle(Staff, [row], None, {}).broken(row)}


def test_the_command_writes_a_city_with_the_truth_about_its_faults(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(
        app,
        [
            "city",
            "--schools",
            "5",
            "--years",
            "2",
            "--seed",
            "3",
            "--faults",
            "0.01",
            "--out",
            str(out),
        ],
    )
    assert done.exit_code == 0, done.output
    assert "演示数据（虚构）" in done.output
    truth = pl.read_csv(out / "truth.csv")
    assert truth["note"].unique().to_list() == [MADE_UP]
    assert truth.filter("aimed")["rule"].n_unique() > 100
    again = CliRunner().invoke(app, ["city", "--schools", "5", "--faults", "0", "--out", str(out)])
    assert again.exit_code == 2
