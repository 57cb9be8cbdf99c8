"""再核对: what was accepted later makes the rules that look at it be asked again of everybody who filed.

A correction of one return may break a rule of another that was in order when it came, or mend one. What is found now is added to the
newest try of the unit, with the edition that brought it about; what no longer is so is marked and kept. Nothing is un-accepted and
nothing sent back by it: whoever sees the finding asks that the return be opened again, or sends it back, with a reason.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

import polars as pl
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.lakes import lake
from luoshi.bureau.returns.actions.holding import moved
from luoshi.bureau.returns.judging import Broken, Held, breach_of, hold_again
from luoshi.bureau.returns.models import Breach, Deposit, Filing, Unit, Window
from luoshi.bureau.returns.queries import standing
from luoshi.bureau.returns.words import year_after
from luoshi.declared.returns import RETURNS, Institutions
from luoshi.spine import Return
from luoshi.words.findings import Severity


def ask_again(actor: Actor, number: int) -> int:
    """Ask again what looks at a deposit that has its edition; how many findings are new. Done once a deposit, also after a crash.

    Args:
        actor: whoever accepted it, or finishes what was left.
        number: of the deposit.
    """
    deposit = Deposit.objects.select_related("window__city").get(pk=number)
    if deposit.edition is None or deposit.asked_again:
        return 0
    told = [
        (window, of, rules, held, asked)
        for window, of, rules in _looking(deposit)
        for held, asked in [hold_again(window, of, _units(deposit, window))]
        if held
    ]
    with act(actor, "returns.again", "return_window", deposit.window_id, deposit.window.title) as note:
        held_now = Deposit.objects.select_for_update(of=("self",)).get(pk=number)
        fresh = 0
        if not held_now.asked_again:
            fresh = sum(
                _kept(actor, deposit, window, of, (rules & asked, held)) for window, of, rules, held, asked in told
            )
            held_now.asked_again = True
            held_now.save(update_fields=["asked_again"])
        note.detail = {
            "报表": RETURNS[deposit.of].label,
            "县区": deposit.county,
            "版次": deposit.edition,
            "新增": fresh,
        }
    return fresh


def _looking(deposit: Deposit) -> Iterator[tuple[Window, type[Return], set[str]]]:
    """Windows, returns and rules that look at what was deposited."""
    period, later = deposit.window.period, year_after(deposit.window.period)
    several = Window.objects.filter(city=deposit.window.city_id).select_related("city")
    if deposit.of != Institutions.key:
        several = several.filter(period__in=(period, later))
    for window in several:
        for key in window.returns:
            of = RETURNS[key]
            rules = {name for name, rule in of.rules.items() if deposit.of in rule.needs and _beside(window, deposit)}
            if key == deposit.of and window.period == later:
                rules |= {name for name, rule in of.rules.items() if any(one.last_year for one in rule.aside)}
            if rules:
                yield window, of, rules


def _beside(window: Window, deposit: Deposit) -> bool:
    """Whether the rows of a window stand beside a deposit: of its period, or held against its register."""
    period = deposit.window.period
    if deposit.of != Institutions.key:
        return window.period == period
    there = [one for one in lake().periods(Institutions.key) if one[:4] <= window.period[:4]]
    return bool(there) and there[-1] == period


def _units(deposit: Deposit, window: Window) -> list[Unit]:
    """Those of the county whose rows changed, with their newest tries; all of them where rows tell no school."""
    units = Unit.objects.filter(window=window, county=deposit.county, filing__isnull=False).select_related("filing")
    codes = _changed(deposit) if window.owers == Window.Owers.SCHOOLS else None
    return [one for one in units if codes is None or one.code in codes]


def _changed(deposit: Deposit) -> set[str] | None:
    """Schools whose rows are not those of the edition before; None where the return tells no school."""
    if "school" not in RETURNS[deposit.of].columns:
        return None
    of = lake().editions(deposit.of, deposit.window.period, deposit.county)
    newest = next(one for one in of if one.number == deposit.edition)
    before = next((one for one in of if one.number == newest.supersedes), None)
    now = lake().rows_of(newest).collect()
    if before is None:
        return set(now["school"].drop_nulls())
    old = lake().rows_of(before).collect()
    both = [name for name in now.columns if name in old.columns and name in RETURNS[deposit.of].columns]
    parts = [
        one.join(other, on=both, how="anti", nulls_equal=True).select(pl.col("school"))
        for one, other in ((now.select(both), old.select(both)), (old.select(both), now.select(both)))
    ]
    return set(pl.concat(parts)["school"].drop_nulls())


def _kept(
    actor: Actor, deposit: Deposit, window: Window, of: type[Return], found: tuple[Collection[str], Mapping[str, Held]]
) -> int:
    """Keep what is found now beside what was found before; how many rows of findings are new."""
    rules, held = found
    locked = Unit.objects.select_for_update(of=("self",)).select_related("filing").order_by("pk")
    units = [
        one for one in locked.filter(window=window, code__in=list(held)) if one.filing and of.key in one.filing.parts
    ]
    before = dict[int, dict[str, Breach]]()
    for one in Breach.objects.filter(
        filing__in=[each.filing_id for each in units], of=of.key, rule__in=rules, gone=None
    ):
        before.setdefault(one.filing_id, {})[one.rule] = one
    added, gone, touched = list[Breach](), list[Breach](), dict[int, tuple[Unit, int]]()
    for unit in units:
        assert unit.filing is not None  # noqa: S101 -- chosen so
        now = {rule: one for (_, rule), one in held[unit.code].broken.items() if rule in rules}
        new, old = _differing(before.get(unit.filing.pk, {}), now)
        gone += old
        added += [breach_of(unit.filing, one, deposit) for one in new]
        if new or old:
            touched[unit.pk] = (unit, sum(one.rows for one in new) - sum(one.rows for one in old))
    for one in gone:
        one.gone = deposit
    Breach.objects.bulk_update(gone, ["gone"], batch_size=400)
    Breach.objects.bulk_create(added, batch_size=400)
    _counted(actor, [unit for unit, _ in touched.values()])
    what = f"“{RETURNS[deposit.of].label}”{deposit.window.period}第{deposit.edition}版入库后再核对“{of.label}”"
    moved(actor, [unit for unit, _ in touched.values()], "again", timezone.localdate(), what)
    return sum(max(more, 0) for _, more in touched.values())


def _differing(before: Mapping[str, Breach], now: Mapping[str, Broken]) -> tuple[list[Broken], list[Breach]]:
    """What is found now and was not so before, and what was found before and is not so now: rule by rule, by the marks of rows."""
    same = {
        rule
        for rule, one in now.items()
        if rule in before
        and before[rule].rows == one.rows
        and {told["mark"] for told in before[rule].told} == {told["mark"] for told in one.told}
    }
    return [one for rule, one in now.items() if rule not in same], [
        one for rule, one in before.items() if rule not in same
    ]


def _counted(actor: Actor, units: Sequence[Unit]) -> None:  # noqa: ARG001
    """How many findings of each weight their newest tries have now, and how many want an explanation."""
    explained = standing([one.pk for one in units]) if units else {}
    rows = dict[int, list[Breach]]()
    for one in Breach.objects.filter(filing__in=[each.filing_id for each in units], gone=None):
        rows.setdefault(one.filing_id, []).append(one)
    filings = list[Filing]()
    for unit in units:
        assert unit.filing is not None  # noqa: S101 -- chosen so
        mine, told = rows.get(unit.filing.pk, []), explained.get(unit.pk, set())
        asks = [one for one in mine if one.severity == Severity.ASKS.value]
        unit.filing.stops = sum(one.rows for one in mine if one.severity == Severity.STOPS.value)
        unit.filing.asks = sum(one.rows for one in asks)
        unit.filing.unexplained = sum(each["mark"] not in told for one in asks for each in one.told)
        filings.append(unit.filing)
    Filing.objects.bulk_update(filings, ["stops", "asks", "unexplained"], batch_size=400)
