"""What a bulletin is composed from: items, figures of units, practices, the period. Plain data; whoever fills it answers for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.spine import State


class Situation(StrEnum):
    """How an item is counted in a text: the state, but for soft wording and for what others decide."""

    DONE = "已完成"
    AHEAD = "超进度"
    ON_COURSE = "达进度"
    STANDING = "常态化推进"
    ADVANCING = "正在推进"
    """预期性 (力争, 努力): never said to lag."""
    COORDINATED = "协调推进"
    """协调事项: others decide, so it is no problem of the section."""
    BEHIND = "欠进度"
    OVERDUE = "逾期未完成"
    PAUSED = "暂缓"
    UNKNOWN = "待核实"


_PLAIN: Mapping[State, Situation] = {
    State.DONE: Situation.DONE,
    State.AHEAD: Situation.AHEAD,
    State.ON_COURSE: Situation.ON_COURSE,
    State.STANDING: Situation.STANDING,
    State.BEHIND: Situation.BEHIND,
    State.OVERDUE: Situation.OVERDUE,
    State.PAUSED: Situation.PAUSED,
    State.UNKNOWN: Situation.UNKNOWN,
}
LAGGING = frozenset({Situation.BEHIND, Situation.OVERDUE})
"""What stands among the problems."""
_OPEN = frozenset({State.ON_COURSE, State.STANDING, State.BEHIND, State.OVERDUE, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured value as it may be printed; nothing of it is while it is not 核定."""

    key: str
    """Finds the measurement again."""
    value: Decimal
    unit: str
    """%, 所, 个, 人次."""
    on: date
    """时点."""
    definition: str = ""
    """口径."""
    verified: bool = False
    """核定."""
    about: bool = False
    """约."""


@dataclass(frozen=True, slots=True)
class Item:
    """督查事项 as it stands on the day of the bulletin."""

    key: str
    """Its lasting number, 2021-08-01."""
    title: str
    section: str
    """板块."""
    office: str
    """牵头科室."""
    computed: State | None = None
    """数据状态."""
    judged: State | None = None
    """核定状态; stands before the computed one in counts, and beside it in tables."""
    target: str = ""
    """目标任务 in words: 不高于2.5%."""
    amount: Amount | None = None
    gap: str = ""
    """How far from the target: 高0.25个百分点. Derived from the amount, so printed only with it."""
    cause: str = ""
    """Why, in the words of the section; never made up."""
    next_step: str = ""
    request: str = ""
    """需协调解决的问题."""
    due: date | None = None
    due_words: str = ""
    """A time limit in other words: 长期坚持."""
    leader: str = ""
    """分管局领导; only on papers for leaders."""
    units: tuple[str, ...] = ()
    """Divisions it concerns, in protocol order."""
    soft: bool = False
    """力争, 努力, 争取."""
    coordination: bool = False
    """协调事项."""
    closed: bool = False
    """Finished within this period."""
    days_late: int = 0
    """Days it lags: past the limit, or behind the pace."""
    weight: Decimal = Decimal(1)
    """How much it weighs when a meeting sorts; set by people."""


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One figure of one unit; all counts belong to one day and one 口径."""

    key: str
    unit: str
    indicator: str
    measure: str
    """Unit of the rate: %."""
    on: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rate: Decimal | None = None
    change: Decimal | None = None
    """Against last month, in the unit of the rate, points for %."""
    missing: Decimal | None = None
    """What is still missing to the year's target, in the unit of the rate; 0 or less when it is reached."""
    definition: str = ""
    verified: bool = False
    school: bool = False
    """A school: not named unless naming was approved."""


@dataclass(frozen=True, slots=True)
class Practice:
    """做法: what somebody did well, in words a person wrote."""

    unit: str
    words: str
    school: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything a bulletin of a period is composed from."""

    bureau: str
    """星州市教育局."""
    office: str
    """星州市教育局办公室."""
    period: str
    """8月份, 第三季度."""
    on: date
    """截至日."""
    issued: date
    """成文日期."""
    items: Sequence[Item]
    figures: Sequence[UnitFigure] = ()
    """In protocol order within an indicator."""
    practices: Sequence[Practice] = ()
    to: str = ""
    """主送."""
    basis: str = ""
    """依据: 《星州市教育局2021年工作要点》."""
    answer_by: date | None = None
    """The day by which sections answer."""
    previous: Mapping[Situation, int] = field(default_factory=dict)
    """Counts of the period before; empty when not known."""
    cc: tuple[str, ...] = ()
    ranked_by: str = ""
    """Who approved that units are listed by their distance; empty keeps protocol order."""
    named_by: str = ""
    """Who approved that schools are named; empty names none."""
    made_up: bool = False


def situation(item: Item) -> Situation:
    """How an item is counted. What rests on a figure that is not 核定 is 待核实 until people judge it."""
    return as_situation(item, item.judged or _computed(item))


def as_situation(item: Item, state: State | None) -> Situation:
    """The word for a state of this item, by the same rules."""
    if state is None:
        return Situation.UNKNOWN
    if item.coordination and state in _OPEN:
        return Situation.COORDINATED
    plain = _PLAIN[state]
    return Situation.ADVANCING if item.soft and plain in LAGGING else plain


def computed_word(item: Item) -> str:
    """数据状态 in a table: —— for what no figure judges."""
    return "——" if item.computed is None else as_situation(item, _computed(item)).value


def judged_word(item: Item) -> str:
    """核定状态 in a table: 待核定 until people judged."""
    return "待核定" if item.judged is None else as_situation(item, item.judged).value


def counts(items: Sequence[Item]) -> dict[Situation, int]:
    """How many items are in each situation; together all of them."""
    told = dict.fromkeys(Situation, 0)
    for item in items:
        told[situation(item)] += 1
    return told


def lagging(items: Sequence[Item]) -> list[Item]:
    """欠进度 and 逾期未完成, in the order of the ledger."""
    return [item for item in items if situation(item) in LAGGING]


def urgency(item: Item) -> Decimal:
    """How early a meeting takes it: days late × weight, nothing else."""
    return item.days_late * item.weight


def _computed(item: Item) -> State | None:
    if item.computed and item.amount and not item.amount.verified:
        return State.UNKNOWN
    return item.computed
