"""班主任素养提升 (M5.2): nominated within the province's quota, trained, shown."""

from luoshi.declared.training_hours import LOCAL
from luoshi.learning.declaring import Training

CLASS_TEACHERS = Training(
    "class_teachers",
    "班主任素养提升",
    ("M5.2",),
    LOCAL,
    "班主任、名班主任工作室成员",
    "工作要点：班主任素养提升工程",
    quota=True,
)
