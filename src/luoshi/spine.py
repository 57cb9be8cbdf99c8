"""The nouns, in the order the work happens. Read this first.

    Sentence → Commitment → Target → Indicator → Rows → Measurement → Status → Bulletin

and the three that several engines share: Evidence, Return, Parameter. One sentence each; no logic beyond validation.
Offsets are characters into the plan's text; dates are days in UTC+8; amounts are decimals in the unit printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.words.findings import Finding
from luoshi.words.parameters import Parameter as Parameter  # noqa: PLC0414  # a noun of the spine; rules in words hold it
from luoshi.words.provenance import Source
from luoshi.words.returns import Return as Return  # noqa: PLC0414  # a noun of the spine, written in a room of its own


class Comparator(StrEnum):
    """How a value is held against a target."""

    EXACTLY = "eq"
    """A bare count (建设8所): kept when reached; "exactly" only when a person says so."""
    AT_LEAST = "ge"
    """不低于, 达到, 以上."""
    AT_MOST = "le"
    """不超过, 控制在, 以内."""
    BETWEEN = "between"
    """A range (3-5个): kept from the lower bound on."""
    ALL = "all"
    """所有, 全覆盖: the whole list, 100 %."""
    NONE = "none"
    """消除, 严禁: not one left."""
    NEVER_LESS = "nondecreasing"
    """只增不减: never less than the year before."""


class Kind(StrEnum):
    """What sort of promise a commitment is."""

    QUANTITY = "quantity"
    """Judged by a number (量化)."""
    MILESTONE = "milestone"
    """A thing finished by steps: build, complete, set up (节点)."""
    DOCUMENT = "document"
    """A plan, list or rule to be issued (制发文件)."""
    EVENT = "event"
    """A meeting, contest or launch to be held (会议活动)."""
    RECOGNITION = "recognition"
    """A title or approval that somebody else grants (争创申报): 协调事项, never red for the bureau."""
    STANDING = "standing"
    """Goes on all year (常态化)."""


class Strength(StrEnum):
    """How hard the wording binds."""

    BINDING = "binding"
    """约束性."""
    ASPIRATIONAL = "aspirational"
    """预期性: 力争, 努力, 争取, 左右. Never turns bad by itself."""


class State(StrEnum):
    """How a promise stands; used for both 数据状态 and 核定状态, never mixed."""

    DONE = "done"
    """The target is met, or people judged it so."""
    AHEAD = "ahead"
    """More of the way is done than of the time is gone, clearly."""
    ON_COURSE = "on_course"
    """About as much of the way is done as of the time is gone."""
    BEHIND = "behind"
    """Less of the way is done than of the time is gone, clearly."""
    OVERDUE = "overdue"
    """The day is past and a figure that speaks for it does not meet the target."""
    UNKNOWN = "unknown"
    """Nothing fresh is known that could judge; never turns good by itself."""
    STANDING = "standing"
    """Goes on all year; judged by people."""
    PAUSED = "paused"
    """Put off with approval; judged by people."""

    @property
    def label(self) -> str:
        """The word on screen and paper."""
        return STATE_LABELS[self]


STATE_LABELS: Mapping[State, str] = {
    State.DONE: "已完成",
    State.AHEAD: "超进度",
    State.ON_COURSE: "达进度",
    State.BEHIND: "欠进度",
    State.OVERDUE: "逾期未完成",
    State.UNKNOWN: "待核实",
    State.STANDING: "常态化推进",
    State.PAUSED: "暂缓",
}


class Better(StrEnum):
    """Which way an indicator should move."""

    HIGHER = "higher"
    """More is better: places, shares of enrolment."""
    LOWER = "lower"
    """Less is better: large classes, townships without a kindergarten."""


class Standing(StrEnum):
    """How far a figure has come: 上报数 → 核定数 → 发布数; 公开报道数 is taken from a published page, 口径未核."""

    REPORTED = "reported"
    """上报数: as a unit reported it."""
    VERIFIED = "verified"
    """核定数: agreed after 对数."""
    PUBLISHED = "published"
    """发布数: published by the bureau."""
    PRESS = "press"
    """公开报道数: from a public page, 口径未核."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the plan says, where, to the character; verbatim and re-verifiable."""

    text: str
    """Verbatim."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last."""
    point: str = ""
    """Number of the point it stands in, as printed without its dot ("15"); empty outside any point."""
    section: str = ""
    """Number of the section ("四"); empty outside any section."""


@dataclass(frozen=True, slots=True)
class Target:
    """How much of an indicator keeps the promise: at least, at most, exactly, between, all, none, never less."""

    comparator: Comparator
    """How a value is held against it."""
    value: Decimal | None
    """Written out: 2万 is 20000; a rate keeps the printed figure. 100 for ALL, 0 for NONE."""
    unit: str
    """As printed, without 万 and 亿: 所, 个, 人次, 元, %, ‰, /10万."""
    start: int
    """Offset of the number, with little more."""
    end: int
    """Offset after it."""
    value_max: Decimal | None = None
    """Upper bound of BETWEEN, else None."""
    deadline: date | None = None
    """The date that governs the clause itself."""
    due: date | None = None
    """That date, or the one inherited from heading, title or plan period."""
    implicit: bool = False
    """True when no number is written (全覆盖, 消除, 只增不减)."""
    strength: Strength = Strength.BINDING
    """How hard its own words bind."""
    subject: str = ""
    """What is counted, in the plan's words."""
    indicator: str | None = None
    """Key of the declared indicator it was bound to, or None."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """督查事项: what an office promises because of one or more sentences, by a day."""

    id: str
    """Point and order in it, "15.1"."""
    sentence: Sentence
    """The sentence it stands in."""
    start: int
    """Offset of the clause, into the plan's text."""
    end: int
    """Offset after the clause; every promising clause is in exactly one commitment."""
    action: str
    """The verb that promises: 新建, 完成, 开展."""
    subject: str
    """What the verb acts on."""
    kind: Kind
    """What sort of promise it is."""
    strength: Strength
    """How hard the wording binds."""
    scope: str = ""
    """各地, 9县(市), 中心城区, 全市; empty when the clause names none."""
    offices: tuple[str, ...] = ()
    """Lead and helping offices the plan itself prints, lead first."""
    organisations: tuple[str, ...] = ()
    """Organisations named in the clause (schools, universities, committees)."""
    policies: tuple[str, ...] = ()
    """Documents named, with their 《》."""
    programmes: tuple[str, ...] = ()
    """Named programmes, “…” with 计划, 工程, 项目."""
    targets: tuple[Target, ...] = ()
    """Everything that can be held against a value."""
    repeats: tuple[tuple[int, int], ...] = ()
    """Where the same clause stands again (a news item's list of highlights), offsets."""

    @property
    def due(self) -> date | None:
        """The latest day of its targets; None when it has none."""
        return max((target.due for target in self.targets if target.due), default=None)


@dataclass(frozen=True, slots=True)
class Point:
    """条目: one numbered point of the plan."""

    number: str
    """As printed without its dot: "15"."""
    title: str
    """Its heading."""
    section: str
    """Number of the section it stands in ("四"); empty outside any."""
    start: int
    """Offset of its number."""
    end: int
    """Offset after its last character."""


@dataclass(frozen=True, slots=True)
class Plan:
    """工作要点, read whole."""

    title: str
    """As printed."""
    issuer: str
    """The office that issued it; empty when it is not named."""
    year: int | None
    """The year it is for; None when it is not named."""
    digest: str
    """SHA-256 of the text in UTF-8."""
    text: str
    """All of it, verbatim; every offset counts its characters."""
    points: tuple[Point, ...]
    """In the order of the text."""
    commitments: tuple[Commitment, ...]
    """In the order of the text."""
    sections: tuple[Point, ...] = ()
    """Headings above points, 一、…; their section field is empty."""
    begun: date | None = None
    """First day of its period."""
    until: date | None = None
    """Last day of its period."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question with a unit, a numerator, a denominator, a source and the phrases plans use for it."""

    key: str
    """Its name in code and files."""
    label: str
    """Its name on screen."""
    unit: str
    """%, ‰, or what is counted: 所, 个, 人次."""
    better: Better
    """Which way it should move."""
    phrases: tuple[str, ...]
    """Any of these in the clause binds a target to it; the longest phrase wins."""
    answers: str = ""
    """The mechanism it serves, "M16.3"; empty for support."""
    within: tuple[str, ...] = ()
    """When not empty, the clause, its sentence or its point's title must hold one of these too."""
    without: tuple[str, ...] = ()
    """The clause, its sentence or its point's title must hold none of these."""
    part: str = ""
    """What is counted on top (分子), in words."""
    whole: str = ""
    """What is counted below (分母), in words; empty for a count."""
    source: str = ""
    """The document that defines it."""
    label_en: str = ""
    yearly: bool = False
    """Taken once a year, on the 统计时点 of 1 September: that figure speaks for the year's end."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A write-once partition of the lake, with its digest."""

    name: str
    digest: str
    count: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """A quantity on a day for a division, with both its counts and its 口径, from these rows."""

    indicator: str
    """Key of the indicator."""
    on: date
    """统计时点: the day it describes."""
    known: date
    """The day it became known; before it the figure does not exist."""
    value: Decimal
    """In the unit below; a rate as it was printed."""
    unit: str
    definition: str
    """口径."""
    standing: Standing
    source: Source
    """The page it was taken from."""
    division: str = ""
    """Code of the division; empty for the whole plan's city."""
    numerator: Decimal | None = None
    """分子; None when it was not published."""
    denominator: Decimal | None = None
    """分母; None when it was not published."""
    about: bool = False
    """True for 约, 余, 多."""
    doubt: str = ""
    """What is unsure (口径未核), in Chinese."""
    rows: tuple[Rows, ...] = ()
    reference: bool = False
    """True where another 口径 is the 发布口径 of its year: shown as 参考, it never speaks."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a promise stands, *because* of these facts."""

    state: State
    because: str
    """The arithmetic in one Chinese sentence; never empty."""
    on: date
    """The day it is judged for."""
    measurement: Measurement | None = None
    """The figure that decided; None when none is known."""
    completion: Decimal | None = None
    """Share of the way, 0 to 1.2, unrounded; None when there is no baseline or no number."""
    pace: Decimal | None = None
    """Share of the time gone, 0 to 1, unrounded."""
    next_step: str = ""
    """下一阈值: what would change the state."""
    doubts: tuple[Finding, ...] = ()
    """口径待核."""
    rules: str = ""
    """Version of the rules that judged."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What is told, frozen with a digest."""

    title: str
    on: date
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """佐证材料: a file by its digest, what it shows, who accepted it."""

    digest: str
    name: str
    shows: str
    accepted_by: str = ""
    accepted_on: date | None = None
