"""A process that deposits and compacts until it is killed; what was acknowledged it writes to a file, line by line.

`python -m tests.lake_toiler LAKE TOLD` is started once and forks a worker for each line it reads, so that a hundred
kills do not load the libraries a hundred times: it answers with the worker's process id.
"""

import os
import random
import sys
from pathlib import Path

import pyarrow as pa

from luoshi.keeping import Lake
from tests.lakes import KIND, classes, day, handed_in, handed_in_together

DIVISIONS = ("999901", "999902", "999903", "999904")

TOGETHER = 3
"""Every third time all divisions hand in at once."""


def pupils(number: int) -> dict[str, int]:
    """What the deposit of this number says: fifty schools."""
    return {f"s{at}": number * 1000 + at for at in range(50)}


def toil(lake: Lake, told: Path, seed: int) -> None:
    """Deposits of ever new numbers, a compaction now and then."""
    chance = random.Random(seed)
    with told.open("a") as acknowledged:
        for turn in range(10**6):
            number = seed * 10_000 + turn
            if turn % TOGETHER == TOGETHER - 1:
                many = dict.fromkeys(DIVISIONS, classes(**pupils(number)))
                editions = handed_in_together(lake, many, on=seed)
            else:
                editions = [handed_in(lake, classes(**pupils(number)), division=chance.choice(DIVISIONS), on=seed)]
            acknowledged.write("".join(f"{one.number} {one.division} {number}\n" for one in editions))
            acknowledged.flush()
            if chance.random() < 0.3:
                lake.compact(KIND, "2020", at=day(seed), by="统计员")


def main(folder: Path, told: Path) -> None:
    """A worker for every line of standard input, a number to choose by."""
    pa.scalar("")  # what pyarrow loads at its first value is loaded once; no thread is begun by it
    for line in sys.stdin:
        worker = os.fork()
        if not worker:
            toil(Lake(folder), told, int(line))
            os._exit(1)
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()
        os.waitpid(worker, 0)
        sys.stdout.write("dead\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
