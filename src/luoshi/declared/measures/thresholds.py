"""Parameters as measures read them: the value that counts for the period is filled in when rows are there."""

from luoshi.declared.parameters import LARGE_CLASS, SUPER_LARGE_CLASS
from luoshi.declared.standards import BALANCE_LEAST, TRAINING_HOURS
from luoshi.words.returns import Threshold

LARGE = Threshold(LARGE_CLASS)
SUPER_LARGE = Threshold(SUPER_LARGE_CLASS)
BALANCE_LEAST_PUPILS = Threshold(BALANCE_LEAST)
TRAINING = Threshold(TRAINING_HOURS)
