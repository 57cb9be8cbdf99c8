"""Learning of grown-ups: hours that count once, places told with their reasons, rosters of years, persons and person-times."""

from luoshi.learning.hours import Done, Earned, Span, Stay, credits_of, done, hours_of, practised
from luoshi.learning.person_times import Attended, Counted, count
from luoshi.learning.rotation import Rota, Sent, rota
from luoshi.learning.seats import Allotment, Applicant, Cause, Offer, Reserve, Told, allot, lot

__all__ = [
    "Allotment",
    "Applicant",
    "Attended",
    "Cause",
    "Counted",
    "Done",
    "Earned",
    "Offer",
    "Reserve",
    "Rota",
    "Sent",
    "Span",
    "Stay",
    "Told",
    "allot",
    "count",
    "credits_of",
    "done",
    "hours_of",
    "lot",
    "practised",
    "rota",
]
