"""Every rubric stands in one short file, and says only what the house knows."""

from pathlib import Path

import pytest

import luoshi.declared.procedures
from luoshi.declared import INDICATORS
from luoshi.describing.rubrics import rubrics
from luoshi.handling.declaring import Procedure
from luoshi.handling.gathering import procedures, registers
from luoshi.reading.city import load
from luoshi.scoring.declaring import Rubric
from luoshi.scoring.nouns import Scheme
from tests.house.house import ROOT, SOURCE, modules, name_of

LONGEST = 120
FEWEST = 4
"""Criteria that make a rubric of what would else be a single mark."""
FOLDER = SOURCE / "declared" / "procedures"
SCHEMES = {one.key: one.scheme for one in rubrics()}
KNOWN = procedures(luoshi.declared.procedures)
LISTS = registers(luoshi.declared.procedures)
FILES = sorted({one.__module__.rpartition(".")[2] for one in rubrics()})
NAMING = ("declared/case_figures.py", "_of_demo.py")
"""Which indicators statistics answer, and what the demo shows: the places that name a procedure."""


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_a_rubric_is_under_120_lines_and_nothing_else_names_it(name: str) -> None:
    path = FOLDER / f"{name}.py"
    assert len(text(path).splitlines()) < LONGEST
    module = f"luoshi.declared.procedures.{name}"
    told = [*rubrics(), *KNOWN.values(), *LISTS.values()]
    keys = {one.key for one in told if one.__module__ == module}
    elsewhere = [one for one in modules(SOURCE) if one != path and not name_of(one).endswith(NAMING)]
    said = {
        (name_of(one), key)
        for one in elsewhere
        for key in (*keys, f"procedures.{name}")
        if f'"{key}"' in text(one) or (key.startswith("procedures.") and f"{key} import" in text(one))
    }
    assert said == set()


def test_every_mechanism_led_by_scoring_is_answered_by_a_procedure_with_a_rubric() -> None:
    led = {one.key for one in load(ROOT / "cities" / "luoyang").mechanisms if one.pattern == "SCORING"}
    answered = {key for one in KNOWN.values() if scored(one) for key in one.answers}
    assert len(led) > 20
    assert led - answered == set()


def scored(one: type[Procedure]) -> bool:
    return isinstance(one.rubric, type) and issubclass(one.rubric, Rubric)


@pytest.mark.parametrize("told", SCHEMES.values(), ids=SCHEMES)
def test_a_rubric_says_where_it_comes_from_and_what_is_doubtful(told: Scheme) -> None:
    assert told.source
    assert told.doubt
    assert len(told.grades) > 1
    counted = [one for one in told.items.values() if one.counted]
    assert told.base or len(counted) >= FEWEST
    assert len({one.label for one in told.items.values()}) == len(told.items), "no two criteria are called alike"


@pytest.mark.parametrize("told", SCHEMES.values(), ids=SCHEMES)
def test_what_a_rubric_takes_from_the_house_the_house_has(told: Scheme) -> None:
    known, bars = {one.key: one for one in INDICATORS}, {what for one in LISTS.values() for what in one.bars}
    for one in told.items.values():
        assert not one.measured or one.measured in known
        assert not one.barred or one.barred in bars
        if one.measured and known[one.measured].unit == "%":
            assert one.unit == "%"


def test_a_case_about_a_person_that_a_list_may_bar_asks_what_that_list_knows_persons_by() -> None:
    by = {
        what: {field.key for field in one.same}
        for one in LISTS.values()
        for what in one.bars
        if one.subject == "person"
    }
    for one in filter(scored, KNOWN.values()):
        flags = {each.barred for each in one.rubric.scheme.items.values() if each.barred}  # type: ignore[union-attr]
        private = {key for key, field in one.declaration.fields.items() if field.private}
        if "teacher" in private:
            assert all(by[each] <= private for each in flags), one.key


def test_titles_that_last_are_looked_at_again_or_end() -> None:
    for one in filter(scored, KNOWN.values()):
        if one.names is not None:
            assert one.names.valid is not None or one.names.public, one.key
