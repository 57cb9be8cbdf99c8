"""What the API tells of cases, procedures and lists, with its words."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import Field as Bounded

from luoshi.bureau.board.api.shapes import Paged, Paging

Number = Annotated[int, Bounded(ge=1, le=2**63 - 1)]
"""Of a row."""
_MONTH = r"^(\d{4}-\d{2})?$"


class CaseShape(Schema):
    """一件办件。"""

    id: int = Field(description="编号，用于取一件的地址", examples=[12])
    number: str = Field(description="办件编号", examples=["教育信访-2020-0007"])
    procedure: str = Field(description="流程代号", examples=["petition"])
    title: str = Field(description="名称，不写个人", examples=["收费"])
    state: str = Field(description="状态代号", examples=["accepted"])
    state_label: str = Field(description="状态", examples=["办理中"])
    turn: str = Field(description="现在该谁办：host 主办科室，handler 承办单位，unit 当事单位，county 县区，leader 分管局领导，oversight 督查室；空为等群众或时限", examples=["handler"])  # fmt: skip
    opened: str = Field(description="登记日", examples=["2020-09-16"])
    due: str | None = Field(description="下一步的最后一天；不计时为 null", examples=["2020-11-24"])
    ended: str | None = Field(description="办结日；没有办结为 null", examples=[None])
    late: bool = Field(description="是否曾逾期", examples=[False])
    county: str = Field(description="县(市、区)代码；市本级为空", examples=["990121"])
    county_name: str = Field(description="县(市、区)", examples=["角阳县"])


class CasePage(Paged):
    """一页办件。"""

    items: list[CaseShape] = Field(description="办件，先到期的在前")


class FactShape(Schema):
    """办件的一项内容。"""

    field: str = Field(description="项的代号", examples=["topic"])
    label: str = Field(description="项", examples=["类别"])
    value: str = Field(description="内容", examples=["收费"])


class HappenedShape(Schema):
    """办理经过的一条。"""

    on: str = Field(description="日期", examples=["2020-09-25"])
    did: str = Field(description="种类：opened 登记，took 办一步，asked 待签字，signed 签字，declined 退回，extended 延期，paused 暂停，resumed 恢复，lapsed 到期自动", examples=["took"])  # fmt: skip
    step: str = Field(description="步骤", examples=["受理"])
    part: str = Field(description="由谁办", examples=["主办科室"])


class CaseDetail(CaseShape):
    """一件办件的全部，不含个人信息。"""

    facts: list[FactShape] = Field(description="内容；个人信息和附件不给")
    happened: list[HappenedShape] = Field(description="经过，按先后")


class TermShape(Schema):
    """一项期限。"""

    label: str = Field(description="期限", examples=["受理期限"])
    within: str = Field(description="多久", examples=["15天"])
    source: str = Field(description="依据", examples=["信访条例第二十一、二十二条"])
    doubt: str = Field(description="存疑；没有为空", examples=[""])


class ProcedureShape(Schema):
    """一个流程。"""

    key: str = Field(description="代号", examples=["petition"])
    label: str = Field(description="名称", examples=["教育信访"])
    answers: list[str] = Field(description="对应的机制", examples=[["M32.8"]])
    way: str = Field(description="native 本系统办理，imported 外部平台办理、只导入数，off 不用", examples=["imported"])
    way_label: str = Field(description="办理办法", examples=["在外部平台办理，只导入数"])
    platform: str = Field(description="外部平台；没有为空", examples=["国家信访信息系统、12345"])
    states: list[str] = Field(description="状态", examples=[["已登记", "办理中"]])
    terms: list[TermShape] = Field(description="期限")


class ProcedurePage(Paged):
    """一页流程。"""

    items: list[ProcedureShape] = Field(description="流程")


class StatisticsQuery(Paging):
    """要哪几个月的数。"""

    since: str = Field(
        "", pattern=_MONTH, description="从哪个月起，写成 2020-09；不给则从本年1月", examples=["2020-01"]
    )
    until: str = Field("", pattern=_MONTH, description="到哪个月，写成 2020-09；不给则到本月", examples=["2020-12"])


class StatisticShape(Schema):
    """一个县(市、区)一个月的件数。"""

    county: str = Field(description="县(市、区)代码；市本级或全市为空", examples=["990121"])
    county_name: str = Field(description="县(市、区)", examples=["角阳县"])
    month: str = Field(description="月份", examples=["2020-09"])
    opened: int = Field(description="登记件数", examples=[12])
    ended: int = Field(description="办结件数", examples=[10])
    late: int = Field(description="其中逾期办结的件数", examples=[1])


class WholeShape(Schema):
    """合计。"""

    opened: int = Field(description="登记件数", examples=[120])
    ended: int = Field(description="办结件数", examples=[110])
    late: int = Field(description="其中逾期办结的件数", examples=[3])
    running: int = Field(description="在办件数", examples=[10])


class StatisticsPage(Paged):
    """一页统计。"""

    procedure: str = Field(description="流程代号", examples=["petition"])
    way: str = Field(description="native 本系统办理的数，imported 外部平台导入的数", examples=["native"])
    whole: WholeShape = Field(description="合计")
    items: list[StatisticShape] = Field(description="件数，按月、县(市、区)")


class RegisterShape(Schema):
    """一份名单。"""

    key: str = Field(description="代号", examples=["tutors"])
    label: str = Field(description="名称", examples=["校外培训机构名单"])
    fields: list[str] = Field(description="公开哪些项", examples=[["机构名称"]])


class RegisterPage(Paged):
    """一页名单。"""

    items: list[RegisterShape] = Field(description="名单")


class EntryFieldShape(Schema):
    """一条的一项。"""

    label: str = Field(description="项", examples=["机构名称"])
    value: str = Field(description="内容", examples=["演示机构（虚构）"])


class EntryShape(Schema):
    """名单的一条。"""

    fields: list[EntryFieldShape] = Field(description="公开的各项")
    since: str = Field(description="起", examples=["2020-09-01"])
    until: str | None = Field(description="止；长期为 null", examples=["2023-08-31"])
    standing: str = Field(description="ahead 未生效，valid 有效，near 临近到期", examples=["valid"])


class EntryPage(Paged):
    """一页条目。"""

    items: list[EntryShape] = Field(description="条目")
