"""Long work with a content that is never kept: it is handed to a process of its own through a pipe, and is gone with that process.

The job stands among the others, with its progress, and is stopped like them. A process that dies leaves a job which is told as
broken off as soon as its lease ends; whoever brings the same content again goes on from the checkpoint.
"""

import os
import subprocess
import sys
import threading
from contextlib import suppress

from luoshi.bureau.jobs.actions.running import Handler, run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.programs import program
from luoshi.bureau.jobs.worker import WORKER, new_name


def start(job: Job, content: bytes, statements: str) -> None:
    """Start the process; none with LUOSHI_WORKER=hand, where a test does its work.

    Args:
        job: as `hand_over` made it.
        content: what it is handed.
        statements: what it runs, which ends in `do`.
    """
    if os.environ.get("LUOSHI_WORKER") == "hand":
        return
    process = subprocess.Popen(program(statements, str(job.pk)), stdin=subprocess.PIPE)  # noqa: S603 (our own program)
    threading.Thread(target=_feed, args=(process, content), daemon=True).start()


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    with suppress(OSError):  # it died: the job says so when its lease ends
        process.communicate(content)


def handed() -> tuple[int, bytes]:
    """In the process: the number of the job, and the content."""
    return int(sys.argv[1]), sys.stdin.buffer.read()


def do(number: int, handler: Handler) -> None:
    """In the process: do this job and no other."""
    job = Job.objects.get(pk=number)
    run_next(WORKER, new_name(), {job.kind: handler}, lambda: False)
