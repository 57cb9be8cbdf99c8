"""认定和命名的名单: recognised bases and titles while they are valid; another register of titles is one more line here."""

from luoshi.declared.appraisals import Awards, Titles
from luoshi.declared.procedures.study_trips import StudyBases
from luoshi.publishing.declaring import Every, Kind, OfLists, OfRegister

TITLES = Kind(
    "titles",
    "认定和命名名单",
    Every.DAY,
    "{city}教育领域认定和命名名单（{period}）",
    tables=(
        OfRegister("study_bases", "研学实践基地", StudyBases.key, note="认定有效期内的列入"),
        OfLists("titles", "各类示范校、示范区和称号", Titles, note="命名有效期内的列入；到个人的名单不在此公布"),
        OfLists("awards", "各类评选结果", Awards, note="公布有效期内的列入；到个人的名单不在此公布"),
    ),
    text=("{period}在有效期内的认定和命名，按名单列出。",),
    basis="认定、命名的结果向社会公布",
    answers=("M5.4",),
    duties=("实践教育基地", "德育"),
)
