"""Two ways to the same pages of a house: the whole site written by ours, and its school pages fetched one by one. As a program: site_sides.py SIDE HOME."""

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

_DAY = date(2021, 12, 31)


def ours(home: Path) -> dict[str, float]:
    """The command's work, from the first query to the folder in its place."""
    from luoshi.bureau.board.site.gathering import Told
    from luoshi.bureau.board.site.making import site
    from luoshi.bureau.board.site.writing import write
    from luoshi.bureau.people.models import City

    begun = time.perf_counter()
    made = write(home / "site", site(Told(City.objects.get(), _DAY), lambda _: None))
    return {"seconds": time.perf_counter() - begun, "files": made.files, "bytes": made.bytes}


def one_by_one(_: Path) -> dict[str, float]:
    """Every school's page, as a mirroring program fetches it."""
    from django.test import Client
    from django.test.utils import override_settings

    from luoshi.bureau.people.models import Institution

    codes = list(Institution.objects.filter(until=None).values_list("code", flat=True))
    with override_settings(ROOT_URLCONF="tests.bureau.site_sides", ALLOWED_HOSTS=["*"]):
        client, size = Client(), 0
        begun = time.perf_counter()
        for code in codes:
            answer = client.get(f"/schools/{code}.html")
            assert answer.status_code == 200
            size += len(answer.content)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "files": len(codes), "bytes": size}


def _page(request: Any, code: str) -> Any:
    from django.shortcuts import render

    from luoshi.bureau.people.models import City, Division, Institution
    from luoshi.declared.returns.codes import KINDS

    row, city = Institution.objects.get(code=code, until=None), City.objects.get()
    county = Division.objects.get(code=row.county)
    school = {
        "code": code,
        "name": row.name,
        "county": county.name,
        "kind": KINDS.get(row.kind, ""),
        "run_by": row.operator,
    }
    note = {"city": city.name, "bureau": city.bureau, "on": _DAY.isoformat(), "imaginary": city.imaginary}
    return render(
        request, "board/site/school.html", {"school": school, "site": note, "root": "../", "rooms": [], "mentions": []}
    )


def __getattr__(name: str) -> Any:
    """`urlpatterns`, once Django asks for them: nothing of Django is loaded before its settings are known."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.contrib.auth.decorators import login_not_required
    from django.urls import path

    from luoshi.bureau.urls import urlpatterns

    return [path("schools/<str:code>.html", login_not_required(_page)), *urlpatterns]


def main() -> None:
    """One side in this process."""
    import django

    django.setup()
    side, home = sys.argv[1:]
    measured = {"ours": ours, "one_by_one": one_by_one}[side](Path(home))
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
