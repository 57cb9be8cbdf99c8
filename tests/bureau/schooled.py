"""Schools that sign in themselves: the register of the small city, a window, accounts out of a workbook. 演示数据（虚构）."""

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.posts.accounts import read_accounts
from luoshi.bureau.posts.importing import carry_out
from luoshi.bureau.returns.models import Unit, Window
from luoshi.words.provenance import digest
from tests.bureau import collected
from tests.bureau.collected import COUNTIES
from tests.bureau.xingzhou import actor

HERE, THERE = COUNTIES[1], COUNTIES[0]
HEAD = "账号,姓名,角色,科室,单位,股室,职务,电话,起,止,主要任职,学校标识码\n"


def opened(city: City) -> Window:
    """A window for the bands of this year, and the register of schools."""
    collected.fill_lake()
    register = collected.frames()["institutions"]
    Institution.objects.bulk_create(
        Institution(city=city, code=row["school"], name=row["name"], kind=row["kind"], county=row["county"])
        for row in register.iter_rows(named=True)
    )
    return collected.opened(city)


def three(window: Window) -> tuple[Unit, Unit, Unit]:
    """A school, its neighbour in the same county, and one of another county."""
    here = list(Unit.objects.filter(window=window, county=HERE).order_by("code")[:2])
    other = Unit.objects.filter(window=window, county=THERE).first()
    assert other
    return here[0], here[1], other


def accounts(*lines: str) -> None:
    """A workbook of accounts carried out."""
    told = read_accounts("账号.csv", (HEAD + "".join(f"{line}\n" for line in lines)).encode())
    assert told.findings == (), [str(one) for one in told.findings]
    carry_out(actor("guanli"), "账号.csv", digest(b"x"), told.rows, lambda _: None)


def account(unit: Unit | Institution, login: str = "xiao") -> Actor:
    """An account of a school out of a workbook, and the actor it is."""
    accounts(f"{login},校务子,学校,,,,教务主任,,2020-09-01,,,{unit.code}")
    return Actor(login, "校务子", "school", division=unit.county, school=unit.code)
