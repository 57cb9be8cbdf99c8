"""What comes of a comparison, written in one act: masked, by code, and each county's rows under its own code."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils import timezone

from luoshi.bureau.comparisons.actions.bringing import held
from luoshi.bureau.comparisons.models import Doubt, Run
from luoshi.bureau.comparisons.models import Finding as Found
from luoshi.bureau.comparisons.queries import PROCEDURES, opened_in
from luoshi.bureau.journal.actions import Actor, act
from luoshi.checking.rosters.grades import school_year
from luoshi.matching import Compared
from luoshi.matching.deciding import digest
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_identity, masked_name

_CHUNK = 1000
_APART = "\x1f"
_GONE = "已立案；再比时不再查出"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    compared: Compared
    """With names and numbers as they stand in the lists; they are masked here."""
    told: tuple[Finding, ...]
    """Of the lists."""
    counties: Collection[str]
    """Codes of the city's counties."""
    decided: int
    """Decisions that were known."""
    key: bytes


def settle(actor: Actor, number: int, outcome: Outcome, written: Callable[[], None]) -> tuple[int, int]:
    """Write it, in place of what an earlier comparison of the run found; how many were found and how many pairs are doubtful.

    Args:
        actor: who asked.
        number: of the run.
        outcome: what came of it.
        written: called within the transaction at its end: what it raises undoes all.

    Raises:
        RefusedError: the run was closed meanwhile.
    """
    with act(actor, "comparisons.compare", "comparison", number, "名单比对") as note:
        run = held(actor, number)
        note.title = f"名单比对 {run.on}"
        compared = outcome.compared
        ours = [run.county] if run.county else sorted(outcome.counties)
        found = compared.findings.filter(pl.col("county").is_in(ours))
        kept = _findings(actor, run, found, outcome.key)
        doubtful = _doubts(actor, run, compared, ours)
        run.counts = [one for one in compared.counts().to_dicts() if one["county"] in ours]
        run.told = [
            [one.where, one.what, one.rule, one.remedy] for one in (*outcome.told, *compared.told, *_lost(outcome))
        ]
        run.decided, run.compared_at, run.state = outcome.decided, timezone.now(), Run.State.COMPARED
        run.save()
        note.detail = {"查出": kept, "待认定": doubtful, "采用认定": outcome.decided}
        written()
    return kept, doubtful


def _lost(outcome: Outcome) -> Iterator[Finding]:
    """Rows of no county of the city: nobody sees them, so somebody has to be told."""
    rows = outcome.compared.tally.filter(~pl.col("county").fill_null("").is_in(list(outcome.counties)))
    lost = int(rows["rows"].sum())
    if lost:
        rule = "县(市、区)写名称或区划代码；没有写的，只有县里交来的算本县"
        yield Finding("县(市、区)", f"有 {lost} 行没有写明本市的县(市、区)", rule, "不列入各县结果；请补上这一列再比")


def _findings(actor: Actor, run: Run, found: pl.DataFrame, key: bytes) -> int:  # noqa: ARG001 (as in every function of this room)
    """Those of which a case was opened stay; the others are written anew."""
    Found.objects.filter(run=run, opened=False).delete()
    year = school_year(run.on)
    own = {(one.procedure, one.code): one for one in Found.objects.filter(run=run, opened=True)}
    cases, place = opened_in(run.city_id, year), max((one.place for one in own.values()), default=0)
    rows, again = list[Found](), set[tuple[str, str]]()
    for place, one in enumerate(found.iter_rows(named=True), place + 1):  # noqa: B020 (goes on from where it was)
        row = _finding(run, one, place, year, key)
        row.case_id = cases.get((row.procedure, row.code)) if row.procedure else None
        if (row.procedure, row.code) in own:
            again.add((row.procedure, row.code))
        else:
            rows.append(row)
    Found.objects.bulk_create(rows, batch_size=_CHUNK)
    gone = [one.pk for told, one in own.items() if told not in again]
    Found.objects.filter(pk__in=gone).update(reason=_GONE)
    return len(rows) + len(again)


def _finding(run: Run, one: dict[str, Any], place: int, year: int, key: bytes) -> Found:
    name, number = one["name"] or "", one["number"] or ""
    # Whoever has no exact number was looked at by a person: then what the row says is the code.
    code = one["code"] or digest(key, _APART.join(("alone", one["list"], number, name, one["county"])))
    return Found(
        run=run, place=place, city_id=run.city_id, year=year, comparison=one["comparison"], key=one["list"], line=one["line"],
        county=one["county"], school=(one["school"] or "")[:100], code=code, poor=one["poor"] or "", reason=one["reason"][:200],
        procedure=PROCEDURES.get(one["comparison"], ""),
        who=json.dumps({"name": masked_name(name), "number": masked_identity(number)}, ensure_ascii=False),
    )  # fmt: skip


def _doubts(actor: Actor, run: Run, compared: Compared, ours: Collection[str]) -> int:  # noqa: ARG001 (as above)
    """Each county's questions, each pair once a county."""
    run.doubts.all().delete()
    asked = [one for county in ours for one in compared.of(county).questions().iter_rows(named=True)]
    Doubt.objects.bulk_create((_doubt(run, one, place) for place, one in enumerate(asked, 1)), batch_size=_CHUNK)
    return len(asked)


def _doubt(run: Run, one: dict[str, Any], place: int) -> Doubt:
    names = {key: masked_name(one[key] or "") for key in ("name", "other_name")}
    numbers = {key: masked_identity(one[key] or "") for key in ("number", "other_number")}
    return Doubt(
        run=run, place=place, pair=one["pair"], comparison=one["comparison"] or "", doubt=one["doubt"], key=one["list"],
        line=one["line"], county=one["county"], other=one["other"] or "", other_line=one["other_line"],
        other_county=(one["other_county"] or "")[:20], reason=one["reason"][:200],
        who=json.dumps(names | numbers, ensure_ascii=False),
    )  # fmt: skip
