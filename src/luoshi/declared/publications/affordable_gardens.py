"""普惠性民办幼儿园名单: what the recognition of kindergartens says everybody may read."""

from luoshi.declared.procedures.inclusive_gardens import InclusiveGardens
from luoshi.publishing.declaring import Every, Kind, OfRegister

AFFORDABLE_GARDENS = Kind(
    "affordable_gardens",
    "普惠性民办幼儿园名单",
    Every.DAY,
    "{city}普惠性民办幼儿园名单（{period}）",
    tables=(
        OfRegister("gardens", "普惠性民办幼儿园", InclusiveGardens.key, note="收费按限价执行；认定有效期内的列入"),
    ),
    text=("{period}，全市认定普惠性民办幼儿园{rows}所。",),
    basis="普惠性民办园认定名单向社会公布",
    answers=("M15.4",),
    duties=("普惠", "幼儿园", "学前教育"),
)
