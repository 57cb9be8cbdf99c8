"""县级教师培训机构与实践基地 (M25.8): a county's institution by a standard; a school as a place where teachers practise."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.fields import count
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, flag, veto
from luoshi.scoring.nouns import Grade


class CountyInstitute(
    Rubric,
    key="county_institute",
    label="县级教师培训机构标准化建设标准",
    source="示范性县级教师培训机构评估标准的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A county's institution: one, with its own people, rooms and money, that trains and researches together."""

    order = area("机构与职能", 20)
    whole = order.yes("培训、教研、电教、科研职能整合", 10, proof="编制批复")
    free = order.yes("独立法人、独立核算", 10)

    staff = area("队伍", 30)
    number = staff.ratio("专任培训者与县域教师之比（千分比）", 10, target=5, start=1, unit="‰")
    senior = staff.ratio("高级职称培训者比例", 15, target=40, start=10, unit="%")
    part_time = staff.bands("兼职培训专家库", 5, {0: 0, 20: 3, 50: 5}, unit="人")

    ground = area("条件", 25)
    rooms = ground.ratio("校舍建筑面积", 17, target=3000, start=500, unit="平方米")
    network = ground.levels(
        "网络研修平台与设备", 8, {"full": ("达标", 8), "part": ("部分达标", 4), "none": ("未达标", 0)}
    )

    work = area("培训与经费", 25)
    funds = work.ratio("培训经费占教师工资总额比例", 10, target="1.5", start=0, unit="%", proof="决算")
    hours = work.ratio("县域教师年度学时完成率", 15, target=100, start=60, unit="%")

    misused = flag("挤占挪用培训经费", cap="near")

    grades = (
        Grade("model", "示范", Decimal(90)),
        Grade("met", "达标", Decimal(75)),
        Grade("near", "基本达标", Decimal(60)),
        Grade("none", "未达标", Decimal(0)),
    )
    passing = "met"
    judges = 3


class PracticeBase(
    Rubric,
    key="practice_base",
    label="教师教育实践基地标准",
    source="师范生实习和在职教师跟岗的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school where others may learn by doing."""

    ground = area("条件", 40)
    places = ground.bands("每学期可接收人数", 20, {0: 0, 5: 8, 10: 14, 20: 20}, unit="人")
    lodging = ground.yes("食宿、安全有保障", 20)

    guiding = area("指导", 60)
    mentors = guiding.ratio("指导教师中县级以上骨干比例", 25, target=80, start=20, unit="%")
    agreed = guiding.yes("与高校或培训机构有协议", 15, proof="协议")
    course = guiding.judged("跟岗课程与评价办法", 20)

    barred = veto("评先资格受限", barred="评优评先")

    grades = (Grade("named", "实践基地", Decimal(75)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 2


class CountyInstitutes(
    Titles, key="county_institutes", label="达标县级教师培训机构", answers="M25.8", subject="county"
):
    """One county's institution, for five years."""

    valid, warn = months(60), months(6)


class PracticeBases(Titles, key="practice_bases", label="教师教育实践基地名单", answers="M25.8", subject="school"):
    """One school with the places it offers a term, for three years."""

    valid, warn = months(36), months(3)
    offered = count("每学期名额", least=1, most=500)

    public = (offered, Titles.document_no)


class CountyInstituteNaming(
    Recognition, key="county_institute_naming", label="县级教师培训机构达标评估", answers="M25.8", duties=("教师培训",), subject="county"
):  # fmt: skip
    """One county's institution; the gaps it is told of are the list of what to mend."""

    rubric, names = CountyInstitute, CountyInstitutes


class PracticeBaseNaming(
    Recognition, key="practice_base_naming", label="教师教育实践基地认定", answers="M25.8", duties=("教师培训",), subject="school"
):  # fmt: skip
    """One school."""

    rubric, names = PracticeBase, PracticeBases
    offered = PracticeBases.offered
    besides = (offered,)


class PracticeBaseRecheck(
    Recheck, key="practice_base_recheck", label="教师教育实践基地复核", answers="M25.8", duties=("教师培训",), subject="school"
):  # fmt: skip
    """One base, every year."""

    rubric, names = PracticeBase, PracticeBases
    every = Every(12, "entry", month=12)
