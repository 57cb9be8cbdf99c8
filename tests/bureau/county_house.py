"""A county's house in a process of its own: steps come as JSON on standard input, what each gave goes out as JSON.

[["found", PATH], ["file", CALL, {...}], ["send", PATH], …]
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any


def main() -> None:
    """Do every step of every line; a refusal is what that step gave."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.bureau.settings")
    django.setup()
    from luoshi.bureau.board.founding import prepare
    from luoshi.words.errors import RefusedError

    prepare()
    for line in sys.stdin:
        told: list[Any] = []
        for name, *rest in json.loads(line):
            try:
                told.append(STEPS[name](*rest))
            except RefusedError as refusal:
                told.append({"refused": [[one.where, one.what, one.rule, one.remedy] for one in refusal.findings]})
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _city() -> Any:
    from luoshi.bureau.people.models import City

    return City.objects.get()


def _person() -> Any:
    from luoshi.bureau.people.models import Person
    from luoshi.bureau.people.queries import acting

    return acting(Person.objects.filter(role="county").order_by("pk")[0])


def found(path: str) -> str:
    from luoshi.bureau.board.opening import INSTALLER
    from luoshi.bureau.exchanges.actions import found as make

    make(INSTALLER, Path(path).read_bytes(), Path(path).name, ("xianguanli", "县管理"))
    return str(_city().stands)


def take(path: str) -> str:
    from luoshi.bureau.exchanges.actions import take as keep

    keep(_person(), _city(), Path(path).read_bytes(), Path(path).name)
    return str(_city().stands)


def send(path: str) -> int:
    from luoshi.bureau.exchanges.actions import send_up
    from luoshi.bureau.files.queries import content

    kept = send_up(_person(), _city())
    Path(path).write_bytes(content(kept.file))
    return kept.number


def key() -> str:
    from luoshi.bureau.exchanges.parcels import fingerprint, own_key

    return fingerprint(own_key())


def answer_call(call: int, words: str, sums: dict[str, str], on: str, replaces: int = 0) -> int:
    from luoshi.bureau.reports.actions import Filled, Sum, file

    told = {int(target): Sum(Decimal(value), date.fromisoformat(on)) for target, value in sums.items()}
    return file(_person(), call, Filled(words, contact="县联络", phone="0379-1", sums=told), replaces=replaces).pk


def nothing(period: int, call: int) -> int:
    from luoshi.bureau.reports.actions import nothing_new

    return nothing_new(_person(), period, [call])


def bring(window: int, code: str, path: str, reported: str) -> str:
    """Brought, explained, handed in and passed by the county."""
    from luoshi.bureau.exchanges.sending import marks_asked
    from luoshi.bureau.returns import actions
    from luoshi.bureau.returns.models import Unit

    who, on = _person(), date.fromisoformat(reported)

    def seen() -> Unit:
        return Unit.objects.select_related("filing").get(window=window, code=code)

    actions.bring(who, window, Path(path).read_bytes(), Path(path).name, code)
    if marks := marks_asked(seen()):
        actions.explain(who, window, code, seen().version, dict.fromkeys(marks, "生源变化，情况属实（演示）"))
    names = actions.Signatures("填表子", "统计丑", "校长寅", "0000-0000000", on)
    actions.hand_in(who, window, {code: seen().version}, names, on)
    actions.check_county(who, window, {code: seen().version}, on)
    return seen().state


def agree(line: int, told: list[str], proof: str = "") -> str:
    from luoshi.bureau.agreements.actions import Proof, Told, answer
    from luoshi.bureau.agreements.models import Line

    shown = Proof("依据.pdf", Path(proof).read_bytes()) if proof else None
    answer(_person(), line, Line.objects.get(pk=line).version, Told(*told), shown, date(2021, 9, 16))
    return str(Line.objects.get(pk=line).state)


def shown() -> dict[str, Any]:
    """How the house stands: everything a test asks about."""
    from luoshi.bureau.agreements.models import Line
    from luoshi.bureau.exchanges.models import Package, Part
    from luoshi.bureau.ledger.models import Commitment
    from luoshi.bureau.people.models import Division, Institution
    from luoshi.bureau.reports.models import Call, Passing, Report
    from luoshi.bureau.returns.models import Unit, Window

    return {
        "county": _city().county,
        "stands": _city().stands,
        "divisions": sorted(Division.ever.values_list("code", flat=True)),
        "institutions": Institution.objects.count(),
        "items": list(Commitment.objects.exclude(audience="bureau").values_list("number", flat=True)),
        "calls": list(Call.objects.values_list("pk", flat=True)),
        "reports": [list(one) for one in Report.objects.order_by("pk").values_list("call", "stage", "words")],
        "passings": list(Passing.objects.order_by("pk").values_list("words", flat=True)),
        "windows": list(Window.objects.values_list("pk", flat=True)),
        "units": dict(Unit.objects.exclude(state="owing").values_list("code", "state")),
        "owing": Unit.objects.count(),
        "lines": dict(Line.objects.values_list("pk", "state")),
        "parts": [list(one) for one in Part.objects.order_by("pk").values_list("key", "outcome", "findings")],
        "packages": [list(one) for one in Package.objects.order_by("pk").values_list("way", "number", "state")],
    }


def build() -> dict[str, Any]:
    """The city's house: 星州 with a plan issued and calls to both counties; the calls of 角阳县 and their targets."""
    from luoshi.bureau.ledger import queries as ledger
    from luoshi.bureau.ledger.actions import confirm
    from luoshi.bureau.ledger.models import Commitment
    from luoshi.bureau.people.actions import add_members
    from luoshi.bureau.plans.actions import open_city, store_plan
    from luoshi.bureau.plans.models import Proposal
    from luoshi.bureau.reports.actions import open_period
    from luoshi.bureau.reports.models import Call
    from luoshi.words.calendars import national
    from tests.bureau import xingzhou

    city, on = open_city(xingzhou.INSTALLER, xingzhou.FOLDER), date(2021, 9, 30)
    add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=False)
    who = xingzhou.actor("ducha")
    edition = store_plan(who, city, xingzhou.plan(), file_name="要点.txt", file_digest="0" * 64, form="txt")
    for one in Proposal.objects.filter(edition=edition):
        row = confirm(who, one.pk, 1)
        Commitment.objects.filter(pk=row.pk).update(divisions=["990102", "990121"], judged="behind")
    xingzhou.issued(edition.pk)
    open_period(who, edition, on, ledger.items(city, edition, on), national(), counties=True)
    calls = Call.objects.filter(division="990121").order_by("pk").select_related("commitment")
    told = [(one.pk, one.commitment.targets.values_list("pk", flat=True).first()) for one in calls]
    return {"calls": [list(one) for one in told]}


def pack(path: str) -> int:
    from luoshi.bureau.exchanges.actions import pack as make
    from luoshi.bureau.files.queries import content
    from tests.bureau import xingzhou

    kept = make(xingzhou.actor("ducha"), _city(), "990121")
    Path(path).write_bytes(content(kept.file))
    return kept.number


def register(path: str, said: str) -> None:
    from luoshi.bureau.exchanges.actions import register as keep
    from tests.bureau import xingzhou

    keep(xingzhou.actor("ducha"), _city(), Path(path).read_bytes(), "up.zip", said)


def take_up(path: str, dies: int = 0) -> dict[str, Any]:
    """The city takes a package; the process is killed at so many writes, never with 0. How many there were."""
    from django.db import connection

    from luoshi.bureau.exchanges.actions import take_up as keep
    from tests.bureau import xingzhou

    written = 0

    def deadly(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal written
        written += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if dies and written == dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *rest)

    with connection.execute_wrapper(deadly):
        keep(xingzhou.actor("ducha"), _city(), Path(path).read_bytes(), "up.zip")
    return {"written": written}


def ended() -> dict[str, Any]:
    """How the city ended: what each county said, what became of each part, and whether the journal is whole."""
    from luoshi.bureau.exchanges.models import Package, Part
    from luoshi.bureau.journal.models import Entry
    from luoshi.bureau.journal.queries import broken
    from luoshi.bureau.reports.models import Report

    return {
        "reports": [list(one) for one in Report.objects.order_by("call", "pk").values_list("call", "stage", "words")],
        "parts": [list(one) for one in Part.objects.order_by("key").values_list("key", "outcome", "package__number")],
        "packages": [
            list(one) for one in Package.objects.order_by("way", "number").values_list("way", "number", "kind", "state")
        ],
        "acts": Entry.objects.filter(action="exchanges.part", outcome="done").count(),
        "filed": Entry.objects.filter(action="reports.file", outcome="done").count(),
        "whole": broken() is None,
    }


STEPS: dict[str, Callable[..., Any]] = {
    "found": found, "take": take, "send": send, "key": key, "file": answer_call, "nothing": nothing, "bring": bring,
    "agree": agree, "shown": shown, "build": build, "pack": pack, "register": register, "take_up": take_up, "ended": ended,
}  # fmt: skip

if __name__ == "__main__":
    main()
