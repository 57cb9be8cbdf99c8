"""项目形象进度 (M16.2): one project, one file; each month how far it is, what hinders it, and at the end what was handed over."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, photo, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import HANDLER, HOST, LEADER, SPONSOR
from luoshi.handling.terms import days, months, workdays


class Project(Procedure, key="project", label="项目形象进度", answers="M16.2", duties=("项目", "新建", "校舍")):
    """One school, kindergarten or housing project from its approval to its use; each monthly report falls due a month after the last."""

    name = line("项目名称")
    kind = choice(
        "项目类别",
        options={
            "kindergarten": "幼儿园", "compulsory": "义务教育学校", "boarding": "农村寄宿制学校", "senior": "普通高中",
            "vocational": "职业学校", "housing": "教师周转宿舍", "other": "其他",
        },
    )  # fmt: skip
    responsible = unit("责任单位")
    budget = number("总投资（万元）", least=0, most=1_000_000)
    approval_no = line("立项文号")
    as_of = day("数据截至日")
    stage = choice(
        "形象进度",
        options={
            "before": "前期手续", "tender": "招投标", "foundation": "基础施工", "frame": "主体施工", "capped": "主体封顶",
            "fitting": "装饰装修", "accepted": "竣工验收", "used": "投入使用",
        },
    )  # fmt: skip
    share = number("完成投资占比（%）", least=0, most=100)
    picture = photo("现场照片", hint="形象进度变化时附一张即可，不要求每月拍照")
    problem = choice("是否有需协调解决的问题", options={"no": "没有", "yes": "有"})
    obstacle = words("需协调解决的问题", most=200)
    why_back = words("退回修改的理由")
    solved = words("协调结果", most=200)
    accepted_on = day("竣工验收日期")
    acceptance = paper("竣工验收文件")
    used_on = day("投入使用日期")
    places = number("新增学位", least=0, most=20_000)
    why_stopped = words("终止原因")

    title, theme, handler = name, kind, responsible
    same = (name, approval_no)
    bounds = not_before(used_on, accepted_on)

    monthly = Clock(
        "月报期限",
        months(1),
        workdays(3),
        as_of,
        extend=once(months(1), LEADER),
        pause=LEADER,
        doubt="每月一报为产品默认值；暂缓（经批准）期间不报",
    )
    solving = Clock("协调期限", workdays(10), workdays(2), doubt="产品默认值")
    using = Clock("投入使用期限", days(180), workdays(20), accepted_on, doubt="产品默认值")

    building = Begin(
        "在建",
        monthly,
        by=(HOST, SPONSOR),
        asks=[name, kind, responsible, budget, approval_no, as_of],
        opens="建一项目一案",
    )
    reported = State("进度待核")
    hindered = State("问题协调中", solving)
    finished = State("已竣工，待使用", using)
    complete = End("已投入使用")
    stopped = End("已终止", decided=False)

    report = building.to(
        reported,
        "报形象进度",
        by=HANDLER,
        needs=[as_of, stage, share, problem, when(problem.is_("yes"), obstacle)],
        may=[picture],
    )
    verify = reported.to(building, "核定", by=HOST, when=problem.is_("no"), apart=[report])
    coordinate = reported.to(hindered, "核定并协调问题", by=HOST, when=problem.is_("yes"), apart=[report])
    back = reported.to(building, "退回修改", by=HOST, needs=[why_back])
    solve = hindered.to(building, "问题已解决", by=HOST, needs=[solved])
    finish = building.to(finished, "竣工验收", by=HANDLER, needs=[accepted_on, acceptance], signed=[HOST])
    use = finished.to(complete, "投入使用", by=HANDLER, needs=[used_on, places], signed=[HOST, LEADER])
    stop = building.to(stopped, "终止项目", by=HOST, needs=[why_stopped], signed=[LEADER]).also(hindered)
    resume = stopped.reopens(building, "重新启动", by=HOST, needs=[as_of, approval_no])
