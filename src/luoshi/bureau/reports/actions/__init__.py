"""What is done with progress reports: asking, filing, passing on, taking in what came by file or message."""

from luoshi.bureau.reports.actions.filing import Filled, Paper, Sum, file, nothing_new
from luoshi.bureau.reports.actions.gathering import Incoming, Landing, Piece, bring, drop, land
from luoshi.bureau.reports.actions.opening import close_period, open_period
from luoshi.bureau.reports.actions.passing import (
    Verified,
    adopt,
    correct,
    enter_signatures,
    review,
    send_back,
    sign,
    verify,
)

__all__ = [
    "Filled",
    "Incoming",
    "Landing",
    "Paper",
    "Piece",
    "Sum",
    "Verified",
    "adopt",
    "bring",
    "close_period",
    "correct",
    "drop",
    "enter_signatures",
    "file",
    "land",
    "nothing_new",
    "open_period",
    "review",
    "send_back",
    "sign",
    "verify",
]
