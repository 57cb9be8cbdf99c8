"""`luoshi people import`: accounts and posts from a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from luoshi import telling
from luoshi.commands.shared import content_of, refusals_in_four_parts, website

people = typer.Typer(no_args_is_help=True, help="人员：成批登记账号和任职。")
FINDINGS = 1
"""Exit code where the workbook has findings: nothing was carried out."""


@people.callback()
def of_people() -> None:
    """人员：成批登记账号和任职。"""


@people.command(name="import")
@refusals_in_four_parts
def import_accounts(
    file: Annotated[Path, typer.Argument(help="账号表，xlsx 或 CSV；模板在网页“账号表”下载")],
    *,
    look: Annotated[bool, typer.Option("--look", help="只看会新增、更改、到期什么，不办理")] = False,
) -> None:
    """照账号表登记账号和任职；有一处不合就全部不办，逐格列出。"""
    website()
    from django.utils import timezone  # noqa: PLC0415

    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.posts.accounts import compare, read_accounts, refusals  # noqa: PLC0415
    from luoshi.bureau.posts.actions.accounts import LABELS  # noqa: PLC0415
    from luoshi.bureau.posts.importing import carry_out, said_counts  # noqa: PLC0415
    from luoshi.words.provenance import digest  # noqa: PLC0415

    prepare()
    content = content_of(file)
    sheet = read_accounts(file.name, content)
    findings = sheet.findings or tuple(refusals(compare(sheet.rows, timezone.localdate()), timezone.localdate()))
    for finding in findings:
        telling.print_finding(finding)
    if findings:
        typer.echo(f"共 {len(findings)} 处要改，没有登记任何一行。")
        raise typer.Exit(FINDINGS)
    if look:
        told = compare(sheet.rows, timezone.localdate()).counts
        typer.echo("，".join(f"{LABELS[kind]} {count}" for kind, count in told.items()))
        return
    made = carry_out(INSTALLER, file.name, digest(content), sheet.rows, typer.echo)
    typer.echo(said_counts(made))
