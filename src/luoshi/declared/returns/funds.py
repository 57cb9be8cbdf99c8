"""Money and pay, in 元: by county, by group, never by person."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    DUE_A_PUPIL_LEAST,
    DUE_A_PUPIL_MOST,
    EDUCATION_A_PUPIL_LEAST,
    EDUCATION_A_PUPIL_MOST,
    EDUCATION_SHARE_LEAST,
    EDUCATION_SHARE_MOST,
    FINANCE_PUPILS_SHARE,
    MONTHLY_PAY_LEAST,
    MONTHLY_PAY_MOST,
    PAID_PUPILS_SHARE,
    YEARLY_CHANGE,
)
from luoshi.spine import Return
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
    beside,
    last_year,
    must,
    should,
)


class Budgets(
    Return,
    label="教育经费",
    grain=Grain.YEAR,
    basis=Basis.FINANCE,
    source="财政预算、执行、决算；全国教育经费执行情况统计",
    answers=("M29.1", "M29.2", "M29.5"),
):
    """One row for each county and stage of the account: what was planned, spent by the day of the return, and settled."""

    county = Key("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    account = Choice("口径", {"budget": "预算", "execution": "执行", "final": "决算"}, key=True)
    education = Amount(
        "一般公共预算教育支出",
        "元",
        needed=True,
        meaning="功能分类205类；不含专项债和政府性基金",
        standard="国办发〔2018〕82号",
    )
    total = Amount("一般公共预算支出", "元", needed=True)
    recurrent_income = Amount("财政经常性收入", "元")
    bulletin = Amount("一般公共预算教育经费", "元", meaning="统计公告口径：教育事业费、基建经费、教育费附加")
    fiscal = Amount("国家财政性教育经费", "元")
    pupils = Count("在校学生数", "人", needed=True, meaning="当年9月1日")
    pupils_before = Count("上年在校学生数", "人", meaning="上年9月1日")
    running = Amount("生均公用经费支出合计", "元", meaning="公用部分支出")
    salaries = Amount("教师工资支出", "元")
    restated = Flag("上年数重述", meaning="上年决算有调整，附有说明")

    education_of_total = must(education <= total, "教育支出不大于一般公共预算支出")
    parts_of_education = must(running + salaries <= education, "公用经费与教师工资之和不大于教育支出")
    education_share = should(
        (education * 100).between(total * EDUCATION_SHARE_LEAST, total * EDUCATION_SHARE_MOST),
        "教育支出占一般公共预算支出的{education_share_least}至{education_share_most}",
    )
    per_pupil = should(
        education.between(pupils * EDUCATION_A_PUPIL_LEAST, pupils * EDUCATION_A_PUPIL_MOST),
        "按在校学生平均的教育支出在{education_a_pupil_least}至{education_a_pupil_most}之间",
        remedy="请核对单位：万元、亿元要折成元；属实的请写填写说明",
    )
    pupils_as_last_year = must(
        (pupils_before == last_year(pupils)) | restated, "上年在校学生数与上年所报相同，重述的除外"
    )
    education_steady = should(
        (education - last_year(education)).abs() * 100 <= last_year(education) * YEARLY_CHANGE,
        "教育支出比上年增减不超过{yearly_change}",
    )
    total_steady = should(
        (total - last_year(total)).abs() * 100 <= last_year(total) * YEARLY_CHANGE,
        "一般公共预算支出比上年增减不超过{yearly_change}",
    )
    pupils_of_return = should(
        (pupils - beside(ClassBands.pupils.sum(), on=[county])).abs() * 100 <= pupils * FINANCE_PUPILS_SHARE,
        "在校学生数与年报各校之和相差不超过{finance_pupils_share}",
        source="幼儿园在园幼儿不在班额表内",
    )


class SchoolFunds(
    Return,
    label="公用经费拨付",
    grain=Grain.YEAR,
    basis=Basis.FINANCE,
    source="财教〔2019〕121号 城乡义务教育补助经费管理办法",
    answers=("M29.2", "M21.2"),
):
    """One row for each school and stage: running costs that are due by the quota, and paid."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD)
    stage = Choice("学段", codes.STAGES, key=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    pupils = Count("核定学生数", "人", needed=True)
    boarders = Count("寄宿生数", "人")
    disabled = Count("残疾学生数", "人", meaning="随班就读和特教班")
    small = Flag("按100人核定", meaning="不足100人的村小、教学点")
    due = Amount("应拨公用经费", "元", needed=True)
    paid = Amount("实拨公用经费", "元", needed=True)
    paid_on = Day("到位日期")
    training = Amount("教师培训经费预算", "元", meaning="不低于公用经费预算的5%")

    not_overpaid = should(paid <= due, "实拨不大于应拨")
    paid_dated = must(paid_on.notnull(), "已拨付的填有到位日期", when=paid > 0)
    boarders_of_pupils = must(boarders <= pupils, "寄宿生不多于核定学生数")
    disabled_of_pupils = must(disabled <= pupils, "残疾学生不多于核定学生数")
    small_school = must(pupils < 100, "按100人核定的不足100人", when=small, source="国发〔2015〕67号")
    per_pupil = should(
        due.between(pupils * DUE_A_PUPIL_LEAST, pupils * DUE_A_PUPIL_MOST),
        "生均应拨公用经费在{due_a_pupil_least}至{due_a_pupil_most}之间",
        when=~small,
    )
    training_of_due = must(training <= due, "教师培训经费不大于公用经费")
    pupils_of_return = should(
        (pupils - beside(ClassBands.pupils, on=[school, stage])).abs() * 100 <= pupils * PAID_PUPILS_SHARE,
        "核定学生数与年报相差不超过{paid_pupils_share}",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")


class PayTotals(
    Return,
    label="教师工资汇总",
    grain=Grain.YEAR,
    basis=Basis.FINANCE,
    source="县(市、区)财政、人社汇总；教师法第25条，中发〔2018〕4号",
    answers=("M27.1", "M13.3"),
):
    """One row for each county, group, place, stage, post grade and years of service: totals and heads, no person's pay."""

    county = Key("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    group = Choice("人员类别", codes.GROUPS, key=True)
    place = Choice("任教地", codes.PLACES, key=True)
    stage = Choice("学段", codes.STAGES, key=True)
    post_grade = Choice(
        "岗位等级", {"senior": "高级岗位", "middle": "中级岗位", "junior": "初级岗位", "worker": "工勤岗位"}, key=True
    )
    service = Choice(
        "教龄段",
        {"up_to_5": "5年及以下", "from_6": "6至15年", "from_16": "16至25年", "from_26": "26年及以上"},
        key=True,
    )
    person_months = Count("人月数", "人月", needed=True, meaning="除以12为平均人数")
    base = Amount("基本工资", "元", needed=True)
    allowances = Amount("国家统一津贴补贴", "元")
    performance = Amount("绩效工资和奖励", "元")
    rural = Amount("乡村教师生活补助", "元", meaning="是否计入比较由当年口径定")
    township = Amount("乡镇工作补贴", "元")
    head_teacher = Amount("班主任津贴和教龄津贴", "元")
    total = Amount("工资总额", "元", needed=True, meaning="以上各项之和；不含单位缴费和改革性补贴")
    arrears = Amount("其中拖欠", "元")

    items_add_up = must(
        base
        + allowances.fill_null(0)
        + performance.fill_null(0)
        + rural.fill_null(0)
        + township.fill_null(0)
        + head_teacher.fill_null(0)
        == total,
        "各项之和等于工资总额",
    )
    paid_people = must((person_months > 0) == (total > 0), "有人就有工资，有工资就有人")
    arrears_of_total = must(arrears <= total, "拖欠不大于工资总额")
    monthly = should(
        total.between(person_months * MONTHLY_PAY_LEAST, person_months * MONTHLY_PAY_MOST),
        "月均工资在{monthly_pay_least}至{monthly_pay_most}之间",
        remedy="请核对单位和人月数；属实的请写填写说明",
    )
    rural_in_the_country = should(
        rural == 0, "市区和县城没有乡村教师生活补助", when=place.isin(["urban", "county_town"])
    )
    heads_steady = should(
        (person_months - last_year(person_months)).abs() * 100 <= last_year(person_months) * YEARLY_CHANGE,
        "人月数比上年增减不超过{yearly_change}",
    )
    total_steady = should(
        (total - last_year(total)).abs() * 100 <= last_year(total) * YEARLY_CHANGE,
        "工资总额比上年增减不超过{yearly_change}",
    )


class CivilServantPay(
    Return,
    label="公务员工资汇总",
    grain=Grain.YEAR,
    basis=Basis.OTHERS,
    source="县(市、区)财政、人社汇总",
    answers=("M27.1", "M13.3"),
):
    """One row for each county: totals and heads of its civil servants, for the comparison with teachers."""

    county = Key("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    person_months = Count("人月数", "人月", needed=True, meaning="除以12为平均人数")
    base = Amount("基本工资", "元", needed=True)
    allowances = Amount("津贴补贴", "元")
    rewards = Amount("年终奖金和奖励性补贴", "元")
    township = Amount("乡镇工作补贴", "元")
    total = Amount("工资总额", "元", needed=True, meaning="以上各项之和；不含单位缴费和改革性补贴")
    new_bonus_month = Count("新增奖励发放月份", "月", at_least=1, at_most=12, meaning="当年新增项目；没有则空")

    items_add_up = must(
        base + allowances.fill_null(0) + rewards.fill_null(0) + township.fill_null(0) == total, "各项之和等于工资总额"
    )
    paid_people = must((person_months > 0) == (total > 0), "有人就有工资，有工资就有人")
    monthly = should(
        total.between(person_months * MONTHLY_PAY_LEAST, person_months * MONTHLY_PAY_MOST),
        "月均工资在{monthly_pay_least}至{monthly_pay_most}之间",
        remedy="请核对单位和人月数；属实的请写填写说明",
    )
    heads_steady = should(
        (person_months - last_year(person_months)).abs() * 100 <= last_year(person_months) * YEARLY_CHANGE,
        "人月数比上年增减不超过{yearly_change}",
    )
    total_steady = should(
        (total - last_year(total)).abs() * 100 <= last_year(total) * YEARLY_CHANGE,
        "工资总额比上年增减不超过{yearly_change}",
    )
