"""数据存疑: what stored figures ask, line by line. Nothing is read from the lake, and nobody is accused."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from luoshi.bureau.board import definitions, points
from luoshi.bureau.board.definitions import Told, value_of
from luoshi.bureau.board.indicated import questions
from luoshi.bureau.board.shown import said
from luoshi.bureau.indicators.figuring import MEASURED
from luoshi.bureau.indicators.models import LastDigits, Measuring
from luoshi.bureau.indicators.published import alternatives
from luoshi.bureau.indicators.series import Cell, measured_cells
from luoshi.declared import POOLS
from luoshi.declared.doubting import (
    DIGITS_LEAST,
    DIGITS_LIMIT,
    JUMP_COUNT,
    JUMP_PERCENT,
    JUMP_POINTS,
    JUMP_TIMES,
    JUMP_UNITS,
)
from luoshi.declared.measures import MEASURES
from luoshi.declared.returns import RETURNS
from luoshi.spine import Measurement
from luoshi.tracking.contradictions import Digits, Jump, Jumping, Pair, jumped, jumps, preference, preferred, summed
from luoshi.tracking.doubts import Pool, added, own_counts, pooled
from luoshi.words.findings import Finding

SIDES, PARTS, JUMPS, DIGITS = "sides", "parts", "jumps", "digits"
KINDS: Mapping[str, str] = {
    SIDES: gettext_noop("核对提示（口径）"),
    PARTS: gettext_noop("合计与分项"),
    JUMPS: gettext_noop("年际变动"),
    DIGITS: gettext_noop("末位数字"),
}
_DEVIATED = 10
"""Lines of jumps that one indicator has at most; the furthest come first."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One line: where, what, by which rule, what to ask, and the figure it speaks of."""

    kind: str
    place: str
    """Name of the unit."""
    label: str
    """Of the indicator, or of the column of a return."""
    at: str
    finding: Finding
    url: str

    @property
    def said(self) -> str:
        """The kind in the language of the page."""
        return said(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked through for one year."""

    year: int
    told: Told
    """Cells of questions with several 口径, and the figures of the year."""
    digits: Sequence[LastDigits]

    @property
    def run(self) -> Measuring | None:
        """The year's."""
        return self.told.runs.get(self.year)

    def place(self, code: str) -> str:
        """Name of a division."""
        return self.told.names.get(code, code) if code else _("全市")


def doubts(asked: Asked) -> list[Doubt]:
    """Every line, kind by kind."""
    return [*_sides(asked), *_parts(asked), *_jumps(asked), *_digits(asked)]


def _sides(asked: Asked) -> Iterator[Doubt]:
    for key in alternatives():
        finding = definitions.asked_of(key, asked.year, asked.told)
        if finding:
            question = questions()[key]
            url = f"{reverse('indicator', args=[key])}?year={asked.year}#definitions"
            yield Doubt(SIDES, _("全市"), question.label, points.at_of(question, asked.year), finding, url)


def _parts(asked: Asked) -> Iterator[Doubt]:
    """Parts that cannot make the whole, and rates that are not what their own counts make."""
    groups = dict[tuple[str, str], dict[str, dict[str, Measurement]]]()
    for one in sorted(asked.told.figures, key=lambda one: one.known):
        by_definition = groups.setdefault((one.division, one.on.isoformat()), {})
        by_definition.setdefault(one.definition, {})[one.indicator] = one
    for (division, day), by_definition in groups.items():
        for pool in POOLS:
            for figures in _of_a_pool(pool, by_definition.values()):
                finding = added(pool, figures) or pooled(pool, figures)
                if finding:
                    yield _of_figure(asked, pool.whole, division, day, finding)
        for one in (one for figures in by_definition.values() for one in figures.values()):
            finding = None if one.source.title.startswith(MEASURED) else own_counts(one)
            if finding:
                yield _of_figure(asked, one.indicator, division, day, finding)


def _of_a_pool(pool: Pool, groups: Collection[dict[str, Measurement]]) -> list[dict[str, Measurement]]:
    """Groups of one 口径 that have whole and parts; what the press told by a name each is one group of its own."""
    keys = {pool.whole, pool.first, pool.second}
    whole = [figures for figures in groups if keys <= figures.keys()]
    loose: dict[str, Measurement] = {}
    for figures in groups:
        if figures not in whole:
            loose |= figures
    return [*whole, *([loose] if keys <= loose.keys() else [])]


def _of_figure(asked: Asked, key: str, division: str, day: str, finding: Finding) -> Doubt:
    label = questions()[key].label if key in questions() else key
    url = f"{reverse('indicator', args=[key])}?year={asked.year}" if key in questions() else reverse("figures")
    return Doubt(PARTS, asked.place(division), label, day, finding, url)


def rule_of_jumps(run: Measuring | None) -> Jumping:
    """From where on a change is asked about, by the values of the run."""
    points_, percent, times, units, count = (
        value_of(run, one.key) for one in (JUMP_POINTS, JUMP_PERCENT, JUMP_TIMES, JUMP_UNITS, JUMP_COUNT)
    )
    return Jumping(points_, percent, times, int(units), count)


def _jumps(asked: Asked) -> Iterator[Doubt]:
    before, now = (asked.told.runs.get(year) for year in (asked.year - 1, asked.year))
    if before is None or now is None:
        return
    rule = rule_of_jumps(now)
    for key, one in _jumped(Between(before.pk, now.pk, (f"{before.at} {before.state}", f"{now.at} {now.state}")), rule):
        question, place = questions()[key], asked.place(one.pair.unit)
        with override(settings.LANGUAGE_CODE):  # findings are Chinese sentences
            years = (points.at_of(question, asked.year - 1), points.at_of(question, asked.year))
        finding = replace(jumped(question.unit, years, one, rule), where=place)
        url = reverse("measured", args=[now.pk, key, one.pair.unit])
        yield Doubt(JUMPS, place, question.label, points.at_of(question, asked.year), finding, url)


@dataclass(frozen=True, slots=True)
class Between:
    """Two runs by key, moment and state: what they came to is never changed."""

    before: int
    now: int
    states: tuple[str, str]


@lru_cache(maxsize=16)
def _jumped(between: Between, rule: Jumping) -> tuple[tuple[str, Jump], ...]:
    """Jumps between two runs by measure, counties by their codes: worked out once, for runs stay as they are."""
    runs = {one.year: one for one in Measuring.objects.filter(pk__in=(between.before, between.now))}
    before, now = (runs[year] for year in sorted(runs))
    cells = measured_cells(runs, _continued(before, now), level="county")
    return tuple(
        (key, one)
        for key, pairs in _by_measure(cells).items()
        for one in jumps(questions()[key].unit, pairs, rule)[:_DEVIATED]
    )


def _continued(before: Measuring, now: Measuring) -> list[str]:
    """Measures whose formula and thresholds were the same in both years: of others a change is no surprise."""
    own = {one.key for one in MEASURES.values() if one.indicator in ("", one.key)}  # of several 口径 one is enough
    return [key for key, query in now.queries.items() if before.queries.get(key) == query and key in own]


def _by_measure(cells: Iterable[Cell]) -> dict[str, list[Pair]]:
    """By measure, each county's figure of the year before and of this year, where both are known."""
    earlier, told = dict[tuple[str, str], Decimal](), dict[str, list[Pair]]()
    for one in sorted((one for one in cells if one.value is not None), key=lambda one: one.year):
        value, place = one.value or Decimal(0), (one.measure, one.division)
        if place in earlier:
            below = Decimal(one.below) if one.below else None
            told.setdefault(one.measure, []).append(Pair(one.division, earlier[place], value, below))
        earlier[place] = value
    return told


def _digits(asked: Asked) -> Iterator[Doubt]:
    rule = Digits(int(value_of(asked.run, DIGITS_LEAST.key)), value_of(asked.run, DIGITS_LIMIT.key))
    columns = dict[tuple[str, str], dict[str, Sequence[int]]]()
    for one in asked.digits:
        columns.setdefault((one.form, one.column), {})[one.county] = one.counts
    for (form, column), counties in columns.items():
        for division, counts in (("", summed(counties)), *sorted(counties.items())):
            found = preference(counts, rule)
            if found is None or form not in RETURNS:
                continue
            of = RETURNS[form]
            label = of.columns[column].label if column in of.columns else column
            finding = preferred(label, found, rule)
            url = f"{reverse('lake_return', args=[form])}?year={asked.year}"
            yield Doubt(DIGITS, asked.place(division), f"{of.label}：{label}", str(asked.year), finding, url)


def kept(listed: Iterable[Doubt], kind: str, words: str) -> list[Doubt]:
    """Those of a kind that hold what is looked for."""
    wanted = words.lower().split()
    return [
        one
        for one in listed
        if kind in ("", one.kind)
        and all(word in f"{one.place} {one.label} {one.finding.what}".lower() for word in wanted)
    ]


def counted(listed: Sequence[Doubt]) -> list[tuple[str, str, int]]:
    """Each kind with how many lines it has."""
    return [(kind, said(label), sum(one.kind == kind for one in listed)) for kind, label in KINDS.items()]
