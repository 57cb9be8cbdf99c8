"""文明校园 (M7.1): named once on five kinds of criteria, and looked at again every year while the title stands."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, bonus, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class CivilisedCampus(
    Rubric,
    key="civilised_campus",
    label="文明校园测评标准",
    source="“六个好”的创建要求，条目由本产品拟写",
    doubt=WEIGHTS,
):
    """Whether a school is one where pupils are brought up well: by its head, its lessons, its people, its ground and its order."""

    leading = area("领导班子建设", 15)
    planned = leading.yes("创建工作列入学校年度计划", 5, proof="计划、分工")
    open_to_all = leading.levels(
        "校务公开、民主管理", 5, {"full": ("健全", 5), "part": ("基本健全", 3), "none": ("不健全", 0)}
    )
    clean = leading.yes("班子成员无违纪违法", 5)

    moral = area("思想道德建设", 25)
    lessons = moral.ratio("思政课、道德与法治课开足比例", 8, target=100, start=80, unit="%")
    plan = moral.yes("有德育“一校一案”", 5)
    activities = moral.bands("年度主题教育活动", 6, {0: 0, 2: 2, 4: 4, 6: 6}, unit="次", proof="活动方案、总结")
    volunteers = moral.ratio("师生参加志愿服务比例", 6, target=60, start=10, unit="%")

    teaching = area("教师队伍建设", 20)
    trained = teaching.ratio("师德培训参训率", 6, target=100, start=60, unit="%")
    visits = teaching.ratio("家访覆盖率", 6, target=100, start=50, unit="%", proof="家访记录")
    no_paid = teaching.yes("无有偿补课、违规收礼", 8)

    culture = area("校园文化建设", 20)
    reading = culture.yes("有阅读角、校报校刊或广播站", 5)
    clubs = culture.ratio("学生参加社团比例", 8, target=80, start=20, unit="%")
    homes = culture.bands("家长学校每学年授课", 7, {0: 0, 1: 3, 2: 5, 4: 7}, unit="次")

    ground = area("校园环境与阵地", 20)
    tidy = ground.levels("环境卫生、垃圾分类", 6, {"good": ("好", 6), "fair": ("一般", 3), "poor": ("差", 0)})
    heart = ground.yes("设心理辅导室、有人值守", 6)
    labour = ground.yes("有劳动实践场所", 4, absent=True)
    network = ground.yes("校园网络、新媒体账号有专人管", 4)

    shared = bonus("经验在市级以上推广", each=1, most=3, source="以正式文件为准")
    late = deduct("材料逾期或失实", each=1, most=5)
    complaint = flag("群众举报查实", down=1)
    barred = veto("评先资格受限", barred="评优评先")
    disaster = veto("发生重大安全责任事故")
    law = veto("学校主要负责人严重违纪违法")

    grades = (
        Grade("pacesetter", "标兵", Decimal(95)),
        Grade("named", "文明校园", Decimal(85)),
        Grade("none", "未达标", Decimal(0)),
    )
    passing = "named"
    judges = 3


class CivilisedCampuses(Titles, key="civilised_campuses", label="文明校园", answers="M7.1", subject="school"):
    """One school that bears the title, for three years, re-checked every year."""

    valid, warn = months(36), months(3)


class CivilisedCampusNaming(
    Recognition,
    key="civilised_campus_naming",
    label="文明校园创建",
    answers="M7.1",
    duties=("文明校园",),
    subject="school",
):
    """One school that wants the title."""

    rubric, names = CivilisedCampus, CivilisedCampuses


class CivilisedCampusRecheck(
    Recheck,
    key="civilised_campus_recheck",
    label="文明校园年度复查",
    answers="M7.1",
    duties=("文明校园",),
    subject="school",
):
    """One school that bears the title, every year."""

    rubric, names = CivilisedCampus, CivilisedCampuses
    every = Every(12, "entry", month=9)
