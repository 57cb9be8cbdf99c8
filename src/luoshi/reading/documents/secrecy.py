"""Marks of secrecy: a file that bears one is neither read nor kept.

保守国家秘密法; GB/T 9704: 份号, 密级和保密期限 and 紧急程度 stand at the top left of the first page; 秘密★1年.
The mere words inside a sentence (保守国家秘密, 商业秘密, 机密性) are no mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_G = r"[^\S\n]{0,4}"
_LEVEL = rf"(?:[绝絕]{_G}密|[机機]{_G}密|秘{_G}密)"
_STAR = "★☆⭐✩✪✭✮✯✰"
_PERIOD = rf"(?:[\d〇零一二三四五六七八九十]{{1,4}}{_G}(?:年|个{_G}月|月|日|天)|长{_G}期|永久|启用前|解密前|公开前)"
_INSIDE = f"内{_G}部{_G}"
_INNER = (
    rf"(?:{_INSIDE}(?:资{_G}料|文{_G}件|材{_G}料|刊{_G}物|参{_G}考|使{_G}用|传{_G}阅|掌握|发行|情{_G}况|明{_G}电)"
    "|仅供内部(?:使用|参考|传阅|掌握))"
)
_CARE = "(?:请?(?:注意|妥善)(?:保存|保管|保密)|(?:不得|严禁|请勿|禁止|切勿)(?:外传|扩散|翻印|转发|复印|复制|公开)|阅后(?:收回|销毁))"
_OPEN, _SHUT = r"[【\[（(〔〈<『「]", r"[】\]）)〕〉>』」]"

_STARRED = re.compile(rf"{_LEVEL}\s{{0,4}}(?:[{_STAR}](?:{_G}{_PERIOD})?|[*＊]{_G}{_PERIOD})")
_BESIDE = (
    rf"(?:[\s\d〇零一二三四五六七八九十年个月日天{_STAR}*＊|｜:：.,，、\-—_【】\[\]（）()〔〕]"
    "|长期|启用前|份号|编号|密级|和?保密期限|保密等级|特急|加急|平急|特提|急件|[Nn][Oo])"
)
_ALONE = re.compile(rf"{_BESIDE}{{0,40}}(?P<mark>{_LEVEL}){_BESIDE}{{0,40}}")
_LIMITED = re.compile(rf"{_LEVEL}{_G}[{_STAR}*＊]?{_G}{_PERIOD}")
_LABELLED = re.compile(
    rf"(?:^|[\s|｜（(【])(?:密{_G}级|保密等级){_G}[:：]{_G}(?P<mark>{_LEVEL})(?=$|[\s|｜）)】{_STAR}])"
)
_AT_HEAD = (
    re.compile(rf"^\s*(?P<mark>{_LEVEL})(?=[\s\-—_－【（(])"),
    re.compile(rf"[\-—_－](?P<mark>{_LEVEL})\s*$"),
    re.compile(rf"{_OPEN}{_G}(?P<mark>{_LEVEL}){_G}(?:{_PERIOD})?{_G}{_SHUT}"),
    re.compile(
        rf"{_OPEN}{_G}(?P<mark>内部(?:资料|文件|材料)?|工作秘密|{_INNER}|{_CARE}){_G}(?:[，,、;；\s]{{0,4}}{_CARE}){{0,3}}{_G}{_SHUT}"
    ),
    re.compile(rf"^[\s★☆*·]*(?P<mark>{_INNER}|工作秘密|密件)(?=[\s，,、;；:：★☆\-—_－(（]|$)"),
    re.compile(rf"(?P<mark>{_INNER})[\s，,、;；·★☆]{{0,6}}{_CARE}"),
    re.compile(rf"^[\s★☆*·]*(?P<mark>内部|{_CARE})[\s★☆*·!！。]*$"),
)

_HEAD_LINES, _TAIL_LINES = 12, 4
_SHORT = 60
_QUOTES = {"“": "”", '"': '"', "‘": "’", "「": "」", "『": "』", "《": "》"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its words without blanks, and where it stands in the text it was found in."""

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        """The mark alone; the only words of a marked file that may be repeated."""
        return self.text


def marks(text: str) -> tuple[Mark, ...]:
    """The marks a text bears, in their order: a file's text, a pasted message or a file's name without its suffix.

    A level with a star counts anywhere unless it is quoted in a sentence; with a period (秘密1年) when it is a line of
    its own; bare (机密), in brackets, or 内部资料 and 注意保存, among the first twelve lines that are not blank and the
    last four.
    """
    found: dict[int, Mark] = {}
    for start, end in _spans(text):
        words = re.sub(r"\s", "", text[start:end])
        if start not in found or len(words) > len(found[start].text):
            found[start] = Mark(words, start, end)
    return tuple(found[start] for start in sorted(found))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for starred in _STARRED.finditer(text):
        if not _quoted(text, *starred.span()):
            yield starred.span()
    lines = text.split("\n")
    last = sum(1 for line in lines if line.strip()) - _TAIL_LINES
    at = told = 0
    for line in lines:
        if line.strip():
            told += 1
            for start, end in _in_line(line, head=told <= _HEAD_LINES or told > last):
                yield at + start, at + end
        at += len(line) + 1


def _in_line(line: str, *, head: bool) -> Iterator[tuple[int, int]]:
    if "密" not in line and not head:
        return
    for labelled in _LABELLED.finditer(line):
        yield labelled.span("mark")
    if len(line) > _SHORT:
        return
    alone, limited = _ALONE.fullmatch(line), _LIMITED.search(line)
    if alone and limited:
        yield limited.span()
    elif alone and head:
        yield alone.span("mark")
    if head and "。" not in line.rstrip("。 "):
        for pattern in _AT_HEAD:
            for found in pattern.finditer(line):
                yield found.span("mark")


def _quoted(text: str, start: int, end: int) -> bool:
    """A mark between quotation marks with other words on its line is spoken of, not borne."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or _QUOTES.get(before) != after:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start - 1] + text[end + 1 :].split("\n", 1)[0]
    return bool(line.strip())
