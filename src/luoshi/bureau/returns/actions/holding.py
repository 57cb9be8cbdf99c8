"""What every act on units does first: find and hold them, see that nobody was quicker, and leave a step behind."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime

from django.conf import settings

from luoshi.bureau.journal.actions import Actor, Note
from luoshi.bureau.people.signing import refuse_twice, same_person
from luoshi.bureau.returns.models import Step, Unit, Window
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST_SAID = 20
"""Findings of units that are said at once."""
LONGEST = 500


def window_of(actor: Actor, window_id: int, note: Note, version: int | None = None) -> Window:  # noqa: ARG001
    """A window; held, and refused when it changed since, where the page's version is given."""
    rows = Window.objects.select_related("city")
    found = (rows.select_for_update(of=("self",)) if version is not None else rows).filter(pk=window_id).first()
    if found is None:
        raise RefusedError(Finding("报表期次", "没有这个期次", "须从期次列表里选", "请刷新页面"))
    note.title = found.title
    if version is not None and found.version != version:
        raise RefusedError(Finding(found.title, "别人刚刚改过这个期次", "以先办的为准", "请刷新页面，看过后再办"))
    return found


def units_of(actor: Actor, window: Window, seen: Mapping[str, int]) -> list[Unit]:  # noqa: ARG001
    """These units, held in one order, each as the page showed it.

    Raises:
        RefusedError: none was chosen, one is not there, or somebody was quicker.
    """
    if not seen:
        raise RefusedError(Finding(window.title, "没有选单位", "至少选一个单位", "请勾选要办的单位"))
    held = Unit.objects.select_for_update(of=("self",)).select_related("filing").order_by("pk")
    found = list(held.filter(window=window, code__in=list(seen)))
    lacking = sorted(set(seen) - {one.code for one in found})
    if lacking:
        raise RefusedError(
            Finding(window.title, f"没有单位 {'、'.join(lacking[:5])}", "只办本期次的应报单位", "请刷新页面")
        )
    stale = [one for one in found if seen[one.code] != one.version]
    if stale:
        names = "、".join(one.label for one in stale[:5])
        raise RefusedError(Finding(names, "别人刚刚办过", "以先办的为准", "请刷新页面，看过现在的情况后再办"))
    return found


def refuse_others(actor: Actor, units: Iterable[Unit], states: Collection[str], rule: str) -> None:  # noqa: ARG001
    """Refuse unless each stands in one of these states; all that do not are named."""
    astray = [one for one in units if one.state not in states]
    if astray:
        raise RefusedError(
            *(
                Finding(one.label, f"现在是“{one.get_state_display()}”", rule, "请刷新页面，看过现在的情况后再办")
                for one in astray[:MOST_SAID]
            )
        )


def refuse_same_hand(actor: Actor, units: Collection[Unit], steps: Collection[str], level: str) -> None:
    """Refuse to judge what one brought or handed in oneself: through a stand-in never, else where the bureau wants two people.

    Args:
        actor: who is to judge now.
        units: those whose newest tries he judges.
        steps: which earlier steps of these tries count beside the bringing, by their keys.
        level: county or city; `LUOSHI_RETURN_SECOND_HAND` says at which of the two a second person is wanted.

    Raises:
        RefusedError: an earlier hand was the same person's.
    """
    hands = {(one.filing.by_login, one.filing.by): one.label for one in units if one.filing}
    done = Step.objects.filter(filing__in=[one.filing_id for one in units], act__in=steps).order_by("pk")
    for name, label in done.values_list("by", "unit__label"):
        hands.setdefault(("", name), label)
    two = settings.RETURN_SECOND_HAND in {"all", level}
    for (login, name), label in hands.items():
        if name == actor.name and login in {"", actor.login} and not two:
            continue  # one hand in one post all the way, as the bureau lets it be
        refuse_twice(actor, label, [(login, name)])
        if two and (same_person(actor, login, name) or name == actor.name):  # a step keeps the name alone
            rule = "本局规定报送和审核、核定由两个人办理"
            raise RefusedError(Finding(label, f"前面的导入、报出或审核由{name}办理", rule, "请另一位同志办理"))


def still_open(actor: Actor, window: Window, unit: Unit) -> Finding | None:  # noqa: ARG001
    """Why the window no longer takes anything of this unit; None when it does.

    After the closing day what was handed in before goes on; once locked only what was opened again.
    """
    if window.stage == Window.Stage.OPEN or unit.accepted_id:
        return None
    if window.stage == Window.Stage.CLOSED and unit.handed_on is not None:
        return None
    stage = window.get_stage_display()
    return Finding(
        unit.label,
        f"期次“{window.title}”{stage}",
        "截止后只办已报过的，锁定后只办批准重新打开的",
        "请市教育局延期，或申请重新打开",
    )


def refuse_shut(actor: Actor, window: Window, units: Iterable[Unit]) -> None:
    """Refuse what the window no longer takes."""
    shut = [finding for one in units if (finding := still_open(actor, window, one))]
    if shut:
        raise RefusedError(*shut[:MOST_SAID])


def said(actor: Actor, where: str, words: str, what: str) -> str:  # noqa: ARG001
    """What a person wrote, trimmed; refused when empty or too long."""
    told = words.replace("\0", "").strip()
    if not told:
        raise RefusedError(Finding(where, f"没有写{what}", f"须写明{what}", f"请写明{what}"))
    if len(told) > LONGEST:
        raise RefusedError(Finding(where, f"{what}有 {len(told)} 个字", f"不超过 {LONGEST} 个字", "请写得短些"))
    return told


def moved(actor: Actor, units: Collection[Unit], act: str, on: date, reason: str = "") -> None:
    """Keep where the units stand now, and leave a step at each."""
    for one in units:
        one.version += 1
    fields = ["state", "filing", "accepted", "handed_on", "late", "sent_back", "merged_into", "version"]
    Unit.objects.bulk_update(units, fields, batch_size=400)
    at = datetime.now(UTC)
    steps = [
        Step(unit=one, filing_id=one.filing_id, act=act, on=on, by=actor.name, reason=reason, at=at) for one in units
    ]
    Step.objects.bulk_create(steps, batch_size=400)
