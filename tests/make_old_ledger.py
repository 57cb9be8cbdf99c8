"""Last year's ledger of 星州 as an office keeps it by hand: merged cells, two header rows, vague days, subtotals.

演示数据（虚构）. Run as ``python -m tests.make_old_ledger`` it writes ``cities/xingzhou/ledger-2020.xlsx`` anew.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

LEDGER = Path(__file__).resolve().parents[1] / "cities" / "xingzhou" / "ledger-2020.xlsx"
TITLE = "演示数据（虚构）　星州市教育局2020年重点工作督查台账"
WIDTHS = (6, 10, 42, 24, 16, 22, 12, 14, 30, 30, 20, 12)
"""Of the columns A to L, in characters."""
COLUMNS = len(WIDTHS)
_MADE = datetime(2020, 12, 31, 17, 30)  # noqa: DTZ001 - a workbook keeps no zone, and a fixed day keeps the file alike
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

ROWS = """
党的建设|甲局长|召开全系统从严治党工作会议|1次|机关党委|各县(市、区)教育局|3月底前|已召开|已完成|联甲 000-0001|
党的建设|甲局长|理论学习中心组集体学习|不少于12次|机关党委|办公室|全年|学习10次|学习12次，已完成|联甲 000-0001|
党的建设|甲局长|创建市级党建示范校|20所|机关党委|人事科、各县(市、区)教育局|11月底前|命名20所|已完成|联甲 000-0001|
党的建设|甲局长|巡察反馈问题整改|整改率100%|机关党委|督导室|按市委巡察办时限|整改率88%|整改率92%，欠进度|联甲 000-0001|结转
党的建设|甲局长|意识形态风险研判|每季度1次|机关党委|各科室|长期坚持|研判3次|研判4次|联甲 000-0001|常态化
学前教育|丙副局长|新建、改扩建公办幼儿园|30所|学前教育科|发展规划科、财务科、各县(市、区)教育局|9月底前|开工30所，完工22所|完工31所|联乙 000-0002|
学前教育|丙副局长|新增公办幼儿园学位|6000个|学前教育科|发展规划科|2020年12月底|4800个|6150个|联乙 000-0002|
学前教育|丙副局长|普惠性幼儿园覆盖率|83%以上|学前教育科|财务科|年底前|82.1%|83.4%|联乙 000-0002|口径：含公办园
学前教育|丙副局长|公办园在园幼儿占比|48%|学前教育科|各县(市、区)教育局|年底前|46.9%|47.2%，差0.8个百分点|联乙 000-0002|欠进度
学前教育|丙副局长|城镇小区配套园治理|108所全部完成|学前教育科|发展规划科、相关县区|6月底前（受疫情影响延至9月底）|105所|108所|联乙 000-0002|
学前教育|丙副局长|无证园分类治理|动态清零|学前教育科|民办教育科|持续推进|剩余6所|剩余2所|联乙 000-0002|
义务教育|丙副局长|化解大班额|大班额比例5%以内|基础教育科|发展规划科、人事科、各县(市、区)教育局|秋季开学前|4.8%|4.6%|联丙 000-0003|
义务教育|丙副局长|消除超大班额|清零|基础教育科|斗城区、娄湖区、亢南县教育局|9月1日|剩余3个班|剩余1个班|联丙 000-0003|未完成，说明另附
义务教育|丙副局长|控辍保学|辍学学生动态清零|基础教育科|各县(市、区)教育局|长期坚持|动态清零|动态清零|联丙 000-0003|
义务教育|丙副局长|残疾儿童少年入学率|95%|基础教育科|角阳县特殊教育学校、市直各学校|10月底前|95.4%|95.4%|联丙 000-0003|
义务教育|丙副局长|组建教育集团|5个|基础教育科|教育教学研究室|上半年|5个|5个|联丙 000-0003|
义务教育|丙副局长|课后服务|城区学校全覆盖|基础教育科|财务科|春、秋两学期|覆盖率97%|全覆盖|联丙 000-0003|
项目建设|丁副局长|中心城区新建、改扩建中小学|12所|发展规划科|斗城区、奎西区、参河区教育局|9月1日前投用8所，年底前全部建成|投用8所|建成11所|联丁 000-0004|1所结转
项目建设|丁副局长|农村寄宿制学校改造|40所|发展规划科|8个县（市）教育局|2020.11.30|36所|40所|联丁 000-0004|
项目建设|丁副局长|教师周转宿舍|500套|发展规划科|财务科|12月|建成410套|建成468套|联丁 000-0004|
项目建设|丁副局长|市第八高级中学迁建|完成规划选址|发展规划科|奎西区政府|三季度|选址已批|已完成|联丁 000-0004|
项目建设|丁副局长|争取上级专项资金|4亿元|财务科|发展规划科|年底前|3.6亿元|4.1亿元|联戊 000-0005|
项目建设|丁副局长|教育支出两个只增不减|只增不减|财务科|各县(市、区)教育局|按财政决算口径|——|待决算|联戊 000-0005|待核实
教师队伍|乙副局长|招聘中小学、幼儿园教师|1300名|人事科|各县(市、区)教育局|8月底前|到岗1188名|到岗1288名|联己 000-0006|
教师队伍|乙副局长|特岗教师招录|320名|人事科|相关县区|按省厅时限|320名|320名|联己 000-0006|
教师队伍|乙副局长|交流轮岗教师比例|10%以上|人事科|基础教育科|秋季开学前|10.6%|10.6%|联己 000-0006|
教师队伍|乙副局长|教师培训|3万人次|教师教育科|教育教学研究室|全年|2.6万人次|3.1万人次|联庚 000-0007|
教师队伍|乙副局长|遴选市级骨干教师、名师工作室|200名、8个|教师教育科|人事科|教师节前|200名、8个|已完成|联庚 000-0007|
教师队伍|乙副局长|义务教育教师工资待遇|不低于当地公务员|人事科|财务科、督导室|12月底前|14个县区达标|15个县区达标|联己 000-0006|
职业教育|戊副局长|产教融合实训基地|3个|职业教育与成人教育科|各职业学校|11月底|2个|3个|联辛 000-0008|
职业教育|戊副局长|职业技能培训|1.5万人次|职业教育与成人教育科|各县(市、区)教育局|年底前|1.21万人次|1.56万人次|联辛 000-0008|
职业教育|戊副局长|高水平中职学校申报|2所|职业教育与成人教育科|市直各学校|按省厅时限|已申报|省厅未公布结果|联辛 000-0008|协调事项
职业教育|戊副局长|校外培训机构抽查|20%|民办教育科|政策法规科、各县(市、区)教育局|每半年一次|18%|23%|联壬 000-0009|
职业教育|戊副局长|民办学校年检|100%|民办教育科|各县(市、区)教育局|5月31日前|100%|已完成|联壬 000-0009|
校园安全|丁副局长|专职保安配备率|100%|安全科|各县(市、区)教育局|6月底前|98.7%|100%|联癸 000-0010|
校园安全|丁副局长|一键报警安装率|100%|安全科|各县(市、区)教育局、市直各学校|6月底前|100%|已完成|联癸 000-0010|
校园安全|丁副局长|学校食堂明厨亮灶|90%以上|安全科|体育卫生与艺术教育科|年底前|87%|93%|联癸 000-0010|
校园安全|丁副局长|疫情防控物资储备|不少于两个月|体育卫生与艺术教育科|各县(市、区)教育局|开学前|已储备|长期保持|联癸 000-0010|常态化
校园安全|丁副局长|近视率下降|0.5个百分点|体育卫生与艺术教育科|各县(市、区)教育局|暂无明确时限|未测|11月测查，下降0.4个百分点|联癸 000-0010|口径待核
校园安全|丁副局长|压减督查检查评比考核事项|压减50%|办公室|各科室|即日起|压减52%|压减52%|联子 000-0011|
"""
"""Board, leader, matter, target, lead, helpers, due, as of November, as of December, contact, remark; apart by bars."""


def made() -> Workbook:
    """The workbook: the ledger, and a hidden sheet somebody forgot."""
    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    sheet = book.worksheets[0]
    sheet.title = "2020年台账"
    _head(sheet)
    last = _body(sheet)
    note = "注：1.时限为“长期坚持”的列入常态化；2.各县(市、区)教育局每月25日前报送；3.数据为各科室自报，口径未核。"
    sheet.cell(last + 1, 1, note).alignment = Alignment(wrap_text=True)
    sheet.merge_cells(start_row=last + 1, end_row=last + 1, start_column=1, end_column=COLUMNS)
    _paper(sheet, last)
    left = book.create_sheet("初稿（作废）")
    left.append(["演示数据（虚构）", "春季报送的初稿，已作废"])
    left.sheet_state = "hidden"
    return book


def _head(sheet: Worksheet) -> None:
    """A title, a line of who and when, and two header rows of which the upper one spans."""
    sheet["A1"], sheet["A2"] = TITLE, "填报单位：星州市教育局办公室　　　　数据截至：2020年12月31日"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=COLUMNS)
    upper = (
        "序号",
        "板块",
        "重点任务",
        "目标要求",
        "责任分工",
        "",
        "",
        "完成时限",
        "进展情况",
        "",
        "联络员及电话",
        "备注",
    )
    lower = ("", "", "", "", "牵头科室", "配合单位", "分管局领导", "", "截至11月底", "截至12月底", "", "")
    for at, (above, below) in enumerate(zip(upper, lower, strict=True), 1):
        sheet.cell(3, at, above or None)
        sheet.cell(4, at, below or None)
        if not below:
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
    sheet.merge_cells("E3:G3")
    sheet.merge_cells("I3:J3")


def _body(sheet: Worksheet) -> int:
    """Boards with a subtotal each, leaders merged down; the last row's number."""
    row, number = 5, 0
    for board, lines in groupby(_lines(), key=lambda line: line[0]):
        first = row
        for line in lines:
            number += 1
            _, leader, matter, target, lead, helpers, *rest = line
            _write(sheet, row, (number, board, matter, target, lead, helpers, leader, *rest))
            row += 1
        for column in (2, 7):
            sheet.merge_cells(start_row=first, end_row=row - 1, start_column=column, end_column=column)
        _write(sheet, row, ("小计", "", f"{board}共{row - first}项", *[""] * 9))
        row += 1
    _write(sheet, row, ("合计", "", f"共{number}项", *[""] * 9))
    return row


def _lines() -> Iterator[list[str]]:
    return (line.split("|") for line in ROWS.strip().split("\n"))


def _write(sheet: Worksheet, row: int, values: tuple[object, ...]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value = value if isinstance(value, int) else str(value) or None
        cell.font = Font(name="仿宋_GB2312", size=11)
        cell.border = _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _paper(sheet: Worksheet, last: int) -> None:
    """A3 landscape, one page wide, the headers on every page."""
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = width
    for row in (3, 4):
        for cell in sheet[row]:
            cell.font, cell.border = Font(name="黑体", size=11), _BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.print_area = "3:4", f"A1:L{last + 1}"
    sheet.freeze_panes = "A5"


if __name__ == "__main__":
    made().save(LEDGER)
