"""An archive of many workbooks (一校一册) is read by the worker, a piece at a time, and ends as if it had been read at once."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.jobs.actions import resume, stop
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions, importing
from luoshi.bureau.returns.actions import bringing
from luoshi.bureau.returns.models import Breach, Filing, Window
from luoshi.imagining import City as Imagined
from luoshi.imagining.filing.pages import as_xlsx
from luoshi.imagining.filing.records import records
from luoshi.imagining.filing.workbooks import NEW as TABLES
from luoshi.imagining.filing.workbooks import workbook
from luoshi.words.errors import RefusedError
from tests.bureau import collected, witness
from tests.bureau.collected import COUNTIES
from tests.bureau.xingzhou import actor

SECTION, WORKER = actor("jijiao"), actor("guanli")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def books() -> list[bytes]:
    """The workbooks of seven primary schools of the small city."""
    made = Imagined(240, 7, first=collected.YEAR - 1)
    told = [one for some in made.slices() for one in records(made.annual_frames(some, collected.YEAR))]
    schools = [one for one in told if one.register["county"] in COUNTIES and one.register["kind"] == "211"]
    return [as_xlsx(workbook(one, TABLES)) for one in schools[:7]]


@pytest.fixture
def window(city: City, monkeypatch: pytest.MonkeyPatch) -> Window:
    collected.fill_lake()
    monkeypatch.setenv("LUOSHI_WORKER", "hand")
    monkeypatch.setattr(bringing, "BOOKS", 3)
    monkeypatch.setattr(importing, "BOOKS", 2)
    monkeypatch.setattr(importing, "PIECE", 4)
    return collected.opened(city)


def _archive(books: list[bytes], *more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for at, one in enumerate(books):
            packed.writestr(f"{at % 2}/{at // 2}.xlsx", one)
        for name, content in more:
            packed.writestr(name, content)
    return out.getvalue()


def _found() -> list[tuple[str, str, int, list[object]]]:
    rows = Breach.objects.filter(filing__holder__isnull=False).order_by("filing__unit__code", "of", "rule")
    return [
        (one.filing.unit.code, f"{one.of}.{one.rule}", one.rows, one.told)
        for one in rows.select_related("filing__unit")
    ]


def _ending_after(looks: int) -> Callable[[], bool]:
    asked = iter([False] * looks)
    return lambda: next(asked, True)


def _work(job: int, archive: bytes, ending: Callable[[], bool] = lambda: False) -> Job:
    """What the process does that was handed the archive; it dies where a worker would end."""
    kind = Job.objects.get(pk=job).kind
    assert run_next(WORKER, f"进程{job}", {kind: partial(importing.import_archive, archive)}, ending)
    told = Job.objects.get(pk=job)
    if told.state == "waiting":
        Job.objects.filter(pk=job).update(asked=timezone.now() - timedelta(hours=1))
    return told


def test_many_workbooks_end_as_if_they_had_been_read_at_once(
    window: Window, books: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = _archive(books)
    job = _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive)
    assert (job.state, job.findings, job.result["words"]) == ("done", [], "已导入 7 个单位")
    by_job, codes = _found(), dict(Filing.objects.values_list("unit__code", "code"))
    monkeypatch.setattr(bringing, "BOOKS", 20)
    assert actions.bring(SECTION, window.pk, archive, "一校一册.zip").job == 0
    assert _found() == by_job
    assert dict(Filing.objects.filter(number=2).values_list("unit__code", "code")) == codes


def test_a_process_that_dies_leaves_nothing_half_and_the_same_archive_goes_on(
    window: Window, books: list[bytes]
) -> None:
    archive = _archive(books)
    first = _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive, _ending_after(1))
    assert (first.done, first.total, first.words) == (2, 7, "已读 2 份，共 7 份")
    assert not Filing.objects.exists(), "while it is read nothing is kept of any unit"
    assert not run_next(WORKER, "后台", OUTFIT.handlers, lambda: False), "no worker takes what it was not handed"
    first.refresh_from_db()
    assert first.state == "failed"
    assert "再导入同一个文件" in first.findings[0][3]
    with pytest.raises(RefusedError, match="原件已不在系统里"):
        resume(SECTION, first.pk)
    second = _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive, _ending_after(5))
    assert Filing.objects.count() == 4, "while it is kept, whole units are or are not"
    assert not run_next(WORKER, "后台", OUTFIT.handlers, lambda: False)
    third = _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive)
    assert (second.words, third.state, third.words) == ("已导入 4 个单位，共 7 个", "done", "已导入 7 个单位，共 7 个")
    assert set(Filing.objects.values_list("unit__code", "number")) == {(code, 1) for code in _codes()}


def test_what_names_a_headmaster_is_stored_nowhere(window: Window, books: list[bytes]) -> None:
    archive = _archive(books)
    assert _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive).state == "done"
    kept = [content(one) for one in File.objects.all()]
    assert len(kept) > len(books) / 2
    # In the annual return's own layouts a headmaster's name stands in every workbook.
    assert not any(one.startswith(b"PK") for one in kept)


def test_a_workbook_of_no_layout_stops_all_and_a_person_may_stop_too(window: Window, books: list[bytes]) -> None:
    wrong = _archive(books, ("别的.csv", "无关的表,,\n甲,乙,丙\n1,2,3\n".encode()))
    job = _work(actions.bring(SECTION, window.pk, wrong, "一校一册.zip").job, wrong)
    assert job.state == "failed"
    assert job.findings
    assert not Filing.objects.exists()
    archive = _archive(books)
    asked = actions.bring(SECTION, window.pk, archive, "一校一册.zip").job
    with witness.refused("returns.bring", "同时只办一次"):
        actions.bring(SECTION, window.pk, archive, "一校一册.zip")

    def stopping() -> bool:
        if Job.objects.get(pk=asked).done:
            stop(SECTION, asked)
        return False

    assert _work(asked, archive, stopping).state == "stopped"
    assert not Filing.objects.exists()


def test_half_an_archive_is_refused(window: Window, books: list[bytes]) -> None:
    archive = _archive(books)
    job = _work(actions.bring(SECTION, window.pk, archive, "一校一册.zip").job, archive[:1000])
    assert (job.state, job.findings[0][1]) == ("failed", "压缩包没有收全")


def _codes() -> list[str]:
    return list(Filing.objects.values_list("unit__code", flat=True).distinct())
