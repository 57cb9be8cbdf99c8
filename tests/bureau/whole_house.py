"""星州 of any size in a folder of its own: plan, year, rows of two years, measures, the register of schools, what was published. As a program: whole_house.py HOME SCHOOLS."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luoshi.bureau.people.models import City

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {"欧阳演示", "13900000123", "司马演示", "yanshizhanghao", "演示家长甲"}
"""Names and a number that stand nowhere but where persons are kept."""
YEARS, SEED, FIRST = (2019, 2020), 2021, 2018


def surroundings(home: Path) -> dict[str, str]:
    """What a program of this house runs in."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "LUOSHI_KEYS"}}
    told = {"LUOSHI_HOME": str(home), "LUOSHI_DEMO": "1", "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    return {**kept, **told, "PYTHONPATH": str(ROOT)}


def build(schools: int) -> None:
    """Everything, in the house of `LUOSHI_HOME`."""
    from luoshi.bureau.board import collected_of_demo, published_of_demo, schools_of_demo
    from luoshi.bureau.board.opening import open_demo
    from luoshi.bureau.board.working import OUTFIT
    from luoshi.bureau.indicators.actions import ask_for_measuring
    from luoshi.bureau.jobs.actions.running import run_next
    from luoshi.bureau.jobs.worker import WORKER
    from luoshi.bureau.lakes import lake
    from luoshi.imagining import City
    from luoshi.imagining.depositing import deposit, moment_of

    city = open_demo(ROOT / "cities" / "xingzhou", lambda _: None)
    for _ in deposit(City(schools, SEED, first=FIRST), YEARS, lake()):
        pass
    ask_for_measuring(WORKER, city, YEARS[-1], lake().head[1], moment_of(YEARS[-1]).date())
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    collected_of_demo.YEAR = YEARS[-1]  # nothing was collected besides: the register of the newest year there is
    schools_of_demo.register_all(city)
    assert published_of_demo.publish(city)
    _people(city)


def _people(city: "City") -> None:
    """Petitioners, a contact with a telephone and an account whose names stand nowhere else, so that a leak would be seen."""
    from luoshi.bureau.board import cases_of_demo
    from luoshi.bureau.ledger.actions.amending import Cell, amend
    from luoshi.bureau.ledger.models import Commitment
    from luoshi.bureau.people.actions import add_members
    from luoshi.bureau.people.models import Person
    from luoshi.bureau.people.queries import acting
    from luoshi.reading.city import Member

    cases_of_demo.handle(city)
    row = Commitment.objects.filter(audience="public").order_by("pk")[0]
    told = {"contact": Cell("欧阳演示"), "phone": Cell("13900000123")}
    amend(acting(Person.objects.get(username="ducha")), row.pk, told)
    member = Member("yanshizhanghao", "司马演示", "county", "", "990102")
    add_members(acting(Person.objects.get(username="guanli")), [member], demo=False)


def main() -> None:
    """Build the house of this folder."""
    home, schools = sys.argv[1:]
    told = {"LUOSHI_HOME": home, "LUOSHI_DEMO": "1", "LUOSHI_DEMO_ROWS": "off"}
    os.environ.update({**told, "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"})
    import django

    django.setup()
    build(int(schools))


if __name__ == "__main__":
    main()
