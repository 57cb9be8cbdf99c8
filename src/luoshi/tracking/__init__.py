"""The tracking engine: a target and its figures, on a day → a state, because …; and two editions of a plan compared."""

from luoshi.tracking.clause import Change, Clause, Comparison, Difference, Fate, clauses_of
from luoshi.tracking.combining import combine
from luoshi.tracking.editions import compare
from luoshi.tracking.judge import judge
from luoshi.tracking.matter import Matter
from luoshi.tracking.pausing import Pause
from luoshi.tracking.recognising import Earlier, Match, recognised
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.shares import Share, even, weigh
from luoshi.tracking.staircases import Stair, Staircase, beside_time, completion, spread
from luoshi.tracking.standing import Day, Paths, Terms, ask, by_indicator, paths_of, stand, stand_of
from luoshi.tracking.totals import Total, total

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
    "Paths",
    "Pause",
    "Rules",
    "Share",
    "Stair",
    "Staircase",
    "Terms",
    "Total",
    "ask",
    "beside_time",
    "by_indicator",
    "clauses_of",
    "combine",
    "compare",
    "completion",
    "even",
    "judge",
    "paths_of",
    "recognised",
    "spread",
    "stand",
    "stand_of",
    "total",
    "weigh",
]
