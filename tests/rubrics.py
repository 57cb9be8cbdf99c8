"""Rubrics for tests: the example scheme of the worked examples, and any scheme at all with any sheets."""

from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from luoshi.scoring.declaring import Rubric, area, bonus, deduct, flag, veto
from luoshi.scoring.nouns import TOP, Band, Grade, Group, Item, Level, Mark, Marking, Scheme, Sheet
from luoshi.scoring.sheets import written

D = Decimal


class Duties(Rubric, key="example_duties", label="履行教育职责评价（例）", doubt="宁夏2019年等级为例"):
    """Six groups as an older index of the province has them; grades and caps of another region's scheme as the example."""

    leading = area("领导职责", 15)
    reform = area("教育改革与发展", 25)
    money = area("经费投入与管理", 20)
    ground = area("办学条件", 15)
    teachers = area("教师队伍建设", 15)
    order = area("教育管理", 10)
    leading_all = leading.judged("领导职责得分", 15)
    reform_all = reform.judged("改革发展得分", 25)
    money_all = money.judged("经费得分", 20)
    ground_all = ground.judged("条件得分", 15)
    teachers_all = teachers.judged("教师得分", 15)
    order_all = order.judged("管理得分", 10)
    lost = deduct("扣分", each=1, most=10)
    unsafe = flag("D级危房", cap="good")
    faked = flag("弄虚作假", down=1)
    disaster = veto("重大安全责任事故")
    grades = (
        Grade("excellent", "优秀", D(90)),
        Grade("good", "良好", D(80)),
        Grade("fair", "合格", D(65)),
        Grade("poor", "不合格", D(0)),
    )
    passing = "fair"


class Shares(Rubric, key="example_shares", label="各类指标（例）"):
    """One criterion of each kind, and groups in a group."""

    first = area("第一组", 60)
    inner = first.area("组内组", 30)
    rate = first.ratio("开课率", 20, target=100, start=50, unit="%", absent=True)
    size = first.ratio("大班额比例", 10, target=0, start=10, unit="%")
    visits = inner.levels("家访", 20, {"all": ("全覆盖", 20), "half": ("过半", 10), "none": ("没有", 0)}, absent=True)
    rule = inner.yes("有章程", 10, absent=True)
    second = area("第二组", 40)
    hours = second.bands("人均学时", 40, {0: 0, 40: 20, 72: 40}, absent=True)
    more = bonus("经验推广", each=2, most=4)
    late = deduct("迟报", each="0.5", most=3)
    bad = veto("严重违规")
    grades = (Grade("yes", "达标", D(60)), Grade("no", "未达标", D(0)))
    passing = "yes"
    over = 4


_POINTS = st.integers(2, 40).map(D)


@st.composite
def items(draw: st.DrawFn, key: str, group: str) -> Item:
    """Any counted criterion."""
    way, points = (
        draw(st.sampled_from([Marking.RATIO, Marking.BANDS, Marking.LEVELS, Marking.YES, Marking.JUDGED])),
        draw(_POINTS),
    )
    absent = draw(st.booleans())
    match way:
        case Marking.RATIO:
            start, target = draw(st.lists(st.integers(-50, 150).map(D), min_size=2, max_size=2, unique=True))
            return Item(key, key, way, points, group, target=target, start=start, absent=absent)
        case Marking.BANDS:
            ends = sorted(draw(st.lists(st.integers(0, 100), min_size=2, max_size=4, unique=True)))
            worth = [*(draw(st.integers(0, int(points))) for _ in ends[1:]), points]
            return Item(
                key, key, way, points, group, bands=tuple(map(Band, map(D, ends), map(D, worth))), absent=absent
            )
        case Marking.LEVELS:
            return Item(
                key,
                key,
                way,
                points,
                group,
                levels={"all": Level("好", points), "none": Level("差", D(0))},
                absent=absent,
            )
        case _:
            return Item(key, key, way, points, group, absent=absent)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any rubric that adds up: groups, groups in them, criteria, what stands beside, grades."""
    groups, found = dict[str, Group](), dict[str, Item]()
    for at in range(draw(st.integers(1, 4))):
        within = draw(st.sampled_from([TOP, *groups]))
        groups[f"g{at}"] = Group(f"g{at}", f"组{at}", D(0), within)
        for number in range(draw(st.integers(1, 3))):
            one = draw(items(f"g{at}i{number}", f"g{at}"))
            found[one.key] = one
    for key in reversed(groups):
        inside = [one.points for one in found.values() if one.group == key]
        inside += [one.points for one in groups.values() if one.within == key]
        groups[key] = Group(key, groups[key].label, sum(inside, D(0)), groups[key].within)
    full = sum((one.points for one in groups.values() if one.within == TOP), D(0))
    found["lost"] = Item("lost", "扣分", Marking.DEDUCT, D(5), each=D("0.5"))
    found["more"] = Item("more", "加分", Marking.BONUS, D(3), each=D(1))
    found["down"] = Item("down", "降档", Marking.FLAG, down=1)
    found["cap"] = Item("cap", "限档", Marking.FLAG, cap="mid")
    found["veto"] = Item("veto", "否决", Marking.FLAG, veto=True)
    least = sorted(draw(st.lists(st.integers(1, int(full)), min_size=2, max_size=2, unique=True)), reverse=True)
    grades = (Grade("high", "高", D(least[0])), Grade("mid", "中", D(least[1])), Grade("low", "低", D(0)))
    assert all(above.least > below.least for above, below in pairwise(grades))
    return Scheme("any", "任意", full, groups, found, grades, "mid", over=D(3))


def marks(one: Item) -> st.SearchStrategy[Mark]:
    """Any mark that may stand on a sheet for a criterion."""
    match one.marking:
        case Marking.LEVELS:
            value = st.sampled_from(sorted(one.levels))
        case Marking.YES | Marking.FLAG:
            value = st.sampled_from(["", "1"])
        case Marking.JUDGED:
            value = st.integers(0, int(one.points)).map(str)
        case Marking.DEDUCT | Marking.BONUS:
            value = st.integers(0, 20).map(str)
        case _:
            value = st.decimals(-20, 170, places=2).map(str)
    said = st.builds(Mark, value=value, why=st.just("事由"))
    return st.one_of(said, st.just(Mark(absent=True, why="没有这项工作"))) if one.absent else said


def sheets(scheme: Scheme) -> st.SearchStrategy[Sheet]:
    """Any whole sheet of a rubric on which something applies."""
    whole = st.fixed_dictionaries({key: marks(one) for key, one in scheme.items.items()})
    counted = [key for key, one in scheme.items.items() if one.counted]
    return whole.filter(lambda sheet: any(not sheet[key].absent for key in counted))


def any_sheet(scheme: Scheme, chance: Random) -> str:
    """A whole sheet as somebody might fill it in, each mark with its reason."""
    return written({key: _by_chance(one, chance) for key, one in scheme.items.items()})


def _by_chance(one: Item, chance: Random) -> Mark:
    why = "演示理由"
    if one.absent and chance.random() < 0.1:
        return Mark(absent=True, why=why)
    match one.marking:
        case Marking.LEVELS:
            return Mark(chance.choice(list(one.levels)), why=why)
        case Marking.YES:
            return Mark(chance.choice(["", "1"]), why=why)
        case Marking.FLAG:
            return Mark("1" if chance.random() < 0.05 else "", why=why)
        case Marking.JUDGED:
            return Mark(str(chance.randint(0, int(one.points))), why=why)
        case Marking.DEDUCT | Marking.BONUS:
            return Mark(str(chance.choice((0, 0, 1, 4))), why=why)
        case _:
            return Mark(str(chance.randint(0, 120)), why=why)
