"""培训 from the register to the certificate: hours once, places with their reasons, attendance, corrections. 演示数据（虚构）."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.files.models import File
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job, Message
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.training import actions
from luoshi.bureau.training.actions.attending import Signed
from luoshi.bureau.training.actions.register import Wanted
from luoshi.bureau.training.models import (
    Choice,
    Correction,
    Course,
    Credit,
    Seat,
    Session,
    Standing,
    Tally,
    Teacher,
    Term,
)
from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook
from luoshi.words.errors import RefusedError
from tests.bureau import taught
from tests.bureau.conftest import Enter
from tests.bureau.taught import ON, OTHER, OWN
from tests.bureau.xingzhou import actor
from tests.lists_of_persons import number

pytestmark = pytest.mark.django_db
LATER = date(2021, 9, 26)
DAY = date(2021, 10, 9)


def work() -> None:
    while run_next(WORKER, "worker-1", OUTFIT.handlers, lambda: False):
        pass


def refused(call, *told, **named) -> str:
    with pytest.raises(RefusedError) as caught:
        call(*told, **named)
    return "\n".join(str(one) for one in caught.value.findings)


def me(serial: int):
    from luoshi.bureau.people.queries import acting

    return acting(Person.objects.get(username=f"t{serial}"))


@pytest.fixture
def placed(city: City) -> Term:
    """Six teachers want one of two seats; t0 owes nothing, t1 owes most."""
    taught.teachers(city)
    lines = [
        taught.learnt(0, 400, 2021),
        taught.learnt(1, 10, 2021),
        *(taught.learnt(serial, 100, 2021) for serial in range(2, 6)),
    ]
    actions.keep_records(actor("ducha"), city, lines, ON)
    of = taught.term(city)
    first, second = taught.session(taught.course(city), of, 2), taught.session(taught.course(city, "课堂评价"), of, 1)
    for serial in range(6):
        actions.choose(me(serial), of.pk, [first.pk, second.pk], ON)
    actions.ask_allot(actor("ducha"), of.pk, "20211001-演示", "公证员（演示）", LATER)
    work()
    of.refresh_from_db()
    return of


def test_a_teacher_sees_what_is_owed_and_an_hour_counts_once(city: City, enter: Enter) -> None:
    taught.teachers(city)
    actions.keep_records(actor("ducha"), city, [taught.learnt(0, 84), taught.learnt(0, 60, title="另一项")], ON)
    told = actions.keep_records(actor("ducha"), city, [taught.learnt(0, 84)], ON)
    assert told == {"记入": 0, "已有，不重复计": 1}
    assert Credit.objects.count() == 2
    row = Credit.objects.select_related("event").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(teacher=row.teacher, event=row.event, on=ON, tenths=10)
    page = enter("t0").get("/hours/?on=2020-09-20").content.decode()
    assert "师一名" in page
    assert "师丁名" not in page
    assert "旧培训" in page


def test_school_based_hours_beyond_the_cap_are_told_and_not_counted(city: City, enter: Enter) -> None:
    taught.teachers(city)
    lines = [taught.learnt(0, 150, 2021, "school", f"校本{one}") for one in range(2)]
    actions.keep_records(actor("ducha"), city, lines, ON)
    row = Standing.objects.get(teacher__login="t0", requirement="five_years")
    assert (row.counted, row.short, row.kinds) == (1800, 1800, [["school", 3000, 1800]])
    assert "超过上限的不计" in enter("t0").get("/hours/").content.decode()


def test_places_go_to_who_owes_most_then_by_lot_and_each_no_has_its_reason(placed: Term, enter: Enter) -> None:
    assert placed.state == "given"
    assert Seat.objects.count() == 3
    assert Choice.objects.get(teacher__login="t1", rank=1).cause == "given", "who owes most stands first"
    out = Choice.objects.get(teacher__login="t0", rank=1)
    assert (out.cause, out.waiting, out.told["owing"]) == ("full", 4, 2)
    page = enter("t0").get("/choices/?on=2021-09-27").content.decode()
    for said in (
        "第 1 轮排第 6 位，轮到时 2 个名额已满",
        "欠学时比您多、排在前面的有 2 人",
        "候补第 4 位",
        "20211001-演示",
    ):
        assert said in page
    assert Choice.objects.get(teacher__login="t1", rank=2).cause == "limit"
    assert "排在前面的志愿已取得本期至多的 1 门" in enter("t1").get("/choices/?on=2021-09-27").content.decode()


def test_the_first_who_waits_moves_up_when_somebody_gives_up_and_is_told(placed: Term) -> None:
    first = Choice.objects.get(teacher__login="t1", rank=1).session
    seat = Seat.objects.get(session=first, teacher__login="t1")
    heir = next(
        one.teacher for one in Choice.objects.filter(session=first, waiting__isnull=False).order_by("waiting")
        if not one.teacher.places.exists()
    )  # fmt: skip
    assert "写明原因" in refused(actions.give_up, me(1), seat.pk, " ", LATER)
    assert "本人的" in refused(actions.give_up, me(2), seat.pk, "有事", LATER)
    actions.give_up(me(1), seat.pk, "公差", LATER)
    assert Seat.objects.get(session=first, teacher=heir, gone_on=None).how == "moved"
    first.refresh_from_db()
    assert first.taken == 2
    assert Message.objects.get(to=heir.login).subject.startswith("候补递补")


def test_choices_are_kept_within_the_term_only(city: City) -> None:
    taught.teachers(city)
    of = taught.term(city, ranked=1)
    one = taught.session(taught.course(city), of, 2, only=[f"county:{OTHER}"])
    two = taught.session(taught.course(city, "另一门"), of, 2)
    assert "志愿太多" in refused(actions.choose, me(0), of.pk, [one.pk, two.pk], ON)
    assert "不在选课时间内" in refused(actions.choose, me(0), of.pk, [two.pk], LATER)
    assert "不招收" in refused(actions.choose, me(0), of.pk, [one.pk], ON)
    actions.choose(me(2), of.pk, [one.pk], ON)
    actions.choose(me(2), of.pk, [two.pk], ON)
    assert [choice.session_id for choice in Choice.objects.all()] == [two.pk]
    assert "截止" in refused(actions.ask_allot, actor("ducha"), of.pk, "1234567", "见证", ON)
    assert "种子" in refused(actions.ask_allot, actor("ducha"), of.pk, "1", "见证", LATER)


def test_a_code_in_the_room_lets_in_once_a_day_and_guessing_ends(placed: Term, enter: Enter) -> None:
    first = Choice.objects.get(teacher__login="t1", rank=1).session
    browser = enter("t1")
    actions.show_code(actor("ducha"), first.pk, DAY)
    shown = Session.objects.get(pk=first.pk).code
    assert browser.post(f"/attend/?on={DAY}", {"code": shown}).status_code == 302
    credit = Credit.objects.get(event__session=first)
    assert (credit.teacher.login, credit.tenths, len(credit.certificate)) == ("t1", 80, 12)
    again = browser.post(f"/attend/?on={DAY}", {"code": shown})
    assert again.status_code == 409
    assert "今天已签到" in again.content.decode()
    assert "不在这个班" in refused(actions.attend, me(0), shown, DAY)
    for _ in range(4):
        refused(actions.attend, me(0), "000000", DAY)
    assert "次数太多" in refused(actions.attend, me(0), shown, DAY)
    Session.objects.filter(pk=first.pk).update(code_until=timezone.now() - timedelta(seconds=1))
    other = Seat.objects.exclude(teacher__login="t1").get(session=first).teacher.login
    assert "已过期" in refused(actions.attend, me(int(other[1:])), shown, DAY)


def test_hours_come_with_a_certificate_that_anybody_can_check(placed: Term, enter: Enter) -> None:
    first = Choice.objects.get(teacher__login="t1", rank=1).session
    lines = [Signed(taught.code(1), DAY), Signed(taught.code(1), DAY), Signed(taught.code(0), DAY)]
    told = actions.take_roster(actor("ducha"), first.pk, lines, DAY)
    assert told == {"登记": 1, "已签到": 1, "不在班或不是上课日": 1, "记学时": 1}
    credit = Credit.objects.get(event__session=first)
    page = enter("t1").get(f"/certificates/{credit.pk}/").content.decode()
    assert "师丁名" in page
    assert enter("t2").get(f"/certificates/{credit.pk}/").status_code == 403
    public = enter("").get(f"/certificates/?code={credit.certificate.lower()}").content.decode()
    assert "证书有效" in public
    assert credit.teacher.who not in public
    assert enter("").get("/certificates/?code=AAAABBBBCCCC").status_code == 404


def test_attended_too_seldom_gives_no_hours(city: City) -> None:
    people = taught.teachers(city)
    row = taught.session(taught.course(city, tenths=400), None, 5, DAY, days=(0, 4))
    actions.name_for(actor("ducha"), row.pk, people[:2], ON)
    days = [Signed(taught.code(0), DAY + timedelta(days=one)) for one in range(3)]
    assert actions.take_roster(actor("ducha"), row.pk, days, DAY + timedelta(days=4))["记学时"] == 0
    more = [Signed(taught.code(0), DAY + timedelta(days=3))]
    assert actions.take_roster(actor("ducha"), row.pk, more, DAY + timedelta(days=4))["记学时"] == 1
    assert actions.close_session(actor("ducha"), row.pk, DAY + timedelta(days=4)) == {"学员": 2, "记学时": 1}


def test_a_course_is_reviewed_by_another_hand_listed_rated_and_removed(placed: Term, enter: Enter) -> None:
    first = Choice.objects.get(teacher__login="t1", rank=1).session
    assert "参加" in refused(actions.rate, me(1), first.pk, 5, "")
    actions.take_roster(actor("ducha"), first.pk, [Signed(taught.code(1), DAY)], DAY)
    actions.rate(me(1), first.pk, 2, "太浅")
    assert "评价一次" in refused(actions.rate, me(1), first.pk, 2, "")
    course = Course.objects.get(pk=first.course_id)
    assert (course.stars, course.rated) == (2, 1)
    page = enter("ducha").get("/courses/").content.decode()
    assert "评分低的课程" in page
    assert "没有找到" in enter("t0").get("/courses/?stars=4&words=大单元").content.decode()
    actions.review_course(actor("ducha"), course.pk, "removed", "评分低", DAY)
    assert enter("t0").get(f"/courses/{course.pk}/").status_code == 404
    own = actions.send_course(actor("ducha"), course.city, taught.Offered("甲", "乙", "local", "online", 10), ON)
    assert "两个人" in refused(actions.review_course, actor("ducha"), own.pk, "reviewed", "好", ON, 90)
    assert "评审 → 上架" in refused(actions.review_course, actor("ducha2"), own.pk, "listed", "好", ON)


def test_a_wrong_record_is_corrected_by_two_hands(city: City, enter: Enter) -> None:
    people = taught.teachers(city)
    actions.keep_records(actor("ducha"), city, [taught.learnt(0, 84, 2021)], ON)
    credit = Credit.objects.get()
    wanted = Wanted("旧培训", "local", 2021, 480)
    assert "依据" in refused(actions.ask_correction, me(0), people[0], credit.pk, wanted, "", ON)
    assert "不是本人的" in refused(actions.ask_correction, me(1), people[0], credit.pk, wanted, "证书", ON)
    row = actions.ask_correction(me(0), people[0], credit.pk, wanted, "证书写的是48学时", ON)
    assert Credit.objects.get().tenths == 840, "nothing changes until it is approved"
    assert "证书写的是48学时" in enter("xianqu").get(f"/teachers/{people[0].pk}/").content.decode()
    assert enter("xianqu").get(f"/teachers/{people[2].pk}/").status_code == 403
    enter("xianqu").post(f"/teachers/{people[0].pk}/act/?on={ON}", {"approve": row.pk})
    assert Credit.objects.get().tenths == 480
    assert Standing.objects.get(teacher=people[0], requirement="five_years").counted == 480
    assert Correction.objects.get().state == "approved"


def test_the_teacher_system_s_files_are_read_and_destroyed_and_no_number_is_kept(city: City, enter: Enter) -> None:
    taught.schools(city)
    told = [["身份证件号", "姓名", "学校标识码", "任教学科", "任教学段", "专业", "参加工作日期"]]
    told += [[number(one, "19800401"), f"师{one}", "S1", "语文", "小学", "", "2021-09-01"] for one in range(3)]
    book = io.BytesIO(as_plain_workbook([Sheet("基本信息", "", told)]))
    book.name = "基本信息.xlsx"
    assert enter("ducha").post("/teachers/act/", {"which": "people", "file": book}).status_code == 302
    work()
    assert Job.objects.get(kind="training.bring").state == "done"
    assert File.objects.get(name="基本信息.xlsx").destroyed is not None
    assert list(Teacher.objects.values_list("code", flat=True).order_by("id")) == [taught.code(one) for one in range(3)]
    assert not any(
        number(0, "19800401") in str(row) for row in Entry.objects.values_list("detail", "reason", "subject")
    )
    lines = [["身份证号", "培训年度", "培训项目", "培训类别", "学时", "实践学时"]]
    lines += [
        [number(0, "19800401"), "2021", "信息技术2.0", "信息技术2.0", "54", "24"],
        [number(9, "19800401"), "2021", "x", "", "8", ""],
    ]
    sent = io.BytesIO(as_plain_workbook([Sheet("国内培训", "", lines)]))
    sent.name = "培训.xlsx"
    enter("ducha").post("/teachers/act/", {"which": "records", "file": sent})
    work()
    row = Standing.objects.get(teacher__code=taught.code(0), requirement="information")
    assert (row.counted, row.practice, row.short) == (540, 240, 10), "an hour of practice is missing"
    assert Standing.objects.filter(requirement="first_year").count() == 3


def test_a_file_with_wrong_lines_is_refused_line_by_line(city: City) -> None:
    from luoshi.bureau.training import reading

    good = number(1, "19800401")
    rows = f"身份证件号,姓名,培训年度,培训项目名称,培训学时\n{good[:17]}0,甲,2020,国培,80\n{good},甲,二〇,国培,80\n".encode()
    said = refused(reading.records, "培训.csv", rows)
    assert "第2行" in said
    assert "第3行" in said
    assert "没有“培训学时”一列" in refused(
        reading.records, "培训.csv", "身份证件号,培训年度,培训项目名称\n".encode() + b"1,2,3\n"
    )


def test_gaps_are_summed_by_county_school_and_subject_and_a_county_sees_its_own(city: City, enter: Enter) -> None:
    taught.teachers(city)
    actions.keep_records(actor("ducha"), city, [taught.learnt(0, 360, 2021), taught.learnt(2, 100, 2021)], ON)
    assert sum(Tally.objects.filter(requirement="five_years").values_list("teachers", flat=True)) == 6
    page = enter("ducha").get("/hours/owed/").content.decode()
    assert "角阳县" in page
    assert "斗城区" in page
    own = enter("xianqu").get("/hours/owed/").content.decode()
    assert "角阳县" in own
    assert "斗城区" not in own
    assert "角阳一小" in enter("ducha").get(f"/hours/owed/?county={OWN}").content.decode()
    assert "语文" in enter("ducha").get("/hours/owed/?by=subject").content.decode()
    Person.objects.create(username="xx", name="校务", role="school", division=OWN, school="S1")
    school = enter("xx").get("/hours/owed/").content.decode()
    assert "角阳一小" in school
    assert "角阳二中" not in school


def test_a_teacher_who_moves_or_leaves_is_counted_where_they_are(city: City) -> None:
    people = taught.teachers(city, 3)
    from luoshi.bureau.training.actions.register import Listed

    actions.keep_people(actor("ducha"), city, [Listed(taught.code(0), people[0].who, "S2", "chinese", "primary")], ON)
    assert dict(Tally.objects.filter(requirement="five_years").values_list("school", "teachers")) == {"S2": 2, "S3": 1}
    actions.leave(actor("ducha"), [people[2]], ON)
    assert dict(Tally.objects.filter(requirement="five_years").values_list("school", "teachers")) == {"S2": 2}


def test_the_round_counts_anew_whose_span_is_over(city: City) -> None:
    taught.teachers(city, 3, began=date(2020, 10, 1))
    assert Standing.objects.filter(requirement="first_year").count() == 3
    assert actions.recount_due(actor("ducha"), city, date(2021, 10, 1)) == 3
    assert Standing.objects.filter(requirement="first_year").count() == 0


@pytest.mark.parametrize("login", ["t0", "xianqu", "ducha", "xx"])
def test_pages_ask_the_same_number_of_questions_with_few_and_many_teachers(
    placed: Term, enter: Enter, login: str
) -> None:
    Person.objects.create(username="xx", name="校务", role="school", division=OWN, school="S1")
    urls = {
        "t0": ["/hours/", "/choices/?on=2021-09-20", "/choices/?on=2021-09-27", "/attend/", "/courses/"],
        "xx": ["/hours/owed/", "/teachers/", "/sessions/?on=2021-09-20", "/trainings/national/"],
    }.get(login, ["/hours/owed/", f"/hours/owed/?county={OWN}", "/teachers/", "/sessions/?on=2021-09-20", f"/terms/{placed.pk}/", "/rolls/", "/rotation/", "/trainings/national/", "/courses/"])  # fmt: skip

    def asked() -> list[int]:
        told, browser = [], enter(login)
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200, url
            told.append(len(queries))
        return told

    asked()
    before = asked()
    city = City.objects.get()
    taught.teachers(city, 30)
    actions.keep_records(
        actor("ducha"), city, [taught.learnt(one, 8, 2021, title=f"第{one % 5}项") for one in range(30)], ON
    )
    for _ in range(5):
        taught.session(taught.course(city, "又一门"), None, 5)
    assert asked() == before
    assert max(before) <= 20
