"""对县级政府履行教育职责评价 (M13.1): nine areas and thirty clauses, every county every year, from its own marks to the letter."""

from decimal import Decimal

from luoshi.declared.appraisals import Evaluation, Results
from luoshi.handling.nouns import Every
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class CountyDuties(
    Rubric,
    key="county_duties",
    label="县级政府履行教育职责评价标准",
    source="国办发〔2017〕49号的精神；九大项30条的框架参照省内一市公开的指标体系，条目由本产品拟写",
    doubt="本市2020年的分项权重和等级线未见公开文件，全部为产品默认值，须由督导办确认；等级线以宁夏2019年办法为例",
):
    """What a county government owes its schools: money, places, teachers, order, and last year's faults mended."""

    leading = area("党对教育工作的领导", 8)
    planned = leading.levels(
        "教育优先列入规划", 3, {"full": ("列入并落实", 3), "part": ("已列入", 1), "none": ("未列入", 0)}
    )
    meetings = leading.bands("党委、政府专题研究教育", 3, {0: 0, 1: 1, 2: 2, 4: 3}, unit="次", proof="会议纪要")
    contact = leading.yes("领导干部联系学校、上讲台", 2, proof="名单、记录")

    money = area("财政投入", 16)
    total_rises = money.yes("一般公共预算教育支出只增不减", 5, proof="决算表")
    pupil_rises = money.yes("按在校学生人均一般公共预算教育支出只增不减", 5, proof="决算表")
    standards = money.ratio("生均公用经费达标的学段比例", 3, target=100, unit="%")
    surcharge = money.ratio("教育费附加足额拨付比例", 3, target=100, unit="%")

    preschool = area("学前教育", 12)
    enrolled = preschool.ratio(
        "学前三年毛入园率", 4, target=90, start=70, unit="%", measured="preschool_gross_enrolment"
    )
    affordable = preschool.ratio("普惠性幼儿园覆盖率", 4, target=80, start=50, unit="%", measured="affordable_share")
    public_places = preschool.ratio("公办园在园幼儿占比", 4, target=50, start=20, unit="%", measured="public_share")

    compulsory = area("义务教育", 16)
    balance = compulsory.ratio("校际差异系数达标项比例", 4, target=100, unit="%")
    large = compulsory.ratio("大班额比例", 4, target=0, start=10, unit="%", measured="compulsory_large_class_rate")
    retained = compulsory.ratio("九年巩固率", 4, target=96, start=90, unit="%", measured="nine_year_retention")
    near = compulsory.yes("免试就近入学、公民同招", 4)

    senior = area("普通高中与职业教育", 12)
    reached = senior.ratio("高中阶段毛入学率", 4, target=92, start=80, unit="%", measured="senior_gross_enrolment")
    crowded = senior.ratio(
        "普通高中大班额比例", 4, target=0, start=30, unit="%", absent=True, measured="senior_large_class_rate"
    )
    vocational = senior.levels(
        "职业学校办学条件", 4, {"good": ("达标", 4), "fair": ("部分达标", 2), "poor": ("差距较大", 0)}, absent=True
    )

    teachers = area("教师队伍", 14)
    posts = teachers.ratio("教师编制使用率", 3, target=100, start=90, unit="%")
    pay = teachers.yes("义务教育教师平均工资收入不低于当地公务员", 5, source="义务教育法第31条", proof="比对表")
    moved = teachers.ratio("教师交流轮岗比例", 2, target=10, unit="%")
    trained = teachers.ratio("五年360学时完成率", 2, target=100, start=60, unit="%")
    ethics = teachers.levels(
        "师德失范查处", 2, {"full": ("按时查处", 2), "part": ("有逾期", 1), "none": ("有未查处", 0)}
    )

    private = area("民办教育与校外培训", 6)
    checked = private.levels(
        "民办学校年检", 3, {"full": ("全部年检并整改", 3), "part": ("有未整改", 1), "none": ("未开展", 0)}, absent=True
    )
    outside = private.levels("校外培训治理", 3, {"full": ("台账清零", 3), "part": ("有存量", 1), "none": ("未开展", 0)})

    order = area("教育管理与安全", 10)
    safe = order.ratio("安全隐患按期整改率", 4, target=100, start=80, unit="%")
    heard = order.ratio("教育信访按期答复率", 3, target=100, start=80, unit="%", measured="petitions_answered_on_time")
    lighter = order.levels("教师减负清单", 3, {"full": ("公布并执行", 3), "part": ("已公布", 1), "none": ("未公布", 0)})

    mended = area("上年整改与当年重点", 6)
    last_year = mended.ratio("上年督导意见整改完成率", 3, target=100, start=60, unit="%", absent=True)
    this_year = mended.ratio("当年工作要点任务完成率", 2, target=100, start=60, unit="%")
    satisfied = mended.ratio("群众满意度", 1, target=85, start=60, unit="%")

    late = deduct("材料逾期或数据差错", each="0.5", most=3)
    incident = flag("发生涉校重大事件", down=1)
    faked = flag("弄虚作假", down=1)
    unsafe = flag("仍使用D级危房", cap="good")
    disaster = veto("发生重大安全责任事故")

    grades = (
        Grade("excellent", "优秀", Decimal(90)),
        Grade("good", "良好", Decimal(80)),
        Grade("fair", "合格", Decimal(65)),
        Grade("poor", "不合格", Decimal(0)),
    )
    passing = "fair"
    judges = 2


class CountyDutyResults(
    Results, key="county_duty_results", label="县级政府履行教育职责评价结果", answers="M13.1", subject="county"
):
    """What a county's year came to; the result is a ground of 考核, and what is bad is talked over, told and mended."""


class CountyDuty(
    Evaluation, key="county_duty", label="县级政府履行教育职责评价", answers="M13.1", duties=("督导",), subject="county"
):
    """One county in one year."""

    rubric, names = CountyDuties, CountyDutyResults
    every = Every(12, "county", 1)
