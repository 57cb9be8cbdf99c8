"""The tracking engine: a target and its figures, on a day → a state, because …"""

from luoshi.tracking.combining import combine
from luoshi.tracking.judge import judge
from luoshi.tracking.matter import Matter
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.standing import Day, ask, by_indicator, stand

__all__ = ["DEFAULT", "Day", "Matter", "Rules", "ask", "by_indicator", "combine", "judge", "stand"]
