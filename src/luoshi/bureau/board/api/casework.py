"""办件 for programs: what waits for the key's owner, one case, statistics; and of procedures and lists what everybody may read."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from luoshi.bureau.board import case_told
from luoshi.bureau.board.api import case_shapes as shapes
from luoshi.bureau.board.api.asked import REFUSED, ClosedError, MissingError, NotTheirsError, city_asked, page, reader
from luoshi.bureau.board.api.shapes import Paging, Refusal
from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.counting import Line, counted, elsewhere, imported, monthly
from luoshi.bureau.cases.known import conducted, lists
from luoshi.bureau.cases.listing import standing_of
from luoshi.bureau.cases.models import Case, Conduct, Listing
from luoshi.bureau.cases.parts import hand, unseen
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import answered
from luoshi.handling.courses import Course
from luoshi.handling.fields import FILES, Kind
from luoshi.handling.parts import LABELS
from luoshi.words.findings import Finding
from luoshi.words.spells import month_in

router = Router()
_MOST = 500
_NAME = "名称"
"""What entries of a list without a title of its own are called: the name of the school or county."""


@router.get("/cases", response={200: shapes.CasePage, REFUSED: Refusal}, summary="等我办的办件", operation_id="cases")
def cases(request: HttpRequest, asked: Query[Paging]) -> dict[str, object]:
    """密钥的主人现在该办的办件，先到期的在前，至多500件。须带密钥。"""
    actor, city = _worker(request), city_asked(request)
    rows = queries.queue(actor, city.pk, _MOST)
    names = case_told.units_of(city)
    return page(request, asked, [_row(one, names) for one in rows])


@router.get(
    "/cases/{number}", response={200: shapes.CaseDetail, REFUSED: Refusal}, summary="一件办件", operation_id="case"
)
def case(request: HttpRequest, number: Path[shapes.Number]) -> dict[str, object]:
    """一件办件的状态、时限、内容和经过。只给密钥的主人在网页上能看的；个人信息和附件一律不给。须带密钥。"""
    actor, city = _worker(request), city_asked(request)
    row = queries.case(number)
    if row is None or row.city_id != city.pk or unseen(actor, row, queries.course_of(row)):
        rule = "办件的编号见 /api/v1/cases；不由您办理、不能看的与没有的，答复一样"
        raise MissingError(Finding("number", f"没有可看的办件 {number}", rule, "请核对编号"))
    names, course = case_told.units_of(city), queries.course_of(row)
    told = queries.happened(row)
    held = dict[str, str]()
    veil = sheets.veil(course, queries.followed(row, calendar_of(city), told), told, hand(actor, row), actor.role)
    for one in told:
        held |= {key: value for key, value in one.answers.items() if not veil.hides(one, key)}
    steps = [
        {
            "on": one.on.isoformat(),
            "did": one.did,
            "step": course.ways[one.step].label if one.step else "",
            "part": LABELS.get(one.part, ""),
        }
        for one in told
    ]
    return {**_row(row, names), "facts": _facts(course, held, names), "happened": steps}


@router.get("/procedures", response={200: shapes.ProcedurePage, REFUSED: Refusal}, summary="有哪些流程", operation_id="procedures")  # fmt: skip
def procedures(request: HttpRequest, asked: Query[Paging]) -> dict[str, object]:
    """各办件流程：在哪里办、要经过哪些状态、期限多久、依据什么。公开。"""
    ways = dict(Conduct.Way.choices)
    rows: list[dict[str, object]] = [
        {
            "key": one.course.key,
            "label": one.course.label,
            "answers": list(one.course.answers),
            "way": one.way,
            "way_label": str(ways[one.way]),
            "platform": one.procedure.platform,
            "states": [place.label for place in one.course.places.values()],
            "terms": [
                {"label": clock.label, "within": str(clock.within), "source": clock.source, "doubt": clock.doubt}
                for clock in one.course.clocks.values()
            ],
        }
        for one in conducted(city_asked(request)).values()
    ]
    return page(request, asked, rows)


@router.get("/procedures/{key}/statistics", response={200: shapes.StatisticsPage, REFUSED: Refusal}, summary="一个流程的统计", operation_id="statistics")  # fmt: skip
def statistics(request: HttpRequest, key: Path[str], asked: Query[shapes.StatisticsQuery]) -> dict[str, object]:
    """登记、办结、逾期办结的件数，按县(市、区)和月。县(市、区)的密钥只给本地的；外部平台办理的给导入的数。须带密钥。"""
    actor, city = _worker(request), city_asked(request)
    how = conducted(city).get(key)
    if how is None:
        raise MissingError(Finding("key", f"没有流程“{key[:40]}”", "流程见 /api/v1/procedures", "请核对代号"))
    if actor.role == "school":
        raise NotTheirsError(Finding("key", "学校的密钥不给统计", "统计由县(市、区)和局内看", "请问主办科室"))
    on = _today(city)
    since, until = month_in(asked.since, "since", date(on.year, 1, 1)), month_in(asked.until, "until", on)
    mine = sorted(answered(actor)) if actor.role == "county" else None
    names = case_told.units_of(city)
    if how.native:
        rows = list(monthly(city, key, since, until, mine))
        whole = counted(city, key, since, until, mine).whole
    else:
        brought = imported(city, key, since, until, mine)
        whole = elsewhere(brought).whole
        rows = [
            (one.county, one.month, Line(one.county, opened=one.opened, ended=one.ended, late=one.late))
            for one in brought
        ]
    items = [
        {
            "county": county,
            "county_name": names.get(county, ""),
            "month": f"{month:%Y-%m}",
            "opened": one.opened,
            "ended": one.ended,
            "late": one.late,
        }
        for county, month, one in rows
    ]
    return {**page(request, asked, items), "procedure": key, "way": how.way, "whole": _whole(whole)}


@router.get("/registers", response={200: shapes.RegisterPage, REFUSED: Refusal}, summary="有哪些公开的名单", operation_id="registers")  # fmt: skip
def registers(request: HttpRequest, asked: Query[Paging]) -> dict[str, object]:
    """有公开内容的名单和公开哪些项。公开。"""
    rows: list[dict[str, object]] = [
        {
            "key": key,
            "label": one.label,
            "fields": [*([] if one.title else [_NAME]), *(field.label for field in one.public)],
        }
        for key, one in lists().items()
        if one.public
    ]
    return page(request, asked, rows)


@router.get("/registers/{key}", response={200: shapes.EntryPage, REFUSED: Refusal}, summary="一份名单的公开部分", operation_id="register")  # fmt: skip
def register(request: HttpRequest, key: Path[str], asked: Query[Paging]) -> dict[str, object]:
    """名单里现在有效的各条，只给声明为公开的项；告诉到个人的项不公开。公开。"""
    city, of = city_asked(request), lists().get(key)
    if of is None or not of.public:
        raise MissingError(Finding("key", f"没有公开的名单“{key[:40]}”", "名单见 /api/v1/registers", "请核对代号"))
    on = _today(city)
    there = Listing.objects.filter(city=city, register=key, withdrawn_on=None, followed_by=None, since__lte=on)
    rows: list[dict[str, object]] = [
        {
            "fields": [
                *([] if of.title else [{"label": _NAME, "value": entry.title}]),
                *(
                    {"label": one.label, "value": one.options.get(value := entry.values.get(one.key, ""), value)}
                    for one in of.public
                ),
            ],
            "since": entry.since.isoformat(),
            "until": entry.until.isoformat() if entry.until else None,
            "standing": str(standing_of(entry, on)),
        }
        for entry in there.exclude(until__lt=on).order_by("pk")
    ]
    return page(request, asked, rows)


def _today(city: City) -> date:
    """A made-up city lives on its own day."""
    return city.opens if city.imaginary and city.opens else timezone.localdate()


def _worker(request: HttpRequest) -> Actor:
    """The key's owner, who works on cases."""
    actor = reader(request).actor
    if actor is None:
        raise ClosedError
    finding = refused(actor, "cases")
    if finding:
        raise NotTheirsError(finding)
    return actor


def _row(row: Case, names: dict[str, str]) -> dict[str, object]:
    course = queries.course_of(row)
    return {
        "id": row.pk,
        "number": row.number,
        "procedure": row.procedure,
        "title": row.title,
        "state": row.state,
        "state_label": course.places[row.state].label,
        "turn": row.turn,
        "opened": row.opened_on.isoformat(),
        "due": row.due.isoformat() if row.due else None,
        "ended": row.ended_on.isoformat() if row.ended_on else None,
        "late": row.late,
        "county": row.county,
        "county_name": names.get(row.county, ""),
    }


def _facts(course: Course, held: dict[str, str], names: dict[str, str]) -> list[dict[str, str]]:
    """What the case holds, without anything of a person and without files."""
    fields = course.answerable
    told = ((fields[key], value) for key, value in held.items() if key in fields and key not in course.private)
    said = {Kind.UNIT: names, Kind.YES: {"1": "是"}}
    return [
        {"field": one.key, "label": one.label, "value": said.get(one.kind, one.options).get(value, value)}
        for one, value in told
        if one.kind not in FILES
    ]


def _whole(one: Line) -> dict[str, int]:
    return {"opened": one.opened, "ended": one.ended, "late": one.late, "running": one.running}
