"""What the house says of what is wrong, in the language of whoever reads it.

Findings are made, kept and sent in Chinese. On an English page they are looked up here, sentence by sentence
([how](../../../../docs/decisions/0011-findings-are-told-where-they-are-shown.md)); on a Chinese page nothing is done.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from django.utils.translation import get_language, gettext

from luoshi.words.findings import Finding
from luoshi.words.sayings import Sayings

_TABLE = Path(__file__).resolve().parents[1] / "locale" / "en" / "findings.csv"
"""One row a sentence: as it is made, as it is told."""
_ENGLISH = "en"
_NAMED = re.compile(r"%\((\w+)\)[sd]")
"""A value in a text of gettext."""


def rows() -> Iterator[tuple[str, str]]:
    """The table: Chinese template with `{}` for each slot, English one with its slots numbered from 1."""
    with _TABLE.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            yield row["chinese"], row["english"]


class _Pages(GNUTranslations):
    """What pages say by gettext."""

    def rows(self) -> Iterator[tuple[str, str]]:
        """What has values in it, as templates: a job of last night said it in Chinese, with the values put in."""
        for chinese, other in self._catalog.items():  # type: ignore[attr-defined]
            names = _NAMED.findall(chinese) if isinstance(chinese, str) else []
            if names and len(set(names)) == len(names):
                yield _NAMED.sub("{}", _braced(chinese)), _numbered(_braced(other), names)


def _braced(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}").replace("%%", "%")


def _numbered(words: str, names: Sequence[str]) -> str:
    return _NAMED.sub(lambda one: f"{{{names.index(one[1]) + 1}}}", words)


def _said_by_pages() -> list[tuple[str, str]]:
    with (_TABLE.parent / "LC_MESSAGES" / "django.mo").open("rb") as opened:
        return list(_Pages(opened).rows())


@cache
def _sayings() -> Sayings:
    """The table, opened when the first English page has something to tell; labels, roles and offices are known to gettext."""
    return Sayings((*rows(), *_said_by_pages()), gettext)


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


def whole(finding: Finding | None) -> str:
    """What a step says that somebody may not take: what was met, the rule and what to do; empty where they may."""
    one = in_words(finding) if finding else None
    return _joined(one.what, one.rule, one.remedy) if one else ""


def met(finding: Finding | None) -> str:
    """What a field that may not be filled says: what was met and what to do; empty where there is nothing to say."""
    one = in_words(finding) if finding else None
    return _joined(one.what, one.remedy) if one else ""
