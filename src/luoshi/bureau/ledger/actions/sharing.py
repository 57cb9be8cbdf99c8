"""县区分解: one target of an item divided among divisions, held against the target, and divided anew."""

from collections.abc import Sequence

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.carried import carry_agreed
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.ledger.models import Share as Row
from luoshi.bureau.ledger.queries import as_target
from luoshi.tracking import Share, weigh
from luoshi.tracking.shares import adds_up
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_FEWEST = 2
_LONGEST = 300
_PLACES = 6


def share(actor: Actor, target_id: int, version: int, portions: Sequence[Share], why: str = "") -> list[Row]:
    """Divide a target among divisions; what stood before is voided and stays on record.

    Args:
        actor: who divides.
        target_id: a target of an item.
        version: of the item as it was shown.
        portions: one a division, in the order they are listed.
        why: the reason where the shares do not add up to the target.

    Raises:
        RefusedError: no right, a division that is none of the city's or stands twice, a value or day that cannot be, a sum
            that differs without a reason, or changed meanwhile.
    """
    found = Target.objects.filter(pk=target_id).first()
    with act(actor, "ledger.share", "commitment", found.commitment_id if found else 0) as note:
        if found is None:
            raise RefusedError(Finding("县区分解", "没有这个目标值", "只能分解台账里的目标值", "请刷新页面"))
        row = held(actor, "share", found.commitment_id, version, note)
        _refuse_impossible(row, found, portions)
        _refuse_difference(row, found, portions, why)
        Row.objects.filter(target=found, void=False).update(void=True)
        kept = Row.objects.bulk_create(
            Row(
                target=found,
                division=one.division,
                value=one.value,
                due=one.due,
                words=one.words.strip(),
                why=why.strip(),
                place=place,
                by=actor.name,
            )
            for place, one in enumerate(portions)
        )
        carry_agreed(actor, row)
        note.reason = why.strip()
        note.detail = {"目标": found.subject, "分解": {one.division: one.value for one in portions}}
    return kept


def _refuse_impossible(row: Commitment, target: Target, portions: Sequence[Share]) -> None:
    """Every portion that cannot be, at once."""
    known = set(row.edition.city.divisions.exclude(kind="city").values_list("code", flat=True))
    known &= set(row.divisions) or known
    findings = []
    if len(portions) < _FEWEST:
        findings.append(_refusal(row, f"只有 {len(portions)} 个单位", "分解须有两个以上单位", "请补足单位"))
    codes = [one.division for one in portions]
    for code in dict.fromkeys(codes):
        if code not in known:
            findings.append(
                _refusal(row, f"“{code[:20]}”不在这一项的责任单位之列", "只分解到责任单位", "请先更正责任单位")
            )
        if codes.count(code) > 1:
            findings.append(_refusal(row, f"“{code[:20]}”出现 {codes.count(code)} 次", "一个单位一份", "请删去重复的"))
    number = target.value is not None
    for one in portions:
        findings += _of_portion(row, target, one, number=number)
    if findings:
        raise RefusedError(*findings)


def _of_portion(row: Commitment, target: Target, one: Share, *, number: bool) -> list[Finding]:
    where, found = one.division, []
    if number and one.value is None:
        found.append(_refusal(row, f"{where} 没有写分解数", "每个单位须有分解数，没有任务的写 0", "请填写"))
    if one.value is not None and (not one.value.is_finite() or one.value < 0 or one.value != round(one.value, _PLACES)):
        found.append(_refusal(row, f"{where} 的分解数 {one.value} 不合理", "不小于零，至多 6 位小数", "请改正"))
    if one.due and target.due and one.due > target.due:
        what = f"{where} 的时限 {one.due} 晚于总时限 {target.due}"
        found.append(_refusal(row, what, "各单位的时限不晚于总时限", "请改时限"))
    if len(one.words) > _LONGEST:
        found.append(_refusal(row, f"{where} 的责任有 {len(one.words)} 个字", f"至多 {_LONGEST} 个字", "请写短些"))
    return found


def _refuse_difference(row: Commitment, target: Target, portions: Sequence[Share], why: str) -> None:
    told = as_target(target)
    if not adds_up(told) or why.strip():
        return
    finding = weigh(told, {one.division: one.value for one in portions}, f"{row.number} 县区分解")
    if finding:
        raise RefusedError(finding)


def _refusal(row: Commitment, what: str, rule: str, remedy: str) -> Finding:
    return Finding(f"{row.number} 县区分解", what, rule, remedy)
