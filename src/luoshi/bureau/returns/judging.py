"""Parts of a file held against their rules, and what was found told apart by unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.returns.besides import aside, rows_of
from luoshi.bureau.returns.models import Breach, Deposit, Filing, Merge, Unit, Window
from luoshi.bureau.returns.taking import Opened
from luoshi.bureau.returns.words import check_code, day_of, mark_of, rows_digest, unit_column
from luoshi.checking import Found, Report, Taken, check, cite
from luoshi.checking.wording import Scattered
from luoshi.spine import Parameter, Return
from luoshi.words.findings import Finding, Severity

MOST_TOLD = 200
"""Rows of one unit that are told of one must: whoever has more mends the file, not the rows. A should is explained row by row."""
CELL, FILE = "cell", "file"
"""Rules of findings that no rule of the return makes."""


@dataclass(slots=True)
class Broken:
    """One rule with the rows of one unit that do not meet it."""

    of: str
    rule: str
    severity: Severity
    sentence: str
    remedy: str
    told: list[Mapping[str, object]] = field(default_factory=list)
    rows: int = 0
    """How many they are; of musts only the first are told one by one."""

    def add(self, told: Mapping[str, object]) -> None:
        """One row more."""
        self.rows += 1
        if self.severity is Severity.ASKS or len(self.told) < MOST_TOLD:
            self.told.append(told)


@dataclass(slots=True)
class Held:
    """What one unit brought."""

    code: str
    parts: dict[str, tuple[list[str], int, str]] = field(default_factory=dict)
    """By key of the return: codes whose rows they are, how many, digest of the rows."""
    broken: dict[tuple[str, str], Broken] = field(default_factory=dict)
    asked: int = 0
    skipped: list[list[str]] = field(default_factory=list)

    def weighing(self, severity: Severity) -> int:
        """How many findings have this weight."""
        return sum(one.rows for one in self.broken.values() if one.severity is severity)

    def check_code(self, period: str) -> str:
        """The code that binds a sheet to these rows."""
        return check_code(self.code, period, {key: total for key, (_, _, total) in self.parts.items()})


def hold(window: Window, file: Opened, units: Mapping[str, Unit], points: Mapping[str, str]) -> dict[str, Held]:
    """Check every part, and tell the rows and findings of each unit apart.

    Args:
        window: whose returns.
        file: what was brought; rows of others are left out by the caller.
        units: those whose rows are taken, by code.
        points: the parent of each merged teaching point.
    """
    held = {code: Held(code) for code in units}
    brought, own = {part.of.key: part.rows for part in file.parts}, own_parameters(window.city_id)
    for part in file.parts:
        _hold(window, part, units.values(), held, (brought, points, own))
    return {code: one for code, one in held.items() if one.parts}


def owners(window: Window, part: Taken, points: Mapping[str, str]) -> list[str]:
    """Whose each row is: a unit's own, or a teaching point's parent."""
    column = unit_column(part.of, schools=window.owers == Window.Owers.SCHOOLS)
    return [points.get(code, code) for code in part.rows[column].fill_null("").to_list()]


def _hold(
    window: Window,
    part: Taken,
    units: Collection[Unit],
    held: dict[str, Held],
    beside: tuple[dict[str, pl.DataFrame], Mapping[str, str], tuple[Parameter, ...]],
) -> None:
    brought, points, own = beside
    of, rows, whose = part.of, part.rows, owners(window, part, points)
    on = day_of(of.grain, window.period)
    report = Report(part, check(of, rows, aside(window, of, units, brought), on=on, own=own))
    _count_rows(window, part, whose, held)
    there = [held[code] for code in dict.fromkeys(whose)]
    for one in there:
        one.asked += len(report.checked.counts)
        one.skipped += [[of.key, rule.name, why] for rule, why in report.checked.skipped]
    for finding in part.told:
        if finding.severity is Severity.STOPS:
            for one in there:
                _add(one, of.key, FILE, finding, {"key": [], "where": finding.where, "what": finding.what})
    for odd in part.odd:
        if not odd.read:
            told = {"key": [], "where": odd.finding.where, "what": odd.finding.what}
            _add(held[whose[odd.row]], of.key, CELL, odd.finding, told)
    for found in report.found():
        _add_found(held[whose[found.row]], part, found)


def _count_rows(window: Window, part: Taken, whose: list[str], held: dict[str, Held]) -> None:
    """Rows of each unit with their digest."""
    column = unit_column(part.of, schools=window.owers == Window.Owers.SCHOOLS)
    rows = part.rows
    places = dict[str, list[int]]()
    for place, code in enumerate(whose):
        places.setdefault(code, []).append(place)
    cells, codes = rows.rows(), rows[column].to_list()
    for code, at in places.items():
        own = list(dict.fromkeys(codes[place] for place in at))
        total = rows_digest(rows.columns, [cells[place] for place in at])
        held[code].parts[part.of.key] = (own, len(at), total)


def _add_found(one: Held, part: Taken, found: Found) -> None:
    finding, of = found.finding, part.of
    mark = mark_of(f"{of.key}.{found.rule.name}", found.edition, found.key, finding.what)
    told: Mapping[str, object] = {"key": list(found.key), "where": finding.where, "what": finding.what, "mark": mark}
    broken = one.broken.get((of.key, found.rule.name))
    if broken is None:
        broken = Broken(of.key, found.rule.name, finding.severity, cite(of, found.rule, found.values), finding.remedy)
        one.broken[of.key, found.rule.name] = broken
    broken.add(told)


def _add(one: Held, of: str, rule: str, finding: Finding, told: Mapping[str, object]) -> None:
    broken = one.broken.setdefault(
        (of, f"{rule}:{finding.rule}"), Broken(of, rule, finding.severity, finding.rule, finding.remedy)
    )
    broken.add(told)


def hold_again(window: Window, of: type[Return], units: Sequence[Unit]) -> tuple[dict[str, Held], set[str]]:
    """Hold the newest tries of these units against the rules of a return once more, with what stands beside them now.

    Args:
        window: whose.
        of: one of its returns.
        units: with their newest tries at hand; those without rows of the return are left out.

    Returns:
        What was found by code of the unit, and the names of the rules that could be asked.
    """
    filings = [one.filing for one in units if one.filing and of.key in one.filing.parts]
    rows = rows_of(window, of.key, filings)
    if rows is None:
        return {}, set()
    part = Taken(of, rows, _by_key(of, rows), (), ())
    points = dict(Merge.objects.filter(city_id=window.city_id, ended=None).values_list("point", "parent"))
    on, own = day_of(of.grain, window.period), own_parameters(window.city_id)
    report = Report(part, check(of, rows, aside(window, of, units, {}), on=on, own=own))
    held = {one.code: Held(one.code) for one in units if one.filing and of.key in one.filing.parts}
    whose = owners(window, part, points)
    for found in report.found():
        if whose[found.row] in held:
            _add_found(held[whose[found.row]], part, found)
    return held, set(report.checked.counts)


def _by_key(of: type[Return], rows: pl.DataFrame) -> Scattered:
    """Rows whose file is not at hand any more: a finding names the return, the keys and the columns."""
    return Scattered(range(2, rows.height + 2), {}, [{}] * rows.height, [of.label] * rows.height)


def breach_of(filing: Filing, one: Broken, again: Deposit | None = None) -> Breach:
    """A finding as it is kept.

    Args:
        filing: the try.
        one: a rule with its rows.
        again: what made the rule be asked again.
    """
    return Breach(
        filing=filing,
        of=one.of,
        rule=one.rule[:80],
        severity=one.severity.value,
        sentence=one.sentence[:400],
        remedy=one.remedy[:300],
        rows=one.rows,
        told=one.told,
        again=again,
    )


def marks(held: Held) -> Iterator[str]:
    """Marks of the findings that ask for an explanation."""
    for one in held.broken.values():
        if one.severity is Severity.ASKS:
            yield from (str(told["mark"]) for told in one.told)
