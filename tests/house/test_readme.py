"""The figures both readmes give are those the code gives."""

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.city import load
from tests.house.house import ROOT

CITY = load(ROOT / "cities" / "luoyang")
PLAN = read_text(CITY.plan.read_text("utf-8"), indicators=INDICATORS)
READMES = [" ".join((ROOT / name).read_text("utf-8").split()) for name in ("README.md", "README.zh-CN.md")]


def test_the_plan_has_as_many_points_targets_and_mechanisms_as_they_say() -> None:
    targets = sum(len(one.targets) for one in PLAN.commitments)
    said = [
        (f"{len(PLAN.points)} points", f"{len(PLAN.points)} 条"),
        (f"{targets} target values", f"{targets} 个目标值"),
        (f"{len(CITY.mechanisms)} mechanisms", f"{len(CITY.mechanisms)} 个机制"),
    ]
    assert [pair for pair in said if not all(words in text for words, text in zip(pair, READMES, strict=True))] == []


def test_about_three_hundred_promises_and_nine_in_ten_without_a_number() -> None:
    assert 250 <= len(PLAN.commitments) <= 349
    without = sum(not one.targets for one in PLAN.commitments) / len(PLAN.commitments)
    assert 0.85 <= without <= 0.95
