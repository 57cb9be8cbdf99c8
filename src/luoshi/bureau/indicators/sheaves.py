"""What runs came to, unpacked as far as it is asked for: at most two queries, whatever is asked."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Q

from luoshi.bureau.indicators.models import Profile, Roster, Sheaf
from luoshi.bureau.indicators.packing import SCHOOL, Division, Form, Slot, divisions, legend, measured, places, slots

_COLUMNS = ("measuring_id", "level", "county", "measure", "scale", "places", "unit", "body")
_PROFILE = ("measuring_id", "level", "division", "county", "name", "measuring__legend__body", "body")
_CITY = "city"
_AS_GOOD_AS = 3
"""A profile costs as much as so many sheaves."""
_VERY_MANY = 10**9


class Found(NamedTuple):
    """One measure of one division in one run."""

    run: int
    level: str
    measure: str
    form: Form
    division: Division
    slot: Slot


def found(
    runs: Collection[int],
    measures: Collection[str],
    level: str | tuple[str, ...],
    county: str = "",
    codes: Collection[str] = (),
    *,
    newest: int = 0,
) -> Iterator[Found]:
    """What is kept, sheaf by sheaf or profile by profile, whichever are fewer to unpack.

    Args:
        runs: keys of the measurings, the oldest first.
        measures: keys.
        level: city, county, township or school; or several of them at once.
        county: only those that lie in it.
        codes: only these divisions; all without. A city that is asked for beside its divisions is told whatever they are.
        newest: only so many of the last runs that speak of a measure of a division; all of them without.
    """
    levels = (level,) if isinstance(level, str) else level
    if not county and _few(levels, codes) * _AS_GOOD_AS < len(measures):
        yield from _of_each(runs, measures, levels, codes, newest)
        return
    told = _of_all(runs, measures, levels, county, codes)
    yield from _last(told, runs, newest) if newest else told


def _of_all(
    runs: Collection[int], measures: Collection[str], levels: tuple[str, ...], county: str, codes: Collection[str]
) -> Iterator[Found]:
    """From the sheaves of the measures."""
    wanted = _wanted(_rosters(runs, levels, county), county, codes, beside=len(levels) > 1)
    asked = Sheaf.objects.filter(measuring__in=runs, level__in=levels, measure__in=measures)
    if levels == (SCHOOL,):
        counties = {within for _run, _level, within in wanted}
        if county or codes:
            asked = asked.filter(county__in=counties)
    for run, of, within, measure, scale, digits, unit, body in asked.values_list(*_COLUMNS):
        listed, at = wanted.get((run, of, within), ((), ()))
        form = Form(scale, digits, unit)
        for place, slot in slots(bytes(body), form, at):
            yield Found(run, of, measure, form, listed[place], slot)


def _few(levels: tuple[str, ...], codes: Collection[str]) -> int:
    """How many divisions are asked for; very many where they are not named."""
    named = codes or levels == (_CITY,)
    return len(codes) + (_CITY in levels) if named else _VERY_MANY


def _of_each(
    runs: Collection[int], measures: Collection[str], levels: tuple[str, ...], codes: Collection[str], newest: int
) -> Iterator[Found]:
    """From the profiles of a few divisions, the last run first."""
    asked = Profile.objects.filter(measuring__in=runs, level__in=levels)
    if codes:
        asked = asked.filter(Q(division__in=codes) | Q(level=_CITY) if len(levels) > 1 else Q(division__in=codes))
    place = {run: at for at, run in enumerate(runs)}
    enough = dict[tuple[str, str], Counter[str]]()
    for run, of, *named, words, body in sorted(asked.values_list(*_PROFILE), key=lambda row: -place[row[0]]):
        listed, division = legend(bytes(words)), Division(*named)
        told = enough.setdefault((of, division.code), Counter())
        wanted = {key: listed[key] for key in measures if key in listed and not 0 < newest <= told[key]}
        for measure, form, slot in measured(bytes(body), wanted):
            told[measure] += 1
            yield Found(run, of, measure, form, division, slot)


def _last(every: Iterable[Found], runs: Collection[int], newest: int) -> Iterator[Found]:
    """Of each measure and division the last that are told."""
    place = {run: at for at, run in enumerate(runs)}
    told = Counter[tuple[str, str, str]]()
    for one in sorted(every, key=lambda one: -place[one.run]):
        told[key := (one.level, one.division.code, one.measure)] += 1
        if told[key] <= newest:
            yield one


def _rosters(runs: Collection[int], levels: tuple[str, ...], county: str) -> dict[tuple[int, str, str], bytes]:
    asked = Roster.objects.filter(measuring__in=runs, level__in=levels)
    if county and levels == (SCHOOL,):
        asked = asked.filter(county=county)
    told = asked.values_list("measuring_id", "level", "county", "body")
    return {(run, level, within): bytes(body) for run, level, within, body in told}


def _wanted(
    rosters: Mapping[tuple[int, str, str], bytes], county: str, codes: Collection[str], *, beside: bool
) -> dict[tuple[int, str, str], tuple[tuple[Division, ...], list[int]]]:
    """By run and county the divisions of a roster and the places that are wanted; rosters without any are left out."""
    told = {}
    for key, body in rosters.items():
        listed = divisions(body)
        every = not codes or (beside and key[1] == _CITY)
        at = None if every else sorted(place for code in codes if (place := places(body).get(code)) is not None)
        chosen = range(len(listed)) if at is None else at
        wanted = [place for place in chosen if not county or listed[place].county == county]
        if wanted:
            told[key] = (listed, wanted)
    return told


def listed(run: int, level: str, county: str = "") -> list[Division]:
    """Divisions a run came to anything for."""
    return [one for body in _rosters([run], (level,), county).values() for one in divisions(body)]
