"""What every act on a case ends with: what happened is kept, how the case stands is written beside it, and it is counted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from luoshi.bureau.cases.models import Case, CasePaper, Happening, Tally, Unsent
from luoshi.bureau.cases.queries import sending
from luoshi.bureau.cases.telling import turn
from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import looked
from luoshi.bureau.journal.actions import Actor
from luoshi.handling import cases
from luoshi.handling.courses import Course
from luoshi.handling.fields import FILES, Kind
from luoshi.reading.evidence.places import without_place
from luoshi.scoring.nouns import Mark
from luoshi.scoring.sheets import marks
from luoshi.scoring.sheets import written as sheet_text
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

Files = Mapping[str, Sequence[tuple[str, bytes]]]
"""By key of a field: names and bytes of what was sent."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """What is brought when a case is opened or a step taken."""

    answers: Mapping[str, str]
    """By key of the field, as typed."""
    files: Files = field(default_factory=dict)
    county: str = ""
    """Code of the county a new case belongs to, where no school says it."""
    school: str = ""
    """Code of the school a new case is about, where no field asks it."""
    entry: int | None = None
    """The entry of a list that a new case is about, where it is about one."""
    once: str = ""
    """What the form carries so that sending it twice does it once; empty for what has no form."""
    held: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """By key of a field: numbers of the files that came with this form when it was refused."""


PICTURES = frozenset({"image/png", "image/jpeg"})
"""Kinds of fields that are filled by files."""


def keep_files(actor: Actor, course: Course, brought: Bringing) -> dict[str, str]:
    """The numbers of kept files, by key of the field, as answers have them; called inside the act that needs them.

    Raises:
        RefusedError: one is no picture where a picture is asked, or may not be kept.
    """
    told = dict[str, str]()
    for key, asked in course.fields.items():
        if asked.kind in FILES:
            kept = [*_went_on(actor, brought, key)]
            kept += [keep_one(actor, course, key, name, content).pk for name, content in brought.files.get(key, ())]
            if kept:
                told[key] = " ".join(map(str, dict.fromkeys(kept)))
    return told


def keep_proofs(actor: Actor, course: Course, brought: Bringing) -> tuple[dict[str, str], set[int]]:
    """Sheets with the files that came with them put under their criteria, and the numbers of these files; called inside an act.

    Raises:
        RefusedError: one may not be kept.
    """
    told, fresh = dict[str, str](), set[int]()
    for key, asked in course.fields.items():
        if asked.kind is not Kind.SHEET or key not in brought.answers:
            continue
        try:
            sheet = marks(brought.answers[key])
        except (ValueError, RecursionError):
            continue  # whoever reads it says what is wrong
        for criterion in {
            name.partition("/")[2] for name in (*brought.files, *brought.held) if name.startswith(f"{key}/")
        }:
            name = f"{key}/{criterion}"
            numbers = _went_on(actor, brought, name)
            numbers += [
                keep_one(actor, course, name, title, content).pk for title, content in brought.files.get(name, ())
            ]
            mark = sheet.get(criterion, Mark())
            sheet[criterion] = replace(mark, proof=tuple(dict.fromkeys((*mark.proof, *numbers))))
            fresh |= set(numbers)
        told[key] = sheet_text(sheet)
    return told, fresh


def keep_one(actor: Actor, course: Course, key: str, name: str, content: bytes) -> File:
    """A file that a field is filled by, or that proves a criterion of a sheet (“field/criterion”); a photograph without the place where it was taken.

    Raises:
        RefusedError: it is no picture where a picture is asked, or may not be kept.
    """
    asked = course.fields[key.partition("/")[0]]
    media = looked(content, name).media
    if asked.kind is Kind.PHOTO:
        if media not in PICTURES:
            raise RefusedError(Finding(asked.label, f"“{name}”不是照片", "照片须为 JPG 或 PNG", "请拍照或选图片"))
        content = without_place(content)
    return keep(actor, content, name, media, apart=bool(course.guarded))


def _went_on(actor: Actor, brought: Bringing, key: str) -> list[int]:
    """Files that somebody brought with this form before; of anybody else's or another form's nothing is taken."""
    numbers = brought.held.get(key, ())
    if not numbers or not brought.once:
        return []
    rows = Unsent.objects.filter(pk__in=numbers, login=actor.login, once=sending(actor, brought.once), key=key)
    return list(rows.values_list("file_id", flat=True))


def keep_happening(
    actor: Actor,
    row: Case,
    course: Course,
    one: cases.Happening,
    calendar: Calendar,
    before: cases.Case | None,
    once: str = "",
) -> cases.Case:
    """Keep what happened and write how the case stands; called inside the act. A form that brought it has done its work.

    Raises:
        RefusedError: the private answers are too long.
    """
    private = {key: value for key, value in one.answers.items() if key in course.private}
    open_ = {key: value for key, value in one.answers.items() if key not in private}
    kept = Happening(
        case=row, number=row.version, did=one.did, step=one.step, on=one.on, login=one.login, name=one.name, part=one.part,
        answers=open_, private=json.dumps(private, ensure_ascii=False) if private else "", once=sending(actor, once),
    )  # fmt: skip
    kept.save(force_insert=True)
    _keep_papers(course, kept, open_ | private)
    if kept.once:
        Unsent.objects.filter(once=kept.once).delete()
    stands = cases.after(
        course, before, cases.Happening(one.did, one.step, one.on, one.login, one.name, one.part, open_), calendar
    )
    _stand(row, course, stands, calendar)
    return stands


def _keep_papers(course: Course, kept: Happening, answers: Mapping[str, str]) -> None:
    papers = [
        CasePaper(happening=kept, key=key, file_id=number)
        for key, value in answers.items()
        if (asked := course.fields.get(key))
        for number in _named(asked.kind, value)
    ]
    CasePaper.objects.bulk_create(papers)


def _stand(row: Case, course: Course, stands: cases.Case, calendar: Calendar) -> None:
    """Write on the row how the case stands; the caller saves it."""
    until = cases.due(course, stands, calendar)
    row.state, row.since, row.last_on = stands.state, stands.since, stands.on
    row.due, row.warned = (until.last, until.warned) if until else (None, None)
    ended = course.ended(stands.state)
    row.ended_on = stands.on if ended else None
    row.decided = ended and course.places[stands.state].decided
    row.handler = stands.held.get(course.handler, "") if course.handler else ""
    if course.rubric:
        told = {one.outcome.tells: stands.held.get(key, "") for key, one in course.fields.items() if one.outcome}
        row.score, row.grade = Decimal(told["total"]) if told.get("total") else None, told.get("grade", "")
    row.turn = "" if ended else turn(course, stands, row)


def _named(kind: Kind, value: str) -> list[int]:
    """The files that a value names: a file's own, or the proof on a sheet."""
    if kind is Kind.SHEET:
        return list(dict.fromkeys(number for mark in marks(value).values() for number in mark.proof))
    return [int(number) for number in value.split() if number.isdecimal()] if kind in FILES else []


def count(actor: Actor, row: Case, month: date, **added: int) -> None:  # noqa: ARG001
    """Count it among its kind in a month; called inside the act."""
    told_as: dict[str, Any] = {
        "city_id": row.city_id, "procedure": row.procedure, "county": row.county, "theme": row.theme,
        "month": month.replace(day=1),
    }  # fmt: skip
    kept, _ = Tally.objects.get_or_create(**told_as)
    Tally.objects.filter(pk=kept.pk).update(**{key: F(key) + value for key, value in added.items()})
