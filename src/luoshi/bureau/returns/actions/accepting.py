"""市级核定: a county's checked returns are accepted together and go into the lake as one edition a return."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from luoshi.bureau.files.actions import keep
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.returns.actions.asking_again import ask_again
from luoshi.bureau.returns.actions.depositing import settle_one
from luoshi.bureau.returns.actions.handing import accept_explanations
from luoshi.bureau.returns.actions.holding import (
    moved,
    refuse_others,
    refuse_same_hand,
    refuse_shut,
    units_of,
    window_of,
)
from luoshi.bureau.returns.besides import composed
from luoshi.bureau.returns.models import Deposit, Filing, Opinion, Unit, Window
from luoshi.bureau.returns.seeing import require
from luoshi.words.chains import canonical
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def accept(
    actor: Actor,
    window_id: int,
    county: str,
    seen: Mapping[str, int],
    on: date,
    passed: Callable[[str], None] = lambda _: None,
) -> list[Deposit]:
    """Accept these returns of one county. The lake gets all rows of the county that count now, in one edition a return.

    Args:
        actor: the section.
        window_id: the window.
        county: code of the division.
        seen: version of each unit by its code, as the page showed them.
        on: today.
        passed: told after each step; a proof dies in it.

    Raises:
        RefusedError: no right, not checked by the county, an explanation not accepted, rows of one key from two units, or
            a deposit before this one is not finished.
    """
    _finish_earlier(actor, window_id, county, passed)
    with act(actor, "returns.accept", "return_window", window_id) as note:
        window = window_of(actor, window_id, note)
        units = units_of(actor, window, seen)
        require(actor, "return_accept", window, units)
        if any(one.county != county for one in units):
            raise RefusedError(Finding(window.title, "有别的县(市、区)的单位", "按县(市、区)核定入库", "请分别核定"))
        refuse_others(actor, units, (Unit.State.COUNTY,), "市级核定县级审核通过的报表")
        refuse_same_hand(actor, units, ("hand", "county"), "city")
        refuse_shut(actor, window, units)
        if Deposit.objects.filter(window=window, county=county, edition=None).exists():
            raise RefusedError(Finding(window.title, "上一批还在入库", "一批入完再核定下一批", "请稍等片刻再办"))
        accept_explanations(actor, units, Opinion.Level.CITY)
        for unit in units:
            unit.state, unit.accepted = Unit.State.DEPOSITING, unit.filing
        moved(actor, units, "accept", on)
        made = _intended(actor, window, county)
        note.detail = {"县区": county, "单位": [one.code for one in units], "报表": [one.of for one in made]}
    passed("accepted")
    settled = [settle_one(actor, one.pk, passed) for one in made]
    for one in settled:
        ask_again(actor, one.pk)
    return settled


def _finish_earlier(actor: Actor, window_id: int, county: str, passed: Callable[[str], None]) -> None:
    waiting = Deposit.objects.filter(window=window_id, county=county, edition=None).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        settle_one(actor, pk, passed)


def _intended(actor: Actor, window: Window, county: str) -> list[Deposit]:
    """A deposit for each return, with the list of filings it is made of kept as a file."""
    counting = Filing.objects.filter(kept_of__window=window, kept_of__county=county).select_related("unit")
    filings = sorted(counting, key=lambda one: one.unit.code)
    made = list[Deposit]()
    for key in window.returns:
        there = [one for one in filings if key in one.parts]
        if not there:
            continue
        composed(window, key, there)  # refuses what the lake would refuse, before anything is promised
        listing = keep(actor, _listing(window, county, key, there), f"入库清单-{key}-{window.period}-{county}.json")
        now = datetime.now(UTC)
        made.append(
            Deposit.objects.create(window=window, county=county, of=key, listing=listing, by=actor.name, asked=now)
        )
    return made


def _listing(window: Window, county: str, key: str, filings: list[Filing]) -> bytes:
    """入库清单: the same filings make the same bytes."""
    return canonical(
        {
            "return": key,
            "period": window.period,
            "county": county,
            "definition": window.definition,
            "filings": [
                {
                    "filing": one.pk,
                    "unit": one.unit.code,
                    "try": one.number,
                    "file": one.file_digest,
                    "rows": one.parts[key]["rows"],
                    "total": one.parts[key]["total"],
                    "code": one.code,
                }
                for one in filings
            ],
        }
    )
