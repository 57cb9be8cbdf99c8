"""What a county's people have answered that no package has taken up yet, as the parts of the next one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.bureau.agreements.models import Answer, Line
from luoshi.bureau.agreements.queries import label
from luoshi.bureau.exchanges.models import Part
from luoshi.bureau.exchanges.queries import gone_up, waiting
from luoshi.bureau.exchanges.rows import plain
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.reports.models import Report
from luoshi.bureau.returns.models import Breach, Explanation, Filing, Step, Unit
from luoshi.words.findings import Severity

_STAGE, _STATE = Report.Stage, Unit.State
_UNDER_WAY = (_STATE.IMPORTED, _STATE.HANDED, _STATE.COUNTY)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the next package."""

    key: str
    title: str
    told: Mapping[str, Any]
    files: tuple[File, ...] = field(default=())
    """Kept files that go along."""


def pieces(city: City) -> list[Piece]:
    """Everything that waits to be sent, in the order it is to be taken: answers, returns, figures."""
    return [*unsent_reports(city), *unsent_returns(city), *unsent_answers(city)]


def unsent_reports(city: City) -> list[Piece]:
    """进展反馈: the newest answer to each call."""
    gone = gone_up(city, "report/")
    stages = (_STAGE.FILED, _STAGE.NOTED)
    found = Report.objects.filter(call__period__edition__city=city, call__period__closed_at=None, stage__in=stages)
    found = found.exclude(by_login="").select_related("call__commitment", "call__period").prefetch_related("amounts")
    listed = [one for one in found.order_by("pk") if f"report/{one.pk}" not in gone]
    seen = _seen(city)
    return [_report(one, seen.get(one.call_id, 0)) for one in listed]


def _seen(city: City) -> dict[int, int]:
    """By call the number of the newest answer that was entered in the city's house and is known here."""
    found = Part.objects.filter(package__city=city, outcome=Part.Outcome.CAME).values_list("key", flat=True)
    told = sorted(tuple(map(int, key.split("/")[1:])) for key in found)
    return dict(told)  # type: ignore[arg-type]  # pairs, the greatest of a call last


def _report(one: Report, seen: int) -> Piece:
    columns = ("words", "trouble", "next_step", "expected", "contact", "phone", "claimed", "by", "at")
    sums = ("target_id", "on", "definition", "about", "reported", "numerator", "denominator")
    told = {
        "call": one.call_id,
        "seen": seen,
        "nothing_new": one.stage == _STAGE.NOTED,
        "login": one.by_login,
        **{name: plain(getattr(one, name)) for name in columns},
        "sums": [{name: plain(getattr(each, name)) for name in sums} for each in one.amounts.all()],
    }
    row = one.call.commitment
    return Piece(f"report/{one.pk}", f"进展反馈 {row.number} {row.title}"[:300], told)


def unsent_returns(city: City) -> list[Piece]:
    """报表 that passed the county's audit, each with the files as they were handed in."""
    gone = gone_up(city, "return/")
    found = Unit.objects.filter(window__city=city, state=_STATE.COUNTY, filing__isnull=False)
    told = _audited(found).select_related("filing", "filing__scan", "window").order_by("window", "code")
    listed = [one for one in told if _key(one) not in gone]
    tries = _by_unit(Filing.objects.filter(unit__in=listed).select_related("file").order_by("number"))
    steps = _by_unit(Step.objects.filter(unit__in=listed).order_by("pk"))
    explained = _by_unit(Explanation.objects.filter(unit__in=listed).order_by("pk"))
    logins = dict(Person.objects.values_list("name", "username"))
    return [
        _return(one, tries.get(one.pk, []), steps.get(one.pk, []), explained.get(one.pk, []), logins) for one in listed
    ]


def _by_unit(rows: Iterable[Any]) -> dict[int, list[Any]]:
    told: dict[int, list[Any]] = {}
    for one in rows:
        told.setdefault(one.unit_id, []).append(one)
    return told


def _audited(found: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """With how often the county passed each: the same try that is passed once more is another part."""
    return found.annotate(passed=Count("steps", filter=Q(steps__act="county")))


def _key(unit: Any) -> str:
    number = unit.filing.number if unit.filing else 0
    return f"return/{unit.window_id}/{unit.code}/{number}/{unit.passed}"


def _return(
    unit: Unit, tries: list[Filing], steps: list[Step], explained: list[Explanation], logins: Mapping[str, str]
) -> Piece:
    newest = tries[-1]
    wanted = {key: part["file"] for key, part in newest.parts.items()}
    bearing = [one for one in tries if any(_first(tries, key, file) is one for key, file in wanted.items())]
    rows = {one.digest: one for one in File.objects.filter(digest__in=set(wanted.values()))}
    files = [one.file for one in bearing if one.file]
    files += [rows[wanted[key]] for one in bearing if not one.file for key in wanted if _bears(one, key, wanted[key])]
    last = {one.act: one for one in steps}
    names = {name: plain(getattr(newest, name)) for name in ("filler", "statistician", "head", "phone", "reported")}
    told = {
        "window": unit.window_id,
        "code": unit.code,
        "check": newest.code,
        "files": [_file(one, {key: file for key, file in wanted.items() if _bears(one, key, file)}) for one in bearing],
        "explanations": {one.mark: one.words for one in explained},
        "names": names,
        "scan": {"name": newest.scan.name, "file": newest.scan.digest} if newest.scan else None,
        "by": newest.by,
        "login": newest.by_login,
        "handed": _who(last.get("hand"), logins),
        "passed": _who(last.get("county"), logins),
    }
    kept = tuple([*files, newest.scan] if newest.scan else files)
    return Piece(_key(unit), f"{unit.window.title} {unit.label}"[:300], told, kept)


def _bears(one: Filing, key: str, file: str) -> bool:
    return bool(one.parts.get(key, {}).get("file") == file)


def _first(tries: list[Filing], key: str, file: str) -> Filing | None:
    return next((one for one in tries if _bears(one, key, file)), None)


def _file(one: Filing, rows: Mapping[str, str]) -> dict[str, Any]:
    """A file that was brought; where it named persons and was not kept, its rows without them, by return."""
    return {"name": one.file_name, "file": one.file.digest if one.file else "", "rows": {} if one.file else dict(rows)}


def _who(step: Step | None, logins: Mapping[str, str]) -> dict[str, Any]:
    by = step.by if step else ""
    return {"by": by, "login": logins.get(by, ""), "on": plain(step.on) if step else None}


def unsent_answers(city: City) -> list[Piece]:
    """对数: the newest answer to each line."""
    gone = gone_up(city, "agreement/")
    found = Answer.objects.filter(line__round__edition__city=city, line__round__stage="sent")
    newest = {one.line_id: one for one in found.select_related("line", "proof").order_by("pk")}
    logins = dict(Person.objects.values_list("name", "username"))
    return [_answer(one, logins) for one in newest.values() if f"agreement/{one.pk}" not in gone]


def _answer(one: Answer, logins: Mapping[str, str]) -> Piece:
    own, line = one.own(), one.line
    told = {
        "line": line.pk,
        "reported": amounts(line),
        "state": one.state,
        "own": [_said(each) for each in (own.value, own.numerator, own.denominator)] if own else ["", "", ""],
        "words": one.words,
        "proof": {"name": one.proof.name, "file": one.proof.digest} if one.proof else None,
        "by": one.by,
        "login": logins.get(one.by, ""),
    }
    title = f"对数 {label(line.indicator)} {line.on}"
    return Piece(f"agreement/{one.pk}", title[:300], told, (one.proof,) if one.proof else ())


def amounts(line: Line) -> list[str]:
    """The reported figure a line is asked about; answers are to this one and to no other."""
    return [_said(getattr(line, f"reported_{part}")) for part in ("value", "numerator", "denominator")]


def _said(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def bytes_of(listed: Iterable[Piece]) -> dict[str, bytes]:
    """The files that go along, by digest, each once."""
    kept = {one.digest: one for piece in listed for one in piece.files}
    return {name: content(one) for name, one in kept.items()}


def unsent_units(city: City) -> set[int]:
    """Units with something under way here, or sent up and without a receipt: where they stand is not for the city to say yet."""
    sent = waiting(city, "return/")
    found = Unit.objects.filter(window__city=city, state__in=_UNDER_WAY, filing__isnull=False)
    found = _audited(found).select_related("filing")
    gone = gone_up(city, "return/")
    return {one.pk for one in found if _key(one) in sent or _key(one) not in gone}


def marks_asked(unit: Unit) -> set[str]:
    """Marks of the findings of the newest try that ask for a 填写说明."""
    rows = Breach.objects.filter(filing=unit.filing_id, severity=Severity.ASKS.value, gone=None)
    return {told["mark"] for row in rows for told in row.told}
