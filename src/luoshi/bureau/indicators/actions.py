"""Keeping figures. A figure is never changed; a correction is another figure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from luoshi.bureau.indicators.models import Figure, Measuring, Moment, OwnParameter
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.spine import Measurement, Parameter
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.parameters import shown
from luoshi.words.provenance import digest

MEASURE = "indicators.measure"
"""Kind of the job."""


def _row(city: City, one: Measurement) -> Figure:
    told = [str(getattr(one, name)) for name in Measurement.__dataclass_fields__]
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
            rows = [
                OwnParameter(city=city, key=one.key, value=one.value, begun=one.begun, source=one.source)
                for one in fresh
            ]
            OwnParameter.objects.bulk_create(rows)
            note.detail = {f"{one.label} {one.begun}": f"{shown(one.value, one.unit)}，{one.source}" for one in fresh}
    return len(fresh)


def _own_values(city: City) -> dict[tuple[str, date], Decimal]:
    return {(one.key, one.begun): one.value for one in OwnParameter.objects.filter(city=city)}


def _refuse_changed(known: Mapping[tuple[str, date], Decimal], fresh: Iterable[Parameter]) -> None:
    for one in fresh:
        kept = known.get((one.key, one.begun))
        if kept is not None:
            what = f"已登记为 {shown(kept, one.unit)}，现写 {shown(one.value, one.unit)}"
            rule = "登记过的值不改，只由以后日期的值接替"
            raise RefusedError(Finding(f"参数 {one.key} {one.begun}", what, rule, "请改回，另写一个更晚的起始日期"))


def keep_measuring(actor: Actor, run: Measuring, moments: Sequence[Moment]) -> Measuring:
    """Keep what a run over the lake came to, beside what earlier runs came to.

    Args:
        actor: who asked for it.
        run: not kept yet.
        moments: of the run.
    """
    title = f"{run.city.name} {run.year}"
    with act(actor, "indicators.measure", "city", run.city.key, title) as note:
        require(actor, "measure")
        run.at = timezone.now()
        run.save()
        for one in moments:
            one.measuring = run
        Moment.objects.bulk_create(moments, batch_size=1000)
        note.detail = {"年份": run.year, "入库清单": f"{run.entry}:{run.head}", "个数": len(moments)}
    return run


def ask_for_measuring(actor: Actor, city: City, year: int, head: str = "") -> Job:
    """Have a year measured in the background.

    Args:
        actor: who asks.
        city: the city.
        year: first year of the school year, or the calendar year.
        head: digest of the lake's last entry; with it the same rows are asked for once. Empty asks anew.

    Raises:
        RefusedError: no right.
    """
    require(actor, "measure")
    key = f"{MEASURE}/{city.key}/{year}/{head}" if head else ""
    return enqueue(actor, MEASURE, {"city": city.pk, "year": year}, f"计算 {year} 年各项指标", key=key)


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
