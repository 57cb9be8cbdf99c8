"""The picture of a course: states one under the other, each step an arrow of its own; and the same as text for the manual."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

from luoshi.handling.courses import Course, Timer, Way
from luoshi.handling.parts import LABELS

_ROW, _GAP, _BOX, _WORDS, _LANE, _EDGE = 22, 18, 132, 200, 14, 8
"""In pixels: height of a step, between states, least width of a state, of a step's words, between lanes, around all."""
_WIDE, _NARROW = 14, 8
"""In pixels: how wide a Chinese character is drawn, and any other."""
_CLOCK = "到期自动"
_Telling = Callable[[str], str]
"""Says words of a declaration in the reader's language."""
_LEAST = 2
"""Rows of a state, so that its name and its clock have room."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a state is drawn."""

    key: str
    top: int
    height: int
    ins: tuple[str, ...]
    """Keys of the steps that lead to it, by the order of their rows: one step has one head, wherever it comes from."""
    outs: tuple[str, ...]

    def row(self, at: int) -> int:
        """The middle of its row so far down."""
        return self.top + at * _ROW + _ROW // 2


@dataclass(frozen=True, slots=True)
class _Arrow:
    """One step as it is drawn: from each state it leaves, by one lane, to one head."""

    way: Way
    begins: tuple[int, ...]
    ends: int
    lane: int


@dataclass(frozen=True, slots=True)
class _Widths:
    """How wide what stands in the picture is, in pixels."""

    box: int
    words: int


def ordered(course: Course) -> list[str]:
    """The states as a reader meets them: in the order declared, the ends below."""
    declared = list(course.places)
    return sorted(declared, key=lambda key: (course.ended(key), declared.index(key)))


def words_of(way: Way, told: _Telling = str) -> str:
    """A step as the picture says it: what, who, whose signatures."""
    return f"{told(way.label)}（{_who(way, told)}）"


def clock_of(course: Course, place: str, told: _Telling = str) -> str:
    """The clock of a state in words; empty where none runs."""
    timer = course.timer(place)
    return told(within_of(course, timer)) if timer else ""


def within_of(course: Course, timer: Timer) -> str:
    """The term of a clock in words; of one that only waits for a day, which day."""
    if timer.within.count:
        return f"{timer.within}内"
    return f"至{course.fields[timer.start].label}" if timer.start else "当日"


def mermaid(course: Course) -> str:
    """The course as a Mermaid state diagram, for the manual."""
    names = {key: f"s{at}" for at, key in enumerate(ordered(course))}
    lines = ["stateDiagram-v2"]
    for key, name in names.items():
        clock = clock_of(course, key)
        lines.append(f'    state "{course.places[key].label}{f" {clock}" if clock else ""}" as {name}')
    lines.append(
        f"    [*] --> {names[course.begin]}: {course.opens}（{'、'.join(LABELS[one] for one in course.openers) or _CLOCK}）"
    )
    for way in course.ways.values():
        lines.extend(f"    {names[source]} --> {names[way.target]}: {words_of(way)}" for source in way.sources)
    lines.extend(f"    {names[key]} --> [*]" for key in names if course.ended(key))
    return "\n".join(lines) + "\n"


def svg(course: Course, here: str = "", *, title: str = "", told: _Telling = str) -> str:
    """The course as a picture of its own, without scripts or fonts from elsewhere.

    Args:
        course: what is drawn.
        here: key of the state to be marked, of the case that is in it.
        title: what a screen reader says of it; without, the procedure's name.
        told: says the declaration's words in the reader's language; without, they stay as declared.
    """
    boxes, widths = _boxes(course), _widths(course, told)
    arrows = _arrows(course, boxes)
    lanes = 1 + max((one.lane for one in arrows), default=0)
    width = _EDGE * 3 + widths.box + widths.words + lanes * _LANE
    height = max(one.top + one.height for one in boxes.values()) + _EDGE
    drawn = chain(
        (_drawn_box(course, one, here, widths.box, told) for one in boxes.values()),
        (_drawn_arrow(one, widths, words_of(one.way, told)) for one in arrows),
    )
    said = escape(title or told(_called(course)), quote=True)
    return (
        f'<svg class="course" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-size="{_WIDE - 1}" role="img" aria-label="{said}"><title>{said}</title>{"".join(drawn)}</svg>'
    )


def _called(course: Course) -> str:
    return f"{course.label}流程图"


def _widths(course: Course, told: _Telling) -> _Widths:
    names = [said for key, one in course.places.items() for said in (told(one.label), clock_of(course, key, told))]
    steps = [words_of(way, told) for way in course.ways.values()]
    box = max(_BOX, *(_wide(one) + _EDGE * 2 for one in names))
    return _Widths(box, max(_WORDS, *(_wide(one) + _EDGE * 2 for one in steps)))


def _wide(words: str) -> int:
    return sum(_NARROW if one.isascii() else _WIDE for one in words)


def _boxes(course: Course) -> dict[str, _Box]:
    top, found = _EDGE, dict[str, _Box]()
    for key in ordered(course):
        ins = tuple(way.key for way in course.ways.values() if way.target == key)
        outs = tuple(way.key for way in course.out_of(key))
        height = max(_LEAST, len(ins) + len(outs)) * _ROW
        found[key] = _Box(key, top, height, ins, outs)
        top += height + _GAP
    return found


def _arrows(course: Course, boxes: dict[str, _Box]) -> list[_Arrow]:
    ends = []
    for way in course.ways.values():
        to = boxes[way.target]
        begins = tuple(boxes[one].row(len(boxes[one].ins) + boxes[one].outs.index(way.key)) for one in way.sources)
        ends.append((way, begins, to.row(to.ins.index(way.key))))
    ends.sort(key=lambda one: (max(*one[1], one[2]) - min(*one[1], one[2]), one[1]))
    lanes = list[list[tuple[int, int]]]()
    return [_Arrow(*one, _free(lanes, min(*one[1], one[2]), max(*one[1], one[2]))) for one in ends]


def _free(lanes: list[list[tuple[int, int]]], top: int, bottom: int) -> int:
    """The first lane where nothing is drawn between two heights; taken from now on."""
    for at, taken in enumerate(lanes):
        if all(bottom < low or high < top for low, high in taken):
            taken.append((top, bottom))
            return at
    lanes.append([(top, bottom)])
    return len(lanes) - 1


def _drawn_box(course: Course, box: _Box, here: str, width: int, told: _Telling) -> str:
    place = course.places[box.key]
    kind = f"place {place.kind}{' here' if box.key == here else ''}"
    middle, clock = box.top + box.height // 2, clock_of(course, box.key, told)
    name = f'<text x="{_EDGE + width // 2}" y="{middle + (-2 if clock else 5)}" text-anchor="middle">{escape(told(place.label))}</text>'
    under = (
        f'<text class="clock" x="{_EDGE + width // 2}" y="{middle + 14}" text-anchor="middle">{escape(clock)}</text>'
        if clock
        else ""
    )
    round_ = 3 if place.kind == "state" else 12
    return (
        f'<g class="{kind}"><rect x="{_EDGE}" y="{box.top}" width="{width}" height="{box.height}" rx="{round_}" '
        f'fill="#fff" stroke="#444"/>{name}{under}</g>'
    )


def _drawn_arrow(arrow: _Arrow, widths: _Widths, said: str) -> str:
    left, words = _EDGE + widths.box, escape(said)
    lane = left + widths.words + _EDGE + arrow.lane * _LANE
    dash = ' stroke-dasharray="5 3"' if arrow.way.lapses or arrow.way.reopens else ""
    rows = sorted((*arrow.begins, arrow.ends))
    lines = "".join(f"M{left} {one}H{lane}" for one in arrow.begins)
    steps = "".join(f'<text class="step" x="{left + 12}" y="{one - 4}">{words}</text>' for one in arrow.begins)
    return (
        f'<g class="way"><path d="{lines}M{lane} {rows[0]}V{rows[-1]}M{lane} {arrow.ends}H{left + 5}" fill="none" stroke="#777"{dash}/>'
        f'<path d="M{left} {arrow.ends}l8 -4v8z" fill="#444"/>{steps}</g>'
    )


def steps_table(course: Course, told: _Telling = str) -> Iterator[tuple[str, str, str, str, str]]:
    """The same as rows for who reads and does not look: from, step, who, what is needed, to."""
    for way in course.ways.values():
        needs = told("、".join(_needs(course, way))) or "——"
        target = told(course.places[way.target].label)
        yield (told(_list(course, way.sources)), told(way.label), _who(way, told), needs, target)


def _list(course: Course, places: Iterable[str]) -> str:
    return "、".join(course.places[one].label for one in places)


def _who(way: Way, told: _Telling) -> str:
    return told("、".join(LABELS[one] for one in way.by) or _CLOCK) + told(_signed(way))


def _signed(way: Way) -> str:
    return f"，{'、'.join(LABELS[one] for one in way.signed)}签字" if way.signed else ""


def _needs(course: Course, way: Way) -> Sequence[str]:
    return [
        f"{course.fields[one.key].label}{'（可不填）' if one.optional else ''}"
        for one in way.asks
        if one.key in course.fields
    ]
