"""The tables of a house: of a new one from the models as they are, of one that stands by the migrations it lacks."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from luoshi.bureau.backups import upgrading
from luoshi.bureau.backups.actions import upgrade
from luoshi.bureau.backups.founding import found
from luoshi.bureau.journal.actions import Actor, change_digest
from luoshi.bureau.people.rights import HOUSE

_SYSTEM = Actor("system", "系统安装", HOUSE)


def _silent(_: str) -> None:
    """Nobody listens."""


def prepare(say: Callable[[str], None] = _silent) -> None:
    """The tables, as the newest migration wants them; a house that stands is upgraded after a good rehearsal.

    Its journal goes on with the digest that is set.

    Raises:
        RefusedError: the rehearsal failed: the database stays as it is.
    """
    held = connection.introspection.table_names()
    if not held:
        found()
    elif "django_migrations" not in held:
        call_command("migrate", interactive=False, verbosity=0)  # somebody else's tables, none of ours yet
    elif steps := upgrading.pending():
        say(f"新版本要升级数据库 {len(steps)} 步：先备份，在恢复出的副本上演练，通过后才升级。")
        upgrade(_SYSTEM)
        say("演练通过，已升级。")
    if held:
        change_digest(_SYSTEM, settings.DIGEST)
