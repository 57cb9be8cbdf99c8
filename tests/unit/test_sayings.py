"""Sentences made in Chinese, told in English: by the template they were made from, whatever stands in its slots."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.bureau.board.english import rows
from luoshi.words.sayings import HAN, Sayings, filled, slots_of

ROWS = list(rows())
TEMPLATES = [(one, other) for one, other in ROWS if slots_of(one)]
SAYINGS = Sayings(ROWS)
SIGNS = "QZ0739~^<>&{}%"
"""No sentence of the house is made of these; some of them are dear to templates and browsers."""
TYPED = SIGNS + "鑫犇翀骉"


def _signs(template: str) -> str:
    """What may stand in its slots: a template that hardly says anything is only trusted where nothing stays Chinese."""
    return TYPED if sum(map(is_han, template)) > 1 else SIGNS


def is_han(sign: str) -> bool:
    """Whether it is a Chinese character."""
    return HAN.match(sign) is not None


@given(st.data())
def test_any_template_with_any_values_is_told_with_the_same_values(data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(TEMPLATES))
    values = data.draw(
        st.lists(
            st.text(st.sampled_from(_signs(one)), min_size=1, max_size=12),
            min_size=len(slots_of(one)),
            max_size=len(slots_of(one)),
        )
    )
    assert SAYINGS.told(filled(one, values)) == filled(other, values)


def test_every_sentence_is_told_as_its_own_row() -> None:
    astray = {one: SAYINGS.told(filled(one, ())) for one, _ in ROWS if not slots_of(one)}
    assert {one: told for one, told in astray.items() if told != filled(dict(ROWS)[one], ())} == {}
    values = ["Q1", "Z2", "~3", "^4", "Q5", "Z6", "~7", "^8"]
    strayed = {one: SAYINGS.told(filled(one, values)) for one, _ in TEMPLATES}
    assert {one: told for one, told in strayed.items() if told != filled(dict(ROWS)[one], values)} == {}


SMALL = Sayings(
    [
        ("没有写理由", "No reason is written"),
        ("请写明理由", "Write the reason"),
        ("{}没有写{}", "{2} of {1} is missing"),
        ("第{}行", "row {1}"),
        ("督查室", "Supervision office"),
        ("科室", "Office"),
        ("由{}办理", "It is done by {1}"),
        ("{}的{}", "{2} of {1}"),
        ("{}：{}。处理：{}。", "{1}: {2}. What to do: {3}."),
        ("写成“{{年}}”", "Write “{{year}}”"),
    ]
)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("没有写理由", "No reason is written"),
        ("张三没有写完成时限", "完成时限 of 张三 is missing"),
        ("由督查室、科室办理", "It is done by Supervision office, Office"),
        ("由督查室、张三办理", "It is done by 督查室、张三"),
        ("台账 2.xlsx 第3行", "台账 2.xlsx row 3"),
        ("第3行：没有写理由。处理：请写明理由。", "row 3: No reason is written. What to do: Write the reason."),
        (
            "第3行：没有写理由。处理：请写明理由。\n第4行",
            "row 3: No reason is written. What to do: Write the reason.\nrow 4",
        ),
        ("科室的督查室", "Supervision office of Office"),
        ("张三的建议", "张三的建议"),
        ("张三没有写{0}", "{0} of 张三 is missing"),
        ("写成“{年}”", "Write “{year}”"),
        ("谁也没有说过的话", "谁也没有说过的话"),
        ("Nothing Chinese", "Nothing Chinese"),
        ("", ""),
    ],
)
def test_a_sentence_is_told_by_what_is_fixed_in_it(made: str, told: str) -> None:
    assert SMALL.told(made) == told


def test_what_the_labels_know_is_told_by_them() -> None:
    labels = {"审定": "Approve", "张三": "张三"}
    told = Sayings([("现在是“{}”", "It is “{1}” now")], lambda words: labels.get(words, words))
    assert told.told("现在是“审定”") == "It is “Approve” now"
    assert told.told("审定") == "Approve"
    assert told.told("现在是“张三”") == "It is “张三” now"


def test_what_stands_in_brackets_behind_a_sentence_is_not_taken_for_its_last_value() -> None:
    """A sentence that ends with a slot, and behind it something in brackets: the brackets belong to the whole."""
    told = Sayings([("面积增减不超过{}", "Changes by {1} a year"), ("{}（校验 {}）", "{1} (check {2})")])
    assert told.told("面积增减不超过5%（校验 a.b）") == "Changes by 5% a year (check a.b)"


def test_nothing_that_was_typed_makes_it_slow() -> None:
    """Slots are found from the left, each once; a thousand anchors cost no more than a thousand characters."""
    typed = ["没有写" * 600, "、" * 1900, "（" * 900 + "）" * 900, "第" * 1900 + "行", "{}" * 900, "：。处理：" * 300]
    begun = perf_counter()
    for words in typed:
        SAYINGS.told(words)
        SAYINGS.told(f"第{words}行")
    assert perf_counter() - begun < 1
