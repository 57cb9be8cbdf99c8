"""预算绩效评价 (M29.3): one project by what it cost, made and changed; its own score beside the one that was checked."""

from decimal import Decimal

from luoshi.declared.appraisals import Evaluation, Results
from luoshi.handling.fields import line, number
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class BudgetPerformance(
    Rubric,
    key="budget_performance",
    label="项目支出绩效评价标准",
    source="财预〔2020〕10号项目支出绩效评价管理办法：决策、过程、产出、效益；优90、良80、中60",
    doubt="二级权重和三级条目为产品默认值，个性指标由项目单位在绩效目标中写明，按完成率填",
):
    """Whether money did what was promised for it."""

    decided = area("决策", 20)
    needed = decided.yes("立项依据充分、程序规范", 7, proof="立项文件")
    goals = decided.levels(
        "绩效目标明确、可衡量", 7, {"full": ("明确", 7), "part": ("基本明确", 4), "none": ("不明确", 0)}
    )
    counted = decided.yes("预算编制有测算依据", 6, proof="测算表")

    process = area("过程", 20)
    paid_in = process.ratio("资金到位率", 5, target=100, start=50, unit="%")
    spent = process.ratio("预算执行率", 7, target=100, start=50, unit="%", proof="支付明细")
    ruled = process.yes("资金使用合规、制度健全", 8)

    output = area("产出", 30)
    quantity = output.ratio("数量指标完成率", 10, target=100, start=50, unit="%")
    quality = output.ratio("质量达标率", 8, target=100, start=50, unit="%")
    on_time = output.ratio("按时完成率", 6, target=100, start=50, unit="%")
    cost = output.ratio("成本控制在预算内的比例", 6, target=100, start=50, unit="%")

    effect = area("效益", 30)
    social = effect.ratio("社会效益指标完成率", 12, target=100, start=50, unit="%")
    lasting = effect.levels("可持续影响", 8, {"good": ("好", 8), "fair": ("一般", 4), "poor": ("差", 0)})
    content = effect.ratio("服务对象满意度", 10, target=95, start=60, unit="%", absent=True)

    late = deduct("绩效监控未按时填报", each=1, most=3)
    moved = flag("未经批准调整用途", cap="fair")
    misused = veto("截留、挪用、套取资金")

    grades = (
        Grade("excellent", "优", Decimal(90)),
        Grade("good", "良", Decimal(80)),
        Grade("fair", "中", Decimal(60)),
        Grade("poor", "差", Decimal(0)),
    )
    passing = "fair"
    judges = 2


class BudgetResults(Results, key="budget_results", label="项目支出绩效评价结果", answers="M29.3", subject="school"):
    """One project's result; next year's budget looks at it."""

    project = line("项目名称")
    amount = number("预算数（万元）", least=0, most=1_000_000)

    title = project
    public = (project, amount, Results.grade)
    same = (project,)


class BudgetEvaluation(
    Evaluation,
    key="budget_evaluation",
    label="项目支出绩效评价",
    answers="M29.3",
    duties=("绩效管理",),
    subject="school",
):
    """One project of one school or county in one year: its own score at the year's end, then the finance section's."""

    rubric, names = BudgetPerformance, BudgetResults
    every = None
    project, amount = BudgetResults.project, BudgetResults.amount
    besides = (project, amount)
    title = project
