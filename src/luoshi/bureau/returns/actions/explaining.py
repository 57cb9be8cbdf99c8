"""填写说明: written where a should does not hold, judged by each level on its way up."""

from collections.abc import Mapping
from datetime import UTC, datetime

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.returns.actions.holding import refuse_others, refuse_shut, said, units_of, window_of
from luoshi.bureau.returns.models import Breach, Explanation, Opinion, Unit
from luoshi.bureau.returns.queries import standing
from luoshi.bureau.returns.seeing import require
from luoshi.reading.documents import refuse_marked
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

_LEVELS = {Unit.State.HANDED.value: Opinion.Level.COUNTY, Unit.State.COUNTY.value: Opinion.Level.CITY}


def explain(actor: Actor, window_id: int, code: str, version: int, words: Mapping[str, str]) -> list[Explanation]:
    """Write why rows that break a should are right all the same.

    Args:
        actor: whoever brings the return.
        window_id: the window.
        code: of the unit.
        version: as the page showed it.
        words: by mark of the finding; what is empty is left alone.

    Raises:
        RefusedError: no right, handed in already, nothing written, or no such finding.
    """
    with act(actor, "returns.explain", "return_unit", f"{window_id}/{code}") as note:
        window = window_of(actor, window_id, note)
        (unit,) = units_of(actor, window, {code: version})
        note.title = f"{window.title} {unit.label}"
        require(actor, "return_explain", window, [unit])
        states = (Unit.State.IMPORTED, Unit.State.RETURNED, Unit.State.REOPENED)
        refuse_others(actor, [unit], states, "报出前写填写说明；已报出的先退回")
        refuse_shut(actor, window, [unit])
        asked = _asked(unit)
        given = {mark: told.strip() for mark, told in words.items() if told.strip()}
        unknown = given.keys() - asked.keys()
        if not given or unknown:
            what = "没有写填写说明" if not given else "有的说明对不上现在的核对结果"
            raise RefusedError(Finding(unit.label, what, "每条说明针对一行的一条经验校验", "请在报表页上逐条填写"))
        refuse_marked(given.values())
        now = datetime.now(UTC)
        made = [
            Explanation(
                unit=unit,
                of=asked[mark][0],
                rule=asked[mark][1],
                key=asked[mark][2],
                mark=mark,
                words=said(actor, unit.label, told, "填写说明"),
                by=actor.name,
                by_login=actor.login,
                at=now,
            )
            for mark, told in given.items()
        ]
        Explanation.objects.bulk_create(made)
        recount(actor, unit)
        note.detail = {f"{one.of}.{one.rule} {'、'.join(one.key)}": one.words for one in made}
    return made


def _asked(unit: Unit) -> dict[str, tuple[str, str, list[str]]]:
    """Return, rule and key of each finding of the newest try that asks, by mark."""
    rows = Breach.objects.filter(filing=unit.filing_id, severity=Severity.ASKS.value, gone=None)
    return {told["mark"]: (row.of, row.rule, told["key"]) for row in rows for told in row.told}


def recount(actor: Actor, unit: Unit) -> None:  # noqa: ARG001
    """How many findings still want an explanation."""
    filing = unit.filing
    if filing is None:
        return
    explained = standing([unit.pk]).get(unit.pk, set())
    filing.unexplained = sum(mark not in explained for mark in _asked(unit))
    filing.save(update_fields=["unexplained"])
    unit.version += 1
    unit.save(update_fields=["version"])


def judge(
    actor: Actor, window_id: int, code: str, version: int, explanation: int, outcome: str, reason: str
) -> Opinion:
    """认可 or 不认可: the county while it has the return, then the city. One that is not accepted has to be written anew.

    Raises:
        RefusedError: no right, not at this level now, no reason against it.
    """
    with act(actor, "returns.judge", "return_unit", f"{window_id}/{code}") as note:
        window = window_of(actor, window_id, note)
        (unit,) = units_of(actor, window, {code: version})
        note.title = f"{window.title} {unit.label}"
        refuse_others(actor, [unit], _LEVELS, "说明在县级审核、市级核定时审")
        level = _LEVELS[unit.state]
        require(actor, "return_county" if level is Opinion.Level.COUNTY else "return_accept", window, [unit])
        found = Explanation.objects.filter(pk=explanation, unit=unit).first()
        if found is None or outcome not in Opinion.Outcome.values:
            raise RefusedError(Finding(unit.label, "没有这条说明或这种意见", "认可或不认可", "请从页面上办理"))
        note.reason = (
            said(actor, unit.label, reason, "不认可的理由") if outcome == Opinion.Outcome.RETURNED else reason.strip()
        )
        note.detail = {"说明": found.words, "意见": Opinion.Outcome(outcome).label, "级": level.label}
        made = Opinion.objects.create(
            explanation=found,
            level=level,
            outcome=outcome,
            reason=note.reason[:500],
            by=actor.name,
            at=datetime.now(UTC),
        )
        recount(actor, unit)
    return made
