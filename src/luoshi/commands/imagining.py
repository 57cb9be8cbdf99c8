"""`luoshi city`: a made-up city in a lake of its own, or as plain Parquet files. 演示数据（虚构）."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.imagining import City

STOPPED = 130
"""Exit code where a person stopped it."""
_MOST_YEARS = 20


def city(  # noqa: PLR0913, PLR0917 -- options of a command
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹：新的，或没写完的同一个数据湖")],
    schools: Annotated[int, typer.Option("--schools", help="学校（机构）数，含幼儿园和教学点，5至30万")] = 150,
    years: Annotated[int, typer.Option("--years", help="几个学年")] = 3,
    seed: Annotated[int, typer.Option("--seed", help="种子；种子相同，数据相同")] = 1,
    first: Annotated[int, typer.Option("--first", help="第一个学年")] = 2020,
    pupils: Annotated[int | None, typer.Option("--pupils", help="每年大约多少学生；不给则按通常规模")] = None,
    files: Annotated[
        Path | None, typer.Option("--files", help="另把最后一年的年报写成文件的文件夹：平面导出、一校一册")
    ] = None,
    faults: Annotated[
        float | None,
        typer.Option("--faults", help="不入库而写成分文件的Parquet，最后一年埋错的比例，0至0.2；埋了另写 truth.csv"),
    ] = None,
) -> None:
    """造一个虚构的市：各县各年的报表入库到数据湖；停下后照原样再运行，接着写。都是演示数据（虚构）。"""
    from luoshi.imagining import MADE_UP, City  # noqa: PLC0415 -- only this command loads the engines

    _check(years, faults or 0, first)
    begun, parts, rows, of_pupils = time.monotonic(), 0, 0, 0
    some = range(first, first + years)
    try:
        made = City(schools, seed, first, pupils)
        for key, many in _lake(made, some, out) if faults is None else _files(made, some, out, faults):
            parts, rows, of_pupils = parts + 1, rows + many, of_pupils + many * (key == "pupils")
    except KeyboardInterrupt:
        typer.echo(f"已停止。写好的{parts}份都是完整的；没有写完的不算。{MADE_UP}")
        raise typer.Exit(STOPPED) from None
    passed = time.monotonic() - begun
    if files is not None:
        from luoshi.imagining.filing.writing import write_files  # noqa: PLC0415

        many = sum(1 for _ in write_files(made, first + years - 1, files))
        typer.echo(f"年报文件{many}个，在 {files}　{MADE_UP}")
    rate = int(of_pupils / max(passed, 0.01))
    typer.echo(f"共{parts}份、{rows}行，其中学生{of_pupils}行；用时{passed:.1f}秒，每秒{rate}名学生。")
    if faults is None:
        from luoshi.keeping import Lake  # noqa: PLC0415

        number, head = Lake(out).head
        typer.echo(f"数据湖 {out}，链尾 {number}:{head}　{MADE_UP}")
    else:
        from luoshi.imagining.writing import LISTING  # noqa: PLC0415

        typer.echo(f"清单 {out / LISTING}　{MADE_UP}")


def _lake(city: "City", years: range, out: Path) -> Iterator[tuple[str, int]]:
    """Return and rows of each edition as it comes in."""
    from luoshi.imagining.depositing import deposit  # noqa: PLC0415
    from luoshi.keeping import Lake  # noqa: PLC0415

    lake = Lake(out)
    if not lake.exists and out.is_dir() and any(path.name not in _BEGUN for path in out.iterdir()):
        rule = "写到新的或空的文件夹，或没写完的同一个数据湖"
        raise RefusedError(Finding("--out", f"{out}里已有东西，不是数据湖", rule, "请换一个文件夹"))
    for editions in deposit(city, years, lake, typer.echo):
        yield from ((one.kind, one.rows) for one in editions)


_BEGUN = {"lock", "intent", "underway", "parts", "schemas"}
"""What a lake has before its first entry."""


def _files(city: "City", years: range, out: Path, faults: float) -> Iterator[tuple[str, int]]:
    """Return and rows of each file as it is written."""
    from luoshi.imagining.writing import write  # noqa: PLC0415

    for part in write(city, years, out, typer.echo, faults=faults):
        yield part.path.partition("/")[0], part.rows


def _check(years: int, faults: float, first: int) -> None:
    remedy = "请换一个数，再运行一次"
    if not 1 <= years <= _MOST_YEARS:
        raise RefusedError(Finding("--years", str(years), f"学年数在1至{_MOST_YEARS}之间", remedy))
    if not 0 <= faults <= 0.2:  # noqa: PLR2004 -- said in the message
        raise RefusedError(Finding("--faults", str(faults), "埋错的比例在0至0.2之间", remedy))
    if not 1990 <= first <= 2090:  # noqa: PLR2004 -- said in the message
        raise RefusedError(Finding("--first", str(first), "第一个学年在1990至2090之间", remedy))
