"""Composing official texts by rules: restrained, figures first, praise before criticism, nothing that is not 核定."""

from luoshi.reporting.composing.bulletin import quarterly_report, red_bulletin, serial_bulletin
from luoshi.reporting.composing.facts import (
    Amount,
    Item,
    Practice,
    Progress,
    Situation,
    UnitFigure,
    counts,
    lagging,
    situation,
    urgency,
)
from luoshi.reporting.composing.leaders import leaders_page, meeting_pack
from luoshi.reporting.composing.notices import Urging, urging_slip

__all__ = [
    "Amount",
    "Item",
    "Practice",
    "Progress",
    "Situation",
    "UnitFigure",
    "Urging",
    "counts",
    "lagging",
    "leaders_page",
    "meeting_pack",
    "quarterly_report",
    "red_bulletin",
    "serial_bulletin",
    "situation",
    "urgency",
    "urging_slip",
]
