"""A file is brought: read and checked before anybody waits, then kept with its rows and findings in one transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

import polars as pl
from django.utils import timezone

from luoshi.bureau.files.actions import keep
from luoshi.bureau.jobs.actions import enqueue, hand_over
from luoshi.bureau.jobs.handing import start
from luoshi.bureau.jobs.models import HANDED, Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import foreign, own_school
from luoshi.bureau.people.units.queries import asked_once
from luoshi.bureau.returns.actions.holding import MOST_SAID, moved, refuse_shut, still_open, units_of, window_of
from luoshi.bureau.returns.judging import Held, breach_of, hold, marks, owners
from luoshi.bureau.returns.models import Breach, Filing, Merge, Unit, Window
from luoshi.bureau.returns.packing import packed
from luoshi.bureau.returns.queries import standing
from luoshi.bureau.returns.seeing import county_of, why_not
from luoshi.bureau.returns.taking import Opened, many, opened
from luoshi.bureau.returns.words import check_code
from luoshi.checking import Taken
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import Institutions
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.provenance import digest

AT_ONCE = 20_000
"""Rows that are checked while the person waits: measured at under a second. More is long work."""
BOOKS = 20
"""Workbooks of one archive that are read while the person waits: some 0.15 s each. More are long work."""
KIND = "returns.bring"
BOOKS_KIND = f"{HANDED}returns.bring/"
READER = "from luoshi.bureau.returns.reader import main; main()"
"""What the process runs that reads an archive."""
_OPEN = (Unit.State.OWING, Unit.State.IMPORTED, Unit.State.RETURNED, Unit.State.REOPENED)
_NAMED = 1000
"""Units that are asked for by name; of more the whole window is read."""
_PARQUET = "application/vnd.apache.parquet"


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file."""

    units: tuple[str, ...] = ()
    """Codes of those whose rows were taken."""
    clean: int = 0
    """So many of them can be handed in as they are."""
    left: tuple[tuple[str, str], ...] = ()
    """Codes whose rows were left out, each with the reason."""
    persons: bool = False
    """Whether the file named persons; then only rows without names were kept."""
    told: tuple[Finding, ...] = ()
    """What is said of the whole file."""
    job: int = 0
    """Number of the long work that goes on with it; 0 when it is done."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    content: bytes
    """Empty where it names persons and only its rows are at hand."""
    digest: str
    unit: str = ""
    """Code of the only unit whose rows it may hold."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was read and checked, to be kept."""

    window: Window
    file: Opened
    sent: Sent
    units: Mapping[str, Unit]
    held: Mapping[str, Held]
    left: tuple[tuple[str, str], ...]


def bring(actor: Actor, window_id: int, content: bytes, name: str, unit: str = "", at_once: int = AT_ONCE) -> Brought:
    """Import a file of one unit, or of many: rows and findings are told apart by unit. Nothing is handed in by it.

    Args:
        actor: a county for its own units, the section for all.
        window_id: the window.
        content: the file.
        name: as the person knows it.
        unit: code of the only unit whose rows it may hold; empty for as many as there are.
        at_once: rows that are checked now; a larger file, and an archive of more than `BOOKS` workbooks, is the worker's.

    Raises:
        RefusedError: no right, an unreadable or marked file, or no row of a unit that may be brought.
    """
    sent = Sent(name, content, digest(content), unit)
    try:
        window = _window(actor, window_id, unit)
        books = many(content, name)
        if books > BOOKS:
            return _books_later(actor, window, books, sent)
        file = opened(content, name, window)
        if file.rows > at_once:
            return _later(actor, window, file, sent)
        ready = prepare(actor, window, file, sent)
    except RefusedError as refusal:
        with act(actor, KIND, "return_window", window_id, name[:200]):
            raise refusal from None
    return write(actor, ready, list(ready.held))


def _window(actor: Actor, window_id: int, unit: str) -> Window:
    """The window, if this person may bring anything to it."""
    window = Window.objects.filter(pk=window_id).first()
    if window is None:
        raise RefusedError(Finding("报表期次", "没有这个期次", "须从期次列表里选", "请刷新页面"))
    county = Unit.objects.filter(window=window, code=unit).values_list("county", flat=True).first() if unit else None
    finding = why_not(actor, "return_bring", window, county or county_of(actor), unit)
    if finding:
        raise RefusedError(finding)
    return window


def _later(actor: Actor, window: Window, file: Opened, sent: Sent) -> Brought:
    """The rows, without names, for the worker; the file itself only when it names nobody."""
    with act(actor, KIND, "return_window", window.pk, window.title) as note:
        if not file.persons:
            keep(actor, sent.content, sent.name, apart=any(part.of.key in RETENTIONS for part in file.parts))
        parts = [packed(actor, part) for part in file.parts]
        note.detail = {"文件": sent.digest, "名称": sent.name, "行数": file.rows, "办理": "后台"}
    arguments = {
        "window": window.pk,
        "parts": parts,
        "persons": file.persons,
        "name": sent.name,
        "unit": sent.unit,
        "digest": sent.digest,
    }
    job = enqueue(actor, KIND, arguments, f"导入 {sent.name[-60:]}（{file.rows} 行）")
    return Brought(persons=file.persons, told=file.told, job=job.pk)


def _books_later(actor: Actor, window: Window, books: int, sent: Sent) -> Brought:
    """An archive for a process of its own: workbooks name their headmaster, so none is kept before it was read."""
    earlier = Job.objects.filter(
        kind__startswith=BOOKS_KIND, asked_by=actor.login, arguments__window=window.pk, arguments__digest=sent.digest
    ).first()
    if earlier is not None and earlier.state in {Job.State.WAITING, Job.State.RUNNING}:
        what = f"正在后台办理（任务 {earlier.pk}）"
        raise RefusedError(Finding(sent.name, what, "同一个压缩包同时只办一次", "请到“后台任务”看进度"))
    goes_on = earlier is not None and earlier.state != Job.State.DONE and not (earlier.checkpoint or {}).get("refused")
    arguments = {
        "window": window.pk,
        "books": books,
        "name": sent.name,
        "unit": sent.unit,
        "digest": sent.digest,
        "come": earlier.checkpoint if earlier and goes_on else None,
    }
    with act(actor, KIND, "return_window", window.pk, window.title) as note:
        note.detail = {"文件": sent.digest, "名称": sent.name, "份数": books, "办理": "后台"}
    job = hand_over(actor, BOOKS_KIND, arguments, f"导入 {sent.name[-60:]}（{books} 份）")
    start(job, sent.content, READER)
    return Brought(job=job.pk)


@asked_once()
def prepare(actor: Actor, window: Window, file: Opened, sent: Sent) -> Ready:
    """Choose the rows that may be taken, and check them.

    Args:
        actor: whoever brings it.
        window: where to.
        file: what it holds.
        sent: its name, its digest, and the code of its only unit.
    """
    unit = sent.unit
    points = dict(Merge.objects.filter(city_id=window.city_id, ended=None).values_list("point", "parent"))
    rows = Unit.objects.filter(window=window).select_related("filing")
    codes = {code for part in file.parts for code in owners(window, part, points)}
    if len(codes) <= _NAMED:
        rows = rows.filter(code__in=codes | {unit})
    known = {one.code: one for one in rows}
    known |= _founded(actor, window, file, known)
    left = {code: why for code in sorted(codes) if (why := _why_left(actor, window, known.get(code), unit, code))}
    taken = {code: known[code] for code in codes if code not in left}
    if not taken:
        rule, remedy = "只导入本期次应报单位的行", "请核对文件和期次"
        named = [(f"{sent.name} {code or '（没有代码）'}", why) for code, why in left.items()]
        raise RefusedError(*(Finding(where, why, rule, remedy) for where, why in named[:MOST_SAID]))
    kept = tuple(part.only([code in taken for code in owners(window, part, points)]) for part in file.parts)
    file = replace(file, parts=tuple(part for part in kept if part.rows.height))
    held = hold(window, file, taken, points)
    return Ready(window, file, sent, taken, held, tuple(left.items()))


def _founded(actor: Actor, window: Window, file: Opened, known: Mapping[str, Unit]) -> dict[str, Unit]:
    """Units a register brings that nobody knew: they owe from now on."""
    if actor.role == "school" or window.owers != Window.Owers.SCHOOLS or Institutions.key not in window.returns:
        return {}
    counties = set(window.city.divisions.values_list("code", flat=True))
    told = dict[str, Unit]()
    for part in file.parts:
        if part.of is not Institutions or not {"name", "county", "kind"} <= set(part.rows.columns):
            continue
        for row in part.rows.iter_rows(named=True):
            code, county = row["school"] or "", row["county"] or ""
            fits = county in counties and (not window.kinds or row["kind"] in window.kinds)
            if code and fits and code not in known and not (county_of(actor) and foreign(actor, county)):
                label = (row["name"] or code)[:200]
                told[code] = Unit(window=window, code=code, label=label, county=county, kind=(row["kind"] or "")[:10])
    return told


def _why_left(actor: Actor, window: Window, unit: Unit | None, only: str, code: str) -> str:
    """Why the rows of a code are not taken; empty when they are."""
    if unit is None:
        return "不是本期次的应报单位" if code else "没有填单位代码"
    if only and code != only:
        return f"不是 {only} 的行"
    if actor.role == "school" and not own_school(actor, code):
        return "不是本校的行"
    if county_of(actor) and foreign(actor, unit.county):
        return "不是本县(市、区)的单位"
    if unit.merged_into:
        return f"已并入 {unit.merged_into}，由主校报送"
    if unit.state not in _OPEN:
        return f"{unit.label}现在是“{unit.get_state_display()}”，退回或重新打开后才能再导入"
    shut = still_open(actor, window, unit)
    return shut.what if shut else ""


def write(actor: Actor, ready: Ready, codes: Collection[str], passed: Callable[[], None] | None = None) -> Brought:
    """Keep the file, the rows and findings of these units as new tries, all or nothing.

    Args:
        actor: whoever brings it.
        ready: read and checked.
        codes: the units of this piece.
        passed: called within the transaction, with all written.
    """
    with act(actor, KIND, "return_window", ready.window.pk, ready.window.title) as note:
        window = window_of(actor, ready.window.pk, note)
        fresh = [one for code, one in ready.units.items() if one.pk is None and code in codes]
        Unit.objects.bulk_create(fresh, batch_size=400)
        units = units_of(actor, window, {code: ready.units[code].version for code in codes})
        sent = ready.sent
        refuse_shut(actor, window, units)
        apart = any(part.of.key in RETENTIONS for part in ready.file.parts)
        kept = keep(actor, sent.content, sent.name, apart=apart) if sent.content and not ready.file.persons else None
        parts = {part.of.key: _kept_rows(actor, window, part) for part in ready.file.parts}
        filings = [_filing(actor, ready, one, parts) for one in units]
        for filing in filings:
            filing.file, filing.file_digest = kept, sent.digest
        carried = _carried(filings)
        _count_unexplained(filings, ready.held, carried)
        Filing.objects.bulk_create(filings, batch_size=400)
        Breach.objects.bulk_create([*_breaches(filings, ready.held), *carried], batch_size=400)
        for unit, filing in zip(units, filings, strict=True):
            unit.filing, unit.state = filing, Unit.State.IMPORTED
        moved(actor, units, "bring", timezone.localdate())
        clean = sum(not one.stops and not one.unexplained for one in filings)
        note.detail = {
            "文件": sent.digest,
            "名称": sent.name,
            "单位": len(units),
            "行数": sum(one.rows for one in filings),
        }
        if passed:
            passed()
    return Brought(tuple(one.code for one in units), clean, ready.left, ready.file.persons, ready.file.told)


def _kept_rows(actor: Actor, window: Window, part: Taken) -> str:
    """The digest of the kept Parquet file with the typed rows."""
    out = BytesIO()
    rows = part.rows
    rows.select(pl.exclude([one.name for one in part.of if one.identifies])).write_parquet(out)
    name = f"{part.of.key}-{window.period}.parquet"
    return keep(actor, out.getvalue(), name, _PARQUET, apart=part.of.key in RETENTIONS).digest


def _filing(actor: Actor, ready: Ready, unit: Unit, parts: Mapping[str, str]) -> Filing:
    held = ready.held[unit.code]
    return Filing(
        unit=unit,
        number=(unit.filing.number if unit.filing else 0) + 1,
        file_name=ready.sent.name.replace("\0", "")[-200:],
        parts={
            key: {"file": parts[key], "codes": codes, "rows": many, "total": total}
            for key, (codes, many, total) in held.parts.items()
        },
        rows=sum(many for _, many, _ in held.parts.values()),
        stops=held.weighing(Severity.STOPS),
        asks=held.weighing(Severity.ASKS),
        asked=held.asked,
        skipped=held.skipped,
        code=held.check_code(ready.window.period),
        by=actor.name,
        by_login=actor.login,
        at=datetime.now(UTC),
    )


def _carried(filings: Sequence[Filing]) -> list[Breach]:
    """Other returns of the window that a unit brought before stay part of its newest try, with what was found in them."""
    told = list[Breach]()
    for one in filings:
        before = one.unit.filing
        kept = {key: part for key, part in before.parts.items() if key not in one.parts} if before else {}
        if before is None or not kept:
            continue
        one.parts = {**kept, **one.parts}
        one.rows += sum(part["rows"] for part in kept.values())
        one.skipped = [*(skipped for skipped in before.skipped if skipped[0] in kept), *one.skipped]
        one.code = check_code(
            one.unit.code, one.unit.window.period, {key: part["total"] for key, part in one.parts.items()}
        )
        for found in Breach.objects.filter(filing=before, of__in=kept, gone=None):
            found.pk, found.filing = None, one
            one.stops += found.rows * (found.severity == Severity.STOPS)
            one.asks += found.rows * (found.severity == Severity.ASKS)
            told.append(found)
    return told


def _count_unexplained(filings: Sequence[Filing], held: Mapping[str, Held], carried: Sequence[Breach]) -> None:
    """Explanations of earlier tries hold where the same rule, row and values stand."""
    asking = [one.unit_id for one in filings if one.asks]
    explained = standing(asking) if asking else {}
    for one in filings:
        mine = explained.get(one.unit_id, set())
        earlier = [each for each in carried if each.filing is one and each.severity == Severity.ASKS]
        asking_now = [*marks(held[one.unit.code]), *(told["mark"] for each in earlier for told in each.told)]
        one.unexplained = sum(mark not in mine for mark in asking_now)


def _breaches(filings: Iterable[Filing], held: Mapping[str, Held]) -> list[Breach]:
    return [breach_of(filing, one) for filing in filings for one in held[filing.unit.code].broken.values()]
