"""Asking for long work, stopping it, going on with it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict

from luoshi.bureau.jobs.models import HANDED, Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import refused
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STOPPABLE = (Job.State.WAITING, Job.State.RUNNING)
_RESUMABLE = (Job.State.STOPPED, Job.State.FAILED)


def enqueue(actor: Actor, kind: str, arguments: Mapping[str, object], title: str, *, key: str = "") -> Job:
    """A job for the worker, asked for by this person, who needs the right to what it does: the caller checks that.

    Args:
        actor: whoever asks; the job acts as this person.
        kind: name of the handler.
        arguments: what it is given; as JSON keeps it.
        title: what it does, in words.
        key: at most 200 characters that make it the same job when it is asked for again, as by a button pressed twice.

    Returns:
        The new job, or the one with this key that is there already, whatever became of it.
    """
    found = Job.objects.filter(key=key).first() if key else None
    if found is not None:
        return found
    with act(actor, "jobs.ask", "job", "", title) as note:
        told = {"arguments": dict(arguments), "title": title[:200], "asked_by": actor.login, "asker": asdict(actor)}
        if key:
            job, _ = Job.objects.get_or_create(key=key, defaults={"kind": kind, **told})
        else:
            job = Job.objects.create(kind=kind, **told)
        note.id, note.detail = str(job.pk), {"kind": kind}
    return job


def hand_over(actor: Actor, kind: str, arguments: Mapping[str, object], title: str) -> Job:
    """A job for a process of its own, which no worker takes; whoever asks starts it (`jobs.handing`).

    Args:
        actor: as of `enqueue`.
        kind: begins with `HANDED`; it is made this job's alone.
        arguments: as of `enqueue`.
        title: as of `enqueue`.
    """
    return enqueue(actor, f"{kind}{secrets.token_hex(8)}", arguments, title)


def why_not(actor: Actor, asked_by: str) -> Finding | None:
    """Why this person may not stop or go on with a job of that person; None when they may: it is theirs, or they mind all."""
    return None if actor.login and actor.login == asked_by else refused(actor, "jobs")


def stop(actor: Actor, number: int) -> Job:
    """No further: a job that waits is stopped at once, a running one at its next step, keeping what it has done."""
    with act(actor, "jobs.stop", "job", number) as note:
        job = _held(actor, number)
        note.title = job.title
        if job.state not in _STOPPABLE:
            raise RefusedError(_astray(job, "只有排队和办理中的任务可以停止"))
        job.stop_asked = True
        if job.state == Job.State.WAITING:
            job.state = Job.State.STOPPED
        job.save(update_fields=["stop_asked", "state"])
    return job


def resume(actor: Actor, number: int) -> Job:
    """On from where it was stopped or failed."""
    with act(actor, "jobs.resume", "job", number) as note:
        job = _held(actor, number)
        note.title = job.title
        if job.state not in _RESUMABLE:
            raise RefusedError(_astray(job, "只有已停止和未办成的任务可以继续"))
        if job.kind.startswith(HANDED):
            rule, remedy = "原件不留存，停下后须重新交来", "请再导入同一个文件，从停下的地方继续"
            raise RefusedError(Finding(f"任务 {job.pk} {job.title}", "原件已不在系统里", rule, remedy))
        job.state, job.stop_asked, job.attempts = Job.State.WAITING, False, 0
        job.findings, job.ended = [], None
        job.save(update_fields=["state", "stop_asked", "attempts", "findings", "ended"])
    return job


def _held(actor: Actor, number: int) -> Job:
    job = Job.objects.select_for_update().filter(pk=number).first()
    if job is None:
        raise RefusedError(Finding(f"任务 {number}", "没有这项任务", "须从任务列表里选", "请刷新页面再办"))
    finding = why_not(actor, job.asked_by)
    if finding:
        raise RefusedError(finding)
    return job


def _astray(job: Job, rule: str) -> Finding:
    return Finding(
        f"任务 {job.pk} {job.title}", f"现在是“{job.get_state_display()}”", rule, "请刷新页面，看过现在的情况后再办"
    )
