"""Who may do what next, and why not: the same sentence on a disabled button and in a refusal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.handling.bounds import breached
from luoshi.handling.cases import Case, Did, Happening, due
from luoshi.handling.courses import INTO, REASON, Asked, Course, Timer, Way, misses
from luoshi.handling.parts import CLOCK, LABELS, Hand
from luoshi.handling.reckoning import reckon
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

EXTEND, PAUSE, RESUME, SIGN, DECLINE = "延期", "暂停计时", "恢复计时", "签字", "退回"
"""Acts that every procedure has by its clocks and signatures; keys of steps are never Chinese."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Something that can be done to a case in its state, or not, and then why."""

    act: str
    """Key of a step, or one of the acts above."""
    label: str
    asks: tuple[Asked, ...]
    why: Finding | None
    """Why this hand may not do it now; None when it may."""


def opening(course: Course, hand: Hand) -> Finding | None:
    """Why somebody may not open a case; None when they may."""
    if hand.accused:
        return _hidden(course)
    return _not_theirs(course.label, course.opens, course.openers, hand)


def permits(course: Course, case: Case, hand: Hand, on: date, calendar: Calendar) -> list[Permit]:
    """All that can be done to a case as it stands, each with why this hand may not.

    Args:
        course: what the case runs by.
        case: how it stands.
        hand: who asks.
        on: today.
        calendar: which days offices work.
    """
    return [Permit(*told, _why(course, case, told[0], hand, on, calendar)) for told in _acts(course, case)]


def opened(
    course: Course,
    hand: Hand,
    answers: Mapping[str, str],
    on: date,
    entry: Mapping[str, str] | None = None,
) -> Happening:
    """A case that is opened.

    Args:
        course: what it will run by.
        hand: who opens it.
        answers: what they answered.
        on: today.
        entry: what the entry says that it is about, where it is about one.

    Raises:
        RefusedError: who may not, and everything missing or wrong in the answers.
    """
    why = opening(course, hand)
    if why:
        raise RefusedError(why)
    given = _given(course, entry)
    kept = {**given, **_read(course, course.asks, answers, given, on)}
    return Happening(Did.OPENED, "", on, hand.login, hand.name, _part(hand, course.openers), kept)


def begun(course: Course, on: date, entry: Mapping[str, str] | None = None) -> Happening:
    """A case that the clock opens, its period having come; of one that is about an entry, with what that says."""
    given = _given(course, entry)
    return Happening(Did.OPENED, "", on, CLOCK.login, CLOCK.name, "", {**given, **_reckoned(course, given, {})})


def taken(
    course: Course,
    case: Case,
    act: str,
    hand: Hand,
    answers: Mapping[str, str],
    on: date,
    calendar: Calendar,
) -> Happening:
    """What happens when somebody does something.

    Raises:
        RefusedError: why not; everything missing or wrong in the answers at once.
    """
    asked = {told[0]: told for told in _acts(course, case)}
    if act not in asked:
        raise RefusedError(_out_of_place(course, case, act))
    why = _why(course, case, act, hand, on, calendar)
    if why:
        raise RefusedError(why)
    asks = asked[act][2]
    way = course.ways.get(act)
    kept = _read(course, asks, answers, case.held, on, dict(way.sets) if way else {})
    if way and way.when and not way.when.holds({**case.held, **kept}):
        raise RefusedError(_unfit(course, way))
    did, step, wanted = _doing(course, case, act)
    return Happening(did, step, on, hand.login, hand.name, _part(hand, wanted), kept)


def lapsing(course: Course, case: Case, on: date, calendar: Calendar) -> Happening | None:
    """What happens by itself by a day because the clock ran out; None when nothing does."""
    way = next((one for one in course.out_of(case.state) if one.lapses), None)
    until = due(course, case, calendar)
    if way is None or until is None or on <= until.last or case.pending is not None:
        return None
    day = max(until.last + timedelta(days=1), case.on)
    return Happening(Did.LAPSED, way.key, day, CLOCK.login, CLOCK.name, "")


def _acts(course: Course, case: Case) -> Iterator[tuple[str, str, tuple[Asked, ...]]]:
    reason = (Asked(REASON.key),)
    if case.pending is not None:
        waiting = course.ways[case.pending.step].label
        yield SIGN, f"{SIGN}：{waiting}", ()
        yield DECLINE, f"{DECLINE}：{waiting}", reason
        return
    for way in fitting(course, case):
        beside = (Asked(INTO.key),) if way.merges else reason if way.reopens else ()
        told = {one.key for one in way.asks}
        yield way.key, way.label, (*way.asks, *(one for one in beside if one.key not in told))
    timer = course.clocks[case.running.clock] if case.running else None
    if timer and timer.extend:
        yield EXTEND, f"{timer.label}{EXTEND}{timer.extend.term}", reason
    if timer and timer.pause and case.running:
        act = RESUME if case.running.still else PAUSE
        yield act, act, reason


def fitting(course: Course, case: Case) -> Iterator[Way]:
    """The steps out of its state that somebody can take of a case that holds this, whoever they are."""
    for way in course.out_of(case.state):
        if not way.lapses and (way.when is None or way.when.key in _keys(course, way) or way.when.holds(case.held)):
            yield way


def _keys(course: Course, way: Way) -> set[str]:
    """Keys of what a step may change: what it asks, and what is reckoned of that."""
    found = {one.key for one in way.asks}
    for key, one in course.fields.items():
        if one.reckoned and found & set(one.reckoned.of):
            found.add(key)
    return found


def _doing(course: Course, case: Case, act: str) -> tuple[Did, str, Sequence[str]]:
    """What kind of thing an act is, of which step, and the parts it may be done in."""
    timer = course.clocks[case.running.clock] if case.running else None
    if case.pending is not None:
        return (Did.SIGNED if act == SIGN else Did.DECLINED), case.pending.step, _signers(course, case)
    if act == EXTEND and timer and timer.extend:
        return Did.EXTENDED, "", (timer.extend.by,)
    if act in {PAUSE, RESUME} and timer:
        return (Did.PAUSED if act == PAUSE else Did.RESUMED), "", (timer.pause,)
    way = course.ways[act]
    return (Did.ASKED if way.signed else Did.TOOK), act, way.by


def _signers(course: Course, case: Case) -> tuple[str, ...]:
    """The part whose signature comes next."""
    if case.pending is None:
        return ()
    way = course.ways[case.pending.step]
    return (way.signed[len(case.pending.signed)],)


def _part(hand: Hand, wanted: Sequence[str]) -> str:
    return next((one for one in wanted if one in hand.parts), "")


def _why(course: Course, case: Case, act: str, hand: Hand, on: date, calendar: Calendar) -> Finding | None:
    if hand.accused:
        return _hidden(course)
    if on < case.on:
        rule = f"上一步办在{case.on}，后一步不早于前一步"
        return Finding(course.label, f"日期是{on}", rule, "请按实际办理的当天办理")
    _, step, wanted = _doing(course, case, act)
    label = course.ways[step].label if step else act
    if refused := _not_theirs(course.label, label, wanted, hand):
        return refused
    if case.pending is not None:
        return _twice(course, case, hand) if act == SIGN else None
    if case.running and case.running.still and act != RESUME:
        return Finding(label, f"自{case.running.still}起暂停计时", "暂停期间不办理", f"请先{RESUME}")
    if act == EXTEND:
        return _no_longer(course, case, on, calendar)
    if act not in course.ways:
        return None
    way = course.ways[act]
    return _too_late(course, case, way, on) or _same_hand(course, case, way, hand) or _too_few(course, case, way)


def _not_theirs(where: str, label: str, wanted: Sequence[str], hand: Hand) -> Finding | None:
    if any(one in hand.parts for one in wanted):
        return None
    who = "、".join(LABELS[one] for one in wanted)
    rule = f"“{label}”由{who}办理"
    return Finding(where, f"{hand.name or '未登录'}不是{who}", rule, f"请交{who}办理")


def _twice(course: Course, case: Case, hand: Hand) -> Finding | None:
    told = (case.pending.login, *case.pending.hands) if case.pending else ()
    if hand.login not in told:
        return None
    label = course.ways[case.pending.step].label if case.pending else ""
    return Finding(f"{SIGN}：{label}", f"{hand.name}已提出或签过", "提出的人不签字，每人只签一次", "请另一人签字")


def _same_hand(course: Course, case: Case, way: Way, hand: Hand) -> Finding | None:
    for key in way.apart:
        if hand.login in case.hands.get(key, ()):
            done = course.ways[key].label
            return Finding(way.label, f"{hand.name}办过“{done}”", f"办过“{done}”的人不办“{way.label}”", "请另一人办理")
    return None


def _too_few(course: Course, case: Case, way: Way) -> Finding | None:
    for key in way.quorum:
        hands = len(set(case.hands.get(key, ())))
        if hands < course.judges:
            done = course.ways[key].label
            rule = f"“{way.label}”在{course.judges}人办过“{done}”之后"
            return Finding(way.label, f"办过“{done}”的有{hands}人", rule, f"请等评审组办完“{done}”")
    return None


def _too_late(course: Course, case: Case, way: Way, on: date) -> Finding | None:
    last = case.held.get(way.until, "")
    if not last or on <= date.fromisoformat(last):
        return None
    label = course.fields[way.until].label
    return Finding(way.label, f"“{label}”是{last}", f"“{way.label}”不晚于{label}办理", f"请另行{course.opens}")


def _no_longer(course: Course, case: Case, on: date, calendar: Calendar) -> Finding | None:
    timer: Timer | None = course.clocks[case.running.clock] if case.running else None
    until = due(course, case, calendar)
    if timer is None or timer.extend is None or until is None or case.running is None:
        return None
    if case.running.times >= timer.extend.times:
        rule = f"{timer.label}只可延期{timer.extend.times}次"
        return Finding(timer.label, f"已延期{case.running.times}次", rule, "请在期限内办结，或如实逾期办理")
    if on > until.last:
        rule = "延期须在期限届满前批准"
        return Finding(timer.label, f"期限{until.last}已过", rule, "请如实逾期办理，并写明原因")
    return None


def _hidden(course: Course) -> Finding:
    rule = "被反映单位不看、不办反映自己的事项"
    return Finding(course.label, "涉及本单位", rule, "如需答复，会由承办单位另行告知")


def _out_of_place(course: Course, case: Case, act: str) -> Finding:
    way = course.ways.get(act)
    state = course.places[case.state].label
    label = way.label if way else act
    if case.pending is not None:
        waiting = course.ways[case.pending.step].label
        return Finding(label, f"“{waiting}”正等签字", "等签字时不办别的步骤", f"请先签字或退回“{waiting}”")
    if way and case.state in way.sources and way.when:
        return _unfit(course, way)
    if way:
        rule = f"“{label}”从{'、'.join(course.places[one].label for one in way.sources)}办起"
        return Finding(label, f"现在的状态是“{state}”", rule, "请刷新页面，按现在的状态办理")
    return Finding(label, f"状态“{state}”没有这一步", f"{course.label}的步骤按流程图", "请按页面上的按钮办理")


def _unfit(course: Course, way: Way) -> Finding:
    if way.when is None:
        return Finding(way.label, "不适用", "按流程图", "请按页面上的按钮办理")
    asked = course.fields[way.when.key]
    said = "、".join(asked.options.get(one, one) for one in way.when.values)
    rule = f"“{way.label}”只在“{asked.label}”为{said}时办理"
    return Finding(way.label, f"“{asked.label}”不是{said}", rule, "请按实际情况选择另一步")


def _read(
    course: Course,
    asks: Sequence[Asked],
    answers: Mapping[str, str],
    held: Mapping[str, str],
    on: date,
    sets: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The values of what is asked, of what the step sets, and of what is reckoned of them; nothing else is kept.

    What was filled in before another answer made it needless is not asked, so it is neither kept nor wrong.

    Raises:
        RefusedError: everything missing or wrong at once.
    """
    fields = course.answerable
    told = {one.key: answers.get(one.key, "") for one in asks}
    read = {key: fields[key].read(value, on) if value.strip() else "" for key, value in told.items()}
    said = {key: value for key, value in read.items() if isinstance(value, str) and value}
    wanted = {one.key for one in asks if one.applies({**held, **(sets or {}), **said})}
    wrong = [value for key, value in read.items() if isinstance(value, Finding) and key in wanted]
    kept = {**(sets or {}), **{key: value for key, value in said.items() if key in wanted}}
    kept |= _reckoned(course, held, kept)
    named = {one.where for one in wrong}
    known = {**held, **kept}
    if course.handler in kept and course.accuses and kept[course.handler] == known.get(course.accuses):
        where = fields[course.handler].label
        wrong.append(Finding(where, "正是被反映的单位", "反映某单位的事项不交该单位办理", "请改选别的单位"))
    missing = misses(asks, fields, kept, known)
    wrong += [one for one in missing if one.where not in named]
    asked = {key: kept[key] for key in wanted if key in kept}
    wrong += breached(course.bounds, fields, asked, known)
    if wrong:
        raise RefusedError(*wrong)
    return kept


def _reckoned(course: Course, held: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """What comes of the fields that are answered now; empty where it can no longer be told, which takes it from the case."""
    found = dict[str, str]()
    for key, one in course.fields.items():
        if one.reckoned is None:
            continue
        value = reckon(one.reckoned, {**held, **kept, **found})
        touched = any(each in kept or each in found for each in one.reckoned.of)
        if value != held.get(key, "") and (touched or key not in held):
            found[key] = value
    return found


def completed(course: Course, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers with what is reckoned of them."""
    return {**answers, **_reckoned(course, {}, answers)}


def _given(course: Course, entry: Mapping[str, str] | None) -> dict[str, str]:
    told = {key: (entry or {}).get(key, "") for key in course.given}
    return {key: value for key, value in told.items() if value}
