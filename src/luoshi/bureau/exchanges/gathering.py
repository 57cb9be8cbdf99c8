"""What a county is told: what its people would see on the city's own pages, of its own subtree, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.rows import SUMS, TABLES, numbers, only, plain, sent
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Breakdown, Commitment, Quote, Share, Target
from luoshi.bureau.people.models import City, Division, Institution, Office, Person, SpecialDay, Succession
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import taken_in
from luoshi.bureau.plans.models import Edition, Point, Proposal
from luoshi.bureau.reports.models import Call, Period, Report
from luoshi.bureau.returns.models import Step, Unit, Window
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import Institutions

Rows = list[dict[str, Any]]
_TABLES = {one.model: one for one in TABLES}
_SHOWN = sees(Actor("", "", "county"))
"""What is known to no more people than these goes to a county."""


@dataclass(frozen=True, slots=True)
class _Of:
    """Whose package it is."""

    city: City
    county: str
    own: frozenset[str]
    """The county and those it took in."""


def snapshot(city: City, county: str) -> dict[str, Any]:
    """Everything a county's house stands on: rows by table, units that owe, answers that lie with the city, people, numbers."""
    of = _Of(city, county, taken_in(county))
    tables = {**_units(of), **_items(of)}
    tables |= _asked(of, tables)
    tables |= _agreed(of, numbers(tables["plans.Edition"]))
    tables |= {"returns.Window": _windows(of)}
    last = Package.objects.filter(city=city, county=county, way=Package.Way.UP, state=Package.State.TAKEN).first()
    return {
        "tables": tables,
        "units": _owing(of, numbers(tables["returns.Window"])),
        "answers": _answers(of, numbers(tables["reports.Call"])),
        "people": _people(of),
        "taken": {"number": last.number, "digest": last.digest} if last else None,
    }


def _rows(model: type[Any], manager: str = "objects", **told: object) -> Rows:
    return sent(_TABLES[model], getattr(model, manager).filter(**told))


def _units(of: _Of) -> dict[str, Rows]:
    mine = Division.ever.filter(Q(code__in=of.own) | Q(county__in=of.own), city=of.city)
    divisions = sent(_TABLES[Division], mine)
    schools = _rows(Institution, city=of.city, county__in=of.own)
    known = {one["code"] for one in (*divisions, *schools)}
    steps = [one for one in _rows(Succession, city=of.city) if {one["before"], one["after"]} <= known]
    return {
        "people.City": _rows(City, pk=of.city.pk),
        "people.SpecialDay": _rows(SpecialDay, city=of.city),
        "people.Office": _rows(Office, city=of.city),
        "people.Division": sorted(divisions, key=lambda one: (one["level"], one["pk"])),
        "people.Institution": schools,
        "people.Succession": steps,
    }


def _items(of: _Of) -> dict[str, Rows]:
    """Plans whole, for they are public or known within the system; of their items those that concern the county."""
    shared = set(Share.objects.filter(division__in=of.own, void=False).values_list("target__commitment", flat=True))
    asked = set(Call.objects.filter(division__in=of.own).values_list("commitment", flat=True))
    shown = {"edition__city": of.city, "audience__in": _SHOWN, "breakdown__stage": Breakdown.Stage.ISSUED}
    listed = Commitment.objects.filter(**shown).values_list("pk", "divisions")
    mine = {pk for pk, codes in listed if pk in shared | asked or of.own.intersection(codes)}
    items = [{**one, "divisions": only(one["divisions"], of.own)} for one in _rows(Commitment, pk__in=mine)]
    plans = Q(kind=Edition.Kind.PLAN, audience__in=_SHOWN) | Q(pk__in=numbers(items, "edition_id"))
    editions = sent(_TABLES[Edition], Edition.objects.filter(plans, city=of.city))
    for one in editions:
        if one["kind"] != Edition.Kind.PLAN:
            one["text"] = ""  # an old ledger or a meeting's minutes speak of every county
    whole = [one["pk"] for one in editions if one["kind"] == Edition.Kind.PLAN]
    points = Q(edition__in=whole) | Q(pk__in=numbers(items, "point_id"))
    quotes = _rows(Quote, commitment__in=mine)
    targets = _rows(Target, commitment__in=mine)
    return {
        "plans.Edition": editions,
        "plans.Point": sent(_TABLES[Point], Point.objects.filter(points)),
        "plans.Proposal": _rows(Proposal, pk__in=numbers(quotes, "proposal_id")),
        "ledger.Breakdown": _rows(Breakdown, pk__in=numbers(items, "breakdown_id")),
        "ledger.Commitment": items,
        "ledger.Quote": quotes,
        "ledger.Target": targets,
        "ledger.Share": _rows(Share, target__in=numbers(targets), division__in=of.own, void=False),
    }


def _asked(of: _Of, tables: dict[str, Rows]) -> dict[str, Rows]:
    periods = _rows(Period, edition__in=numbers(tables["plans.Edition"]))
    going = [one["pk"] for one in periods if one["closed_at"] is None]
    mine = numbers(tables["ledger.Commitment"])
    calls = _rows(Call, period__in=going, division__in=of.own, commitment__in=mine)
    return {"reports.Period": periods, "reports.Call": calls}


def _answers(of: _Of, calls: Iterable[int]) -> Rows:
    """How the newest answer to each call stands with the city, and of which part of a county's package it was made."""
    found = Report.objects.filter(call__in=list(calls)).exclude(stage=Report.Stage.REPLACED).order_by("pk")
    newest = {one.call_id: one for one in found.prefetch_related("amounts", "passings")}
    ours = _parts(of, "report/", [one.pk for one in newest.values()])
    return [_answer(one, ours.get(one.pk, "")) for one in newest.values()]


def _answer(one: Report, part: str) -> dict[str, Any]:
    columns = ("words", "trouble", "next_step", "expected", "claimed", "by", "stage")
    steps = ("step", "words", "by", "at")
    return {
        "call": one.call_id,
        "report": one.pk,
        "part": part,
        **{name: plain(getattr(one, name)) for name in columns},
        "passings": [{name: plain(getattr(each, name)) for name in steps} for each in one.passings.all()],
        "amounts": [{name: plain(getattr(each, name)) for name in SUMS} for each in one.amounts.all()],
    }


def _parts(of: _Of, kind: str, made: list[int]) -> dict[int, str]:
    found = Part.objects.filter(
        package__city=of.city,
        package__county=of.county,
        package__way=Package.Way.UP,
        key__startswith=kind,
        made__in=made,
    )
    return dict(found.values_list("made", "key"))


def _agreed(of: _Of, editions: set[int]) -> dict[str, Rows]:
    lines = Line.objects.filter(division__in=of.own, round__edition__in=editions).exclude(
        round__stage=Round.Stage.DRAFT
    )
    listed = sent(_TABLES[Line], lines)
    rounds = numbers(listed, "round_id")
    return {
        "agreements.Round": _rows(Round, pk__in=rounds),
        "agreements.Line": listed,
        "agreements.Sheet": _rows(Sheet, round__in=rounds, division__in=of.own),
    }


def _windows(of: _Of) -> Rows:
    """Windows in which the county owes; never those that collect rows of persons: such rows go on no memory stick."""
    owing = Unit.objects.filter(county__in=of.own).values_list("window", flat=True)
    found = sent(_TABLES[Window], Window.objects.filter(Q(pk__in=owing) | Q(stage=Window.Stage.OPEN), city=of.city))
    mine = numbers(found) & set(owing)
    asked = [one for one in found if one["pk"] in mine or Institutions.key in one["returns"]]
    return [one for one in asked if not RETENTIONS.keys() & set(one["returns"])]


_UNIT = ("code", "label", "county", "kind", "merged_into", "state", "handed_on", "late", "sent_back")


def _owing(of: _Of, windows: set[int]) -> Rows:
    units = list(Unit.objects.filter(window__in=windows, county__in=of.own).exclude(window__stage=Window.Stage.LOCKED))
    steps = Step.objects.filter(unit__in=[one.pk for one in units]).order_by("pk")
    last = {unit: told for unit, *told in steps.values_list("unit", "act", "by", "reason", "on")}
    none = ["", "", "", timezone.localdate()]
    return [
        {
            "window": one.window_id,
            **{name: plain(getattr(one, name)) for name in _UNIT},
            "step": [plain(told) for told in last.get(one.pk, none)],
        }
        for one in units
    ]


def _people(of: _Of) -> Rows:
    found = Person.objects.filter(role="county", division__in=of.own, is_active=True).order_by("username")
    return [{"login": one.username, "name": one.name, "division": one.division} for one in found]
