"""An evaluation of counties in 星州: opened by the clock, marked, settled; and what a sheet that earns everything says."""

import json
from collections.abc import Mapping
from datetime import date

from luoshi.bureau.cases.actions import Bringing, Shown, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.people.models import City
from luoshi.bureau.rubrics.actions import Judging, name_judge
from luoshi.declared.procedures.county_duties import CountyDuties
from luoshi.scoring.nouns import Mark, Marking, Scheme
from luoshi.scoring.sheets import written
from tests.bureau.xingzhou import actor

BEGUN = date(2021, 1, 4)
SCHEME = CountyDuties.scheme
KEY = "county_duty"


def judging(city: City, procedure: str = KEY, office: str = "JJ") -> Judging:
    """The round of the year."""
    return Judging(city, procedure, "演示评价", 2021, office)


def best(scheme: Scheme = SCHEME, **other: Mark) -> str:
    """A sheet that earns all points, with some marks otherwise."""
    told = {key: _best(one.marking, one.target, one.bands, one.levels, one.points) for key, one in scheme.items.items()}
    return written({**{key: mark for key, mark in told.items() if mark}, **other})


def _best(way: Marking, target: object, bands: object, levels: Mapping[str, object], points: object) -> Mark | None:
    match way:
        case Marking.RATIO:
            return Mark(str(target))
        case Marking.BANDS:
            return Mark(str(bands[-1].least))  # type: ignore[index]
        case Marking.LEVELS:
            return Mark(next(iter(levels)))
        case Marking.YES:
            return Mark("1")
        case Marking.JUDGED:
            return Mark(str(points))
        case _:
            return None


def begun(city: City, on: date = BEGUN) -> Case:
    """The evaluation of 角阳县, whose officer is 县区己; hosted by JJ, judged by 基教壬 and 学前丙."""
    set_conduct(actor("ducha"), city, KEY, Setting("native", "市政府教育督导委员会2021年第1次会议", "JJ"))
    open_timed(actor("ducha"), city, on)
    for login in ("jijiaolian", "xueqian"):
        name_judge(actor("ducha"), judging(city), login)
    return Case.objects.get(procedure=KEY, county="990121")


def step(row: Case, act: str, by: str, on: date, files: Mapping[str, object] | None = None, **answers: str) -> Case:
    """One step of a case by somebody."""
    row = Case.objects.get(pk=row.pk)
    return take(actor(by), Shown(row.pk, row.version), act, Bringing(answers, files or {}), on)  # type: ignore[arg-type]


def marks_of(row: Case, key: str) -> dict[str, dict[str, object]]:
    """The newest sheet of a kind, as it is kept."""
    found = [one.answers[key] for one in row.happenings.all() if key in one.answers]
    return dict(json.loads(found[-1]))
