"""A case as its pages show it: what is held, what happened, what can be done next and why not, how the days stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luoshi.bureau.board import english, sheets_told
from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.actions.keeping import PICTURES
from luoshi.bureau.cases.beside import cautions, refusal
from luoshi.bureau.cases.checking import one_person
from luoshi.bureau.cases.models import Case, CasePaper, Happening
from luoshi.bureau.cases.parts import clear, hand
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.handling import cases
from luoshi.handling.courses import Course
from luoshi.handling.fields import FILES, Kind
from luoshi.handling.parts import HANDLER, LABELS
from luoshi.handling.permitting import DECLINE, SIGN, Permit, permits
from luoshi.words.calendars import Calendar
from luoshi.words.findings import Finding
from luoshi.words.masking import HIDDEN


def units_of(city: City) -> dict[str, str]:
    """Names of offices and counties by code: two queries."""
    return {**dict(Office.objects.filter(city=city).values_list("code", "name")), **unit_names(city)}


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    row: Case
    course: Course
    state: str
    turn: str
    """Whose turn it is, in words."""
    where: str
    left: str
    """How many days are left, or are over."""
    mark: str
    """The stylesheet's name of how it stands."""
    clock: str
    """Which term runs, and by which rule."""

    @property
    def title(self) -> str:
        """What it is called: by an answer that somebody chose in the language of the page, by one that somebody wrote as it was written."""
        named = self.course.fields.get(self.course.title)
        chosen = named is None or named.private or named.kind is Kind.CHOICE
        return capfirst(said(self.row.title)) if chosen else self.row.title


def lines(rows: Iterable[Case], city: City, on: date) -> list[Line]:
    """Cases as a list shows them."""
    rows, names = list(rows), units_of(city)
    if schools := {row.handler for row in rows if row.turn == HANDLER.key} - names.keys():
        names |= queries.school_names(city.pk, schools)
    return [_line(row, names, on) for row in rows]


def _line(row: Case, names: Mapping[str, str], on: date) -> Line:
    course = queries.course_of(row)
    place, timer = course.places[row.state], course.timer(row.state)
    unit = "" if row.school else row.county
    given = {"host": row.office, "handler": row.handler, "county": row.county, "unit": unit}.get(row.turn, "")
    whose = names.get(given, "") or LABELS.get(row.turn, "")
    clock = said(timer.label) if timer else ""
    if timer and timer.source:
        clock = f"{clock}（{said(timer.source)}）"
    left, mark = standing(row, on)
    return Line(row, course, place.label, whose, names.get(row.county, ""), left, mark, clock)


def standing(row: Case, on: date) -> tuple[str, str]:
    """How the days of a case stand, in words, and the stylesheet's name for it."""
    if row.ended_on:
        return _("办结于 %(day)s") % {"day": row.ended_on}, "done" if row.decided else "standing"
    if row.due is None:
        return _("不计时"), "standing"
    days = (row.due - on).days
    if days < 0:
        return _("逾期 %(days)s 天") % {"days": -days}, "overdue"
    if days == 0:
        return _("今天到期"), "behind"
    near = row.warned is not None and on >= row.warned
    return _("还有 %(days)s 天") % {"days": days}, "behind" if near else "on_course"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the case holds."""

    label: str
    value: str
    papers: Sequence[CasePaper] = ()
    masked: bool = False

    @property
    def pictures(self) -> list[CasePaper]:
        """Files of which a small picture can be shown."""
        return [one for one in self.papers if one.file.form in PICTURES]

    @property
    def others(self) -> list[CasePaper]:
        """Files that are only led to."""
        return [one for one in self.papers if one.file.form not in PICTURES]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened, in words."""

    row: Happening
    said: str
    who: str
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Told:
    """A case with all its page shows."""

    line: Line
    stands: cases.Case
    facts: list[Fact]
    happened: list[Happened]
    permits: list[Permit]
    hidden: bool
    """Whether something of a person is masked."""
    waits: str
    """What waits for signatures, in words; empty where nothing does."""
    likely: list[Line]
    cautions: Sequence[Finding]
    """What is to be looked at before the next step."""
    scores: sheets_told.Compared | None
    """Its score sheets side by side; None where there are none to be seen."""
    veil: sheets.Veil
    """What of judges' sheets stays hidden from whoever looks."""


def told(actor: Actor, row: Case, calendar: Calendar, on: date) -> Told:
    """All that the page of a case shows."""
    course, rows = queries.course_of(row), queries.happened(row)
    stands = queries.followed(row, calendar, rows)
    open_ = clear(actor, row, course)
    names = units_of(row.city)
    names |= _schools(row, course, rows)
    who = hand(actor, row)
    veil = sheets.veil(course, stands, rows, who, actor.role)
    happened = [_happened(course, one, names, veil, open_=open_) for one in rows]
    latest = {fact.label: fact for one in happened for fact in one.facts}
    allowed = [_held_back(one, actor, row, stands, rows, on) for one in permits(course, stands, who, on, calendar)]
    others = [] if course.guarded and not open_ else queries.likely(row)
    return Told(
        _line(row, names, on),
        stands,
        list(latest.values()),
        happened,
        allowed,
        any(fact.masked for fact in latest.values()),
        course.ways[stands.pending.step].label if stands.pending else "",
        [_line(one, names, on) for one in others],
        _cautions(actor, row, stands, allowed, on),
        sheets_told.compared(course, rows, veil) if course.rubric else None,
        veil,
    )


def _held_back(
    permit: Permit, actor: Actor, row: Case, stands: cases.Case, rows: Sequence[Happening], on: date
) -> Permit:
    """With what stands in its way beside the case."""
    if permit.why:
        return permit
    course = queries.course_of(row)
    twice = one_person(actor, row, course, stands, permit.act, rows)
    return replace(permit, why=twice or refusal(row, permit.act, stands.held, on))


def _cautions(actor: Actor, row: Case, stands: cases.Case, allowed: Iterable[Permit], on: date) -> Sequence[Finding]:
    """For whoever in the bureau can do something next: they name other cases, which counties and schools do not see."""
    if actor.role in {"county", "school"} or all(one.why for one in allowed):
        return ()
    return [english.in_words(one) for one in cautions(row, stands.held, on)]


def _schools(row: Case, course: Course, rows: Iterable[Happening]) -> dict[str, str]:
    """Names of the schools that answers name: one query, and none where no school is asked for."""
    asked = {key for key, one in course.fields.items() if one.kind is Kind.SCHOOL or one.schools}
    codes = {value for one in rows for key, value in one.answers.items() if key in asked}
    return queries.school_names(row.city_id, codes) if codes else {}


_DID = {
    cases.Did.OPENED: "",
    cases.Did.TOOK: "",
    cases.Did.ASKED: "（待签字）",
    cases.Did.SIGNED: "（签字）",
    cases.Did.DECLINED: "（退回）",
    cases.Did.LAPSED: "（到期自动）",
}
_CLOCKS = {cases.Did.EXTENDED: "延期", cases.Did.PAUSED: "暂停计时", cases.Did.RESUMED: "恢复计时"}


def _happened(course: Course, one: Happening, names: Mapping[str, str], veil: sheets.Veil, *, open_: bool) -> Happened:
    did = cases.Did(one.did)
    step = course.ways[one.step].label if one.step else _CLOCKS.get(did, course.opens)
    private = queries.private(one)
    shown = {key: (value, False) for key, value in one.answers.items() if not veil.hides(one, key)}
    shown |= {key: (value if open_ else HIDDEN * 3, not open_) for key, value in private.items()}
    papers = list(one.papers.all())
    facts = [_fact(course, key, value, names, papers, masked=masked) for key, (value, masked) in shown.items()]
    return Happened(
        one,
        f"{step}{_DID.get(did, '')}",
        f"{veil.names.get(one.login, one.name)}（{english.told(LABELS.get(one.part, '——'))}）",
        facts,
    )


def _fact(
    course: Course, key: str, value: str, names: Mapping[str, str], papers: Sequence[CasePaper], *, masked: bool
) -> Fact:
    field = course.answerable[key]
    if field.kind in FILES:
        return Fact(field.label, "", [] if masked else [one for one in papers if one.key == key], masked)
    if masked:
        return Fact(field.label, value, masked=True)
    if field.kind is Kind.SHEET:
        return Fact(field.label, sheets_told.in_words(course, value))
    named, chosen = names.get(value, value), str(english.told(field.options.get(value, value)))
    said = {Kind.UNIT: named, Kind.SCHOOL: named, Kind.CHOICE: chosen, Kind.YES: _("是")}
    return Fact(field.label, said.get(field.kind, value))


def button(course: Course, permit: Permit) -> dict[str, Any]:
    """One step as the page offers it: where it leads, and why not."""
    way = course.ways.get(permit.act)
    return {
        "act": permit.act,
        "label": permit.label,
        "why": english.whole(permit.why),
        "first": permit.act != DECLINE and not (way and way.reopens),
        "sign": permit.act == SIGN,
    }


def private_words(row: Case) -> str:
    """All that a case holds of persons, for whoever said what for."""
    course, held = queries.course_of(row), dict[str, str]()
    for one in queries.happened(row):
        held |= queries.private(one)
    return "；".join(
        f"{course.fields[key].label}：{value}" for key, value in held.items() if course.fields[key].kind not in FILES
    )


def said(words: str) -> str:
    """Words of a declaration in the language of the page."""
    return str(english.told(words))


def back(row: Case) -> str:
    """The page of a case."""
    return reverse("case", args=[row.pk])
