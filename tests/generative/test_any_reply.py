"""Whatever a reply holds, it is read, in time that grows with its length, and every place it gives is right."""

import time
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.reading.replies import Wanted, match, pasted
from luoshi.words.errors import RefusedError
from tests.generative.texts import SLICE, texts
from tests.replies import ledger

ON = date(2021, 9, 3)
SHORT, LONG = 200, 1_600
_fragments = st.sampled_from(
    [
        *(
            "6.1",
            "2021-06-01",
            "第15条第1项",
            "一、",
            "1.",
            "（一）",
            "一是",
            "【学前教育科】",
            "\n",
            "\t",
            "；",
            "。",
            "，",
            "：",
        ),
        *(
            "累计",
            "本月新增",
            "目标",
            "去年同期",
            "由",
            "降至",
            "其中",
            "还有",
            "完成率",
            "约",
            "余",
            "尚未",
            "无新进展",
            "零报告",
        ),
        *(
            "27所",
            "二十七所",
            "50所",
            "9.1%",
            "4.2%",
            "1.2万人次",
            "3至5个",
            "27/50",
            "0",
            "个百分点",
            "所",
            "%",
            "8月底",
            "2019年",
        ),
        *(
            "公办幼儿园",
            "大班额",
            "教师",
            "新建",
            "存在问题：",
            "下一步，",
            "张老师 9:41",
            "截至",
            "（",
            "）",
            "《",
            "》",
            "\ud800",
        ),
    ]
)
replies = st.one_of(
    texts,
    st.lists(_fragments, max_size=120).map("".join),
    st.builds(
        lambda unit, times: "".join(unit) * times, st.lists(_fragments, min_size=1, max_size=4), st.integers(1, 300)
    ),
)


@cache
def items() -> tuple[Wanted, ...]:
    return ledger(Path(__file__).resolve().parents[2] / "cities" / "xingzhou" / "plan.txt")


@SLICE
@given(replies)
@example("6.1 6.1 6.1：27/0所，分之二")
@example("截至2月30日，公办园累计建成27所")
def test_any_text_is_read_and_every_figure_stands_where_it_says(text: str) -> None:
    try:
        reply = pasted(text)
    except RefusedError:
        return
    known = {one.id: one for one in items()}
    for one in match(reply, items(), on=ON):
        assert len(one.words) <= 200
        assert len(one.candidates) <= 3
        assert one.item is None or len(one.figures) == len(known[one.item].targets)
        assert one.item is not None or not one.sure
        for told in one.figures:
            if told is not None and told.end:
                assert one.source[told.start : told.end] == told.printed


def test_eight_times_the_text_takes_about_eight_times_as_long() -> None:
    unit = "公办园累计建成18所，新增学位3600个，普惠率由84%提高到86.2%；下一步，年底前建成26所。\n"

    def seconds(times: int) -> float:
        best = 60.0
        for _ in range(2):
            begun = time.process_time()
            match(pasted(unit * times), items(), on=ON)
            best = min(best, time.process_time() - begun)
        return best

    few, many = seconds(SHORT // 10), seconds(LONG // 10)
    assert many < 20 * few
