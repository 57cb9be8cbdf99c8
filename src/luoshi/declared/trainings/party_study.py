"""理论学习和宣讲 (M1.1): sessions of branches and lectures of the 宣讲团, held and attended."""

from luoshi.declared.training_hours import OTHER
from luoshi.learning.declaring import Counts, Training

PARTY_STUDY = Training(
    "party_study",
    "理论学习和宣讲",
    ("M1.1",),
    OTHER,
    "各党支部党员、教职工",
    "工作要点：建立不忘初心、牢记使命的长效机制",
    Counts.PERSON_TIMES,
    ("党员", "入党积极分子", "教职工"),
    doubt="学习平台的个人数据不进入本系统，只登记学习场次和人次",
)
