"""校长职级 (M12.3): a principal's rank by record, plan and what those around say; for a term, then weighed anew."""

from decimal import Decimal

from luoshi.declared.appraisals import PersonRecognition, PersonTitles, Recheck
from luoshi.handling.fields import count
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, bonus, flag, veto
from luoshi.scoring.nouns import Grade


class PrincipalRank(
    Rubric,
    key="principal_rank",
    label="中小学校长职级评定标准",
    source="义务教育学校校长专业标准（教师〔2013〕3号）的六项职责；职级名称和条目由本产品拟写",
    doubt="职级设置、分值和比例由市里另定，未见公开文件；职级与待遇挂钩的办法不在本系统",
):
    """Who leads a school well: years, what the school became, a defence before judges, and what staff and parents say."""

    record = area("任职资历", 20)
    years = record.bands("任正职校长年限", 8, {0: 0, 2: 2, 5: 5, 10: 8}, unit="年")
    rural = record.bands("乡村或薄弱学校任职", 6, {0: 0, 1: 3, 3: 6}, unit="年")
    trained = record.yes("任职资格、提高培训合格", 6, proof="证书")

    school = area("办学实绩", 45)
    planned = school.levels(
        "规划学校发展",
        10,
        {"full": ("落实", 10), "part": ("部分落实", 5), "none": ("未落实", 0)},
        proof="规划、年度报告",
    )
    moral = school.judged("营造育人文化", 10)
    teaching = school.judged("领导课程教学", 10)
    staff = school.judged("引领教师成长", 8)
    managed = school.judged("优化内部管理与外部环境", 7)

    defence = area("答辩", 15)
    spoken = defence.judged("办学思路与问题处置", 15)

    voices = area("测评", 20)
    by_staff = voices.ratio("教职工测评满意率", 10, target=95, start=60, unit="%")
    by_parents = voices.ratio("家长测评满意率", 6, target=95, start=60, unit="%")
    by_county = voices.ratio("主管部门年度考核得分", 4, target=95, start=60, unit="分")

    exchanged = bonus("任期内交流到乡村学校任职", each=2, most=4, unit="年")
    accident = flag("任期内发生安全责任事故", down=1)
    barred = veto("在限制期内，不得晋升", barred="职务晋升")

    over = 4
    grades = (
        Grade("special", "特级", Decimal(92)),
        Grade("senior", "高级", Decimal(85)),
        Grade("middle", "中级", Decimal(75)),
        Grade("junior", "初级", Decimal(60)),
        Grade("none", "不定级", Decimal(0)),
    )
    passing = "junior"
    judges = 5


class PrincipalRanks(PersonTitles, key="principal_ranks", label="校长职级名册", answers="M12.3", subject="person"):
    """One principal with the rank, until the term ends."""

    valid = months(36)


class PrincipalRanking(
    PersonRecognition,
    key="principal_ranking",
    label="校长职级评定",
    answers="M12.3",
    duties=("校长职级制",),
    subject="school",
):
    """One principal in one round."""

    rubric, names = PrincipalRank, PrincipalRanks
    served = count("任正职校长年数", least=0, most=45)
    besides = (*PersonRecognition.besides, served)


class PrincipalTermCheck(
    Recheck,
    key="principal_term_check",
    label="校长职级年度考核",
    answers="M12.3",
    duties=("校长职级制",),
    subject="school",
):
    """One principal with a rank, every year of the term."""

    rubric, names = PrincipalRank, PrincipalRanks
    every = Every(12, "entry", month=7)
