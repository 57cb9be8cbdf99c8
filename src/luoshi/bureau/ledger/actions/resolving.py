"""议定事项写回: a meeting's decisions become days and owners in one act, all of them or none."""

from collections.abc import Sequence
from dataclasses import replace

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import fill
from luoshi.bureau.ledger.actions.carried import carry_agreed
from luoshi.bureau.ledger.actions.entering import drafting
from luoshi.bureau.ledger.cells import Known, known_of, paper_number
from luoshi.bureau.ledger.models import Change, Commitment, Target
from luoshi.bureau.ledger.resolutions import MOST, Decision, Weighed, named, weighed
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.spine import Kind, Strength
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WHERE = "议定事项写回"


def write_back(actor: Actor, edition_id: int, meeting_id: int, told: Sequence[Decision]) -> list[Commitment]:
    """Write what a meeting decided into a plan's ledger: changes approved by it, the original kept, and new tasks.

    Args:
        actor: who writes it back.
        edition_id: the plan.
        meeting_id: the registered minutes or upper document that decided.
        told: the rows, each with the version of the item as it was shown.

    Raises:
        RefusedError: no right, no such source, or with every row that cannot be written: no such item, changed meanwhile, a
            lead that is none, a day that is no day, nothing that changes.
    """
    edition = Edition.objects.select_related("city").filter(pk=edition_id).first()
    with act(actor, "ledger.decisions", "plan", edition_id) as note:
        require(actor, "decisions")
        if edition is None:
            raise RefusedError(Finding(_WHERE, "没有这份要点", "只写回已读入的要点", "请刷新页面"))
        meeting = _meeting(edition, meeting_id)
        note.title = f"{edition.title} ← {named(meeting)}"
        if not 0 < len(told) <= MOST:
            what = "没有写一行" if not told else f"有 {len(told)} 行"
            raise RefusedError(Finding(_WHERE, what, f"一次写回 1 至 {MOST} 行", "请填写议定事项"))
        known = known_of(edition.city)
        rows = _held(edition, told)
        all_told = [one if one.is_new or one.version is not None else replace(one, version=-1) for one in told]
        found = weighed(edition, rows, all_told, known)
        findings = [finding for one in found for finding in one.findings]
        if findings:
            raise RefusedError(*findings)
        written = [_written(actor, edition, meeting, one, known) for one in found]
        note.detail = {
            "来源": named(meeting),
            "写回": [
                [row.number, one.decision.words, *(f"{was}→{now}" for _, was, now in one.changes)]
                for row, one in zip(written, found, strict=True)
            ],
        }
    return written


def _meeting(edition: Edition, meeting_id: int) -> Edition:
    kinds = (Edition.Kind.MINUTES, Edition.Kind.UPPER)
    meeting = Edition.objects.filter(pk=meeting_id, city_id=edition.city_id, kind__in=kinds).defer("text").first()
    if meeting is None or meeting.dated is None:
        rule = "议定事项须有出处：文号、日期、摘要"
        raise RefusedError(Finding(_WHERE, "没有选会议纪要", rule, "请先在任务分解页登记会议纪要，再选它"))
    return meeting


def _held(edition: Edition, told: Sequence[Decision]) -> list[Commitment]:
    """The items that are named, held until the act ends, in the order of their ids."""
    numbers = {one.number.strip() for one in told if not one.is_new}
    names = (
        Commitment.objects.filter(edition=edition).select_related("edition").only("number", "sheet", "edition__year")
    )
    wanted = [row.pk for row in names if {row.number, paper_number(row)} & numbers]
    found = Commitment.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    return list(found.select_related("edition", "edition__city", "breakdown").prefetch_related("targets", "quotes"))


def _written(actor: Actor, edition: Edition, meeting: Edition, one: Weighed, known: Known) -> Commitment:
    row = one.row or _entered(actor, edition, meeting, one, known)
    changes = one.changes if one.row else (("title", "", row.title),)
    for column, was, becomes in changes:
        Change.objects.create(
            commitment=row,
            column=column,
            was=was[:300],
            becomes=becomes[:300],
            reason=one.decision.words.strip(),
            state=Change.State.APPROVED,
            asked_by=actor.name,
            decided_by=named(meeting),
            decided_on=meeting.dated,
            words=one.decision.words.strip(),
            meeting=meeting,
        )
    if one.row:
        fill(actor, row, {column: becomes for column, _, becomes in changes}, known)
        row.partners = [code for code in row.partners if code != row.lead]
    carry_agreed(actor, row, "partners")
    return row


def _entered(actor: Actor, edition: Edition, meeting: Edition, one: Weighed, known: Known) -> Commitment:
    """A new task, drafted with its source; it is 立项 when its breakdown is issued, as every item is."""
    title = one.decision.words.strip().rstrip("。")
    read = next(iter(read_text(f"{title}。", indicators=INDICATORS).commitments), None)
    there = Commitment.objects.filter(edition=edition)
    last = there.order_by("-place").first()
    taken = there.filter(number__startswith="议").count()
    while there.filter(number=f"议{taken + 1}").exists():
        taken += 1
    row = Commitment.objects.create(
        edition=edition,
        breakdown=drafting(actor, edition.pk),
        number=f"议{taken + 1}",
        place=last.place + 1 if last else 0,
        title=title,
        kind=(read.kind if read else Kind.MILESTONE).value,
        strength=Strength.BINDING.value,
        lead=one.lead,
        leader=known.leaders.get(one.lead, ""),
        begun=meeting.dated,
        due=one.due,
        source_words=meeting.title[:300],
        source_number=meeting.document_number,
        words=indexed(title),
    )
    Target.objects.bulk_create(
        Target(
            commitment=row,
            place=place,
            comparator=target.comparator.value,
            value=target.value,
            value_max=target.value_max,
            unit=target.unit[:40],
            deadline=one.due,
            due=one.due,
            implicit=target.implicit,
            strength=target.strength.value,
            subject=target.subject[:300],
            start=0,
            end=0,
            indicator=target.indicator or "",
        )
        for place, target in enumerate(read.targets if read else ())
    )
    return row
