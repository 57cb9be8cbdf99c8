"""后台任务 and the outbox, and everybody's own messages."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.files import queries as files
from luoshi.bureau.jobs import actions, failures
from luoshi.bureau.jobs import queries as jobs
from luoshi.bureau.jobs.actions.asking import why_not as why_not_this
from luoshi.bureau.jobs.models import Job, Message
from luoshi.bureau.jobs.verifying import KIND
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.chain import Anchor
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_email

_MARKS = {
    "waiting": "unknown", "running": "on_course", "stopped": "paused", "done": "done", "failed": "behind",
    "sending": "on_course", "sent": "done", "read": "done", "unsure": "doubted", "shut": "paused",
}  # fmt: skip
"""The mark of the stylesheet beside each state's word."""


def _job(job: Job, actor: Actor) -> dict[str, Any]:
    barred = why_not_this(actor, job.asked_by)
    return {
        "id": job.pk,
        "title": job.title,
        "asker": job.asker.get("name", job.asked_by),
        "asked": job.asked,
        "mark": _MARKS[job.state],
        "state": _("正在停下") if job.stop_asked and job.state == "running" else job.get_state_display(),
        "moves": job.state in {"waiting", "running"},
        "done": job.done,
        "total": job.total,
        "words": job.result.get("words") or job.words,
        "result": bool(job.result.get("url") or job.result.get("file")),
        "findings": failures.told(job.findings),
        "may": barred is None,
        "stops": job.state in {"waiting", "running"} and not job.stop_asked,
        "resumes": job.state in {"stopped", "failed"},
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "subject": message.subject,
        "to": masked_email(message.to) if "@" in message.to else message.to,
        "channel": message.get_channel_display(),
        "mark": _MARKS[message.state] if message.state != "failed" else "overdue",
        "state": message.get_state_display(),
        "error": message.error,
        "attempts": message.attempts,
        "next_try": message.next_try if message.state == "waiting" else None,
        "sent_at": message.sent_at,
        "resends": message.state in {"unsure", "failed", "shut"},
        "settles": message.state == "unsure",
    }


def all_jobs(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """任务、每日例行、待发通知. It comes anew by itself only while something goes on."""
    actor = actor_of(request)
    rows = [_job(job, actor) for job in jobs.jobs_for(actor)]
    outbox = [_message(message) for message in jobs.outbox(actor)]
    sees_house = actor.role != "school"
    labels = {part.name: part.label for part in OUTFIT.parts}
    context = {
        "rows": rows,
        "outbox": outbox,
        "sees_outbox": not why_not(request, "outbox"),
        "rounds": [
            {
                "day": one.day,
                "label": labels.get(one.name, one.name),
                "state": one.get_state_display(),
                "mark": _MARKS[one.state],
                "ended": one.ended,
                "findings": failures.told(one.findings),
            }
            for one in (jobs.rounds() if sees_house else ())
        ],
        "sees_house": sees_house,
        "moves": any(one["moves"] for one in rows),
        "may_verify": why_not(request, "verify"),
        "once": request.POST.get("once") or jobs.ticket(),
        "anchors": request.POST.get("anchors", ""),
    }
    return render(request, "board/jobs.html", {"jobs": context, "findings": findings}, status=409 if findings else 200)


_ACTS: dict[str, Callable[[Actor, int], object]] = {
    "stop": actions.stop,
    "resume": actions.resume,
    "resend": actions.resend,
    "settle": actions.settle,
}


def act(request: HttpRequest, number: int) -> HttpResponse:
    """停止、继续办理 of a job; 重发、视为已发 of a message."""
    wanted = _ACTS.get(request.POST.get("act", ""))
    if request.method != "POST" or wanted is None:
        return redirect("jobs")
    try:
        wanted(actor_of(request), number)
    except RefusedError as refusal:
        return all_jobs(request, refusal.findings)
    return redirect("jobs")


def verify(request: HttpRequest) -> HttpResponse:
    """核验操作日志, as a job. A button pressed twice asks once."""
    if request.method != "POST":
        return redirect("jobs")
    actor = actor_of(request)
    try:
        require(actor, "verify")
        anchors = _anchors(request.POST.get("anchors", ""))
        once = request.POST.get("once", "")[:60]
        key = f"{KIND}/{actor.login}/{once}" if once else ""
        actions.enqueue(actor, KIND, {"anchors": anchors}, "核验操作日志", key=key)
    except RefusedError as refusal:
        return all_jobs(request, refusal.findings)
    return redirect("jobs")


def _anchors(words: str) -> list[str]:
    try:
        return [str(Anchor.parse(one)) for one in words.split()]
    except ValueError as error:
        rule, remedy = "须为 序号:64位摘要，一行一个", "请照 luoshi journal anchor 印出的一行输入，或空着不填"
        raise RefusedError(Finding("链尾", f"读不懂“{words[:80]}”", rule, remedy)) from error


def result(request: HttpRequest, number: int) -> HttpResponseBase:
    """What a job made: a page to go to, or a file to take."""
    found = jobs.job_for(actor_of(request), number)
    if found is None or found.state != Job.State.DONE:
        raise Http404
    if url := found.result.get("url"):
        return redirect(url)
    kept = files.file(found.result.get("file", ""))
    if kept is None:
        raise Http404
    try:
        opened = files.checked(kept)
    except RefusedError as refusal:
        return render(request, "board/refused.html", {"findings": refusal.findings, "back": "/jobs/"}, status=409)
    answer = FileResponse(opened, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.result.get('name') or kept.name)}"
    return answer


def messages(request: HttpRequest) -> HttpResponse:
    """消息: what this person was told, unread first."""
    return render(request, "board/messages.html", {"rows": jobs.inbox(actor_of(request).login)})


def read(request: HttpRequest, number: int = 0) -> HttpResponse:
    """One message read and its page opened, or all of them read."""
    if request.method != "POST":
        return redirect("messages")
    actor = actor_of(request)
    actions.mark_read(actor, [number] if number else None)
    found = jobs.message_to(actor.login, number) if number else None
    return redirect(found.link if found and found.link.startswith("/") else "messages")
