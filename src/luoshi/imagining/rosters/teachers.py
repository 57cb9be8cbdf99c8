"""教师系统: 基本信息 and the sets beside it, of the staff of a year."""

from collections.abc import Mapping

import polars as pl

from luoshi.declared.returns import Staff
from luoshi.imagining.rosters.filing import Filed, filed, same, words, yes
from luoshi.imagining.rosters.people import people
from luoshi.words.returns import Choice


def staff_files(frames: Mapping[str, pl.DataFrame], year: int) -> dict[str, Filed]:
    """All sets of a school year by name. Earlier rows of a person stand before the one that counts, as they do there."""
    names = frames["institutions"].select("school", "name")
    staff = frames["staff"].drop("name").join(names, on="school", how="left", maintain_order="left")
    own = people(staff["person"], staff["born"], staff["sex"], temporary=False)
    staff = staff.with_columns(own.identity.alias("number"), own.name.alias("called"))
    planted = [*own.name.unique().to_list(), *own.identity.to_list(), *own.phone.unique().to_list()]
    told = {
        "基本信息": _basics(staff, own.phone),
        "学习经历": _degrees(staff),
        "专业技术职务聘任": _titles(staff),
        "教育教学": _teaching(staff),
        "教师资格": _certificates(staff),
        "国内培训": _training(staff, year),
        "交流轮岗": _exchange(staff, year),
    }
    return {name: Filed(f"教师系统{name}", one.frame, tuple(planted)) for name, one in told.items()}


def _who(staff: pl.DataFrame) -> dict[str, pl.Series]:
    return {"姓名": staff["called"], "证件号": staff["number"]}


def _words(column: object) -> dict[str, str]:
    if not isinstance(column, Choice):
        raise TypeError(column)
    return column.choices


def _basics(staff: pl.DataFrame, phone: pl.Series) -> Filed:
    many = staff.height
    return filed(
        "",
        {
            "学校标识码": staff["school"],
            "学校名称": staff["name"],
            "姓名*": staff["called"],
            "性别*": words(staff["sex"], {"1": "男", "2": "女"}),
            "国籍/地区*": same("中国", many),
            "证件类型*": same("居民身份证", many),
            "证件号*": staff["number"],
            "出生日期*": staff["born"].dt.strftime("%Y-%m-%d"),
            "参加工作年月*": staff["began"].dt.strftime("%Y-%m"),
            "进本校年月*": staff["joined"].dt.strftime("%Y-%m"),
            "教职工类别*": words(staff["post"], _words(Staff.post)),
            "是否在编*": yes(staff["established"]),
            "是否参加基层服务项目*": words(
                yes(staff["special_post"]), {"是": "农村义务教育阶段学校教师特设岗位计划", "否": "未参加"}
            ),
            "是否县级及以上骨干教师*": words(yes(staff["backbone"]), {"是": "县级", "否": "非骨干教师"}),
            "是否双师型": yes(staff["dual"]),
            "企业实践时长": staff["enterprise_days"],
            "人员状态*": same("在岗", many),
            "联系电话": phone,
        },
    )


def _degrees(staff: pl.DataFrame) -> Filed:
    """The school years before, and the highest degree."""
    earlier = staff.with_columns(pl.lit("普通高中毕业").alias("said"))
    best = staff.with_columns(
        pl.col("degree").replace({**_words(Staff.degree), "bachelor": "大学本科毕业"}).alias("said")
    )
    both = pl.concat(
        [best.filter(pl.int_range(pl.len()) % 2 == 0), earlier, best.filter(pl.int_range(pl.len()) % 2 == 1)]
    )
    return filed("", {**_who(both), "获得学历": both["said"], "所学专业": same("虚构专业", both.height)})


def _titles(staff: pl.DataFrame) -> Filed:
    """Everybody began without a title, and has the latest."""
    said = {**_words(Staff.title), "senior": "高级教师", "middle": "一级教师", "assistant": "二级教师"}
    first = staff.with_columns(pl.lit("未定职级").alias("said"), pl.col("began").alias("from"))
    last = staff.with_columns(
        pl.col("title").replace(said).alias("said"), pl.col("began").dt.offset_by("1mo").alias("from")
    )
    both = pl.concat([last, first])
    return filed(
        "", {**_who(both), "聘任专业技术职务": both["said"], "聘任开始年月": both["from"].dt.strftime("%Y-%m")}
    )


def _teaching(staff: pl.DataFrame) -> Filed:
    """The subject taught most, and another for two hours."""
    teachers = staff.filter(pl.col("stage").is_not_null())
    main = teachers.with_columns(pl.lit("12").alias("hours_a_week"))
    aside = teachers.with_columns(pl.lit("2").alias("hours_a_week"), pl.lit("other").alias("subject"))
    both = pl.concat([aside, main])
    return filed(
        "",
        {
            **_who(both),
            "学期": same("秋季学期", both.height),
            "任教学段": words(both["stage"], _words(Staff.stage)),
            "任教课程": words(both["subject"], {**_words(Staff.subject), "foreign": "英语"}),
            "平均每周课堂教学课时数": both["hours_a_week"],
        },
    )


def _certificates(staff: pl.DataFrame) -> Filed:
    teachers = staff.filter(pl.col("qualified"))
    return filed(
        "",
        {
            **_who(teachers),
            "教师资格证种类": same("小学教师资格", teachers.height),
            "定期注册日期": teachers["registered"].dt.strftime("%Y-%m-%d"),
        },
    )


def _training(staff: pl.DataFrame, year: int) -> Filed:
    """Hours of two years, and some that are too long ago to count."""
    some = staff.filter(pl.col("hours") > 0)
    half = pl.col("hours") // 2
    rows = [
        some.with_columns(half.alias("some"), pl.lit(str(year)).alias("in")),
        some.with_columns((pl.col("hours") - half).alias("some"), pl.lit(str(year - 3)).alias("in")),
        some.with_columns(pl.lit(90, pl.Int64).alias("some"), pl.lit(str(year - 7)).alias("in")),
    ]
    all_rows = pl.concat(rows)
    return filed("", {**_who(all_rows), "培训年度": all_rows["in"], "培训学时": all_rows["some"]})


def _exchange(staff: pl.DataFrame, year: int) -> Filed:
    """Those of this school year, and one of every ten of another."""
    now = staff.filter(pl.col("exchanged")).with_columns(pl.lit(f"{year}-09").alias("in"))
    before = staff.gather_every(10).with_columns(pl.lit(f"{year - 4}-09").alias("in"))
    both = pl.concat([before, now])
    return filed("", {**_who(both), "交流轮岗类型": same("定期交流", both.height), "开始年月": both["in"]})
