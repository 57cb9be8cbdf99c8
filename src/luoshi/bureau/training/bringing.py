"""The teacher system's exports read as a job; the file is destroyed when it was read, whatever came of it."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.people.models import City
from luoshi.bureau.training import reading
from luoshi.bureau.training.actions.register import KIND, drop_file, keep_people, keep_records
from luoshi.words.errors import RefusedError

__all__ = ["KIND", "bring"]


def bring(step: Step) -> Mapping[str, object]:
    """Read a list and keep what it says. Killed before the end it begins again: nothing is counted twice.

    Raises:
        RefusedError: the list cannot be read, or as `keep_people` and `keep_records`.
    """
    city, kept = City.objects.get(pk=step.arguments["city"]), File.objects.get(pk=step.arguments["file"])
    today = city.opens if city.imaginary and city.opens else timezone.localdate()
    step.reached(0, 2, _("正在读名单"))
    try:
        raw = content(kept)
        if step.arguments["which"] == "people":
            rows = reading.people(kept.name, raw)
            step.reached(1, 2, _("正在写入"))
            told = keep_people(step.actor, city, rows, today)
        else:
            records = reading.records(kept.name, raw)
            step.reached(1, 2, _("正在写入"))
            told = keep_records(step.actor, city, records, today)
    except RefusedError:
        drop_file(step.actor, kept)
        raise
    drop_file(step.actor, kept)
    words = "，".join(f"{what} {many}" for what, many in told.items()) or _("没有变化")
    return {"words": words, "url": reverse("teachers")}
