"""产教联盟、实训基地与产教融合型单位 (M18.4): named on partners, machines and trainees; reported on every year."""

from decimal import Decimal

from luoshi.declared.appraisals import Recheck, Recognition, Titles
from luoshi.handling.fields import choice, line
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, bonus, flag, veto
from luoshi.scoring.nouns import Grade


class IndustryBase(
    Rubric,
    key="industry_base",
    label="产教融合联盟、基地认定标准",
    source="国办发〔2017〕95号深化产教融合的要求；条目由本产品拟写",
    doubt="分值和等级线为产品默认值；联盟、基地、融合型院校和企业合用一表，不适用的条目注明理由",
):
    """A bond of schools and firms by what it really does: agreements, machines, hours, people."""

    bond = area("组织与协议", 25)
    partners = bond.bands("签约企业", 10, {0: 0, 3: 5, 8: 10}, unit="家", proof="合作协议")
    council = bond.yes("有理事会、年度会议和章程", 8, proof="章程、纪要")
    leading = bond.yes("有行业龙头企业参与", 7)

    ground = area("设备与场地", 25)
    machines = ground.ratio("生均设备值", 10, target=8000, start=1000, unit="元", absent=True)
    places = ground.ratio("工位满足率", 8, target=100, start=50, unit="%", absent=True)
    invested = ground.yes("企业有设备或资金投入", 7, proof="入账凭证")

    joint = area("共同育人", 30)
    courses = joint.bands("校企共建课程", 8, {0: 0, 2: 4, 5: 8}, unit="门")
    masters = joint.ratio("企业兼职教师授课比例", 7, target=20, unit="%")
    apprentices = joint.ratio("学徒或订单培养学生比例", 8, target=30, unit="%", absent=True)
    practice = joint.ratio("专业教师企业实践达标率", 7, target=100, start=30, unit="%", absent=True)

    result = area("服务成效", 20)
    trained = result.bands("年社会培训", 8, {0: 0, 200: 4, 1000: 8}, unit="人次")
    employed = result.ratio("毕业生对口就业率", 7, target=80, start=30, unit="%", absent=True)
    shared = result.yes("设备、课程向其他学校开放", 5)

    prize = bonus("获省级以上产教融合项目", each=2, most=4, unit="项")
    idle = flag("设备闲置超过一年", down=1)
    hurt = veto("实习学生发生重大安全责任事故")
    sold = veto("违规安排学生实习牟利")

    over = 4
    grades = (
        Grade("high", "高水平", Decimal(90)),
        Grade("named", "认定", Decimal(78)),
        Grade("none", "未认定", Decimal(0)),
    )
    passing = "named"
    judges = 3


class IndustryBases(Titles, key="industry_bases", label="产教融合联盟、基地名单", answers="M18.4", subject="school"):
    """One alliance, base, school or firm, for three years; a firm stands under the school that proposes it."""

    sort_of = choice(
        "认定类别",
        options={
            "alliance": "产教联盟（职教集团）",
            "base": "实训基地",
            "school": "产教融合型院校",
            "firm": "产教融合型企业",
        },
    )
    called = line("名称")

    title, valid, warn = called, months(36), months(3)
    public = (sort_of, called, Titles.grade, Titles.document_no)
    same = (sort_of, called)


class IndustryNaming(
    Recognition,
    key="industry_naming",
    label="产教融合认定",
    answers="M18.4",
    duties=("产教", "职业教育"),
    subject="school",
):
    """One application."""

    rubric, names = IndustryBase, IndustryBases
    sort_of, called = IndustryBases.sort_of, IndustryBases.called
    besides = (sort_of, called)
    title, theme = called, sort_of


class IndustryReport(
    Recheck,
    key="industry_report",
    label="产教融合年度考核",
    answers="M18.4",
    duties=("产教", "职业教育"),
    subject="school",
):
    """What is named, every year: trainees, machines in use, apprentices."""

    rubric, names = IndustryBase, IndustryBases
    every = Every(12, "entry", month=12)
