"""`luoshi publish`: the whole public site as a folder that needs no server."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from luoshi.commands.shared import city_here, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def publish(
    *,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹；空的、没有的，或以前导出的网站")],
    base_url: Annotated[
        str, typer.Option("--base-url", help="网站将来的网址；只用于订阅和目录，页面之间都是相对链接")
    ] = "",
    on: Annotated[str, typer.Option("--on", help="写在页上的日期，如 2021-11-30；不给则今天")] = "",
    licence: Annotated[str, typer.Option("--licence", help="使用许可，写成 名称 或 名称=网址；由本局确定")] = "",
) -> None:
    """导出公开网站：只含经审批公布的内容，从任何文件夹、任何服务器都能打开；按 Ctrl-C 停止，原来的不动。"""
    website()
    from django.utils import timezone  # noqa: PLC0415 -- only this command pays for the website

    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.board.site.gathering import Told  # noqa: PLC0415
    from luoshi.bureau.board.site.making import site  # noqa: PLC0415
    from luoshi.bureau.board.site.writing import refuse_strange, write  # noqa: PLC0415
    from luoshi.bureau.publications.actions import note_site  # noqa: PLC0415
    from luoshi.commands.exporting import licence_of  # noqa: PLC0415

    city = city_here()
    begun, where = time.perf_counter(), Path(out)
    refuse_strange(where)
    told = Told(city, _day(on) or timezone.localdate(), _address(base_url), licence_of(licence))
    try:
        made = write(where, site(told, typer.echo))
    except KeyboardInterrupt:
        typer.echo("已停止，原来的网站没有动。")
        raise typer.Exit(1) from None
    note_site(INSTALLER, city, made.files, made.digest)
    seconds = time.perf_counter() - begun
    typer.echo(
        f"{city.name}公开网站：{made.files} 个文件，{made.bytes / 1e6:.1f} MB，用时 {seconds:.1f} 秒，写到 {where}"
    )
    typer.echo(f"清单摘要 {made.digest}")
    if city.imaginary:
        typer.echo("演示数据（虚构）")


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise RefusedError(
            Finding("--on", f"“{words[:20]}”不是日期", "写成 2021-11-30", "请改日期，再运行一次")
        ) from error


def _address(words: str) -> str:
    if words and not words.startswith(("http://", "https://")):
        what = f"“{words[:60]}”不是网址"
        raise RefusedError(Finding("--base-url", what, "以 http:// 或 https:// 开头", "请改网址，再运行一次"))
    return f"{words.rstrip('/')}/" if words else ""
