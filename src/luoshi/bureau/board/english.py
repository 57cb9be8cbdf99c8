"""What the house says of what is wrong, in the language of whoever reads it.

Findings are made, kept and sent in Chinese. On an English page they are looked up here, sentence by sentence
([how](../../../../docs/decisions/0011-findings-are-told-where-they-are-shown.md)); on a Chinese page nothing is done.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import get_language, gettext, override

from luoshi.words.findings import Finding
from luoshi.words.sayings import Sayings

_TABLE = Path(__file__).resolve().parents[1] / "locale" / "en" / "findings.csv"
"""One row a sentence: as it is made, as it is told."""
_ENGLISH = "en"


def rows() -> Iterator[tuple[str, str]]:
    """The table: Chinese template with `{}` for each slot, English one with its slots numbered from 1."""
    with _TABLE.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            yield row["chinese"], row["english"]


def _label(words: str) -> str:
    """Labels, roles and offices have their own translations."""
    with override(_ENGLISH):
        return gettext(words)


@cache
def _sayings() -> Sayings:
    return Sayings(rows(), _label)


def told(words: object) -> object:
    """A sentence of the house in the language of the page; what the house did not make, or is empty, stays as it is."""
    return _sayings().told(str(words)) if words and get_language() == _ENGLISH else words


def in_words(finding: Finding) -> Finding:
    """The four parts in the language of the page."""
    if get_language() != _ENGLISH:
        return finding
    said = _sayings().told
    return Finding(
        said(finding.where), said(finding.what), said(finding.rule), said(finding.remedy), severity=finding.severity
    )


def _joined(*parts: str) -> str:
    return (". " if get_language() == _ENGLISH else "。").join(parts)


def why(finding: Finding | None) -> str:
    """What a disabled button says: the rule and what to do; empty where there is nothing to say."""
    one = in_words(finding) if finding else None
    return _joined(one.rule, one.remedy) if one else ""


def met(finding: Finding | None) -> str:
    """What a field that may not be filled says: what was met and what to do; empty where there is nothing to say."""
    one = in_words(finding) if finding else None
    return _joined(one.what, one.remedy) if one else ""
