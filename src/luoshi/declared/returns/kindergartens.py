"""Preschool: one row a kindergarten."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    KINDERGARTEN_CLASS_LEAST,
    KINDERGARTEN_CLASS_MOST,
    PLACES_TAKEN,
    STOCK_CHANGE,
)
from luoshi.spine import Return
from luoshi.words.returns import (
    Basis,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Grain,
    Key,
    Words,
    beside,
    last_year,
    must,
    should,
)


class Kindergartens(
    Return,
    label="幼儿园",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基211、311、411，教基2105、4148；全国学前教育管理信息系统",
    answers=("M15.1", "M15.2", "M15.3", "M15.4", "M15.6", "M15.7"),
):
    """One row for each kindergarten and for attached kindergarten classes; children on 1 September."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, aliases=("机构编码",))
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    township = Code("乡镇街道代码", codes.AREA, codes.AREA_FORM, standard=codes.AREA_STANDARD)
    attached = Flag("是否附设幼儿班", meaning="是的不计园数，幼儿计入在园人数")
    nature = Choice(
        "园所性质",
        {"public": "公办园", "quasi_public": "公办性质园", "inclusive": "普惠性民办园", "private": "非普惠性民办园"},
        needed=True,
        meaning="以9月1日的认定为准",
    )
    inclusive_from = Day("普惠认定起")
    inclusive_until = Day("普惠认定止")
    central = Flag("是否乡镇中心幼儿园")
    licence = Words("办园许可证号")
    opened = Day("开园日期")
    accepted = Day("竣工验收日期")
    places = Count("设计学位数", "个")
    estate = Choice(
        "配套园状态",
        {
            "none": "不是配套园",
            "pending": "未移交",
            "handed_over": "已移交",
            "public": "办成公办园",
            "inclusive": "委托办成普惠园",
        },
        meaning="城镇小区配套幼儿园治理，国办发〔2019〕3号",
    )
    disposal = Choice("无证园处置", {"none": "有证", "licensed": "发证", "rectifying": "整改", "closed": "取缔"})
    children = Count(
        "在园幼儿数", "人", needed=True, meaning="含各年龄，不含托班", aliases=("在园（班）人数", "在园人数")
    )
    age_2 = Count("2岁以下及2岁", "人", meaning="年龄按8月31日的周岁", aliases=("2岁",))
    age_3 = Count("3岁", "人")
    age_4 = Count("4岁", "人")
    age_5 = Count("5岁", "人")
    age_6 = Count("6岁及以上", "人", aliases=("6岁",))
    classes = Count("班数", "个", needed=True)
    junior_classes = Count("小班数", "个", meaning="3至4岁，班额25人")
    middle_classes = Count("中班数", "个", meaning="4至5岁，班额30人")
    senior_classes = Count("大班数", "个", meaning="5至6岁，班额35人")
    mixed_classes = Count("混合班数", "个", meaning="班额30人")
    within_norm = Count(
        "达标班数", "个", meaning="不超过25、30、35、30人的班", standard="幼儿园工作规程（教育部令第39号）"
    )
    staff = Count("教职工数", "人")
    teachers = Count("专任教师数", "人")
    carers = Count("保育员数", "人")

    by_age = must(age_2 + age_3 + age_4 + age_5 + age_6 == children, "各年龄幼儿数之和等于在园幼儿数")
    by_class = must(
        junior_classes + middle_classes + senior_classes + mixed_classes == classes, "小、中、大、混合班数之和等于班数"
    )
    norm_of_classes = must(within_norm <= classes, "达标班数不多于班数")
    teachers_of_staff = must(teachers + carers <= staff, "专任教师与保育员之和不多于教职工")
    inclusive_dated = must(inclusive_from.notnull(), "普惠性民办园填有认定起始日期", when=nature == "inclusive")
    inclusive_in_order = must(inclusive_from <= inclusive_until, "普惠认定的起始不晚于截止")
    accepted_before_open = should(accepted <= opened, "竣工验收不晚于开园")
    licensed = should(licence.notnull(), "填有办园许可证号", when=(disposal == "none") & ~attached)
    classes_hold_children = must((classes > 0) == (children > 0), "有班就有幼儿，有幼儿就有班")
    class_size = should(
        children.between(classes * KINDERGARTEN_CLASS_LEAST, classes * KINDERGARTEN_CLASS_MOST),
        "平均班额在{kindergarten_class_least}至{kindergarten_class_most}之间",
    )
    places_suffice = should(children * 100 <= places * PLACES_TAKEN, "在园幼儿不超过设计学位的{places_taken}")
    steady = should(
        (children - last_year(children)).abs() * 100 <= last_year(children) * STOCK_CHANGE,
        "在园幼儿数比上年增减不超过{stock_change}",
    )
    places_kept = should(places >= last_year(places), "设计学位不比上年少")
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
