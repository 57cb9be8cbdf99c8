"""重点领域台账 (M32.5): fire equipment, buildings, buses, special equipment, chemicals, water sites, each with the day it runs out."""

from luoshi.declared.safety import DANGERS
from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, count, day, line, number, paper, photo, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, HANDLER, HOST, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, workdays

_DUTIES = ("安全",)
_PLACE = line("地点、部位")
_SERIAL = line("编号", hint="设备、建筑、车辆等自己的编号")
_OWNER = line("责任人")
_TESTED = day("检验（检查）日期")
_UNTIL = day("有效期至", future=True)
_PROOF = paper("检验（检查）报告")
_NO = words("不予列入的理由")
_GONE = words("移出的理由", hint="报废、拆除、停用等")


class FireEquipment(Register, key="fire_equipment", label="消防设施设备台账", answers="M32.5", subject="school"):
    """One fire appliance or system with the day until which its test holds."""

    serial, place, owner, tested_on, runs_out = _SERIAL, _PLACE, _OWNER, _TESTED, _UNTIL
    what = choice(
        "设施设备",
        options={"extinguisher": "灭火器", "hydrant": "消火栓", "alarm": "火灾自动报警", "sprinkler": "自动喷水", "light": "应急照明、疏散指示", "other": "其他"},
    )  # fmt: skip
    amount = count("数量", least=1, most=99_999)

    title, same, until, warn = place, (serial,), runs_out, months(1)


class Building(Register, key="school_buildings", label="校舍鉴定等级台账", answers="M32.5", subject="school"):
    """One building with the grade of its appraisal; a building of grade D in use is to be none."""

    serial, place, tested_on = _SERIAL, _PLACE, _TESTED
    area = number("建筑面积（平方米）", least=1, most=1_000_000)
    hazard_grade = choice("鉴定等级", options={"a": "A级", "b": "B级", "c": "C级（局部危险）", "d": "D级（整幢危险）"})
    used = choice("是否使用", options={"yes": "在用", "no": "已停用"})

    title, same = place, (serial,)


class SpecialEquipment(Register, key="special_equipment", label="特种设备台账", answers="M32.5", subject="school"):
    """One boiler, lift or pressure vessel with the day until which its inspection holds."""

    serial, place, owner, tested_on, runs_out = _SERIAL, _PLACE, _OWNER, _TESTED, _UNTIL
    what = choice("设备", options={"boiler": "锅炉", "lift": "电梯", "vessel": "压力容器", "other": "其他"})

    title, same, until, warn = place, (serial,), runs_out, months(1)


class Chemical(Register, key="chemicals", label="危险化学品台账", answers="M32.5", subject="school"):
    """One dangerous substance of a laboratory with the day it runs out."""

    serial, place, owner, runs_out = _SERIAL, _PLACE, _OWNER, _UNTIL
    substance = line("品名")
    amount = line("存量", hint="带单位")
    locked = choice("双人双锁", options={"yes": "是", "no": "否"})

    title, same, until, warn = substance, (serial,), runs_out, months(1)


class WaterSite(Register, key="water_sites", label="涉水危险点台账", answers="M32.5", subject="county"):
    """One place where children could drown: whose it is, and whether it has a sign; looked at anew each year."""

    serial, place, owner = _SERIAL, _PLACE, _OWNER
    water = choice(
        "水域",
        options={
            "river": "河流",
            "lake": "水库、湖泊",
            "pond": "坑塘",
            "canal": "沟渠",
            "pit": "废弃矿坑",
            "other": "其他",
        },
    )
    sign = choice("警示标志", options={"yes": "有", "no": "没有"})
    rescue = choice("救生器材", options={"yes": "有", "no": "没有"})

    title, same = place, (serial,)
    valid, warn = months(12), months(1)


class FireItem(Procedure, key="fire_item", label="消防设施设备登记", answers="M32.5", duties=_DUTIES, subject="school"):
    """A school tells of an appliance and its test, the county looks and enters it, or takes it off."""

    proof, no, gone = _PROOF, _NO, _GONE
    title, theme = _PLACE, FireEquipment.what
    bounds = not_before(_UNTIL, _TESTED)

    told = Begin(
        "待核",
        by=(UNIT, COUNTY),
        asks=[_SERIAL, _PLACE, _OWNER, _TESTED, _UNTIL, FireEquipment.what, FireEquipment.amount],
        may=[proof],
        opens="登记消防设施设备",
    )
    entered = End("已列入")
    renewed = End("已更新")
    removed = End("已移出")
    refused = End("不予列入")

    enter = told.to(entered, "列入台账", by=COUNTY, enters=FireEquipment)
    renew = told.to(renewed, "更新台账", by=COUNTY, renews=FireEquipment)
    remove = told.to(removed, "移出台账", by=COUNTY, needs=[gone], withdraws=FireEquipment)
    refuse = told.to(refused, "不予列入", by=COUNTY, needs=[no])


class BuildingItem(
    Procedure, key="building_item", label="校舍鉴定登记", answers="M32.5", duties=("基建", "安全"), subject="school"
):
    """A building's appraisal is entered; one of grade D only once it is out of use."""

    platform_no = line("校舍信息系统编号")
    proof, no, gone = paper("鉴定报告"), _NO, _GONE
    stopped_on = day("停用日期")
    title, theme = _PLACE, Building.hazard_grade

    told = Begin(
        "待核",
        by=(UNIT, COUNTY),
        asks=[_SERIAL, _PLACE, _TESTED, Building.area, Building.hazard_grade, Building.used, proof],
        may=[platform_no],
        opens="登记校舍鉴定",
    )
    entered = End("已列入")
    renewed = End("已更新")
    removed = End("已移出")
    refused = End("不予列入")

    enter = told.to(entered, "列入台账", by=COUNTY, when=Building.hazard_grade.is_("a", "b", "c"), enters=Building)
    enter_d = told.to(
        entered,
        "停用并列入台账",
        by=COUNTY,
        when=Building.hazard_grade.is_("d"),
        needs=[stopped_on],
        sets=[(Building.used, "no")],
        enters=Building,
        source="D级校舍不得使用",
    )
    renew = told.to(renewed, "更新台账", by=COUNTY, when=Building.hazard_grade.is_("a", "b", "c"), renews=Building)
    renew_d = told.to(
        renewed,
        "停用并更新台账",
        by=COUNTY,
        when=Building.hazard_grade.is_("d"),
        needs=[stopped_on],
        sets=[(Building.used, "no")],
        renews=Building,
    )
    remove = told.to(removed, "移出台账", by=COUNTY, needs=[gone], withdraws=Building)
    refuse = told.to(refused, "不予列入", by=COUNTY, needs=[no])


class SpecialItem(
    Procedure, key="special_item", label="特种设备登记", answers="M32.5", duties=_DUTIES, subject="school"
):
    """A boiler's or a lift's inspection is entered or renewed, or it is taken off."""

    proof, no, gone = _PROOF, _NO, _GONE
    title, theme = _PLACE, SpecialEquipment.what
    bounds = not_before(_UNTIL, _TESTED)

    told = Begin(
        "待核",
        by=(UNIT, COUNTY),
        asks=[_SERIAL, _PLACE, _OWNER, _TESTED, _UNTIL, SpecialEquipment.what, proof],
        opens="登记特种设备",
    )
    entered = End("已列入")
    renewed = End("已更新")
    removed = End("已移出")
    refused = End("不予列入")

    enter = told.to(entered, "列入台账", by=COUNTY, enters=SpecialEquipment)
    renew = told.to(renewed, "更新台账", by=COUNTY, renews=SpecialEquipment)
    remove = told.to(removed, "移出台账", by=COUNTY, needs=[gone], withdraws=SpecialEquipment)
    refuse = told.to(refused, "不予列入", by=COUNTY, needs=[no])


class ChemicalItem(
    Procedure, key="chemical_item", label="危险化学品登记", answers="M32.5", duties=_DUTIES, subject="school"
):
    """A dangerous substance of a laboratory is entered, its stock renewed, or it is disposed of."""

    no, gone = _NO, _GONE
    title, theme = Chemical.substance, Chemical.locked

    told = Begin(
        "待核",
        by=(UNIT, COUNTY),
        asks=[_SERIAL, _PLACE, _OWNER, _UNTIL, Chemical.substance, Chemical.amount, Chemical.locked],
        opens="登记危险化学品",
    )
    entered = End("已列入")
    renewed = End("已更新")
    removed = End("已移出")
    refused = End("不予列入")

    enter = told.to(entered, "列入台账", by=COUNTY, enters=Chemical)
    renew = told.to(renewed, "更新台账", by=COUNTY, renews=Chemical)
    remove = told.to(removed, "移出台账", by=COUNTY, needs=[gone], withdraws=Chemical)
    refuse = told.to(refused, "不予列入", by=COUNTY, needs=[no])


class WaterItem(Procedure, key="water_item", label="涉水危险点登记", answers="M32.5", duties=_DUTIES, subject="county"):
    """A county tells of a place where children could drown; it stands on the list for a year."""

    no, gone = _NO, _GONE
    title, theme = _PLACE, WaterSite.water

    told = Begin(
        "待核",
        by=COUNTY,
        asks=[_SERIAL, _PLACE, _OWNER, WaterSite.water, WaterSite.sign, WaterSite.rescue],
        opens="登记涉水危险点",
    )
    entered = End("已列入")
    renewed = End("已更新")
    removed = End("已移出")
    refused = End("不予列入")

    enter = told.to(entered, "列入台账", by=(COUNTY, HOST), enters=WaterSite)
    renew = told.to(renewed, "更新台账", by=(COUNTY, HOST), renews=WaterSite)
    remove = told.to(removed, "移出台账", by=(COUNTY, HOST), needs=[gone], withdraws=WaterSite)
    refuse = told.to(refused, "不予列入", by=(COUNTY, HOST), needs=[no])


class KeyProblem(Procedure, key="key_problem", label="重点领域问题", answers="M32.5", duties=_DUTIES, subject="school"):
    """A problem found in a campaign, by the county with the department concerned; each is closed by itself."""

    area = choice("重点领域", options=DANGERS)
    campaign = line("专项行动", hint="没有的不填")
    partner = line("会同部门")
    found_on = day("发现日期")
    place, matter = line("地点、部位"), words("问题")
    photo_before = photo("问题照片", hint="拍问题本身")
    remedy = words("整改情况")
    remedied_on = day("整改完成日期")
    photo_after = photo("整改后照片", hint="拍整改后的部位本身")
    back_why = words("退回的理由")
    checked_on = day("验收日期")
    title, theme, same = place, area, (area, place)
    bounds = not_before(remedied_on, found_on) + not_before(checked_on, remedied_on)

    mending = Clock("整改期限", days(15), workdays(3), source="产品默认", doubt="按专项行动方案，须由该局确认")

    found = Begin(
        "整改中",
        mending,
        by=(COUNTY, HOST),
        asks=[area, found_on, place, matter],
        may=[campaign, partner, photo_before],
        opens="登记重点领域问题",
    )
    checking = State("待验收", mending)
    closed = End("已销号")
    merged = End("已并案", decided=False)

    mend = found.to(checking, "报整改情况", by=(UNIT, HANDLER, COUNTY), needs=[remedied_on, remedy], may=[photo_after])
    close = checking.to(closed, "验收销号", by=(COUNTY, HOST), needs=[checked_on], apart=[mend])
    send_back = checking.to(found, "退回重改", by=(COUNTY, HOST), needs=[back_why], apart=[mend])
    merge = found.to(merged, "并入同一问题", by=(COUNTY, HOST), merges=True)
