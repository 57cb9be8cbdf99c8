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
from luoshi.reporting.composing.leaders import ROWS, Six, leaders_page, meeting_pack, six
from luoshi.reporting.composing.notices import Urging, urging_slip
from luoshi.reporting.composing.sections import due_next

__all__ = [
    "ROWS",
    "Amount",
    "Item",
    "Practice",
    "Progress",
    "Situation",
    "Six",
    "UnitFigure",
    "Urging",
    "counts",
    "due_next",
    "lagging",
    "leaders_page",
    "meeting_pack",
    "quarterly_report",
    "red_bulletin",
    "serial_bulletin",
    "situation",
    "six",
    "urgency",
    "urging_slip",
]
