"""Thresholds with their documents and their doubts. A bureau sets its own; a value is never changed, only followed."""

from datetime import date
from decimal import Decimal

from luoshi.declared.standards import STANDARDS
from luoshi.spine import Parameter

LARGE_CLASS = Parameter(
    "large_class",
    "大班额下限",
    Decimal(56),
    "人",
    date(2016, 7, 2),
    "国发〔2016〕40号",
    doubt="要点的大班额是否含66人及以上，须由该局确认",
)
SUPER_LARGE_CLASS = Parameter(
    "super_large_class", "超大班额下限", Decimal(66), "人", date(2016, 7, 2), "国发〔2016〕40号"
)
PRIMARY_SHARE_LEAST = Parameter(
    "primary_share_least",
    "小学班数占义务教育班数的下限",
    Decimal("0.5"),
    "比",
    date(2016, 7, 2),
    "小学六个年级、初中三个年级",
    doubt="常识下限，只用于提示口径待核",
)
PRIMARY_SHARE_MOST = Parameter(
    "primary_share_most",
    "小学班数占义务教育班数的上限",
    Decimal("0.85"),
    "比",
    date(2016, 7, 2),
    "小学六个年级、初中三个年级",
    doubt="常识上限，只用于提示口径待核",
)

PARAMETERS: tuple[Parameter, ...] = (
    LARGE_CLASS,
    SUPER_LARGE_CLASS,
    PRIMARY_SHARE_LEAST,
    PRIMARY_SHARE_MOST,
    *STANDARDS,
)
"""All of them."""
