"""校外培训机构黑白名单: who holds a licence until when, and who is on the black list and why (国办发〔2018〕80号)."""

from luoshi.declared.procedures.training_institutions import TrainingBlacklist, TrainingLicences
from luoshi.publishing.declaring import Every, Kind, OfRegister

TRAINING_INSTITUTIONS = Kind(
    "training_institutions",
    "校外培训机构名单",
    Every.DAY,
    "{city}校外培训机构白名单和黑名单（{period}）",
    tables=(
        OfRegister("licensed", "白名单", TrainingLicences.key, note="许可证有效期内的列入"),
        OfRegister("blacklisted", "黑名单", TrainingBlacklist.key, note="整改到位、经决定移出的不再列入"),
    ),
    text=("{period}，全市持证校外培训机构{rows}家。",),
    basis="国办发〔2018〕80号：公布校外培训机构黑白名单",
    answers=("M8.4",),
    duties=("校外培训", "培训机构"),
)
