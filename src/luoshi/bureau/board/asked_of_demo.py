"""Forms that sections of the made-up city want of schools: one let through for what nobody holds, one that waits. 演示数据（虚构） only."""

from datetime import date

from luoshi.bureau.forms import actions, queries
from luoshi.bureau.forms.holding import kept
from luoshi.bureau.forms.recognising import fields
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting

YEAR = 2021
_CANTEENS = """学校标识码
区划代码
占地面积
校舍建筑面积
生活用房面积
学生宿舍床位数
运动场地面积
固定资产总值
图书册数
计算机台数
教学用计算机台数
普通教室数
网络多媒体教室数
绿化用地面积
食堂面积（平方米）
就餐人数（人）
经营方式：自营、委托经营
是否有食堂"""
_ROOMS = "占地面积\n校舍建筑面积\n普通教室数"
_REASON = "食堂情况别处没有，同意收这四栏；其余各栏用年报的数（演示）"


def ask(city: City) -> None:
    """The forms, once, by the people who would ask and decide; rows of premises and equipment have to be in the lake."""
    office, safety, rooms, leader = (
        acting(Person.objects.get(username=login)) for login in ("ducha", "anquan", "guihua", "bing")
    )
    actions.set_baseline(office, city, YEAR, 46, "2020年报表清单（演示）")
    canteens = _terms("学校食堂情况表", safety.office, _CANTEENS, ("211", "311", "312"))
    row = actions.request(safety, city, YEAR, canteens)
    actions.decide(leader, row.pk, row.version, actions.Decision(agree=True, reason=_REASON), date(YEAR, 9, 6))
    actions.send(safety, row.pk, str(YEAR))
    actions.request(rooms, city, YEAR, _terms("校舍快报", rooms.office, _ROOMS, ("211",), times=4))


def fits(city: City) -> bool:
    """Whether nobody has asked for anything yet and the people are there."""
    there = Person.objects.filter(username__in=("ducha", "anquan", "guihua", "bing"), demo=True).count()
    return city.imaginary and there == 4 and queries.baseline(city.pk, YEAR) is None  # noqa: PLR2004 -- the four named


def _terms(title: str, office: str, words: str, kinds: tuple[str, ...], times: int = 1) -> actions.Terms:
    wanted = fields(words, kept())
    return actions.Terms(title, office, "《中小学校园食品安全排查通知》（演示）", kinds, (), times, 9, wanted)
