"""培训: what is kept."""

from luoshi.bureau.training.models.courses import Attendance, Choice, Course, Review, Seat, Session, Term
from luoshi.bureau.training.models.rosters import Nomination, Quota, Roll, Rotation, Trainee, Turn
from luoshi.bureau.training.models.teachers import TENTHS, Correction, Credit, Event, Standing, Tally, Teacher, Turnout

__all__ = [
    "TENTHS",
    "Attendance",
    "Choice",
    "Correction",
    "Course",
    "Credit",
    "Event",
    "Nomination",
    "Quota",
    "Review",
    "Roll",
    "Rotation",
    "Seat",
    "Session",
    "Standing",
    "Tally",
    "Teacher",
    "Term",
    "Trainee",
    "Turn",
    "Turnout",
]
