"""Texts nobody would think of: any characters, official prose cut up and put together anew, numbering gone wild."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.examples import some

PROVE = os.environ.get("LUOSHI_PROVE") == "1"

SLICE = settings(
    max_examples=some(120),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""What runs always: the same texts every time, so that a change is judged by its own merits."""
LONG = settings(SLICE, max_examples=20_000, derandomize=False)
"""What make prove runs: other texts every time."""

_ODD = [
    *("\r", "\n", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x00", "\ufeff", "\u200b", "\u200d", "\u3000"),
    *("\u0301", "\u20dd", "\ufe0f", "\U0001f468\u200d\U0001f393", "\U00020bb7", "\uffff", "\u202e"),
    *("٣", "४", "²", "Ⅳ", "㈠", "①", "㎡", "﹪", "½"),
]
_NUMBERING = [
    *(
        "一、",
        "二、",
        "十一、",
        "（一）",
        "(二)",
        "第一章 ",
        "第三节",
        "1.",
        "2、",
        "3．",
        "32.",
        "999.",
        "1.1",
        "1.2021年",
    ),
    *("（1）", "①", "一是", "二是", "一、一、", "1.1.1.", "0.", "一.", "第十篇", "〇、", "1 "),
]
_AMOUNTS = [
    *(
        "3所",
        "1万人次",
        "两所",
        "百分之五",
        "3-5个",
        "1—2所",
        "93%",
        "2.14%以内",
        "12000元",
        "1,302名",
        "5‰",
        "半数",
        "十几所",
    ),
    *(
        "3000万元以上",
        "1/3",
        "12:1",
        "１２所",
        "三分之二",
        "1、2、3所",
        "不少于10个",
        "控制在5%以内",
        "提高到90%",
        "万亿亿",
        "0",
    ),
    *(
        "999999999999999999",
        "1.2.3",
        "-3",
        "3所-",
        "五五五",
        "一百零三个",
        "第五届",
        "三类",
        "565",
        "1+X",
        "分别达到3%、4%和5%",
    ),
]
_DAYS = [
    *(
        "2020年底前",
        "9月底前",
        "到2022年",
        "学期末",
        "2020年",
        "10月",
        "13月40日",
        "0000年",
        "9999年",
        "2月30日前",
        "年内",
    ),
    *("2020-2022年", "“十四五”时期", "去年", "过去一年", "比上年", "2019年以来"),
]
_WORDS = [
    *(
        "推进",
        "建立",
        "出台",
        "开展",
        "确保",
        "力争",
        "消除",
        "严禁",
        "实现全覆盖",
        "只增不减",
        "所有学校",
        "新建、改扩建",
    ),
    *(
        "学校",
        "公办幼儿园",
        "教师",
        "《关于加强工作的意见》",
        "“双减”计划",
        "（牵头单位：教育局；配合单位：各县区）",
        "各地",
    ),
    *(
        "以立德树人为根本",
        "按照要求",
        "促进公平",
        "提高质量",
        "工作回顾",
        "工作安排",
        "某市教育局2021年工作要点",
        "来源：某网",
    ),
    *("版权所有", "人均", "每", "分别", "由", "提高到", "以上", "左右", "率", "和", "的"),
]
_MARKS = [*"，。；：、！？,.;:!?（）()《》“”‘’【】[]{}<>|—-…· \t\n%", "\n\n", "。\n", "、、", "（（（", "》》", "“‘"]
_TITLES = ["某市教育局2021年工作要点\n", "关于印发工作计划的通知\n", "要点\n", "", "\n\n"]

_fragments = st.sampled_from([*_NUMBERING, *_AMOUNTS, *_DAYS, *_WORDS, *_MARKS, *_ODD])
anything = st.text(max_size=400)
"""Any characters that a file can hold; half of a surrogate pair is none, and has a test of its own."""
official = st.builds(
    lambda title, parts: title + "".join(parts), st.sampled_from(_TITLES), st.lists(_fragments, max_size=120)
)
"""Fragments of official prose in any order, with stray characters between them."""
pumped = st.builds(
    lambda head, unit, times, tail: head + "".join(unit) * times + tail,
    st.sampled_from(_TITLES),
    st.lists(_fragments, min_size=1, max_size=4),
    st.integers(1, 300),
    st.sampled_from(["", "。", "\n", "x", "，"]),
)
"""A few fragments many times over: very long lines, brackets within brackets, lists without end."""
nested = st.recursive(
    _fragments,
    lambda inner: st.builds(
        lambda pair, words: pair[0] + "".join(words) + pair[1],
        st.sampled_from(["（）", "()", "《》", "“”", "‘’", "【】", "（)", "《”", "( "]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=60,
)
"""Brackets and quotation marks within one another, now and then the wrong one."""
texts = st.one_of(official, pumped, nested, anything)
