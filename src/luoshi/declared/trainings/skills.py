"""万人次技能培训 (M18.5): rolls before the start, duplicates and double subsidies told, person-times held against the aim."""

from luoshi.declared.training_hours import OTHER, SKILLS_AIM
from luoshi.learning.declaring import Counts, Training

SKILLS = Training(
    "skills",
    "技能培训",
    ("M18.5",),
    OTHER,
    "企业职工、农民工、贫困劳动力",
    "工作要点：完成1万人次培训目标",
    Counts.PERSON_TIMES,
    ("企业职工", "农民工", "贫困劳动力", "退役军人", "其他"),
    aim=SKILLS_AIM,
)
