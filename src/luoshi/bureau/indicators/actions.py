"""Keeping figures. A figure is never changed; a correction is another figure."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from luoshi.bureau.indicators.models import (
    Behind,
    Figure,
    LastDigits,
    Legend,
    Measuring,
    OwnParameter,
    Profile,
    PublishedDefinition,
    Query,
    Roster,
    Sheaf,
)
from luoshi.bureau.indicators.packing import Form, Moment, Packed, form_of, pack
from luoshi.bureau.indicators.published import alternatives, chosen
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.declared.measures import MEASURES
from luoshi.spine import Measurement, Parameter
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.measures import basis_of
from luoshi.words.parameters import shown
from luoshi.words.provenance import digest

MEASURE = "indicators.measure"
"""Kind of the job."""
_SAID = ("indicator", "division", "on", "definition", "value", "numerator", "denominator", "doubt")
_PLACE = 4
"""So many of these say which figure it is; the others, what it says."""
EXPLAIN = "indicators.rows"
"""Kind of the job that fetches the rows behind one figure."""


def _row(city: City, one: Measurement) -> Figure:
    told = [str(getattr(one, name)) for name in Measurement.__dataclass_fields__ if name != "reference"]
    return Figure(
        city=city,
        indicator=one.indicator,
        division=one.division,
        on=one.on,
        known=one.known,
        value=one.value,
        unit=one.unit,
        numerator=one.numerator,
        denominator=one.denominator,
        about=one.about,
        definition=one.definition,
        standing=one.standing.value,
        source_title=one.source.title,
        source_url=one.source.url,
        source_published=one.source.published,
        source_doubt=one.source.doubt,
        doubt=one.doubt,
        digest=digest(json.dumps(told, ensure_ascii=False).encode()),
    )


def add_figures(actor: Actor, city: City, figures: Iterable[Measurement]) -> int:
    """Keep figures that are not kept yet; how many were new."""
    with act(actor, "indicators.add", "city", city.key, city.name) as note:
        require(actor, "figures")
        new = keep_figures(actor, city, figures)
        note.detail = {"登记": [f"{row.indicator} {row.on} {row.value}" for row in new]}
    return len(new)


def keep_figures(actor: Actor, city: City, figures: Iterable[Measurement]) -> list[Figure]:  # noqa: ARG001 (every function of this module is told who asks)
    """The figures among these that were not kept yet; called inside the act that needs them, which has asked for the right."""
    rows = [_row(city, one) for one in figures]
    City.objects.select_for_update().get(pk=city.pk)  # two who bring the same figures come one after the other
    kept = set(Figure.objects.filter(city=city).values_list("digest", flat=True))
    new = [row for row in rows if row.digest not in kept]
    Figure.objects.bulk_create(new)
    return new


def keep_parameters(actor: Actor, city: City, values: Iterable[Parameter]) -> int:
    """The bureau's own values of parameters, those that are not known yet; how many were new.

    Raises:
        RefusedError: no right, or another value of the same parameter is known from the same day on.
    """
    known = _own_values(city)
    fresh = [one for one in values if known.get((one.key, one.begun)) != one.value]
    if fresh:
        with act(actor, "indicators.parameters", "city", city.key, city.name) as note:
            require(actor, "city")
            City.objects.select_for_update().get(pk=city.pk)  # two who bring values come one after the other
            _refuse_changed(_own_values(city), fresh)
            signed = {"by": actor.name, "at": timezone.now()}
            rows = [
                OwnParameter(city=city, key=one.key, value=one.value, begun=one.begun, source=one.source, **signed)
                for one in fresh
            ]
            OwnParameter.objects.bulk_create(rows)
            note.detail = {f"{one.label} {one.begun}": f"{shown(one.value, one.unit)}，{one.source}" for one in fresh}
    return len(fresh)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which 口径 an indicator is published in for a year, and why."""

    indicator: str
    year: int
    definition: str
    """As figures name it: 年报, 学籍·实际在班, or what people filed it by."""
    reason: str
    seen: int = 0
    """Key of the choice the page showed; 0 where it showed the default."""


def choose_definition(actor: Actor, city: City, asked: Choosing) -> PublishedDefinition:
    """Choose the 发布口径 of an indicator for a year. What was chosen before stands on; the last choice counts.

    Raises:
        RefusedError: no right, no reason, no figure of this 口径 in that year, it is chosen already, or somebody else chose
            meanwhile.
    """
    title = f"{asked.indicator} {asked.year}"
    with act(actor, "indicators.definition", "indicator", asked.indicator, title) as note:
        require(actor, "choose_definition")
        City.objects.select_for_update().get(pk=city.pk)  # two who choose come one after the other
        before = chosen(city.pk, [asked.indicator], [asked.year]).get((asked.indicator, asked.year))
        _refuse_choosing(asked, before)
        measure = _side(city, asked)
        note.reason = asked.reason.strip()
        default = basis_of(MEASURES[asked.indicator]) if asked.indicator in MEASURES else "未选定"
        note.detail = {"年份": asked.year}
        note.changed("发布口径", before.definition if before else f"{default}（默认）", asked.definition)
        return PublishedDefinition.objects.create(
            city=city,
            indicator=asked.indicator,
            year=asked.year,
            measure=measure,
            definition=asked.definition,
            reason=note.reason[:_REASON],
            by=actor.name,
            at=timezone.now(),
        )


_REASON = 400


def _refuse_choosing(asked: Choosing, before: PublishedDefinition | None) -> None:
    where = "发布口径"
    if not asked.reason.strip():
        raise RefusedError(Finding(where, "没有写理由", "选定发布口径须写明理由", "请写明理由，例如会议或文件"))
    if (before.pk if before else 0) != asked.seen:
        now = f"已由{before.by}选定为{before.definition}" if before else "还没有选定"
        raise RefusedError(Finding(where, f"您看过之后有人改过：{now}", "后选的口径接替先选的", "请刷新页面，看过再选"))
    if before and before.definition == asked.definition:
        raise RefusedError(Finding(where, f"{asked.year}年已经是{asked.definition}", "同一口径不重复选定", "不必再选"))


def _side(city: City, asked: Choosing) -> str:
    """Key of the measure of this 口径; empty for what people filed.

    Raises:
        RefusedError: there is no figure of it in that year.
    """
    run = Measuring.objects.filter(city=city, year=asked.year).order_by("-pk").first()
    listed = alternatives().get(asked.indicator) or tuple(
        MEASURES[key] for key in (asked.indicator,) if key in MEASURES
    )
    found = next((one for one in listed if basis_of(one) == asked.definition), None)
    if found and run and found.key not in run.unmeasured:
        return found.key
    filed = Figure.objects.filter(city=city, indicator=asked.indicator, on__year=asked.year, measuring=None)
    if filed.filter(definition=asked.definition).exists():
        return found.key if found else ""
    what = f"{asked.year}年没有“{asked.definition[:60]}”的数"
    raise RefusedError(Finding("发布口径", what, "只能在已有数的口径中选定", "请先计算或登记这一口径的数"))


def _own_values(city: City) -> dict[tuple[str, date], Decimal]:
    return {(one.key, one.begun): one.value for one in OwnParameter.objects.filter(city=city)}


def _refuse_changed(known: Mapping[tuple[str, date], Decimal], fresh: Iterable[Parameter]) -> None:
    for one in fresh:
        kept = known.get((one.key, one.begun))
        if kept is not None:
            what = f"已登记为 {shown(kept, one.unit)}，现写 {shown(one.value, one.unit)}"
            rule = "登记过的值不改，只由以后日期的值接替"
            raise RefusedError(Finding(f"参数 {one.key} {one.begun}", what, rule, "请改回，另写一个更晚的起始日期"))


def keep_measuring(  # what a run came to, and what makes it verifiable: each by its name
    actor: Actor,
    run: Measuring,
    moments: Iterable[Moment],
    behind: Iterable[Behind] = (),
    queries: Iterable[Query] = (),
    forms: Callable[[str], Form] | None = None,
    digits: Iterable[LastDigits] = (),
) -> Measuring:
    """Keep what a run over the lake came to, beside what earlier runs came to.

    Args:
        actor: who asked for it.
        run: not kept yet.
        moments: of the run.
        behind: rows behind some of them.
        queries: what was asked, those that were not kept before.
        forms: how a measure's value comes from its counts; as it is declared, without.
        digits: last digits of what schools reported.
    """
    told = pack(moments, forms or _declared_form)  # before the act: whoever else writes need not wait for it
    title = f"{run.city.name} {run.year}"
    with act(actor, "indicators.measure", "city", run.city.key, title) as note:
        require(actor, "measure")
        run.at = timezone.now()
        run.save()
        Roster.objects.bulk_create((Roster(measuring=run, **one._asdict()) for one in told.rosters), batch_size=500)
        Sheaf.objects.bulk_create((_sheaf(run, one) for one in told.sheaves), batch_size=500)
        Legend.objects.create(measuring=run, body=told.legend)
        Profile.objects.bulk_create((Profile(measuring=run, **one._asdict()) for one in told.profiles), batch_size=500)
        Query.objects.bulk_create(queries, ignore_conflicts=True)
        _keep_behind(run, behind)
        LastDigits.objects.bulk_create(_of_run(run, digits), batch_size=500)
        note.detail = {"年份": run.year, "入库清单": f"{run.entry}:{run.head}", "指标乘单位": len(told.sheaves)}
    return run


def _declared_form(key: str) -> Form:
    return form_of(MEASURES.get(key))


def _sheaf(run: Measuring, one: Packed) -> Sheaf:
    told = {"level": one.level, "county": one.county, "measure": one.measure, "body": one.body}
    return Sheaf(measuring=run, **told, **one.form._asdict())


def _of_run(run: Measuring, digits: Iterable[LastDigits]) -> list[LastDigits]:
    kept = list(digits)
    for one in kept:
        one.measuring = run
    return kept


def _keep_behind(run: Measuring, behind: Iterable[Behind]) -> None:
    kept = list(behind)
    for rows in kept:
        rows.measuring = run
    Behind.objects.bulk_create(kept, batch_size=200)


def keep_measured(actor: Actor, run: Measuring, figures: Sequence[Measurement]) -> int:
    """What a run says as figures, those that say something else than the last one of their 时点; how many were new.

    Nothing is changed: a figure that was measured otherwise before stands on, and the later one speaks.

    Args:
        actor: who had it measured.
        run: the run they come from.
        figures: its figures, of the city and its divisions.
    """
    city = run.city
    if not (new := _fresh(city, figures)):
        return 0
    with act(actor, "indicators.measured", "city", city.key, f"{city.name} {run.year}") as note:
        require(actor, "measure")
        City.objects.select_for_update().get(pk=city.pk)  # two workers keep what they measured one after the other
        rows = [_row(city, one) for one in _fresh(city, new)]
        for row in rows:
            row.measuring = run
        Figure.objects.bulk_create(rows)
        note.detail = {"计算": run.pk, "指标值": len(rows)}
    return len(rows)


def _fresh(city: City, figures: Sequence[Measurement]) -> list[Measurement]:
    """Those that say something else than what was measured last of the same unit, 时点 and 口径."""
    days, wanted = {one.on for one in figures}, {one.indicator for one in figures}
    kept = Figure.objects.filter(city=city, measuring__isnull=False, on__in=days, indicator__in=wanted)
    last = {row[:_PLACE]: row[_PLACE:] for row in kept.order_by("known", "pk").values_list(*_SAID)}
    said = ((one, tuple(getattr(one, name) for name in _SAID)) for one in figures)
    return [one for one, told in said if last.get(told[:_PLACE]) != told[_PLACE:]]


def ask_for_measuring(actor: Actor, city: City, year: int, head: str = "", known: date | None = None) -> Job:
    """Have a year measured in the background.

    Args:
        actor: who asks.
        city: the city.
        year: first year of the school year, or the calendar year.
        head: digest of the lake's last entry; with it the same rows are asked for once. Empty asks anew.
        known: of a made-up city, the day its figures are said to have become known; the day of measuring without.

    Raises:
        RefusedError: no right.
    """
    require(actor, "measure")
    then = {"known": known.isoformat()} if known and city.imaginary else {}
    key = f"{MEASURE}/{city.key}/{year}/{head}" if head else ""
    return enqueue(actor, MEASURE, {"city": city.pk, "year": year, **then}, f"计算 {year} 年各项指标", key=key)


def ask_for_rows(actor: Actor, run: Measuring, measure: str, division: str) -> Job:
    """Have the rows behind one figure fetched from the lake in the background, as they were when it was measured.

    Args:
        actor: who asks.
        run: the measuring the figure is of.
        measure: its key.
        division: code of the city, county or school.

    Raises:
        RefusedError: no right.
    """
    require(actor, "school_rows")
    told = {"run": run.pk, "measure": measure, "division": division}
    key = f"{EXPLAIN}/{run.pk}/{measure}/{division}"
    return enqueue(actor, EXPLAIN, told, f"取明细：{run.year} 年 {measure} {division}", key=key)


def note_export(actor: Actor, city: City, keys: Sequence[str], files: Mapping[str, bytes], *, public: bool) -> None:
    """Figures leave the house: which, in which files, by whom. Called before the files are written.

    Args:
        actor: who takes them out.
        city: whose figures.
        keys: of the indicators.
        files: contents by name.
        public: whether only what the public may know is in them.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "indicators.export", "city", city.key, city.name) as note:
        require(actor, "export_figures")
        made = {name: digest(content) for name, content in files.items()}
        note.detail = {"指标": list(keys), "文件": made, "只含公开的": "是" if public else "否"}


def keep_rows(actor: Actor, run: Measuring, rows: Behind) -> None:
    """Keep rows behind one figure that were not kept when it was measured; the same rows are kept once.

    Args:
        actor: who asked for them.
        run: the measuring the figure is of.
        rows: not kept yet.
    """
    with act(actor, "indicators.rows", "city", run.city.key, f"{run.city.name} {run.year} {rows.measure}") as note:
        require(actor, "school_rows")
        rows.measuring = run
        Behind.objects.bulk_create([rows], ignore_conflicts=True)
        note.detail = {"单位": rows.county, "行数": rows.total}
