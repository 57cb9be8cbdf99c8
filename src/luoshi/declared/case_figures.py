"""Which indicators the statistics of procedures answer, and what is unsure about that."""

from luoshi.handling.figures import CaseFigure, Share

_CONFIRMED = "，须由该局确认"
_ON_TIME = "按本年累计办结件计，分子为没有一步逾期的；并案、撤回的计入办结，未办结的不在分母" + _CONFIRMED
_CLOSED = "分子为本年办结的，分母另含月末仍在办的；并案、不属实的计入办结" + _CONFIRMED
_RATED = "按本年评价过的件计，一件以最后一次评价为准，逾期未评价的不在分母" + _CONFIRMED

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
)
"""In the order of the pages."""
