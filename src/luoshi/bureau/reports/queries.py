"""Periods, calls and answers read back; each function is one or two queries whatever the size."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Change, Milestone
from luoshi.bureau.people.models import City, Division, Office
from luoshi.bureau.people.units.queries import answered
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.calling import Before
from luoshi.bureau.reports.models import Amount, Call, Found, Passing, Period, Reply, Report
from luoshi.words.divisions import Level

STAGE = Report.Stage
LIVE = (STAGE.FILED, STAGE.REVIEWED, STAGE.SIGNED, STAGE.VERIFIED, STAGE.ADOPTED, STAGE.NOTED)
"""Stages of an answer that counts as given."""


def latest(edition: Edition) -> Period | None:
    """The period of a plan with the latest day, its plan at hand."""
    found = Period.objects.filter(edition=edition).first()
    if found is not None:
        found.edition = edition
    return found


def period(number: int) -> Period | None:
    """One period with its plan and city."""
    return Period.objects.filter(pk=number).select_related("edition", "edition__city").first()


def before(edition: Edition, on: date) -> Before:
    """What earlier periods of a plan left behind: four queries."""
    earlier = Report.objects.filter(call__commitment__edition=edition, call__period__on__lt=on)
    last = dict(earlier.exclude(stage=STAGE.REPLACED).order_by("id").values_list("call__commitment", "stage"))
    since = Period.objects.filter(edition=edition, on__lt=on).aggregate(last=Max("on"))["last"]
    changed = Change.objects.filter(commitment__edition=edition, state=Change.State.APPROVED)
    if since:
        changed = changed.filter(decided_on__gt=since)
    steps = Milestone.objects.filter(commitment__edition=edition, done=None).exclude(due=None).order_by("-due")
    return Before(
        reported=set(last),
        returned={pk for pk, stage in last.items() if stage == STAGE.RETURNED},
        changed=set(changed.values_list("commitment_id", flat=True)),
        milestones={pk: day for pk, day in steps.values_list("commitment_id", "due") if day},
        until=edition.until,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A call with the answer that counts, if there is one."""

    call: Call
    report: Report | None
    """The newest answer; a returned one among them."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer that was not sent back."""
        return self.report is not None and self.report.stage != STAGE.RETURNED


def _newest(call: Call) -> Report | None:
    return max(call.reports.all(), key=lambda one: one.pk, default=None)


def _with_reports(found: QuerySet[Call], *more: str) -> QuerySet[Call]:
    reports = Report.objects.exclude(stage=STAGE.REPLACED).prefetch_related(*more)
    return found.select_related("commitment", "commitment__point").prefetch_related(Prefetch("reports", reports))


def asked(of: Period) -> list[Asked]:
    """Every call of a period with its answer, in the order of the ledger: two queries."""
    return [Asked(call, _newest(call)) for call in _with_reports(Call.objects.filter(period=of))]


_BACK = {Passing.Step.BACK, Passing.Step.CORRECT}


def sent_back(report: Report | None) -> str:
    """Why it was sent back; "" when it was not."""
    if report is None or report.stage != STAGE.RETURNED:
        return ""
    return next((one.words for one in reversed(report.passings.all()) if one.step in _BACK), "")


def being_corrected(report: Report | None) -> bool:
    """Whether it was verified and then sent back: until the corrected one is verified, what was verified stays known."""
    if report is None or report.stage != STAGE.RETURNED:
        return False
    return any(one.step == Passing.Step.CORRECT for one in report.passings.all())


def mine(actor: Actor, of: Period) -> list[Asked]:
    """What a person's own office, division, or charge is asked."""
    found = Call.objects.filter(period=of)
    if actor.role in {"section", "contact"}:
        found = found.filter(Q(office=actor.office) | Q(commitment__lead=actor.office))
    elif actor.role == "county":
        found = found.filter(division__in=answered(actor))
    elif actor.role == "leader":
        found = found.filter(commitment__leader=leader_of(of.edition.city, actor))
    elif actor.role != "supervisor":
        return []
    return [Asked(call, _newest(call)) for call in _with_reports(found, "passings")]


def leader_of(city: City, actor: Actor) -> str:
    """Name of the leader a leader's account signs for: the one in charge of its office."""
    return Office.objects.filter(city=city, code=actor.office).values_list("leader", flat=True).first() or ""


_NEXT = {
    STAGE.FILED: (Passing.Step.REVIEW, "review"),
    STAGE.REVIEWED: (Passing.Step.SIGN, "leader"),
    STAGE.SIGNED: (Passing.Step.VERIFY, "office"),
}
"""By stage: the step that is due, and the right it needs. The same person sends back."""


def due_step(report: Report) -> tuple[str, str]:
    """The step an answer waits for and the right it needs; ("", "") when it waits for none."""
    if report.stage == STAGE.FILED and report.call.division:
        return Passing.Step.ADOPT, "review"
    return _NEXT.get(STAGE(report.stage), ("", ""))


@dataclass(frozen=True, slots=True)
class Counts:
    """How a period stands: 本期应报, 已报, 未报, 待核定."""

    asked: int
    answered: int
    open: int
    waiting: int
    """Signed, and waiting for 督查室."""
    unread: int
    """Pieces of replies that wait for a person's yes."""


def counts(of: Period) -> Counts:
    """Numbers for the first line of a page: one query, for the pieces that wait are counted within it."""
    return _counted(_newest_first(Period.objects.filter(pk=of.pk)))


def latest_counted(edition: Edition) -> tuple[Period, Counts] | None:
    """The period of a plan with the latest day and how it stands: one query."""
    newest = Period.objects.filter(edition=edition).order_by("-on").values("pk")[:1]
    rows = _newest_first(Period.objects.filter(pk__in=Subquery(newest)))
    return (rows[0], _counted(rows)) if rows else None


def _newest_first(found: QuerySet[Period]) -> list[Any]:
    """The period once for each answer to each of its calls, the newest answer of a call last."""
    waiting = Found.objects.filter(reply__period=OuterRef("pk"), decision=Found.Decision.OPEN).order_by()
    unread = Subquery(waiting.values("reply__period").annotate(number=Count("pk")).values("number"))
    told = found.annotate(unread=unread, call=F("calls__id"), stage=F("calls__reports__stage"))
    return list(told.order_by("calls__id", "calls__reports__id"))


def _counted(rows: Sequence[Any]) -> Counts:
    newest = {one.call: one.stage or "" for one in rows if one.call and one.stage != STAGE.REPLACED}
    return _counts(newest.values(), next((one.unread or 0 for one in rows), 0))


def counts_of(told: Iterable[Asked], came: Iterable[Reply]) -> Counts:
    """The same, of what a page has at hand: no query."""
    unread = sum(one.decision == Found.Decision.OPEN for reply in came for one in reply.found.all())
    return _counts([one.report.stage if one.report else "" for one in told], unread)


def _counts(newest: Iterable[str], unread: int) -> Counts:
    """Of the stage of the newest answer to each call; "" for none."""
    stages = Counter(newest)
    total, answered = stages.total(), sum(stages[one] for one in LIVE)
    return Counts(total, answered, total - answered, stages[STAGE.SIGNED], unread)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that still owes answers."""

    code: str
    name: str
    owed: tuple[Asked, ...]
    asked: int


def unanswered(of: Period, told: Iterable[Asked] | None = None, names: Mapping[str, str] | None = None) -> list[Unit]:
    """未报送名单: units with what each still owes, in protocol order; only those that owe.

    Args:
        of: the period.
        told: its calls with their answers, where they are at hand.
        names: what its units are called, where that is at hand.
    """
    every: dict[str, list[Asked]] = {}
    for one in asked(of) if told is None else told:
        every.setdefault(one.call.office or one.call.division, []).append(one)
    names = unit_names(of.edition.city) if names is None else names
    order = {code: place for place, code in enumerate(names)}
    units = [
        Unit(code, names.get(code, code), tuple(one for one in listed if not one.answered), len(listed))
        for code, listed in sorted(every.items(), key=lambda pair: order.get(pair[0], len(order)))
    ]
    return [unit for unit in units if unit.owed]


def unit_names(city: City) -> dict[str, str]:
    """Name by code, sections first, in protocol order: one query."""
    offices = Office.objects.filter(city=city).order_by().values_list(Value(0), "place", "code", "name")
    divisions = (
        Division.ever.filter(city=city, level__lte=Level.COUNTY)
        .order_by()
        .values_list(Value(1), "place", "code", "name")
    )
    told = sorted(offices.union(divisions, all=True))
    return {code: name for _, _, code, name in told}


def call(number: int) -> Call | None:
    """One call with its item, targets and answers, and as `unit` the name of whoever is asked."""
    offices = Office.objects.filter(city=OuterRef("period__edition__city"), code=OuterRef("office"))
    divisions = Division.ever.filter(city=OuterRef("period__edition__city"), code=OuterRef("division"))
    divisions = divisions.order_by(F("begun").desc(nulls_last=True))
    found = Call.objects.filter(pk=number).select_related(
        "period", "period__edition", "period__edition__city", "commitment", "commitment__point", "commitment__breakdown"
    )
    amounts = Prefetch("amounts", Amount.objects.select_related("target"))
    reports = Report.objects.prefetch_related(amounts, "passings").select_related("source", "signed_paper")
    named = found.annotate(
        unit=Coalesce(Subquery(offices.values("name")[:1]), Subquery(divisions.values("name")[:1]), Value(""))
    )
    return named.prefetch_related("commitment__targets", Prefetch("reports", reports)).first()


def last_words(commitment_ids: Sequence[int], before_day: date, *, amounts: bool = False) -> Mapping[int, Report]:
    """The last answer of each item from an earlier period: what a form is prefilled with; its figures where asked."""
    found = Report.objects.filter(call__commitment_id__in=commitment_ids, call__period__on__lt=before_day)
    told = found.filter(stage__in=LIVE).exclude(words="").select_related("call").order_by("id")
    told = told.prefetch_related("amounts") if amounts else told
    return {one.call.commitment_id: one for one in told}


def of_item(actor: Actor, commitment_id: int, most: int) -> list[Report]:
    """The newest answers about an item with their figures and steps, a county's own to a county: three queries."""
    found = Report.objects.filter(call__commitment_id=commitment_id).order_by("-id")
    if actor.role == "county":
        found = found.filter(call__division__in=("", *answered(actor)))
    passings = Prefetch("passings", Passing.objects.order_by("id"))
    amounts = Prefetch("amounts", Amount.objects.select_related("target"))
    return list(
        found.select_related("call", "call__period", "source", "signed_paper").prefetch_related(amounts, passings)[
            :most
        ]
    )


def replies(of: Period) -> list[Reply]:
    """What came in for a period, each with what was found in it: two queries."""
    found = Prefetch("found", Found.objects.select_related("commitment"))
    return list(Reply.objects.filter(period=of).select_related("file").prefetch_related(found))
