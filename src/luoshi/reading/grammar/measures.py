"""Measure words and units: what can follow a number and make it a quantity.

General inventory of modern Chinese official prose, not of any one text. A word is listed by what it measures, because
that decides whether a quantity can be promised (8所, 3000元) or only describes (65岁, 二级, 110千伏).
"""

import re

THINGS = """
    所 家 个 座 处 间 栋 幢 套 张 辆 台 条 块 件 项 门 场 次 期 轮 支 只 头 株 棵 根 盏
    口 眼 片 本 册 部 篇 幅 首 例 宗 起 份 艘 架 列 趟 班 枚 顶 批次 台次 架次 班次 场次
    件次 课时 学时 学分 节 堂 门次 台套 台(套) 套(台) 对 双 组 队 户 户次 村 床 床位 泊位
    车位 学位 工位 机位 站 点 枪 桩 杆 平台 单元 标箱 标准箱 标台
""".split()
PEOPLE = ["人", "名", "位", "人次", "人日", "人份"]
MONEY = ["元", "美元", "欧元", "港元", "人民币"]
SIZES = """
    平方公里 平方千米 平方米 平米 公顷 亩 立方米 立方 方 公里 千米 米 海里 车道公里 吨 公斤 千克 斤
    克 微克 毫克 升 毫升 吨标准煤 吨标煤 标准煤 千瓦时 千瓦 兆瓦 瓦 度 焦耳 字节 比特 公里/小时
    蒸吨 枚/万人 TB GB MB MW GW kW
""".split()
YEARS = ["岁", "年"]
"""Measures only behind a word that reaches them."""
TIMES = ["小时", "分钟", "天", "周", "个月", "个工作日", "工作日", "课时", "学时"]
SHARES = ["%", "‰", "个百分点", "百分点", "个点", "倍", "成", "分"]

DESCRIBING = """
    岁 周岁 级 届 期工程 类 年级 星级 星 时 号 型 版 世纪 年 月 日 季度 线 环 强 周年 代 维
    线城市 度角 千伏 伏 层 楼 等 甲 学年 学期 部门 部委 大类 纳米 英寸 寸 像素 号线 路 化 流 体
    站式 门式 网通办 键 次性 方面 手 头 端 者 带 字
""".split()
"""Words that make a number a name or a condition."""

PER = r"(?:(?:/|每)(?:10万|百|千|万)?(?:人·年|人·月|生·年|人|名|户|天|日|周|月|年|平方米|立方米|平方公里|公里|万元|亩|吨|所|个|班|百户|小时)(?:·[年月])?)"

_UNITS = sorted({*THINGS, *PEOPLE, *MONEY, *SIZES, *TIMES, *SHARES, *YEARS}, key=len, reverse=True)
UNIT = "(?:" + "|".join(map(re.escape, _UNITS)) + ")" + PER + "?"
DESCRIPTION = "(?:" + "|".join(map(re.escape, sorted(DESCRIBING, key=len, reverse=True))) + ")"

COUNTABLE_IN_CHINESE = frozenset({*THINGS, *PEOPLE, "小时", "天", "个百分点", "倍", "成", "个月", "公里", "亩", "元"})
"""Units that a number written in Chinese characters may carry (两所, 一小时)."""

DURATIONS = frozenset(TIMES)
CONDITION_UNITS = frozenset({*SIZES, *MONEY, *PEOPLE, "层", "张", "床", "床位"})
"""With 以上 before a noun these describe (50人以上企业); counts of things do not (10个以上示范点)."""
