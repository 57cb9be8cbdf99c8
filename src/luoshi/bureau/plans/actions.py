"""Storing what was read. Proposals are decided in the ledger; here they only come in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.founding.actions import found_units
from luoshi.bureau.plans.models import AUDIENCES, Edition, Mechanism, Point, Proposal, ProposedTarget
from luoshi.reading import city as folders
from luoshi.reading import offices as routing
from luoshi.reading import weak
from luoshi.spine import Commitment, Plan
from luoshi.words import offices as words
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST = 300
_MADE_UP = re.compile(r"[\s\ufeff]{0,20}演示数据\s*[（(]虚构[）)]")


def open_city(actor: Actor, folder: folders.City) -> City:
    """The city with its offices, divisions and mechanisms; what is there already stays."""
    with act(actor, "plans.open_city", "city", folder.key, folder.name):
        require(actor, "city")
        city, _ = City.objects.get_or_create(
            key=folder.key,
            defaults={
                "name": folder.name,
                "bureau": folder.bureau,
                "imaginary": folder.imaginary,
                "opens": folder.opens,
                "begun": folder.begun,
            },
        )
        for place, one in enumerate(folder.offices):
            told = {"name": one.name, "duties": list(one.duties), "leads": list(one.leads), "place": place}
            Office.objects.get_or_create(
                city=city, code=one.code, defaults={**told, "leader": one.leader, "doubt": one.doubt}
            )
        found_units(actor, city, folder)
        _keep_mechanisms(city, folder)
    return city


def _keep_mechanisms(city: City, folder: folders.City) -> None:
    kept = set(Mechanism.objects.filter(city=city).values_list("key", flat=True))
    Mechanism.objects.bulk_create(
        Mechanism(
            city=city,
            key=one.key,
            point=one.point,
            name=one.name,
            name_en=one.name_en,
            phrases=list(one.phrases),
            pattern=one.pattern,
            also=one.also,
        )
        for one in folder.mechanisms
        if one.key not in kept
    )


def turn_away(actor: Actor, refusal: RefusedError) -> NoReturn:
    """Enter in the journal that a file was not read, and why; of the file itself the refusal alone is kept.

    Raises:
        RefusedError: the same, always.
    """
    with act(actor, "plans.store", "file", "", "未读入的文件"):
        raise refusal


@dataclass(frozen=True, slots=True)
class Origin:
    """What a text is: the yearly plan, minutes of a meeting, or the abstract of an upper document."""

    kind: str = Edition.Kind.PLAN
    number: str = ""
    """文号."""
    dated: date | None = None
    audience: str = "system"
    """知悉范围."""


_YEARLY = Origin()


def store_plan(
    actor: Actor,
    city: City,
    plan: Plan,
    *,
    file_name: str,
    file_digest: str,
    form: str,
    origin: Origin = _YEARLY,
) -> Edition:
    """Keep a plan's text verbatim with everything proposed from it.

    Minutes and upper documents are kept with number, day and abstract; the text is the abstract.

    Raises:
        RefusedError: the person may not, the text is kept already, or nothing was read in it.
    """
    with act(actor, "plans.store", "plan", file_digest[:12], plan.title or file_name) as note:
        require(actor, "read")
        _refuse_empty(plan, file_name)
        _refuse_origin(origin, file_name)
        City.objects.select_for_update().get(pk=city.pk)  # two who bring the same text come one after the other
        kept = Edition.objects.filter(city=city, digest=plan.digest).first()
        if kept is not None:
            what = f"这份要点已于 {kept.stored:%Y-%m-%d} 读入，共一份"
            raise RefusedError(Finding(file_name, what, "同一文字只存一份", "请直接打开已读入的那一份"))
        edition = Edition.objects.create(
            city=city,
            title=plan.title[:200] or file_name[:200],
            issuer=plan.issuer[:100],
            year=plan.year or (origin.dated.year if origin.dated else None),
            begun=plan.begun,
            until=plan.until,
            text=plan.text,
            digest=plan.digest,
            file_name=file_name[:200],
            file_digest=file_digest,
            form=form,
            kind=origin.kind,
            document_number=origin.number.strip()[:100],
            dated=origin.dated,
            audience=origin.audience,
            imaginary=bool(_MADE_UP.match(plan.text)),
        )
        proposals = _keep_proposals(actor, edition, plan)
        note.id, note.title = str(edition.pk), edition.title
        note.detail = {"摘要": plan.digest, "条目": len(plan.points), "读出": len(proposals), "文件": file_name}
    return edition


def _refuse_empty(plan: Plan, file_name: str) -> None:
    if not plan.commitments:
        raise RefusedError(
            Finding(
                file_name, "没有读出承诺", "要点须有分条的任务文字", "请确认选对了文件；表格式的旧台账请等台账导入页"
            )
        )


def _refuse_origin(origin: Origin, name: str) -> None:
    if origin.kind not in {Edition.Kind.PLAN, Edition.Kind.MINUTES, Edition.Kind.UPPER}:
        raise RefusedError(Finding(name, "没有这种来源", "年度工作要点、会议纪要或上级文件", "请从列表中选"))
    if origin.audience not in dict(AUDIENCES):
        raise RefusedError(Finding(name, "没有这个知悉范围", "公开、系统内、局内或领导参阅", "请从列表中选"))
    if origin.kind != Edition.Kind.PLAN and not (origin.number.strip() and origin.dated):
        rule = "会议纪要和上级文件须写文号和日期，只存摘要"
        raise RefusedError(Finding(name, "没有写文号或日期", rule, "请填写后再登记"))


def _offices(city: City) -> list[words.Office]:
    return [
        words.Office(one.code, one.name, tuple(one.duties), tuple(one.leads), one.leader)
        for one in Office.objects.filter(city=city)
    ]


def _keep_proposals(actor: Actor, edition: Edition, plan: Plan) -> list[Proposal]:
    offices = _offices(edition.city)
    sections = {section.number: section.title for section in plan.sections}
    points = Point.objects.bulk_create(
        Point(
            edition=edition,
            number=point.number[:20],
            title=point.title[:200],
            section=point.section[:20],
            section_title=sections.get(point.section, "")[:200],
            start=point.start,
            end=point.end,
            place=place,
        )
        for place, point in enumerate(plan.points)
    )
    by_number = {point.number: point for point in points}
    proposals = Proposal.objects.bulk_create(
        _proposal(edition, by_number.get(one.sentence.point[:20]), one, place, offices)
        for place, one in enumerate(plan.commitments)
    )
    pairs = zip(proposals, plan.commitments, strict=True)
    ProposedTarget.objects.bulk_create(target for row, one in pairs for target in targets_of(actor, row, one))
    return proposals


def _proposal(
    edition: Edition, point: Point | None, one: Commitment, place: int, offices: Sequence[words.Office]
) -> Proposal:
    routed = routing.propose(one, point.title if point else "", offices)
    begun = one.start - one.sentence.start
    return Proposal(
        edition=edition,
        point=point,
        number=one.id[:20],
        place=place,
        sentence_start=one.sentence.start,
        sentence_end=one.sentence.end,
        start=one.start,
        end=one.end,
        clause=one.sentence.text[begun : begun + one.end - one.start],
        action=one.action[:60],
        subject=one.subject[:_LONGEST],
        kind=one.kind.value,
        strength=one.strength.value,
        scope=one.scope[:100],
        offices=list(one.offices),
        organisations=list(one.organisations),
        policies=list(one.policies),
        programmes=list(one.programmes),
        repeats=[list(span) for span in one.repeats],
        missing=[lack.value for lack in weak.lacks(one)],
        lead=routed.lead,
        partners=list(routed.partners),
        lead_because=routed.because[:_LONGEST],
    )


def targets_of(actor: Actor, row: Proposal, one: Commitment, shift: int = 0) -> list[ProposedTarget]:  # noqa: ARG001
    """The targets of what was read, not stored yet.

    Args:
        actor: who stores them; named in every action.
        row: the proposal they belong to.
        one: what was read.
        shift: where the text that was read begins in the plan's text.
    """
    return [
        ProposedTarget(
            proposal=row,
            place=place,
            comparator=target.comparator.value,
            value=target.value,
            value_max=target.value_max,
            unit=target.unit[:40],
            deadline=target.deadline,
            due=target.due,
            implicit=target.implicit,
            strength=target.strength.value,
            subject=target.subject[:_LONGEST],
            start=target.start + shift,
            end=target.end + shift,
            indicator=target.indicator or "",
        )
        for place, target in enumerate(one.targets)
    ]
