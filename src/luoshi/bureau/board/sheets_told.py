"""All score sheets of a case side by side: what each gives every criterion, why they differ, and a picture of the groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from luoshi.bureau.board import english
from luoshi.bureau.cases import sheets
from luoshi.bureau.cases.models import CasePaper, Happening
from luoshi.bureau.cases.sheets import Filled, Veil
from luoshi.handling.courses import Course
from luoshi.handling.fields import Kind
from luoshi.handling.parts import PANEL
from luoshi.scoring import comparing
from luoshi.scoring.nouns import Group, Item, Mark, Scheme, Sheet
from luoshi.scoring.scores import Score, scored, shown
from luoshi.scoring.sheets import marks, wrongs


def plain(points: Fraction) -> str:
    """Points as they are shown."""
    return format(shown(points), "f")


@dataclass(frozen=True, slots=True)
class Column:
    """One sheet, or what judges say together, beside others."""

    key: str
    label: str
    score: Score | comparing.Joint
    sheets: Sequence[Sheet]

    def points(self, key: str) -> str:
        """What it gives a criterion or group, as it is shown."""
        if isinstance(self.score, comparing.Joint):
            one = self.score.items.get(key)
            if one is None:
                return ""
            return (
                plain(one.mean)
                if one.least == one.most
                else f"{plain(one.mean)}（{plain(one.least)}—{plain(one.most)}）"
            )
        part = self.score.parts.get(key)
        if part is None:
            return _("有") if any(sheet.get(key, Mark()).value for sheet in self.sheets) else ""
        return _("不适用") if part.absent else plain(part.points)

    def share(self, key: str) -> float | None:
        """What part of its points a group earned, 0 to 100; None where it does not apply."""
        if isinstance(self.score, comparing.Joint):
            fulls = [one.parts[key].full for one in self.score.scores.values()]
            full, points = max(fulls), self.score.items[key].mean
        else:
            full, points = self.score.parts[key].full, self.score.parts[key].points
        return float(points / full * 100) if full else None

    @property
    def total(self) -> str:
        """Points altogether."""
        return plain(self.score.total)

    @property
    def grade(self) -> str:
        """The grade that counts."""
        return self.score.grade.label


def visible(course: Course, rows: Sequence[Happening], veil: Veil) -> list[Filled]:
    """The sheets of a case that are not hidden from whoever looks."""
    return [one for one in sheets.filled(course, rows) if not veil.hides(one.row, one.field.key)]


def columns_of(course: Course, criteria: Scheme, told: Sequence[Filled]) -> list[Column]:
    """The sheets of each kind that are whole, in the order declared: one, or what several judges say together."""
    found = list[Column]()
    for key, one in course.fields.items():
        if one.kind is not Kind.SHEET:
            continue
        latest = sheets.latest(told, key)
        latest = {login: sheet for login, sheet in latest.items() if not any(wrongs(criteria, sheet))}
        if not latest:
            continue
        if key not in judged(course) or len(latest) == 1:
            newest = [each.sheet for each in told if each.field.key == key][-1:]
            found.append(Column(key, one.label, scored(criteria, newest[0]), newest))
        elif len(latest) > 2 * criteria.trim:
            label = f"{english.told(one.label)}（{_('%(count)s人均分') % {'count': len(latest)}}）"
            found.append(Column(key, label, comparing.panel(criteria, latest), list(latest.values())))
    return found


def judged(course: Course) -> set[str]:
    """Keys of the sheets that a panel fills in."""
    return {asked.key for way in course.ways.values() if PANEL.key in way.by for asked in way.asks}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line of all sheets side by side."""

    depth: int
    label: str
    points: str
    group: bool
    cells: Sequence[tuple[str, str]]
    """Name of each sheet with the points it gives."""
    reasons: Sequence[str]
    changed: bool
    apart: bool
    """Whether judges' marks lie far apart."""
    papers: Sequence[CasePaper]
    held: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One group in the picture: where each sheet stands on the way from nothing to all."""

    label: str
    y: int
    dots: Sequence[tuple[float, int, str]]
    """Where it lies in the drawing, which sheet, and its share in words."""
    left: float
    right: float
    """The lowest and the highest."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All sheets of a case side by side."""

    label: str
    full: str
    columns: list[Column]
    rows: list[ComparedRow]
    effects: list[str]
    belief: str
    """自评可信度 in percent; empty where there is nothing to compare with."""
    above: str
    lanes: list[Lane]
    height: int
    vetoes: list[str]


def compared(course: Course, rows: Sequence[Happening], veil: Veil) -> Compared | None:
    """All sheets that may be seen, side by side; None where there is none."""
    criteria = sheets.scheme_of(course)
    told = visible(course, rows, veil) if criteria else []
    columns = columns_of(course, criteria, told) if criteria else []
    if criteria is None or not columns:
        return None
    papers = {paper.file_id: paper for row in rows for paper in row.papers.all()}
    last = columns[-1].score
    effects = [f"{one.item.label}：{one.before.label}→{one.after.label}" for one in last.effects]
    believed = _belief(criteria, columns)
    lanes = _lanes(criteria, columns)
    beside = [_compared(0, one, columns, told, papers) for one in criteria.beside()]
    return Compared(
        criteria.label,
        plain(Fraction(criteria.full)),
        columns,
        [_compared(depth, one, columns, told, papers) for depth, one in criteria.walk()]
        + [row for row in beside if any(points for _label, points in row.cells)],
        effects,
        f"{float(believed.share * 100):.1f}%" if believed else "",
        plain(believed.above) if believed else "",
        lanes,
        _LANE * len(lanes) + 8,
        [criteria.items[key].label for key in last.vetoes] if isinstance(last, comparing.Joint) else [],
    )


def _belief(criteria: Scheme, columns: Sequence[Column]) -> comparing.Belief | None:
    """How far the first sheet could be believed, once a last one stands beside it."""
    first, last = columns[0], columns[-1]
    if first is last or isinstance(first.score, comparing.Joint) or isinstance(last.score, comparing.Joint):
        return None
    return comparing.belief(criteria, first.sheets[-1], last.sheets[-1])


def _compared(
    depth: int, one: Group | Item, columns: Sequence[Column], told: Sequence[Filled], papers: Mapping[int, CasePaper]
) -> ComparedRow:
    marks = [(each.field.label, each.sheet.get(one.key, Mark())) for each in told] if isinstance(one, Item) else []
    reasons = [f"{english.told(label)}：{mark.why}" for label, mark in marks if mark.why]
    proof = dict.fromkeys(number for _label, mark in marks for number in mark.proof)
    cells = [(each.label, each.points(one.key)) for each in columns]
    apart = any(
        isinstance(each.score, comparing.Joint) and one.key in each.score.items and each.score.items[one.key].apart
        for each in columns
    )
    return ComparedRow(
        depth,
        one.label,
        plain(Fraction(one.points)) if one.points else "",
        isinstance(one, Group),
        cells,
        list(dict.fromkeys(reasons)),
        isinstance(one, Item) and len({points for _label, points in cells}) > 1,
        apart,
        [papers[number] for number in proof if number in papers],
        next((mark.held for _label, mark in marks if mark.held), ""),
    )


_LANE, _LEFT, _LONG = 26, 220, 480
"""Units of the drawing: height of a lane, room for names, from nothing to all."""


def _lanes(criteria: Scheme, columns: Sequence[Column]) -> list[Lane]:
    found = []
    for at, group in enumerate(criteria.children("")):
        shares = [(share, which) for which, one in enumerate(columns) if (share := one.share(group.key)) is not None]
        if shares:
            dots = [(round(_LEFT + share / 100 * _LONG, 1), which, f"{share:.1f}%") for share, which in shares]
            places = [place for place, *_rest in dots]
            found.append(Lane(group.label, 17 + at * _LANE, dots, min(places), max(places)))
    return found


def in_words(course: Course, value: str) -> str:
    """A sheet in a line: what it comes to."""
    criteria = sheets.scheme_of(course)
    if criteria is None:
        return ""
    sheet = marks(value)
    told = scored(criteria, sheet)
    return _("%(points)s分，%(grade)s") % {"points": plain(told.total), "grade": english.told(told.grade.label)}
