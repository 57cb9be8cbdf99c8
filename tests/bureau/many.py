"""A full house: 20 plans of 300 commitments, all made up, all in the ledger. 演示数据（虚构）."""

from collections.abc import Sequence

from django.db import connection

from luoshi.bureau.ledger.models import Breakdown, Commitment, Quote, Target
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.actions import store_plan
from luoshi.bureau.plans.models import Edition, Proposal
from tests.bureau import xingzhou

PLANS, POINTS, SENTENCES = 20, 30, 2
"""A sentence of the made-up plan holds five promises."""


def text(year: int) -> str:
    """A plan of 30 points with ten promises each, some with numbers, most without."""
    lines = ["演示数据（虚构）", "", f"星州市教育局{year}年工作要点", ""]
    for point in range(1, POINTS + 1):
        if point % 8 == 1:
            lines += [f"{'一二三四'[point // 8]}、第{point // 8 + 1}部分", ""]
        promises = "".join(
            f"新建公办幼儿园{point + place}所，新增学位{place + 2}00个，出台《星州市第{point}之{place}号管理办法》，"
            f"举办第{point}届校园艺术展演，加强师德师风建设。"
            for place in range(SENTENCES)
        )
        rate = f"义务教育大班额比例降至{point % 3 + 1}.5%以内。" if point % 5 == 0 else ""
        lines += [f"{point}．推进第{point}项工作。{promises}{rate}", ""]
    return "\n".join(lines)


def fill(city: City, years: Sequence[int] = range(2002, 2002 + PLANS)) -> list[Edition]:
    """Store every plan as a person would and put all it proposes into the ledger at once."""
    editions = []
    for year in years:
        read = xingzhou.plan(text(year))
        actor = xingzhou.actor("ducha")
        editions.append(store_plan(actor, city, read, file_name=f"{year}.txt", file_digest=f"{year:064}", form="txt"))
    for edition in editions:
        enter_all(edition)
    analyse()
    return editions


def analyse() -> None:
    """A database that has stood for a day knows how full its tables are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def enter_all(edition: Edition) -> None:
    """Everything a plan proposes into its ledger at once, issued."""
    proposals = list(Proposal.objects.filter(edition=edition).prefetch_related("targets"))
    kept = ("edition_id", "point_id", "number", "place", "kind", "strength", "scope", "lead", "partners", "missing")
    stage = Breakdown.Stage.ISSUED
    breakdown = Breakdown.objects.create(edition=edition, stage=stage, document_number="（虚构）")
    rows = Commitment.objects.bulk_create(
        Commitment(
            breakdown=breakdown,
            **{name: getattr(one, name) for name in kept},
            title=one.clause[:300],
            words=indexed(one.clause),
            due=edition.until,
        )
        for one in proposals
    )
    Quote.objects.bulk_create(
        Quote(
            commitment=row,
            proposal=one,
            sentence_start=one.sentence_start,
            sentence_end=one.sentence_end,
            start=one.start,
            end=one.end,
            text=one.clause,
        )
        for row, one in zip(rows, proposals, strict=True)
    )
    Target.objects.bulk_create(
        Target(commitment=row, **target.columns())
        for row, one in zip(rows, proposals, strict=True)
        for target in one.targets.all()
    )
    Proposal.objects.filter(edition=edition).update(decision=Proposal.Decision.CONFIRMED)
