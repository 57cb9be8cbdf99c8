"""What is done in 督办: rules, drafts, sending, answers, 整改, 销号. Only here is it written."""

from luoshi.bureau.escalations.actions.closing import Signing, reopen, reopen_fallen
from luoshi.bureau.escalations.actions.closing import sign as sign_closing
from luoshi.bureau.escalations.actions.drafting import Edited, draft_due, edit
from luoshi.bureau.escalations.actions.marking import Found, establish, take_away
from luoshi.bureau.escalations.actions.rectifying import Looked, Mending, Problem, add, look_back, mend
from luoshi.bureau.escalations.actions.ruling import Switching, Wanted, set_rules, switch
from luoshi.bureau.escalations.actions.sending import Answer, Sent, answer, send, withdraw
from luoshi.bureau.escalations.actions.sending import sign as sign_paper

__all__ = [
    "Answer",
    "Edited",
    "Found",
    "Looked",
    "Mending",
    "Problem",
    "Sent",
    "Signing",
    "Switching",
    "Wanted",
    "add",
    "answer",
    "draft_due",
    "edit",
    "establish",
    "look_back",
    "mend",
    "reopen",
    "reopen_fallen",
    "send",
    "set_rules",
    "sign_closing",
    "sign_paper",
    "switch",
    "take_away",
    "withdraw",
]
