"""What a school has: rooms, grounds, equipment, books."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    BOOKS_LEAST,
    BOOKS_MOST,
    EQUIPMENT_LEAST,
    EQUIPMENT_MOST,
    MEDIA_ROOMS_SHARE,
    ROOM_AREA_LEAST,
    STOCK_CHANGE,
    TEACHING_AREA_LEAST,
    TEACHING_AREA_MOST,
)
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

    building_adds_up = must(
        teaching + office + living + other == building, "教学、办公、生活、其他用房之和等于校舍建筑面积"
    )
    indoor_within = must(indoor_sports <= teaching, "室内体育用房不大于教学及辅助用房")
    ground_within = must(sports_ground + green <= land, "运动场地与绿化用地之和不大于占地面积")
    danger_within = must(dangerous <= building, "危房不大于校舍建筑面积")
    land_kept = must((land >= last_year(land)) | disposed, "占地面积减少的有处置记录")
    building_kept = must((building >= last_year(building)) | disposed, "校舍建筑面积减少的有处置记录")
    building_steady = should(
        (building - last_year(building)).abs() * 100 <= last_year(building) * STOCK_CHANGE,
        "校舍建筑面积比上年增减不超过{stock_change}",
    )
    ground_steady = should(
        (sports_ground - last_year(sports_ground)).abs() * 100 <= last_year(sports_ground) * STOCK_CHANGE,
        "运动场地面积比上年增减不超过{stock_change}",
    )
    media_in_rooms = should(
        media_rooms * 100 <= classrooms * MEDIA_ROOMS_SHARE, "网络多媒体教室不多于普通教室的{media_rooms_share}"
    )
    room_size = should(
        teaching >= classrooms * ROOM_AREA_LEAST, "教学及辅助用房平均每间普通教室不小于{room_area_least}"
    )
    rooms_for_classes = should(classrooms >= beside(ClassBands.classes.sum(), on=[school]), "普通教室不少于班数")
    teaching_per_pupil = should(
        teaching.between(
            beside(ClassBands.pupils.sum(), on=[school]) * TEACHING_AREA_LEAST,
            beside(ClassBands.pupils.sum(), on=[school]) * TEACHING_AREA_MOST,
        ),
        "生均教学及辅助用房在{teaching_area_least}至{teaching_area_most}之间",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")


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

    equipment_of_assets = must(equipment <= assets, "教学仪器设备资产值不大于固定资产总值")
    teaching_of_computers = must(teaching_computers <= computers, "教学用计算机不多于计算机")
    books_kept = must((books >= last_year(books)) | disposed, "图书减少的有处置记录")
    equipment_kept = should((equipment >= last_year(equipment)) | disposed, "教学仪器设备资产值减少的有处置记录")
    books_steady = should(
        (books - last_year(books)).abs() * 100 <= last_year(books) * STOCK_CHANGE,
        "图书册数比上年增减不超过{stock_change}",
    )
    equipment_steady = should(
        (equipment - last_year(equipment)).abs() * 100 <= last_year(equipment) * STOCK_CHANGE,
        "教学仪器设备资产值比上年增减不超过{stock_change}",
    )
    equipment_per_pupil = should(
        equipment.between(
            beside(ClassBands.pupils.sum(), on=[school]) * EQUIPMENT_LEAST,
            beside(ClassBands.pupils.sum(), on=[school]) * EQUIPMENT_MOST,
        ),
        "生均教学仪器设备值在{equipment_least}至{equipment_most}之间",
        remedy="请核对单位：表上的万元要折成元；属实的请写填写说明",
    )
    books_per_pupil = should(
        books.between(
            beside(ClassBands.pupils.sum(), on=[school]) * BOOKS_LEAST,
            beside(ClassBands.pupils.sum(), on=[school]) * BOOKS_MOST,
        ),
        "生均图书在{books_least}至{books_most}之间",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
