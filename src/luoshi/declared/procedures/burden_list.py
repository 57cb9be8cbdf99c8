"""教师减负清单 (M28.2): each entry with its owner, and a line on which whoever meets a breach says so."""

from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, paper, unit, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER, OVERSIGHT, SPONSOR
from luoshi.handling.registers import Register
from luoshi.handling.terms import workdays


class BurdenList(Register, key="burden_list", label="教师减负清单", answers="M28.2"):
    """One thing that teachers are no longer asked, and the office that answers for it."""

    entry = line("清单条目")
    owner_unit = unit("责任单位")
    basis = line("依据", hint="文件标题和文号")

    title = entry
    public = (entry, owner_unit, basis)
    same = (entry,)


class BurdenEntry(
    Procedure, key="burden_entry", label="减负清单条目", answers="M28.2", duties=("社会事务进校园", "公文")
):
    """An entry from its draft over the opinions of counties and teachers to the published list."""

    entry, owner_unit, basis = BurdenList.entry, BurdenList.owner_unit, BurdenList.basis
    asked_of = words("征求意见的单位", hint="县(市、区)和教师代表")
    opinions = words("意见采纳情况")
    document = line("公布文号")
    why_dropped = words("不列入的理由")

    title, handler = entry, owner_unit

    asking = Clock("征求意见期限", workdays(10), workdays(2), doubt="产品默认值")

    drafted = Begin("草拟", by=(HOST, SPONSOR), asks=[entry, owner_unit, basis], opens="提出条目")
    consulted = State("征求意见中", asking)
    ready = State("待审定")
    published = End("已公布")
    dropped = End("不列入")

    consult = drafted.to(consulted, "征求意见", by=HOST, needs=[asked_of])
    gather = consulted.to(ready, "汇总意见", by=HOST, needs=[opinions])
    publish = ready.to(published, "审定公布", by=HOST, needs=[document], signed=[LEADER], enters=BurdenList)
    drop = ready.to(dropped, "不列入", by=HOST, needs=[why_dropped]).also(drafted)


class BurdenBreach(
    Procedure,
    key="burden_breach",
    label="加重负担反映",
    answers="M28.2",
    duties=("社会事务进校园", "公文"),
    guarded="person",
):
    """One breach of an entry: who asked what of whom; answered by the owner, and checked by 督查室."""

    who = line("反映人", private=True, hint="匿名的写“匿名”")
    asked_by = unit("要求的单位")
    met_on = day("发生日期")
    what = words("要求教师做的事")
    given_to = unit("办理单位")
    held = choice("是否属实", options={"yes": "属实", "partly": "部分属实", "no": "不属实"})
    handling = words("处理情况")
    proof = paper("撤销或整改的材料")
    why_again = words("再办的理由")

    title, theme, handler, accuses = asked_by, held, given_to, asked_by
    same = (asked_by, what)

    answering = Clock("办理期限", workdays(15), workdays(3), extend=once(workdays(10), LEADER), doubt="产品默认值")

    told = Begin(
        "已登记",
        by=(HOST, CITIZEN),
        asks=[asked_by, met_on, what],
        may=[who],
        opens="反映加重负担",
        of=BurdenList,
    )
    handled = State("办理中", answering)
    answered = State("待督查室核查", answering)
    closed = End("已核查")
    merged = End("已归并", decided=False)

    give = told.to(handled, "交办", by=HOST, needs=[given_to])
    merge = told.to(merged, "归并到同一反映", by=HOST, merges=True)
    answer = handled.to(answered, "报处理情况", by=HANDLER, needs=[held, handling], may=[proof])
    check = answered.to(closed, "核查属实，办结", by=OVERSIGHT, apart=[answer])
    back = answered.to(handled, "退回再办", by=OVERSIGHT, needs=[why_again])
    reopen = closed.reopens(handled, "再次发生，重新办理", by=(HOST, OVERSIGHT), needs=[given_to])
