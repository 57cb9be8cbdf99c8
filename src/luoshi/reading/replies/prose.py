"""Paragraphs and messages → the stretches that speak of tasks; greetings, signatures and headings left aside."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from luoshi.reading.grammar.numerals import level
from luoshi.reading.replies.reply import Manner, Part, Stated

_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d) ?年 ?)?(?<![\d.])(?P<month>1[0-2]|0?[1-9]) ?月(?: ?(?P<day>3[01]|[12]\d|0?[1-9]) ?[日号])?"
    r"|(?P<dotted_year>(?:19|20)\d\d)[.\-/](?P<dotted_month>1[0-2]|0?[1-9])(?!\d)(?:[.\-/](?P<dotted_day>3[01]|[12]\d|0?[1-9])(?!\d))?"
)
_SHORT_DAY = re.compile(r"(?P<month>1[0-2]|0?[1-9])[.\-/](?P<day>3[01]|[12]\d|0?[1-9])(?![\d%])")
_UNTIL = re.compile(
    r"(?:截至|截止|截止到|截至到|至|统计到)(?:目前)?[^，,。；;\d]{0,6}(?=(?:(?:19|20)\d\d|\d{1,2}) ?[年月.\-/])"
)
_SIGNED = re.compile(r"(?:19|20)\d\d ?[年.\-/] ?\d{1,2} ?[月.\-/] ?\d{1,2} ?日?")
_SIGNING = re.compile(rf"[^\d]{{0,24}}{_SIGNED.pattern}\s*")
_HEADING = re.compile(
    r"^\s{0,8}(?:(?P<one>[一二三四五六七八九十]{1,3}[、．.](?!\d|[一二三四五六七八九十][.．])|第[一二三四五六七八九十]{1,3}[、部])|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[、．.](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|\d{1,2}[）)])|(?P<four>[一二三四五六七八九十]是|[•●■◆▪·]))\s{0,8}"
)
_TROUBLE = re.compile(
    r"^(?:当前|目前)?(?:主要|我科)?(?:存在)?的?(?:主要|突出)?(?:问题|困难|不足|难点)(?:和|与|及)?(?:问题|困难|不足|原因|建议)?[:：]?$|存在的?(?:主要|突出)?(?:问题|困难|不足)|需协调"
)
_NEXT = re.compile(r"下一?步|下阶段|下一阶段|下月|工作打算|后续(?:工作)?(?:安排|打算|计划)|工作计划$|工作安排$")
_ADDS = re.compile(
    r"(?:当前|目前|主要)?存在的?(?:主要|突出)?(?:问题|困难|不足)|(?:主要)?(?:问题|困难)(?:及原因)?$|下一?步|下阶段|后续|需协调"
)
_GREETING = re.compile(
    r"^(?:@\S{1,12}\s*)?(?:(?:尊敬的|各位|亲爱的)\S{0,14}[:：，,！!]?$|(?:您|你|大家|各位\S{0,4})好|[\u4e00-\u9fff]{2,14}[:：]$|\S{0,8}(?:主任|科长|局长|老师|领导|书记|处长)(?:您|你)?好|收到|好的|辛苦|谢谢|感谢|麻烦|请(?:查收|审阅|收阅|领导|督查室)|"
    r"现将|根据(?!.{0,60}(?:已|累计))|按照(?!.{0,60}(?:已|累计))|特此|以上|妥否|专此|此复|附件|附[:：]|\[.{1,6}\]$|在吗|不好意思|报告人|联系人|联系电话|审核|填报人|填报日期|签发|填报时间|报送单位|报送科室|填报单位|填报科室)"
)
_REPORT_BELOW = re.compile(r"(?:报告|汇报|反馈|情况)(?:如下|于后|汇总如下)[:：。]?$")
_SPEAKER = re.compile(
    r"^(?:[^\s，,。；;：:]{1,14}\s+)?(?:(?:19|20)\d\d[年/\-.]\d{1,2}[月/\-.]\d{1,2}日?\s*)?(?:[上下]午|晚上|星期.|昨天)?\s*\d{1,2}:\d\d(?::\d\d)?\s*$"
)
_SENDER = re.compile(
    r"(?:报送|填报|报告|反馈|汇报)(?:单位|科室|部门)(?:[（(][^）)]{1,8}[）)])?\s*[:：]\s*(?P<name>[\u4e00-\u9fff（）()、]{2,24})"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()]{1,18}?(?:科|室|处|中心|股|局|办|委员会|政府|机关党委|教体局)(?:[（(][^（）()]{1,10}[）)])?"
)
_ABOUT = re.compile(r"(?:关于|有关)")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:县|区|市)(?=$|教|报|进展|汇报|反馈|情况)")
_CLOSED = re.compile(r"[。！!；;]\s*$")
_DONE = re.compile(r"\d|已|完成|正在|无进展|无新|没有|零报告|未|开展|推进中|变化")
_LONG_HEADING = 60
_SIGNATURE = 3
"""Lines at the foot that may sign."""


def stated(words: str) -> Stated | None:
    """The first day in some words; None for none."""
    found = _DAY.search(level(words))
    if found is None:
        return None
    told = ["dotted_year", "dotted_month", "dotted_day"] if found["dotted_year"] else ["year", "month", "day"]
    year, month, day = (int(found[one]) if found[one] else None for one in told)
    return Stated(found[0], year, month or 1, day)


def until(words: str) -> Stated | None:
    """The day behind 截至."""
    flat = level(words)
    for found in _UNTIL.finditer(flat):
        told = flat[found.end() : found.end() + 16]
        day = stated(told)
        if day and told.lstrip().startswith(day.words[:2]):
            return day
        short = _SHORT_DAY.match(told)
        if short:
            return Stated(short[0], None, int(short["month"]), int(short["day"]))
    return None


@dataclass(slots=True)
class Gathered:
    """What was found so far in a run of paragraphs."""

    parts: list[Part] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    """Headings by their level; a higher one ends the lower."""

    def manner(self) -> Manner:
        """What stands below the present headings."""
        for at in sorted(self.heads, reverse=True):
            words = _HEADING.sub("", self.heads[at], count=1).strip()
            if len(words) <= 24 and not re.search(r"进展|完成情况", words):  # noqa: PLR2004 (a heading that only says so)
                if _TROUBLE.search(words):
                    return Manner.TROUBLE
                if _NEXT.search(words):
                    return Manner.NEXT
        return Manner.PROSE


def read_lines(lines: Sequence[str], unit: str = "段") -> list[Part]:
    """The parts of a text.

    Args:
        lines: its paragraphs, blank ones too, so that places count what a person sees.
        unit: 段 or 条, what a place is called.
    """
    told, counted = Gathered(), 0
    feet = _signature_lines(lines)
    for at, line in enumerate(lines):
        words = line.strip()
        counted += bool(words)
        if not words or at in feet or _SPEAKER.match(words):
            continue
        words = _unspoken(words)
        if _is_idle(words) or (at == 0 and _is_title(words)):
            continue
        below = next((one.strip() for one in lines[at + 1 : at + 4] if one.strip()), "")
        _place(told, words, f"第{counted}{unit}", bare_below=bool(below) and not _HEADING.match(below))
    return told.parts


def _place(told: Gathered, words: str, place: str, *, bare_below: bool) -> None:
    found = _HEADING.match(words)
    depth = (
        0 if found is None else 1 + next(at for at, name in enumerate(("one", "two", "three", "four")) if found[name])
    )
    if depth and _is_heading(words, bare_below=bare_below):
        told.heads = {at: head for at, head in told.heads.items() if at < depth} | {depth: words}
        return
    if depth:
        told.heads = {at: head for at, head in told.heads.items() if at < depth}
    manner = told.manner()
    body = words[found.end() :] if found and found["three"] is not None and not re.match(r"\d+\.\d", words) else words
    inner = max(told.heads, default=0)
    title = _HEADING.sub("", told.heads[inner], count=1) if inner else ""
    above = "；".join(told.heads[at] for at in sorted(told.heads) if at != inner)
    goes_on = not depth and told.parts and _goes_on(words) and told.parts[-1].title == title
    same = told.parts and told.parts[-1].title == title and title and inner > 1 and not depth
    if (goes_on or same) and told.parts[-1].manner is manner:
        last = told.parts[-1]
        told.parts[-1] = replace(last, words=f"{last.words}\n{words}")
    else:
        told.parts.append(Part(place, body, manner, title=title, above=above, day=until(words)))


def _goes_on(words: str) -> bool:
    """Whether a paragraph only adds trouble or next steps to the one before."""
    head = re.split(r"[:：，,]", words, maxsplit=1)[0]
    return len(head) <= 12 and len(head) < len(words) and bool(_ADDS.match(head))  # noqa: PLR2004


def _is_heading(words: str, *, bare_below: bool) -> bool:
    """Whether a numbered line is a heading: short, not closed, telling nothing; with commas only above plain text."""
    bare = words.rstrip("：: ")
    if len(bare) > _LONG_HEADING or _CLOSED.search(bare) or "。" in bare:
        return False
    return (bare_below or not re.search("[，,]", bare)) and not re.search(
        r"已|累计|完成了|目前|截至|正在|无新进展|无进展|零报告|尚未|无变化|没有|新的进展", bare
    )


def _is_title(words: str) -> bool:
    return (
        len(words) <= _LONG_HEADING
        and not re.search(r"[，,：:。；;]|[无没]|零报告", words)
        and bool(
            re.search(
                r"(?:报告|汇报|情况|反馈|台账|总结|简报|进展|小结|[情进台推].{0,6}表)(?:[（(][^）)]{1,20}[）)])?$",
                words,
            )
        )
        and not re.search(r"已|累计|\d+[所个人名%]", words)
    )


def _unspoken(words: str) -> str:
    """A message without the name and time before it."""
    return re.sub(r"^(?:\[\d{1,2}:\d\d\]|@\S{1,12}\s|【[^】]{1,14}】)\s*", "", words)


def _is_idle(words: str) -> bool:
    """Whether a paragraph says nothing of any task."""
    if _REPORT_BELOW.search(words) and len(words) <= 160:  # noqa: PLR2004
        return True
    if len(words) <= 3 and not re.search(r"\d", words):  # noqa: PLR2004
        return True
    told = re.search(r"\d ?(?:[所个人名位家项%万套场次期座间处元])|完成|新进展|零报告|推进|变化", words)
    return bool(_GREETING.match(words)) and not (told and len(words) > 12 and not _CLOSING.match(words))  # noqa: PLR2004


_CLOSING = re.compile(r"^(?:特此|以上|妥否|专此|附件|联系人|联系电话|审核|填报人|现将)")


def _signature_lines(lines: Sequence[str]) -> set[int]:
    """Places of the last lines that only name an office or a day."""
    feet, seen = set(), 0
    for at in range(len(lines) - 1, -1, -1):
        words = lines[at].strip()
        if not words:
            continue
        seen += 1
        plain = level(words)
        if seen > _SIGNATURE or len(words) > 26:  # noqa: PLR2004
            break
        if _SIGNED.fullmatch(plain) or (_OFFICE.fullmatch(words) and not _DONE.search(words)) or _GREETING.match(words):
            feet.add(at)
        else:
            break
    return feet


def sender(lines: Sequence[str], name: str) -> str:
    """Who sends a text: as it is labelled, signed, titled, or named by its file."""
    for line in lines:
        found = _SENDER.search(line[:200])
        if found:
            return found["name"].strip()
    for at in sorted(_signature_lines(lines), reverse=True):
        words = lines[at].strip()
        if _OFFICE.fullmatch(words):
            return words
    heads = [line.strip() for line in lines[:3] if line.strip() and _heads(line)]
    return next((said for words in [*heads, name] if (said := _named(words))), "")


def _named(words: str) -> str:
    """The office that a title or a file name begins or closes with: 学前教育科8月份进展情况, 进展情况（学前教育科）."""
    for bare in re.split(r"[\d\s\-—_.、（）()【】\[\]：:]+", _ABOUT.split(words)[0]):
        found = _OFFICE.match(bare) or _COUNTY.match(bare)
        if found and len(found[0]) > 2:  # noqa: PLR2004 (科室)
            return found[0]
    return ""


def day_of(lines: Iterable[str]) -> Stated | None:
    """截至 …, else the day a text is signed at its foot or head, else the month its title names."""
    kept = [line for line in lines if line.strip()]
    found = next((day for line in kept if (day := until(line[:400]))), None)
    if found:
        return found
    edges = [*reversed(kept[-_SIGNATURE:]), *kept[:2]]
    signed = next((day for line in edges if _SIGNING.fullmatch(level(line).strip()) and (day := stated(line))), None)
    return signed or next((day for line in kept[:1] if _heads(line) and (day := stated(line))), None)


def _heads(line: str) -> bool:
    """Whether a first line may name its month: a title, or 【学前教育科】8月进展：."""
    return _is_title(line.strip()) or (len(line) <= _LONG_HEADING and bool(re.search(r"进展|情况|汇报|反馈", line)))


def messages(text: str) -> Iterator[str]:
    """The lines of a pasted conversation, those of one message kept apart as they were typed."""
    yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
