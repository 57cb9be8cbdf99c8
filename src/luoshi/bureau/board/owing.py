"""What is due besides the ledger: answers of open periods, figures to agree, papers to answer, problems to mend, 月报, 报表, 办件."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef

from luoshi.bureau.agreements.models import Line
from luoshi.bureau.agreements.models import Round as Agreement
from luoshi.bureau.board.returns_owed import returns_owed
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.cases.owing import cases_owed
from luoshi.bureau.escalations.models import Paper, Rectification
from luoshi.bureau.ledger.agreed import paused_on
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.publications.queries import publications_owed
from luoshi.bureau.reports.models import Call, Report
from luoshi.bureau.reports.queries import LIVE
from luoshi.tracking.dues import Due, DueKind, monthly_report
from luoshi.words.calendars import month_end

_LONGEST = 60
_AFTER = timedelta(days=92)
"""A plan is followed so long after its last day: its year-end papers are written then."""
_DAY = timedelta(days=1)


def running(city: City, on: date) -> list[Edition]:
    """The issued plans that are followed on a day: begun, and not over for more than a quarter."""
    issued = Breakdown.objects.filter(edition=OuterRef("pk"), stage=Breakdown.Stage.ISSUED)
    found = Edition.objects.filter(Exists(issued), city=city).defer("text").select_related("city").order_by("pk")
    return [one for one in found if _running(one, on)]


def _running(edition: Edition, on: date) -> bool:
    begun = edition.begun is None or edition.begun <= on
    return begun and (edition.until is None or on <= edition.until + _AFTER)


def owed(city: City, on: date) -> list[Due]:
    """Everything that is owed by a day and does not stand in the ledger; some twenty queries.

    Nothing is told of an item that is closed, or paused on the day.
    """
    told = (_answers(city, on), _figures(city), _papers(city, on), _mending(city, on), _month_report(city, on))
    return [
        due
        for some in (*told, returns_owed(city, on), cases_owed(city, on), publications_owed(city, on))
        for due in some
    ]


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _rests(row: Commitment, on: date) -> bool:
    return row.closed_on is not None or paused_on(row, on)


def _answers(city: City, on: date) -> Iterator[Due]:
    """进展反馈 that an open period still waits for."""
    given = Report.objects.filter(call=OuterRef("pk"), stage__in=LIVE)
    found = Call.objects.filter(~Exists(given), period__edition__city=city, period__closed_at=None, period__on__lte=on)
    for call in found.select_related("commitment", "period").order_by("pk"):
        row = call.commitment
        if not _rests(row, on):
            yield Due(
                f"call/{call.pk}",
                DueKind.REPORT,
                _short(f"进展反馈：{row.number} {row.title}"),
                call.period.reply_by,
                call.office,
                (call.division,) if call.division else (),
                leader=row.leader if call.office else "",
                link=f"/calls/{call.pk}/",
                audience=row.audience,
            )


def _figures(city: City) -> Iterator[Due]:
    """对数: the figures of a round that a unit has not answered, one due a unit."""
    waiting = Line.objects.filter(
        round__edition__city=city,
        round__stage=Agreement.Stage.SENT,
        round__reply_by__isnull=False,
        state=Line.State.WAITING,
    ).exclude(division="")
    counted = waiting.values_list("round_id", "round__title", "round__reply_by", "division").annotate(Count("pk"))
    for pk, title, reply_by, division, number in counted.order_by("round_id", "division"):
        yield Due(
            f"agreement/{pk}/{division}",
            DueKind.AGREEMENT,
            _short(f"对数：{title}，{number}个数待反馈"),
            reply_by,
            divisions=(division,),
            link=f"/agreeing/{pk}/",
        )


def _papers(city: City, on: date) -> Iterator[Due]:
    """督办单 that were sent and ask for an answer."""
    sent = Paper.objects.filter(commitment__edition__city=city, stage=Paper.Stage.SENT, answer_by__isnull=False)
    for paper in sent.filter(sent_on__lte=on).select_related("commitment").order_by("pk"):
        row = paper.commitment
        if paper.answer_by and not _rests(row, on):
            yield Due(
                f"paper/{paper.pk}",
                DueKind.PAPER,
                _short(f"答复{paper.name}：{row.number} {row.title}"),
                paper.answer_by,
                row.lead,
                leader=row.leader,
                link=f"/escalations/{paper.pk}/",
                audience=row.audience,
            )


def _mending(city: City, on: date) -> Iterator[Due]:
    """整改 that is not claimed to be done."""
    found = Rectification.objects.filter(edition__city=city, state=Rectification.State.OPEN)
    for one in found.select_related("commitment").order_by("pk"):
        row = one.commitment
        if row is None or not paused_on(row, on):
            yield Due(
                f"rectification/{one.pk}",
                DueKind.PAPER,
                _short(f"整改：{one.problem}"),
                one.due,
                one.lead,
                leader=row.leader if row else "",
                link=f"/plans/{one.edition_id}/rectifications/",
                audience=row.audience if row else "bureau",
            )


def _month_report(city: City, on: date) -> Iterator[Due]:
    """月报 of the month before and of this one: 督查室 owes it until a text with that 截至日 or a later one is settled."""
    plans = running(city, on)
    if not plans:
        return
    calendar, settled = calendar_of(city), _settled(plans, on)
    logins = tuple(
        Person.objects.filter(is_active=True, role="supervisor").order_by("username").values_list("username", flat=True)
    )
    this = month_end(on.year, on.month)
    for last in (on.replace(day=1) - _DAY, this):
        after = last + _DAY
        begun = any(one.begun is None or one.begun <= last for one in plans)
        if begun and (settled is None or settled < last):
            yield Due(
                f"month_report/{last:%Y-%m}",
                DueKind.REPORT,
                f"{last.year}年{last.month}月月报（截至{last}）",
                monthly_report(after.year, after.month, calendar),
                people=logins,
                link="/bulletins/",
            )


def _settled(plans: Sequence[Edition], on: date) -> date | None:
    """The latest 截至日 of a text that was settled by a day; the papers for a meeting are none."""
    found = Bulletin.objects.filter(edition__in=plans, settled_on__lte=on).exclude(kind=Bulletin.Kind.MEETING)
    latest: date | None = found.aggregate(latest=Max("on"))["latest"]
    return latest
