"""`luoshi cases counts`: what an outside platform counted, from a table."""

from pathlib import Path
from typing import Annotated

import typer

from luoshi import telling
from luoshi.commands.shared import content_of, refusals_in_four_parts, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

cases = typer.Typer(no_args_is_help=True, help="办件：导入外部平台的办件数。")
FINDINGS = 1
"""Exit code where the table has findings: nothing was imported."""


@cases.callback()
def of_cases() -> None:
    """办件：导入外部平台的办件数。"""


@cases.command()
@refusals_in_four_parts
def counts(
    procedure: Annotated[str, typer.Argument(help="流程代号，见“流程和名单”页的网址，例如 petition")],
    file: Annotated[Path, typer.Argument(help="办件数表，xlsx 或 CSV；模板在流程页下载")],
    *,
    source: Annotated[str, typer.Option("--source", help="来源：平台名称和导出日期")],
) -> None:
    """导入外部平台按县区、按月的办件数；有一处不合就全部不导入，逐行列出。"""
    website()
    from django.utils import timezone  # noqa: PLC0415

    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.cases.actions import bring_counts  # noqa: PLC0415
    from luoshi.bureau.cases.counts_files import read_counts  # noqa: PLC0415
    from luoshi.bureau.plans.queries import the_city  # noqa: PLC0415

    prepare()
    city = the_city()
    if city is None:
        raise RefusedError(Finding("本市", "还没有建立数据", "先建立本市", "请先在网页上建立本市"))
    try:
        told = read_counts(city, content_of(file), timezone.localdate())
    except RefusedError as refusal:
        for finding in refusal.findings:
            telling.print_finding(finding)
        typer.echo(f"共 {len(refusal.findings)} 处要改，没有导入任何一行。")
        raise typer.Exit(FINDINGS) from refusal
    typer.echo(f"已导入 {bring_counts(INSTALLER, city, procedure, told, source)} 行。")
