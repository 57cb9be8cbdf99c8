"""Parts: who somebody is to a case. What account plays which part for which case, the website says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its name on the pages."""

    key: str
    label: str


HOST = Part("host", "主办科室")
"""The office that the bureau lets a procedure belong to."""
SPONSOR = Part("sponsor", "申报单位")
"""Any section, county or school that asks for something; afterwards the one that opened the case."""
HANDLER = Part("handler", "承办单位")
"""The office, county or school that the case was given to."""
UNIT = Part("unit", "当事单位")
"""The school or other institution that the case is about and that acts in it."""
COUNTY = Part("county", "县(市、区)教育局")
"""The county that the case belongs to."""
PANEL = Part("panel", "评审组")
"""Those whom the host named to judge: each by their own account, and none about their own unit."""
LEADER = Part("leader", "分管局领导")
OVERSIGHT = Part("oversight", "督查室")
"""督查室, which keeps every list of what is owed."""
CITIZEN = Part("citizen", "群众")
"""Whoever brought the matter, by its number and code, without an account."""
PARTS = (HOST, SPONSOR, HANDLER, UNIT, COUNTY, PANEL, LEADER, OVERSIGHT, CITIZEN)
"""All of them, by the order in which pages name them."""
LABELS = {part.key: part.label for part in PARTS}
"""By key what it is called."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts: the login that stays, the name shown, and the parts played for this case."""

    login: str
    name: str
    parts: frozenset[str]
    """Keys of `PARTS`."""
    accused: bool = False
    """Whether it belongs to the unit complained of: it then neither sees nor acts."""
    clock: bool = False
    """The clock itself, which does what lapses."""


CLOCK = Hand("clock", "到期自动", frozenset(), clock=True)
