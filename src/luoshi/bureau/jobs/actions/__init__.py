"""What is done with notices, long work and the daily round."""

from luoshi.bureau.jobs.actions.asking import enqueue, hand_over, resume, stop
from luoshi.bureau.jobs.actions.exporting import export_journal
from luoshi.bureau.jobs.actions.posting import Letter, post
from luoshi.bureau.jobs.actions.settling import mark_read, resend, settle

__all__ = [
    "Letter",
    "enqueue",
    "export_journal",
    "hand_over",
    "mark_read",
    "post",
    "resend",
    "resume",
    "settle",
    "stop",
]
