"""What is done with posts, stand-ins, offices and accounts."""

from luoshi.bureau.posts.actions.accounts import add_accounts, ask_for_accounts, keep_sheet
from luoshi.bureau.posts.actions.appointing import Term, appoint, choose_main, choose_post, end_posts, settle_day
from luoshi.bureau.posts.actions.codes import issue_codes
from luoshi.bureau.posts.actions.delegating import (
    Wanted,
    ask_delegation,
    decide_delegation,
    end_delegation,
    enter_delegation,
    tell_over,
)
from luoshi.bureau.posts.actions.offices import amend_county_office, amend_office

__all__ = [
    "Term",
    "Wanted",
    "add_accounts",
    "amend_county_office",
    "amend_office",
    "appoint",
    "ask_delegation",
    "ask_for_accounts",
    "choose_main",
    "choose_post",
    "decide_delegation",
    "end_delegation",
    "end_posts",
    "enter_delegation",
    "issue_codes",
    "keep_sheet",
    "settle_day",
    "tell_over",
]
