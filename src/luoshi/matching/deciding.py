"""Doubtful pairs, their lasting codes, and what people decided of them.

    code = first 24 hexadecimal digits of HMAC-SHA-256(key, content of both rows)        RFC 2104

A code is made of what the two rows say, never of where they stand: so a decision counts in the next run as long as both say
the same, and a row that was changed is asked about again.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from luoshi.matching.numbers import Flaw
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

SHORTEST_KEY = 16
"""Bytes of a key at least."""
LENGTH = 24
_APART = "\x1f"
_UNDECIDED = ""


class Doubt(StrEnum):
    """Why a pair, or a row alone, is a person's to decide."""

    NUMBER = "number"
    """号码缺失或不对，无法比对."""
    TWICE = "twice"
    """同一名单里一号两行."""
    CROWDED = "crowded"
    """对方名单里此号有两行."""
    UNLIKE = "unlike"
    """号码相同，姓名或出生日期不同."""
    ALIKE = "alike"
    """姓名、出生日期和监护人或县相同，号码不同或缺失."""


class Judged(StrEnum):
    """What a person decided of a pair."""

    SAME = "same"
    """同一人."""
    DIFFERENT = "different"
    """不是同一人."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision."""

    pair: str
    """Code of the doubtful pair."""
    judged: Judged
    by: str
    """Who decided."""


FLAWS: Mapping[str, str] = {
    Flaw.MISSING: "没有身份证件号",
    Flaw.LOST: "身份证件号被电子表格改成了科学计数，后几位已丢失",
    Flaw.MALFORMED: "身份证件号不是 15 位或 18 位",
    Flaw.CHECK: "身份证件号的校验码不对",
    Flaw.BORN: "身份证件号里的出生日期不可能",
}
CONTENT = ("written", "name", "born", "guardian", "county")
"""What a row says that a decision stands on."""


def refuse_short(key: bytes) -> None:
    """Refuse a key that can be guessed."""
    if len(key) < SHORTEST_KEY:
        what, rule = f"密钥只有 {len(key)} 字节", f"密钥至少 {SHORTEST_KEY} 字节，由本单位保管"
        raise RefusedError(Finding("密钥", what, rule, "请换一个长的密钥文件；换了密钥，代码和已作的认定都对不上"))


def digest(key: bytes, words: str) -> str:
    """A keyed digest; of a number it is the code the rolls carry under the same key."""
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def by_pair(decisions: Iterable[Decision]) -> dict[str, str]:
    """Decisions by the code of their pair.

    Raises:
        RefusedError: one pair was decided both ways.
    """
    told, wrong = dict[str, str](), list[str]()
    for one in decisions:
        if told.setdefault(one.pair, one.judged.value) != one.judged.value:
            wrong.append(one.pair)
    if wrong:
        shown = "、".join(dict.fromkeys(wrong[:5]))
        what = f"代码 {shown} 既认定为同一人，又认定为不是"
        raise RefusedError(Finding("认定", what, "一对只有一个认定", "请留下一个认定，删去另一个"))
    return told


def coded(pairs: pl.DataFrame, key: bytes | None, decided: Mapping[str, str]) -> pl.DataFrame:
    """With `pair`, null without a key, and `judged`, empty where nobody decided.

    Args:
        pairs: doubt, list, other and of both sides CONTENT, those of the other with `other_` before.
        key: of the bureau.
        decided: by code.
    """
    if key is None:
        none = pl.lit(None, pl.String)
        return pairs.with_columns(none.alias("pair"), pl.lit(_UNDECIDED).alias("judged"))
    left = _contents(pairs, "list", CONTENT)
    right = _contents(pairs, "other", tuple(f"other_{one}" for one in CONTENT))
    codes = [
        digest(key, _APART.join((_kind(doubt), *sorted(both))))
        for doubt, *both in zip(pairs["doubt"].to_list(), left, right, strict=True)
    ]
    judged = [decided.get(one, _UNDECIDED) for one in codes]
    return pairs.with_columns(pl.Series("pair", codes, pl.String), pl.Series("judged", judged, pl.String))


def _kind(doubt: str) -> str:
    """Two rows are asked about once, whatever made them doubtful; a row alone is another question."""
    return "alone" if doubt == Doubt.NUMBER else "pair"


def _contents(pairs: pl.DataFrame, of: str, columns: Sequence[str]) -> list[str]:
    told: Any = pl.concat_str([pl.col(one).fill_null("") for one in (of, *columns)], separator=_APART)
    return pairs.select(told).to_series().to_list()
