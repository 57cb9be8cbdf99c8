"""What the worker writes while it works.

None of it is an act in the journal. The journal says what a person decided: that the job was asked for, stopped, gone on
with; and whatever a handler does to the ledger it does through the actions of its own room, which enter there as the person who
asked. How far a job has come is neither: it is written a thousand times and means nothing the day after.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from luoshi.bureau.jobs import failures
from luoshi.bureau.jobs.models import HANDED, Job, Message
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.words.findings import Finding

LEASE = timedelta(seconds=120)
"""After so long without a step a job is free for another worker: no piece of any handler may take longer."""
MOST_ATTEMPTS = 5
"""A job that was taken up so often without getting a step further is not taken up again: it may be what kills the worker."""


class StoppedError(Exception):
    """A person pressed stop."""


class EndingError(Exception):
    """The worker is to end; the job goes back and the next worker goes on."""


class LostError(Exception):
    """The lease was over and another worker has the job."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a handler is given: what to do, from where, and how to say how far it has come."""

    job: int
    actor: Actor
    """Whoever asked; the handler's own acts are theirs."""
    arguments: Mapping[str, Any]
    checkpoint: Any
    """What the last `reached` kept; None at the beginning."""
    worker: str
    ending: Callable[[], bool]

    def reached(self, done: int, total: int, words: str, checkpoint: object = None) -> None:
        """Keep how far it has come, and hold the job for another lease.

        Called inside the transaction of a piece, piece and checkpoint are kept together or neither: then nothing is done
        twice after a crash. Called outside, the handler must bear doing its last piece again.

        Args:
            done: pieces done.
            total: of so many.
            words: how it goes, with the unit.
            checkpoint: what is needed to go on from here, as JSON keeps it.

        Raises:
            StoppedError: a person pressed stop.
            EndingError: the worker is to end.
            LostError: another worker has the job.
        """
        with turn(), transaction.atomic():
            kept = _mine(self).update(
                done=done,
                total=total,
                words=words[:300],
                checkpoint=checkpoint,
                attempts=0,
                leased_until=timezone.now() + LEASE,
            )
            if not kept:
                raise LostError
            asked = Job.objects.filter(pk=self.job, stop_asked=True).exists()
        if asked:
            raise StoppedError
        if self.ending():
            raise EndingError


Handler = Callable[[Step], Mapping[str, object]]
"""Does a job and returns its result: "words", and "url" or "file" with "name"."""


def _mine(step: Step) -> Any:
    return Job.objects.filter(pk=step.job, worker=step.worker, state=Job.State.RUNNING)


def _free(kinds: list[str]) -> Any:
    over = Q(state=Job.State.RUNNING, leased_until__lt=timezone.now())
    return Job.objects.filter(Q(state=Job.State.WAITING) | over, kind__in=kinds)


def run_next(actor: Actor, worker: str, handlers: Mapping[str, Handler], ending: Callable[[], bool]) -> bool:
    """Take the oldest job that is free and do it; False when there is none.

    A job is taken by one conditional update, so two workers never have one: the second finds nothing left to update.
    """
    break_off(actor)
    job = _take(actor, worker, list(handlers))
    if job is None:
        return False
    asker = Actor(**{**job.asker, "acts": tuple(job.asker.get("acts", ()))})
    step = Step(job.pk, asker, job.arguments, job.checkpoint, worker, ending)
    try:
        result = handlers[job.kind](step)
    except LostError:
        return True
    except EndingError:
        _leave(step, state=Job.State.WAITING, leased_until=None, attempts=0)
    except StoppedError:
        _leave(step, state=Job.State.STOPPED, leased_until=None)
    except (OperationalError, InterfaceError):
        raise  # the database is gone: this worker ends, its successor goes on from the checkpoint
    except Exception as error:  # noqa: BLE001 (whatever a handler meets is told on the page, not to a terminal)
        _leave(step, state=Job.State.FAILED, findings=failures.kept(error), ended=timezone.now())
    else:
        _leave(step, state=Job.State.DONE, result=dict(result), ended=timezone.now())
    return True


def _take(actor: Actor, worker: str, kinds: list[str]) -> Job | None:
    if not _free(kinds).exists():
        return None
    with turn(), transaction.atomic():
        _give_up(actor)
        found = _free(kinds).order_by("pk").first()
        if found is None:
            return None
        taken = (
            _free(kinds)
            .filter(pk=found.pk)
            .update(
                state=Job.State.RUNNING,
                worker=worker,
                leased_until=timezone.now() + LEASE,
                attempts=found.attempts + 1,
                begun=found.begun or timezone.now(),
            )
        )
        return Job.objects.get(pk=found.pk) if taken else None


def _give_up(_: Actor) -> None:
    """Jobs whose worker is gone: stopped where a person asked for it, failed where it happens again and again."""
    over = Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=timezone.now())
    over.filter(stop_asked=True).update(state=Job.State.STOPPED, leased_until=None)
    finding = Finding(
        "后台办理",
        f"连续{MOST_ATTEMPTS}次刚开始就中断",
        "一项任务反复中断即不再自动重试，以免拖住其他任务",
        "请系统维护人员查看内存和磁盘，再点“继续办理”",
    )
    over.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=Job.State.FAILED,
        findings=[[finding.where, finding.what, finding.rule, finding.remedy]],
        ended=timezone.now(),
    )


def break_off(actor: Actor) -> None:  # noqa: ARG001 (every function of this module is told who asks)
    """Jobs that were handed to a process which is gone: nobody else can go on with them."""
    late = timezone.now()
    silent = Q(state=Job.State.RUNNING, leased_until__lt=late) | Q(state=Job.State.WAITING, asked__lt=late - LEASE)
    lost = Job.objects.filter(silent, kind__startswith=HANDED)
    if not lost.exists():
        return
    what, rule = "办理中断（程序或计算机中途停止）", "原件不留存，只有读过的部分记下了进度"
    finding = ["后台办理", what, rule, "请再导入同一个文件，从中断的地方继续"]
    with turn(), transaction.atomic():
        lost.update(state=Job.State.FAILED, findings=[finding], ended=late, leased_until=None)


def _leave(step: Step, **changes: object) -> None:
    with turn(), transaction.atomic():
        _mine(step).update(**changes)


def release(actor: Actor, workers: Collection[str]) -> None:  # noqa: ARG001 (every function of this module is told who asks)
    """What workers held that are known to be dead: their jobs are free at once, what they were sending is unsure."""
    with turn(), transaction.atomic():
        Job.objects.filter(worker__in=workers, state=Job.State.RUNNING).update(
            leased_until=timezone.now() - timedelta(seconds=1)
        )
        Message.objects.filter(claimed_by__in=workers, state=Message.State.SENDING).update(
            claimed_until=timezone.now() - timedelta(seconds=1)
        )
