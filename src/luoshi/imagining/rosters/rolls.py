"""学籍: the class list, the roster, the import template; and the same roll as OneRoster 1.2 CSV."""

from collections.abc import Mapping

import polars as pl

from luoshi.declared.returns import Classes, Pupils
from luoshi.imagining.rosters.filing import Filed, filed, same, words, yes
from luoshi.imagining.rosters.people import People, people
from luoshi.words.returns import Choice

_GRADES = {
    **{str(n): f"{word}年级" for n, word in enumerate("一二三四五六七八九", 1)},
    **{str(n + 9): f"高{word}" for n, word in enumerate("一二三", 1)},
}
_SHORT = {
    **{str(n): word for n, word in enumerate("一二三四五六七八九", 1)},
    **{str(n): _GRADES[str(n)] for n in (10, 11, 12)},
}
_OTHERWISE = {"1": "小学一年级", "2": "小二", "7": "初一", "8": "初中二年级", "9": "初三", "10": "高中一年级"}
"""Other ways to write a grade, that files mix."""


def _grade(grades: pl.Series, *, mixed: bool) -> pl.Series:
    told = grades.cast(pl.String)
    plain = told.replace(_GRADES)
    if not mixed:
        return plain
    odd = pl.Series(range(len(told))) % 3 == 1
    return pl.select(pl.when(odd).then(told.replace(_OTHERWISE).replace(_GRADES)).otherwise(plain)).to_series()


def _class(grade: pl.Series, number: pl.Series) -> pl.Series:
    """七(1)班, 高一(3)班, 2班: as schools mix them."""
    told, said = number.cast(pl.String), grade.cast(pl.String).replace(_SHORT)
    frame = pl.DataFrame({"said": said, "told": told, "turn": number % 3})
    full = pl.format("{}({})班", "said", "told")
    wide = pl.format("{}（{}）班", "said", "told")
    way = (
        pl.when(pl.col("turn") == 0)
        .then(full)
        .when(pl.col("turn") == 1)
        .then(pl.format("{}班", "told"))
        .otherwise(wide)
    )
    return frame.select(way.alias("class")).to_series()


def class_list(frames: Mapping[str, pl.DataFrame], *, mixed: bool = True) -> Filed:
    """学籍 班级表 of the classes of a year, with the names and telephones of their teachers."""
    classes = frames["classes"].join(
        frames["institutions"].select("school", "name"), on="school", how="left", maintain_order="left"
    )
    day = pl.select(pl.date(1980, 1, 1)).to_series().new_from_index(0, classes.height)
    heads = people(classes["class_id"], day, same("2", classes.height), temporary=False)
    return filed(
        "学籍班级表",
        {
            "学校标识码": classes["school"],
            "学校名称": classes["name"],
            "年级": _grade(classes["grade"], mixed=mixed),
            "班级": _class(classes["grade"], classes["number"]),
            "班级类型": words(classes["kind"], _choices(Classes.kind)),
            "班级人数": classes["size"],
            "实际在班学生数": classes["present"],
            "班主任姓名": heads.name,
            "班主任电话": heads.phone,
        },
        [*heads.name.unique().to_list(), *heads.phone.unique().to_list()],
    )


def _choices(column: object) -> dict[str, str]:
    if not isinstance(column, Choice):
        raise TypeError(column)
    return column.choices


def _people(pupils: pl.DataFrame) -> tuple[People, People]:
    """The pupils, and a guardian of each."""
    own = people(pupils["pupil"], pupils["born"], pupils["sex"])
    older = pupils.select(pl.col("born").dt.offset_by("-28y")).to_series()
    return own, people(pupils["pupil"], older, same("1", pupils.height), temporary=False)


def _planted(own: People, guardian: People) -> list[str]:
    told = [*own.planted, *guardian.planted]
    return [*told, *(one[1:] for one in told if one[0] in "GL")]


def _common(pupils: pl.DataFrame, own: People, guardian: People) -> dict[str, pl.Series]:
    many = pupils.height
    address = "虚构路" + pl.Series(range(1, many + 1)).cast(pl.String) + "号"
    return {
        "性别": words(pupils["sex"], {"1": "男", "2": "女"}),
        "出生日期": pupils["born"].dt.strftime("%Y%m%d"),
        "民族": same("汉族", many),
        "身份证件类型": same("居民身份证", many),
        "身份证件号": own.identity,
        "户口所在地行政区划": pupils["household"] + "000000",
        "入学年月": pupils["entered"].dt.strftime("%Y%m"),
        "就读方式": words(yes(pupils["boarding"]), {"是": "住校", "否": "走读"}),
        "现住址": address,
        "家庭地址": address,
        "联系电话": guardian.phone,
        "是否留守儿童": words(yes(pupils["left_behind"]), {"否": "非留守儿童"}),
        "残疾类型": words(pupils["disability"], _choices(Pupils.disability)),
        "随班就读": words(pupils["placement"], _choices(Pupils.placement)),
        "成员1姓名": guardian.name,
        "成员1关系": same("父亲", many),
        "成员1联系电话": guardian.phone,
        "成员1证件号": guardian.identity,
        "是否进城务工人员随迁子女": yes(pupils["migrant"]),
    }


def _listed(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    numbers = frames["classes"].select("class_id", "number")
    names = frames["institutions"].select("school", "name")
    told = frames["pupils"].drop("name").join(numbers, on="class_id", how="left", maintain_order="left")
    return told.join(names, on="school", how="left", maintain_order="left")


def roster(frames: Mapping[str, pl.DataFrame], *, mixed: bool = True) -> Filed:
    """学籍 花名册 of the pupils of a year."""
    pupils = _listed(frames)
    own, guardian = _people(pupils)
    return filed(
        "学籍花名册",
        {
            "全国学籍号": own.roll_number,
            "姓名": own.name,
            "学校标识码": pupils["school"],
            "学校名称": pupils["name"],
            "年级": _grade(pupils["grade"], mixed=mixed),
            "班级": _class(pupils["grade"], pupils["number"]),
            **_common(pupils, own, guardian),
            "就读状态": words(pupils["status"], _choices(Pupils.status)),
            "是否建档立卡": yes(pupils["poor"]),
            "是否受资助": yes(pupils["aided"]),
            "是否问题学籍": same("否", pupils.height),
        },
        _planted(own, guardian),
    )


def template(frames: Mapping[str, pl.DataFrame]) -> Filed:
    """学籍 导入模板: no grade is in it, it follows from the month of entry."""
    pupils = _listed(frames)
    own, guardian = _people(pupils)
    return filed(
        "学籍导入模板",
        {
            "学校标识码": pupils["school"],
            "姓名": own.name,
            "班号": pupils["number"],
            **_common(pupils, own, guardian),
        },
        _planted(own, guardian),
    )


def one_roster(frames: Mapping[str, pl.DataFrame]) -> dict[str, Filed]:
    """The roll as OneRoster 1.2 CSV: contents by file name."""
    pupils = _listed(frames)
    manifest = {
        "propertyName": pl.Series(["manifest.version", "oneroster.version"]),
        "value": pl.Series(["1.0", "1.2"]),
    }
    return {
        "orgs.csv": _orgs(frames["institutions"]),
        "classes.csv": _homerooms(frames["classes"]),
        **_users(pupils),
        "manifest.csv": filed("manifest", manifest),
    }


def _active(many: int) -> pl.Series:
    return same("active", many)


def _orgs(schools: pl.DataFrame) -> Filed:
    return filed(
        "orgs",
        {
            "sourcedId": "o-" + schools["school"],
            "status": _active(schools.height),
            "name": schools["name"],
            "type": same("school", schools.height),
            "identifier": schools["school"],
            "parentSourcedId": same("", schools.height),
        },
    )


def _homerooms(classes: pl.DataFrame) -> Filed:
    return filed(
        "classes",
        {
            "sourcedId": "c-" + classes["class_id"],
            "status": _active(classes.height),
            "title": _class(classes["grade"], classes["number"]),
            "grades": classes["grade"].cast(pl.String).str.zfill(2),
            "courseSourcedId": same("course", classes.height),
            "classCode": classes["number"],
            "classType": same("homeroom", classes.height),
            "schoolSourcedId": "o-" + classes["school"],
        },
    )


def _users(pupils: pl.DataFrame) -> dict[str, Filed]:
    """Enrolments, users and demographics."""
    many, user, (own, guardian) = pupils.height, "u-" + pupils["pupil"], _people(pupils)
    enrolled = {
        "sourcedId": "e-" + pupils["pupil"],
        "status": _active(many),
        "classSourcedId": "c-" + pupils["class_id"],
        "schoolSourcedId": "o-" + pupils["school"],
        "userSourcedId": user,
        "role": same("student", many),
    }
    users = {
        "sourcedId": user,
        "status": _active(many),
        "enabledUser": same("true", many),
        "username": own.phone,
        "givenName": own.name,
        "familyName": same("虚构", many),
        "identifier": own.identity,
        "userMasterIdentifier": own.roll_number,
        "phone": guardian.phone,
    }
    demographics = {
        "sourcedId": user,
        "status": _active(many),
        "birthDate": pupils["born"].dt.strftime("%Y-%m-%d"),
        "sex": words(pupils["sex"], {"1": "male", "2": "female"}),
    }
    planted = _planted(own, own)
    return {
        "enrollments.csv": filed("enrollments", enrolled),
        "users.csv": filed("users", users, planted),
        "demographics.csv": filed("demographics", demographics),
    }
