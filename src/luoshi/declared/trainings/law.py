"""法治教育和普法培训 (M30.3): law vice-principals, teachers of law, and whoever was reached."""

from luoshi.declared.training_hours import OTHER
from luoshi.learning.declaring import Counts, Training

LAW = Training(
    "law",
    "普法培训",
    ("M30.3",),
    OTHER,
    "法治副校长、法治教师、干部",
    "工作要点：“七五”普法规划",
    Counts.PERSON_TIMES,
    ("法治副校长", "法治教师", "干部", "其他教职工"),
)
