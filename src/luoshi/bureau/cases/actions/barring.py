"""能否评优: whether a list keeps a teacher from being given something; asked with a purpose, and entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.bars import DUTIES, barring_lists, may_ask
from luoshi.bureau.cases.listing import private_of, same_as
from luoshi.bureau.cases.models import Happening, Listing
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.handling.registers import Register, Span, barring
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_PURPOSE, _FEWEST = 200, 4
_SAID = "能否评优"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is asked about: by the code of the national system, or by name and school exactly."""

    what: str
    """One of a list's `bars`: 评优评先."""
    on: date
    """The day on which it would be given."""
    purpose: str
    code: str = ""
    name: str = ""
    school: str = ""
    """Code of the school the case names."""


@dataclass(frozen=True, slots=True)
class Barred:
    """What the lists say."""

    span: Span | None
    """The entry that bars longest; None where nothing does."""
    elsewhere: int
    """Entries that bar somebody of the same name at another school, where it was asked by name."""


def look_up(actor: Actor, city: City, asked: Asked) -> Barred:
    """Whether a list keeps somebody from being given something on a day. The journal keeps who asked, what for and what came of it.

    Raises:
        RefusedError: no right, another office, no purpose, nobody named.
    """
    with act(actor, "cases.bars", "register", "", asked.what[:40]) as note:
        require(actor, "bars")
        _check(actor, city, asked)
        found = [(one, row) for one in barring_lists() if asked.what in one.bars for row in _rows(city, one, asked)]
        here = [(one, row) for one, row in found if asked.code or _at(row, asked.school)]
        spans = [(one, Span(row.since, row.until)) for one, row in here]
        told = Barred(barring(asked.what, spans, asked.on), len(found) - len(here))
        note.id = "、".join(str(row.pk) for _, row in here)
        note.reason = asked.purpose.replace("\0", "").strip()[:_PURPOSE]
        note.detail = {"项目": asked.what, "日期": asked.on, "结果": "受限" if told.span else "未查到限制"}
        return told


def _check(actor: Actor, city: City, asked: Asked) -> None:
    """Refuse what is not to be answered.

    Raises:
        RefusedError: why not.
    """
    if not may_ask(actor, city):
        rule = f"只由职责写有{'、'.join(DUTIES)}的科室和督查室查"
        raise RefusedError(Finding(_SAID, f"{actor.name}的科室不办理评优、职称", rule, "请由人事、教师科室查"))
    if asked.what not in {what for one in barring_lists() for what in one.bars}:
        raise RefusedError(Finding("事项", f"没有“{asked.what[:20]}”", "事项按名单所限的", "请从所列的事项中选"))
    if len(asked.purpose.strip()) < _FEWEST:
        rule = "查看个人信息须写明用途（个人信息保护法第6条）"
        raise RefusedError(Finding("用途", "没有写明", rule, "请写明为什么事要用，如“2021年教师节表彰”"))
    if not asked.code and not (asked.name and asked.school):
        rule = "按教师编号，或按姓名和学校，须完全一致"
        raise RefusedError(Finding("教师", "没有写明是谁", rule, "请填教师编号，或同时填姓名和学校标识码"))


def _rows(city: City, register: type[Register], asked: Asked) -> Iterable[Listing]:
    """Entries about somebody of this code, or of this name, that hold on the day."""
    rows = Listing.objects.filter(city=city, register=register.key, withdrawn_on=None, since__lte=asked.on)
    rows = rows.exclude(until__lt=asked.on).select_related("by")
    if asked.code:
        return rows.filter(same=same_as(register, {one.key: asked.code for one in register.same[:1]}))
    title = register.title
    return [row for row in rows if title and private_of(row).get(title.key, "").strip() == asked.name]


def _at(row: Listing, school: str) -> bool:
    """Whether an entry is about somebody of a school: the entry says it, or the case that decided it."""
    if row.school:
        return row.school == school
    opened = Happening.objects.filter(case=row.by_id, number=1).values_list("answers", flat=True).first()
    return school in (opened or {}).values()
