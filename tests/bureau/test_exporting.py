"""The sealed archive as a job: item by item, stopped and gone on with, kept once, taken from 后台任务."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.evidence import actions, queries
from luoshi.bureau.evidence.exporting import KIND, export_evidence
from luoshi.bureau.files import queries as files
from luoshi.bureau.files.models import File
from luoshi.bureau.jobs.actions import enqueue, resume, stop
from luoshi.bureau.jobs.actions.running import Step, run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Edition, Proposal
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

DUCHA = actor("ducha")


@pytest.fixture
def proven(proposals: dict[str, Proposal], edition: Edition) -> Edition:
    """Every item with a file of its own."""
    for one in proposals.values():
        row = confirm(DUCHA, one.pk, one.version)
        told = actions.Told("材料.txt", "已办", document_number="1号")
        actions.bring(DUCHA, row.pk, f"{row.number} 材料（虚构）".encode(), told)
    return edition


def _asked(edition: Edition) -> Job:
    return enqueue(DUCHA, KIND, {"plan": edition.pk}, "导出佐证封存包")


def _run(handler=export_evidence) -> bool:  # type: ignore[no-untyped-def]
    return run_next(WORKER, "w", {KIND: handler}, lambda: False)


def test_the_button_makes_a_job_whose_archive_is_the_commands(proven: Edition, enter: Enter, tmp_path: Path) -> None:
    browser = enter("ducha")
    page = browser.get(f"/plans/{proven.pk}/breakdown/").content.decode()
    (once,) = re.findall(r'name="once" value="([^"]+)"', page)
    for _ in range(2):
        assert browser.post(f"/plans/{proven.pk}/evidence/export/", {"once": once}).url == "/jobs/"
    job = Job.objects.get()
    with witness.done("evidence.export"):
        assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    total = Commitment.objects.count()
    assert (job.state, job.done, job.total) == ("done", total, total)
    taken = browser.get(f"/jobs/{job.pk}/result/")
    archive = b"".join(taken.streaming_content)
    seal = zipfile.ZipFile(io.BytesIO(archive)).read("SEAL").decode()
    assert seal in job.result["words"]
    told = actions.export(DUCHA, queries.chosen(proven.pk), tmp_path / "a.zip")
    assert (told.seal, told.items, told.files) == (seal, total, total)
    assert (tmp_path / "a.zip").read_bytes() == archive
    assert "佐证封存包" in browser.get("/jobs/").content.decode()
    assert enter("xueqian").get(f"/jobs/{job.pk}/result/").status_code == 404


def test_it_is_stopped_after_an_item_and_goes_on_from_there(proven: Edition, tmp_path: Path) -> None:
    job, looked = _asked(proven), []

    def stopping(step: Step):  # type: ignore[no-untyped-def]
        def reached(self: Step, done: int, *told: object) -> None:
            looked.append(done)
            if done == 2:
                stop(DUCHA, job.pk)
            Step.reached(step, done, *told)  # type: ignore[arg-type]

        return export_evidence(type("Watched", (Step,), {"reached": reached, "__slots__": ()})(
            step.job, step.actor, step.arguments, step.checkpoint, step.worker, step.ending
        ))  # fmt: skip

    assert _run(stopping)
    job.refresh_from_db()
    assert (job.state, job.done, job.checkpoint) == ("stopped", 2, 2)
    assert not Entry.objects.filter(action="evidence.export").exists()
    resume(DUCHA, job.pk)
    looked.clear()
    assert _run(stopping)
    job.refresh_from_db()
    assert job.state == "done"
    assert looked[0] == 3, "what was looked through is not looked through again"
    assert list((tmp_path / "making").iterdir()) == []


def test_a_worker_that_dies_after_the_archive_was_kept_makes_no_second_one(proven: Edition) -> None:
    job = _asked(proven)

    def dying(step: Step):  # type: ignore[no-untyped-def]
        export_evidence(step)
        raise SystemExit

    with pytest.raises(SystemExit):
        _run(dying)
    kept = File.objects.count()
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert _run()
    job.refresh_from_db()
    assert job.state == "done"
    assert File.objects.count() == kept
    assert Entry.objects.filter(action="evidence.export").count() == 1


def test_a_spoiled_file_ends_it_with_the_reason_and_nothing_is_kept(proven: Edition) -> None:
    piece = queries.pieces(queries.chosen(proven.pk))[Commitment.objects.earliest("place").pk][0]
    files.place(piece.file.digest).write_bytes(b"changed")
    job = _asked(proven)
    assert _run()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "缺失或已改动" in str(job.findings)
    assert not File.objects.filter(form="application/zip").exists()


def test_whoever_may_not_export_is_told_and_no_job_is_made(proven: Edition, enter: Enter) -> None:
    answer = enter("xueqian").post(f"/plans/{proven.pk}/evidence/export/", {"once": "x"})
    assert answer.status_code == 403
    assert "没有这项权限" in answer.content.decode()
    assert Job.objects.count() == 0
    enqueue(replace(DUCHA, role="section"), KIND, {"plan": proven.pk}, "导出")
    assert _run()
    assert Job.objects.get().state == "failed"
