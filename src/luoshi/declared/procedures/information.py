"""信息报送与采用 (M31.3): a unit hands in a piece, an editor takes it or not, and it counts once, at the highest level that took it."""

from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, paper, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import HOST, SPONSOR
from luoshi.handling.terms import workdays


class Information(
    Procedure,
    key="information",
    label="信息报送与采用",
    answers="M31.3",
    duties=("信息宣传", "政务信息", "信息", "文电"),
):
    """One piece of information from a unit: edited, passed upward, taken or not; which organ took it is shown by a paper."""

    subject_line = line("标题", hint="标题不写个人姓名")
    topic = choice(
        "类别",
        options={"progress": "工作进展", "practice": "经验做法", "problem": "问题建议", "opinion": "舆情回应"},
    )
    abstract = words("内容摘要", hint="不写个人信息；涉密的不得在本系统报送")
    text = paper("信息稿")
    level = choice("最高采用级别", options={"national": "国家级", "province": "省级", "city": "市级", "bureau": "本局"})
    organ = line("采用的单位或刊物")
    taken_on = day("采用日期")
    proof = paper("采用凭证")
    why_not = words("不采用的理由")

    title, theme = subject_line, topic
    same = (subject_line,)

    editing = Clock("编审期限", workdays(5), workdays(1), doubt="产品默认值")
    waiting = Clock("等待上级采用的期限", workdays(60), workdays(5), doubt="产品默认值；超过的按未采用办结")

    received = Begin(
        "已报送", editing, by=(SPONSOR,), asks=[subject_line, topic, abstract], may=[text], opens="报送信息"
    )
    passed = State("已编审上报", waiting)
    adopted = End("已采用")
    unused = End("未采用", decided=False)

    pass_on = received.to(passed, "编审上报", by=HOST)
    take = passed.to(adopted, "登记采用", by=HOST, needs=[level, organ, taken_on], may=[proof]).also(received)
    leave = received.to(unused, "不采用", by=HOST, needs=[why_not]).also(passed)
    lapse = passed.lapses(unused, "到期未采用")
