"""What only a county can tell: counts that no row of a school or of a pupil gives."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.tolerances import STOCK_CHANGE
from luoshi.spine import Return
from luoshi.words.returns import Basis, Count, Grain, Key, beside, last_year, must, should


class CountyCounts(
    Return,
    label="县(市、区)入学和招生核定数",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.INSPECTION,
    source="县(市、区)教育局核定：教督〔2017〕6号自评；适龄残疾儿童名册；控辍保学台账；普通高中招生台账",
    answers=("M16.1", "M17.5", "M17.6", "M21.1", "M22.1"),
):
    """One row for each county: heads, agreed by the county on 1 September or of the school year before."""

    county = Key("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    three_of_age = Count(
        "适龄三类残疾儿童少年数", "人", needed=True, meaning="视力、听力（言语）、智力；已安置和核实未入学的"
    )
    three_placed = Count("其中已安置三类残疾儿童少年数", "人", meaning="特教学校、特教班、随班就读、送教上门等")
    three_off_roll = Count("其中没有学籍的三类送教上门数", "人", meaning="残疾人教育条例第17条：没有学籍的不算入学")
    disabled_of_age = Count("适龄残疾儿童少年数", "人", meaning="各类残疾")
    disabled_placed = Count("其中已安置残疾儿童少年数", "人")
    disabled_off_roll = Count("其中没有学籍的送教上门数", "人")
    primary_of_age = Count(
        "学龄内小学在校生数", "人", meaning="教基3113：本地小学入学年龄起六年", aliases=("小学学龄在校生数",)
    )
    roll_begun = Count("上学年初义务教育学籍数", "人", needed=True)
    dropouts = Count("上学年确认辍学数", "人", meaning="控辍保学台账；一学年一人计一次")
    returned = Count("其中已复学数", "人")
    poor_open = Count("其中未复学的建档立卡学生数", "人")
    cohort_begun = Count("毕业届初一在校生数", "人", meaning="上学年毕业的一届，三年前9月1日")
    cohort_died = Count("毕业届死亡数", "人")
    cohort_in = Count("毕业届三年转入数", "人")
    cohort_out = Count("毕业届三年转出数", "人")
    cohort_graduates = Count("毕业届毕业生数", "人")
    primary_entrants = Count("城区镇区公办小学招生数", "人", meaning="不含寄宿制学校，下同")
    primary_near = Count("其中划片就近入学小学生数", "人")
    junior_entrants = Count("城区镇区公办初中招生数", "人")
    junior_near = Count("其中划片就近入学初中生数", "人")
    model_places = Count("优质高中招生计划数", "人")
    allocated = Count("其中分配到初中的名额", "人")
    exchange_due = Count("符合交流条件的教师数", "人")
    exchanged = Count("其中交流轮岗教师数", "人")
    exchanged_backbone = Count("其中交流轮岗骨干教师数", "人")
    migrants = Count("符合条件的随迁子女数", "人")
    migrants_public = Count("其中在公办学校就读数", "人", meaning="含政府购买学位的民办学校")
    asked = Count("社会认可度有效答卷数", "份")
    content = Count("其中满意答卷数", "份")
    senior_plan = Count("公办普通高中招生计划数", "人")
    over_plan = Count("公办普通高中超计划招生数", "人")
    out_of_area = Count("公办普通高中违规跨区域招生数", "人")
    early = Count("公办普通高中提前招生数", "人", meaning="违规的")
    chosen = Count("普通高中招收择校生数", "人")
    top_graduates = Count("初中毕业优秀生数", "人", meaning="由市里定线，例如中招成绩前若干名")
    top_stayed = Count("其中在本市高中就读数", "人")

    three_within = must(three_placed <= three_of_age, "已安置的不多于适龄的")
    three_off_within = must(three_off_roll <= three_placed, "没有学籍的送教上门不多于已安置的")
    disabled_within = must(disabled_placed <= disabled_of_age, "已安置的残疾儿童少年不多于适龄的")
    disabled_off_within = must(disabled_off_roll <= disabled_placed, "没有学籍的送教上门不多于已安置的残疾儿童少年")
    three_of_disabled = must(three_of_age <= disabled_of_age, "三类残疾的不多于各类残疾的")
    returned_within = must(returned <= dropouts, "已复学的不多于确认辍学的")
    poor_within = must(poor_open <= dropouts - returned, "未复学的建档立卡学生不多于未复学的")
    died_within = must(cohort_died <= cohort_begun, "死亡的不多于初一在校生")
    near_primary = must(primary_near <= primary_entrants, "就近入学的小学生不多于小学招生")
    near_junior = must(junior_near <= junior_entrants, "就近入学的初中生不多于初中招生")
    allocated_within = must(allocated <= model_places, "分配名额不多于招生计划")
    exchanged_within = must(exchanged <= exchange_due, "交流轮岗的不多于符合条件的")
    backbone_within = must(exchanged_backbone <= exchanged, "交流轮岗的骨干教师不多于交流轮岗的教师")
    migrants_within = must(migrants_public <= migrants, "在公办学校就读的不多于随迁子女")
    content_within = must(content <= asked, "满意的答卷不多于有效答卷")
    top_within = must(top_stayed <= top_graduates, "在本市就读的优秀生不多于优秀生")
    primary_of_return = should(
        primary_of_age <= beside(ClassBands.pupils.sum(where=ClassBands.stage == "primary"), on=[county]),
        "学龄内小学在校生不多于年报小学在校生",
    )
    placed_steady = should(
        (three_of_age - last_year(three_of_age)).abs() * 100 <= last_year(three_of_age) * STOCK_CHANGE,
        "适龄三类残疾儿童少年数比上年增减不超过{stock_change}",
    )
