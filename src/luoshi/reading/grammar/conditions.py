"""Quantities that only describe: they limit a noun, name a yardstick or a starting point, and promise nothing themselves."""

import re

from luoshi.reading.grammar.amounts import Quantity
from luoshi.reading.grammar.measures import Sort

_MAKING = (
    "新建|改建|扩建|改扩建|建设|建成|新增|培育|打造|完成|创建|引进|培养|选派|实施|认定|评选|遴选|开展|举办|招聘|招录|发展|改造|整治|修建|投放|发放|"
    "投入|筹集|安排|提供|增加|争取|力争|实现|达到|达|组织|培训|扶持|支持|开工|种植|治理|推广|落实|新|建|增设|设立|选拔|救助|资助|帮扶|新开|更新|购置|"
    "配备|补充|兑现|拨付|募集|减免|清欠|盘活|收储|供应|出让|转移|输出|淘汰|压减|减少|降低|提高|增长|下降|压缩|控制在|不少于|不低于|不超过|至少|超过|突破|保持在|稳定在"
)
_MADE = re.compile(rf"(?:{_MAKING})[^，,。；;、]{{0,3}}$")
_HEDGED = re.compile(r"(?:约|近|共|总计|合计|各)$")

_FROM = re.compile(r"(?:(?<!自)(?<!理)(?<!事)(?:由|从|自))[^，,。；;、]{0,24}$")
_THAN = re.compile(r"[比较](?!例|重|高|大|好|强|快|低|由|从|达)[^，,。；;、]{0,24}$")
_UPON = re.compile(r"在[^，,。；;、]{0,24}$")
_CHANGE = "提高|增加|增长|提升|上升|扩大|扩展|调整|增至|提至|升至|降低|降至|降为|下降|减少|减至|压减|压缩|缩短|缩小|恢复|延长|拓展|发展|上调|下调"
_CHANGED_AFTER = re.compile(rf"^[^，,。；;、]{{0,16}}?[，,]?(?:逐步|分别)?(?:{_CHANGE})")
_CHANGED_BETWEEN = re.compile(rf"[到至增降]|{_CHANGE}")
_TO_AFTER = re.compile(r"^(?:左右|以上|以下)?[^，,。；;、\d]{0,10}(?:到|至|为)[约近]?[\d一二两三四五六七八九十]")
_ON_THE_BASIS = re.compile(r"^[^，,。；;]{0,20}(?:基础上|的基础|为基数|相比)")

_AGAINST = re.compile(r"(?:对照|按照|根据|围绕|针对|聚焦|比照|参照|依据|紧扣|瞄准)$")
_STATE = re.compile(
    r"(?:巩固|现有|共有|拥有|仅有?|只有|尚有|还有|仍有|存在|原有|总共有|欠[债款费][^，,。；;]{0,3}|尚未[^，,。；;]{0,8})$"
)
_LIMITS = re.compile(
    r"^(?:学生|员工|职工|人口|口|床位|师生)?(?:及|或|含|[（(]含[^)）]{0,4}[)）])?(?:以上|以下|以内|之内|之上|内)(?P<of>的)?(?P<noun>[^，,。；;、）)\s和及与或的]?)"
)
_ENTITY = (
    "企业|单位|项目|工程|产业|园区|集群|公司|基地|大户|家庭|自然村|行政村|村庄|村|镇|乡|县|合同|订单|商户|小区|住宅|学校|院校|机组|锅炉|车辆|建筑|人口|城市|"
    "景区|商场|市场|港口|码头|泊位|电站|电厂|水库|灌区|河流|河道|道路|桥梁|设施|场馆|医院|机构|组团|平台|农场|合作社|畜禽|养殖|用户|居民|集体|老人|老年人|儿童|班额|品牌|大县|支柱|骨干|龙头|工业|生产线|电网|线路|变电|超高层|装置"
)
_ENTITY_SOON = re.compile(rf"^(?:以上|以下|级|规模)?的?(?:[^，,。；;、\d用对给为]{{0,8}}?)(?:{_ENTITY})")
_LOWERED = re.compile(r"(?:控制|压|降|减|缩|不超过|低于|限制|保持|稳定)[^，,。；;]{0,8}$")
_LATER_COUNT = re.compile(r"^[^，,。；;、]{0,30}?\d")
_ATTRIBUTE = re.compile(
    r"(?:总?投资(?:额|规模|强度)?|投入资金|占地(?:面积)?|(?:总)?(?:建筑|用地|规划|营业|种植)?面积|注册资[本金]|总长度?|全长|长度?|宽度?|高度|深度|容量|库容|容积|装机(?:容量)?|"
    r"年?(?:营业|销售|主营业务|产值|经营|纳税|利税|税收|工业)?(?:总)?(?:收入|产值|产量|产能|税收|额|纳税)|年产|日产|年处理|日处理|日供水|年出栏|存栏|"
    r"(?:处理|生产|供水|接待|吞吐|加工|储备)?(?:能力|规模|等级)|距离|半径|职工|员工|从业人员|床位|编制|年龄|参保|缴费|工作|教龄|任教)"
    r"(?:达到?|超过?|过|约|近|为|在|满|不足|不满|不到|低于|高于|突破)*$"
)
_OF = re.compile(r"^(?:以上|以下|左右)?的(?!目标|任务|要求|标准|水平)")
_EXCEEDING = re.compile(r"(?<!不)(?:超过?|过|达到?|突破)$")
_ACT_AFTER = re.compile(
    r"^(?:的?(?:专项)?(?:资金|贷款|经费|补助|补贴|奖金|奖励|基金|债券|投资|消费券|授信|融资|费用|救助金|助学金|奖学金|津贴|帮扶))"
)
_SPAN_OF_TIME = re.compile(
    r"(?:每(?:[天日周月年人生户班个]|学[年期])[^，,。；;]{0,8}|不低于|不少于|至少|不超过|达到?|提供|[天时日]数|(?:时间|时长|时段|期限|周期)[^，,。；;\d]{0,8}|学时|课时|周期|时限|期限|"
    r"(?:压缩|缩短|延长|控制|稳定|保持|提高|增加|提升|减少|降低|压减|提速)[^，,。；;]{0,4}|(?:锻炼|活动|培训|运动|开放|放假|休假|实践|劳动)[^，,。；;]{0,4})$"
)
_LISTED_TIMES = re.compile(r"(?<![\d.])(?:[\d.]++(?:个?小时|分钟|天|周|个月)[、和及与])+$")
_CIRCLE = re.compile(
    r"^[^，,。；;、\d]{0,8}?(?:圈|通达|直达|热线|在线|服务|值班|值守|运转|自助|不间断|营业|交通|通勤|响应|便民|待命|制)"
)
_LIFE_SPAN = re.compile(r"(?:寿命|年限|学制|受教育|使用期|周期)[^。；;]{0,16}$")
_DENOMINATOR = re.compile(r"每(?:隔|满)?$|[人户名个] ?每 ?$")
_REFERRED = re.compile(r"(?:[这那该前后]|上述|前述|(?:^|[、是])以上(?:这些?)?|任[何意一]|唯一|连续)$")
_OTHERS = re.compile(r"(?:其他|其余|剩余)$")
_DONE_TO_THEM = re.compile(r"^[^，,。；;]{0,10}(?:全部|全面|均|都|完成|到位|整改|建成|投用|达标)")
_INSTRUMENT = re.compile(
    r"^[^，,。；;]{0,24}?为(?:基数|基准|抓手|载体|依托|契机|龙头|重点|核心|中心|主题|主线|基础|目标|支撑|代表|引领|突破口|主(?!体)|主要|平台|纽带|骨干|试点)"
)
_BY_MEANS = re.compile(r"(?:^|[^所予加给可])以(?!上|下|内)[^，,。；;]{0,16}$")
_HEADLINE = re.compile(
    r"^(?:[大类]?(?:民生)?实事|(?:重点)?民生(?:实事|工程|项目|事项)|方面|领域|环节|层面|统筹|意识|自信|维护|不得|严禁|结合|角度|阶段|百分点以上的差距)"
)
_GRADED = re.compile(
    r"^(?:级(?!别|以上干部)|型(?!号)|制(?!造|定|氧|药|冷|剂)|位数|工程(?:院)?院士|时代|开|强(?!化)|件套|合一|位一体|网(?!络|点|格)|包一|带一|对口|帮一|联一|一)"
)
_TAKING_PART = re.compile(r"^(?:成员)?(?:部门|单位|科室|处室)[^，,。；;]{0,6}(?:参加|组成|参与|牵头|负责)")
_SESSION = re.compile(r"^(?:全体会议|全会|会议|党代会|人代会|代表大会)")
_STAGE = re.compile(r"^(?:建设|工程|项目|主体|规划|用地|改造|扩建)")
_POLICY = re.compile(r"^的?(?:优惠|税收|扶持|补贴|奖补|减免)?政策")
_DIVISIONS = re.compile(
    r"^(?:个)?(?:[（(]?[县市区州盟旗乡镇][（(]?(?:[县市区、,]{0,4})[)）]?|街道|社区|村|乡镇|市县|县区|区县|市辖区|省辖市|地市|市州|设区市)"
)
_SCOPE_BEFORE = re.compile(r"(?:^|[全]?[市省县区州国]|所辖|下辖|中西部|的|在)$")


def describes(quantity: Quantity, before: str, after: str, wider: str, beyond: str) -> bool:
    """Whether a quantity only describes.

    Args:
        quantity: the quantity.
        before: the words of its clause up to it.
        after: the words of its clause behind it.
        wider: the words before it, across commas.
        beyond: what follows, across commas.
    """
    return (
        bool(
            _DENOMINATOR.search(before)
            or _AGAINST.search(before)
            or _STATE.search(before)
            or _REFERRED.search(before)
            or (_OTHERS.search(before) and not _DONE_TO_THEM.match(after))
            or _HEADLINE.match(after)
            or _GRADED.match(after)
            or _POLICY.match(after)
            or _TAKING_PART.match(after)
            or _is_an_ordinal(quantity, before, after)
        )
        or _is_baseline(before, after, beyond)
        or _limits_a_noun(quantity, before, after)
        or _is_an_attribute(quantity, before, after)
        or _is_a_span_of_time(quantity, before, after, wider)
        or _is_an_instrument(before, after)
        or _is_a_scope(quantity, before, after)
    )


def _is_baseline(before: str, after: str, beyond: str) -> bool:
    """由40元 before 增加到80元, 比2015年的100所, 在2010年100所 before 的基础上."""
    if _UPON.search(before) and _ON_THE_BASIS.match(after):
        return True
    if _unchanged(_THAN, before):
        return bool(_CHANGED_AFTER.match(beyond) or re.match(r"^(?:的|要|再|有所|还|高|低|多|少)", after))
    return _unchanged(_FROM, before) and bool(_CHANGED_AFTER.match(beyond) or _TO_AFTER.match(after))


def _unchanged(word: re.Pattern[str], before: str) -> bool:
    """Whether the word stands before the number with no change told between them (由40元, not 由40元增加到)."""
    found = word.search(before)
    return found is not None and not _CHANGED_BETWEEN.search(found[0])


def _is_an_ordinal(quantity: Quantity, before: str, after: str) -> bool:
    """二届五次全会, 新校区一期建设: which one, not how many."""
    if quantity.unit == "次":
        return bool(_SESSION.match(after) and re.search(r"届$", before))
    return quantity.unit == "期" and bool(quantity.chinese and _STAGE.match(after))


def _limits_a_noun(quantity: Quantity, before: str, after: str) -> bool:
    """50人以上企业, 500平方米以上的文化广场, 35蒸吨以下燃煤锅炉; not 引进100名以上高层次人才."""
    found = _LIMITS.match(after)
    if not found or not found["noun"] or quantity.sort is Sort.SHARE:
        return False
    rest = after[found.start("noun") :]
    if quantity.sort in {Sort.THING, Sort.EVENT} and quantity.unit not in {"户", "张", "床", "层", "床位"}:
        return False
    entity = _ENTITY_SOON.match(rest)
    if quantity.sort is Sort.PERSON or quantity.unit == "户":
        return bool(entity)
    if _LATER_COUNT.match(rest) or found["of"]:
        return True
    if "下" in found[0]:
        return bool(entity) or not _LOWERED.search(before)
    return bool(entity) and not _MADE.search(before)


def _is_an_attribute(quantity: Quantity, before: str, after: str) -> bool:
    """总投资20亿元的项目, 年产100万吨钢铁项目, 10亿元企业; the noun behind carries the promise."""
    if quantity.sort not in {Sort.MONEY, Sort.SIZE, Sort.PERSON, Sort.THING}:
        return False
    if _OF.match(after) and _ATTRIBUTE.search(before):
        return True
    if quantity.sort is Sort.MONEY and not _ACT_AFTER.match(after) and _ENTITY_SOON.match(after):
        return bool(
            _EXCEEDING.search(before)
            or _ATTRIBUTE.search(before)
            or _LATER_COUNT.match(after)
            or re.match(r"^(?:以上|以下|级|的|企业|产业|园区|集群|项目)", after)
        )
    return quantity.sort is Sort.SIZE and bool(
        re.search(r"(?:年产|日产|年处理|日处理|日供水|年出栏|单机|净?[宽高深])$", before) and _ENTITY_SOON.match(after)
    )


def _is_a_span_of_time(quantity: Quantity, before: str, after: str, wider: str) -> bool:
    """15分钟生活圈, 6个月以上, 30天内办结; promised only where time itself is (每天一小时, 优良天数达到310天)."""
    if quantity.sort is Sort.AGE:
        return not _LIFE_SPAN.search(wider)
    if quantity.sort is not Sort.TIME:
        return False
    before = _LISTED_TIMES.sub("", before)
    if _SPAN_OF_TIME.search(before):
        return bool(_CIRCLE.match(after)) and not re.search(r"(?:压缩|缩短|不超过|每).{0,8}$", before)
    return True


def _is_an_instrument(before: str, after: str) -> bool:
    """以20个重点项目为抓手."""
    return bool(_INSTRUMENT.match(after) and _BY_MEANS.search(before))


def _is_a_scope(quantity: Quantity, before: str, after: str) -> bool:
    """9县(市)新建98所: who acts, not how much, when a later number of the clause is what they do."""
    if quantity.sort is not Sort.THING or quantity.unit not in {"", "个", "县", "村", "镇"}:
        return False
    divisions = _DIVISIONS.match(after)
    return bool(divisions and _SCOPE_BEFORE.search(before) and _LATER_COUNT.match(after[divisions.end() :]))
