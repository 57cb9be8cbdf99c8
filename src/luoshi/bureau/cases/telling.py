"""What a case says of itself beside its course: whose turn it is, and what the journal tells of a step."""

from luoshi.bureau.cases.models import Case
from luoshi.bureau.journal.actions import Note
from luoshi.handling import cases
from luoshi.handling.courses import Course
from luoshi.handling.parts import CITIZEN, COUNTY, HANDLER, UNIT
from luoshi.handling.permitting import fitting


def turn(course: Course, stands: cases.Case, row: Case) -> str:
    """Whose turn it is: the next to sign, else who takes the first fitting step onward; nobody's where a citizen or the clock is waited for.

    What was given to an office or another unit waits there and not with the school; and what another hand than the one before has to
    do does not wait with a county that was before, where somebody else may do it.
    """
    if stands.pending is not None:
        return course.ways[stands.pending.step].signed[len(stands.pending.signed)]
    ways = list(fitting(course, stands))
    onward = [way for way in ways if way.target != stands.state and not way.merges] or ways
    for key in [each for way in onward for each in way.quorum]:
        if len(set(stands.hands.get(key, ()))) < course.judges:
            return course.ways[key].by[0]
    if not onward or onward[0].by[0] == CITIZEN.key:
        return ""
    by, given = onward[0].by, row.handler and row.handler != row.school
    if by[0] == UNIT.key and given and HANDLER.key in by:
        return HANDLER.key
    before = COUNTY.key if onward[0].apart and given and row.handler == row.county else ""
    return next((one for one in by if one != before), by[0])


def told(note: Note, course: Course, row: Case, one: cases.Happening, before: str) -> None:
    """What the journal says of it: enough to see what was done, nothing of a person."""
    if before:
        note.changed("状态", course.places[before].label, course.places[row.state].label)
    step = course.ways[one.step].label if one.step else ""
    said = {"流程": course.label, "经过": str(one.did), "步骤": step, "时限": row.due, "办理日": one.on}
    note.detail = {**note.detail, **{key: value for key, value in said.items() if value}}
