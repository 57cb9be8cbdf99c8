"""Made-up progress replies with their truth, from any ledger and a seed. 演示数据（虚构）.

Five styles (numbered table, prose report, home-made workbook, short message, rambling chat) and three kinds of file (docx,
xlsx, text). Hard on purpose: paraphrased and shortened titles, targets and last year's numbers beside the figure, wrong
item numbers, several items in one paragraph, items of other sections, numbers that belong to nothing.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.replies import Answer, Reply, Wanted, WantedTarget, match, pasted, read_reply
from luoshi.spine import Comparator
from tests.reply_words import (
    COUNT,
    HEADS,
    NEXT,
    NOISE,
    NOTHING,
    RATE,
    SHORTER,
    TARGET,
    TROUBLE,
    VERBS,
    WORDS,
    chinese,
    shared,
    word_file,
    workbook_file,
)

STYLES = ("numbered", "prose", "workbook", "short", "chat")
KINDS = {
    "numbered": ("docx", "xlsx"),
    "prose": ("docx", "txt"),
    "workbook": ("xlsx",),
    "short": ("pasted", "txt"),
    "chat": ("pasted", "docx"),
}
LESS = {Comparator.AT_MOST, Comparator.NONE}
_PHRASES = {one.key: one.phrases for one in INDICATORS}
_FIGURE = re.compile(
    r"(?:不少于|不低于|不超过|达到|控制在|提高到|稳定在|降至|保持|力争|累计)*[\d.]+[万亿]?(?:%|个百分点|[所个人名次场套元座位间期节项家条辆台对处支条种门])+(?:次|以上|以内|左右)?"
)
_FROM = re.compile(r"由[^，,。；;]{1,10}(?:降至|提高到)[^，,。；;]{1,10}(?:以内|以上)?|由[\d.]+%")
_DAY = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底)?(?:之?前|内)|全年|年底前?|年内|秋季学期起?|(?:\d{4}年)?\d{1,2}月(?:底|份)?前?"
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the reply says of one item: a value, or that nothing is new, or only words (both empty)."""

    value: Decimal | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A reply, with the ledger it answers."""

    seed: int
    style: str
    kind: str
    name: str
    content: bytes
    text: str
    office: str
    on: date
    wanted: tuple[Wanted, ...]
    truth: dict[int, Truth]

    def read(self) -> Reply:
        return pasted(self.text) if self.kind == "pasted" else read_reply(self.content, self.name)

    def answers(self) -> tuple[Answer, ...]:
        return match(self.read(), self.wanted, office=self.office, on=self.on)


def ledger(path: Path) -> tuple[Wanted, ...]:
    """The items of a plan as the ledger wants them; a title that stands twice is left out."""
    plan = read_text(path.read_text("utf-8"), indicators=INDICATORS)
    found: dict[str, Wanted] = {}
    for place, one in enumerate(plan.commitments, 1):
        clause = plan.text[one.start : one.end]
        point, _, order = one.id.rpartition(".")
        paper = f"{plan.year}-{point}-{int(order):02d}" if point.isdigit() and plan.year else ""
        targets = tuple(
            WantedTarget(t.subject, t.unit, t.comparator, t.value, _PHRASES.get(t.indicator or "", ()))
            for t in one.targets
        )
        lead = one.offices[0] if one.offices else ""
        found.setdefault(clause, Wanted(place, one.id, paper, clause[:300], clause, lead, (), targets))
    return tuple(found.values())


def make(items: Sequence[Wanted], seed: int, style: str = "") -> Made:
    """One reply, the same for the same seed."""
    return _Writer(items, seed, style).made()


class _Writer:
    def __init__(self, items: Sequence[Wanted], seed: int, style: str) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        self.style = style or STYLES[seed % 5]
        self.kind = self.chance.choice(KINDS[self.style])
        self.month = self.chance.randint(5, 11)
        year = next((int(one.paper_number[:4]) for one in items if one.paper_number), 2021)
        self.on = date(year, self.month + 1, 3)
        self.office = ""
        self.items = [self._with_last(one) for one in items]
        self.truth: dict[int, Truth] = {}
        self.chosen = self._choose()

    def pick(self, words: Sequence[str]) -> str:
        return self.chance.choice(list(words))

    def _with_last(self, one: Wanted) -> Wanted:
        value = self._value(one)
        if value is None or self.chance.random() < 0.5:
            return one
        return replace(one, last_value=value)

    def _value(self, one: Wanted) -> Decimal | None:
        target = one.targets[0] if one.targets else None
        if (
            target is None
            or target.value is None
            or target.unit not in {"%", *"所个人名次场套元座位间期节项家条辆台对处支种门", "人次"}
        ):
            return None
        if target.comparator in {Comparator.NEVER_LESS, Comparator.NONE} and target.unit != "个":
            return None
        goal = float(target.value)
        if target.comparator in LESS:
            told = goal * self.chance.uniform(1.02, 1.9) + (self.chance.randint(1, 9) if target.value == 0 else 0)
        else:
            told = goal * self.chance.uniform(0.25, 0.98)
        if target.unit == "%":
            return Decimal(str(round(min(told, 99.9), 1)))
        step = 10 ** max(0, len(str(int(goal))) - 4)
        return Decimal(max(1 if goal < 3 else 2, int(told) // step * step))

    def _choose(self) -> list[Wanted]:
        offices = sorted({one.office for one in self.items if one.office})
        if offices:
            self.office = self.pick(offices)
            own = [one for one in self.items if one.office == self.office]
        else:
            start = self.chance.randrange(len(self.items))
            own = self.items[start : start + 14]
        chosen = self.chance.sample(own, min(len(own), self.chance.randint(3, 6)))
        chosen.sort(key=self.items.index)
        if self.chance.random() < 0.15:
            other = self.chance.choice(self.items)
            chosen += [other] if other not in chosen else []
        return chosen

    def title(self, one: Wanted, *, figure: bool = False) -> str:
        """The task in other words."""
        words = _DAY.sub("", one.title) if self.chance.random() < 0.8 else one.title
        if not figure:
            words = _FIGURE.sub("", _FROM.sub("", words))
        for long, short in SHORTER:
            if self.chance.random() < 0.5:
                words = words.replace(long, short)
        for verb, other in VERBS:
            if words.startswith(verb) and self.chance.random() < 0.4:
                words = other + words[len(verb) :]
        turned = re.match(
            r"^(新建|建设|创建|评选|招聘|培育|组建|举办|开展|推进|完善|加强|选树|遴选|认定|制定)(?:市级)?([^，,、]{4,})$",
            words,
        )
        if turned and self.chance.random() < 0.4:
            words = turned[2] + turned[1]
        parts = re.split("[，,]", words)
        if len(parts) > 1 and self.chance.random() < 0.4:
            words = "，".join(parts[::-1]) if self.chance.random() < 0.5 else parts[0] if len(parts[0]) > 6 else words
        words = words.strip("，,、；; 的其中")
        return one.title if not words or self._names_another(words, one) else words

    def _names_another(self, words: str, one: Wanted) -> bool:
        """Whether shortened words name another item better: no reader could know."""
        mine = shared(words, _FIGURE.sub("", one.title))
        return any(shared(words, _FIGURE.sub("", other.title)) > mine for other in self.items if other.id != one.id)

    def shown(self, value: Decimal, unit: str, *, spoken: bool = False) -> str:
        """A number as people type it."""
        if spoken and unit != "%" and value < 100:
            return ("两" if value == 2 else chinese(int(value))) + unit
        if value >= 10_000 and unit != "%":
            return f"{(value / 10_000).normalize():f}万{unit}"
        about = "余" if spoken and value > 20 and unit != "%" and self.chance.random() < 0.3 else ""
        return f"{value.normalize():f}{about}{unit}"

    def told(self, one: Wanted, *, spoken: bool = False, target: bool = True) -> str:
        """The progress of an item, entered in the truth."""
        chance = self.chance
        if chance.random() < 0.12:
            self.truth[one.id] = Truth(None, nothing=True)
            return self.pick(NOTHING)
        value = self._value(one)
        if value is None or (
            one.last_value is not None and (value > one.last_value) == (one.targets[0].comparator in LESS)
        ):
            value = one.last_value if value is not None and one.last_value is not None else value
        if value is None:
            self.truth[one.id] = Truth()
            return self.pick(WORDS)
        self.truth[one.id] = Truth(value)
        goal, unit = one.targets[0], one.targets[0].unit
        rate = unit == "%"
        whole = goal.value or Decimal(0)
        step = Decimal("0.1") * chance.randint(3, 30) if rate else Decimal(max(1, int(value) // chance.randint(4, 9)))
        shape = chance.choice(RATE if rate else (*COUNT, *TARGET) if target and whole else COUNT)
        if rate and (value < 4 or whole <= 1):
            shape = RATE[0]
        if (not whole or goal.comparator in LESS) and not rate:
            shape = "目前{x}"
        return shape.format(
            V=self.shown(whole, unit),
            x=self.shown(value, unit, spoken=spoken),
            y=self.shown(
                max(value - step if not rate or goal.comparator not in LESS else value + step, Decimal(0)), unit
            ),
            d=f"{step:f}" if rate else self.shown(step, unit),
            h=self.shown(max(Decimal(1), value // 2), unit),
            r=self.shown(max(Decimal(1), whole - value), unit),
            p=f"{value * 100 / whole:.1f}" if whole else "0",
            day=f"{self.month}月底",
        )

    def noise(self) -> str:
        chance = self.chance
        return self.pick(NOISE).format(
            a=chance.randint(300, 1900), b=chance.randint(20, 99), c=chance.randint(2, 9), m=self.month
        )

    def hindrance(self, shapes: Sequence[str]) -> str:
        return self.pick(shapes).format(c=self.chance.randint(2, 8), n=min(12, self.month + 2))

    def number(self, one: Wanted) -> str:
        """The item's number, now and then another's."""
        if self.chance.random() < 0.06:
            one = self.chance.choice(self.items)
        return one.paper_number if one.paper_number and self.chance.random() < 0.4 else one.number

    def made(self) -> Made:
        name = self.pick(
            (
                f"{self.office or '某科'}{self.month}月进展反馈",
                f"进展情况（{self.office or '科室'}）",
                "新建文档",
                f"{self.month}月汇报",
            )
        )
        lines = list(getattr(self, "_" + self.style)())
        content, text = b"", ""
        if self.kind == "docx":
            content = word_file(lines)
        elif self.kind == "xlsx":
            content = workbook_file(lines, self.chance)
        else:
            text = "\n".join(line if isinstance(line, str) else "\t".join(line) for line in lines)
            content = text.encode("gb18030" if self.chance.random() < 0.3 else "utf-8")
        office = self.office if self.chance.random() < 0.7 else ""
        return Made(
            self.seed,
            self.style,
            self.kind,
            f"{name}.{self.kind}",
            content,
            text,
            office,
            self.on,
            tuple(self.items),
            self.truth,
        )

    def _numbered(self) -> Iterator[object]:
        keys = ["number", "title", *(["target"] if self.chance.random() < 0.5 else []), "progress"]
        keys += [key for key in ("trouble", "next", "lead") if self.chance.random() < 0.6]
        yield f"{self.office or '教育局'}{self.on.year}年{self.month}月重点工作进展情况表"
        yield [self.pick(HEADS[key]) for key in keys]
        for one in self.chosen:
            goal = one.targets[0] if one.targets else None
            cells = {
                "number": self.number(one),
                "title": self.title(one, figure=self.chance.random() < 0.6),
                "target": self.shown(goal.value, goal.unit) if goal and goal.value is not None else "按要求完成",
                "progress": self.told(one) + "。" + (self.noise() if self.chance.random() < 0.2 else ""),
                "trouble": self.hindrance(TROUBLE),
                "next": self.hindrance(NEXT),
                "lead": one.office or "教育局",
            }
            yield [cells[key] for key in keys]

    def _workbook(self) -> Iterator[object]:
        keys = [
            *(["number"] if self.chance.random() < 0.6 else []),
            "title",
            *(["target"] if self.chance.random() < 0.7 else []),
            "value",
        ]
        keys += [key for key in ("rate", "last", "progress", "trouble", "next") if self.chance.random() < 0.5]
        if self.chance.random() < 0.3:
            keys[1:] = self.chance.sample(keys[1:], len(keys) - 1)
        yield [f"{self.on.year}年{self.month}月工作推进表", *[""] * (len(keys) - 1)]
        yield [self.pick(HEADS[key]) for key in keys]
        for place, one in enumerate(self.chosen, 1):
            yield self._workbook_row(one, place, keys)
        yield ["填表人：某某", *[""] * (len(keys) - 1)]

    def _workbook_row(self, one: Wanted, place: int, keys: list[str]) -> list[str]:
        self.told(one)
        truth = self.truth[one.id]
        goal = one.targets[0] if one.targets else None
        unit = goal.unit if goal and self.chance.random() < 0.6 else "%" if goal and goal.unit == "%" else ""
        if truth.value is None:
            value = self.pick(NOTHING) if truth.nothing else self.pick(WORDS)
        else:
            value = f"{truth.value.normalize():f}{unit}"
        whole = goal.value if goal and goal.value else None
        last = max(Decimal(1), (truth.value or Decimal(2)) - 1)
        cells = {
            "number": self.number(one) if self.chance.random() < 0.4 else str(place),
            "title": self.title(one, figure=self.chance.random() < 0.5),
            "target": f"{whole.normalize():f}{goal.unit}" if goal and whole else "",
            "value": value,
            "rate": f"{truth.value * 100 / whole:.1f}%" if truth.value is not None and whole else "",
            "last": f"{last.normalize():f}{unit}" if truth.value is not None else "",
            "progress": self.pick(("正常推进", "已召开调度会2次", "正在推进", self.noise())),
            "trouble": self.hindrance(TROUBLE),
            "next": self.hindrance(NEXT),
        }
        return [cells[key] for key in keys]

    def _prose(self) -> Iterator[str]:
        chance = self.chance
        yield f"关于{self.month}月份重点工作进展情况的报告"
        yield "市教育局督查室："
        yield "按照工作要求，现将我科承担的重点工作进展情况报告如下："
        if chance.random() < 0.5:
            yield "一、进展情况"
        held = list(self.chosen)
        count = 0
        while held:
            one = held.pop(0)
            count += 1
            mark = self.pick((f"（{chinese(count)}）", f"{count}.", f"{chinese(count)}是"))
            form = chance.random()
            progress = self.told(one)
            if form < 0.35:
                yield f"{mark}{self.title(one)}。{progress}。{self.noise() if chance.random() < 0.3 else ''}"
            elif form < 0.6:
                yield f"{mark}{self.title(one)}"
                yield f"{progress}。存在问题：{self.hindrance(TROUBLE)}。下一步，{self.hindrance(NEXT)}。"
            elif held and form < 0.85:
                other = held.pop(0)
                yield f"{mark}{self.title(one)}，{progress}；{self.title(other)}，{self.told(other)}。"
            else:
                yield f"{mark}{self.title(one)}方面，{progress}。"
        if chance.random() < 0.6:
            yield "二、存在问题"
            yield f"（一）{self.hindrance(TROUBLE)}。"
            yield "三、下步打算"
            yield f"（一）{self.hindrance(NEXT)}。"
        yield "特此报告。"
        yield self.office or "教育局"
        yield f"{self.on.year}年{self.on.month}月3日"

    def _short(self) -> Iterator[str]:
        if self.office and self.chance.random() < 0.5:
            yield f"【{self.office}】{self.month}月进展："
        for one in self.chosen:
            mark = self.number(one) + " " if self.chance.random() < 0.35 else ""
            yield f"{mark}{self.title(one)}{self.pick(('：', '，', ' '))}{self.told(one)}"

    def _chat(self) -> Iterator[str]:
        chance = self.chance
        yield f"王科 {chance.randint(8, 17)}:{chance.randint(10, 59)}"
        yield self.pick(("李主任好，汇报下我们这块的情况", "各位领导好！", "收到，我们这边情况是这样的"))
        for one in self.chosen:
            words = self.told(one, spoken=True)
            opening = self.pick(("", "", "那个", "关于", "还有"))
            yield f"{opening}{self.title(one)}{self.pick(('，', '这块，', '的话，', '，我们'))}{words}{self.pick(('', '吧', '，后面再跟进', '，请领导放心'))}"
            if chance.random() < 0.15:
                yield self.noise()
            if chance.random() < 0.04 and self.truth[one.id].value is not None:
                yield f"补充：{self.title(one)}，{words}"
        yield self.pick(("谢谢！", "辛苦了", "以上，请审阅"))
