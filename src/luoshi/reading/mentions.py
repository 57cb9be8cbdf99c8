"""Whom and what a clause names: documents, programmes, organisations, offices, and whom it reaches."""

import re

from luoshi.reading import verbs
from luoshi.reading.grammar.numerals import level

_POLICY = re.compile(r"《[^》]{2,80}》")
_PROGRAMME = re.compile(
    r"(?:[“‘][^”’]{1,24}[”’])(?:[^，,。；;、“”]{0,6}?)(?:计划|工程|项目|行动|活动|战略)|[\u4e00-\u9fff]{2,14}?(?:行动计划|提升计划|培养计划|改造计划|工程(?=，|,|。|、|；|;|$))"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:大学(?!生)|学院|师范学校|职业学校|高级中学|中学(?![生校])|小学(?![生校])|医院|图书馆|委员会|联席会议|公司|集团(?!化)|基金会|协会|学会|研究院|研究所|中心(?!城|幼|校|组))"
)
_KIND_ONLY = re.compile(
    r"(?:[\d一二三四五六七八九十几多各所个家全每新老或及为的]|所有|全部|部分|统一|抽调|广大|全体|我[省市县区局校]|应用|型|有关|相关|其他|国内外|国外|境外|国家|省级|市级|县级|区级|市属|省属|部属|驻洛|在[省市]|本科|专科|高职|高等|普通|特殊|"
    r"公办|民办|中等|初等|职业|技工|技术|农村|城镇|城乡|乡镇|街道|社区|义务|教育|中心|优质|高水平|一流|标准化|寄宿制|示范|特色|骨干|重点|"
    r"完全|初级|高级|九年一贯制|中小|大中小|幼儿|县|市|区|村|校|综合|专业|三级|二级|公共|科技|文化|服务|活动|实践|训练|实训|资源|数据|指挥)*"
    r"(?:大学|学院|学校|师范学校|职业学校|高级中学|中学|小学|医院|图书馆|委员会|联席会议|公司|集团|基金会|协会|学会|研究院|研究所|中心)(?:校)?"
)
_LEADS, _HELPS = "牵头|责任|负责|主办|承办", "配合|协办|参加"
_UNIT_WORD = "(?:单位|科室|部门|处室|股室|机构|领导|人)?"
_LABEL = rf"(?:{_LEADS}|{_HELPS}){_UNIT_WORD}[:：]"
_BRACKET = re.compile(
    rf"[（(【\[](?:[^（()）】\]]{{0,6}}{_LABEL}[^（()）】\]]{{2,120}}|[^（()）】\]\n]{{2,80}}(?:{_LEADS}|{_HELPS}))[。；;]?[）)】\]]"
    rf"|(?m:^[ \t\u3000]*{_LABEL}[^\n。]{{2,80}}[。；;]?$)"
)
"""（牵头单位：…；配合单位：…）, （…牵头，…配合）, or a line of its own below the point."""
_LABELLED = re.compile(rf"({_LEADS}|{_HELPS}){_UNIT_WORD}[:：]\s*(.*?)(?=[；;，,。 ]*(?:{_LABEL}|$))")
_SPOKEN = re.compile(rf"^(?:由|会同)?(.{{2,60}}?)(?:按职责分工|分工|共同|具体)?({_LEADS}|{_HELPS})$")
_SCOPE = re.compile(
    r"各县[(（]?市[、,，]?区[)）]?|各县[(（]市[)）]区?|所有县\S{0,6}?[)）]?(?=成立|建|完成)|\d+\s*个?县[(（]市[)）]?(?:区)?|\d+个县(?:市|区)?|"
    r"各地各校|各地|各县区|各区县|各级各类学校|各校|全市|全省|全县|全区|全国|中心城区|主城区|市直|市属"
)


def policies(clause: str) -> tuple[str, ...]:
    """Documents named, with their 《》, in order."""
    return tuple(dict.fromkeys(_POLICY.findall(clause)))


def programmes(clause: str) -> tuple[str, ...]:
    """Named programmes: “…”计划, …行动计划, …工程, without the verbs before them."""
    found = (verbs.without_acts(match[0].strip()) for match in _PROGRAMME.finditer(_POLICY.sub("，", clause)))
    return tuple(dict.fromkeys(name for name in found if len(name) > 3))  # noqa: PLR2004


def organisations(clause: str) -> tuple[str, ...]:
    """Organisations named; kinds of schools (公办幼儿园, 中小学) are no names."""
    bare = _POLICY.sub("，", clause)
    found = (
        re.sub(r"^.*(?:支持|加快|推进|组建|建立|成立|申报|届|全[国省市]|与|和|或|、)", "", verbs.without_acts(match[0]))
        for match in _ORGANISATION.finditer(bare)
    )
    return tuple(dict.fromkeys(name for name in found if len(name) > 3 and not _KIND_ONLY.fullmatch(name)))  # noqa: PLR2004


def scope(clause: str) -> str:
    """Whom the clause reaches: 各地, 9县(市), 中心城区; "" when it names none."""
    found = _SCOPE.search(clause)
    return found[0].strip() if found else ""


def bracket_spans(text: str) -> list[tuple[int, int]]:
    """Where brackets print who is responsible; they are no clauses."""
    return [found.span() for found in _BRACKET.finditer(text)]


def _names(listed: str) -> list[str]:
    return [name.strip() for name in re.split(r"[、,，/\s]+", listed) if name.strip()]


def printed_offices(bracket: str) -> tuple[str, ...]:
    """Offices a bracket names, lead first."""
    flat = level(bracket).strip().strip("()【】[]（）").rstrip("。；;")
    told = [(found[1], found[2]) for found in _LABELLED.finditer(flat)] or [
        (found[2], found[1]) for part in re.split("[，,；;]", flat) if (found := _SPOKEN.match(part.strip()))
    ]
    leads = [name for word, listed in told if word in _LEADS.split("|") for name in _names(listed)]
    helps = [name for word, listed in told if word in _HELPS.split("|") for name in _names(listed)]
    return tuple(dict.fromkeys([*leads, *helps]))
