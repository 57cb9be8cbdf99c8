"""培训班名册: rolls of classes that are counted in person-times; one person twice in one class counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.known import known
from luoshi.bureau.training.models import Roll, Trainee
from luoshi.learning.declaring import Counts
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_name

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Came:
    """A line of a roll."""

    code: str
    name: str
    group: str = ""
    poor: bool = False
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A class as it is filed."""

    project: str
    title: str
    holder: str
    begun: date
    until: date
    tenths: int = 0
    trade: str = ""
    funding: str = ""
    county: str = ""


def file_roll(actor: Actor, city: City, told: Filed, lines: Sequence[Came], digest: str, today: date) -> Roll:
    """报名册: a class with whoever came. The same file again is refused; a line twice in it counts once and is told.

    Raises:
        RefusedError: no right, no such project, what is missing, nobody came, or the file was brought before.
    """
    with act(actor, "training.file_roll", "training", told.project, told.title[:100] or "培训班") as note:
        require(actor, "training_roll")
        of = known().get(told.project)
        if of is None or of.counts is not Counts.PERSON_TIMES:
            raise RefusedError(
                Finding("培训班", "这个项目不按人次计", "技能培训、普通话等按人次计", "请从按人次计的项目里选")
            )
        if not told.title.strip() or not told.holder.strip() or told.until < told.begun or not lines:
            raise RefusedError(
                Finding("培训班", "没有写全，或名册是空的", "写明班名、举办单位、起止；名册至少一人", "请改好再交")
            )
        if Roll.objects.filter(city=city, project=told.project, digest=digest).exists():
            raise RefusedError(Finding(told.title, "这份名册交过", "一份名册计一次", "改过的名册可以再交"))
        once = {one.code: one for one in lines}
        county = actor.division if actor.role in {"county", "school"} else told.county
        row = Roll(
            city=city, project=told.project, title=told.title.strip()[:100], holder=told.holder.strip()[:100], county=county,
            begun=told.begun, until=told.until, tenths=told.tenths, trade=told.trade.strip()[:60],
            funding=told.funding.strip()[:60], persons=len(once), lines=len(lines), digest=digest, by=actor.name,
            by_login=actor.login, on=today,
        )  # fmt: skip
        row.save(force_insert=True)
        people = (
            Trainee(
                roll=row, code=one.code, who=masked_name(one.name) or "*", poor=one.poor, passed=one.passed,
                group=one.group if one.group in of.groups else "",
            )
            for one in once.values()
        )  # fmt: skip
        Trainee.objects.bulk_create(people, batch_size=_CHUNK)
        note.detail = {"人": len(once), "重复行": len(lines) - len(once)}
    return row
