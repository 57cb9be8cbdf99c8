"""`luoshi export`: series of indicators as files that other programs read."""

from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.shared import city_here, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.publishing.opening import Licence

ALL = "all"


class Format(StrEnum):
    """In which form figures go out."""

    CSV = "csv"
    DATAPACKAGE = "datapackage"
    SDMX = "sdmx"


class Level(StrEnum):
    """Whose figures go out; schools' never do."""

    CITY = "city"
    COUNTY = "county"


def export(  # noqa: PLR0913  # the options of the command, each by its name
    indicators: Annotated[list[str], typer.Argument(metavar="INDICATOR...", help="指标的名称或代号；all 为全部")],
    *,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹；没有则新建")],
    form: Annotated[Format, typer.Option("--format", help="csv、datapackage 或 sdmx")] = Format.DATAPACKAGE,
    level: Annotated[Level | None, typer.Option("--level", help="city 或 county；不给则都要")] = None,
    years: Annotated[str, typer.Option("--years", help="2019,2020 或 2018-2020；不给则都要")] = "",
    public: Annotated[bool, typer.Option("--public", help="只要发布数和公开稿登载的数，人数过少的不公布")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="csv 用中文表头，Excel 和 WPS 直接打开不乱码")] = False,
    licence: Annotated[str, typer.Option("--licence", help="使用许可，写成 名称 或 名称=网址；由本局确定")] = "",
) -> None:
    """导出指标值：每个数带分子、分母、口径、时点、来源、存疑和版本；写明许可由本局确定。"""
    website()
    from luoshi.bureau.board import open_data  # noqa: PLC0415 -- only this command pays for the website
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.indicators.actions import note_export  # noqa: PLC0415
    from luoshi.bureau.indicators.open_series import Asked  # noqa: PLC0415
    from luoshi.publishing.opening import data_package, figures_csv, sdmx  # noqa: PLC0415
    from luoshi.words.spells import years_in  # noqa: PLC0415

    city = city_here()
    keys = _named(indicators)
    wanted = Asked(keys, level.value if level else "", years_in(years, "--years"))
    reader = open_data.Reader(None if public else INSTALLER)
    told = open_data.collection(city, reader, wanted, licence_of(licence))
    if not told.figures:
        what = "没有可以公开的数" if public else "没有数"
        rule = "公开的只有发布数和公开稿登载的数" if public else "须先计算或登记"
        raise RefusedError(Finding("INDICATOR", what, rule, "请换指标、层级或年份，或先在网页上发布、计算"))
    files = {
        Format.CSV: lambda: {"figures.csv": figures_csv(told, excel=excel)},
        Format.DATAPACKAGE: lambda: data_package(told),
        Format.SDMX: lambda: sdmx(told),
    }[form]()
    note_export(INSTALLER, city, keys, files, public=public)
    _write(out, files)
    typer.echo(f"{told.title}：{len(told.figures)} 个数，写到 {out}：{'、'.join(files)}")
    if told.note:
        typer.echo(told.note)


def _named(words: list[str]) -> tuple[str, ...]:
    from luoshi.bureau.indicators.open_series import catalogue  # noqa: PLC0415

    known = catalogue()
    if words == [ALL]:
        return tuple(known)
    names = {one.label: key for key, one in known.items()} | {key: key for key in known}
    unknown = next((one for one in words if one not in names), None)
    if unknown is not None:
        near = get_close_matches(unknown, names, 3, 0.3) or list(known)[:3]
        what = f"没有指标“{unknown}”"
        raise RefusedError(Finding("INDICATOR", what, "须为已声明的指标", f"例如 {'、'.join(near)}；all 为全部"))
    return tuple(dict.fromkeys(names[one] for one in words))


def licence_of(words: str) -> "Licence | None":
    """The terms as they were typed, name=address; None without a name."""
    from luoshi.publishing.opening import Licence  # noqa: PLC0415

    name, _, address = words.partition("=")
    return Licence(name.strip(), address.strip()) if name.strip() else None


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise RefusedError(
            Finding(str(folder), "写不进去", "须为可写的文件夹", "请换一个文件夹，再运行一次")
        ) from error
