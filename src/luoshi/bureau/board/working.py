"""What the worker can do: the rooms' handlers by kind of job, and the parts of the daily round. Rooms add a line here."""

from luoshi.bureau.jobs.actions.rounding import clear_sessions
from luoshi.bureau.jobs.daily import Part
from luoshi.bureau.jobs.verifying import KIND, verify_journal
from luoshi.bureau.jobs.worker import Outfit

OUTFIT = Outfit(
    handlers={
        KIND: verify_journal,
    },
    parts=(Part("clear_sessions", "清理过期的登录", clear_sessions),),
)
