"""What sort of promise a clause is."""

import re

from luoshi.reading import mentions, verbs
from luoshi.spine import Kind, Target

_ISSUES = re.compile(r"(?:出台|制定|印发|编制|修订|起草|研究制定|发布|拟定|制订)")
_PAPERS = re.compile(
    r"(?:意见|办法|方案|规划|细则|清单|规定|规程|条例|指南|标准|制度|目录|章程|预案|实施计划|行动计划)"
)
_HOLDS = re.compile(r"(?:召开|举办|举行|承办|主办|组织参加|组织举办|组织开展|开展)")
_EVENTS = re.compile(
    r"(?:会议|大会|大赛|比赛|竞赛|仪式|论坛|培训班|展演|展评|评选|评比|活动周|活动月|运动会|宣讲|演练|座谈会|推进会|现场会|启动)"
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


def kind(clause: str, targets: tuple[Target, ...]) -> Kind:
    """The kind; a number outweighs all but somebody else's decision, which is 协调事项 whatever it counts."""
    if _OTHERS_DECIDE.search(clause) and not _OWN_LEVEL.search(clause):
        return Kind.RECOGNITION
    if targets:
        held = all(target.implicit and target.unit == "场" for target in targets)
        return Kind.EVENT if held else Kind.QUANTITY
    if _ISSUES.search(clause) and (mentions.policies(clause) or _PAPERS.search(clause)):
        return Kind.DOCUMENT
    if _HOLDS.search(clause) and _EVENTS.search(clause):
        return Kind.EVENT
    return Kind.MILESTONE if verbs.action(clause) in _ENDS or _BUILDS.search(clause) else Kind.STANDING
