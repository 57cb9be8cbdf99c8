"""心理健康教师培训 (M5.3): counsellors, by school; no file of any pupil comes here."""

from luoshi.declared.training_hours import LOCAL
from luoshi.learning.declaring import Training

COUNSELLORS = Training(
    "counsellors", "心理健康教师培训", ("M5.3",), LOCAL, "专兼职心理健康教师", "工作要点：加强心理健康教师培训"
)
