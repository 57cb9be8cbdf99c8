"""Where this house keeps accepted rows: one lake, below its own folder."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from luoshi.bureau.keys import PartKeys, keyring

if TYPE_CHECKING:
    from luoshi.keeping import Lake


def lake() -> "Lake":
    """The lake of this house (`settings.LAKE`); one object a process, so its index is read once.

    Threads may share it. Nothing is made on the disk before something is handed in.
    """
    return _opened(Path(settings.LAKE), keyring().folder)


@cache
def _opened(folder: Path, _: Path) -> "Lake":
    from luoshi.declared.private import RETENTIONS  # noqa: PLC0415
    from luoshi.keeping import Lake  # noqa: PLC0415 -- only who asks for a lake waits for its libraries

    return Lake(folder, PartKeys(keyring()), RETENTIONS)
