"""Two houses with no line between them: what a county is told, what it answers, and that the city ends as if it had been on line."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.bureau.agreements import actions as agreeing
from luoshi.bureau.agreements.models import Answer, Line, Round
from luoshi.bureau.exchanges.actions import pack, register, take
from luoshi.bureau.exchanges.actions.parts import Basket, Hands, take_part
from luoshi.bureau.exchanges.models import Package, Part, Peer
from luoshi.bureau.exchanges.parcels import opened
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
from luoshi.bureau.returns import actions as returning
from luoshi.bureau.returns.models import Filing, Unit, Window
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.bureau import agreed, collected, scans, witness
from tests.bureau.apart import house
from tests.bureau.collected import rows, sheet
from tests.bureau.two_houses import DUCHA, HERE, THERE, Houses
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 9, 30)


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
def houses(tmp_path: Path, city: City) -> Iterator[Houses]:
    folder = tmp_path / "county"
    folder.mkdir()
    with house(folder, "county_apart") as told:
        told.pop("LUOSHI_KEYS", None)
        with closing(Houses(tmp_path, told)) as made:
            yield made


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
    _take_all_again(houses, path, (first, receipt, second), later)
    assert broken() is None


def _take_all_again(houses: Houses, up: str, down: Sequence[str], stood: Any) -> None:
    """The same packages once more change nothing in either house."""
    before = (Report.objects.count(), Filing.objects.count(), Part.objects.count(), Package.objects.count())
    assert houses.take_up(up).state == "taken"
    assert (Report.objects.count(), Filing.objects.count(), Part.objects.count(), Package.objects.count()) == before
    *_, now = houses.county(*(["take", one] for one in down), ["shown"])
    assert now == stood


def _first(houses: Houses, period: Period) -> tuple[str, list[Any]]:
    """The first packages of both ways: two calls answered, the key registered."""
    call, other = _call(period, "2.1"), _call(period, "1.1")
    target = call.commitment.targets.first()
    assert target
    houses.county(["found", houses.pack()])
    path, told = houses.up(
        ["file", call.pk, "已消除（演示）", {str(target.pk): "1.5"}, ON.isoformat()],
        ["file", other.pk, "已开工（演示）", {}, ON.isoformat()],
    )
    houses.introduce(path)
    return path, told


def test_nothing_of_another_county_is_in_a_package(
    houses: Houses, period: Period, round_: Round, window: Window
) -> None:
    call = _call(period, "2.1", THERE)
    reporting.file(replace(actor("xianqu"), division=THERE), call.pk, reporting.Filled("斗城区的事（演示）"))
    Commitment.objects.update(
        progress="斗城区滞后", trouble="斗城区缺地", needs="斗城区", note="斗城区", units_words="斗城区"
    )
    secret = Commitment.objects.get(number="3.1")
    Commitment.objects.filter(pk=secret.pk).update(audience="bureau", title="局内才知道（演示）")
    Commitment.objects.filter(pk=call.commitment_id).update(phone="")
    path = houses.pack()
    with zipfile.ZipFile(path) as held:
        told = "\n".join(held.read(one).decode() for one in held.namelist() if one.endswith(".json"))
    assert "角阳县" in told
    assert "斗城区" not in told
    assert THERE not in told
    assert "局内才知道" not in told
    schools = set(Unit.objects.filter(window=window).exclude(county=HERE).values_list("code", flat=True))
    assert schools
    assert not [code for code in schools if code in told]
    assert {one["pk"] for one in opened(Path(path).read_bytes(), "x").content["tables"]["returns.Window"]} == {
        window.pk
    }


def test_rows_of_persons_go_on_no_memory_stick(city: City, window: Window) -> None:
    Window.objects.filter(pk=window.pk).update(returns=["pupils"])
    kept = pack(DUCHA, city, HERE)
    assert kept.file
    told = opened(content(kept.file), "x").content
    assert (told["tables"]["returns.Window"], told["units"]) == ([], [])


@pytest.fixture
def package(period: Period) -> bytes:
    """A package of the city's."""
    kept = pack(DUCHA, period.edition.city, HERE)
    assert kept.file
    return content(kept.file)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.data())
def test_any_byte_altered_is_refused(package: bytes, chance: st.DataObject) -> None:
    at = chance.draw(st.integers(0, len(package) - 1))
    altered = bytearray(package)
    altered[at] ^= chance.draw(st.integers(1, 255))
    with pytest.raises(RefusedError) as refusal:
        opened(bytes(altered), "包.zip")
    assert all(finding.where and finding.what and finding.rule and finding.remedy for finding in refusal.value.findings)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.data())
def test_a_package_cut_short_or_made_longer_is_refused(package: bytes, chance: st.DataObject) -> None:
    at = chance.draw(st.integers(0, len(package) - 1))
    for wrong in (package[:at], package + package[at:], package[at:]):
        if wrong != package:
            with pytest.raises(RefusedError):
                opened(wrong, "包.zip")


def test_a_package_out_of_turn_of_another_county_or_by_another_key_is_refused(houses: Houses, period: Period) -> None:
    first, lost, third = houses.pack(), houses.pack(), houses.pack()
    city = houses.city
    other = houses.put(pack(DUCHA, city, THERE))
    told = houses.county(["found", first], ["found", first], ["take", third], ["take", other], ["take", lost], ["take", third], ["take", first], ["send", "x"])  # fmt: skip
    said = [one["refused"][0][1] if isinstance(one, dict) else "" for one in told]
    assert [bool(one) for one in said] == [False, True, True, True, False, False, False, True]
    assert "缺第2号" in said[2]
    assert f"{city.key} {THERE}" in said[3]
    path, _ = houses.up(["file", _call(period, "2.1").pk, "已消除（演示）", {}, ON.isoformat()])
    with witness.refused("exchanges.receive", "还没有登记角阳县的公钥"):
        houses.take_up(path)
    with witness.refused("exchanges.register", "输入的指纹与包里公钥的不同"):
        register(DUCHA, city, Path(path).read_bytes(), "up.zip", "0" * 32)
    with witness.refused("exchanges.register", "没有这项权限"):
        register(actor("jijiao"), city, Path(path).read_bytes(), "up.zip", "")
    Peer.objects.create(city=city, county=HERE, key="00" * 32, by="演示")
    with witness.refused("exchanges.receive", "签名的公钥指纹是"):
        houses.take_up(path)
    houses.introduce(path)
    again, _ = houses.up(["file", _call(period, "1.1").pk, "已开工（演示）", {}, ON.isoformat()])
    with witness.refused("exchanges.receive", "缺第1号"):
        houses.take_up(again)
    assert houses.take_up(path).state == "taken"
    with witness.refused("exchanges.take", "这里是市本级"):
        take(replace(actor("xianqu")), city, Path(lost).read_bytes(), "x.zip")
    with witness.refused("exchanges.receive", "这个包的方向是"):
        houses.take_up(lost)


def test_a_part_that_is_refused_comes_back_with_its_reason_and_the_rest_is_taken(
    houses: Houses, period: Period
) -> None:
    path, _ = _first(houses, period)
    call = _call(period, "1.1")
    reporting.file(DUCHA, call.pk, reporting.Filled("市里按电话代录（演示）"))
    kept = houses.take_up(path)
    outcomes = {one.title.split()[1]: one for one in kept.parts.all()}
    assert (outcomes["2.1"].outcome, outcomes["1.1"].outcome) == ("taken", "refused")
    assert "刚刚有人报过" in outcomes["1.1"].findings[0][1]
    assert [one.words for one in Report.objects.filter(call=call)] == ["市里按电话代录（演示）"]
    assert Entry.objects.filter(action="exchanges.part", outcome="refused").count() == 1
    receipt, newer = houses.receipt(), houses.pack()
    _, after, _, later = houses.county(["take", receipt], ["shown"], ["take", newer], ["shown"])
    assert [one[1] for one in after["parts"]] == ["taken", "refused"]
    assert [call.pk, "returned", "已开工（演示）"] in after["reports"]
    assert "刚刚有人报过" in after["passings"][0]
    assert [call.pk, "filed", "市里按电话代录（演示）"] in later["reports"]


def test_what_the_city_sends_back_is_answered_anew_with_the_next_package(houses: Houses, period: Period) -> None:
    path, told = _first(houses, period)
    houses.take_up(path)
    call = _call(period, "2.1")
    report = Report.objects.get(call=call)
    reporting.send_back(actor("jijiao"), report.pk, report.version, "请写清口径")
    first, second = houses.receipt(), houses.pack()
    again, said = houses.up(
        ["take", first], ["take", second], ["shown"],
        ["file", call.pk, "按学籍，已消除（演示）", {}, ON.isoformat(), told[0]],
    )  # fmt: skip
    assert [call.pk, "returned", "已消除（演示）"] in said[2]["reports"]
    assert said[2]["passings"] == ["请写清口径"]
    assert [one.outcome for one in houses.take_up(again).parts.all()] == ["taken"]
    assert [(one.stage, one.words) for one in Report.objects.filter(call=call)] == [
        ("replaced", "已消除（演示）"), ("filed", "按学籍，已消除（演示）"),
    ]  # fmt: skip


def test_a_return_that_came_otherwise_meanwhile_is_there_already_or_refused(
    houses: Houses, period: Period, window: Window
) -> None:
    unit, other = _units(window, 2)
    houses.county(["found", houses.pack()])
    path, _ = houses.up(_bring(houses, window, unit), _bring(houses, window, other))
    houses.introduce(path)
    county = actor("xianqu")
    for one, content_ in (
        (unit, sheet(rows("class_bands", unit.code))),
        (other, sheet(rows("class_bands", other.code))),
    ):
        returning.bring(county, window.pk, content_, "班额.xlsx", one.code)
        collected.explained(window, HERE)
        returning.hand_in(county, window.pk, collected.seen(window, one.code), collected.NAMES, collected.ON)
    returning.check_county(county, window.pk, collected.seen(window, unit.code), collected.ON)
    kept = houses.take_up(path)
    assert [one.outcome for one in kept.parts.all()] == ["there", "refused"]
    assert Filing.objects.filter(unit__in=(unit, other)).count() == 2
    _, after = houses.county(["take", houses.receipt()], ["shown"])
    assert after["units"] == {unit.code: "county", other.code: "returned"}


def test_a_county_tells_only_of_itself_whatever_its_package_says(period: Period) -> None:
    """A county's house is its own: whoever alters it can sign anything, and still gets no further than its people on line."""
    hands = Hands(period.edition.city_id, HERE, "上报包 第9号")
    said = hands.actor("督查甲", "ducha")
    assert (said.login, said.role, said.division) == (f"{HERE}/ducha", "county", HERE)
    columns = dict.fromkeys(("words", "trouble", "next_step", "contact", "phone", "claimed", "expected"), "")
    told = {
        "key": "report/1",
        "title": "别县的",
        "call": _call(period, "2.1", THERE).pk,
        "seen": 0,
        "nothing_new": False,
    }
    told |= {**columns, "words": "替别人报", "sums": [], "login": "ducha", "by": "督查甲"}
    with pytest.raises(RefusedError) as refusal, transaction.atomic():
        take_part(DUCHA, hands, told, {}, Basket())
    assert "只报本单位的" in str(refusal.value.findings[0])
    with pytest.raises(RefusedError, match="读不出"):
        take_part(DUCHA, hands, {"key": "report/1", "title": "没有内容"}, {}, Basket())
    with pytest.raises(RefusedError, match="不认得"):
        take_part(DUCHA, hands, {"key": "people/1", "title": "没有这种"}, {}, Basket())


@pytest.mark.only_on("sqlite")  # processes of their own: once is enough for every run
@pytest.mark.parametrize("deaths", [(13,), pytest.param((2, 3, 9, 12, 17, 23), marks=pytest.mark.prove)])
def test_a_city_that_is_killed_while_it_takes_and_takes_again_ends_the_same(
    tmp_path: Path, deaths: tuple[int, ...]
) -> None:
    """Killed at a write of its own choosing, in the midst of a part or between two; each part is done once all the same."""
    made, down, up = (
        [tmp_path / one for one in ("city", "county")],
        str(tmp_path / "down.zip"),
        str(tmp_path / "up.zip"),
    )
    for folder in made:
        folder.mkdir()
    with house(made[0], "exchange_city") as city_told, house(made[1], "exchange_county") as told, ExitStack() as stack:
        city, county = (stack.enter_context(closing(Houses(tmp_path, one))) for one in (city_told, told))
        built, _ = city.county(["build"], ["pack", down])
        filed = [
            ["file", call, f"第{call}项（演示）", {str(target): "1"} if target else {}, "2021-09-30"]
            for call, target in built["calls"]
        ]
        *_, said = county.county(["found", down], *filed, ["send", up], ["key"])
        city.county(["register", up, said])
        assert [city.dies(["take_up", up, at]) for at in deaths] == [True] * len(deaths)
        _, _, ended = city.county(["take_up", up], ["take_up", up], ["ended"])
    assert ended["whole"]
    assert [one[1:] for one in ended["parts"]] == [["taken", 1]] * len(filed)
    assert ended["acts"] == ended["filed"] == len(filed)
    assert ended["reports"] == [[call, "filed", words] for _, call, words, *_ in sorted(filed, key=lambda one: one[1])]
    kinds = [["down", 1, "issue", "made"], ["down", 2, "receipt", "made"], ["up", 1, "answers", "taken"]]
    assert ended["packages"] == kinds
