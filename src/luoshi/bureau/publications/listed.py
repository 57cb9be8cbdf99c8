"""Tables of entries: registers by their public fields, the roster of institutions, and cases whose results are to be public."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from luoshi.bureau.cases.known import known, lists
from luoshi.bureau.cases.listing import standing
from luoshi.bureau.cases.models import Case, Happening, Listing
from luoshi.bureau.cases.queries import course_of
from luoshi.bureau.people.models import City, Division, Institution, Office
from luoshi.bureau.people.models import standing as there_on
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.publications.models import Publication
from luoshi.bureau.publications.parts import Part
from luoshi.declared.returns import codes
from luoshi.handling.fields import Field, Kind
from luoshi.publishing.declaring import Asked, OfCases, OfLists, OfRegister, OfRoster
from luoshi.publishing.nouns import Holds, OpenColumn, Origin, Table

_HOLDS = {Kind.NUMBER: Holds.NUMBER, Kind.DAY: Holds.DAY}
_RUN_BY = {"public": "公办", "private": "民办"}
_COUNTY = OpenColumn("county", "县(市、区)")


def _column(field: Field) -> OpenColumn:
    return OpenColumn(field.key, field.label, _HOLDS.get(field.kind, Holds.WORDS))


def _said(field: Field, value: str, units: Mapping[str, str]) -> str:
    if field.kind is Kind.CHOICE:
        return field.options.get(value, value)
    if field.kind is Kind.YES:
        return "是" if value else ""
    return units.get(value, value) if field.kind in {Kind.UNIT, Kind.SCHOOL} else value


def expanded(asked: Sequence[Asked]) -> list[Asked]:
    """What a sort of publication asks, with each register of a kind by itself."""
    found = list[Asked]()
    for one in asked:
        if isinstance(one, OfLists):
            told = [
                each
                for each in lists().values()
                if issubclass(each, one.of) and each.subject != "person" and each.public
            ]
            found += [OfRegister(each.key, each.label, each.key, one.note) for each in told]
        else:
            found.append(one)
    return found


def entries(city: City, asked: OfRegister, on: date) -> Part:
    """The entries of a register that stand on a day, by county and title: two queries."""
    of, units = lists()[asked.register], names(city)
    rows = standing(Listing.objects.filter(city=city, register=of.key), on).order_by("county", "title", "pk")
    told = tuple(
        (
            units.get(row.county, ""),
            *(() if of.title else (row.title,)),
            *(row.title if one is of.title else _said(one, row.values.get(one.key, ""), units) for one in of.public),
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
        )
        for row in rows.only("county", "title", "values", "since", "until")
    )
    days = (OpenColumn("since", "起", Holds.DAY), OpenColumn("until", "止", Holds.DAY, note="空白为长期"))
    named = () if of.title else (OpenColumn("title", "名称"),)
    columns = (_COUNTY, *named, *(_column(one) for one in of.public), *days)
    called = of.title.key if of.title else "title"
    place = next(at for at, one in enumerate(columns) if one.key == called)
    table = Table(asked.key, asked.title, columns, told, place + 1, note=asked.note)
    return Part(table, (Origin(of.label, f"{on}有效的条目"),))


def roster(city: City, asked: OfRoster, on: date) -> Part:
    """The institutions that stand on a day, by county and code: three queries."""
    rows = there_on(Institution.objects.filter(city=city), on).order_by("county", "code")
    units = names(city, on)
    towns = dict(there_on(Division.ever.filter(city=city).exclude(county=""), on).values_list("code", "name"))
    kinds, places = codes.KINDS, {code: at for at, code in enumerate(units)}
    told = sorted(
        rows.values_list("code", "name", "county", "township", "kind", "operator", "host"),
        key=lambda row: (places.get(row[2], len(places)), row[0]),
    )
    columns = (
        OpenColumn("code", "学校（机构）标识码"),
        OpenColumn("name", "名称"),
        _COUNTY,
        OpenColumn("township", "乡镇（街道）"),
        OpenColumn("kind", "办学类型"),
        OpenColumn("run_by", "举办者"),
        OpenColumn("host", "所属学校标识码"),
    )
    lines = tuple(
        (code, name, units.get(county, county), towns.get(town, ""), kinds.get(kind, kind), _RUN_BY.get(by, ""), host)
        for code, name, county, town, kind, by, host in told
    )
    return Part(
        Table(asked.key, asked.title, columns, lines, 2, note=asked.note), (Origin("区划与学校", f"{on}的学校名册"),)
    )


_OUT = (Publication.Stage.PUBLISHED.value,)
_UNDER_WAY = (Publication.Stage.DRAFT.value, Publication.Stage.APPROVED.value, *_OUT)


def untold(city: City, procedure: str, again: Collection[int] = (), *, stages: Sequence[str] = _OUT) -> QuerySet[Case]:
    """Cases of a procedure that ended by a decision and that no publication told yet, but for those told again.

    Args:
        city: whose.
        procedure: its key.
        again: keys of cases that are told though they were told before.
        stages: of the publications that count.
    """
    out = Publication.objects.filter(city=city, stage__in=stages)
    told = Case.objects.filter(pk__in=out.values("told__case")).exclude(pk__in=again)
    found = Case.objects.filter(city=city, procedure=procedure, decided=True, ended_on__isnull=False)
    return found.exclude(pk__in=told.values("pk"))


def decided(city: City, asked: OfCases, on: date, again: Collection[int]) -> Part:
    """Results of cases that ended by a day and that nobody was told of, the first to end first: four queries."""
    procedure = known()[asked.procedure]
    fields = [procedure.declaration.fields[key] for key in asked.fields]
    if procedure.guarded or any(one.private for one in fields):
        message = f"{procedure.key}: what tells of a person is not published"
        raise TypeError(message)
    found = untold(city, procedure.key, again, stages=_UNDER_WAY).filter(ended_on__lte=on).select_related("course")
    cases = list(found.order_by("ended_on", "pk"))
    if again:
        cases = [one for one in cases if one.pk in set(again)]
    units = {**dict(Office.objects.filter(city=city).values_list("code", "name")), **names(city)}
    answers = _answers(cases, asked.fields)
    rows = tuple(_result(one, fields, answers.get(one.pk, {}), units) for one in cases)
    ends = (OpenColumn("result", "处理结果"), OpenColumn("ended_on", "办结日期", Holds.DAY))
    columns = (OpenColumn("number", "编号"), _COUNTY, *(_column(one) for one in fields), *ends)
    table = Table(asked.key, asked.title, columns, rows, note=asked.note)
    return Part(table, (Origin(procedure.label, f"{on}以前办结的办件"),), tuple(one.pk for one in cases))


def _result(row: Case, fields: Sequence[Field], told: Mapping[str, str], units: Mapping[str, str]) -> tuple[str, ...]:
    values = (_said(one, told.get(one.key, ""), units) for one in fields)
    state = course_of(row).places[row.state].label
    return (row.number, units.get(row.county, ""), *values, state, row.ended_on.isoformat() if row.ended_on else "")


def _answers(cases: Sequence[Case], fields: Collection[str]) -> dict[int, dict[str, str]]:
    """What each case says last under these fields: one query."""
    told = dict[int, dict[str, str]]()
    found = Happening.objects.filter(case__in=cases).order_by("case", "number").values_list("case_id", "answers")
    for case, answers in found:
        told.setdefault(case, {}).update({key: value for key, value in answers.items() if key in fields})
    return told
