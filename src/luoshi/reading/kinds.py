"""What sort of promise a clause is."""

import re

from luoshi.reading import mentions
from luoshi.reading.verbs import Act
from luoshi.spine import Kind, Target

_ISSUES = frozenset("出台 制定 印发 编制 修订 起草 发布 拟定 制订".split())
_ISSUED = re.compile(r"(?:规划|方案|意见|办法|清单|目录|预案|细则)(?:的)?(?:编制|制定|修订|起草|印发)")
_PAPERS = re.compile(
    r"(?:意见|办法|方案|规划|细则|清单|规定|规程|条例|指南|标准|制度|目录|章程|预案|实施计划|行动计划)"
)
_HOLDS = frozenset("召开 举办 举行 承办 主办 参加 开展 启动".split())
_IN_NAMES = re.compile(r"《[^》]*》|“[^”]*”")
_LIKENS = re.compile(r"[^，,；;]{0,6}[把将]")
"""把教育系统建成坚强阵地 is a figure of speech, no building."""
_BUILD_ACTS = frozenset("加快 推进 推动 实施 完成 建设 启动 加强 抓好".split())
_EVENTS = re.compile(
    r"(?:会议|大会|大赛|比赛|竞赛(?!活动)|仪式|论坛|培训班|展演|展评|评选|评比|活动周|活动月|运动会|演练|座谈会|推进会|现场会)"
)
_OTHERS_DECIDE = re.compile(
    r"(?:被?(?:评定|认定|评为|命名|列入|确定)为|争创|申报|申请|获批|创成|获评|入选|成为(?:国家|省|全国|河南|.{2,6}省))"
)
_OWN_LEVEL = re.compile(r"(?:我局|市级|区级|县级|认定\d)")
_ENDS = frozenset(
    """
    建成 建立 组建 成立 设立 设置 完成 启动 改造 新建 改建 扩建 迁建 搬迁 移交 开工 竣工 搭建 签订
    开通 复查 创设 创办 整合
""".split()
)
_BUILDS = re.compile(
    r"(?:校区|基地|项目|平台|学校|幼儿园|中心|场馆|宿舍|园区|校舍|食堂|医院|道路|数据库|库)[^，,；;]{0,8}(?:建设|整合|改造|迁建)"
)


def kind(clause: str, act: Act, targets: tuple[Target, ...]) -> Kind:
    """The kind; a number outweighs all but somebody else's decision, which is 协调事项 whatever it counts."""
    if _OTHERS_DECIDE.search(clause) and not _OWN_LEVEL.search(clause):
        return Kind.RECOGNITION
    if targets:
        held = all(target.implicit and target.unit == "场" for target in targets)
        return Kind.EVENT if held else Kind.QUANTITY
    acts, names = act.verbs, _IN_NAMES.sub("", clause)
    if (acts & _ISSUES and (mentions.policies(clause) or _PAPERS.search(clause))) or _ISSUED.search(names):
        return Kind.DOCUMENT
    if acts & _HOLDS and _EVENTS.search(names):
        return Kind.EVENT
    ends = acts & _ENDS and not _LIKENS.match(clause)
    return Kind.MILESTONE if ends or (acts & _BUILD_ACTS and _BUILDS.search(names)) else Kind.STANDING
