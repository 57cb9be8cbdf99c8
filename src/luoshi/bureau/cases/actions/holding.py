"""Files of a form that was refused: they wait for the form to be sent again, and are gone when it is not."""

from datetime import date, timedelta

from django.db.models import ManyToOneRel

from luoshi.bureau.cases.actions.keeping import Bringing, keep_one
from luoshi.bureau.cases.models import Unsent
from luoshi.bureau.cases.queries import sending
from luoshi.bureau.files.actions import destroy
from luoshi.bureau.files.models import File
from luoshi.bureau.journal.actions import Actor, act
from luoshi.handling.courses import Course
from luoshi.handling.fields import FILES, Kind
from luoshi.words.errors import RefusedError

WAIT = 7
"""Days a file waits for its form."""
_BROUGHT = FILES | {Kind.SHEET}
"""Kinds that files come with: of a sheet as “key of the field/key of the criterion”."""
_AT_ONCE = timedelta(minutes=1)
"""A file that was in the house before its form was is not the form's to take away."""


def hold_files(actor: Actor, course: Course, brought: Bringing) -> list[Unsent]:
    """Keep the files that came with a form that was refused; what may not be kept, or is no picture where one is asked, is not."""
    sent = [(key, *one) for key, files in brought.files.items() for one in files]
    sent = [one for one in sent if (asked := course.fields.get(one[0].partition("/")[0])) and asked.kind in _BROUGHT]
    if not sent or not brought.once:
        return []
    with act(actor, "cases.hold", "case", "", course.label) as note:
        held = []
        for key, name, content in sent:
            try:
                file = keep_one(actor, course, key, name, content)
            except RefusedError:
                continue  # the refusal of the form has told it
            told = {"once": sending(actor, brought.once), "key": key, "file": file}
            held.append(Unsent.objects.get_or_create(**told, defaults={"login": actor.login})[0])
        note.detail = {"文件": len(held)}
    return held


def drop_unsent(actor: Actor, on: date) -> int:
    """Files whose form was not sent again are gone, unless something else names them; how many were."""
    old = Unsent.objects.filter(at__date__lt=on - timedelta(days=WAIT)).select_related("file")
    rows = list(old)
    if not rows:
        return 0
    with act(actor, "cases.drop", "case", "", "待交材料") as note:
        Unsent.objects.filter(pk__in=[one.pk for one in rows]).delete()
        gone = [one.file for one in rows if one.file.kept >= one.at - _AT_ONCE and not _named(one.file)]
        for file in {one.pk: one for one in gone}.values():
            destroy(actor, file)
        note.detail = {"文件": len(rows), "销毁": len(gone)}
    return len(rows)


def _named(file: File) -> bool:
    """Whether any row of the house names it."""
    naming = (one for one in File._meta.get_fields(include_hidden=True) if isinstance(one, ManyToOneRel))  # noqa: SLF001 (Django's documented way)
    rows = ((one.related_model._default_manager, one.field.name) for one in naming)  # noqa: SLF001 (as above)
    return any(model.filter(**{name: file}).exists() for model, name in rows)
