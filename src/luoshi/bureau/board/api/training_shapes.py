"""What the API tells of trainings, with its words."""

from ninja import Field, Schema

from luoshi.bureau.board.api.shapes import Paged, Paging


class TrainingShape(Schema):
    """一个培训项目。"""

    key: str = Field(description="代号", examples=["information"])
    label: str = Field(description="名称", examples=["信息技术应用能力提升工程2.0"])
    answers: list[str] = Field(description="对应的机制", examples=[["M25.7"]])
    counts: str = Field(description="hours 按学时，person_times 按人次", examples=["hours"])
    source: str = Field(description="依据", examples=["教师〔2019〕1号"])
    doubt: str = Field(description="存疑；没有为空", examples=[""])
    requirement: str = Field(description="要求的代号；没有为空", examples=["information"])


class TrainingPage(Paged):
    """一页培训项目。"""

    items: list[TrainingShape] = Field(description="培训项目")


class CoursesQuery(Paging):
    """要哪些课程。"""

    kind: str = Field("", max_length=20, description="学时类别的代号；不给为全部", examples=["local"])
    subject: str = Field("", max_length=20, description="学科的代号；不给为全部", examples=["chinese"])


class CourseShape(Schema):
    """课程超市里一门上架的课程。"""

    id: int = Field(description="编号", examples=[3])
    title: str = Field(description="名称", examples=["大单元教学设计"])
    provider: str = Field(description="承办机构", examples=["市教师发展中心（演示）"])
    kind: str = Field(description="学时类别的代号", examples=["local"])
    kind_label: str = Field(description="学时类别", examples=["市县培训"])
    subject: str = Field(description="学科的代号；不限为空", examples=["chinese"])
    form: str = Field(description="present 集中面授，online 网络研修，mixed 混合式", examples=["present"])
    hours: str = Field(description="学时", examples=["16"])
    practice: str = Field(description="其中实践学时", examples=["4"])
    price: int = Field(description="每人费用（元）", examples=[0])
    rating: str | None = Field(description="平均评分；没有评价为 null", examples=["4.5"])
    rated: int = Field(description="评价人数", examples=[12])


class CoursePage(Paged):
    """一页课程。"""

    items: list[CourseShape] = Field(description="课程，新的在前")


class GapsQuery(Paging):
    """要哪一项要求的缺口。"""

    requirement: str = Field("five_years", max_length=20, description="要求的代号", examples=["five_years"])
    by: str = Field("county", pattern="^(county|subject)$", description="county 按县(市、区)，subject 按学科", examples=["county"])  # fmt: skip


class GapShape(Schema):
    """一个县(市、区)或一个学科的完成情况。"""

    key: str = Field(description="县(市、区)或学科的代码", examples=["990121"])
    label: str = Field(description="名称", examples=["角阳县"])
    teachers: int = Field(description="教师数", examples=[3200])
    met: int = Field(description="已完成的教师数", examples=[2100])
    idle: int = Field(description="没有学时的教师数", examples=[12])
    short: str = Field(description="还欠的学时", examples=["52000"])


class GapPage(Paged):
    """一页缺口。"""

    requirement: str = Field(description="要求的代号", examples=["five_years"])
    items: list[GapShape] = Field(description="各单位的完成情况")
