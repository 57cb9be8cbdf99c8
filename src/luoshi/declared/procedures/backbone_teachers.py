"""骨干教师、青年教师大赛与高层次人才 (M25.9): persons by what they did, lessons by what is seen; duties looked at every year."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, PersonAwards, PersonContest, PersonRecognition, PersonTitles, Recheck
from luoshi.handling.fields import choice
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, veto
from luoshi.scoring.nouns import Grade


class LeadingTeacher(
    Rubric,
    key="leading_teacher",
    label="骨干教师、人才评选标准",
    source="各级骨干教师、学术技术带头人评选通知的常见条件；条目由本产品拟写",
    doubt="骨干教师、管理人才、带头人和高层次人才合用一表，类别不同的条目注明不适用；分值和等级线为产品默认值",
):
    """One teacher by record: teaching first, then what others learn from it."""

    teaching = area("教育教学", 50)
    lessons = teaching.bands("近三年县级以上优质课、示范课", 15, {0: 0, 1: 6, 2: 10, 4: 15}, unit="节", proof="证书")
    workload = teaching.yes("满工作量授课，年度考核合格以上", 10)
    hours = teaching.ratio("五年继续教育学时", 10, target=360, start=180, unit="学时")
    seen = teaching.judged("课堂教学或答辩", 15)

    research = area("教研科研", 25)
    topics = research.bands("课题、论文、课程资源", 25, {0: 0, 1: 10, 2: 18, 4: 25}, unit="项", absent=True)

    leading = area("示范引领", 25)
    guided = leading.bands("结对培养青年教师", 10, {0: 0, 1: 4, 3: 10}, unit="人", proof="协议")
    rural = leading.bands("乡村任教、支教", 15, {0: 0, 1: 8, 3: 15}, unit="年")

    barred = veto("在限制期内，不得参评人才项目", barred="人才项目")

    grades = (
        Grade("province", "推荐省级", Decimal(92)),
        Grade("city", "市级", Decimal(80)),
        Grade("none", "未入选", Decimal(0)),
    )
    passing = "city"
    judges = 3


class YoungLesson(
    Rubric,
    key="young_lesson",
    label="青年教师课堂教学创新大赛评分标准",
    source="课堂教学评比的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """One lesson of somebody young: five judges, the ends left out."""

    design = area("教学设计与反思", 50)
    aim = design.judged("目标与学情", 15)
    new = design.judged("创新之处", 15)
    answer = design.judged("反思与答辩", 20)
    lesson = area("课堂实施", 50)
    pupils = lesson.judged("学生主动学习", 25)
    content = lesson.judged("内容准确、有深度，方法恰当", 25)

    barred = veto("在评优评先限制期内", barred="评优评先")

    grades = (
        Grade("first", "一等奖", Decimal(90)),
        Grade("second", "二等奖", Decimal(85)),
        Grade("third", "三等奖", Decimal(80)),
        Grade("none", "未获奖", Decimal(0)),
    )
    passing = "third"
    judges, trim, blind = 5, 1, True


class LeadingTeachers(
    PersonTitles, key="leading_teachers", label="骨干教师与人才名册", answers="M25.9", subject="person"
):
    """One teacher with the title, for three years."""

    valid = months(36)
    sort_of = choice(
        "类别",
        options={"backbone": "骨干教师", "manager": "管理人才", "leader": "学术技术带头人", "talent": "高层次人才"},
    )

    public = (sort_of, PersonTitles.grade, PersonTitles.document_no)
    same = (PersonTitles.teacher_no, sort_of)


class YoungAwards(PersonAwards, key="young_awards", label="青年教师大赛获奖", answers="M25.9", subject="person"):
    """One teacher who won."""


class LeadingTeacherChoice(
    PersonRecognition, key="leading_teacher_choice", label="骨干教师、人才评选", answers="M25.9", duties=("骨干教师",), subject="school"
):  # fmt: skip
    """One teacher whom a school proposes."""

    rubric, names = LeadingTeacher, LeadingTeachers
    sort_of = LeadingTeachers.sort_of
    besides = (*PersonRecognition.besides, sort_of)
    theme = sort_of


class YoungTeacherContest(
    PersonContest, key="young_teacher_contest", label="青年教师课堂教学大赛", answers="M25.9", duties=("青年教师",), subject="school"
):  # fmt: skip
    """One teacher whom a county let through."""

    rubric, names = YoungLesson, YoungAwards


class LeadingTeacherCheck(
    Recheck, key="leading_teacher_check", label="骨干教师履职年度考核", answers="M25.9", duties=("骨干教师",), subject="school"
):  # fmt: skip
    """One teacher with the title, every year."""

    rubric, names = LeadingTeacher, LeadingTeachers
    every = Every(12, "entry", month=12)
