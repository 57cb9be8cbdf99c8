"""星州, a made-up city in its smallest form: three offices, two divisions, eleven people each with a part, one short plan."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from luoshi.bureau.handouts.actions import approve, issue
from luoshi.bureau.handouts.queries import by_leader, rows_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Breakdown
from luoshi.declared import INDICATORS
from luoshi.reading import city as folders
from luoshi.reading import read_text
from luoshi.spine import Measurement, Plan, Standing
from luoshi.words.divisions import Division
from luoshi.words.offices import Office
from luoshi.words.provenance import Source

TEXT = """演示数据（虚构）

星州市教育局2021年工作要点

一、补足学位

1．扩大学前教育资源。全年新建公办幼儿园26所，新增学位5200个。6月底前出台《星州市公办幼儿园管理办法》。

2．化解义务教育大班额。义务教育大班额比例降至2.5%以内，全面消除超大班额。

二、建强队伍

3．培养教师。遴选市级骨干教师200名，培训教师3.5万人次。加强师德师风建设。

4．办好特殊教育。适龄残疾儿童少年义务教育入学率达到96%。
"""
OFFICES = (
    Office("XQ", "学前教育科", ("学前教育", "幼儿园"), ("学前",), "甲副局长"),
    Office("JJ", "基础教育科", ("义务教育", "特殊教育", "大班额"), ("义务教育",), "乙副局长"),
    Office("RS", "人事科", ("教师", "师德"), ("教师",), "乙副局长"),
)
DIVISIONS = (Division("990102", "斗城区", "county"), Division("990121", "角阳县", "county"))
MEMBERS = (
    folders.Member("ducha", "督查甲", "supervisor", "BGS", ""),
    folders.Member("ducha2", "督查乙", "supervisor", "BGS", ""),
    folders.Member("xueqian", "学前丙", "section", "XQ", ""),
    folders.Member("jijiao", "基教丁", "section", "JJ", ""),
    folders.Member("jijiaolian", "基教壬", "contact", "JJ", ""),
    folders.Member("fenguan", "分管戊", "leader", "JJ", ""),
    folders.Member("xianqu", "县区己", "county", "", "990121"),
    folders.Member("chayue", "查阅庚", "viewer", "", ""),
    folders.Member("guanli", "管理辛", "admin", "", ""),
    folders.Member("anbao", "安全癸", "security", "", ""),
    folders.Member("shenji", "审计子", "auditor", "", ""),
)
ROLES = ("supervisor", "section", "contact", "leader", "county", "viewer", "admin", "security", "auditor")
SOURCE = Source("星州市教育局（虚构）通报", "https://xingzhou.invalid/1", date(2021, 10, 8), "虚构")


def figure(indicator: str, value: str, unit: str, known: date = date(2021, 10, 8)) -> Measurement:
    """A made-up figure of the plan's year."""
    return Measurement(
        indicator=indicator,
        on=date(2021, 9, 30),
        known=known,
        value=Decimal(value),
        unit=unit,
        definition="演示口径（虚构）",
        standing=Standing.REPORTED,
        source=SOURCE,
        doubt="口径未核",
    )


FIGURES = (figure("compulsory_large_class_rate", "2.14", "%"),)
MECHANISMS = (folders.Mechanism("M2.1", "2", "大班额化解", "Large classes", ("全面消除超大班额",), "REGISTER", ""),)
FOLDER = folders.City(
    key="xingzhou",
    name="星州市",
    bureau="星州市教育局",
    imaginary=True,
    plan=Path("plan.txt"),
    opens=date(2021, 12, 31),
    begun=date(2021, 1, 1),
    divisions=DIVISIONS,
    offices=OFFICES,
    people=MEMBERS,
    figures=FIGURES,
    mechanisms=MECHANISMS,
)
INSTALLER = Actor("system", "系统安装", "system")


def actor(login: str) -> Actor:
    """One of the eight as an actor."""
    one = next(member for member in MEMBERS if member.login == login)
    return Actor(one.login, one.name, one.role, one.office, one.division, "10.0.0.8")


def plan(text: str = TEXT) -> Plan:
    """The plan as it is read."""
    return read_text(text, indicators=INDICATORS)


def issued(edition_id: int) -> None:
    """The newest breakdown of a plan approved by its leaders on paper and issued."""
    breakdown = Breakdown.objects.filter(edition_id=edition_id).latest("place")
    for leader in by_leader(rows_of(breakdown)):
        approve(actor("ducha"), breakdown.pk, breakdown.version, leader, date(2021, 3, 1), "同意（纸质件存卷）")
        breakdown.refresh_from_db()
    issue(actor("ducha"), breakdown.pk, breakdown.version, "星教〔2021〕8号（虚构）", date(2021, 3, 5))
