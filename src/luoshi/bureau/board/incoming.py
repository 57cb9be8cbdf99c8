"""Replies on their way in: what the ledger waits for, the reader's answers as pieces, and what is sent to those who owe one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.cells import paper_number
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.people.models import Office
from luoshi.bureau.related import with_related
from luoshi.bureau.reports import queries as reports
from luoshi.bureau.reports.actions import Filled, Incoming, Landing, Piece, Sum
from luoshi.bureau.reports.actions.gathering import sums_of
from luoshi.bureau.reports.models import Found, Period, Report
from luoshi.declared import INDICATORS
from luoshi.reading.documents.libreoffice import converter
from luoshi.reading.replies import Answer, Claim, Reply, Told, Wanted, WantedTarget, match, pasted, read_reply
from luoshi.spine import Comparator, State
from luoshi.tracking.dues import Due, DueKind
from luoshi.tracking.nudging import nudge as message
from luoshi.tracking.nudging import roll_call
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

PASTED = "粘贴的消息.txt"
_PHRASES = {one.key: one.phrases for one in INDICATORS}
_CLAIMS = {
    Claim.DONE: State.DONE,
    Claim.UNDERWAY: State.ON_COURSE,
    Claim.NOT_BEGUN: State.BEHIND,
    Claim.STANDING: State.STANDING,
}
"""What the words of a reply claim; 暂缓 is asked for with an approval, never claimed."""


def wanted(period: Period) -> list[Wanted]:
    """Every issued item of the plan, as the reader knows it: a reply may tell what nobody asked; four queries."""
    issued = Commitment.objects.filter(edition=period.edition, breakdown__stage="issued").exclude(lead="")
    rows = with_related(issued, "targets", "quotes")
    names = reports.unit_names(period.edition.city)
    before = reports.last_words([row.pk for row in rows], period.on, amounts=True)
    for row in rows:
        row.edition = period.edition  # or its number asks for it, row by row
    return [_wanted(row, names, before.get(row.pk)) for row in rows]


def _wanted(row: Commitment, names: Mapping[str, str], last: Report | None) -> Wanted:
    targets = list(row.targets.all())
    amounts = {one.target_id: one for one in last.amounts.all()} if last else {}
    first = amounts.get(targets[0].pk) if targets else None
    return Wanted(
        id=row.pk,
        number=row.number,
        paper_number=paper_number(row),
        title=row.title,
        clause="，".join(quote.text for quote in row.quotes.all()),
        office=names.get(row.lead, ""),
        divisions=tuple(names[code] for code in row.divisions if code in names),
        targets=tuple(_target(one) for one in targets),
        last_words=last.words if last else "",
        last_value=first.reported if first else None,
    )


def _target(one: Target) -> WantedTarget:
    phrases = _PHRASES.get(one.indicator or "", ())
    return WantedTarget(one.subject, one.unit, Comparator(one.comparator), one.value, phrases)


class Reader:
    """Reads the files of one gathering against one list of what is waited for."""

    def __init__(self, period: Period, office: str = "") -> None:
        self._period, self._office = period, office
        self._wanted = wanted(period)
        self._targets: dict[int, list[int]] = {}
        ids = [one.id for one in self._wanted]
        told = Target.objects.filter(commitment__in=ids).order_by("commitment_id", "place")
        for commitment_id, pk in told.values_list("commitment_id", "pk"):
            self._targets.setdefault(commitment_id, []).append(pk)
        self._offices = list(Office.objects.filter(city=period.edition.city).values_list("code", "name"))

    def read(self, content: bytes, name: str) -> Incoming:
        """One file or message.

        Raises:
            RefusedError: it cannot be read or is marked secret.
        """
        reply = pasted(_text(content)) if name == PASTED else read_reply(content, name, office=converter())
        code = self._office or self._sender(reply.sender or name)
        office = dict(self._offices).get(code, "")
        answers = match(reply, self._wanted, office=office, on=self._period.on)
        pieces = tuple(self._piece(one) for one in answers)
        return Incoming(content, _named(name, reply, content), reply.sender or office, code, pieces)

    def _sender(self, words: str) -> str:
        """Code of the section whose name the words hold, the longest first."""
        by_length = sorted(self._offices, key=lambda pair: -len(pair[1]))
        return next((code for code, office in by_length if office.partition("（")[0] in words), "")

    def _piece(self, answer: Answer) -> Piece:
        targets = self._targets.get(answer.item or 0, [])
        pairs = zip(targets, answer.figures, strict=False)
        return Piece(
            where=answer.part.place,
            text=_text_of(answer),
            commitment=answer.item,
            sure=answer.sure,
            words=answer.words,
            candidates=tuple(one.item for one in answer.candidates),
            claimed=_CLAIMS.get(answer.claim) if answer.claim else None,
            trouble=answer.trouble,
            next_step=answer.next_step,
            nothing_new=answer.nothing_new,
            sums={pk: _sum(told, self._period.on) for pk, told in pairs if told is not None},
            doubts=answer.doubts,
        )


def _text_of(answer: Answer) -> str:
    """What stands in the reply; of a row the task it names, then what it says."""
    title = answer.part.title
    return f"{title}：{answer.source}" if title and title not in answer.source else answer.source


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _named(name: str, reply: Reply, content: bytes) -> str:
    """A pasted message goes by its sender and first words."""
    if name != PASTED:
        return name
    first = next((line.strip() for line in _text(content).splitlines() if line.strip()), "")
    return f"消息 {reply.sender} {first[:20]}.txt".replace("/", "／")


def _sum(told: Told, on: date) -> Sum:
    day = told.on if told.on and told.on <= on else on
    return Sum(told.value, day, "", told.about, told.numerator, told.denominator)


def as_read(actor: Actor, period: Period, found_id: int) -> Landing:
    """A sure piece as it was read: its words, its figures, what it claims; 达进度 where it claims nothing.

    Raises:
        RefusedError: it is not sure, so a person has to look at it by itself.
    """
    found = Found.objects.filter(pk=found_id, reply__period=period).first()
    if found is None or not found.sure:
        where = found.where if found else "来件"
        raise RefusedError(Finding(where, "这一条还要看一眼", "拿不准的逐条确认", "请在上面逐条办理"))
    item = found.commitment_id or 0
    if found.nothing_new:
        return Landing(item, None)
    claimed = State(found.claimed) if found.claimed else State.ON_COURSE
    filled = Filled(found.words or found.text[:200], claimed, found.trouble, found.next_step)
    return Landing(item, replace(filled, sums=sums_of(actor, found)))


def nudge(period: Period, lacking: Sequence[reports.Unit], on: date, calendar: Calendar) -> str:
    """催办文字: who has not answered, then a paragraph for each unit with what it still owes, to be pasted into a group.

    Args:
        period: what is gathered; the answer is asked for by its last day while that is to come.
        lacking: the units that owe, in protocol order.
        on: the day of the message.
        calendar: which days are worked.
    """
    if not lacking:
        return ""
    owing = {unit.name: [_due(one, period) for one in unit.owed] for unit in lacking}
    texts = [message(name, dues, on, calendar, by=period.reply_by) for name, dues in owing.items()]
    return "\n\n".join([roll_call(owing, on), *texts])


def _due(one: reports.Asked, period: Period) -> Due:
    row = one.call.commitment
    return Due(f"call/{one.call.pk}", DueKind.REPORT, f"{row.number} {row.title}", period.reply_by)
