"""A year is measured, and the bureau's commitments are judged from its rows without anybody typing."""

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone

from luoshi.bureau.board import open_data
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.indicators import measuring
from luoshi.bureau.indicators.actions import ask_for_measuring, keep_measured, keep_measuring
from luoshi.bureau.indicators.figuring import figures
from luoshi.bureau.indicators.measuring import State
from luoshi.bureau.indicators.models import Figure, Measuring
from luoshi.bureau.indicators.open_series import Asked
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.indicators.series import cells
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.lakes import lake
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.queries import day
from luoshi.bureau.people.actions import make_key
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.declared import PARAMETERS
from luoshi.declared.returns import ClassBands
from luoshi.keeping import Lake
from luoshi.measuring import in_force
from luoshi.publishing.opening import figures_csv
from luoshi.spine import Comparator, Kind, Measurement, Standing, Target
from luoshi.spine import State as Stood
from luoshi.tracking import showing, stand
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.measured_lake import hand_in
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
RATE = "compulsory_large_class_rate"
ROWS = ("institutions", "class_bands")


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures") / "lake"
    hand_in(Lake(folder), years=(2020,), kinds=ROWS)
    return folder


@pytest.fixture
def whole(city: City, rows, settings) -> City:
    """星州 with exactly the units whose rows lie in the lake."""
    settings.LAKE = rows
    told = {one.division for one in Lake(rows).counting()}
    city.divisions.exclude(code__in=told).delete()
    own = set(city.divisions.values_list("code", flat=True))
    Division.objects.bulk_create(
        Division(city=city, code=code, name=f"县{code[-2:]}", kind="county") for code in sorted(told - own)
    )
    return city


MOMENTS: list[Moment] = []
"""What the engine came to, once for all tests of this module."""


def _run(city: City) -> Measuring:
    """A run whose figures nobody has kept yet, as a worker leaves it that dies at that moment."""
    entry, head = lake().head
    state = State(2020, entry, head, in_force(PARAMETERS, date(2020, 9, 1)))
    values = {key: str(value) for key, value in state.values.items()}
    run = Measuring(city=city, year=2020, entry=entry, head=head, state=state.digest, values=values)
    if not MOMENTS:
        MOMENTS.extend(measuring.measured(run, state, {"9901"}))
    return keep_measuring(actor("jijiao"), run, MOMENTS)


def _measured(city: City) -> Measuring:
    """The same with its figures."""
    run = _run(city)
    keep_measured(actor("jijiao"), run, figures(run).figures)
    return run


def _asked(city: City) -> Job:
    job = ask_for_measuring(actor("jijiao"), city, 2020)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.findings
    return job


def _of_the_city(city: City) -> list[Measurement]:
    return [
        one for one in measurements(city.pk) if (one.indicator, one.on, one.division) == (RATE, date(2020, 9, 1), "")
    ]


def test_measured_rows_become_figures_with_counts_definition_day_and_the_run_behind_them(whole: City) -> None:
    job = _asked(whole)
    run = Measuring.objects.get(city=whole)
    (cell,) = cells(whole.pk, [RATE], level="city")
    (kept,) = _of_the_city(whole)
    assert (kept.numerator, kept.denominator) == (Decimal(cell.part), Decimal(cell.whole))
    assert kept.value == round(Decimal(cell.part) * 100 / Decimal(cell.whole), 6)
    assert (kept.definition, kept.standing, kept.unit) == ("年报", Standing.REPORTED, "%")
    assert kept.known == timezone.localtime(run.at).date()
    assert f"第 {run.pk} 次" in kept.source.title
    assert f"入库清单 {run.entry}:{run.head[:12]}" in kept.source.title
    assert kept.source.url == "/overview/?year=2020"
    counties = [one for one in measurements(whole.pk) if one.indicator == RATE and one.division]
    assert sum(one.numerator for one in counties if one.numerator) == kept.numerator
    assert {one.measuring_id for one in Figure.objects.exclude(measuring=None)} == {run.pk}
    assert "个指标值用于判断" in job.result["words"]
    assert Entry.objects.filter(action="indicators.measured").count() == 1


def test_the_same_rows_measured_again_add_nothing(whole: City) -> None:
    run = _measured(whole)
    before = Figure.objects.count()
    assert keep_measured(actor("jijiao"), run, figures(run, date(2031, 1, 1)).figures) == 0
    assert Figure.objects.count() == before


def test_a_worker_that_died_before_the_figures_is_made_up_for(whole: City) -> None:
    _run(whole)
    assert not _of_the_city(whole)
    assert _asked(whole).result["words"] == "2020 年的数没有变，不必重算"
    assert _of_the_city(whole)


def _again(run: Measuring, at: datetime, part: str, value: str, whole: str = "1000") -> Measuring:
    """Another run of the year, in which the rate of the city is another."""
    later = Measuring(city=run.city, year=2020, entry=run.entry + 1, head="f" * 64, state="2", values=run.values)
    moments = [
        replace(one, part=part, whole=whole, value=value) if (one.measure, one.level) == (RATE, "city") else one
        for one in MOMENTS
    ]
    kept = keep_measuring(actor("jijiao"), later, moments)
    Measuring.objects.filter(pk=kept.pk).update(at=at)
    kept.refresh_from_db()
    return kept


def test_a_newer_measuring_with_other_values_speaks_and_the_older_stands_on(whole: City) -> None:
    run = _measured(whole)
    again = _again(run, datetime(2031, 1, 5, tzinfo=UTC), "31", "3.1")
    assert keep_measured(actor("jijiao"), again, figures(again).figures) == 1
    assert [one.value for one in _of_the_city(whole)][-1] == Decimal("3.1")
    assert [one.known for one in _of_the_city(whole)][-1] == date(2031, 1, 5)
    assert len(_of_the_city(whole)) == 2


def test_of_one_day_only_the_last_measuring_speaks(whole: City) -> None:
    run = _measured(whole)
    again = _again(run, run.at, "31", "3.1")
    keep_measured(actor("jijiao"), again, figures(again).figures)
    assert [one.numerator for one in _of_the_city(whole)] == [31]
    assert Figure.objects.filter(indicator=RATE, division="", on=date(2020, 9, 1)).count() == 2


def test_the_commitment_is_judged_by_it_without_anybody_typing(whole: City, edition: Edition) -> None:
    target = Target(Comparator.AT_MOST, Decimal("2.5"), "%", 0, 1, due=date(2020, 12, 31), indicator=RATE)
    run = _run(whole)
    then = timezone.localtime(run.at).date()
    assert not _of_the_city(whole)
    keep_measured(actor("jijiao"), run, figures(run).figures)
    status = stand(day(whole, edition, then, [target]), target, Kind.QUANTITY)
    (kept,) = _of_the_city(whole)
    assert status.measurement == kept
    assert status.state is (Stood.DONE if kept.value <= Decimal("2.5") else Stood.OVERDUE)
    assert "口径：年报；时点 2020-09-01" in status.because


def test_without_all_counties_there_is_no_figure_of_the_city_and_the_absent_are_named(whole: City) -> None:
    Division.objects.create(city=whole, code="990199", name="未报县", kind="county")
    _run(whole)
    assert "缺 1 个县区的报表（未报县）" in measuring.kept_for_judging(actor("jijiao"), Measuring.objects.get())
    kept = [one for one in measurements(whole.pk) if one.on == date(2020, 9, 1)]
    assert kept
    assert all(one.division for one in kept)


def test_rows_of_somebody_else_s_divisions_judge_nobody(whole: City) -> None:
    whole.divisions.all().delete()
    Division.objects.create(city=whole, code="410302", name="老城区", kind="district")
    _measured(whole)
    assert not Figure.objects.exclude(measuring=None).exists()


def test_rows_of_another_city_in_the_same_lake_are_never_measured_as_this_city_s(whole: City) -> None:
    whole.divisions.all().delete()
    Division.objects.create(city=whole, code="410302", name="老城区", kind="district")
    assert measuring.outdated(whole) == []
    job = ask_for_measuring(actor("jijiao"), whole, 2020)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.result["words"] == "2020 年入库的行都不属于本市的县(市、区)，没有计算"
    assert not Measuring.objects.exists()
    assert cells(whole.pk, [RATE], level="city") == []


def test_a_run_names_the_editions_of_its_own_city_only(whole: City, tmp_path: Path, settings) -> None:
    shared = Path(shutil.copytree(settings.LAKE, tmp_path / "shared"))
    own = {one.number for one in Lake(shared).counting()}
    rows = Lake(shared).rows("class_bands", period="2020").filter(pl.col("county") == "990106").collect()
    rows = rows.with_columns(pl.lit("410302").alias("county"), ("4" + pl.col("school").str.slice(1)).alias("school"))
    told = {"kind": "class_bands", "period": "2020", "division": "410302", "definition": "年报", "key": ClassBands.keys}
    at = datetime(2020, 10, 21, tzinfo=UTC)
    Lake(shared).deposit(rows.select(*ClassBands.columns), **told, source="演示数据（虚构）", at=at, by="统计员")
    settings.LAKE = shared
    run_of = ask_for_measuring(actor("jijiao"), whole, 2020)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    run_of.refresh_from_db()
    assert run_of.state == Job.State.DONE
    run = Measuring.objects.get()
    read = {number for numbers in run.editions.values() for number in numbers}
    assert read <= own
    assert set(run.editions) == {"institutions", "class_bands"}
    assert all(run.editions.values())


def test_a_sum_with_rows_of_another_city_is_not_the_city_s(whole: City) -> None:
    whole.divisions.filter(code="990106").delete()
    _measured(whole)
    assert {one.division for one in measurements(whole.pk) if one.on == date(2020, 9, 1)} == {"990121", "990182"}


def test_who_may_not_measure_keeps_nothing(whole: City) -> None:
    run = _run(whole)
    with witness.refused("indicators.measured"):
        keep_measured(actor("xianqu"), run, figures(run).figures)


def test_the_board_the_indicator_s_page_the_file_and_the_interface_say_one_figure(
    whole: City, proposals: dict[str, Proposal], enter: Enter
) -> None:
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, 1)
    xingzhou.issued(next(iter(proposals.values())).edition_id)
    run = _again(_run(whole), datetime(2021, 1, 20, tzinfo=UTC), "49", "3.0625", "1600")
    keep_measured(actor("jijiao"), run, figures(run).figures)
    (kept,) = _of_the_city(whole)
    told = showing.value_with_unit(kept.value, "%")
    client = enter("ducha")
    board, page = (client.get(url).content.decode() for url in ("/?on=2021-02-01", f"/indicators/{RATE}/"))
    row = next(one for one in board.split("<tr") if f"/indicators/{RATE}/" in one)
    assert told in row
    assert told in page
    collection = open_data.collection(whole, Reader(actor("ducha")), Asked((RATE,), level="city"))
    lines = csv.DictReader(io.StringIO(figures_csv(collection).decode()))
    (line,) = (one for one in lines if one["standing"] == "measured")
    assert line["shown"] == told
    assert (Decimal(line["numerator"]), Decimal(line["denominator"])) == (kept.numerator, kept.denominator)
    secret = make_key(actor("jijiao"), "测试", timezone.localdate())
    answer = client.get(f"/api/v1/indicators/{RATE}/series?level=city", HTTP_AUTHORIZATION=f"Bearer {secret}").json()
    (row,) = (one for one in answer["items"] if one["standing"] == "measured")
    assert (row["shown"], row["numerator"], row["denominator"]) == (told, line["numerator"], line["denominator"])
