"""Tolerances of rules are dated parameters: the value of the period's day counts, the bureau's own before the declared one."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking import Aside, Engine, check
from luoshi.checking.asking import question
from luoshi.cli import app
from luoshi.declared import PARAMETERS
from luoshi.declared.returns import RETURNS, ClassBands, Classes
from luoshi.declared.tolerances import STOCK_CHANGE, TOLERANCES
from luoshi.imagining.oracle import Oracle
from luoshi.spine import Parameter
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.parameters import in_force
from luoshi.words.returns import Count, Threshold, should

BEGUN = date(2021, 9, 1)
OWN = (Parameter("stock_change", "存量比上年增减的上限", Decimal(5), "%", BEGUN, "局发〔2021〕3号"),)


def _rows(pupils: int) -> pl.DataFrame:
    known = {"school": "2141000123", "stage": "primary", "county": "410302", "operator": "public", "urban": "111"}
    row = {**dict.fromkeys(ClassBands.columns), **known, "classes": 10, "pupils": pupils}
    return pl.DataFrame([row], schema=ClassBands.schema())


def _steady(pupils: int, *, on: date | None = None, own: object = (), engine: Engine = Engine.POLARS) -> list[str]:
    checked = check(ClassBands, _rows(pupils), Aside(_rows(400)), on=on, own=own, engine=engine)
    return [str(one.finding) for one in checked.findings() if one.rule.name == "steady"]


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize(("day", "asks"), [(date(2021, 8, 31), False), (BEGUN, True), (date(2030, 1, 1), True)])
def test_a_bureau_s_value_asks_from_its_day_on_and_not_before(day, asks, engine) -> None:
    assert bool(_steady(426, on=day, own=OWN, engine=engine)) is asks
    judge = Oracle(ClassBands, [_rows(426).row(0, named=True)], _rows(400), {}, on=day, own=OWN)
    broken = {one.name for one in judge.broken(_rows(426).row(0, named=True))}
    assert ("steady" in broken) is asks


def test_a_bureau_s_value_ends_on_its_last_day() -> None:
    until = Parameter("stock_change", "", Decimal(5), "%", BEGUN, "局发〔2021〕3号", until=date(2022, 8, 31))
    assert _steady(426, on=date(2022, 8, 31), own=[until])
    assert not _steady(426, on=date(2022, 9, 1), own=[until])


@pytest.mark.parametrize("engine", Engine)
def test_a_value_that_is_no_whole_number_is_compared_exactly(engine) -> None:
    assert not _steady(426, own={"stock_change": Decimal("6.5")}, engine=engine)
    (told,) = _steady(426, own={"stock_change": Decimal("6.499999")}, engine=engine)
    assert "即26＞25.999996" in told


def test_a_finding_says_the_value_that_counted_in_its_sentence_and_in_its_edition() -> None:
    (own,) = _steady(426, on=BEGUN, own=OWN)
    (declared,) = _steady(500)
    assert "比上年增减不超过5%（经验校验 class_bands.steady 第1版，stock_change=5%）" in own
    assert "比上年增减不超过20%（经验校验 class_bands.steady 第1版，stock_change=20%）" in declared
    assert "即100＞80" in declared


def test_another_value_is_another_question_and_the_same_value_is_the_same() -> None:
    rules = (ClassBands.rules["average_size"],)
    values = (("class_least", Decimal(1)), ("class_most", Decimal(80)))
    assert question(ClassBands, rules, values) is question(ClassBands, rules, values)
    assert question(ClassBands, rules, values) is not question(
        ClassBands, rules, (values[0], ("class_most", Decimal(60)))
    )
    sizes = pl.DataFrame({"class_id": ["a"], "size": [70]})
    asked = [check(Classes, sizes, own={"class_most": Decimal(most)}).counts["plausible"] for most in (80, 60, 80)]
    assert asked == [0, 1, 0]


def test_a_day_without_a_value_leaves_the_rule_out_and_says_so() -> None:
    checked = check(ClassBands, _rows(900), Aside(_rows(400)), on=date(2001, 9, 1))
    assert "steady" not in checked.counts
    assert {rule.name: why for rule, why in checked.skipped}["steady"] == "没有当期的参数“存量比上年增减的上限”"
    assert "bands_add_up" in checked.counts


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1e12", "0.0000001"])
def test_a_value_that_cannot_be_reckoned_with_is_refused(value) -> None:
    with pytest.raises(RefusedError) as refused:
        _steady(426, own={"stock_change": Decimal(value)})
    assert "参数 stock_change" in str(refused.value)


def test_a_value_in_another_unit_is_refused() -> None:
    share = Parameter("stock_change", "", Decimal("0.05"), "比", BEGUN, "局发〔2021〕3号")
    with pytest.raises(RefusedError) as refused:
        _steady(426, own=[share])
    assert "单位须为“%”" in str(refused.value)


def test_a_value_that_follows_on_a_later_day_counts_from_then_on() -> None:
    first, then = (Parameter("t", "试", Decimal(v), "人", date(y, 1, 1), "试") for v, y in ((3, 2020), (4, 2022)))
    assert [in_force(Threshold(then, first).dated, date(y, 6, 1))["t"] for y in (2020, 2021, 2022)] == [3, 3, 4]
    assert in_force((first, then), date(2019, 1, 1)) == {}


def test_a_sentence_that_hides_a_parameter_or_names_another_is_refused() -> None:
    size = Count("人数", "人")
    for sentence in ("增减不超过20%", "增减不超过{other}", "增减不超过{stock_change}，又{other}"):
        with pytest.raises(TypeError, match="shows the parameters"):
            should(size <= STOCK_CHANGE, sentence)


def test_a_threshold_is_of_one_parameter() -> None:
    one, other = PARAMETERS[:2]
    with pytest.raises(TypeError, match="one parameter"):
        Threshold(one, other)
    with pytest.raises(TypeError, match="one parameter"):
        Threshold()


def test_every_tolerance_is_read_by_a_rule_that_asks_and_says_what_is_doubtful() -> None:
    reading = [(one, rule) for of in RETURNS.values() for rule in of.rules.values() for one in rule.thresholds]
    assert {one.key for one, _ in reading} == {one.key for one in TOLERANCES}
    assert {rule.severity for _, rule in reading} == {Severity.ASKS}
    assert all(one.doubt and one.source and one in PARAMETERS for one in TOLERANCES)
    assert len({(one.key, one.begun) for one in PARAMETERS}) == len(PARAMETERS)
    assert len({(one.key, one.unit, one.label) for one in PARAMETERS}) == len({one.key for one in PARAMETERS})


def test_the_command_takes_a_bureau_s_value_and_tells_it(tmp_path) -> None:
    file = tmp_path / "classes.csv"
    file.write_text("班级代号,在籍学生数\na,70\n", encoding="utf-8")
    plain = CliRunner().invoke(app, ["check", "classes", str(file), "--format", "json"])
    told = CliRunner().invoke(app, ["check", "classes", str(file), "--format", "json", "--set", "class_most=60"])
    assert json.loads(plain.output)["counts"]["asks"] == 0
    (found,) = [one for one in json.loads(told.output)["findings"] if one["id"] == "plausible"]
    assert found["parameters"] == {"class_most": "60"}
    assert "班额不超过60人" in found["rule"]
    wrong = CliRunner().invoke(app, ["check", "classes", str(file), "--set", "class_mots=60"])
    assert wrong.exit_code == 2
