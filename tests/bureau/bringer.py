"""One of several who bring evidence at once: `python -m tests.bureau.bringer NUMBER OF EACH` prints a line for every act.

All call their files by the same few names, each with other bytes; every fourth is a copy, the same bytes under another
name, that another brings too; every fifth is withdrawn again. `… prepare` makes the tables and an issued plan first.
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.evidence import actions  # noqa: E402
from luoshi.bureau.journal.actions import Actor  # noqa: E402
from luoshi.bureau.ledger.actions import confirm  # noqa: E402
from luoshi.bureau.ledger.models import Commitment  # noqa: E402
from luoshi.bureau.plans.actions import open_city, store_plan  # noqa: E402
from luoshi.bureau.plans.models import Proposal  # noqa: E402
from luoshi.words.provenance import digest  # noqa: E402
from tests.bureau import xingzhou  # noqa: E402

NAMES = ("通知.txt", "名单.txt")


def content(number: int, turn: int) -> bytes:
    """What one brings at a turn: nobody else's bytes, but every fourth time what all bring."""
    whose = "共有" if turn % 4 == 3 else f"第{number}人"
    return f"演示数据（虚构）　{whose}　第{turn}份\n".encode() * (1 + turn % 7)


def main(number: int, each: int) -> None:
    actor = Actor(f"bringer{number}", f"报送{number}", "supervisor")
    rows = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
    for turn in range(each):
        sent = content(number, turn)
        name = f"抄件{number}.txt" if turn % 4 == 3 else NAMES[turn % 2]
        piece = actions.attach(actor, rows[turn % len(rows)], sent, name, f"第{turn}份")
        sys.stdout.write(json.dumps(["attach", piece.pk, name, digest(sent)]) + "\n")
        if turn % 5 == 4:
            actions.withdraw(actor, piece.pk, "重报")
            sys.stdout.write(json.dumps(["withdraw", piece.pk, name, digest(sent)]) + "\n")
    sys.stdout.flush()
    connection.close()


def prepare() -> None:
    tables()
    city = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    supervisor = xingzhou.actor("ducha")
    store_plan(supervisor, city, xingzhou.plan(), file_name="要点.txt", file_digest="0" * 64, form="txt")
    for one in Proposal.objects.all():
        confirm(supervisor, one.pk, one.version)


def check() -> None:
    """Everything of the house held against itself: chains, journal, and every file against its digest."""
    from luoshi.bureau.evidence.models import Piece
    from luoshi.bureau.evidence.queries import broken
    from luoshi.bureau.files.models import File
    from luoshi.bureau.files.queries import content as kept
    from luoshi.bureau.journal.queries import broken as journal_broken

    faults = [str(found) for row in Commitment.objects.all() if (found := broken(row))]
    faults += [str(found)] if (found := journal_broken()) else []
    for file in File.objects.all():
        kept(file)
    told = Piece.objects.order_by("pk").select_related("file", "withdrawal")
    pieces = [[one.pk, one.name, one.file.digest, hasattr(one, "withdrawal")] for one in told]
    sys.stdout.write(json.dumps({"faults": faults, "pieces": pieces, "files": File.objects.count()}))


if __name__ == "__main__":
    match sys.argv[1]:
        case "prepare":
            prepare()
        case "check":
            check()
        case number:
            main(int(number), int(sys.argv[2]))
