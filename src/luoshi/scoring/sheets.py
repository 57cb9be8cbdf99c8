"""A sheet as it is filled in and kept: text in, marks out, and everything that is missing or wrong at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from luoshi.scoring.nouns import TYPED, Item, Mark, Marking, Scheme, Sheet
from luoshi.scoring.scores import scored, shown
from luoshi.words.findings import Finding

_WHY, _DIGITS, _LONG = 500, 12, 30


def written(sheet: Sheet) -> str:
    """A sheet as text: the same text for the same marks, in whatever order they came."""
    told = {key: _kept(mark) for key, mark in sorted(sheet.items())}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _kept(mark: Mark) -> dict[str, object]:
    told: dict[str, object] = {
        "v": mark.value, "na": mark.absent, "why": mark.why, "proof": list(mark.proof), "held": mark.held
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


def marks(text: str) -> dict[str, Mark]:
    """The marks of a text, as they stand.

    Raises:
        ValueError: it is no sheet.
    """
    told = json.loads(text) if text.strip() else {}
    if not isinstance(told, dict) or not all(isinstance(one, dict) for one in told.values()):
        message = "a sheet tells of each criterion by its key"
        raise ValueError(message)
    return {str(key): _mark(one) for key, one in told.items()}


def _mark(told: Mapping[str, Any]) -> Mark:
    proof = told.get("proof", [])
    if not isinstance(proof, list) or not all(isinstance(one, int) for one in proof):
        message = "proof is told by numbers of files"
        raise ValueError(message)
    said = {key: str(told.get(key, "")).replace("\0", "").strip() for key in ("v", "why", "held")}
    return Mark(said["v"], bool(told.get("na")), said["why"][:_WHY], tuple(proof), said["held"])


def wrongs(scheme: Scheme, sheet: Sheet) -> Iterator[Finding]:
    """All that is missing or wrong on a sheet."""
    for key in sheet:
        if key not in scheme.items:
            yield Finding(scheme.label, f"没有“{key[:40]}”这一项", "指标按本评价表这一版", "请打开最新的评价表填写")
    for one in scheme.items.values():
        yield from _of_one(one, sheet.get(one.key, Mark()))
    if not _applies(scheme, sheet):
        yield Finding(
            scheme.label, "全部指标都不适用", "至少一项适用", "请填写适用的指标；本表不适用于本单位的，请撤回申报"
        )


def _applies(scheme: Scheme, sheet: Sheet) -> bool:
    counted = [one for one in scheme.items.values() if one.counted and one.points]
    return not counted or any(not sheet.get(one.key, Mark()).absent for one in counted)


def _of_one(one: Item, mark: Mark) -> Iterator[Finding]:
    if mark.absent:
        if not one.absent:
            yield _no(one, "标为不适用", "这一项每个单位都适用", "请如实填写，没有做到的填0或选最低一级")
        elif not mark.why:
            yield _no(one, "标为不适用，没有写理由", "不适用须写理由，分值分给同组其他指标", "请写明为什么不适用")
        return
    if not mark.value:
        if one.counted and one.marking is not Marking.YES:
            yield _no(
                one,
                "没有填",
                "每项指标都要填",
                "请填写这一项；不适用的请标明并写理由" if one.absent else "请填写这一项",
            )
        return
    if one.marking in TYPED:
        yield from _of_number(one, mark.value)
    elif one.marking is Marking.LEVELS and mark.value not in one.levels:
        said = "、".join(each.label for each in one.levels.values())
        yield _no(one, f"填的是“{mark.value[:40]}”", f"可选{said}", "请从所列的等级中选")
    if not one.counted and not mark.why and not mark.held:
        yield _no(one, "没有写理由", "扣分、加分和限档、否决都要写明事由", "请写明时间、事由和依据")


def _of_number(one: Item, value: str) -> Iterator[Finding]:
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield _no(one, f"填的是“{value[:40]}”", "须为数字", "请改正这一项")
        return
    if not number.is_finite() or len(value) > _LONG or abs(number.adjusted()) > _DIGITS:
        yield _no(one, f"填的是“{value[:40]}”", "须为数字", "请改正这一项")
    elif one.marking is Marking.JUDGED and not 0 <= number <= one.points:
        yield _no(one, f"填的是“{value}”", f"评分在0到{one.points}之间", "请改正这一项")
    elif not one.counted and (number < 0 or number != number.to_integral_value()):
        yield _no(one, f"填的是“{value}”", "次数为不小于0的整数", "请改正这一项")


def _no(one: Item, what: str, rule: str, fix: str) -> Finding:
    return Finding(one.label, what, rule, fix)


def unexplained(scheme: Scheme, before: Sheet, after: Sheet) -> Iterator[Finding]:
    """Criteria that come to something else than before, and nobody said why; a figure that the house holds by now speaks for itself."""
    was, is_ = _points(scheme, before), _points(scheme, after)
    for one in scheme.items.values():
        now = after.get(one.key, Mark())
        if was[one.key] != is_[one.key] and not (now.why or now.held):
            told = f"前一次{_said(was[one.key])}，这一次{_said(is_[one.key])}"
            yield _no(one, told, "与前一次不同的，逐项写明理由", "请写明核查到的情况和依据")


def _points(scheme: Scheme, sheet: Sheet) -> dict[str, Fraction | str]:
    """Of each criterion what its mark is worth as declared, so that what others do not apply does not look like a change."""
    whole = {key: replace(mark, absent=False) for key, mark in sheet.items()}
    parts = scored(scheme, whole).parts
    found = dict[str, Fraction | str]()
    for key, one in scheme.items.items():
        mark = sheet.get(key, Mark())
        found[key] = "不适用" if mark.absent else parts[key].points if key in parts else _raised(one, mark)
    return found


def _raised(one: Item, mark: Mark) -> str:
    return ("有" if mark.value else "无") if one.marking is Marking.FLAG else mark.value


def _said(points: Fraction | str) -> str:
    return points if isinstance(points, str) else f"{shown(points)}分"
