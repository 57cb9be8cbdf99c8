"""Evaluations as lists of items: what figures can hold, and what people must judge."""

from collections.abc import Mapping

from luoshi.declared.checklists.national import BASIC_BALANCE, FIVE_YEAR_PLAN, PRESCHOOL_UNIVERSAL
from luoshi.declared.checklists.quality import QUALITY_BALANCE
from luoshi.words.checklists import Checklist

CHECKLISTS: Mapping[str, Checklist] = {
    BASIC_BALANCE.key: BASIC_BALANCE,
    QUALITY_BALANCE.key: QUALITY_BALANCE,
    PRESCHOOL_UNIVERSAL.key: PRESCHOOL_UNIVERSAL,
    FIVE_YEAR_PLAN.key: FIVE_YEAR_PLAN,
}
"""By key."""
OF_CITIES = frozenset({FIVE_YEAR_PLAN.key})
"""Those a city is held against as a whole, besides its counties."""

__all__ = ["BASIC_BALANCE", "CHECKLISTS", "FIVE_YEAR_PLAN", "OF_CITIES", "PRESCHOOL_UNIVERSAL", "QUALITY_BALANCE"]
