"""Trainings as their pages tell them: hours and what is owed, reasons of places, courses, sessions, rosters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training.known import FORMS, KIND_LABELS, STAGE_LABELS, SUBJECT_LABELS, asked, known, values
from luoshi.bureau.training.models import TENTHS, Choice, Course, Credit, Seat, Session, Standing, Teacher
from luoshi.bureau.training.queries import hours, shown
from luoshi.declared.training_hours import ENTERPRISE, ENTERPRISE_A_YEAR, HOURS_A_CREDIT
from luoshi.learning import Cause, credits_of
from luoshi.learning.hours import CYCLE_YEARS
from luoshi.words.rounding import rounded

WIDE = 320
"""Units of a bar."""
_CREDIT_MARKS = {Course.State.SENT: "unknown", Course.State.REVIEWED: "on_course", Course.State.LISTED: "done", Course.State.REFUSED: "overdue", Course.State.REMOVED: "paused"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One requirement as a bar: done full, owed hollow."""

    label: str
    source: str
    since: date
    until: date
    asked: Decimal
    counted: Decimal
    short: Decimal
    practice: Decimal
    unit: str
    full: float
    hollow: float
    kinds: list[tuple[str, Decimal, Decimal]]
    """Label, earned and counted of each kind."""

    @property
    def met(self) -> bool:
        """Whether nothing is owed."""
        return not self.short


def bars(rows: Iterable[Standing]) -> list[Bar]:
    """How far a teacher has come, requirement by requirement as they are declared."""
    order = {key: at for at, key in enumerate(asked())}
    known_ = (one for one in rows if one.requirement in order)
    return [_bar(one) for one in sorted(known_, key=lambda one: order[one.requirement])]


def _bar(one: Standing) -> Bar:
    need = asked()[one.requirement]
    done = min(one.asked, max(0, one.asked - one.short))
    full = round(WIDE * done / one.asked, 1) if one.asked else float(WIDE)
    kinds = [(KIND_LABELS.get(kind, kind), hours(earned), hours(counted)) for kind, earned, counted in one.kinds]
    days = [each.key for each in need.kinds] == [ENTERPRISE.key]
    return Bar(
        need.label, need.source, one.since, one.until, hours(one.asked), hours(one.counted), hours(one.short),
        hours(one.practice), _("天") if days else _("学时"), full, round(WIDE - full, 1), kinds,
    )  # fmt: skip


def also(of: Teacher, learnt: Iterable[Credit], standings: Iterable[Standing], on: date) -> list[str]:
    """What is said beside the bars: hours as credits (学分), and years with too few days in an enterprise. One query."""
    now = values(of.city, on)
    rate, least = now[HOURS_A_CREDIT.key], now[ENTERPRISE_A_YEAR.key]
    told = [
        _("%(label)s：已计学时折合 %(credits)s 学分（每学分 %(rate)s 学时）。")
        % {
            "label": asked()[one.requirement].label,
            "credits": plain(credits_of(hours(one.counted), rate)),
            "rate": plain(rate),
        }
        for one in standings
        if one.requirement == "five_years" and rate
    ]
    if of.trade:
        days = dict.fromkeys(range(on.year - CYCLE_YEARS + 1, on.year + 1), 0)
        for one in learnt:
            if one.event.kind == ENTERPRISE.key and one.event.year in days:
                days[one.event.year] += one.tenths // TENTHS
        poor = [str(year) for year, many in days.items() if many < least]
        said = {"least": plain(least), "years": "、".join(poor)}
        told += [_("每年至少 %(least)s 天企业实践，不够的年份：%(years)s。") % said] if poor else []
    return told


def plain(value: Decimal) -> str:
    """A number without zeros that say nothing: 35.6, 10."""
    return f"{value.normalize():f}"


def reason(choice: Choice, sessions: Mapping[int, str], most: int) -> str:
    """Why a choice came out as it did, as it is told to whoever chose."""
    said, cause = choice.told, choice.cause
    place = {"round": said.get("round", 0), "rank": said.get("rank", 0), "seats": said.get("seats", 0)}
    if "moved" in said:
        return _("有人退班，%(day)s 由候补递补。") % {"day": said["moved"]}
    if cause == Cause.GIVEN:
        return _("第 %(round)s 轮排第 %(rank)s 位时取得。") % place
    if cause in {Cause.FULL, Cause.RESERVED}:
        turn, rank = said["last"]
        told = [_("第 %(round)s 轮排第 %(rank)s 位，轮到时 %(seats)s 个名额已满。") % place]
        told += [_("最后一个名额给了第 %(turn)s 轮第 %(rank)s 位。") % {"turn": turn, "rank": rank}] if turn else []
        told += [
            _("同一轮里欠学时比您多、排在前面的有 %(many)s 人；其余的先轮到，或抽签在前。") % {"many": said["owing"]}
        ]
        told += [_("余下的名额预留给别的单位或学科，已由他们用完。")] if cause == Cause.RESERVED else []
        told += [_("候补第 %(at)s 位。") % {"at": choice.waiting}] if choice.waiting else []
        return "".join(told)
    if cause == Cause.CLASH:
        other = sessions.get(int(said["other"] or 0), "")
        return _("与已取得的“%(other)s”时间冲突。") % {"other": other} if other else _("与您已有的培训时间冲突。")
    if cause == Cause.LIMIT:
        return _("排在前面的志愿已取得本期至多的 %(most)s 门。") % {"most": most}
    return _("不在招收范围。") if cause == Cause.CLOSED else ""


def course(row: Course) -> dict[str, Any]:
    """A course in a list."""
    return {
        "row": row,
        "mark": _CREDIT_MARKS[Course.State(row.state)],
        "kind": KIND_LABELS.get(row.kind, row.kind),
        "form": FORMS.get(row.form, row.form),
        "subject": SUBJECT_LABELS.get(row.subject, "") or _("不限"),
        "stage": STAGE_LABELS.get(row.stage, "") or _("不限"),
        "hours": hours(row.tenths),
        "practice": hours(row.practice),
        "project": known()[row.project].label if row.project in known() else "",
        "rating": rounded(Decimal(row.stars) / row.rated, 1) if row.rated else None,
    }


def session(row: Session, city: City | None = None, named: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A session in a list."""
    places = named if named is not None else (names(city) if city else {})
    reserves = [(group_said(group, places), many) for group, many in row.reserves]
    return {
        "row": row,
        "kind": KIND_LABELS.get(row.course.kind, row.course.kind),
        "hours": hours(row.course.tenths),
        "only": [group_said(one, places) for one in row.only],
        "reserves": reserves,
        "left": max(0, row.seats - row.taken),
    }


def group_said(group: str, places: Mapping[str, str]) -> str:
    """A group as people say it."""
    key, _sep, value = group.partition(":")
    if key == "county":
        return places.get(value, value)
    if key == "subject":
        return SUBJECT_LABELS.get(value, value)
    if key == "stage":
        return STAGE_LABELS.get(value, value)
    return {"rural": _("乡村教师"), "trade": _("职业学校专业课教师")}.get(key, group)


def credit(one: Credit) -> dict[str, Any]:
    """Hours in a record."""
    event = one.event
    return {
        "row": one,
        "kind": KIND_LABELS.get(event.kind, event.kind),
        "hours": hours(one.tenths),
        "practice": hours(one.practice),
        "unit": _("天") if event.kind == ENTERPRISE.key else _("学时"),
        "project": known()[event.project].label if event.project in known() else "",
    }


def teachers(actor: Actor, rows: Sequence[Teacher], standings: Mapping[int, list[Standing]], schools: Mapping[str, str]) -> list[dict[str, Any]]:  # fmt: skip
    """Teachers in a list, with what each owes."""
    return [
        {
            "row": one,
            "name": shown(actor, one),
            "school": schools.get(one.school, one.school),
            "subject": SUBJECT_LABELS.get(one.subject, ""),
            "stage": STAGE_LABELS.get(one.stage, ""),
            "bars": bars(standings.get(one.pk, ())),
        }
        for one in rows
    ]


def seat(actor: Actor, row: Seat, of: Session, given: set[int], schools: Mapping[str, str]) -> dict[str, Any]:
    """Somebody in a session."""
    return {
        "row": row,
        "name": shown(actor, row.teacher),
        "school": schools.get(row.teacher.school, row.teacher.school),
        "days": row.days_,  # type: ignore[attr-defined]  # counted by the query
        "of": (of.until - of.begins).days + 1,
        "given": row.teacher_id in given,
        "how": row.get_how_display(),
    }


def share(part: int, whole: int) -> str:
    """A share with one digit, as people read it; ever with its counts beside it."""
    return f"{rounded(Decimal(100 * part) / whole, 1)}%" if whole else "——"
