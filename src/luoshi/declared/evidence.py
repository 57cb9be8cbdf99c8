"""佐证材料: which papers there are, what is enough for each kind of item, which files are kept and how large they may be.

Product defaults, not policy: a bureau looks at them before it relies on them. No photograph counts as enough: the rules on
lightening the load of schools (减负) forbid asking for pictures as proof of work.
"""

from collections.abc import Mapping

from luoshi.spine import Kind
from luoshi.words.evidence import Form, Need, Paper

PAPERS: tuple[Paper, ...] = (
    Paper("issued", "印发的文件", numbered=True),
    Paper("naming", "命名、批复文件", numbered=True),
    Paper("notice", "通知、方案"),
    Paper("minutes", "会议纪要"),
    Paper("list", "名单、明细表"),
    Paper("return", "盖章报表"),
    Paper("acceptance", "验收、交付材料"),
    Paper("summary", "工作小结"),
    Paper("reply", "进展反馈、复函", counts=False),
    Paper("photo", "照片", counts=False),
    Paper("other", "其他材料", counts=False),
)
"""In the order a person chooses from."""

UNNAMED = "other"
"""The paper of a piece that nobody named."""

ENOUGH: Mapping[Kind, tuple[Need, ...]] = {
    Kind.QUANTITY: (
        Need("核定的指标值，或名单、明细表", ("list", "return"), figure=True),
        Need("一份说明完成情况的文件", ("issued", "naming", "notice", "minutes", "return", "acceptance", "summary")),
    ),
    Kind.MILESTONE: (Need("验收、交付材料", ("acceptance",)),),
    Kind.DOCUMENT: (Need("印发的文件，写明文号", ("issued",)),),
    Kind.EVENT: (
        Need("通知、方案或会议纪要", ("notice", "minutes", "issued")),
        Need("活动结果：会议纪要、名单或工作小结", ("minutes", "list", "summary")),
    ),
    Kind.RECOGNITION: (Need("命名、批复文件，写明文号", ("naming",)),),
    Kind.STANDING: (Need("近半年的工作小结", ("summary",), months=6),),
}
"""What has to be shown and accepted before an item of this kind may be closed."""

_MB = 1 << 20

FORMS: tuple[Form, ...] = (
    Form("pdf", "PDF 文件", "application/pdf", 30 * _MB, shown=True),
    Form("png", "图片（png）", "image/png", 10 * _MB, shown=True),
    Form("jpeg", "图片（jpg）", "image/jpeg", 10 * _MB, shown=True),
    Form("ofd", "OFD 文件", "application/ofd", 30 * _MB),
    Form(
        "docx",
        "文字文档（docx、wps）",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        20 * _MB,
    ),
    Form(
        "xlsx",
        "电子表格（xlsx、et）",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        20 * _MB,
    ),
    Form("doc", "旧版文字文档（doc、wps）", "application/msword", 20 * _MB),
    Form("xls", "旧版电子表格（xls、et）", "application/vnd.ms-excel", 20 * _MB),
    Form("txt", "文本", "text/plain", 1 * _MB),
)
"""What is kept as evidence; anything else is refused with its name."""
