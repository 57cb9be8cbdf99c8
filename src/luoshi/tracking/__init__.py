"""The tracking engine: a target and its figures, on a day → a state, because …"""

from luoshi.tracking.combining import combine
from luoshi.tracking.judge import Matter, judge
from luoshi.tracking.rules import DEFAULT, Rules

__all__ = ["DEFAULT", "Matter", "Rules", "combine", "judge"]
