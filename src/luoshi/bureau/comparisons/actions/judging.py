"""A person decides a doubtful pair."""

from luoshi.bureau.comparisons.actions.bringing import held
from luoshi.bureau.comparisons.models import Decision, Doubt
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import answers, require
from luoshi.matching import Judged
from luoshi.matching.deciding import Doubt as Kind
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def judge(actor: Actor, number: int, doubt: int, judged: str, reason: str) -> Decision:
    """同一人 or 不是同一人, with the reason. It counts from the next comparison on, as long as both rows say what they say.

    Raises:
        RefusedError: who may not, no such pair, it cannot be decided so, or no reason.
    """
    with act(actor, "comparisons.judge", "comparison", number, "名单比对") as note:
        require(actor, "judge_pairs")
        run = held(actor, number)
        row = Doubt.objects.filter(run=run, pk=doubt).first()
        if row is None or not answers(actor, row.county):
            rule = "由本县(市、区)认定本县名单里的"
            raise RefusedError(Finding("认定", "没有这一对，或不是本县(市、区)的", rule, "请从页面上的待认定里选"))
        note.title = f"名单比对 {run.on} 第 {row.place} 对"
        if judged not in set(Judged) or (row.doubt == Kind.NUMBER and judged == Judged.SAME):
            rule = "一对认定为同一人或不是同一人；单独一行只能认定不是对方名单里的人"
            raise RefusedError(Finding(note.title, "没有选认定", rule, "请选一项"))
        if not reason.strip():
            raise RefusedError(Finding(note.title, "没有写理由", "认定须写明依据什么", "请写理由，如查看了户口簿"))
        kept = Decision(
            city=run.city, county=row.county, pair=row.pair, judged=judged, reason=reason.strip(), by=actor.name,
            by_login=actor.login,
        )  # fmt: skip
        kept.save(force_insert=True)
        note.detail = {"代码": row.pair, "认定": "同一人" if judged == Judged.SAME else "不是同一人"}
    return kept
