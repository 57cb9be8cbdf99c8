"""省培计划 (M25.4): the same from the province."""

from luoshi.declared.training_hours import PROVINCIAL
from luoshi.learning.declaring import Training

PROVINCIAL_PLAN = Training(
    "provincial", "省培计划", ("M25.4",), PROVINCIAL, "中小学、幼儿园教师", "省教育厅各年通知", quota=True
)
