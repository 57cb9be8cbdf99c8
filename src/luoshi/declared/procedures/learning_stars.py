"""社区教育实验区、示范区与学习之星 (M20.2): counties by what they offer grown people; persons and brands by what they did."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Awards, Contest, Recognition, Titles
from luoshi.handling.fields import choice, line
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, veto
from luoshi.scoring.nouns import Grade


class LearningZone(
    Rubric,
    key="learning_zone",
    label="社区教育实验区、示范区标准",
    source="教职成〔2016〕4号推进社区教育发展的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A county where grown people can learn near home."""

    net = area("网络与机构", 35)
    college = net.ratio("社区教育学院", 10, target=100, unit="%", measured="community_colleges")
    adult = net.ratio("乡镇成人学校转型比例", 15, target=100, unit="%", measured="adult_schools_converted")
    points = net.ratio("村（社区）教学点覆盖率", 10, target=100, start=30, unit="%")

    money = area("经费与队伍", 30)
    funds = money.ratio("常住人口人均社区教育经费", 15, target=2, start=0, unit="元", proof="决算")
    staff = money.bands("专职管理人员", 5, {0: 0, 1: 3, 3: 5}, unit="人")
    volunteers = money.bands("注册学习志愿者", 10, {0: 0, 50: 5, 200: 10}, unit="人")

    learning = area("活动与成效", 35)
    reached = learning.ratio("年参加学习活动人口比例", 15, target=50, start=10, unit="%")
    old = learning.ratio("老年人参与学习比例", 10, target=20, unit="%")
    brands = learning.bands("县级以上学习品牌", 10, {0: 0, 1: 5, 3: 10}, unit="个")

    faked = veto("材料弄虚作假")

    grades = (
        Grade("model", "推荐示范区", Decimal(90)),
        Grade("trial", "推荐实验区", Decimal(78)),
        Grade("none", "不推荐", Decimal(0)),
    )
    passing = "trial"
    judges = 3


class LearningStar(
    Rubric,
    key="learning_star",
    label="“学习之星”“学习品牌”评分标准",
    source="全民终身学习活动周的推荐通知的常见条件；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """One person or one brand by its story."""

    story = area("事迹", 60)
    lasting = story.judged("坚持学习或持续举办", 25)
    change = story.judged("带来的变化", 35)
    shared = area("带动", 40)
    others = shared.judged("影响和带动他人", 25)
    spread = shared.judged("可学可推广", 15)

    law = veto("本人或单位有违法失信记录")

    grades = (
        Grade("national", "推荐国家级", Decimal(92)),
        Grade("provincial", "推荐省级", Decimal(86)),
        Grade("city", "市级", Decimal(78)),
        Grade("none", "未入选", Decimal(0)),
    )
    passing = "city"
    judges, trim = 5, 1


class LearningZones(Titles, key="learning_zones", label="社区教育实验区、示范区", answers="M20.2", subject="county"):
    """One county that was recommended, for three years; the province names."""

    valid, warn = months(36), months(3)


class LearningStars(Awards, key="learning_stars", label="“学习之星”“学习品牌”名单", answers="M20.2", subject="county"):
    """One person or brand; a person's name stays with the entry, the naming document is public by itself."""

    nominee = line("推荐对象", private=True, hint="姓名或品牌名称")
    sort_of = choice("类别", options={"person": "学习之星", "brand": "学习品牌"})

    title = nominee
    public = (sort_of, Awards.entry, Awards.grade, Awards.document_no)
    same = (nominee, Awards.entry)


class LearningZoneNaming(
    Recognition,
    key="learning_zone_naming",
    label="社区教育实验区、示范区申报",
    answers="M20.2",
    duties=("社区教育",),
    subject="county",
):
    """One county."""

    rubric, names = LearningZone, LearningZones


class LearningStarChoice(
    Contest, key="learning_star_choice", label="“学习之星”推荐评选", answers="M20.2", duties=("社区教育",), subject="county"
):  # fmt: skip
    """One person or brand that a county nominates within its quota."""

    rubric, names = LearningStar, LearningStars
    nominee, sort_of = LearningStars.nominee, LearningStars.sort_of
    besides = (nominee, sort_of)
    theme = sort_of
