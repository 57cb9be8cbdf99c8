"""What measures came to over years and divisions, as the last run of each year left it. Pages, judgements and exports ask here."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Max

from luoshi.bureau.indicators import packing, published, sheaves
from luoshi.bureau.indicators.models import Measuring, Roster
from luoshi.bureau.indicators.packing import amount
from luoshi.bureau.people.models import Succession
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.words.divisions import How, Level
from luoshi.words.measures import basis_of

_AUTUMN = 9
"""The month a school year is counted in."""
_KEYED = frozenset(one.key for one in INDICATORS)


class Cell(NamedTuple):
    """One measure of one division in one year; a tuple, for a page asks for thousands."""

    measure: str
    year: int
    """First year of the school year, or the calendar year."""
    level: str
    """city, county or school."""
    division: str
    county: str
    """The county it lies in; empty for a city."""
    name: str
    """Of a school, as its register has it."""
    part: str
    """分子 for show, as text; empty where no row said anything."""
    whole: str
    """分母; empty for a count."""
    value: Decimal | None
    """To 28 digits; None where nothing is known."""
    shown: str
    rows: int
    """Rows that were asked."""
    used: int
    """Of these, how many are in the sums."""
    run: int
    """Key of the measuring it comes from: its entry of the lake, its parameters, its editions."""
    above: str = ""
    """分子 exactly as it was summed; `part` is for show."""
    below: str = ""
    """分母 exactly."""
    counted_by: str = ""
    """Key of the measure whose rows it is of: another than `measure` where another 口径 is the year's 发布口径."""


def latest_runs(city_id: int, years: Collection[int] = ()) -> dict[int, Measuring]:
    """The last run of each year, or of the years that are asked for: one query, however often a year was measured."""
    found = Measuring.objects.filter(city_id=city_id, **({"year__in": years} if years else {}))
    last = found.order_by().values("year").annotate(last=Max("pk")).values("last")
    runs = Measuring.objects.filter(pk__in=last).annotate(last_choice=published.last_choice()).order_by("year")
    return {one.year: one for one in runs}


def cells(  # which figures, of whom, when: each by its name
    city_id: int,
    measures: Collection[str],
    *,
    level: str | tuple[str, ...],
    years: Collection[int] = (),
    county: str = "",
    divisions: Collection[str] = (),
    newest: int = 0,
) -> list[Cell]:
    """Cells by measure, year and division.

    Args:
        city_id: whose.
        measures: keys.
        level: city, county or school.
        years: those wanted; all that were measured without.
        county: only those that lie in it.
        divisions: only these codes; all without.
        newest: the last so many years that a measure of a division is known for at least; all years without.
    """
    runs = latest_runs(city_id, years)
    return cells_of(runs, measures, level=level, county=county, divisions=divisions, newest=newest)


def cells_of(
    runs: Mapping[int, Measuring],
    measures: Collection[str],
    *,
    level: str | tuple[str, ...],
    county: str = "",
    divisions: Collection[str] = (),
    newest: int = 0,
) -> list[Cell]:
    """The same of runs that were asked for already, by their years, of one level or of several at once.

    A question that is published in another 口径 for a year is told by that 口径, and not at all where what people filed is
    published. Two queries.
    """
    spoken = _spoken(runs, measures)
    every = {key for by_key in spoken.values() for key in by_key.values() if key}.union(measures)
    last = 0 if any(spoken.values()) else newest  # years that another 口径 or nothing is published for are not counted
    found = measured_cells(runs, every, level=level, county=county, divisions=divisions, newest=last)
    return _as_spoken(found, spoken, measures)


def spoken_cells(runs: Mapping[int, Measuring], found: Iterable[Cell], measures: Collection[str]) -> list[Cell]:
    """The same of cells of every 口径 that were asked for already, by `measured_cells`: no query."""
    return _as_spoken(found, _spoken(runs, measures), measures)


def _as_spoken(found: Iterable[Cell], spoken: Mapping[int, Mapping[str, str]], measures: Collection[str]) -> list[Cell]:
    wanted = frozenset(measures)
    if not any(spoken.values()):
        return [cell for cell in found if cell.measure in wanted]
    told = [
        cell if cell.measure == key else cell._replace(measure=key)
        for cell in found
        for key in _told_by(cell, spoken.get(cell.year, {}), wanted)
    ]
    return sorted(told, key=lambda one: (one.measure, one.year, one.division))


def _spoken(runs: Mapping[int, Measuring], measures: Collection[str]) -> dict[int, dict[str, str]]:
    """By year and question, the key of the measure it is told by where that is not its own; empty for what people filed."""
    if not runs or not any(key in published.alternatives() or key in _KEYED for key in measures):
        return {}
    told = {(one.indicator, one.year): one for one in published.choices_of(next(iter(runs.values())))}
    spoken = dict[int, dict[str, str]]()
    for key, year in told:
        by = published.counted_by(key, year, told)
        if by != key and year in runs and key in measures:
            spoken.setdefault(year, {})[key] = by
    return spoken


def _told_by(cell: Cell, spoken: Mapping[str, str], measures: Collection[str]) -> list[str]:
    """Keys of the questions a measured cell answers in its year."""
    mine = cell.counted_by
    own = [mine] if mine in measures and mine not in spoken else []
    return own + [key for key, by in spoken.items() if by == mine]


def measured_cells(
    runs: Mapping[int, Measuring],
    measures: Collection[str],
    *,
    level: str | tuple[str, ...],
    county: str = "",
    divisions: Collection[str] = (),
    newest: int = 0,
) -> list[Cell]:
    """What every measure came to, whichever 口径 is published: at most two queries. For 口径对照, judging and the chain of a figure."""
    year_of = {run.pk: year for year, run in sorted(runs.items())}
    found = sheaves.found(year_of, measures, level, county, divisions, newest=newest)
    told = [
        Cell(
            measure,
            year_of[run],
            of,
            division.code,
            division.county,
            division.name,
            amount(slot.part, form.places),
            amount(slot.whole, form.places),
            slot.value,
            slot.shown,
            slot.rows,
            slot.used,
            run,
            slot.part,
            slot.whole,
            measure,
        )
        for run, of, measure, form, division, slot in found
    ]
    return sorted(told, key=lambda one: (one.measure, one.year, one.division))


def breaks(city_id: int, measure: str) -> dict[int, str]:
    """Years whose figures do not continue those of the year measured before, with the Chinese reason.

    A series breaks where the measure was defined another way, where a parameter it reads had another value, or where the
    city's divisions are others than before. Only a reader can say whether figures may still be compared, so all are told.

    Args:
        city_id: whose.
        measure: its key.
    """
    return breaks_of(latest_runs(city_id), [measure])[measure]


def breaks_of(runs: Mapping[int, Measuring], measures: Collection[str]) -> dict[str, dict[int, str]]:
    """The same of many measures and of runs that were asked for already: three queries."""
    rosters = Roster.objects.filter(measuring__in=[one.pk for one in runs.values()], level="county")
    there = {
        run: {one.code for one in packing.divisions(bytes(body))}
        for run, body in rosters.values_list("measuring_id", "body")
    }
    spoken, moved = _spoken(runs, measures), _moved(runs)
    told = dict[str, dict[int, str]]()
    for measure in measures:
        by = {year: spoken.get(year, {}).get(measure, measure) for year in runs}
        measured = [runs[year] for year in sorted(runs) if by[year] and by[year] not in runs[year].unmeasured]
        pairs = (
            (one.year, _turned(by[before.year], by[one.year]) or _broken(by[one.year], before, one, there, moved))
            for before, one in pairwise(measured)
        )
        told[measure] = {year: why for year, why in pairs if why}
    return told


def _turned(before: str, now: str) -> str:
    """That two years are published in different 口径; empty where they are not."""
    return "" if before == now else f"发布口径由{basis_of(MEASURES[before])}改为{basis_of(MEASURES[now])}"


def _moved(runs: Mapping[int, Measuring]) -> list[Succession]:
    """Mergers, splits and parts cut off among the city's counties."""
    cities = {one.city_id for one in runs.values()}
    if len(runs) <= 1:
        return []
    rows = Succession.objects.filter(city__in=cities, of_schools=False, level__lte=Level.COUNTY)
    return list(rows.exclude(how__in=[How.RENAMED.value, How.RECODED.value]))


def _adjusted(before: Measuring, now: Measuring, moved: Iterable[Succession]) -> str:
    """What was moved between 1 September of two years, in words."""
    since, until = date(before.year, _AUTUMN, 1), date(now.year, _AUTUMN, 1)
    return "，".join(
        f"{one.on} {one.before}→{one.after} {How(one.how).label}" for one in moved if since < one.on <= until
    )


def _broken(
    measure: str, before: Measuring, now: Measuring, there: Mapping[int, set[str]], steps: Iterable[Succession]
) -> str:
    """Why a year does not continue the one before; empty where it does."""
    whys = _parameters_changed(measure, before, now)
    one, other = before.queries.get(measure), now.queries.get(measure)
    if one and other and one != other and not whys:
        whys.append("口径（计算式）有变")
    then, since = there.get(before.pk), there.get(now.pk)
    if then and since and then != since:
        moved = [
            f"{word}{'、'.join(sorted(codes))}" for word, codes in (("增", since - then), ("减", then - since)) if codes
        ]
        whys.append(f"区划或报送单位有变：{'，'.join(moved)}")
    if adjusted := _adjusted(before, now, steps):
        whys.append(f"区划调整：{adjusted}")
    return "；".join(whys)


def _parameters_changed(measure: str, before: Measuring, now: Measuring) -> list[str]:
    declared = MEASURES.get(measure)
    read = sorted(declared.thresholds()) if declared else []
    changed = ((key, before.values.get(key), now.values.get(key)) for key in read)
    return [
        f"参数“{_LABELS.get(key, key)}”由{one}改为{other}"
        for key, one, other in changed
        if one is not None and other is not None and Decimal(one) != Decimal(other)
    ]


_LABELS = {one.key: one.label for one in PARAMETERS}
