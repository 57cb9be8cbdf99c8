"""How many full-time guards a school needs, and how many evacuation drills.

公治〔2015〕168号 学校安全防范工作规范; the numbers are parameters of a bureau, and so is whether a part of a step counts as one.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


def guards_needed(people: int, boarders: int, told: Mapping[str, Decimal]) -> int:
    """The greater of what all its people and what its boarders ask for.

        people:   below 100 one, up to 1 000 two, and one for each 500 above
        boarders: where there are any two, and one for each 300 above 300

    Args:
        people: pupils and staff.
        boarders: those who sleep there.
        told: parameters by key: `guards_small_below`, `guards_small`, `guards_from`, `guards_step` and the like.
    """
    way = ROUND_CEILING if told["guards_round_up"] else ROUND_FLOOR
    plain = told["guards_usual"] + _more(people, told["guards_from"], told["guards_step"], way)
    by_people = told["guards_small"] if people < told["guards_small_below"] else plain
    by_boarders = (
        told["guards_boarding"] + _more(boarders, told["guards_boarders_from"], told["guards_boarders_step"], way)
        if boarders
        else Decimal(0)
    )
    return int(max(by_people, by_boarders))


def drills_short(kind: str, drills: int, told: Mapping[str, Decimal]) -> int:
    """How many evacuation drills are missing: of a kindergarten in the quarter so far, of a school in the month.

    Args:
        kind: “kindergarten” or “school”.
        drills: how many there were.
        told: parameters by key: `drills_kindergarten`, `drills_school`.
    """
    return max(0, int(told[f"drills_{kind}"]) - drills)


def _more(count: int, above: Decimal, step: Decimal, way: str) -> Decimal:
    over = max(Decimal(0), count - above)
    return (over / step).to_integral_value(way)
