"""拟稿: what the rules ask for, as drafts. Nothing goes out from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.bureau.escalations.actions.holding import held_paper, refuse_future
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.escalations.queries import Followed, followed, ladder_on, past_of
from luoshi.bureau.escalations.wording import data_said, worded
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import refused, require
from luoshi.bureau.plans.models import Edition
from luoshi.tracking.escalating import Draft, due_papers
from luoshi.tracking.ladder import Ladder
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Paper.Stage
_LONGEST_TITLE, _LONGEST_WORDS, _MOST_DAYS = 200, 5000, 60


def draft_due(actor: Actor, edition: Edition, on: date) -> list[Paper]:
    """Draft every paper the rules in force ask for on a day. Asked twice it drafts nothing more.

    Args:
        actor: who asks; the daily round asks as the system's administrator.
        edition: the plan.
        on: the day; months that are over by its end count.

    Returns:
        What was drafted now; the journal is entered only when there is something.

    Raises:
        RefusedError: no right, or a day to come.
    """
    city = edition.city
    rules, calendar = ladder_on(city, on), calendar_of(city)
    look = followed(city, edition, on, rules.report_day) if refused(actor, "escalate") is None else []
    before = _past([one.item.row.pk for one in look])
    due = [one for one in look if due_papers(rules, one.course, past_of(before.get(one.item.row.pk, [])), on, calendar)]
    if not due and refused(actor, "escalate") is None and on <= timezone.localdate():
        return []
    with act(actor, "escalations.draft", "plan", edition.pk, edition.title) as note:
        require(actor, "escalate")
        refuse_future(actor, "拟制督办单", on)
        drafted = _drafted(actor, edition, due, on, rules)
        note.detail = {"截至": on, "规则": rules.version, "拟制": [one.title for one in drafted]}
    return drafted


def _past(rows: Sequence[int]) -> dict[int, list[Paper]]:
    found: dict[int, list[Paper]] = {}
    for one in Paper.objects.filter(commitment__in=rows):
        found.setdefault(one.commitment_id, []).append(one)
    return found


def _drafted(actor: Actor, edition: Edition, due: Sequence[Followed], on: date, rules: Ladder) -> list[Paper]:
    """The drafts, asked for again while the items are held: of two rounds at once only one drafts."""
    rows = [one.item.row.pk for one in due]
    list(Commitment.objects.select_for_update().filter(pk__in=rows).order_by("pk").values_list("pk"))
    before = _past(rows)
    offices = dict(Office.objects.filter(city_id=edition.city_id).values_list("code", "name"))
    calendar = calendar_of(edition.city)
    return [
        _kept(actor, one, draft, offices, on, rules)
        for one in due
        for draft in due_papers(rules, one.course, past_of(before.get(one.item.row.pk, [])), on, calendar)
    ]


def _kept(actor: Actor, one: Followed, draft: Draft, offices: dict[str, str], on: date, rules: Ladder) -> Paper:
    row = one.item.row
    text = worded(draft, row, offices.get(row.lead, row.lead_words), data_said(one.item))
    rung = next(rung for rung in rules.rungs if rung.step is draft.step)
    return Paper.objects.create(
        commitment=row,
        step=draft.step.value,
        name=draft.name,
        month=draft.month,
        because=draft.because[:300],
        rule=draft.rule[:200],
        rules_version=rules.version,
        title=text.title,
        to=text.to[:100],
        words=text.words,
        answer_days=rung.answer_days,
        answer_by=draft.answer_by,
        drafted_on=on,
        drafted_by=actor.name,
    )


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft as a person wants it."""

    title: str
    to: str
    words: str
    answer_days: int


def edit(actor: Actor, paper_id: int, version: int, edited: Edited) -> Paper:
    """修改: the words of a draft. Whoever signed it in the house has to sign again.

    Raises:
        RefusedError: no right, no draft any more, empty or too long, or changed meanwhile.
    """
    with act(actor, "escalations.edit", "paper", paper_id) as note:
        require(actor, "send_paper")
        paper = held_paper(actor, paper_id, version, [_STAGE.DRAFT], "修改", note)
        title, to, words = edited.title.strip(), edited.to.strip(), edited.words.replace("\r\n", "\n").strip()
        if not 0 < len(title) <= _LONGEST_TITLE or not 0 < len(words) <= _LONGEST_WORDS or len(to) > 100:  # noqa: PLR2004
            rule = f"标题1至{_LONGEST_TITLE}个字，正文1至{_LONGEST_WORDS}个字，主送不超过100个字"
            raise RefusedError(Finding(paper.title, "标题、主送或正文没有写，或过长", rule, "请改正"))
        if not 0 <= edited.answer_days <= _MOST_DAYS:
            what = f"答复时限为{edited.answer_days}个工作日"
            raise RefusedError(Finding(paper.title, what, f"答复时限为0至{_MOST_DAYS}个工作日", "请改正"))
        note.changed("标题", paper.title, title)
        note.changed("主送", paper.to, to)
        note.changed("正文", paper.words, words)
        note.changed("答复工作日", paper.answer_days, edited.answer_days)
        paper.title, paper.to, paper.words, paper.answer_days = title, to, words, edited.answer_days
        calendar = calendar_of(paper.commitment.edition.city)
        days = edited.answer_days
        paper.answer_by = calendar.plus_workdays(paper.drafted_on, days) if days else None
        paper.signer, paper.signed_on = "", None
        paper.version += 1
        paper.save()
    return paper
