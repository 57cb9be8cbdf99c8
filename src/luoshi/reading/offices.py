"""Which office a commitment is proposed to. A person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.spine import Commitment
from luoshi.words.offices import Office

_USUAL = 3
"""What it weighs that an office usually leads the point, in matched words."""
_PARTNERS = 3


@dataclass(frozen=True, slots=True)
class Routing:
    """A proposed lead, its partners, and why."""

    lead: str
    """Code of the office; empty when nothing points anywhere."""
    partners: tuple[str, ...]
    because: str


def propose(commitment: Commitment, point_title: str, offices: Sequence[Office]) -> Routing:
    """Lead and helping offices: those the plan prints, else by duties named in the clause and the usual lead of the point."""
    printed = [office for name in commitment.offices for office in offices if _named(office, name)]
    if printed:
        return Routing(printed[0].code, tuple(office.code for office in printed[1:]), "原文注明")
    words = commitment.subject + commitment.sentence.text[:0] + _clause(commitment)
    scored = [(_score(office, words, point_title, commitment.sentence.point), office) for office in offices]
    ranked = sorted((pair for pair in scored if pair[0][0]), key=lambda pair: -pair[0][0])
    if not ranked:
        return Routing("", (), "")
    (_, why), lead = ranked[0]
    partners = tuple(office.code for (score, _), office in ranked[1 : 1 + _PARTNERS] if score > 1)
    return Routing(lead.code, partners, why)


def _named(office: Office, printed: str) -> bool:
    """办公室 is 办公室（督查室）: what a table adds in brackets, a plan leaves out."""
    bare = re.sub(r"[（(].*?[）)]", "", office.name)
    return printed in {office.name, bare}


def _clause(commitment: Commitment) -> str:
    begun = commitment.start - commitment.sentence.start
    return commitment.sentence.text[begun : begun + commitment.end - commitment.start]


def _score(office: Office, clause: str, title: str, point: str) -> tuple[float, str]:
    """How strongly duties and habit point to an office, and the words that did."""
    named = [duty for duty in office.duties if duty in clause]
    in_title = [duty for duty in office.duties if duty in title and duty not in named]
    usual = point in office.leads
    score = sum(1 + len(duty) / 4 for duty in named) + 0.4 * len(in_title) + (_USUAL if usual else 0)
    said = [f"职责“{duty}”" for duty in named[:2]] or [f"条目“{duty}”" for duty in in_title[:1]]
    if usual:
        said.append(f"通常牵头第{point}条")
    return score, "、".join(said)
