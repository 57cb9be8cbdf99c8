"""A part of a 上报包 becomes acts of the county's person, under the rules and rights that hold on line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

import polars as pl
from django.utils import timezone

from luoshi.bureau.agreements.actions import Proof, Told, answer
from luoshi.bureau.agreements.models import Line
from luoshi.bureau.agreements.printing import AGREED, DISPUTED
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.sending import amounts, marks_asked
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import answers
from luoshi.bureau.reports.actions import Filled, Sum, file, nothing_new
from luoshi.bureau.reports.models import Call, Report
from luoshi.bureau.returns.actions import Signatures, check_county, explain, hand_in, sign
from luoshi.bureau.returns.actions.bringing import Sent, prepare, write
from luoshi.bureau.returns.models import Unit, Window
from luoshi.bureau.returns.taking import Opened, opened
from luoshi.checking import Places, Taken
from luoshi.declared.returns import RETURNS
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose county's name a package acts."""

    city: int
    county: str
    source: str
    """上报包 第3号: stands in the journal beside everything that came of it."""

    def actor(self, name: str, login: str) -> Actor:
        """The county's person. Whoever has no account of this county here is told by the county's code, so never by another's."""
        person = Person.objects.filter(username=login, role="county", is_active=True).first()
        mine = person is not None and answers(Actor("", "", "county", division=self.county), person.division)
        told = login if mine else f"{self.county}/{login}"[:150]
        return Actor(told, name[:100], "county", division=self.county, post=self.source)


@dataclass(slots=True)
class Basket:
    """Files of one package that were read already: one workbook may bring all schools of a county."""

    opened: dict[tuple[int, str], Opened] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a part."""

    made: int
    """Number of the row."""
    there: bool = False
    """Whether the city had it already."""


def take_part(actor: Actor, hands: Hands, told: Mapping[str, Any], files: Files, basket: Basket) -> Arrived:  # noqa: ARG001
    """One part, inside the act in which `actor` takes it; what comes of it is done in the name of the county's person.

    Raises:
        RefusedError: a rule that holds on line holds it up, or it is no part this version knows.
    """
    takers: dict[str, Callable[[], Arrived]] = {
        "report": partial(_report, hands, told),
        "return": partial(_return, hands, told, files, basket),
        "agreement": partial(_agreement, hands, told, files),
    }
    kind = str(told["key"]).partition("/")[0]
    if kind not in takers:
        remedy = "请两级用同一版本的程序"
        raise RefusedError(
            Finding(str(told["title"]), f"本版本不认得“{kind}”这一种", "只收进展反馈、报表和对数反馈", remedy)
        )
    try:
        return takers[kind]()
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        rule, remedy = "每一件须有本版本所要的各项", "请两级用同一版本的程序，再生成一次上报包"
        raise RefusedError(Finding(str(told["title"]), f"读不出（{error!r:.60}）", rule, remedy)) from error


def _report(hands: Hands, told: Mapping[str, Any]) -> Arrived:
    actor = hands.actor(told["by"], told["login"])
    call = Call.objects.filter(pk=told["call"]).first()
    live = call.reports.exclude(stage=Report.Stage.REPLACED) if call else Report.objects.none()
    last = live.order_by("-id").first()
    if call is not None and told["nothing_new"]:
        nothing_new(actor, call.period_id, [call.pk])
    else:
        file(actor, told["call"], _filled(told), replaces=last.pk if last and _seen(hands, last, told) else 0)
    return Arrived(Report.objects.filter(call=told["call"]).order_by("-id").values_list("pk", flat=True)[0])


def _seen(hands: Hands, last: Report, told: Mapping[str, Any]) -> bool:
    """Whether the county knew the answer that lies here: it is its own, or one it was told of."""
    ours = Part.objects.filter(
        package__city=hands.city, package__county=hands.county, package__way=Package.Way.UP, key__startswith="report/",
        made=last.pk,
    )  # fmt: skip
    return last.pk == told["seen"] or ours.exists()


def _filled(told: Mapping[str, Any]) -> Filled:
    words = {name: told[name] for name in ("words", "trouble", "next_step", "contact", "phone")}
    return Filled(
        claimed=State(told["claimed"]) if told["claimed"] else None,
        expected=date.fromisoformat(told["expected"]) if told["expected"] else None,
        sums={one["target_id"]: _sum(one) for one in told["sums"]},
        **words,
    )


def _sum(told: Mapping[str, Any]) -> Sum:
    counts = (Decimal(told[name]) if told[name] else None for name in ("numerator", "denominator"))
    return Sum(Decimal(told["reported"]), date.fromisoformat(told["on"]), told["definition"], told["about"], *counts)


def _return(hands: Hands, told: Mapping[str, Any], files: Files, basket: Basket) -> Arrived:
    window = Window.objects.filter(pk=told["window"], city=hands.city).first()
    if window is None:
        raise RefusedError(Finding(str(told["title"]), "没有这个期次", "只报市里开的期次", "请收新的下发包后再报"))
    code, actor = told["code"], hands.actor(told["by"], told["login"])
    there = Unit.objects.filter(window=window, code=code).select_related("filing").first()
    if there is not None and _same(there, told):
        return Arrived(there.pk, there=True)
    for one in told["files"]:
        sent = Sent(one["name"], files[one["file"]] if one["file"] else b"", one["file"] or _rows_digest(one), code)
        ready = prepare(actor, window, _opened(window, one, files, basket), sent)
        if code not in ready.held:
            why = dict(ready.left).get(code, "文件里没有它的行")
            raise RefusedError(Finding(f"{window.title} {code}", why, "只收本期次应报单位的行", "请核对后重新报"))
        write(actor, ready, [code])
    _go_up(hands, actor, window, told, files)
    return Arrived(Unit.objects.get(window=window, code=code).pk)


_WITH_US = (Unit.State.COUNTY, Unit.State.DEPOSITING, Unit.State.ACCEPTED)


def _same(unit: Unit, told: Mapping[str, Any]) -> bool:
    """Whether the very same rows lie here and have passed the county."""
    return unit.state in _WITH_US and unit.filing is not None and unit.filing.code == told["check"]


def _rows_digest(told: Mapping[str, Any]) -> str:
    return digest("".join(sorted(told["rows"].values())).encode())


def _opened(window: Window, told: Mapping[str, Any], files: Files, basket: Basket) -> Opened:
    key = (window.pk, told["file"] or _rows_digest(told))
    if key not in basket.opened:
        basket.opened[key] = (
            opened(files[told["file"]], told["name"], window) if told["file"] else _of_rows(told, files)
        )
    return basket.opened[key]


def _of_rows(told: Mapping[str, Any], files: Files) -> Opened:
    """Rows of a file that named persons and so was kept nowhere: what the county kept of it, without them."""
    parts = []
    for key, name in told["rows"].items():
        rows = pl.read_parquet(BytesIO(files[name]))
        parts.append(Taken(RETURNS[key], rows, Places(list(range(2, rows.height + 2)), {}), (), ()))
    return Opened(tuple(parts), persons=True)


def _go_up(hands: Hands, actor: Actor, window: Window, told: Mapping[str, Any], files: Files) -> None:
    """填写说明, 报出, 签章件, 县级审核: as the county did them, each by whoever did it there."""
    code = told["code"]
    asked = marks_asked(_unit(window, code))
    words = {mark: said for mark, said in told["explanations"].items() if mark in asked}
    if words:
        explain(actor, window.pk, code, _unit(window, code).version, words)
    names, handed, passed = dict(told["names"]), told["handed"], told["passed"]
    names["reported"] = date.fromisoformat(names["reported"]) if names["reported"] else timezone.localdate()
    by = hands.actor(handed["by"] or told["by"], handed["login"])
    hand_in(by, window.pk, {code: _unit(window, code).version}, Signatures(**names), _day(handed["on"]))
    unit = _unit(window, code)
    if told["scan"] and unit.filing is not None:
        scan = (told["scan"]["name"], files[told["scan"]["file"]])
        sign(by, window.pk, code, unit.version, scan, told["check"], timezone.localdate())
    by = hands.actor(passed["by"] or told["by"], passed["login"])
    check_county(by, window.pk, {code: _unit(window, code).version}, _day(passed["on"]))


def _unit(window: Window, code: str) -> Unit:
    return Unit.objects.get(window=window, code=code)


def _day(told: str | None) -> date:
    """The day it was done in the county, which counts for punctuality; never one that is still to come."""
    today = timezone.localdate()
    return min(date.fromisoformat(told), today) if told else today


def _agreement(hands: Hands, told: Mapping[str, Any], files: Files) -> Arrived:
    actor = hands.actor(told["by"], told["login"])
    line = Line.objects.filter(pk=told["line"]).first()
    if line is not None and amounts(line) != told["reported"]:
        what = f"县里核对的上报数是 {told['reported'][0] or '空缺'}，现在是 {amounts(line)[0] or '空缺'}"
        raise RefusedError(
            Finding(str(told["title"]), what, "反馈的须是现在的上报数", "请收新的下发包，核对新的数后再反馈")
        )
    last = line.answers.order_by("-id").first() if line else None
    if (
        line is not None
        and last
        and (line.state, last.words) == (told["state"], told["words"])
        and _own(last) == told["own"]
    ):
        return Arrived(last.pk, there=True)
    said = AGREED if told["state"] == Line.State.AGREED else DISPUTED
    proof = Proof(told["proof"]["name"], files[told["proof"]["file"]]) if told["proof"] else None
    own, top, bottom = told["own"]
    typed = Told(said, own, top, bottom, told["words"])
    made = answer(actor, told["line"], line.version if line else 0, typed, proof, timezone.localdate())
    return Arrived(made.pk)


def _own(last: Any) -> list[str]:
    own = last.own()
    return (
        [f"{one.normalize():f}" if one is not None else "" for one in (own.value, own.numerator, own.denominator)]
        if own
        else ["", "", ""]
    )
