"""Which clauses of a sentence promise, and which only serve one that does."""

import re
from dataclasses import dataclass

from luoshi.reading import verbs
from luoshi.reading.sentences import find_clauses
from luoshi.spine import Target

_TOPIC = re.compile(r"^(?:[^，,]{0,12}(?:是|为)[^，,]{0,8}$)")
_DATE_ALONE = re.compile(
    r"^(?:到|至|在)?(?:(?:19|20)\d\d年(?:底|末|内|\d{1,2}月)?|今年|年内|全年|\d{1,2}月(?:底|末)?)(?:前|之前|以前)?$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """One promise: the clause that makes it with those that say how and what for; offsets into the whole text."""

    start: int
    end: int
    targets: tuple[Target, ...]


def _serves(clause: str, *, first: bool) -> str:
    """Whether a clause without a target serves the one before it, the one behind it, or stands itself ("")."""
    if _DATE_ALONE.match(clause) or verbs.says_how(clause) or _TOPIC.match(clause):
        return "next"
    if not first and (verbs.says_what_for(clause) or not verbs.opens_with_act(clause)):
        return "before"
    return ""


def promises(text: str, start: int, end: int, targets: list[Target]) -> list[Group]:
    """The promises of one sentence, disjoint, in order, covering all its clauses.

    A clause with a target always stands by itself. A clause of manner goes with the next, an outcome with the one before.
    """
    groups: list[list[tuple[int, int]]] = []
    waiting: list[tuple[int, int]] = []
    fresh = True
    for begun, until in find_clauses(text, start, end):
        has_target = any(begun <= target.start < until for target in targets)
        serves = "" if has_target else _serves(text[begun:until], first=fresh)
        if serves == "next":
            waiting.append((begun, until))
        elif serves == "before" and groups and not waiting:
            groups[-1].append((begun, until))
        else:
            groups.append([*waiting, (begun, until)])
            waiting = []
        fresh = text[until : until + 1] in {"；", ";"}
    if waiting:
        if groups:
            groups[-1].extend(waiting)
        else:
            groups.append(waiting)
    return [_group(spans, targets) for spans in groups]


def _group(spans: list[tuple[int, int]], targets: list[Target]) -> Group:
    start, end = spans[0][0], spans[-1][1]
    return Group(start, end, tuple(target for target in targets if start <= target.start < end))
