"""The month of a made-up city: what a bulletin of 星州 is composed from. 演示数据（虚构）."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.reporting.composing import Amount, Item, Practice, Progress, Situation, UnitFigure
from luoshi.spine import State

ON = date(2021, 10, 31)
UNITS = (
    ("斗城区", 1860, 70, "0.12"),
    ("奎西区", 1740, 49, "-0.05"),
    ("参河区", 1120, 28, "0"),
    ("璧东区", 960, 31, "-0.21"),
    ("娄湖区", 820, 17, "-0.10"),
    ("角阳县", 1010, 24, "0.08"),
    ("亢南县", 930, 33, "0.15"),
    ("氐川县", 740, 12, "-0.02"),
    ("房岭县", 690, 15, "0"),
    ("尾山县", 640, 9, "-0.30"),
    ("箕水县", 580, 16, "-0.11"),
    ("轸台市", 720, 22, "-0.09"),
    ("翼桥市", 610, 13, "-0.04"),
    ("星州高新区", 180, 6, "0.20"),
    ("鬼金湾新区", 90, 2, "-0.10"),
    ("市直", 110, 5, "-0.30"),
)
LARGE = "义务教育大班额比例"


def amount(key: str, value: str, unit: str = "%", *, verified: bool = True, **told: Any) -> Amount:
    return Amount(key, Decimal(value), unit, told.pop("on", date(2021, 9, 1)), verified=verified, **told)


def item(key: str = "2021-08-01", **told: Any) -> Item:
    plain: dict[str, Any] = {
        "title": "义务教育大班额比例降至2.5%以内",
        "section": "义务教育",
        "office": "基础教育科",
        "target": "不高于2.5%",
        "due": date(2021, 12, 31),
    }
    return Item(key, **{**plain, **told})


def unit_figures() -> tuple[UnitFigure, ...]:
    made = []
    for at, (unit, classes, large, change) in enumerate(UNITS):
        rate = Decimal(large) * 100 / classes
        told = UnitFigure(
            f"large:{at}", unit, LARGE, "%", date(2021, 9, 1), Decimal(large), Decimal(classes), rate, Decimal(change),
            rate - Decimal("2.5"), "56人及以上班数占教学班总数，学籍口径", verified=unit != "鬼金湾新区",
        )  # fmt: skip
        made.append(told)
    return tuple(made)


def items() -> tuple[Item, ...]:
    return (
        item("2021-06-01", title="新建、改扩建公办幼儿园26所", section="学前教育", office="学前教育科", target="26所",
             computed=State.ON_COURSE, judged=State.ON_COURSE, amount=amount("kg", "19", "所", definition="秋季投入使用")),
        item("2021-06-02", title="公办园在园幼儿占比提高到50%以上", section="学前教育", office="学前教育科", target="不低于50%",
             computed=State.DONE, judged=State.DONE, amount=amount("public", "50.6"), closed=True),
        item("2021-06-03", title="普惠性幼儿园覆盖率稳定在85%以上", section="学前教育", office="学前教育科", target="不低于85%",
             computed=State.BEHIND, amount=amount("afford", "84.2"), gap="低0.8个百分点", cause="2所民办园普惠性认定尚在公示",
             next_step="完成2所民办园认定并复核覆盖率", days_late=20),
        item("2021-06-04", title="消除公办乡镇中心幼儿园空白乡镇", section="学前教育", office="学前教育科", target="0个",
             computed=State.BEHIND, judged=State.BEHIND, amount=amount("blank", "2", "个", on=ON), gap="差2个乡镇", weight=Decimal(2),
             cause="尾山县、箕水县各1个项目用地手续未办结", next_step="会同两县倒排工期", units=("尾山县", "箕水县"), days_late=35,
             request="请协调自然资源部门加快用地审批", leader="丙副局长", due=date(2021, 9, 30)),
        item("2021-06-05", title="出台公办幼儿园生均公用经费管理办法", section="学前教育", office="学前教育科", target="印发文件",
             judged=State.OVERDUE, due=date(2021, 9, 30), cause="财政部门会签意见尚未反馈", next_step="办结会签后提请审议",
             request="请协调财政部门反馈会签意见", leader="丙副局长", days_late=31),
        item("2021-08-01", computed=State.BEHIND, judged=State.BEHIND, amount=amount("large", "2.75", definition="学籍口径"),
             gap="高0.25个百分点", cause="斗城区、亢南县新增学位尚未全部投用", next_step="逐校制定化解方案", days_late=12,
             units=("斗城区", "亢南县"), weight=Decimal(3), leader="丙副局长"),
        item("2021-08-02", title="全面消除超大班额", target="0个", computed=State.DONE, judged=State.DONE,
             amount=amount("super", "0", "个"), closed=True),
        item("2021-09-01", title="中心城区新建、改扩建义务教育学校14所", office="发展规划科", target="14所",
             computed=State.AHEAD, judged=State.AHEAD, amount=amount("schools", "13", "所", on=ON)),
        item("2021-09-02", title="农村寄宿制学校建设34所", office="发展规划科", target="34所", computed=State.ON_COURSE,
             amount=amount("boarding", "31", "所", verified=False)),
        item("2021-09-03", title="中小学布局专项规划力争三季度报批", office="发展规划科", judged=State.BEHIND, soft=True, target=""),
        item("2021-16-01", title="课后服务义务教育学校全覆盖", judged=State.DONE, target="全部", closed=True),
        item("2021-12-01", title="高中阶段毛入学率达到92.5%", section="普通高中和职业教育", target="不低于92.5%",
             due=date(2021, 11, 30)),
        item("2021-17-01", title="建设市级产教融合实训基地3至5个", section="普通高中和职业教育", office="职业教育与成人教育科",
             target="3—5个", computed=State.DONE, judged=State.DONE, amount=amount("bases", "4", "个", on=ON), closed=True),
        item("2021-19-01", title="支持星州学院申报硕士学位授予单位", section="高等教育", office="高等教育科", target="",
             coordination=True, judged=State.BEHIND, request="请协调落实新校区用地"),
        item("2021-22-01", title="招聘中小学、幼儿园教师1200名左右", section="教师队伍", office="人事科", target="1200名左右",
             computed=State.DONE, judged=State.DONE, amount=amount("hired", "1236", "名", on=date(2021, 8, 31))),
        item("2021-23-01", title="师德师风建设", section="教师队伍", office="教师教育科", target="", judged=State.STANDING,
             due=None, due_words="长期坚持"),
        item("2021-28-01", title="校园安全隐患排查整治", section="安全和保障", office="安全科", judged=State.STANDING, target="",
             due=None, due_words="长期坚持"),
        item("2021-20-01", title="校园网络安全等级保护测评", section="安全和保障", office="教育技术中心", judged=State.ON_COURSE,
             target="全部", due=date(2021, 11, 20)),
    )  # fmt: skip


def month(**changed: Any) -> Progress:
    told = Progress(
        bureau="星州市教育局",
        office="星州市教育局办公室",
        period="10月份",
        on=ON,
        issued=date(2021, 11, 5),
        items=items(),
        figures=unit_figures(),
        practices=(Practice("尾山县", "对在建学校项目实行“周报、月查、季评”，9所学校秋季学期前全部投用"),),
        basis="《星州市教育局2021年工作要点》",
        answer_by=date(2021, 11, 15),
        previous={Situation.DONE: 3, Situation.BEHIND: 4, Situation.OVERDUE: 1},
        cc=("市委教育工作领导小组秘书组", "市政府督查室"),
        made_up=True,
    )
    return replace(told, **changed)
