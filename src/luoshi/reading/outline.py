"""The outline of a plan: its title, its sections and points, and what is no plan text at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from luoshi.reading.grammar.numerals import level

_CN = "[一二三四五六七八九十百]"
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"\s*第({_CN}+)[章篇编]\s*")),
    ("part", re.compile(rf"\s*第({_CN}+)节\s*")),
    ("chinese", re.compile(rf"\s*({_CN}{{1,3}})\s*[、.](?=\s*\S)")),
    ("bracket", re.compile(rf"\s*\(({_CN}{{1,3}})\)\s*")),
    ("arabic", re.compile(r"\s*(\d{1,3})\s*(?:[、.](?!\d)|\.(?=\d{4}年|\d{1,2}月)|\s(?=[\u4e00-\u9fff]))\s*")),
    ("small", re.compile(r"\s*(?:\((\d{1,2})\)|([①-⑳]))\s*")),
    ("saying", re.compile(rf"\s*({_CN}{{1,2}})是(?!\S{{0,2}}年)")),
)
_COARSE_TO_FINE = [name for name, _ in _MARKERS]
_POINT_LEVELS = ("arabic", "bracket", "saying", "part", "chinese", "chapter")
"""Levels that may carry points, the first that occurs at least twice is taken."""

_CHROME = re.compile(
    r"^\s*(?:【?责任编辑|【?内容审核|编辑[:：]|作者[:：]|来源[:：]|信息来源|发布时间|发布日期|浏览次数|点击数|阅读[:：]|字号|"
    r"联系方式|联系我们|联系信箱|联系电话|电话[:：]|传真[:：]|邮编|邮箱[:：]|地址[:：]|版权所有|Copyright|©|"
    r"\S{0,6}ICP备|网站标识码|主办单位|承办单位[:：]|技术支持|分享到|打印本页|关闭窗口|上一篇|下一篇|扫一扫|\S{0,16}微信公众号|首页\s)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"[^\s，,。；;：:！!《》]{0,40}?(?:工作要点|工作计划|工作安排|工作报告|规划纲要|规划|行动计划|实施方案|实施意见|重点工作|"
    r"民生实事|实事项目|民生工程|目标任务|工作方案|任务清单|发展纲要|改革纲要|指导意见|若干意见|行动方案|专项行动)(?:（[^）]{1,20}）|\([^)]{1,20}\))?"
)
_ISSUER = re.compile(r"^([^\d\s“”]{2,30}?(?:委员会|教育体育局|教育局|教体局|教育厅|教育部|人民政府|政府|局|厅|部|委))")
_HEADING_MOST = 60
_GAP = 3
"""How far a number may lie ahead of the last one: a point may have been left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text; offsets without its line end."""

    start: int
    end: int
    text: str
    level: str = ""
    """Which kind of numbering opens it; empty for none."""
    number: str = ""
    after: int = 0
    """Where the words begin behind the number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A point, or a heading, with the stretch of text that belongs to it."""

    number: str
    title: str
    section: str
    section_title: str
    start: int
    end: int
    body: int
    """Where its sentences begin, behind number and title."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything the headings tell."""

    title: str
    issuer: str
    points: tuple[Part, ...]
    loose: tuple[Part, ...]
    """Stretches outside any point, without number or title: the preamble, and what stands right below a heading."""
    sections: tuple[Part, ...]
    until: int
    """Where the plan ends and the page's own furniture begins."""


def lines(text: str) -> Iterator[Line]:
    """Every line that is not blank, with the numbering that opens it."""
    for found in re.finditer(r"[^\n]+", text):
        if not found[0].strip():
            continue
        line = Line(found.start(), found.end(), found[0])
        flat = level(found[0])
        for name, marker in _MARKERS:
            opened = marker.match(flat)
            if opened:
                number = next(group for group in opened.groups() if group)
                line = replace(line, level=name, number=number, after=found.start() + opened.end())
                break
        yield line


def find_title(listed: list[Line]) -> str:
    """The plan's own name, from the first lines; the first line when none looks like one."""
    head = [line.text.strip() for line in listed[:12] if not line.level]
    for line in head:
        if len(line) <= _HEADING_MOST and _TITLE.search(line) and not line.endswith(("。", "：", ":")):
            return line.strip("#* 　")
    for line in head:
        found = re.search(r"[^\s，,。；;：:]{2,20}(?:19|20)\d\d年" + _TITLE.pattern, line) or _TITLE.search(line[:80])
        if found and len(found[0]) > 4:  # noqa: PLR2004
            return found[0]
    return head[0][:_HEADING_MOST] if head else ""


def _until(text: str, listed: list[Line]) -> int:
    """Where page furniture begins: the first line of it behind the last real sentence."""
    until = len(text)
    for line in reversed(listed):
        if _CHROME.match(line.text):
            until = line.start
        elif re.search(r"[。；;]\s*$", line.text) or len(line.text.strip()) > 2 * _HEADING_MOST:
            break
    return until


def _point_level(listed: list[Line], until: int) -> str:
    """The finest numbering that carries most of the text below the first heading, so that a stray list inside one point does not."""
    kept = {name: _in_sequence(listed, name) for name in _POINT_LEVELS}
    first = next((line.start for line in listed if line.level), until)
    held = {name: _held(listed, name, kept[name], until) for name in _POINT_LEVELS if len(kept[name]) > 1}
    for name, characters in held.items():
        if 2 * characters >= until - first:
            return name
    return max(held, key=lambda name: held[name], default="")


def _held(listed: list[Line], name: str, kept: set[int], until: int) -> int:
    """How many characters stand within points of one level: from each to the next, or to a coarser heading."""
    coarser = _coarser(name)
    held, begun = 0, -1
    for line in [*listed, Line(until, until, "", level="end")]:
        closes = line.start in kept or line.level in coarser or line.level == "end"
        if begun >= 0 and closes:
            held += line.start - begun
            begun = -1
        if line.start in kept:
            begun = line.start
    return held


def _coarser(name: str) -> set[str]:
    return set(_COARSE_TO_FINE[: _COARSE_TO_FINE.index(name)]) - {"small", "saying"}


def _in_sequence(listed: list[Line], name: str) -> set[int]:
    """Starts of the lines whose numbers go on from the last one, so that a stray 3. is no point; a run may begin anywhere."""
    own = [line for line in listed if line.level == name]
    if name != "arabic":
        return {line.start for line in own}
    kept: set[int] = set()
    last = 0
    for place, line in enumerate(own):
        number = int(line.number)
        behind = own[place + 1] if place + 1 < len(own) else None
        goes_on = number > last and number - last <= _GAP
        opens = behind is not None and 0 < int(behind.number) - number <= _GAP
        if number == 1 or goes_on or (not kept and opens):
            kept.add(line.start)
            last = number
    return kept


def _title_of(text: str, line: Line, end: int) -> tuple[str, int]:
    """A point's title and where its sentences begin: up to the first full stop when more follows, else the line."""
    first = re.search(r"[。：:！]", text[line.after : line.end])
    stop = line.after + first.start() if first else line.end
    title = text[line.after : stop].strip()
    if len(title) > _HEADING_MOST:
        return title[:_HEADING_MOST], line.after
    more = text[stop + 1 : end].strip()
    return (title, min(stop + 1, end)) if more else (title, line.after)


def _parts(text: str, listed: list[Line], name: str, until: int) -> Iterator[Part]:
    """Points and what stands between them, in the order of the text."""
    kept = _in_sequence(listed, name)
    coarser = _coarser(name)
    section, section_title = "", ""
    opened: Line | None = None
    loose = -1
    for line in [*listed, Line(until, until, "", level="end")]:
        heading = line.level in coarser and len(line.text.strip()) <= 2 * _HEADING_MOST
        opens = line.start in kept
        if heading or opens or line.level == "end":
            end = _trimmed(text, line.start)
            if opened is not None:
                title, body = _title_of(text, opened, line.start)
                yield Part(opened.number, title, section, section_title, opened.start, end, body)
            elif loose >= 0:
                yield Part("", "", section, section_title, loose, end, loose)
            opened, loose = None, -1
        if heading:
            section, section_title = line.number, line.text.strip()
        elif opens:
            opened = line
        elif opened is None and loose < 0 and line.level != "end":
            loose = line.start


def _trimmed(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _paragraphs(listed: list[Line], until: int) -> Iterator[Part]:
    """Without numbering every paragraph is a point, numbered as it comes."""
    number, heading = 0, ""
    for line in listed:
        if line.end > until:
            return
        if re.search(r"[。；;]", line.text):
            number += 1
            title = re.split(r"[。；;：:，,]", line.text.strip(), maxsplit=1)[0][:_HEADING_MOST]
            yield Part(str(number), title, "", heading, line.start, line.end, line.start)
        elif len(line.text.strip()) <= _HEADING_MOST:
            heading = line.text.strip()


def outline(text: str) -> Outline:
    """Title, points and sections of a text."""
    listed = list(lines(text))
    title = find_title(listed)
    until = _until(text, listed)
    listed = [line for line in listed if line.start < until and not _CHROME.match(line.text)]
    name = _point_level(listed, until)
    parts = tuple(_parts(text, listed, name, until)) if name else tuple(_paragraphs(listed, until))
    points = tuple(part for part in parts if part.number)
    loose = tuple(part for part in parts if not part.number)
    issuer = _ISSUER.match(title)
    return Outline(title, issuer[1] if issuer else "", _numbered_apart(points), loose, _sections(points), until)


def _numbered_apart(points: tuple[Part, ...]) -> tuple[Part, ...]:
    """Numbers that start anew in every section are told apart by the section's number."""
    numbers = [point.number for point in points]
    if len(set(numbers)) == len(numbers):
        return points
    apart: list[Part] = []
    seen: dict[str, int] = {}
    for point in points:
        number = f"{point.section}.{point.number}" if point.section else point.number
        seen[number] = seen.get(number, 0) + 1
        apart.append(replace(point, number=number if seen[number] == 1 else f"{number}-{seen[number]}"))
    return tuple(apart)


def _sections(points: tuple[Part, ...]) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for point in points:
        if point.section_title:
            key = point.section_title
            first = found.get(key)
            begun = first.start if first else point.start
            found[key] = Part(point.section, key, "", "", begun, point.end, begun)
    return tuple(found.values())
