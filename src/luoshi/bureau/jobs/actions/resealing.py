"""密钥轮换: a new master wraps every key, a new data key seals what is written from now on, and a job seals the old anew."""

from collections.abc import Sequence

from django.apps import apps
from django.db import models, transaction

from luoshi.bureau.fields import Cipher, Sealed
from luoshi.bureau.jobs.actions.asking import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.turn import turn
from luoshi.bureau.keys import keyring
from luoshi.bureau.people.rights import require

KIND = "keys.reseal"


def turn_keys(actor: Actor, *, data: bool = True) -> Job | None:
    """A new master, and a new data key with the job that seals the old anew; None where only the master is turned.

    The keys are on the disk before the journal says so; a crash in between leaves keys that all open, and it is asked for again.

    Raises:
        RefusedError: no right, or a key is gone.
    """
    with act(actor, "keys.rotate", "keys") as note:
        require(actor, "keys")
        held = keyring()
        wrapped = held.turn_master()
        note.detail = {"重新包裹": wrapped, "新数据密钥": held.turn_data().name if data else ""}
    return enqueue(actor, KIND, {}, "用新密钥重新加密") if data else None


def sealed_columns(actor: Actor) -> list[tuple[type[models.Model], Sequence[str]]]:  # noqa: ARG001
    """Every table with sealed columns, and their names."""
    found = [
        (model, [one.name for one in model._meta.fields if isinstance(one, Sealed)])  # noqa: SLF001
        for model in apps.get_models()
    ]
    return [(model, names) for model, names in found if names]


def reseal_rows(
    actor: Actor,  # noqa: ARG001
    model: type[models.Model],
    names: Sequence[str],
    after: int,
    most: int,
) -> tuple[int, int]:
    """Seal a piece of a table by the key that seals now, what was never sealed among it; nothing a person decided is changed.

    Args:
        actor: whoever asked.
        model: the table.
        names: its sealed columns.
        after: rows with a greater id.
        most: rows at most.

    Returns:
        The last id that was looked at, 0 when there is none; how many rows were written.
    """
    now, done, last = keyring().current().name, 0, 0
    with turn(), transaction.atomic():
        for row in model._default_manager.select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")[:most]:  # noqa: SLF001
            last = row.pk
            stale = [name for name in names if _stale(row.__dict__[name], now)]
            for name in stale:
                setattr(row, name, getattr(row, name))
            if stale:
                row.save(update_fields=stale)
                done += 1
    return last, done


def _stale(held: object, now: str) -> bool:
    return bool(held) and not (isinstance(held, Cipher) and held.key == now)
