"""学前系统: children one by one, classes, and tables of institutions, of the kindergartens of a year."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from luoshi.declared.returns import Kindergartens
from luoshi.imagining.columns import days, digits, first_of_september
from luoshi.imagining.rosters.filing import Filed, filed, same, words, yes
from luoshi.imagining.rosters.people import people
from luoshi.words.returns import Choice

_KINDS = ("小班", "中班", "大班")


def preschool_files(frames: Mapping[str, pl.DataFrame], classes: pl.DataFrame, year: int) -> dict[str, Filed]:
    """All tables of a school year by name; 幼儿 and 班级 say the same twice.

    Args:
        frames: returns of the year: institutions, kindergartens.
        classes: the city's `kindergarten_classes`.
        year: the school year.
    """
    names = frames["institutions"].select("school", "name")
    gardens = frames["kindergartens"].join(names, on="school", how="left", maintain_order="left")
    classes = _classes(classes)
    return {
        "幼儿": _children(classes, year),
        "班级": filed(
            "学前系统班级",
            {
                "机构标识码": classes["school"],
                "班级名称": classes["class"],
                "班级类型": classes["kind"],
                "幼儿数": classes["size"],
                "班主任": same("虚构甲子山", classes.height),
            },
            ["虚构甲子山"],
        ),
        "机构基本信息": _institutions(gardens),
        "办学条件": filed(
            "学前系统办学条件",
            {"机构标识码": gardens["school"], "机构名称": gardens["name"], "设计学位数": gardens["places"]},
        ),
        "教职工": filed(
            "学前系统教职工汇总",
            {
                "机构标识码": gardens["school"],
                "教职工总数": gardens["staff"],
                "专任教师数": gardens["teachers"],
                "保育员数": gardens["carers"],
            },
        ),
    }


def _institutions(gardens: pl.DataFrame) -> Filed:
    nature, estate = Kindergartens.nature, Kindergartens.estate
    if not (isinstance(nature, Choice) and isinstance(estate, Choice)):
        raise TypeError(nature)
    return filed(
        "学前系统机构基本信息",
        {
            "机构标识码": gardens["school"],
            "机构名称": gardens["name"],
            "乡镇街道代码": gardens["township"],
            "是否附设幼儿班": yes(gardens["attached"]),
            "园所性质": words(gardens["nature"], nature.choices),
            "普惠认定起始日期": gardens["inclusive_from"].dt.strftime("%Y/%m/%d"),
            "普惠认定截止日期": gardens["inclusive_until"].dt.strftime("%Y/%m/%d"),
            "是否乡镇中心幼儿园": yes(gardens["central"]),
            "办园许可证号": gardens["licence"],
            "开园日期": gardens["opened"].dt.strftime("%Y-%m-%d"),
            "竣工验收日期": gardens["accepted"].dt.strftime("%Y-%m-%d"),
            "配套园状态": words(gardens["estate"], estate.choices),
            "园长姓名": same("虚构乙丑石", gardens.height),
            "联系电话": same("17700001234", gardens.height),
        },
        ["虚构乙丑石", "17700001234"],
    )


def _classes(classes: pl.DataFrame) -> pl.DataFrame:
    """The classes under their names; an age is a kind."""
    kind = pl.col("grade").replace_strict(dict(enumerate(_KINDS, 1)), return_dtype=pl.String)
    named = pl.format("{}({})班", kind.str.head(1), pl.col("number"))
    return classes.with_columns(kind.alias("kind"), (pl.col("grade") + 2).alias("age"), named.alias("class"))


def _children(classes: pl.DataFrame, year: int) -> Filed:
    size = classes["size"].to_numpy()
    of = np.repeat(np.arange(len(size)), size)
    told, many = classes[of], len(of)
    code = digits(np.arange(many, dtype=np.int64), 12)
    born = days(first_of_september(year - told["age"].to_numpy().astype(np.int64)) - 1 - np.arange(many) % 365)
    sex = words(pl.Series(np.arange(many) % 2).cast(pl.String), {"0": "2"})
    own = people(code, born, sex, temporary=False)
    older = people(code, pl.select(born.dt.offset_by("-28y")).to_series(), sex, temporary=False)
    planted = {*own.name.to_list(), *own.identity.to_list(), *older.identity.to_list()}
    return filed(
        "学前系统幼儿",
        {
            "机构标识码": told["school"],
            "姓名": own.name,
            "班级编码": told["class"],
            "性别": words(sex, {"1": "男", "2": "女"}),
            "出生日期": born.dt.strftime("%Y-%m-%d"),
            "身份证件类型": same("居民身份证", many),
            "身份证件号码": own.identity,
            "入园日期": same(f"{year}-09-01", many),
            "现住址": same("虚构路1号", many),
            "监护人姓名": own.name,
            "监护人证件号码": older.identity,
        },
        sorted(planted),
    )
