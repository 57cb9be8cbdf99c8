"""What the made-up city has published by the end of its year. 演示数据（虚构） only.

Its roster of schools, two lists, the spending bulletin and where disabled pupils are taught once the rows are measured, points for
information inside the system. Everything goes through the actions that everybody uses.
"""

import time
from datetime import date

from django.db import connection

from luoshi.bureau.board.words_of_demo import MARK
from luoshi.bureau.cases.actions import Bringing, Shown, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.publications import actions
from luoshi.bureau.publications.actions import Shown as Seen
from luoshi.bureau.publications.models import Publication
from luoshi.words.errors import RefusedError

YEAR, DAY, INFORMATION = 2020, date(2021, 12, 20), "information"
_DRAFTS, _AGREES, _EDITS = "ducha", "bing", "jijiao"
_PIECES = (
    ("doucheng", "课后服务延时托管的做法", "practice", "province", (7, 12)),
    ("doucheng", "暑期校舍维修全部完工", "progress", "bureau", (8, 20)),
    ("jiaoyang", "大班额化解的三条经验", "practice", "city", (9, 3)),
    ("jiaoyang", "乡村教师周转房入住情况", "progress", "bureau", (9, 17)),
    ("jijiao", "开学检查发现的问题与建议", "problem", "city", (9, 24)),
)
"""Who handed it in, its title, topic, the level that took it, the day."""
_OUT = (
    ("school_roster", "", "public"),
    ("adoption_points", "2021-Q3", "system"),
    ("education_spending", str(YEAR), "public"),
    ("special_placements", str(YEAR), "public"),
)
"""Sort, period and audience, in the order in which they are out."""


def fits(city: City) -> bool:
    """Whether it is the made-up city with these people, and nothing was drafted yet."""
    people = {_DRAFTS, _AGREES, _EDITS, *(one[0] for one in _PIECES)}
    there = Person.objects.filter(username__in=people, demo=True).count()
    return city.imaginary and there == len(people) and not Publication.objects.filter(city=city).exists()


def when_measured(city: City, until: float) -> bool:
    """Wait until the year is measured by whoever works in the background; False when that takes too long.

    Args:
        city: the made-up one.
        until: by the monotonic clock.
    """
    while not Measuring.objects.filter(city=city, year=YEAR).exists():
        if time.monotonic() > until:
            return False
        connection.close()
        time.sleep(1)
    return True


def publish(city: City) -> list[Publication]:
    """Everything once; a sort of which nothing is held is left out.

    Args:
        city: the made-up one.
    """
    people = {one.username: acting(one) for one in Person.objects.filter(demo=True)}
    _hand_in(city, people)
    return [one for key, period, audience in _OUT for one in _out(city, people, key, period, audience)]


def _hand_in(city: City, people: dict[str, Actor]) -> None:
    set_conduct(people[_DRAFTS], city, INFORMATION, Setting("native", f"{MARK}：演示信息报送", "JJ"))
    for who, title, topic, level, (month, day) in _PIECES:
        on = date(DAY.year, month, day)
        told = {"subject_line": f"{title}（演示）", "topic": topic, "abstract": f"摘要（{MARK}）"}
        row = open_case(people[who], city, INFORMATION, Bringing(told), on).row
        taken = {"level": level, "organ": "演示内刊", "taken_on": on.isoformat()}
        take(people[_EDITS], Shown(row.pk, row.version), "take", Bringing(taken), on)


def _out(city: City, people: dict[str, Actor], key: str, period: str, audience: str) -> list[Publication]:
    try:
        row = actions.draft(people[_DRAFTS], city, key, DAY, period=period, audience=audience)
    except RefusedError:
        return []  # nothing of it is held
    row = actions.approve(people[_AGREES], Seen(row.pk, row.version), "（演示）同意公开", DAY)
    return [actions.publish(people[_DRAFTS], Seen(row.pk, row.version), DAY)]
