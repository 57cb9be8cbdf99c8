"""Migrations that wait, and whether a rehearsal has shown that they may touch the real database."""

import inspect
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from luoshi.bureau.backups.tables import named
from luoshi.keeping import disk
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was found when the upgrade was tried on a restored backup."""

    mark: str
    """Of the version and the very steps that were tried."""
    version: str
    at: str
    """When, ISO."""
    good: bool
    backup: str
    """The backup that was taken for it: what was before the upgrade."""
    steps: tuple[str, ...]
    figures: Mapping[str, Any]
    findings: tuple[tuple[str, str, str, str], ...] = ()
    """Why not: where, what, rule, remedy."""


def software() -> str:
    """The version that runs here."""
    return version("luoshi")


def pending() -> list[str]:
    """Migrations this version has and the database lacks, as room.name, in the order they are applied."""
    return [named(one) for one in _waiting(MigrationLoader(connection))]


def _waiting(loader: MigrationLoader) -> list[tuple[str, str]]:
    applied = set(loader.applied_migrations)
    plan = [one for leaf in sorted(loader.graph.leaf_nodes()) for one in loader.graph.forwards_plan(leaf)]
    return [one for one in dict.fromkeys(plan) if one not in applied]


def mark() -> str:
    """A digest of the version and of every waiting step, to the letter: another step is another rehearsal."""
    loader = MigrationLoader(connection)
    made = sha256(software().encode())
    for node in _waiting(loader):
        made.update(named(node).encode())
        made.update(Path(inspect.getfile(type(loader.disk_migrations[node]))).read_bytes())
    return made.hexdigest()


def migrate() -> None:
    """Apply what waits; each step is one transaction.

    Raises:
        RefusedError: a step failed; those before it stand.
    """
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        if os.environ.get("LUOSHI_TRACEBACK"):
            raise
        left = pending()
        where = f"升级步骤 {left[0]}" if left else "升级"
        rule = "每一步须整步做成；没有做成的一步不留下任何改动"
        remedy = "请继续使用原版本，并把这几行交系统维护人员，设 LUOSHI_TRACEBACK=1 可得详情"
        raise RefusedError(Finding(where, f"没有做成（{type(error).__name__}）", rule, remedy)) from error


def _place() -> Path:
    return Path(settings.HOME) / "rehearsal.json"


def last() -> Rehearsal | None:
    """The last rehearsal; it stands in a file, because the tables of the journal may be what waits to be upgraded."""
    try:
        told = json.loads(_place().read_bytes())
        told["steps"], told["findings"] = tuple(told["steps"]), tuple(tuple(one) for one in told["findings"])
        return Rehearsal(**told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(told: Rehearsal) -> None:
    """Write it down in place of the one before."""
    made = _place().with_suffix(".part")
    disk.write(made, json.dumps(asdict(told), ensure_ascii=False, indent=1).encode())
    disk.rename(made, _place())


def rehearsed() -> bool:
    """Whether the last rehearsal was good, and of exactly what waits."""
    told = last()
    return told is not None and told.good and told.mark == mark()
