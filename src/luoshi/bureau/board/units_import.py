"""A list of divisions or schools as a job: read, held against what is known, written whole or not at all."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.files.queries import content, file
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.actions import Terms, import_units
from luoshi.declared.returns.codes import KINDS
from luoshi.reading.units import read_register
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

KIND = "people.units_import"


def import_list(step: Step) -> Mapping[str, object]:
    """Carry out a list. Stopped or killed before the end nothing of it is written, and whoever goes on begins again.

    Raises:
        RefusedError: the file is gone, or as `import_units`.
    """
    told = step.arguments
    kept = file(told["digest"])
    if kept is None:
        raise RefusedError(Finding(told["name"], "文件已不在系统里", "登记的须是交来的文件", "请再导入一次"))
    on, city = date.fromisoformat(told["on"]), City.objects.get(pk=told["city"])
    step.reached(0, 0, _("正在读名册"))
    read = read_register(content(kept), told["name"], on, KINDS)
    step.reached(0, read.rows, _("已读 %(rows)s 行，正在核对") % {"rows": read.rows})
    terms = Terms(told["name"], told["digest"], on, told["whole"], told["why"], told["seen"])

    def written() -> None:
        step.reached(read.rows, read.rows, _("已登记 %(rows)s 行") % {"rows": read.rows})

    found = import_units(step.actor, city, read, terms, written)
    words = _("新增 %(new)s，终止 %(ended)s，更正 %(amended)s，不变 %(same)s") % {
        "new": len(found.added), "ended": len(found.ended), "amended": len(found.amended), "same": found.same,
    }  # fmt: skip
    return {"words": words, "url": reverse("divisions")}
