"""佐证材料: which papers there are, what is enough for each kind of item, which files are kept and how large they may be.

Product defaults, not policy: a bureau looks at them before it relies on them. No photograph counts as enough: the rules on
lightening the load of schools (减负) forbid asking for pictures as proof of work.
"""

from collections.abc import Mapping

from luoshi.spine import Kind
from luoshi.words.evidence import Form, Need, Paper

PAPERS: tuple[Paper, ...] = (
    Paper("issued", "印发的文件", numbered=True, label_en="Issued document"),
    Paper("naming", "命名、批复文件", numbered=True, label_en="Naming or approval"),
    Paper("notice", "通知、方案", label_en="Notice or scheme"),
    Paper("minutes", "会议纪要", label_en="Minutes"),
    Paper("list", "名单、明细表", label_en="List"),
    Paper("return", "盖章报表", label_en="Stamped return"),
    Paper("acceptance", "验收、交付材料", label_en="Acceptance papers"),
    Paper("summary", "工作小结", label_en="Summary"),
    Paper("reply", "进展反馈、复函", counts=False, label_en="Progress report or reply"),
    Paper("photo", "照片", counts=False, label_en="Photograph"),
    Paper("other", "其他材料", counts=False, label_en="Other"),
)
"""In the order a person chooses from."""

UNNAMED = "other"
"""The paper of a piece that nobody named."""

ENOUGH: Mapping[Kind, tuple[Need, ...]] = {
    Kind.QUANTITY: (
        Need("核定的指标值，或名单、明细表", ("list", "return"), figure=True, label_en="A verified figure, or a list"),
        Need(
            "一份说明完成情况的文件",
            ("issued", "naming", "notice", "minutes", "return", "acceptance", "summary"),
            label_en="A document that tells it is done",
        ),
    ),
    Kind.MILESTONE: (Need("验收、交付材料", ("acceptance",), label_en="Acceptance papers"),),
    Kind.DOCUMENT: (Need("印发的文件，写明文号", ("issued",), label_en="The issued document with its number"),),
    Kind.EVENT: (
        Need("通知、方案或会议纪要", ("notice", "minutes", "issued"), label_en="Notice, scheme or minutes"),
        Need(
            "活动结果：会议纪要、名单或工作小结",
            ("minutes", "list", "summary"),
            label_en="What came of it: minutes, list or summary",
        ),
    ),
    Kind.RECOGNITION: (Need("命名、批复文件，写明文号", ("naming",), label_en="The naming document with its number"),),
    Kind.STANDING: (Need("近半年的工作小结", ("summary",), months=6, label_en="A summary of the last half year"),),
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
