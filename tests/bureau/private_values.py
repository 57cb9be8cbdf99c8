"""Every value about persons that a house keeps, opened, and where any of it stands in files that left the house. As a program: private_values.py SITE."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bureau.reading_sites import files_of
from tests.bureau.whole_house import ROOT, surroundings

if TYPE_CHECKING:
    from luoshi.keeping import Lake

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_PLAIN = re.compile(r"[0-9A-Za-z_@.+-]{4,}")
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
    from django.apps import apps

    from luoshi.bureau.board.opening import INSTALLER
    from luoshi.bureau.jobs.worker import WORKER
    from luoshi.bureau.people.models import Division, Institution, Office
    from luoshi.declared.private import PERSONAL
    from luoshi.handling.parts import CLOCK
    from luoshi.words.private import Class

    itself = {CLOCK.login, CLOCK.name, WORKER.login, WORKER.name, INSTALLER.login, INSTALLER.name}
    public = itself | {
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
    return {one for one in told - public if _HAN.search(one) or (_PLAIN.fullmatch(one) and not _DAY.fullmatch(one))}


def of_the_lake(lake: "Lake") -> set[str]:
    """Codes of every pupil and teacher: all that the lake keeps by which rows tell of one person."""
    from luoshi.declared.private import PERSONAL
    from luoshi.words.private import Class

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


def looked_for(home: Path, site: Path) -> dict[str, Any]:
    """What is known in a house, how many codes its lake holds, and which of all that stands in a site: by a program of its own."""
    command = [sys.executable, "-m", "tests.bureau.private_values", str(site)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(home), check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Look through the site that is named."""
    import django

    django.setup()
    from luoshi.bureau.lakes import lake

    words, house, rows = words_of(files_of(Path(sys.argv[1]))), of_the_house(), of_the_lake(lake())
    told = {"known": sorted(house), "lake": len(rows), "met": sorted(met(words, house) | met(words, rows))}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
