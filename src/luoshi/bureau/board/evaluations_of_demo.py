"""县级政府履行教育职责评价 of the made-up city in its year: one county at each place where one can stand. 演示数据（虚构） only."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.bureau.board.words_of_demo import MARK
from luoshi.bureau.board.year_of_demo import scan
from luoshi.bureau.cases.actions import Bringing, Shown, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.rubrics.actions import Judging, draw_visits, name_judge
from luoshi.declared.procedures.county_duties import CountyDuties
from luoshi.handling.permitting import SIGN
from luoshi.scoring.nouns import Item, Mark, Marking
from luoshi.scoring.sheets import marks, written

PROCEDURE, YEAR, _OFFICE, _HOST, _LEADER = "county_duty", 2021, "JJ", "jijiao", "bing"
_JUDGES = ("renshi", "zhijiao", "anquan")
_PEOPLE = (_HOST, _LEADER, "ducha", *_JUDGES, "doucheng", "jiaoyang", "zhentai")
_STARTED = date(YEAR, 10, 11)
_SHARES = {"doucheng": Decimal("0.93"), "jiaoyang": Decimal("0.86"), "zhentai": Decimal("0.8")}
"""How much of each ratio a county says of itself that it reached."""
_LOWER = """{
    "meetings": {"v": "2", "why": "（演示）会议纪要只见2次"},
    "lighter": {"v": "part", "why": "（演示）清单公布，抽查两校仍有清单外报表"}
}"""
"""What judges found lower than a county said."""


def fits(city: City) -> bool:
    """Whether it is the made-up city with these people, and nothing was evaluated yet."""
    there = Person.objects.filter(username__in=_PEOPLE, demo=True).count()
    begun = Case.objects.filter(city=city, procedure=PROCEDURE).exists()
    return city.imaginary and there == len(_PEOPLE) and not begun


def handle(city: City) -> None:
    """The round, once.

    Args:
        city: the made-up city.
    """
    people = {one.username: acting(one) for one in Person.objects.filter(username__in=_PEOPLE)}
    set_conduct(people["ducha"], city, PROCEDURE, Setting("native", f"{MARK}：演示评价", _OFFICE))
    open_timed(WORKER, city, _STARTED)
    of = Judging(city, PROCEDURE, CountyDuties.label, YEAR, _OFFICE)
    for login in _JUDGES:
        name_judge(people["ducha"], of, login, leads=login == "renshi")
    counties = sorted(Case.objects.filter(city=city, procedure=PROCEDURE).values_list("county", flat=True))
    draw_visits(people[_HOST], of, counties, "演示 483920 717305", min(5, len(counties)), [], _STARTED)
    for login in ("doucheng", "jiaoyang", "zhentai"):
        _play(city, people, login)


def _play(city: City, people: Mapping[str, Actor], login: str) -> None:
    row = Case.objects.get(city=city, procedure=PROCEDURE, county=people[login].division)
    row = _do(people[login], row, "hand_in", date(YEAR, 10, 25), own_sheet=_sheet(_SHARES[login]))
    lowered = _sheet(_SHARES[login], marks(_LOWER))
    for judge in _JUDGES[: 1 if login == "zhentai" else 3]:
        row = _do(people[judge], row, "mark", date(YEAR, 11, 15), found_sheet=lowered, visited_on=f"{YEAR}-11-12")
    if login == "zhentai":
        return
    row = _do(people[_HOST], row, "conclude", date(YEAR, 12, 13 if login == "jiaoyang" else 6), final_sheet=lowered)
    if login == "doucheng":
        row = _do(people[login], row, "answer", date(YEAR, 12, 8), reply="agreed", reply_words="无")
        told = {"letter_no": f"星教督〔{YEAR}〕6号（演示）", "mend_by": f"{YEAR + 1}-06-30"}
        files = {"letter": [("意见书（演示）.pdf", scan("意见书"))]}
        row = take(people[_HOST], Shown(row.pk, row.version), "issue", Bringing(told, files), date(YEAR, 12, 15))
        take(people[_LEADER], Shown(row.pk, row.version), SIGN, Bringing({}), date(YEAR, 12, 16))


def _do(by: Actor, row: Case, act: str, on: date, **answers: str) -> Case:
    return take(by, Shown(row.pk, row.version), act, Bringing(answers), on)


def _sheet(share: Decimal, other: Mapping[str, Mark] | None = None) -> str:
    """A made-up sheet: every ratio reached to a share of its way, the rest as good as can be."""
    told = {key: _mark(one, share) for key, one in CountyDuties.scheme.items.items()}
    return written({**{key: mark for key, mark in told.items() if mark.value}, **(other or {})})


def _mark(one: Item, share: Decimal) -> Mark:
    match one.marking:
        case Marking.RATIO:
            return Mark(format(one.start + (one.target - one.start) * share, "f"))
        case Marking.BANDS:
            return Mark(str(one.bands[-1].least))
        case Marking.LEVELS:
            return Mark(next(iter(one.levels)))
        case Marking.YES:
            return Mark("1")
        case _:
            return Mark()
