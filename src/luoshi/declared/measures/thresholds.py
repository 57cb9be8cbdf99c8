"""Parameters as measures read them: the value that counts for the period is filled in when rows are there."""

from luoshi.declared.parameters import LARGE_CLASS, SUPER_LARGE_CLASS
from luoshi.declared.standards import BALANCE_LEAST, SMALL_SCHOOL_FLOOR, TRAINING_HOURS
from luoshi.declared.standards_schooling import (
    JOINED_MOST,
    JUNIOR_CLASS,
    PRIMARY_AGE,
    PRIMARY_CLASS,
    SCHOOL_MOST,
    SPECIAL_COSTS,
    TECHNICAL_COUNTED,
    TRAINING_FUNDS,
)
from luoshi.declared.tolerances import PRESENT_APART
from luoshi.words.returns import Threshold

LARGE = Threshold(LARGE_CLASS)
SUPER_LARGE = Threshold(SUPER_LARGE_CLASS)
BALANCE_LEAST_PUPILS = Threshold(BALANCE_LEAST)
TRAINING = Threshold(TRAINING_HOURS)
PRIMARY_STANDARD = Threshold(PRIMARY_CLASS)
JUNIOR_STANDARD = Threshold(JUNIOR_CLASS)
LARGEST_SCHOOL = Threshold(SCHOOL_MOST)
LARGEST_JOINED = Threshold(JOINED_MOST)
SPECIAL_LEAST = Threshold(SPECIAL_COSTS)
TRAINING_LEAST = Threshold(TRAINING_FUNDS)
ENTRY_AGE = Threshold(PRIMARY_AGE)
TECHNICAL = Threshold(TECHNICAL_COUNTED)
APART = PRESENT_APART
SMALL_FLOOR = Threshold(SMALL_SCHOOL_FLOOR)
