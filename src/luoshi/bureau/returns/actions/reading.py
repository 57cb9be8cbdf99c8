"""Workbooks of a large archive that were read are put aside, a piece at a time, so that a worker that ends need not read them again.

No act of the journal: nothing of a return is kept by it. The rows are kept, as the person who sent them, when all were read.
"""

import json
from collections.abc import Callable, Sequence

from django.db import transaction

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.queries import content, file
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.bureau.returns.packing import heard, packed, said, unpacked
from luoshi.checking import Taken
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def set_aside(actor: Actor, parts: Sequence[Taken], told: Sequence[Finding], passed: Callable[[str], None]) -> None:
    """Put a piece aside and say under which digest it lies, together or neither.

    Args:
        actor: whoever sent it.
        parts: rows without what names persons.
        told: what is said of its files.
        passed: given the digest within the transaction.
    """
    with turn(), transaction.atomic():
        record = {"parts": [packed(actor, part) for part in parts], "told": [said(one) for one in told]}
        passed(keep(actor, json.dumps(record, ensure_ascii=False).encode(), "piece.json", "application/json").digest)


def taken_up(actor: Actor, digest: str) -> tuple[list[Taken], list[Finding]]:  # noqa: ARG001 (as all of this module)
    """What was put aside under a digest.

    Raises:
        RefusedError: it is gone, or was changed.
    """
    kept = file(digest)
    if kept is None:
        raise RefusedError(Finding("后台导入", "读过的数据不在了", "中途存下的须原样在", "请重新导入这个压缩包"))
    record = json.loads(content(kept))
    return [unpacked(one) for one in record["parts"]], [heard(one) for one in record["told"]]
