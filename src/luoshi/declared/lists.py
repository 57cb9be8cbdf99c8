"""四查三比对: which lists are compared for dropout control and for disabled children, and how. domain §6, §7."""

from luoshi.words.lists import Comparison, Crossing, ListColumn, ListPlan, PersonList

NUMBER = ListColumn("number", "身份证件号", ("身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "证件号码", "证件号", "身份证件号码", "身份证"), needed=True)  # fmt: skip
NAME = ListColumn("name", "姓名", ("学生姓名", "儿童姓名", "残疾人姓名", "学生名字"))
BORN = ListColumn("born", "出生日期", ("出生年月日", "出生年月", "生日"))
GUARDIAN = ListColumn("guardian", "监护人", ("监护人姓名", "家长姓名", "户主", "户主姓名", "成员1姓名"))
COUNTY = ListColumn("county", "县(市、区)", ("区划代码", "县区", "所属县区", "县市区", "区县", "所在县区"))
SCHOOL = ListColumn("school", "学校", ("学校名称", "学校标识码", "就读学校", "所在学校"))

LISTS = (
    PersonList("household", "户籍适龄儿童", "公安"),
    PersonList("roll", "学籍在籍", "学籍系统"),
    PersonList("present", "实际在校", "学校"),
    PersonList("poor", "建档立卡", "乡村振兴（扶贫）部门"),
    PersonList("disabled", "残疾儿童少年", "残联"),
    PersonList("elsewhere", "外地学籍核实", "县(市、区)教育局"),
    PersonList("deferred", "缓学免学", "乡镇(街道)、县(市、区)教育局"),
    PersonList("away", "请假休学转学在途", "学校"),
    PersonList("graduated", "已完成义务教育", "学籍系统"),
    PersonList("home_taught", "送教上门", "县(市、区)教育局"),
)

_PRACTICE = "国办发〔2017〕72号；教基〔2020〕5号：户籍、学籍、在校、脱贫逐一比对"

OUT_OF_SCHOOL = Comparison(
    key="out_of_school",
    label="疑似失学",
    of="household",
    against="roll",
    less=("elsewhere", "deferred", "graduated"),
    fulfils=("roll", "elsewhere"),
    reason="户籍在册，学籍里没有此号",
    beside={},
    rule=_PRACTICE,
)
DROPPED_OUT = Comparison(
    key="dropped_out",
    label="疑似辍学",
    of="roll",
    against="present",
    less=("away",),
    fulfils=("present",),
    reason="学籍在册，在校名单里没有此号",
    beside={"graduated": "另在已完成义务教育名单里", "home_taught": "另在送教上门名单里"},
    rule=_PRACTICE,
)
NOT_ENROLLED = Comparison(
    key="not_enrolled",
    label="在校无学籍",
    of="present",
    against="roll",
    less=(),
    fulfils=("roll",),
    reason="人在校，学籍里没有此号",
    beside={"elsewhere": "另在外地学籍核实名单里"},
    rule="教基一〔2013〕7号：一人一号，籍随人走",
)
NOT_PLACED = Comparison(
    key="not_placed",
    label="残疾儿童未安置",
    of="disabled",
    against="roll",
    less=("elsewhere", "deferred", "graduated"),
    fulfils=("roll", "elsewhere"),
    reason="残联在册，学籍里没有此号",
    beside={"home_taught": "送教上门而没有学籍，不算安置"},
    rule="残疾人教育条例第15、17条：未入学的逐人核实，送教上门须有学籍",
)
POOR = Crossing(
    key="poor", label="贫困疑似", of=("out_of_school", "dropped_out"), within="poor", rule="教基〔2020〕5号：建档立卡辍学动态清零"
)  # fmt: skip

LIST_PLAN = ListPlan(
    columns=(NUMBER, NAME, BORN, GUARDIAN, COUNTY, SCHOOL),
    lists=LISTS,
    comparisons=(OUT_OF_SCHOOL, DROPPED_OUT, NOT_ENROLLED, NOT_PLACED),
    crossings=(POOR,),
)
"""What `luoshi compare` and the pages compare."""
