"""What a school has: rooms, grounds, equipment, books."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.returns.institutions import Institutions
from luoshi.spine import Return
from luoshi.words.returns import Amount, Basis, Code, Count, Flag, Grain, Key, beside, last_year, must, should


class Premises(
    Return,
    label="校舍和占地",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基511、521，教基5170、5176",
    answers=("M13.2", "M16.1", "M16.2"),
):
    """One row for each school: areas in square metres and rooms on 1 September."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, aliases=("机构编码",))
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    land = Amount("占地面积", "平方米", needed=True)
    sports_ground = Amount("运动场地面积", "平方米", meaning="室外")
    green = Amount("绿化用地面积", "平方米")
    building = Amount("校舍建筑面积", "平方米", needed=True)
    teaching = Amount("教学及辅助用房面积", "平方米", meaning="含室内体育用房")
    indoor_sports = Amount("室内体育用房面积", "平方米")
    office = Amount("行政办公用房面积", "平方米")
    living = Amount("生活用房面积", "平方米", meaning="宿舍、食堂")
    other = Amount("其他用房面积", "平方米")
    dangerous = Amount("危房面积", "平方米", meaning="D级")
    classrooms = Count("普通教室数", "间")
    media_rooms = Count("网络多媒体教室数", "间")
    music_rooms = Count("音乐专用教室数", "间")
    art_rooms = Count("美术专用教室数", "间")
    beds = Count("学生宿舍床位数", "个")
    disposed = Flag("有处置记录", meaning="上学年有校舍或土地拆除、划出，附有批件")


class Equipment(
    Return,
    label="设备和图书",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基522、531，教基5176",
    answers=("M13.2", "M16.1", "M23.1"),
):
    """One row for each school: equipment at book value in 元, books, computers on 1 September."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, aliases=("机构编码",))
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    assets = Amount("固定资产总值", "元", meaning="账面原值；表上多为万元")
    equipment = Amount(
        "教学仪器设备资产值", "元", needed=True, meaning="账面原值；表上多为万元", aliases=("教学仪器设备值",)
    )
    books = Count("图书册数", "册", needed=True, aliases=("图书",))
    computers = Count("计算机台数", "台", aliases=("数字终端数",))
    teaching_computers = Count("教学用计算机台数", "台")
    bandwidth = Count("接入互联网出口带宽", "Mbps")
    disposed = Flag("有处置记录", meaning="上学年有图书、设备报废或调出，附有批件")
