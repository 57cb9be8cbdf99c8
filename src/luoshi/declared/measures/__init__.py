"""Measures of the nation: what is counted of which rows of the declared returns, by which document."""

from collections.abc import Mapping

from luoshi.declared.measures.balance import BALANCE, JUNIOR_SEVEN, PRIMARY_SEVEN
from luoshi.declared.measures.basic import BASIC
from luoshi.declared.measures.class_sizes import CLASS_SIZES
from luoshi.declared.measures.overview import OF_SCHOOLS, OVERVIEW
from luoshi.declared.measures.preschool import PRESCHOOL
from luoshi.declared.measures.schooling import SCHOOLING
from luoshi.declared.measures.teachers import TEACHERS
from luoshi.declared.measures.themes import THEMES
from luoshi.words.measures import Measure, by_key

MEASURES: Mapping[str, Measure] = by_key(*CLASS_SIZES, *PRESCHOOL, *SCHOOLING, *BALANCE, *BASIC, *TEACHERS)
"""All of them by key; a key that is also an indicator's is the same question."""

__all__ = [
    "BALANCE",
    "BASIC",
    "CLASS_SIZES",
    "JUNIOR_SEVEN",
    "MEASURES",
    "OF_SCHOOLS",
    "OVERVIEW",
    "PRESCHOOL",
    "PRIMARY_SEVEN",
    "SCHOOLING",
    "TEACHERS",
    "THEMES",
]
