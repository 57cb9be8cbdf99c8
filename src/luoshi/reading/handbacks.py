"""Papers that come back: what a workbook or a Word table says now, cell by cell."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Handback:
    """What a returned file says."""

    code: str
    """校验码 of the paper it answers; empty when it was not found."""
    form: str
    """xlsx or docx."""
    rows: Mapping[str, Mapping[str, str]]
    """By the row's lasting number: its cells by column."""
    comments: Mapping[str, str]
    """By the row's number: what stands under 修改意见."""
    doubts: tuple[Finding, ...] = ()


def same(one: str, other: str) -> bool:
    """Whether two cells say the same: blanks at the ends, line ends and full-width signs are no change."""
    return _level(one) == _level(other)


def _level(words: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words.replace("\r\n", "\n"))).strip()
