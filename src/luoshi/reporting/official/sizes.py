"""The measures of GB/T 9704—2012 in twips, twentieths of a point; 1 mm is 56.7."""

MM = 1440 / 25.4
"""Twips in a millimetre."""
PAGE = (11906, 16838)
"""A4: 210 × 297 mm."""
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1587
"""天头 37, 右 26, 下 35, 订口 28 mm."""
WIDTH = PAGE[0] - LEFT - RIGHT
"""版心: 156 mm."""
HEIGHT = PAGE[1] - TOP - BOTTOM
"""版心: 225 mm."""
LINES, CHARACTERS = 22, 28
"""A full page: 22 lines of 28 characters."""
LINE = 579
"""28.95 pt: 22 of them fill 225 mm; at 29 pt the last would fall on the next page."""
CHARACTER = WIDTH / CHARACTERS
"""15.79 pt: a character of 16 pt stands a little closer than it is wide."""
CLOSER = -850
"""The document grid says it in 4096ths of a point, counted from 16 pt."""
NEARER = -6
"""The same said to each run, in twips, because programs differ in what they make of the grid: Word closes the letters up,
LibreOffice gives a letter that is wider than its cell the half of the next. So letters leave the grid and stand at 15.7 pt,
and a full line is spread to 28 of 15.79 pt."""

TWO, THREE, FOUR, SMALL_FOUR, FIVE = 44, 32, 28, 24, 21
"""二号, 三号, 四号, 小四, 五号, in half points."""
SONG_TITLE, IMITATION, REGULAR, BLACK, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
DIGITS = "Times New Roman"
"""Latin letters and digits of the text, everywhere the same."""
TITLE_ROOM_ACROSS = 28.0
"""Characters of 二号 on a line of 225 mm."""
RED = "FF0000"


def twips(mm: float) -> int:
    """Millimetres in twips."""
    return round(mm * MM)


def characters(count: float) -> int:
    """Characters of the body in twips."""
    return round(count * CHARACTER)


def breadth(words: str) -> float:
    """How wide words are, in characters: ASCII takes half of one."""
    return sum(0.5 if ord(letter) < 0x2000 else 1.0 for letter in words)  # noqa: PLR2004 (where CJK punctuation begins)
