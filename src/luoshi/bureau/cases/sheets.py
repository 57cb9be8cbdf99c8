"""Score sheets of a case: read, filled from what the house holds, held against the earlier ones, and what they come to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from luoshi.bureau.cases.bars import barring_lists
from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.listing import same_as, standing
from luoshi.bureau.cases.models import Case, CasePaper, Happening, Listing
from luoshi.bureau.cases.queries import course_of, private
from luoshi.bureau.indicators.queries import latest_of
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.rubrics.queries import scheme, visits
from luoshi.handling import cases
from luoshi.handling.courses import Asked, Course
from luoshi.handling.fields import Field, Kind
from luoshi.handling.parts import HOST, LEADER, OVERSIGHT, PANEL, Hand
from luoshi.handling.registers import Register
from luoshi.scoring import comparing, sheets
from luoshi.scoring.nouns import ADDS, Mark, Scheme, Sheet
from luoshi.scoring.scores import Score, scored, shown
from luoshi.words.findings import Finding

_LONGEST = 100_000
VISITED = "visited_on"
"""The field in which a judge says when they were there; a procedure without it asks for no visit."""
_SEEING = frozenset({HOST.key, LEADER.key, OVERSIGHT.key})
"""Parts that always see who judged how."""


def scheme_of(course: Course) -> Scheme | None:
    """The rubric a case is scored by; None where it is not scored."""
    return scheme(course.rubric) if course.rubric else None


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that was filled in."""

    field: Field
    row: Happening
    sheet: Sheet


def filled(course: Course, rows: Iterable[Happening]) -> list[Filled]:
    """All sheets of a case in the order filled in; of a step that a signature sent back none."""
    asked = [one for one in course.fields.values() if one.kind is Kind.SHEET]
    found, waiting = list[Filled](), list[Filled]()
    for row in rows:
        mine = [Filled(one, row, sheets.marks(row.answers[one.key])) for one in asked if row.answers.get(one.key)]
        if row.did == cases.Did.DECLINED:
            waiting = []
        elif row.did == cases.Did.ASKED:
            waiting = mine
        else:
            found, waiting = found + waiting + mine, []
    return found + waiting


def latest(told: Iterable[Filled], key: str) -> dict[str, Sheet]:
    """The last sheet of one kind of each hand, by login."""
    return {one.row.login: one.sheet for one in told if one.field.key == key}


def held_for(row: Case, scheme: Scheme, on: date) -> dict[str, Mark]:
    """What the house itself says of criteria: figures that are held, and lists that keep whom it is about from it.

    Three queries at most. A case about a person is held against the entries of that person, not against those of the school.
    """
    found = dict[str, Mark]()
    measured = {one.measured: key for key, one in scheme.items.items() if one.measured}
    unit = row.school or row.county
    for indicator, one in (latest_of(row.city_id, unit, measured, on) if measured and unit else {}).items():
        said = f"{one.definition or indicator}，{one.on}，{one.source.title}"
        found[measured[indicator]] = Mark(format(one.value, "f"), held=said)
    barred = {one.barred for one in scheme.items.values() if one.barred}
    if barred and unit:
        for key, item in scheme.items.items():
            if item.barred and (entries := _entries(row, item.barred, on)):
                found[key] = Mark("1", held="；".join(entries))
    return found


def _entries(row: Case, barred: str, on: date) -> list[str]:
    """How many entries of each list keep whom a case is about from something on a day; who that is stays with the list."""
    registers = {one.key: one for one in barring_lists() if barred in one.bars}
    about = _person(row, registers.values())
    if about is None:
        about = Q(school=row.school) if row.school else Q(county=row.county, school="")
    rows = standing(Listing.objects.filter(about, city_id=row.city_id, register__in=sorted(registers)), on)
    told = list(rows.values_list("register", flat=True))
    return [f"“{one.label}”中有效的{told.count(key)}条" for key, one in registers.items() if key in told]


def _person(row: Case, registers: Iterable[type[Register]]) -> Q | None:
    """Entries about the person a case is about, known by what its lists know a person by; None where it is about a unit."""
    known_by = [one for one in registers if one.subject == "person" and one.same]
    keys = {field.key for one in known_by for field in one.same}
    if not keys & course_of(row).private:
        return None
    first = Happening.objects.filter(case=row, number=1).first()
    said = {**first.answers, **private(first)} if first else {}
    told = [(one.key, same_as(one, said, "")) for one in known_by if all(said.get(each.key) for each in one.same)]
    return reduce(or_, (Q(register=key, same=same) for key, same in told), Q(pk__in=[]))


@dataclass(frozen=True, slots=True)
class Stood:
    """A case with all that happened to it, on a day."""

    row: Case
    course: Course
    rows: Sequence[Happening]
    on: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What a step came with, read: the answers as they are kept, and everything wrong with its sheets."""

    answers: dict[str, str]
    amiss: list[Finding]


def read(of: Stood, asks: Sequence[Asked], answers: Mapping[str, str], fresh: Collection[int] = ()) -> Reading:
    """The sheets of a step.

    What the house holds of a criterion stands on the sheet whatever was typed; where a sheet differs from the one before it, it says
    why; and what comes of it is reckoned here, whatever was sent.

    Args:
        of: the case with all that happened to it.
        asks: what the step asks.
        answers: what was sent, sheets as text.
        fresh: files that came with it.
    """
    course, told, criteria = of.course, Reading(dict(answers), []), scheme_of(of.course)
    if criteria is None:
        return told
    before, held, good = filled(course, of.rows), held_for(of.row, criteria, of.on), dict[str, Sheet]()
    for one in asks:
        asked = course.answerable[one.key]
        if asked.kind is Kind.SHEET and (answers.get(one.key, "").strip() or not one.optional):
            sheet = _sheet(asked, criteria, answers.get(one.key, ""), held, before)
            if not isinstance(sheet, list) and (wrong := _foreign(of.row, criteria, sheet, fresh)):
                sheet = wrong
            if isinstance(sheet, list):
                told.amiss.extend(sheet)
            else:
                good[one.key], told.answers[one.key] = sheet, sheets.written(sheet)
    settles = [asked for one in asks if (asked := course.answerable[one.key]).outcome is not None]
    for asked in settles:
        told.answers[asked.key] = _outcome(criteria, asked, good, before)
    if settles and (owed := _unvisited(of)):
        told.amiss.append(owed)
    return told


def _sheet(
    asked: Field, criteria: Scheme, text: str, held: Mapping[str, Mark], before: Sequence[Filled]
) -> Sheet | list[Finding]:
    try:
        typed = sheets.marks(text) if len(text) <= _LONGEST else {}
    except (ValueError, RecursionError):
        rule = "评分表按指标代号逐项填写"
        return [Finding(asked.label, "不是评分表", rule, "请从页面上填写，或按接口说明的格式")]
    sheet = completed(criteria, typed, held)
    wrong = list(sheets.wrongs(criteria, sheet))
    if not wrong and asked.against is not None:
        earlier = latest(before, asked.against.key) or _before(before)
        found = [one for was in earlier.values() for one in sheets.unexplained(criteria, was, sheet)]
        wrong = list({one.where: one for one in found}.values())
    return wrong or sheet


def _before(told: Sequence[Filled]) -> dict[str, Sheet]:
    """The sheet filled in last, where there is none of the kind that is compared with."""
    return {told[-1].row.login: told[-1].sheet} if told else {}


def completed(criteria: Scheme, typed: Sheet, held: Mapping[str, Mark]) -> dict[str, Mark]:
    """A sheet with what the house holds in the place of what was typed; a flag that is raised by a list nobody takes down."""
    told = {key: replace(mark, held="") for key, mark in typed.items()}
    for key, mark in held.items():
        mine = told.get(key, Mark())
        if not mine.absent or criteria.items[key].marking in ADDS:
            told[key] = replace(mark, why=mine.why, proof=mine.proof)
    return told


def _unvisited(of: Stood) -> Finding | None:
    """Why a case is not settled yet: its unit was drawn to be visited, and no judge said when they were there."""
    visited = of.course.fields.get(VISITED)
    if visited is None or any(one.answers.get(VISITED) for one in of.rows):
        return None
    row = of.row
    if (row.school or row.county) not in visits(row.city_id, row.procedure, row.opened_on.year):
        return None
    rule = "抽中现场核查的单位，核查后才定终评"
    return Finding(visited.label, "抽中现场核查，没有核查日期", rule, "请由评审组到现场核查，评分时填写核查日期")


def _foreign(row: Case, criteria: Scheme, sheet: Sheet, fresh: Collection[int]) -> list[Finding]:
    """Criteria whose proof is a file that is not this unit's."""
    named = {number for mark in sheet.values() for number in mark.proof} - set(fresh)
    strange = named - set(vault(row).filter(file__in=named).values_list("file", flat=True)) if named else set()
    return [
        Finding(
            criteria.items[key].label, "材料不是本单位的", "佐证用本次上传的或本单位以前交过的材料", "请重新选择材料"
        )
        for key, mark in sheet.items()
        if set(mark.proof) & strange and key in criteria.items
    ]


def vault(row: Case) -> QuerySet[CasePaper]:
    """Files that a unit has handed in with cases: with this one, and with others about the same school or county that tell of no person."""
    mine = Q(happening__case=row)
    if row.school or row.county:
        same = Q(happening__case__school=row.school) if row.school else Q(happening__case__county=row.county)
        open_ = [key for key, one in known().items() if not one.guarded]
        mine |= same & Q(happening__case__city=row.city_id, happening__case__procedure__in=open_)
    return CasePaper.objects.filter(mine)


def _outcome(criteria: Scheme, asked: Field, good: Mapping[str, Sheet], before: Sequence[Filled]) -> str:
    """What a field that comes of a sheet says: of the sheet filled in now, else of all that judges filled in."""
    if asked.outcome is None:
        return ""
    key = asked.outcome.sheet.key
    told: Score | comparing.Joint | None = scored(criteria, good[key]) if key in good else joint(criteria, before, key)
    if told is None:
        return ""
    said = {"total": format(shown(told.total), "f"), "grade": told.grade.label, "passed": str(int(told.passed))}
    return said[asked.outcome.tells]


def joint(criteria: Scheme, told: Iterable[Filled], key: str) -> comparing.Joint | None:
    """What judges say together on their last sheets; None while too few have said anything."""
    judged = latest(told, key)
    return comparing.panel(criteria, judged) if len(judged) > 2 * criteria.trim else None


@dataclass(frozen=True, slots=True)
class Veil:
    """What of the judges' sheets somebody does not see, and who they are."""

    names: Mapping[str, str]
    """What a judge is called by login: by name, or 评委1."""
    hidden: frozenset[tuple[int, str]]
    """Happenings by number with the field on them that stays hidden."""

    def hides(self, one: Happening, key: str) -> bool:
        """Whether an answer stays hidden."""
        return (one.number, key) in self.hidden


def veil(course: Course, stands: cases.Case, rows: Sequence[Happening], who: Hand, role: str = "") -> Veil:
    """How judges are kept apart from one another and from whom they judge.

    Until it is concluded nobody sees another's sheet but the host and whoever supervises; a judge who marks blind does not see what
    the unit said of itself either. Afterwards sheets are seen, and the judges' names by the same few.
    """
    marking = {way.key for way in course.ways.values() if PANEL.key in way.by}
    judged = [one for one in rows if one.step in marking]
    if not judged or who.parts & _SEEING or role == HOUSE:
        return Veil({}, frozenset())
    logins = list(dict.fromkeys(one.login for one in judged))
    names = {login: f"评委{at}" for at, login in enumerate(logins, 1) if login != who.login}
    open_ = not any(way.key in marking for way in course.out_of(stands.state))
    if open_:
        return Veil(names, frozenset())
    told = {(one.number, key) for one in judged if one.login != who.login for key in one.answers}
    criteria = scheme_of(course)
    if criteria and criteria.blind and PANEL.key in who.parts:
        kinds = {key for key, one in course.fields.items() if one.kind is Kind.SHEET}
        told |= {(one.number, key) for one in rows if one.step not in marking for key in one.answers if key in kinds}
    return Veil(names, frozenset(told))
