"""检查结果公开: who checked publishes, within so many working days after each check ended (国办发〔2015〕58号)."""

from luoshi.declared.procedures.training_institutions import TrainingInspection
from luoshi.declared.publication_clocks import INSPECTION_PUBLIC
from luoshi.publishing.declaring import Deadline, Every, Kind, OfCases, Since

INSPECTION_RESULTS = Kind(
    "inspection_results",
    "检查结果公开",
    Every.DAY,
    "{city}校外培训机构联合检查结果（{period}）",
    tables=(
        OfCases(
            "results",
            "检查结果",
            TrainingInspection.key,
            ("institution", "visited_on", "partners", "licensed", "problem"),
            note="只列机构、日期、参加部门、问题类别和处理结果；检查情况含个人信息的不列",
        ),
    ),
    text=("{period}，本期公开检查结果{rows}件。",),
    basis="国办发〔2015〕58号：抽查情况及查处结果及时向社会公布",
    doubt="教育领域公开期限须由该局核实；这里按办结之日起计算",
    duties=("校外培训", "培训机构", "双随机"),
    due=Deadline(INSPECTION_PUBLIC, Since.CASE),
)
