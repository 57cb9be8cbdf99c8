"""What is done in the ledger: 立项, 核定, 时间节点. Only here is it written."""

from luoshi.bureau.ledger.actions.deciding import Correction, confirm, dismiss, merge, undo
from luoshi.bureau.ledger.actions.judging import Verdict, judge
from luoshi.bureau.ledger.actions.milestones import reach_milestone, set_milestone

__all__ = [
    "Correction",
    "Verdict",
    "confirm",
    "dismiss",
    "judge",
    "merge",
    "reach_milestone",
    "set_milestone",
    "undo",
]
