"""Which typefaces of GB/T 9704 a machine lacks, told of the families it has."""

import pytest

from luoshi.reporting.official.sizes import BLACK, IMITATION, REGULAR, SONG_TITLE
from luoshi.reporting.official.typefaces import missing


def test_a_machine_without_any_lacks_all_four_in_the_order_of_a_text() -> None:
    assert missing(()) == ("小标宋", "仿宋", "楷体", "黑体")
    assert missing(["Noto Serif CJK SC", "DejaVu Sans", "宋体", "SimSun"]) == ("小标宋", "仿宋", "楷体", "黑体")


def test_what_a_docx_names_is_enough() -> None:
    assert missing([SONG_TITLE, IMITATION, REGULAR, BLACK]) == ()


@pytest.mark.parametrize(
    ("families", "lacks"),
    [
        (["FangSong", "KaiTi", "SimHei"], ("小标宋",)),
        (["fangsong", " simhei "], ("小标宋", "楷体")),
        (["方正小标宋_GBK", "华文仿宋", "STKaiti"], ("黑体",)),
        (["仿宋体的一种"], ("小标宋", "仿宋", "楷体", "黑体")),
    ],
)
def test_another_family_of_the_same_face_is_enough(families: list[str], lacks: tuple[str, ...]) -> None:
    assert missing(families) == lacks
