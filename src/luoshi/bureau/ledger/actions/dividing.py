"""拆分, 归并, 照原文添加: what the reader proposed is cut, put together or added to before it is decided."""

import re
from collections.abc import Sequence

from django.db.models import Max

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import fill
from luoshi.bureau.ledger.actions.entering import Correction, enter, join, verify_quote
from luoshi.bureau.ledger.actions.holding import decide, held_proposal, read_proposal, refuse_decided
from luoshi.bureau.ledger.cells import known_of
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.actions import targets_of
from luoshi.bureau.plans.models import Edition, Point, Proposal, ProposedTarget
from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading import weak as weakness
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SHORTEST = 4
"""Characters a marked clause has at least: a verb and what it acts on."""
_PARTS = 20
_BLANK = re.compile(r"\s+")


def split(actor: Actor, proposal_id: int, version: int, pieces: Sequence[str]) -> list[Proposal]:
    """拆分: a proposal becomes several, each a stretch of its clause; the targets go with their numbers.

    Args:
        actor: who splits.
        proposal_id: an open proposal.
        version: as it was shown.
        pieces: the clause cut, in order; together they hold all its characters but blanks and the marks between.

    Raises:
        RefusedError: no right, decided already, fewer than two pieces, or words that are not the clause's.
    """
    read = read_proposal(actor, proposal_id)
    with act(actor, "ledger.split", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = held_proposal(actor, read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        refuse_decided(actor, proposal)
        verify_quote(actor, proposal)
        spans = _spans(proposal, [piece.strip() for piece in pieces if piece.strip()])
        parts = [
            _part(proposal, start, end, f"{proposal.number}{chr(ord('a') + place)}")
            for place, (start, end) in enumerate(spans)
        ]
        _share_targets(proposal, parts)
        decide(actor, proposal, Proposal.Decision.SPLIT, f"拆分为 {len(parts)} 条")
        note.detail = {"拆为": [part.clause for part in parts]}
    return parts


def _spans(proposal: Proposal, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where the pieces stand in the plan; each behind the one before."""
    if not 1 < len(pieces) <= _PARTS:
        what = "没有断开" if len(pieces) < 2 else f"断成了 {len(pieces)} 条"  # noqa: PLR2004 (two make a split)
        raise RefusedError(Finding(proposal.number, what, f"拆分须得 2 至 {_PARTS} 条", "请在要断开的地方换行"))
    at, spans = 0, list[tuple[int, int]]()
    for piece in pieces:
        found = proposal.clause.find(piece, at)
        if found < 0:
            raise RefusedError(
                Finding(
                    proposal.number,
                    f"原文里没有“{piece[:30]}”",
                    "拆分只断开，不改字",
                    "请保留原文，只在要断开的地方换行",
                )
            )
        spans.append((proposal.start + found, proposal.start + found + len(piece)))
        at = found + len(piece)
    left = proposal.clause
    for start, end in reversed(spans):
        left = left[: start - proposal.start] + left[end - proposal.start :]
    if re.sub(r"[\s，,、；;。和及并以]", "", left):
        lost = _BLANK.sub("", left)[:30]
        raise RefusedError(Finding(proposal.number, f"漏掉了“{lost}”", "拆分后原文一字不少", "请把漏掉的字放进某一条"))
    return spans


def _part(proposal: Proposal, start: int, end: int, number: str) -> Proposal:
    clause = proposal.edition.text[start:end]
    told = next(iter(read_text(clause + "。", indicators=INDICATORS).commitments), None)
    return Proposal.objects.create(
        edition_id=proposal.edition_id,
        point_id=proposal.point_id,
        number=number[:20],
        place=proposal.place,
        sentence_start=proposal.sentence_start,
        sentence_end=proposal.sentence_end,
        start=start,
        end=end,
        clause=clause,
        action=(told.action if told else proposal.action)[:60],
        subject=(told.subject if told else clause)[:300],
        kind=told.kind.value if told else proposal.kind,
        strength=proposal.strength,
        scope=proposal.scope,
        offices=proposal.offices,
        organisations=proposal.organisations,
        policies=proposal.policies,
        programmes=proposal.programmes,
        missing=[lack.value for lack in weakness.lacks(told)] if told else proposal.missing,
        lead=proposal.lead,
        partners=proposal.partners,
        lead_because=proposal.lead_because,
        parent=proposal,
    )


def _share_targets(proposal: Proposal, parts: Sequence[Proposal]) -> None:
    """Each target goes to the part its number stands in; one that stands in none stays with the first."""
    rows = []
    for target in proposal.targets.all():
        part = next((one for one in parts if one.start <= target.start < one.end), parts[0])
        rows.append(ProposedTarget(proposal=part, **target.columns()))
    ProposedTarget.objects.bulk_create(rows)


def gather(actor: Actor, picks: Sequence[tuple[int, int]], title: str) -> Commitment:
    """归并: several open proposals become one item of the ledger, which rests on all their clauses.

    Args:
        actor: who gathers.
        picks: id and shown version of each; the first gives number, kind and lead.
        title: what the item is called; the first clause when empty.

    Raises:
        RefusedError: no right, fewer than two, of different plans, decided already or changed meanwhile.
    """
    reads = [(read_proposal(actor, pk), version) for pk, version in dict(picks).items()]
    with act(actor, "ledger.gather", "proposal", picks[0][0] if picks else "") as note:
        require(actor, "decide")
        if len(reads) < 2:  # noqa: PLR2004 (one is no gathering)
            raise RefusedError(Finding("归并", "没有选够", "归并须选两条以上", "请先勾选要归并的各条"))
        held = [held_proposal(actor, read, version) for read, version in sorted(reads, key=_by_id)]
        order = [read.pk for read, _ in reads if read]
        first, *others = sorted(held, key=lambda one: order.index(one.pk))
        note.title = f"{first.number} {first.clause}"
        if any(one.edition_id != first.edition_id for one in others):
            raise RefusedError(Finding(first.number, "所选的不在同一份要点", "只归并同一份要点的条文", "请重新勾选"))
        for one in held:
            refuse_decided(actor, one)
            verify_quote(actor, one)
        office = Office.objects.filter(city_id=first.edition.city_id, code=first.lead).first()
        row = enter(actor, first, Correction(title.strip()[:300] or None), office, note)
        decide(actor, first, Proposal.Decision.CONFIRMED)
        for one in others:
            join(actor, row, one, note)
            decide(actor, one, Proposal.Decision.CONFIRMED, f"归并入 {row.number}")
        _help(actor, row, others)
        note.detail = {"台账": row.pk, "归并": [one.number for one in held]}
    return row


def _by_id(pair: tuple[Proposal | None, int]) -> int:
    return pair[0].pk if pair[0] else 0


def _help(actor: Actor, row: Commitment, others: Sequence[Proposal]) -> None:
    """Sections that would have led the other clauses help with the item."""
    known = known_of(row.edition.city)
    codes = dict.fromkeys([*row.partners, *(one.lead for one in others)])
    names = "、".join(known.offices[code] for code in codes if code in known.offices and code != row.lead)
    fill(actor, row, {"partners": names}, known)


def add(actor: Actor, edition_id: int, words: str, after: int = 0) -> Proposal:
    """照原文添加: what a person marked in the text and the reader passed over becomes a proposal.

    Args:
        actor: who adds.
        edition_id: the plan.
        words: marked in its text, to the character.
        after: offset to look from, where the same words stand more than once.

    Raises:
        RefusedError: no right, not in the text, more than once in it, too short, or part of a proposal already.
    """
    edition = Edition.objects.select_related("city").filter(pk=edition_id).first()
    with act(actor, "ledger.add", "plan", edition_id) as note:
        require(actor, "decide")
        if edition is None:
            raise RefusedError(Finding("照原文添加", "没有这份要点", "只能在已读入的要点里添加", "请刷新页面"))
        start, end = _found(edition, words.strip(), after)
        note.title = f"{edition.title} {edition.text[start:end]}"
        Edition.objects.select_for_update().defer("text").get(pk=edition_id)
        _refuse_overlap(edition, start, end)
        proposal = _added(actor, edition, start, end)
        note.detail = {"原文": proposal.clause, "编号": proposal.number}
    return proposal


def _found(edition: Edition, words: str, after: int) -> tuple[int, int]:
    if len(words) < _SHORTEST:
        raise RefusedError(Finding("照原文添加", f"只有 {len(words)} 个字", f"至少 {_SHORTEST} 个字", "请多选几个字"))
    start = edition.text.find(words, after)
    if start < 0:
        rule = "添加的须与存档原文逐字一致"
        raise RefusedError(Finding("照原文添加", f"原文里没有“{words[:30]}”", rule, "请从左边的原文里复制"))
    if not after and edition.text.find(words, start + 1) >= 0:
        rule = "添加的须在原文里只出现一次"
        raise RefusedError(Finding("照原文添加", f"“{words[:30]}”在原文里不止一处", rule, "请连同前后的字一起选"))
    return start, start + len(words)


def _refuse_overlap(edition: Edition, start: int, end: int) -> None:
    taken = Proposal.objects.filter(edition=edition, start__lt=end, end__gt=start)
    one = taken.exclude(decision=Proposal.Decision.SPLIT).first()
    if one is not None:
        rule = "原文里每个字只在一条建议里"
        raise RefusedError(
            Finding("照原文添加", f"这几个字已在 {one.number} 里", rule, f"请到 {one.number} 更正或拆分")
        )


def _added(actor: Actor, edition: Edition, start: int, end: int) -> Proposal:
    """Read as if it stood alone; what the reader cannot make of it a person fills in."""
    clause = edition.text[start:end]
    point = Point.objects.filter(edition=edition, start__lte=start, end__gte=end).first()
    before = Proposal.objects.filter(edition=edition, start__lte=start).order_by("-place").first()
    told = next(iter(read_text(clause.rstrip("。") + "。", indicators=INDICATORS).commitments), None)
    beside = Proposal.objects.filter(edition=edition, point=point)
    number = f"{point.number if point else '0'}.{beside.count() + 1}"
    while Proposal.objects.filter(edition=edition, number=number).exists():
        number += "补"
    place = before.place if before else (beside.aggregate(most=Max("place"))["most"] or 0)
    begun = edition.text.rfind("\n", 0, start) + 1
    until = edition.text.find("\n", end)
    proposal = Proposal.objects.create(
        edition=edition,
        point=point,
        number=number[:20],
        place=place,
        sentence_start=begun,
        sentence_end=until if until >= 0 else len(edition.text),
        start=start,
        end=end,
        clause=clause,
        action=(told.action if told else "")[:60],
        subject=(told.subject if told else clause)[:300],
        kind=told.kind.value if told else "milestone",
        strength=told.strength.value if told else "binding",
        scope=(told.scope if told else "")[:100],
        missing=[lack.value for lack in weakness.lacks(told)] if told else ["number", "date", "owner"],
        added_by=actor.name,
    )
    if told:
        rows = targets_of(actor, proposal, told, shift=start)
        for row in rows:
            row.due = row.due or edition.until
        ProposedTarget.objects.bulk_create(rows)
    return proposal
