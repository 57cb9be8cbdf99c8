"""The board: every row of a plan's ledger on a day, its counts, its filters, what it leads with."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Value
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luoshi.bureau.board import shown
from luoshi.bureau.board.rows import Row, Words, drawn
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.ledger.words import asked
from luoshi.bureau.people.models import City, Division, Office
from luoshi.bureau.people.units.queries import stood_for
from luoshi.bureau.plans.models import Edition, Point

DATA_ORDER = ("overdue", "behind", "doubted", "on_course", "ahead", "done", "paused", "unknown", "uncounted")
JUDGED_ORDER = ("overdue", "behind", "on_course", "ahead", "done", "standing", "paused", "unknown", "unjudged")
FILTERS = ("data", "judged", "point", "section", "office", "leader", "division", "kind", "weak", "q")


class Count(NamedTuple):
    """A filter with how many rows it leaves."""

    url: str
    label: str
    number: int
    here: bool


class Option(NamedTuple):
    """One value of a choice."""

    value: str
    label: str
    here: bool


class Choice(NamedTuple):
    """One drop-down."""

    name: str
    label: str
    options: list[Option]


class Group(NamedTuple):
    """The rows of one point."""

    number: str
    title: str
    section: str
    number_of_rows: int
    rows: SafeString


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of the board."""

    query: QueryDict
    on: date

    def value(self, name: str) -> str:
        """One filter; "" when it is not set."""
        return self.query.get(name, "")

    def url(self, **changed: str) -> str:
        """The same board with some filters set or, when empty, dropped."""
        query = self.query.copy()
        query.pop("paper", None)
        for name, value in changed.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return reverse("board") + (f"?{query.urlencode()}" if query else "")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(self.value(name) for name in FILTERS)


def _judged(item: Item) -> str:
    return item.row.judged or "unjudged"


_TESTS: dict[str, Callable[[Item, str], bool]] = {
    "data": lambda item, value: shown.data_code(item) == value,
    "judged": lambda item, value: _judged(item) == value,
    "point": lambda item, value: (item.row.point.number if item.row.point else "") == value,
    "section": lambda item, value: (item.row.point.section if item.row.point else "") == value,
    "office": lambda item, value: item.row.lead == value,
    "leader": lambda item, value: item.row.leader == value,
    "kind": lambda item, value: item.row.kind == value,
    "weak": lambda item, value: value in item.row.missing,
    "q": lambda item, value: all(f" {pair} " in item.row.words for pair in asked(value)),
}


def kept(items: Iterable[Item], request: Asked, *, without: str = "") -> list[Item]:
    """The rows all filters leave, but for one that is being counted."""
    tests = [(_TESTS[name], request.value(name)) for name in _TESTS if name != without and request.value(name)]
    division = request.value("division") if without != "division" else ""
    if division:  # what a county that was merged was handed is its heir's
        codes = stood_for(division)
        items = [item for item in items if not item.row.divisions or not codes.isdisjoint(item.row.divisions)]
    return [item for item in items if all(test(item, value) for test, value in tests)]


def _counts(
    items: Sequence[Item], request: Asked, name: str, order: Sequence[str], code: Callable[[Item], str]
) -> list[Count]:
    """One count a state, over the rows the other filters leave; the first is all of them."""
    rows = kept(items, request, without=name)
    counted = Counter(code(item) for item in rows)
    every = Count(request.url(**{name: ""}), _("全部"), len(rows), not request.value(name))
    return [every] + [
        Count(request.url(**{name: state}), shown.state(state), counted[state], request.value(name) == state)
        for state in order
        if counted[state] or request.value(name) == state
    ]


class Doors:
    """Where rows and their sources stand. Each address is looked up once for all rows of a page, then only filled in."""

    def __init__(self, edition_id: int) -> None:
        self._edition = edition_id
        self._item = reverse("item", args=[0]).rpartition("0")
        self._points: dict[str, str] = {}

    def item(self, commitment_id: int) -> str:
        """The page of a commitment."""
        before, _zero, after = self._item
        return f"{before}{commitment_id}{after}"

    def source(self, point: str, proposal_id: int) -> str:
        """The proposal of a clause on the desk."""
        if point not in self._points:
            args = [self._edition, point] if point else [self._edition]
            self._points[point] = reverse("point" if point else "plan", args=args)
        return f"{self._points[point]}#p-{proposal_id}"


_UNDECIDED = gettext_noop("待定")


def row_of(item: Item, offices: dict[str, str], doors: Doors) -> Row:
    """One commitment as a line."""
    row = item.row
    lines = tuple(shown.line(one) for one in item.stood)
    undecided = shown.said(_UNDECIDED)
    code = shown.data_code(item)
    return Row(
        number=row.number,
        title=row.title,
        url=doors.item(row.pk),
        source_url=doors.source(row.point.number if row.point else "", row.first),  # type: ignore[attr-defined]
        targets=lines,
        beside=tuple(shown.beside(one) for one in item.beside),
        known=item.known,
        judged=shown.worded(row.judged),
        claimed=shown.worded(row.claimed),
        differ=item.differs,
        lead=offices.get(row.lead) or undecided,
        leader=row.leader,
        due=row.due.isoformat() if row.due else "——",
        due_inherited="date" in row.missing,
        due_moved=item.due.isoformat() if item.due and item.due != row.due else "",
        trouble=row.trouble,
        gap="、".join(shown.lack(name) for name in row.missing if name != "owner"),
        paused=item.paused is not None,
        coordination=bool(row.coordination),
        mark={"overdue": "gone", "behind": "late", "doubted": "doubtful"}.get(code, ""),
        closed=row.closed_on.isoformat() if row.closed_on else "",
    )


def groups(items: Iterable[Item], offices: dict[str, str], doors: Doors) -> list[Group]:
    """Rows by point, in the order of the plan."""
    say, by_point = Words(), dict[int | None, list[Item]]()
    for item in items:
        by_point.setdefault(item.row.point_id, []).append(item)
    return [_group(listed, [row_of(item, offices, doors) for item in listed], say) for listed in by_point.values()]


def _group(items: Sequence[Item], rows: Sequence[Row], say: Words) -> Group:
    point = items[0].row.point
    if point is None:
        return Group("", _("条目之外"), "", len(rows), drawn(rows, say))
    return Group(point.number, point.title, point.section_title, len(rows), drawn(rows, say))


class Names(NamedTuple):
    """Offices and divisions of the city."""

    offices: dict[str, str]
    leaders: list[str]
    divisions: list[Division]
    """Code, name and place of each; nothing else of it is read."""


def names(city: City) -> Names:
    """What codes are called: one query."""
    sections = Office.objects.filter(city=city).order_by().values_list(Value(0), "place", "code", "name", "leader")
    units = Division.objects.filter(city=city).order_by()
    told = sorted(sections.union(units.values_list(Value(1), "place", "code", "name", Value("")), all=True))
    offices = [one for one in told if not one[0]]
    leaders = list(dict.fromkeys(leader for *_, leader in offices if leader))
    divisions = [Division(code=code, name=name, place=place) for which, place, code, name, _ in told if which]
    return Names({code: name for _, _, code, name, _ in offices}, leaders, divisions)


def choices(items: Sequence[Item], request: Asked, known: Names) -> list[Choice]:
    """The drop-downs, only with values that occur."""

    def choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> Choice:
        return Choice(name, label, [Option(code, text, request.value(name) == code) for code, text in options])

    sections = {item.row.point.section: item.row.point.section_title for item in items if item.row.point}
    leads, kinds = {item.row.lead for item in items}, {item.row.kind for item in items}
    lacks = dict.fromkeys(lack for item in items for lack in item.row.missing)
    return [
        choice("section", _("板块"), [(code, text) for code, text in sections.items() if code]),
        choice("office", _("牵头科室"), [(code, text) for code, text in known.offices.items() if code in leads]),
        choice("leader", _("分管领导"), [(name, name) for name in known.leaders]),
        choice("division", _("县区"), [(unit.code, unit.name) for unit in known.divisions]),
        choice("kind", _("类型"), [(code, shown.kind(code)) for code in sorted(kinds)]),
        choice("weak", _("原文所缺"), [(code, shown.lack(code)) for code in lacks]),
    ]


class PointMark(NamedTuple):
    """One number of the strip of points."""

    url: str
    number: str
    title: str
    items: int
    below: str
    mark: str
    here: bool


def strip(items: Sequence[Item], request: Asked, points: Iterable[Point]) -> list[PointMark]:
    """All points in one strip: below each, how many rows are 口径待核 or known."""
    by_point: dict[str, list[Item]] = {}
    for item in items:
        by_point.setdefault(item.row.point.number if item.row.point else "", []).append(item)
    marks, section = [], None
    for point in points:
        rows = by_point.get(point.number, [])
        doubted, known = sum(item.doubted for item in rows), sum(item.known for item in rows)
        below = _("核%(number)s") % {"number": doubted} if doubted else str(known) if known else "·"
        classes = ["section"] * (point.section != section) + (["hot"] if doubted else ["known"] if known else [])
        section = point.section
        here = request.value("point") == point.number
        url = request.url(point="" if here else point.number)
        marks.append(PointMark(url, point.number, point.title, len(rows), below, " ".join(classes), here))
    return marks


def chosen(listed: Sequence[Edition], wanted: str) -> Edition | None:
    """Of the city's plans the one that was asked for, else the one with most in its ledger, the newest first."""
    asked_for = next((one for one in listed if str(one.pk) == wanted), None)
    return asked_for or max(listed, key=lambda one: one.confirmed, default=None)  # type: ignore[attr-defined]


def board_counts(items: Sequence[Item], request: Asked) -> tuple[list[Count], list[Count]]:
    """Counts by computed and by judged state."""
    return (
        _counts(items, request, "data", DATA_ORDER, shown.data_code),
        _counts(items, request, "judged", JUDGED_ORDER, _judged),
    )


items = ledger.items
