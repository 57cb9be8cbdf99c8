"""Parameters as measures read them: the value that counts for the period is filled in when rows are there."""

from luoshi.declared.parameters import LARGE_CLASS, SUPER_LARGE_CLASS
from luoshi.declared.standards import BALANCE_LEAST, TRAINING_HOURS
from luoshi.words.measures import Threshold

LARGE = Threshold(LARGE_CLASS.key)
SUPER_LARGE = Threshold(SUPER_LARGE_CLASS.key)
BALANCE_LEAST_PUPILS = Threshold(BALANCE_LEAST.key)
TRAINING = Threshold(TRAINING_HOURS.key)
