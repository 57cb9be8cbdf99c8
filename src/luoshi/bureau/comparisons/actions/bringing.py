"""Lists are brought for one run, compared when somebody asks, and erased when it is closed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from luoshi.bureau.comparisons.models import Finding as Found
from luoshi.bureau.comparisons.models import Run, RunFile
from luoshi.bureau.comparisons.queries import days_kept, needed_elsewhere, why_not_run
from luoshi.bureau.comparisons.reading import LABELS, counties_of, read_list, refuse_lists
from luoshi.bureau.files.actions import destroy, keep
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

KIND = "comparisons.compare"
_MOVING = (Job.State.WAITING, Job.State.RUNNING)


def bring(actor: Actor, city: City, on: date, lists: Sequence[tuple[str, str, bytes]], today: date) -> Run:
    """Lists are kept, each sealed by a key of its own, for this run alone.

    Args:
        actor: somebody of a county, for it; somebody of the bureau, for the whole city.
        city: the city.
        on: the day the lists are of.
        lists: key of the declared list, name and bytes of each.
        today: today.

    Raises:
        RefusedError: who may not, a day to come, and everything wrong in the lists at once.
    """
    county = actor.division if actor.role == "county" else ""
    why = why_not_run(actor, city, county)
    wrong = () if why else _wrong(city, county, lists)  # read before the act: nobody waits for a large list
    with act(actor, "comparisons.bring", "comparison", "", f"名单比对 {on}") as note:
        if why:
            raise RefusedError(why)
        if on > today:
            raise RefusedError(Finding("名单日期", f"{on} 还没有到", "名单是哪一天的，不晚于今天", "请改正日期"))
        if wrong:
            raise RefusedError(*wrong)
        until = today + timedelta(days=days_kept(city, today))
        run = Run.objects.create(city=city, county=county, on=on, by=actor.name, by_login=actor.login, until=until)
        for key, name, content in lists:
            RunFile.objects.create(run=run, key=key, file=keep(actor, content, name, apart=True))
        note.id, note.detail = str(run.pk), {"名单": [LABELS[one[0]] for one in lists], "原件留存至": until}
    return run


def _wrong(city: City, county: str, lists: Sequence[tuple[str, str, bytes]]) -> tuple[Finding, ...]:
    """Everything wrong in the lists."""
    counties, wrong, read = counties_of(city, county), list[Finding](), []
    for key, name, content in lists:
        if key not in LABELS:
            return (Finding("名单", "没有这种名单", f"须为 {'、'.join(LABELS.values())} 之一", "请重选"),)
        try:
            read.append(read_list(key, content, name, counties)[0])
        except RefusedError as refusal:
            wrong += refusal.findings
    if not wrong:
        try:
            refuse_lists(read)
        except RefusedError as refusal:
            wrong += refusal.findings
    return tuple(wrong)


def ask(actor: Actor, number: int) -> Job:
    """Compare, or compare again by what was decided meanwhile; one job at a time.

    Raises:
        RefusedError: who may not, it is closed, or it is being compared.
    """
    with act(actor, "comparisons.ask", "comparison", number, "名单比对") as note:
        run = held(actor, number)
        note.title = f"名单比对 {run.on}"
        if why := why_not_run(actor, run.city, run.county):
            raise RefusedError(why)
        if run.job is not None and run.job.state in _MOVING:
            rule = "同一批名单一次只比对一遍"
            raise RefusedError(Finding(note.title, "正在比对", rule, "请等它办完，或在后台任务里停止"))
        run.job = enqueue(actor, KIND, {"run": run.pk}, note.title)
        run.save(update_fields=["job"])
    return run.job


def held(actor: Actor, number: int) -> Run:  # noqa: ARG001 (every function of this room that writes is told who asks)
    """An open run, held until the act ends.

    Raises:
        RefusedError: there is none, or it is closed.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("city", "job").filter(pk=number).first()
    if run is None:
        raise RefusedError(Finding("名单比对", f"没有第 {number} 次", "比对见“名单比对”", "请从列表中打开"))
    if run.state == Run.State.CLOSED:
        rule = "结束后名单已销毁，只留数和代码"
        raise RefusedError(Finding(f"名单比对 {run.on}", "已经结束", rule, "请交来名单，另比一次"))
    return run


def close(actor: Actor, number: int) -> Run:
    """The lists and all names of it are no more; codes, counts, cases and decisions stay.

    Raises:
        RefusedError: who may not, it is closed, or it is being compared.
    """
    with act(actor, "comparisons.close", "comparison", number, "名单比对") as note:
        run = held(actor, number)
        note.title = f"名单比对 {run.on}"
        if why := why_not_run(actor, run.city, run.county):
            raise RefusedError(why)
        if run.job is not None and run.job.state == Job.State.RUNNING:
            rule = "结束时销毁名单"
            raise RefusedError(Finding(note.title, "正在比对", rule, "请等它办完，或在后台任务里停止，再结束"))
        gone = [one for one in run.files.select_related("file") if not needed_elsewhere(one.file, run)]
        for one in gone:
            destroy(actor, one.file)
        run.doubts.all().delete()
        Found.objects.filter(run=run).update(who="")
        run.state, run.closed_at = Run.State.CLOSED, timezone.now()
        run.save(update_fields=["state", "closed_at"])
        note.detail = {"销毁名单": len(gone)}
    return run


def expire(actor: Actor, on: date) -> int:
    """Runs that were left open longer than lists may be kept are closed; how many."""
    over = Run.objects.filter(until__lt=on).exclude(state=Run.State.CLOSED).exclude(job__state=Job.State.RUNNING)
    numbers = list(over.values_list("pk", flat=True))
    for number in numbers:
        close(actor, number)
    return len(numbers)
