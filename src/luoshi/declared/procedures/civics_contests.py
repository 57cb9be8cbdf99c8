"""思政课教学大赛与“十百千”示范校 (M4.1): a contest judged without names, and schools grown in three tiers."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, PersonAwards, PersonContest, Recheck, Recognition, Titles
from luoshi.handling.fields import choice
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class CivicsLesson(
    Rubric,
    key="civics_lesson",
    label="思政课教学大赛评分标准",
    source="新时代思政课改革创新的“八个相统一”；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """One lesson: five judges at least, none sees another's points, the highest and the lowest are left out."""

    aim = area("教学目标与内容", 40)
    direction = aim.judged("政治方向与价值引领", 15)
    book = aim.judged("教材把握与学情分析", 15)
    real = aim.judged("联系社会实际与学生生活", 10)

    way = area("教学过程", 40)
    asked = way.judged("问题设计与学生参与", 15)
    method = way.judged("方法与手段", 15)
    speech = way.judged("语言、板书与教态", 10)

    effect = area("教学效果", 20)
    reached = effect.judged("目标达成", 10)
    thought = effect.judged("教学反思或说课答辩", 10)

    overtime = deduct("超时", each=1, most=3, unit="分钟")
    wrong = flag("出现政治性、科学性错误", cap="third")
    barred = veto("在评优评先限制期内", barred="评优评先")
    copied = veto("抄袭或冒名")

    grades = (
        Grade("first", "一等奖", Decimal(90)),
        Grade("second", "二等奖", Decimal(85)),
        Grade("third", "三等奖", Decimal(80)),
        Grade("none", "未获奖", Decimal(0)),
    )
    passing = "third"
    judges, trim, blind = 5, 1, True


class CivicsSchool(
    Rubric,
    key="civics_school",
    label="中国特色社会主义示范校标准",
    source="“十百千”工程的分级培育；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school where the lessons of all subjects, the people and the place teach the same."""

    lessons = area("思政课建设", 40)
    hours = lessons.ratio("思政课开足比例", 10, target=100, start=80, unit="%")
    full_time = lessons.ratio("思政课专职教师配备率", 10, target=100, start=50, unit="%")
    leaders = lessons.bands("书记、校长每学期讲思政课", 20, {0: 0, 1: 10, 2: 16, 4: 20}, unit="次", proof="讲稿")

    whole = area("课程与实践育人", 35)
    subjects = whole.ratio("各学科有课程思政案例比例", 15, target=100, start=20, unit="%")
    bases = whole.bands("校外实践基地", 20, {0: 0, 1: 10, 2: 20}, unit="个", proof="协议")

    place = area("队伍与示范", 25)
    shown = place.bands("县级以上示范课、现场会", 25, {0: 0, 1: 15, 2: 25}, unit="次")

    barred = veto("评先资格受限", barred="评优评先")

    grades = (
        Grade("top", "引领校", Decimal(92)),
        Grade("model", "示范校", Decimal(86)),
        Grade("base", "培育校", Decimal(75)),
        Grade("none", "未入库", Decimal(0)),
    )
    passing = "base"
    judges = 3


class CivicsAwards(PersonAwards, key="civics_awards", label="思政课教学大赛获奖", answers="M4.1", subject="person"):
    """One teacher who won."""


class CivicsSchools(Titles, key="civics_schools", label="“十百千”示范校", answers="M4.1", subject="school"):
    """One school with its tier, for three years."""

    valid, warn = months(36), months(3)


class CivicsContest(
    PersonContest, key="civics_contest", label="思政课教学大赛", answers="M4.1", duties=("思政",), subject="school"
):
    """One entry that a county let through within its quota."""

    rubric, names = CivicsLesson, CivicsAwards
    stage = choice("学段", options={"primary": "小学", "junior": "初中", "senior": "高中", "vocational": "中职"})
    besides = (*PersonContest.besides, stage)
    theme = stage


class CivicsSchoolNaming(
    Recognition, key="civics_school_naming", label="“十百千”示范校创建", answers="M4.1", duties=("思政",), subject="school"
):  # fmt: skip
    """One school that wants to be grown."""

    rubric, names = CivicsSchool, CivicsSchools


class CivicsSchoolRecheck(
    Recheck, key="civics_school_recheck", label="“十百千”示范校复核", answers="M4.1", duties=("思政",), subject="school"
):  # fmt: skip
    """One school of the pool, every year."""

    rubric, names = CivicsSchool, CivicsSchools
    every = Every(12, "entry", month=12)
