"""督学培训 (M13.5): who inspects is trained for it."""

from luoshi.declared.training_hours import OTHER
from luoshi.learning.declaring import Counts, Training

INSPECTORS = Training(
    "inspectors",
    "督学培训",
    ("M13.5",),
    OTHER,
    "专职、兼职督学",
    "教育督导条例；工作要点：强化督学培训",
    Counts.PERSON_TIMES,
    ("专职督学", "兼职督学"),
)
