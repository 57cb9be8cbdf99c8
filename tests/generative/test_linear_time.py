"""Twice the text takes twice the time, whatever the text: a page without a full stop must not hold the desk for hours."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.documents import marks, open_document
from tests.examples import some
from tests.yardstick import usual

PLAN = (Path(__file__).resolve().parents[2] / "cities" / "luoyang" / "plan.txt").read_text("utf-8")
SMALL, LARGE = 2_000, 16_000
"""Characters of the slice that runs always."""
WHOLE = 1_000_000
"""Characters of the long proof, reached by doubling ten times: two megabytes and a half of Chinese in UTF-8."""
SLACK = 2.5
"""How much worse than in proportion one measurement may be: quadratic work over eight times the text is 8."""

Make = Callable[[int], str]


def _over(unit: str) -> Make:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _counted(line: str) -> Make:
    """Lines that differ by their number only."""

    def made(length: int) -> str:
        lines, total, place = [], 0, 0
        while total < length:
            place += 1
            lines.append(line.format(place % 999 + 1, place))
            total += len(lines[-1])
        return "某市教育局2021年工作要点\n" + "".join(lines)

    return made


REPEATED: dict[str, Make] = {
    "the plan again and again": _over(PLAN + "\n"),
    "one sentence without stops": lambda length: (
        "1.新建学校3所。\n2." + _over(PLAN.replace("\n", "").replace("。", "，"))(length)
    ),
    "one sentence of semicolons": _over("新建3所学校;"),
    "a list without an end": _over("3所、"),
    "rates without a mark": _over("3%"),
    "rates respectively": _over("分别达到3%、"),
    "blanks before a word": lambda length: " " * length + "新建学校3所。",
    "digits only": _over("1234567890"),
    "zeros only": _over("0"),
    "commas only": _over("，"),
    "half-width commas only": _over(","),
    "opening brackets only": _over("（"),
    "square brackets only": _over("【"),
    "quotation marks only": _over("“"),
    "titles that never close": _over("《关于"),
    "full stops only": _over("。"),
    "blanks only": _over(" "),
    "ideographic blanks only": _over("\u3000"),
    "line ends only": _over("\n"),
    "numbering only": _over("一、"),
    "decimal numbering only": _over("1.1."),
    "numerals only": _over("一百二十三万四千"),
    "one numeral only": _over("一"),
    "years only": _over("2020年"),
    "ranges only": _over("3-5"),
    "percents in words": _over("百分之五"),
    "ordinals only": _over("第五届"),
    "one character only": _over("学"),
    "combining marks only": _over("a\u0301"),
    "line separators": _over("推进\u2028"),
    "table rows": _over("| 指标 | 3 | 4 |\n"),
    "lines of one character": _over("一\n"),
    "brackets for offices that never close": _over("（责任单位："),
    "points that differ": _counted("{}.推进第{}批学校建设，新建3所。\n"),
    "headings that differ": _counted("一、推进第{1}批工作\n1.新建学校3所。\n"),
}
WIDE: dict[str, Make] = {
    "past years only": _over("过去一年建成3所。\n"),
    "one line again and again": _over("推进学校建设工作落实到位取得成效。\n"),
    "a long preamble": lambda length: (
        _counted("推进第{1}批学校建设工作落实取得成效。")(length) + "\n1.新建3所。\n2.新建4所。"
    ),
}
"""Very many reviews, repeats or sentences outside any point: each is held against every other one."""


def _seconds(text: str, *, times: int = 3) -> float:
    """The best of a few runs: the machine may be busy with something else."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        read_text(text, indicators=INDICATORS)
        best = min(best, time.process_time() - begun)
    return best


def _in_proportion(make: Make, small: int = SMALL, large: int = LARGE) -> None:
    few, many = _seconds(make(small)), _seconds(make(large), times=1)
    allowed = SLACK * large / small * max(few, 0.005)
    if many > allowed:
        many = _seconds(make(large))
    assert many <= allowed, f"{small} characters take {few:.3f} s, {large} take {many:.3f} s"


@pytest.mark.parametrize("kind", REPEATED)
def test_eight_times_the_text_takes_about_eight_times_the_time(kind: str) -> None:
    _in_proportion(REPEATED[kind])


@pytest.mark.parametrize("kind", WIDE)
def test_many_reviews_and_repeats_take_no_more_than_their_share(kind: str) -> None:
    small = some(12_000)
    _in_proportion(WIDE[kind], small, 8 * small)


@pytest.mark.prove
@pytest.mark.parametrize("kind", REPEATED)
def test_a_text_doubled_ten_times_stays_linear(kind: str) -> None:
    lengths = [WHOLE >> step for step in range(10, -1, -1)]
    taken = [_seconds(REPEATED[kind](length), times=2) for length in lengths]
    for first in range(4, len(lengths) - 3):
        assert taken[first + 3] <= SLACK * 8 * max(taken[first], 0.01), dict(zip(lengths, taken, strict=True))


@pytest.mark.parametrize("kind", REPEATED)
def test_looking_for_marks_of_secrecy_is_linear_too(kind: str) -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        marks(text)
        return time.process_time() - begun

    few = min(seconds(REPEATED[kind](25_000)) for _ in range(3))
    many = min(seconds(REPEATED[kind](200_000)) for _ in range(2))
    assert many <= SLACK * 8 * max(few, 0.002)


def test_the_plan_opens_and_reads_in_half_a_second() -> None:
    content = PLAN.encode()
    read_text(open_document("1.新建学校十五所。".encode()).text)  # what the first text of a process loads
    begun = time.perf_counter()
    read_text(open_document(content).text, indicators=INDICATORS)
    assert time.perf_counter() - begun < 0.5


def test_ten_such_plans_are_read_in_a_second() -> None:
    taken = []
    for _ in range(5):
        begun = time.process_time()
        read_text(PLAN, indicators=INDICATORS)
        taken.append(usual(time.process_time() - begun))
    assert min(taken) < 0.1
