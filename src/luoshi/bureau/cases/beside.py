"""What a step is held against beside its own case: other cases of the year, a cap. By procedure; most have none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from luoshi.bureau.cases import campus
from luoshi.bureau.cases.models import Case
from luoshi.declared.procedures.campus_items import CampusItem
from luoshi.words.findings import Finding

_Refuses = Callable[[Case, str, Mapping[str, str], date], Finding | None]
_Cautions = Callable[[Case, Mapping[str, str], date], Sequence[Finding]]
_REFUSES: Mapping[str, _Refuses] = {CampusItem.key: campus.refusal}
_CAUTIONS: Mapping[str, _Cautions] = {CampusItem.key: campus.cautions}


def refusal(row: Case, act: str, held: Mapping[str, str], on: date) -> Finding | None:
    """Why a step is not taken though whoever asks may take it; None when nothing is in the way."""
    told = _REFUSES.get(row.procedure)
    return told(row, act, held, on) if told else None


def cautions(row: Case, held: Mapping[str, str], on: date) -> Sequence[Finding]:
    """What is to be looked at before the next step, and hinders nobody."""
    told = _CAUTIONS.get(row.procedure)
    return told(row, held, on) if told and not row.ended_on else ()
