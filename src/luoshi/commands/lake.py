"""`luoshi lake`: what is kept, and whether it is whole."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi import telling
from luoshi.commands.shared import Shape, refusals_in_four_parts, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

if TYPE_CHECKING:
    from luoshi.keeping import Edition, Lake
    from luoshi.keeping.vaults import Vault

_DIGEST = 64
lake = typer.Typer(no_args_is_help=True, help="数据湖：核验与列出已入库的报表。")

Folder = Annotated[Path, typer.Argument(metavar="LAKE", help="数据湖的文件夹")]


def opened(folder: Path) -> "Lake":
    """The lake in a folder.

    Raises:
        RefusedError: there is none.
    """
    from luoshi.keeping import Lake  # noqa: PLC0415 -- only who asks for a lake waits for its libraries

    told = Lake(folder, _vault(folder))
    if not told.exists:
        what = "这里没有数据湖" if folder.is_dir() else "没有这个文件夹"
        rule = "数据湖的文件夹里有入库清单 manifest.jsonl"
        raise RefusedError(Finding(str(folder), what, rule, "请核对路径，再运行一次"))
    return told


def _vault(folder: Path) -> "Vault | None":
    """The keys beside a lake, or where LUOSHI_KEYS says; None where there are none."""
    from luoshi.bureau.keys import Keyring, PartKeys  # noqa: PLC0415

    keys = Path(os.environ.get("LUOSHI_KEYS") or folder.resolve().parent / "keys")
    return PartKeys(Keyring(keys)) if keys.is_dir() else None


@lake.command()
@refusals_in_four_parts
def expire(
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="截至哪一天；不给则为今天")] = None,
) -> None:
    """办完已批准的销毁，清理过期的中间文件，提出保存期限已满的；只提出，由两人在“个人信息清单”页批准后销毁。"""
    website()
    from django.utils import timezone  # noqa: PLC0415 -- only this command pays for the website

    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.returns import actions  # noqa: PLC0415

    day = on.date() if on else timezone.localdate()
    proposed, ended = actions.expire(INSTALLER, day)
    typer.echo(f"截至 {day}：新提出 {proposed} 件，办完 {ended} 件。请两人到“个人信息清单”页批准。")


@lake.command()
@refusals_in_four_parts
def verify(
    folder: Folder,
    anchor: Annotated[list[str] | None, typer.Option("--anchor", help="抄在纸上的链尾，序号:摘要；可给多个")] = None,
) -> None:
    """核验数据湖：清单的链、每个文件的摘要、行数和列、有没有多出的文件；给出链尾时，也能发现删尾和整链重写。"""
    told = opened(folder)
    found = told.verify([_anchor(words) for words in anchor or []])
    for finding in found:
        telling.print_finding(finding)
    if any(finding.severity is Severity.STOPS for finding in found):
        raise typer.Exit(1)
    number, head = told.head
    typer.echo(f"数据湖完整，入库清单共 {number} 条。链尾 {number}:{head}")


def _anchor(words: str) -> tuple[int, str]:
    number, _, head = words.strip().partition(":")
    if not number.isdecimal() or len(head) != _DIGEST:
        rule = "须为 序号:64位摘要"
        raise RefusedError(Finding("--anchor", "读不懂这个链尾", rule, "请照 luoshi lake verify 末行印出的链尾输入"))
    return int(number), head


@lake.command(name="list")
@refusals_in_four_parts
def list_editions(
    folder: Folder,
    known: Annotated[
        datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], help="当日所知；不给则为现在")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    *,
    superseded: Annotated[bool, typer.Option("--all", help="连同已被取代的各版")] = False,
) -> None:
    """列出已入库的报表：报告期、单位、口径、行数、哪天起知悉、谁入库。"""
    told = opened(folder)
    editions = told.all_editions() if superseded else told.counting(known.date() if known else None)
    if form is Shape.JSON:
        sys.stdout.write(json.dumps([_plain(one) for one in editions], ensure_ascii=False, indent=1) + "\n")
    else:
        telling.print_editions(editions)


def _plain(one: "Edition") -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.kind,
        "period": one.period,
        "division": one.division,
        "definition": one.definition,
        "rows": one.rows,
        "known": one.known.isoformat(),
        "at": one.at.isoformat(),
        "by": one.by,
        "source": one.source,
        "source_said": one.told,
        "supersedes": one.supersedes or None,
        "content": one.content,
    }
