"""The arithmetic of a judgement in one Chinese sentence, so that it can be done again by hand."""

from datetime import date
from fractions import Fraction

from luoshi.spine import Kind
from luoshi.tracking import showing
from luoshi.tracking.choosing import Choice
from luoshi.tracking.holding import Held, decimal
from luoshi.tracking.matter import Matter
from luoshi.tracking.pausing import Pause
from luoshi.tracking.seasons import Season


def arithmetic(held: Held, choice: Choice) -> str:
    """2.14 % ≤ 3 %，余量 0.86 个百分点；口径：…；时点 2020-12-31."""
    figure = held.figure
    sign = ("≤" if held.met else "＞") if held.upper else ("≥" if held.met else "＜")
    value, bound = decimal(held.value), decimal(held.bound)
    places = showing.apart(value, bound)
    about = "约 " if figure.about else ""
    counts = ""
    if figure.numerator is not None and figure.denominator:
        counts = f"（{showing.number(figure.numerator)} ÷ {showing.number(figure.denominator)}）"
    shown = showing.value_with_unit(value, held.unit, places)
    said = f"{about}{shown}{counts} {sign} {showing.value_with_unit(bound, held.unit, places)}"
    return f"{said}{_gap(held)}；口径：{figure.definition}；时点 {figure.on}{_others(choice)}"


def _gap(held: Held) -> str:
    if held.value == held.bound:
        return ""
    gap = decimal(abs(held.value - held.bound))
    unit = "个百分点" if held.unit == "%" else held.unit
    return f"，{'余量' if held.met else '相差'} {showing.value_with_unit(gap, unit, showing.apart(gap, 0))}"


def _others(choice: Choice) -> str:
    """What else is known and does not judge."""
    beside = [f"{showing.figure(one)}（口径：{one.definition}）" for one in choice.beside]
    said = f"；同日另有{'、'.join(beside)}，作参考" if beside else ""
    if choice.later:
        said += f"；时限所在年度以后另有{showing.figure(choice.later)}（时点 {choice.later.on}），不作本项依据"
    return said


def way(held: Held, share: Fraction, gone: Fraction, path: str = "") -> str:
    """完成 54 %（基期 0 所），序时应达 55.5 %."""
    base = "" if not held.base else f"（基期 {showing.value_with_unit(decimal(held.base), held.unit)}）"
    back = "，比基期还差" if share < 0 else ""
    return f"完成 {_percent(max(share, Fraction(0)))}{base}{back}，序时应达 {_percent(gone)}{path}"


def seasonal(season: Season, straight: Fraction) -> str:
    """（学年数在9月1日变动；按天数为 64.8 %）."""
    return f"（{season.label}；按天数为 {_percent(straight)}）"


def _percent(share: Fraction) -> str:
    """One place, more where 99.97 % would read as 100 %."""
    percent = decimal(share * 100)
    return f"{showing.number(percent, max(1, showing.apart(percent, 100, 1)))} %"


def softly(matter: Matter) -> str:
    """Why nothing bad is said."""
    if matter.coordination:
        return f"已定为协调事项（{matter.coordination}），本局不作欠进度"
    if matter.kind is Kind.RECOGNITION:
        return "结果由其他单位评定，本局为协调事项"
    return "原文为预期性用语，正在推进，由人核定"


def reopened(held: Held) -> str:
    """What would undo a state that is reached."""
    limit = showing.value_with_unit(decimal(held.bound), held.unit)
    return f"如回升到{limit}以上，将重新打开" if held.upper else f"如回落到{limit}以下，将重新打开"


def reached_at(held: Held, share: Fraction) -> str:
    """The value at which so much of the way is gone."""
    base = held.base if held.base is not None else held.bound
    needed = base + (held.bound - base) * max(share, Fraction(0))
    return f"{'降到' if held.upper else '达到'} {showing.value_with_unit(decimal(needed), held.unit)}"


def paused(pause: Pause) -> str:
    """经批准暂缓（2021-02-01至2021-05-31，甲副局长批准）：疫情防控，工地停工."""
    until = f"至{pause.until}" if pause.until else "起，恢复日待定"
    approved = f"，{pause.approved}" if pause.approved else ""
    reason = f"：{pause.reason}" if pause.reason else ""
    return f"经批准暂缓（{pause.begun}{until}{approved}）{reason}"


def stopped(matter: Matter, on: date) -> str:
    """How many days were taken out, and where the due day moved to; empty when the clock never stood."""
    stood = matter.stood_days(on)
    said = f"（已扣除暂缓 {stood} 天）" if stood else ""
    return said + (f"，时限经批准顺延至{matter.due}" if matter.due != matter.target.due else "")
