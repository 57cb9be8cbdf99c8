"""What a 下发包 tells becomes rows of a county's house: under the city's numbers, and never over what waits to be sent up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from luoshi.bureau.agreements.models import Line, Round
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.queries import waiting
from luoshi.bureau.exchanges.rows import SUMS, TABLES, Table, numbers, typed
from luoshi.bureau.exchanges.sending import unsent_answers, unsent_units
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Commitment, Share
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.reports.models import Amount, Call, Passing, Report
from luoshi.bureau.returns.models import Step, Unit, Window
from luoshi.reading.city import Member

if TYPE_CHECKING:
    from django.db.models import Manager

_BATCH = 500
_HIDDEN = "bureau"
"""知悉范围 of an item that no longer concerns the county: nobody there sees it, and what was answered to it stays."""
_AMOUNT = Table(Amount, SUMS)
_CITY = Actor("system", "下发包", HOUSE)
"""Who makes accounts known: the city says who its people in this county are, whoever brings the package."""
_KEPT_BY_HAND: Mapping[object, str] = {Line: "state"}


def land(actor: Actor, city: City | None, content: Mapping[str, Any]) -> dict[str, int]:
    """Write the rows of a snapshot; how many of each table are new or changed. Inside the act that takes the package.

    Args:
        actor: who takes it.
        city: the city of this house; None while it is founded.
        content: `gathering.snapshot`.
    """
    tables, changed = content["tables"], dict[str, int]()
    held = _answered_lines(city) if city else set()
    for table in TABLES:
        changed[table.name] = _write(actor, table, tables[table.name], held if table.model is Line else set())
    people = [Member(one["login"], one["name"], "county", "", one["division"]) for one in content["people"]]
    add_members(_CITY, people, demo=False)
    _withdraw(actor, tables)
    return {name: many for name, many in changed.items() if many}


def stand(actor: Actor, city: City, kept: Package, content: Mapping[str, Any]) -> int:
    """Where units and answers stand with the city; how many units are new or changed. Inside the same act, after `land`."""
    changed = _units(actor, city, content["units"])
    _answers(actor, city, kept, content["answers"])
    return changed


def _every(table: Table) -> "Manager[Any]":
    return getattr(table.model, "ever", table.model._default_manager)  # noqa: SLF001 -- Django's name for it


def _write(actor: Actor, table: Table, rows: Sequence[Mapping[str, Any]], held: set[int]) -> int:  # noqa: ARG001
    """New rows under their numbers, changed ones changed; of `held` what a person here has set stays."""
    known = _every(table).in_bulk([row["pk"] for row in rows])
    fresh, amended = list[Any](), list[Any]()
    for row in rows:
        told, there = typed(table, row), known.get(row["pk"])
        if there is None:
            fresh.append(table.model(pk=row["pk"], **told))
            continue
        own = _KEPT_BY_HAND.get(table.model, "") if row["pk"] in held else ""
        other = {name for name, value in told.items() if getattr(there, name) != value and name != own}
        for name in other:
            setattr(there, name, told[name])
        if other:
            there.version = getattr(there, "version", 0) + 1
            amended.append(there)
    if amended:  # before what is new: a period that ended makes room for the one that follows it
        versioned = any(one.name == "version" for one in table.model._meta.fields)  # noqa: SLF001 -- as above
        names = [one.removesuffix("_id") for one in table.columns] + (["version"] if versioned else [])
        _every(table).bulk_update(amended, names, batch_size=_BATCH)
    _every(table).bulk_create(fresh, batch_size=_BATCH)
    return len(fresh) + len(amended)


def _withdraw(actor: Actor, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:  # noqa: ARG001
    """What the city told before and tells no more is not shown any longer."""
    Commitment.objects.exclude(pk__in=numbers(tables["ledger.Commitment"])).update(audience=_HIDDEN)
    Share.objects.filter(void=False).exclude(pk__in=numbers(tables["ledger.Share"])).update(void=True)
    calls = Call.objects.filter(period__closed_at=None, reports=None)
    calls.exclude(pk__in=numbers(tables["reports.Call"])).delete()
    gone = Window.objects.exclude(pk__in=numbers(tables["returns.Window"]))
    gone.update(stage=Window.Stage.LOCKED)
    rounds = Round.objects.filter(stage=Round.Stage.SENT)
    rounds.exclude(pk__in=numbers(tables["agreements.Round"])).update(stage=Round.Stage.CLOSED)


def _answered_lines(city: City) -> set[int]:
    """Lines that were answered here and of which the city has not said yet that it has the answer."""
    going = waiting(city, "agreement/") | {one.key for one in unsent_answers(city)}
    answers = [int(key.rpartition("/")[2]) for key in going]
    return set(Line.objects.filter(answers__in=answers).values_list("pk", flat=True))


def _units(actor: Actor, city: City, told: Sequence[Mapping[str, Any]]) -> int:  # noqa: ARG001
    """Who owes and where it stands, by window and code: a register makes units of its own here."""
    there = {(one.window_id, one.code): one for one in Unit.objects.filter(window__city=city)}
    busy = unsent_units(city)
    fresh, amended, steps = list[Unit](), list[Unit](), list[Step]()
    for one in told:
        row = {**one, "handed_on": date.fromisoformat(one["handed_on"]) if one["handed_on"] else None}
        window, step = row.pop("window"), row.pop("step")
        unit = there.get((window, row["code"]))
        if unit is None:
            fresh.append(Unit(window_id=window, **row))
        elif unit.pk not in busy and any(getattr(unit, name) != value for name, value in row.items()):
            if step[0] and unit.state != row["state"]:
                steps.append(_step(unit, step))
            for name, value in row.items():
                setattr(unit, name, value)
            unit.version += 1
            amended.append(unit)
    Unit.objects.bulk_create(fresh, batch_size=_BATCH)
    names = ["label", "county", "kind", "merged_into", "state", "handed_on", "late", "sent_back", "version"]
    Unit.objects.bulk_update(amended, names, batch_size=_BATCH)
    Step.objects.bulk_create(steps, batch_size=_BATCH)
    return len(fresh) + len(amended)


def _step(unit: Unit, told: Sequence[str]) -> Step:
    act, by, reason, on = told
    return Step(
        unit=unit,
        filing_id=unit.filing_id,
        act=act,
        on=date.fromisoformat(on),
        by=by,
        reason=reason,
        at=datetime.now(UTC),
    )


def _answers(actor: Actor, city: City, kept: Package, told: Sequence[Mapping[str, Any]]) -> None:
    """How answers to calls stand with the city: sent back, adopted, or entered there for the county."""
    mine = {one.pk: one for one in Report.objects.filter(call__in=[one["call"] for one in told])}
    came = {one.key: one.made for one in Part.objects.filter(package__city=city, outcome=Part.Outcome.CAME)}
    for one in told:
        key = f"came/{one['call']}/{one['report']}"
        number = int(one["part"].rpartition("/")[2]) if one["part"] else came.get(key, 0)
        report = mine.get(number)
        if report is None and not one["part"]:
            report = _entered(actor, one)
            title = f"市里登记的答复 {one['by']}"
            Part.objects.create(package=kept, key=key, title=title, outcome=Part.Outcome.CAME, made=report.pk)
        if report is not None:
            _stand(actor, report, one)


def _entered(actor: Actor, told: Mapping[str, Any]) -> Report:  # noqa: ARG001
    """An answer that was entered in the city's house takes its place here; what was not sent up yet gives way."""
    Report.objects.filter(call=told["call"]).exclude(stage=Report.Stage.REPLACED).update(stage=Report.Stage.REPLACED)
    columns = ("words", "trouble", "next_step", "claimed", "by", "stage")
    expected = date.fromisoformat(told["expected"]) if told["expected"] else None
    made = Report.objects.create(
        call_id=told["call"], expected=expected, by_login="", **{name: told[name] for name in columns}
    )
    for one in told["amounts"]:
        Amount.objects.create(report=made, **typed(_AMOUNT, one))
    return made


def _stand(actor: Actor, report: Report, told: Mapping[str, Any]) -> None:  # noqa: ARG001
    """The city's stage, and its steps with their words; an answer that was replaced here since stays replaced."""
    there = report.passings.count()
    Passing.objects.bulk_create(
        Passing(report=report, step=one["step"], words=one["words"], by=one["by"], by_login="", at=one["at"])
        for one in told["passings"][there:]
    )
    if report.stage not in {Report.Stage.REPLACED, told["stage"]}:
        report.stage, report.version = told["stage"], report.version + 1
        report.save(update_fields=["stage", "version"])
