"""A lake with the made-up city in it, and forms asked for. 演示数据（虚构）."""

from datetime import UTC, datetime
from functools import cache

import polars as pl

from luoshi.bureau.forms.actions import Decision, Field, Terms, decide, request
from luoshi.bureau.forms.models import Request
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.checking.tables import Unit
from luoshi.declared.returns import RETURNS
from luoshi.imagining import City as MadeUp
from luoshi.imagining.city import period_of
from tests.bureau import xingzhou

HELD = ("institutions", "premises", "equipment", "class_bands", "staff")
PREMISES = ("land", "sports_ground", "green", "building", "teaching", "office", "living", "dangerous", "classrooms")
EQUIPMENT = ("equipment", "books", "computers", "teaching_computers", "bandwidth")
FREE = (
    Field("食堂面积", form="amount", unit="平方米"),
    Field("就餐人数", form="count", unit="人"),
    Field("经营方式", form="choice", choices=("自营", "委托经营")),
    Field("有食品经营许可证", form="flag"),
)
DECLARED = tuple(
    Field(RETURNS[kind].columns[name].label, kind, name)
    for kind, names in (("premises", PREMISES), ("equipment", EQUIPMENT))
    for name in names
)
EIGHTEEN = (*DECLARED, *FREE)
"""14 columns that are held, 4 that are not."""


def filled_lake() -> dict[str, object]:
    """The house's lake with five returns of a small made-up city; the frames."""
    frames = _frames()
    for kind in HELD:
        of = RETURNS[kind]
        lake().deposit(
            frames[kind],
            kind=kind,
            period=period_of(kind, 2020),
            division="9901",
            definition="年报",
            source="演示数据（虚构）",
            key=of.keys,
            at=datetime(2020, 10, 1, tzinfo=UTC),
            by="系统安装",
        )
    return dict(frames)


@cache
def _frames() -> dict[str, pl.DataFrame]:
    return MadeUp(40, 7).whole(2020)


def terms(title: str = "学校食堂基本情况调查表", **said: object) -> Terms:
    """What a section asks."""
    told: dict[str, object] = {
        "title": title,
        "office": "JJ",
        "basis": "星教〔2020〕9号（虚构）",
        "kinds": ("211", "311", "312"),
        "counties": (),
        "times": 2,
        "month": 3,
        "fields": EIGHTEEN,
    }
    return Terms(**(told | said))  # type: ignore[arg-type]


def asked(city: City, title: str = "学校食堂基本情况调查表", **said: object) -> Request:
    """A form that a section asked for."""
    return request(xingzhou.actor("jijiao"), city, 2021, terms(title, **said))


def approved(row: Request, *released: int) -> Request:
    """Let through by the leader."""
    decision = Decision(agree=True, reason="四格没有来源，同意", released=frozenset(released))
    return decide(xingzhou.actor("fenguan"), row.pk, row.version, decision, datetime(2021, 2, 1, tzinfo=UTC).date())


UNITS = tuple(Unit(one.code, one.name) for one in xingzhou.DIVISIONS)
