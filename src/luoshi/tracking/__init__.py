"""The tracking engine: a target and its figures, on a day → a state, because …; and two editions of a plan compared."""

from luoshi.tracking.clause import Change, Clause, Comparison, Difference, Fate, clauses_of
from luoshi.tracking.combining import combine
from luoshi.tracking.editions import compare
from luoshi.tracking.judge import judge
from luoshi.tracking.matter import Matter
from luoshi.tracking.recognising import Earlier, Match, recognised
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.standing import Day, ask, by_indicator, stand

__all__ = [
    "DEFAULT",
    "Change",
    "Clause",
    "Comparison",
    "Day",
    "Difference",
    "Earlier",
    "Fate",
    "Match",
    "Matter",
    "Rules",
    "ask",
    "by_indicator",
    "clauses_of",
    "combine",
    "compare",
    "judge",
    "recognised",
    "stand",
]
