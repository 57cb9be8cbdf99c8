"""A large file as a job: read a piece at a time, checked once, then kept in pieces of some units, each with the checkpoint.

    an archive of workbooks ── read, a piece of them at a time, each put aside with the checkpoint ──┐
    a long table, read when it came ─────────────────────────────────────────────────────────────────┴─ checked ── kept

Stopped or killed while it is read nothing is kept of any unit; while it is kept, whole units are or are not. Whoever goes on begins
where it was. A workbook names its headmaster, and what names a person is not stored: an archive is read in a process that has it
from the page through a pipe, and of what it reads only the rows are put aside.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.files.queries import content, file
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.returns.actions.bringing import KIND, Ready, Sent, prepare, write
from luoshi.bureau.returns.actions.holding import MOST_SAID
from luoshi.bureau.returns.actions.reading import set_aside, taken_up
from luoshi.bureau.returns.models import Window
from luoshi.bureau.returns.packing import heard, said, unpacked
from luoshi.bureau.returns.taking import Opened, chosen, name_persons, read_layouts
from luoshi.checking import Taken, joined
from luoshi.reading.deliveries import read_entries, tables_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

__all__ = ["KIND", "import_archive", "import_returns"]
PIECE = 200
"""Units that are kept in one transaction."""
BOOKS = 25
"""Workbooks that are read between two checkpoints: some seven seconds of two slow cores."""


@dataclass(frozen=True, slots=True)
class _Come:
    """How far it has come, as the checkpoint keeps it."""

    read: int = 0
    """Workbooks that were read."""
    persons: bool = False
    """Whether one of them names persons; then the archive is not kept."""
    aside: tuple[str, ...] = ()
    """Digests of what was put aside."""
    refused: tuple[Sequence[str], ...] = ()
    """Why some of them cannot be taken."""
    kept: tuple[str, ...] = ()
    """Codes of units that are kept."""

    def record(self) -> dict[str, object]:
        """As JSON keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}


def _come(told: Mapping[str, Any] | None) -> _Come:
    fields: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in (told or {}).items()}
    return _Come(**fields)


def import_returns(step: Step) -> Mapping[str, object]:
    """Check and keep what a long table holds. The checkpoint names the units that are kept already.

    Raises:
        RefusedError: no row of it may be taken any more.
    """
    told, come = step.arguments, _come(step.checkpoint)
    kept = None if told["persons"] else file(told["digest"])
    opened = Opened(tuple(unpacked(one) for one in told["parts"]), persons=told["persons"])
    return _imported(step, content(kept) if kept else b"", come, lambda _: opened)


def import_archive(archive: bytes, step: Step) -> Mapping[str, object]:
    """Read, check and keep an archive of workbooks. The checkpoint names what was put aside and the units that are kept already.

    Args:
        archive: as it came.
        step: of the job; its arguments may hold how far an earlier one with the same archive came.

    Raises:
        RefusedError: the archive did not come whole, a workbook is of no layout, or no row may be taken.
    """
    told = step.arguments
    if digest(archive) != told["digest"]:
        raise RefusedError(Finding(told["name"], "压缩包没有收全", "须与上传时逐字节一致", "请重新导入"))
    window, come = _window(step), _read(step, archive, _come(step.checkpoint or told["come"]))

    def opened(come: _Come) -> Opened:
        pieces = [taken_up(step.actor, one) for one in come.aside]
        said_of_all = tuple(dict.fromkeys(one for _, some in pieces for one in some))
        parts = joined([part for some, _ in pieces for part in some])
        return chosen(parts, said_of_all, told["name"], window, persons=come.persons)

    return _imported(step, archive, come, opened)


def _window(step: Step) -> Window:
    return Window.objects.select_related("city").get(pk=step.arguments["window"])


def _imported(step: Step, sent: bytes, come: _Come, opened: Callable[[_Come], Opened]) -> Mapping[str, object]:
    told, window = step.arguments, _window(step)
    step.reached(len(come.kept), 0, _("正在核对"), come.record())
    ready = prepare(step.actor, window, opened(come), Sent(told["name"], sent, told["digest"], told["unit"]))
    total = _keep(step, ready, come)
    return {"words": _said(ready, total), "url": _seen_at(step, window)}


def _read(step: Step, archive: bytes, come: _Come) -> _Come:
    """Read the workbooks that were not read before. What cannot be taken is told of all of them, before anything is kept."""
    window, entries = _window(step), list(tables_of(archive).items())
    for at in range(come.read, len(entries), BOOKS):
        some = dict(entries[at : at + BOOKS])
        come = replace(come, read=at + len(some))
        try:
            files = read_entries(archive, some)
            parts, told = read_layouts(files, window)
        except RefusedError as refusal:
            come = replace(come, refused=(*come.refused, *map(said, refusal.findings)))
            _read_so_far(step, len(entries), come)
        else:
            come = replace(come, persons=come.persons or name_persons(files))
            come = _put_aside(step, parts, told, come, len(entries))
        if len(come.refused) >= MOST_SAID:
            break
    if come.refused:
        raise RefusedError(*map(heard, come.refused[:MOST_SAID]))
    return come


def _put_aside(step: Step, parts: Sequence[Taken], told: Sequence[Finding], come: _Come, total: int) -> _Come:
    after = list[_Come]()

    def passed(digest: str) -> None:
        after.append(replace(come, aside=(*come.aside, digest)))
        _read_so_far(step, total, after[0])

    set_aside(step.actor, parts, told, passed)
    return after[0]


def _read_so_far(step: Step, total: int, come: _Come) -> None:
    words = _("已读 %(done)s 份，共 %(total)s 份") % {"done": come.read, "total": total}
    step.reached(come.read, total, words, come.record())


def _keep(step: Step, ready: Ready, come: _Come) -> int:
    """Keep the units that are not kept yet; how many there are in all."""
    codes = sorted(ready.held.keys() - set(come.kept))
    total = len(codes) + len(come.kept)
    for at in range(0, len(codes), PIECE):
        piece = codes[at : at + PIECE]
        come = replace(come, kept=(*come.kept, *piece))
        write(step.actor, ready, piece, partial(_kept_so_far, step, come, total))
    return total


def _kept_so_far(step: Step, come: _Come, total: int) -> None:
    done = len(come.kept)
    words = _("已导入 %(done)s 个单位，共 %(total)s 个") % {"done": done, "total": total}
    step.reached(done, total, words, come.record())


def _said(ready: Ready, total: int) -> str:
    left = _("，%(left)s 个单位的行没有导入") % {"left": len(ready.left)} if ready.left else ""
    return _("已导入 %(total)s 个单位") % {"total": total} + left


def _seen_at(step: Step, window: Window) -> str:
    """Where whoever brought it may look: a school at its own sheet, everybody else at the window."""
    if step.actor.role == "school":
        return reverse("return_unit", args=[window.pk, step.arguments["unit"]])
    return reverse("return_window", args=[window.pk])
