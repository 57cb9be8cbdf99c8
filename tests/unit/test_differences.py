"""Two texts beside each other: nothing is lost of either, and a reader sees phrases."""

import time

from hypothesis import given
from hypothesis import strategies as st

from luoshi.bureau.journal.differences import compared

TEXTS = st.text(alphabet="甲乙丙。，；\n 1.5%ab", max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    told = compared(before, after)
    assert "".join(one.went for one in told) == before
    assert "".join(one.came for one in told) == after
    assert all(one.went or one.came for one in told)


def test_a_number_is_one_word_and_not_four_characters() -> None:
    told = compared("大班额比例降至2.5%以内", "大班额比例降至3.0%以内")
    assert [(one.went, one.came) for one in told if not one.same] == [("2.5%", "3.0%")]


def test_a_sentence_that_was_put_in_is_all_that_is_marked() -> None:
    told = compared("一是新建。二是改建。", "一是新建。新增学位200个。二是改建。")
    assert [(one.went, one.came) for one in told if not one.same] == [("", "新增学位200个。")]


def test_a_long_paper_is_compared_in_under_a_second() -> None:
    before = "".join(f"第{at}项工作按序时推进，已完成{at}所。" for at in range(2000))
    after = before.replace("第1999项工作", "第1999项重点工作").replace("已完成7所。", "已完成8所。")
    begun = time.process_time()
    told = compared(before, after)
    assert time.process_time() - begun < 1
    assert [(one.went, one.came) for one in told if not one.same] == [("7", "8"), ("", "重点")]
