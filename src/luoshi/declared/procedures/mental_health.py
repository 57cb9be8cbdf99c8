"""心理健康示范区、示范校 (M5.3): a county and a school by what they have for minds in need; files of pupils never leave the school."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, veto
from luoshi.scoring.nouns import Grade


class MindfulSchool(
    Rubric,
    key="mindful_school",
    label="心理健康教育示范校标准",
    source="中小学心理健康教育指导纲要（2012年修订）的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school where somebody is there, a lesson is held, and whoever needs more is passed on."""

    people = area("师资", 30)
    full_time = people.yes("至少一名专职心理教师", 15, proof="资格证、课表")
    per_head = people.ratio("每名心理教师服务学生数", 10, target=1000, start=3000, unit="人")
    trained = people.ratio("班主任心理健康培训率", 5, target=100, start=50, unit="%")

    lessons = area("课程与活动", 25)
    hours = lessons.bands("每班每两周心理课", 15, {0: 0, 1: 15}, unit="节", proof="课表")
    week = lessons.yes("每学年有心理健康月或活动周", 10)

    room = area("辅导室", 20)
    ready = room.levels("场地与设备", 10, {"full": ("达标", 10), "part": ("部分达标", 5), "none": ("未达标", 0)})
    open_hours = room.ratio("每周开放时间", 10, target=10, start=0, unit="小时", proof="值班表，不交学生记录")

    care = area("预警与转介", 25)
    screened = care.yes("按规定开展测评，家长知情", 10)
    followed = care.ratio("需转介学生跟进率", 10, target=100, start=60, unit="%", absent=True)
    plan = care.yes("有危机干预预案并演练", 5)

    leaked = veto("泄露学生心理档案")
    barred = veto("评先资格受限", barred="评优评先")

    grades = (Grade("named", "示范校", Decimal(85)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 3


class MindfulZone(
    Rubric,
    key="mindful_zone",
    label="心理健康教育示范区标准",
    source="中小学心理健康教育指导纲要（2012年修订）对县级的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A county whose schools all have somebody to turn to."""

    order = area("机制与经费", 40)
    leading = order.yes("有领导小组和专家指导机构", 15, proof="文件")
    funds = order.yes("专项经费列入预算", 15, proof="预算批复")
    hospital = order.yes("与医疗机构有转介协议", 10, proof="协议")

    people = area("队伍", 30)
    staffed = people.ratio("配专职心理教师的学校比例", 20, target=100, start=30, unit="%")
    research = people.yes("配备心理健康教研员", 10)

    schools = area("学校达标", 30)
    rooms = schools.ratio("建有心理辅导室的学校比例", 15, target=100, start=50, unit="%")
    models = schools.ratio("市级以上示范校比例", 15, target=20, unit="%")

    hidden = veto("重大事件瞒报、迟报")

    grades = (Grade("named", "示范区", Decimal(85)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 3


class MindfulSchools(Titles, key="mindful_schools", label="心理健康教育示范校名单", answers="M5.3", subject="school"):
    """One school, for three years."""

    valid, warn = months(36), months(3)


class MindfulZones(Titles, key="mindful_zones", label="心理健康教育示范区名单", answers="M5.3", subject="county"):
    """One county, for three years."""

    valid, warn = months(36), months(3)


class MindfulSchoolNaming(
    Recognition, key="mindful_school_naming", label="心理健康教育示范校创建", answers="M5.3", duties=("心理健康",), subject="school"
):  # fmt: skip
    """One school."""

    rubric, names = MindfulSchool, MindfulSchools


class MindfulZoneNaming(
    Recognition, key="mindful_zone_naming", label="心理健康教育示范区创建", answers="M5.3", duties=("心理健康",), subject="county"
):  # fmt: skip
    """One county."""

    rubric, names = MindfulZone, MindfulZones


class MindfulSchoolRecheck(
    Recheck, key="mindful_school_recheck", label="心理健康教育示范校复核", answers="M5.3", duties=("心理健康",), subject="school"
):  # fmt: skip
    """One school that bears the title, every year."""

    rubric, names = MindfulSchool, MindfulSchools
    every = Every(12, "entry", month=10)
