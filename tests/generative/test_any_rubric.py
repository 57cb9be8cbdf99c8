"""Any rubric with any sheets: what no score may ever do."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luoshi.scoring.comparing import belief, panel
from luoshi.scoring.nouns import TOP, Mark, Marking, Scheme, Sheet
from luoshi.scoring.proving import wrongs
from luoshi.scoring.scores import scored
from luoshi.scoring.sheets import marks, written
from luoshi.scoring.sheets import wrongs as amiss
from luoshi.scoring.texts import read_back
from luoshi.scoring.texts import written as text
from tests.rubrics import schemes, sheets


@st.composite
def _filled(draw: st.DrawFn, count: int = 1) -> tuple[Scheme, tuple[Sheet, ...]]:
    scheme = draw(schemes())
    return scheme, tuple(draw(sheets(scheme)) for _ in range(count))


def _plainly(scheme: Scheme, sheet: Sheet) -> Fraction:
    """The total once more, slowly: each criterion with the share of everything above it."""
    alive = {key for key, one in scheme.items.items() if one.counted and not sheet[key].absent}
    living = set[str]()
    for key in alive:
        at = scheme.items[key].group
        while at != TOP:
            living.add(at)
            at = scheme.groups[at].within
    total = Fraction(0)
    for key in alive:
        one, share = scheme.items[key], Fraction(scheme.full)
        at: str | None = one.group
        mine = Fraction(one.points)
        while at is not None:
            beside = [each.points for each in scheme.items.values() if each.group == at and each.key in alive]
            beside += [each.points for each in scheme.groups.values() if each.within == at and each.key in living]
            share *= mine / Fraction(sum(beside))
            mine = Fraction(scheme.groups[at].points) if at != TOP else mine
            at = scheme.groups[at].within if at != TOP else None
        total += share * _worth(scheme, key, sheet[key])
    total -= min(Fraction(5), Fraction(sheet["lost"].value) / 2)
    total += min(Fraction(3), Fraction(sheet["more"].value))
    return min(max(total, Fraction(0)), Fraction(scheme.full) + 3)


def _worth(scheme: Scheme, key: str, mark: Mark) -> Fraction:
    """The part of its points that a criterion earns."""
    one = scheme.items[key]
    match one.marking:
        case Marking.YES:
            return Fraction(bool(mark.value))
        case Marking.LEVELS:
            return Fraction(one.levels[mark.value].points) / Fraction(one.points)
        case Marking.BANDS:
            met = [each for each in one.bands if Fraction(mark.value) >= Fraction(each.least)]
            return Fraction(max(met, key=lambda each: each.least).points) / Fraction(one.points) if met else Fraction(0)
        case Marking.JUDGED:
            return Fraction(mark.value) / Fraction(one.points)
        case _:
            way = (Fraction(mark.value) - Fraction(one.start)) / (Fraction(one.target) - Fraction(one.start))
            return max(Fraction(0), min(Fraction(1), way))


@given(_filled())
def test_the_score_is_what_the_slow_sum_says(told: tuple[Scheme, tuple[Sheet]]) -> None:
    scheme, (sheet,) = told
    assert list(wrongs(scheme)) == []
    assert list(amiss(scheme, sheet)) == []
    assert scored(scheme, sheet).total == _plainly(scheme, sheet)


@given(_filled(), st.randoms(use_true_random=False))
def test_no_score_depends_on_the_order_of_entry(told: tuple[Scheme, tuple[Sheet]], chance: st.DataObject) -> None:
    scheme, (sheet,) = told
    order = list(sheet)
    chance.shuffle(order)
    shuffled = {key: sheet[key] for key in order}
    assert scored(scheme, shuffled) == scored(scheme, sheet)
    assert written(shuffled) == written(sheet)


@given(_filled())
def test_what_is_shared_out_anew_stays_whole(told: tuple[Scheme, tuple[Sheet]]) -> None:
    scheme, (sheet,) = told
    parts = scored(scheme, sheet).parts
    fulls = [parts[key].full for key, one in scheme.items.items() if one.counted]
    assert sum(fulls, Fraction(0)) == scheme.full
    for key in scheme.groups:
        inside = [parts[one.key].full for one in (*scheme.of(key), *scheme.children(key))]
        assert sum(inside, Fraction(0)) == parts[key].full


@given(_filled(4))
def test_a_veto_is_never_averaged_away(told: tuple[Scheme, tuple[Sheet, ...]]) -> None:
    scheme, four = told
    judges = {f"j{at}": sheet for at, sheet in enumerate(four)}
    together = panel(replace(scheme, judges=3, trim=1), judges)
    assert bool(together.vetoes) == any(sheet["veto"].value for sheet in four)
    for sheet in four:
        if sheet["veto"].value:
            assert not scored(scheme, sheet).passed
            assert scored(scheme, sheet).grade == scheme.grades[-1]


@given(_filled(4))
def test_a_trimmed_mean_lies_between_the_marks_and_knows_no_order(told: tuple[Scheme, tuple[Sheet, ...]]) -> None:
    scheme, four = told
    judging = replace(scheme, judges=3, trim=1)
    judges = {f"j{at}": sheet for at, sheet in enumerate(four)}
    told_ = panel(judging, judges)
    totals = sorted(scored(scheme, sheet).total for sheet in four)
    assert told_.total == (totals[1] + totals[2]) / 2
    assert panel(judging, dict(reversed(judges.items()))) == told_


@given(_filled(2))
def test_what_is_published_comes_again_of_its_frozen_texts(told: tuple[Scheme, tuple[Sheet, ...]]) -> None:
    scheme, (own, found) = told
    again = read_back(text(scheme))
    assert scored(again, marks(written(found))) == scored(scheme, found)
    assert belief(again, marks(written(own)), found) == belief(scheme, own, found)
    assert 0 <= belief(scheme, own, found).share <= 1
