"""What goes in and out of the API, with its words: the OpenAPI document is made from these."""

from ninja import Field, Schema

KEY = r"^[a-z0-9_]{1,60}$"
YEARS = r"^(\d{4}(-\d{4})?(,\d{4}(-\d{4})?)*)?$"
MOST, DEEPEST = 500, 10_000
_SAMPLE = "compulsory_large_class_rate"


class FindingShape(Schema):
    """为什么没有办：哪里、什么情况、什么规则、怎么办。"""

    where: str = Field(description="哪里", examples=["years"])
    what: str = Field(description="什么情况，带所给的值", examples=["“二〇”读不懂"])
    rule: str = Field(description="什么规则", examples=["年份写成 2019,2020 或 2018-2020"])
    remedy: str = Field(description="怎么办", examples=["请照 /api/ 的说明改正"])


class Refusal(Schema):
    """没有办的请求。"""

    findings: list[FindingShape] = Field(description="每处一条，一次说全")


class Paging(Schema):
    """分页。"""

    page: int = Field(1, ge=1, le=DEEPEST, description="第几页，从1起", examples=[1])
    size: int = Field(100, ge=1, le=MOST, description=f"每页几条，至多{MOST}", examples=[100])


class Paged(Schema):
    """一页。"""

    count: int = Field(description="一共几条", examples=[34])
    page: int = Field(description="第几页", examples=[1])
    size: int = Field(description="每页几条", examples=[100])
    next: str | None = Field(description="下一页的地址；没有为 null", examples=[None])
    note: str = Field(description="虚构的市写“演示数据（虚构）”，其他为空", examples=["演示数据（虚构）"])


class IndicatorQuery(Paging):
    """找指标。"""

    search: str = Field("", max_length=60, description="名称、英文名或代号中的字；不给则全列", examples=["大班额"])


class IndicatorShape(Schema):
    """一个指标。"""

    key: str = Field(description="代号", examples=[_SAMPLE])
    label: str = Field(description="名称", examples=["义务教育大班额比例"])
    label_en: str = Field(description="英文名称", examples=["Share of large classes, compulsory education"])
    unit: str = Field(description="计量单位；无单位为空", examples=["%"])
    better: str = Field(description="higher 越高越好，lower 越低越好，空为不论", examples=["lower"])
    part: str = Field(description="分子含义", examples=["56人及以上班数"])
    whole: str = Field(description="分母含义；计数指标为空", examples=["教学班总数"])
    source: str = Field(description="依据的文件", examples=["国发〔2016〕40号"])
    answers: str = Field(description="对应的机制", examples=["M16.3"])


class IndicatorPage(Paged):
    """一页指标。"""

    items: list[IndicatorShape] = Field(description="指标，按代号")


class IndicatorDetail(IndicatorShape):
    """一个指标，和有哪些数。"""

    years: list[int] = Field(description="有数的年份", examples=[[2019, 2020]])
    levels: list[str] = Field(description="有数的层级：city 全市，county 县(市、区)", examples=[["city", "county"]])
    figures: int = Field(description="一共几个数", examples=[34])
    alike: list[str] = Field(description="同一问题的其他口径，代号", examples=[["compulsory_large_class_rate_roll"]])
    note: str = Field(description="虚构的市写“演示数据（虚构）”，其他为空", examples=["演示数据（虚构）"])


class SeriesQuery(Paging):
    """要哪些数。"""

    level: str = Field("", pattern="^(city|county)?$", description="city 全市，county 县(市、区)；不给则都要", examples=["county"])  # fmt: skip
    division: str = Field("", pattern="^[A-Za-z0-9_-]{0,20}$", description="只要这个单位，代码见 divisions", examples=[""])  # fmt: skip
    years: str = Field("", pattern=YEARS, max_length=120, description="2019,2020 或 2018-2020；不给则都要", examples=["2019-2020"])  # fmt: skip


class FigureShape(Schema):
    """一个指标值。数都写成文字，未修约，不因浮点走样。"""

    indicator: str = Field(description="指标代号", examples=[_SAMPLE])
    level: str = Field(description="city 或 county", examples=["county"])
    division: str = Field(description="单位代码", examples=["990106"])
    division_name: str = Field(description="单位", examples=["角阳县"])
    period: int = Field(description="学年的起始年，或年份", examples=[2020])
    on: str = Field(description="时点：一天，或一段时期", examples=["2020-09-01"])
    known: str = Field(description="得知日期", examples=["2020-11-02"])
    definition: str = Field(description="口径", examples=["年报"])
    value: str | None = Field(description="指标值，未修约；没有数为 null", examples=["2.944250871080139372822299652"])
    shown: str = Field(description="四舍五入，带单位，与页面一致", examples=["2.94 %"])
    unit: str = Field(description="计量单位", examples=["%"])
    numerator: str | None = Field(description="分子；没有为 null", examples=["169"])
    denominator: str | None = Field(description="分母；没有为 null", examples=["5740"])
    standing: str = Field(description="measured、reported、verified、published 或 press", examples=["measured"])
    standing_label: str = Field(description="按明细计算、上报数、核定数、发布数或公开报道数", examples=["按明细计算"])
    source: str = Field(description="来源", examples=["国发〔2016〕40号"])
    source_url: str = Field(description="来源网址；没有为空", examples=[""])
    doubt: str = Field(description="存疑；没有为空", examples=[""])
    about: bool = Field(description="是否约数", examples=[False])
    withheld: bool = Field(description="是否因人数过少不公布", examples=[False])
    version: str = Field(description="同样的行、参数和文字，版本相同", examples=["9f2c4d1a07be"])


class SeriesPage(Paged):
    """一页指标值。"""

    indicator: IndicatorShape = Field(description="指标")
    items: list[FigureShape] = Field(description="指标值，按时点、单位")


class DivisionShape(Schema):
    """一个单位。"""

    code: str = Field(description="代码", examples=["990106"])
    name: str = Field(description="名称", examples=["角阳县"])
    kind: str = Field(description="类别：city 市，county 县，city_county 县级市，district 区，zone 功能区，direct 市直", examples=["county"])  # fmt: skip


class DivisionPage(Paged):
    """一页单位。"""

    items: list[DivisionShape] = Field(description="单位，按规范排序，市在最前")


class CommitmentShape(Schema):
    """公开稿中的一项。"""

    number: str = Field(description="编号", examples=["16.3"])
    plan: str = Field(description="工作要点", examples=["星州市教育局2021年工作要点"])
    heading: str = Field(description="板块", examples=["四、促进教育公平"])
    title: str = Field(description="事项", examples=["化解义务教育大班额"])
    words: list[str] = Field(description="要点原文", examples=[["义务教育大班额比例控制在2.5%以内"]])
    target: str = Field(description="目标值", examples=["≤ 2.5 %"])
    state: str = Field(description="核定状态的代号；未核定为空", examples=["done"])
    state_label: str = Field(description="核定状态", examples=["已完成"])
    figure: str = Field(description="公开稿所载的数", examples=["2021-09-01 2.75 %"])
    source: str = Field(description="数的来源", examples=["2021年秋季开学情况通报"])
    notice: str = Field(description="公开稿", examples=["进展情况"])
    as_of: str = Field(description="截至日", examples=["2021-12-31"])
    published: str = Field(description="发布时间", examples=["2022-01-10T09:00:00+08:00"])
    note: str = Field(description="虚构的要点写“演示数据（虚构）”，其他为空", examples=["演示数据（虚构）"])


class CommitmentPage(Paged):
    """一页公开事项。"""

    items: list[CommitmentShape] = Field(description="事项，新的公开稿在前")
