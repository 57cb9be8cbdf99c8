"""The typefaces an official text names, and which of them a machine cannot show."""

from collections.abc import Iterable

from luoshi.reporting.official.sizes import BLACK, IMITATION, REGULAR, SONG_TITLE

TYPEFACES = {
    "小标宋": (SONG_TITLE, "方正小标宋", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "仿宋": (IMITATION, "仿宋", "FangSong", "FangSong_GB2312", "华文仿宋", "STFangsong"),
    "楷体": (REGULAR, "楷体", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti"),
    "黑体": (BLACK, "SimHei", "华文黑体", "STHeiti"),
}
"""By what the standard calls it: the families that show it, the one a docx names first."""


def missing(families: Iterable[str]) -> tuple[str, ...]:
    """What the standard asks for and no family here shows, in the order of a text: 小标宋, 仿宋, 楷体, 黑体.

    Args:
        families: names of the families that are installed, each as its own; case does not matter.
    """
    known = {family.strip().casefold() for family in families}
    return tuple(name for name, shown in TYPEFACES.items() if known.isdisjoint(one.casefold() for one in shown))
