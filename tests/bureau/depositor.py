"""One who accepts a county's returns and is killed on the way: `python -m tests.bureau.depositor STEP [TIMES]`.

`prepare` makes the house with one county checked. `accept STEP` accepts it and dies after that step by SIGKILL; `accept never`
lives. `settle` finishes what is left and prints what is kept.
"""

import json
import os
import signal
import sys

import django

django.setup()

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.lakes import lake  # noqa: E402
from luoshi.bureau.people.actions import add_members  # noqa: E402
from luoshi.bureau.plans.actions import open_city  # noqa: E402
from luoshi.bureau.returns import actions  # noqa: E402
from luoshi.bureau.returns.models import Deposit, Unit, Window  # noqa: E402
from tests.bureau import collected, xingzhou  # noqa: E402

HERE = collected.COUNTIES[1]


def prepare() -> None:
    """The house, with the returns of one county checked by it."""
    tables()
    city = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True)
    collected.fill_lake()
    collected.carried(collected.opened(city), HERE, "checked")


def accept(step: str) -> None:
    """Accept what waits for it, three units when it is to die after a step, else all."""

    def passed(at: str) -> None:
        if at == step:
            os.kill(os.getpid(), signal.SIGKILL)

    window = Window.objects.get()
    seen = collected.seen(window, county=HERE, state="county")
    some = dict(list(seen.items())[:3]) if step != "never" else seen
    if some:
        actions.accept(xingzhou.actor("jijiao"), window.pk, HERE, some, collected.ON, passed)


def settle() -> None:
    """Finish what is left, and say what is kept."""
    actions.settle(xingzhou.actor("jijiao"))
    window = Window.objects.get()
    told = {
        "editions": [(one.number, one.rows) for one in lake().editions("class_bands", window.period, HERE)],
        "deposits": list(Deposit.objects.values_list("edition", "rows")),
        "states": sorted(
            set(Unit.objects.filter(window=window, county=HERE, filing__isnull=False).values_list("state", flat=True))
        ),
        "faults": [str(one) for one in lake().verify()],
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    {"prepare": prepare, "settle": settle}.get(sys.argv[1], lambda: accept(sys.argv[2]))()
