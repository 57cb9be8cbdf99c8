"""Two houses with no line between them: what a county is told, what it answers, and that the city ends as if it had been on line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luoshi.bureau.agreements import actions as agreeing
from luoshi.bureau.agreements.models import Answer, Line, Round
from luoshi.bureau.exchanges.actions import pack, register, take_up
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.files.queries import content
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.reports import actions as reporting
from luoshi.bureau.reports.models import Call, Period, Report
from luoshi.bureau.returns.models import Unit, Window
from luoshi.words.calendars import national
from tests.bureau import agreed, collected, scans
from tests.bureau.apart import ROOT, house
from tests.bureau.collected import rows, sheet
from tests.bureau.xingzhou import actor, issued

HERE, THERE = "990121", "990102"
"""角阳县, which has no line, and 斗城区, of which nothing may be in its packages."""
ON = date(2021, 9, 30)
DUCHA = actor("ducha")


@pytest.fixture
def period(proposals: dict[str, Proposal]) -> Period:
    """Items of both counties issued and September's period open, with calls to both."""
    for proposal in proposals.values():
        row = confirm(DUCHA, proposal.pk, 1)
        Commitment.objects.filter(pk=row.pk).update(divisions=[HERE, THERE], judged="behind")
    edition = next(iter(proposals.values())).edition
    issued(edition.pk)
    items = ledger.items(edition.city, edition, ON)
    return reporting.open_period(DUCHA, edition, ON, items, national(), counties=True)


@pytest.fixture
def round_(period: Period) -> Round:
    """A round of one figure of each county, sent."""
    add_figures(
        agreed.INSTALLER,
        period.edition.city,
        [agreed.reported(one, agreed.PLACES, "100", "个") for one in (HERE, THERE)],
    )
    made = agreeing.open_round(DUCHA, period.edition, agreed.TERMS, {agreed.PLACES: ""}, (), date(2021, 9, 14))
    return agreeing.send(DUCHA, made.pk, made.version, agreed.SENT, national())


@pytest.fixture
def window(city: City) -> Window:
    """A window of bands that schools of both counties owe."""
    collected.fill_lake()
    return collected.opened(city)


class Houses:
    """The city's house is the test's own; the county's is another process with another database, folder and keys."""

    def __init__(self, folder: Path, surroundings: dict[str, str]) -> None:
        self.folder, self.surroundings, self._number = folder, surroundings, 0

    @property
    def city(self) -> City:
        return City.objects.get()

    def county(self, *steps: list[Any]) -> list[Any]:
        """What each step gave in the county's house."""
        asked = [sys.executable, "-m", "tests.bureau.county_house"]
        made = subprocess.run(
            asked, check=False, input=json.dumps(steps), capture_output=True, text=True, cwd=ROOT, env=self.surroundings
        )
        assert made.returncode == 0, made.stderr
        return list(json.loads(made.stdout))

    def put(self, package: Package) -> str:
        """A package of the city's as a file for the county."""
        assert package.file
        path = self.folder / f"{package.way}-{package.number}.zip"
        path.write_bytes(content(package.file))
        return str(path)

    def pack(self) -> str:
        return self.put(pack(DUCHA, self.city, HERE))

    def take_up(self, path: str) -> Package:
        return take_up(DUCHA, self.city, Path(path).read_bytes(), Path(path).name)

    def up(self, *steps: list[Any]) -> tuple[str, list[Any]]:
        """Steps in the county's house and then its package."""
        self._number += 1
        path = str(self.folder / f"up-{self._number}.zip")
        return path, self.county(*steps, ["send", path])

    def receipt(self) -> str:
        """The newest package down."""
        return self.put(Package.objects.filter(way="down").latest("number"))

    def introduce(self, path: str) -> None:
        """The city registers the county's key, by the fingerprint that was read out."""
        (said,) = self.county(["key"])
        register(DUCHA, self.city, Path(path).read_bytes(), "up.zip", said.upper())


@pytest.fixture
def houses(tmp_path: Path, city: City) -> Iterator[Houses]:
    folder = tmp_path / "county"
    folder.mkdir()
    with house(folder, "county_apart") as told:
        told.pop("LUOSHI_KEYS", None)
        yield Houses(tmp_path, told)


def _call(period: Period, number: str, county: str = HERE) -> Call:
    return Call.objects.get(period=period, commitment__number=number, division=county)


def _units(window: Window, many: int) -> list[Unit]:
    return list(Unit.objects.filter(window=window, county=HERE, kind="211").order_by("code")[:many])


def _bring(houses: Houses, window: Window, unit: Unit) -> list[Any]:
    path = houses.folder / f"{unit.code}.xlsx"
    path.write_bytes(sheet(rows("class_bands", unit.code)))
    return ["bring", window.pk, unit.code, str(path), "2020-09-18"]


def test_two_houses_end_as_if_there_had_been_a_line(
    houses: Houses, period: Period, round_: Round, window: Window
) -> None:
    call, quiet = _call(period, "2.1"), _call(period, "1.1")
    target = call.commitment.targets.first()
    assert target
    line = Line.objects.get(round=round_, division=HERE)
    unit, other = _units(window, 2)
    first = houses.pack()
    stands, before = houses.county(["found", first], ["shown"])
    assert stands.startswith("角阳县，依据星州市教育局第1号下发包")
    assert (before["county"], before["divisions"]) == (HERE, [HERE])
    assert set(before["calls"]) == set(Call.objects.filter(division=HERE).values_list("pk", flat=True))
    assert before["lines"] == {str(line.pk): "waiting"}
    assert before["windows"] == [window.pk]
    assert before["owing"] == Unit.objects.filter(window=window, county=HERE).count()
    proof = houses.folder / "proof.pdf"
    proof.write_bytes(scans.PDF)
    path, told = houses.up(
        ["file", call.pk, "角阳县已消除大班额（演示）", {str(target.pk): "1.5"}, ON.isoformat()],
        ["nothing", period.pk, quiet.pk],
        _bring(houses, window, unit),
        _bring(houses, window, other),
        ["agree", line.pk, ["有异议", "90", "", "", "有十个没有建成"], str(proof)],
    )
    assert told[2:] == ["county", "county", "disputed", 1]
    houses.introduce(path)
    kept = houses.take_up(path)
    assert [(part.outcome, part.findings) for part in kept.parts.all()] == [("taken", [])] * 5
    report = Report.objects.get(call=call)
    assert (report.words, report.by, report.by_login, report.stage, report.phone) == (
        "角阳县已消除大班额（演示）", "县区己", "xianqu", "filed", "0379-1",
    )  # fmt: skip
    entry = Entry.objects.get(action="reports.file")
    assert (entry.actor, entry.role, json.loads(entry.detail)["身份"]) == ("xianqu", "county", "上报包 第1号")
    assert Report.objects.get(call=quiet).stage == "noted"
    for one in (unit, other):
        one.refresh_from_db()
        assert (one.state, one.late, one.filing.filler if one.filing else "") == ("county", 0, "填表子")
    answer = Answer.objects.get(line=line)
    assert (answer.state, answer.own_value, answer.words, answer.by) == (
        "disputed",
        Decimal(90),
        "有十个没有建成",
        "县区己",
    )
    assert answer.proof
    assert answer.proof.digest
    reporting.adopt(actor("jijiao"), report.pk, report.version, "采用")
    figure = Figure.objects.latest("pk")
    assert (figure.division, figure.value, figure.standing) == (HERE, Decimal("1.5"), "reported")
    receipt = houses.receipt()
    second = houses.pack()
    _, after, _, later = houses.county(["take", receipt], ["shown"], ["take", second], ["shown"])
    assert [one[1] for one in after["parts"]] == ["taken"] * 5
    assert {one[1] for one in later["reports"]} == {"adopted", "noted"}
    assert later["units"] == {unit.code: "county", other.code: "county"}
    assert later["stands"].startswith("角阳县，依据星州市教育局第3号下发包")
    assert broken() is None
