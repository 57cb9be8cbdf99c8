"""账号表 as a job: carried out a piece at a time, stopped and gone on with between pieces."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.files.queries import content, file
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.bureau.posts.accounts import Account, from_record
from luoshi.bureau.posts.actions.accounts import KIND, add_accounts, close_intake, open_intake
from luoshi.bureau.posts.models import Intake
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

__all__ = ["KIND", "carry_out", "import_accounts", "kept_rows"]
PIECE = 400
"""Accounts that are kept in one transaction."""


def kept_rows(aside: str) -> list[Account]:
    """The rows that were put aside.

    Raises:
        RefusedError: they are gone.
    """
    found = file(aside)
    if found is None:
        raise RefusedError(Finding("账号表", "读过的数据不在了", "中途存下的须原样在", "请重新上传账号表"))
    return from_record(json.loads(content(found)))


def _pieces(rows: Sequence[Account]) -> Iterator[list[Account]]:
    """Some accounts at a time, all rows of an account together, in the order they first stand in the workbook."""
    by_login: dict[str, list[Account]] = {}
    for one in rows:
        by_login.setdefault(one.login, []).append(one)
    logins = list(by_login)
    for at in range(0, len(logins), PIECE):
        yield [row for login in logins[at : at + PIECE] for row in by_login[login]]


def import_accounts(step: Step) -> Mapping[str, object]:
    """Carry a workbook out. The checkpoint names its record and how many pieces are done.

    Raises:
        RefusedError: no right any more, or its rows are gone.
    """
    rows, told = kept_rows(step.arguments["aside"]), step.arguments
    if step.checkpoint is None:
        with turn(), transaction.atomic():
            made = open_intake(step.actor, told["name"], told["digest"], len(rows), timezone.localdate())
            step.reached(0, len(rows), _("开始办理"), {"intake": made.pk, "pieces": 0})
        number, begin = made.pk, 0
    else:
        number, begin = step.checkpoint["intake"], step.checkpoint["pieces"]
    for at, piece in enumerate(_pieces(rows)):
        if at >= begin:
            with turn(), transaction.atomic():
                add_accounts(step.actor, number, piece, timezone.localdate())
                done = Intake.objects.values_list("done", flat=True).get(pk=number)
                words = _("已办 %(done)s 行，共 %(total)s 行") % {"done": done, "total": len(rows)}
                step.reached(done, len(rows), words, {"intake": number, "pieces": at + 1})
    return {"words": said_counts(close_intake(step.actor, number)), "url": "/people/"}


def said_counts(made: Intake) -> str:
    """What became of a workbook, in words."""
    told = made.counts
    return _("新账号 %(person)s，新任职 %(post)s，更改 %(changed)s，到期 %(ended)s，无变化 %(same)s") % {
        kind: told.get(kind, 0) for kind in ("person", "post", "changed", "ended", "same")
    }


def carry_out(actor: Actor, name: str, told: str, rows: Sequence[Account], say: Callable[[str], object]) -> Intake:
    """The same at once, for the command line.

    Args:
        actor: who.
        name: of the file.
        told: its digest.
        rows: what it holds.
        say: told how far it has come.
    """
    today = timezone.localdate()
    made = open_intake(actor, name, told, len(rows), today)
    done = 0
    for piece in _pieces(rows):
        add_accounts(actor, made.pk, piece, today)
        done += len(piece)
        say(f"已办 {done} 行，共 {len(rows)} 行")
    return close_intake(actor, made.pk)
