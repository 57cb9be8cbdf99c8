"""Schools, teachers, courses and a term of choosing in 星州, made by the actions everybody uses. 演示数据（虚构）."""

from collections.abc import Sequence
from datetime import date, time

from luoshi.bureau.keys import keyring
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.training import actions
from luoshi.bureau.training.actions.courses import Offered
from luoshi.bureau.training.actions.register import Learnt, Listed
from luoshi.bureau.training.actions.terms import Held, Opening
from luoshi.bureau.training.models import Course, Session, Teacher, Term
from luoshi.matching.deciding import digest
from tests.bureau.xingzhou import actor
from tests.lists_of_persons import number

ON = date(2021, 9, 20)
OWN, OTHER = "990121", "990102"
SCHOOLS = (("S1", "角阳一小", OWN), ("S2", "角阳二中", OWN), ("S3", "斗城一小", OTHER))


def code(serial: int) -> str:
    """Of the teacher with this number."""
    return digest(keyring().coding().secret, number(serial, "19800401"))


def schools(city: City) -> None:
    """Three, of two counties."""
    for key, name, county in SCHOOLS:
        Institution.objects.create(city=city, code=key, name=name, kind="211", county=county)


def teachers(city: City, many: int = 6, **changed: object) -> list[Teacher]:
    """So many teachers, by turns at the three schools; each has an account T0, T1 …"""
    if not Institution.objects.filter(city=city).exists():
        schools(city)
    rows = []
    for serial in range(many):
        Person.objects.get_or_create(
            username=f"t{serial}", defaults={"name": f"师{chr(0x7532 + serial)}", "role": "teacher"}
        )
        school = SCHOOLS[serial % 3][0]
        rows.append(
            Listed(
                code(serial), f"师{chr(0x4E00 + serial)}名", school, "chinese", "primary", login=f"t{serial}", **changed
            )
        )  # type: ignore[arg-type]
    actions.keep_people(actor("ducha"), city, rows, ON)
    return list(Teacher.objects.filter(city=city).order_by("login"))


def learnt(
    serial: int, hours: int, year: int = 2019, kind: str = "local", title: str = "旧培训", practice: int = 0
) -> Learnt:
    """A line of the records."""
    return Learnt(code(serial), year, title, kind, hours * 10, practice * 10)


def course(city: City, title: str = "大单元教学", tenths: int = 80, kind: str = "local") -> Course:
    """A listed course."""
    row = actions.send_course(
        actor("jijiao"), city, Offered(title, "星州教师发展中心（演示）", kind, "present", tenths), ON
    )
    actions.review_course(actor("ducha"), row.pk, "reviewed", "切合需要", ON, 86)
    return actions.review_course(actor("ducha"), row.pk, "listed", "同意", ON)


def term(city: City, most: int = 1, ranked: int = 3) -> Term:
    """A term that is open on the day."""
    return actions.open_term(
        actor("ducha"), city, Opening("秋季选课（演示）", date(2021, 9, 1), date(2021, 9, 25), most, ranked)
    )


def session(of: Course, into: Term | None, seats: int, begins: date = date(2021, 10, 9), days: Sequence[int] = (0,), **also: object) -> Session:  # fmt: skip
    """A session of a course."""
    until = date.fromordinal(begins.toordinal() + days[-1])
    held = Held(begins, until, time(9), time(17), "教师发展中心", seats, **also)  # type: ignore[arg-type]
    return actions.hold(actor("ducha"), of.pk, into.pk if into else None, held)
