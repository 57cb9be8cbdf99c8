"""数字校园标杆校、智慧教育示范校与2.0示范区 (M23.1): what is used counts more than what is bought."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.fields import choice
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class DigitalSchool(
    Rubric,
    key="digital_school",
    label="数字校园、智慧教育示范校标准",
    source="中小学数字校园建设规范（试行）（教技〔2018〕5号）的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school by its lines, its machines, and by who uses them for what."""

    ground = area("基础环境", 25)
    lines = ground.bands("互联网出口带宽", 7, {0: 0, 100: 4, 500: 7}, unit="兆")
    rooms = ground.ratio("网络多媒体教室比例", 10, target=100, start=60, unit="%")
    pupils = ground.ratio("每台学生计算机对应学生数", 8, target=8, start=20, unit="人")

    sources = area("资源与平台", 20)
    space = sources.ratio("教师网络学习空间活跃率", 20, target=90, start=30, unit="%")

    used = area("教学与管理应用", 35)
    lessons = used.ratio("每周使用信息化手段上课的教师比例", 15, target=90, start=40, unit="%")
    cases = used.bands("县级以上应用案例、优课", 10, {0: 0, 2: 5, 5: 10}, unit="个")
    managed = used.yes("学籍、资产、办公等使用统一系统、不重复填报", 10)

    staff = area("队伍与保障", 20)
    cio = staff.yes("设首席信息官、有专职技术人员", 6)
    trained = staff.ratio("教师信息技术培训完成率", 8, target=100, start=60, unit="%")
    safe = staff.levels(
        "网络安全制度与等级保护", 6, {"full": ("健全", 6), "part": ("基本健全", 3), "none": ("不健全", 0)}
    )

    apps = deduct("强制师生安装未备案软件", each=2, most=6, unit="个")
    attacked = flag("发生网络安全事件未按时报告", down=1)
    leaked = veto("泄露师生个人信息")
    barred = veto("评先资格受限", barred="评优评先")

    grades = (
        Grade("model", "示范校", Decimal(92)),
        Grade("bench", "标杆校", Decimal(85)),
        Grade("met", "数字校园达标", Decimal(70)),
        Grade("none", "未达标", Decimal(0)),
    )
    passing = "met"
    judges = 3


class DigitalZone(
    Rubric,
    key="digital_zone",
    label="教育信息化2.0示范区标准",
    source="教技〔2018〕6号教育信息化2.0行动计划的目标；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A county whose small schools are as well joined as its large ones."""

    schools = area("学校", 60)
    campuses = schools.ratio("数字校园认定率", 30, target=100, start=30, unit="%", measured="digital_campuses")
    points = schools.ratio("教学点专递课堂开通率", 30, target=100, start=30, unit="%", absent=True)
    people = area("教师与机制", 40)
    spaces = people.ratio("网络学习空间教师应用率", 20, target=90, start=30, unit="%", measured="space_teachers_share")
    funds = people.yes("信息化经费列入预算、有运行维护费", 20, proof="预算批复")

    leaked = veto("发生重大网络安全事件")

    grades = (Grade("named", "示范区", Decimal(85)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 3


class DigitalSchools(
    Titles, key="digital_schools", label="数字校园、智慧教育示范校名单", answers="M23.1", subject="school"
):
    """One school with its step, for three years."""

    valid, warn = months(36), months(3)


class DigitalZones(Titles, key="digital_zones", label="教育信息化2.0示范区名单", answers="M23.1", subject="county"):
    """One county, for three years."""

    valid, warn = months(36), months(3)


class DigitalSchoolNaming(
    Recognition, key="digital_school_naming", label="数字校园创建", answers="M23.1", duties=("数字校园",), subject="school"
):  # fmt: skip
    """One school; which step it wants is told, which it reaches the points say."""

    rubric, names = DigitalSchool, DigitalSchools
    wanted = choice("申报类别", options={"met": "数字校园", "bench": "数字校园标杆校", "model": "智慧教育示范校"})
    besides = (wanted,)
    theme = wanted


class DigitalZoneNaming(
    Recognition, key="digital_zone_naming", label="教育信息化2.0示范区创建", answers="M23.1", duties=("信息化",), subject="county"
):  # fmt: skip
    """One county."""

    rubric, names = DigitalZone, DigitalZones


class DigitalSchoolRecheck(
    Recheck, key="digital_school_recheck", label="数字校园复核", answers="M23.1", duties=("数字校园",), subject="school"
):  # fmt: skip
    """One school that bears a title, every year."""

    rubric, names = DigitalSchool, DigitalSchools
    every = Every(12, "entry", month=11)
