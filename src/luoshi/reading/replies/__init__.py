"""进展反馈: replies of sections and counties in → the item each stretch speaks of, its figure, its day, its words, its doubts."""

from luoshi.reading.replies.matching import match, speaks_for_all
from luoshi.reading.replies.opening import pasted, read_reply
from luoshi.reading.replies.reply import (
    Answer,
    Candidate,
    Claim,
    Manner,
    Part,
    Reply,
    Stated,
    Told,
    Wanted,
    WantedTarget,
)

__all__ = [
    "Answer",
    "Candidate",
    "Claim",
    "Manner",
    "Part",
    "Reply",
    "Stated",
    "Told",
    "Wanted",
    "WantedTarget",
    "match",
    "pasted",
    "read_reply",
    "speaks_for_all",
]
