"""教育信访 of the made-up city over its year, one at every place where one can stand. 演示数据（虚构） only.

Everything goes through the actions that everybody uses; what is waited for is done by the clock.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from luoshi.bureau.board.words_of_demo import MARK
from luoshi.bureau.board.year_of_demo import scan
from luoshi.bureau.cases.actions import Bringing, Shown, lapse_due, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.handling.permitting import EXTEND, PAUSE, SIGN

PROCEDURE, YEAR = "petition", 2021
_OFFICE, _HOST, _SECOND, _LEADER = "JJ", "jijiao", "jijiaolian", "bing"
_PEOPLE = (_HOST, _SECOND, _LEADER, "renshi", "anquan", "doucheng", "jiaoyang", "ducha")
_PAPERS = {
    "accept_notice": "受理告知书",
    "reply": "答复意见书",
    "review_opinion": "复查意见",
    "final_opinion": "复核意见",
}


class Step(NamedTuple):
    """One thing that is done."""

    day: tuple[int, int]
    who: str
    act: str
    answers: Mapping[str, str] = {}
    paper: str = ""
    """Key of the field that a scan is handed in for."""


class Letter(NamedTuple):
    """One matter and what becomes of it."""

    day: tuple[int, int]
    channel: str
    who: str
    topic: str
    matter: str
    steps: Sequence[Step]
    persons: int = 1
    county: str = ""


def _accept(day: tuple[int, int], handler: str) -> Step:
    return Step(day, _HOST, "accept", {"handler_unit": handler}, "accept_notice")


def _answer(day: tuple[int, int], who: str, result: str) -> tuple[Step, Step]:
    served = f"{YEAR}-{day[0]:02d}-{day[1]:02d}"
    return Step(day, who, "answer", {"result": result, "served_on": served}, "reply"), Step(day, _LEADER, SIGN)


def _review(asked: tuple[int, int], day: tuple[int, int]) -> tuple[Step, Step, Step]:
    told = {"review_served_on": f"{YEAR}-{day[0]:02d}-{day[1]:02d}"}
    opinion = Step(day, _HOST, "review", told, "review_opinion")
    return _ask("ask_review", asked), opinion, Step(day, _LEADER, SIGN)


def _ask(act: str, day: tuple[int, int]) -> Step:
    return Step(day, _HOST, act, {"asked_on": f"{YEAR}-{day[0]:02d}-{day[1]:02d}"})


def _recheck(asked: tuple[int, int], day: tuple[int, int]) -> tuple[Step, Step, Step]:
    return _ask("ask_recheck", asked), Step(day, _SECOND, "recheck", {}, "final_opinion"), Step(day, _LEADER, SIGN)


LETTERS: tuple[Letter, ...] = (
    Letter((1, 11), "visit", "演示家长甲", "enrolment", "反映小学新生划片", (
        _accept((1, 20), "990102"), *_answer((2, 24), "doucheng", "explain"), *_review((3, 10), (3, 31)), *_recheck((4, 15), (5, 10)),
    ), 12, "990102"),
    Letter((3, 2), "letter", "演示教师乙", "pay", "反映绩效工资发放时间", (
        _accept((3, 12), "RS"), *_answer((4, 20), "renshi", "support"), Step((4, 28), _HOST, "rate", {"satisfied": "yes"}),
    ), 5),
    Letter((4, 6), "web", "演示家长丙", "fees", "反映课后服务收费退费", (_accept((4, 28), "990121"), *_answer((6, 8), "jiaoyang", "support")), 2, "990121"),
    Letter((5, 10), "letter", "演示群众丁", "other", "反映住宅小区停车", (
        Step((5, 18), _HOST, "refuse", {"why_not": "（演示）不属于教育部门职责", "where_to_go": "市住建局（演示）"}), Step((5, 19), _LEADER, SIGN),
    )),
    Letter((6, 1), "phone", "演示群众戊", "building", "反映学校工地欠薪", (Step((6, 4), _HOST, "pass_on", {"passed_to": "市人社局（演示）"}),), 8),
    Letter((8, 2), "visit", "演示家长己", "roll", "反映转学手续", (
        _accept((8, 10), "990121"), *_answer((9, 7), "jiaoyang", "reject"), *_review((9, 24), (10, 20)), _ask("ask_recheck", (11, 12)),
        Step((11, 30), _LEADER, PAUSE, {"reason": "（演示）举行听证"}),
    ), 3, "990121"),
    Letter((9, 1), "web", "演示家长庚", "training", "反映校外培训机构退费", (
        _accept((9, 10), "990102"), *_answer((10, 26), "doucheng", "support"), *_review((11, 18), (12, 16)),
    ), 1, "990102"),
    Letter((10, 8), "letter", "演示家长辛", "canteen", "反映食堂饭菜", (_accept((10, 14), "AQ"),), 4),
    Letter((10, 12), "phone", "演示家长辛", "canteen", "再次反映食堂饭菜", (Step((10, 15), _HOST, "merge", {"into": "教育信访-2021-0008"}),), 4),
    Letter((10, 20), "web", "演示家长壬", "safety", "反映校门口交通", (
        _accept((10, 26), "990102"), Step((12, 20), _LEADER, EXTEND, {"reason": "（演示）需多部门现场会商"}),
    ), 6, "990102"),
    Letter((11, 1), "web", "演示家长癸", "ethics", "反映教师言行", (
        _accept((11, 8), "990121"), *_answer((11, 29), "jiaoyang", "explain"), _ask("ask_review", (12, 10)),
    ), 1, "990121"),
    Letter((11, 15), "letter", "演示教师子", "pay", "反映职称评审公示", (_accept((11, 22), "RS"), *_answer((12, 15), "renshi", "explain"))),
    Letter((11, 22), "web", "演示家长丑", "private", "反映民办学校收费公示", (_accept((11, 30), "990102"), _answer((12, 18), "doucheng", "support")[0]), 1, "990102"),
    Letter((12, 6), "phone", "演示家长寅", "enrolment", "咨询并反映入学登记", (_accept((12, 13), "JJ"),)),
    Letter((12, 17), "web", "演示家长卯", "epidemic", "反映线上教学安排", (), 2),
)  # fmt: skip
"""By the day they came."""


def fits(city: City) -> bool:
    """Whether it is the made-up city with these people, and nothing was brought yet."""
    there = Person.objects.filter(username__in=_PEOPLE, demo=True).count()
    return city.imaginary and there == len(_PEOPLE) and not Case.objects.filter(city=city).exists()


def handle(city: City) -> None:
    """The year, once; the clock has done what it does by the last day.

    Args:
        city: the made-up city.
    """
    people = {one.username: acting(one) for one in Person.objects.filter(username__in=_PEOPLE)}
    said = f"{MARK}：演示在本系统办理信访"
    set_conduct(people["ducha"], city, PROCEDURE, Setting("native", said, _OFFICE))
    for one in LETTERS:
        on = date(YEAR, *one.day)
        row = open_case(people[_HOST], city, PROCEDURE, Bringing(_told(one, on), county=one.county), on).row
        for step in one.steps:
            files = (
                {step.paper: [(f"{_PAPERS[step.paper]}（演示）.pdf", scan(_PAPERS[step.paper]))]} if step.paper else {}
            )
            brought = Bringing(step.answers, files)
            row = take(people[step.who], Shown(row.pk, row.version), step.act, brought, date(YEAR, *step.day))
    lapse_due(WORKER, city, date(YEAR, 12, 20))


def _told(one: Letter, on: date) -> dict[str, str]:
    several = {"representatives": "3"} if one.channel == "visit" else {}
    return {
        "channel": one.channel,
        "received_on": on.isoformat(),
        "who": one.who,
        "reachable": "yes",
        "persons": str(one.persons),
        "topic": one.topic,
        "matter": f"{one.matter}（{MARK}）",
        "urgent": "usual",
        **several,
    }
