"""Measures of the nation: what is counted of which rows of the declared returns, by which document."""

from collections.abc import Mapping

from luoshi.declared.measures.balance import BALANCE, JUNIOR_SEVEN, PRIMARY_SEVEN
from luoshi.declared.measures.basic import BASIC
from luoshi.declared.measures.campus import CAMPUS
from luoshi.declared.measures.class_sizes import CLASS_SIZES
from luoshi.declared.measures.classes_further import CLASSES_FURTHER
from luoshi.declared.measures.communities import COMMUNITIES
from luoshi.declared.measures.enrolment import ENROLMENT
from luoshi.declared.measures.money import MONEY
from luoshi.declared.measures.overview import OF_SCHOOLS, OVERVIEW
from luoshi.declared.measures.pay import PAY
from luoshi.declared.measures.posts import POSTS
from luoshi.declared.measures.preschool import PRESCHOOL
from luoshi.declared.measures.quality import QUALITY
from luoshi.declared.measures.quotas import QUOTAS
from luoshi.declared.measures.rolls import ROLLS
from luoshi.declared.measures.schooling import SCHOOLING
from luoshi.declared.measures.sensitive import SENSITIVE
from luoshi.declared.measures.sight import SIGHT
from luoshi.declared.measures.teachers import TEACHERS
from luoshi.declared.measures.themes import THEMES
from luoshi.declared.measures.trade import TRADE
from luoshi.declared.measures.windows import WINDOWS
from luoshi.words.measures import Measure, by_key

MEASURES: Mapping[str, Measure] = by_key(
    *CLASS_SIZES,
    *CLASSES_FURTHER,
    *PRESCHOOL,
    *SCHOOLING,
    *ENROLMENT,
    *BALANCE,
    *QUALITY,
    *BASIC,
    *TRADE,
    *TEACHERS,
    *PAY,
    *MONEY,
    *QUOTAS,
    *POSTS,
    *SIGHT,
    *COMMUNITIES,
    *CAMPUS,
    *WINDOWS,
    *ROLLS,
)
"""All of them by key; a key that is also an indicator's is the same question."""

__all__ = [
    "BALANCE",
    "BASIC",
    "CLASSES_FURTHER",
    "CLASS_SIZES",
    "ENROLMENT",
    "JUNIOR_SEVEN",
    "MEASURES",
    "OF_SCHOOLS",
    "OVERVIEW",
    "PRESCHOOL",
    "PRIMARY_SEVEN",
    "QUALITY",
    "ROLLS",
    "SCHOOLING",
    "SENSITIVE",
    "TEACHERS",
    "THEMES",
    "TRADE",
]
