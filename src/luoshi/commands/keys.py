"""`luoshi keys`: how many keys there are, and turning them."""

from typing import Annotated

import typer

from luoshi.commands.shared import refusals_in_four_parts, website

keys = typer.Typer(no_args_is_help=True, help="密钥：查看和轮换。密钥不在数据库里，也不随备份走，请另存。")


@keys.command()
@refusals_in_four_parts
def show() -> None:
    """列出密钥放在哪里、各有几个；密钥本身从不印出。"""
    website()
    from luoshi.bureau.keys import keyring  # noqa: PLC0415 -- only these commands pay for the website
    from luoshi.bureau.keys.keyring import DATA, MASTERS, PARTS  # noqa: PLC0415

    held = keyring()
    typer.echo(f"密钥文件夹 {held.folder}，算法 {held.suite.value}")
    for kind, said in ((MASTERS, "主密钥"), (DATA, "数据密钥"), (PARTS, "分区密钥")):
        typer.echo(f"{said} {len(held.names(kind))} 个")


@keys.command()
@refusals_in_four_parts
def rotate(
    *, master: Annotated[bool, typer.Option("--master", help="只换主密钥，不换数据密钥，不重新加密")] = False
) -> None:
    """轮换密钥：新主密钥包裹全部密钥，以后写入的用新数据密钥，以前的由后台任务重新加密，中断后接着办。"""
    website()
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.jobs.actions.resealing import turn_keys  # noqa: PLC0415

    job = turn_keys(INSTALLER, data=not master)
    typer.echo(
        "已换主密钥。" if job is None else f"已换主密钥和数据密钥；重新加密是后台任务 {job.pk}，进度见“后台任务”。"
    )
    typer.echo("请立即另存密钥文件夹：旧的存本打不开以后写入的内容。")
