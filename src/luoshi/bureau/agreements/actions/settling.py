"""核定 with a reason, 发布, 修订: a verified figure enters the house, a published one stays, a later change is in the open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.agreements.actions.holding import held_line, held_round, refuse_stage, stepped
from luoshi.bureau.agreements.actions.opening import measurement
from luoshi.bureau.agreements.figures import typed
from luoshi.bureau.agreements.models import Line, Revision, Round
from luoshi.bureau.agreements.queries import HEARD, label, lacking, rated, units_of
from luoshi.bureau.indicators.actions import keep_figures
from luoshi.bureau.journal.actions import Actor, act
from luoshi.spine import Standing
from luoshi.tracking.agreeing import Amount, together
from luoshi.tracking.showing import value_with_unit
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STATE = Line.State
_LAST = 9999
"""Place of the city's own line: behind all units."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A figure that is verified, as it was typed, and why."""

    value: str
    numerator: str = ""
    denominator: str = ""
    reason: str = ""
    known: Amount | None = None
    """A figure the house holds, which nobody types again; what was typed is then not looked at."""

    def amount(self, line: Line, where: str) -> Amount | None:
        """What is meant; None when nothing was typed."""
        words, of_rate = (self.value, self.numerator, self.denominator), rated(line.indicator, line.unit)
        return self.known or typed(words, line.unit, where, rated=of_rate)


def verify(actor: Actor, line_id: int, version: int, ruling: Ruling, on: date) -> Line:
    """核定数 of one line, once; then it enters the house, and the city's total when every unit is there.

    Raises:
        RefusedError: no right, not closed, verified already, no figure, or no reason where one is needed: the unit disputed
            it, was not heard, or the figure is not the reported one.
    """
    with act(actor, "agreements.verify", "line", line_id) as note:
        line = held_line(actor, "agree_verify", line_id, version, note)
        refuse_stage(actor, line.round, Round.Stage.CLOSED, "核定")
        _refuse_total(line)
        if line.verified_value is not None:
            what = f"{line.verified_by}已于 {line.verified_on} 核定"
            raise RefusedError(Finding(note.title, what, "核定只办一次", "要改请登记修订，写明理由"))
        amount = ruling.amount(line, note.title)
        if amount is None:
            raise RefusedError(Finding(note.title, "没有填核定数", "核定须有数", "请填核定数"))
        amount = _with_counts(line, amount)
        _refuse_silent_ruling(line, amount, ruling.reason, note.title)
        _verified(actor, line, amount, ruling.reason.strip(), on)
        _total(actor, line.round, [line.number], on)
        note.reason = ruling.reason.strip()
        note.detail = {"核定数": amount.value, "分子": amount.numerator, "分母": amount.denominator}
    return line


def _refuse_total(line: Line) -> None:
    if not line.division:
        what = "这是全市汇总数"
        raise RefusedError(Finding(label(line.indicator), what, "全市数由各单位的分子、分母相加", "请改相应单位的数"))


def _with_counts(line: Line, amount: Amount) -> Amount:
    """The counts that belong to a typed value where it is just the reported or the unit's own figure."""
    if amount.numerator is not None:
        return amount
    last = line.answers.order_by("-id").first()
    for known in (line.amount("reported"), last.own() if last else None):
        if known is not None and known.value == amount.value:
            return known
    return amount


def _refuse_silent_ruling(line: Line, amount: Amount, reason: str, where: str) -> None:
    reported = line.amount("reported")
    why = ""
    if reported is None or amount.exact(line.unit) != reported.exact(line.unit):
        why = "核定数与上报数不同"
    elif line.state == _STATE.DISPUTED:
        why = "单位有异议"
    elif line.state not in HEARD:
        why = "单位未反馈，通知没有写明视为无异议"
    if why and not reason.strip():
        rule = "与上报数不同、有异议或未反馈的，核定须写理由"
        raise RefusedError(Finding(where, f"{why}，没有写理由", rule, "请写明依据哪份材料、为何这样核定"))


def _verified(actor: Actor, line: Line, amount: Amount, reason: str, on: date) -> None:
    """The line's verified figure, now in the house too; which change it is stands in the source, so that A, B, A are three."""
    times = line.revisions.count() if line.pk and line.verified_value is not None else None
    line.verified_value, line.verified_numerator, line.verified_denominator = (
        amount.value,
        amount.numerator,
        amount.denominator,
    )
    line.reason, line.verified_by, line.verified_on = reason, actor.name, on
    stepped(actor, line)
    source = f"对数：{line.round.title}" + ("" if times is None else f"（第{times + 1}次修订）")
    _into_house(actor, line.round, [(line, amount)], Standing.VERIFIED, source, on)


def _into_house(
    actor: Actor, of: Round, told: Sequence[tuple[Line, Amount]], standing: Standing, source: str, on: date
) -> None:
    measured = [measurement(actor, line, amount, standing, source, on) for line, amount in told]
    keep_figures(actor, of.edition.city, measured)


def verify_agreed(actor: Actor, round_id: int, version: int, on: date) -> int:
    """Every figure nobody disagrees with is verified as it was reported; how many. A section verifies what it leads."""
    with act(actor, "agreements.verify", "round", round_id) as note:
        of = held_round(actor, "agree_verify", round_id, version, note)
        refuse_stage(actor, of, Round.Stage.CLOSED, "核定")
        found = of.lines.select_for_update().filter(state__in=HEARD, verified_value__isnull=True)
        lines = [one for one in found if actor.role != "section" or one.lead == actor.office]
        if not lines:
            raise RefusedError(
                Finding(of.title, "没有可照上报数核定的", "只有无异议的数可以一并核定", "有异议和未反馈的请逐个核定")
            )
        for one in lines:
            one.round = of
            amount = one.amount("reported")
            if amount is not None:
                _verified(actor, one, amount, "", on)
        _total(actor, of, sorted({one.number for one in lines}), on)
        stepped(actor, of)
        note.detail = {"照上报数核定": [f"{one.division} {label(one.indicator)} {one.verified_value}" for one in lines]}
    return len(lines)


def _total(actor: Actor, of: Round, numbers: Sequence[int], on: date) -> None:
    """The city's own line of these indicators: made when every unit is verified, revised when one of them is."""
    listed, units = list(of.lines.all()), units_of(of.edition.city)
    for number in numbers:
        if lacking(units, listed, number):
            continue
        mine = [one for one in listed if one.number == number and one.division]
        parts = [amount for one in mine if (amount := one.amount("verified"))]
        first = mine[0]
        amount = together(parts, first.unit, rated=rated(first.indicator, first.unit))
        if amount is None:
            continue
        total = next((one for one in listed if one.number == number and not one.division), None)
        if total is None:
            total = Line(
                round=of,
                number=number,
                place=_LAST,
                indicator=first.indicator,
                lead=first.lead,
                unit=first.unit,
                definition=first.definition,
                on=first.on,
                reported_by="各单位核定数相加",
                state=_STATE.TOTAL,
                version=0,
            )
        total.round = of
        before = total.amount("verified")
        if before == amount:
            continue
        _verified(actor, total, amount, "各单位分子、分母分别相加" if amount.numerator else "各单位相加", on)
        if before is not None:
            _revised(actor, total, before, amount, "随单位数修订重新汇总", on)


def _revised(actor: Actor, line: Line, was: Amount, becomes: Amount, reason: str, on: date) -> Revision:
    return Revision.objects.create(
        line=line,
        was_value=was.value,
        was_numerator=was.numerator,
        was_denominator=was.denominator,
        becomes_value=becomes.value,
        becomes_numerator=becomes.numerator,
        becomes_denominator=becomes.denominator,
        reason=reason,
        by=actor.name,
        on=on,
    )


def publish(actor: Actor, round_id: int, version: int, published_in: str, on: date) -> int:
    """The verified figures stand in this bulletin now: 发布数 is kept as it is printed. How many were new.

    Raises:
        RefusedError: no right, not closed, no bulletin named, or nothing verified that is not published yet.
    """
    with act(actor, "agreements.publish", "round", round_id) as note:
        of = held_round(actor, "agree_publish", round_id, version, note)
        refuse_stage(actor, of, Round.Stage.CLOSED, "登记发布")
        where = published_in.strip()
        if not where:
            what = "没有写载于哪一期通报"
            raise RefusedError(Finding(of.title, what, "发布数须注明出处", "请写通报的期号或文号"))
        found = of.lines.select_for_update().filter(verified_value__isnull=False, published_value__isnull=True)
        told: list[tuple[Line, Amount]] = []
        for line in found:
            amount = line.amount("verified")
            if amount is not None:
                line.published_value, line.published_numerator = amount.value, amount.numerator
                line.published_denominator = amount.denominator
                line.published_in, line.published_on = where[:200], on
                stepped(actor, line)
                told.append((line, amount))
        if not told:
            raise RefusedError(Finding(of.title, "没有待发布的核定数", "先核定，后发布", "请先核定"))
        _into_house(actor, of, told, Standing.PUBLISHED, where, on)
        stepped(actor, of)
        note.detail = {"载于": where, "发布数": len(told), "未核定未发布": of.lines.filter(verified_value=None).count()}
    return len(told)


def revise(actor: Actor, line_id: int, version: int, ruling: Ruling, on: date) -> Revision:
    """修订: a verified figure is to read otherwise. What was published stays; the change is listed beside it.

    Raises:
        RefusedError: no right, not verified yet, no reason, or nothing changed.
    """
    with act(actor, "agreements.revise", "line", line_id) as note:
        line = held_line(actor, "agree_verify", line_id, version, note)
        _refuse_total(line)
        was = line.amount("verified")
        if was is None:
            raise RefusedError(Finding(note.title, "还没有核定", "核定以后才有修订", "请先核定"))
        becomes = ruling.amount(line, note.title)
        if becomes is None or becomes == was:
            raise RefusedError(Finding(note.title, "数没有变", "修订须改成另一个数", "请填修订后的数"))
        if was.numerator is not None and becomes.numerator is None:
            what = "修订只填了率，没有分子、分母"
            raise RefusedError(Finding(note.title, what, "原有分子、分母的，修订也要填", "请补分子、分母"))
        if not ruling.reason.strip():
            raise RefusedError(Finding(note.title, "没有写理由", "修订须写理由", "请写明为何修订、依据什么"))
        _verified(actor, line, becomes, line.reason, on)
        made = _revised(actor, line, was, becomes, ruling.reason.strip(), on)
        _total(actor, line.round, [line.number], on)
        note.reason = ruling.reason.strip()
        said = [value_with_unit(one.value, line.unit) for one in (was, becomes)]
        note.detail = {"发布数": line.published_value}
        note.changed("核定数", *said)
    return made
