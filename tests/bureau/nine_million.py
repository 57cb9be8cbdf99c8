"""Fill a house with 3 000 schools × 300 indicators × 10 years, made up, through the room's own action; run in a process of its own.

python -m tests.bureau.nine_million SCHOOLS INDICATORS YEARS, with LUOSHI_HOME; prints one line of JSON.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import django

CLIENTS = 20
LAST = 2020


def fill(units: int, cells: int, years: int) -> dict[str, object]:
    """Open 星州 with its 17 counties, keep the years, let twenty people in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from benchmarks import many_values
    from luoshi.bureau.indicators.actions import keep_measuring
    from luoshi.bureau.indicators.models import Measuring
    from luoshi.bureau.people.actions import add_members
    from luoshi.bureau.people.models import Person
    from luoshi.bureau.plans.actions import open_city, store_plan
    from luoshi.declared import PARAMETERS
    from luoshi.imagining import county_names
    from luoshi.words.divisions import Division
    from luoshi.words.parameters import in_force
    from luoshi.words.provenance import digest
    from tests.bureau import xingzhou

    units_of = tuple(Division(code, name, "county") for code, name in county_names().items())
    city = open_city(xingzhou.INSTALLER, replace(xingzhou.FOLDER, divisions=units_of))
    members = [replace(one, division=units_of[0].code if one.division else "") for one in xingzhou.MEMBERS]
    add_members(xingzhou.INSTALLER, members, demo=True)
    store_plan(
        xingzhou.actor("ducha"), city, xingzhou.plan(), file_name="要点.txt", file_digest=digest(b"x"), form="txt"
    )
    took = []
    for year in range(LAST - years + 1, LAST + 1):
        told = list(many_values.moments(year, units=units, cells=cells))
        values = {key: str(value) for key, value in in_force(PARAMETERS, date(year, 9, 1)).items()}
        run = Measuring(city=city, year=year, entry=1, head="0" * 64, state=f"{year}", values=values)
        begun = time.perf_counter()
        keep_measuring(xingzhou.actor("jijiao"), run, told, forms=many_values.form)
        took.append(time.perf_counter() - begun)
    sessions = []
    for number in range(CLIENTS):
        person = Person.objects.get(username="jijiao" if number % 2 else "ducha")
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    school, county = many_values.schools(units)[0]
    return {
        "sessions": sessions,
        "seconds": took,
        "school": school,
        "county": county,
        "keys": many_values.keys(cells),
        "runs": list(Measuring.objects.order_by("year").values_list("pk", flat=True)),
    }


def main() -> None:
    """What was filled, as one line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.bureau.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    from luoshi.bureau.board.founding import prepare

    prepare()
    told = fill(*map(int, sys.argv[1:4]))
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    told["bytes"] = Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
