"""Measure words and units: what follows a number and makes it a quantity.

A general inventory of modern Chinese official prose, listed by what is measured, because that decides whether a
quantity can be promised (8所, 3000元) or mostly limits something else (65岁, 15分钟).
"""

from enum import Enum


class Sort(Enum):
    """What a unit measures."""

    THING = "thing"
    PERSON = "person"
    EVENT = "event"
    MONEY = "money"
    SIZE = "size"
    TIME = "time"
    SHARE = "share"
    AGE = "age"
    """Years and ages: promised only of a life span or a length of schooling."""


_WORDS: dict[Sort, str] = {
    Sort.THING: (
        "所 家 个 座 处 间 栋 幢 套 张 辆 台 条 块 件 项 门 支 只 头 株 棵 根 盏 口 眼 片 本 册 部 篇 幅 首 种 款 例 宗 起 份 艘 架 列 枚 "
        "顶 村 镇 床 床位 泊位 车位 学位 托位 机位 杆 平台 单元 标箱 标准箱 标台 台套 台(套) 套(台) 处(个) 个(处) 座(处) 所(个) 个(所) 家(个) "
        "户 户次 组 队 对 双 笔 尾 羽 匹 孔 段 道 面 副 剂 支(个) 条(段) 枝 丛 粒 瓶 箱 袋 盒 桶 包 捆 卷 尊 股 站 集 讲 桩 把 艘次 "
        "学分 课 团 扇 樽 窝 顷 垧 丘 节 号牌 端口 芯 线 万头 项次"
    ),
    Sort.PERSON: "人 名 位 人次 人日 人份 人天 人家 个人 名(人) 人(次) 人/次 对夫妇 代表",
    Sort.EVENT: "次 场 期 轮 届次 批 批次 台次 架次 班次 场次 件次 趟 班 遍 堂 学时 课时 个学时 个课时 节课 车次 航次 列次 家次 组次 项(次) 场(次) 次(场) 期(次) 户(次)",
    Sort.MONEY: "元 美元 欧元 港元 港币 日元 人民币 元人民币 英镑",
    Sort.SIZE: (
        "平方公里 平方千米 平方米 平米 m2 ㎡ 公顷 亩 亩次 标准亩 立方米 立方 标准立方米 标方 方 公里 千米 km 米 延米 延长米 海里 车道公里 皮长公里 芯公里 "
        "车公里 人公里 吨公里 吨 标准吨 载重吨 总吨 蒸吨 公斤 千克 斤 克 微克 毫克 升 毫升 吨标准煤 吨标煤 标准煤 千瓦时 千瓦 兆瓦 瓦 兆 度电 "
        "千伏安 兆伏安 焦耳 TB GB MB PB MW GW KW kW kVA KVA MVA GWh MWh TEU Mbps Gbps 机架 标准机架 标准货箱 分贝"
    ),
    Sort.TIME: "小时 分钟 秒 天 日 周 个月 个小时 个工作日 工作日 个自然日 个百天",
    Sort.SHARE: "% ‰ 个百分点 百分点 个千分点 个点 倍 成 番 分",
    Sort.AGE: "年 岁 周岁",
}
_SORTS: dict[str, Sort] = {word: sort for sort, words in _WORDS.items() for word in words.split()}
_LONGEST = max(map(len, _SORTS))

_ANOTHER_WORD: dict[str, str] = {
    "所": "有需在属得谓",
    "家": "庭长属政园具电禽风教乡校居",
    "个": "别性体",
    "人": "才民均工文员力社居机防流物大",
    "名": "录单牌誉",
    "位": "于居列置",
    "次": "性年月日生要",
    "台": "湾账帐阶商",
    "条": "件例款",
    "期": "工间望末货",
    "成": "立功为果员效本品人都长熟型套交渝绩就",
    "分": "别类解布层散析享工级期步批公院局校中站区管离之发类",
    "天": "然津府山",
    "日": "报常制均起前内",
    "周": "岁边年围口期转",
    "户": "籍口均外型",
    "场": "所馆地站镇面景",
    "门": "类诊票店户槛式",
    "组": "织团建合装",
    "队": "伍员",
    "对": "口外接于象标照待比各全",
    "双": "向创方语师",
    "面": "积向对临貌",
    "道": "路德口",
    "节": "能约日点水目俭",
    "片": "区",
    "本": "市省科地级县区年届土",
    "部": "门分署队委级属省",
    "支": "持付出援撑教部",
    "只": "有要能是增",
    "口": "岸径腔",
    "张": "家掖贴",
    "列": "入为举",
    "班": "级子额主",
    "起": "来步点到草",
    "处": "理置于罚级分",
    "座": "谈",
    "间": "接隔",
    "种": "植养子苗业质",
    "集": "中团体成约聚合群",
    "款": "式项",
    "股": "份权",
    "站": "式在位",
    "村": "级民委庄",
    "镇": "村级区",
    "线": "上下城工",
    "课": "程题后堂",
    "团": "队员体结",
    "包": "括含",
    "段": "式",
    "卷": "入",
    "米": "粮",
    "亩": "均产",
    "方": "面向案式便法",
    "线路": "",
    "把": "握手",
    "批": "准",
    "轮": "训换岗",
    "番": "茄",
    "代表": "大性团",
    "单元": "楼门",
    "平台": "企经",
}
"""A measure word that goes on like this is the head of another word (所有, 家庭, 次性)."""

_ONLY_AT_AN_END = frozenset("分方成线课团集段道面本部镇顷丘番讲把孔窝兆秒日") | {
    "代表",
    "平台",
    "单元",
    "端口",
    "人民币",
    "机架",
    "分贝",
}
"""Taken for a measure only where the quantity closes its phrase; before a noun they are other words."""

_PER = (
    "人·年 人·月 人·天 生·年 生·月 户·年 亩·年 人年 人月 年·人 月·人 10万人 10万 万人 千人 百人 百户 万元 人 名 生 户 天 日 周 月 年 平方米 立方米 平方公里 "
    "公里 亩 公顷 吨 公斤 所 个 班 小时 学年 学期 秒 升 台 辆 次 平米 床 间 套 千瓦 千瓦时"
).split()
_PERS = frozenset(_PER)
_PER_LONGEST = max(map(len, _PERS))

CLOSING = frozenset("，,。；;、：:！!？?（）() \t\n\u3000”」》以左右和及与或等内上下之的")
"""What may stand right behind a quantity that closes its phrase."""


def sort_of(unit: str) -> Sort:
    """What a unit measures; a unit outside the inventory counts things."""
    head = unit.partition("/")[0] if unit not in _SORTS else unit
    return _SORTS.get(head, Sort.THING)


def measure_at(flat: str, place: int) -> int:
    """Where the unit that begins at a place ends; the place itself when none begins there."""
    for length in range(_LONGEST, 0, -1):
        word = flat[place : place + length]
        if len(word) == length and word in _SORTS and _stands(word, flat, place + length):
            return _per(flat, place + length)
    return place


def _stands(word: str, flat: str, end: int) -> bool:
    after = flat[end : end + 1]
    if after and after in _ANOTHER_WORD.get(word, ""):
        return False
    return word not in _ONLY_AT_AN_END or not after or after in CLOSING or after == "/"


def _per(flat: str, end: int) -> int:
    """The end of a rate's second half (/人·年), when one follows."""
    if flat[end : end + 1] not in {"/", "每"}:
        return end
    for length in range(_PER_LONGEST, 0, -1):
        if flat[end + 1 : end + 1 + length] in _PERS and flat[end] == "/":
            return end + 1 + length
    return end


def open_measure_at(flat: str, place: int) -> int:
    """Any one character counts as a measure where a noun with its number closes (桥涵12孔，): grammar asks for one there."""
    after = flat[place + 1 : place + 2]
    character = flat[place : place + 1]
    closed = not after or after in "，,。；;、!！\n)）"
    if closed and "\u4e00" <= character <= "\u9fff" and character not in _NEVER_A_MEASURE:
        return place + 1
    return place


_NEVER_A_MEASURE = frozenset(
    "级届类号型版时月线环强代维年岁层甲伏流体带字者端手化路后前内外间里中人市县区省国大小多少余万亿千百十第零和与及或等以之的了着为是在至到版式制会省府规号楼期世"
)
"""Characters that close a name or a description rather than a count (十九大, 500强, 第三版)."""
