"""What is done with papers: sent out, taken back, answered, approved, issued. Only here are they written."""

from luoshi.bureau.handouts.actions.answering import Landed, answer, land
from luoshi.bureau.handouts.actions.issuing import Paper, approve, consult, issue, missing, reopen
from luoshi.bureau.handouts.actions.sending import Terms, hand_out, take_back

__all__ = [
    "Landed",
    "Paper",
    "Terms",
    "answer",
    "approve",
    "consult",
    "hand_out",
    "issue",
    "land",
    "missing",
    "reopen",
    "take_back",
]
