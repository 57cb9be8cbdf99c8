"""One window of 年报 2021 in the made-up city, its counties as a section meets them in autumn. 演示数据（虚构） only.

Some counties are accepted and in the lake, some checked, some handed in, one of them with an explanation that waits, one was sent
back, two have sent nothing. Everything goes through the actions that everybody uses.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

import polars as pl
from django.db import DatabaseError, connection

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.models import Breach, Unit, Window
from luoshi.imagining import City as MadeUp
from luoshi.words.findings import Severity

YEAR = 2021
RETURN = "class_bands"
ACCEPTED, CHECKED = ("990102", "990103", "990104", "990122", "990171"), ("990105", "990123")
HANDED, RETURNED = ("990106", "990181", "990182"), "990121"
"""Of what 娄湖区 handed in one row looks odd, and its 填写说明 waits to be judged."""
SILENT = ("990125", "990126")
"""尾山县 and 箕水县 have sent nothing; the others have sent files that nobody handed in yet."""
_SECTION, _OFFICE = "jijiao", "JJ"
_NAMES = ("演示填表人", "演示统计负责人", "演示单位负责人", "0000-0000000")
_HANDED_ON, _CHECKED_ON, _ACCEPTED_ON = date(YEAR, 9, 18), date(YEAR, 10, 11), date(YEAR, 10, 28)
_WANTED = actions.Wanted(
    title=f"{YEAR}学年班额年报（演示）",
    returns=(RETURN,),
    period=str(YEAR),
    basis="教育事业统计调查制度（演示）",
    dues=(date(YEAR, 9, 20), date(YEAR, 10, 15), date(YEAR, 10, 31)),
    office=_OFFICE,
    kinds=("211", "311", "312"),
)


def when_read(until: float) -> City | None:
    """The city of the house, as soon as its plan is read and its year played; None when that takes too long.

    Args:
        until: by the monotonic clock.
    """
    while time.monotonic() < until:
        with suppress(DatabaseError):  # the tables are not there yet
            if Edition.objects.exists():
                return City.objects.first()
        connection.close()
        time.sleep(1)
    return None


def fits(city: City) -> bool:
    """Whether it is the made-up city with the section whose statistics they are, and nothing was collected yet."""
    there = Person.objects.filter(username=_SECTION, office=_OFFICE, demo=True).exists()
    return city.imaginary and there and not Window.objects.filter(city=city).exists()


def collect(city: City, made: MadeUp) -> Window:
    """The window, once; the register of an earlier year has to be in the lake.

    Args:
        city: the city of the house.
        made: the city whose rows of this year are sent.
    """
    actor = acting(Person.objects.get(username=_SECTION))
    return _Collecting(actor, actions.open_window(actor, city, _WANTED), rows_of(made)).carried()


def rows_of(made: MadeUp) -> pl.DataFrame:
    """What the schools of the city report of their classes this year."""
    return pl.concat(frame for some in made.slices() for key, frame in made.frames(some, YEAR) if key == RETURN)


class _Collecting:
    """A window and the section that works on it."""

    def __init__(self, actor: Actor, window: Window, rows: pl.DataFrame) -> None:
        self._actor, self._window, self._rows = actor, window, rows

    def carried(self) -> Window:
        """All counties to where they stand."""
        self._bring(set(self._rows["county"]) - {*SILENT})
        moving = [*ACCEPTED, *CHECKED, *HANDED, RETURNED]
        self._explain(moving)
        names = actions.Signatures(*_NAMES, _HANDED_ON)
        ready = self._seen(moving, Unit.State.IMPORTED, ready=True)
        actions.hand_in(self._actor, self._window.pk, ready, names, _HANDED_ON)
        checked = self._seen([*ACCEPTED, *CHECKED], Unit.State.HANDED)
        actions.check_county(self._actor, self._window.pk, checked, _CHECKED_ON)
        for county in ACCEPTED:
            seen = self._seen([county], Unit.State.COUNTY)
            actions.accept(self._actor, self._window.pk, county, seen, _ACCEPTED_ON)
        back = dict(list(self._seen([RETURNED], Unit.State.HANDED).items())[:3])
        reason = "（演示）班数与学籍班级表不一致，请核对后重报"
        actions.send_back(self._actor, self._window.pk, back, reason, _CHECKED_ON)
        self._window.refresh_from_db()
        return self._window

    def _bring(self, counties: Iterable[str]) -> None:
        """One file of all counties that sent something, those rows only that are asked."""
        asked = Unit.objects.filter(window=self._window).values_list("code", flat=True)
        sent = self._rows.filter(pl.col("county").is_in(list(counties)) & pl.col("school").is_in(list(asked)))
        actions.bring(self._actor, self._window.pk, sent.write_csv().encode(), "班额年报（演示）.csv")

    def _explain(self, counties: Iterable[str]) -> None:
        """Every finding that asks has its 填写说明."""
        units = Unit.objects.filter(window=self._window, county__in=list(counties), filing__unexplained__gt=0)
        for unit in units.select_related("filing"):
            found = Breach.objects.filter(filing=unit.filing, severity=Severity.ASKS.value)
            words = {told["mark"]: "（演示）生源变化，情况属实" for one in found for told in one.told}
            actions.explain(self._actor, self._window.pk, unit.code, unit.version, words)

    def _seen(self, counties: Iterable[str], state: str, *, ready: bool = False) -> dict[str, int]:
        """Units of these counties in this state with their versions, as a page shows them."""
        found = Unit.objects.filter(window=self._window, county__in=list(counties), state=state, merged_into="")
        found = found.filter(filing__stops=0) if ready else found
        return dict(found.values_list("code", "version"))
