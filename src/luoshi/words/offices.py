"""Sections of a bureau (科室) and the leaders in charge of them (分管局领导)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """A section that can own a commitment."""

    code: str
    """Canonical code, for example JJ for 基础教育科."""
    name: str
    """The name used on screen and paper."""
    duties: tuple[str, ...] = ()
    """Words that route a sentence here."""
    leads: tuple[str, ...] = ()
    """Numbers of the points it usually leads."""
    leader: str = ""
    """The leader in charge, by title; where the city lists its leaders, the name of one of them."""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader of the bureau (局领导) who is in charge of sections; a city lists them in protocol order."""

    name: str
    """As sections name who is in charge of them."""
    title: str
    """职务, as on paper."""
    doubt: str = ""
