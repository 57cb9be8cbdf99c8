"""Next year's plan beside this year's: made-up changes to real texts are all found, and nothing is called changed that is not.

演示数据（虚构）: every later edition is invented in memory by `tests.next_year`, under the name of a made-up city.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from luoshi.reading import read_text
from luoshi.tracking import Change, Earlier, Fate, clauses_of, compare
from luoshi.tracking.differing import rolled_on
from tests.next_year import NextYear, labelled, next_year
from tests.yardstick import usual

ROOT = Path(__file__).resolve().parents[2]
CITY = (ROOT / "cities" / "luoyang" / "plan.txt").read_text(encoding="utf-8")
OTHERS = [ROOT / "cities" / "xingzhou" / "plan.txt", *labelled(ROOT)]
SEEDS = range(12)
TOLD_AS = {
    "number": ("目标值", "数字"),
    "comparator": ("比较方式", "目标值"),
    "removed": ("目标值", "数字"),
    "added": ("目标值", "数字"),
    "softened": ("约束力",),
    "day": ("完成时限",),
}
"""How a difference may begin that tells of a change."""


@dataclass(slots=True)
class Verdict:
    """What was found of the known changes, and what was told that is not so."""

    wanted: set[str]
    found: set[str] = field(default_factory=set)
    false: list[str] = field(default_factory=list)
    carried: int = 0
    """Clauses that inherit a changed day from the words before them: their own due day did change."""
    took: float = 0.0
    """Seconds."""


def verdict(made: NextYear) -> Verdict:
    """The comparison held against what is known."""
    before, after = clauses_of(made.before), clauses_of(made.after)
    fresh = {key for key, origins in made.came_from.items() if "" in origins}
    found = Verdict(set(made.became) | {f"new {key}" for key in fresh})
    begun = time.perf_counter()
    told = compare(before, after)
    found.took = time.perf_counter() - begun
    for change in told.changes:
        if change.after is None or change.before is None:
            _single(change, made, fresh, found)
        else:
            _pair(change, made, found)
    return found


def _single(change: Change, made: NextYear, fresh: set[str], found: Verdict) -> None:
    if change.after is not None and change.after.key in fresh:
        found.found.add(f"new {change.after.key}")
    elif change.before is not None and made.became.get(change.before.key) == "dropped":
        found.found.add(change.before.key)
    else:
        found.false.append(_line(change))


def _pair(change: Change, made: NextYear, found: Verdict) -> None:
    """A pair is right when the later clauses were made from the earlier, and when it is changed if one of them was."""
    assert change.before is not None
    assert change.after is not None
    mine = {one.key for one in (change.before, *change.also_before)}
    origins = {key for one in (change.after, *change.also_after) for key in made.came_from.get(one.key, ())}
    changed = {key for key in mine | origins if made.became.get(key, "dropped") != "dropped"}
    told = {key for key in changed if any(one.what.startswith(TOLD_AS[made.became[key]]) for one in change.differences)}
    if mine <= origins and told == changed and (change.kind is Fate.CHANGED) == bool(changed):
        found.found |= changed
    elif mine <= origins and not changed and _is_carried(change, made):
        found.carried += 1
    else:
        found.false.append(_line(change))


def _is_carried(change: Change, made: NextYear) -> bool:
    assert change.before is not None
    assert change.after is not None
    years = (made.after.year or 0) - (made.before.year or 0)
    days = all(one.what.startswith("完成时限") for one in change.differences)
    return days and not rolled_on(change.before.due, change.after.due, years)


def _line(change: Change) -> str:
    texts = [one.text if one else "——" for one in (change.before, change.after)]
    return f"{change.kind.label}：{' → '.join(texts)} {'；'.join(map(str, change.differences))}"


def _made(text: str, seed: int) -> NextYear:
    """Forty changes in a long plan; in a short one a fifth of its clauses."""
    size = len(read_text(text).commitments)
    changed, few = (24, 8) if size >= 200 else (size // 10, max(1, size // 20))
    return next_year(text, seed, changed=changed, dropped=few, new=few)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_forty_changes_to_a_real_plan_are_found_and_no_other(seed: int) -> None:
    made = _made(CITY, seed)
    told = verdict(made)
    assert len(told.wanted) == 40
    assert told.found == told.wanted
    assert told.false == []
    assert told.carried <= 3
    assert len(made.reworded) >= 80


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem if path.stem != "plan" else path.parent.name)
def test_changes_to_plans_of_other_styles_are_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    told = [verdict(_made(text, seed)) for seed in range(5)]
    wanted, found = sum(len(one.wanted) for one in told), sum(len(one.found) for one in told)
    size = sum(len(read_text(text).commitments) for _ in told)
    assert found >= 0.93 * wanted, (found, wanted)
    assert sum(len(one.false) for one in told) <= 0.03 * size, [one.false for one in told]


def test_two_long_plans_are_compared_in_a_moment() -> None:
    assert usual(verdict(_made(CITY, 99)).took) < 2


def test_a_plan_beside_itself_is_continued_word_for_word() -> None:
    clauses = clauses_of(read_text(CITY))
    told = compare(clauses, clauses).changes
    assert {(one.kind, one.differences, one.wording) for one in told} == {(Fate.CONTINUED, (), ())}
    assert [(one.before, one.after) for one in told] == [(one, one) for one in clauses]


@pytest.mark.parametrize("seed", range(4))
def test_a_clause_is_recognised_rightly_or_not_at_all(seed: int) -> None:
    made = _made(CITY, seed)
    earlier, later = Earlier(clauses_of(made.before)), clauses_of(made.after)
    told = {one.key: earlier.recognised(one) for one in later}
    wrong = [key for key, match in told.items() if match and match.clause.key not in made.came_from.get(key, ())]
    known = [key for key, origins in made.came_from.items() if "" not in origins]
    assert wrong == []
    assert sum(told[key] is not None for key in known) >= 0.95 * len(known)


def test_the_plan_of_another_trade_is_hardly_recognised() -> None:
    """Health and education promise other things, in the same official prose."""
    city = Earlier(clauses_of(read_text(CITY)))
    for stem in ("health-commission-2020", "rural-revitalization-2024"):
        text = (ROOT / "tests" / "labelled" / f"{stem}.txt").read_text(encoding="utf-8")
        clauses = clauses_of(read_text(text))
        assert sum(city.recognised(one) is not None for one in clauses) <= 0.02 * len(clauses)
        told = compare(clauses_of(read_text(CITY)), clauses)
        assert len(told.of(Fate.CONTINUED) + told.of(Fate.CHANGED)) <= 0.02 * len(clauses)
