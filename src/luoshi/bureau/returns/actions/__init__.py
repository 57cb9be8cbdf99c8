"""What is done with returns: windows, files that are brought, explanations, the way up, the lake."""

from luoshi.bureau.returns.actions.accepting import accept
from luoshi.bureau.returns.actions.bringing import AT_ONCE, Brought, bring, write
from luoshi.bureau.returns.actions.depositing import settle, settle_one
from luoshi.bureau.returns.actions.destroying import approve, decline, due, expire, propose_due, propose_erasing
from luoshi.bureau.returns.actions.explaining import explain, judge
from luoshi.bureau.returns.actions.handing import Signatures, check_county, hand_in, send_back, sign
from luoshi.bureau.returns.actions.merging import merge, unmerge
from luoshi.bureau.returns.actions.reopening import ask_reopening, decide_reopening
from luoshi.bureau.returns.actions.windows import Wanted, close_window, extend, lock_window, open_window

__all__ = [
    "AT_ONCE",
    "Brought",
    "Signatures",
    "Wanted",
    "accept",
    "approve",
    "ask_reopening",
    "bring",
    "check_county",
    "close_window",
    "decide_reopening",
    "decline",
    "due",
    "expire",
    "explain",
    "extend",
    "hand_in",
    "judge",
    "lock_window",
    "merge",
    "open_window",
    "propose_due",
    "propose_erasing",
    "send_back",
    "settle",
    "settle_one",
    "sign",
    "unmerge",
    "write",
]
