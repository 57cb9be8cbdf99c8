"""Which indicators the statistics of procedures answer, and what is unsure about that."""

from datetime import date

from luoshi.handling.figures import CaseFigure, Cycle, Share

_CONFIRMED = "，须由该局确认"
_ON_TIME = "按本年累计办结件计，分子为没有一步逾期的；并案、撤回的计入办结，未办结的不在分母" + _CONFIRMED
_CLOSED = "分子为本年办结的，分母另含月末仍在办的；并案、不属实的计入办结" + _CONFIRMED
_RATED = "按本年评价过的件计，一件以最后一次评价为准，逾期未评价的不在分母" + _CONFIRMED
_CYCLE = "周期从2018年起五年一轮、机构以月末在册的为准，均为产品默认值，无证园、附设班不在分母" + _CONFIRMED
_PROFILED = "按年计，分母为中小学校（不含教学点、幼儿园、中职、特教）" + _CONFIRMED

CASE_FIGURES: tuple[CaseFigure, ...] = (
    CaseFigure(
        "petition",
        "petitions_answered_on_time",
        doubt="按本年累计办结件计，分子为没有一步逾期的；应答复而未办结的不在分母，须由该局确认",
    ),
    CaseFigure("petition", "petitions_satisfied", Share.ANSWERED, "satisfied", ("yes", "fair"), _RATED),
    CaseFigure("approval", "approvals_on_time", doubt=_ON_TIME),
    CaseFigure("approval", "approvals_satisfied", Share.ANSWERED, "stars", ("5", "4", "3"), _RATED),
    CaseFigure(
        "training_complaint", "training_complaints_satisfied", Share.ANSWERED, "satisfied", ("yes", "fair"), _RATED
    ),
    CaseFigure("hazard", "hazards_closed", Share.CLOSED, doubt=_CLOSED),
    CaseFigure("hazard", "hazards_on_time", doubt=_ON_TIME),
    CaseFigure("key_problem", "key_problems_closed", Share.CLOSED, doubt=_CLOSED),
    CaseFigure("problem", "problems_struck", Share.CLOSED, doubt=_CLOSED),
    CaseFigure("problem", "problems_on_time", doubt=_ON_TIME),
    CaseFigure("opinion_letter", "opinions_rectified", Share.CLOSED, doubt=_CLOSED),
    CaseFigure("ethics_case", "ethics_on_time", doubt=_ON_TIME),
    CaseFigure("dropout", "dropouts_on_time", doubt=_ON_TIME),
    CaseFigure(
        "kindergarten_evaluation",
        "kindergartens_evaluated",
        Share.COVERED,
        doubt=_CYCLE,
        cycle=Cycle(date(2018, 1, 1), 60, ("111",)),
    ),
    CaseFigure(
        "quality_evaluation",
        "schools_profiled",
        Share.COVERED,
        doubt=_PROFILED,
        cycle=Cycle(date(2020, 1, 1), 12, ("211", "31", "32", "34")),
    ),
)
"""In the order of the pages."""
