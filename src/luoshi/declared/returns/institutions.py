"""Institutions: the register that other returns are held against, and training institutions."""

from luoshi.declared.returns import codes
from luoshi.declared.tolerances import (
    LEARNERS_A_TEACHER,
    STOCK_CHANGE,
)
from luoshi.spine import Return
from luoshi.words.identifiers import PROVINCES
from luoshi.words.returns import (
    Amount,
    Basis,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Grain,
    Key,
    Words,
    credit_holds,
    last_year,
    must,
    should,
)


class Institutions(
    Return,
    label="学校（机构）名录",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基111、教基1001；平面导出表",
    answers=("M16.1", "M23.3"),
):
    """One row for each institution, teaching point and attached class that has a code of its own."""

    school = Key(
        "学校标识码",
        codes.SCHOOL,
        codes.SCHOOL_FORM,
        standard=codes.SCHOOL_STANDARD,
        aliases=("机构编码", "学校（机构）标识码"),
    )
    name = Words("学校名称", needed=True, aliases=("机构名称", "学校（机构）名称"))
    county = Code(
        "区划代码",
        codes.DIVISION,
        codes.DIVISION_FORM,
        standard=codes.DIVISION_STANDARD,
        needed=True,
        meaning="属地管理的县(市、区)",
    )
    township = Code(
        "乡镇街道代码", codes.AREA, codes.AREA_FORM, standard=codes.AREA_STANDARD, aliases=("驻地地域码", "所在地编码")
    )
    kind = Choice("办学类型", codes.KINDS, standard=codes.KINDS_STANDARD, needed=True)
    operator = Choice("举办者性质", codes.OPERATORS, needed=True, aliases=("公办民办",))
    urban = Choice("城乡类型", codes.URBAN, standard=codes.URBAN_STANDARD, needed=True, aliases=("城乡分类",))
    counted = Flag("是否计校数", meaning="教学点和附设班不计校数")
    parent = Code("主校标识码", codes.SCHOOL, codes.SCHOOL_FORM, meaning="教学点、附设班所属的学校；没有则空")
    opened = Day("建校日期", aliases=("建校年月",))
    closed = Flag("是否上年撤销")
    new = Flag("是否本年新增")
    boarding = Flag("是否寄宿制学校")
    small = Flag("是否小规模学校", meaning="不足100名学生的村小、教学点")
    nonprofit = Flag("是否非营利性", meaning="只问民办学校")
    credit = Code("统一社会信用代码", codes.CREDIT, codes.CREDIT_FORM, standard=codes.CREDIT_STANDARD)
    longitude = Amount("经度", "度", places=6, at_least=-180, at_most=180)
    latitude = Amount("纬度", "度", places=6, at_least=-90, at_most=90)
    address = Words("地址")

    province = must(
        school.substr(2, 2).isin(sorted(PROVINCES)),
        "学校标识码第3、4位是省级代码",
        when=~county.startswith("99"),
        source=codes.SCHOOL_STANDARD + "；99为虚构的星州",
    )
    kindergarten_code = must(
        school.startswith("11") == (kind == "111"), "幼儿园的标识码以11开头，别的机构不以11开头", when=kind != "119"
    )
    not_counted = must(~counted, "教学点和附设班不计校数", when=kind.isin(codes.PARTS))
    of_a_school = should(parent.notnull(), "教学点和附设班填有主校标识码", when=kind.isin(codes.PARTS))
    own_parent = must(parent != school, "主校不是它自己")
    open_or_closed = must(~(closed & new), "不会既是上年撤销又是本年新增")
    township_of_county = should(
        township.substr(0, 6) == county, "乡镇街道代码的前6位是区划代码", when=~county.substr(4, 2).isin(["71", "72"])
    )
    located = must(longitude.notnull() == latitude.notnull(), "经度和纬度要么都填要么都不填")
    credit_of_operator = should(
        credit.startswith("12"),
        "公办学校的统一社会信用代码以12开头",
        when=operator == "public",
        source=codes.CREDIT_STANDARD,
    )
    credit_checked = must(credit_holds(credit), "统一社会信用代码的校验码正确", source=codes.CREDIT_STANDARD)
    same_operator = should(operator == last_year(operator), "举办者性质与上年相同")
    same_kind = must(kind == last_year(kind), "办学类型与上年相同；类型变了要换标识码", source=codes.SCHOOL_STANDARD)
    same_county = should(county == last_year(county), "区划代码与上年相同")
    opened_once = should(opened == last_year(opened), "建校日期与上年相同")


class TrainingInstitutions(
    Return,
    label="校外培训机构",
    grain=Grain.MONTH,
    basis=Basis.MONTHLY,
    source="校外培训机构管理台账",
    answers=("M8.4", "M30.2"),
):
    """One row for each training institution outside schools, licensed or found without a licence."""

    institution = Key(
        "机构代号",
        r"[0-9A-Za-z]{6,32}",
        "6至32位字母和数字",
        meaning="有统一社会信用代码的填它，没有的由县(市、区)编号",
    )
    name = Words("机构名称", needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    kind = Choice(
        "培训类别",
        {
            "subject": "学科类",
            "arts": "艺术类",
            "sports": "体育类",
            "science": "科技类",
            "language": "语言类",
            "other": "其他",
        },
        needed=True,
    )
    licensed = Flag("有办学许可证", needed=True)
    licence_until = Day("许可证有效期止")
    disposal = Choice(
        "无证处置", {"licensed": "发证", "rectifying": "整改", "closed": "取缔"}, meaning="没有许可证的怎样处置"
    )
    nonprofit = Flag("是否非营利性")
    teachers = Count("教师数", "人")
    qualified = Count("有教师资格的教师数", "人")
    learners = Count("在培学生数", "人")
    supervised = Flag("预收费纳入监管")
    listed = Flag("列入黑名单")
    inspected = Day("最近检查日期")
    refunds = Count("退费投诉件数", "件")

    qualified_teachers = must(qualified <= teachers, "有教师资格的教师不多于教师")
    licence_dated = must(licence_until.notnull(), "有许可证的填有效期", when=licensed)
    disposed = must(disposal.notnull(), "没有许可证的填怎样处置", when=~licensed)
    listed_for_a_reason = should(inspected.notnull(), "列入黑名单的有检查日期", when=listed)
    taught = should(learners <= teachers * LEARNERS_A_TEACHER, "每名教师带的学生不超过{learners_a_teacher}")
    steady = should(
        (learners - last_year(learners)).abs() * 100 <= last_year(learners) * STOCK_CHANGE,
        "在培学生数比上年同期增减不超过{stock_change}",
    )
