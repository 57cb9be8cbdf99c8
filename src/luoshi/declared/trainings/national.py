"""国培计划 (M25.4): places come from the state, are divided to counties, and rolls are checked for whoever was sent twice."""

from luoshi.declared.training_hours import NATIONAL
from luoshi.learning.declaring import Training

NATIONAL_PLAN = Training(
    "national", "国培计划", ("M25.4",), NATIONAL, "乡村教师、骨干教师", "教师函〔2010〕4号及各年通知", quota=True
)
