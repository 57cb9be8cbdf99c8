"""What is done to runs, their doubtful pairs and their findings."""

from luoshi.bureau.comparisons.actions.bringing import ask, bring, close, expire
from luoshi.bureau.comparisons.actions.judging import judge
from luoshi.bureau.comparisons.actions.opening import open_found

__all__ = ["ask", "bring", "close", "expire", "judge", "open_found"]
