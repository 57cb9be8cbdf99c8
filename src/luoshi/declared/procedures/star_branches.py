"""党建示范校与“五星支部” (M2.1): stars of a branch, and demonstration schools with their work for national unity; both re-checked."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class StarBranch(
    Rubric,
    key="star_branch",
    label="“五星支部”评定标准",
    source="党支部工作条例（试行）的职责；五颗星的名称各地不一，条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A branch by five stars of twenty points each: its faith, its life, its members, its service, its order."""

    faith = area("政治建设星", 20)
    study = faith.ratio("理论学习按计划完成率", 10, target=100, start=60, unit="%", proof="学习记录")
    duty = faith.yes("意识形态责任制有台账、按期研判", 10)

    life = area("组织生活星", 20)
    meetings = life.ratio("“三会一课”按次开展率", 12, target=100, start=60, unit="%", proof="会议记录")
    talks = life.yes("组织生活会、民主评议按年开展", 8)

    members = area("党员队伍星", 20)
    points = members.yes("党员积分按期公示", 8)
    dues = members.ratio("党费按时足额交纳率", 12, target=100, start=90, unit="%")

    service = area("作用发挥星", 20)
    posts = service.ratio("党员示范岗覆盖教研组比例", 10, target=100, unit="%")
    helped = service.ratio("党员教师联系学生家庭比例", 10, target=100, start=30, unit="%")

    order = area("阵地保障星", 20)
    room = order.levels("活动阵地", 10, {"full": ("规范", 10), "part": ("基本规范", 6), "none": ("不规范", 0)})
    funds = order.yes("党建经费列入学校预算", 10)

    late = deduct("换届逾期或材料失实", each=2, most=6)
    fallen = flag("支部委员受党纪处分", cap="four")
    barred = veto("评先资格受限", barred="评优评先")

    grades = (
        Grade("five", "五星", Decimal(90)),
        Grade("four", "四星", Decimal(80)),
        Grade("three", "三星", Decimal(70)),
        Grade("none", "不评星", Decimal(0)),
    )
    passing = "three"
    judges = 2


class PartySchool(
    Rubric,
    key="party_school",
    label="党建工作示范学校标准",
    source="加强中小学校党的建设工作的意见的精神；民族团结进步创建列为一组；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school whose party work others may learn from, and where pupils of all nationalities grow up together."""

    leading = area("党组织领导作用", 40)
    decides = leading.yes("重大事项由党组织研究决定", 15, proof="会议纪要")
    charter = leading.yes("党建要求写入学校章程", 10, proof="章程")
    clean = leading.yes("廉政风险点排查并公示", 15)

    work = area("党建与教育教学融合", 40)
    joined = work.yes("有党建与教学融合的品牌项目", 20, proof="项目方案、成效")
    stars = work.ratio("所属支部三星以上比例", 20, target=100, start=50, unit="%")

    unity = area("民族团结进步", 20)
    lessons = unity.yes("民族团结教育进课堂、进校园活动", 10)
    friends = unity.bands("各民族学生结对、共建活动", 10, {0: 0, 1: 5, 3: 10}, unit="次", absent=True)

    barred = veto("评先资格受限", barred="评优评先")
    lost = veto("班子成员严重违纪违法")

    grades = (Grade("named", "示范学校", Decimal(85)), Grade("none", "未达标", Decimal(0)))
    passing = "named"
    judges = 3


class StarBranches(Titles, key="star_branches", label="“五星支部”名单", answers="M2.1", subject="school"):
    """One branch with its stars, for two years."""

    valid, warn = months(24), months(3)


class PartySchools(Titles, key="party_schools", label="党建工作示范学校名单", answers="M2.1", subject="school"):
    """One demonstration school, for three years."""

    valid, warn = months(36), months(3)


class StarBranchRating(
    Recognition, key="star_branch_rating", label="“五星支部”评定", answers="M2.1", duties=("党建",), subject="school"
):
    """One branch that wants its stars."""

    rubric, names = StarBranch, StarBranches


class PartySchoolNaming(
    Recognition, key="party_school_naming", label="党建示范校创建", answers="M2.1", duties=("党建",), subject="school"
):
    """One school that wants to be an example."""

    rubric, names = PartySchool, PartySchools


class StarBranchRecheck(
    Recheck, key="star_branch_recheck", label="“五星支部”复核", answers="M2.1", duties=("党建",), subject="school"
):
    """One branch with stars, every year."""

    rubric, names = StarBranch, StarBranches
    every = Every(12, "entry", month=11)
