"""Every value about persons that a house keeps, opened, and where any of it stands in files that left the house."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping

from django.apps import apps

from luoshi.bureau.board.opening import INSTALLER
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import Division, Institution, Office
from luoshi.declared.private import PERSONAL
from luoshi.handling.parts import CLOCK
from luoshi.keeping import Lake
from luoshi.words.private import Class

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_PLAIN = re.compile(r"[0-9A-Za-z_@.+-]{4,}")
_NOBODY = {CLOCK.login, CLOCK.name, WORKER.login, WORKER.name, INSTALLER.login, INSTALLER.name}
"""The house itself, which acts under names of its own."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _leaves(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str) and value[:1] in "[{" and value[-1:] in "]}":
        try:
            yield from _leaves(json.loads(value))
        except ValueError:
            yield value
    elif value is not None:
        yield str(value)


def of_the_house() -> set[str]:
    """Values of every declared field about persons in the database, sealed ones opened; what names an office or a school is public."""
    public = {
        name for model in (Office, Institution, Division) for name in model._base_manager.values_list("name", flat=True)
    }
    told = set[str]()
    for field in PERSONAL:
        room, _, model = field.table.partition(".")
        if room in {"lake", "files"} or (field.of is Class.TRACE and field.fields == ("address",)):
            continue
        for row in apps.get_model(room, model)._base_manager.all():
            for name in field.fields:
                told.update(_leaves(getattr(row, name)))
    return {
        one
        for one in told - public - _NOBODY
        if _HAN.search(one) or (_PLAIN.fullmatch(one) and not _DAY.fullmatch(one))
    }


def of_the_lake(lake: Lake) -> set[str]:
    """Codes of every pupil and teacher: all that the lake keeps by which rows tell of one person."""
    told = set[str]()
    for field in PERSONAL:
        room, _, key = field.table.partition(".")
        if room == "lake" and field.of is Class.CODE:
            for name in field.fields:
                for period in lake.periods(key):
                    rows = lake.rows(key, period=period).select(name).unique().collect()
                    told.update(str(one) for one in rows[name].to_list() if one)
    return told


def words_of(files: Mapping[str, bytes]) -> str:
    """All text of files, also of what is packed in them."""
    told = list[str]()
    for name, content in files.items():
        told.append(name)
        if name.endswith((".zip", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(content)) as folder:
                told += [folder.read(one).decode(errors="replace") for one in folder.namelist()]
        else:
            told.append(content.decode(errors="replace"))
    return "\n".join(told)


def met(words: str, values: set[str]) -> set[str]:
    """Which of these values stand in a text: Chinese anywhere, others as a whole word."""
    tokens = set(_PLAIN.findall(words)) | set(re.findall(r"[0-9A-Za-z_]{4,}", words))
    return {one for one in values if (one in tokens if _PLAIN.fullmatch(one) else one in words)}
