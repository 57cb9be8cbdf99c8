"""Faults are planted: chosen rows are broken, and what each of them breaks is written down (the truth).

For every rule of every return some rows are altered in one or two cells until a plain judge of one row (`oracle`) says that
the rule is broken. All else that breaks with it is in the truth too. A cell that must-rules of other returns look at is not
altered in place, so nothing breaks elsewhere: there a new row is added that nobody looks at.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, islice, product
from typing import Any

import polars as pl

from luoshi.declared.returns import RETURNS
from luoshi.imagining.altering import UNKNOWN, alterations
from luoshi.imagining.chance import Chance
from luoshi.imagining.oracle import Oracle
from luoshi.spine import Parameter, Return
from luoshi.words.findings import Severity
from luoshi.words.returns import Beside, Call, Code, Expression, ReturnColumn, Rule, RuleKind
from luoshi.words.returns.deriving import UNIQUE
from luoshi.words.returns.expressions import parts
from luoshi.words.returns.rules import owner_of

_POOL = 400
"""Rows to choose from for each return, at least."""
_TRIES = 40
"""Rows tried for one fault."""
_PAIRS = 300
"""Pairs of alterations tried in one row."""


_APART = 5000
"""Numbers of new rows of one return and of the next lie so far apart, so that no two meet beside each other."""
_ORDER = (RuleKind.LAST_YEAR, RuleKind.BESIDE, RuleKind.ROW, RuleKind.TABLE)
"""Rules against last year need rows that were there last year, so they choose first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that one row breaks."""

    of: str
    """Key of the return."""
    row: int
    """Where the row stands in the planted frame, from 0."""
    key: tuple[Any, ...]
    """Values of its key columns, as they are now."""
    rule: str
    severity: Severity
    aimed: bool
    """Whether the row was altered for this rule; the others follow from it."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Frames with faults, and the truth about them."""

    frames: dict[str, pl.DataFrame]
    truth: tuple[Fault, ...]
    missed: tuple[tuple[str, str], ...]
    """Rules no fault was found for, as (return, rule): most of them look at cells that others look at."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What rows are held against besides the other frames."""

    before: pl.DataFrame | None
    on: date | None
    own: Sequence[Parameter]


@dataclass(slots=True)
class _Work:
    """What is done to one return."""

    of: type[Return]
    frame: pl.DataFrame
    watched: frozenset[str]
    presence: bool
    """Whether must-rules of others ask if a row is there at all."""
    pool: list[tuple[int, dict[str, Any]]]
    oracle: Oracle
    altered: dict[int, dict[str, Any]] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)
    truth: list[Fault] = field(default_factory=list)


def plant(
    frames: Mapping[str, pl.DataFrame],
    seed: int,
    share: float,
    before: Mapping[str, pl.DataFrame] | None = None,
    *,
    on: date | None = None,
    own: Sequence[Parameter] = (),
) -> Planted:
    """Break some rows so that every kind of rule is broken somewhere.

    Args:
        frames: clean rows of one period by the keys of their returns.
        seed: chooses the rows.
        share: part of the rows to break, 0 to 1; each rule is broken once at least.
        before: last year's rows; without them nothing is broken against last year.
        on: the period's day; None for the youngest values of parameters.
        own: the bureau's own values of parameters.
    """
    planted, truth, missed = dict(frames), list[Fault](), list[tuple[str, str]]()
    for of in _in_order(frames):
        work = _begun(of, planted, seed, share, _Held((before or {}).get(of.key), on, own))
        if work is None:
            continue
        many = max(1, int(work.frame.height * share / len(of.rules)))
        for rule in sorted(of.rules.values(), key=lambda one: _ORDER.index(one.kind)):
            if not sum(_planted(work, rule) for _ in range(many)):
                missed.append((of.key, rule.name))
        planted[of.key] = _together(work)
        truth += work.truth
    return Planted(planted, tuple(truth), tuple(missed))


def _in_order(frames: Mapping[str, pl.DataFrame]) -> list[type[Return]]:
    """Returns after those they look at, so that what stands beside a row is planted already."""
    told: dict[str, type[Return]] = {}

    def take(key: str) -> None:
        for rule in RETURNS[key].rules.values():
            for other in rule.needs:
                if other not in told and other != key:
                    take(other)
        told.setdefault(key, RETURNS[key])

    for key in RETURNS:
        take(key)
    return [one for key, one in told.items() if key in frames]


def _begun(of: type[Return], frames: Mapping[str, pl.DataFrame], seed: int, share: float, held: _Held) -> _Work | None:
    frame = frames[of.key]
    if not frame.height:
        return None
    places = list(_places(Chance(seed), of, frame.height, max(_POOL, int(frame.height * share * 4))))
    rows = frame[places].to_dicts()
    watched, presence = _watched(of)
    oracle = Oracle(of, rows, held.before, frames, on=held.on, own=held.own)
    return _Work(of, frame, watched, presence, list(zip(places, rows, strict=True)), oracle)


def _places(chance: Chance, of: type[Return], height: int, many: int) -> Iterator[int]:
    """Different rows, in an order of chance."""
    order = chance.bits(f"plant {of.key}", pl.arange(height, eager=True).to_numpy()).argsort(kind="stable")
    return (int(one) for one in order[:many])


def _watched(of: type[Return]) -> tuple[frozenset[str], bool]:
    """Columns that must-rules of other returns look at, and whether they ask if a row is there."""
    watched, presence = set[str](), False
    for other in RETURNS.values():
        for rule in other.rules.values():
            for one in rule.aside:
                if rule.severity is not Severity.STOPS or one.last_year or owner_of(one.of) is not of:
                    continue
                watched |= {part.name for part in (*parts(one.of), *one.on) if isinstance(part, ReturnColumn)}
                presence |= _asks_presence(rule.holds, one)
    return frozenset(watched), presence


def _asks_presence(holds: Expression | None, one: Beside) -> bool:
    asked = (part for part in parts(holds) if isinstance(part, Call) and part.name in {"notnull", "isnull"})
    return any(part.arguments[0] is one for part in asked)


def _planted(work: _Work, rule: Rule) -> bool:
    """Break one rule in one row that is whole; where all are broken already, in a copy of one under a new key."""
    free = [one for one in islice(work.pool, len(work.altered) + _TRIES) if one[0] not in work.altered]
    if rule.holds is None:
        return _double(work, *(free or work.pool)[0], copied=not free)
    if rule.name not in work.oracle.rules:
        return False
    for place, row in free[:_TRIES] or work.pool[:_TRIES]:
        for changed in _attempts(work, rule, place, row):
            if work.oracle.breaks(rule, {**row, **changed}) and _keep(work, rule, place, row, changed):
                return True
    return False


def _attempts(work: _Work, rule: Rule, place: int, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Cells to alter: one, then two."""
    aside, unknown = work.oracle.aside(rule, row), f"{UNKNOWN}{work.of.key} {place}"
    choice = {one.name: list(alterations(one, row, rule.columns, aside, unknown)) for one in rule.columns}
    for name, values in choice.items():
        yield from ({name: value} for value in values)
    pairs = (
        {one: value, other: second}
        for one, other in combinations(choice, 2)
        for value, second in product(choice[one], choice[other])
    )
    yield from islice(pairs, _PAIRS)


def _keep(work: _Work, rule: Rule, place: int, row: dict[str, Any], changed: dict[str, Any]) -> bool:
    """Alter the row, or add a new one where others look at what is altered; whether that could be."""
    whole = {**row, **changed}
    touched = changed.keys() & work.watched
    seen = any(not _stands_nowhere(changed[name]) for name in touched)
    if place in work.altered or (touched and (work.presence or seen)):
        return (place in work.altered or work.presence) and _add(work, rule, whole, changed.keys())
    if changed.keys() & set(work.of.keys) and _stands(work, whole):
        return False
    work.altered[place] = whole
    _enter(work, rule, place, whole)
    return True


def _stands_nowhere(value: object) -> bool:
    """Whether nothing can be said against an empty cell or a word that is not known elsewhere."""
    return value is None or (isinstance(value, str) and value.startswith(UNKNOWN))


def _add(work: _Work, rule: Rule, row: dict[str, Any], altered: Collection[str]) -> bool:
    """Add the row under a key that nobody has, unless the key is what was altered."""
    fresh = _fresh(work, row, altered)
    if not work.oracle.breaks(rule, fresh) or _stands(work, fresh):
        return False
    work.added.append(fresh)
    _enter(work, rule, work.frame.height + len(work.added) - 1, fresh)
    return True


def _double(work: _Work, place: int, row: dict[str, Any], *, copied: bool) -> bool:
    """The same row once more: both break the rule that a key stands once."""
    places = [place]
    if copied:
        row = _fresh(work, row, ())
        work.added.append(row)
        places = [work.frame.height + len(work.added) - 1]
    else:
        work.altered[place] = row
    work.added.append(dict(row))
    for one in (*places, work.frame.height + len(work.added) - 1):
        key = tuple(row[name] for name in work.of.keys)
        work.truth.append(Fault(work.of.key, one, key, UNIQUE, Severity.STOPS, aimed=True))
        _enter(work, None, one, row)
    return True


def _fresh(work: _Work, row: dict[str, Any], kept: Collection[str]) -> dict[str, Any]:
    number = f"{999_999 - _APART * list(RETURNS).index(work.of.key) - len(work.added):06d}"
    codes = (name for name in work.of.keys if isinstance(work.of.columns[name], Code))
    return {**row, **{name: str(row[name])[:-6] + number for name in codes if name not in kept}}


def _stands(work: _Work, row: dict[str, Any]) -> bool:
    """Whether a row of its key is there."""
    keys = [pl.col(name).eq_missing(pl.lit(row[name], work.frame.schema[name])) for name in work.of.keys]
    return not work.frame.filter(*keys).is_empty() or any(
        all(one[name] == row[name] for name in work.of.keys) for one in (*work.altered.values(), *work.added)
    )


def _enter(work: _Work, rule: Rule | None, place: int, row: dict[str, Any]) -> None:
    key = tuple(row[name] for name in work.of.keys)
    for one in work.oracle.broken(row):
        work.truth.append(Fault(work.of.key, place, key, one.name, one.severity, aimed=one is rule))


def _together(work: _Work) -> pl.DataFrame:
    """The frame with its altered rows in their places and the added ones at its end."""
    schema = work.of.schema()
    places = list(work.altered)
    kept = work.frame.with_row_index("_place").filter(~pl.col("_place").is_in(places))
    made = pl.DataFrame([work.altered[one] for one in places], schema=schema)
    altered = made.with_columns(pl.Series("_place", places, dtype=kept.schema["_place"]))
    whole = pl.concat([kept, altered.select(kept.columns)]).sort("_place").drop("_place")
    return pl.concat([whole, pl.DataFrame(work.added, schema=schema)]) if work.added else whole
