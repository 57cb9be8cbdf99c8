"""The indicators an education bureau's work plan is measured by, with the phrases plans use for them.

`answers` names the mechanism of the plan that asks for it; rates name what is counted above and below.
"""

from luoshi.declared.indicators.campus import CAMPUS
from luoshi.declared.indicators.class_sizes import CLASS_SIZES
from luoshi.declared.indicators.filed import FILED
from luoshi.declared.indicators.handled import HANDLED
from luoshi.declared.indicators.preschool import PRESCHOOL
from luoshi.declared.indicators.schooling import SCHOOLING
from luoshi.declared.indicators.schools import SCHOOLS
from luoshi.declared.indicators.teachers import TEACHERS
from luoshi.declared.indicators.vocational import VOCATIONAL

INDICATORS = (
    *CLASS_SIZES,
    *PRESCHOOL,
    *SCHOOLS,
    *VOCATIONAL,
    *TEACHERS,
    *SCHOOLING,
    *CAMPUS,
    *FILED,
    *HANDLED,
)
"""All of them; a key stands for one question everywhere."""
