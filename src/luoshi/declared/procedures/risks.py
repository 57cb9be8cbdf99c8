"""风险点 (M32.3): 安委办〔2016〕11号, 国办发〔2017〕35号, 豫政办〔2018〕7号: listed by place, graded, controlled by level, reviewed each year."""

from luoshi.declared.safety import DANGERS, RISK_EDGES
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, line, reckoned, when, words
from luoshi.handling.grading import CONSEQUENCE, CONTROLS, EXPOSURE, FIVE, GRADES, LIKELIHOOD
from luoshi.handling.nouns import Begin, End, State
from luoshi.handling.parts import COUNTY, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import months

_PLATFORM = "省学校双重预防信息平台"
_LEFT = "采取措施后再评"


class RiskPoint(Register, key="risk_points", label="风险点清单", answers="M32.3", subject="school"):
    """One point of risk of a school, by its place: graded before and after measures; it lapses after a year without review."""

    code = line("风险点编号", hint="本校内不重复")
    place = line("地点、部位")
    activity = line("活动或设施")
    category = choice("类别", options=DANGERS)
    danger = words("主要危险")
    method = choice("评价方法", options={"lec": "LEC（作业条件危险性评价法）", "ls": "LS（风险矩阵法）"})
    likelihood = choice("可能性L", options=LIKELIHOOD)
    exposure = choice("暴露E", options=EXPOSURE)
    consequence = choice("后果C", options=CONSEQUENCE)
    likelihood_five = choice("可能性L（1至5）", options=FIVE)
    severity_five = choice("严重性S（1至5）", options=FIVE)
    direct = choice(
        "直接判定",
        options={
            "no": "不直接判定",
            "hazard": "存在重大隐患，直接判定为重大",
            "banned": "违反法律法规禁止性规定，直接判定为重大",
        },
    )
    score = reckoned(
        "固有风险值",
        Kind.NUMBER,
        "risk_score",
        method,
        likelihood,
        exposure,
        consequence,
        likelihood_five,
        severity_five,
    )
    inherent = reckoned(
        "固有风险等级", Kind.CHOICE, "risk_grade", direct, method, score, told=RISK_EDGES, options=GRADES
    )
    level = reckoned("管控层级", Kind.CHOICE, "control_level", inherent, options=CONTROLS)
    engineering = words("工程措施")
    managing = words("管理措施")
    teaching = words("教育措施")
    protecting = words("防护措施")
    emergency = words("应急措施")
    left_likelihood = choice("剩余可能性L", options=LIKELIHOOD, hint=_LEFT)
    left_exposure = choice("剩余暴露E", options=EXPOSURE, hint=_LEFT)
    left_consequence = choice("剩余后果C", options=CONSEQUENCE, hint=_LEFT)
    left_likelihood_five = choice("剩余可能性L（1至5）", options=FIVE, hint=_LEFT)
    left_severity_five = choice("剩余严重性S（1至5）", options=FIVE, hint=_LEFT)
    left_score = reckoned(
        "剩余风险值",
        Kind.NUMBER,
        "risk_score",
        method,
        left_likelihood,
        left_exposure,
        left_consequence,
        left_likelihood_five,
        left_severity_five,
    )
    residual = reckoned(
        "剩余风险等级", Kind.CHOICE, "risk_grade", direct, method, left_score, told=RISK_EDGES, options=GRADES
    )
    owner = line("管控责任人")
    leader = line("学校主要负责人", hint="较大以上风险由学校主要负责人管控")

    title, same = place, (code,)
    columns = (code, activity, inherent, residual, level, owner)
    valid, warn = months(12), months(1)


_GRADED = (
    RiskPoint.method,
    RiskPoint.direct,
    when(RiskPoint.method.is_("lec"), RiskPoint.likelihood, RiskPoint.exposure, RiskPoint.consequence),
    when(RiskPoint.method.is_("ls"), RiskPoint.likelihood_five, RiskPoint.severity_five),
)
_CONTROLLED = (
    RiskPoint.managing,
    RiskPoint.owner,
    when(RiskPoint.inherent.is_("major", "larger"), RiskPoint.leader, RiskPoint.emergency),
    when(RiskPoint.method.is_("lec"), RiskPoint.left_likelihood, RiskPoint.left_exposure, RiskPoint.left_consequence),
    when(RiskPoint.method.is_("ls"), RiskPoint.left_likelihood_five, RiskPoint.left_severity_five),
)
_FURTHER = (RiskPoint.engineering, RiskPoint.teaching, RiskPoint.protecting)


class RiskListing(
    Procedure,
    key="risk_listing",
    label="风险辨识评估",
    answers="M32.3",
    duties=("安全",),
    subject="school",
    platform=_PLATFORM,
):
    """A danger is found, graded, given measures and owners, and listed; a major one when the county has signed."""

    dropped_why = words("不列入的理由")

    title, theme, same = RiskPoint.place, RiskPoint.category, (RiskPoint.code,)

    found = Begin(
        "已辨识",
        by=(UNIT, COUNTY),
        asks=[
            RiskPoint.code,
            RiskPoint.place,
            RiskPoint.activity,
            RiskPoint.category,
            RiskPoint.danger,
            *_GRADED,
        ],
        opens="登记风险点",
    )
    controlled = State("已定管控措施")
    listed = End("已列入清单")
    dropped = End("不列入")

    plan = found.to(controlled, "定措施、评剩余风险", by=(UNIT, COUNTY), needs=_CONTROLLED, may=_FURTHER)
    regrade = controlled.to(found, "重新评估", by=(UNIT, COUNTY), needs=_GRADED)
    enter = controlled.to(
        listed,
        "列入清单",
        by=(UNIT, COUNTY),
        when=RiskPoint.inherent.is_("larger", "general", "low"),
        enters=RiskPoint,
    )
    enter_major = controlled.to(
        listed,
        "列入清单（重大）",
        by=UNIT,
        when=RiskPoint.inherent.is_("major"),
        signed=[COUNTY],
        enters=RiskPoint,
        source="安委办〔2016〕11号：重大风险报告",
    )
    drop = found.to(dropped, "不列入清单", by=(UNIT, COUNTY), needs=[dropped_why])


class RiskReview(
    Procedure,
    key="risk_review",
    label="风险点复评",
    answers="M32.3",
    duties=("安全",),
    subject="school",
    platform=_PLATFORM,
):
    """A point that is listed is graded anew, once a year at least and after any change, or taken off the list."""

    cause = choice(
        "复评原因",
        options={
            "yearly": "每年一次",
            "changed": "人员、设施、活动有变化",
            "accident": "发生事故",
            "hazard": "发现重大隐患",
        },
    )
    gone_why = words("移出的理由")

    title, theme, same = RiskPoint.place, cause, (RiskPoint.code,)

    reviewed = Begin(
        "复评中",
        by=(UNIT, COUNTY),
        asks=[cause, *_GRADED],
        opens="复评",
        of=RiskPoint,
    )
    renewed = End("已更新清单")
    gone = End("已移出清单")

    renew = reviewed.to(
        renewed,
        "更新清单",
        by=(UNIT, COUNTY),
        needs=_CONTROLLED,
        may=_FURTHER,
        when=RiskPoint.inherent.is_("larger", "general", "low"),
        renews=RiskPoint,
    )
    renew_major = reviewed.to(
        renewed,
        "更新清单（重大）",
        by=UNIT,
        needs=_CONTROLLED,
        may=_FURTHER,
        when=RiskPoint.inherent.is_("major"),
        signed=[COUNTY],
        renews=RiskPoint,
    )
    remove = reviewed.to(gone, "移出清单", by=UNIT, needs=[gone_why], signed=[COUNTY], withdraws=RiskPoint)
