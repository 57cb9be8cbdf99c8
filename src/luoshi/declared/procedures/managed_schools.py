"""标准化管理示范校与特色校 (M8.2): the national management standard by its six duties; and what one school does better than others."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, flag, veto
from luoshi.scoring.nouns import Grade


class ManagedSchool(
    Rubric,
    key="managed_school",
    label="义务教育学校标准化管理标准",
    source="义务教育学校管理标准（教基〔2017〕9号）的六项管理职责；88条归并为可核的条目",
    doubt=WEIGHTS,
):
    """A school by the six duties of the standard; the clauses themselves are checked off before, and their share is scored here."""

    equal = area("保障学生平等权益", 15)
    near = equal.yes("免试就近入学、均衡编班", 10)
    cared = equal.yes("留守、残疾等学生逐人有帮扶", 5, absent=True)

    whole = area("促进学生全面发展", 20)
    opened = whole.ratio("课程开齐开足比例", 10, target=100, start=80, unit="%", proof="课表")
    sport = whole.yes("体育活动、劳动教育按规定开展", 10)

    staff = area("引领教师专业发展", 15)
    hours = staff.ratio("教师年度培训学时完成率", 8, target=100, start=60, unit="%")
    ethics = staff.yes("师德考核全员开展", 7)

    teaching = area("提升教育教学水平", 20)
    homework = teaching.yes("作业总量有公示、有检查", 10)
    lab = teaching.ratio("实验开出率", 10, target=100, start=60, unit="%", absent=True)

    safe = area("营造和谐安全环境", 15)
    drills = safe.bands("每学期应急演练", 5, {0: 0, 2: 3, 4: 5}, unit="次")
    hazards = safe.ratio("隐患按期整改率", 10, target=100, start=80, unit="%")

    modern = area("建设现代学校制度", 15)
    charter = modern.yes("按章程办学、章程公开", 5)
    clauses = modern.ratio("管理标准88条自查达标率", 10, target=100, start=70, unit="%", proof="自查表")

    classes = flag("有66人以上的班", cap="met")
    barred = veto("评先资格受限", barred="评优评先")
    chosen = veto("以考试方式招生或设重点班")

    grades = (
        Grade("model", "示范校", Decimal(90)),
        Grade("met", "达标", Decimal(75)),
        Grade("none", "未达标", Decimal(0)),
    )
    passing = "model"
    judges = 3


class FeaturedSchool(
    Rubric, key="featured_school", label="特色学校标准", source="特色学校创建的常见要求；条目由本产品拟写", doubt=WEIGHTS
):  # fmt: skip
    """One thing a school does for all its pupils, has done for years, and can show."""

    idea = area("特色定位", 30)
    ground = idea.judged("与办学理念、校情相符", 15)
    years = idea.bands("持续开展年限", 15, {0: 0, 2: 8, 3: 15}, unit="年")

    course = area("课程与参与", 40)
    lessons = course.yes("有校本课程、列入课表", 15, proof="课表、教材")
    pupils = course.ratio("参与学生比例", 25, target=80, start=20, unit="%")

    result = area("成效", 30)
    growth = result.judged("学生成长与作品展示", 20)
    shared = result.bands("县级以上交流推广", 10, {0: 0, 1: 5, 3: 10}, unit="次")

    barred = veto("评先资格受限", barred="评优评先")

    grades = (Grade("named", "特色校", Decimal(80)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 3


class ManagedSchools(Titles, key="managed_schools", label="标准化管理示范校", answers="M8.2", subject="school"):
    """One school, for three years."""

    valid, warn = months(36), months(3)


class FeaturedSchools(Titles, key="featured_schools", label="特色学校", answers="M8.2", subject="school"):
    """One school with its feature, for three years."""

    valid, warn = months(36), months(3)


class ManagedSchoolNaming(
    Recognition, key="managed_school_naming", label="标准化管理示范校创建", answers="M8.2", duties=("义务教育",), subject="school"
):  # fmt: skip
    """One school; what it lacks goes into the list of faults with a day."""

    rubric, names = ManagedSchool, ManagedSchools


class FeaturedSchoolNaming(
    Recognition, key="featured_school_naming", label="特色学校创建", answers="M8.2", duties=("义务教育",), subject="school"
):  # fmt: skip
    """One school with one feature."""

    rubric, names = FeaturedSchool, FeaturedSchools


class ManagedSchoolRecheck(
    Recheck, key="managed_school_recheck", label="标准化管理示范校复核", answers="M8.2", duties=("义务教育",), subject="school"
):  # fmt: skip
    """One demonstration school, every year."""

    rubric, names = ManagedSchool, ManagedSchools
    every = Every(12, "entry", month=11)
