"""Trainings of the made-up city: a living supermarket, a term that was given out and one that is open. 演示数据（虚构） only.

Everything goes through the actions that everybody uses. Two teachers may be entered as: one who chose, got a place and may sign in today,
and one at another school.
"""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from datetime import time as clock

from luoshi.bureau.board.words_of_demo import MARK
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.keys import keyring
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.training import actions
from luoshi.bureau.training.actions.attending import Signed
from luoshi.bureau.training.actions.courses import Offered
from luoshi.bureau.training.actions.register import Learnt, Listed, Wanted
from luoshi.bureau.training.actions.rolls import Came, Filed
from luoshi.bureau.training.actions.terms import ALLOT, Held, Opening
from luoshi.bureau.training.models import Course, Credit, Session, Teacher, Term
from luoshi.bureau.training.placing import allot_term
from luoshi.matching.deciding import digest
from luoshi.reading.city import Member

TODAY = date(2021, 12, 20)
LOGINS = ("jiaoshi1", "jiaoshi2")
_SCHOOLS, _EACH, _CHOOSING, _PATIENCE = 36, 8, 60, 60
_VOCATIONAL = "36"
"""办学类型 of vocational schools begins so."""
_SUBJECTS = ("chinese", "mathematics", "foreign", "science", "sports", "music", "computing", "politics")
_COURSES: tuple[tuple[str, str, str, str, str, int, int, int], ...] = (
    ("大单元教学设计", "市教师发展中心", "local", "chinese", "present", 16, 4, 0), ("课堂评价与作业设计", "市教师发展中心", "local", "", "mixed", 24, 8, 0),
    ("数据支持的学情分析", "市电教馆", "information", "", "online", 10, 5, 0), ("智慧课堂工具应用", "市电教馆", "information", "", "mixed", 12, 8, 0),
    ("初中数学问题链教学", "星州师院", "local", "mathematics", "present", 16, 0, 120), ("英语阅读教学研修", "星州师院", "local", "foreign", "present", 16, 0, 120),
    ("科学实验与探究", "市青少年宫", "local", "science", "present", 8, 8, 60), ("校园足球教学", "市体校", "local", "sports", "present", 16, 16, 0),
    ("合唱与课堂教学", "市文化馆", "local", "music", "present", 8, 4, 0), ("心理健康辅导技能", "市心理辅导中心", "local", "", "present", 24, 12, 0),
    ("班主任沟通与家校合作", "市教师发展中心", "local", "", "mixed", 16, 4, 0), ("新教师入职培训", "市教师发展中心", "new", "", "present", 60, 20, 0),
    ("乡村教师能力提升", "星州师院", "provincial", "", "present", 40, 10, 0), ("师德专题", "市教师发展中心", "local", "", "online", 8, 0, 0),
)  # fmt: skip
"""Title, provider, kind, subject, form, hours, of them practice, price."""
_WAITING = (("人工智能通识", "市电教馆", "information", "computing", "online", 12, 6, 0), ("思政课一体化", "星州师院", "local", "politics", "present", 16, 0, 0))  # fmt: skip


def fits(city: City) -> bool:
    """Whether it is the made-up city with its schools, and no teacher is known yet."""
    there = Person.objects.filter(username__in=("renshi", "ducha", "jiaoyang"), demo=True).count()
    known = Teacher.objects.filter(city=city).exists()
    return city.imaginary and there == 3 and not known and Institution.objects.filter(city=city).exists()  # noqa: PLR2004


def hold_all(installer: Actor, city: City) -> None:
    """The year of trainings, once.

    Args:
        installer: whoever makes accounts of the demo.
        city: the made-up city.
    """
    schools = _schools(city)
    county = dict(Institution.objects.filter(code__in=schools).values_list("code", "county"))
    members = [Member(login, f"教师{sign}（演示）", "teacher", "", county[schools[at]]) for at, (login, sign) in enumerate(zip(LOGINS, "甲乙", strict=True))]  # fmt: skip
    add_members(installer, members, demo=True)
    hands = {login: acting(Person.objects.get(username=login)) for login in ("renshi", "ducha", "jiaoyang", *LOGINS)}
    _register(hands, city, schools)
    _records(hands, city)
    listed = _courses(hands, city)
    _given_term(hands, city, listed)
    _open_term(hands, city, listed)
    _today(hands, city, listed)
    _plans(hands, city)
    actions.recount_due(hands["ducha"], city, TODAY)


def _schools(city: City) -> list[str]:
    """Those with accounts first; two teachers with accounts sit in the first two."""
    own = list(Person.objects.filter(role="school", demo=True).order_by("username").values_list("school", flat=True))
    rows = Institution.objects.filter(city=city, until=None).order_by("code").values_list("code", flat=True)
    trade = rows.filter(kind__startswith=_VOCATIONAL)
    return list(dict.fromkeys([*own, *trade, *rows[:: max(1, rows.count() // _SCHOOLS)]]))[:_SCHOOLS]


def _code(serial: int) -> str:
    return digest(keyring().coding().secret, f"{MARK}教师{serial:04d}")


def _register(hands: dict[str, Actor], city: City, schools: Sequence[str]) -> None:
    trade = set(
        Institution.objects.filter(code__in=schools, kind__startswith=_VOCATIONAL).values_list("code", flat=True)
    )
    rows = [
        Listed(
            _code(at * _EACH + one), f"演示{chr(0x7532 + one)}{at + 1:02d}", school, _SUBJECTS[one], "primary" if at % 2 else "junior",
            "数控技术" if school in trade else "", date(2021, 9, 1) if one == 7 else date(2005 + at % 12, 9, 1),  # noqa: PLR2004 (by turns)
            LOGINS[at] if one == 0 and at < len(LOGINS) else "", rural=at % 3 == 2,  # noqa: PLR2004 (by turns)
        )
        for at, school in enumerate(schools)
        for one in range(_EACH)
    ]  # fmt: skip
    actions.keep_people(hands["ducha"], city, rows, TODAY)


def _records(hands: dict[str, Actor], city: City) -> None:
    """What was learnt before, by turns more and less."""
    rows, trade = (
        list[Learnt](),
        set(Teacher.objects.filter(city=city).exclude(trade="").values_list("code", flat=True)),
    )
    for serial in range(Teacher.objects.filter(city=city).count()):
        rows.append(Learnt(_code(serial), 2021, "暑期全员研修（演示）", "local", 10 * (24 + serial % 5 * 84)))
        rows.append(Learnt(_code(serial), 2021, "校本研修（演示）", "school", 10 * (20 + serial % 3 * 10)))
        if serial % 4 == 0:
            rows.append(
                Learnt(_code(serial), 2021, "国培计划 乡村中小学骨干（演示）", "national", 800, 160, "national")
            )
        if serial % 3 == 0:
            rows.append(
                Learnt(_code(serial), 2021, "信息技术2.0 能力点（演示）", "information", 260, 100, "information")
            )
        if _code(serial) in trade:
            rows.append(Learnt(_code(serial), 2020, "企业实践（演示）", "enterprise", 10 * 30 * (serial % 4)))
    actions.keep_records(hands["ducha"], city, [one for one in rows if one.tenths], TODAY)


def _courses(hands: dict[str, Actor], city: City) -> list[Course]:
    listed = []
    for at, row in enumerate((*_COURSES, *_WAITING)):
        title, provider, kind, subject, form, hours, practice, price = row
        project = {"information": "information", "provincial": "provincial", "new": "first_year"}.get(
            kind, "continuing"
        )
        told = Offered(f"{title}", f"{provider}（演示）", kind, form, 10 * hours, 10 * practice, project, subject, "", price, f"{MARK}：内容从略。")  # fmt: skip
        made = actions.send_course(hands["renshi"], city, told, TODAY - timedelta(days=200))
        if at < len(_COURSES):
            actions.review_course(
                hands["ducha"], made.pk, "reviewed", f"{MARK}：切合需要", TODAY - timedelta(days=190), 80 + at
            )
            listed.append(
                actions.review_course(hands["ducha"], made.pk, "listed", f"{MARK}：同意", TODAY - timedelta(days=188))
            )
    return listed


def _session(
    hands: dict[str, Actor], of: Course, term: Term | None, on: date, seats: int, reserved: int = 0
) -> Session:
    told = Held(on, on, clock(9), clock(17), "市教师发展中心（演示）", seats, (), {"rural": reserved})
    return actions.hold(hands["renshi"], of.pk, term.pk if term else None, told)


def _given_term(hands: dict[str, Actor], city: City, listed: Sequence[Course]) -> None:
    """秋季: chosen by sixty, given out, attended and rated."""
    opening = Opening("2021年秋季选课（演示）", date(2021, 9, 1), date(2021, 9, 12), 2, 4)
    term = actions.open_term(hands["renshi"], city, opening)
    days = (date(2021, 10, 16), date(2021, 10, 23), date(2021, 10, 30), date(2021, 11, 6))
    held = [_session(hands, one, term, days[at % 4], 8, 2 if at % 2 else 0) for at, one in enumerate(listed[:8])]
    people = list(Teacher.objects.filter(city=city).order_by("pk")[:_CHOOSING])
    for at, one in enumerate(people):
        wanted = [held[(at * at + step * 3) % 8].pk if step else held[at % 3].pk for step in range(4)]
        _choose(hands, one, term, list(dict.fromkeys(wanted)), date(2021, 9, 5))
    actions.ask_allot(
        hands["renshi"], term.pk, "XZ-2021/20210913/384915（演示）", "公证员、教师代表（演示）", date(2021, 9, 13)
    )
    begun = time.monotonic()
    while Term.objects.get(pk=term.pk).state != Term.State.GIVEN and time.monotonic() - begun < _PATIENCE:
        if not run_next(WORKER, "demo", {ALLOT: allot_term}, lambda: False):
            time.sleep(0.2)
    for session in held:
        there = list(session.places.select_related("teacher").order_by("pk"))
        lines = [Signed(one.teacher.code, session.begins) for one in there[: max(1, len(there) - 1)]]
        actions.take_roster(hands["renshi"], session.pk, lines, session.until)
        actions.close_session(hands["renshi"], session.pk, session.until)
    me = Teacher.objects.get(login=LOGINS[0])
    rated = me.places.filter(gone_on=None, session__event__credits__teacher=me).first()
    if rated is not None:
        actions.rate(hands[LOGINS[0]], rated.session_id, 5, f"{MARK}：讲得实在")


def _choose(hands: dict[str, Actor], one: Teacher, term: Term, wanted: Sequence[int], on: date) -> None:
    """By their own hand, or entered for those without an account."""
    hand = hands.get(one.login)
    actions.choose(hand or hands["renshi"], term.pk, wanted, on, None if hand else one)


def _open_term(hands: dict[str, Actor], city: City, listed: Sequence[Course]) -> None:
    """冬季: open on the day the demo shows; teacher 甲 has chosen, teacher 乙 has not yet."""
    opening = Opening("2021年冬季选课（演示）", TODAY - timedelta(days=7), TODAY + timedelta(days=8), 2, 5)
    term = actions.open_term(hands["renshi"], city, opening)
    days = (date(2022, 1, 8), date(2022, 1, 9), date(2022, 1, 15), date(2022, 1, 16))
    held = [
        _session(hands, one, term, days[at % 4], 10 + at % 3 * 5, 3 if at % 4 == 0 else 0)
        for at, one in enumerate(listed)
    ]
    people = list(Teacher.objects.filter(city=city).exclude(login=LOGINS[1]).order_by("pk")[:_CHOOSING:2])
    for at, one in enumerate(people):
        wanted = [held[(at + step * 3) % len(held)].pk for step in range(3)]
        _choose(hands, one, term, wanted, TODAY - timedelta(days=3))


def _today(hands: dict[str, Actor], city: City, listed: Sequence[Course]) -> None:
    """A session that meets today, with both teachers in it; its code is shown when somebody presses the button."""
    people = list(Teacher.objects.filter(city=city).order_by("pk")[: 2 * _EACH + 1])
    held = _session(hands, listed[10], None, TODAY, 30)
    actions.name_for(hands["renshi"], held.pk, people, TODAY - timedelta(days=5))


def _plans(hands: dict[str, Actor], city: City) -> None:
    """Places of 国培, the roster of five years, rolls of classes, and a correction that waits."""
    document = "星教〔2021〕19号（演示）"
    counties = sorted(set(Teacher.objects.filter(city=city).values_list("county", flat=True)))
    shares = {code: 3 for code in (*counties, "990121")}  # noqa: C420 (as it is told to the action)
    actions.divide(hands["ducha"], city, "national", 2021, 3 * len(shares) + 5, document, shares)
    for one in Teacher.objects.filter(city=city, county="990121").select_related("city").order_by("pk")[:2]:
        actions.name(hands["jiaoyang"], one, "national", 2021)
    many = Teacher.objects.filter(city=city).exclude(trade="").count()
    if many:
        actions.make_rotation(hands["renshi"], city, 2021, {2021 + at: max(1, many // 6) for at in range(5)}, TODAY)
    _rolls(hands, city)
    mine = Credit.objects.filter(teacher__login=LOGINS[0], event__session=None).select_related("teacher__city").first()
    if mine is not None:
        wanted = Wanted("暑期全员研修（演示）", "local", 2021, 480)
        actions.ask_correction(hands[LOGINS[0]], mine.teacher, mine.pk, wanted, f"{MARK}：证书写的是48学时", TODAY)


def _rolls(hands: dict[str, Actor], city: City) -> None:
    classes = (
        ("skills", "焊工初级班", "星州技师学院（演示）", date(2021, 5, 10), "焊工", "农民工", 48), ("skills", "育婴员班", "斗城区职业中专（演示）", date(2021, 6, 7), "育婴员", "其他", 36),
        ("skills", "电工中级班", "星州技师学院（演示）", date(2021, 5, 14), "电工", "企业职工", 40), ("putonghua", "角阳县普通话班", "角阳县教育局（演示）", date(2021, 7, 5), "", "青壮年农民", 60),
        ("party_study", "党史宣讲", "市直学校党总支（演示）", date(2021, 6, 25), "", "党员", 80), ("law", "法治副校长培训", "市司法局（演示）", date(2021, 12, 4), "", "法治副校长", 45),
        ("inspectors", "责任督学培训", "市政府督导室（演示）", date(2021, 9, 15), "", "兼职督学", 30),
    )  # fmt: skip
    key = keyring().coding().secret
    for at, (project, title, holder, begun, trade, group, many) in enumerate(classes):
        people = [Came(digest(key, f"{MARK}学员{at // 3 * 1000 + one + (0, 60, 44)[at % 3]}"), f"演示学员{one}", group, one % 5 == 0, one % 9 != 0) for one in range(many)]  # fmt: skip
        told = Filed(
            project,
            f"{title}（演示）",
            holder,
            begun,
            begun + timedelta(days=6),
            400,
            trade,
            "财政补贴" if trade else "",
            "",
        )
        actions.file_roll(hands["renshi"], city, told, [*people, people[0]], digest(key, title).ljust(64, "0"), TODAY)
