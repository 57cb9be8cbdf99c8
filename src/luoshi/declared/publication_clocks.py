"""By when what has to be public is public: days with their documents and their doubts."""

from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter

INSPECTION_PUBLIC = Parameter(
    "inspection_public_workdays",
    "双随机检查结果公开的期限",
    Decimal(20),
    "个工作日",
    date(2020, 1, 1),
    "国办发〔2015〕58号；企业信息公示暂行条例的做法",
    doubt="市场监管领域为20个工作日；教育领域联合监管方案的期限须由该局核实",
)
SPENDING_PUBLIC = Parameter(
    "spending_public_days",
    "教育经费统计公告的期限",
    Decimal(365),
    "天",
    date(2020, 1, 1),
    "产品默认值：次年年底前",
    doubt="省级公告约在次年3月，全国公告约在次年5至8月；市级的日期须由该局确认",
)
ADOPTION_PUBLIC = Parameter(
    "adoption_public_workdays",
    "信息采用积分通报的期限",
    Decimal(10),
    "个工作日",
    date(2020, 1, 1),
    "产品默认值：每季度末后",
    doubt="各局通报的时间不一，须由该局确认",
)

PUBLICATION_PARAMETERS: tuple[Parameter, ...] = (INSPECTION_PUBLIC, SPENDING_PUBLIC, ADOPTION_PUBLIC)
"""All of them."""
