"""Parts of the proof of upgrades that need a program of their own: `python -m tests.bureau.upgraded house|page`.

`house` makes one with a city and a round of reminders. `page` has an administrator press 升级演练 and the worker do it, first
stopped on the way, then to its end; prints the page after each as JSON.
"""

import json
import sys
from datetime import date

import django

django.setup()

from django.test import Client, override_settings  # noqa: E402

from luoshi.bureau.backups import working as backups  # noqa: E402
from luoshi.bureau.board.founding import prepare  # noqa: E402
from luoshi.bureau.board.working import OUTFIT, remind  # noqa: E402
from luoshi.bureau.jobs.actions.running import run_next  # noqa: E402
from luoshi.bureau.jobs.models import Job  # noqa: E402
from luoshi.bureau.jobs.worker import WORKER  # noqa: E402
from luoshi.bureau.people.actions import add_members  # noqa: E402
from luoshi.bureau.people.models import Person  # noqa: E402
from luoshi.bureau.plans.actions import open_city  # noqa: E402
from tests.bureau import xingzhou  # noqa: E402


def house() -> None:
    """Tables, a city, and one day's reminders."""
    prepare()
    open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True)
    remind(WORKER, date(2021, 3, 1))


def page() -> None:
    """Press, stop, press again."""
    client = Client()
    client.force_login(Person.objects.get(username="guanli"))
    told = [_pressed(client, stopped=True), _pressed(client, stopped=False)]
    sys.stdout.write(json.dumps(told))


def _pressed(client: Client, *, stopped: bool) -> dict[str, object]:
    client.post("/upgrading/ask/", {"kind": backups.REHEARSE, "once": str(stopped)})
    job = Job.objects.get(kind=backups.REHEARSE, state="waiting")
    Job.objects.filter(pk=job.pk).update(stop_asked=stopped)
    waits = client.get("/upgrading/").content.decode()
    run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    return {"waits": waits, "state": job.state, "page": client.get("/upgrading/").content.decode(), "words": job.result}


if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        {"house": house, "page": page}[sys.argv[1]]()
