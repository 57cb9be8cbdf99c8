"""Comparing lists of persons on exact numbers: 四查三比对. Whatever is doubtful is a person's to decide."""

from luoshi.matching.comparing import Compared, compare
from luoshi.matching.deciding import Decision, Doubt, Judged
from luoshi.matching.given import Listed, fit
from luoshi.matching.numbers import Flaw
from luoshi.matching.settling import Outcome

__all__ = ["Compared", "Decision", "Doubt", "Flaw", "Judged", "Listed", "Outcome", "compare", "fit"]
