"""口径对照: one question in every 口径 of a year, which one is the 发布口径, and where they lie too far apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import points
from luoshi.bureau.board.indicated import Question, questions
from luoshi.bureau.board.points import Point
from luoshi.bureau.indicators.figuring import MEASURED
from luoshi.bureau.indicators.models import Measuring, PublishedDefinition
from luoshi.bureau.indicators.published import alternatives
from luoshi.bureau.indicators.series import Cell
from luoshi.declared import PARAMETERS
from luoshi.declared.doubting import ENTRY_GRADES, SIDES_PERCENT, SIDES_POINTS
from luoshi.spine import Measurement, Standing
from luoshi.tracking.sides import Apart, Side, Tolerance, apart, is_of, prompt
from luoshi.tracking.units import SHARES
from luoshi.words.findings import Finding
from luoshi.words.measures import Measure, basis_of
from luoshi.words.parameters import shown

_DECLARED = {one.key: one.value for one in PARAMETERS}
_RANK = {Standing.PRESS: 0, Standing.REPORTED: 1, Standing.VERIFIED: 2, Standing.PUBLISHED: 3}
_FURTHER = "·"
"""Behind it a 口径 says what it counts otherwise on purpose: it is shown, and nobody is asked why it differs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One 口径."""

    definition: str
    label: str
    """What is measured, in the words of its measure."""
    url: str
    """Its page."""
    point: Point
    chain: str
    """Where the chain of a measured figure stands."""
    speaks: bool = False
    within: bool = False
    """A part of the whole that is told apart: 起始年级. It is never published for the whole."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One question of a year."""

    key: str
    year: int
    lines: tuple[Line, ...]
    chosen: PublishedDefinition | None
    history: tuple[PublishedDefinition, ...]
    finding: Finding | None
    """核对提示."""

    @property
    def choices(self) -> list[str]:
        """口径 that may be chosen."""
        return [one.definition for one in self.lines if not one.within]


@dataclass(frozen=True, slots=True)
class Told:
    """What 口径对照 is made of."""

    cells: Sequence[Cell]
    """Of all measures of the question and of 起始年级, of the city and its counties, as they were measured."""
    figures: Sequence[Measurement]
    runs: Mapping[int, Measuring]
    names: Mapping[str, str]
    """Of divisions."""


def root_of(question: Question) -> Question:
    """The question a measure answers; itself where it answers its own."""
    wanted = question.measure.indicator if question.measure else ""
    return questions().get(wanted, question)


def keys_of(key: str) -> list[str]:
    """Measures that are looked at for a question."""
    further = [one.key for one in alternatives().get(key, ())]
    own = [key] if key in questions() and questions()[key].measure and key not in further else []
    return [*own, *further, *ENTRY_GRADES.get(key, ())]


def years_of(key: str, told: Told) -> list[int]:
    """Years anything is known of, by any 口径."""
    return sorted(
        {one.year for one in told.cells if one.value is not None}.union(
            one.on.year for one in _filed(key, told.figures, "")
        )
    )


def year_of(key: str, told: Told, wanted: str) -> int:
    """The year that is asked for where anything is known of it; else the newest that was measured, or that is known."""
    known, measured = years_of(key, told), [one.year for one in told.cells if one.value is not None]
    asked = int(wanted) if wanted.isdecimal() else 0
    return asked if asked in known else max(measured or known, default=0)


def beside(key: str, year: int, told: Told, history: Sequence[PublishedDefinition]) -> Beside:
    """Every 口径 of one year.

    Args:
        key: of the question.
        year: the year.
        told: what is known.
        history: choices of the question, the newest first.
    """
    chosen = next((one for one in history if one.year == year), None)
    lines = [*_measured(key, year, told), *_of_papers(key, year, told.figures)]
    spoken = _speaks(key, lines, chosen)
    marked = tuple(_line(one, spoken) for one in (*lines, *_entry_grades(key, year, told)))
    mine = tuple(one for one in history if one.year == year)
    return Beside(key, year, marked, chosen, mine, asked_of(key, year, told))


def _line(one: Line, spoken: Line | None) -> Line:
    return one if one is not spoken else Line(one.definition, one.label, one.url, one.point, one.chain, speaks=True)


def _measured(key: str, year: int, told: Told) -> list[Line]:
    """What each measure came to, its own first."""
    keys = [one for one in keys_of(key) if one not in ENTRY_GRADES.get(key, ())]
    return [line for one in keys if (line := _of_measure(one, year, told))]


def _of_measure(key: str, year: int, told: Told, *, within: bool = False) -> Line | None:
    question = questions()[key]
    cells = [one for one in told.cells if one.measure == key and one.level == "city" and one.year in (year - 1, year)]
    found = next((one for one in points.measured(question, cells) if one.year == year and one.value is not None), None)
    if found is None:
        return None
    chain = reverse("measured", args=[found.run, key, "city"])
    return Line(found.definition, question.label, reverse("indicator", args=[key]), found, chain, within=within)


def _entry_grades(key: str, year: int, told: Told) -> list[Line]:
    found = (_of_measure(one, year, told, within=True) for one in ENTRY_GRADES.get(key, ()))
    return [one for one in found if one]


def _of_papers(key: str, year: int, figures: Iterable[Measurement]) -> list[Line]:
    """What people reported, verified or published, the last of each 口径."""
    last = dict[str, Measurement]()
    for one in sorted(_filed(key, figures, ""), key=lambda one: (one.on, _RANK[one.standing], one.known)):
        if one.on.year == year:
            last[one.definition] = one
    return [Line(one.definition, one.definition, "", points.published([one])[0], "") for one in last.values()]


def _filed(key: str, figures: Iterable[Measurement], division: str) -> list[Measurement]:
    return [
        one
        for one in figures
        if one.indicator == key and one.division == division and not one.source.title.startswith(MEASURED)
    ]


def _speaks(key: str, lines: Sequence[Line], chosen: PublishedDefinition | None) -> Line | None:
    """The line that speaks: the chosen one; without a choice the latest, the furthest come, and of measures its own."""
    if chosen is not None:
        return next((one for one in lines if is_of(one.definition, chosen.definition)), None)
    own = {basis_of(one) for one in alternatives().get(key, ())[:1]}
    measured = [one for one in lines if one.point.run]
    kept = [one for one in lines if not one.point.run or one.definition in own or len(measured) == 1]
    order = {one.definition: place for place, one in enumerate(lines)}
    return max(kept, key=lambda one: (one.point.on, one.point.come, -order[one.definition]), default=None)


def tolerance_of(run: Measuring | None) -> Tolerance:
    """How far 口径 may lie apart, by the values of the year's run, else by those that are declared."""
    return Tolerance(value_of(run, SIDES_POINTS.key), value_of(run, SIDES_PERCENT.key))


def value_of(run: Measuring | None, key: str) -> Decimal:
    """A parameter by the value of a run; as it is declared where the run knows none."""
    return Decimal(run.values.get(key, _DECLARED[key])) if run else _DECLARED[key]


def asked_of(key: str, year: int, told: Told) -> Finding | None:
    """核对提示 of a question in a year; None where its 口径 are near enough, or where there is only one."""
    question, tolerance = questions()[key], tolerance_of(told.runs.get(year))
    unit = question.unit
    plain = {one.key: one for one in alternatives().get(key, ()) if _FURTHER not in basis_of(one)}
    found = dict[str, list[Side]]()
    mine = [one for one in told.cells if one.year == year and one.measure in plain and one.value is not None]
    for one in sorted(mine, key=lambda one: list(plain).index(one.measure)):  # its own 口径 first
        place = "" if one.level == "city" else one.division
        found.setdefault(place, []).append(_side(one, plain[one.measure]))
    _add_filed(found, key, year, told.figures)
    asked = {place: far for place, some in found.items() if (far := _furthest(unit, some, tolerance))}
    whole = asked.pop("", None)
    within = shown(tolerance.points, "个百分点") if unit in SHARES else shown(tolerance.percent, "%")
    where = f"{question.label} {points.at_of(question, year)}"
    return prompt(where, whole, [(told.names.get(place, place), one) for place, one in asked.items()], within)


def _side(one: Cell, measure: Measure) -> Side:
    counts = (
        (Decimal(one.above), Decimal(one.below)) if one.above and one.below and not measure.counted else (None, None)
    )
    return Side(basis_of(measure), one.value or Decimal(0), *counts)


def _add_filed(found: dict[str, list[Side]], key: str, year: int, figures: Iterable[Measurement]) -> None:
    """What was filed for the same 时点 as what was measured."""
    day = points.day_of(questions()[key], year)
    for one in figures:
        if one.indicator == key and one.on == day and not one.source.title.startswith(MEASURED) and not one.about:
            found.setdefault(one.division, []).append(Side(one.definition, one.value, one.numerator, one.denominator))


def _furthest(unit: str, sides: Sequence[Side], tolerance: Tolerance) -> Apart | None:
    """Of one division, what lies furthest from its first 口径."""
    first, *others = sides
    found = [one for other in others if (one := apart(unit, first, other, tolerance))]
    return max(found, key=lambda one: abs(one.by), default=None)


def said(one: Line, chosen: PublishedDefinition | None) -> str:
    """发布口径, 发布口径（默认）, 参考, or that it is a part."""
    if one.within:
        return _("其中")
    if not one.speaks:
        return _("参考")
    return _("发布口径") if chosen else _("发布口径（默认）")
