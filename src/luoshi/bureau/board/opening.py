"""Opening the house for the first time: the city, its plan read before their eyes, its ledger confirmed by demo people."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from luoshi.bureau.board.founding import prepare
from luoshi.bureau.board.year_of_demo import fits, play
from luoshi.bureau.handouts.actions import approve, issue
from luoshi.bureau.handouts.queries import by_leader, rows_of
from luoshi.bureau.indicators.actions import add_figures, keep_parameters
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import Correction, confirm, dismiss
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.actions.entering import drafting
from luoshi.bureau.ledger.models import Breakdown
from luoshi.bureau.notices.actions import approve as approve_notice
from luoshi.bureau.notices.actions import draft, publish, switch
from luoshi.bureau.people.actions import add_members, keep_days
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.plans.actions import open_city, store_plan
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.reading import city as folders
from luoshi.reading import read_text, weak
from luoshi.reading.answering import enters
from luoshi.reading.documents import open_document
from luoshi.reading.documents.libreoffice import converter
from luoshi.spine import Kind
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

Say = Callable[[str], None]
INSTALLER = Actor("system", "系统安装", HOUSE)
PUBLIC = "公开"
"""The audience of what the public page may tell."""
STANDING = "常态化工作：原文没有数量、时限和验收终点，按条目留存，半年一核"


def open_demo(folder: Path, say: Say, *, undivided: bool = False, begun: bool = True) -> City:
    """Everything a visitor meets, from a city's folder. A second opening keeps what people did.

    Args:
        folder: the city.
        say: told what happens.
        undivided: the plan is read and nothing is decided yet: 任务分解 is left to the visitor.
        begun: a made-up city's year is played; without it the plan is issued and its year has not begun.
    """
    told, city = _settle(folder, say, demo=True)
    if Edition.objects.filter(city=city).exists():
        return city
    switch(INSTALLER, city, public=True)
    with transaction.atomic():  # the plan and its year, or neither: a second opening never meets half of it
        edition = _read_and_confirm(city, told, say, undivided=undivided)
        if begun and not undivided and fits(edition):
            play(edition)
            say("演示人员已办了一年的填报、核定、对数、督办、销号和通报，均为演示数据（虚构）。")
    return city


def open_house(folder: Path, say: Say) -> None:
    """A city's offices, divisions, people and figures, for a bureau to work with. Its plan is read on the pages."""
    told, city = _settle(folder, say, demo=False)
    say(f"已建立{city.name}：科室 {len(told.offices)} 个，单位 {len(told.divisions)} 个，人员 {len(told.people)} 人。")


def open_uploaded(folder: Path) -> City:
    """A bureau's own house from a folder that was given on the page, its plan read and nothing decided.

    Raises:
        RefusedError: with every finding of the folder or the plan; nothing is kept then.
    """
    with transaction.atomic():
        told, city = _settle(folder, _silent, demo=False)
        _read_and_confirm(city, told, _silent, undivided=True)
    return city


def _silent(_: str) -> None:
    """Nobody listens: the page shows what was done."""


def _settle(folder: Path, say: Say, *, demo: bool) -> tuple[folders.City, City]:
    """What a folder holds but its plan; what is there already stays."""
    if not connection.in_atomic_block:
        prepare()
    told = folders.load(folder, {indicator.key for indicator in INDICATORS}, PARAMETERS)
    _refuse_second(told.key)
    with transaction.atomic():
        city = open_city(INSTALLER, told)
        add_members(INSTALLER, told.people, demo=demo)
        kept = add_figures(INSTALLER, city, told.figures)
        keep_days(INSTALLER, city, told.days)
        keep_parameters(INSTALLER, city, told.parameters)
    if kept:
        say(f"登记公开报道数 {kept} 个，口径未核，各附来源。")
    return told, city


def _refuse_second(key: str) -> None:
    """One house works for one city; a second one would be stored and never shown."""
    other = City.objects.exclude(key=key).first()
    if other is not None and not City.objects.filter(key=key).exists():
        raise RefusedError(
            Finding(
                f"城市 {key}",
                f"这里已经打开的是{other.name}",
                "一个数据文件夹（LUOSHI_HOME）只放一个市",
                f"请另设数据文件夹，例如 LUOSHI_HOME=var-{key}，再运行一次",
            )
        )


def _read_and_confirm(city: City, told: folders.City, say: Say, *, undivided: bool) -> Edition:
    begun = time.perf_counter()
    content = told.plan.read_bytes()
    opened = open_document(content, told.plan.name, office=converter())
    plan = read_text(opened.text, indicators=INDICATORS)
    seconds = time.perf_counter() - begun
    targets = sum(len(one.targets) for one in plan.commitments)
    loose = sum(weak.unchecked(weak.lacks(one)) for one in plan.commitments)
    say(
        f"读《{plan.title}》：{len(plan.points)} 个条目，{len(plan.commitments)} 项承诺，{targets} 个目标值，用时 {seconds:.2f} 秒。"
    )
    for point in plan.points:
        mine = [one for one in plan.commitments if one.sentence.point == point.number]
        say(f"  {point.number:>2} {point.title}　承诺 {len(mine)}，目标值 {sum(len(one.targets) for one in mine)}")
    say(f"照原文谁也无法核验的 {loose} 项。")
    with transaction.atomic():
        actor = _supervisor(told.people)
        edition = store_plan(
            actor, city, plan, file_name=told.plan.name, file_digest=digest(content), form=opened.format
        )
        if undivided:
            say("还没有分解：请到“任务分解”逐条办理。")
            return edition
        confirmed, dismissed = _confirm_all(actor, edition)
        _issue(actor, edition)
        _publish(actor, edition)
    say(f"演示人员逐条办理：确认立项 {confirmed}，不立项（常态化）{dismissed}，审定、印发均为演示，都记入操作日志。")
    return edition


def _issue(actor: Actor, edition: Edition) -> None:
    """What happens on paper between drafting and the board: each leader approves, the breakdown is issued. 演示."""
    breakdown = drafting(actor, edition.pk)
    on = edition.city.begun or timezone.localdate()
    for item in ledger.items(edition.city, edition, _opens(edition)):
        if any(one.status.measurement for one in item.stood):
            amend(actor, item.row.pk, {"audience": Cell(PUBLIC)})  # what the press printed is no secret
    for leader in by_leader(rows_of(breakdown)):
        approve(actor, breakdown.pk, _version(breakdown), leader, on, "演示：同意")
    issue(actor, breakdown.pk, _version(breakdown), "（演示，无文号）", on)


def _opens(edition: Edition) -> date:
    return edition.city.opens or timezone.localdate()


def _publish(actor: Actor, edition: Edition) -> None:
    """One public text, where anything may be told. 演示."""
    try:
        kept = draft(actor, edition, min(_opens(edition), timezone.localdate()), f"（演示）{edition.title}进展情况")
    except RefusedError:
        return  # nothing was measured or verified yet
    kept = approve_notice(actor, kept.pk, kept.version, "演示：同意公开", timezone.localdate())
    publish(actor, kept.pk, kept.version)


def _version(breakdown: Breakdown) -> int:
    breakdown.refresh_from_db()
    return breakdown.version


def _supervisor(members: Sequence[folders.Member]) -> Actor:
    found = next((member for member in members if member.role == "supervisor"), None)
    return Actor(found.login, found.name, found.role, found.office) if found else INSTALLER


def _confirm_all(actor: Actor, edition: Edition) -> tuple[int, int]:
    """What a person would do by hand: everything with a number or an end enters, what goes on all year does not."""
    dismissed = 0
    proposals = list(Proposal.objects.filter(edition=edition).select_related("point"))
    for one in proposals:
        if enters(Kind(one.kind), one.clause, one.point.title if one.point else "", INDICATORS):
            correction = None if one.lead else Correction(lead=actor.office)  # nobody is named: 办公室 takes it on
            confirm(actor, one.pk, one.version, correction)
        else:
            dismiss(actor, one.pk, one.version, STANDING)
            dismissed += 1
    return len(proposals) - dismissed, dismissed
