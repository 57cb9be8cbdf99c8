"""国家通用语言文字培训 (M5.5): classes in poor counties for farmers, cadres and teachers."""

from luoshi.declared.training_hours import OTHER
from luoshi.learning.declaring import Counts, Training

PUTONGHUA = Training(
    "putonghua",
    "普通话培训",
    ("M5.5",),
    OTHER,
    "贫困地区青壮年农民、基层干部和教师",
    "工作要点：国家通用语言文字培训",
    Counts.PERSON_TIMES,
    ("青壮年农民", "基层干部", "教师"),
)
