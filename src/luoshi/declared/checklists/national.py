"""Checklists of the nation: 基本均衡, 学前教育普及普惠, and the goals of the thirteenth five-year plan."""

from luoshi.words.checklists import Bound, Checklist, ChecklistItem

_BASIC = "教督〔2012〕3号"
_PRESCHOOL = "教督〔2020〕1号"
_FIVE = "教育事业发展“十三五”规划；本市目标须由该局填入"

BASIC_BALANCE = Checklist(
    "basic_balance",
    "县域义务教育基本均衡",
    "Basic balance of compulsory education",
    "M13.2",
    _BASIC,
    (
        ChecklistItem(
            "CV-primary",
            "小学综合差异系数",
            "Mean of eight variations, primary",
            _BASIC,
            bounds=(
                Bound(
                    (
                        "primary_teaching_rooms_cv",
                        "primary_sports_grounds_cv",
                        "primary_equipment_value_cv",
                        "primary_computers_cv",
                        "primary_books_cv",
                        "primary_teachers_per_pupil_cv",
                        "primary_qualified_teachers_cv",
                        "primary_mid_title_teachers_cv",
                    ),
                    at_most="primary_mean_variation",
                ),
            ),
            doubt="师生比的分子（专任教师或教职工）、民办和省市直属校是否计入须核",
        ),
        ChecklistItem(
            "CV-junior",
            "初中综合差异系数",
            "Mean of eight variations, junior secondary",
            _BASIC,
            bounds=(
                Bound(
                    (
                        "junior_teaching_rooms_cv",
                        "junior_sports_grounds_cv",
                        "junior_equipment_value_cv",
                        "junior_computers_cv",
                        "junior_books_cv",
                        "junior_teachers_per_pupil_cv",
                        "junior_qualified_teachers_cv",
                        "junior_mid_title_teachers_cv",
                    ),
                    at_most="junior_mean_variation",
                ),
            ),
            doubt="师生比的分子（专任教师或教职工）、民办和省市直属校是否计入须核",
        ),
        ChecklistItem(
            "S1",
            "每所学校达到省定办学基本标准",
            "Every school meets the provincial standard",
            _BASIC,
            people="省定标准表（表Ⅱ），不含民办、省市直属、教学点",
        ),
        ChecklistItem(
            "S2",
            "县级政府推进工作17项得分85分以上",
            "Work of the county government",
            _BASIC,
            people="入学机会、保障机制、教师队伍、质量与管理四组评分",
        ),
        ChecklistItem(
            "S3",
            "公众满意度85%以上",
            "Who is content",
            _BASIC,
            people="认定时的调查；与优质均衡的社会认可度分开",
        ),
    ),
)
PRESCHOOL_UNIVERSAL = Checklist(
    "preschool_universal",
    "县域学前教育普及普惠",
    "Universal and affordable preschool",
    "M15.2",
    "教督〔2020〕1号：普及普惠3项、政府保障11项、保教质量6项",
    (
        ChecklistItem(
            "P1",
            "学前三年毛入园率85%以上",
            "Gross enrolment",
            _PRESCHOOL,
            bounds=(Bound(("preschool_gross_enrolment",), at_least="preschool_gross_least"),),
        ),
        ChecklistItem(
            "P2",
            "普惠性幼儿园覆盖率80%以上",
            "Children in affordable kindergartens",
            _PRESCHOOL,
            bounds=(Bound(("affordable_share",), at_least="affordable_least"),),
        ),
        ChecklistItem(
            "P3",
            "公办园在园幼儿占比50%以上",
            "Children in public kindergartens",
            _PRESCHOOL,
            bounds=(Bound(("public_share",), at_least="public_least"),),
            doubt="原文为原则上",
        ),
        ChecklistItem(
            "P4",
            "专任教师与在园幼儿比不低于1:15",
            "Children for each teacher",
            _PRESCHOOL,
            bounds=(Bound(("children_per_teacher",), at_most="children_a_teacher_most"),),
        ),
        ChecklistItem(
            "P5",
            "班额达标",
            "Classes within the norm",
            _PRESCHOOL,
            bounds=(Bound(("kindergarten_classes_within_norm",), at_least="kindergarten_norm_least"),),
            doubt="85%出自一县的标准表，须核",
        ),
        ChecklistItem(
            "P6",
            "公办乡镇中心园没有空白乡镇",
            "No blank township",
            _PRESCHOOL,
            bounds=(Bound(("blank_townships",), at_most="nothing_left"),),
        ),
        ChecklistItem(
            "P7",
            "公办园生均财政拨款、普惠性民办园奖补落实到位",
            "Money is paid",
            _PRESCHOOL,
            bounds=(
                Bound(("public_kindergarten_funds_paid",), at_least="paid_in_full"),
                Bound(("inclusive_kindergarten_award_paid",), at_least="paid_in_full"),
            ),
        ),
        ChecklistItem(
            "P8",
            "政府保障11项、保教质量6项中的其余各项",
            "The other items",
            _PRESCHOOL,
            people="逐项核定，条目以原文为准",
        ),
    ),
)
FIVE_YEAR_PLAN = Checklist(
    "five_year_plan",
    "教育事业发展“十三五”规划主要目标",
    "Goals of the thirteenth five-year plan",
    "M14.1",
    _FIVE,
    (
        ChecklistItem(
            "F1",
            "学前三年毛入园率",
            "Gross enrolment, preschool",
            _FIVE,
            bounds=(Bound(("preschool_gross_enrolment",), at_least="preschool_gross_least"),),
        ),
        ChecklistItem(
            "F2",
            "普惠性幼儿园覆盖率",
            "Children in affordable kindergartens",
            _FIVE,
            bounds=(Bound(("affordable_share",), at_least="affordable_least"),),
        ),
        ChecklistItem(
            "F3",
            "九年义务教育巩固率",
            "Retention over nine years",
            _FIVE,
            bounds=(Bound(("nine_year_retention",), at_least="five_year_retention"),),
        ),
        ChecklistItem(
            "F4",
            "高中阶段毛入学率",
            "Gross enrolment, senior stage",
            _FIVE,
            bounds=(Bound(("senior_gross_enrolment",), at_least="five_year_senior"),),
        ),
        ChecklistItem(
            "F5",
            "残疾儿童少年入学率",
            "Enrolment of the disabled",
            _FIVE,
            bounds=(Bound(("all_disabled_enrolment",), at_least="five_year_disabled"),),
        ),
        ChecklistItem(
            "F6",
            "义务教育大班额比例",
            "Large classes",
            _FIVE,
            bounds=(Bound(("compulsory_large_class_rate",), at_most="five_year_large"),),
        ),
        ChecklistItem(
            "F7",
            "义务教育超大班",
            "Super-large classes",
            _FIVE,
            bounds=(Bound(("compulsory_super_large_classes",), at_most="nothing_left"),),
        ),
        ChecklistItem(
            "F8",
            "建档立卡学生零辍学",
            "No poor dropouts",
            _FIVE,
            bounds=(Bound(("poor_dropouts_open",), at_most="nothing_left"),),
        ),
        ChecklistItem(
            "F9",
            "教师与公务员平均工资",
            "Pay of teachers",
            _FIVE,
            bounds=(Bound(("teacher_pay_ratio",), at_least="teacher_pay_least"),),
        ),
        ChecklistItem(
            "F10",
            "规划中没有数值的任务",
            "Tasks without a number",
            _FIVE,
            people="按规划文本逐条核定",
        ),
    ),
)
