"""Words and files that made-up replies are put together from. 演示数据（虚构）."""

import io
import random
import re
from collections.abc import Sequence

import docx
import openpyxl

SHORTER = (
    ("公办幼儿园", "公办园"), ("普惠性幼儿园", "普惠园"), ("义务教育大班额", "大班额"), ("义务教育", "义教"), ("特殊教育", "特教"),
    ("职业教育", "职教"), ("普通高中", "普高"), ("中等职业学校", "中职学校"), ("学前三年毛入园率", "毛入园率"), ("标准化", ""), ("市级", ""),
    ("心理健康", "心理"), ("农村寄宿制学校", "寄宿制学校"), ("周转宿舍", "周转房"), ("专题党课", "党课"), ("全市", ""), ("各县（市、区）", "各县区"),
    ("适龄残疾儿童少年", "残疾儿童"), ("实践教育基地", "实践基地"), ("骨干教师", "骨干老师"), ("职业技能培训", "技能培训"),
)  # fmt: skip
VERBS = (
    ("新建、改扩建", "新改扩建"), ("创建", "打造"), ("评选", "遴选"), ("招聘", "招录"), ("组织", "安排"), ("建立", "健全"), ("举办", "办"),
    ("制定", "出台"), ("完善", "健全"), ("开展", "组织开展"), ("加强", "强化"), ("推进", "推动"), ("建设", "新建"),
)  # fmt: skip
TARGET = (
    "目标{V}，目前已完成{x}",
    "年度任务{V}，已完成{x}，完成率{p}%",
    "计划{V}，实际完成{x}，占计划的{p}%",
    "全年要求{V}，截至{day}完成{x}",
)
COUNT = (
    "目前已完成{x}", "截至{day}累计完成{x}", "累计{x}，完成年度目标的{p}%", "本月新增{d}，累计{x}", "今年以来共完成{x}，去年同期为{y}",
    "已完成{x}，还有{r}正在推进", "到目前为止{x}，较去年同期增加{d}", "{day}统计数为{x}", "已落实{x}，其中农村{h}", "完成{x}，占全年任务的{p}%",
    "已有{x}，下步力争年底前达到{V}",
)  # fmt: skip
RATE = (
    "目前为{x}", "由上年的{y}变为{x}", "达到{x}，目标{V}", "从{y}到了{x}", "现为{x}，较上年变化{d}个百分点", "{day}为{x}（去年同期{y}）",
    "已达{x}，距年度目标还差{d}个百分点",
)  # fmt: skip
NOTHING = ("本期无新进展", "暂无新进展", "与上月一致，无变化", "零报告", "本月没有新的进展")
WORDS = (
    "已印发通知并部署",
    "正在按计划推进",
    "已召开专题会研究",
    "已形成初稿，正在征求意见",
    "常态化开展，各校反映良好",
    "已完成",
)
NOISE = (
    "全市现有各级各类学校{a}所，在校生{b}万人。", "{m}月12日，省厅调研组一行{c}人来我市调研。", "近期受天气影响，部分工作进度有所放缓。",
    "我科高度重视，专门召开科务会{c}次研究部署。",
)  # fmt: skip
TROUBLE = ("个别县区进度偏慢，还有{c}个县区未报计划", "资金缺口约{c}00万元", "编制不足", "无", "用地手续办理较慢")
NEXT = ("加强督导，{n}月底前完成阶段任务", "每月调度一次", "力争{n}月底前全部完成", "继续做好相关工作")
HEADS = {
    "number": ("序号", "编号", "任务编号"),
    "title": ("工作任务", "督查事项", "事项", "重点工作", "具体任务", "任务名称"),
    "target": ("目标值", "年度目标", "任务数", "目标"),
    "value": ("完成数", "已完成", "截至目前完成", "当前值", "实际完成数", "累计完成"),
    "rate": ("完成率", "完成比例"),
    "last": ("上月数", "去年同期", "上期累计"),
    "progress": ("进展情况", "推进情况", "工作进展", "目前进展", "落实情况", "干得怎么样"),
    "trouble": ("存在问题", "困难和问题", "问题及原因"),
    "next": ("下步打算", "下一步措施", "下步安排"),
    "lead": ("责任科室", "牵头科室", "谁负责"),
}
DIGITS = "零一二三四五六七八九"


def shared(words: str, title: str) -> float:
    """How much of the pairs of some words a title has."""
    said = {words[at : at + 2] for at in range(len(words) - 1)}
    return sum(pair in title for pair in said) / max(1, len(said), len(title) // 2)


def chinese(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def word_file(lines: Sequence[object]) -> bytes:
    made = docx.Document()
    table = [line for line in lines if not isinstance(line, str)]
    for line in lines:
        if isinstance(line, str):
            made.add_paragraph(line)
    if table:
        grid = made.add_table(0, len(table[0]))
        for row in table:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                cell.text = words
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def workbook_file(lines: Sequence[object], chance: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines:
        row = [line] if isinstance(line, str) else list(line)
        sheet.append(
            [
                float(cell)
                if re.fullmatch(r"\d+\.\d+|\d{1,6}", cell)
                and "-" not in cell
                and chance.random() < 0.8
                and not re.fullmatch(r"\d{1,2}\.\d{1,2}", cell)
                else cell
                for cell in row
            ]
        )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
