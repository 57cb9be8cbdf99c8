"""How a rubric is written: a class with its areas, criteria, flags and grades. What cannot be right is refused where it stands.

class ReadingSchool(Rubric, key="reading_school", label="书香校园测评", source="…", doubt="…"):
    moral = area("思想道德建设", 60)
    lessons = moral.ratio("思政课开足比例", 40, target=100, unit="%")
    visits = moral.levels("家访", 20, {"all": ("全覆盖", 20), "half": ("过半", 10), "none": ("没有", 0)})
    ground = area("校园环境", 40)
    clean = ground.yes("环境整洁", 40)
    late = deduct("迟报材料", each=1, most=5)
    accident = veto("重大安全责任事故", barred="评优评先")
    grades = (Grade("named", "达标", D(80)), Grade("none", "未达标", D(0)))
    passing = "named"
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, TypedDict, Unpack

from luoshi.scoring.nouns import TOP, Band, Grade, Group, Item, Level, Marking, Scheme
from luoshi.scoring.proving import wrongs

Number = Decimal | int | str
"""Exact: 0.5 is written “0.5”."""


class RubricError(TypeError):
    """A rubric that cannot be right."""


class _Told(TypedDict, total=False):
    """What every criterion may say besides."""

    unit: str
    measured: str
    absent: bool
    proof: str
    source: str


@dataclass(slots=True, eq=False)
class _Line:
    """A criterion that has no name yet: it takes the one it is declared under."""

    item: Item
    area: "Area | None" = None
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = self.key or name


@dataclass(slots=True, eq=False)
class Area:
    """A group of criteria; made by `area` or, inside another one, by its own `area`."""

    label: str
    points: Decimal
    within: "Area | None" = None
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name."""
        self.key = self.key or name

    def area(self, label: str, points: Number) -> "Area":
        """A group inside this one."""
        return Area(label, Decimal(points), self)

    def ratio(self, label: str, points: Number, *, target: Number, start: Number = 0, **told: Unpack[_Told]) -> _Line:
        """A number on its way to a target: `points` × (number − start) ÷ (target − start), none below, all above."""
        return self._line(
            Item("", label, Marking.RATIO, Decimal(points), target=Decimal(target), start=Decimal(start), **told)
        )

    def bands(self, label: str, points: Number, bands: Mapping[Number, Number], **told: Unpack[_Told]) -> _Line:
        """A number that falls into a band: by its lowest number the points of each."""
        told_ = tuple(sorted((Band(Decimal(at), Decimal(worth)) for at, worth in bands.items()), key=_least))
        return self._line(Item("", label, Marking.BANDS, Decimal(points), bands=told_, **told))

    def levels(
        self, label: str, points: Number, levels: Mapping[str, tuple[str, Number]], **told: Unpack[_Told]
    ) -> _Line:
        """One of some descriptions, each with its points, by key."""
        told_ = {key: Level(said, Decimal(worth)) for key, (said, worth) in levels.items()}
        return self._line(Item("", label, Marking.LEVELS, Decimal(points), levels=told_, **told))

    def yes(self, label: str, points: Number, **told: Unpack[_Told]) -> _Line:
        """All points or none."""
        return self._line(Item("", label, Marking.YES, Decimal(points), **told))

    def judged(self, label: str, points: Number, **told: Unpack[_Told]) -> _Line:
        """A judge's points."""
        return self._line(Item("", label, Marking.JUDGED, Decimal(points), **told))

    def _line(self, item: Item) -> _Line:
        return _Line(item, self)


def _least(band: Band) -> Decimal:
    return band.least


def area(label: str, points: Number) -> Area:
    """A group of criteria with what they are worth together."""
    return Area(label, Decimal(points))


def deduct(label: str, *, each: Number, most: Number, unit: str = "次", source: str = "") -> _Line:
    """What costs points each time it happened, up to a limit."""
    return _Line(Item("", label, Marking.DEDUCT, Decimal(most), each=Decimal(each), unit=unit, source=source))


def bonus(label: str, *, each: Number, most: Number, unit: str = "次", source: str = "") -> _Line:
    """What brings points beyond what is asked, up to a limit."""
    return _Line(Item("", label, Marking.BONUS, Decimal(most), each=Decimal(each), unit=unit, source=source))


def flag(label: str, *, cap: str = "", down: int = 0, barred: str = "", source: str = "") -> _Line:
    """What lowers the grade: to one at most, or by so many."""
    return _Line(Item("", label, Marking.FLAG, cap=cap, down=down, barred=barred, source=source))


def veto(label: str, *, barred: str = "", source: str = "") -> _Line:
    """一票否决: with it nothing is passed, whatever the points are."""
    return _Line(Item("", label, Marking.FLAG, veto=True, barred=barred, source=source))


class Rubric:
    """One rubric; its class is the declaration, its docstring what is scored by it and which documents it follows."""

    key: ClassVar[str]
    label: ClassVar[str]
    grades: ClassVar[Sequence[Grade]]
    passing: ClassVar[str] = ""
    full: ClassVar[Number] = 100
    base: ClassVar[Number] = 0
    over: ClassVar[Number] = 0
    judges: ClassVar[int] = 1
    trim: ClassVar[int] = 0
    blind: ClassVar[bool] = False
    scheme: ClassVar[Scheme]

    def __init_subclass__(cls, *, key: str, label: str, source: str = "", doubt: str = "") -> None:
        """Gather what stands in the class, and refuse what cannot be right.

        Raises:
            RubricError: points that do not add up, grades out of order, a flag that does nothing.
        """
        cls.key, cls.label = key, label
        areas = [one for one in vars(cls).values() if isinstance(one, Area)]
        lines = [one for one in vars(cls).values() if isinstance(one, _Line)]
        cls.scheme = Scheme(
            key=key,
            label=label,
            full=Decimal(cls.full),
            groups={one.key: Group(one.key, one.label, one.points, _key(one.within)) for one in areas},
            items={one.key: replace(one.item, key=one.key, group=_key(one.area)) for one in lines},
            grades=tuple(getattr(cls, "grades", ())),
            passing=cls.passing,
            base=Decimal(cls.base),
            over=Decimal(cls.over),
            judges=cls.judges,
            trim=cls.trim,
            blind=cls.blind,
            source=source,
            doubt=doubt,
        )
        if wrong := [f"{one.where}：{one.what}，{one.rule}" for one in wrongs(cls.scheme)]:
            raise RubricError("\n".join(f"{cls.__name__}: {one}" for one in wrong))


def _key(area_: Area | None) -> str:
    return area_.key if area_ else TOP
