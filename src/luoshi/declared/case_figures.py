"""Which indicator the statistics of a procedure answer, and what is unsure about that."""

from collections.abc import Mapping

from luoshi.handling.figures import CaseFigure

CASE_FIGURES: Mapping[str, CaseFigure] = {
    "petition": CaseFigure(
        "petitions_answered_on_time",
        doubt="按本年累计办结件计，分子为没有一步逾期的；应答复而未办结的不在分母，须由该局确认",
    ),
}
"""By key of the procedure: the share of the cases ended since 1 January of which no step was late."""
