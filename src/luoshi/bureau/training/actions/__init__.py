"""What is done with teachers' records, courses, terms, sessions, quotas, rosters and rolls."""

from luoshi.bureau.training.actions.attending import attend, close_session, name_for, show_code, take_roster
from luoshi.bureau.training.actions.checking import check
from luoshi.bureau.training.actions.courses import rate, review_course, send_course
from luoshi.bureau.training.actions.crediting import recount, recount_due
from luoshi.bureau.training.actions.quotas import decide_named, divide, name
from luoshi.bureau.training.actions.register import (
    ask_bring,
    ask_correction,
    decide_correction,
    keep_people,
    keep_records,
    leave,
)
from luoshi.bureau.training.actions.rolls import file_roll
from luoshi.bureau.training.actions.rotating import make_rotation
from luoshi.bureau.training.actions.terms import ask_allot, choose, give_up, hold, open_term, settle_allotment

__all__ = [
    "ask_allot",
    "ask_bring",
    "ask_correction",
    "attend",
    "check",
    "choose",
    "close_session",
    "decide_correction",
    "decide_named",
    "divide",
    "file_roll",
    "give_up",
    "hold",
    "keep_people",
    "keep_records",
    "leave",
    "make_rotation",
    "name",
    "name_for",
    "open_term",
    "rate",
    "recount",
    "recount_due",
    "review_course",
    "send_course",
    "settle_allotment",
    "show_code",
    "take_roster",
]
