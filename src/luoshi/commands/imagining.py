"""`luoshi city`: a made-up city as Parquet files. 演示数据（虚构）."""

import time
from pathlib import Path
from typing import Annotated

import typer

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

STOPPED = 130
"""Exit code where a person stopped it."""
_MOST_YEARS = 20


def city(  # noqa: PLR0913, PLR0917 -- options of a command
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹，须是新的或空的")],
    schools: Annotated[int, typer.Option("--schools", help="学校（机构）数，含幼儿园和教学点，5至30万")] = 150,
    years: Annotated[int, typer.Option("--years", help="几个学年")] = 3,
    seed: Annotated[int, typer.Option("--seed", help="种子；种子相同，数据相同")] = 1,
    first: Annotated[int, typer.Option("--first", help="第一个学年")] = 2020,
    pupils: Annotated[int | None, typer.Option("--pupils", help="每年大约多少学生；不给则按通常规模")] = None,
    files: Annotated[bool, typer.Option("--files", help="另写最后一年的年报文件：平面导出、一校一册")] = False,  # noqa: FBT002
    faults: Annotated[float, typer.Option("--faults", help="最后一年埋错的比例，0至0.2；另写 truth.csv")] = 0,
) -> None:
    """造一个虚构的市：各校各年的报表写成Parquet，附摘要清单。都是演示数据（虚构）。"""
    from luoshi.imagining import MADE_UP, City  # noqa: PLC0415 -- only this command loads the engines
    from luoshi.imagining.writing import LISTING, write  # noqa: PLC0415

    _check(years, faults, first)
    begun, parts, rows, of_pupils = time.monotonic(), 0, 0, 0
    try:
        made = City(schools, seed, first, pupils)
        for part in write(made, range(first, first + years), out, typer.echo, faults=faults):
            parts, rows = parts + 1, rows + part.rows
            of_pupils += part.rows * part.path.startswith("pupils/")
    except KeyboardInterrupt:
        typer.echo(f"已停止。清单里的{parts}个文件都是完整的；没有写完的不在清单里。{MADE_UP}")
        raise typer.Exit(STOPPED) from None
    passed = time.monotonic() - begun
    if files:
        from luoshi.imagining.filing.writing import write_files  # noqa: PLC0415

        many = sum(1 for _ in write_files(made, first + years - 1, out / "files"))
        typer.echo(f"年报文件{many}个，在 {out / 'files'}　{MADE_UP}")
    rate = int(of_pupils / max(passed, 0.01))
    typer.echo(f"共{parts}个文件、{rows}行，其中学生{of_pupils}行；用时{passed:.1f}秒，每秒{rate}名学生。")
    typer.echo(f"清单 {out / LISTING}　{MADE_UP}")


def _check(years: int, faults: float, first: int) -> None:
    remedy = "请换一个数，再运行一次"
    if not 1 <= years <= _MOST_YEARS:
        raise RefusedError(Finding("--years", str(years), f"学年数在1至{_MOST_YEARS}之间", remedy))
    if not 0 <= faults <= 0.2:  # noqa: PLR2004 -- said in the message
        raise RefusedError(Finding("--faults", str(faults), "埋错的比例在0至0.2之间", remedy))
    if not 1990 <= first <= 2090:  # noqa: PLR2004 -- said in the message
        raise RefusedError(Finding("--first", str(first), "第一个学年在1990至2090之间", remedy))
