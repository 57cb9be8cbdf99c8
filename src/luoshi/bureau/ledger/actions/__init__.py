"""What is done in the ledger: 立项, 拆分与归并, 更正与变更, 核定, 时间节点, 结转. Only here is it written."""

from luoshi.bureau.ledger.actions.amending import Cell, amend, ask_change, decide_change
from luoshi.bureau.ledger.actions.deciding import confirm, dismiss, merge, undo
from luoshi.bureau.ledger.actions.dividing import add, gather, split
from luoshi.bureau.ledger.actions.entering import Correction
from luoshi.bureau.ledger.actions.judging import Verdict, judge
from luoshi.bureau.ledger.actions.milestones import reach_milestone, set_milestone

__all__ = [
    "Cell",
    "Correction",
    "Verdict",
    "add",
    "amend",
    "ask_change",
    "confirm",
    "decide_change",
    "dismiss",
    "gather",
    "judge",
    "merge",
    "reach_milestone",
    "set_milestone",
    "split",
    "undo",
]
