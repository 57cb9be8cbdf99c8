"""A house that owes much: the year of tests/unit/reminded_year.py in the ledger. 演示数据（虚构）.

`python -m tests.bureau.owing fill PLANS ITEMS UNITS` makes the tables and fills them; `python -m tests.bureau.owing run DAY…`
runs the round of each day, and prints a line before the first and after each.
"""

import sys
import time
from datetime import date

import django

if __name__ == "__main__":
    django.setup()

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.models import City, Division, Office, Person
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reminders.actions import run_round
from luoshi.bureau.reminders.queries import latest_round
from tests.unit import reminded_year as year

ACTOR = Actor("ducha", "督查", "supervisor", "BGS")


def fill(plans: int, items: int, units: int) -> tuple[City, dict[str, year.Owed]]:
    """The city, its people, its plans; and by key what the oracle knows of each item."""
    city = City.objects.create(key="xingzhou", name="星州市", bureau="星州市教育局", imaginary=True)
    for place, code in enumerate(["BGS", *year.OFFICES]):
        leader = year.LEADERS[(place - 1) % len(year.LEADERS)] if place else ""
        Office.objects.create(city=city, code=code, name=f"{code}科", leader=leader, place=place)
    for place, code in enumerate(year.UNITS):
        Division.objects.create(city=city, code=code, name=f"第{code}区", kind="district", place=place)
    for one in year.members():
        office = f"K{year.LEADERS.index(one.charge):02}" if one.role == "leader" else one.office
        Person.objects.create(username=one.login, name=one.name, role=one.role, office=office, division=one.division)
    owed, told = year.owed(plans, items, units), {}
    for plan in range(plans):
        edition = Edition.objects.create(
            city=city, title=f"星州市教育局2020年第{plan}份要点（虚构）", year=2020, text=f"演示数据（虚构）{plan}",
            digest=f"{plan:064}", file_name="x.txt", file_digest=f"{plan:064}", form="txt", imaginary=True,
            begun=date(2020, 1, 1), until=date(2020, 12, 31),
        )  # fmt: skip
        breakdown = Breakdown.objects.create(edition=edition, stage="issued")
        mine = owed[plan * items : (plan + 1) * items]
        rows = Commitment.objects.bulk_create(_row(edition, breakdown, place, one) for place, one in enumerate(mine))
        told |= {f"item/{row.pk}": one for row, one in zip(rows, mine, strict=True)}
    return city, told


def _row(edition: Edition, breakdown: Breakdown, place: int, owed: year.Owed) -> Commitment:
    due = owed.due
    number, _, title = due.what.partition(" ")
    return Commitment(
        edition=edition, breakdown=breakdown, number=number, place=place, title=title, kind="milestone",
        strength="binding", lead=due.office, leader=due.leader, divisions=list(due.divisions), due=due.on,
    )  # fmt: skip


def main(told: list[str]) -> None:
    """The two commands."""
    if told[0] == "fill":
        from luoshi.bureau.board.founding import prepare

        prepare()
        fill(*(int(one) for one in told[1:]))
        return
    city = City.objects.get()
    latest = latest_round(city)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for day in told[1:]:
        if latest and date.fromisoformat(day) < latest:
            continue  # a later day was begun, so this one was ended
        begun = time.perf_counter()
        ran = run_round(ACTOR, city, date.fromisoformat(day))
        sys.stdout.write(f"{day} {ran.made} {time.perf_counter() - begun:.2f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
