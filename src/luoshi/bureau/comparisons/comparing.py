"""The lists of a run compared as a job: whole or not at all, and as often as somebody asks."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.comparisons.actions.bringing import KIND
from luoshi.bureau.comparisons.actions.settling import Outcome, settle
from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.comparisons.queries import newest
from luoshi.bureau.comparisons.reading import LABELS, counties_of, read_list
from luoshi.bureau.files.queries import content
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.keys import keyring
from luoshi.declared.lists import LIST_PLAN
from luoshi.matching import Decision, Judged, compare
from luoshi.words import findings as words

__all__ = ["KIND", "compare_run"]


def compare_run(step: Step) -> Mapping[str, object]:
    """Compare. Stopped or killed before the end nothing of it is written, and whoever goes on begins again.

    Raises:
        RefusedError: a list is gone or cannot be read, or as `compare` and `settle`.
    """
    run = Run.objects.select_related("city").get(pk=step.arguments["run"])
    files, told, lists = list(run.files.select_related("file")), list[words.Finding](), []
    counties, pieces = counties_of(run.city, run.county), len(files) + 2
    for done, one in enumerate(files):
        step.reached(done, pieces, _("正在读%(list)s") % {"list": LABELS[one.key]})
        listed, more = read_list(one.key, content(one.file), one.file.name, counties)
        lists.append(listed)
        told += [words.Finding(f"{LABELS[one.key]} {each.where}", each.what, each.rule, each.remedy) for each in more]
    step.reached(len(files), pieces, _("正在比对"))
    decided = newest(run.city_id)
    decisions = [Decision(one.pair, Judged(one.judged), one.by) for one in decided.values()]
    key = keyring().coding().secret
    compared = compare(lists, LIST_PLAN, on=run.on, key=key, decisions=decisions, whole=True)
    outcome = Outcome(compared, tuple(told), frozenset(counties.codes.values()), len(decisions), key)

    def written() -> None:
        step.reached(pieces - 1, pieces, _("正在写入结果"))

    found, doubtful = settle(step.actor, run.pk, outcome, written)
    said = _("查出 %(found)s，待认定 %(doubtful)s") % {"found": found, "doubtful": doubtful}
    return {"words": said, "url": reverse("comparison", args=[run.pk])}
