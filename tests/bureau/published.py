"""星州 with its finance return measured, inspections that ended, a register with entries and pieces of information: to publish of."""

import tempfile
from datetime import date
from pathlib import Path

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.cases.actions import Bringing, Shown, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.indicators.actions import ask_for_measuring
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.publications import actions
from luoshi.bureau.publications.actions import Shown as Seen
from luoshi.bureau.publications.models import Publication
from luoshi.handling.permitting import SIGN
from luoshi.keeping import Lake
from tests.bureau.measured_lake import hand_in
from tests.bureau.remembered import build_once
from tests.bureau.xingzhou import actor

YEAR = 2020
VISITED, ENDED, TODAY = date(2020, 9, 14), date(2020, 9, 24), date(2021, 11, 30)
SECRET = "只有检查人知道（演示）"
"""What an inspector wrote and nobody outside may read."""
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
VISIT = {
    "institution": "演示培训学校（虚构）", "address": "演示路1号", "visited_on": VISITED.isoformat(), "officers": "2",
    "partners": "市场监管、消防", "licensed": "yes", "problem": "none", "facts": SECRET,
}  # fmt: skip
PIECE = {"subject_line": "课后服务的做法（演示）", "topic": "practice", "abstract": "摘要（演示数据，虚构）"}


def lake() -> Path:
    """Rows of two years, handed in once a process."""
    if not _FOLDERS:
        _FOLDERS.append(tempfile.TemporaryDirectory(prefix="luoshi-public-"))
        hand_in(Lake(Path(_FOLDERS[0].name) / "lake"), 60, (YEAR - 1, YEAR), ("institutions", "budgets"))
    return Path(_FOLDERS[0].name) / "lake"


def measure(city: City) -> None:
    """The year measured as in the office; the settings name the lake."""
    build_once("measured to publish", lambda: _measure(city))


def _measure(city: City) -> None:
    job = ask_for_measuring(actor("jijiao"), city, YEAR)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.findings


def county() -> Person:
    """Somebody of a county, who visits and hands in."""
    return Person.objects.get(username="xianqu")


def inspected(city: City, name: str = "演示培训学校（虚构）", ended: date = ENDED) -> Case:
    """A joint inspection of a training institution that found nothing and ended."""
    set_conduct(actor("ducha"), city, "training_inspection", Setting("native", "演示", "JJ"))
    who = acting(county())
    row = open_case(who, city, "training_inspection", Bringing({**VISIT, "institution": name}), VISITED).row
    return take(who, Shown(row.pk, row.version), "pass_it", Bringing({}), ended)


def adopted(city: City, level: str, on: date, title: str = "") -> Case:
    """A piece of information of the county, taken at a level."""
    told = {**PIECE, "subject_line": title or f"{level} {on}（演示）"}
    set_conduct(actor("ducha"), city, "information", Setting("native", "演示", "JJ"))
    row = open_case(acting(county()), city, "information", Bringing(told), on).row
    taken = {"level": level, "organ": "演示内刊", "taken_on": on.isoformat()}
    return take(actor("jijiao"), Shown(row.pk, row.version), "take", Bringing(taken), on)


def licensed(city: City, name: str = "演示培训中心（虚构）", on: date = date(2020, 6, 1)) -> Case:
    """A training institution with a licence until the end of 2023."""
    set_conduct(actor("ducha"), city, "training_licence", Setting("native", "演示", "JJ"))
    who, paper = acting(county()), [("材料.txt", "演示".encode())]
    told = {"institution": name, "address": "演示路2号", "kind": "first", "area": "4", "teachers": "6"}
    row = open_case(who, city, "training_licence", Bringing(told, {"application": paper}), on).row
    checked = {"checked_on": on.isoformat(), "fire": "ok", "market": "ok", "finding": SECRET}
    row = take(who, Shown(row.pk, row.version), "check", Bringing(checked), on)
    granted = {"licence_no": f"演{name[-3:]}{row.pk}", "until": "2023-12-31"}
    row = take(who, Shown(row.pk, row.version), "grant", Bringing(granted), on)
    return take(actor("fenguan"), Shown(row.pk, row.version), SIGN, Bringing({}), on)


def schools(city: City, many: int = 3, begins: str = "2") -> None:
    """Institutions of the county."""
    Institution.objects.bulk_create(
        Institution(
            city=city, code=f"{begins}1990121{at:02d}", name=f"演示{'一二三四五六七八九'[at]}小学", kind="211", operator="public",
            county="990121",
        )
        for at in range(many)
    )  # fmt: skip


def seen(row: Publication) -> Seen:
    """As it stands."""
    row.refresh_from_db()
    return Seen(row.pk, row.version)


def published(city: City, key: str, on: date = TODAY, **more: str) -> Publication:
    """Drafted by 督查室, agreed to by the leader, out."""
    row = actions.draft(actor("ducha"), city, key, on, **more)
    row = actions.approve(actor("fenguan"), seen(row), "同意公开（演示）", on)
    return actions.publish(actor("ducha"), seen(row), on)
