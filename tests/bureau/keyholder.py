"""One of several who come with the same code at once: `python -m tests.bureau.keyholder CODE AT` prints in or refused.

`python -m tests.bureau.keyholder prepare` makes the tables and a person with a telephone, and prints its secret and the recovery
codes as JSON.
"""

import json
import sys
import time

import django

django.setup()

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.entering.actions import factors  # noqa: E402
from luoshi.bureau.people.actions import add_members  # noqa: E402
from luoshi.bureau.people.models import Person  # noqa: E402
from luoshi.bureau.plans.actions import open_city  # noqa: E402
from luoshi.words.errors import RefusedError  # noqa: E402
from tests.bureau import xingzhou  # noqa: E402
from tests.bureau.test_signing_in_second import totp  # noqa: E402

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def prepare() -> None:
    """Tables, city, and the administrator's telephone."""
    tables()
    open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True)
    who, person = xingzhou.actor("guanli"), Person.objects.get(username="guanli")
    codes = factors.add_totp(who, person, SECRET, totp(SECRET, time.time()))
    sys.stdout.write(json.dumps({"secret": SECRET, "codes": codes}))


def come(code: str, at: float) -> None:
    """With a code, at a moment all of them know."""
    who, person = xingzhou.actor("guanli"), Person.objects.get(username="guanli")
    time.sleep(max(0.0, at - time.time()))
    try:
        factors.verify_code(who, person, code)
    except RefusedError:
        sys.stdout.write("refused")
    else:
        sys.stdout.write("in")


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        come(sys.argv[1], float(sys.argv[2]))
