"""The verbs official prose promises with, and the words that only say how, why or to what end.

A general lexicon of administrative Chinese: what an office does (开展, 建立, 出台), what it wishes to come of it (促进, 增强),
and how a clause that promises nothing opens (以…为, 按照, 围绕).
"""

import re
from dataclasses import dataclass

_ADVERBS = """
    继续 持续 深入 全面 扎实 切实 积极 进一步 着力 大力 加快 稳步 稳妥 不断 认真 努力 力争 严格
    广泛 统筹 协调 重点 逐步 有序 主动 坚决 全力 适时 尽快 抓紧 同步 共同 联合 常态化 精准
    科学 依法 合理 高标准 高质量 分类 分层 分步 因地制宜 更好 充分 大幅 基本 率先 多渠道 定期 及时
    牢牢 牢固 坚持 坚定 坚定不移 纵深 协同 一体 系统 深化 强力 启动 着手 争取 确保 保证 务必 组织
    配合 协助 会同有关部门 督促指导各地 督促和指导各地 督促各地 推动各地 指导各地 引导各地
""".split()
_ACTS = """
    加强 推进 推动 实施 落实 完善 建立 健全 开展 组织 举办 举行 召开 制定 出台 印发 研究 编制 修订
    建设 新建 改建 扩建 改扩建 续建 改造 新增 增设 增加 培育 培养 打造 创建 争创 申报 申请 认定
    遴选 评选 选派 选拔 选树 招聘 招录 引进 引导 鼓励 支持 扶持 督促 指导 督导 规范 严格 严禁 禁止
    治理 整治 整改 消除 遏制 控制 严控 严防 严肃 优化 深化 强化 扩大 拓展 拓宽 加大 做好 抓好 办好
    搞好 完成 达到 保障 巩固 构建 构筑 探索 试点 推广 推行 普及 宣传 贯彻 启动 参与 参加 承办 协调
    配合 统筹 整合 简化 简政放权 清理 减轻 精简 压减 压缩 公布 公开 统计 监测 评估 检查 排查 化解
    处置 查处 打击 维护 防范 防控 畅通 传承 弘扬 培训 轮训 聘请 聘任 核定 设立 设置 组建 成立 表彰
    补齐 发放 提供 资助 补助 安排 更新 投放 淘汰 清洗 调整 落细 抓实 兑现 投入 征集 建成 开工 竣工
    交付 搬迁 谋划 学习 坚持 强 力促 力戒 力争 争取 确保 保证 努力 实行 执行 履行 运用 利用 发挥
    注重 重视 突出 抓 加快 打赢 打好 夺取 攻克 防控 统一 严守 压实 深挖 盘活 兴办 承接 创作 编印 翻修 新开 修建 修缮 购置 配备 配齐 补充 招收 录用 安置 救助 帮扶 化债 清欠 用好 管好 守住 创新 创设 创办 开设 开发 开放 开通 签订 签署 发布 报送 备案
    审批 审核 验收 考核 评价 奖励 惩戒 约谈 问责 通报 纳入 列入 移交 承担 支付 筹集 募集 吸引 对接
    联系 联动 衔接 转化 转型 升级 复查 推荐 展演 展评 竞赛 比赛 下达 分解 保持 稳定 提高 提升 降低
    下降 增长 增强 促进 实现 形成 营造 改善 激发 释放 丰富 助力 确立 树立 把 将 使 让 对 为 向
    在
""".split()
_OUTCOMES = """
    促进 增强 提高 提升 形成 营造 改善 激发 释放 丰富 助力 助推 实现 确保 保障 推动 推进 满足 服务
    保证 夯实 切实减轻 减轻 使 让 为 做到 达到 取得 发挥 保持 充分发挥 带动 引领 构建 打造 建成
    拓宽 畅通 有效 切实 真正 不断 全面 努力 着力 争取
""".split()
_MEANS = re.compile(
    r"^(?:以|按照|按|根据|围绕|针对|依托|通过|结合|聚焦|立足|紧扣|紧紧围绕|坚持|遵循|借助|利用|依据|本着|适应|面向|对照|经|在[^，,]{1,30}(?:基础上|前提下|范围内|框架下|同时|过程中|方面|中|下)$|"
    r"进一步(?:强措施|解放思想)|高举|认真学习)"
)
_MEASURED = re.compile(r"(?:率|比例|比重|占比|覆盖面|标准|定额|额度|规模|数量|总量|水平的|人数)")

_ADVERB = "(?:" + "|".join(sorted(_ADVERBS, key=lambda word: (-len(word), word))) + ")"
_ACT = (
    r"(?:新[（(][改扩迁续、]{1,5}[）)]建|新、改、扩建|"
    + "|".join(sorted(set(_ACTS), key=lambda word: (-len(word), word)))
    + ")"
)
_OPENING = re.compile(rf"^(?:{_ADVERB}(?:地)?){{0,6}}(?P<act>{_ACT})")
_INSIDE = re.compile(_ACT)
_JOINED_TO = "落实|健全|完善|实施|推进|推动|推行|制定|出台|印发|开展|指导"
_PAIRED_WITH = f"{_JOINED_TO}|贯彻|建立|组织|启动|研究|编制|修订|督促|引导|鼓励|支持|坚持|加强|改进|深化|创新|拓展|构建|举办|承办|参加|选拔|培养|激发|释放"
_NEXT_ACT = re.compile(rf"(?:(?:{_JOINED_TO})|(?:和|并|与)(?:{_PAIRED_WITH}))(?![的率地])")
_LED_TO = re.compile(
    r"(?:作为|纳入|列入|归入|转入|建成|建设成|打造成|打造为|培养成|培育成|转化为|落实到|贯穿|融入|移交|消除|摆在|放在|覆盖|扩大到|提高到|控制在)"
)
_PART = re.compile(r"[^，,；;]+")
_NAMED = re.compile(r"《[^》]{0,80}》|“[^”]{0,40}”")
_BRACKETED = re.compile(r"[（(][^（()）]{0,30}[）)]")
_OUTCOME = re.compile(
    r"^(?:不断|切实|全面|有效|着力|努力|进一步|充分|更好|真正|持续|全力)*(?:"
    + "|".join(sorted(set(_OUTCOMES), key=lambda word: (-len(word), word)))
    + ")"
)
_BLANK = "\u3007"
"""Stands for a character of a name: names hold verbs that are no acts."""
_SMALL = frozenset({"把", "将", "使", "让", "对", "为", "向", "在", "强", "抓"})


@dataclass(frozen=True, slots=True)
class Act:
    """What a clause promises to do, and to what."""

    verb: str
    """As printed: 新增, 建立健全, 坚持和完善; empty when the clause has no act."""
    subject: str
    """The words behind it in its own part of the clause."""

    @property
    def verbs(self) -> frozenset[str]:
        """The single verbs: 建立健全 is two."""
        return frozenset(_INSIDE.findall(self.verb))


def find_act(clause: str) -> Act:
    """The act of a clause, looked for in the part that promises and outside names.

    A run of acts (建立健全, 坚持和完善) is one act. Behind 把 and 将 it is the verb that the object leads to (把…建成…).
    """
    masked = _NAMED.sub(lambda found: _BLANK * len(found[0]), clause)
    begun, until = _head(clause, masked)
    start, end = _place(masked, begun, until)
    return Act(clause[start:end], clause[end : max(until, end)].strip("，,、。 "))


def _head(clause: str, masked: str) -> tuple[int, int]:
    """The part between commas that makes the promise: the first that opens with an act and is not only how or what for."""
    flat = _BRACKETED.sub(lambda found: _BLANK * len(found[0]), masked)
    parts = [found.span() for found in _PART.finditer(flat)]
    if len(parts) == 1:
        return parts[0]
    acting = [span for span in parts if opens_with_act(clause[slice(*span)].strip())]
    own = [span for span in acting if not _serves(clause[slice(*span)].strip())]
    return (own or acting or parts or [(0, len(clause))])[0]


def _serves(part: str) -> bool:
    return says_how(part) or says_what_for(part)


def _place(masked: str, begun: int, until: int) -> tuple[int, int]:
    """Where the act stands in its part; an empty span at its head when there is none."""
    words = masked[begun:until]
    opening = _OPENING.match(words.lstrip())
    lead = begun + len(words) - len(words.lstrip())
    if opening and opening["act"] not in _SMALL:
        start = lead + opening.start("act")
        return start, _run_end(masked, start + len(opening["act"]), until)
    rest = lead + (opening.end() if opening else 0)
    leading = bool(opening and opening["act"] in {"把", "将"})
    led = _LED_TO.search(masked, rest, until) if leading else None
    if led:
        return led.span()
    inside = _acts_in(masked, rest, until) or _acts_in(masked, 0, len(masked))
    if not inside:
        return begun, begun
    found = inside[-1] if leading else inside[0]
    return found.start(), _run_end(masked, found.end(), until)


def _acts_in(masked: str, start: int, end: int) -> list[re.Match[str]]:
    return [found for found in _INSIDE.finditer(masked, start, end) if found[0] not in _SMALL]


def _run_end(masked: str, end: int, until: int) -> int:
    """The end of acts that stand side by side."""
    while end < until and (found := _NEXT_ACT.match(masked, end, until)):
        end = found.end()
    return end


def opens_with_act(clause: str) -> bool:
    """Whether the clause opens with what somebody will do."""
    return bool(_OPENING.match(clause))


def without_acts(words: str) -> str:
    """A name without the adverbs and acts that were caught before it (继续实施“国培计划” → “国培计划”)."""
    while (found := _OPENING.match(words)) and found.end() < len(words) - 1:
        words = words[found.end() :].lstrip("和并及与或")
    return words.lstrip("和并及与或")


def says_how(clause: str) -> bool:
    """Whether the clause only says by what means or on what ground (以…为抓手, 按照…要求)."""
    return bool(_MEANS.match(clause))


def says_what_for(clause: str) -> bool:
    """Whether the clause tells the outcome hoped for rather than an act (促进…, 增强…, 提高…水平); rates and standards are acts."""
    return bool(_OUTCOME.match(clause)) and not _MEASURED.search(clause)
