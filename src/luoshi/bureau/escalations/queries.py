"""Reading 督办 back: the rules of a day, how items stood month by month, papers, 整改台账, closings."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from luoshi import spine
from luoshi.bureau.escalations.models import Closing, Paper, Rectification, RuleSet, Signature, Switch
from luoshi.bureau.escalations.wording import plain_day
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.agreed import due_of, paused_on
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import answered
from luoshi.bureau.plans.models import Edition
from luoshi.tracking.escalating import QUIET, Course, MonthState, Past
from luoshi.tracking.falling import month_state
from luoshi.tracking.ladder import DEFAULT_LADDER, Ladder, Step, read_ladder
from luoshi.tracking.marking import Asked, Card, card
from luoshi.words.calendars import month_end

_DAY = timedelta(days=1)


def as_ladder(kept: RuleSet) -> Ladder:
    """One stored version of the rules."""
    return read_ladder(kept.version, kept.begun, kept.rungs, kept.report_day)


def ladders(city: City) -> list[Ladder]:
    """Every version, the product's defaults first."""
    return [DEFAULT_LADDER, *(as_ladder(one) for one in RuleSet.objects.filter(city=city))]


def ladder_on(city: City, on: date) -> Ladder:
    """The rules in force on a day: of those begun by then the newest."""
    return [one for one in ladders(city) if one.begun <= on][-1]


def switched(city: City, what: str, on: date) -> Switch | None:
    """The approval under which cards, scores or a ranking may be shown on a day; None while they are off."""
    latest = Switch.objects.filter(city=city, what=what, begun__lte=on).last()
    if latest is None or not latest.on or latest.until is None or latest.until < on:
        return None
    return latest


class Month(NamedTuple):
    """A month that can be looked at, because its figures are in."""

    first: date
    last: date
    seen: date
    """The day it is looked at."""


def reported(begun: date, on: date, report_day: int) -> Iterator[Month]:
    """Every month from the one of `begun` on that can be looked at by `on`: its last day counts, its report day is there."""
    first = begun.replace(day=1)
    while True:
        last = month_end(first.year, first.month)
        following = last + _DAY
        seen = following.replace(day=report_day)
        if seen > on:
            return
        yield Month(first, last, seen)
        first = following


@dataclass(frozen=True, slots=True)
class Followed:
    """One issued, open item with its months."""

    item: ledger.Item
    """As it was looked at last."""
    course: Course


def followed(city: City, edition: Edition, on: date, report_day: int) -> list[Followed]:
    """Every issued item of a plan that is not closed or paused, with its last month and, where that was bad, the run before it."""
    begun = edition.begun or (date(edition.year, 1, 1) if edition.year else on.replace(month=1, day=1))
    verified, latest = _verified(edition), dict[int, ledger.Item]()
    months: dict[int, list[MonthState]] = {}
    for month in reversed([*reported(begun, on, report_day)]):
        running = {pk for pk, known in months.items() if all(one.grade for one in known)}
        if latest and not running:
            break
        for item in _open(city, edition, month.seen):
            if latest.get(item.row.pk) and item.row.pk not in running:
                continue
            latest.setdefault(item.row.pk, item)
            months.setdefault(item.row.pk, []).insert(0, _month(item, month, verified.get(item.row.pk, ())))
    latest = latest or {item.row.pk: item for item in _open(city, edition, on)}
    start = ledger.begun_of(city, edition)
    return [
        Followed(item, course_of(item.row, months.get(pk, []), due_of(item.row, on, start)))
        for pk, item in latest.items()
        if not paused_on(item.row, on)
    ]


def _open(city: City, edition: Edition, on: date) -> list[ledger.Item]:
    every = ledger.items(city, edition, on)
    return [one for one in every if one.row.breakdown.stage == Breakdown.Stage.ISSUED and one.row.closed_on is None]


def _verified(edition: Edition) -> dict[int, list[tuple[date, str]]]:
    """By item, the days and states of every verification, in the order they were made: one query."""
    found: dict[int, list[tuple[date, str]]] = {}
    judged = Judgement.objects.filter(commitment__edition=edition, step=Judgement.Step.OFFICE).order_by("id")
    for pk, day, state in judged.values_list("commitment_id", "on", "state"):
        found.setdefault(pk, []).append((day, state))
    return found


def _month(item: ledger.Item, month: Month, verified: Sequence[tuple[date, str]]) -> MonthState:
    """A verification speaks for the month it was made for, and for no other."""
    judged = [state for day, state in verified if month.first <= day <= month.last]
    return month_state(month.first, [one.status for one in item.stood], spine.State(judged[-1]) if judged else None)


def course_of(row: Commitment, months: Sequence[MonthState], due: date | None) -> Course:
    """What the rules look at of a row.

    Args:
        row: the item.
        months: how it stood.
        due: 完成时限, later by what approved pauses gave back.
    """
    return Course(
        tuple(months),
        due,
        soft=row.strength == spine.Strength.ASPIRATIONAL,
        others=row.kind == spine.Kind.RECOGNITION or bool(row.coordination),
        settled=row.judged in QUIET,
    )


def past_of(papers: Sequence[Paper]) -> tuple[Past, ...]:
    """The papers of one item as the rules look at them."""
    gone = {Paper.Stage.SENT, Paper.Stage.ANSWERED}
    return tuple(
        Past(Step(one.step), one.month, one.stage in gone, one.stage == Paper.Stage.WITHDRAWN) for one in papers
    )


_ALL = {"supervisor", "leader"}
"""Who sees what is drafted, of whatever office."""


def sees_item(actor: Actor, row: Commitment, own: Collection[str] | None = None) -> bool:
    """Whether a person sees the 督办 of an item: sections and counties of their own, readers none, others of all.

    Args:
        actor: who looks.
        row: the item.
        own: codes of the units a county answers for, where they were asked for already.
    """
    if row.audience not in sees(actor):
        return False
    if actor.role in {"section", "contact"}:
        return actor.office == row.lead or actor.office in row.partners
    if actor.role != "county":
        return actor.role in _ALL
    return bool(set(row.divisions) & set(answered(actor) if own is None else own))


def _sees(actor: Actor, one: Paper, own: Collection[str] | None = None) -> bool:
    """A draft is not told to whom it speaks of: nothing is said before a person has sent it."""
    sent = one.stage in {Paper.Stage.SENT, Paper.Stage.ANSWERED}
    return (sent or actor.role in _ALL) and sees_item(actor, one.commitment, own)


def papers(actor: Actor, edition_id: int) -> list[Paper]:
    """The papers of a plan that a person sees: one query."""
    found = Paper.objects.filter(commitment__edition_id=edition_id)
    own = answered(actor)
    return [one for one in found.select_related("commitment", "scan", "answer_file") if _sees(actor, one, own)]


def paper(actor: Actor, number: int) -> Paper | None:
    """One paper with its item, when the person sees it."""
    found = Paper.objects.select_related("commitment__edition__city", "scan", "answer_file")
    one = found.filter(pk=number).first()
    return one if one is not None and _sees(actor, one) else None


def cards(city: City, listed: Iterable[Paper], on: date) -> dict[str, Card]:
    """黄牌 and 红牌 by lead office, from papers that were sent; empty while they are not switched on.

    Args:
        city: whose switch and calendar.
        listed: papers of a plan; reminders give no card.
        on: the day.
    """
    if switched(city, Switch.What.CARDS, on) is None:
        return {}
    asked: dict[str, list[Asked]] = {}
    for one in listed:
        out = one.stage in {Paper.Stage.SENT, Paper.Stage.ANSWERED} and one.sent_on is not None and one.sent_on <= on
        if out and one.sent_on and one.answer_by and one.step != Step.REMINDER:
            asked.setdefault(one.commitment.lead, []).append(Asked(one.sent_on, one.answered_on))
    calendar = calendar_of(city)
    told = {lead: card(papers, on, calendar) for lead, papers in asked.items()}
    return {lead: one for lead, one in told.items() if one is not Card.NONE}


def papers_of(actor: Actor, row: Commitment, found: Iterable[Paper] | None = None) -> list[Paper]:
    """Every paper of an item that the person sees, the oldest first.

    Args:
        actor: the person.
        row: the item.
        found: its papers, where they are at hand.
    """
    if actor.role == "county" and not sees_item(actor, row):
        return []
    if found is None:
        found = Paper.objects.filter(commitment=row).select_related("scan").order_by("month", "id")
    return [one for one in found if one.stage in {Paper.Stage.SENT, Paper.Stage.ANSWERED} or actor.role in _ALL]


def rectifications(actor: Actor, edition_id: int) -> list[Rectification]:
    """整改台账 of a plan, as a person sees it: two queries."""
    found = Rectification.objects.filter(edition_id=edition_id).select_related("commitment", "paper", "scan")
    own = answered(actor)
    return [one for one in found.prefetch_related("look_backs") if sees_problem(actor, one, own)]


def sees_problem(actor: Actor, one: Rectification, own: Collection[str] | None = None) -> bool:
    """Whether a person sees a line of 整改台账; `own` as of `sees_item`."""
    if one.commitment is not None and sees_item(actor, one.commitment, own):
        return True
    if one.commitment is not None and one.commitment.audience not in sees(actor):
        return False
    return actor.role in _ALL or (actor.role in {"section", "contact"} and actor.office == one.lead)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of 销号 with its signatures in order."""

    closing: Closing
    signatures: tuple[Signature, ...]


def closings(commitment_id: int) -> list[Round]:
    """Every round of 销号 of an item, the oldest first: one query, for no round is without a signature."""
    found = Signature.objects.filter(closing__commitment_id=commitment_id).select_related("closing", "scan")
    return rounds_of(found.order_by("closing_id", "id"))


def rounds_of(signed: Iterable[Signature]) -> list[Round]:
    """Signatures, by round and in order, as the rounds they make."""
    rounds: dict[int, list[Signature]] = {}
    for one in signed:
        rounds.setdefault(one.closing_id, []).append(one)
    return [Round(listed[0].closing, tuple(listed)) for listed in rounds.values()]


@dataclass(frozen=True, slots=True)
class PaperWords:
    """A paper as text, for whoever lays it out."""

    name: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    signer: str
    """签发人; empty before it was signed."""
    document_number: str
    sent_on: date | None
    answer_by: date | None
    bureau: str


def paper_words(kept: Paper) -> PaperWords:
    """The words of a paper, for its docx and for the clipboard."""
    return PaperWords(
        kept.name,
        kept.title,
        kept.to,
        tuple(line.strip() for line in kept.words.splitlines() if line.strip()),
        kept.signer,
        kept.document_number,
        kept.sent_on,
        kept.answer_by,
        kept.commitment.edition.city.bureau,
    )


def told(words: PaperWords) -> str:
    """The same as plain text to be copied into a message."""
    ending = [line for line in (words.bureau, plain_day(words.sent_on) if words.sent_on else "") if line]
    return "\n".join([words.title, f"{words.to}：" if words.to else "", *words.paragraphs, *ending]).replace(
        "\n\n", "\n"
    )
