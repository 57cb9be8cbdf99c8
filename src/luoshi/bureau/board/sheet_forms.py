"""A score sheet that is filled in: its lines with what is held of each, what earlier sheets gave it, and what came back from the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.http import QueryDict

from luoshi.bureau.board import english
from luoshi.bureau.board.sheets_told import Column, columns_of, judged, plain, visible
from luoshi.bureau.cases import sheets
from luoshi.bureau.cases.models import Case, Happening, Unsent
from luoshi.bureau.cases.sheets import Filled, Veil
from luoshi.handling.courses import Course
from luoshi.handling.fields import Field
from luoshi.scoring import comparing
from luoshi.scoring.nouns import TYPED, Group, Item, Mark, Scheme, Sheet
from luoshi.scoring.wording import effect, rule
from luoshi.words.findings import Finding

NOTHING = Mark()
"""What nobody said anything of."""
_PARTS = ("v", "na", "why")
_OFFERED = 20
"""Earlier files that a criterion offers to use again at most."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a sheet that is filled in: a group, or a criterion with what is held of it."""

    depth: int
    key: str
    label: str
    points: str
    group: bool
    rule: str = ""
    name: str = ""
    """What its fields are called in the form: field.criterion."""
    kind: str = ""
    """A `Marking`; “number” for what is typed as one."""
    options: Sequence[tuple[str, str]] = ()
    mark: Mark = NOTHING
    absent: bool = False
    """Whether it may not apply."""
    unit: str = ""
    proof: str = ""
    """Which material shows it."""
    held: str = ""
    """Where the house has it from; then nobody types it."""
    earlier: Sequence[tuple[str, str]] = ()
    """What earlier sheets gave it: name of the sheet and points."""
    papers: Sequence[tuple[int, str]] = ()
    """Files already under it: number and name."""
    waiting: Sequence[Unsent] = ()
    wrong: Finding | None = None

    @property
    def shown(self) -> str:
        """A figure that is held, rounded as it is read; what counts is exact."""
        return plain(Fraction(Decimal(self.mark.value))) if self.mark.value else ""

    @property
    def typed(self) -> bool:
        """Whether somebody answers it here."""
        return not self.group and not self.held

    @property
    def beside(self) -> bool:
        """Whether it is a deduction, extra points or a flag."""
        return self.kind in {"deduct", "bonus", "flag"}


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet to be filled in."""

    label: str
    version: str
    rows: list[SheetRow]
    columns: list[str]
    """What the earlier sheets beside it are called."""
    full: str
    vault: Sequence[tuple[int, str]] = field(default=())
    """Files the unit handed in before: number and name."""


def in_form(key: str, criteria: Scheme, sent: QueryDict) -> dict[str, Mark]:
    """The marks that a form sent."""
    found = dict[str, Mark]()
    for one in criteria.items:
        told = {part: str(sent.get(f"{key}.{one}.{part}", "")).strip() for part in _PARTS}
        proof = tuple(int(each) for each in sent.getlist(f"{key}.{one}.proof") if each.isdecimal() and len(each) < 16)  # noqa: PLR2004  # a row's number
        if any(told.values()) or proof:
            found[one] = Mark(told["v"], bool(told["na"]), told["why"], proof)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """The sheet of a case that somebody is asked."""

    row: Case
    course: Course
    criteria: Scheme
    field: Field
    rows: Sequence[Happening]
    veil: Veil
    held: Mapping[str, Mark]
    """What the house itself says of criteria."""
    login: str
    """Who fills it in."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What every line of a form is made with."""

    of: Asking
    told: Sheet
    columns: Sequence[Column]
    wrong: Mapping[str, Finding]
    waiting: Sequence[Unsent]
    names: Mapping[int, str]


def sheet_form(of: Asking, sent: QueryDict | None, findings: Sequence[Finding], waiting: Sequence[Unsent]) -> SheetForm:
    """The form of a sheet; after a refusal with all that stood in it."""
    before = visible(of.course, of.rows, of.veil)
    typed = in_form(of.field.key, of.criteria, sent) if sent else _begun(of, before)
    told = sheets.completed(of.criteria, typed, of.held)
    columns = columns_of(of.course, of.criteria, [one for one in before if one.field.key != of.field.key])
    vault = dict(sheets.vault(of.row).order_by("-pk").values_list("file", "file__name")[: _OFFERED * 10])
    beside = _Beside(of, told, columns, {one.where: one for one in findings}, waiting, vault)
    used = {number for mark in told.values() for number in mark.proof}
    return SheetForm(
        of.criteria.label,
        of.course.rubric,
        [_row(beside, depth, one) for depth, one in (*of.criteria.walk(), *((0, one) for one in of.criteria.beside()))],
        [one.label for one in columns],
        plain(Fraction(of.criteria.full)),
        [(number, name) for number, name in vault.items() if number not in used][:_OFFERED],
    )


def _begun(of: Asking, before: Sequence[Filled]) -> Sheet:
    """What a sheet begins with: itself as it was before, what judges said alike, or the one it is held against."""
    mine = [one for one in before if one.field.key == of.field.key]
    if of.field.key in judged(of.course):
        mine = [one for one in mine if one.row.login == of.login]
    if mine:
        return mine[-1].sheet
    against = of.field.against.key if of.field.against else ""
    alike = sheets.latest(before, against)
    told = comparing.together(of.criteria, alike) if alike else (before[-1].sheet if before and against else {})
    return {key: Mark(one.value, one.absent, one.why if one.absent else "", one.proof) for key, one in told.items()}


def _row(beside: _Beside, depth: int, one: Group | Item) -> SheetRow:
    of, earlier = beside.of, [(each.label, each.points(one.key)) for each in beside.columns]
    points = plain(Fraction(one.points)) if one.points else ""
    if isinstance(one, Group):
        return SheetRow(depth, one.key, one.label, points, group=True, earlier=earlier)
    mark = beside.told.get(one.key, Mark())
    return SheetRow(
        depth,
        one.key,
        one.label,
        points,
        group=False,
        rule=rule(one) or effect(of.criteria, one),
        name=f"{of.field.key}.{one.key}",
        kind="number" if one.marking in TYPED and one.counted else str(one.marking),
        options=[
            (key, f"{english.told(each.label)}　{plain(Fraction(each.points))}") for key, each in one.levels.items()
        ],
        mark=mark,
        absent=one.absent,
        unit=one.unit,
        proof=one.proof,
        held=mark.held,
        earlier=earlier,
        papers=[(number, beside.names.get(number, "")) for number in mark.proof],
        waiting=[each for each in beside.waiting if each.key == f"{of.field.key}/{one.key}"],
        wrong=beside.wrong.get(one.label),
    )
