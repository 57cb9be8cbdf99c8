"""认定和命名的名单: recognised bases and titles while they are valid; another register of titles is one more line here."""

from luoshi.declared.procedures.study_trips import StudyBases
from luoshi.publishing.declaring import Every, Kind, OfRegister

TITLES = Kind(
    "titles",
    "认定和命名名单",
    Every.DAY,
    "{city}教育领域认定和命名名单（{period}）",
    tables=(OfRegister("study_bases", "研学实践基地", StudyBases.key, note="认定有效期内的列入"),),
    text=("{period}，在有效期内的研学实践基地{rows}个。",),
    basis="认定、命名的结果向社会公布",
    answers=("M5.4",),
    duties=("实践教育基地", "德育"),
)
