"""The form of a case: its fields in sections, what stood in them when it was refused, what can be chosen, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from luoshi.bureau.board import english, sheet_forms
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.case_schools import BESIDE, Asking, school_in, schools_of, units_typed
from luoshi.bureau.board.case_told import units_of
from luoshi.bureau.board.drafting import owner, seal
from luoshi.bureau.board.sheet_forms import SheetForm
from luoshi.bureau.board.uploads import uploads
from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.actions import Bringing
from luoshi.bureau.cases.models import Case, Unsent
from luoshi.bureau.jobs.queries import ticket
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.handling.courses import Asked, Course
from luoshi.handling.fields import FILES, Field, Kind
from luoshi.scoring.sheets import written
from luoshi.words.findings import Finding

_MANY = 6
"""Fields from which on a form is divided into sections."""
_ONCE = 60
"""Characters of a form's ticket at most."""
_OWN = {"county", "school"}
"""Roles whose cases are their own county's or school's without being said to be."""
_BESIDE = {"学校": "school", "县(市、区)": "county"}
"""Fields of a new case beside those its procedure asks, by what a refusal calls them."""
_FORM = "form"
"""What a score sheet says of itself when its criteria come as fields of their own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field to be filled in, as a form shows it."""

    field: Field
    asked: Asked
    value: str
    only: str
    """When it has to be filled in, in words; empty where always."""
    on: date
    waiting: Sequence[Unsent] = ()
    """Files of it that came when the form was refused."""
    wrong: Finding | None = None
    typed: str = ""
    """Of a unit that may be a school, the school by its name."""
    earliest: str = ""
    """The first day that can be chosen; empty where any may."""
    sheet: SheetForm | None = None
    """Of a score sheet its lines."""

    @property
    def kind(self) -> str:
        """As the template asks it."""
        return str(self.field.kind)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Of a choice."""
        return list(self.field.options.items())

    @property
    def needed(self) -> bool:
        """Whether it must always be filled in."""
        return not self.asked.optional and not self.only

    @property
    def required(self) -> bool:
        """Whether the browser may insist: files that wait already are enough, and a school beside a list of units."""
        return self.needed and not self.waiting and not self.field.schools

    @property
    def latest(self) -> str:
        """The last day that can be chosen; empty where a day may lie ahead."""
        return "" if self.field.future else self.on.isoformat()

    @property
    def where(self) -> str:
        """Key of the field it hangs on, where that stands in the same form."""
        return self.asked.only.key if self.only and self.asked.only else ""

    @property
    def values(self) -> str:
        """What that field has to be, any of these, with spaces between."""
        return " ".join(self.asked.only.values) if self.only and self.asked.only else ""

    @property
    def longest(self) -> int:
        """Characters of a line or of words at most."""
        return int(self.field.most or (200 if self.kind == "line" else 4000))


@dataclass(frozen=True, slots=True)
class Section:
    """Some fields under a heading."""

    label: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing a form was refused for, and the field it is about."""

    finding: Finding
    key: str
    """Empty where it is about none."""


@dataclass(frozen=True, slots=True)
class Form:
    """All that a form shows."""

    sections: list[Section]
    wrong: list[Wrong]
    once: str
    units: list[tuple[str, str]]
    counties: list[tuple[str, str]]
    """To choose from where no school says which; empty where a school does or none is asked."""
    schools: list[tuple[str, str]]
    """What is typed of each school, and its county."""
    county: str
    about: bool
    """Whether it asks which school a new case is about, beside what the procedure asks."""
    school: str
    owner: str
    """Whose drafts of it are kept, see `drafting`."""
    seal: str
    closed: bool
    """Whether what is not sealed may not be kept at all: it tells of persons."""

    @property
    def lined(self) -> bool:
        """Whether a score sheet stands in it, which takes more room."""
        return any(one.sheet for section in self.sections for one in section.entries)


def form(
    of: Asking, asks: Sequence[Asked], held: Mapping[str, str], request: HttpRequest, findings: Sequence[Finding] = ()
) -> Form:
    """The form that asks this; after a refusal with all that stood in it.

    Args:
        of: whose form of what.
        asks: what is asked.
        held: what the case holds already.
        request: what came in.
        findings: why it was refused.
    """
    sent = {key: str(value) for key, value in request.POST.items()}
    once = once_of(request) or ticket()
    waiting = queries.unsent(of.actor, once) if sent else []
    rows = _with_sheets(of, _entries(of, asks, held, sent, findings, waiting), request, findings, waiting)
    label = {**_BESIDE, **{one.field.label: one.field.key for one in rows}}
    for one in rows:
        label |= {
            line.label: f"{one.field.key}-{line.key}"
            for line in (one.sheet.rows if one.sheet else ())
            if not line.group
        }
    kinds = {one.field.kind for one in rows}
    about = not held and of.course.subject == "school" and not of.course.of
    about = about and Kind.SCHOOL not in kinds and of.actor.role != "school"
    named = about or Kind.SCHOOL in kinds or any(one.field.schools for one in rows)
    schools = schools_of(of) if named else {}
    rows = [_said(one, schools) for one in rows]
    units = units_of(of.city) if Kind.UNIT in kinds or not held else {}
    counties = (
        []
        if held or Kind.SCHOOL in kinds or of.actor.role in _OWN
        else [one for one in units.items() if one[0].isdecimal()]
    )
    return Form(
        sections=_sections(rows),
        wrong=[Wrong(one, label.get(one.where, "")) for one in findings],
        once=once,
        units=list(units.items()),
        counties=counties,
        schools=list(schools.values()),
        county=sent.get("county", ""),
        about=about,
        school=sent.get("school", ""),
        owner=owner(of.actor.login),
        seal=seal(of.actor.login),
        closed=bool(of.course.guarded),
    )


def entries(course: Course, asks: Sequence[Asked], held: Mapping[str, str], on: date) -> list[Entry]:
    """What is asked, with what is held or was sent, for a form of one piece."""
    fields = course.answerable
    return [
        Entry(
            fields[one.key],
            one,
            held.get(one.key, ""),
            _only(course, one),
            on,
            typed=held.get(f"{one.key}{BESIDE}", ""),
        )
        for one in asks
    ]


def _entries(
    of: Asking,
    asks: Sequence[Asked],
    held: Mapping[str, str],
    sent: Mapping[str, str],
    findings: Sequence[Finding],
    waiting: Sequence[Unsent],
) -> list[Entry]:
    fields = of.course.answerable
    wrong = {one.where: one for one in findings}
    here, rows = {one.key for one in asks}, list[Entry]()
    for one in asks:
        told = one
        if one.only and one.only.key not in here:  # the case has answered it: it is asked, or it is not
            if not one.only.holds(held):
                continue
            told = replace(one, only=None)
        field_ = fields[one.key]
        if field_.outcome is not None:
            continue  # it comes of a sheet, and nobody types it
        value = (sent or held).get(one.key, "")
        waits = [each for each in waiting if each.key == one.key]
        rows.append(
            Entry(
                field_,
                told,
                value,
                _only(of.course, told),
                of.on,
                waits,
                wrong.get(field_.label),
                sent.get(f"{one.key}{BESIDE}", ""),
                _earliest(of.course, one.key, held),
            )
        )
    return rows


def _with_sheets(
    of: Asking, rows: list[Entry], request: HttpRequest, findings: Sequence[Finding], waiting: Sequence[Unsent]
) -> list[Entry]:
    """The entries with the lines of score sheets, where any is asked: what happened and what is held are asked for then alone."""
    criteria = sheets.scheme_of(of.course) if any(one.field.kind is Kind.SHEET for one in rows) else None
    if criteria is None or of.told is None:
        return rows
    row, veil, happened = of.told.line.row, of.told.veil, [one.row for one in of.told.happened]
    held = sheets.held_for(row, criteria, of.on)
    sent = request.POST if request.method == "POST" else None

    def lined(one: Entry) -> Entry:
        asked = sheet_forms.Asking(row, of.course, criteria, one.field, happened, veil, held, of.actor.login)
        return replace(one, sheet=sheet_forms.sheet_form(asked, sent, findings, waiting))

    return [lined(one) if one.field.kind is Kind.SHEET else one for one in rows]


def _earliest(course: Course, key: str, held: Mapping[str, str]) -> str:
    """The last of the days that the case holds and that this one does not lie before."""
    told = (held.get(one.than, "") for one in course.bounds if one.key == key and one.owed == "not_before")
    return max(told, default="")


def _only(course: Course, one: Asked) -> str:
    if one.only is None:
        return ""
    asked = course.fields[one.only.key]
    values = "、".join(asked.options.get(value, value) for value in one.only.values)
    return _("“%(field)s”为%(values)s时填") % {"field": english.told(asked.label), "values": english.told(values)}


def _sections(rows: Sequence[Entry]) -> list[Section]:
    """In the order declared, the files and what tells of persons each together; a short form is one."""
    if len(rows) < _MANY:
        return [Section("", list(rows))]
    labels = {"what": _("事项"), "person": _("个人信息"), "file": _("照片、材料"), "may": _("可以不填")}
    found: dict[str, list[Entry]] = {key: [] for key in labels}
    for one in rows:
        found[_section(one)].append(one)
    return [Section(labels[key], entries) for key, entries in found.items() if entries]


def _section(one: Entry) -> str:
    if one.field.kind in FILES:
        return "file"
    if one.asked.optional:
        return "may"
    return "person" if one.field.private else "what"


def _said(one: Entry, schools: Mapping[str, tuple[str, str]]) -> Entry:
    """A school by its name; a school's own account need not say which."""
    if one.field.schools:
        return replace(one, typed=one.typed or (schools[one.value][0] if one.value in schools else ""))
    if one.field.kind is not Kind.SCHOOL:
        return one
    value = one.value or (next(iter(schools)) if len(schools) == 1 else "")
    return replace(one, value=schools[value][0] if value in schools else value)


def brought(request: HttpRequest, of: Asking) -> Bringing:
    """What came with the form: answers, files, those that wait, and its ticket."""
    answers = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    files, held = dict[str, Sequence[tuple[str, bytes]]](), dict[str, list[int]]()
    for key, one in of.course.fields.items():
        if one.kind in FILES:
            answers.pop(key, None)
            files[key] = uploads(request, key)
            held[key] = _numbers(request, f"held-{key}")
        elif one.kind is Kind.SHEET and answers.get(key) == _FORM and (criteria := sheets.scheme_of(of.course)):
            answers[key] = written(sheet_forms.in_form(key, criteria, request.POST))
            for item in criteria.items:
                files[f"{key}/{item}"] = uploads(request, f"{key}/{item}")
                held[f"{key}/{item}"] = _numbers(request, f"held-{key}/{item}")
        elif one.kind is Kind.SCHOOL and answers.get(key, "").strip():
            answers[key] = school_in(of, answers[key].strip())
    answers = units_typed(of, answers)
    files = {key: sent for key, sent in files.items() if sent}
    school = school_in(of, answers.get("school", "").strip())[:14] if answers.get("school", "").strip() else ""
    return Bringing(
        answers,
        files,
        county=answers.get("county", ""),
        school=school,
        entry=row_in(answers.get("entry", "")),
        once=once_of(request),
        held=held,
    )


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(each) for each in request.POST.getlist(name) if each.isdecimal() and len(each) < _ONCE // 4]


def once_of(request: HttpRequest) -> str:
    """The ticket that a form carries, by which it is known again when it is sent twice; empty for what has none."""
    return str(request.POST.get("once", ""))[:_ONCE]


def asker(actor: Actor, city: City) -> Case:
    """A case that somebody might open, by which it is known whether they may."""
    return Case(city=city, county=actor.division if actor.role == "county" else "", school=actor.school)
