"""Which stretches of a text tell of the past, so that their numbers are results and not targets."""

import re

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.period import is_review
from luoshi.reading.outline import Line, lines

_LEVELS = ["chapter", "part", "chinese", "bracket", "arabic", "small", "saying", ""]
_LONGEST_HEADING = 40
_OPENS_PAST = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)、.])?\s*(?:各位代表[!！,，:：]\s*)?"
    r"(?:过去(?:的)?(?:一|五|几|这)?年|刚刚过去的|[去上]年|[一五几多近]年(?:以)?来|近[几两三五]年(?:来)?|回顾(?:过去|一年|20))"
)


def _opens_past_year(words: str, context: Context) -> bool:
    found = re.match(r"^\s*((?:19|20)\d\d)年(?:以来)?[,，]?(?=我们|全[市省县区国]|市委|面对|在市委|是)", words)
    first = context.begun.year if context.begun else context.year
    return bool(found) and first is not None and int(found[1]) < first  # type: ignore[index]


def _is_heading(line: Line) -> bool:
    words = line.text.strip()
    return len(words) <= _LONGEST_HEADING and not re.search(r"[。；;，,]$|。", words)


def review_spans(text: str, context: Context) -> list[tuple[int, int]]:
    """Stretches under a heading like 工作回顾, and paragraphs that begin with 过去一年 or a year before the plan's."""
    spans: list[tuple[int, int]] = []
    begun, depth = -1, len(_LEVELS)
    for line in lines(text):
        if _is_heading(line):
            level = _LEVELS.index(line.level)
            if begun >= 0 and level <= depth:
                spans.append((begun, line.start))
                begun = -1
            if begun < 0 and is_review(line.text):
                begun, depth = line.start, level
        elif begun < 0 and (_OPENS_PAST.match(line.text.lstrip()) or _opens_past_year(line.text, context)):
            spans.append((line.start, line.end))
    if begun >= 0:
        spans.append((begun, len(text)))
    return spans
