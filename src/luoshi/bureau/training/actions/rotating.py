"""轮训名册: five years in which every vocational teacher goes once, those with fewest recent months first."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max, Sum

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.known import values
from luoshi.bureau.training.models import TENTHS, Credit, Rotation, Teacher, Turn
from luoshi.declared.training_hours import AWAY_SHARE, ENTERPRISE
from luoshi.learning import Rota, Sent, rota
from luoshi.learning.hours import CYCLE_YEARS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MONTH = 30
_CHUNK = 1000


def make_rotation(actor: Actor, city: City, first: int, capacity: Mapping[int, int], today: date) -> Rotation:
    """Make the roster of five years, or make it anew.

    Args:
        actor: who.
        city: the city.
        first: first year.
        capacity: by year how many go.
        today: today.

    Raises:
        RefusedError: no right, not the five years, or nobody to send.
    """
    with act(actor, "training.rotate", "training", first, f"轮训 {first}—{first + CYCLE_YEARS - 1}") as note:
        require(actor, "training_rotation")
        years = range(first, first + CYCLE_YEARS)
        if set(capacity) != set(years) or min(capacity.values()) < 0 or not sum(capacity.values()):
            rule = f"{first} 至 {first + CYCLE_YEARS - 1} 每年填一个人数"
            raise RefusedError(Finding(note.title, "各年人数没有填全", rule, "请填全再排"))
        share = int(values(city, today)[AWAY_SHARE.key])
        people = _people(city, first)
        if not people:
            raise RefusedError(
                Finding(
                    note.title, "名册上没有职业学校专业课教师", "专业课教师由教师名册的专业一列认出", "请先导入名册"
                )
            )
        told = rota(people.values(), capacity, share=share)
        told_as = {
            "capacity": {str(year): many for year, many in capacity.items()},
            "share": share,
            "made_on": today,
            "by": actor.name,
        }
        row, _ = Rotation.objects.update_or_create(city=city, first=first, defaults=told_as)
        Turn.objects.filter(rotation=row).delete()
        _write(actor, row, people, told)
        note.detail = {"教师": len(people), "排进": len(told.years), "排不进": len(told.left)}
    return row


def _write(actor: Actor, row: Rotation, people: Mapping[int, Sent], told: Rota) -> None:  # noqa: ARG001 (as in every function that writes)
    turns = (
        Turn(
            rotation=row, teacher_id=who, year=told.years.get(one.code), months=one.months,
            left=told.left[one.code].value if one.code in told.left else "",
        )
        for who, one in people.items()
    )  # fmt: skip
    Turn.objects.bulk_create(turns, batch_size=_CHUNK)


def _people(city: City, first: int) -> dict[int, Sent]:
    """Vocational teachers with their months of the five years before: two queries."""
    begun, until = date(first - CYCLE_YEARS, 1, 1), date(first - 1, 12, 31)
    rows = Credit.objects.filter(teacher__city=city, event__kind=ENTERPRISE.key).exclude(teacher__trade="").order_by()
    days = dict(rows.filter(on__gte=begun, on__lte=until).values_list("teacher").annotate(days=Sum("tenths")))
    last = dict(rows.values_list("teacher").annotate(last=Max("on")))
    found = Teacher.objects.filter(city=city, left_on=None).exclude(trade="").order_by("pk")
    return {
        who: Sent(code, school, days.get(who, 0) // TENTHS // _MONTH, last[who].year if who in last else 0)
        for who, code, school in found.values_list("pk", "code", "school")
    }
