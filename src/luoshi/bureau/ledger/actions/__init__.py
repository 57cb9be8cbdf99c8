"""What is done in the ledger: 立项, 拆分与归并, 更正与变更, 核定, 时间节点, 结转. Only here is it written."""

from luoshi.bureau.ledger.actions.amending import Cell, amend, ask_change, decide_change
from luoshi.bureau.ledger.actions.binding import bind
from luoshi.bureau.ledger.actions.climbing import climb
from luoshi.bureau.ledger.actions.coordinating import coordinate, owe
from luoshi.bureau.ledger.actions.deciding import confirm, dismiss, merge, undo
from luoshi.bureau.ledger.actions.dividing import add, gather, split
from luoshi.bureau.ledger.actions.entering import Correction
from luoshi.bureau.ledger.actions.judging import Verdict, judge
from luoshi.bureau.ledger.actions.milestones import reach_milestone, set_milestone
from luoshi.bureau.ledger.actions.pausing import PauseVerdict, PauseWanted, ask_pause, decide_pause, resume
from luoshi.bureau.ledger.actions.resolving import write_back
from luoshi.bureau.ledger.actions.sharing import share

__all__ = [
    "Cell",
    "Correction",
    "PauseVerdict",
    "PauseWanted",
    "Verdict",
    "add",
    "amend",
    "ask_change",
    "ask_pause",
    "bind",
    "climb",
    "confirm",
    "coordinate",
    "decide_change",
    "decide_pause",
    "dismiss",
    "gather",
    "judge",
    "merge",
    "owe",
    "reach_milestone",
    "resume",
    "set_milestone",
    "share",
    "split",
    "undo",
    "write_back",
]
